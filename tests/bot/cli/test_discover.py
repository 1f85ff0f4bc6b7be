"""`steward discover`: what lists of other systems show becomes counts and questions, once, and names nobody."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.cli import discover
from bot.config import change
from bot.sightings import taking
from store import audit, employees
from store.employees import Employee
from store.engine import Store
from store.ledger import Ledger
from store.tables import AuditTextRow, DueRow, FactRow, SightingRow, SightingRunRow, UseRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, NOW, a_desk
from triage.claims import NotUsed

Said = tuple[int, str, str]
Steward = Callable[..., Said]
LOG = """date,user,team,url
2026-11-02,ana@example.com,Sales,https://otter.ai/a
2026-11-03,ben@example.com,Sales,https://otter.ai/b
2026-11-03,ben@example.com,Law,https://claude.ai/b
2026-11-03,ben@example.com,Law,https://notion.so/b
2026-11-03,ben@example.com,Law,https://example.org/b
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "proxy.csv"
    path.write_text(LOG)
    return path


def uses(store: Store) -> list[UseRow]:
    with store.read() as session:
        return list(session.exec(select(UseRow).order_by(UseRow.tool_id)).all())


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_what_nobody_registered_becomes_a_question_for_each_team(
    steward: Steward, store: Store, log: Path
) -> None:
    code, out, errors = steward("discover", log)
    assert code == 0
    last = out.splitlines()[-1]
    assert (
        last == "read 5, refused 0; 3 tools in 2 teams: new 2, asked 0, known 0, over 0, unsure 0, general 1"
    )
    assert "2 of these are asked about" in errors
    claude, otter = uses(store)
    assert (otter.tool_id, otter.unit, otter.state) == ("otter", "Sales", "disclosed")
    assert (otter.discovered_via, otter.owner_id, otter.requester_id) == ("log", None, None)
    assert (claude.tool_id, claude.unit) == ("claude", "Law")
    assert "2 times, 2 people" in otter.summary
    with store.read() as session:
        waiting = session.exec(select(DueRow).where(DueRow.kind == "claims")).all()
    assert [row.state for row in waiting] == ["waiting"]


def test_the_same_file_is_taken_in_once(steward: Steward, store: Store, log: Path) -> None:
    steward("discover", log)
    before = count(store, AuditTextRow)
    code, out, errors = steward("discover", log)
    assert code == 0
    assert "This very file was taken in on" in errors
    assert out.splitlines()[-1].endswith("new 0, asked 2, known 0, over 0, unsure 0, general 1")
    assert (count(store, SightingRunRow), count(store, AuditTextRow)) == (1, before)


def test_a_later_list_asks_nothing_twice(steward: Steward, store: Store, log: Path) -> None:
    steward("discover", log)
    log.write_text(LOG + "2026-11-10,ana@example.com,sales,https://otter.ai/c\n")
    _, out, _ = steward("discover", log)
    assert out.splitlines()[-1].endswith("new 0, asked 2, known 0, over 0, unsure 0, general 1")
    assert (len(uses(store)), count(store, SightingRunRow)) == (2, 2)


def test_what_a_team_said_of_it_is_remembered(steward: Steward, store: Store, log: Path) -> None:
    steward("discover", log)
    otter = uses(store)[1]
    wish = NotUsed(actor=ANA, key="unused", case=otter.id, reason="Trial ended in May")
    Ledger(store).execute(wish, a_desk())
    log.write_text(LOG + "2026-11-10,ana@example.com,Sales,https://otter.ai/c\n")
    _, out, _ = steward("discover", log, "--json")
    told = {line["tool"]: line for line in map(json.loads, out.splitlines())}
    assert (told["Otter.ai"]["stands"], told["Otter.ai"]["uses"]) == ("over", [otter.ref])
    assert [row.state for row in uses(store)] == ["disclosed", "retired"]


def test_a_trial_run_writes_nothing(steward: Steward, store: Store, log: Path) -> None:
    code, out, errors = steward("discover", log, "--dry-run")
    assert code == 0
    assert "new 2" in out
    assert "nothing was written" in errors
    assert (count(store, UseRow), count(store, SightingRow)) == (0, 0)


