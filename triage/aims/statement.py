"""The statement of applicability: rows over the decisions as they stand, its digest, and what may be approved of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from triage.aims.applied import Applied, Approved, Decided, Moved, Proposal, Statement, moved
from triage.aims.control import is_own
from triage.aims.covered import Covered
from triage.aims.entry import Draft, Entry, Said, Step
from triage.aims.standard import controls, standard
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries
from triage.desk import Desk
from triage.outcome import Refused

STATEMENT = "applicability"
OPEN_NAMED = 12
"""So many undecided controls are named in a refusal."""


def statement(
    entries: Iterable[Entry],
    approval: Entry | None,
    proposals: Mapping[str, Proposal] | None = None,
    covered: Mapping[str, Covered] | None = None,
) -> Statement:
    """`entries`: of the kind `control`; what does not count is not there."""
    by_name = {each.name: each for each in entries}
    last = approved(approval)[-1:] if approval is not None and approval.in_force is not None else ()
    before = last[0].decided if last else None
    own = sorted(name for name, each in by_name.items() if is_own(name) and each.in_force is not None)
    rows = tuple(
        _row(name, by_name.get(name), before, (proposals or {}).get(name), (covered or {}).get(name))
        for name in (*(each.id for each in controls()), *own)
    )
    waits = approval.proposed if approval is not None else None
    return Statement(
        rows=rows,
        digest=digest_of(by_name.values()),
        approved=last[0] if last else None,
        waiting=str(waits.said["digest"]) if waits is not None and not waits.retires else "",
    )


def _row(
    name: str,
    entry: Entry | None,
    before: Mapping[str, int] | None,
    proposal: Proposal | None,
    covered: Covered | None,
) -> Applied:
    counts = entry.in_force if entry is not None else None
    found = decided(counts) if counts is not None else None
    point = standard().get(name)
    now_otherwise: tuple[Moved, ...] = ()
    if found is not None and proposal is not None:
        now_otherwise = tuple(moved(found.rests, proposal, found.applies))
    return Applied(
        control=name,
        title=point.title if point else str(counts.said.get("title", "")) if counts else "",
        summary=point.summary if point else "",
        group=point.group if point else "",
        own=point is None,
        ref=entry.ref if entry is not None else "",
        decided=found,
        proposal=proposal,
        moved=now_otherwise,
        covered=covered,
        changed=before is not None and before.get(name, 0) != (counts.number if counts is not None else 0),
    )


def decided(counts: Draft) -> Decided:
    """What counts, as a row shows it; an operator's word counts by whoever said yes to it."""
    said = counts.said
    by = (counts.by, counts.role, counts.at)
    if not counts.by and counts.yeses:
        by = (counts.yeses[-1].by, counts.yeses[-1].role, counts.yeses[-1].at)
    about = {name: said[name] for name in PLAIN if name in said}
    return Decided.model_validate(
        about | {"by": by[0], "role": by[1], "at": by[2], "version": counts.number}, strict=False
    )


PLAIN = (
    *("applies", "because", "state", "how", "owner", "seen_on"),
    *("evidence", "documents", "left_out", "rests"),
)


# -- what is approved


def standing(entries: Iterable[Entry]) -> dict[str, int]:
    """By control the number of the decision that counts."""
    found = {each.name: each.in_force.number for each in entries if each.in_force is not None}
    return dict(sorted(found.items()))


def digest_of(entries: Iterable[Entry]) -> str:
    """Names exactly these decisions. Their words are sealed with their lines, so it outlasts that they are erased."""
    told = [_told(each) for each in sorted(entries, key=lambda one: one.name) if each.in_force is not None]
    return sha256("\n".join(told).encode()).hexdigest()


def _told(entry: Entry) -> str:
    number = entry.in_force.number if entry.in_force is not None else 0
    steps = [step for step in entry.steps if step.detail.get("draft") == number]
    found = [entry.name, number, [_sealed(step) for step in steps if step.kind in ("draft", "approve")]]
    return json.dumps(found, ensure_ascii=True)


def _sealed(step: Step) -> list[object]:
    plain = {name: list(held) if isinstance(held, tuple) else held for name, held in step.detail.items()}
    return [step.id, step.kind, step.by, step.at.isoformat(), sorted(plain.items())]


