"""Patterns from the button that makes one to the look at what it recorded, and what the clock brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from secrets import token_hex
from typing import Any

from bot.markup import one_line
from bot.slack import screens, verbs, windows
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from store import patterns, queries
from store.records import load
from store.sessions import Session
from triage.beforehand import (
    SECRET,
    ConfirmPattern,
    DrawSample,
    FitsPattern,
    MisfitsPattern,
    ProposePattern,
    RefusePattern,
    TellOfPattern,
    WithdrawPattern,
)
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Refused
from triage.patterning import check_may_propose, check_may_withdraw, check_waits
from triage.sampling import check_looks
from triage.seats import BY_TIER

Reply = dict[str, Any]
CLOSE: Reply = {"response_action": "clear"}
IN_FIELD = {"covers_needed": Field.COVERS, "pattern_day": Field.UNTIL, "pattern_reason": Field.REASON}
READERS = frozenset({*BY_TIER.values(), "governance_lead", "auditor", "legal"})
"""Who sees the list of what is approved beforehand."""


def propose(front: Front, pressed: Press, person: str) -> None:
    """Who may not is told before writing anything; so is who cannot, as it is high, open, or somebody did already."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        drawn = _propose_view(front, session, case, desk, person)
    windows.open_window(front, pressed, person, drawn)


def called(front: Front, person: str, ref: str, trigger: str) -> Message | None:
    """`/steward pattern`: alone the list, with a reference the window."""
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        if not ref.strip():
            if READERS.isdisjoint(reader.roles):
                raise Refused("not_your_patterns")
            known = patterns.every(session)
            return screens.patterns_list(windows.voice(front), known, patterns.uses(session), desk)
        found = verbs.references(ref, desk.day.year)
        entry = next((e for each in found if (e := queries.entry(session, reader, each))), None)
        case = load(session, entry.id) if entry else None
        if case is None:
            raise Refused("unknown_ref", ref=verbs.bare(ref)[:40])
        drawn = _propose_view(front, session, case, desk, person)
    windows.open_by(front, trigger, drawn)
    return None


def _propose_view(front: Front, session: Session, case: Case, desk: Desk, person: str) -> dict[str, Any]:
    check_may_propose(case, person, desk)
    return screens.propose_view(make_scene(front, session, case, desk, person))


def proposed(front: Front, submission: Submission, person: str) -> Reply:
    case, _, version = submission.about.partition("|")
    wish = ProposePattern(
        actor=person,
        key=submission.key,
        case=case,
        version=int(version) if version.isdecimal() and len(version) < 10 else -1,
        covers=_field(submission, Field.COVERS),
        last_day=_day(_field(submission, Field.UNTIL)),
        secret=token_hex(SECRET),
    )
    return _done(front, wish, person)


def confirm(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    wish = ConfirmPattern(actor=person, key=pressed.key, case=about.case, pattern=about.choice)
    front.do(wish, front.desk(actor=person))


def fits(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    wish = FitsPattern(actor=person, key=pressed.key, case=about.case, step=about.choice)
    front.do(wish, front.desk(actor=person))


def _asking(
    view: View, check: Callable[[Case, str, str, Desk], object]
) -> Callable[[Front, Press, str], None]:
    """A window for a reason; who may not give one is told at once."""

    def handle(front: Front, pressed: Press, person: str) -> None:
        desk, what = front.desk(actor=person), windows.about(pressed).choice
        with front.office.store.read() as session:
            case = windows.before_them(front, session, pressed, person, desk)
            check(case, what, person, desk)
            drawn = screens.ending_view(make_scene(front, session, case, desk, person), view, what)
        windows.open_window(front, pressed, person, drawn)

    return handle


def refused(front: Front, submission: Submission, person: str) -> Reply:
    given, reason = _ending(submission, person)
    return _done(
        front, RefusePattern.model_validate(given | {"pattern": reason[0], "reason": reason[1]}), person
    )


def ended(front: Front, submission: Submission, person: str) -> Reply:
    given, reason = _ending(submission, person)
    return _done(
        front, WithdrawPattern.model_validate(given | {"pattern": reason[0], "reason": reason[1]}), person
    )


def misfits(front: Front, submission: Submission, person: str) -> Reply:
    given, reason = _ending(submission, person)
    return _done(
        front, MisfitsPattern.model_validate(given | {"step": reason[0], "reason": reason[1]}), person
    )


def _ending(submission: Submission, person: str) -> tuple[dict[str, Any], tuple[str, str]]:
    """Who, and on which use; what the window was about, and the reason."""
    case, _, what = submission.about.partition("|")
    return {"actor": person, "key": submission.key, "case": case}, (what, _field(submission, Field.REASON))


def _done(
    front: Front, wish: ProposePattern | RefusePattern | WithdrawPattern | MisfitsPattern, person: str
) -> Reply:
    try:
        front.do(wish, front.desk(actor=person))
    except Refused as refusal:
        if refusal.key not in IN_FIELD:
            raise
        said = front.words.label(f"refusal.{refusal.key}")
        return {"response_action": "errors", "errors": {IN_FIELD[refusal.key].value: said}}
    return CLOSE


def look(front: Front, desk: Desk) -> None:
    """By the clock: the card of a pattern that is over says so; where no lot fell in a month, one use is looked at.

    Late or twice, it comes to the same.
    """
    with front.office.store.read() as session:
        found, ending = patterns.undrawn(session, desk.now), patterns.ending(session, desk.day)
    told = ({"actor": "", "key": one.key, "case": one.case, "pattern": one.pattern} for one in ending)
    front.do_each(map(TellOfPattern.model_validate, told), desk)
    lots = (DrawSample(actor="", key=each.key, case=each.case, pattern=each.pattern) for each in found)
    front.do_each(lots, desk)


def _day(text: str) -> date:
    """No picker gives anything but a day; what is none is over."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _field(submission: Submission, field: Field) -> str:
    """What was written there; signs that nobody sees are nothing."""
    held = (submission.fields.get(field.value) or ("",))[0].strip()
    return held if one_line(held) else ""


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.PROPOSE_PATTERN: propose,
    Action.CONFIRM_PATTERN: confirm,
    Action.REFUSE_PATTERN: _asking(View.REFUSE_PATTERN, check_waits),
    Action.WITHDRAW_PATTERN: _asking(View.WITHDRAW_PATTERN, check_may_withdraw),
    Action.FITS_PATTERN: fits,
    Action.MISFITS_PATTERN: _asking(View.MISFITS_PATTERN, check_looks),
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.PROPOSE_PATTERN: proposed,
    View.REFUSE_PATTERN: refused,
    View.WITHDRAW_PATTERN: ended,
    View.MISFITS_PATTERN: misfits,
}
ON_CARD = frozenset(PRESSED)
