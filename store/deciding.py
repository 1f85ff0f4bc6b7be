"""Whether a decision is one that could have been made: by whom, when, on which facts, under which rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from store.kept import Answered, Kept
from store.legible import Cells
from store.telling import DecidedBy, Told


def wrong(id: str, decision: Cells, use: Cells, known: Told, kept: Kept) -> Iterator[str]:
    """What is not so, one after the other; `decision` as store/kept.py has it."""
    told = known.decided.get(id)
    if told is not None:
        yield from _beside_its_line(id, decision, known, told)
    signers = {person for person, _, _ in decision["signatures"]}
    if signers & {use["requester_id"], told.requester if told else None}:
        yield "signed by who asked for it"
    facts = [fact for fact in kept.facts[use["id"]] if fact.recorded_at <= decision["at"]]
    if not _is_of(decision["facts_digest"], facts):
        yield "its facts_digest is not that of the facts then"
    if decision["policies"] != _policies(decision, kept.results[use["id"]].values()):
        yield "its policies are not those of the result then"
    if decision["detail"] != ({"would_change": decision["would_change"]} if decision["would_change"] else {}):
        yield "its detail was changed"
    yield from (f"{name} is not in the trail" for name in ("valid_until", "superseded_by") if decision[name])


def _beside_its_line(id: str, decision: Cells, known: Told, told: DecidedBy) -> Iterator[str]:
    signers = {person for person, _, _ in decision["signatures"]}
    if told.bound and id not in known.decisions and told.line.at not in known.silent:
        yield f"line {told.line.seq} tells of it and commits to no record of it"
    if decision["at"] != told.line.at:
        yield "made at another moment than its line says"
    if signers and told.line.actor not in signers:
        yield "signed by somebody else than its line says"
    if told.bound and told.owner in signers:
        yield "signed by who owned it"
    for number, row in enumerate(decision["condition_rows"], 1) if told.bound else ():
        due = {"id": f"{id}:{number:03}", "use_id": decision["subject_id"], "due_on": None}
        due |= {"state": "open", "owner_id": told.owner}
        for name in [name for name, value in due.items() if row[name] != value]:
            yield f"{name} of its condition {number} was changed"


def _is_of(digest: str, facts: Sequence[Answered]) -> bool:
    """Facts of one moment may have come before or after it: the newest state that has the digest counts."""
    for last in range(len(facts), -1, -1):
        state = {fact.question: [fact.says[0], *_picked(fact)] for fact in facts[:last]}
        plain = json.dumps(state, sort_keys=True, ensure_ascii=False)
        if hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest() == digest:
            return True
    return False


def _picked(fact: Answered) -> list[Any]:
    return fact.says[1] if isinstance(fact.says[1], list) else [fact.says[1]]


def _policies(decision: Cells, results: Iterable[Cells]) -> list[str]:
    """Those of the newest result up to then, as a decision names them."""
    then = [result for result in results if result["version"] <= decision["version"]]
    if not then:
        return []
    found = max(then, key=lambda result: int(result["version"]))["policies"]
    try:
        return [f"{each['name']} {each['version']} {each['digest']}" for each in found]
    except (TypeError, LookupError):
        return []
