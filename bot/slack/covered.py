"""What shows each clause and control, looked at from Home; and a gap that becomes an action with an owner."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import entries, screens, windows
from bot.slack.actionasked import ACTION, asked_for
from bot.slack.fields import Field
from bot.slack.filled import Reply, field
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from store import coverage
from store.portfolio import end_of
from triage.aims.covered import Covered
from triage.aims.entry import Said
from triage.aims.kinds import kinds
from triage.aims.standard import points
from triage.aims.trust import PACK
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.enough import DAY
from triage.outcome import Refused

LOOKERS = ("governance_lead", "executive", "risk_owner", "auditor")


def may_look(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in LOOKERS)


def _check_looks(person: str, desk: Desk) -> None:
    if not may_look(person, desk):
        raise Refused("not_your_coverage")


def _takes(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in kinds()[ACTION].proposes)


def _found(front: Front, desk: Desk) -> tuple[Covered, ...] | None:
    with front.office.store.read() as session:
        return coverage.now_covered(session, desk.now, desk.organisation.zone)


def press(front: Front, pressed: Press, person: str) -> None:
    windows.about(pressed)  # a damaged press is refused like any other
    desk = front.desk(actor=person)
    _check_looks(person, desk)
    found, voice = _found(front, desk), make_voice(front)
    drawn = screens.coverage_waits(voice) if found is None else screens.coverage_view(voice, found)
    windows.open_window(front, pressed, person, drawn)


def turn(front: Front, pressed: Press, person: str) -> None:
    """Another page, in the same window."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    _check_looks(person, desk)
    found, voice = _found(front, desk), make_voice(front)
    drawn = (
        screens.coverage_waits(voice) if found is None else screens.coverage_view(voice, found, about.turn)
    )
    windows.turn(front, pressed, person, drawn)


def look(front: Front, pressed: Press, person: str) -> None:
    """One point, on top of the list."""
    desk = front.desk(actor=person)
    each = _point(front, windows.about(pressed).choice, person, desk)
    takes = _takes(person, desk)
    windows.open_window(front, pressed, person, screens.coverage_point(make_voice(front), each, takes=takes))


def _point(front: Front, point: str, person: str, desk: Desk) -> Covered:
    _check_looks(person, desk)
    if point not in points():
        raise Refused("unknown_button")
    found = _found(front, desk)
    if found is None:
        raise Refused("coverage_waits")
    return next(each for each in found if each.point == point)


def act(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    each = _point(front, windows.about(pressed).choice, person, desk)
    _check_takes(person, desk)
    windows.open_window(front, pressed, person, screens.gap_action_view(make_voice(front), each))


def _check_takes(person: str, desk: Desk) -> None:
    if not _takes(person, desk):
        raise Refused("not_your_gap")


def acted(front: Front, submission: Submission, person: str) -> Reply:
    """The action is drafted, which is all it needs; the point that it is for shows it from now on."""
    desk = front.desk(actor=person)
    _check_looks(person, desk)
    _check_takes(person, desk)
    because = field(submission, Field.REASON)
    more: dict[str, Said] = {"because": because} if because else {}
    wish = asked_for(front, submission, person, {**more, "points": (submission.about,)}, desk)
    if not isinstance(wish, DraftEntry):
        return wish
    entries.carry_out(front, [wish], desk)
    each = _point(front, submission.about, person, desk)
    drawn = screens.coverage_point(make_voice(front), each, takes=True)
    return {"response_action": "update", "view": drawn}


def keep(front: Front, desk: Desk) -> None:
    """Counts what came since, so that nobody waits for it when they look."""
    store, ended = front.office.store, end_of(desk.day - DAY, desk.organisation.zone)
    if not any(desk.roles.get(role) for role in (*LOOKERS, *kinds()[PACK].proposes)):
        return
    with store.read() as session:
        found = coverage.counted_on(session, ended) if coverage.is_behind(session, ended) else None
    if found is not None:
        with store.write() as session:
            coverage.keep(session, found, desk.now)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.COVERAGE: press,
    Action.COVERAGE_PAGE: turn,
    Action.COVERAGE_POINT: look,
    Action.GAP_ACTION: act,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.GAP_ACTION: acted}
