"""Whether every anchor that is known is found again in a trail, and what it means where one is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.anchors import shelf, stamps
from store import anchors
from store.anchors import Known
from triage.anchoring import Anchor


class Seen(NamedTuple):
    """An anchor and where it was found. `token`: its stamp, which says by itself what it is about."""

    where: str
    anchor: Anchor
    token: bytes = b""


class Anchored(NamedTuple):
    """`wrong`: a sentence for each anchor that the trail does not bear out; `passed_over`: for each line that is none.

    `proven`: how many stamps were checked against a root.
    """

    anchors: int = 0
    outside: int = 0
    stamps: int = 0
    proven: int = 0
    wrong: Sequence[str] = ()
    passed_over: Sequence[str] = ()

    def __str__(self) -> str:
        stamped = f", {self.stamps} stamps ({self.proven} proven by the root)" if self.stamps else ""
        held = "all found again" if not self.wrong else f"{len(self.wrong)} not borne out"
        return f"anchors: {self.anchors}, of which {self.outside} from outside of the trail{stamped}: {held}"


def compare(
    seals: Mapping[int, str],
    told: Sequence[Known],
    tokens: Mapping[str, bytes | None],
    paths: Sequence[Path],
    roots: Path | None,
) -> Anchored:
    """`seals`: of each line as it is now; `told`, `tokens`: what the trail says of anchors, and the stamps it keeps."""
    numbers = {seal: seq for seq, seal in seals.items()}
    wrong: list[str] = []
    passed_over: list[str] = []
    inside = list(_inside(told, tokens, wrong))
    outside = [seen for path in paths for seen in _outside(path, numbers, wrong, passed_over)]
    seen = sorted((*inside, *outside), key=lambda each: each.anchor.seq)
    every = [each.anchor for each in seen]
    wrong += [sentence for each in seen if (sentence := _sentence(each, every, seals))]
    stamped = [each for each in seen if each.token]
    problems = [problem for each in stamped if (problem := _unproven(each, roots))]
    proven = len(stamped) - len(problems) if roots is not None else 0
    return Anchored(len(seen), len(outside), len(stamped), proven, [*wrong, *problems], passed_over)


def _inside(told: Sequence[Known], tokens: Mapping[str, bytes | None], wrong: list[str]) -> Iterator[Seen]:
    for each in told:
        token = tokens.get(each.token) if each.token else b""
        if token is None:
            wrong.append(f"the stamp that line {each.line} tells of is not kept any more")
        yield Seen(f"line {each.line}", each.anchor, token or b"")


def _outside(
    path: Path, numbers: Mapping[str, int], wrong: list[str], passed_over: list[str]
) -> Iterator[Seen]:
    for each in shelf.anchors(path):
        if each.anchor is not None:
            yield Seen(each.place, each.anchor, each.token)
        elif each.token:
            try:
                digest = stamps.digest_of(each.token)
            except stamps.Unstamped as problem:
                passed_over.append(f"{each.place}: {problem}")
                continue
            if digest not in numbers:
                wrong.append(
                    f"{each.place}: no line of the trail is sealed with {digest}, which was stamped. It is of "
                    "another trail, or its line was rewritten or cut off"
                )
            else:
                yield Seen(each.place, Anchor(numbers[digest], digest), each.token)
        else:
            passed_over.append(f"{each.place} says no anchor")


def _sentence(seen: Seen, every: Sequence[Anchor], seals: Mapping[int, str]) -> str:
    """Which one, and what that means."""
    fault, anchor = anchors.fault(seen.anchor, seals), seen.anchor
    if not fault:
        return ""
    named = f"{seen.where}: the head of line {anchor.seq}{f' of {anchor.at}' if anchor.at else ''}"
    if fault == "cut":
        return f"{named} is missing: the trail ends before it, at line {max(seals, default=0)}"
    if fault == "renumbered":
        return f"{named} is that of another line: who wrote the anchor down, or the trail, changed its number"
    since = anchors.held_before(anchor, every, seals) + 1
    return f"{named} is not its seal now: something in lines {since} to {anchor.seq} was rewritten after that"


def _unproven(seen: Seen, roots: Path | None) -> str:
    """That a stamp is about another head needs no root; who made it does."""
    try:
        if stamps.digest_of(seen.token) != seen.anchor.head:
            return f"{seen.where}: its stamp is about another head"
        if roots is not None:
            stamps.check(seen.token, roots)
    except stamps.Unstamped as problem:
        return f"{seen.where}: {problem}"
    return ""
