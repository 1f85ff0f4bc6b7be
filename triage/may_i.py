"""May this be used for that? Answered from the register alone: never more than its records say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from triage.case import Case, Status
from triage.desk import Desk
from triage.purposes import Asked, Fit, Known, fit
from triage.register import PUBLIC, Entry
from triage.stages import Stage
from triage.tasks import before_start
from triage.whereabouts import stage_of

Kind = Literal[
    "yes", "yes_if", "for_these", "other_purpose", "not_yet", "suspended", "no", "unknown", "which"
]
"""`for_these`: no purpose was named, so what is approved is told; `which`: it is not certain which tool is meant."""
YES = frozenset[Kind]({"yes", "yes_if"})
STATES: tuple[tuple[Kind, frozenset[Status]], ...] = (
    ("suspended", frozenset({Status.under_reassessment})),
    ("not_yet", frozenset({Status.in_review, Status.needs_info})),
    ("no", frozenset({Status.blocked, Status.declined})),
)
"""What is said of what has no yes, the first that fits."""
NEAREST = 2
"""Approved uses of other tools that are named in the place of one that is not."""


class MayI(NamedTuple):
    """`uses`: those it rests on, `others` what is on record of the tool besides, `instead` what is approved of others.

    `held`: of `uses`, those that may not begin yet; `ending`: those that nobody should begin with any more.
    """

    kind: Kind
    uses: tuple[Entry, ...] = ()
    others: tuple[Entry, ...] = ()
    instead: tuple[Entry, ...] = ()
    held: frozenset[str] = frozenset()
    ending: frozenset[str] = frozenset()


def may_i(
    asked: Asked,
    uses: Sequence[Known],
    cases: Mapping[str, Case],
    desk: Desk,
    beside: Sequence[Known] = (),
    category: str = "",
) -> MayI:
    """`uses`: of that tool, as the reader sees them. `cases`: theirs, by id; an approved use without is no yes.

    `beside`: approved uses of other tools, `category` the kind of tool that was asked about.
    """
    allowed = [each for each in uses if each.use.status in PUBLIC and _stands(cases.get(each.use.id))]
    held = frozenset(each.use.id for each in allowed if before_start(cases[each.use.id], desk))
    ending = frozenset(each.use.id for each in allowed if stage_of(cases[each.use.id]) is Stage.retiring)
    found = _answered(asked, uses, allowed, held, ending)
    if found.kind in YES:
        return found
    return found._replace(instead=_instead(asked, beside, category, found.kind))


def _stands(case: Case | None) -> bool:
    return case is not None and case.in_use and not case.confidential


def _answered(
    asked: Asked,
    uses: Sequence[Known],
    allowed: Sequence[Known],
    held: frozenset[str],
    ending: frozenset[str],
) -> MayI:
    fits = {each.use.id: fit(asked, each) for each in uses}
    whole = [each for each in allowed if fits[each.use.id] == "all" and each.use.id not in ending]
    if whole:
        free = [each for each in whole if each.use.id not in held and not each.use.conditions]
        return _made("yes" if free else "yes_if", [*free, *_but(whole, free)], (), held, ending)
    if allowed and not asked.about:
        return _made("for_these", allowed, (), held, ending)
    for kind, states in STATES:
        if near := [each for each in _of(uses, states) if _concerns(asked, fits[each.use.id], allowed)]:
            return _made(kind, near, _but(allowed, near), held, ending)
    if allowed:
        nearest = [each for each in allowed if fits[each.use.id] == "some"]
        return _made("other_purpose", [*nearest, *_but(allowed, nearest)], (), held, ending)
    return _made("unknown", (), [each for each in uses if each.use.status is not Status.draft])


def _concerns(asked: Asked, found: Fit, allowed: Collection[Known]) -> bool:
    """Something of the kind is enough for less than a yes; beside what is approved it has to be the very thing."""
    return not asked.about or found == "all" or (found == "some" and not allowed)


def _instead(asked: Asked, beside: Sequence[Known], category: str, kind: Kind) -> tuple[Entry, ...]:
    """What is approved for that; after a no without a purpose, what is of the same kind."""
    if not asked.about:
        return tuple(each.use for each in beside[:NEAREST]) if kind == "no" and category else ()
    fits = [each.use for each in beside if fit(asked, each) == "all"]
    return tuple(fits[:NEAREST])


def _of(uses: Sequence[Known], states: Collection[Status]) -> list[Known]:
    return [each for each in uses if each.use.status in states]


def _but(uses: Sequence[Known], these: Sequence[Known]) -> list[Known]:
    ids = {each.use.id for each in these}
    return [each for each in uses if each.use.id not in ids]


def _made(
    kind: Kind,
    uses: Sequence[Known],
    others: Sequence[Known] = (),
    held: frozenset[str] = frozenset(),
    ending: frozenset[str] = frozenset(),
) -> MayI:
    of, besides = (tuple(each.use for each in known) for known in (uses, others))
    return MayI(kind, of, besides, held=held, ending=ending)
