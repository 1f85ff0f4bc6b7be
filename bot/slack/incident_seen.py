"""An incident as somebody may see it, and what is owed about one, drawn from what the store says then."""

from __future__ import annotations

from bot.slack import screens, windows
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.payloads import Press
from bot.slack.scenes import make_voice
from bot.slack.screens.incidentfacts import Seen
from store import incidents
from store.outbox import Owed
from store.queries import may_see as may_see_use
from store.sessions import Session
from triage.case import Case
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.incidents.outcome import About
from triage.incidents.permissions import may_open, may_see
from triage.incidents.reminding import still_due
from triage.outcome import Refused


def seen_by(
    front: Front, session: Session, incident: Incident, person: str, desk: Desk, *, whole: bool | None = None
) -> Seen:
    case = incidents.case_of(session, incident)
    if whole is None:
        reads = case is not None and may_see_use(session, front.reader(person, desk), case.id)
        whole = may_see(incident, person, case, desk, reads_use=reads)
    voice, model = make_voice(front), _model(front, incident, case)
    return Seen(incident, case, desk, voice, whole, person, model)


def _model(front: Front, incident: Incident, case: Case | None) -> str:
    """None where nothing of it may leave: whoever gave no name was promised few readers."""
    models = front.office.config.model
    closed = incident.confidential or incident.now.anonymous or (case is not None and case.confidential)
    return models.use[0] if models.use and (models.confidential or not closed) else ""


def on_card(front: Front, press: Press) -> bool:
    """Also where cards of incidents have a channel of their own."""
    apart = front.office.config.channels.incidents
    return windows.on_card(front, press) or (apart is not None and press.channel == apart)


def known_to(
    front: Front, session: Session, id: str, person: str, desk: Desk, press: Press | None = None
) -> Seen:
    """The same refusal whether it is hidden or does not exist; on its card everybody there sees what stands there."""
    incident = incidents.load(session, id)
    if incident is None:
        raise Refused("unknown_incident")
    seen = seen_by(front, session, incident, person, desk)
    if not seen.whole and not (press is not None and on_card(front, press)):
        raise Refused("unknown_incident")
    return seen


def to_act_on(
    front: Front, session: Session, id: str, person: str, desk: Desk, wish: str, press: Press
) -> Seen:
    """For the window of a wish, which names what is on record; taking it up needs none."""
    if wish == "take_up":
        return known_to(front, session, id, person, desk, press)
    incident = incidents.load(session, id)
    if incident is None:
        raise Refused("unknown_incident")
    seen = seen_by(front, session, incident, person, desk)
    if not may_open(incident, person, wish, desk, whole=seen.whole):
        raise Refused("unknown_incident")
    return seen


def draw(front: Front, owed: Owed) -> tuple[Message, int] | None:
    """What is owed about an incident, as it stands now; None where there is none."""
    desk, person = front.desk(), owed.person_id or ""
    about = About(str(owed.payload["about"]))
    with front.office.store.read() as session:
        incident = incidents.load(session, owed.subject_id or "")
        if incident is None:
            return None
        on_card = about is About.card
        whole = not incident.confidential if on_card else None
        seen = seen_by(front, session, incident, person, desk, whole=whole)
        clocks: tuple[str, ...] = ()
        if about is About.clocks:  # what was settled since, or is somebody else's now, is left out
            clocks = still_due(seen.incident, seen.case, person, owed.payload.get("clocks", ()), desk)
            if not clocks:
                return None
    step = str(owed.payload.get("step", ""))
    return screens.tell_incident(seen, about, step, clocks), incident.version
