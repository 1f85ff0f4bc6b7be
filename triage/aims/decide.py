"""One door into what may be done with an entry: the entry and a wish in, the step that follows out; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from triage.aims import acted, assessed, auditing, barring, planned_post, supplied
from triage.aims.access import ACCESS, check_access, check_no_visitor, check_second
from triage.aims.authors import DRAFTED, drafted_by
from triage.aims.check import checked
from triage.aims.competence import check_noted
from triage.aims.control import CONTROL, check_control
from triage.aims.entry import WHY, Draft, Entry, Said, Step, StepKind, entry_id, named_in
from triage.aims.fitting import check_fits
from triage.aims.kinds import OF_FIELD, RULE, WORDY, Act, Field, Kind, kinds
from triage.aims.objectives import OBJECTIVE, Counted, check_counted
from triage.aims.risk import check_may_accept, check_may_close, check_not_own, rests_on
from triage.aims.ruling import bar, check_may_send_back
from triage.aims.trust import BESIDE, GIVEN, parted
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries, SendEntryBack, WithdrawDraft
from triage.desk import Desk
from triage.enough import is_enough, most
from triage.outcome import Refused

LONGEST_NAME = 60
ACCEPTED, CLOSED = ("risk", "accepted"), ("risk", "closed")
OPERATOR = "operator"
"""In the place of a role, where whoever runs Steward typed it in on the command line; they may do nothing else."""
COLLEAGUE = "colleague"
"""Likewise, of what every colleague may put forward."""


@dataclass(frozen=True)
class Beside:
    """What else a decision may look at: what the organisation bears, a digest over the facts of a risk's uses.

    `ended`: none of those uses is there any more. `counted`: for an objective, as of the day that is named.
    """

    appetite: Entry | None = None
    facts: str = ""
    ended: bool = False
    audit: auditing.Beside = field(default_factory=auditing.Beside)
    assessment: assessed.Beside = field(default_factory=assessed.Beside)
    supplier: supplied.Known | None = None
    led_to: Mapping[str, str] = field(default_factory=dict)
    """By reference, of which kind it is to what themes of all uses lead."""
    counted: Counted | None = None
    policy: Entry | None = None
    barred: bool = False
    """Whether the training that is drafted anew keeps whoever drafts it from deciding."""
    unfit: str = ""
    """Why a trust pack that counts is not to go out any more, as a refusal says it."""
    noted: tuple[datetime, ...] = ()
    """When a colleague noted what somebody outside wants, of late."""
    tagged: str = ""
    """Of which kind the record is that a tag names; "" where none counts or did."""


NOTHING = Beside()


def decide(entry: Entry | None, wish: OfEntries, desk: Desk, beside: Beside = NOTHING) -> Entry:
    """With one step more. Raises Refused with the sentence for the person."""
    check_no_visitor(wish.actor, desk)
    if isinstance(wish, DraftEntry):
        return draft(entry, wish, desk, beside)
    if entry is None:
        raise Refused("unknown_entry")
    match wish:
        case ApproveEntry():
            return approve(entry, wish, desk, beside)
        case SendEntryBack():
            return send_back(entry, wish, desk)
        case WithdrawDraft():
            return withdraw(entry, wish, desk)
        case ActOnEntry():
            return act(entry, wish, desk, beside)
        case _:
            assert_never(wish)


def draft(entry: Entry | None, wish: DraftEntry, desk: Desk, beside: Beside = NOTHING) -> Entry:
    kind = kinds().get(wish.kind)
    if kind is None or (entry is not None and (entry.kind, entry.name) != (wish.kind, wish.name)):
        raise Refused("unknown_entry")
    role = check_may_draft(kind, entry, wish.said, wish.actor, desk) if wish.actor else _unnamed(wish)
    barring.check_may_restate(barred=beside.barred)
    if role == COLLEAGUE and is_enough(beside.noted, desk):
        raise Refused("noted_enough", count=str(most()))
    if entry is not None and wish.seen != len(entry.drafts):
        raise Refused("entry_moved")
    if wish.retires and (entry is None or entry.in_force is None):
        raise Refused("entry_not_in_force")
    if wish.retires and kind.acts and not wish.reason.strip():
        raise Refused("retire_reason")
    if not wish.retires:
        check_fits(kind, wish, beside, desk)
    before = entry or _new(kind, wish)
    number = len(before.drafts) + 1
    about: dict[str, Said] = {
        "kind": kind.id,
        "name": before.name,
        "draft": number,
        "retires": int(wish.retires),
    }
    found = _as_it_counts(before) if wish.retires else _checked(kind, wish, desk)
    fields = (*kind.fields, *BESIDE)
    if wish.retires and wish.reason.strip():
        found, fields = {**found, **checked(OF_RETIRING, {WHY: wish.reason}, desk)}, (*fields, *OF_RETIRING)
    return _with(before, wish, "draft", role, desk, found, fields, about)


def check_may_draft(
    kind: Kind, entry: Entry | None, said: Mapping[str, Said], person: str, desk: Desk
) -> str:
    """As which role; of some kinds every colleague says the first word, and no more than that."""
    in_role = any(desk.holds(person, each) for each in kind.proposes)
    if entry is None and not in_role and kind.anybody and set(said) <= set(kind.anybody):
        return COLLEAGUE
    return check_in_role(person, kind.proposes, desk)


def _checked(kind: Kind, wish: DraftEntry, desk: Desk) -> Mapping[str, Said]:
    said, tells = parted(kind.id, wish.said)
    found = {**checked(kind.fields, said, desk), **tells}
    if kind.either and not any(name in found for name in kind.either):
        raise Refused("entry_field", field=kind.either[0], wrong="either")
    if kind.id == ACCESS:
        check_access(found, wish.actor or "", desk)
    if kind.id == barring.KIND:
        barring.check_barring(found)
    if kind.id == planned_post.KIND:
        planned_post.check_plan(found, desk)
    return check_control(wish.name, found, wish.actor, desk) if kind.id == CONTROL else found


def _as_it_counts(entry: Entry) -> Mapping[str, Said]:
    """What it retires, by no rule of today: a unit may be gone, words erased. Only what its kind has a place for."""
    said = entry.in_force.said if entry.in_force is not None else {}
    return {name: value for name, value in said.items() if entry.of.field(name) is not None}


def _unnamed(wish: DraftEntry) -> str:
    return RULE if wish.by_rule else OPERATOR


def _new(kind: Kind, wish: DraftEntry) -> Entry:
    name = wish.name
    if kind.named != bool(name) or name != name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused("entry_name")
    if (kind.single or kind.named) and wish.entry != entry_id(kind, name, wish.key):
        raise Refused("unknown_entry")
    return Entry(id=wish.entry, kind=kind.id, name=name)


def approve(entry: Entry, wish: ApproveEntry, desk: Desk, beside: Beside = NOTHING) -> Entry:
    """By somebody who neither drafted it nor said yes to it before."""
    waiting = check_waiting(entry, wish.draft)
    role = check_may_approve(entry, waiting, wish.actor, desk)
    if entry.kind == supplied.ASSESSMENT and not waiting.retires:
        supplied.check_as_known(waiting, beside.supplier, desk.day)
    return _with(entry, wish, "approve", role, desk, {}, (), {"draft": waiting.number})


def may_approve(entry: Entry, person: str, desk: Desk) -> bool:
    """What waits, if anything does."""
    if entry.proposed is None:
        return False
    try:
        return bool(check_may_approve(entry, entry.proposed, person, desk))
    except Refused:
        return False


def check_may_approve(entry: Entry, waiting: Draft, person: str, desk: Desk) -> str:
    role = check_in_role(person, entry.of.approvers, desk)
    if barred := bar(entry, waiting, person, desk):
        raise Refused(barred)
    if entry.kind == ACCESS:
        check_second(waiting, person, desk)
    if entry.kind == supplied.ASSESSMENT and not waiting.retires:
        supplied.check_whole(waiting)
    return role


def send_back(entry: Entry, wish: SendEntryBack, desk: Desk) -> Entry:
    waiting = check_waiting(entry, wish.draft)
    role = check_in_role(wish.actor, entry.of.approvers, desk)
    check_may_send_back(entry, waiting, wish.actor, desk)
    if not wish.reason.strip():
        raise Refused("entry_reason")
    said, about = {"reason": wish.reason.strip()}, {"draft": waiting.number}
    return _with(entry, wish, "send_back", role, desk, said, REASON, about)


REASON = (Field(id="reason", kind="words"),)
OF_RETIRING = (Field(id=WHY, kind="words"),)


def withdraw(entry: Entry, wish: WithdrawDraft, desk: Desk) -> Entry:
    """By whoever drafted it."""
    waiting = check_waiting(entry, wish.draft)
    if not waiting.by or not desk.same(wish.actor, waiting.by):
        raise Refused("not_your_draft")
    return _with(entry, wish, "withdraw", waiting.role, desk, {}, (), {"draft": waiting.number})


def check_waiting(entry: Entry, number: int) -> Draft:
    """The version that was shown, as long as it waits."""
    waiting = entry.proposed
    if waiting is None or waiting.number != number:
        raise Refused("entry_moved")
    return waiting


def act(entry: Entry, wish: ActOnEntry, desk: Desk, beside: Beside) -> Entry:
    done = entry.of.act(wish.act)
    if done is None:
        raise Refused("unknown_entry")
    if entry.in_force is None or entry.stage not in done.begins:
        raise Refused("entry_moved")
    if (entry.kind, done.id) == ACCEPTED:
        role = check_may_accept(entry, wish.actor, wish.said, beside.appetite, desk)
        shown = wish.said.get("rests_on"), wish.said.get("facts", "")
        if shown != (rests_on(entry), beside.facts):
            raise Refused("entry_moved")
    elif (entry.kind, done.id) == CLOSED:
        role = check_may_close(entry, wish.actor, beside.appetite, desk, ended=beside.ended)
    elif not wish.actor and RULE in done.by:
        role = RULE
    else:
        role = check_may_act(entry, done, wish.actor, desk)
        auditing.check_act(entry, done.id, wish.said, beside.audit, desk)
        check_noted(entry, done.id, wish.said, wish.actor, desk)
    if wish.seen != entry.version:
        raise Refused("entry_moved")
    if beside.unfit and done.id == GIVEN:
        raise Refused(beside.unfit)
    said = acted.whole(entry, done.id, checked(done.fields, wish.said, desk))
    if entry.kind == OBJECTIVE:
        check_counted(said, beside.counted, desk)
    return _with(entry, wish, "act", role, desk, said, done.fields, {"act": done.id})


def check_may_act(entry: Entry, done: Act, person: str, desk: Desk) -> str:
    """As which role, or as whom the entry names; never who did what it looks at."""
    fields = [name for name in done.by if name.startswith(OF_FIELD)]
    named = {each: named_in(entry, each) for each in fields}
    as_whom = next((f for f, people in named.items() if any(desk.same(person, one) for one in people)), "")
    role = as_whom or check_in_role(person, [name for name in done.by if name not in fields], desk)
    if any(each.act in done.other_than and desk.same(person, each.by) for each in entry.done):
        raise Refused("own_act")
    if DRAFTED in done.other_than and drafted_by(entry, person, desk):
        raise Refused("own_draft_act")
    if (entry.kind, done.id) in (ACCEPTED, CLOSED):
        check_not_own(entry, person, desk)
    return role


def check_in_role(person: str, roles: Iterable[str], desk: Desk) -> str:
    """The first of these roles that they hold in their own right."""
    wanted = tuple(roles)
    role = next((each for each in wanted if desk.holds(person, each)), "")
    if not role:
        held = dict.fromkeys(one for each in wanted for one in sorted(desk.roles.get(each, ())))
        raise Refused("not_in_role_here", role=" ".join(wanted), people=" ".join(held))
    return role


def _with(
    entry: Entry,
    wish: OfEntries,
    kind: StepKind,
    role: str,
    desk: Desk,
    said: Mapping[str, Said],
    fields: Iterable[Field],
    beside: Mapping[str, Said],
) -> Entry:
    wordy = {each.id for each in fields if each.kind in WORDY}
    step = Step(
        id=wish.key,
        kind=kind,
        by=wish.actor,
        role=role,
        at=desk.now,
        detail={**{name: value for name, value in said.items() if name not in wordy}, **beside},
        texts={name: _words(value) for name, value in said.items() if name in wordy},
    )
    return Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=(*entry.steps, step))


def _words(value: Said) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)
