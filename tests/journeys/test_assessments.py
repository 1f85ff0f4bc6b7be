"""The impact assessment in Slack: two people write, a third looks at it, and the yes rests on exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import update
from sqlmodel import col

from bot.dossier.made import dossier
from bot.dossier.parts import AUDIENCES
from bot.evidence import put_aims
from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.slack.ids import Action
from bot.words import Words
from store import aims, assessments, audit, origins, sheets
from store.assessments import Assessment
from store.dossier import kept
from store.heard import heard
from store.objectives import counted_on
from store.records import load
from store.replaying import replay as replayed
from store.replaying import verdicts
from store.shelf import Shelf
from store.tables import UseRow
from tests.journeys.test_assess import HOSTILE, drawn, fields, section
from tests.slack_world import ANA, CLEO, DAN, EVE, HARMLESS, World
from tests.slack_world.somebody import Somebody
from triage.case import Status

DECIDES = HARMLESS | {
    "output_use": "decides_people",
    "people": "vulnerable",
    "worst": "inconvenience",
    "reverse": "at_once",
    "scale": "lt100",
    "influence": "one_input",
}
"""A full assessment is due."""
ON = ["ai-impact", "dpia-screening", "fria-screening"]
SAID: dict[str, Any] = {
    "not_for": HOSTILE,
    "misuse": ["trusted_blindly"],
    "groups": "yes",
    "society": "no",
    "weighs_on": "yes",
    "hard_to_undo": "no",
    "unaware": "no",
    "harms": ["fairness"],
    "values": ["none"],
    "fairness_likelihood": "3",
    "fairness_impact": "3",
    "each_group": "Applicants | ranked too low | can be put right | a person reads each\n"
    "Their families | worry | slight | told beforehand",
    "heard": "themselves",
    "heard_who": "Two applicants",
    "heard_said": "They asked for a person",
    "heard_answer": "One will look at it",
    "heard_changed": "A person decides",
    "remains_likelihood": "2",
    "remains_impact": "2",
    "told": "yes",
}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url, settings={"policies": ON, "roles.privacy": [DAN]}).open()
    keep(made.store, library())
    yield made
    made.close()


def hands_in(person: Somebody, answers: dict[str, Any]) -> dict[str, Any]:
    for question in fields(drawn(person)):
        if question in answers:
            person.hands.fills(**{question: answers[question]})
    assert person.hands.submits() is None, person.told()
    person.world.settle()
    return drawn(person)


def writes(person: Somebody, answers: dict[str, Any], pages: int = 20) -> dict[str, Any]:
    """From the overview on, so many pages."""
    person.steward("assess 1")
    view = hands_in(person, {})
    while fields(view) and pages:
        view, pages = hands_in(person, answers), pages - 1
    return view


def held(world: World, case: str, name: str = "ai-impact") -> Assessment:
    with world.store.read() as session:
        known = load(session, case)
        assert known is not None
        return assessments.of_case(session, known, name)


def looks(person: Somebody, ruling: str = "stands", words: str = "Read it all") -> None:
    person.steward("assess 1")
    person.hands.clicks_view(Action.ASSESS_REVIEW.value)
    person.world.settle()
    person.hands.fills(ruling=ruling, words=words)
    person.hands.submits()
    person.world.settle()


def offers(person: Somebody) -> bool:
    """Whether the overview offers to look at it."""
    person.steward("assess 1")
    return Action.ASSESS_REVIEW.value in str(drawn(person)["blocks"])


def test_two_write_a_third_looks_and_the_yes_rests_on_it(world: World) -> None:
    thread = world.person(ANA).asks().submitted(DECIDES)
    case, ana, cleo = thread.case.id, world.person(ANA), world.person(CLEO)
    assert not offers(cleo), "nothing is there to look at"
    ana.steward("assess 1")
    view = hands_in(ana, {})
    assert section(view) == "Use and misuse"
    assert DECIDES["purpose"] in str(view), "as the intake knows it"
    assert "From what was said of the use" in str(view)
    hands_in(ana, SAID)
    hands_in(ana, SAID)
    assert held(world, case).sheet.answers["intended"].text == DECIDES["purpose"], "handing it in confirms it"
    assert held(world, case).sheet.answers["not_for"].text == HOSTILE
    cleo.hands.closes_view()
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.status is Status.in_review, "nothing stands yet"
    assert "First the AI system impact assessment" in str(cleo.hands.view())
    cleo.hands.closes_view()
    writes(world.person(EVE), SAID)
    known = held(world, case)
    with world.store.read() as session:
        assert [each.origin for each in origins.worked_out(session)] == ["harm_fairness", "blind_trust"]
    assert known.sheet.finding is not None
    assert known.sheet.finding.complete
    people = {who.user: name for who, name in world.bot.directory._people.items()}
    assert {fact.by for fact in known.sheet.facts.values()} == {people[ANA], people[EVE], None}
    assert [offers(world.person(who)) for who in (ANA, EVE, CLEO)] == [False, False, True]
    looks(cleo)
    assert held(world, case).standing == "stands"
    assert "looked at, and it stands" in ana.steward("show 1")
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.decision is not None
    with world.store.read() as session:
        (line,) = [each for each in audit.records(session) if each.what == "case.approved"]
        frozen = f"ai-impact {known.shown.version} {known.shown.answers} stands"
        assert list(line.detail["assessments"]) == [frozen], "the yes names exactly what it rested on"
        assert prove(session).ok, prove(session)
        given = verdicts(session)
        problems = [each.problem for each in replayed(session, Shelf(), given)]
    assert not any(problems)
    assert any(each.kind == sheets.SHEET for each in given)


def test_another_answer_makes_it_stale_and_it_is_looked_at_again(world: World) -> None:
    case = world.person(ANA).asks().submitted(DECIDES).case.id
    ana, cleo = world.person(ANA), world.person(CLEO)
    writes(ana, SAID)
    looks(cleo, "work_left", "Who else was heard?")
    assert held(world, case).standing == "work_left"
    writes(ana, SAID | {"heard_who": "Two applicants and the council"})
    assert held(world, case).standing == "stale"
    looks(cleo)
    found = held(world, case)
    assert found.standing == "stands"
    assert found.entry is not None
    assert [draft.number for draft in found.entry.drafts] == [1, 2], "the first is kept"


def test_who_opened_the_window_before_somebody_wrote_says_nothing(world: World) -> None:
    case = world.person(ANA).asks().submitted(DECIDES).case.id
    ana, cleo = world.person(ANA), world.person(CLEO)
    writes(ana, SAID)
    cleo.steward("assess 1")
    cleo.hands.clicks_view(Action.ASSESS_REVIEW.value)
    world.settle()
    cleo.hands.fills(ruling="stands", words="Read it all")
    writes(ana, SAID | {"heard_who": "Nobody after all"})
    cleo.hands.submits()
    world.settle()
    assert held(world, case).standing == "none"


def test_unsure_is_an_answer_and_asks_for_more(world: World) -> None:
    case = world.person(ANA).asks().submitted().case.id
    no = dict.fromkeys(("groups", "society", "weighs_on", "hard_to_undo"), "no")
    view = writes(
        world.person(ANA), no | {"misuse": ["none"], "affected": ["only_team"], "unaware": "unsure"}, 2
    )
    assert section(view) == "Harm"
    finding = held(world, case).sheet.finding
    assert finding is not None
    assert "as long as something is open" in world.person(ANA).steward("show 1")


def test_the_other_screenings_are_one_press_away(world: World) -> None:
    case = world.person(ANA).asks().submitted(DECIDES).case.id
    ana = world.person(ANA)
    ana.steward("assess 1")
    buttons = [e for b in drawn(ana)["blocks"] for e in b.get("elements", []) if e.get("type") == "button"]
    named = {each["text"]["text"]: each["action_id"] for each in buttons}
    ana.hands.clicks_view(named["Data protection screening"])
    world.settle()
    assert section(hands_in(ana, {})) == "Nine signs"
    view = hands_in(ana, dict.fromkeys(("profiles", "decides", "watches", "large", "combined"), "yes"))
    assert section(view) == "The full assessment"
    hands_in(ana, {"full_is": "begun", "full_where": "=HYPERLINK(1)"})
    found = held(world, case, "dpia-screening")
    assert found.sheet.answers["weak"].text == "yes", "from who is affected, confirmed"
    assert "A full data protection impact assessment is due" in ana.steward("show 1")


def test_what_was_said_of_a_confidential_use_leaves_with_nothing_but_the_whole(world: World) -> None:
    case = world.person(ANA).asks().submitted(DECIDES).case.id
    writes(world.person(ANA), SAID)
    looks(world.person(CLEO), "work_left", "Ask the council")
    with world.store.write() as session:
        every = list(aims.every_one(session))
        assert [each.kind for each in assessments.veiled(session, every)] == ["assessment"]
        session.execute(update(UseRow).where(col(UseRow.id) == case).values(confidential=True))
        assert list(assessments.veiled(session, every)) == []
        for whole in (False, True):
            archive = Kept()
            put_aims(cast(Any, archive), session, None, whole=whole)
            assert ("Ask the council" in str(archive.rows)) is whole


class Kept:
    """Keeps the rows of every table."""

    def __init__(self) -> None:
        self.rows: list[Any] = []

    @contextmanager
    def table(self, name: str, columns: Any) -> Iterator[Any]:
        yield self.rows.append


def test_what_those_affected_said_is_on_the_card_and_in_the_dossier(world: World) -> None:
    case, ana = world.person(ANA).asks().submitted(DECIDES).case.id, world.person(ANA)
    assert "Those affected said" not in str(world.cards()[-1])
    writes(ana, SAID | {"heard_said": f"They asked for a person. {HOSTILE}"})
    card = str(world.cards()[-1]["blocks"])
    for said in ("Those affected said", "Two applicants", "They asked for a person."):
        assert said in card
    assert "<!channel>" not in card, "as text, whatever they wrote"
    with world.store.read() as session:
        then = heard(session, case)
    assert then is not None
    world.passes(hours=1)
    writes(ana, SAID | {"heard": "nobody", "heard_why": "The council is asked in May."})
    writes(ana, {"heard_why": "The council is asked in May."})
    card = str(world.cards()[-1]["blocks"])
    assert "Nobody who is affected was heard" in card
    assert "The council is asked in May." in card
    assert "They asked for a person." not in card, "what stands no more is not told as if it did"
    with world.store.read() as session:
        now, past = kept(session, case, zone="UTC"), kept(session, case, then.at, zone="UTC")
    assert now is not None
    assert now.heard is not None
    assert past is not None
    assert past.heard == then, "as it was known that day"
    assert (now.heard.how, now.heard.said, now.heard.why) == ("nobody", "", "The council is asked in May.")
    shelf = library()
    inside, outside = (str(dossier(now, Words(), shelf.form, shelf.wording, who)) for who in AUDIENCES)
    assert "The council is asked in May." in inside
    assert "The council is asked in May." not in outside, "nobody asked them whether others may read it"


def test_high_risk_stands_with_a_note_of_who_was_heard_or_a_reason_and_whoever_decides_reads_it(
    world: World,
) -> None:
    thread = world.person(ANA).asks().submitted(DECIDES)
    case, ana, cleo = thread.case.id, world.person(ANA), world.person(CLEO)
    assert thread.case.verdict is not None
    assert thread.case.verdict.results["tier"].ceiling == 3
    bare = {name: said for name, said in SAID.items() if not name.startswith("heard_")}
    at_work = bare | {"affected": ["staff_applicants"]}
    ana.steward("assess 1")
    view = hands_in(ana, {})
    while section(view) != "Who was heard":
        view = hands_in(ana, at_work)
    assert "Their representatives may have to be told, or asked" in str(view)
    assert "Art. 26(7)" in str(view)
    assert "Needed where the risk is high." in str(hands_in(ana, at_work)), "once somebody was heard"
    writes(ana, at_work)
    known = held(world, case).sheet.finding
    assert known is not None
    assert not known.complete
    looks(cleo)
    assert held(world, case).standing == "none", "what is not whole does not stand"
    cleo.hands.closes_view(all_of_them=True)

    writes(ana, SAID)
    looks(cleo)
    assert held(world, case).standing == "stands"
    card = str(world.cards()[-1]["blocks"])
    for name in ("heard_who", "heard_said", "heard_answer", "heard_changed"):
        assert str(SAID[name]) in card, "before anybody decides"
    assert "People who work here are affected." in card

    writes(ana, {"heard": "nobody"})
    writes(ana, {"heard": "nobody", "heard_why": "There is no council, and nobody is hired yet."})
    looks(cleo)
    assert held(world, case).standing == "stands", "a reason is enough, and whoever looks at it reads it"
    assert "There is no council" in str(world.cards()[-1]["blocks"])
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.decision is not None


def test_high_risk_says_of_each_group_what_may_happen_how_bad_it_is_and_what_limits_it(world: World) -> None:
    """One group a line; a line that lacks a part is said with its number, and without any it does not stand."""
    thread = world.person(ANA).asks().submitted(DECIDES)
    case, ana, cleo = thread.case.id, world.person(ANA), world.person(CLEO)
    without = {name: said for name, said in SAID.items() if name != "each_group"}
    writes(ana, without)
    looks(cleo)
    assert held(world, case).standing == "none", "no group is named"
    cleo.hands.closes_view(all_of_them=True)

    ana.steward("assess 1")
    view = hands_in(ana, {})
    while section(view) != "Group by group":
        view = hands_in(ana, without)
    assert "who | what may happen | how bad | what limits it" in str(view)
    assert "Needed where the risk is high." in str(view)
    ana.hands.fills(each_group="Applicants | <!channel> &amp; =1+1 | slight | told\nFamilies | worry")
    assert "Line 2" in str(ana.hands.submits())
    assert "each_group" not in held(world, case).sheet.answers
    ana.hands.fills(each_group=SAID["each_group"])
    assert ana.hands.submits() is None
    world.settle()
    cleo.steward("assess 1")
    cleo.hands.clicks_view(Action.ASSESS_REVIEW.value)
    shown = str(drawn(cleo))
    assert "• Applicants | ranked too low | can be put right | a person reads each" in shown
    assert "• Their families | worry | slight | told beforehand" in shown
    cleo.hands.closes_view(all_of_them=True)
    looks(cleo)
    assert held(world, case).standing == "stands"
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.decision is not None


def test_the_measure_of_high_risk_counts_what_stands_and_nothing_stale(world: World) -> None:
    """By the answers of that day: what was answered since changes nothing of a day that is over."""
    world.person(ANA).asks().submitted(DECIDES)
    ana, cleo = world.person(ANA), world.person(CLEO)
    writes(ana, SAID)
    looks(cleo)
    cleo.decides(Action.APPROVE, reason="Fine")
    day = world.bot.front.desk().day
    world.passes(hours=24)
    writes(ana, SAID | {"heard_who": "Two applicants and the council"})

    def counted(back: int) -> tuple[int, int]:
        with world.store.read() as session:
            found = counted_on(session, "high_risk_assessed", day + timedelta(days=back), "Europe/Berlin")
        return found.part, found.whole

    assert [counted(back) for back in (-1, 0, 1)] == [(0, 0), (1, 1), (0, 1)]
