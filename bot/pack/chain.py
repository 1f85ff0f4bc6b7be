"""The trail of a pack and its kept texts: line by line, each as it was sealed, each text as its line commits to it.

Where a person was erased, a line `text.erased` says in `detail.instead` what stands in the place of a text since.
This is a part of the pack's own verify.py and so needs nothing but Python 3.8.
"""

from __future__ import annotations

import hashlib
import json
import re
from binascii import hexlify
from typing import Any, BinaryIO, Dict, Iterator, List, NamedTuple, Optional, Set, Tuple

MANIFEST, TRAIL, TEXTS = "manifest.json", "audit.jsonl", "texts.jsonl"
SALT, FIRST, TAIL = 32, b"0" * 64, 75
NONE = (1 << 62, "", "")
"""In place of a text where there is no more."""
ERASED = "text.erased"
Place = Tuple[int, str]
"""A line and the field of its text."""


class Gone(NamedTuple):
    """Texts that were erased, and what those come to that stand in the place of others; the last erasure counts."""

    erased: Set[Place]
    instead: Dict[Place, str]


def printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    """An object as it was read; two of one name would leave open which counts."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands there twice")
    return dict(pairs)


def places(lines: BinaryIO) -> Gone:
    """Read before the trail is followed, since what a text comes to may stand many lines behind it."""
    erased: Set[Place] = set()
    instead: Dict[Place, str] = {}
    for whole in lines:
        if b'"what":"text.erased"' in whole:
            try:
                told = json.loads(whole.decode("ascii"), object_pairs_hook=once)
                place = (int(told["detail"]["line"]), str(told["detail"]["field"]))
                if told["what"] != ERASED or place[0] >= told["seq"]:
                    continue
                erased.add(place)
                if "instead" in told["detail"]:
                    erased.discard(place)
                    instead[place] = str(told["detail"]["instead"])
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                continue  # following the trail names a line that cannot be read
    return Gone(erased, instead)


END = re.compile(
    rb'"previous":"([0-9a-f]{64})","seq":([0-9]+),"subject":\["(?:[^"\\]|\\.)*","(?:[^"\\]|\\.)*"\],'
    rb'"texts":\{((?:"[^"\\]*":"[0-9a-f]{64}",?)*)\},"what":"([^"\\]*)"\}'
)
"""What follows the detail of a line, for that is where its last `"previous":"` with quotation marks stands."""
COMMITTED = re.compile(rb'"([^"\\]*)":"([0-9a-f]{64})"')
Line = Tuple[int, bytes, Dict[str, str]]
"""Number, seal of the line before, and digest of each text by field."""


def line_of(body: bytes) -> Optional[Line]:
    """By its shape where it has the usual one, which is quicker; read as JSON where not."""
    quick = END.fullmatch(body, max(0, body.rfind(b'"previous":"')))
    if quick is None:
        return _read(body)
    previous, seq, texts, _ = quick.groups()
    pairs = COMMITTED.findall(texts) if texts else []
    told = {name.decode(): sha.decode() for name, sha in pairs}
    return (int(seq), previous, told) if len(told) == len(pairs) else None


BARE = re.compile(rb'[^"\\]*","[^"\\]*"\],"texts":\{\},"what":"[^"\\]*"\}').fullmatch


def is_next(body: bytes, number: int, before: bytes) -> bool:
    """Whether a line without texts has the usual shape and follows; most do, so it is asked first and is quick."""
    own = b'"previous":"%s","seq":%d,"subject":["' % (before, number)
    at = body.rfind(b'"previous":"')
    return at > 0 and body.startswith(own, at) and BARE(body, at + len(own)) is not None


def _read(body: bytes) -> Optional[Line]:
    try:
        told = json.loads(body.decode("ascii"), object_pairs_hook=once)
        return told["seq"], told["previous"].encode(), dict(told["texts"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


class Counted:
    """What became of the texts that the lines commit to."""

    def __init__(self, gone: Gone) -> None:
        self._gone = gone
        self.kept, self.replaced, self.erased, self.left = 0, 0, 0, 0

    def is_sealed(self, place: Place, sealed: str, digest: str) -> bool:
        """The last erasure that put another text there counts; what stood there before fits no more."""
        now = self._gone.instead.get(place)
        self.replaced += now is not None
        self.kept += now is None
        return bool(sealed) and digest == (sealed if now is None else now)

    def missing(self, place: Place) -> None:
        is_erased = place in self._gone.erased
        self.erased += is_erased
        self.left += not is_erased

    def compare(self, told: Any, faults: List[str]) -> None:
        """With the manifest, in which it stands how many were written and left out."""
        try:
            said = (int(told["written"]), sum(map(int, told["left_out"].values())))
        except (ValueError, LookupError, TypeError, AttributeError):
            faults.append("%s does not say how many texts there are" % MANIFEST)
            return
        found = (self.kept + self.replaced, self.left)
        if said != found:
            faults.append(
                "%s says %d texts, and %d left out; there are %d, and %d left out" % (MANIFEST, *said, *found)
            )

    def __str__(self) -> str:
        more = ", %d replaced when a person was erased" % self.replaced if self.replaced else ""
        return "texts: %d as sealed%s, %d erased, %d left out" % (self.kept, more, self.erased, self.left)


def trail(lines: BinaryIO, texts: BinaryIO, gone: Gone, told: Dict[str, Any], faults: List[str]) -> List[str]:
    """Line by line, with the kept texts beside it, which stand in the order of the lines."""
    before, number, counted = FIRST, 0, Counted(gone)
    kept = _texts(texts, faults)
    waiting = next(kept, NONE)
    sha256 = hashlib.sha256
    for number, whole in enumerate(lines, 1):
        body = whole[: -TAIL - 1] + b"}"
        seal = hexlify(sha256(body).digest())
        line = (number, before, {}) if is_next(body, number, before) else line_of(body)
        if line is None or not whole.endswith(b',"seal":"%s"}\n' % seal):
            faults.append("the trail is broken at line %d: its text was changed" % number)
            return []
        seq, previous, sealed = line
        if seq != number or previous != before:
            faults.append("the trail is broken at line %d: it does not follow the line before" % number)
            return []
        before = seal
        while waiting[0] <= number:
            at, field, digest = waiting
            wanted = sealed.pop(field, "") if at == number else ""
            if not counted.is_sealed((at, field), wanted, digest):
                told_field = printable(field)
                faults.append("the text %s of line %d is not the one that was sealed" % (told_field, at))
            waiting = next(kept, NONE)
        for field in sealed:
            counted.missing((number, field))
    while waiting is not NONE:
        faults.append("the text %s of line %d belongs to no line" % (printable(waiting[1]), waiting[0]))
        waiting = next(kept, NONE)
    if (told.get("audit_lines"), told.get("head")) != (number, before.decode()):
        faults.append("the trail does not end where %s says" % MANIFEST)
    counted.compare(told.get("texts"), faults)
    return ["trail: %d lines, head %s" % (number, before.decode()), str(counted)]


def _texts(lines: BinaryIO, faults: List[str]) -> Iterator[Tuple[int, str, str]]:
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line.decode())
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
