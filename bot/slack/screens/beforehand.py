"""What is still needed before a use moves on: who does it, said to whoever reads, and by when."""

from __future__ import annotations

from bot.markup import Mrkdwn
from bot.slack.scene import Voice
from triage.case import Case
from triage.desk import Desk
from triage.parts import OWNER, PARTS, asked
from triage.sources import TASK, to_key
from triage.stages import Stage
from triage.tasks import Task, left
from triage.whereabouts import stage_of

MOST = 3
"""So many are named within a sentence."""


def missing_words(case: Case, voice: Voice, desk: Desk, reader: str = "") -> tuple[tuple[str, str], ...]:
    """What is not there yet, each with its day; "" where it has none."""
    todo = left(case, desk)
    return tuple((_said(case, task, voice, desk, reader, len(todo)), _day(task, voice)) for task in todo)


def comes_first(case: Case, voice: Voice, desk: Desk, reader: str = "") -> list[Mrkdwn]:
    """The same within a sentence: a rule says how it has to be, which alone would read as if it were."""
    todo = left(case, desk)
    return [_within(case, task, voice, desk, reader, len(todo)) for task in todo]


def first_of_all(case: Case, voice: Voice, desk: Desk, reader: str = "") -> Mrkdwn:
    """The first few of it in one sentence."""
    found = comes_first(case, voice, desk, reader)
    said = Mrkdwn("; ".join(found[:MOST]))
    more = len(found) - MOST
    return voice.words.line("first.more", said=said, count=more) if more > 0 else said


def _said(case: Case, task: Task, voice: Voice, desk: Desk, reader: str, count: int) -> str:
    return _of_person(case, task, voice, reader, count) or desk.book.sentence(to_key(TASK, task.task))


def _within(case: Case, task: Task, voice: Voice, desk: Desk, reader: str, count: int) -> Mrkdwn:
    words = voice.words
    said = _of_person(case, task, voice, reader, count)
    if not said:
        said = words.line("first.missing", what=desk.book.sentence(to_key(TASK, task.task)))
    return words.line("first.due", what=said, day=_day(task, voice)) if task.due else said


def _of_person(case: Case, task: Task, voice: Voice, reader: str, count: int) -> Mrkdwn:
    """Nothing where nobody was asked to take it on. `count`: whether anything else is missing besides."""
    waits = asked(case, task.task) if task.task in PARTS else None
    if waits is None:
        return Mrkdwn("")
    kind, part = OWNER if task.task == OWNER else "part", voice.words.label(f"part.{task.task}")
    if reader and waits.person == reader:
        alone = kind == OWNER and count == 1 and stage_of(case) is Stage.idea
        return voice.words.line("first.you_alone" if alone else f"first.you_{kind}", part=part)
    return voice.words.line(f"first.{kind}", part=part, by=voice.mention(waits.person))


def _day(task: Task, voice: Voice) -> str:
    return voice.words.day(task.due) if task.due else ""
