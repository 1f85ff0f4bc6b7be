"""A concern without a name: who may ask back, who writes on, and who hears of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE
from tests.triage.incidents import LEA, PIA, SAM, came_of, desk, does, reported, ruled
from triage.incidents.incident import Kind, Status
from triage.incidents.outcome import About
from triage.incidents.permissions import part_in
from triage.incidents.relay import unanswered
from triage.incidents.wishes import AskBack, Close, Note, Reject, Reopen, TakeUp, WriteOn

ASKED, WROTE = {"words": "Which account is it?"}, {"words": "The one of the night shift"}
RAISED: dict[str, Any] = {"kind": Kind.concern}
PEOPLE = {"ana": ANA, "ben": BEN, "cleo": CLEO, "dan": DAN, "eve": EVE, "pia": PIA, "lea": LEA, "sam": SAM}


def test_who_looks_into_it_asks_back() -> None:
    incident = reported("", **RAISED)
    may = {name for name, person in PEOPLE.items() if came_of(incident, AskBack, person, **ASKED) == "ok"}
    assert may == {"cleo", "eve", "pia", "lea"}, "and neither a reviewer, an auditor, nor anybody else"
    assert came_of(incident, AskBack, LEA, words=" ") == "words_needed"


@pytest.mark.parametrize("person", [*PEOPLE.values(), LEA])
def test_nobody_with_a_name_writes_in_the_place_of_whoever_gave_none(person: str) -> None:
    assert came_of(reported("", **RAISED), WriteOn, person, **WROTE) == "unknown_incident"


def test_nobody_without_a_name_writes_into_what_has_a_reporter() -> None:
    assert came_of(reported(DAN), WriteOn, "", **WROTE) == "unknown_incident"
    assert came_of(reported(""), WriteOn, "", words="") == "words_needed"


def test_no_other_wish_is_open_to_nobody() -> None:
    """An empty actor is nobody's part and nobody's role."""
    incident = reported("", **RAISED)
    assert part_in(incident, "", None, desk()) == ""
    assert came_of(incident, Note, "", words="x") == "not_who_handles"
    over = does(incident, Reject, LEA, reason="None")
    assert came_of(over, Reopen, "", reason="x") == "not_who_handles"
    assert came_of(incident, Close, "", lessons="x") == "not_in_role_here"


def test_it_goes_both_ways_and_stays() -> None:
    asked = does(reported("", **RAISED), AskBack, LEA, **ASKED)
    assert unanswered(asked)
    answered = ruled(asked, WriteOn, "", **WROTE)
    assert not unanswered(answered.incident)
    found = [(e.way, e.words, e.by) for e in answered.incident.now.relayed]
    assert found == [("asked", ASKED["words"], LEA), ("wrote", WROTE["words"], "")]
    assert [(t.about, t.to) for t in answered.tells] == [(About.card, ""), (About.wrote_on, LEA)]
    assert answered.incident.status is Status.reported, "it says nothing of how far it has come"


def test_whoever_sees_to_it_hears_of_it_before_whoever_asked() -> None:
    asked = does(does(reported("", **RAISED), AskBack, LEA, **ASKED), TakeUp, PIA)
    assert [t.to for t in ruled(asked, WriteOn, "", **WROTE).tells] == ["", PIA]
    assert [t.to for t in ruled(reported("", **RAISED), WriteOn, "", **WROTE).tells] == [""]


def test_of_what_is_over_it_is_an_objection() -> None:
    over = does(reported("", **RAISED), Reject, LEA, reason="It is allowed")
    again = does(over, WriteOn, "", **WROTE)
    assert again.status is Status.reopened
    assert [(e.way, e.words) for e in again.now.relayed] == [("wrote", WROTE["words"])]
    assert came_of(over, AskBack, LEA, **ASKED) == "incident_over"
