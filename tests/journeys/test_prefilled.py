"""Nobody begins with an empty page: what is on record stands there, marked, and counts once a person handed it in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.prefilled import MOST
from bot.slack.ids import Action
from bot.slack.ids import Press as Carried
from bot.words import Words
from store import aims
from store.convened import CALL, REVIEW
from store.heard import heard
from tests.journeys import test_management_review as review
from tests.journeys import test_suppliers as suppliers
from tests.journeys import test_system as system
from tests.journeys.test_assess import fields, section
from tests.journeys.test_assessments import DECIDES, SAID, hands_in, held, looks, writes
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from tests.triage.aims.test_entries import drafting, on
from triage.aims.minutes import PARTS
from triage.aims.suppliers import suppliers as parts_of
from triage.aims.wishes import ApproveEntry

MARKED = "Filled in by Steward; change what is not so"


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    on = ["ai-impact", "supplier"]
    roles: dict[str, Any] = {"governance_lead": [DAN], "executive": [CLEO, EVE], "vendor_manager": [DAN]}
    made = World(
        database_url, settings={"policies": on} | {f"roles.{role}": who for role, who in roles.items()}
    ).open()
    keep(made.store, library())
    yield made
    made.close()


def block(world: World, user: str, field: str) -> dict[str, Any]:
    view = world.person(user).hands.view()
    assert view is not None
    return next(each for each in view["blocks"] if each.get("block_id") == f"entry.{field}")


def test_an_impact_assessment_begins_with_known_fields_the_person_edits_and_signs(world: World) -> None:
    thread = world.person(ANA).asks().submitted(DECIDES)
    case, ana, cleo = thread.case.id, world.person(ANA), world.person(CLEO)
    ana.steward("assess 1")
    view = hands_in(ana, {})
    assert section(view) == "Use and misuse"
    known = {each: DECIDES["purpose"] for each in fields(view) if each == "intended"}
    assert known, "what it is for is known"
    assert DECIDES["purpose"] in str(view)
    assert "From what was said of the use" in str(view), "and is shown as such"
    assert "intended" not in held(world, case).sheet.answers, "nothing counts before somebody hands it in"
    hands_in(ana, SAID | {"intended": "Sorting letters, no others"})
    signed = held(world, case).sheet.facts["intended"]
    assert signed.answer.text == "Sorting letters, no others", "as it was edited"
    assert signed.by == system.id_of(world, ANA)
    with world.store.read() as session:
        assert not heard(session, case), "what was not handed in is not there"
    ana.hands.closes_view(all_of_them=True)
    writes(ana, SAID)
    looks(cleo)
    assert held(world, case).standing == "stands", "signed by a second person"


def test_the_first_policy_begins_with_what_was_stated_and_a_second_with_nothing(world: World) -> None:
    for kind in ("context", "scope", "objective", "appetite", "party", "duty"):
        assert system.states(world, DAN, kind) is None
        world.person(DAN).hands.closes_view()
    world.person(DAN).hands.closes_view()
    system.approves_all(world)
    world.person(DAN).steward("setup")
    system.press(world, DAN, Action.STATE_ENTRY, "policy|")
    text = str(block(world, DAN, "text")["element"]["initial_value"])
    for known in ("We sort mail", "All our AI", "All on record: 95 %", "Low is fine", "Keeps it in order"):
        assert known in text
    assert "Left out: Research: no effect" in text
    assert "[" not in text, "nothing is missing here"
    assert MARKED in str(block(world, DAN, "text")["hint"])
    assert "hint" not in block(world, DAN, "link") or MARKED not in str(block(world, DAN, "link")["hint"])
    assert system.fills(world, DAN, text=f"{text}\nOne line of mine", since="2026-12-07") is None
    (policy,) = system.entries(world, "policy")
    assert policy.proposed is not None
    assert str(policy.proposed.said["text"]).endswith("One line of mine")
    assert policy.in_force is None, "a draft, until somebody else says yes"
    world.person(DAN).hands.closes_view()
    system.press(world, DAN, Action.SYSTEM_KIND, "policy")
    assert MARKED not in world.person(DAN).window()


def test_of_more_than_it_can_hold_the_draft_counts_what_it_leaves_out(world: World) -> None:
    long = "Something that they would like to be told before it happens to them, each time and in plain words"
    with world.store.write() as session:
        for number in range(9):
            said = {"title": f"Those {number}", "needs": (f"{long} {number}", long), "points": ()}
            wish = drafting(system.id_of(world, DAN), "party", said=said)
            entry = aims.carry_out(session, wish, world.bot.front.desk())
            yes = ApproveEntry(**on(entry, system.id_of(world, CLEO)), draft=1)
            aims.carry_out(session, yes, world.bot.front.desk())
    world.person(DAN).steward("setup")
    system.press(world, DAN, Action.STATE_ENTRY, "policy|")
    text = str(block(world, DAN, "text")["element"]["initial_value"])
    assert len(text) <= MOST
    assert text.endswith("whenever something of it changes."), "the fixed parts are whole"
    told, left = (
        len(re.findall(r"^- Those \d need", text, re.M)),
        re.search(r"\[and (\d) more, on record\]$", text, re.M),
    )
    assert left is not None
    assert told + int(left[1]) == 9


def test_where_nothing_was_stated_the_draft_says_what_is_missing(world: World) -> None:
    world.person(DAN).steward("setup")
    system.press(world, DAN, Action.STATE_ENTRY, "policy|")
    text = str(block(world, DAN, "text")["element"]["initial_value"])
    assert "[what we use AI for, and why]" in text
    assert "[objectives, each with what it is measured by]" in text


def test_a_supplier_assessment_begins_with_what_the_register_knows(world: World) -> None:
    world.person(ANA).asks().submitted(HARMLESS)
    suppliers.opens(world, DAN, "Otter.ai")
    system.press(world, DAN, Action.SUPPLIER_STATE, "supplier|0|")
    assert block(world, DAN, "title")["element"]["initial_value"] == "Otter.ai"
    assert block(world, DAN, "vendor")["element"]["initial_value"]
    assert MARKED in str(block(world, DAN, "vendor")["hint"])
    assert MARKED not in str(block(world, DAN, "security"))
    assert system.fills(world, DAN, **(suppliers.MANAGER | {"vendor": "Otter, Inc."})) is None
    (entry,) = system.entries(world, "supplier")
    assert entry.proposed is not None
    assert entry.proposed.said["vendor"] == "Otter, Inc.", "as it was changed"
    suppliers.opens(world, DAN, "Otter.ai")
    system.press(world, DAN, Action.SUPPLIER_STATE, "supplier|0|")
    assert MARKED not in str(block(world, DAN, "vendor")), "somebody said it by now"


def test_questions_to_a_supplier_are_those_nobody_has_answered_and_name_no_use(world: World) -> None:
    world.person(ANA).asks().submitted(HARMLESS)
    suppliers.opens(world, DAN, "Otter.ai")
    system.press(world, DAN, Action.SUPPLIER_STATE, "questions|")
    shown = world.person(DAN).window()
    assert "I send it to nobody" in shown
    assert "In which countries is what we put in kept" in shown
    assert "How is it secured" in shown
    assert HARMLESS["purpose"] not in shown
    assert "AIU-" not in shown
    world.person(DAN).hands.closes_view()
    suppliers.writes(world, DAN, **suppliers.MANAGER)
    suppliers.opens(world, DAN, "Otter.ai")
    system.press(world, DAN, Action.SUPPLIER_STATE, "questions|")
    shown = world.person(DAN).window()
    assert "In which countries is what we put in kept" not in shown, "said already"
    assert "How is it secured" in shown


def test_each_part_of_an_assessment_can_be_asked_for() -> None:
    asked = {field for fields in parts_of().parts.values() for field in fields}
    assert not {each for each in asked if not Words().has(f"suppliers.ask.{each}")}


def test_minutes_begin_with_what_lay_on_the_table_and_what_became_of_the_last_decisions(world: World) -> None:
    system.gives(world, governance_lead=[DAN], executive=[CLEO, EVE], risk_owner=[CLEO], auditor=[BEN])
    review.calls(world)
    review.ticks(world)
    review.minutes(world)
    (first,) = system.entries(world, REVIEW)
    system.by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", first.id))
    world.passes(days=30)
    call = review.calls(world)
    review.ticks(world)
    person = world.person(DAN)
    person.steward("setup")
    system.press(world, DAN, Action.SYSTEM_KIND, CALL)
    system.press(world, DAN, Action.READ_ENTRY, call.id)
    system.press(world, DAN, Action.ACT_ENTRY, "minuted")
    person.hands.fills(**{f"review_input.{part}": "none" for part in PARTS})
    assert person.submits() is None
    view = person.hands.view()
    assert view is not None
    field = next(each for each in view["blocks"] if each.get("block_id") == "review_words")
    text = str(field["element"]["initial_value"])
    assert "We looked at what lay on the table" in text
    assert "Agreed at the last review:" in text
    assert "One form less" in text
    assert "Resources asked for: Nothing to be done." in text
    assert MARKED in str(field["hint"])
    assert "[what was said" in text, "which nobody but they can say"
    person.hands.fills(review_words=f"{text}\nTwo were late.")
    assert person.submits() is None
    assert "Two were late." in str(system.entries(world, REVIEW)[-1].proposed)
