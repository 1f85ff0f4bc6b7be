"""What must exist before an approved use moves on, gate by gate, in the words of the policies that ask for it."""

from __future__ import annotations

from bot.slack.scene import Scene
from triage.gatefile import BEFORE
from triage.gates import needs_for
from triage.sources import TASK, to_key


def needed(scene: Scene) -> list[tuple[str, list[str]]]:
    """By the stage before which it is needed; nothing where no yes stands, since nothing may run then."""
    case, desk = scene.case, scene.desk
    if not case.in_use:
        return []
    needs = needs_for(desk.form, desk.book, case.answers, desk.settings(case))
    found = {
        gate: [desk.book.sentence(to_key(TASK, each.task)) for each in needs if each.before == gate]
        for gate in BEFORE
    }
    return [(gate, tasks) for gate, tasks in found.items() if tasks]
