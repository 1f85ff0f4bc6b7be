"""Who has a part in a use, and so never decides about it: whoever asks, answers, stands in, or uses it."""

from __future__ import annotations

from collections.abc import Iterable

from triage.case import Case, Decision
from triage.moved import CARRIED
from triage.parts import DEPUTY, OWNER, chosen
from triage.teams import standing


def former(owners: Iterable[object], requester: str, owner: object) -> tuple[str, ...]:
    """Who answered for it before, each once; whoever asked has a part anyway."""
    return tuple(sorted({str(one) for one in owners if one and one not in (requester, owner)}))


def owned(case: Case) -> tuple[str, ...]:
    """Who answered for it before, took it on or said what still stands there. To be named alone is no part."""
    said = {fact.by for fact in case.facts.values()}
    took = {each.person for each in case.appointments if each.task == OWNER and each.kind == "accepted"}
    return tuple(one for one in case.former_owners if one in said | took)


def said_yes(case: Case) -> frozenset[str]:
    """Whose yes the standing approval is: those who signed it, the yeses it rests on, or a pattern."""
    made = case.decision
    if made is None:
        return frozenset()
    counted = [d for d in case.decisions if d is made or d.id in made.rests_on or _moved(d)]
    signed = {s.person for d in counted for s in d.signatures} | {
        d.delegated.of for d in counted if d.delegated
    }
    return frozenset(signed | ({yes.person for yes in made.under.yes} if made.under else set()))


def _moved(decision: Decision) -> bool:
    """Two set another tier by it, accepted a risk, or let a ban leave it out: the approval stands on that, too."""
    return decision.kind in CARRIED.values()


def with_part(case: Case) -> tuple[str, ...]:
    """Whoever stepped aside is among them."""
    deputy = chosen(case, DEPUTY)
    teams = (each.owner for each in standing(case))
    people = (
        case.requester,
        case.owner,
        *owned(case),
        deputy and deputy.person,
        *teams,
        *sorted(case.recused),
    )
    return tuple(dict.fromkeys(one for one in people if one))
