"""Whether signatures under an exception could have been given, and whether any result counts others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from store.kept import Answered
from store.legible import UNREADABLE, Cells
from triage.case import Basis, DecisionKind
from triage.excepting import LEGAL, ROLES
from triage.rules import SIGNATURES
from triage.signed import OUTCOMES, digest_of

KINDS = frozenset(kind.value for kind in OUTCOMES)
CLAIM, BOTH = DecisionKind.annex_claim.value, DecisionKind.annex_rebuttal.value


def wrong(
    decision: Cells, facts: Sequence[Answered], result: Cells | None, others: Mapping[str, Cells]
) -> Iterator[str]:
    """`others`: all decisions on the same use, by id."""
    roles = {person: role for person, role, _ in decision["signatures"]}
    if decision["kind"] not in KINDS:
        yield "it rests on an exception, and is of another kind"
        return
    if not set(roles.values()) <= set(ROLES):
        yield "signed in a role that signs for no exception"
    try:
        basis = Basis.model_validate(decision["basis"])
    except UNREADABLE:
        yield "what it rests on cannot be read"
        return
    if not _is_of(basis, facts):
        yield "what it rests on is not what was answered then"
    if decision["kind"] == BOTH:
        yield from _of_two(decision, basis, roles, others)
        if result is not None and _counted(result) != "2":
            yield "the result beside it does not count it"
    elif len(roles) != 1:
        yield "one person says that, and not as many"


def _of_two(
    decision: Cells, basis: Basis, roles: Mapping[str, str], others: Mapping[str, Cells]
) -> Iterator[str]:
    if len(roles) != 2 or LEGAL not in roles.values():
        yield "not signed by two people, one of them as legal"
    first = others.get(basis.claim)
    if first is None or first["kind"] != CLAIM or not isinstance(first["basis"], dict):
        yield "nobody claimed what it confirms"
        return
    if not all(signed in decision["signatures"] for signed in first["signatures"]):
        yield "signed by somebody else than claimed it"
    if any(first["basis"].get(name) != said for name, said in _rests_on(basis).items()):
        yield "it rests on something else than was claimed"


def _rests_on(basis: Basis) -> dict[str, object]:
    return {name: said for name, said in basis.model_dump(mode="json").items() if name != "claim"}


def unsigned(results: Mapping[str, Cells], decisions: Mapping[str, Cells]) -> Iterator[str]:
    """Versions of the use whose result counts the signatures of two who never gave them."""
    given = [int(each["version"]) for each in decisions.values() if each["kind"] == BOTH]
    for version, result in sorted(results.items()):
        if _counted(result) == "2" and not any(at <= int(result["version"]) for at in given):
            yield version


def _counted(result: Cells) -> str:
    try:
        return str(result["verdict"]["stated"].get(SIGNATURES, ["0"])[0])
    except UNREADABLE:
        return ""


def _is_of(basis: Basis, facts: Sequence[Answered]) -> bool:
    """Facts of one moment may have come before or after it, as in store/deciding.py."""
    for last in range(len(facts), -1, -1):
        state = {fact.question: [fact.says[0], *picked(fact)] for fact in facts[:last]}
        if digest_of(state, basis.questions) == basis.digest:
            return True
    return False


def picked(fact: Answered) -> list[str]:
    return fact.says[1] if isinstance(fact.says[1], list) else [fact.says[1]]
