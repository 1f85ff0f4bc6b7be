"""How severe an incident is, at least and at most, and which rules say so; what is not known lowers nothing."""

from __future__ import annotations

from collections.abc import Mapping

from intake.condition import View
from intake.value import Value
from triage.case import Case
from triage.incidents.asked import view
from triage.incidents.incident import Incident
from triage.incidents.rulebook import Book, Class, book


class Severity(Value):
    """`because`: rules that surely hold and set the floor or move it; `open`: questions that could still move it."""

    floor: str
    ceiling: str
    because: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def settled(self) -> bool:
        return self.floor == self.ceiling


class Legal(Value):
    """`value`: yes, no or possible; `by` is empty where rules say so, and no person."""

    id: str
    value: str
    role: str
    by: str = ""


def stated(incident: Incident, case: Case | None) -> dict[str, tuple[str, ...]]:
    """What is known beside the answers: the kind, and the legal class of the use where its bounds meet."""
    known: dict[str, tuple[str, ...]] = {"kind": (incident.now.kind.value,)}
    if case is not None and case.verdict is not None:
        eu = case.verdict.results["eu"]
        known |= {"eu": (str(eu.floor),)} if eu.floor == eu.ceiling else {}
    return known


def severity_of(incident: Incident, rules: Book | None = None) -> Severity:
    rules = rules or book()
    sight = view(incident.now.answers, stated(incident, None))
    truths = {rule.id: rule.when.truth(sight) for rule in rules.rules}
    sure = [rule for rule in rules.rules if truths[rule.id] is True]
    floor = max((rules.levels.index(rule.level) for rule in sure), default=0)
    ceiling = max(
        (rules.levels.index(rule.level) for rule in rules.rules if truths[rule.id] is not False), default=0
    )
    because = [rule.id for rule in sure if rules.levels.index(rule.level) == floor]
    floor, ceiling, moved = _moved(rules, sight, floor, ceiling)
    names = rules.levels
    return Severity(
        floor=names[floor], ceiling=names[ceiling], because=(*because, *moved), open=_open(rules, sight)
    )


def _moved(rules: Book, sight: View, floor: int, ceiling: int) -> tuple[int, int, tuple[str, ...]]:
    """Up where it holds, and for the ceiling already where it may; down only where it surely holds."""
    last = len(rules.levels) - 1
    moved: list[str] = []
    for rule in rules.raising:
        if rule.when.truth(sight) is True:
            floor, moved = min(floor + 1, last), [*moved, rule.id]
        if rule.when.truth(sight) is not False:
            ceiling = min(ceiling + 1, last)
    for rule in rules.lowering:
        if rule.when.truth(sight) is True:
            floor, ceiling, moved = max(floor - 1, 0), max(ceiling - 1, 0), [*moved, rule.id]
    return floor, ceiling, tuple(moved)


def _open(rules: Book, sight: View) -> tuple[str, ...]:
    every = (*rules.rules, *rules.raising)
    return tuple(dict.fromkeys(q for rule in every for q in sorted(rule.when.open_questions(sight))))


def legal(incident: Incident, which: str) -> Legal:
    """Possible until it was decided, unless what was answered excludes it."""
    (asked,) = (each for each in book().classes if each.id == which)
    decided = incident.now.classified.get(which)
    if decided is not None:
        return Legal(id=which, value=decided.value, role=asked.role, by=decided.by)
    return Legal(id=which, value="possible" if _may_be(incident, asked) else "no", role=asked.role)


def _may_be(incident: Incident, asked: Class) -> bool:
    return asked.when.truth(view(incident.now.answers, stated(incident, None))) is not False


def known(incident: Incident, case: Case | None) -> Mapping[str, tuple[str, ...]]:
    """For the clocks: what is possible is left open, so that a clock runs until somebody says that it does not."""
    found = stated(incident, case)
    for each in book().classes:
        value = legal(incident, each.id).value
        found |= {each.id: (value,)} if value != "possible" else {}
    return found
