"""Canada's questionnaire answered in Slack, page by page, by more than one person, and scored as it is published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.slack.abouts import Sheeted, to_sheeted
from bot.slack.ids import Action
from intake.form import Kind
from store import sheets
from store.replaying import replay as replayed
from store.replaying import verdicts
from store.shelf import Shelf
from tests.slack_world import ANA, BEN, CLEO, DAN, HARMLESS, World
from tests.slack_world.somebody import Somebody
from triage.questionnaire import Finding, Sheet
from triage.schemes import scored

FORM, _ = scored("canada-aia")
VECTORS = Path(__file__).parents[1] / "triage" / "data" / "canada_aia_vectors.jsonl"
LINES = [json.loads(line) for line in VECTORS.read_text().splitlines()]
WHOLE = next(v for v in LINES if not v["dropped"] and v["completed"][3] > 1 and len(v["answers"]) > 60)
"""A vector in which every answer belongs, so that people could give exactly it."""


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url, settings={"policies": ["canada-aia"]}).open()
    yield made
    made.close()


def drawn(person: Somebody) -> dict[str, Any]:
    view = person.hands.view()
    assert view is not None, person.told()
    return view


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def hands_in(person: Somebody, answers: dict[str, Any]) -> dict[str, Any]:
    """Fill in what the page shows and the vector answers; the view that comes after."""
    for question in fields(drawn(person)):
        value = answers.get(question)
        if value not in (None, "", []):
            many = FORM.by_id[question].kind is Kind.many
            person.hands.fills(**{question: list(value) if many else str(value)})
    assert person.hands.submits() is None
    person.world.settle()
    return drawn(person)


def sheet(world: World, case: str) -> Sheet:
    with world.store.read() as session:
        return sheets.load(session, case, FORM.id)


def finding(world: World, case: str) -> Finding:
    found = sheet(world, case).finding
    assert isinstance(found, Finding)
    return found


def opens(person: Somebody, ref: str = "1") -> dict[str, Any]:
    """Past the overview, on the first page with something left."""
    person.steward(f"assess {ref}")
    return hands_in(person, {})


def section(view: dict[str, Any]) -> str:
    return str(next(block["text"]["text"] for block in view["blocks"] if block["type"] == "header"))


def test_a_whole_vector_answered_in_slack_gets_its_published_score(world: World) -> None:
    """By two people: the first closes the window in the middle, and nothing that was handed in is lost."""
    keep(world.store, library())
    case = world.person(ANA).asks().submitted().case.id
    ana, cleo = world.person(ANA), world.person(CLEO)
    ana.steward("assess 1")
    assert "Nothing is answered yet" in str(drawn(ana)["blocks"])
    view, person, pages = hands_in(ana, {}), ana, 0
    while fields(view):
        view, pages = hands_in(person, WHOLE["answers"]), pages + 1
        if pages == 4:
            ana.hands.closes_view()
            view, person = opens(cleo, "AIU-2026-0001"), cleo
        assert pages < 40
    found = finding(world, case)
    figures = [found.raw_impact_score, found.mitigation_score, found.current_score, found.impact_level]
    assert figures == WHOLE["completed"]
    people = {who.user: known for who, known in world.bot.directory._people.items()}
    assert {fact.by for fact in sheet(world, case).facts.values()} == {people[ANA], people[CLEO]}
    assert f"current score {found.current_score}" in str(drawn(cleo)["blocks"])
    cleo.hands.closes_view()
    assert f"raw impact {found.raw_impact_score}" in cleo.steward("show 1")
    assert not world.refused()
    assert world.is_untouched()
    with world.store.read() as session:
        assert prove(session).ok, prove(session)
        given = verdicts(session)
        problems = [each.problem for each in replayed(session, Shelf(), given)]
    assert [each.kind for each in given].count(sheets.SHEET) == sheet(world, case).version
    assert not any(problems)


def test_an_answer_that_opens_more_shows_the_page_again(world: World) -> None:
    world.person(ANA).asks().submitted()
    ana = world.person(ANA)
    view = opens(ana)
    assert section(view) == "Project details"
    assert "Section 1 of 9" in str(view["blocks"])
    view = hands_in(ana, {"projectDetailsPhase": "item1"})
    assert section(view) == "Business drivers and positive impact"
    assert "Section 2 of 13" in str(view["blocks"])
    assert "motivation-other" not in fields(view)
    view = hands_in(ana, {"businessDrivers1": ["item1", "item6"]})
    assert section(view) == "Business drivers and positive impact"
    assert "motivation-other" in fields(view)


def test_what_somebody_else_answered_meanwhile_stays(world: World) -> None:
    case = world.person(ANA).asks().submitted().case.id
    ana, cleo = world.person(ANA), world.person(CLEO)
    opens(ana)
    opens(cleo)
    hands_in(cleo, {"projectDetailsTitle": "Sorting of applications"})
    hands_in(ana, {"projectDetailsJob": "Analyst"})
    answers = sheet(world, case).answers
    assert answers["projectDetailsTitle"].text == "Sorting of applications"
    assert answers["projectDetailsJob"].text == "Analyst"


def test_the_page_lists_and_languages(world: World) -> None:
    """Choices that Slack would cut stand in full above their field; one press changes the language."""
    world.person(ANA).asks().submitted()
    ana = world.person(ANA)
    ana.steward("assess 1")
    view = drawn(ana)
    french = next(
        e for b in view["blocks"] for e in b.get("elements", []) if e["text"]["text"] == "En français"
    )
    ana.hands.clicks_view(french["action_id"])
    world.settle()
    view = hands_in(ana, {})
    assert section(view) == "Détails du projet"
    assert any("Titre du projet" in str(b.get("label")) for b in view["blocks"])
    assert [view[part]["text"] for part in ("title", "submit", "close")] == [
        "Évaluation",
        "Garder et continuer",
        "Fermer",
    ]
    assert "Section 1 sur 9" in str(view["blocks"])


def test_the_language_is_that_of_the_persons_slack(world: World) -> None:
    world.workspace.people[ANA].locale = "fr-CA"
    world.person(ANA).asks().submitted()
    world.passes(minutes=30)
    assert section(opens(world.person(ANA))) == "Détails du projet"
    assert section(opens(world.person(CLEO))) == "Project details"


def test_whoever_decides_opens_it_from_the_card(world: World) -> None:
    """While it waits; whoever may not answer it hears so, and what is decided asks for nothing more."""
    thread = world.person(ANA).asks().submitted(HARMLESS)
    ben, dan = world.person(BEN), world.person(DAN)
    assert ben.presses_card(Action.ASSESS)
    assert "Nothing is answered yet" in str(drawn(ben)["blocks"])
    assert section(hands_in(ben, {})) == "Project details"
    hands_in(ben, {"projectDetailsRespondent": "Somebody"})
    assert sheet(world, thread.case.id).answers["projectDetailsRespondent"].text == "Somebody"
    assert dan.presses_card(Action.ASSESS)
    assert dan.hands.view() is None
    assert dan.told()
    assert ben.decides(Action.APPROVE) is None
    assert Action.ASSESS.value not in str(world.cards()[-1])


HOSTILE = "<!channel> *bold* <https://evil.example|bank> &amp; ```x``` \u202e"


def test_what_people_write_is_kept_word_for_word_and_never_markup(world: World) -> None:
    case = world.person(ANA).asks().submitted().case.id
    ana = world.person(ANA)
    opens(ana)
    hands_in(ana, {"projectDetailsDescription": HOSTILE})
    assert sheet(world, case).answers["projectDetailsDescription"].text == HOSTILE
    assert "<!channel>" not in ana.steward("show 1")
    assert not world.refused()


@pytest.mark.parametrize(("who", "may"), [(ANA, True), (BEN, True), (CLEO, True), (DAN, False)])
def test_who_may_answer_it(world: World, who: str, may: bool) -> None:
    world.person(ANA).asks().submitted()
    person = world.person(who)
    person.steward("assess 1")
    assert (person.hands.view() is not None) is may
    assert world.trail()[-1].endswith(".refused") is not may


def test_without_the_setting_there_is_nothing_to_assess_by(database_url: str) -> None:
    world = World(database_url).open()
    try:
        thread = world.person(ANA).asks().submitted()
        assert "This questionnaire is not switched on" in world.person(ANA).steward("assess 1")
        assert "Algorithmic" not in world.person(ANA).steward("show 1")
        assert to_sheeted(Sheeted(thread.case.id, "canada-aia")).count("|") == 3
    finally:
        world.close()


def test_the_button_on_a_use_opens_it(world: World) -> None:
    world.person(ANA).asks().submitted()
    ana = world.person(ANA)
    shown = ana.steward("show 1")
    assert "Algorithmic Impact Assessment (Canada): not begun" in shown.replace("*", "")
    assert ana.clicks("Answer: Algorithmic Impact Assessment (Canada)", where="general")
    assert "Nothing is answered yet" in str(drawn(ana)["blocks"])
