"""One control at a time, in one window: what operation suggests, the decision of whoever looks at it, and the next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.markup import one_line
from bot.slack import soa, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_voice
from bot.slack.screens import soacontrol as drawing
from bot.slack.screens.soacontrol import OWN, At
from store import aims
from store.applicability import shown_refs
from store.sessions import Session
from triage.aims.applied import Applied, Statement
from triage.aims.control import CONTROL
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

BETWEEN = re.compile(r"[\s,;]+")
IN_FIELD = {
    "owner": Field.SOA_OWNER,
    "state": Field.SOA_STATE,
    "left_out": Field.SOA_LEFT_OUT,
    "title": Field.SOA_TITLE,
    "applies": Field.SOA_APPLIES,
    "how": Field.SOA_HOW,
    "evidence": Field.SOA_EVIDENCE,
    "soa_own_verified": Field.SOA_STATE,
    "soa_left_out": Field.SOA_LEFT_OUT,
    "soa_no_control": Field.SOA_NAME,
    "entry_name": Field.SOA_NAME,
}
"""Beside which field a refusal is said, so that nothing of what was written is lost."""


def drawn(
    front: Front, control: str, person: str, desk: Desk, told: str = "", taken: int = 0
) -> dict[str, Any]:
    """As it stands now; the list where there is no such control."""
    with front.office.store.read() as session:
        made, as_of = soa.standing(session, desk)
        who = soa.named(session, made)
        entry = _entry(session, control)
    row = Applied(control=OWN, title="", own=True) if control == OWN else made.row(control)
    if row is None:
        return soa.view(front, person, desk, told)
    seen = len(entry.drafts) if entry is not None else 0
    at = At(control, seen, taken, row.proposal.rests if row.proposal else ())
    left = len([each for each in _open(made) if each != control])
    decides = soa.may_decide(person, desk)
    return drawing.control_view(
        make_voice(front), row, who, at, decides=decides, told=told, left=left, as_of=as_of
    )


def _entry(session: Session, control: str) -> Entry | None:
    return aims.load(session, entry_id(kinds()[CONTROL], control, ""))


def _open(made: Statement) -> list[str]:
    """Those that nobody decided, in the standard's order."""
    return [row.control for row in made.rows if row.decided is None]


def press(front: Front, pressed: Press, person: str) -> None:
    control, desk = windows.about(pressed).choice, front.desk(actor=person)
    soa.check_may_read(person, desk)
    soa.show(front, pressed, person, drawn(front, control, person, desk))


def own(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)
    desk = front.desk(actor=person)
    _check_may_decide(person, desk)
    soa.show(front, pressed, person, drawn(front, OWN, person, desk))


def _check_may_decide(person: str, desk: Desk) -> None:
    if not soa.may_decide(person, desk):
        raise Refused("soa_not_theirs")


def following(front: Front, pressed: Press, person: str) -> None:
    """The next that nobody decided, behind the one that is shown; behind the last comes the first."""
    control, desk = windows.about(pressed).choice, front.desk(actor=person)
    soa.check_may_read(person, desk)
    soa.show(front, pressed, person, _next(front, control, person, desk))


def _next(front: Front, control: str, person: str, desk: Desk, told: str = "") -> dict[str, Any]:
    with front.office.store.read() as session:
        made, _ = soa.standing(session, desk)
    order, still = [row.control for row in made.rows], _open(made)
    if not still:
        return soa.view(front, person, desk, told)
    at = order.index(control) if control in order else -1
    found = next((each for each in still if order.index(each) > at), still[0])
    return drawn(front, found, person, desk, told)


def take(front: Front, pressed: Press, person: str) -> None:
    """The words of the suggestion into the field, to be changed and kept by a person; nothing is decided by it."""
    desk = front.desk(actor=person)
    _check_may_decide(person, desk)
    at = drawing.from_text(str((pressed.view or {}).get("private_metadata", "")))
    if at is None or at.control != windows.about(pressed).choice:
        raise Refused("unknown_button")
    windows.redraw(front, pressed, drawn(front, at.control, person, desk, taken=at.taken + 1))


