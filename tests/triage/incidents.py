"""Incidents for tests: reported, assessed, settled; every test names only what it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from intake.answers import Answer, answered
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_case, a_desk, key
from triage.case import Case, Status
from triage.desk import Desk
from triage.incidents.decide import decide
from triage.incidents.incident import Incident, Kind
from triage.incidents.outcome import Ruled
from triage.incidents.wishes import OfIncidents, Report
from triage.outcome import Refused

LEA, PIA, SAM = "P-lea", "P-pia", "P-sam"
"""The governance lead, privacy, and an auditor."""
ROLES = {
    "reviewer": frozenset({BEN}),
    "risk_owner": frozenset({CLEO}),
    "legal": frozenset({EVE}),
    "privacy": frozenset({PIA}),
    "governance_lead": frozenset({LEA}),
    "auditor": frozenset({SAM}),
}
HARMLESS: dict[str, Answer] = {
    "happening": answered("no"),
    "category": answered("wrong_output"),
    "harm": answered("none"),
    "extent": answered("nothing"),
    "people": answered("none"),
    "vulnerable": answered("no"),
    "personal_data": answered("no"),
    "practice": answered("no"),
    "irreversible": answered("no"),
    "repeated": answered("no"),
    "our_role": answered("deployer"),
    "data_role": answered("controller"),
    "duties": answered("none"),
}
"""Everything is known, and nothing of it is bad."""


def desk(**change: Any) -> Desk:
    return a_desk(**{"roles": ROLES, **change})


def later(**time: float) -> Desk:
    return desk(now=NOW + timedelta(**time))


def used(**change: Any) -> Case:
    """An approved use of ANA's."""
    return a_case(Status.approved, **change)


def reported(by: str = DAN, case: Case | None = None, **change: Any) -> Incident:
    given: dict[str, Any] = {
        "actor": by,
        "key": key(),
        "incident": "incident-1",
        "words": "It told a customer a wrong price",
        "use": case.id if case else "",
    }
    made = decide(None, Report(**given | change), case, desk()).incident
    return made.model_copy(update={"ref": "AII-2026-0001"})


def does(
    incident: Incident,
    what: type[Any],
    by: str,
    case: Case | None = None,
    at: Desk | None = None,
    /,
    **more: Any,
) -> Incident:
    return ruled(incident, what, by, case, at, **more).incident


def ruled(
    incident: Incident,
    what: type[Any],
    by: str,
    case: Case | None = None,
    at: Desk | None = None,
    /,
    **more: Any,
) -> Ruled:
    wish: OfIncidents = what(actor=by, key=key(), incident=incident.id, **more)
    return decide(incident, wish, case, at or desk())


def came_of(incident: Incident, what: type[Any], by: str, case: Case | None = None, /, **more: Any) -> str:
    """`ok`, or the key of the refusal."""
    try:
        ruled(incident, what, by, case, **more)
    except Refused as refusal:
        return refusal.key
    return "ok"


__all__ = ["ANA", "BEN", "CLEO", "DAN", "EVE", "NOW", "Kind"]
