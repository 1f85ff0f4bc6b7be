"""Reminders of clocks: denser towards the end, to whoever must act, and never after it was settled."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.answers import answered
from tests.triage.incidents import DAN, EVE, HARMLESS, LEA, NOW, PIA, desk, does, later, reported, used
from triage.incidents.clocks import clocks_of
from triage.incidents.incident import Incident
from triage.incidents.reminding import escalates, moments, next_moment, people_of, still_due
from triage.incidents.wishes import Assess, Classify, SettleClock


def leaked() -> Incident:
    answers = HARMLESS | {"personal_data": answered("ordinary"), "duties": answered("contract")}
    found = does(reported(DAN), Assess, LEA, answers=answers)
    return does(found, Classify, PIA, what="breach", value="yes")


def hours(id: str, incident: Incident | None = None) -> list[float]:
    found = clocks_of(incident or leaked(), None, desk())
    (one,) = (each for each in found if each.id == id)
    return [(at - one.starts) / timedelta(hours=1) for at in moments(one)]


def test_they_grow_denser_towards_the_end() -> None:
    assert hours("gdpr-authority") == [36, 48, 54, 64.8, 68, 71, 72, 96, 144]
    assert hours("contract-notice") == [24, 168]
    assert hours("nis2-warning", reported()) == [12, 18, 20, 21.6, 23, 24, 48, 96]
    assert hours("ai-act-provider", reported()) == [0, 4, 24, 72]


@given(st.floats(0, 400))
def test_what_was_missed_is_not_made_up_for(after: float) -> None:
    """Whenever the machine wakes up, one reminder is next, and it is ahead."""
    (one,) = (each for each in clocks_of(leaked(), used(), desk()) if each.id == "gdpr-authority")
    at = NOW + timedelta(hours=after)
    found = next_moment(one, at)
    assert found == next((each for each in moments(one) if each > at), None)
    assert found is None or found > at


def test_towards_the_end_whoever_leads_hears_of_it() -> None:
    incident = leaked()
    (one,) = (each for each in clocks_of(incident, used(), desk()) if each.id == "gdpr-authority")
    assert people_of(incident, one, later(hours=36)) == (PIA,)
    assert people_of(incident, one, later(hours=50)) == (PIA, LEA)
    assert not escalates(one, later(hours=36).now)
    (bare,) = (e for e in clocks_of(incident, used(), desk(roles={})) if e.id == "gdpr-authority")
    assert people_of(incident, bare, desk(roles={})) == ()
    vendors = desk(roles={"governance_lead": frozenset({LEA})})
    (contract,) = (each for each in clocks_of(incident, used(), desk()) if each.id == "contract-notice")
    assert people_of(incident, contract, vendors) == (LEA,), "nobody holds the role, so whoever leads"


def test_a_moment_before_it_is_sent_it_is_looked_at_again() -> None:
    incident, clocks = leaked(), ("gdpr-authority", "contract-notice")
    assert still_due(incident, used(), PIA, clocks, desk()) == ("gdpr-authority",)
    assert still_due(incident, used(), EVE, clocks, desk()) == ()
    settled = does(incident, SettleClock, PIA, used(), clock="gdpr-authority", outcome="met")
    assert still_due(settled, used(), PIA, clocks, later(hours=60)) == ()
