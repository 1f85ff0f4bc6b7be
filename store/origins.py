"""What suggests a risk, kept under a key as the clock worked it out; nothing of what is confidential is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlmodel import Session, col, func, select

from store import aims, incidents, sheets
from store.aims_shown import hidden_refs
from store.records import load as load_case
from store.tables import AnswerSetRow, DoneRow, FactRow, UseRow
from triage.aims.entry import Entry
from triage.aims.origins import ASIDE, RISK, Arisen, Matter, arisen, origins, still_open
from triage.incidents.incident import OVER, Incident, Status
from triage.incidents.severity import severity_of
from triage.lifecycle import NOT_IN_USE

KEY = "risks arisen"
FORM = "ai-impact"


def worked_out(session: Session) -> tuple[Arisen, ...]:
    """All of it, weighed or not; it reads the whole register."""
    return tuple(arisen(_matters(session)))


def keep(session: Session, found: Iterable[Arisen], now: datetime) -> None:
    """Late or twice, it is the same."""
    row = session.get(DoneRow, KEY) or DoneRow(key=KEY, at=now)
    row.at = now
    row.outcome = {"arisen": [each.model_dump(mode="json") for each in found]}
    session.add(row)


def waiting(session: Session) -> tuple[Arisen, ...]:
    """What nobody weighed or set aside by now, without what became confidential since."""
    row = session.get(DoneRow, KEY)
    kept = row.outcome.get("arisen", []) if row is not None else []
    found = [Arisen.model_validate(each, strict=False) for each in kept]
    return open_of(session, [each for each in found if each.origin in origins()])


def open_of(session: Session, found: Iterable[Arisen]) -> tuple[Arisen, ...]:
    some = tuple(found)
    if not some:
        return ()
    hidden = hidden_refs(session, {ref for each in some for ref in (each.ref, *each.uses)})
    seen = [each for each in some if hidden.isdisjoint((each.ref, *each.uses))]
    weighed = aims.of_kind(session, RISK, "in_force", "proposed")
    return still_open(seen, weighed, aims.of_kind(session, ASIDE, "in_force"))


def _matters(session: Session) -> Iterator[Matter]:
    for incident in incidents.every_one(session):
        if not incident.confidential and (found := _of_incident(session, incident)) is not None:
            yield found
    for kind, names in (("nonconformity", ("weight", "source")), ("supplier", ("fit", "trains"))):
        for entry in aims.of_kind(session, kind, "in_force"):
            yield _of_entry(entry, names)
    yield from _assessed(session)


def _of_incident(session: Session, incident: Incident) -> Matter | None:
    now = incident.now
    case = load_case(session, now.use) if now.use else None
    if now.status is Status.rejected or (case is not None and case.confidential):
        return None
    said = {
        "kind": (now.kind.value,),
        "severity": (severity_of(incident).floor,),
        "known": ("yes",) if now.caused or now.status in OVER else (),
    }
    uses = (case.ref,) if case is not None and case.ref else ()
    return Matter(of="incident", about=incident.id, ref=incident.ref, said=said, uses=uses)


def _of_entry(entry: Entry, names: Iterable[str]) -> Matter:
    said = {name: (str(entry.in_force.said.get(name, "")),) for name in names} if entry.in_force else {}
    tool = str(entry.said("title") or "") if entry.kind == "supplier" else ""
    return Matter.model_validate(
        {"of": entry.kind, "about": entry.id, "ref": entry.ref, "said": said, "tool": tool}
    )


def _assessed(session: Session) -> Iterator[Matter]:
    """What was chosen last, of all of them in one question."""
    asked = {name for each in origins().values() if each.of == "assessment" for name in each.when}
    case = func.replace(AnswerSetRow.subject_id, sheets.id_of("", FORM), "")
    query = (
        select(UseRow.id, UseRow.ref, FactRow.question, FactRow.value)
        .join(AnswerSetRow, col(UseRow.id) == case)
        .join(FactRow, col(FactRow.answer_set_id) == col(AnswerSetRow.id))
        .where(
            AnswerSetRow.subject_kind == sheets.SHEET,
            AnswerSetRow.form == FORM,
            col(FactRow.question).in_(asked),
            col(UseRow.ref).is_not(None),
            ~col(UseRow.confidential),
            col(UseRow.state).not_in(NOT_IN_USE),
        )
        .order_by(col(UseRow.id), col(FactRow.id))
    )
    for (id, ref), facts in groupby(session.exec(query), key=itemgetter(0, 1)):
        said = {question: tuple(value or ()) for _, _, question, value in facts}
        yield Matter(of="assessment", about=id, ref=ref, said=said, uses=(ref,))
