"""All uses of AI beside each other: what they are for, on what they hang, how they grew, what nobody answers for; pure.

Of confidential uses their number and their risk are told and nothing else: whoever takes what is told of the others
from a number of all would know the rest.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Literal, NamedTuple

from intake.value import Value

ASSESSMENT = "portfolio_assessment"
"""The entry in which a person says what they make of it; there is one, with its versions."""
ASKED = ("output_use", "area", "data", "people")
"""Questions by whose choices uses are told apart."""
NAMED = ("vendor", "tool", "unit")
"""What people named, and on which too much may hang."""
OF_OPEN = (*ASKED, *NAMED, "owner")
"""Of a confidential use there is one row of each, and what it says is told nowhere."""
NOT_SAID, CLOSED = "", "confidential"
ALL = ("output_use", "area", "data", "people", "vendor", "tool", "unit", "tier", "owner", "risk", "incident")
"""In the order in which they are told."""
HARMLESS = frozenset(
    {
        ("people", "only_team"),
        ("data", "public"),
        ("data", "internal"),
        ("output_use", "draft_self"),
        ("area", "none"),
    }
)
MUCH, FEW = 4, 2
"""One of so many uses is much to hang on one thing; fewer than so many are none."""
HEAVY = frozenset(("tier 3", "tier 4", "risk high", "risk critical", "owner none"))
Why = Literal["much", "grew", "heavy", "wrong"]


class Seen(NamedTuple):
    """A use as it stood. `tier`: the strictest that is still possible; `answers`: what was chosen, by question."""

    tier: int
    unit: str = ""
    tool: str = ""
    vendor: str = ""
    owned: bool = False
    confidential: bool = False
    answers: Mapping[str, Sequence[str]] = {}


class Then(NamedTuple):
    """At one moment. `risks`: the level of each that is open; `incidents`: the kind of each in the year before."""

    uses: Sequence[Seen] = ()
    risks: Sequence[str] = ()
    incidents: Sequence[str] = ()


class Share(Value):
    """So many have something in common, and had a year before. `closed`: what they have, nobody is told."""

    about: str
    value: str
    count: int
    before: int = 0
    closed: bool = False

    @property
    def id(self) -> str:
        return f"{self.about}.{self.value}"


class Theme(NamedTuple):
    share: Share
    whys: tuple[Why, ...]


class Portfolio(Value):
    """`digest` is what whoever assesses it names, so that it is known what they had before them."""

    as_of: date
    before: date
    uses: int
    uses_before: int
    confidential: int
    shares: tuple[Share, ...] = ()

    @property
    def digest(self) -> str:
        told = json.dumps(self.model_dump(), default=str)  # ASCII only, whatever signs a name has
        return sha256(told.encode()).hexdigest()

    def of(self, about: str) -> tuple[Share, ...]:
        return tuple(each for each in self.shares if each.about == about)


def portfolio(as_of: date, before: date, now: Then, then: Then) -> Portfolio:
    counted, earlier = _counted(now), _counted(then)
    shares = (
        Share(about=about, value=value, closed=closed, count=counted[key], before=earlier[key])
        for key in {*counted, *earlier}
        for about, value, closed in (key,)
    )
    return Portfolio(
        as_of=as_of,
        before=before,
        uses=len(now.uses),
        uses_before=len(then.uses),
        confidential=sum(each.confidential for each in now.uses),
        shares=tuple(sorted(shares, key=_place)),
    )


def _place(share: Share) -> tuple[int, bool, int, str]:
    """The most first; what nobody said and what is not told come last."""
    return ALL.index(share.about), share.closed or not share.value, -share.count, share.value


Key = tuple[str, str, bool]


def _counted(then: Then) -> Counter[Key]:
    found = Counter(key for use in then.uses for key in _of_use(use))
    found.update(("risk", level, False) for level in then.risks)
    found.update(("incident", kind, False) for kind in then.incidents)
    return found


def _of_use(use: Seen) -> Iterator[Key]:
    """Each once, however often it was chosen."""
    yield "tier", str(use.tier) if use.tier else NOT_SAID, False
    if use.confidential:
        yield from ((about, CLOSED, True) for about in OF_OPEN)
        return
    for question in ASKED:
        for choice in set(use.answers.get(question, ())) or {NOT_SAID}:
            yield question, choice, False
    for about, name in zip(NAMED, (use.vendor, use.tool, use.unit), strict=True):
        yield about, name, False
    yield "owner", "named" if use.owned else "none", False


def themes(found: Portfolio) -> tuple[Theme, ...]:
    """What somebody has to make something of, in the order of the paper; by rule, and no judgement of how bad it is."""
    told = ((each, tuple(_whys(each, found))) for each in found.shares if each.count)
    return tuple(Theme(share, whys) for share, whys in told if whys)


def _whys(share: Share, found: Portfolio) -> Iterator[Why]:
    plain = share.value != NOT_SAID and not share.closed and (share.about, share.value) not in HARMLESS
    of_uses = share.about in (*ASKED, *NAMED)
    if f"{share.about} {share.value}" in HEAVY:
        yield "heavy"
    if share.about == "incident":
        yield "wrong"
    if of_uses and plain and share.count >= FEW and share.count * MUCH >= found.uses:
        yield "much"
    if of_uses and plain and share.count >= share.before + FEW and share.count * 2 >= share.before * 3:
        yield "grew"


def theme(found: Portfolio, id: str) -> Theme | None:
    return next((each for each in themes(found) if each.share.id == id), None)


def shares_of(found: Portfolio) -> Iterable[tuple[str, tuple[Share, ...]]]:
    """By what they are about, in the order of the paper."""
    return tuple((about, found.of(about)) for about in ALL)
