"""Files are read with their places, and what YAML would silently change is named."""

from datetime import date
from pathlib import Path

import pytest

from intake.source import Damaged, Entry, Faults, read_file, read_text


def faults_of(text: str) -> list[str]:
    faults = Faults()
    read_text(text, "some.yaml", faults)
    return [str(fault) for fault in faults.found]


def entry_of(text: str) -> Entry:
    faults = Faults()
    entry = read_text(text, "some.yaml", faults)
    assert entry is not None
    assert faults.found == []
    return entry


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("a: 1\nb: NO\n", "some.yaml:2: b:", "`NO` is read as true or false"),
        ("on: 1\n", "some.yaml:1: on:", "the name `on` is read as true or false"),
        ("rules:\n- id: r\n  off: x\n", "some.yaml:3: r.off:", "the name `off` is read as true or false"),
        ("version: 1.10\n", "some.yaml:1: version:", "`1.10` is read as a number, which drops a final zero"),
        ("day: 2026-08-02\n", "some.yaml:1: day:", "`2026-08-02` is read as a day"),
        ("code: 010\n", "some.yaml:1: code:", "`010` is read as a number in a form that changes it"),
        ("time: 12:30\n", "some.yaml:1: time:", "`12:30` is read as a number in a form that changes it"),
        ("a: 1\nb: 2\na: 3\n", "some.yaml:3: a:", "`a` stands here twice (first in line 1)"),
        ("a: &x [1]\nb: *x\n", "some.yaml:", "is an alias"),
        ("a: !!python/name:os.system x\n", "some.yaml:1: a:", "is read as something this file may not hold"),
        ("a: [1\n", "some.yaml:", "is not valid YAML"),
        ("a: 1\n\tb: 2\n", "some.yaml:2:", "is not valid YAML"),
        ("", "some.yaml:1:", "is empty"),
    ],
)
def test_a_trap_is_named_with_its_place(text: str, where: str, problem: str) -> None:
    (fault,) = faults_of(text)
    assert fault.startswith(where)
    assert problem in fault


def test_a_self_containing_alias_ends() -> None:
    assert any("alias" in fault for fault in faults_of("a: &x [*x, *x]\n"))


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    faults = Faults()
    entry = read_text("a: yes\nb: 1.10\nc: {d: 2026-01-01, d: 1}\n", "some.yaml", faults)
    assert entry is not None
    with pytest.raises(Damaged) as caught:
        faults.stop_if_any()
    assert [fault.line for fault in caught.value.faults] == [1, 2, 3, 3]
    assert str(caught.value).count("\n") == 3


def test_every_fault_has_a_mend() -> None:
    assert 'Write "yes" in quotation marks.' in faults_of("a: yes\n")[0]


def test_plain_values_survive() -> None:
    entry = entry_of('a: true\nb: 12\nc: 1.5\nd: "no"\ne: none\nf: [x, "1.10"]\ng: null\n')
    assert entry.plain() == {
        "a": True,
        "b": 12,
        "c": 1.5,
        "d": "no",
        "e": "none",
        "f": ["x", "1.10"],
        "g": None,
    }


def test_places_name_the_record_around_them() -> None:
    entry = entry_of(
        "pages:\n- id: one\n  questions:\n  - id: data\n    choices:\n    - id: public\n      alone: x\n"
    )
    alone = entry.at("pages", 0, "questions", 0, "choices", 0, "alone")
    assert (alone.line, alone.id, alone.field) == (7, "data", "choices.public.alone")
    assert entry.at("pages", 5, "nothing").line == 1


def test_readers_collect_and_go_on() -> None:
    faults = Faults()
    entry = read_text('a: ""\nb: 3\nc: "2026-02-30"\nd: []\ne: [x, x]\nf: "1"\n', "some.yaml", faults)
    assert entry is not None
    fields = entry.fields(faults, needed=("a", "b", "c", "d", "e", "f", "g"))
    assert fields["a"].text(faults) == ""
    assert fields["b"].text(faults) == ""
    assert fields["c"].day(faults) is None
    assert fields["d"].items(faults) == []
    fields["e"].texts(faults)
    assert fields["f"].whole(faults) == 0
    assert fields["f"].flag(faults) is False
    assert len(faults.found) == 8
    assert entry_of('day: "2026-08-02"').at("day").day(faults) == date(2026, 8, 2)


def test_an_unknown_field_gets_the_nearest_name_as_mend() -> None:
    faults = Faults()
    entry_of("lable: x").fields(faults, allowed=("label", "help"))
    assert faults.found[0].mend == "Did you mean `label`?"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00a"])
def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "some.yaml"
    if content is not None:
        path.write_bytes(content)
    faults = Faults()
    assert read_file(path, faults) is None
    assert len(faults.found) == 1
