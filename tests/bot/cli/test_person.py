"""All that is known of one person goes out whole, and a pseudonym takes their place everywhere, once and for good."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from intake.answers import answered
from store import audit, discussion, employees, holds, outbox, settings
from store.discussion import Below, Remark
from store.employees import Employee
from store.engine import Store
from store.guards import differences
from store.ledger import Ledger
from store.tables import InboxRow, PersonRow, PlaceRow, ToolRow, metadata
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, DAN, DM, GOVERNANCE, LOW, NOW
from triage.afterwards import ReportWrong
from triage.commands import Approve, AskRequester
from triage.incidents.wishes import Report
from triage.talking import Begin, Fill, Submit, Type

NAME, USER, EMAIL = "Ana Lima-Sousa", "U0ANALIMA", "ana@example.com"
MARKS = (NAME, NAME.upper(), USER, EMAIL, "D0ANA", "Ana  Lima-Sousa")
SAID = f"{NAME}, <@{USER}> or <@{USER}|ana>, ANA LIMA-SOUSA, <mailto:{EMAIL}|{EMAIL}>: ask her"
"""As people write it, and as Slack does."""


@pytest.fixture
def told(store: Store) -> Store:
    """A story in which everybody speaks of her."""
    storied.tell(store)
    with store.write() as session:
        row = session.get_one(PersonRow, ANA)
        row.name, row.slack_user, row.zone = NAME, USER, "Europe/Lisbon"
        session.get_one(PlaceRow, DM).slack_channel = "D0ANA"
        file = [Employee(email=EMAIL, name=NAME, manager="ben@example.com", unit="Sales", slack_user=USER)]
        file.append(Employee(email="ben@example.com", name="Ben", deputy=EMAIL, slack_user=f"U{BEN}"))
        employees.take(session, employees.compared(session, file), whole=True, now=NOW)
        card = Below(storied.APPROVED, GOVERNANCE, "20.1")
        discussion.keep(session, Remark(card, "20.2", "said", "20.2", DAN, SAID), now=NOW)
        session.add(
            InboxRow(key="e1", kind="event", lane="x", payload={"user": USER, "text": SAID}, received_at=NOW)
        )
        payload = {"text": SAID, "blocks": [{"text": json.dumps({"user": USER})}]}
        outbox.put(session, kind="post", place_id=DM, payload=payload, priority=2, now=NOW)
    book = Ledger(store)
    on: dict[str, Any] = {"actor": ANA, "case": "named"}
    answers = LOW | {name: answered(f"{NAME}'s {name}") for name in ("title", "purpose", "unit")}
    book.execute(Begin(**on, key="n1", words=SAID, place=DM, root="17.n"), storied.day(8))
    book.execute(Fill(**on, key="n2", answers=answers), storied.day(8))
    book.execute(Submit(**on, key="n3"), storied.day(8))
    book.execute(AskRequester(actor=BEN, case="named", key="n4", question=SAID), storied.day(8))
    book.execute(Type(**on, key="n5", words=SAID), storied.day(8))
    yes: dict[str, Any] = {"reason": SAID, "conditions": (f"Only {NAME} checks it",)}
    book.execute(Approve(actor=BEN, case="named", key="n6", **yes), storied.day(9))
    book.execute(ReportWrong(actor=DAN, case="named", key="n7", words=SAID), storied.day(9))
    wrong: dict[str, Any] = {"incident": "named", "use": "named"}
    book.act(Report(**wrong, actor=DAN, key="n8", words=SAID), storied.day(9))
    return store


def left(store: Store, *marks: str) -> set[str]:
    """Every table in which one of these stands, bytes and all, whatever case it is in."""
    return {table for table, row in dumped(store) if any(mark.casefold() in row.casefold() for mark in marks)}


def dumped(store: Store) -> Iterator[tuple[str, str]]:
    """Each row as the database itself gives it, with what JSON escapes written out."""
    with store.engine.connect() as connection:
        for table in metadata.tables:
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                yield table, str(tuple(row))


def leave(store: Store) -> None:
    with store.write() as session:
        session.get_one(PersonRow, ANA).deleted = True


ERASE = ("person", "erase", EMAIL, "--because", f"{NAME} asked for it.", "--yes")


def test_nothing_of_them_is_left_and_the_trail_still_proves_itself(steward: Any, told: Store) -> None:
    assert left(told, *MARKS) >= {
        "person",
        "employee",
        "place",
        "use",
        "fact",
        "audit_text",
        "inbox",
        "outbox",
    }
    leave(told)
    code, said, errors = steward(*ERASE)
    assert (code, errors) == (0, "")
    assert left(told, *MARKS) == set()
    assert left(told, "Lima") == set()
    code, proof, _ = steward("verify")
    assert (code, proof.splitlines()[-1].split()[0]) == (0, "ok"), proof
    assert "records differ" not in proof
    assert "said of a person who was erased" in proof
    label = said.splitlines()[0].removeprefix("In their place stands: ").rstrip(".")
    with told.read() as session:
        row = session.get_one(PersonRow, ANA)
        assert (row.name, row.deleted, row.zone) == (label, True, None)
        assert list(differences(session)) == [], "every guard stands again"
        words = [row for line in audit.records(session) for row in audit.texts_of(session, line.seq).values()]
    assert any(f"{label}, {label} or {label}" in each for each in words), "what was said is kept"


def test_what_they_did_stays_theirs_under_their_opaque_id(steward: Any, told: Store) -> None:
    with told.read() as session:
        before = [line.actor for line in audit.records(session)]
    leave(told)
    steward(*ERASE)
    with told.read() as session:
        after = [line.actor for line in audit.records(session)]
    assert after[: len(before)] == before
    assert steward("story", "AIU-2026-0001")[0] == 0
    assert steward("explain", "AIU-2026-0001")[0] == 0


def test_a_text_that_was_put_in_its_place_is_held_like_any_other(steward: Any, told: Store) -> None:

    leave(told)
    steward(*ERASE)
    tamper(
        told,
        "UPDATE audit_text SET text = text || '.' "
        "WHERE replace(text, 'former colleague', '') <> text AND field = 'words'",
    )
    code, said, _ = steward("verify")
    assert (code, "was changed, or removed" in said) == (1, True)


def test_one_that_was_put_in_its_place_is_not_removed_unseen(steward: Any, told: Store) -> None:

    leave(told)
    steward(*ERASE)
    tamper(
        told, "DELETE FROM audit_text WHERE replace(text, 'former colleague', '') <> text AND field = 'words'"
    )
    assert steward("verify")[0] == 1


def test_once_and_only_with_a_yes(steward: Any, told: Store) -> None:
    leave(told)
    before = sorted(dumped(told))
    code, said, _ = steward(*ERASE[:-1])
    assert (code, "Nothing was erased" in said) == (0, True)
    assert sorted(dumped(told)) == before
    assert steward(*ERASE)[0] == 0
    assert steward(*ERASE)[0] == 1, "nobody is known by that any more"
    code, _, errors = steward("person", "erase", ANA, "--because", "Again.", "--yes")
    assert (code, "erased before" in errors) == (1, True)


def test_a_trial_keeps_nobody_waiting_and_says_what_comes(steward: Any, told: Store) -> None:
    leave(told)
    with told.write():
        code, trial, _ = steward(*ERASE[:-1])
    assert (code, "quiet hour" in trial) == (0, True)
    done = steward(*ERASE)[1]

    def changes(said: str) -> list[str]:
        return [line for line in said.splitlines() if line.endswith(" rows") or "texts of lines" in line]

    assert changes(trial) == changes(done) != []


def test_who_is_known_in_another_workspace_too_is_named_so(steward: Any, told: Store, tmp_path: Path) -> None:
    leave(told)
    with told.write() as session:
        session.add(PersonRow(id="P-ana-2", team="T-other", slack_user=USER, deleted=True, updated_at=NOW))
    said = steward("person", "export", ANA, "--out", str(tmp_path))[1]
    assert "`steward person export P-ana-2`" in said
    for words in (ERASE[:-1], ERASE):
        assert "`steward person erase P-ana-2`" in steward(*words)[1]
    rest = steward("person", "erase", "P-ana-2", "--because", "She asked.", "--yes")
    assert (rest[0], "another workspace" in rest[1]) == (0, False)


def test_who_still_works_here_and_answers_for_something_hands_it_over_first(
    steward: Any, told: Store
) -> None:
    code, _, errors = steward(*ERASE)
    assert (code, "answer for" in errors, "AIU-" in errors) == (1, True, True)
    assert "person" in left(told, NAME)


def test_who_is_named_in_settings_is_taken_out_there_first(steward: Any, told: Store) -> None:
    leave(told)
    with told.write() as session:
        settings.change(session, "roles.legal", [USER], by=None, now=NOW)
        settings.change(session, "incidents.speak_up", f"ask {NAME}", by=None, now=NOW)
    code, _, errors = steward(*ERASE)
    assert (code, "incidents.speak_up, roles.legal" in errors) == (1, True)


@pytest.mark.parametrize(("kind", "about"), [("person", ANA), ("use", "named")])
def test_a_legal_hold_keeps_everything_until_two_lift_it(
    steward: Any, told: Store, kind: Any, about: str
) -> None:
    leave(told)
    with told.write() as session:
        held = holds.put(session, kind, about, because="A claim", by=BEN, now=NOW)
    code, _, errors = steward(*ERASE)
    assert (code, "legal hold" in errors) == (1, True)
    with told.write() as session:
        assert not holds.lift(session, held, by=BEN, now=NOW)
        with pytest.raises(holds.Refused):
            holds.lift(session, held, by=BEN, now=NOW)
    assert steward(*ERASE)[0] == 1
    with told.write() as session:
        assert holds.lift(session, held, by=DAN, now=NOW)
    assert steward(*ERASE)[0] == 0


def test_two_accounts_of_one_human_do_not_lift_a_hold(told: Store) -> None:
    with told.write() as session:
        user = session.get_one(PersonRow, BEN).slack_user
        session.add(PersonRow(id="P-ben-2", team="T-other", slack_user=user, updated_at=NOW))
        session.flush()
        held = holds.put(session, "person", ANA, because="A claim", by=DAN, now=NOW)
        assert not holds.lift(session, held, by=BEN, now=NOW)
        with pytest.raises(holds.Refused):
            holds.lift(session, held, by="P-ben-2", now=NOW)
        assert [each.id for each in holds.standing(session)] == [held]
        assert holds.lift(session, held, by=DAN, now=NOW)


def test_what_names_them_under_a_hold_keeps_them_too(steward: Any, told: Store) -> None:
    """Somebody else's use, in which they are only spoken of."""
    leave(told)
    on: dict[str, Any] = {"actor": DAN, "case": "dans"}
    Ledger(told).execute(Begin(**on, key="d1", words=SAID, place=GOVERNANCE, root="17.x"), storied.day(9))
    with told.write() as session:
        holds.put(session, "use", "dans", because="A claim", by=BEN, now=NOW)
    code, _, errors = steward(*ERASE)
    assert (code, "legal hold" in errors) == (1, True)


