"""Objectives at the desk: chosen from a list, and measured with what the register says before anybody says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot import objectives as told
from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.front import Front
from bot.slack.ids import Action, Press, to_value
from bot.slack.screens.entryform import Stating
from bot.words import Words
from store import aims, objectives
from triage.aims.check import is_day
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Act, Kind
from triage.aims.objectives import (
    AS_OF,
    FIGURES,
    MEASURED,
    OBJECTIVE,
    Counted,
    figures,
    held,
    known,
    measure_of,
    measures,
    proposed,
)
from triage.desk import Desk

CHOSEN = "list:"
"""Before what was chosen, in the place of an entry."""
FIRST = 100
"""Buttons of the list are numbered from here."""


def begun(kind: Kind, choice: str) -> Mapping[str, Said]:
    """What stands in the window of one that was chosen from the list."""
    found = proposed(choice.removeprefix(CHOSEN)) if choice.startswith(CHOSEN) else None
    return found.said() if found is not None and kind.id == OBJECTIVE else {}


def to_choose(words: Words, kind: Kind, entries: Sequence[Entry]) -> list[b.Block]:
    """Those of the list that nobody stated yet, each with what it is measured by."""
    if kind.id != OBJECTIVE:
        return []
    titles = {each.title for each in entries}
    counted = {measure_of(each) for each in entries}
    left = [
        each for each in known().library if each.title not in titles and (each.counts or None) not in counted
    ]
    rows = []
    for number, each in enumerate(left, FIRST):
        key = "objective.row_counted" if each.counts else "objective.row"
        text = words.line(key, title=each.title, measure=each.measure, points=", ".join(each.points))
        label = words.label("objective.choose")
        spoken = words.label("spoken.act", act=label, what=each.title)
        press = to_value(Press(case=OBJECTIVE, choice=f"{CHOSEN}{each.id}"))
        rows.append(b.section(text, b.button(Action.STATE_ENTRY, label, press, number=number, spoken=spoken)))
    return [b.divider(), b.section(words.line("objective.list")), *rows] if rows else []


def measuring(
    front: Front, entry: Entry, act: Act, desk: Desk, filled: Mapping[str, Said], note: Mrkdwn
) -> tuple[Act, Mapping[str, Said], Mrkdwn]:
    """The window in which one is measured: without what is counted and never typed, with what is proposed of the last
    day that is over, and on what it rests. Of other acts as they are."""
    if (entry.kind, act.id) != (OBJECTIVE, MEASURED):
        return act, filled, note
    left = FIGURES if measure_of(entry) else (*FIGURES, AS_OF)
    act = act.model_copy(update={"fields": tuple(each for each in act.fields if each.id not in left)})
    proposed, rests = _proposal(front, entry, desk)
    return act, {**filled, **proposed}, Mrkdwn("\n".join(filter(None, (note, rests, _went(front, entry)))))


def _proposal(front: Front, entry: Entry, desk: Desk) -> tuple[dict[str, Said], Mrkdwn]:
    words, day = front.words, desk.day - timedelta(days=1)
    found = _counted(front, entry, day, desk)
    if found is None:
        return {}, Mrkdwn("")
    value, about = told.said(words, found), {"day": words.day(day), "rests": measures()[found.measure].rests}
    key = "objective.counted" if found.whole else "objective.counted_none"
    said: dict[str, Said] = {"value": value} if found.whole else {}
    return {AS_OF: day.isoformat(), **said}, words.line(key, said=value, **about)


def _went(front: Front, entry: Entry) -> Mrkdwn:
    went = told.moved(front.words, held(entry))
    return front.words.line("objective.told", said=went) if went else Mrkdwn("")


def completed(front: Front, stating: Stating, given: dict[str, Said], desk: Desk) -> dict[str, Said]:
    """With what the register says of the day that was named."""
    day = str(given.get(AS_OF) or "")
    if (stating.kind, stating.act) != (OBJECTIVE, MEASURED) or not is_day(day) or day >= desk.day.isoformat():
        return given
    with front.office.store.read() as session:
        entry = aims.load(session, stating.entry)
    found = _counted(front, entry, date.fromisoformat(day), desk) if entry is not None else None
    return {**given, **(figures(found) if found is not None else {})}


def note(front: Front, entry: Entry) -> str:
    """How it went, above the whole of it."""
    if entry.kind != OBJECTIVE or entry.in_force is None:
        return ""
    return _went(front, entry)


def _counted(front: Front, entry: Entry, day: date, desk: Desk) -> Counted | None:
    measure = measure_of(entry)
    if not measure:
        return None
    with front.office.store.read() as session:
        return objectives.counted_on(session, measure, day, desk.organisation.zone)
