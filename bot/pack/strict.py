"""The one strict kind of ZIP that an evidence pack is: each byte is a member's, or follows from the members.

Members stand one behind the other, stored, all of one moment, without remarks and gaps, under plain names. Who wrote it
is of no account, so what a library or a zlib of another version would do differently cannot differ here.
This is a part of the pack's own verify.py and so needs nothing but Python 3.8.
"""

from __future__ import annotations

import hashlib
import re
import struct
from typing import BinaryIO, Iterator, List, NamedTuple, Optional

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
MOST, MANY, NEW, WIDE = 0xFFFFFFFF, 0xFFFF, 20, 45
"""What the fields of a ZIP hold at most, and the versions without and with wider ones."""
AT_ONCE = 1 << 20


class Member(NamedTuple):
    """A file of the pack; `at`: where its header begins in the ZIP, `crc`: its checksum there."""

    name: str
    size: int
    crc: int
    at: int


class Found(NamedTuple):
    """`sha`: the SHA-256 of the bytes that are there, `start`: where they begin."""

    member: Member
    sha: str
    start: int


class Broken(Exception):
    """Nothing more can be read; its text says why."""


def header(member: Member) -> bytes:
    """What stands before the bytes of a member."""
    wide = struct.pack("<HHQQ", 1, 16, member.size, member.size) if member.size >= MOST else b""
    size, name = min(member.size, MOST), member.name.encode("ascii")
    version = WIDE if wide else NEW
    fixed = (0x04034B50, version, 0, 0, 0, 0x21, member.crc, size, size, len(name), len(wide))
    return struct.pack("<IHHHHHIIIHH", *fixed) + name + wide


def listed(member: Member) -> bytes:
    """The same in the list at the end."""
    big = [n for n in (member.size, member.size, member.at) if n >= MOST]
    wide = struct.pack("<HH%dQ" % len(big), 1, 8 * len(big), *big) if big else b""
    size, at, name = min(member.size, MOST), min(member.at, MOST), member.name.encode("ascii")
    version = WIDE if wide else NEW
    fixed = (
        0x02014B50,
        3 << 8 | version,
        version,
        0,
        0,
        0,
        0x21,
        member.crc,
        size,
        size,
        len(name),
        len(wide),
    )
    return struct.pack("<IHHHHHHIIIHHHHHII", *fixed, 0, 0, 0, 0o100600 << 16, at) + name + wide


def ending(count: int, size: int, at: int) -> bytes:
    """What closes the list: how many there are, how long it is and where it begins."""
    few = min(count, MANY)
    last = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, few, few, min(size, MOST), min(at, MOST), 0)
    if count < MANY and size < MOST and at < MOST:
        return last
    wide = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 3 << 8 | WIDE, WIDE, 0, 0, count, count, size, at)
    return wide + struct.pack("<IIQI", 0x07064B50, 0, at + size, 1) + last


def in_zip(file: BinaryIO, faults: List[str]) -> Iterator[Found]:
    """Each member in turn, and then whether what follows is the list of just these."""
    seen: List[Member] = []
    names = set()
    where = "the beginning"
    while True:
        at = file.tell()
        head = file.read(30)
        if head[:4] == b"PK\x01\x02" and len(head) == 30:
            break
        member = _member(file, head, at)
        if member is None:
            raise Broken("the ZIP is not as it was written from byte %d on, behind %s" % (at, where))
        found = _hashed(file, member)
        if member.name in names:
            faults.append("added: %s is there twice" % member.name)
        names.add(member.name)
        seen.append(member)
        where = member.name
        yield found
    file.seek(at)
    _same(file, at, seen)


def _member(file: BinaryIO, head: bytes, at: int) -> Optional[Member]:
    """None where the header is not the one that such a member has."""
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        return None
    crc, size, _, long, wide = struct.unpack("<IIIHH", head[14:])
    more = file.read(long + wide)
    name = more[:long].decode("latin-1")
    if size == MOST and len(more) == long + 20:
        (size,) = struct.unpack("<Q", more[long + 4 : long + 12])
    member = Member(name, size, crc, at)
    return member if NAME.fullmatch(name) and header(member) == head + more else None


def _hashed(file: BinaryIO, member: Member) -> Found:
    start, left, sha = file.tell(), member.size, hashlib.sha256()
    while left:
        part = file.read(min(left, AT_ONCE))
        if not part:
            raise Broken("the ZIP ends within %s" % member.name)
        left -= len(part)
        sha.update(part)
    return Found(member, sha.hexdigest(), start)


def _same(file: BinaryIO, at: int, seen: List[Member]) -> None:
    for member in seen:
        wanted = listed(member)
        if file.read(len(wanted)) != wanted:
            raise Broken(
                "the list at the end of the ZIP is not as it was written where it names %s" % member.name
            )
    wanted = ending(len(seen), file.tell() - at, at)
    if file.read(len(wanted)) != wanted:
        raise Broken("the end of the ZIP is not as it was written")
    if file.read(1):
        raise Broken("bytes were put behind the end of the ZIP")
