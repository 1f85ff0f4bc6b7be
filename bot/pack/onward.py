"""A use under way, for its page: what is open of it, its tasks, who does which part, readings and incidents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot import scoping, supplying
from bot.pack.gaps import Gap, is_there
from bot.pack.gapwords import means, what_of
from bot.pack.sections import Cell
from bot.pack.using import Named, moment, who
from bot.words import Words
from bot.written import Written
from store.suppliers import Held
from triage.aims.scoped import Mark
from triage.case import Case
from triage.conditions import stopped_by
from triage.parts import PARTS, chosen
from triage.tasks import tasks_of
from triage.whereabouts import stage_of

Row = Iterable[str | Cell]


def parts(
    case: Case, written: Written, gaps: Sequence[Gap], incidents: Sequence[Cell], words: Words, people: Named
) -> Mapping[str, list[Row]]:
    """Rows by the section they belong to; a section without any is left out."""
    return {
        "open": [(means(words, gap.kind), what_of(words, gap), gap.since) for gap in gaps],
        "tasks": list(_tasks(case, words, people)),
        "parts": [
            (part, who(people, held.person), held.at.date().isoformat())
            for part in PARTS
            if (held := chosen(case, part)) is not None
        ],
        "readings": [
            (moment(each["at"]), str(each["name"]), _value(each), who(people, each["by"]))
            for each in written.readings
        ],
        "incidents": [(each,) for each in incidents],
    }


def standing(case: Case, words: Words) -> Iterator[tuple[str, str]]:
    """Where it is, and what stopped it."""
    yield words.label("pack.use.stage"), stage_of(case).value.replace("_", " ")
    stopped = [one.text for one in stopped_by(case)] if not case.in_use else []
    if stopped:
        yield words.label("pack.use.stopped"), "; ".join(stopped)


def supplier(held: Held | None, words: Words) -> Iterator[tuple[str, str]]:
    """Where something is stated of whose tool it is."""
    if told := supplying.held(words, held):
        yield words.label("pack.use.supplier"), told


def scoped(found: Mark | None, words: Words) -> Iterator[tuple[str, str]]:
    """Where a scope counts."""
    if told := scoping.line(words, found):
        yield words.label("pack.use.scope"), told


def _tasks(case: Case, words: Words, people: Named) -> Iterator[Row]:
    for task in tasks_of(case):
        there = is_there(case, task)
        step = task.done if there else None
        by, on = (who(people, step.by), step.at.date().isoformat()) if step else ("", "")
        shown = " ".join(filter(None, (step.words, step.link))) if step else ""
        state = words.label(f"pack.use.task.{'there' if there else 'open'}")
        due = task.due.isoformat() if task.due else ""
        yield (task.task.replace("_", " "), task.before.replace("_", " "), due, state, by, on, shown)


def _value(reading: Mapping[str, object]) -> str:
    value = str(reading["value"] or reading["reason"] or "")
    return f"{value} ({reading['side']} {reading['limit']} {reading['unit']})".replace("  ", " ")