def test_a_name_that_others_bear_is_reported_and_not_replaced(steward: Any, told: Store) -> None:
    leave(told)
    with told.write() as session:
        session.get_one(PersonRow, DAN).name = f"{NAME} Junior"
    code, said, _ = steward(*ERASE)
    assert code == 0
    assert left(told, USER, EMAIL) == set()
    assert left(told, NAME) >= {"use", "audit_text"}, "it may be about Dan"
    assert "Parts of the name still stand here" in said
    assert "person.name" in said


def test_what_a_line_seals_itself_is_named_and_left(steward: Any, told: Store) -> None:
    """Terms of a tool are sealed by their digest: whoever looks at them next writes them anew."""
    leave(told)
    with told.write() as session:
        tool = session.exec(select(ToolRow)).first()
        assert tool is not None
        tool.name = f"Tool of {NAME}"
        session.add(tool)
    code, said, _ = steward(*ERASE)
    assert (code, f"stays as it is: tool {tool.id}" in said) == (0, True)
    assert left(told, NAME) == {"tool"}
    assert steward("verify")[0] == 0


def test_another_spelling_goes_when_it_is_named(steward: Any, told: Store) -> None:
    leave(told)
    with told.write() as session:
        audit.append(
            session, "tool.assessed", actor=None, subject_kind="tool", subject_id="t", detail={},
            texts={"note": "A. Lima knows"}, at=NOW,
        )  # fmt: skip
    code, _, _ = steward(*ERASE[:-1], "--also", "A. Lima", "--yes")
    assert code == 0
    assert left(told, "A. Lima") == set()


