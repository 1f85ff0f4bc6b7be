"""`steward aims` and `steward setup --system`: a file in, drafts out; asked in an hour, kept after each answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from sqlmodel import select

from bot.cli.system import parts
from bot.entries.reading import NAME
from intake.steering import STEERING
from store import aims, employees
from store.employees import Employee
from store.engine import Store
from store.tables import AimsStepRow, PersonRow
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from tests.hostile.words import HOSTILE
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.roles import SEATED

Steward = Callable[..., tuple[int, str, str]]
EXAMPLE = Path(__file__).parents[3] / "bot" / "examples" / "aims.yaml"
CAST = ("mira.kovac", "jonas.weber", "ute.brandt", "leila.haddad", "hana.mori")
ROLES = "roles: {governance_lead: [U00], executive: [U01, U03], risk_owner: [U03]}\n"
EVERYBODY = {role: frozenset((BEN, CLEO, DAN)) for role in SEATED}


@pytest.fixture
def known(store: Store, tmp_path: Path) -> Store:
    """The people of the example, and who holds which role."""
    (tmp_path / "steward.yaml").write_text(ROLES)
    with store.write() as session:
        rows = []
        for number, name in enumerate(CAST):
            session.add(PersonRow(id=f"P{number}", team="T", slack_user=f"U0{number}", updated_at=NOW))
            rows.append(Employee(email=f"{name}@example.com", slack_user=f"U0{number}"))
        for person in (BEN, CLEO, DAN):
            session.add(PersonRow(id=person, team="T", slack_user=f"W{person}", updated_at=NOW))
        session.flush()
        employees.take(session, employees.compared(session, rows), whole=True, now=NOW)
        for number, name in enumerate(CAST):
            employees.tie(session, f"{name}@example.com", f"P{number}")
    return store


def steps(store: Store) -> int:
    with store.read() as session:
        return len(session.exec(select(AimsStepRow)).all())


def approved(store: Store) -> None:
    """By two, as an operator put it forward."""
    with store.write() as session:
        for entry in [each for each in aims.every_one(session) if each.proposed is not None]:
            for person in (CLEO, DAN):
                now = aims.load(session, entry.id)
                if now is not None and now.proposed is not None:
                    key = f"{entry.id}:{person}:{now.proposed.number}"
                    wish = ApproveEntry(actor=person, key=key, entry=entry.id, draft=now.proposed.number)
                    aims.carry_out(session, wish, a_desk(roles=EVERYBODY))


def test_the_example_is_put_forward_once_and_says_who_has_to_say_yes(known: Store, steward: Steward) -> None:
    code, said, _ = steward("aims", "draft", EXAMPLE, "--dry-run")
    assert (code, steps(known)) == (0, 0)
    assert "would be drafted 19, as they were 0, left open 0" in said
    code, said, _ = steward("setup", "--system", EXAMPLE)
    assert code == 0
    assert "drafted 19, as they were 0, left open 0" in said
    assert "None of this counts before people say yes to it in Slack" in said
    assert "2 people in the role executive: context; scope; policy AI policy; commitment" in said
    assert steps(known) == 19
    code, said, _ = steward("aims", "draft", EXAMPLE)
    assert (code, steps(known)) == (0, 19)
    assert "drafted 0, as they were 19" in said
    assert "None of this" not in said


def test_too_few_who_could_say_yes_is_said(known: Store, steward: Steward, tmp_path: Path) -> None:
    (tmp_path / "steward.yaml").write_text("roles: {executive: [U01]}\n")
    said = steward("aims", "draft", EXAMPLE)[1]
    assert "So far 1 can be asked there." in said


def test_what_counts_is_written_as_a_file_that_changes_nothing(
    known: Store, steward: Steward, tmp_path: Path
) -> None:
    steward("aims", "draft", EXAMPLE)
    approved(known)
    before = steps(known)
    code, _, beside = steward("aims", "export", "now.yaml")
    assert (code, beside) == (0, "19 entries written.\n")
    text = (tmp_path / "now.yaml").read_text()
    assert "jonas.weber@example.com" in text
    code, said, _ = steward("aims", "draft", "now.yaml")
    assert (code, steps(known)) == (0, before)
    assert "as they were 19" in said
    (tmp_path / "now.yaml").write_text(text.replace("95 of 100", "97 of 100"))
    code, said, _ = steward("aims", "draft", "now.yaml")
    assert "drafted 1, as they were 18" in said
    assert steps(known) == before + 1


def test_one_entry_whole_with_what_changed_and_who_said_yes(known: Store, steward: Steward) -> None:
    steward("aims", "draft", EXAMPLE)
    approved(known)
    text = EXAMPLE.read_text().replace("Nobody is judged by a machine alone", "No machine decides alone")
    Path("changed.yaml").write_text(text)
    steward("aims", "draft", "changed.yaml")
    ref = _ref(steward, "policy ai-policy")
    code, said, _ = steward("aims", "show", ref.lower())
    assert code == 0
    assert "version 1 is in force; version 2 waits for 2 yeses of executive" in said
    assert "Version 1, drafted by an operator on the command line on" in said
    assert f"yes of {CLEO} (executive)" in said
    assert "    - Nobody is judged by a machine alone.\n    + No machine decides alone.\n" in said
    assert said.count("Whoever asks is answered") == 1, "what is as it was is not told again"


def _ref(steward: Steward, what: str) -> str:
    rows = [json.loads(line) for line in steward("aims", "list", "--json")[1].splitlines()]
    return next(str(row["reference"]) for row in rows if row["kind"] == what)


def test_the_list_says_how_each_stands(known: Store, steward: Steward) -> None:
    assert steward("aims", "list")[2] == "entries: 0, waiting for a yes: 0\n"
    steward("aims", "draft", EXAMPLE)
    code, said, beside = steward("aims", "list", "--kind", "objective")
    assert (code, beside) == (0, "entries: 2, waiting for a yes: 2\n")
    assert "2027-12-31  P0" in said
    assert steward("aims", "show", "AIM-1999-0001")[0] == 1


def test_all_faults_are_told_and_nothing_is_kept(known: Store, steward: Steward, tmp_path: Path) -> None:
    text = EXAMPLE.read_text().replace("size: medium", "size: huge").replace("jonas.weber@", "nobody@")
    (tmp_path / "bad.yaml").write_text(text)
    for words in (("aims", "draft", "bad.yaml"), ("setup", "--system", "bad.yaml")):
        code, _, told = steward(*words)
        assert code == 2
        assert "bad.yaml:9: context.size: `huge` is not known here" in told
        assert told.count("`nobody@example.com` is nobody whom Steward has met in Slack") == 2
        assert told.endswith("Nothing was drafted.\n")
    assert steps(known) == 0
    assert steward("aims", "draft", "none.yaml")[0] == 2


def test_hostile_words_steer_no_terminal(known: Store, steward: Steward, tmp_path: Path) -> None:
    """Neither out of the register, nor out of a file, nor in a file that is written."""
    for number, words in enumerate(HOSTILE.values()):
        with known.write() as session:
            key = f"h{number}"
            line = " ".join(words.split())[:80].replace("\x00", "") or "x"
            line = line.encode("utf-8", "ignore").decode()
            fields = {"title": line, "success": line, "owner": BEN, "due": "2027-01-01"}
            id = entry_id(kinds()["action"], "", key)
            aims.carry_out(
                session,
                DraftEntry(actor=BEN, key=key, entry=id, kind="action", said=fields),
                a_desk(roles=EVERYBODY),
            )
    refs = [json.loads(line)["reference"] for line in steward("aims", "list", "--json")[1].splitlines()]
    said = [steward("aims", "list"), *(steward("aims", "show", ref) for ref in refs)]
    steward("aims", "export", "now.yaml")
    said.append(steward("aims", "draft", "now.yaml"))
    assert not any(STEERING.search(text) for _, out, err in said for text in (out, err))
    assert f"as they were {len(refs)}" in said[-1][1]
    assert not STEERING.search((tmp_path / "now.yaml").read_text())


# --- asked on the terminal


def test_what_is_asked_is_there_and_all_that_is_needed_is_asked() -> None:
    for part in parts():
        asked = {each.field for each in part.ask} - {NAME}
        assert asked <= {field.id for field in part.kind.fields}
        assert {field.id for field in part.kind.fields if field.needed} <= asked
        named = bool(part.name) or NAME in {each.field for each in part.ask}
        assert part.kind.named == named
        assert bool(part.more) == (not part.kind.single and not part.name)


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    def type_(*words: str) -> list[str]:
        typed: Iterator[str] = iter(words)
        asked = list[str]()

        def answer(prompt: str = "") -> str:
            asked.append(prompt)
            try:
                return next(typed)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        return asked

    return type_


CONTEXT = ("We make pumps", "uses, buys", "uses, integrates", "", "not sure", "")
"""With an answer that does not fit, one that is empty, one of which nobody is sure, and a needed one left empty."""


def test_it_can_be_stopped_and_gone_on_with(
    known: Store, steward: Steward, typing: Callable[..., list[str]], tmp_path: Path
) -> None:
    typing(*CONTEXT, "yes", "Few can judge models", "inside")
    code, _, told = steward("setup", "--system")
    assert (code, steps(known)) == (1, 0)
    assert "`buys` is not known here. Known here: develops" in told
    assert "What you said is kept in" in told
    said = yaml.safe_load((tmp_path / "aims.yaml").read_text())
    assert said["context"] == {
        "purpose": "We make pumps",
        "plays": ["uses", "integrates"],
        "climate": "not sure",
        "climate_why": "not sure",
    }
    assert (said["asked"], said["issue"]) == (
        ["context"],
        [{"title": "Few can judge models", "side": "inside"}],
    )
    rest = ("yes", "It is hot", "Reviews take long", "no", "All AI", "", "Selling; Hiring", "", "")
    asked = typing(*rest, *("",) * 40)
    code, out, _ = steward("setup", "--system")
    assert code == 0
    assert asked[0].startswith("  Does climate change matter"), "what was left open is asked again"
    assert "drafted 3, as they were 0, left open 0" in out
    assert "2 people in the role executive: context; scope" in out
    with known.read() as session:
        (scope,) = aims.of_kind(session, "scope")
    assert scope.said("activities") == ("Selling", "Hiring")
    typing()
    code, out, _ = steward("setup", "--system")
    assert (code, steps(known)) == (0, 3)


def test_what_is_left_open_is_not_drafted_and_told(
    known: Store, steward: Steward, typing: Callable[..., list[str]]
) -> None:
    typing("We make pumps", *("",) * 60)
    code, out, _ = steward("setup", "--system")
    assert (code, steps(known)) == (0, 0)
    assert "context: left open, as nobody is sure yet of plays, climate, climate_why" in out


def test_a_file_that_cannot_be_gone_on_with_is_told(known: Store, steward: Steward, tmp_path: Path) -> None:
    (tmp_path / "aims.yaml").write_text("version: 1\nparty: {title: a}\nscope: [a]\n")
    code, _, told = steward("setup", "--system")
    assert code == 2
    assert "aims.yaml:2: party: must be a list" in told
    assert "aims.yaml:3: scope: must be a mapping" in told
