"""What must exist before an approved use moves on, gate by gate, in the words of the policies that ask for it."""

from __future__ import annotations

from bot.slack.scene import Scene
from bot.slack.screens.onward import sentence, stated
from triage.gatefile import BEFORE
from triage.gates import needs_for
from triage.stages import Stage
from triage.tasks import tasks_of
from triage.whereabouts import stage_of


def needed(scene: Scene) -> list[tuple[str, list[str]]]:
    """By the stage before which it is needed, with how it stands where it was called for already.

    Nothing where no yes stands, since nothing may run then; what ends a use is to be done all the same.
    """
    case, desk = scene.case, scene.desk
    if not case.in_use and stage_of(case) is not Stage.retiring:
        return []
    called = {task.task for task in tasks_of(case)}
    needs = needs_for(desk.form, desk.book, case.answers, desk.settings(case))
    found = dict(stated(scene))
    for each in needs:
        if each.task not in called:
            found.setdefault(each.before, []).append(sentence(scene, each.task))
    return [(gate, found[gate]) for gate in BEFORE if found.get(gate)]
