"""A dossier asked for in Slack: owed by a press, made when it is sent, and only for who may still have it then."""

from __future__ import annotations

from collections.abc import Callable

from bot.library import library
from bot.slack import screens, windows
from bot.slack.carrying import Made
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.message import Message
from bot.slack.payloads import Press
from bot.slack.scenes import make_scene
from store import outbox
from store.dossier import DOSSIER, kept
from store.outbox import Owed
from store.owed import UPLOAD
from store.queries import may_see
from store.records import load
from store.sessions import Session
from triage.case import Case
from triage.dossiers import check_may_take, may_take, oversees
from triage.incidents.permissions import may_see as may_see_incident
from triage.outcome import Refused

PRIORITY = 1


def press(front: Front, pressed: Press, person: str) -> None:
    """First the choice, then the file."""
    audience, desk = windows.about(pressed).choice, front.desk(actor=person)
    if audience not in ("", *screens.AUDIENCES):
        raise Refused("unknown_button")
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_take(case, person, desk)
        drawn = screens.dossier_view(make_scene(front, session, case, desk, person), audience)
    if not audience:
        windows.open_window(front, pressed, person, drawn)
        return
    front.once(f"dossier:{pressed.key}", lambda session: _owe(front, session, case.id, person, audience))
    windows.redraw(front, pressed, drawn)


def _owe(front: Front, session: Session, case: str, person: str, audience: str) -> None:
    outbox.put(
        session,
        kind=UPLOAD,
        place_id=None,
        person_id=person,
        subject_kind=DOSSIER,
        subject_id=case,
        purpose=DOSSIER,
        payload={"say": DOSSIER, "audience": audience},
        priority=PRIORITY,
        lane=f"files:{DOSSIER}:{person}",
        now=front.office.now(),
    )


def draw(front: Front, owed: Owed) -> Message | None:
    """What stands beside the file, or instead of it; nothing, where they may not have it any more."""
    case = _theirs(front, owed)
    if case is None:
        return None
    why = str((owed.payload.get("facts") or {}).get("why") or "other")
    audience = str(owed.payload["audience"])
    return screens.dossier_told(front.words, case, audience, "" if owed.kind == UPLOAD else why)


def _theirs(front: Front, owed: Owed) -> Case | None:
    """As it is when it is sent: roles, readers and confidence may have changed since the press."""
    person = owed.person_id or ""
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        case = load(session, owed.subject_id or "")
        if case is None or reader.outsider or not may_see(session, reader, case.id):
            return None
    return case if may_take(case, person, desk) else None


def file(front: Front, owed: Owed) -> Made:
    """Incidents are told as far as they may read them; what was said below the card is for who oversees."""
    from bot.dossier.made import dossier  # late: most processes never make one
    from bot.dossier.page import as_html, file_name

    person = owed.person_id or ""
    desk, words = front.desk(actor=person), front.words
    with front.office.store.read() as session:
        found = kept(
            session,
            owed.subject_id or "",
            zone=desk.organisation.zone,
            whole=True,
            sees=lambda incident, case: may_see_incident(incident, person, case, desk, reads_use=True),
        )
    if found is None:
        raise LookupError("the use is gone")
    shelf, outside = library(words.language), owed.payload["audience"] == "outside"
    made = dossier(
        found,
        words,
        shelf.form,
        shelf.wording,
        "outside" if outside else "inside",
        discussed=oversees(person, desk),
    )
    return Made(f"{file_name(made)}.html", as_html(made, words).encode())


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.DOSSIER: press}
