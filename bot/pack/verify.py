"""Checks an evidence pack of Steward; needs nothing but Python 3.8 or newer, and nothing beside this file.

    python verify.py PACK.zip           the ZIP as it was sent: every byte of it
    python verify.py FOLDER             the same, unpacked: every file
    python verify.py                    the folder in which this file lies

It names what was changed, is missing or was added, and ends with 0 only if there is nothing to name. With `--seal S`
it also wants the seal to be the one that was noted when the pack was made, with `--head H` the head of the trail.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import sys
import zlib
from typing import Any, BinaryIO, Dict, Iterator, List, Optional, Tuple

from bot.pack.chain import MANIFEST, TEXTS, TRAIL, once, places, printable, trail
from bot.pack.lots import DRAWS, lots
from bot.pack.strict import AT_ONCE, Broken, Found, Member, in_zip

QUOTING = ("index.html", "evidence.pdf")
"""What says the digest of the contents itself, and so cannot be among them."""


def in_folder(folder: str, faults: List[str]) -> Iterator[Found]:
    """Each file below it, by its name in the pack; whatever is neither a file nor a folder of files is named."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(folders + files):
            path = os.path.join(place, name)
            told = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path):
                faults.append("added: %s, which leads elsewhere" % printable(told))
            elif os.path.isdir(path):
                if not os.listdir(path):
                    faults.append("added: %s, an empty folder" % printable(told))
            elif not os.path.isfile(path):
                faults.append("added: %s, which is no file" % printable(told))
            else:
                with open(path, "rb") as file:
                    sha, size = hashlib.sha256(), 0
                    for part in iter(lambda: file.read(AT_ONCE), b""):
                        sha.update(part)
                        size += len(part)
                yield Found(Member(told, size, 0, 0), sha.hexdigest(), 0)


class Pack:
    """Opens what it was given; `open` gives the bytes of a member."""

    def __init__(self, path: str) -> None:
        self.path, self.is_folder, self.whole = path, os.path.isdir(path), True

    def members(self, faults: List[str]) -> Dict[str, Found]:
        found: Dict[str, Found] = {}
        try:
            if self.is_folder:
                for each in in_folder(self.path, faults):
                    found[each.member.name] = each
            else:
                with open(self.path, "rb") as file:
                    for each in in_zip(file, faults):
                        found.setdefault(each.member.name, each)
        except Broken as broken:
            faults.append("%s; what lies behind could not be checked" % broken)
            self.whole = False
        return found

    def open(self, found: Found) -> BinaryIO:
        if self.is_folder:
            return open(os.path.join(self.path, *found.member.name.split("/")), "rb")
        file = open(self.path, "rb")  # noqa: SIM115 (whoever reads the part closes it)
        file.seek(found.start)
        return io.BufferedReader(_Part(file, found.member.size), AT_ONCE)


