"""The one door through which a model's answer comes in: onto its own box, the trail, and messages that show it.

Nothing here saves a case or an incident, and nothing here can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from store import consults, outbox
from store.incident_owed import INCIDENT
from store.incidents import case_of
from store.incidents import load as load_incident
from store.owed import redraw
from store.plainly import canonical
from store.records import USE, load
from store.tables import ConsultRow, DoneRow
from triage.case import Case
from triage.consulting import (
    LONGEST,
    LONGEST_QUESTION,
    About,
    Draft,
    FollowUp,
    OfTheModel,
    Suggest,
    Suggestion,
    fitting,
    made_of,
    made_of_draft,
    readable,
    waits_for,
)
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.outcome import Notice, Refused, Say

CONSULT = "consult"
"""What its messages are about, and what they are called where messages are owed."""
MADE = ("kept", "changed", "dropped")
PRIORITY = 1
AT_ONCE = 50


def take_in(
    session: Session, row: ConsultRow, said: OfTheModel, text: str, known: dict[str, Any], desk: Desk
) -> str:
    """What may be shown of it goes into the box and is shown; says what became of it.

    `text`: what the model was given to read, in which the words of a suggestion have to stand. `known`: prompt, model
    and tokens.
    """
    held = session.get(ConsultRow, row.id)
    if held is None or (held.state, held.attempts) != ("asking", row.attempts):
        return "dropped"  # it took so long that another worker asked again
    case = load(session, row.subject_id) if row.subject_kind == USE else None
    if case is not None and not waits_for(About(row.about), case, row.turn):
        consults.end(session, row, "dropped", desk.now, **known)
        return "dropped"
    box = _boxed(row, said, text, case, desk)
    if box is None:
        consults.end(session, row, "refused", desk.now, "not_usable", **known)
        return "refused"
    consults.close(session, row, "done", desk.now, said=box, **known)
    detail = {"about": row.about, "consult": row.id, **known}
    detail |= {"questions": [each["question"] for each in box["suggestions"]]} if "suggestions" in box else {}
    consults.seal(session, row, "model.answered", detail, desk.now, texts={"said": canonical(box)})
    _show(session, row, box, case, desk)
    return "done"


def _boxed(
    row: ConsultRow, said: OfTheModel, text: str, case: Case | None, desk: Desk
) -> dict[str, Any] | None:
    """Only what this was asked for."""
    about = About(row.about)
    match said:
        case Suggest() if about is About.reading and case is not None:
            fit = fitting(said, text, case, desk.form)
            return {"suggestions": [each.model_dump(mode="json") for each in fit]}
        case FollowUp() if about is About.follow_up:
            shown = readable(said.text, LONGEST_QUESTION)
        case Draft() if about not in (About.reading, About.follow_up):
            shown = readable(said.text, LONGEST)
        case _:
            return None
    return {"text": shown} if shown else None


def _show(session: Session, row: ConsultRow, box: dict[str, Any], case: Case | None, desk: Desk) -> None:
    talk = case.talk if case is not None else None
    if "suggestions" in box:
        current = talk.current if talk else None
        if (
            case is not None
            and current
            and any(s["question"] == current.question for s in box["suggestions"])
        ):
            put = Notice(say=Say.question, facts={"turn": current.turn, "question": current.question})
            redraw(session, case, put, desk)
        return
    where: dict[str, Any] = {"person_id": row.asked_by}
    if row.about == About.follow_up.value and talk is not None:
        where = {"place_id": talk.place, "lane": talk.person}
    payload = {"say": CONSULT, "thread": talk.root if talk and "place_id" in where else None}
    _put(session, row, "post", payload, where, desk)


def _put(
    session: Session, row: ConsultRow, kind: str, payload: dict[str, Any], where: dict[str, Any], desk: Desk
) -> None:
    outbox.put(
        session,
        kind=kind,
        subject_kind=CONSULT,
        subject_id=row.id,
        purpose=CONSULT,
        payload=payload,
        priority=PRIORITY,
        coalesce=f"{CONSULT}:{row.id}",
        now=desk.now,
        **where,
    )


def suggestions(session: Session, case: str) -> tuple[Suggestion, ...]:
    """What a model read, the newest first; each question once."""
    found: dict[str, Suggestion] = {}
    for row in session.exec(_done(case, About.reading).order_by(col(ConsultRow.asked_at).desc())):
        for each in _suggestions(row):
            found.setdefault(each.question, each)
    return tuple(found.values())


def drafts(session: Session, case: str, person: str) -> dict[About, str]:
    """What was drafted for this person's next decision about it, and that they have not said is of no use."""
    found: dict[About, str] = {}
    for about in (About.condition, About.decline):
        mine = _done(case, about).where(ConsultRow.asked_by == person)
        row = session.exec(mine.order_by(col(ConsultRow.asked_at).desc())).first()
        if row is not None and row.said and not row.made:
            found[about] = str(row.said["text"])
    return found


