"""Whether a decision is one that could have been made: by whom, when, on which facts, under which rules."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from store import confided, exceptions, motions, patterned, seated
from store.kept import Answered, Kept, result_then
from store.legible import UNREADABLE, Cells
from store.superseded import superseded_by
from store.telling import DecidedBy, Told
from triage import confidential, moved, signed
from triage.case import REFUSALS, Case, DecisionKind
from triage.declared import terms_of
from triage.review import APPROVALS, is_open, needs_reason
from triage.running import APPROVALS as APPROVAL_KINDS
from triage.seats import seats
from triage.standing import is_prohibited
from triage.verdict import Verdict

APPROVED = frozenset(kind.value for kind in APPROVAL_KINDS)
PLACE = {"for": "of", "since": "since", "until": "until"}
"""In whose place, as its line and as the decision have it."""
KINDS_OF: dict[str, set[str]] = defaultdict(set)
"""By what a line says happened, what a decision can be."""
for kind, what in {**signed.OUTCOMES, **moved.OUTCOMES, **confidential.OUTCOMES}.items():
    KINDS_OF[what].add(kind.value)
KINDS_OF |= {
    "case.approved": {DecisionKind.approve.value},
    "case.approved_with_conditions": {DecisionKind.approve_with_conditions.value},
    "case.recorded": {DecisionKind.by_pattern.value},
    "case.signed_off": {DecisionKind.sign_off.value},
    "case.declined": {each.value for each in REFUSALS},
}
BY_TWO = frozenset(
    kind.value for kind in (DecisionKind.annex_rebuttal, DecisionKind.opened, *moved.CARRIED.values())
)
CONDITION = "condition_"
CLEARED = frozenset(status.value for status in APPROVALS)


def wrong(id: str, decision: Cells, use: Cells, known: Told, kept: Kept) -> Iterator[str]:
    """What is not so, one after the other; `decision` as store/kept.py has it."""
    told = known.decided.get(id)
    signers = {person for person, _, _ in decision["signatures"]} | _in_place_of(decision)
    own = decision["kind"] in confided.KINDS
    if not own and signers & {use["requester_id"], told.requester if told else None}:
        yield "signed by who asked for it"
    if decision["detail"] != {name: decision[name] for name in _details(decision) if decision[name]}:
        yield "its detail was changed"
    sealed = known.decisions.get(id) or (told.line.detail if told else {})
    if decision["valid_until"] != sealed.get("valid_until"):
        yield "valid_until is not what its line says"
    if decision["superseded_by"] != superseded_by(kept.decisions[use["id"]].values()).get(id):
        yield "superseded_by is not the decision that came next"
    if told is None:
        return  # that the trail does not know it is said beside the states
    yield from _beside_its_line(decision, told)
    if told.bound:
        if id not in known.decisions and told.line.at not in known.silent:
            yield f"line {told.line.seq} tells of it and commits to no record of it"
        if not own and told.owner in signers:
            yield "signed by who owned it"
        if signers & _recused(known, decision["at"]):
            yield "signed by who stayed out of it"
        yield from _beside_what_was_known(decision, told, known, kept, use)
        yield from _of_conditions(id, decision, told, known)


def _in_place_of(decision: Cells) -> set[Any]:
    """For whom somebody signed may have no more part in it than who did."""
    return {decision["delegated"]["of"]} if isinstance(decision["delegated"], dict) else set()


def _details(decision: Cells) -> Sequence[str]:
    """What may stand beside its columns; conditions of a yes that decided nothing have no rows of their own."""
    usual = ("would_change", "basis", "seat", "rests_on", "under", "delegated")
    if decision["kind"] in motions.KINDS:
        return (*usual, "result")
    return (
        (*usual, "result", "asked_for", "terms") if decision["kind"] == DecisionKind.sign_off.value else usual
    )


def _recused(known: Told, at: str) -> set[Any]:
    said = [each for each in known.assignments.values() if each.get("kind") == "recused"]
    return {each.get("person_id") for each in said if str(each.get("at")) <= at}


def _beside_its_line(decision: Cells, told: DecidedBy) -> Iterator[str]:
    line, roles = told.line, {person: role for person, role, _ in decision["signatures"]}
    if decision["at"] != line.at:
        yield "made at another moment than its line says"
    if roles and line.actor not in roles:
        yield "signed by somebody else than its line says"
    if decision["kind"] not in KINDS_OF.get(line.what, {decision["kind"]}):
        yield "of another kind than its line says"
    if "kind" in line.detail and decision["kind"] != line.detail["kind"]:
        yield "not of the kind that its line says"
    if len(roles) == 1 and decision["signatures"][0][2] != line.at:
        yield "signed at another moment than its line says"
    if len(roles) > 1 and decision["kind"] not in BY_TWO:
        yield "signed by more than the one that its line says"
    told_of = {name for name in line.texts if name.startswith(CONDITION)}
    if told_of != {f"{CONDITION}{number}" for number, _ in enumerate(decision["conditions"], 1)}:
        yield "its conditions are not as many as its line says"
    if line.actor in roles and "role" in line.detail and roles[line.actor] != line.detail["role"]:
        yield "signed in another role than its line says"
    place = decision["delegated"] if isinstance(decision["delegated"], dict) else {}
    if [line.detail.get(name) for name in PLACE] != [place.get(name) for name in PLACE.values()]:
        yield "made in another place than its line says"
    if "facts" in line.detail and decision["facts_digest"] != line.detail["facts"]:
        yield "its facts_digest is not the one that its line says"


def _beside_what_was_known(
    decision: Cells, told: DecidedBy, known: Told, kept: Kept, row: Cells
) -> Iterator[str]:
    use = row["id"]
    facts = [fact for fact in kept.facts[use] if fact.recorded_at <= decision["at"]]
    # Words that were erased may be gone from the facts too: then their digest can be proven by nobody.
    if not (known.erased or known.replaced) and not _is_of(decision["facts_digest"], facts):
        yield "its facts_digest is not that of the facts then"
    result = result_then(decision, kept.results[use].values())
    if decision["policies"] != (_policies(result) if result else []):
        yield "its policies are not those of the result then"
    if result is not None and result["judged_at"] > decision["at"]:
        yield "made before the result that it rests on"
    if decision["kind"] in confided.KINDS:
        yield from confided.wrong(decision, kept.decisions[use])
        return
    if decision["kind"] in motions.KINDS:
        yield from motions.wrong(decision, kept.decisions[use], kept.results[use].values())
        return
    if decision["kind"] in exceptions.KINDS or decision["basis"]:
        yield from exceptions.wrong(decision, facts, result, kept.decisions[use])
        return
    case = _as_judged(decision, result)
    if case is None:
        return  # that the result cannot be read is said beside it
    if decision["kind"] == DecisionKind.confirm_prohibited.value and not is_prohibited(case):
        yield "says that what its result allows is prohibited"
    if decision["kind"] == patterned.KIND or decision["under"]:
        yield from patterned.wrong(decision, row, facts, result, kept)
    else:
        yield from seated.wrong(decision, case, kept.decisions[use], _recused(known, decision["at"]))
    if decision["kind"] in (*APPROVED, seated.YES) or decision["outcome"] in CLEARED:
        yield from _of_approval(decision, case, told, known)


def _of_approval(decision: Cells, case: Case, told: DecidedBy, known: Told) -> Iterator[str]:
    """Trails that commit to records are younger than the rule that only what is settled is approved."""
    if is_prohibited(case):
        yield "approves what its result says is prohibited"
    if is_open(case):
        yield "approves while its result is open"
    # The rule that asks for a reason is older than words held apart; one that was erased may be gone here too.
    could_tell = told.worded and told.line.seq not in {seq for seq, _ in known.erased}
    if could_tell and needs_reason(case) and not str(decision["reason"]).strip():
        yield "approves without the reason that its result asks for"


def _of_conditions(id: str, decision: Cells, told: DecidedBy, known: Told) -> Iterator[str]:
    """Nothing changes them after the decision: what becomes of them is told in steps of their own.

    Where the record was erased, only what the line itself still says of them can be held against them.
    """
    record = known.decisions.get(id)
    whole = record is not None or told.line.at not in known.silent
    terms = (record or {}).get("terms") or terms_of(told.line.detail.get("terms"))
    for number, row in enumerate(decision["condition_rows"], 1):
        said = {"id": f"{id}:{number:03}", "use_id": decision["subject_id"], "state": "open"}
        if whole or terms:
            said |= _bound(terms[number - 1] if number <= len(terms) else {})
        if told.owned:
            said["owner_id"] = told.owner
        for name in [name for name, value in said.items() if row[name] != value]:
            yield f"{name} of its condition {number} was changed"


def _bound(term: Mapping[str, Any]) -> Cells:
    """As its row has it; the question that checks it stands in the record alone."""
    said = {"due_on": term.get("due"), "otherwise": term.get("otherwise") or None}
    return said | ({} if term and "check" not in term else {"question": term.get("check") or None})


def _is_of(digest: str, facts: Sequence[Answered]) -> bool:
    """Facts of one moment may have come before or after it: the newest state that has the digest counts."""
    for last in range(len(facts), -1, -1):
        state = {fact.question: [fact.says[0], *exceptions.picked(fact)] for fact in facts[:last]}
        plain = json.dumps(state, sort_keys=True, ensure_ascii=False)
        if hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest() == digest:
            return True
    return False


def _policies(result: Cells) -> list[str]:
    """As a decision names them."""
    try:
        return [f"{each['name']} {each['version']} {each['digest']}" for each in result["policies"]]
    except UNREADABLE:
        return []


def _as_judged(decision: Cells, result: Cells | None) -> Case | None:
    """The use as its result had it; None where that cannot be read."""
    try:
        verdict = Verdict.model_validate(result["verdict"]) if result else None
        at = datetime.fromisoformat(decision["at"])
        case = Case(id=decision["subject_id"], requester="", verdict=verdict, created_at=at)
        seats(case), is_prohibited(case), needs_reason(case)
    except UNREADABLE:
        return None
    return case
