"""Who may rule on a version that waits: nobody on their own draft, nor on what they themselves answer for."""

from __future__ import annotations

from collections.abc import Iterable

from triage.aims.authors import drafted_by, has_written
from triage.aims.entry import Draft, Entry
from triage.desk import Desk
from triage.outcome import Refused

AUDITOR, AUDIT = "auditor", "AIA-"
"""How the references of audits begin."""


def bar(entry: Entry, draft: Draft, person: str, desk: Desk) -> str:
    """Why this person says no yes to it, as the refusal that tells them; "" where they may."""
    if draft.by and desk.same(person, draft.by):
        return "own_draft"
    if entry.of.looked and (drafted_by(entry, person, desk) or has_written(entry, person, desk)):
        return "own_share"
    if any(desk.same(person, each.by) for each in draft.yeses):
        return "entry_approved_already"
    if not (entry.of.acts and entry.in_force is not None):
        return ""
    if _is_among(person, (_owner(entry.in_force), _owner(draft)), desk):
        return "own_entry"
    if audits_of(entry) and not desk.holds(person, AUDITOR) and _is_among(person, _took_part(entry), desk):
        return "own_finding"
    return ""


def may_send_back(entry: Entry, person: str, desk: Desk) -> bool:
    """Whether something waits and their no would not be the end of it; who may approve is asked elsewhere."""
    waits = entry.proposed
    return waits is not None and not _is_own_matter(entry, waits, person, desk)


def check_may_send_back(entry: Entry, draft: Draft, person: str, desk: Desk) -> None:
    """A yes makes what is said about somebody count, which anybody may; their no would be the end of it."""
    if _is_own_matter(entry, draft, person, desk):
        raise Refused("own_matter")


def _is_own_matter(entry: Entry, draft: Draft, person: str, desk: Desk) -> bool:
    counts = entry.in_force
    owners = (_owner(draft), _owner(counts) if counts is not None else "")
    held = bool(entry.of.acts) and (counts is not None or not entry.of.approvals)
    return held and _is_among(person, owners, desk)


def audits_of(entry: Entry) -> frozenset[str]:
    """Those that it was found in, whatever a later version says."""
    said = (draft.said.get("from") for draft in entry.drafts)
    return frozenset(ref for each in said if isinstance(each, tuple) for ref in each if ref.startswith(AUDIT))


def _took_part(entry: Entry) -> Iterable[str]:
    yield from (step.by for step in entry.steps if step.kind in ("draft", "act"))
    yield from map(_owner, entry.drafts)


def _owner(draft: Draft) -> str:
    return str(draft.said.get("owner") or "")


def _is_among(person: str, people: Iterable[str], desk: Desk) -> bool:
    return any(each and desk.same(person, each) for each in people)