def _done(case: str, about: About) -> Any:
    of = (ConsultRow.subject_kind == USE, ConsultRow.subject_id == case, ConsultRow.about == about.value)
    return select(ConsultRow).where(*of, ConsultRow.state == "done")


def _suggestions(row: ConsultRow) -> Iterator[Suggestion]:
    yield from (Suggestion.model_validate(each) for each in row.said.get("suggestions", ()))


def told(session: Session, id: str) -> tuple[ConsultRow, Case | None, Incident | None] | None:
    """What was said, with what it is about; None where nothing is left of it."""
    row = session.get(ConsultRow, id)
    if row is None or row.state not in ("done", "settled") or not row.said:
        return None
    if row.subject_kind == INCIDENT:
        incident = load_incident(session, row.subject_id)
        return None if incident is None else (row, case_of(session, incident), incident)
    case = load(session, row.subject_id)
    return None if case is None else (row, case, None)


def mark(session: Session, id: str, made: str, *, by: str, key: str, desk: Desk) -> None:
    """What whoever asked made of a draft, as they say."""
    row = session.get(ConsultRow, id)
    if row is None or row.asked_by != by or made not in MADE:
        raise Refused("unknown_button")
    if row.made or session.get(DoneRow, key) is not None:
        return
    session.add(DoneRow(key=key, subject_kind=row.subject_kind, subject_id=row.subject_id, at=desk.now))
    _weighed(session, row, {row.about: made}, by, desk)
    _put(session, row, "update", {"say": CONSULT}, {"person_id": by}, desk)


def weigh(session: Session, desk: Desk) -> int:
    """What people made of it by what they did: told once for each, by the clock."""
    due = select(ConsultRow).where(ConsultRow.state == "done", col(ConsultRow.due_at) <= desk.now)
    weighed = 0
    for row in session.exec(due.order_by(col(ConsultRow.due_at)).limit(AT_ONCE)).all():
        case = load(session, row.subject_id) if row.subject_kind == USE else None
        made = dict(_made(row, case)) if case is not None else {}
        if new := {name: what for name, what in made.items() if name not in row.made}:
            _weighed(session, row, new, None, desk)
            weighed += 1
        consults.look_again(session, row, desk.now, over=_is_weighed(row, made))
    return weighed


def _is_weighed(row: ConsultRow, made: dict[str, str]) -> bool:
    wanted = (
        {each.question for each in _suggestions(row)} if row.about == About.reading.value else {row.about}
    )
    return not row.said or wanted <= made.keys() | row.made.keys()


def _made(row: ConsultRow, case: Case) -> Iterator[tuple[str, str]]:
    if row.about == About.reading.value:
        yield from made_of(tuple(_suggestions(row)), case)
    elif row.asked_by and (
        what := made_of_draft(About(row.about), str(row.said["text"]), case, row.asked_by, row.number)
    ):
        yield row.about, what


def _weighed(session: Session, row: ConsultRow, made: dict[str, str], by: str | None, desk: Desk) -> None:
    consults.alter(session, row, {"made": {**row.made, **made}})
    detail = {"about": row.about, "consult": row.id} | {
        what: sorted(name for name, each in made.items() if each == what)
        for what in MADE
        if what in made.values()
    }
    consults.seal(session, row, "model.weighed", detail, desk.now, actor=by)
