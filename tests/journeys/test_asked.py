"""What somebody outside wants or asks: noted from a message, linked, answered, told back, laid before the review."""

from __future__ import annotations

from typing import Any

import pytest

from bot.management import inputs, written
from bot.sandbox.reading import words
from bot.slack.entries import carry_out
from bot.slack.ids import Action, Shortcut
from bot.slack.ids import Press as Carried
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, newest, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.aims.entry import Entry
from triage.aims.errands import errands
from triage.aims.wishes import DraftEntry
from triage.enough import most
from triage.outcome import Refused

WISH, QUESTION = "expectation", "inquiry"
SAID = "Rheinmark <!here> wants us not to train on their data"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], risk_owner=[CLEO], executive=[CLEO], auditor=[BEN])


def notes(world: World, user: str, kind: str, **said: Any) -> Entry:
    """From what Eve said in a channel."""
    ts = world.person(EVE).hands.says("general", SAID)
    world.settle()
    assert world.person(user).hands.shortcut(Shortcut.RAISE_FROM.value, "C0ALL", ts)
    world.settle()
    press(world, user, Action.RAISE_ENTRY, f"{kind}|")
    assert fills(world, user, title="No training", whose="Rheinmark AG", asker="customer", **said) is None
    return entries(world, kind)[-1]


def answers(world: World, **said: Any) -> dict[str, Any] | None:
    told = [m for m in world.person(DAN).dm() if "Something is yours" in words(m)][-1]
    assert world.person(DAN).hands.clicks("dm", told["ts"], f"{Action.ACT_ENTRY.value}.0")
    world.settle()
    return fills(world, DAN, answer="We never do <!channel>", told_by="in_writing", **said)


def inputs_of(world: World) -> tuple[Any, str]:
    front = world.bot.front
    day = front.desk().day
    with world.store.read() as session:
        found = inputs(session, day.replace(day=1), day, front.desk().organisation.zone)
    return found, written(front.words, found, "text").decode()


def test_a_wish_from_a_message_is_listed_linked_answered_and_counted_in_the_review(world: World) -> None:
    entry = notes(world, ANA, WISH)
    assert entry.said("wish") == SAID
    assert str(entry.said("heard")).startswith("http"), "the link of the message is its evidence"
    assert entry.drafts[0].role == "colleague"
    found, told = inputs_of(world)
    assert [(each.kind, each.state, each.said) for each in found.parties] == [
        (WISH, "unanswered", "Rheinmark AG")
    ]
    assert "Wishes of interested parties: 1, 1 of them without an answer" in told
    assert answers(world, heeded="met") is not None, "linked to no control, it is not answered"
    assert fills(world, DAN, points=["A.10.4", "A.7.3"]) is None
    (entry,) = entries(world, WISH)
    assert (entry.stage, entry.done[0].said["points"]) == ("closed", ("A.7.3", "A.10.4"))
    assert entry.done[0].by == entry.steps[-1].by != entry.drafts[0].by
    (back,) = [m for m in world.person(ANA).dm() if "from outside was answered" in words(m)]
    assert "We never do" in words(back)
    assert "<!channel>" not in words(back)
    found, told = inputs_of(world)
    (row,) = found.parties
    assert (row.state, row.said) == ("answered", "Rheinmark AG; A.7.3, A.10.4")
    assert "0 of them without an answer" in told
    assert len(world.person(EVE).hands.sees("C0ALL")) == 1, "nothing is posted there"
    assert errands(entry, world.bot.front.desk()) == ()


def test_it_is_listed_under_the_interested_parties_and_under_whoever_it_is_of(world: World) -> None:
    notes(world, ANA, WISH)
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "party|")
    assert fills(world, DAN, title="rheinmark ag", needs="Care") is None
    person.hands.closes_view(all_of_them=True)
    person.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, "party")
    shown = person.window()
    assert "One wish or question of theirs waits for an answer" in shown
    assert "No training" in shown
    press(world, DAN, Action.READ_ENTRY)
    assert "What it belongs with" in person.window()
    assert "No training (waits for an answer)" in person.window()


def test_a_question_that_the_records_do_not_answer_leaves_a_gap_by_name(world: World) -> None:
    entry = notes(world, ANA, QUESTION)
    assert entry.said("question") == SAID
    assert answers(world, holds="partly") is not None, "a gap is named"
    assert fills(world, DAN, gap="No figures on changed results") is None
    found, told = inputs_of(world)
    (row,) = found.parties
    assert (row.kind, row.state) == (QUESTION, "gap")
    assert "No figures on changed results" in told
    assert "the records did not show all of what 1 asked" in told


def test_whoever_leads_hears_at_once_and_nobody_else(world: World) -> None:
    notes(world, ANA, WISH)
    assert any("Something is yours" in words(m) for m in world.person(DAN).dm())
    for user in (BEN, CLEO, EVE):
        assert not any("No training" in words(m) for m in world.person(user).dm())
    theirs = notes(world, EVE, WISH)
    by_hand(world, ANA, Action.READ_ENTRY, Carried("", choice=theirs.id))
    assert newest(world, ANA).startswith("I find no such entry")


def test_somebody_who_is_named_answers_it(world: World) -> None:
    """Whoever holds a role notes it from the system's window, and names who answers."""
    person = world.person(CLEO)
    person.steward("setup")
    press(world, CLEO, Action.STATE_ENTRY, f"{WISH}|")
    assert fills(world, CLEO, title="A yearly report", wish="They want one", asker="authority",
                 whose="The authority", points=["4.2"], owner=EVE) is None  # fmt: skip
    assert any("Something is yours" in words(m) for m in world.person(EVE).dm())
    assert not any("Something is yours" in words(m) for m in world.person(DAN).dm())
    told = [m for m in world.person(EVE).dm() if "Something is yours" in words(m)][-1]
    assert world.person(EVE).hands.clicks("dm", told["ts"], f"{Action.ACT_ENTRY.value}.0")
    world.settle()
    assert fills(world, EVE, heeded="in_part", answer="From May on", told_by="in_talk") is None
    (entry,) = entries(world, WISH)
    assert (entry.stage, entry.done[0].said["points"]) == ("closed", ("4.2",))


def test_a_colleague_notes_some_a_day_and_whoever_leads_any_number(world: World) -> None:
    front = world.bot.front

    def note(user: str, number: int) -> None:
        person = id_of(world, user)
        said = {"title": "t", "question": "q", "asker": "customer", "whose": "X"}
        wish = DraftEntry(
            actor=person, key=f"{user}{number}", entry=f"{user}{number}", kind=QUESTION, said=said
        )
        carry_out(front, [wish], front.desk(actor=person))

    for number in range(most()):
        note(ANA, number)
    with pytest.raises(Refused) as refusal:
        note(ANA, most())
    assert refusal.value.key == "noted_enough"
    for number in range(most() + 1):
        note(DAN, number)
    world.passes(days=1)
    note(ANA, most() + 1)
