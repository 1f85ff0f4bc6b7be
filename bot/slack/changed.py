"""Something changed about an approved use: asked in a window, shown with what follows, and only then recorded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.slack import screens, verbs, windows
from bot.slack.abouts import About, from_about, to_about
from bot.slack.colleagues import strangers
from bot.slack.front import Front
from bot.slack.payloads import Press, Submission, Who
from bot.slack.reading import to_answers
from bot.slack.scenes import make_scene
from intake.answers import NOT_ASKED, Answer
from store import queries
from store.records import load
from triage.afterwards import Change
from triage.case import Case
from triage.changing import check_may_change, foreseen
from triage.outcome import Refused
from triage.review import check_seen

Reply = dict[str, Any]
LONGEST = 2900
"""Characters that a window carries from one step to the next; Slack takes 3,000."""


def press(front: Front, pressed: Press, person: str, *, only: str = "") -> None:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_change(case, person)
        drawn = screens.change_view(make_scene(front, session, case, desk, person), _about(case), only=only)
    windows.open_window(front, pressed, person, drawn)


def press_owner(front: Front, pressed: Press, person: str) -> None:
    """The same, asked for one thing alone: who answers for it from now on."""
    press(front, pressed, person, only="owner")


def open_by_ref(front: Front, person: str, ref: str, trigger: str) -> None:
    if not ref.strip():
        raise Refused("which_to_change")
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        reader, found = front.reader(person, desk), verbs.references(ref, desk.day.year)
        entry = next((e for each in found if (e := queries.entry(session, reader, each))), None)
        case = load(session, entry.id) if entry else None
        if case is None:
            raise Refused("unknown_ref", ref=verbs.bare(ref)[:40])
        check_may_change(case, person)
        drawn = screens.change_view(make_scene(front, session, case, desk, person), _about(case))
    windows.open_by(front, trigger, drawn)


def asked(front: Front, submission: Submission, person: str) -> Reply:
    """The first step: what is different, and what would follow."""
    answers, problems = read_fields(front, submission)
    if problems:
        return {"response_action": "errors", "errors": problems}
    desk, about = front.desk(actor=person), from_about(submission.about)
    with front.office.store.read() as session:
        case = load(session, about.case)
        if case is None:
            raise Refused("unknown_case", case="")
        check_may_change(case, person)
        check_seen(case, about.version)
        try:
            outcome, cover = foreseen(case, answers, person, desk)
        except Refused as refusal:
            if refusal.key != "owner_signed":
                raise
            said = front.words.label("refusal.owner_signed")
            return {"response_action": "errors", "errors": {"owner": said}}
        told = {q: answers[q] for q in answers if outcome.case.answers.get(q) != case.answers.get(q)}
        carried = _carried(case, cover.effect.value, told)
        if len(carried) > LONGEST:
            longest = max(told, key=lambda q: len(told[q].text))
            return {"response_action": "errors", "errors": {longest: front.words.label("problem.too_much")}}
        scene = make_scene(front, session, outcome.case, desk, person)
        drawn = screens.changed_view(scene, case.answers, cover, carried)
    return {"response_action": "update", "view": drawn}


def confirmed(front: Front, submission: Submission, person: str) -> Reply:
    """The second step: recorded as it was shown."""
    case, version, effect, answers = _read_carried(submission.about)
    command = Change(
        actor=person, key=submission.key, case=case, version=version, answers=answers, effect=effect
    )
    front.do(command, front.desk(actor=person))
    text = front.words.line(f"changing.done.{effect}")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def read_fields(front: Front, submission: Submission) -> tuple[dict[str, Answer], dict[str, str]]:
    """Only fields that somebody touched: the others show what is known."""
    library = front.office.library

    def to_person(user: str) -> str:
        return front.person(Who(submission.who.team, user))

    answers, wrong = to_answers(library.form, submission.fields, library.catalogue, to_person)
    emptied = {id: NOT_ASKED for id in submission.fields if id in library.form.by_id}
    touched = {q: a for q, a in (emptied | answers).items() if q not in submission.left}
    told = {q: front.words.label(f"problem.{p.key}", **p.facts) for q, p in wrong.items()}
    unknown = strangers(front, submission, {q: a for q, a in touched.items() if q not in wrong})
    return touched, told | {q: front.words.label(f"refusal.{key}") for q, key in unknown.items()}


def _about(case: Case) -> str:
    return to_about(About(case.id, case.version))


def _carried(case: Case, effect: str, answers: Mapping[str, Answer]) -> str:
    plain = {q: a.model_dump(mode="json") for q, a in answers.items()}
    return f"{case.id}|{case.version}|{effect}|{json.dumps(plain, ensure_ascii=False, separators=(',', ':'))}"


def _read_carried(text: str) -> tuple[str, int, str, dict[str, Answer]]:
    """What is not ours is refused in words."""
    try:
        case, version, effect, plain = text.split("|", 3)
        answers = {q: Answer.model_validate(a) for q, a in json.loads(plain).items()}
        return case, int(version), effect, answers
    except (ValueError, AttributeError) as damaged:
        raise Refused("unknown_button") from damaged
