"""By what a use is watched: its plan and its values, from the windows to the wishes."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import screens, windows
from bot.slack.colleagues import check_colleague
from bot.slack.fields import Field
from bot.slack.filled import Reply, field
from bot.slack.front import Front
from bot.slack.ids import Action, View, numbered
from bot.slack.payloads import Press, Submission, Who
from bot.slack.scenes import make_scene
from intake.figures import to_figure, to_limit
from triage.desk import Desk
from triage.measuring import check_may_give
from triage.outcome import Refused
from triage.plan import MEASURES, UNIT, Every, Measure, Reading, past
from triage.planning import check_may_plan
from triage.watched import last_measured, plan_of
from triage.watches import GiveReadings, WritePlan

TIMES: dict[str, Every] = {"weekly": "weekly", "monthly": "monthly", "quarterly": "quarterly"}
IN_FIELD = {
    "plan_looser": numbered(Field.LIMIT, 1),
    "plan_same": numbered(Field.MEASURE, 1),
    "plan_unclear": numbered(Field.MEASURE, 1),
    "monitor_gone": Field.MONITOR.value,
    "monitor_no_reader": Field.MONITOR.value,
    "part_outside": Field.MONITOR.value,
    "reader_unclear": Field.MONITOR.value,
    "reading_needed": numbered(Field.FIGURE, 1),
}
"""What can be mended in the window, and beside which field it is said."""


def press_plan(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_plan(case, person, desk)
        drawn = screens.plan_view(make_scene(front, session, case, desk, person, counted=False))
    windows.open_window(front, pressed, person, drawn)


def press_readings(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_give(case, person, desk)
        drawn = screens.readings_view(make_scene(front, session, case, desk, person, counted=False))
    windows.open_window(front, pressed, person, drawn)


def planned(front: Front, submission: Submission, person: str) -> Reply:
    case, _, plan = submission.about.partition("|")
    measures, problems = _measures(front, submission)
    if problems:
        return {"response_action": "errors", "errors": problems}
    user = field(submission, Field.MONITOR)
    monitor = front.person(Who(submission.who.team, user)) if user else ""
    wish = WritePlan(
        actor=person,
        key=submission.key,
        case=case,
        plan=plan,
        measures=measures,
        every=TIMES.get(field(submission, Field.EVERY), "monthly"),
        monitor=monitor,
    )
    try:
        if monitor:
            check_colleague(front, submission.who.team, user, monitor, outside="part_outside")
        front.do(wish, _desk(front, case, person))
    except Refused as refusal:
        return _beside(front, refusal)
    view = screens.note_view(front.words, front.words.line("measured.planned"))
    return {"response_action": "update", "view": view}


def given(front: Front, submission: Submission, person: str) -> Reply:
    case, plan, last = [*submission.about.split("|", 2), "", ""][:3]
    readings, problems = _readings(front, submission)
    if problems:
        return {"response_action": "errors", "errors": problems}
    wish = GiveReadings(actor=person, key=submission.key, case=case, plan=plan, last=last, readings=readings)
    try:
        after = front.do(wish, _desk(front, case, person)).case
    except Refused as refusal:
        return _beside(front, refusal)
    held, made = plan_of(after), last_measured(after)
    beyond = held is not None and made is not None and bool(past(held, made.readings))
    some = made is not None and any(not each.value for each in made.readings)
    key = "past" if beyond else "partly" if some else "within"
    view = screens.note_view(front.words, front.words.line(f"measured.given_{key}"))
    return {"response_action": "update", "view": view}


def _desk(front: Front, case: str, person: str) -> Desk:
    """Who may not see it any more is told as if there were none."""
    desk = front.desk(actor=person)
    front.case(case, front.reader(person, desk))
    return desk


def _beside(front: Front, refusal: Refused) -> Reply:
    if refusal.key not in IN_FIELD:
        raise refusal
    said = front.words.label(f"refusal.{refusal.key}")
    return {"response_action": "errors", "errors": {IN_FIELD[refusal.key]: said}}


def _measures(front: Front, submission: Submission) -> tuple[tuple[Measure, ...], dict[str, str]]:
    """Those that were written, and what is wrong with which field."""
    found: list[Measure] = []
    wrong: dict[str, str] = {}
    for number in range(1, MEASURES + 1):
        name, limit = (_held(submission, each, number) for each in (Field.MEASURE, Field.LIMIT))
        if not name and not limit:
            continue
        split = to_limit(limit)
        if not name:
            wrong[numbered(Field.MEASURE, number)] = front.words.label("problem.needed")
        elif name.casefold() in (each.name.casefold() for each in found):
            wrong[numbered(Field.MEASURE, number)] = front.words.label("problem.measure_twice")
        elif split is None or len(split[1]) > UNIT:
            wrong[numbered(Field.LIMIT, number)] = front.words.label("problem.limit")
        else:
            least = _held(submission, Field.SIDE, number) == "at_least"
            side = {"side": "at_least" if least else "at_most"}
            found.append(Measure.model_validate({"name": name, "unit": split[1], "limit": split[0], **side}))
    if not found and not wrong:
        wrong[numbered(Field.MEASURE, 1)] = front.words.label("problem.needed")
    return tuple(found), wrong


def _readings(front: Front, submission: Submission) -> tuple[tuple[Reading, ...], dict[str, str]]:
    found: list[Reading] = []
    wrong: dict[str, str] = {}
    for number in range(1, MEASURES + 1):
        name = numbered(Field.FIGURE, number)
        if name not in submission.fields:
            continue
        written, remark = _held(submission, Field.FIGURE, number), _held(submission, Field.REMARK, number)
        value = to_figure(written) if written else ""
        if value is None:
            wrong[name] = front.words.label("problem.figure")
        elif not value and not remark:
            wrong[name] = front.words.label("problem.value_or_why")
        else:
            found.append(Reading(number=number, value=value, reason=remark))
    return tuple(found), wrong


def _held(submission: Submission, name: Field, number: int) -> str:
    return (submission.fields.get(numbered(name, number)) or ("",))[0].strip()


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.WRITE_PLAN: press_plan,
    Action.GIVE_READINGS: press_readings,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.WRITE_PLAN: planned,
    View.GIVE_READINGS: given,
}
