"""Whether a use could have moved on as its rows say: what its gates asked for was there, and said by whom it took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from store.kept import Kept
from store.legible import UNREADABLE, Cells
from triage.gatefile import BEFORE
from triage.parts import NAMED, PARTS
from triage.stages import Stage
from triage.tasks import GATES, PLANNED


def differences(name: str, use: Cells, kept: Kept) -> Iterator[str]:
    try:
        yield from (f"{name}: {what}" for what in _wrong(use, kept))
    except UNREADABLE:
        yield f"{name}: its stages and tasks cannot be read"


def _wrong(use: Cells, kept: Kept) -> Iterator[str]:
    moves = sorted(kept.stage_moves[use["id"]].values(), key=_when)
    steps = sorted(kept.task_steps[use["id"]].values(), key=_when)
    said = sorted(kept.appointments[use["id"]].values(), key=_when)
    if moves and use["stage"] != moves[-1]["stage"]:
        yield "its stage is not the last that it moved to"
    for number, move in enumerate(moves):
        if move["by"] is None:
            continue
        since = int(moves[number - 1]["version"]) if number else 0
        planned = any(int(plan["version"]) < int(move["version"]) for plan in kept.plans[use["id"]].values())
        for task in _missing(move, since, steps, said, planned=planned):
            yield f"the move {move['id']}: {task} was not there"
    named = {each["id"]: each for each in said if each["kind"] == "named"}
    for each in said:
        if each["kind"] in ("accepted", "refused") and not _answers(each, named.get(each["answers"])):
            yield f"the appointment {each['id']}: nobody had named whoever answers"


def _when(row: Cells) -> tuple[int, str]:
    return int(row["version"]), str(row["id"])


def _missing(
    move: Cells, since: int, steps: Iterable[Cells], said: Iterable[Cells], *, planned: bool
) -> Iterator[str]:
    """`since`: the version of the move before, from which on what ends a use counts; `planned`: by what it is watched
    was written before, which is what shows that there is a plan.
    """
    gates, until = GATES.get(Stage(move["stage"]), ()), int(move["version"])
    then = [step for step in steps if int(step["version"]) < until]
    calls: dict[str, str] = {}
    for step in then:
        if step["kind"] == "called":
            calls[step["task"]] = step["before"]
        elif step["kind"] == "dropped":
            calls.pop(step["task"], None)
    held = {each["part"] for each in said if each["kind"] == "accepted" and int(each["version"]) < until}
    for task, before in calls.items():
        first = since if before == BEFORE[2] else 0
        done = any(s["kind"] == "done" and s["task"] == task and int(s["version"]) > first for s in then)
        done = done or (planned and task == PLANNED)
        if before in gates and not (task in held if task in PARTS else done):
            yield str(task)


def _answers(answer: Cells, naming: Cells | None) -> bool:
    if naming is None or answer["by"] != answer["person_id"]:
        return False
    return (naming["part"], naming["person_id"]) == (answer["part"], answer["person_id"])


def readers(told: Mapping[str, Cells]) -> set[str]:
    """Who was named to do a part and has not said no, or holds it: they read what they are asked about."""
    waits, holds = dict[str, Cells](), dict[str, Cells]()
    for each in sorted(({"id": id, **said} for id, said in told.items()), key=_when):
        part, kind = each["part"], each["kind"]
        if part not in NAMED or kind == "stopped":
            continue
        waits.pop(part, None)
        if kind == "named":
            waits[part] = each
        elif kind == "accepted":
            holds[part] = each
        elif holds.get(part, {}).get("answers") == each["answers"]:
            holds.pop(part)
    return {each["person_id"] for of in (waits, holds) for each in of.values()}
