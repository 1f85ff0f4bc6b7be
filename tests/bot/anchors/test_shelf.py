"""A file of anchors is only ever appended to, says everything once, and bears what a stop left half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.anchors import shelf
from triage.anchoring import Anchor, read, written

FIRST = Anchor(3, "a" * 64, "2026-12-07T09:00:00Z")
SECOND = Anchor(9, "b" * 64, "2026-12-08T09:00:00Z")


def heads(path: Path) -> list[str]:
    return [each.anchor.head for each in shelf.anchors(path) if each.anchor]


def test_lines_are_appended_and_said_once(tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    for each in (FIRST, FIRST, SECOND, SECOND):
        shelf.put(path, each)
    assert heads(path) == [FIRST.head, SECOND.head]
    assert shelf.last(path) == SECOND


def test_a_stamp_comes_behind_its_head_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    shelf.put(path, FIRST)
    shelf.put(path, FIRST, b"stamp")
    assert [each.token for each in shelf.anchors(path)] == [b"", b"stamp"]


def test_what_stands_there_is_not_opened_for_more_than_appending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a file to which only can be appended (chattr +a) will do."""
    path, opened = tmp_path / "anchors.jsonl", list[int]()
    real = os.open

    def noted(name: str, flags: int, mode: int = 0) -> int:
        opened.append(flags)
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", noted)
    shelf.put(path, FIRST)
    shelf.put(path, SECOND)
    assert all(flags & os.O_APPEND and not flags & os.O_TRUNC for flags in opened if flags & os.O_WRONLY)


def test_a_line_that_a_stop_cut_off_stays_alone(tmp_path: Path) -> None:
    path = tmp_path / "anchors.jsonl"
    path.write_text(f"{written(FIRST)}\n{written(SECOND)[:40]}")
    shelf.put(path, SECOND)
    told = list(shelf.anchors(path))
    assert [each.anchor and each.anchor.seq for each in told] == [3, None, 9]
    assert path.read_text().endswith("\n")


def test_a_folder_has_one_new_file_for_each_and_none_is_written_over(tmp_path: Path) -> None:
    for each in (FIRST, FIRST, SECOND):
        shelf.put(tmp_path, each)
    shelf.put(tmp_path, SECOND, b"\x30stamp")
    assert heads(tmp_path) == [FIRST.head, SECOND.head]
    assert shelf.last(tmp_path) == SECOND
    assert [each.token for each in shelf.anchors(tmp_path) if each.token] == [b"\x30stamp"]
    with pytest.raises(FileExistsError):
        shelf.put(tmp_path, FIRST._replace(head="c" * 64))
    assert heads(tmp_path) == [FIRST.head, SECOND.head]


@pytest.mark.parametrize(
    ("line", "seq"),
    [
        (f"ok 120 lines head {'d' * 64}", 120),
        (f"The audit trail at Monday, 09:00: line 77, head `{'d' * 64}`. Whoever keeps", 77),
        (f"> 12 {'d' * 64}", 12),
        (written(FIRST._replace(head="d" * 64)), 3),
    ],
)
def test_what_was_copied_is_read(line: str, seq: int) -> None:
    found = read(line)
    assert found is not None
    assert found[0][:2] == (seq, "d" * 64)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "a word",
        "[" * 100_000,
        '{"seq": true, "head": "x"}',
        '{"seq":"3","head":"' + "d" * 64 + '"}',
        "7 " + "d" * 63,
        "d" * 64,
        '{"seq":1000000000000000000000000000000,"head":"' + "d" * 64 + '"}',
        '{"seq":0,"head":"' + "d" * 64 + '"}',
        f"line 999999999999, head {'d' * 64}",
    ],
)
def test_what_says_no_anchor_is_none(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize("junk", [b"x" * (shelf.LONGEST + 1), b"\n" * (shelf.LONGEST + 1), b"{"])
def test_what_is_not_empty_and_says_no_anchor_is_not_nothing(tmp_path: Path, junk: bytes) -> None:
    """Else whoever wants another trail to go on in it only has to spoil its end."""
    path = tmp_path / "anchors.jsonl"
    assert shelf.last(path) is None
    path.touch()
    assert shelf.last(path) is None
    path.write_bytes(f"{written(FIRST)}\n".encode() * (len(junk) > 1) + junk)
    with pytest.raises(shelf.Unreadable):
        shelf.last(path)


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{"])
def test_an_unreadable_newest_file_does_not_hide_the_others(tmp_path: Path, body: bytes) -> None:
    assert shelf.last(tmp_path) is None
    shelf.put(tmp_path, FIRST)
    (tmp_path / "anchor-999999999.json").write_bytes(body)
    with pytest.raises(shelf.Unreadable):
        shelf.last(tmp_path)
