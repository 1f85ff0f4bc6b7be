"""An inventory goes in once, changes with history, and a trial run writes nothing."""

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import col, func, select

from store import audit
from store.engine import Store
from store.inventory import disclosed
from store.records import facts_of
from store.tables import AuditLineRow, DueRow, FactRow, OutboxRow, UseRow
from triage.case import Case, Source, Status

EXCERPT = Path(__file__).resolve().parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"
COLUMNS = EXCERPT.read_text().partition("\n")[0].split(",")
Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture
def run(steward: Callable[..., Said]) -> Run:
    """`steward import`: exit code, last line said, and standard error."""

    def imported(file: Path | str, *options: str, map: str = "us-federal") -> Said:
        code, out, errors = steward("import", file, "--map", map, *options)
        return code, out.rstrip("\n").rpartition("\n")[2], errors

    return imported


def file(folder: Path, *rows: dict[str, str], name: str = "rows.csv") -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(rows)
    path = folder / name
    path.write_text(text.getvalue())
    return path


def row(id: str = "X-1", **cells: str) -> dict[str, str]:
    return {
        "id": id,
        "use_case_name": "Sort letters",
        "agency": "GSA",
        "stage": "Pilot",
        "pii": "Yes",
        **cells,
    }


def kept(store: Store, id: str = "X-1", map: str = "us-federal") -> Case:
    with store.read() as session:
        return disclosed(session, map, [id])[id]


def count(store: Store, table: type) -> int:
    with store.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_the_excerpt_goes_in_once(run: Run, store: Store) -> None:
    assert run(EXCERPT)[:2] == (0, "read 81, new 81, same 0, changed 0, refused 0")
    lines = count(store, AuditLineRow)
    assert run(EXCERPT)[:2] == (0, "read 81, new 0, same 81, changed 0, refused 0")
    assert count(store, UseRow) == 81
    assert count(store, AuditLineRow) == lines


def test_a_use_waits_unclaimed_and_nags_nobody(run: Run, store: Store, tmp_path: Path) -> None:
    run(file(tmp_path, row()))
    with store.read() as session:
        use = session.exec(select(UseRow)).one()
        assert (use.state, use.lane, use.owner_id, use.requester_id) == ("disclosed", "unclaimed", None, None)
        assert (use.source_map, use.source_id, use.discovered_via) == ("us-federal", "X-1", "import")
        assert use.ref is not None
        assert use.due_at is None
    assert count(store, OutboxRow) == 0
    assert count(store, DueRow) == 1, "it is offered to its unit, some day"


def test_nothing_is_invented(run: Run, store: Store, tmp_path: Path) -> None:
    run(file(tmp_path, {"id": "X-1", "use_case_name": "Sort letters"}))
    case = kept(store)
    assert set(case.facts) == {"title"}
    assert case.verdict is not None
    assert not case.verdict.settled


def test_facts_say_where_they_come_from(run: Run, store: Store, tmp_path: Path) -> None:
    run(file(tmp_path, row()))
    case = kept(store)
    assert case.status is Status.disclosed
    assert {fact.source for fact in case.facts.values()} == {Source.imported}
    assert {fact.by for fact in case.facts.values()} == {None}


def test_a_trial_run_says_the_same_and_writes_nothing(run: Run, store: Store, tmp_path: Path) -> None:
    first = file(tmp_path, row(), row("X-2"))
    assert run(first, "--dry-run")[1] == "read 2, new 2, same 0, changed 0, refused 0"
    assert count(store, UseRow) == count(store, AuditLineRow) == 0
    run(first)
    lines = count(store, AuditLineRow)
    second = file(tmp_path, row(), row("X-2", stage="Deployed"), row("X-3"), row("X-3"))
    trial = run(second, "--dry-run")
    assert count(store, AuditLineRow) == lines
    assert trial[:2] == run(second)[:2] == (3, "read 4, new 1, same 1, changed 1, refused 1")


