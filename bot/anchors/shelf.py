"""Anchors in a file on other storage: only ever appended to, or one new file for each where the path is a folder."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from triage.anchoring import Anchor, read, written


class Unreadable(Exception):
    """The path of what is not empty, and yet says no anchor: who put that there may hide what was there before."""


LONGEST = 1 << 20
"""Bytes of the end of a file that are looked at for what was written last."""


class Read(NamedTuple):
    """What a file says: an anchor with its stamp, or a stamp alone. `place`: file and line."""

    place: str
    anchor: Anchor | None
    token: bytes


def put(path: Path, anchor: Anchor, token: bytes = b"") -> None:
    """Durable when it returns; written already, it stays as it is. Raises OSError, also where something else stands."""
    if path.is_dir():
        _create(path / f"anchor-{anchor.seq:09}.json", f"{written(anchor)}\n".encode())
        if token:
            _create(path / f"anchor-{anchor.seq:09}-{hashlib.sha256(token).hexdigest()[:8]}.tsr", token)
    else:
        _append(path, written(anchor, base64.b64encode(token).decode()))


def last(path: Path) -> Anchor | None:
    """What was written last; None where nothing was. Raises Unreadable where something was, and says no anchor."""
    folder = path.is_dir()
    kept = sorted(path.glob("anchor-*.json")) if folder else [path] if path.exists() else []
    if not kept:
        return None
    tail = _tail(kept[-1])
    found = [told for text in tail.decode("utf-8", "replace").splitlines() if (told := read(text))]
    if not found and (tail or folder):
        raise Unreadable(kept[-1])
    return found[-1][0] if found else None


def _append(path: Path, line: str) -> None:
    new = not path.exists()
    before = b"" if new else _tail(path)
    if line.encode() in before.splitlines():
        return
    whole = "" if not before or before.endswith(b"\n") else "\n"  # a line that a stop cut off stays alone
    with open(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644), "ab", buffering=0) as file:
        file.write(f"{whole}{line}\n".encode())
        os.fsync(file.fileno())
    if new:
        _sync_folder(path.parent)


def _create(path: Path, body: bytes) -> None:
    """Nothing is ever written over: where something else stands under this name, that is to be seen."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        if path.read_bytes() != body:
            raise
        return
    with open(handle, "wb", buffering=0) as file:
        file.write(body)
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST))
        return file.read()


def anchors(path: Path) -> Iterator[Read]:
    """Of a file, or of every file in a folder; lines that say no anchor have none. Raises OSError."""
    for each in sorted(filter(Path.is_file, path.iterdir())) if path.is_dir() else [path]:
        yield from _of_file(each)


def _of_file(path: Path) -> Iterator[Read]:
    body = path.read_bytes()
    if body[:1] == b"\x30":  # DER begins so; no text of ours does
        yield Read(path.name, None, body)
        return
    for number, text in enumerate(body.decode("utf-8", "replace").splitlines(), 1):
        if not text.strip():
            continue
        told = read(text)
        yield Read(f"{path.name}:{number}", told[0] if told else None, _token(told[1]) if told else b"")


def _token(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b"?"
