"""`steward tools`: what changed of a tool is noted once, and its uses in use are reviewed, with the cause named."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlmodel import select

from bot.cli.stating import AT_A_TERMINAL
from bot.proof import prove
from store.audit import records
from store.engine import Store
from store.tables import AuditLineRow, ReviewStepRow
from store.tools import CHECKED, check_terms
from store.trail import Record
from tests.builders import NOW
from triage.asset import Asset

Said = tuple[int, str, str]
Steward = Callable[..., Said]
FILE = """tool,what,changed,day,link
Otter.ai,subprocessors,Also Acme in Ireland,2026-11-20,https://example.org/list
otter,ai_features,Summaries are on for everybody,2026-11-21,
Nobody's tool,terms,Anything,2026-11-20,
otter,colour,Now red,2026-11-20,
otter,terms,Trains on nothing,yesterday,
"""


def reviews(store: Store) -> list[tuple[str, str | None]]:
    with store.read() as session:
        found = session.exec(select(ReviewStepRow)).all()
    return [(row.kind, row.cause) for row in sorted(found, key=lambda row: (row.at, row.id))]


def lines(store: Store) -> int:
    with store.read() as session:
        return len(session.exec(select(AuditLineRow.seq)).all())


def noted(store: Store) -> list[Record]:
    with store.read() as session:
        return [line for line in records(session) if line.what == CHECKED]


def test_a_file_of_changes_has_the_uses_reviewed_once(
    steward: Steward, register: Store, tmp_path: Path
) -> None:
    path = tmp_path / "changes.csv"
    path.write_text(FILE)
    code, out, errors = steward("tools", "import", path)
    assert code == 3
    assert out == (
        "2 changed, 0 as they were, 0 older than what is known; 2 uses are looked at again. "
        "3 could not be taken.\n"
    )
    assert errors.count("line ") == 3
    assert sorted(reviews(register)) == [("joined", "vendor_ai_features"), ("opened", "vendor_subprocessors")]
    before = lines(register)
    code, out, _ = steward("tools", "import", path)
    assert out.startswith("0 changed, 2 as they were")
    assert lines(register) == before
    assert len(reviews(register)) == 2
    with register.read() as session:
        assert prove(session).ok


def test_what_is_older_than_what_is_known_changes_nothing(
    steward: Steward, register: Store, tmp_path: Path
) -> None:
    new, old = tmp_path / "new.jsonl", tmp_path / "old.jsonl"
    row = '{"tool": "otter", "what": "terms", "changed": "%s", "day": "%s"}\n'
    new.write_text(row % ("Trains on nothing", "2026-11-20"))
    old.write_text(row % ("Trains on all", "2026-11-01"))
    assert steward("tools", "import", new)[0] == 0
    _, out, errors = steward("tools", "import", old)
    assert "1 older than what is known" in out
    assert errors == "line 1: is older than what is known of it, of 2026-11-20\n"
    assert "Trains on nothing" in steward("tools", "list")[1]


def test_by_hand_each_kind_of_change_is_noted(steward: Steward, register: Store) -> None:
    said = ("tools", "terms", "otter", "--checked-on", "2026-11-20", "--what", "ai_features")
    assert "1 uses of it" in steward(*said, "--terms", "Summaries")[1]
    assert reviews(register) == [("opened", "vendor_ai_features")]
    out = steward("tools", "list")[1]
    assert "ai_features: Summaries" in out


TERMS = ("tools", "terms", "otter", "--checked-on")


def test_by_hand_nothing_older_takes_the_place_of_what_is_known(steward: Steward, register: Store) -> None:
    assert steward(*TERMS, "2026-11-20", "--terms", "Trains on nothing")[0] == 0
    before = lines(register)
    code, _, errors = steward(*TERMS, "2026-11-01", "--terms", "Trains on all")
    assert (code, errors) == (
        3,
        "Otter.ai: What is known of it is of 2026-11-20, and so is newer. Nothing was changed.\n",
    )
    assert lines(register) == before
    assert steward(*TERMS, "2026-11-01", "--what", "ai_features", "--terms", "Summaries")[0] == 0


def test_no_day_that_has_not_come_yet_is_taken(steward: Steward, register: Store, tmp_path: Path) -> None:
    code, _, errors = steward(*TERMS, "2099-01-01")
    assert (code, errors) == (3, "Otter.ai: 2099-01-01 has not come yet. Nothing was changed.\n")
    path = tmp_path / "changes.csv"
    path.write_text("tool,what,changed,day,link\notter,terms,Trains on all,2099-01-01,\n")
    code, _, errors = steward("tools", "import", path)
    assert (code, errors) == (3, "line 2: names a day that has not come yet: 2099-01-01\n")
    assert noted(register) == []


def test_a_day_ahead_of_a_former_version_silences_nothing(steward: Steward, register: Store) -> None:
    with register.write() as session:
        otter = Asset(id="otter", name="Otter.ai", vendor="Otter")
        check_terms(session, otter, "Slip", date(2099, 1, 1), known_as="catalogue", now=NOW)
    assert steward(*TERMS, "2026-11-20", "--terms", "Trains on all")[0] == 0
    assert "2026-11-20  Trains on all" in steward("tools", "list")[1]


def test_the_trail_says_that_it_was_at_the_command_line(
    steward: Steward, register: Store, tmp_path: Path
) -> None:
    steward(*TERMS, "2026-11-20", "--terms", "Trains on nothing")
    path = tmp_path / "changes.csv"
    path.write_text("tool,what,changed,day,link\notter,terms,Trains on all,2026-11-21,\n")
    steward("tools", "import", path)
    assert [(line.actor, line.detail["through"]) for line in noted(register)] == [
        (None, "command"),
        (None, "file"),
    ]
    assert CHECKED in AT_A_TERMINAL


def test_what_cannot_be_read_is_told(steward: Steward, register: Store, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(b"tool,what\notter,terms\n")
    code, _, errors = steward("tools", "import", path)
    assert code == 2
    assert "lacks the columns changed, day, link" in errors
    assert steward("tools", "import", tmp_path / "none.csv")[0] == 2