def test_somebody_of_the_people_file_alone_goes_from_it(steward: Any, told: Store) -> None:
    with told.write() as session:
        more = [Employee(email="gus@example.com", name="Gustav Holm", manager=EMAIL)]
        employees.take(session, employees.compared(session, more), whole=False, now=NOW)
    assert steward("person", "erase", "gus@example.com", "--because", "Asked.", "--yes")[0] == 0
    assert left(told, "gus@example.com", "Gustav Holm") == set()
    assert steward("verify")[0] == 0


def test_nobody_knows_them(steward: Any, told: Store) -> None:
    assert steward("person", "erase", "U0NOBODY", "--because", "x", "--yes")[0] == 1
    assert steward("person", "export", "U0NOBODY", "--out", "x")[0] == 1


@pytest.mark.parametrize("who", [ANA, USER, EMAIL, EMAIL.upper()])
def test_all_that_is_known_goes_out(steward: Any, told: Store, tmp_path: Path, who: str) -> None:
    """Held against every row of every table, read without any of our code."""
    assert steward("person", "export", who, "--out", tmp_path / "ana")[0] == 0
    found = json.loads((tmp_path / "ana" / "person.json").read_text())
    wanted: dict[str, int] = {}
    for table, row in dumped(told):
        if any(mark.casefold() in row.casefold() for mark in (*MARKS, ANA)):
            wanted[table] = wanted.get(table, 0) + 1
    lines, texts = wanted.pop("audit_line"), wanted.pop("audit_text")
    assert {table: len(rows) for table, rows in found["rows"].items()} == wanted
    assert len(found["trail"]) == lines
    assert len(found["texts"]) >= texts, "and what they wrote themselves, whoever it is about"
    assert (found["person"], found["known_by"]["emails"]) == (ANA, [EMAIL])
    page = (tmp_path / "ana" / "person.html").read_text()
    assert "Uses, answers, results" in page
    assert "<@" not in page
    assert "<script" not in page


def test_what_went_out_of_an_erased_person_names_nobody(steward: Any, told: Store, tmp_path: Path) -> None:
    leave(told)
    steward(*ERASE)
    assert steward("person", "export", ANA, "--out", tmp_path / "ana")[0] == 0
    for path in (tmp_path / "ana").iterdir():
        assert not [mark for mark in MARKS if mark.casefold() in path.read_text().casefold()], path


def test_the_log_and_the_line_of_it_name_nobody(
    steward: Any, told: Store, caplog: pytest.LogCaptureFixture
) -> None:
    leave(told)
    with caplog.at_level("DEBUG"):
        steward(*ERASE)
    assert not [mark for mark in MARKS if mark.casefold() in caplog.text.casefold()]
    with told.read() as session:
        line = [each for each in audit.records(session) if each.what == "person.erased"][-1]
        because = audit.texts_of(session, line.seq)["because"]
    assert (line.subject, line.actor) == (("person", ANA), None)
    assert NAME not in because
