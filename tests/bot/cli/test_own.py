"""`steward policy own`, `propose`, and the other commands with rules of an organisation's own."""

import io
import json
import re
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from bot import enacting, keeping
from bot.library import library
from store import audit, own, settings, wordings
from store.engine import Store
from store.tables import InboxRow, PersonRow
from tests.bot.cli.conftest import Steward
from tests.builders import BEN
from tests.triage.test_own import a_change, a_file, a_rule
from triage.outcome import Refused
from triage.own import digest_of

EXAMPLE = Path("bot/examples/own-rules.yaml").resolve()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(a_file(a_rule()))
    return path


def put_into_force(store: Store, text: str) -> None:
    found = enacting.examine(text, "")
    enacting.propose(store, enacting.Wish(text, by="", reason="Said so", key="operator:1"), found)
    with store.write() as session:
        waits = own.proposal(session)
        assert waits is not None
        own.put_into_force(session, waits, by="", now=store.now())


def test_a_rehearsal_of_a_file_names_what_moves(steward: Steward, register: Store, file: Path) -> None:
    code, out, _ = steward("policy", "rehearse", file)
    assert code == 0
    assert "2  tier         1 -> 3" in out
    assert "+ own-inner" in out
    assert out.splitlines()[-1].startswith(
        "2 uses: 2 would move (2 stricter, 0 looser, 0 both ways), 1 approvals"
    )


def test_a_rehearsal_says_what_becomes_looser(steward: Steward, register: Store, file: Path) -> None:
    put_into_force(register, a_file(a_rule()))
    file.write_text(a_file(a_rule(level=2)))
    _, out, _ = steward("policy", "rehearse", file)
    assert out.splitlines()[:3] == [
        "looser: iso-full-tier (narrowed)",
        "looser: own-inner (lowered)",
        "Looser: two people have to put them into force, with a reason, in Slack.",
    ]
    assert "3 -> 2" in out
    file.write_text(a_file(a_rule(level=4)))
    assert steward("policy", "rehearse", file)[1].startswith("Only stricter: one person puts them into force")
    file.write_text(a_file(a_rule()))
    assert steward("policy", "rehearse", file)[1].startswith("2 uses: 0 would move")


@pytest.mark.parametrize("verb", ["rehearse", "propose"])
def test_a_failing_example_is_refused(steward: Steward, register: Store, file: Path, verb: str) -> None:
    file.write_text(file.read_text().replace("- public", "- internal"))
    code, out, err = steward("policy", verb, file)
    assert code == 2
    assert "it should miss, and it fires" in out
    assert "nothing was" in err.lower()


def test_a_file_that_is_sound_is_checked_with_ours_and_nothing_is_proposed(
    steward: Steward, register: Store, file: Path
) -> None:
    ours, theirs = steward("policy", "check"), steward("policy", "check", "--own", file)
    assert (ours[0], theirs[0]) == (0, 0)
    counts = [[int(number) for number in re.findall(r"\d+", said[1])][:8] for said in (ours, theirs)]
    assert [after - before for before, after in zip(*counts, strict=True)] == [1, 1, 0, 0, 0, 0, 0, 1]
    with register.read() as session:
        assert own.proposal(session) is None


def test_a_check_tries_the_examples_and_says_which_fails_where(
    steward: Steward, register: Store, file: Path
) -> None:
    file.write_text(file.read_text().replace("- public", "- internal"))
    code, out, _ = steward("policy", "check", "--own", file)
    assert code == 1
    assert re.match(
        r"own\.yaml:\d+: own-inner\.examples: “A press release”: it should miss, and it fires", out
    )
    assert out.endswith("1 examples of rules of your own: 1 fail\n")


@pytest.mark.parametrize("words", [("rehearse",), ("propose",), ("check", "--own"), ("test", "--own")])
def test_faults_have_their_line(
    steward: Steward, register: Store, file: Path, words: tuple[str, ...]
) -> None:
    file.write_text(file.read_text().replace("contains: internal", "contains: inturnal"))
    code, out, err = steward("policy", *words, file)
    assert code == 2
    assert (
        "own.yaml:6: own-inner.when.contains: `inturnal` is not a choice of `data`. Did you mean" in out + err
    )


