"""Who sees what of the management system: policy and scope everybody, the rest whoever has a part in governance."""

from __future__ import annotations

from triage.aims.asked import ASKED
from triage.aims.convening import REVIEW
from triage.aims.decide import check_may_act
from triage.aims.entry import Draft, Entry, named_in
from triage.aims.kinds import Act, Kind
from triage.aims.planned_post import KIND as PLAN
from triage.aims.planned_post import LAST, POSTED
from triage.aims.portfolio import ASSESSMENT
from triage.aims.to_read import KIND as CALL_TO_READ
from triage.aims.trust import PACK as TRUST_PACK
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import SEATED

PUBLISHED = ("policy", "scope")
"""What everybody may read once it counts."""
LOOKING = ("governance_lead", "executive", "risk_owner", "auditor")
"""Who sees how far it is set up."""
OVERSEEING = ("governance_lead", "auditor")
"""Who reads every draft."""
NAMING = ("attends", "attended", "auditors")
"""Fields that name who may read it whatever they are: whoever is at a review, or audits."""
DAILY = ("nonconformity", "improvement", *ASKED, "programme", "audit")
"""What whoever has a part in governance works on, whether they see the set-up or not."""
GOVERNING = (*SEATED, "auditor")


def check_may_look(person: str, desk: Desk) -> None:
    if not may_look(person, desk):
        held = dict.fromkeys(one for role in LOOKING for one in sorted(desk.roles.get(role, ())))
        raise Refused("not_your_system", role=" ".join(LOOKING[:2]), people=" ".join(held))


def may_look(person: str, desk: Desk) -> bool:
    return _holds(person, LOOKING, desk)


def may_list(kind: Kind, person: str, desk: Desk) -> bool:
    """All of a kind; of the daily work also whoever reads each of them anyway."""
    return may_look(person, desk) or (kind.id in DAILY and _holds(person, GOVERNING, desk))


def check_may_list(kind: Kind, person: str, desk: Desk) -> None:
    if not may_list(kind, person, desk):
        check_may_look(person, desk)


def may_read_risks(person: str, desk: Desk) -> bool:
    """The register of risks as a whole: everybody who has a part in governance."""
    return _holds(person, GOVERNING, desk)


def may_read(entry: Entry, person: str, desk: Desk) -> bool:
    """What counts; also whoever answers for it, and whoever had the idea."""
    if entry.kind in PUBLISHED or _holds(person, GOVERNING, desk):
        return True
    if any(desk.same(person, one) for field in NAMING for one in named_in(entry, field)):
        return True
    if entry.of.anybody and entry.drafts and desk.same(person, entry.drafts[0].by):
        return True
    return entry.owner is not None and desk.same(person, entry.owner)


def may_read_draft(entry: Entry, draft: Draft, person: str, desk: Desk) -> bool:
    """Whoever drafts or approves such entries, wrote this one, or oversees all."""
    if draft.by and desk.same(person, draft.by):
        return True
    return _holds(person, (*OVERSEEING, *entry.of.proposes, *entry.of.approvers), desk)


def may_draft(kind: Kind, person: str, desk: Desk) -> bool:
    return _holds(person, kind.proposes, desk)


def shown_to(entry: Entry, person: str, desk: Desk) -> tuple[Draft | None, Draft | None]:
    """The version that counts and the one that waits, each where this person may read it."""
    counts, waits = entry.in_force, entry.proposed
    counts = counts if counts is not None and may_read(entry, person, desk) else None
    waits = waits if waits is not None and may_read_draft(entry, waits, person, desk) else None
    return counts, waits


def check_may_see(entry: Entry, person: str, desk: Desk) -> None:
    """The same refusal as for what does not exist."""
    if shown_to(entry, person, desk) == (None, None):
        raise Refused("unknown_entry")


WORKED_OUT = frozenset((("review_call", "laid"), (PLAN, POSTED), (PLAN, LAST)))
"""What is not simply said: it rests on figures that are worked out first and shown with it."""


def has_window(entry: Entry, act: Act) -> bool:
    """Whether there is a window in which it is said; nobody is reminded of what has none."""
    return (entry.kind, act.id) not in WORKED_OUT


ASKED_FOR = frozenset((ASSESSMENT, CALL_TO_READ, TRUST_PACK))
"""Kinds with windows of their own, as they name what is worked out or chosen there."""


def is_stated(kind: Kind, entry: Entry | None) -> bool:
    """Whether it is stated in the window that is drawn from its fields; minutes are written of a review."""
    return kind.id not in ASKED_FOR and (kind.id != REVIEW or entry is not None)


def acts_open(entry: Entry, person: str, desk: Desk) -> tuple[Act, ...]:
    """What this person can do with it now."""
    return tuple(
        act
        for act in entry.of.acts
        if entry.in_force is not None and has_window(entry, act)
        if entry.stage in act.begins and _may_act(entry, act, person, desk)
    )


def _may_act(entry: Entry, act: Act, person: str, desk: Desk) -> bool:
    try:
        check_may_act(entry, act, person, desk)
    except Refused:
        return False
    return True


def _holds(person: str, roles: tuple[str, ...], desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in roles)
