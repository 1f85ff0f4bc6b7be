"""`steward people`: the same file twice is the same, faults are named, and the trail holds a digest and no name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from bot.proof import prove
from store import audit, employees
from store.employees import Employee
from store.engine import Store
from store.tables import EmployeeRow

Said = tuple[int, str, str]
Steward = Callable[..., Said]
ROWS = (
    "email,name,manager,country,deputy\n"
    "ana@example.com,Ana,ben@example.com,DE,\n"
    "ben@example.com,Ben,,FR,cleo@example.com\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def told(store: Store) -> list[Employee]:
    with store.read() as session:
        return list(employees.everybody(session))


def lines(store: Store) -> list[str]:
    with store.read() as session:
        return [line.what for line in audit.records(session) if line.what.startswith("people.")]


def is_proven(store: Store) -> bool:
    with store.read() as session:
        return prove(session).ok


def test_the_same_file_twice_is_the_same(steward: Steward, store: Store, file: Callable[[str], Path]) -> None:
    code, out, errors = steward("people", "import", file(ROWS))
    assert (code, out) == (0, "read 2, new 2, same 0, changed 0, removed 0, refused 0\n")
    assert "1 named as deputy have no row of their own: cleo@example.com" in errors
    first = told(store)
    code, out, _ = steward("people", "import", file(ROWS))
    assert (code, out) == (0, "read 2, new 0, same 2, changed 0, removed 0, refused 0\n")
    assert told(store) == first
    assert lines(store) == ["people.imported"]
    assert is_proven(store)


def test_a_trial_run_writes_nothing(steward: Steward, store: Store, file: Callable[[str], Path]) -> None:
    code, out, errors = steward("people", "import", file(ROWS), "--dry-run")
    assert (code, out) == (0, "read 2, new 2, same 0, changed 0, removed 0, refused 0\n")
    assert "nothing was written" in errors
    assert told(store) == []
    assert lines(store) == []


def test_good_rows_go_in_and_bad_ones_are_named(
    steward: Steward, store: Store, file: Callable[[str], Path]
) -> None:
    code, out, errors = steward("people", "import", file(f"{ROWS}dan,Dan,,DE,\n"))
    assert (code, out) == (3, "read 3, new 2, same 0, changed 0, removed 0, refused 1\n")
    assert "line 4: `dan` in `email` is no e-mail address." in errors
    assert len(told(store)) == 2


def test_who_is_not_in_the_file_stays_until_it_is_said_to_be_whole(
    steward: Steward, store: Store, file: Callable[[str], Path]
) -> None:
    steward("people", "import", file(ROWS))
    fewer = file(ROWS.rpartition("ben@")[0].replace(",DE,", ",AT,"))
    _, out, errors = steward("people", "import", fewer)
    assert "changed 1, removed 0" in out
    assert "1 of earlier imports are not in this file and stay" in errors
    _, out, _ = steward("people", "import", fewer, "--whole")
    assert "same 1, changed 0, removed 1" in out
    assert [(each.email, each.country) for each in told(store)] == [("ana@example.com", "AT")]
    assert is_proven(store)


def test_a_whole_file_with_a_fault_removes_nobody(
    steward: Steward, store: Store, file: Callable[[str], Path]
) -> None:
    steward("people", "import", file(ROWS))
    code, out, errors = steward(
        "people", "import", file(ROWS.replace("ben@example.com,Ben", "ben,Ben")), "--whole"
    )
    assert (code, out) == (3, "")
    assert "Nothing was changed" in errors
    assert len(told(store)) == 2


def test_no_name_of_it_stands_in_the_trail(
    steward: Steward, store: Store, file: Callable[[str], Path]
) -> None:
    steward("people", "import", file(ROWS))
    with store.read() as session:
        sealed = " ".join(audit.sealed_lines(session))
    assert "example.com" not in sealed
    assert "Ana" not in sealed


def test_somebody_is_forgotten_also_where_others_name_them(
    steward: Steward, store: Store, file: Callable[[str], Path]
) -> None:
    steward("people", "import", file(ROWS))
    code, _, _ = steward("people", "forget", "Ben@example.com")
    assert code == 0
    assert told(store) == [Employee(email="ana@example.com", name="Ana", country="DE")]
    assert lines(store) == ["people.imported", "people.forgotten"]
    assert is_proven(store)
    code, _, errors = steward("people", "forget", "ben@example.com")
    assert (code, errors) == (1, "The people file has no ben@example.com. Nothing was changed.\n")


@pytest.mark.parametrize("change", ["country", "row less", "row more"])
def test_a_changed_people_file_is_noticed(
    steward: Steward, store: Store, file: Callable[[str], Path], change: str
) -> None:
    steward("people", "import", file(ROWS))
    with store.write() as session:
        row = session.exec(select(EmployeeRow)).first()
        assert row is not None
        if change == "row less":
            session.delete(row)
        elif change == "row more":
            session.add(EmployeeRow(email="eve@example.com"))
        else:
            row.country = "IT"
            session.add(row)
    with store.read() as session:
        assert prove(session).records == ["the people file was changed since line 1"]


def test_people_are_listed_and_shown(steward: Steward, store: Store, file: Callable[[str], Path]) -> None:
    assert steward("people", "import", file(ROWS))[0] == 0
    _, out, errors = steward("people", "list")
    assert out.splitlines()[1].split() == ["ana@example.com", "Ana", "-", "DE", "ben@example.com", "-", "-"]
    assert errors == "in the file: 2, found in Slack: 0\n"
    _, out, _ = steward("people", "list", "--json")
    assert '"email": "ben@example.com"' in out
    _, out, _ = steward("people", "show", "BEN@example.com")
    assert "cleo@example.com (not found in Slack)" in out
    code, _, errors = steward("people", "show", "nobody@example.com")
    assert (code, errors) == (1, "The people file has no nobody@example.com.\n")
