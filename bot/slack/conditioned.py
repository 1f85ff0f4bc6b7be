"""Conditions from the window in which they are given to the press that says they are met, and what the clock brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot import offered
from bot.slack import adding, screens, windows
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.payloads import Press, Submission
from bot.slack.reading import to_conditions
from bot.slack.scenes import attaches, make_scene
from store import conditions
from triage import usual
from triage.afterwards import FailCondition, Fulfil, RemindOfCondition, SendBack, VerifyCondition
from triage.case import Case
from triage.conditions import may_fulfil, theirs, to_look_at
from triage.desk import Desk
from triage.fulfilling import LOOKS, looked_at
from triage.lifecycle import WAITING
from triage.outcome import Refused
from triage.steps import Term
from triage.terms import OF_A_DAY, STRICTER, bound_to

Reply = dict[str, Any]
IN_FIELD = {"no_link": Field.LINK, "evidence_needed": Field.WORDS}


def given(front: Front, submission: Submission) -> dict[str, Term] | None:
    """Those of the library with their days, in its order, then what was written by lines, with one day or consequence
    for all, then those with their own. None where one that was ticked is no longer in the library, so that nobody
    takes it for agreed."""
    words, desk = front.words, front.desk()
    chosen = _chosen(submission)
    left = set(submission.fields.get(Field.COMMON.value, ()))
    ticked = [each for each in desk.book.usual if each.id in left]
    if left - {each.id for each in ticked}:
        return None
    found = [
        (offered.text(words, each), usual.bound(each, offered.check(words, each), desk)) for each in ticked
    ]
    found += [(text, Term()) for text in to_conditions(_field(submission, Field.CONDITIONS))]
    return bound_to([*((text, _with(term, chosen)) for text, term in found), *adding.given(submission)])


def lacks_day(submission: Submission, found: dict[str, Term]) -> bool:
    """Whether a consequence was chosen and there is none among them that it could follow from."""
    otherwise = _field(submission, Field.OTHERWISE)
    written = to_conditions(_field(submission, Field.CONDITIONS))
    bound = [text for text, term in found.items() if term.due]
    return otherwise in STRICTER[1:] and (not bound or any(text not in bound for text in written))


def _chosen(submission: Submission) -> Term:
    picked, otherwise = _field(submission, Field.DUE), _field(submission, Field.OTHERWISE)
    try:
        due = date.fromisoformat(picked) if picked else None
    except ValueError:
        due = None
    known = {"due": due, "otherwise": otherwise if otherwise in STRICTER else ""}
    return Term.model_validate(known)


def _with(term: Term, chosen: Term) -> Term:
    due = chosen.due or term.due
    otherwise = (chosen.otherwise or term.otherwise or OF_A_DAY) if due else ""
    return term.model_copy(update={"due": due, "otherwise": otherwise})


def press(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    case = front.case(windows.about(pressed).case, front.reader(person, desk))
    if person not in theirs(case):
        raise Refused("not_your_condition", case=case.id)
    if not may_fulfil(case, person):
        raise Refused("condition_gone", case=case.id)
    with front.office.store.read() as session:
        scene = make_scene(front, session, case, desk, person).but(attaches=attaches(front))
        drawn = screens.fulfil_view(scene)
    windows.open_window(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    case, _, decision = submission.about.partition("|")
    number = _field(submission, Field.CONDITION)
    wish = Fulfil(
        actor=person,
        key=submission.key,
        case=case,
        decision=decision,
        number=int(number) if number.isdecimal() and len(number) < 4 else 0,
        link=_field(submission, Field.LINK),
        words=_field(submission, Field.WORDS),
        file=submission.files.get(Field.FILE.value),
    )
    return _done(front, wish, person)


def verify(front: Front, pressed: Press, person: str) -> None:
    about = windows.about(pressed)
    wish = VerifyCondition(actor=person, key=pressed.key, case=about.case, step=about.choice)
    front.do(wish, front.desk(actor=person))


def ask_why(front: Front, pressed: Press, person: str) -> None:
    """Who may not look at it is told before writing anything."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        step = windows.about(pressed).choice
        looked_at(case, person, step, desk)
        drawn = screens.send_back_view(make_scene(front, session, case, desk, person), step)
    windows.open_window(front, pressed, person, drawn)


def sent_back(front: Front, submission: Submission, person: str) -> Reply:
    case, _, step = submission.about.partition("|")
    reason = _field(submission, Field.REASON)
    return _done(
        front, SendBack(actor=person, key=submission.key, case=case, step=step, reason=reason), person
    )


def _done(front: Front, wish: Fulfil | SendBack, person: str) -> Reply:
    try:
        case = front.do(wish, front.desk(actor=person)).case
    except Refused as refusal:
        if refusal.key not in IN_FIELD:
            raise
        said = front.words.label(f"refusal.{refusal.key}")
        return {"response_action": "errors", "errors": {IN_FIELD[refusal.key].value: said}}
    view = screens.note_view(front.words, front.words.line(_noted(wish, case)))
    return {"response_action": "update", "view": view}


def _noted(wish: Fulfil | SendBack, case: Case) -> str:
    """What happens next, for whoever said that it is met."""
    if not isinstance(wish, Fulfil):
        return "conditions.noted"
    if case.status in WAITING:
        return "conditions.noted_anew"
    waits = {(one.decision, one.number) for one in to_look_at(case)}
    return "conditions.noted_second" if (wish.decision, wish.number) in waits else "conditions.noted"


def look(front: Front, desk: Desk) -> None:
    """By the clock. Late or twice, it comes to the same."""
    with front.office.store.read() as session:
        over = conditions.over(session, desk.day)
        looks = [(about, *each) for about in LOOKS for each in conditions.unlooked(session, about, desk)]
    front.do_each((FailCondition(actor="", key=due.key("unmet"), **due._asdict()) for due in over), desk)
    wishes = ({"actor": "", "key": key, "about": about, **due._asdict()} for about, due, key in looks)
    front.do_each(map(RemindOfCondition.model_validate, wishes), desk)


def _field(submission: Submission, field: Field) -> str:
    return (submission.fields.get(field.value) or ("",))[0].strip()


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.FULFIL: press,
    Action.VERIFY_CONDITION: verify,
    Action.SEND_BACK: ask_why,
}
