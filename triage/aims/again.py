"""Whether a wish is the one that was carried out under its key, sent again: the same step of the same entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from triage.aims.control import CONTROL, as_kept
from triage.aims.entry import BESIDE, WHY, Entry, Said, Step
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries, SendEntryBack, WithdrawDraft


def is_again(entry: Entry, wish: OfEntries) -> bool:
    step = next((each for each in entry.steps if each.id == wish.key), None)
    if step is None or (step.by, entry.id) != (wish.actor, wish.entry):
        return False
    match wish:
        case DraftEntry():
            return step.kind == "draft" and _is_drafted(entry, step, wish)
        case ApproveEntry():
            return step.kind == "approve" and step.detail.get("draft") == wish.draft
        case SendEntryBack():
            of_step = step.kind == "send_back" and step.detail.get("draft") == wish.draft
            return of_step and _said(step) == _plain({"reason": wish.reason})
        case WithdrawDraft():
            return step.kind == "withdraw" and step.detail.get("draft") == wish.draft
        case ActOnEntry():
            acted = step.kind == "act" and step.detail.get("act") == wish.act
            return acted and _said(step) == _plain(wish.said)
        case _:
            assert_never(wish)


def _is_drafted(entry: Entry, step: Step, wish: DraftEntry) -> bool:
    """What retires repeats what counted, so of that only the reason is the drafter's."""
    retires = bool(step.detail.get("retires", 0))
    if (entry.kind, entry.name, retires) != (wish.kind, wish.name, wish.retires):
        return False
    if retires:
        return _said(step).get(WHY, ()) == _plain({WHY: wish.reason}).get(WHY, ())
    return _said(step) == _plain(as_kept(wish.said) if wish.kind == CONTROL else wish.said)


def _said(step: Step) -> dict[str, tuple[str, ...]]:
    held: dict[str, Said] = {name: value for name, value in step.detail.items() if name not in BESIDE}
    return _plain({**held, **step.texts})


def _plain(said: Mapping[str, Said]) -> dict[str, tuple[str, ...]]:
    """By field, its lines, however they were typed."""
    found = {}
    for name, value in said.items():
        parts = value if isinstance(value, tuple) else (str(value),)
        lines = (line.strip().casefold() for part in parts for line in part.splitlines())
        found[name] = tuple(dict.fromkeys(filter(None, lines)))
    return {name: lines for name, lines in found.items() if lines}
