"""What an approval asked for that does not count any more, before the eyes of whoever says yes again."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from bot.slack import blocks as b
from bot.slack.scene import Scene
from bot.slack.screens.conditions import stated
from triage.case import Case
from triage.lifecycle import WAITING
from triage.running import APPROVALS
from triage.steps import Term
from triage.terms import pairs


def former_conditions(scene: Scene) -> tuple[str, ...]:
    """Of a use that waits again although it was approved on conditions."""
    made = scene.case.decision
    again = made is not None and made.kind in APPROVALS and scene.case.status in WAITING
    return made.conditions if made and again else ()


def bound_before(scene: Scene, usual: Container[str]) -> list[tuple[str, Term]]:
    """Those of its own that were bound to something, without a day that is over; not those of the library."""
    made = scene.case.decision
    if made is None or not former_conditions(scene):
        return []
    found = [(text, term) for text, term in pairs(made) if text not in usual and term != Term()]
    return [(text, _still(term, scene.desk.day)) for text, term in found]


def _still(term: Term, today: date) -> Term:
    return term if term.due is None or term.due > today else term.model_copy(update={"due": None})


def former_of_each(scene: Scene, cases: Sequence[Case]) -> list[b.Block]:
    """The same of several that are decided at once, in short."""
    scenes = [scene.but(case=case) for case in cases]
    found = [(each.case.ref or "", stated(each)) for each in scenes if former_conditions(each)]
    return b.sections(scene.words.page("former", cases=found)["joint"]) if found else []


def former_row(scene: Scene, *, kept: bool) -> list[b.Block]:
    """With how each stands. `kept`: they stand in the fields again, so that none is dropped unseen."""
    if not former_conditions(scene):
        return []
    return b.sections(scene.words.page("former", conditions=stated(scene), kept=kept)["line"])
