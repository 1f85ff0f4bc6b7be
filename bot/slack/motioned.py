"""What is pressed about another tier, a remaining risk or a forbidden practice, and what comes back of its windows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.abouts import from_excepted
from bot.slack.fields import Field
from bot.slack.filled import CLOSE, Reply, day, field, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scene import Scene
from bot.slack.scenes import make_scene
from triage.case import Status
from triage.commands import Command
from triage.motions import ConfirmProhibited, Matter, OpposeMotion, PutMotion, SecondMotion
from triage.movable import check_possible, check_waits, put_as
from triage.moved import matter_of
from triage.movers import check_may, check_may_put, check_second
from triage.outcome import Refused
from triage.review import check_may_become, check_may_decide

Pressed = Callable[[Front, Press, str], None]
IN_FIELD = {
    "reason_needed": ("problem.needed", Field.REASON),
    "ends_too_soon": ("refusal.ends_too_soon", Field.UNTIL),
    "ends_too_late": ("refusal.ends_too_late", Field.UNTIL),
}
"""What is told beside the field it is about, where the words written so far stay."""


def putting(matter: Matter) -> Pressed:
    """Who may not is told before writing anything."""

    def handle(front: Front, press: Press, person: str) -> None:
        scene = _scene(front, press, person)
        check_may_put(scene.case, person, matter, scene.desk)
        check_possible(scene.case, matter, scene.desk)
        windows.open_window(front, press, person, screens.put_view(scene, matter))

    return handle


def second(front: Front, press: Press, person: str) -> None:
    scene, motion = _scene(front, press, person), windows.about(press).choice
    held = check_may(scene.case, person, *matter_of(put_as(scene.case, motion)), scene.desk)
    waits, _ = check_waits(scene.case, motion, scene.desk)
    check_second(scene.case, waits, person, held, scene.desk)
    windows.open_window(front, press, person, screens.second_view(scene, waits))


def oppose(front: Front, press: Press, person: str) -> None:
    scene, motion = _scene(front, press, person), windows.about(press).choice
    check_may(scene.case, person, *matter_of(put_as(scene.case, motion)), scene.desk)
    waits, _ = check_waits(scene.case, motion, scene.desk)
    windows.open_window(front, press, person, screens.oppose_view(scene, waits))


def prohibited(front: Front, press: Press, person: str) -> None:
    scene = _scene(front, press, person)
    check_may_decide(scene.case, person, scene.desk)
    check_may_become(scene.case, Status.declined)
    windows.open_window(front, press, person, screens.prohibited_view(scene))


def _scene(front: Front, press: Press, person: str) -> Scene:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, press, person, desk)
        return make_scene(front, session, case, desk, person, counted=False)


def _handed(make: Callable[[Submission, dict[str, Any]], Command | Field]) -> Callable[..., Reply]:
    def handle(front: Front, submission: Submission, person: str) -> Reply:
        about = from_excepted(submission.about)
        on = {"actor": person, "key": submission.key, "case": about.case, "version": about.version}
        made = make(submission, on)
        if isinstance(made, Field):
            return sent_back(front, made, "problem.needed")
        try:
            front.do(made, front.desk(actor=person))
        except Refused as refusal:
            if refusal.key not in IN_FIELD:
                raise
            said, field = IN_FIELD[refusal.key]
            return sent_back(front, field, said)
        return CLOSE

    return handle


def _put(submission: Submission, on: dict[str, Any]) -> Command | Field:
    matter, value = from_excepted(submission.about).claim, field(submission, Field.GROUND)
    if matter not in {each.value for each in Matter}:
        raise Refused("unknown_button")
    if not value and matter != Matter.risk:
        return Field.GROUND
    until = day(field(submission, Field.UNTIL)) if matter == Matter.risk else None
    wish = {"matter": matter, "value": value, "reason": field(submission, Field.REASON), "until": until}
    return PutMotion.model_validate(on | wish)


def _second(submission: Submission, on: dict[str, Any]) -> Command | Field:
    motion = from_excepted(submission.about).claim
    return SecondMotion(**on, motion=motion, reason=field(submission, Field.REASON))


def _oppose(submission: Submission, on: dict[str, Any]) -> Command | Field:
    motion, reason = from_excepted(submission.about).claim, field(submission, Field.REASON)
    return OpposeMotion(**on, motion=motion, reason=reason) if reason else Field.REASON


def _prohibited(submission: Submission, on: dict[str, Any]) -> Command | Field:
    return ConfirmProhibited(**on, reason=field(submission, Field.REASON))


PRESSED: dict[Action, Pressed] = {
    Action.SET_TIER: putting(Matter.tier),
    Action.ACCEPT_RISK: putting(Matter.risk),
    Action.EXCEPT_PRACTICE: putting(Matter.practice),
    Action.SECOND_MOTION: second,
    Action.OPPOSE_MOTION: oppose,
    Action.CONFIRM_PROHIBITED: prohibited,
}
HANDED: dict[View, Callable[..., Reply]] = {
    View.PUT_MOTION: _handed(_put),
    View.SECOND_MOTION: _handed(_second),
    View.OPPOSE_MOTION: _handed(_oppose),
    View.CONFIRM_PROHIBITED: _handed(_prohibited),
}
