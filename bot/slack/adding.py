"""Conditions with a day, a question and a consequence of their own: one more in the window, and read from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.markup import one_line
from bot.slack import screens, sitting, windows
from bot.slack.abouts import from_about
from bot.slack.fields import Field
from bot.slack.filled import Reply, day
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from bot.slack.screens.adding import MOST, numbered
from triage.outcome import Refused
from triage.review import check_may_decide
from triage.steps import Term
from triage.terms import OF_A_DAY, STRICTER


def press(front: Front, pressed: Press, person: str) -> None:
    """What was written stays, and so does the version of the case that the window showed at first."""
    view, desk = pressed.view or {}, front.desk(actor=person)
    held = str(view.get("private_metadata", ""))
    shows = from_about(held).case == windows.about(pressed).case
    if not shows or view.get("callback_id") != View.APPROVE_WITH_CONDITIONS:
        raise Refused("unknown_button")
    count = sum(map(_is_text, view.get("blocks") or ()))
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_decide(case, person, desk)
        scene = make_scene(front, session, case, desk, person, compared=True)
    drawn = screens.conditions_view(scene, added=min(count + 1, MOST))
    if (queue := sitting.of_view(view)) is not None:
        drawn = screens.within_queue(front.words, drawn, queue)
    windows.redraw(front, pressed, drawn | {"private_metadata": held})


def _is_text(block: Mapping[str, Any]) -> bool:
    return str(block.get("block_id")).startswith(Field.OWN_TEXT.value)


def problems(front: Front, submission: Submission) -> Reply | None:
    """What is missing or comes too soon, beside the field that it is about."""
    found = dict(_problems(front, submission))
    texts = {name: front.words.label(key) for name, key in found.items()}
    return {"response_action": "errors", "errors": texts} if texts else None


def _problems(front: Front, submission: Submission) -> Iterator[tuple[str, str]]:
    today = front.desk().day
    for number in range(1, MOST + 1):
        text, *rest = (_field(submission, name, number) for name in OWN)
        due = day(rest[0])
        if any(rest) and not text:
            yield numbered(Field.OWN_TEXT, number), "problem.needed"
        if rest[2] and due is None:
            yield numbered(Field.OWN_DUE, number), "problem.day_needed"
        if due is not None and due <= today:
            yield numbered(Field.OWN_DUE, number), "refusal.due_too_soon"


def given(submission: Submission) -> Iterator[tuple[str, Term]]:
    """Without a day it holds all the time, and nothing follows."""
    for number in range(1, MOST + 1):
        text, picked, check, otherwise = (_field(submission, name, number) for name in OWN)
        if not text:
            continue
        due = day(picked)
        follows = (otherwise if otherwise in STRICTER else "") or OF_A_DAY
        bound = {"due": due, "check": check, "otherwise": follows if due else ""}
        yield one_line(text), Term.model_validate(bound)


OWN = (Field.OWN_TEXT, Field.OWN_DUE, Field.OWN_CHECK, Field.OWN_OTHERWISE)


def _field(submission: Submission, name: Field, number: int) -> str:
    held = submission.fields.get(numbered(name, number), ())
    return held[0].strip() if held and one_line(held[0]) else ""


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.ADD_CONDITION: press}
