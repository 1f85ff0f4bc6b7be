"""What an approval asked for that does not count any more, before the eyes of whoever says yes again."""

from __future__ import annotations

from collections.abc import Sequence

from bot.slack import blocks as b
from bot.slack.scene import Scene
from bot.slack.screens.conditions import stated
from triage.case import Case
from triage.lifecycle import WAITING
from triage.running import APPROVALS


def former_conditions(scene: Scene) -> tuple[str, ...]:
    """Of a use that waits again although it was approved on conditions."""
    made = scene.case.decision
    again = made is not None and made.kind in APPROVALS and scene.case.status in WAITING
    return made.conditions if made and again else ()


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
