"""One use as a row of a public register: what the register knows, where it comes from, and what nobody has said."""

from __future__ import annotations

from typing import NamedTuple

from bot.inventory.mapping import Map
from bot.registers.shape import Field, Shape, Source
from bot.words import Words
from intake.answers import State
from intake.catalogue import Catalogue
from intake.form import Form, Kind
from intake.texts import Wording
from triage.case import Case, Status
from triage.conditions import conditions_of
from triage.stages import Stage
from triage.whereabouts import stage_named

IN_OPERATION = frozenset({"pilot", "in_use"})
OUT = frozenset({Status.draft, Status.withdrawn, Status.declined})
"""Of these no row is made, whatever is asked for."""
PUBLIC_FACING = frozenset(
    {"customers", "students", "patients", "minors", "benefit_claimants", "public", "vulnerable"}
)


class Known(NamedTuple):
    """What a row is read with. `maps`: how inventories were taken in, by name."""

    words: Words
    form: Form
    wording: Wording
    catalogue: Catalogue
    maps: dict[str, Map]


class Cell(NamedTuple):
    """`source`: where the value comes from, in words; `needed`: whether the register asks for it in this row."""

    field: Field
    value: str
    source: str
    needed: bool

    @property
    def missing(self) -> bool:
        return self.needed and not self.value


def is_meant(case: Case, only: str) -> bool:
    """Whether a public register is for it: in operation, for all to know, and of the kind that was asked for."""
    if not may_stand(case) or (only != "every-stage" and stage_named(case) not in IN_OPERATION):
        return False
    if only == "public-facing":
        picked = _picked(case, "people")
        return bool(PUBLIC_FACING & picked) or "talks_to_people" in _picked(case, "output_use")
    if only == "rights-impacting":
        verdict = case.verdict
        high = verdict is not None and str(verdict.results["eu"].ceiling) in ("high", "prohibited")
        return high or "decides_people" in _picked(case, "output_use")
    return True


def may_stand(case: Case) -> bool:
    """Whether a row may be made of it at all."""
    return not case.confidential and case.status not in OUT


def row(case: Case, shape: Shape, known: Known) -> tuple[Cell, ...]:
    found = {field.name: _first(field, case, known) for field in shape.fields}
    values = {name: value for name, (value, _) in found.items()}
    cells = []
    for field in shape.fields:
        value, source = found[field.name]
        needed = field.needed and all(
            bool(set(values[when.field].split("; ")) & set(when.says)) for when in field.when
        )
        cells.append(Cell(field, value, source, needed))
    return tuple(cells)


def _first(field: Field, case: Case, known: Known) -> tuple[str, str]:
    for source in field.sources:
        if value := _value(source, case, known).strip():
            return value, _told(source, known)
    return "", ""


def _told(source: Source, known: Known) -> str:
    say = known.words.label
    if source.kind == "fact":
        return say("registers.from.fact", question=known.wording.short(source.name))
    if source.kind in ("record", "level"):
        return say(f"registers.from.{source.kind}", what=say(f"registers.part.{source.name}"))
    if source.kind == "task":
        return say("registers.from.task", what=source.name.replace("_", " "))
    return say(f"registers.from.{source.kind}", what=source.name)


def _value(source: Source, case: Case, known: Known) -> str:
    if source.kind == "fact":
        return _fact(source, case, known)
    if source.kind == "level":
        return _level(source, case)
    if source.kind == "task":
        return _task(source, case)
    if source.kind == "always":
        return source.name
    text = {"record": _record, "stage": _stage, "kept": _kept}[source.kind](source, case, known)
    return source.values.get(text, "") if source.values else text


def _fact(source: Source, case: Case, known: Known) -> str:
    """What is not sure says nothing, but for ticks that are certain while others are open."""
    fact, asked = case.facts.get(source.name), known.form.by_id[source.name]
    if fact is None or fact.answer.state not in (State.answered, State.unsure):
        return ""
    sure = fact.answer.state is State.answered
    if not sure and asked.kind is not Kind.many:
        return ""
    picked = fact.answer.picked
    if source.any:
        return source.then if set(source.any) & set(picked) else source.otherwise if sure and picked else ""
    if source.values:
        said = [source.values[each] for each in picked if each in source.values]
        return "; ".join(dict.fromkeys(said))
    choices = asked.choice_ids
    return "; ".join(known.wording.label(asked.id, each) if each in choices else each for each in picked)


def _level(source: Source, case: Case) -> str:
    """Only where it is settled."""
    if case.verdict is None:
        return ""
    bounds = case.verdict.tier if source.name == "tier" else case.verdict.results[source.name]
    return source.values.get(str(bounds.floor), "") if bounds.settled else ""


def _task(source: Source, case: Case) -> str:
    """How far something that had to be done first is, in the words of `values`: called, done.

    Called for is not begun: no value of a register says that it is under way.
    """
    steps = [step for step in case.task_steps if step.task == source.name]
    return source.values.get(steps[-1].kind, "") if steps else ""


def _stage(source: Source, case: Case, known: Known) -> str:
    """Where it is; what has no yes that day, or is suspended, operates nowhere, whatever it once moved to."""
    named = stage_named(case)
    return "" if named in IN_OPERATION and not _may_operate(case) else named


def _may_operate(case: Case) -> bool:
    """What was taken in from an inventory, or is reported as running, was in operation before anybody was asked."""
    return case.in_use or (case.decision is None and not case.stage_moves)


def _record(source: Source, case: Case, known: Known) -> str:
    began = next((m.at for m in case.stage_moves if m.to in (Stage.pilot, Stage.in_use)), None)
    ended = next((m.at for m in case.stage_moves if m.to is Stage.retired), None)
    parted = (
        len(known.maps[case.source_map].unit) > 1 if case.source_map in known.maps else " / " in case.unit
    )
    first, _, last = case.unit.partition(" / ")
    tool = known.catalogue.get(case.tool_id or "")
    done = [step for step in case.task_steps if step.kind == "done"]
    return {
        "ref": case.source_id or case.ref or "",
        "title": case.title,
        "unit": case.unit,
        "unit_first": first if parted else "",
        "unit_last": last if parted else first,
        "tool": case.tool_name,
        "vendor": tool.vendor if tool else "",
        "began": f"{began:%Y-%m-%d}" if began else "",
        "began_month": f"{began:%Y-%m}" if began else "",
        "ended": f"{ended:%Y-%m-%d}" if ended else "",
        "ended_month": f"{ended:%Y-%m}" if ended else "",
        "conditions": "; ".join(each.text for each in conditions_of(case)) if case.in_use else "",
        "tasks": "; ".join(dict.fromkeys(step.task.replace("_", " ") for step in done)),
    }[source.name]


def _kept(source: Source, case: Case, known: Known) -> str:
    """A cell of the inventory that it came from; each stands in its words behind its label, on one line."""
    plan = known.maps.get(case.source_map or "")
    if plan is None or source.name not in plan.keep.values():
        return ""
    begun = f"{source.name}: "
    found = [line.removeprefix(begun) for line in case.words.splitlines() if line.startswith(begun)]
    return found[-1] if found else ""


def _picked(case: Case, question: str) -> frozenset[str]:
    fact = case.facts.get(question)
    return frozenset(fact.answer.picked) if fact else frozenset()