def handed(front: Front, submission: Submission, person: str) -> Reply:
    at = drawing.from_text(submission.about)
    if at is None:
        raise Refused("unknown_button")
    submission = replace(submission, fields=drawing.plain(submission.fields))
    if lacking := _lacking(front, submission, at):
        return {"response_action": "errors", "errors": lacking}
    desk = front.desk(actor=person)
    own = at.control == OWN
    name = one_line(field(submission, Field.SOA_NAME)) if own else at.control
    try:
        wish = DraftEntry(
            actor=person,
            key=submission.key,
            entry=entry_id(kinds()[CONTROL], name, submission.key),
            kind=CONTROL,
            name=name,
            said=_said(front, submission, at),
            seen=at.seen,
        )
        soa.carry_out(front, wish, desk, _then)
    except Refused as refusal:
        return _problem(front, submission, person, at, refusal)
    told = front.words.line("soa.kept", control=name)
    if own:
        return {"response_action": "update", "view": soa.view(front, person, desk, told)}
    return {"response_action": "update", "view": _next(front, name, person, desk, told)}


def _lacking(front: Front, submission: Submission, at: At) -> dict[str, str]:
    """All that is empty and needed where it applies, said at once."""
    if field(submission, Field.SOA_APPLIES) == "no":
        return {}
    text = front.words.label("problem.soa_choose")
    chosen = (Field.SOA_OWNER, Field.SOA_STATE)
    return {drawing.block(each, at): text for each in chosen if not field(submission, each)}


def _then(session: Session, before: Entry | None, after: Entry, desk: Desk) -> None:
    if before is None or before.in_force is None:
        soa.publish_homes(session, desk)


def _problem(front: Front, submission: Submission, person: str, at: At, refusal: Refused) -> Reply:
    """Noted like every refusal, and said beside its field."""
    text = front.refused(refusal, person, wish=View.SOA_CONTROL.value, case="", key=submission.key)
    wrong = str(refusal.facts.get("field", ""))
    name = IN_FIELD.get(wrong) or IN_FIELD.get(refusal.key) or Field.SOA_BECAUSE
    if refusal.key == "entry_field" and refusal.facts.get("wrong") == "needed":
        text = front.words.label("problem.needed")
    elif refusal.key == "entry_field":
        text = front.words.label(
            f"problem.soa_{wrong}" if front.words.has(f"problem.soa_{wrong}") else "problem.soa"
        )
    shown = name if name in submission.fields else Field.SOA_BECAUSE
    return {"response_action": "errors", "errors": {drawing.block(shown, at): text}}


def _said(front: Front, submission: Submission, at: At) -> dict[str, Said]:
    """What was filled in. What it rested on comes from the window: a decision rests on what its maker saw."""
    user = field(submission, Field.SOA_OWNER)
    owner = front.person(Who(submission.who.team, user)) if user else ""
    if owner:
        check_colleague(front, submission.who.team, user, owner)
    left = tuple(filter(None, BETWEEN.split(field(submission, Field.SOA_LEFT_OUT).upper())))
    evidence = tuple(filter(None, (e.strip() for e in field(submission, Field.SOA_EVIDENCE).splitlines())))
    with front.office.store.read() as session:
        entry = _entry(session, at.control)
        last = entry.in_force.said if entry is not None and entry.in_force is not None else {}
        if field(submission, Field.SOA_APPLIES) == "partly":
            left = tuple(dict.fromkeys((*_unnamed(session, last), *left)))
    found: dict[str, Said] = {
        "title": field(submission, Field.SOA_TITLE),
        "applies": field(submission, Field.SOA_APPLIES),
        "because": field(submission, Field.SOA_BECAUSE),
        "state": field(submission, Field.SOA_STATE),
        "how": field(submission, Field.SOA_HOW),
        "owner": owner,
        "evidence": evidence,
        "documents": last.get("documents", ()),
        "left_out": left,
        "seen_on": field(submission, Field.SOA_SEEN_ON),
        "rests": at.rests,
    }
    return {name: value for name, value in found.items() if value}


def _unnamed(session: Session, last: Mapping[str, Said]) -> tuple[str, ...]:
    """The uses that were left out before and were not shown."""
    stood = last.get("left_out")
    refs = stood if isinstance(stood, tuple) else ()
    named = shown_refs(session, refs)
    return tuple(ref for ref in refs if ref not in named)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.SOA_SHOW: press,
    Action.SOA_OWN: own,
    Action.SOA_NEXT: following,
    Action.SOA_TAKE: take,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.SOA_CONTROL: handed}
