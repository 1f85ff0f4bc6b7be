"""Lists of other systems: recognised, read in blocks, and no damaged line costs another."""

import json
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.inventory.rows import Unreadable
from bot.sightings import reading
from bot.sightings.plan import known
from bot.sightings.reading import read_sightings

HEAD = b"Date,User,Department,URL\n"
GOOD = b"2026-11-02,ana@example.com,Sales,https://otter.ai/x\n"


def read(*lines: bytes) -> tuple[list[Sequence[str]], list[int], int]:
    """The rows, the numbers of the damaged lines, and the bytes that went by."""
    blocks = list(read_sightings(lines).blocks)
    rows = [row for block in blocks for row in block.rows]
    return rows, [bad.line for block in blocks for bad in block.refused], sum(block.size for block in blocks)


def test_columns_are_known_by_what_they_are_called() -> None:
    plan = read_sightings([HEAD]).plan
    assert dict(plan.columns) == {"at": "Date", "person": "User", "unit": "Department", "address": "URL"}
    assert (plan.kind, plan.format) == ("proxy", "")


@pytest.mark.parametrize("name", [each.name for each in known()])
def test_known_exports_are_recognised(name: str) -> None:
    export = next(each for each in known() if each.name == name)
    plan = read_sightings([",".join((*export.needs, "more")).encode()]).plan
    assert (plan.format, plan.kind) == (name, export.kind)
    assert set(plan.columns.values()) <= set(export.needs)


def test_json_lines_are_read_through_what_they_nest() -> None:
    event = {
        "eventType": "user.authentication.sso",
        "published": "2026-11-02T09:00:00Z",
        "actor": {"alternateId": "ana@example.com"},
        "target": [{"displayName": "Otter"}, {"displayName": "Other"}],
    }
    found = read_sightings([json.dumps(event).encode(), b"[1]\n", b"\n", b'{"published": 7}\n'])
    assert found.plan.format == "okta-system-log"
    (block,) = found.blocks
    rows = [dict(zip(found.plan.columns, row, strict=True)) for row in block.rows]
    assert rows[0] == {"app": "Otter\nOther", "person": "ana@example.com", "at": "2026-11-02T09:00:00Z"}
    assert rows[1] == {"app": "", "person": "", "at": "7"}
    assert [(bad.line, bad.problem) for bad in block.refused] == [(2, "is not a JSON object")]


def test_a_damaged_line_is_told_by_its_number_and_costs_no_other() -> None:
    rows, refused, size = read(HEAD, GOOD, b"too,few\n", GOOD, b'"open,1,2,3\n', GOOD, b"\xff,1,2,3\n", GOOD)
    assert (len(rows), refused) == (4, [3, 5, 7])
    assert size == sum(map(len, (HEAD, GOOD * 4, b"too,few\n", b'"open,1,2,3\n', b"\xff,1,2,3\n")))


def test_a_cell_may_hold_lines_also_over_the_end_of_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    long = [b'2026-11-02,"ana\n', b'or ben",Sales,otter.ai\n']
    rows, refused, _ = read(HEAD, GOOD, *long, GOOD, GOOD, GOOD)
    assert (len(rows), refused) == (5, [])
    assert list(rows[1]) == ["2026-11-02", "ana\nor ben", "Sales", "otter.ai"]


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (b"", "The file is empty"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"\xff\xfeU\x00", "UTF-16"),
        (b"[1]", "JSON list"),
        (b"colour,size\n", "No column says which tool it is"),
    ],
)
def test_what_is_no_list_is_told_as_a_whole(first: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_sightings([first])


@pytest.mark.parametrize(
    ("column", "said"),
    [({"colour": "URL"}, "nothing that a column can tell"), ({"app": "Appl"}, "no column `Appl`")],
)
def test_a_wrong_column_is_told_before_anything_is_read(column: dict[str, str], said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        read_sightings([HEAD], said=column)


@settings(max_examples=60)
@given(
    st.lists(st.binary(max_size=40).filter(lambda line: b"\n" not in line), max_size=12), st.integers(1, 4)
)
def test_nothing_in_a_file_stops_the_reading(lines: list[bytes], at_once: int) -> None:
    """Each good row between damaged lines is read, unless an open quotation mark before it reaches for it."""
    before, reading.AT_ONCE = reading.AT_ONCE, at_once
    try:
        rows, refused, size = read(HEAD, *(line + b"\n" for line in lines), GOOD)
    finally:
        reading.AT_ONCE = before
    assert size == len(HEAD) + sum(len(line) + 1 for line in lines) + len(GOOD)
    assert refused == sorted(set(refused))
    assert ["2026-11-02", "ana@example.com", "Sales", "https://otter.ai/x"] in [list(row) for row in rows]