def test_a_trial_run_needs_no_database(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.db")
    assert run(EXCERPT, "--dry-run")[:2] == (0, "read 81, new 81, same 0, changed 0, refused 0")
    assert not (tmp_path / "none.db").exists()


def test_a_changed_row_adds_facts_and_keeps_the_old_ones(run: Run, store: Store, tmp_path: Path) -> None:
    for cells in ({"stage": "Pilot"}, {"stage": "Deployed"}, {"stage": "Pilot"}):
        run(file(tmp_path, row(**cells)))
    case = kept(store)
    assert case.facts["stage"].answer.text == "pilot"
    with store.read() as session:
        stages = select(FactRow.value).where(FactRow.question == "stage").order_by(col(FactRow.id))
        assert session.exec(stages).all() == [["pilot"], ["in_use"], ["pilot"]]
        assert count(store, UseRow) == 1
        assert [line["what"] for line in audit.about(session, "use", case.id)] == [
            "use.disclosed",
            "facts.changed",
            "facts.changed",
        ]


def test_what_a_row_no_longer_states_is_open_again(run: Run, store: Store, tmp_path: Path) -> None:
    run(file(tmp_path, row(pii="Yes")))
    assert run(file(tmp_path, row(pii="")))[1] == "read 1, new 0, same 0, changed 1, refused 0"
    assert kept(store).facts["data"].answer.state == "not_asked"
    assert run(file(tmp_path, row(pii="")))[1] == "read 1, new 0, same 1, changed 0, refused 0"


def test_what_a_person_said_since_stays(run: Run, store: Store, tmp_path: Path) -> None:
    run(file(tmp_path, row(stage="Pilot")))
    with store.write() as session:
        fact = session.exec(select(FactRow).where(FactRow.question == "stage")).one()
        session.add(FactRow(**{**fact.model_dump(exclude={"id"}), "value": ["retired"], "source": "person"}))
    assert run(file(tmp_path, row(stage="Pilot")))[1] == "read 1, new 0, same 1, changed 0, refused 0"
    run(file(tmp_path, row(stage="Deployed")))
    with store.read() as session:
        assert facts_of(session, kept(store).id)["stage"].answer.text == "retired"


def test_damaged_lines_are_named_and_the_rest_goes_in(run: Run, store: Store, tmp_path: Path) -> None:
    path = file(
        tmp_path, row("X-1"), row("X-2"), row(""), row("X-4", use_case_name=""), row("X-1", stage="Pilot")
    )
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines[:2], "half,a,line\n", *lines[2:]]))
    code, last, errors = run(path)
    assert (code, last) == (3, "read 6, new 2, same 0, changed 0, refused 4")
    assert [line.partition(":")[0] for line in errors.splitlines()] == [
        "line 3",
        "line 5",
        "line 6",
        "line 7",
    ]
    assert count(store, UseRow) == 2


def test_what_the_map_does_not_know_is_told(run: Run, store: Store, tmp_path: Path) -> None:
    code, _, errors = run(file(tmp_path, row(stage="Half done")))
    assert code == 0
    assert "stage: 1 rows hold what the map does not know, for example 'Half done'" in errors
    assert "stage" not in kept(store).facts


def test_text_of_a_row_is_data(run: Run, store: Store, tmp_path: Path) -> None:
    hostile = "=cmd|' /C calc'!A0 <!channel> {{ 7*7 }} '; DROP TABLE use; -- \u202e"
    run(file(tmp_path, row(use_case_name=hostile, purpose_and_benefits=hostile)))
    case = kept(store)
    assert case.title == hostile
    assert case.facts["purpose"].answer.text == hostile


def test_standard_input_and_a_map_of_ones_own(
    run: Run, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = tmp_path / "ours.yaml"
    plan.write_text("name: ours\nid: nr\ntitle: what\ntool: with\nfacts:\n  stage: {column: how_far}\n")
    body = io.BytesIO(b'{"nr": 7, "what": "Translate", "with": "ChatGPT", "how_far": "in_use"}\n')
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(body))
    assert run("-", map=str(plan))[:2] == (0, "read 1, new 1, same 0, changed 0, refused 0")
    case = kept(store, "7", "ours")
    assert (case.tool_name, case.facts["stage"].answer.text) == ("ChatGPT", "in_use")
    assert case.tool_id is not None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"id,title\n1,a\n"])
def test_another_kind_of_file_is_refused_in_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    code, last, errors = run(path)
    assert (code, last) == (2, "")
    assert "cannot be imported" in errors
    assert "Traceback" not in errors


def test_a_missing_file_and_a_missing_map_are_said(run: Run, tmp_path: Path) -> None:
    code, _, errors = run(tmp_path / "none.csv")
    assert (code, "No such file" in errors) == (2, True)
    code, _, errors = run(EXCERPT, map="us-fedral")
    assert (code, "us-federal" in errors) == (2, True)
