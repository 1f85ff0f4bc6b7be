"""What a review by management comes to: said of each input, and what of it becomes somebody's to do; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from intake.value import Value
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import ActOnEntry, DraftEntry

PARTS = (
    *("earlier", "issues", "parties", "wrong", "measured", "audits", "improvements"),
    *("risks", "portfolio", "opportunities", "resources"),
)
"""What lies on the table, of each of which something is said, be it that nothing is to be done."""
Choice = Literal["none", "improvement", "change", "resources", "opportunity"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
LISTED = {
    "improvement": "improvements",
    "change": "changes",
    "resources": "resources",
    "opportunity": "opportunities",
}
"""In which field of the minutes a decision stands."""
BECOMES = {
    "improvement": "improvement",
    "opportunity": "opportunity",
    "change": "action",
    "resources": "action",
}
MOST = 10
"""Decisions about one input."""


class Decision(Value):
    """`what`: each line is one thing to do, by the same person until the same day. `shows`: how it is known that it
    worked."""

    part: str
    choice: Choice
    what: tuple[str, ...]
    shows: str
    owner: str
    due: date


def looked_at(said: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(f"{part}={said[part]}" for part in PARTS)


def to_said(text: str) -> dict[str, Choice] | None:
    """Back from a line such as `none,change,…`, one for each input in its order; None for anything else."""
    chosen = text.split(",")
    if len(chosen) != len(PARTS) or not set(chosen) <= set(CHOICES):
        return None
    return dict(zip(PARTS, (each for name in chosen for each in CHOICES if each == name), strict=True))


def to_text(said: Mapping[str, str]) -> str:
    return ",".join(said[part] for part in PARTS)


def drafts(
    decisions: Sequence[Decision], call: Entry, by: str, key: str, because: str
) -> Iterator[DraftEntry]:
    """One for each thing to do, which points back at what was called."""
    for decision in decisions:
        kind = kinds()[BECOMES[decision.choice]]
        for number, what in enumerate(decision.what):
            own = f"{key}:{decision.part}:{number}"
            yield DraftEntry(
                actor=by,
                key=own,
                entry=entry_id(kind, "", own),
                kind=kind.id,
                said=_said(decision, what, call, because),
            )


def _said(decision: Decision, what: str, call: Entry, because: str) -> dict[str, Said]:
    about: dict[str, Said] = {"title": what, "owner": decision.owner, "due": decision.due.isoformat()}
    match BECOMES[decision.choice]:
        case "improvement":
            return {**about, "idea": decision.shows, "from": (call.ref,)}
        case "opportunity":
            return {**about, "benefit": decision.shows, "gains": ("organisation",), "from": (call.ref,)}
    return {**about, "success": decision.shows, "because": because, "refs": (call.ref,)}


def taken_up(entry: Entry, by: str, because: str) -> ActOnEntry | None:
    """What management decided needs nobody else to take it up."""
    if entry.of.act("taken_up") is None:
        return None
    key = f"{entry.steps[0].id}:up"
    seen = next((number for number, step in enumerate(entry.steps) if step.id == key), entry.version)
    return ActOnEntry(actor=by, key=key, entry=entry.id, act="taken_up", said={"because": because}, seen=seen)


def minutes(
    call: Entry,
    laid: tuple[str, date],
    said: Mapping[str, str],
    decisions: Sequence[Decision],
    made: Sequence[Entry],
    told: tuple[str, tuple[str, ...]],
) -> dict[str, Said]:
    """`laid`: the digest of what lay on the table, and its last day. `told`: what was said, and who was there."""
    listed = {
        field: tuple(what for each in decisions if each.choice == choice for what in each.what)
        for choice, field in LISTED.items()
    }
    return {
        "title": call.title,
        "since": str(call.said("since")),
        "held_on": str(call.said("due")),
        "attended": told[1],
        "from": (call.ref,),
        "as_of": laid[1].isoformat(),
        "inputs": laid[0],
        "minutes": told[0],
        "looked_at": looked_at(said),
        **{field: lines for field, lines in listed.items() if lines},
        **({"actions": tuple(each.ref for each in made)} if made else {}),
    }
