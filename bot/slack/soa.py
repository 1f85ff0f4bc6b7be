"""The statement of applicability at the desk: read as it stands, asked for as a whole, and given or refused a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.applicability import Named
from bot.slack import windows
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import soa as drawing
from bot.slack.screens.soa import Part, Progress
from store import aims, applicability, applicability_kept, coverage, outbox, people
from store.aims import of_kind
from store.owed import publish_home
from store.sessions import Session
from triage.aims.applied import Statement
from triage.aims.control import CONTROL
from triage.aims.entry import Draft, Entry
from triage.aims.kinds import kinds
from triage.aims.standard import controls
from triage.aims.standing import approvers
from triage.aims.statement import STATEMENT, said_of
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries, SendEntryBack
from triage.desk import Desk
from triage.outcome import Refused

READING = ("executive", "auditor")
PRIORITY = 1


def _roles() -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kinds()[CONTROL].proposes, *READING)))


def may_read(person: str, desk: Desk) -> bool:
    """Who decides controls, approves the whole or audits it."""
    return any(desk.holds(person, role) for role in _roles())


def check_may_read(person: str, desk: Desk) -> None:
    if not may_read(person, desk):
        raise Refused("soa_not_theirs")


def may_decide(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in kinds()[CONTROL].proposes)


def part_of(session: Session, person: str, desk: Desk) -> Part:
    approval = aims.load(session, STATEMENT)
    waits = approval.proposed if approval is not None else None
    able = approval is not None and person in approvers(approval, desk)
    return Part(
        decides=may_decide(person, desk),
        asks=any(desk.holds(person, role) for role in kinds()[STATEMENT].proposes),
        approves=able,
        waits=waits.number if waits is not None else 0,
    )


def standing(session: Session, desk: Desk) -> tuple[Statement, datetime | None]:
    """As it stands, with what operation suggests and shows, and as of when it suggests it.

    None, and without, where the clock is still at it: nobody who presses waits until the register is read.
    """
    found = applicability_kept.kept(session)
    covered = {
        each.point: each for each in coverage.now_covered(session, desk.now, desk.organisation.zone) or ()
    }
    made = applicability.now(session, found.proposed if found else {}, covered)
    return made, found.at if found else None


def keep(front: Front, desk: Desk) -> None:
    """Works out what operation suggests, where something changed since, so that nobody waits for it."""
    store = front.office.store
    if not any(desk.roles.get(role) for role in _roles()):
        return
    with store.read() as session:
        found = applicability_kept.anew(session, desk, front.worked)
    if found is not None:
        with store.write() as session:
            applicability_kept.keep(session, found.kept)
        front.worked = found


def named(session: Session, made: Statement) -> Named:
    refs = [ref for row in made.rows if row.decided is not None for ref in row.decided.left_out]
    return Named(people=people.names(session), uses=applicability.shown_refs(session, refs))


def view(front: Front, person: str, desk: Desk, told: str = "") -> dict[str, Any]:
    with front.office.store.read() as session:
        made, at = standing(session, desk)
        part, who = part_of(session, person, desk), named(session, made)
    return drawing.list_view(make_voice(front), made, who, part, told, at=at)


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    desk = front.desk(actor=person)
    check_may_read(person, desk)
    show(front, pressed, person, view(front, person, desk))


def show(front: Front, pressed: Press, person: str, drawn: dict[str, Any]) -> None:
    """In the window of the statement if it was pressed there, so that one window is all there is."""
    if pressed.view is not None and pressed.view.get("callback_id") in HERE:
        windows.redraw(front, pressed, drawn)
    else:
        windows.open_window(front, pressed, person, drawn)


HERE = frozenset((View.SOA.value, View.SOA_CONTROL.value, View.SOA_APPROVE.value))


def for_home(session: Session, person: str, desk: Desk) -> Progress | None:
    if not may_read(person, desk):
        return None
    decided, waits, counts = applicability.progress(session)
    return Progress(decided, len(controls()), waits, counts)


# -- a yes for the whole


def ask(front: Front, pressed: Press, person: str) -> None:
    """The decisions that were shown and no others; whoever may approve them is written to."""
    shown = windows.about(pressed).case
    desk = front.desk(actor=person)
    check_may_read(person, desk)
    with front.office.store.read() as session:
        (made, _), entries = standing(session, desk), of_kind(session, CONTROL)
        approval = aims.load(session, STATEMENT)
    if made.digest != shown:
        raise Refused("soa_moved")
    wish = DraftEntry(
        actor=person,
        key=pressed.key,
        entry=STATEMENT,
        kind=STATEMENT,
        said=said_of(entries),
        seen=len(approval.drafts) if approval is not None else 0,
    )
    done = carry_out(front, wish, desk, _asked(front, made))
    able = [front.directory.mention(each) for each in approvers(done, desk)]
    told = front.words.line("soa.asks" if able else "soa.asks_nobody", people=front.words.listed(able, "or"))
    show(front, pressed, person, view(front, person, desk, told))


def carry_out(front: Front, wish: OfEntries, desk: Desk, then: aims.Then = aims.nothing) -> Entry:
    with front.office.store.write() as session:
        done = aims.carry_out(session, wish, desk, then)
    front.wake()
    return done


def _asked(front: Front, made: Statement) -> aims.Then:
    voice = make_voice(front)

    def then(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
        changed = len(made.changed) if made.approved else len(made.rows)
        by = after.steps[-1].by
        shown = drawing.asks_for_yes(voice, by, changed, made.approved is None)
        for person in approvers(after, desk):
            _tell(session, person, shown, after, desk)
        publish_homes(session, desk, by)

    return then


def publish_homes(session: Session, desk: Desk, *besides: str) -> None:
    """Of everybody who has a part in it."""
    known = (one for role in _roles() for one in sorted(desk.roles.get(role, ())))
    for person in dict.fromkeys((*known, *filter(None, besides))):
        publish_home(session, person, desk.now)


def _tell(session: Session, person: str, shown: Message, about: Entry, desk: Desk) -> None:
    outbox.put(
        session,
        kind="post",
        person_id=person,
        payload={"text": shown.text, "blocks": shown.blocks},
        subject_kind=aims.AIMS,
        subject_id=about.id,
        priority=PRIORITY,
        now=desk.now,
    )


def look(front: Front, pressed: Press, person: str) -> None:
    """What a yes would be given to; who may not give it hears so at once."""
    windows.about(pressed)
    desk = front.desk(actor=person)
    check_may_read(person, desk)
    with front.office.store.read() as session:
        (made, at), part = standing(session, desk), part_of(session, person, desk)
        who = named(session, made)
    if not part.waits:
        show(front, pressed, person, view(front, person, desk, front.words.line("soa.nothing_waits")))
        return
    if not part.approves:
        raise Refused("soa_not_yours")
    if made.waiting != made.digest:
        raise Refused("soa_moved")
    show(front, pressed, person, drawing.approve_view(make_voice(front), made, who, part.waits, at=at))


def handed(front: Front, submission: Submission, person: str) -> Reply:
    number, _, _ = submission.about.partition("|")
    ruling, reason = field(submission, Field.SOA_RULING), field(submission, Field.REASON)
    if not ruling:
        return missing(front, Field.SOA_RULING)
    if ruling == "send_back" and not reason:
        return missing(front, Field.REASON)
    desk = front.desk(actor=person)
    about: dict[str, Any] = {"actor": person, "key": submission.key, "entry": STATEMENT}
    about["draft"] = int(number) if number.isdecimal() and len(number) < 9 else 0
    with front.office.store.read() as session:
        before, _ = standing(session, desk)
    if ruling == "approve":
        carry_out(front, ApproveEntry(**about), desk, _settled(front, before))
    elif ruling == "send_back":
        carry_out(front, SendEntryBack(**about, reason=reason), desk, _settled(front, before))
    else:
        raise Refused("unknown_button")
    told = front.words.line(f"soa.did_{ruling}")
    return {"response_action": "update", "view": view(front, person, desk, told)}


def _settled(front: Front, before: Statement) -> aims.Then:
    """Whoever asked hears what came of it; whoever newly meets controls hears of all of them at once."""
    voice = make_voice(front)

    def then(session: Session, was: Entry | None, after: Entry, desk: Desk) -> None:
        step, draft = after.steps[-1], after.drafts[-1]
        if draft.by and draft.by != step.by:
            shown = drawing.came_to(voice, step.by, draft.since is not None, draft.reason)
            _tell(session, draft.by, shown, after, desk)
        if draft.since is not None:
            for owner, theirs in _newly_theirs(before, draft).items():
                _tell(session, owner, drawing.yours(voice, theirs), after, desk)
        publish_homes(session, desk, draft.by)

    return then


def _newly_theirs(before: Statement, draft: Draft) -> dict[str, Sequence[str]]:
    """By person, the controls that they meet, of those that were decided anew, unless they said so themselves."""
    found: dict[str, list[str]] = {}
    for row in before.rows:
        decided = row.decided
        if decided is None or not decided.owner or decided.owner == decided.by:
            continue
        if before.approved is None or row.changed:
            found.setdefault(decided.owner, []).append(f"{row.control} {row.title}")
    return dict(found)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.SOA: press,
    Action.SOA_LIST: press,
    Action.SOA_ASK: ask,
    Action.SOA_LOOK: look,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.SOA_APPROVE: handed}
