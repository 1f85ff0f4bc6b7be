"""Who may do what to an incident. Nobody ends, lessens or checks what is their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from triage.case import Case
from triage.confidential import told_of_it
from triage.desk import Desk
from triage.incidents.incident import OVER, Action, Incident
from triage.incidents.rulebook import book
from triage.incidents.severity import severity_of
from triage.outcome import Refused
from triage.seats import has_part, is_theirs

HANDLERS = ("governance_lead", "risk_owner", "legal", "privacy", "security")
"""Who looks into incidents."""
ENDS = ("governance_lead", "risk_owner")
"""Who may say that it is over, or that it is none."""
SEES = (*HANDLERS, "auditor")
LOUD, CALLED = "high", 5
"""From which severity on, and how many, a card calls by name."""


def role_among(person: str, roles: Iterable[str], desk: Desk) -> str:
    """The first of these roles that they hold; "" for none."""
    return next((role for role in roles if person and desk.holds(person, role)), "")


def handles(person: str, desk: Desk) -> bool:
    return bool(role_among(person, HANDLERS, desk))


def check_handles(person: str, desk: Desk) -> str:
    role = role_among(person, HANDLERS, desk)
    if not role:
        raise Refused("not_who_handles", people=_people(HANDLERS, desk))
    return role


def check_in_role(person: str, roles: Collection[str], desk: Desk) -> str:
    role = role_among(person, roles, desk)
    if not role:
        raise Refused("not_in_role_here", role=" ".join(roles), people=_people(roles, desk))
    return role


def check_impartial(incident: Incident, person: str, case: Case | None, desk: Desk) -> None:
    """For what makes less of it: not by whoever reported it, nor by anybody with a part in the use."""
    reporter = incident.now.reporter
    if reporter and desk.same(person, reporter):
        raise Refused("own_incident")
    check_no_part(person, case, desk)


def check_no_part(person: str, case: Case | None, desk: Desk) -> None:
    if case is not None and (has_part(case, person, desk) or is_theirs(case, person, desk)):
        raise Refused("own_use_incident")


def check_open(incident: Incident) -> None:
    if incident.status in OVER:
        raise Refused("incident_over")


def check_involved(incident: Incident, person: str, case: Case | None, desk: Desk) -> str:
    """Whoever has to do with it may add to what is known."""
    if role := role_among(person, HANDLERS, desk):
        return role
    if part := part_in(incident, person, case, desk):
        return part
    raise Refused("not_who_handles", people=_people(HANDLERS, desk))


def part_in(incident: Incident, person: str, case: Case | None, desk: Desk) -> str:
    """As what somebody has to do with it who holds no role; "" for nobody."""
    now = incident.now
    if person and now.reporter and desk.same(person, now.reporter):
        return "reporter"
    if case is not None and case.owner is not None and desk.same(person, case.owner):
        return "owner"
    if any(desk.same(person, each.owner) for each in now.actions):
        return "action_owner"
    return ""


def may_be_told(person: str, case: Case | None, desk: Desk) -> bool:
    """Of what is about a confidential use: who reads that anyway."""
    if case is None:
        return bool(role_among(person, SEES, desk))
    readers = (*told_of_it(case, desk), case.requester, case.owner)
    return any(desk.same(person, one) for one in readers if one)


def owns(incident: Incident, person: str, case: Case | None, desk: Desk) -> bool:
    return case is not None and case.owner is not None and desk.same(person, case.owner)


def action_of(incident: Incident, id: str) -> Action:
    found = next((each for each in incident.now.actions if each.id == id), None)
    if found is None:
        raise Refused("no_such_action")
    return found


def may_see(incident: Incident, person: str, case: Case | None, desk: Desk, *, reads_use: bool) -> bool:
    """The whole of it. `reads_use`: whether they see the use it is about; of a confidential one only they do, and
    neither whoever reported it before it was closed nor whoever does something about it."""
    if incident.confidential and not reads_use:
        return False
    if part_in(incident, person, case, desk):
        return True
    return bool(role_among(person, SEES, desk)) or desk.same(person, incident.now.coordinator)


def may_open(incident: Incident, person: str, wish: str, desk: Desk, *, whole: bool) -> bool:
    """The window of one wish. Who does not see the incident still does what was given to them, and objects."""
    if whole:
        return True
    if wish == "do_action":
        return any(desk.same(person, each.owner) for each in incident.now.actions)
    return wish == "reopen" and bool(incident.now.reporter) and desk.same(person, incident.now.reporter)


def who_acts(role: str, desk: Desk) -> tuple[str, ...]:
    """The people of a role; where nobody holds it, whoever leads."""
    held = desk.roles.get(role, frozenset()) or desk.roles.get("governance_lead", frozenset())
    return tuple(sorted(held))


def called(incident: Incident, desk: Desk) -> tuple[str, ...]:
    """Whom its card calls by name as long as nobody sees to it: from the level on that is loud. A mention is heard
    when the card is posted, so of whoever reports it as that bad nobody has to say it twice."""
    if incident.now.coordinator or incident.status in OVER:
        return ()
    if not book().at_least(severity_of(incident).floor, LOUD):
        return ()
    held = dict.fromkeys(person for role in HANDLERS for person in sorted(desk.roles.get(role, ())))
    return tuple(held)[:CALLED]


def classifier(what: str) -> str:
    return next(each.role for each in book().classes if each.id == what)


def _people(roles: Iterable[str], desk: Desk) -> str:
    held = dict.fromkeys(person for role in roles for person in sorted(desk.roles.get(role, ())))
    return " ".join(held)
