"""Questionnaires of ours about uses, with who wrote in them and whether somebody else looked at them since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from sqlmodel import Session

from store import sheets, suppliers
from store.entries import load as load_entry
from store.records import load as load_case
from store.tables import UseRow
from triage.aims.assessed import KIND, Beside, Shown, Standing, beside_of, name_of, shown, standing
from triage.aims.entry import Entry
from triage.aims.suppliers import NAME as SUPPLIER
from triage.case import Case
from triage.commands import Approve, Command
from triage.desk import Desk
from triage.guide import Guide, is_due, is_whole, who_says
from triage.onward import DoTask, MoveOn
from triage.questionnaire import Questionnaire, Sheet
from triage.schemes import GUIDED, TASKED, questionnaire
from triage.underlying import Underlying


class Assessment(NamedTuple):
    """`entry`: what was said of it last by who looked at it."""

    questionnaire: Questionnaire
    sheet: Sheet
    shown: Shown
    entry: Entry | None
    standing: Standing


def beside(session: Session, name: str) -> Beside:
    case_id, _, form = name.partition(":")
    case = load_case(session, case_id) if form in GUIDED else None
    if case is None:
        return Beside()
    sheet = sheets.load(session, case_id, form)
    if sheet.version == 0:
        return Beside()
    return beside_of(case, sheet, questionnaire(form), writers(session, case_id, form))


def writers(session: Session, case: str, form: str) -> frozenset[str]:
    """Whoever ever answered anything, whether it still stands or not."""
    past = sheets.past_of(session, sheets.id_of(case, form))
    return frozenset(fact.by for fact, _ in past if fact.by)


def before_a_yes(session: Session, command: Command, case: Case | None, desk: Desk) -> Desk:
    """The desk with how the assessments stand that are switched on, read within the transaction of what needs them:
    all of them for a yes, those by which a task is done for that task and for the next stage."""
    if case is None or not desk.assessing or not isinstance(command, Approve | DoTask | MoveOn):
        return desk
    names = desk.assessing if isinstance(command, Approve) else (n for n in desk.assessing if n in TASKED)
    return replace(desk, underlying=tuple(_underlying(session, case, name, desk) for name in names))


def _underlying(session: Session, case: Case, name: str, desk: Desk) -> Underlying:
    if name == SUPPLIER:
        return suppliers.underlying(session, case, desk.day)
    found = of_case(session, case, name)
    scheme = found.questionnaire.scheme
    due = isinstance(scheme, Guide) and is_due(scheme, case.verdict)
    digest = f"{found.shown.version} {found.shown.answers}" if found.sheet.version else ""
    task = scheme.task if isinstance(scheme, Guide) else ""
    about = {"name": name, "title": scheme.title, "standing": found.standing, "task": task}
    whole = is_whole(found.sheet.finding)
    form = found.questionnaire.form
    roles = who_says(form, scheme, found.sheet.answers) if isinstance(scheme, Guide) else ()
    return Underlying.model_validate({**about, "due": due, "digest": digest, "whole": whole, "roles": roles})


def of_case(session: Session, case: Case, name: str) -> Assessment:
    asked = questionnaire(name)
    sheet = sheets.load(session, case.id, asked.form.id)
    entry = load_entry(session, f"{KIND}:{name_of(case.id, asked.form.id)}")
    now = shown(case, sheet, asked.form)
    return Assessment(asked, sheet, now, entry, standing(entry, now))


def veiled(session: Session, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Without what was said of confidential uses, which is for those who read them."""
    for entry in entries:
        use = session.get(UseRow, entry.name.partition(":")[0]) if entry.kind == KIND else None
        if use is None or not use.confidential:
            yield entry
