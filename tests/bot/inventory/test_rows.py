"""A damaged line is told by its number and the rest goes in; another kind of file is refused whole."""

import pytest

from bot.inventory.lines import Bad, Row
from bot.inventory.rows import Unreadable, read_rows

NEEDED = frozenset({"id", "name"})


def read(content: bytes | str, needed: frozenset[str] = NEEDED) -> list[Row | Bad]:
    body = content.encode() if isinstance(content, str) else content
    return list(read_rows(body.splitlines(keepends=True), needed))


def good(rows: list[Row | Bad]) -> list[tuple[int, str, str]]:
    return [(row.line, row.cells["id"], row.cells["name"]) for row in rows if isinstance(row, Row)]


def bad(rows: list[Row | Bad]) -> list[tuple[int, str]]:
    return [(row.line, row.problem) for row in rows if isinstance(row, Bad)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("id,name,more\n1,a,x\n2,b,y\n", [(2, "1", "a"), (3, "2", "b")]),
        ("\ufeffid,name,more\n1,a,x\n", [(2, "1", "a")]),
        ("id;name;more\r\n1;a,b;x\r\n", [(2, "1", "a,b")]),
        ("more\tname\tid\nx\ta\t1\n", [(2, "1", "a")]),
        ('id,name\n1,"a, ""quoted"""\n', [(2, "1", 'a, "quoted"')]),
        ('id,name\n1,"two\nlines"\n2,b\n', [(2, "1", "two\nlines"), (4, "2", "b")]),
        ("id,name\n\n1,a\n\n", [(3, "1", "a")]),
        ("id,name\n1,a", [(2, "1", "a")]),
        ("id,name\n1,=1+1\n", [(2, "1", "=1+1")]),
        ("id , name\n1,a\n", [(2, "1", "a")]),
        ("id,name\n", []),
        (
            '{"id": 1, "name": "a", "other": null}\n{"id": "2", "name": ["b", "c"]}\n',
            [(1, "1", "a"), (2, "2", "b; c")],
        ),
        ('\ufeff{"id": "1"}\n\n{"id": "2", "name": true}\n', [(1, "1", ""), (3, "2", "yes")]),
    ],
)
def test_what_is_well_formed_is_read(content: str, expected: list[tuple[int, str, str]]) -> None:
    rows = read(content)
    assert good(rows) == expected
    assert not bad(rows)


@pytest.mark.parametrize(
    ("content", "lines", "ids"),
    [
        (b"id,name\n1,a\n2\n3,c\n", [3], ["1", "3"]),
        (b"id,name\n1,a,b,c\n2,b\n", [2], ["2"]),
        (b"id,name\n1,\xff\xfe\n2,b\n", [2], ["2"]),
        (b"id,name\n1,a\x00b\n2,b\n", [2], ["2"]),
        (b'id,name\n1,"never closed\n2,b\n3,c\n', [2], ["2", "3"]),
        (b'id,name\n1,"open\n2,"b"\n3,c\n', [2], ["2", "3"]),
        (b'id,name\n1,"a"b\n2,b\n', [2], ["2"]),
        (b'id,name\n1,"x\ny","z\n2,b\n', [2, 3], ["2"]),
        (b'{"id": "1", "name": "a"\n{"id": "2"}\n', [1], ["2"]),
        (b'{"id": "1"}\n[1]\n{"id": "3"}\n', [2], ["1", "3"]),
        (b'{"id": "1"}\n{"id": {"a": 1}}\n{"id": "3"}\n', [2], ["1", "3"]),
        (b'{"id": "1"}\n{"id": "\\u0000"}\n{"id": "3"}\n', [2], ["1", "3"]),
        (b'{"id": "1"}\n{"id": "\\ud800"}\n{"id": "3"}\n', [2], ["1", "3"]),
        (b'{"id": "1"}\n' + b"[" * 100_000 + b'\n{"id": "3"}\n', [2], ["1", "3"]),
    ],
)
def test_a_damaged_line_is_named_and_the_rest_is_read(
    content: bytes, lines: list[int], ids: list[str]
) -> None:
    rows = read(content)
    assert [line for line, _ in bad(rows)] == lines
    assert [id_ for _, id_, _ in good(rows)] == ids
    assert all(problem for _, problem in bad(rows))


def test_a_very_long_line_is_refused() -> None:
    rows = read("id,name\n1," + "x" * 1_100_000 + "\n2,b\n")
    assert bad(rows) == [(2, "is longer than 1,000,000 bytes")]
    assert good(rows) == [(3, "2", "b")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty line"),
        (b"PK\x03\x04rest", "spreadsheet"),
        ("id,name\n1,a\n".encode("utf-16"), "UTF-16"),
        (b"id,n\xe4me\n", "UTF-8"),
        (b'[{"id": 1}]', "JSON list"),
        (b"id,nam\n1,a\n", "Did you mean `nam`"),
        (b"number,title\n1,a\n", "lacks the columns id, name"),
        (b"id,name,id\n1,a,2\n", "twice"),
    ],
)
def test_another_kind_of_file_is_refused_whole(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content)


def test_sizes_add_up_to_the_file() -> None:
    body = b'id,name\n1,a\n2,"b\nc"\n3,"open\n4,d\n'
    header = len(b"id,name\n")
    assert header + sum(row.size for row in read(body)) == len(body)