def test_a_trial_run_needs_no_database(steward: Steward, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{log.parent}/none.db")
    code, out, _ = steward("discover", log, "--dry-run")
    assert (code, "new 2" in out) == (0, True)


def test_nobody_of_the_list_is_kept(steward: Steward, store: Store, log: Path) -> None:
    steward("discover", log)
    with store.read() as session:
        texts = [row.text for row in session.exec(select(AuditTextRow)).all()]
        facts = [row.model_dump() for row in session.exec(select(FactRow)).all()]
        lines = [record.detail for record in audit.records(session)]
        rows = [row.model_dump() for row in session.exec(select(SightingRow)).all()]
    kept = repr((texts, facts, lines, rows, [row.model_dump() for row in uses(store)]))
    assert "otter" in kept
    assert "@example.com" not in kept
    assert "otter.ai/a" not in kept


def test_the_people_file_says_who_works_where(steward: Steward, store: Store, log: Path) -> None:
    with store.write() as session:
        told = [Employee(email="ana@example.com", unit="Care")]
        employees.take(session, employees.compared(session, told), whole=False, now=NOW)
    log.write_text(
        "email,app name,granted\nANA@example.com,Otter,2026-11-02\nx@example.com,Otter,2026-11-02\n"
    )
    steward("discover", log)
    assert [row.unit for row in uses(store)] == ["Care", None] or [row.unit for row in uses(store)] == [
        None,
        "Care",
    ]


def test_damaged_lines_are_told_and_cost_nothing_else(steward: Steward, store: Store, log: Path) -> None:
    log.write_text(LOG + "broken\n")
    code, out, errors = steward("discover", log)
    assert code == 3
    assert "line 7: has 1 cells" in errors
    assert "read 5, refused 1" in out
    assert len(uses(store)) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.csv",), "cannot be read"),
        (("proxy.csv", "--column", "app"), "does not say which column"),
        (("proxy.csv", "--column", "app=None"), "There is no column `None`"),
    ],
)
def test_what_cannot_be_read_is_told(
    steward: Steward, store: Store, log: Path, words: tuple[str, ...], said: str
) -> None:
    code, out, errors = steward("discover", *words)
    assert (code, out) == (2, "")
    assert said in errors
    assert "Nothing was written" in errors
    assert count(store, UseRow) == 0


def test_columns_can_be_said(steward: Steward, store: Store, log: Path) -> None:
    log.write_text("what,who works there\nOtter,Sales\n")
    code, _, errors = steward(
        "discover", log, "--column", "app=what", "--column", "unit=who works there", "--kind", "apps"
    )
    assert code == 0
    assert "app from `what`" in errors
    assert [(row.tool_id, row.unit) for row in uses(store)] == [("otter", "Sales")]


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM sighting WHERE tool_id = 'otter'",
        "INSERT INTO sighting SELECT run_id, 'made', unit, week, hits, people, sure, general, first_on, last_on"
        " FROM sighting WHERE tool_id = 'otter'",
        "UPDATE sighting_run SET kind = 'dns'",
    ],
)
def test_what_was_counted_is_held_against_the_trail(
    steward: Steward, store: Store, log: Path, deed: str
) -> None:
    steward("discover", log)
    assert steward("verify")[0] == 0
    tamper(store, deed)
    code, out, errors = steward("verify")
    assert code != 0
    assert "was changed" in out + errors


def test_addresses_are_told_only_where_the_organisation_wants_it_and_kept_nowhere(
    steward: Steward, store: Store, log: Path
) -> None:
    log.write_text("email,team,app name\nana@example.com,,Otter\nben@example.com,Law,Otter\n")
    for wanted in (False, True):
        change(store, {"sightings.people": wanted}, by=None, key=f"people:{wanted}", now=NOW)
        _, out, _ = steward("discover", log, "--json", "--dry-run")
        told = {line["team"]: line.get("who") for line in map(json.loads, out.splitlines())}
        assert told == {None: ["ana@example.com"] if wanted else None, "Law": None}
    steward("discover", log)
    with store.read() as session:
        kept = repr([row.text for row in session.exec(select(AuditTextRow)).all()])
        rows = repr([row.model_dump() for row in session.exec(select(SightingRow)).all()])
    assert "ana@" not in kept + rows + repr([row.model_dump() for row in uses(store)])


