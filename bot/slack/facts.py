"""Answers that are missing of somebody's uses: asked for all of them at once, recorded and judged for each alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from bot.slack import screens, windows
from bot.slack.changed import LONGEST, read_fields
from bot.slack.filled import Reply
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from intake.answers import Answer, State
from store import due
from store.queries import may_see
from store.records import load
from store.sessions import Session
from store.tables import DoneRow
from triage.afterwards import Change, GiveFacts
from triage.case import Case, Status
from triage.changing import foreseen
from triage.desk import Desk
from triage.missing import Asked, asked_for, together
from triage.outcome import Refused
from triage.whereabouts import keeper

USES = 20
"""So many of somebody's uses are asked about at once."""
LISTED = "listed"
"""What follows for a use that an inventory named: it is known better, and nothing was approved."""


class Shown(NamedTuple):
    """What was shown to follow for a use, in the version in which it was shown."""

    effect: str
    version: int


def _theirs(front: Front, session: Session, person: str, desk: Desk, first: str) -> list[Case]:
    """What they answer for and something is missing of, the one that was pressed first."""
    ids = dict.fromkeys((first, *due.asked_about(session, person, limit=USES)))
    reader = front.reader(person, desk)
    found = (load(session, id) for id in ids if id and may_see(session, reader, id))
    return [case for case in found if case and keeper(case) == person and asked_for(case, desk)]


def press(front: Front, pressed: Press, person: str) -> None:
    desk, about = front.desk(actor=person), windows.about(pressed)
    with front.office.store.read() as session:
        cases = _theirs(front, session, person, desk, about.case)[:USES]
        asked = together(cases, desk)
        if not asked:
            raise Refused("nothing_missing")
        scene = make_scene(front, session, asked[0].cases[0], desk, person, counted=False)
        drawn = screens.facts_view(scene, asked, _about(asked))
    windows.open_window(front, pressed, person, drawn)


def _about(asked: tuple[Asked, ...]) -> str:
    return ",".join(dict.fromkeys(case.id for each in asked for case in each.cases))


def given(front: Front, submission: Submission, person: str) -> Reply:
    """What would follow for each use, before anything counts."""
    answers, problems = read_fields(front, submission)
    if problems:
        return {"response_action": "errors", "errors": problems}
    told = {question: answer for question, answer in answers.items() if answer.state is not State.not_asked}
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        cases = _named(front, session, submission.about.split(","), person, desk)
        effects = {
            id: _effect(case, told, person, desk) for id, case in cases.items() if _missing(case, told, desk)
        }
        if not effects:
            raise Refused("nothing_missing")
        carried = _carried(told, effects, cases, desk)
        if len(carried) > LONGEST:
            longest = max(told, key=lambda question: len(told[question].text))
            return {"response_action": "errors", "errors": {longest: front.words.label("problem.too_much")}}
        scene = make_scene(front, session, next(iter(cases.values())), desk, person, counted=False)
        drawn = screens.facts_shown_view(scene, effects, cases, carried)
    return {"response_action": "update", "view": drawn}


def confirmed(front: Front, submission: Submission, person: str) -> Reply:
    """Each use for itself: what changed meanwhile about one holds up no other, and is shown before it counts."""
    told, uses, at = _read(submission.about)
    since = [
        id
        for id, shown in uses.items()
        if not _record(front, id, shown, told, person, f"{submission.key}:{id}")
    ]
    if since and (drawn := _again(front, since, told, at, person)) is not None:
        return {"response_action": "update", "view": drawn}
    text = front.words.line("facts.done", count=len(uses))
    if since:
        text = front.words.line("facts.since", count=len(since))
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _record(front: Front, id: str, shown: Shown, told: Mapping[str, Answer], person: str, key: str) -> bool:
    """False where anything was said of it meanwhile, it is no longer theirs, or something else follows."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        if session.get(DoneRow, key) is not None:
            return True
        case = _named(front, session, [id], person, desk).get(id)
    if case is None:
        return False
    mine = _missing(case, told, desk)
    on: dict[str, Any] = {"actor": person, "key": key, "case": id, "version": shown.version, "answers": mine}
    if not mine:
        return False
    try:
        front.do(GiveFacts(**on) if shown.effect == LISTED else Change(**on, effect=shown.effect), desk)
    except Refused:  # noted where it was refused
        return False
    return True


def _again(
    front: Front, since: list[str], told: Mapping[str, Answer], at: float, person: str
) -> dict[str, Any] | None:
    """How those stand now, and what was said since they were shown; None where nothing is left to confirm."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        cases = _named(front, session, since, person, desk)
        effects = dict[str, str]()
        for id, case in cases.items():
            with suppress(Refused):
                if _missing(case, told, desk):
                    effects[id] = _effect(case, told, person, desk)
        if not effects:
            return None
        news = {
            id: [fact.question for fact in cases[id].facts.values() if fact.at.timestamp() >= at]
            for id in effects
        }
        scene = make_scene(front, session, cases[next(iter(effects))], desk, person, counted=False)
        carried = _carried(told, effects, cases, desk)
        return screens.facts_shown_view(scene, effects, cases, carried, news)


def _named(front: Front, session: Session, ids: list[str], person: str, desk: Desk) -> dict[str, Case]:
    reader = front.reader(person, desk)
    found = {id: load(session, id) for id in ids[:USES] if id and may_see(session, reader, id)}
    return {id: case for id, case in found.items() if case is not None and keeper(case) == person}


def _missing(case: Case, told: Mapping[str, Answer], desk: Desk) -> dict[str, Answer]:
    wanted = {gap.question for gap in asked_for(case, desk)}
    return {question: answer for question, answer in told.items() if question in wanted}


def _effect(case: Case, told: Mapping[str, Answer], person: str, desk: Desk) -> str:
    if case.status is Status.disclosed:
        return LISTED
    return foreseen(case, _missing(case, told, desk), person, desk)[1].effect.value


def _carried(
    told: Mapping[str, Answer], effects: Mapping[str, str], cases: Mapping[str, Case], desk: Desk
) -> str:
    plain = {question: answer.model_dump(mode="json") for question, answer in told.items()}
    uses = {id: Shown(effect, cases[id].version) for id, effect in effects.items()}
    return json.dumps([plain, uses, desk.now.timestamp()], ensure_ascii=False, separators=(",", ":"))


def _read(text: str) -> tuple[dict[str, Answer], dict[str, Shown], float]:
    """What is not ours is refused in words."""
    try:
        plain, uses, at = json.loads(text)
        answers = {str(question): Answer.model_validate(said) for question, said in plain.items()}
        return (
            answers,
            {str(id): Shown(str(how), int(version)) for id, (how, version) in uses.items()},
            float(at),
        )
    except (ValueError, AttributeError, TypeError) as damaged:
        raise Refused("unknown_button") from damaged


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.GIVE_FACTS: press}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.FACTS: given,
    View.FACTS_SHOWN: confirmed,
}