def said_of(entries: Iterable[Entry], words: str = "") -> dict[str, Said]:
    """What a wish for approval says: these decisions and no others."""
    whole = list(entries)
    counting = standing(whole)
    said: dict[str, Said] = {
        "rows": len(counting),
        "digest": digest_of(whole),
        "decided": tuple(f"{name}={number}" for name, number in counting.items()),
    }
    return said | ({"words": words} if words.strip() else {})


def approved(approval: Entry) -> tuple[Approved, ...]:
    """Every version that came to count, numbered as they came; one that was retired ends it."""
    return tuple(_approved(number, each) for number, each in enumerate(_counted(approval), 1))


def _counted(approval: Entry) -> Iterator[Draft]:
    found = sorted(
        (each for each in approval.drafts if each.since is not None),
        key=lambda each: (each.since, each.number),
    )
    yield from (each for each in found if not each.retires)


def _approved(number: int, counts: Draft) -> Approved:
    held = counts.said["decided"]
    pairs = [each.rpartition("=") for each in (held if isinstance(held, tuple) else (str(held),))]
    return Approved(
        number=number,
        digest=str(counts.said["digest"]),
        decided={name: int(version) for name, _, version in pairs},
        drafted_by=counts.by,
        approved_by=tuple(each.by for each in counts.yeses),
        at=counts.since or counts.at,
        words=str(counts.said.get("words", "")),
    )


def as_approved(entries: Iterable[Entry], version: Approved) -> list[Entry]:
    """Each control with the decision that this version holds as the last that counts."""
    found = []
    for each in entries:
        if (number := version.decided.get(each.name)) is not None:
            steps = tuple(step for step in each.steps if int(str(step.detail.get("draft", 0))) <= number)
            found.append(with_steps(each, steps))
    return found


# -- what may be approved


def check_statement(approval: Entry | None, wish: OfEntries, entries: Iterable[Entry], desk: Desk) -> None:
    """Only the whole of it, as it stands at that moment, and by nobody who decided a part of it."""
    if isinstance(wish, DraftEntry) and not wish.retires:
        whole = list(entries)
        check_whole(whole)
        if {**wish.said, "words": ""} != {**said_of(whole), "words": ""}:
            raise Refused("soa_moved")
    if isinstance(wish, ApproveEntry) and approval is not None:
        waiting = approval.proposed
        if waiting is None or waiting.number != wish.draft or waiting.retires:
            return  # it is told by who decides about entries
        whole = list(entries)
        check_whole(whole)
        if waiting.said["digest"] != digest_of(whole):
            raise Refused("soa_moved")
        theirs = [each.name for each in whole if _is_theirs(each, wish.actor, desk)]
        if theirs:
            raise Refused("soa_own_rows", controls=", ".join(theirs[:OPEN_NAMED]))


def check_whole(entries: Iterable[Entry]) -> None:
    known = standing(entries)
    if missing := [each.id for each in controls() if each.id not in known]:
        more = f" (+{len(missing) - OPEN_NAMED})" if len(missing) > OPEN_NAMED else ""
        raise Refused(
            "soa_undecided", count=str(len(missing)), controls=", ".join(missing[:OPEN_NAMED]) + more
        )


def _is_theirs(entry: Entry, person: str, desk: Desk) -> bool:
    counts = entry.in_force
    return counts is not None and any(
        by and desk.same(person, by) for by in (counts.by, *(each.by for each in counts.yeses))
    )


def at_moment(entries: Iterable[Entry], until: datetime | None) -> list[Entry]:
    """Without the steps that came later; those of which nothing was there yet are left out."""
    if until is None:
        return list(entries)
    then = [with_steps(each, each.until(until)) for each in entries]
    return [each for each in then if each.steps]


def with_steps(entry: Entry, steps: tuple[Step, ...]) -> Entry:
    return Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=steps)


def is_of_statement(entry: Entry | None, wish: OfEntries) -> bool:
    kind = entry.kind if entry is not None else wish.kind if isinstance(wish, DraftEntry) else ""
    return kind == STATEMENT
