"""The one door through which a model's answer comes in: onto its own box, the trail, and messages that show it.

Nothing here saves a case or an incident, and nothing here can.
"""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from store import consults
from store.consult_owed import CONSULT, put
from store.entitled import about, is_closed, may_have
from store.owed import redraw
from store.plainly import canonical
from store.tables import ConsultRow
from triage.case import Case
from triage.consulting import (
    LONGEST,
    LONGEST_QUESTION,
    About,
    Draft,
    FollowUp,
    OfTheModel,
    Suggest,
    waits_for,
)
from triage.desk import Desk
from triage.outcome import Notice, Say
from triage.quoted import fitting, readable
from triage.register import Reader


def take_in(
    session: Session,
    row: ConsultRow,
    said: OfTheModel,
    text: str,
    known: dict[str, Any],
    desk: Desk,
    *,
    reader: Reader | None = None,
    confidential: bool = False,
) -> str:
    """What may be shown of it goes into the box and is shown; says what became of it.

    `text`: what the model was given to read, in which the words of a suggestion have to stand. `known`: prompt, model
    and tokens. `reader`: whoever asked for a draft. `confidential`: whether a model may see what is.
    """
    held = session.get(ConsultRow, row.id)
    if held is None or (held.state, held.attempts) != ("asking", row.attempts):
        consults.spend(session, row, known.get("tokens", 0))
        consults.seal_none(session, row, "dropped", desk.now, "late", **known)
        return "dropped"  # it took so long that another worker asked again
    of_use, incident = about(session, row)
    case = of_use if incident is None else None
    gone = case is not None and not waits_for(About(row.about), case, row.turn)
    if is_closed(of_use, incident) and not confidential:
        gone = True
    if gone or not may_have(session, row, of_use, incident, reader, desk):
        consults.end(session, row, "dropped", desk.now, **known)
        return "dropped"
    box = _boxed(row, said, text, case, desk)
    if box is None:
        consults.end(session, row, "refused", desk.now, "not_usable", **known)
        return "refused"
    if not consults.close(session, row, "done", desk.now, said=box, **known):
        return "dropped"  # another finished it in this very moment
    detail = {"about": row.about, "consult": row.id, **consults.in_all(row, known)}
    detail |= {"questions": [each["question"] for each in box["suggestions"]]} if "suggestions" in box else {}
    consults.seal(session, row, "model.answered", detail, desk.now, texts={"said": canonical(box)})
    _show(session, row, box, case, desk)
    return "done"


def _boxed(
    row: ConsultRow, said: OfTheModel, text: str, case: Case | None, desk: Desk
) -> dict[str, Any] | None:
    """Only what this was asked for."""
    what = About(row.about)
    match said:
        case Suggest() if what is About.reading and case is not None:
            fit = fitting(said, text, case, desk.form)
            return {"suggestions": [each.model_dump(mode="json") for each in fit]}
        case FollowUp() if what is About.follow_up:
            shown = readable(said.text, LONGEST_QUESTION)
        case Draft() if what not in (About.reading, About.follow_up):
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
            shown = Notice(say=Say.question, facts={"turn": current.turn, "question": current.question})
            redraw(session, case, shown, desk)
        return
    where: dict[str, Any] = {"person_id": row.asked_by}
    if row.about == About.follow_up.value and talk is not None:
        where = {"place_id": talk.place, "lane": talk.person}
    payload = {"say": CONSULT, "thread": talk.root if talk and "place_id" in where else None}
    put(session, row, "post", payload, where, desk.now)
