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
import re
import sys
import zlib
from typing import Any, BinaryIO, Dict, Iterator, List, Optional, Tuple

from bot.pack.strict import AT_ONCE, Broken, Found, Member, in_zip

MANIFEST, TRAIL, TEXTS = "manifest.json", "audit.jsonl", "texts.jsonl"
QUOTING = ("index.html", "evidence.pdf")
"""What says the digest of the contents itself, and so cannot be among them."""
SALT, FIRST, TAIL = 32, b"0" * 64, 75
NONE = (1 << 62, "", "")
"""In place of a text where there is no more."""


def in_folder(folder: str, faults: List[str]) -> Iterator[Found]:
    """Each file below it, by its name in the pack."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(folders + files):
            path = os.path.join(place, name)
            told = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path):
                faults.append("added: %s, which leads elsewhere" % _printable(told))
            elif os.path.isfile(path):
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
        told = json.loads(body.decode("ascii"), object_pairs_hook=_once)
        told["crc"] = {name: int(m["crc32"]) for name, m in told["members"].items()}
        told["members"] = {name: (str(m["sha256"]), int(m["bytes"])) for name, m in told["members"].items()}
        return told, real
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Broken("%s cannot be read" % MANIFEST) from None


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands there twice")
    return dict(pairs)


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
            faults += ["missing: %s" % _printable(name)] if whole else []
        elif name not in members:
            faults.append("added: %s" % _printable(name))
        elif (found[name].sha, found[name].member.size) != members[name]:
            faults.append("changed: %s" % _printable(name))
        elif name.startswith("attachments/") and not name.startswith("attachments/" + found[name].sha):
            faults.append("changed: %s is not the file by whose digest it is called" % _printable(name))
        elif in_a_zip and found[name].member.crc != told["crc"][name]:
            faults.append("changed: what the ZIP says of %s" % _printable(name))
    if told.get("contents") != contents(members):
        faults.append("changed: %s does not say the digest of the contents" % MANIFEST)


END = re.compile(
    rb'"previous":"([0-9a-f]{64})","seq":([0-9]+),"subject":\["(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*"\],'
    rb'"texts":\{((?:"[^"\\]*":"[0-9a-f]{64}",?)*)\},"what":"([^"\\]*)"\}'
)
"""What follows the detail of a line, for that is where its last `"previous":"` with quotation marks stands."""
COMMITTED = re.compile(rb'"([^"\\]*)":"([0-9a-f]{64})"')
Line = Tuple[int, bytes, Dict[str, str], Optional[Tuple[int, str]]]
"""Number, seal of the line before, digest of each text by field, and which text of which line it erased."""


def line_of(body: bytes) -> Optional[Line]:
    """By its shape where it has the usual one, which is quicker; read as JSON where not."""
    quick = END.fullmatch(body, max(0, body.rfind(b'"previous":"')))
    if quick is not None:
        previous, seq, texts, what = quick.groups()
        if not texts and what != b"text.erased":
            return int(seq), previous, {}, None
        if what != b"text.erased":
            pairs = COMMITTED.findall(texts)
            told = {name.decode(): sha.decode() for name, sha in pairs}
            return (int(seq), previous, told, None) if len(told) == len(pairs) else None
    return _read(body)


def _read(body: bytes) -> Optional[Line]:
    try:
        told = json.loads(body.decode("ascii"), object_pairs_hook=_once)
        detail, is_erasure = told["detail"], told["what"] == "text.erased"
        told_whole = is_erasure and "line" in detail and "field" in detail
        erased = (detail["line"], detail["field"]) if told_whole else None
        return told["seq"], told["previous"].encode(), dict(told["texts"]), erased
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def trail(lines: BinaryIO, texts: BinaryIO, told: Dict[str, Any], faults: List[str]) -> str:
    """Line by line, with the kept texts beside it, which stand in the order of the lines."""
    before, number, shown, committed, erased = FIRST, 0, 0, 0, set()
    kept = _texts(texts, faults)
    waiting = next(kept, NONE)
    sha256 = hashlib.sha256
    for number, whole in enumerate(lines, 1):
        body = whole[: -TAIL - 1] + b"}"
        seal = sha256(body).hexdigest().encode()
        line = line_of(body)
        if line is None or whole[-TAIL - 1 :] != b',"seal":"' + seal + b'"}\n':
            faults.append("the trail is broken at line %d: its text was changed" % number)
            return ""
        seq, previous, sealed, gone = line
        if seq != number or previous != before:
            faults.append("the trail is broken at line %d: it does not follow the line before" % number)
            return ""
        before, committed = seal, committed + len(sealed)
        if gone:
            erased.add(gone)
        while waiting[0] <= number:
            at, field, digest = waiting
            if at != number or sealed.pop(field, "") != digest:
                faults.append(
                    "the text %s of line %d is not the one that was sealed" % (_printable(field), at)
                )
            shown, waiting = shown + 1, next(kept, NONE)
    while waiting is not NONE:
        faults.append("the text %s of line %d belongs to no line" % (_printable(waiting[1]), waiting[0]))
        waiting = next(kept, NONE)
    if (told.get("audit_lines"), told.get("head")) != (number, before.decode()):
        faults.append("the trail does not end where %s says" % MANIFEST)
    missing = committed - shown
    kinds = (shown, min(len(erased), missing), max(0, missing - len(erased)))
    said = "texts: %d as sealed, %d erased, %d left out" % kinds
    return "trail: %d lines, head %s\n%s" % (number, before.decode(), said)


def _texts(lines: BinaryIO, faults: List[str]) -> Iterator[Tuple[int, str, str]]:
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
            at, field, salt, text = (
                int(told["line"]),
                str(told["field"]),
                str(told["salt"]),
                str(told["text"]),
            )
        except (ValueError, LookupError, TypeError, RecursionError):
            faults.append("line %d of %s cannot be read" % (number, TEXTS))
            continue
        digest = hashlib.sha256((salt + text).encode("utf-8", "surrogatepass")).hexdigest()
        yield at, field, digest if len(salt) == SALT else ""


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
        with pack.open(found[TRAIL]) as lines, pack.open(found[TEXTS]) as texts:
            said += filter(None, trail(lines, texts, told, faults).split("\n"))
    said += ["contents: %s" % told.get("contents"), "seal: %s" % real]
    if seal and seal.lower() != real:
        faults.append("the seal is not the one that was noted")
    if head and head.lower() != told.get("head"):
        faults.append("the head of the trail is not the one that was noted")
    return faults, [_printable(each) for each in said]


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


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
