"""An internal audit: a sample that nobody chose, auditors without a part in it, an end once its findings are closed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from heapq import nlargest
from math import isqrt, log
from typing import NamedTuple

from triage.aims.entry import Entry, Said
from triage.desk import Desk
from triage.outcome import Refused

SIZES = (1, 60)
BY_TIER = {1: 1, 2: 2, 3: 4, 4: 8}
"""How much likelier a use of a tier is drawn than one of low tier."""
LOOKED, DROPPED, FINDING = "looked", "dropped", "finding"
FOUND_BEFORE = 2
"""How much likelier one is drawn about which an audit found something before."""


class Drawable(NamedTuple):
    """A use that may be drawn, by its reference; it is `weight` times as likely as one of 1."""

    ref: str
    weight: int


class Beside(NamedTuple):
    """What an audit is held against. `seed`: by which it draws; `parts`: by person, the sampled uses in which they
    have a part; "" for each that is confidential since.

    `open_findings`: nonconformities of this audit that nobody has closed; `followed`: the uses that any of its
    nonconformities names.
    """

    population: tuple[Drawable, ...] = ()
    seed: str = ""
    parts: Mapping[str, tuple[str, ...]] = {}
    open_findings: tuple[str, ...] = ()
    followed: frozenset[str] = frozenset()


def weight(tier: int, *, found_before: bool) -> int:
    return BY_TIER.get(tier, BY_TIER[4]) * (FOUND_BEFORE if found_before else 1)


def drawn(population: Iterable[Drawable], seed: str, size: int) -> tuple[str, ...]:
    """So many of them, in order; whoever has seed and population draws the same again (Efraimidis and Spirakis)."""
    chosen = nlargest(size, population, key=lambda each: (_lot(each, seed), each.ref))
    return tuple(sorted(each.ref for each in chosen))


def _lot(one: Drawable, seed: str) -> float:
    share = (int(sha256(f"{seed}|{one.ref}".encode()).hexdigest()[:13], 16) + 1) / (16**13 + 1)
    return log(share) / one.weight


def proposed_size(population: int) -> int:
    """About the root of how many there are, and at least five of them; whoever audits may say otherwise."""
    return max(SIZES[0], min(SIZES[1], population, max(5, isqrt(population))))


def digest(population: Iterable[Drawable]) -> str:
    """Of what could have been drawn, with its weights."""
    plain = sorted([each.ref, each.weight] for each in population)
    return sha256(json.dumps(plain, separators=(",", ":")).encode()).hexdigest()[:32]


def check_draw(entry: Entry, said: Mapping[str, Said], beside: Beside, desk: Desk) -> None:
    """That it is what seed and population give, and that nobody audits what they have a part in.

    Nobody chooses the seed or tries many: each version that counts has one, which is there only once somebody else
    has said yes to it.
    """
    size = int(str(said.get("size", 0)) or 0)
    if not SIZES[0] <= size <= SIZES[1]:
        raise Refused("audit_size", most=str(SIZES[1]))
    sample = said.get("sample")
    refs = sample if isinstance(sample, tuple) else ()
    given = (said.get("seed"), refs, int(str(said.get("population", -1))), said.get("digest"))
    if given != (
        beside.seed,
        drawn(beside.population, beside.seed, size),
        len(beside.population),
        digest(beside.population),
    ):
        raise Refused("entry_moved")
    for person in _auditors(entry):
        theirs = [refs for one, refs in beside.parts.items() if desk.same(one, person)]
        if any(theirs):
            named = sorted({ref for some in theirs for ref in some if ref})
            if not named:
                raise Refused("audit_own_closed")
            raise Refused("audit_own", person=person, uses=" ".join(named[:5]))


class Found(NamedTuple):
    """What somebody found about a use that was looked at."""

    use: str
    word: str


def findings(entry: Entry) -> tuple[Found, ...]:
    """One for each use, as it was said last; what somebody else dropped with a reason is none any more."""
    found: dict[str, Found] = {}
    for each in entry.done_now:
        for use in _refs(each.said.get("uses")):
            if each.act == DROPPED or (each.act == LOOKED and each.said.get("verdict") != FINDING):
                found.pop(use, None)
            elif each.act == LOOKED:
                found[use] = Found(use, str(each.said.get("word", "")))
    return tuple(found.values())


def unfollowed(entry: Entry, followed: Collection[str]) -> tuple[Found, ...]:
    """Those that became nothing yet."""
    return tuple(each for each in findings(entry) if each.use not in followed)


def check_act(entry: Entry, act: str, said: Mapping[str, Said], beside: Beside, desk: Desk) -> None:
    """What an act of an audit asks for beyond its role."""
    if entry.kind != "audit":
        return
    if act == "drawn":
        check_draw(entry, said, beside, desk)
    if act == "closed":
        check_closed(entry, beside)
    if act in (LOOKED, DROPPED):
        check_looked(entry, said)


def check_looked(entry: Entry, said: Mapping[str, Said]) -> None:
    """Only what was drawn is looked at for the sample; what else comes up is raised by itself."""
    if not set(_refs(said.get("uses"))) <= set(sampled(entry)):
        raise Refused("audit_not_drawn")


def sampled(entry: Entry) -> tuple[str, ...]:
    """As it was drawn."""
    drawn = (_refs(each.said.get("sample")) for each in entry.done_now if each.act == "drawn")
    return tuple(dict.fromkeys(ref for refs in drawn for ref in refs))


def seen(entry: Entry) -> frozenset[str]:
    """Of what was drawn, what somebody said a word of."""
    return frozenset(
        ref for each in entry.done_now if each.act == LOOKED for ref in _refs(each.said.get("uses"))
    )


def _refs(said: Said | None) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else ()


def check_closed(entry: Entry, beside: Beside) -> None:
    if left := unfollowed(entry, beside.followed):
        raise Refused("audit_unfollowed", number=str(len(left)))
    if beside.open_findings:
        raise Refused("audit_open", findings=" ".join(beside.open_findings[:5]))


def _auditors(entry: Entry) -> tuple[str, ...]:
    named = entry.said("auditors")
    return named if isinstance(named, tuple) else ()