class _Part(io.RawIOBase):
    """So many bytes of a file from where it stands."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        part = self._file.read(min(len(room), self._left))
        self._left -= len(part)
        room[: len(part)] = part
        return len(part)

    def close(self) -> None:
        self._file.close()
        super().close()


def manifest_of(body: bytes, faults: List[str]) -> Tuple[Dict[str, Any], str]:
    """What it says, and its seal; the seal is the SHA-256 of all that stands before it."""
    before, mark, seal = body.rpartition(b',\n "seal": "')
    real = hashlib.sha256(before).hexdigest()
    if not mark or seal != (real + '"\n}\n').encode():
        faults.append("changed: %s is not what it was sealed as" % MANIFEST)
    try:
        told = json.loads(body.decode("ascii"), object_pairs_hook=once)
        told["crc"] = {name: int(m["crc32"]) for name, m in told["members"].items()}
        told["members"] = {name: (str(m["sha256"]), int(m["bytes"])) for name, m in told["members"].items()}
        return told, real
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Broken("%s cannot be read" % MANIFEST) from None


def contents(members: Dict[str, Tuple[str, int]]) -> str:
    """One digest of all that the index and the PDF do not say of themselves."""
    sha = hashlib.sha256()
    for name in sorted(members):
        if name not in QUOTING:
            sha.update(("%s %d %s\n" % (members[name][0], members[name][1], name)).encode())
    return sha.hexdigest()


def compare(told: Dict[str, Any], found: Dict[str, Found], pack: Pack, faults: List[str]) -> None:
    members, whole, in_a_zip = told["members"], pack.whole, not pack.is_folder
    for name in sorted(members.keys() | (found.keys() - {MANIFEST})):
        if name not in found:
            faults += ["missing: %s" % printable(name)] if whole else []
        elif name not in members:
            faults.append("added: %s" % printable(name))
        elif (found[name].sha, found[name].member.size) != members[name]:
            faults.append("changed: %s" % printable(name))
        elif name.startswith("attachments/") and not name.startswith("attachments/" + found[name].sha):
            faults.append("changed: %s is not the file by whose digest it is called" % printable(name))
        elif in_a_zip and found[name].member.crc != told["crc"][name]:
            faults.append("changed: what the ZIP says of %s" % printable(name))
    if told.get("contents") != contents(members):
        faults.append("changed: %s does not say the digest of the contents" % MANIFEST)


def check(path: str, seal: str = "", head: str = "") -> Tuple[List[str], List[str]]:
    """What is to be named, and what there is to say of the pack."""
    faults: List[str] = []
    pack = Pack(path)
    found = pack.members(faults)
    if MANIFEST not in found:
        return faults if faults and not pack.whole else [*faults, "missing: %s" % MANIFEST], []
    with pack.open(found[MANIFEST]) as file:
        body = file.read()
    try:
        told, real = manifest_of(body, faults)
    except Broken as broken:
        return [*faults, str(broken)], []
    if not pack.is_folder and found[MANIFEST].member.crc != zlib.crc32(body):
        faults.append("changed: what the ZIP says of %s" % MANIFEST)
    compare(told, found, pack, faults)
    said = ["pack: %s, as of %s, %d files" % (path, told.get("as_of"), len(told["members"]) + 1)]
    if TRAIL in found and TEXTS in found:
        with pack.open(found[TRAIL]) as lines:
            gone = places(lines)
        with pack.open(found[TRAIL]) as lines, pack.open(found[TEXTS]) as texts:
            said += trail(lines, texts, gone, told, faults)
    if TRAIL in found and TEXTS in found and DRAWS in found:
        with (
            pack.open(found[DRAWS]) as rows,
            pack.open(found[TRAIL]) as lines,
            pack.open(found[TEXTS]) as texts,
        ):
            said += lots(rows, lines, texts, faults)
    said += ["contents: %s" % told.get("contents"), "seal: %s" % real]
    if seal and seal.lower() != real:
        faults.append("the seal is not the one that was noted")
    if head and head.lower() != told.get("head"):
        faults.append("the head of the trail is not the one that was noted")
    return faults, [printable(each) for each in said]


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description="Checks an evidence pack: every byte of it.")
    parser.add_argument(
        "pack", nargs="?", default=os.path.dirname(os.path.abspath(__file__)), help="ZIP or folder"
    )
    parser.add_argument("--seal", default="", help="the seal that was noted when the pack was made")
    parser.add_argument("--head", default="", help="the head of the trail that was noted then")
    chosen = parser.parse_args(arguments)
    try:
        faults, said = check(chosen.pack, chosen.seal, chosen.head)
    except OSError as error:
        print("%s cannot be read: %s" % (chosen.pack, error.strerror), file=sys.stderr)
        return 2
    for each in [*said, *faults]:
        print(each)
    print(
        "NOT as it was made: %d %s" % (len(faults), "fault" if len(faults) == 1 else "faults")
        if faults
        else "ok"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
