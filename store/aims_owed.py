"""Messages owed about entries of the management system: one to whoever has to say yes, a word to whoever drafted.

Nothing here says what stands in them: they are drawn from the entries when they are sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import convened, outbox, planned_posts, trust_owed
from store.aims import AIMS
from store.awaited import awaited
from store.outbox import OPEN
from store.owed import publish_home
from store.tables import AddressRow, OutboxRow, PlaceRow
from triage.aims.access import ACCESS
from triage.aims.asked import ASKED
from triage.aims.audited import AUDIT
from triage.aims.calling import take_up
from triage.aims.entry import Entry
from triage.aims.standing import approvers, leading
from triage.desk import Desk

WAITS, BECAME, YOURS, COUNTS, STALE, HEARD = "waits", "became", "yours", "counts", "stale", "heard"
ASSIGNED, ACCEPTED = "assigned", "accepted"
"""What a message about entries is about: what waits for a yes, what became of drafts, what is somebody's, a policy, an
acceptance that holds no more, what came of an idea, that somebody audits, or that a risk of theirs is accepted."""
BURST = timedelta(hours=4)
"""So long the message about what waits is drawn anew in its place; what comes later is told of in a new one."""
PRIORITY = 1
AUDITING = {AUDIT: "auditors", ACCESS: "auditor"}
"""In which field of an entry it stands who audits."""
RISK_ACCEPTED = "accepted"


class Moved(NamedTuple):
    """An entry before and after one step."""

    before: Entry | None
    after: Entry


def follow(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
    """What is owed after one step that was carried out by itself."""
    owe(session, [Moved(before, after)], desk)


def owe(session: Session, moved: Sequence[Moved], desk: Desk) -> None:
    """After all that one press did: each person hears once of all of it."""
    asked = [one for each in moved for one in approvers(each.after, desk)]
    told = [one for each in moved if each.before is not None for one in approvers(each.before, desk)]
    fresh = {
        one for each in moved if each.after.steps[-1].kind == "draft" for one in approvers(each.after, desk)
    }
    concerned = list(dict.fromkeys((*asked, *told, *(each.after.steps[-1].by for each in moved))))
    for person in filter(None, concerned):
        _tell_waiting(session, person, desk, fresh=person in fresh)
    for person, items in _became(moved).items():
        _put(session, BECAME, items, desk, person=person)
    for person, items in _given(moved, desk).items():
        _put(session, YOURS, items, desk, person=person)
    for each in moved:
        trust_owed.owe(session, each.after, desk)
    for person, about, item in _convened(moved):
        _put(session, about, [item], desk, person=person)
    for person, items in _heard(moved, desk).items():
        _put(session, HEARD, items, desk, person=person)
    for person, about, item in (*_assigned(moved), *_accepted(moved, desk)):
        _put(session, about, [item], desk, person=person)
    news = [_item(each.after) for each in moved if each.after.kind == "policy" and _counts_now(each)]
    planned = planned_posts.places_for_policies(session) if news else []
    for place in dict.fromkeys(filter(None, (desk.governance, *planned) if news else ())):
        _put(session, COUNTS, news, desk, place=place)
    owners = [each.after.owner for each in moved]
    leads = sorted(desk.roles.get("governance_lead", ()))
    drafters = [draft.by for each in moved for draft in each.after.drafts[-1:]]
    for person in dict.fromkeys(filter(None, (*concerned, *owners, *leads, *drafters))):
        publish_home(session, person, desk.now)


def tell_leads(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
    """Of what a rule put forward hear those who lead, and not all who may confirm it; many at once are one message."""
    able = approvers(after, desk)
    for person in (one for one in leading(desk) if one in able):
        _tell_waiting(session, person, desk, fresh=True)
        publish_home(session, person, desk.now)


def tell_stale(session: Session, risk: Entry, people: Iterable[str], desk: Desk) -> None:
    """What remains of it was accepted, and it changed since."""
    for person in dict.fromkeys(people):
        _put(session, STALE, [_item(risk)], desk, person=person)


def publish(session: Session, entry: Entry, places: Iterable[str], desk: Desk) -> None:
    """The policy that counts, told of where somebody chose."""
    for place in places:
        _put(session, COUNTS, [_item(entry)], desk, place=place)


def stands(session: Session, person: str) -> AddressRow | None:
    """The message that tells somebody what waits for their yes."""
    wanted = (
        select(AddressRow)
        .join(PlaceRow, col(PlaceRow.id) == AddressRow.place_id)
        .where(
            AddressRow.subject_kind == AIMS,
            AddressRow.subject_id == WAITS,
            AddressRow.purpose == WAITS,
            PlaceRow.person_id == person,
        )
    )
    return session.exec(wanted.limit(1)).first()


def _tell_waiting(session: Session, person: str, desk: Desk, *, fresh: bool) -> None:
    """One message, drawn anew; a new one where something came in long after it, which an update tells nobody."""
    name = f"{AIMS}:{WAITS}:{person}"
    standing = stands(session, person)
    on_its_way = _is_open(session, name)
    is_old = standing is not None and standing.posted_at + BURST < desk.now
    if not on_its_way and fresh and (standing is None or is_old or _is_first(session, person, desk)):
        how = "post"
    elif on_its_way or standing is not None:
        how = "update"
    else:
        return
    outbox.put(
        session,
        kind=how,
        person_id=person,
        place_id=standing.place_id if standing is not None else None,
        subject_kind=AIMS,
        subject_id=WAITS,
        purpose=WAITS,
        payload={"say": AIMS, "about": WAITS},
        priority=PRIORITY,
        coalesce=name,
        now=desk.now,
    )


def _is_first(session: Session, person: str, desk: Desk) -> bool:
    """Nothing else waits: the message that stands there says so, and an update would tell nobody of what came."""
    waits = awaited(session, person, desk, 1)
    return len(waits.first) + waits.more <= 1


def _is_open(session: Session, name: str) -> bool:
    waits = select(OutboxRow.id).where(
        OutboxRow.coalesce == name, OutboxRow.kind == "post", col(OutboxRow.state).in_(OPEN)
    )
    return session.exec(waits.limit(1)).first() is not None


def _became(moved: Sequence[Moved]) -> dict[str, list[list[str | int]]]:
    """By drafter, what counts now or was sent back; nobody hears of what they did themselves.

    Whoever raised what others are to do something about hears how it goes on, too: it was changed, or is gone.
    """
    found: dict[str, list[list[str | int]]] = {}
    for each in moved:
        step = each.after.steps[-1]
        last = each.after.drafts[-1] if each.after.drafts else None
        settled = step.kind == "send_back" or (step.kind == "approve" and _counts_now(each))
        if last is None or not settled:
            continue
        raised = each.after.drafts[0].by if each.after.of.acts and step.kind == "approve" else ""
        for person in dict.fromkeys((last.by, raised)):
            if person and person != step.by:
                found.setdefault(person, []).append(_item(each.after))
    return found


def _given(moved: Sequence[Moved], desk: Desk) -> dict[str, list[list[str | int]]]:
    """By person, what they answer for from now on, where somebody else said so; of wishes from outside who leads."""
    found: dict[str, list[list[str | int]]] = {}
    for each in moved:
        after = each.after
        was = each.before.owner if each.before is not None and each.before.in_force is not None else None
        owner = after.owner if after.in_force is not None and _counts_now(each) else None
        if owner and owner != was and not desk.same(owner, after.in_force.by if after.in_force else ""):
            found.setdefault(owner, []).append(_item(after))
        elif after.kind in ASKED and not owner and each.before is None and after.in_force is not None:
            for one in take_up(after, desk):
                if not desk.same(one, after.in_force.by):
                    found.setdefault(one, []).append(_item(after))
    return found


def _convened(moved: Sequence[Moved]) -> Iterator[tuple[str, str, list[str | int]]]:
    """Who attends a review hears that it takes place or does not, and who did what was agreed; not whoever said so."""
    for each in moved:
        after, step = each.after, each.after.steps[-1]
        is_off = step.kind == "act" and step.detail.get("act") == "called_off"
        if after.kind == convened.CALL and (_counts_now(each) or is_off):
            yield from (
                (person, convened.CALLED, _item(after))
                for person in convened.people(after, "attends")
                if person != step.by
            )
        if after.kind == convened.REVIEW and _counts_now(each):
            known = {step.by, after.drafts[-1].by}
            yield from (
                (person, convened.MINUTES, _item(after))
                for person in convened.people(after, "attended")
                if person not in known
            )


def _assigned(moved: Sequence[Moved]) -> Iterator[tuple[str, str, list[str | int]]]:
    """Whoever is to audit, or is let in to, from a version on that others said yes to."""
    for each in moved:
        field = AUDITING.get(each.after.kind)
        if field is None or not _counts_now(each) or each.after.in_force is None:
            continue
        before = _named(each.before, field) if each.before and each.before.in_force else ()
        known = {*before, each.after.steps[-1].by, each.after.in_force.by}
        for person in _named(each.after, field):
            if person not in known:
                yield person, ASSIGNED, _item(each.after)


def _named(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.in_force.said.get(field) if entry.in_force is not None else None
    return said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()


def _accepted(moved: Sequence[Moved], desk: Desk) -> Iterator[tuple[str, str, list[str | int]]]:
    """The owner of a risk of which somebody else accepted what remains."""
    for each in moved:
        step, owner = each.after.steps[-1], each.after.owner
        if (
            owner
            and step.kind == "act"
            and step.detail.get("act") == RISK_ACCEPTED
            and not desk.same(owner, step.by)
        ):
            yield owner, ACCEPTED, _item(each.after)


def _heard(moved: Sequence[Moved], desk: Desk) -> dict[str, list[list[str | int]]]:
    """By whoever had an idea, what came of it: each step of it that somebody else took, by its number."""
    found: dict[str, list[list[str | int]]] = {}
    for each in moved:
        step, entry = each.after.steps[-1], each.after
        by = entry.drafts[0].by if entry.of.anybody and entry.drafts and step.kind == "act" else ""
        if by and not desk.same(by, step.by):
            found.setdefault(by, []).append([entry.id, entry.version])
    return found


def _counts_now(moved: Moved) -> bool:
    """Whether a version that did not count before counts by the last step."""
    last = moved.after.drafts[-1] if moved.after.drafts else None
    return last is not None and last.since == moved.after.steps[-1].at and moved.after.steps[-1].kind != "act"


def _item(entry: Entry) -> list[str | int]:
    return [entry.id, len(entry.drafts)]


def _put(
    session: Session,
    about: str,
    items: Sequence[list[str | int]],
    desk: Desk,
    *,
    person: str | None = None,
    place: str | None = None,
) -> None:
    outbox.put(
        session,
        kind="post",
        person_id=person,
        place_id=place,
        subject_kind=AIMS,
        subject_id=str(items[0][0]),
        purpose=f"{about}:{items[0][1]}",
        payload={"say": AIMS, "about": about, "items": [list(item) for item in items]},
        priority=PRIORITY,
        now=desk.now,
    )
