"""From notices to owed messages: which place each goes to, in which thread, and under which name it is found again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, literal, union_all
from sqlalchemy import select as plain_select
from sqlalchemy import update as alter
from sqlmodel import Session, col, select

from store import outbox
from store.addresses import went_out
from store.direct import Read
from store.records import USE, load
from store.tables import UseRow, metadata
from triage.case import Case
from triage.confidential import WORDLESS, told_of_it
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.outcome import Notice, Outcome, Say
from triage.referring import waiting_messages
from triage.showing import WHERE_IT_STANDS
from triage.teams import standing

CARD = "card"
ON_CARD = frozenset({Say.card, Say.card_note, Say.referral, Say.recorded_note})
ALONE = frozenset({Say.card, Say.recorded_note})
"""Where cards go, and below none."""
LASTING = frozenset({Say.welcome, Say.question, Say.settled, Say.summary, Say.card})
"""Messages that are shown again as the case changes; of the others those with a name in `until` are shown once more,
without their buttons, when that is over (see triage.closing)."""

INTERACTIVE, DECISION = 0, 1
UPLOAD = "upload"

_address, _outbox = metadata.tables["address"], metadata.tables["outbox"]
# Every click goes through this, hence a plain statement, built once: what bears a name in the outbox, and whether it
# has an address. Only the name is looked for; with a state beside it, SQLite would read all that waits instead.
STANDS = Read(
    union_all(
        plain_select(_outbox.c.kind, _outbox.c.state).where(_outbox.c.coalesce == bindparam("name")),
        plain_select(literal("address"), literal("")).where(
            _address.c.subject_kind == USE,
            _address.c.subject_id == bindparam("case"),
            _address.c.purpose == bindparam("purpose"),
            _address.c.place_id == bindparam("place"),
        ),
    )
)
STANDING = frozenset({("address", ""), *(("post", state) for state in (*outbox.OPEN, "sent"))})
"""A post that was refused for good, or let go, neither stands nor comes."""
PLACES = plain_select(_address.c.place_id).where(
    _address.c.subject_kind == USE,
    _address.c.subject_id == bindparam("case"),
    _address.c.purpose == bindparam("purpose"),
)
REFUSED = (
    alter(_outbox)
    .where(_outbox.c.coalesce == bindparam("name"), _outbox.c.state == "parked", _outbox.c.kind == "post")
    .values(state="dropped", problem="owed anew")
)


def owe(session: Session, outcome: Outcome, desk: Desk) -> None:
    """Queue every notice of `outcome`, and a fresh Home for those it concerns."""
    for notice in outcome.notices:
        _queue(session, outcome.case, notice, desk)
    for person in _concerned(outcome):
        publish_home(session, person, desk.now)


def publish_home(session: Session, person: str, now: datetime) -> None:
    outbox.put(
        session,
        kind="publish",
        person_id=person,
        payload={"say": "home"},
        priority=DECISION,
        coalesce=f"home:{person}",
        now=now,
    )


def owe_card(session: Session, id: str, desk: Desk) -> None:
    """The card of one request again, drawn as it is now; where it stands already, in its place."""
    if (case := load(session, id)) is not None:
        _queue(session, case, Notice(say=Say.card), desk)


def redraw(session: Session, case: Case, notice: Notice, desk: Desk) -> None:
    """What stands in the thread of whoever asked, as it reads now, in its place; nothing new is said."""
    if case.talk is not None and case.talk.place is not None:
        payload = _payload(notice, thread=case.talk.root)
        _put(session, case, notice, desk, kind="update", place=case.talk.place, payload=payload)


def owe_missing_cards(session: Session, desk: Desk) -> int:
    """A card for each waiting request that has none in the place of cards, new or never posted."""
    waiting = select(UseRow.id).where(col(UseRow.state).in_([status.value for status in WAITING]))
    missing = 0
    for id in session.exec(waiting).all():
        case = load(session, id)
        if case is None or desk.governance is None or _shown(session, case, CARD, desk.governance)[0]:
            continue
        for notice in (Notice(say=Say.card), *waiting_messages(case)):
            name = _name(case, _purpose(notice) or CARD, desk.governance)
            session.connection().execute(REFUSED, {"name": name})
            _queue(session, case, notice, desk)
        missing += 1
    return missing


def _queue(session: Session, case: Case, notice: Notice, desk: Desk) -> None:
    if notice.to:
        _put_to(session, case, notice, desk)
        return
    if case.confidential and notice.say is Say.card_note and notice.facts.get("about") not in WORDLESS:
        for person in told_of_it(case, desk):
            _put_to(session, case, notice.model_copy(update={"to": person}), desk)
        return
    place, thread = _target(case, notice, desk)
    if notice.say in (Say.card, Say.referral):
        _update_former(session, case, notice, desk)
    if place is None:
        return
    purpose = _purpose(notice)
    # A question is put once, or again on purpose; so are others that say so. The rest takes the place of what stands.
    fresh = notice.say is Say.question or notice.facts.get("fresh") or notice.facts.get("again")
    stands, waits = (False, False) if purpose is None or fresh else _shown(session, case, purpose, place)
    payload = _payload(notice, thread=thread)
    if (notice.facts.get("over") or notice.facts.get(WHERE_IT_STANDS)) and not stands:
        return  # nothing stands that could still be pressed
    kind = "update" if stands else _kind(notice)
    _put(session, case, notice, desk, kind=kind, place=place, payload=payload, alone=not waits)


def _update_former(session: Session, case: Case, notice: Notice, desk: Desk) -> None:
    """Where cards went before they went elsewhere, what stands there still tells the truth."""
    wanted = {"case": case.id, "purpose": _purpose(notice)}
    for (place,) in session.connection().execute(PLACES, wanted).all():
        if place != desk.governance:
            payload = _payload(notice, former=True)
            _put(session, case, notice, desk, kind="update", place=place, payload=payload)


def _payload(notice: Notice, **more: Any) -> dict[str, Any]:
    return {"say": notice.say.value, "facts": dict(notice.facts), **more}


def _put(
    session: Session,
    case: Case,
    notice: Notice,
    desk: Desk,
    *,
    kind: str,
    place: str,
    payload: dict[str, Any],
    alone: bool = False,
) -> None:
    purpose = _purpose(notice)
    outbox.put(
        session,
        kind=kind,
        place_id=place,
        subject_kind=USE,
        subject_id=case.id,
        purpose=purpose,
        payload=payload,
        priority=DECISION if notice.say in ON_CARD else INTERACTIVE,
        coalesce=_name(case, purpose, place) if purpose is not None else None,
        lane=_lane_of_files(case, place) if kind == UPLOAD else _lane(case, place),
        alone=alone,
        now=desk.now,
    )


def _put_to(session: Session, case: Case, notice: Notice, desk: Desk) -> None:
    """To somebody who is not in its conversation; under its name, if it has one, it is found again."""
    purpose = _purpose(notice)
    name = _name(case, purpose, notice.to) if purpose is not None else None
    if notice.facts.get("over") and not went_out(session, case.id, purpose or "", notice.to, name or ""):
        return  # nothing stands there that could still be pressed
    outbox.put(
        session,
        kind="update" if notice.facts.get("over") else _kind(notice),
        person_id=notice.to,
        subject_kind=USE,
        subject_id=case.id,
        purpose=purpose,
        payload=_payload(notice),
        priority=INTERACTIVE,
        coalesce=name,
        lane=_lane_of_files(case, notice.to) if notice.facts.get("carried") else None,
        now=desk.now,
    )


def _lane(case: Case, place: str) -> str | None:
    return case.talk.person if case.talk and place == case.talk.place else None


def _lane_of_files(case: Case, whose: str) -> str:
    """Files take their time: no message has its turn behind one, and none of another use."""
    return f"files:{case.id}:{whose}"


def _kind(notice: Notice) -> str:
    return UPLOAD if notice.facts.get("carried") else "post"


def _target(case: Case, notice: Notice, desk: Desk) -> tuple[str | None, str | None]:
    """Place and thread; the thread of a note on the card is the card, whose address the sender knows."""
    if notice.say in ON_CARD:
        return desk.governance, None if notice.say in ALONE else CARD
    if case.talk is None:
        return None, None
    return case.talk.place, case.talk.root


def _purpose(notice: Notice) -> str | None:
    if (until := notice.facts.get("until")) is not None:
        return str(until)
    if notice.say not in LASTING:
        return None
    turn = notice.facts.get("turn")
    return f"question:{turn}" if turn is not None else notice.say.value


def _shown(session: Session, case: Case, purpose: str, place: str) -> tuple[bool, bool]:
    """Whether such a message stands already, or is on its way; and whether an update of it still waits."""
    wanted = {"case": case.id, "purpose": purpose, "place": place, "name": _name(case, purpose, place)}
    found = set(STANDS.all(session.connection(), wanted))
    return not STANDING.isdisjoint(found), ("update", "waiting") in found


def _name(case: Case, purpose: str, place: str) -> str:
    """Of a lasting message: updates that still wait under it are replaced, and a post is found by it."""
    return f"{case.id}:{purpose}:{place}"


def _concerned(outcome: Outcome) -> list[str]:
    """Whose Home changes: the requester's, the owner's once it was handed in, and of who is asked something."""
    case = outcome.case
    if not outcome.notices or all(
        n.say in (Say.question, Say.settled, Say.why, Say.help) for n in outcome.notices
    ):
        return []
    owner = case.owner if case.submitted_at or case.source_map else None
    teams = (each.owner for each in standing(case))
    asked = (notice.to for notice in outcome.notices if notice.say in (Say.measured, Say.review))
    return sorted({person for person in (case.requester, owner, *teams, *asked) if person})
