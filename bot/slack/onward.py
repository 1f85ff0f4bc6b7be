"""What is pressed on the way from a yes to the end of a use: the next stage, a task done, a part taken, a stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import CLOSE, Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scene import Scene
from bot.slack.scenes import attaches, make_scene
from store.queries import may_see
from triage.advancing import check_keeps
from triage.appointed import holder
from triage.case import Case
from triage.desk import Desk
from triage.lifecycle import FINAL
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, Onward, RefusePart, StopUse
from triage.outcome import Refused
from triage.parts import NAMED, OVERSEER, chosen, to_answer
from triage.schemes import to_state
from triage.stages import Stage
from triage.tasks import left, tasks_of

IN_FIELD = {
    "no_link": Field.LINK,
    "evidence_needed": Field.WORDS,
    "task_done": Field.TASK,
    **dict.fromkeys(
        (
            "own_oversight",
            "own_deputy",
            "part_gone",
            "part_outside",
            "reader_unclear",
            "named_already",
            "part_recused",
            "enough_today",
        ),
        Field.PERSON,
    ),
}
MOVES = {to.value for to in Stage} - {Stage.idea.value}


def move(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    if about.choice not in MOVES:
        raise Refused("unknown_button")
    wish = {"actor": person, "key": press.key, "case": about.case, "to": about.choice}
    _press(front, press, person, MoveOn.model_validate(wish))


def accept(front: Front, press: Press, person: str) -> None:
    about = windows.about(press)
    wish = AcceptPart(actor=person, key=press.key, case=about.case, appointment=about.choice)
    _press(front, press, person, wish)


def _press(front: Front, press: Press, person: str, wish: Onward) -> None:
    """Where it was pressed in a window, that shows what came of it."""
    desk = front.desk(actor=person)
    _seen(front, wish.case, person, desk)
    front.do(wish, desk)
    if press.view is not None and press.view.get("type") == "modal":
        case = front.case(wish.case, front.reader(person, desk))
        with front.office.store.read() as session:
            drawn = screens.entry_view(make_scene(front, session, case, desk, person))
        windows.turn(front, press, person, drawn)


def _seen(front: Front, case: str, person: str, desk: Desk) -> None:
    """Who may not see it is told as if there were none."""
    with front.office.store.read() as session:
        if not may_see(session, front.reader(person, desk), case):
            raise Refused("unknown_case", case="")


def _window(
    check: Callable[[Case, str, Desk, str], None],
    draw: Callable[[Scene, str], dict[str, Any]],
    *,
    files: bool = False,
) -> Callable[[Front, Press, str], None]:
    """Who may not is told before writing anything."""

    def handle(front: Front, press: Press, person: str) -> None:
        about, desk = windows.about(press), front.desk(actor=person)
        case = front.case(about.case, front.reader(person, desk))
        check(case, person, desk, about.choice)
        with front.office.store.read() as session:
            scene = make_scene(front, session, case, desk, person)
            drawn = draw(scene.but(attaches=attaches(front)) if files else scene, about.choice)
        windows.open_window(front, press, person, drawn)

    return handle


def _has_tasks(case: Case, person: str, desk: Desk, choice: str) -> None:
    check_keeps(case, person)
    if case.status in FINAL or not any(to_state(each.task, desk) for each in left(case, desk)):
        raise Refused("task_gone", case=case.id)


def _has_parts(case: Case, person: str, desk: Desk, choice: str) -> None:
    check_keeps(case, person)
    if case.status in FINAL or not any(each.task in NAMED for each in tasks_of(case)):
        raise Refused("task_gone", case=case.id)


def _asked(case: Case, person: str, desk: Desk, choice: str) -> None:
    held = (chosen(case, part) for part in NAMED)
    mine = {each.of for each in held if each is not None and each.person == person}
    if choice not in mine | {each.id for each in to_answer(case, person)}:
        raise Refused("part_over", case=case.id)


def _oversees(case: Case, person: str, desk: Desk, choice: str) -> None:
    if holder(case, OVERSEER, desk) != person:
        raise Refused("not_overseer", case=case.id)
    if not case.in_use:
        raise Refused("stopped_already", case=case.id)


def done(front: Front, submission: Submission, person: str) -> Reply:
    task = field(submission, Field.TASK)
    if not task:
        return missing(front, Field.TASK)
    wish = DoTask(
        actor=person,
        key=submission.key,
        case=submission.about,
        task=task,
        link=field(submission, Field.LINK),
        words=field(submission, Field.WORDS),
        file=submission.files.get(Field.FILE.value),
    )
    return _handed(front, wish, person)


def appointed(front: Front, submission: Submission, person: str) -> Reply:
    part, user = field(submission, Field.TASK), field(submission, Field.PERSON)
    if not part or not user:
        return missing(front, Field.PERSON if part else Field.TASK)
    whom = front.person(Who(submission.who.team, user))
    wish = Appoint(actor=person, key=submission.key, case=submission.about, task=part, person=whom)
    try:
        check_colleague(front, submission.who.team, user, whom, outside="part_outside")
    except Refused as refusal:
        return _beside(front, refusal)
    return _handed(front, wish, person)


def refused(front: Front, submission: Submission, person: str) -> Reply:
    case, _, appointment = submission.about.partition("|")
    reason = field(submission, Field.REASON)
    if not reason:
        return missing(front, Field.REASON)
    wish = RefusePart(actor=person, key=submission.key, case=case, appointment=appointment, reason=reason)
    return _handed(front, wish, person)


def stopped(front: Front, submission: Submission, person: str) -> Reply:
    reason = field(submission, Field.REASON)
    wish = StopUse(actor=person, key=submission.key, case=submission.about, reason=reason)
    return _handed(front, wish, person)


def _beside(front: Front, refusal: Refused) -> Reply:
    said = front.words.label(f"refusal.{refusal.key}")
    return {"response_action": "errors", "errors": {IN_FIELD[refusal.key].value: said}}


def _handed(front: Front, wish: Onward, person: str) -> Reply:
    desk = front.desk(actor=person)
    _seen(front, wish.case, person, desk)
    try:
        case = front.do(wish, desk).case
    except Refused as refusal:
        if refusal.key not in IN_FIELD:
            raise
        return _beside(front, refusal)
    if isinstance(wish, RefusePart):
        return CLOSE
    last = isinstance(wish, DoTask) and not left(case, desk)
    text = front.words.line("onward.do_task_last" if last else f"onward.{wish.do}")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.MOVE_ON: move,
    Action.ACCEPT_PART: accept,
    Action.DO_TASK: _window(_has_tasks, lambda scene, _: screens.do_task_view(scene), files=True),
    Action.APPOINT: _window(_has_parts, lambda scene, _: screens.appoint_view(scene)),
    Action.REFUSE_PART: _window(_asked, screens.refuse_part_view),
    Action.STOP_USE: _window(_oversees, lambda scene, _: screens.stop_view(scene)),
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.DO_TASK: done,
    View.APPOINT: appointed,
    View.REFUSE_PART: refused,
    View.STOP_USE: stopped,
}