def test_a_use_that_moved_on_is_not_told_anew_by_a_later_list(
    steward: Steward, store: Store, log: Path
) -> None:
    """Whatever became of a question, its words are those that people answered, and its team is not asked again."""
    steward("discover", log)
    otter = uses(store)[1]
    with store.write() as session:
        session.get_one(UseRow, otter.id).unit = "Care"
    before = uses(store)[1]
    log.write_text(LOG + "2026-11-10,ana@example.com,Sales,https://otter.ai/c\n")
    _, out, _ = steward("discover", log)
    assert out.splitlines()[-1].endswith("new 0, asked 2, known 0, over 0, unsure 0, general 1")
    assert uses(store)[1].model_dump() == before.model_dump()


def test_what_bears_no_date_says_none(steward: Steward, store: Store, log: Path) -> None:
    log.write_text("app name,team\nOtter,Sales\nOtter,Sales\nClaude,Law\n")
    steward("discover", log)
    assert [row.summary for row in uses(store)] == [
        "Seen in a list of programs: once.",
        "Seen in a list of programs: 2 times.",
    ]


@pytest.mark.parametrize(
    ("content", "read", "refused"),
    [
        (b"app,count\nOtter," + b"9" * 5000 + b"\nOtter,1\n", 2, 0),
        (b'{"app": "Otter"}\n{"app": ' + b"[" * 900 + b'"Otter"' + b"]" * 900 + b"}\n", 1, 1),
        (b"app,group\nOtter,ana@example.com\nOtter,<!channel>\n", 2, 0),
    ],
    ids=["digits", "depth", "somebody"],
)
def test_a_hostile_row_costs_no_other(
    steward: Steward, store: Store, log: Path, content: bytes, read: int, refused: int
) -> None:
    log.write_bytes(content)
    code, out, _ = steward("discover", log)
    assert code == (3 if refused else 0)
    assert f"read {read}, refused {refused}; 1 tools in 1 teams" in out
    with store.read() as session:
        rows = session.exec(select(SightingRow)).all()
    assert {row.unit for row in rows} == {""}
    assert sum(row.hits for row in rows) <= 2**31 - 1


def test_a_list_that_begins_with_no_object_is_told_as_such(steward: Steward, store: Store, log: Path) -> None:
    log.write_text('{\n  "app": "Otter"\n}\n')
    code, out, errors = steward("discover", log)
    assert (code, out) == (2, "")
    assert "Write one object in each line" in errors


def test_of_very_many_teams_those_that_are_seen_most_are_asked(
    steward: Steward, store: Store, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (taking, discover):
        monkeypatch.setattr(module, "MOST_ASKED", 2)
    log.write_text("app,team,count\n" + "".join(f"Otter,Team {number},{number}\n" for number in range(1, 5)))
    _, _, errors = steward("discover", log)
    assert "2 of these are asked about" in errors
    assert "the other 2 once a later list shows them" in errors
    assert sorted(str(row.unit) for row in uses(store)) == ["Team 3", "Team 4"]


def test_a_confidential_use_is_told_of_to_nobody_who_reads_a_list(
    steward: Steward, store: Store, log: Path
) -> None:
    """Neither as on record, nor by its reference beside a tool and a team; and nothing of it is written anew."""
    steward("discover", log)
    closed = uses(store)[1]
    with store.write() as session:
        session.get_one(UseRow, closed.id).confidential = True
        session.get_one(UseRow, closed.id).state = "declined"
    log.write_text(LOG + "2026-11-10,ana@example.com,Sales,https://otter.ai/c\n")
    before = uses(store)[1].model_dump()
    _, out, errors = steward("discover", log)
    assert str(closed.ref) not in out + errors
    assert uses(store)[1].model_dump() == before
