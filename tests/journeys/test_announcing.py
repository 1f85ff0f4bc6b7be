"""Whoever answers for a use gets a notice to copy: from its facts, for users or people it affects, in two languages."""

from __future__ import annotations

from bot.announcing import drafted
from bot.demo.player import elements
from bot.slack.ids import Action, Press
from bot.words import Words
from tests.failures.acts import press_forged
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, DAN, Somebody, World
from tests.slack_world.thread import Thread
from triage.announcing import Audience, announcement


def opens(person: Somebody, thread: Thread, choice: str = "users.") -> None:
    press_forged(person, Action.ANNOUNCE, Press(case=thread.case.id, choice=choice))


def offered(person: Somebody) -> list[str]:
    """The buttons below the use, as this person finds it."""
    assert person.hands.command("/steward", "show 1", "general")
    person.world.settle()
    message = [m for m in person.hands.sees("general") if m.get("ephemeral")][-1]
    return [str(e.get("action_id")) for e in elements(message)]


def test_it_says_what_is_known_and_names_what_is_not(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    assert Action.ANNOUNCE in offered(ana)
    opens(ana, thread)
    users = ana.window()
    assert "How we use Otter" in users
    assert "What stays out: passwords, keys or payment cards" in users
    assert f"tell <@{ANA}>" in users
    opens(ana, thread, "affected.en")
    affected = ana.window()
    assert "[how to object, or to have a person look at it]" in affected
    assert "Not known yet:" in affected
    assert thread.case.title not in affected, "what the register calls it is for colleagues"


def test_inside_the_window_it_turns_to_another_language(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    opens(ana, thread)
    ana.clicks("Français")
    assert "Comment nous utilisons Otter" in ana.window()
    ana.clicks("Pour les personnes concernées")
    assert "Nous utilisons ici l'intelligence artificielle" in ana.window()


def test_only_whoever_answers_for_it(world: World) -> None:
    thread, dan = approved(world), world.person(DAN)
    assert Action.ANNOUNCE not in offered(dan)
    opens(dan, thread)
    assert "tells others of it" in dan.told()


def test_what_people_wrote_in_it_stays_data(world: World) -> None:
    thread = approved(world)
    draft = announcement(thread.case, Audience.users).model_copy(update={"purpose": "*Ask* <!channel>"})
    page = drafted(Words(), thread.case, draft, f"<@{ANA}>")
    assert "&lt;!channel&gt;" in page["notice"]
    assert "*Ask*" not in page["notice"]
