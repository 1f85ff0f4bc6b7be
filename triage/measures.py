"""The usual measures, as data: offered by what is known of a use, where a plan is written. They decide nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from intake.condition import Condition, View
from intake.figures import is_figure
from intake.form import Form
from intake.forms import ai_use
from intake.grammar import SETTINGS, Vocabulary, parse_condition
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.plan import MEASURES, Side

FILE = Path(__file__).with_name("measures.yaml")
FIELDS = ("id", "when", "unit", "side", "limit")
STATED: Mapping[str, frozenset[str] | None] = {**SETTINGS, "flag": None}
"""What a condition may look at beside the answers: the flags of a result, too."""
UNITS = ("", "percent", "money")


class Usual(Value):
    """`unit`: by the name of its words."""

    id: str
    when: Condition
    unit: str
    side: Side
    limit: str


@cache
def usual() -> tuple[Usual, ...]:
    return load_usual(FILE, ai_use())


def load_usual(file: Path, form: Form) -> tuple[Usual, ...]:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(file, faults)
    found = [_usual(each, form, faults) for each in entry.items(faults)] if entry else []
    faults.stop_if_any()
    return tuple(each for each in found if each is not None)


def offered(case: Case, desk: Desk) -> tuple[Usual, ...]:
    """As many as a plan has room for; what is not known offers nothing."""
    stated = dict(desk.settings(case))
    if case.verdict is not None:
        stated |= {"flag": tuple(sorted({*case.verdict.flags, *case.verdict.flags_open}))}
        stated |= {"tier": (str(case.verdict.tier.ceiling),)}
    view = View(desk.form.gates, current(desk.form, case.answers), stated)
    asked = (each for each in usual() if each.when.questions() <= desk.form.by_id.keys())
    return tuple(each for each in asked if each.when.truth(view) is True)[:MEASURES]


def _usual(entry: Entry, form: Form, faults: Faults) -> Usual | None:
    fields = entry.fields(faults, FIELDS)
    if len(fields) < len(FIELDS):
        return None
    words = Vocabulary({question.id: question for question in form.questions()}, STATED, gates=form.gates)
    when = parse_condition(fields["when"], faults, words)
    said = {
        name: _word(fields[name], known, faults)
        for name, known in (("side", get_args(Side)), ("unit", UNITS))
    }
    limit = fields["limit"].text(faults)
    if not is_figure(limit):
        faults.add(fields["limit"], f"`{limit}` is no number as it is kept", 'Write it like "5" or "2.5".')
    if faults.found:
        return None
    return Usual.model_validate({"id": fields["id"].text(faults), "when": when, "limit": limit, **said})


def _word(entry: Entry, known: tuple[str, ...], faults: Faults) -> str:
    said = str(entry.value)
    if said not in known:
        faults.add(entry, f"`{said}` is none of the words here", did_you_mean(said, known))
    return said
