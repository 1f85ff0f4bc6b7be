"""What would lower the risk: the smallest changes, as plans in the words of the form."""

from __future__ import annotations

from collections.abc import Iterator

from bot.markup import Mrkdwn
from bot.slack.scene import Scene
from bot.slack.screens.answers import label, name
from triage.organisation import complete
from triage.verdict import Verdict
from triage.way_down import Way, ways_down

SHOWN, TOGETHER = 3, 2
"""So many plans, each of so many changes at most: more reads like a riddle."""


def lowering(scene: Scene, verdict: Verdict) -> Iterator[Mrkdwn]:
    """Nothing where nothing small would do."""
    found = ways_down(
        scene.desk.form, scene.desk.book, scene.case.answers, complete(verdict.stated), most_changes=TOGETHER
    )
    if shown := _different(found):
        ways = [(scene.words.line(f"tier.{way.level}"), _changes(scene, way)) for way in shown]
        yield scene.words.page("lowering", ways=ways)["list"]


def _different(found: tuple[Way, ...]) -> list[Way]:
    """One plan for each set of things to change: the first is the smallest of its kind."""
    by_questions: dict[frozenset[str], Way] = {}
    for way in found:
        by_questions.setdefault(frozenset(way.changes), way)
    return list(by_questions.values())[:SHOWN]


def _changes(scene: Scene, way: Way) -> list[tuple[str, str]]:
    return [
        (name(scene, question), ", ".join(label(scene, question, choice) for choice in answer.picked))
        for question, answer in way.changes.items()
    ]