@pytest.mark.parametrize("words", [("rehearse",), ("propose",), ("check", "--own"), ("test", "--own")])
@pytest.mark.parametrize("raw", [None, b"\xff", b""])
def test_a_file_that_is_none(
    steward: Steward, register: Store, file: Path, words: tuple[str, ...], raw: bytes | None
) -> None:
    file.unlink()
    if raw is not None:
        file.write_bytes(raw)
    code, out, err = steward("policy", *words, file)
    assert code == 2
    assert "Traceback" not in out + err
    assert len(out + err) > 20


def test_a_proposal_waits_in_slack_and_is_printed_once_it_is_in_force(
    steward: Steward, register: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.keep(register, library())
    steward("policy", "propose", file, "--check")
    with register.read() as session:
        assert own.proposal(session) is None
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    code, out, _ = steward("policy", "propose", "-")
    assert code == 0
    assert out == (
        "Only stricter: one person puts them into force, in Slack. "
        "Proposed; what would move is shown in the governance channel.\n"
    )
    with register.read() as session:
        waits = own.proposal(session)
        assert waits is not None
        assert (waits.by, waits.agreed, waits.looser) == ("", (), False)
        assert [row.kind for row in session.exec(select(InboxRow))] == ["rehearse"]
    assert steward("policy", "own")[1:] == (
        "",
        f"There are no rules of your own.\nOthers are proposed ({waits.digest[:12]}) and wait in Slack.\n",
    )
    put_into_force(register, file.read_text() + "# a remark\n")
    assert steward("policy", "own")[1] == file.read_text() + "# a remark\n"
    assert steward("verify")[0] == 0


def agreed(store: Store, text: str, key: str, *, by: str, reason: str) -> str:
    """Proposed by an operator, in force by the press of somebody; the digest."""
    with store.read() as session:
        before = own.text_of(session, own.in_force(session))
    enacting.propose(store, enacting.Wish(text, "", reason, key), enacting.examine(text, before))
    with store.write() as session:
        waits = own.proposal(session)
        assert waits is not None
        own.put_into_force(session, waits, by=by, now=store.now())
    return waits.digest


def test_every_set_that_was_ever_proposed_is_told_with_who_and_why(
    steward: Steward, register: Store, file: Path
) -> None:
    assert steward("policy", "own", "--history") == (0, "", "No rules of your own were ever proposed.\n")
    with register.write() as session:
        session.get_one(PersonRow, BEN).name = "Ben"
    text = file.read_text()
    first = agreed(register, text, "1", by=BEN, reason="We work for <hospitals>")
    found = enacting.examine("{}", text)
    enacting.propose(register, enacting.Wish("{}", "", "It is tedious", "2"), found)
    with register.write() as session:
        own.set_proposal(session, None, what="rules.withdrawn", by=BEN, now=register.now())
    second = agreed(register, "{}", "3", by=BEN, reason="It is tedious")
    day = f"{register.now():%Y-%m-%d}"
    lines = [
        re.sub(r"\d\d:\d\d UTC", "UTC", line)
        for line in steward("policy", "own", "--history")[1].splitlines()
    ]
    assert lines == [
        f"{first} (only stricter)",
        f"  proposed {day} UTC by an operator",
        f"  in force {day} UTC by Ben",
        f"  no longer in force since {day} UTC",
        "  reason: We work for <hospitals>",
        f"{second} (looser in part)",
        f"  proposed {day} UTC by an operator",
        f"  withdrawn {day} UTC by Ben",
        "  reason: It is tedious",
        f"{second} (looser in part)",
        f"  proposed {day} UTC by an operator",
        f"  in force {day} UTC by Ben",
        "  reason: It is tedious",
    ]
    assert steward("policy", "own", "--digest", first[:12])[:2] == (0, text)
    code, _, err = steward("policy", "own", "--digest", "x")
    assert (code, err) == (1, "No rules of your own begin like 'x'; --history names all.\n")


def test_rules_that_were_taken_back_are_none_since_then(
    steward: Steward, register: Store, file: Path
) -> None:
    agreed(register, file.read_text(), "1", by=BEN, reason="")
    assert "no rules" not in steward("policy", "own")[2]
    agreed(register, "{}", "2", by=BEN, reason="It is tedious")
    _, out, err = steward("policy", "own")
    assert out == "{}\n"
    assert re.fullmatch(rf"There are no rules of your own: they were taken back \S+ \S+ UTC by {BEN}.\n", err)


def test_a_reason_that_was_erased_is_told_as_such(steward: Steward, register: Store, file: Path) -> None:
    agreed(register, file.read_text(), "1", by=BEN, reason="Names somebody")
    with register.write() as session:
        for line in list(audit.records(session)):
            if "rules.reason" in line.texts:
                audit.erase(session, seq=line.seq, field="rules.reason", actor=None, at=register.now())
    assert "reason: (erased)" in steward("policy", "own", "--history")[1]


def test_what_is_looser_needs_a_reason(steward: Steward, register: Store, file: Path) -> None:
    file.write_text(a_file(changes=(a_change(level=1),)))
    code, out, err = steward("policy", "propose", file)
    assert (code, out) == (1, "looser: tier-guarded-data (lowered)\n")
    assert "say why: --reason TEXT" in err
    code, out, _ = steward("policy", "propose", file, "--reason", "Contracts cover it")
    assert code == 0
    assert "two people have to put them into force" in out


def test_what_is_in_force_is_not_proposed_again(steward: Steward, register: Store, file: Path) -> None:
    put_into_force(register, file.read_text())
    assert "in force already" in steward("policy", "propose", file)[2]


def test_judge_explain_show_tally_replay_and_check_go_by_them(
    steward: Steward, register: Store, file: Path
) -> None:
    keeping.keep(register, library())
    put_into_force(register, file.read_text())
    assert "Rules of your own are in force" in steward("check")[1]
    page = steward("policy", "show", "own")[1]
    assert "### Internal papers are looked at twice here." in page
    assert "Fires: Minutes. Just misses: A press release." in page
    assert " own-inner" in steward("policy", "tally", "--rules")[1]
    assert steward("replay")[0] == 0
    lines = file.with_name("cases.jsonl")
    lines.write_text(json.dumps({"id": "a", "answers": {"data": ["internal"]}}) + "\n")
    said = json.loads(steward("judge", lines, "--own", file)[1])
    assert [each["because"] for each in said["reasons"] if each["policy"] == "own"] == [a_rule()["because"]]
    assert "own" not in json.dumps(json.loads(steward("judge", lines)[1])["policies"])


def test_rules_that_cannot_be_read_any_more_are_an_error_of_the_check(
    steward: Steward, register: Store, file: Path
) -> None:
    later = file.read_text().replace("contains: internal", "contains: gone")
    digest = digest_of(later)
    with register.write() as session:
        own.keep_text(session, digest, later, now=register.now())
        settings.change(session, own.IN_FORCE, digest, by=None, now=register.now())
    code, out, _ = steward("check")
    assert code == 1
    assert "cannot be read any more, so nothing is approved" in out


def test_rules_that_are_another_text_by_now_are_an_error_and_never_read(
    steward: Steward, register: Store, file: Path
) -> None:
    put_into_force(register, file.read_text())
    with register.write() as session:
        digest = own.in_force(session)
        row = wordings.find(session, digest)
        assert row is not None
        row.body = json.dumps({"own.yaml": file.read_text().replace("level: 3", "level: 2")})
        session.add(row)
    code, out, _ = steward("check")
    assert code == 1
    assert "are not what was kept, so nothing is approved" in out


def test_what_was_laid_beside_other_rules_is_not_proposed(register: Store, file: Path) -> None:
    """Else a file that takes away what came into force meanwhile would pass as only stricter."""
    found = enacting.examine("{}", "")
    put_into_force(register, file.read_text())
    with pytest.raises(Refused, match="rules_moved"):
        enacting.propose(register, enacting.Wish("{}", by="", reason="", key="operator:2"), found)


def test_the_shipped_example_is_fit_to_begin_with(steward: Steward, register: Store) -> None:
    assert steward("policy", "test", "--own", EXAMPLE)[1] == "1 examples of rules of your own: 0 fail\n"
    assert steward("policy", "rehearse", EXAMPLE)[0] == 0
