"""`steward tools`: what changed of a tool is noted once, and its uses in use are reviewed, with the cause named."""

from collections.abc import Callable
from pathlib import Path

from sqlmodel import select

from bot.proof import prove
from store.engine import Store
from store.tables import AuditLineRow, ReviewStepRow

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
    assert "1 older than what is known" in steward("tools", "import", old)[1]
    assert "Trains on nothing" in steward("tools", "list")[1]


def test_by_hand_each_kind_of_change_is_noted(steward: Steward, register: Store) -> None:
    said = ("tools", "terms", "otter", "--checked-on", "2026-11-20", "--what", "ai_features")
    assert "1 uses of it" in steward(*said, "--terms", "Summaries")[1]
    assert reviews(register) == [("opened", "vendor_ai_features")]
    out = steward("tools", "list")[1]
    assert "ai_features: Summaries" in out


def test_what_cannot_be_read_is_told(steward: Steward, register: Store, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(b"tool,what\notter,terms\n")
    code, _, errors = steward("tools", "import", path)
    assert code == 2
    assert "lacks the columns changed, day, link" in errors
    assert steward("tools", "import", tmp_path / "none.csv")[0] == 2
