"""`steward audits`: the report of an audit as one document, and its sample drawn again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from store import aims, draws, samples
from store.audited import again
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import checked, packed, resealed, unpacked, verifier
from tests.builders import ANA, BEN, DAN, NOW, a_desk
from tests.store.test_auditing import FAY, HELD, an_audit, does, drawing
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry, OfEntries
from triage.confidences import Confide

FIRST, SECOND = "AIU-2026-0001", "AIU-2026-0002"


def later(store: Store, wish: OfEntries) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=HELD, now=storied.day(13).now))


def acts(store: Store, entry: Entry, by: str, act: str, **said: Any) -> Entry:
    about: dict[str, Any] = {**on(entry, by), "act": act, "said": said, "seen": entry.version}
    return later(store, ActOnEntry.model_validate(about))


@pytest.fixture
def held(store: Store) -> tuple[Store, Entry, Entry]:
    """Two findings: one became a nonconformity that was put right at once, one was dropped by somebody else."""
    storied.tell(store)
    with store.write() as session:
        session.add(PersonRow(id=FAY, team="T", slack_user="UFAY", name="Fay Low", updated_at=NOW))
    entry = an_audit(store, FAY)
    entry = does(store, drawing(store, entry, FAY))
    entry = acts(store, entry, FAY, "looked", uses=(FIRST,), verdict="finding", word="=No <b>reason</b>")
    entry = acts(store, entry, FAY, "looked", uses=(SECOND,), verdict="finding", word="No notice")
    entry = acts(store, entry, BEN, "dropped", uses=(SECOND,), because="It hangs in the hall")
    said: dict[str, Any] = {
        "title": "No reason given", "what": "It has none", "source": "audit", "weight": "minor", "owner": BEN,
        "points": ("8.1",), "from": (entry.ref, FIRST), "due": "2027-01-15",
    }  # fmt: skip
    found = later(store, drafting(kind="nonconformity", said=said, actor=FAY, entry="found", key="found"))
    found = acts(store, found, BEN, "corrected", correction="Written down")
    entry = acts(store, entry, FAY, "held", report="One lacks its reason", conclusion="minor")
    return store, acts(store, entry, FAY, "reported", told=(DAN,)), found


def test_the_report_says_what_was_found_and_what_became_of_it(
    steward: Steward, held: tuple[Store, Entry, Entry], tmp_path: Path
) -> None:
    _, entry, found = held
    code, said, _ = steward("audits", "--report", entry.ref)
    assert code == 0
    lot = entry.done[0].said
    for told in (
        str(lot["seed"]),
        str(lot["digest"]),
        "All units",
        "8.1, A.9.2",
        "Fay Low",
        "One lacks its reason",
    ):
        assert told in said, told
    assert f"- {FIRST} · =No <b>reason</b> · {found.ref}" in said
    assert f"- {SECOND} · No notice · dropped by " in said
    assert "It hangs in the hall" in said
    assert "Minor nonconformities" in said
    for form in ("html", "pdf", "json"):
        one, two = (tmp_path / f"{number}.{form}" for number in (1, 2))
        for path in (one, two):
            assert steward("audits", "--report", entry.ref, "--format", form, "--out", str(path))[0] == 0
        assert one.read_bytes() == two.read_bytes(), "the same bytes each time"
    assert "=No &lt;b&gt;reason&lt;/b&gt;" in (tmp_path / "1.html").read_text()
    assert json.loads((tmp_path / "1.json").read_text())["raised"][0]["done"] == ["corrected"]
    assert steward("audits", "--report", found.ref)[0] == 2, "it is no audit"
    assert steward("audits", "--report", entry.ref, "--format", "pdf")[0] == 3
    assert f"{entry.ref}  reported" in steward("audits")[1]


def test_what_is_confidential_since_is_only_counted(
    steward: Steward, held: tuple[Store, Entry, Entry]
) -> None:
    store, entry, found = held
    Ledger(store).execute(Confide(actor=ANA, key="closed", case=storied.APPROVED), storied.day(14))
    said = steward("audits", "--report", entry.ref, "--format", "json")[1]
    for told in (FIRST, "No <b>", found.title):
        assert told not in said, told
    made = json.loads(said)
    assert (made["hidden"], made["lot"]["closed"], made["raised"][0]["closed"]) == (1, 1, 1)
    assert FIRST not in steward("audits", "--report", entry.ref)[1]
    assert steward("audits", "--draw-again", entry.ref)[0] == 0, "it was drawn from then"


def test_the_sample_is_drawn_again_out_of_what_was_there_then(
    steward: Steward, held: tuple[Store, Entry, Entry]
) -> None:
    store, entry, found = held
    code, said, _ = steward("audits", "--draw-again", entry.ref)
    assert (code, said.startswith("The same sample")) == (0, True), "a later finding weighs later"
    assert steward("audits", "--draw-again", found.ref)[0] == 2

    def came_to(**to: Any) -> str:
        """Of an audit that says something else of what was drawn."""
        steps = []
        for each in entry.steps:
            is_lot = each.detail.get("act") == "drawn"
            texts = {name: to.get(name, held) for name, held in each.texts.items()}
            detail = {name: to.get(name, held) for name, held in each.detail.items()}
            steps.append(each.model_copy(update={"texts": texts, "detail": detail}) if is_lot else each)
        with store.read() as session:
            return again(
                session, Entry(id=entry.id, kind=entry.kind, ref=entry.ref, steps=tuple(steps))
            ).came_to

    assert came_to() == "same"
    assert came_to(sample=(FIRST,)) == "differs"
    assert came_to(seed="mine") == "other_seed"
    assert came_to(digest="other") == "other_register"


def test_the_pack_holds_the_report(
    steward: Steward, held: tuple[Store, Entry, Entry], tmp_path: Path
) -> None:
    _, entry, _ = held
    assert steward("evidence", "--out", str(tmp_path / "pack"))[0] == 0
    (made,) = (tmp_path / "pack").iterdir()
    with zipfile.ZipFile(made) as pack:
        page = pack.read(f"audits/{entry.ref}.html").decode()
        assert f"audits/{entry.ref}.html" in pack.read("system.html").decode()
    assert "One lacks its reason" in page
    assert "../system.html" in page


def test_the_pack_says_what_no_audit_of_three_years_covers(
    steward: Steward, held: tuple[Store, Entry, Entry], tmp_path: Path
) -> None:
    store, _, _ = held
    said = {"since": "2026-12-01", "until": "2027-11-30", "plan": ("One a year",), "method": "By sample"}
    wish = drafting(kind="programme", said=said, actor=BEN, entry="programme", key="programme")
    waits = later(store, wish)
    later(store, ApproveEntry(**on(waits, DAN), draft=1))
    assert steward("evidence", "--out", str(tmp_path / "pack"))[0] == 0
    (made,) = (tmp_path / "pack").iterdir()
    with zipfile.ZipFile(made) as pack:
        page = pack.read("audits/cycle.html").decode()
        assert "audits/cycle.html" in pack.read("system.html").decode()
    rows = {row.split("</td>")[0].rsplit(">", 1)[-1]: row for row in page.split("<tr>")}
    found = [part.rsplit(">", 1)[-1] for part in rows["Clause 8"].split("</td>")]
    assert found[1:4] == ["8.1", "", "8.2, 8.3, 8.4"]


def test_what_was_drawn_in_slack_is_drawn_again_by_its_line(
    steward: Steward, held: tuple[Store, Entry, Entry]
) -> None:
    store, *_ = held
    with store.write() as session:
        found = samples.draw(session, ANA, 1, key="pressed", now=storied.day(15).now)
    code, said, _ = steward("audits", "--draw-again", str(found.line))
    assert (code, said.startswith("The same sample")) == (0, True)
    assert steward("audits", "--draw-again", str(found.line - 1))[0] == 2, "what only asks for one is none"


def drawn_in_pack(made: Path) -> list[dict[str, Any]]:
    with zipfile.ZipFile(made) as pack:
        return [json.loads(line) for line in pack.read("data/draws.jsonl").splitlines()]


def test_whoever_has_only_a_pack_draws_its_samples_again(
    steward: Steward, held: tuple[Store, Entry, Entry], tmp_path: Path
) -> None:
    store, entry, _ = held
    with store.write() as session:
        samples.draw(session, ANA, 1, key="pressed", now=storied.day(15).now)
    made, look = packed(steward, tmp_path / "pack"), verifier(tmp_path)
    code, said = checked(look, made)
    assert (code, "samples: 2 drawn again and the same" in said) == (0, True), said
    out = unpacked(made, tmp_path / "out")
    told, other = drawn_in_pack(made)
    assert (told["of"], tuple(told["drawn"])) == (entry.ref, entry.done[0].said["sample"])
    assert other["of"].startswith("line ")
    file = out / "data/draws.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in (told | {"drawn": ["AIU-2026-0009"]}, other)))
    resealed(out)
    code, said = checked(look, out)
    assert (code, f"the sample of {entry.ref} is not as line" in said) == (1, True), (
        "though all is sealed anew"
    )


@pytest.mark.parametrize("whole", [False, True])
def test_what_became_confidential_since_is_told_by_no_population(
    steward: Steward, held: tuple[Store, Entry, Entry], tmp_path: Path, whole: bool
) -> None:
    store, _entry, _ = held
    Ledger(store).execute(Confide(actor=ANA, key="closed", case=storied.APPROVED), storied.day(14))
    made = packed(steward, tmp_path / "pack", *(["--confidential"] if whole else []))
    (told,) = drawn_in_pack(made)
    assert [bool(told[name]) for name in ("population", "drawn")] == [whole, whole]
    assert (FIRST in json.dumps(told)) == whole
    code, said = checked(verifier(tmp_path), made)
    assert (code, "out of what is not all told here" in said) == (0, not whole)


def test_later_samples_push_none_out_of_a_pack_of_an_earlier_day(held: tuple[Store, Entry, Entry]) -> None:
    store, _, _ = held
    with store.write() as session:
        first = samples.draw(session, ANA, 1, key="first", now=storied.day(15).now)
    with store.write() as session:
        for number in range(draws.MOST + 1):
            samples.draw(session, ANA, 1, key=f"later-{number}", now=storied.day(20).now)
    with store.read() as session:
        then = [each.of for each in draws.draws(session, (), storied.day(16).now)]
        now = list(draws.draws(session, (), None))
    assert then == [f"line {first.line}"]
    assert len(now) == draws.MOST
