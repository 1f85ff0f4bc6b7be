"""The chain itself, without a database: what a file of sealed lines can prove."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.trail import FIRST, End, Verified, read, seal, verify, verify_export

DOCS = Path(__file__).parents[2] / "docs" / "verify.md"


def chain(count: int, *, previous: str = FIRST, start: int = 1, what: str = "case.opened") -> list[str]:
    lines = []
    for seq in range(start, start + count):
        line, previous = seal({"seq": seq, "previous": previous, "what": what, "texts": {}, "detail": {}})
        lines.append(line)
    return lines


def end_of(lines: list[str]) -> End:
    return End(seq=len(lines), digest=read(lines[-1]).seal if lines else FIRST)


def resealed(line: str, **changes: Any) -> str:
    """What a forger makes who knows the format."""
    record = json.loads(line)
    del record["seal"]
    return seal(record | changes)[0]


def export(lines: list[str]) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def seal_of(body: bytes) -> bytes:
    """Sealed as if it were a line: what stands before the mark gets a brace behind it."""
    digest = hashlib.sha256(body + b"}").hexdigest()
    return body + b',"seal":"' + digest.encode() + b'"}'


def broken(found: Verified) -> tuple[int | None, str | None]:
    return found.broken_at, found.kind


def test_a_whole_trail_tells_its_head() -> None:
    lines = chain(3)
    assert str(verify(lines)) == f"ok 3 lines head {read(lines[2]).seal}"
    assert str(verify([])) == f"ok 0 lines head {FIRST}"


def test_a_line_is_ascii_whatever_it_says() -> None:
    line, _ = seal({"seq": 1, "previous": FIRST, "detail": {"a": "é\u2028\n\U0001f600"}})
    assert line.isascii()
    assert "\n" not in line


SIX = chain(6)
REWRITTEN = SIX[:2] + chain(4, start=3, previous=read(SIX[1]).seal, what="x")
TAMPERED = [
    ("first removed", SIX[1:], (1, "cut")),
    ("first three removed", SIX[3:], (1, "cut")),
    ("one in the middle removed", SIX[:2] + SIX[3:], (3, "missing")),
    ("two in the middle removed", SIX[:2] + SIX[4:], (3, "missing")),
    ("last removed", SIX[:5], (6, "cut")),
    ("all removed", [], (1, "cut")),
    ("neighbours exchanged", [SIX[0], SIX[2], SIX[1], *SIX[3:]], (2, "swapped")),
    ("far ones exchanged", [SIX[0], SIX[4], *SIX[2:4], SIX[1], SIX[5]], (2, "swapped")),
    ("one moved to the end", [*SIX[:2], *SIX[3:], SIX[2]], (3, "swapped")),
    ("a copy put in", [*SIX[:3], SIX[2], *SIX[3:]], (4, "changed")),
    ("a word changed", [*SIX[:3], SIX[3].replace("opened", "closed"), *SIX[4:]], (4, "changed")),
    ("the last changed", [*SIX[:5], SIX[5].replace("opened", "closed")], (6, "changed")),
    ("a blank line put in", [*SIX[:3], "", *SIX[3:]], (4, "changed")),
    ("changed and sealed anew", [*SIX[:3], resealed(SIX[3], what="x"), *SIX[4:]], (4, "changed")),
    ("the first sealed anew", [resealed(SIX[0], what="x"), *SIX[1:]], (1, "changed")),
    ("the last sealed anew", [*SIX[:5], resealed(SIX[5], what="x")], (6, "changed")),
    ("another predecessor named", [*SIX[:3], resealed(SIX[3], previous="a" * 64), *SIX[4:]], (4, "changed")),
    ("another named by the last", [*SIX[:5], resealed(SIX[5], previous="a" * 64)], (6, "changed")),
    ("another named by the first", [resealed(SIX[0], previous="a" * 64), *SIX[1:]], (1, "changed")),
    ("one appended past the head", chain(7), (7, "changed")),
    ("everything from the third on rewritten", REWRITTEN, (6, "changed")),
    ("sealed nonsense", [*SIX[:3], seal({"nonsense": True})[0], *SIX[4:]], (4, "changed")),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "named"), [t[1:] for t in TAMPERED], ids=[t[0] for t in TAMPERED])
def test_tampering_is_named(lines: list[str], named: tuple[int, str]) -> None:
    assert broken(verify(lines, end=end_of(SIX))) == named


@pytest.mark.parametrize("lines", [SIX[:5], [*SIX[:5], resealed(SIX[5], what="x")], chain(6, what="x")])
def test_a_head_written_down_elsewhere_finds_what_is_whole_in_itself(lines: list[str]) -> None:
    anchor = read(SIX[5]).seal
    assert verify(lines).ok
    assert verify(lines, anchor=anchor).kind == "cut"
    assert verify([*SIX, *chain(2, start=7, previous=anchor)], anchor=anchor).ok


def test_a_file_that_ends_half_way_was_cut() -> None:
    whole = export(SIX)
    assert verify_export(whole, end=end_of(SIX)).ok
    assert verify_export(whole[:-1]).ok
    assert broken(verify_export(whole[:-9])) == (6, "cut")
    assert broken(verify_export(whole[: len(export(SIX[:3]))], end=end_of(SIX))) == (4, "cut")
    assert verify_export(b"").ok


def test_line_ends_of_another_system_are_a_change() -> None:
    assert broken(verify_export(export(SIX).replace(b"\n", b"\r\n"))) == (1, "changed")


@given(count=st.integers(1, 6), place=st.integers(0, 10_000), turn=st.integers(1, 255))
def test_any_byte_changed_is_named_at_its_line(count: int, place: int, turn: int) -> None:
    body = bytearray(export(chain(count)))
    place %= len(body)
    number = bytes(body[:place]).count(b"\n") + 1
    body[place] = (body[place] + turn) % 256
    found = verify_export(bytes(body))
    assert not found.ok
    assert found.broken_at == number


@given(st.data())
def test_any_line_removed_or_exchanged_is_named_at_its_place(data: st.DataObject) -> None:
    lines = chain(data.draw(st.integers(2, 8)))
    first, second = sorted(data.draw(st.permutations(range(len(lines))))[:2])
    without = lines[:first] + lines[first + 1 :]
    assert broken(verify(without, end=end_of(lines))) == (first + 1, "missing" if first else "cut")
    changed = list(lines)
    changed[first], changed[second] = changed[second], changed[first]
    assert broken(verify(changed, end=end_of(lines))) == (first + 1, "swapped")
    assert broken(verify(lines[:second], end=end_of(lines))) == (second + 1, "cut")


def run_the_documented_verifier(file: Path) -> subprocess.CompletedProcess[str]:
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert found is not None
    assert len(found[1].splitlines()) <= 22
    command = [sys.executable, "-I", "-c", found[1], str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_documented_verifier_agrees(tmp_path: Path) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_bytes(export(SIX))
    assert run_the_documented_verifier(file).stdout.strip() == str(verify(SIX))
    for name, lines, (number, _) in TAMPERED[:15]:
        if name not in {"last removed", "all removed", "changed and sealed anew", "the first sealed anew"}:
            file.write_bytes(export(lines))
            assert f"broken at line {number}" in run_the_documented_verifier(file).stderr, name


@pytest.mark.parametrize(
    "odd",
    [b"\xff", b"", b"\xff" * 80, seal_of(b"[" * 9_000), seal_of(b"[1]"), seal_of(b"{}"), seal_of(b"\xff")],
)
def test_the_documented_verifier_names_a_line_of_odd_bytes(tmp_path: Path, odd: bytes) -> None:
    file = tmp_path / "audit.jsonl"
    file.write_bytes(export(SIX[:2]) + odd + b"\n" + export(SIX[3:]))
    found = run_the_documented_verifier(file)
    assert (found.returncode, found.stderr.startswith("broken at line 3: ")) == (1, True), found.stderr
    assert broken(verify_export(file.read_bytes())) == (3, "changed")
