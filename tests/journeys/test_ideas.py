"""An idea of anybody's: kept for whoever leads, taken up or declined with a reason, and told back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.reading import words
from bot.slack.entries import acting, carry_out
from bot.slack.handed import handed
from bot.slack.ids import Action, Shortcut, View
from bot.slack.ids import Press as Carried
from bot.slack.linking import of_entry
from bot.slack.payloads import Submission, Who
from tests.journeys.test_incidents import the_incident
from tests.journeys.test_reviews import lot as lot
from tests.journeys.test_reviews import on_home, reviewed
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, newest, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.entry import Entry
from triage.aims.errands import errands
from triage.aims.wishes import DraftEntry
from triage.outcome import Refused

IDEA = "improvement"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], risk_owner=[CLEO], executive=[CLEO], auditor=[BEN])


def has(world: World, user: str, title: str = "Shorter questions") -> Entry:
    person = world.person(user)
    person.steward("idea Two questions ask <!here> the same")
    assert fills(world, user, title=title) is None
    return entries(world, IDEA)[-1]


def heard(world: World, user: str) -> list[str]:
    return [words(m) for m in world.person(user).dm() if "Your idea goes on" in words(m)]


def does(world: World, act: str, **said: Any) -> None:
    world.person(DAN).steward("ideas")
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.ACT_ENTRY, f"{act}|")
    assert fills(world, DAN, **said) is None
    world.person(DAN).hands.closes_view(all_of_them=True)


def test_a_colleague_has_an_idea_and_hears_what_came_of_it(world: World) -> None:
    entry = has(world, ANA)
    assert entry.said("idea") == "Two questions ask <!here> the same"
    assert (entry.drafts[0].by, entry.drafts[0].role, entry.stage) == (id_of(world, ANA), "colleague", "")
    world.person(DAN).steward("ideas")
    assert "Next: take it up or decline it. It is for" in world.person(DAN).window()
    world.person(DAN).hands.closes_view(all_of_them=True)
    desk = world.bot.front.desk(actor=id_of(world, DAN))
    with world.store.read() as session:
        mine = acting(session, id_of(world, DAN), desk)
    assert [[act.id for act in each.acts] for each in mine] == [["taken_up", "declined"]], "on their Home"
    assert not heard(world, ANA)
    does(world, "taken_up", because="It saves <!channel> an hour")
    (told,) = heard(world, ANA)
    assert f"*Shorter questions* is taken up, says <@{DAN}> as governance lead:" in told
    assert "<!channel>" not in told
    does(world, "done", evidence="One question is gone")
    assert len(heard(world, ANA)) == 2
    (entry,) = entries(world, IDEA)
    assert [each.kind for each in errands(entry, world.bot.front.desk())] == ["effect"]


def test_what_is_declined_is_declined_with_a_reason_that_they_read(world: World) -> None:
    has(world, ANA)
    world.person(DAN).steward("ideas")
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.ACT_ENTRY, "declined|")
    assert fills(world, DAN) is not None, "no reason, no end"
    assert fills(world, DAN, because="The law asks for both") is None
    (told,) = heard(world, ANA)
    assert "is not done" in told
    assert "The law asks for both" in told
    by_hand(world, DAN, Action.ACT_ENTRY, Carried("taken_up", choice=entries(world, IDEA)[0].id))
    assert len(heard(world, ANA)) == 1


def test_from_a_message_and_nobody_without_a_role_says_more_than_the_idea(world: World) -> None:
    ts = world.person(DAN).hands.says("general", "Why are we asked twice?")
    world.settle()
    ana = world.person(ANA)
    assert ana.hands.shortcut(Shortcut.RAISE_FROM.value, "C0ALL", ts)
    world.settle()
    assert "Make it a nonconformity" not in ana.window(), "that is for roles"
    press(world, ANA, Action.RAISE_ENTRY, f"{IDEA}|")
    view = ana.hands.view()
    assert view is not None
    asked = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert asked == {"entry.title", "entry.idea"}
    assert fills(world, ANA, title="Ask once") is None
    (entry,) = entries(world, IDEA)
    assert str(entry.said("idea")).startswith("Why are we asked twice?\nhttp")
    crafted = DraftEntry(actor=id_of(world, ANA), key="k", entry="e", kind=IDEA,
                         said={"title": "T", "idea": "I", "owner": id_of(world, DAN)})  # fmt: skip
    with pytest.raises(Refused, match="not_in_role_here"):
        carry_out(world.bot.front, [crafted], world.bot.front.desk(actor=crafted.actor))


def test_they_read_their_own_idea_and_nobody_elses(world: World) -> None:
    has(world, ANA)
    does(world, "taken_up", because="It saves an hour")
    told = [m for m in world.person(ANA).dm() if "Your idea goes on" in words(m)][-1]
    assert world.person(ANA).hands.clicks("dm", told["ts"], f"{Action.READ_ENTRY.value}.0")
    assert "Two questions ask" in world.person(ANA).window()
    assert "● taking it up → ◐ *action* → ○ check" in world.person(ANA).window()
    theirs = has(world, CLEO, "Another")
    by_hand(world, ANA, Action.READ_ENTRY, Carried("", choice=theirs.id))
    assert newest(world, ANA).startswith("I find no such entry")
    assert "is for" in world.person(ANA).steward("ideas")


def test_whoever_may_raise_more_is_asked_which_it_is(world: World) -> None:
    ts = world.person(DAN).hands.says("general", "Why are we asked twice?")
    world.settle()
    assert world.person(EVE).hands.shortcut(Shortcut.RAISE_FROM.value, "C0ALL", ts)
    world.settle()
    press(world, EVE, Action.RAISE_ENTRY, f"{IDEA}|")
    assert fills(world, EVE, title="Ask once") is None
    (entry,) = entries(world, IDEA)
    assert entry.drafts[0].role != "colleague"


def test_after_a_review_there_is_a_button_and_no_question(world: World) -> None:
    """Whoever changed something in a review may say more; nobody is asked to."""
    reviewed(world)
    ana = world.person(ANA)
    ana.home()
    button = on_home(world, ANA, Action.REVIEW)
    assert ana.hands.clicks_home(button["action_id"], value=button["value"])
    world.settle()
    ana.hands.fills(area="changed")
    assert ana.hands.submits() is None
    ana.hands.fills(area=["employment"])
    assert ana.hands.submits() is None
    ana.hands.fills(function="employment.ranking")
    while "The approval does not cover this" not in ana.window():
        assert ana.hands.submits() is None
    assert ana.hands.submits() is None
    world.settle()
    press(world, ANA, Action.RAISE_ENTRY, f"{IDEA}|")
    assert fills(world, ANA, title="Say it earlier", idea="Ask when a use grows") is None
    (entry,) = entries(world, IDEA)
    assert entry.said("from") == ("AIU-2026-0001",)


def reports(world: World) -> str:
    """Dan reports an incident, of which Ana may see nothing; its reference."""
    ts = world.person(DAN).hands.says("general", "It sent data to the wrong person")
    world.settle()
    assert world.person(DAN).hands.shortcut(Shortcut.INCIDENT_FROM.value, "C0ALL", ts)
    world.settle()
    assert world.person(DAN).submits() is None
    world.settle()
    return str(the_incident(world).ref)


def names(world: World, user: str, ref: str) -> str:
    """Handed in with a reference that no window offers; what is said beside that field."""
    fields = {"entry.title": ("T",), "entry.idea": ("I",), "entry.from": (ref,)}
    key = f"{user} {ref} {len(entries(world))}"
    made = Submission(who=Who(TEAM, user), callback=View.STATE_ENTRY.value, about=f"{IDEA}|0||||",
                      fields=fields, key=key, view="V1")  # fmt: skip
    told = handed(world.bot.front, made) or {}
    return str(told.get("errors", {}).get("entry.from", ""))


def test_an_idea_names_no_use_and_no_incident_that_they_may_not_see(world: World) -> None:
    ref = reports(world)
    told = names(world, ANA, ref)
    assert told.startswith("I find no such use or incident")
    assert told == names(world, ANA, "AII-2026-0099") == names(world, ANA, "AIU-2026-0099"), "alike"
    assert entries(world, IDEA) == []
    by_hand(world, ANA, Action.RAISE_ENTRY, Carried(IDEA, choice=ref))
    assert newest(world, ANA).startswith("I find no such incident")
    assert world.person(ANA).hands.view() is None
    assert names(world, DAN, ref) == ""
    assert [each.said("from") for each in entries(world, IDEA)] == [(ref,)]


def test_how_an_incident_stands_is_shown_beside_an_idea_to_whoever_may_see_it(world: World) -> None:
    ref, front = reports(world), world.bot.front
    wish = DraftEntry(actor=id_of(world, ANA), key="k", entry="e", kind=IDEA,
                      said={"title": "T", "idea": "I", "from": (ref,)})  # fmt: skip
    (idea,) = carry_out(front, [wish], front.desk(actor=wish.actor))
    linked = {}
    for user in (ANA, DAN):
        person = id_of(world, user)
        with world.store.read() as session:
            linked[user] = [each.ref for each in of_entry(front, session, idea, person, front.desk())]
    assert linked == {ANA: [], DAN: [ref]}
