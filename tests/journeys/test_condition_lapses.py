"""An approval that one unmet condition ended: what was said of the others promises nothing that does not come."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.journeys.test_condition_verified import NOTICE, TELL, bound, settings
from tests.journeys.test_living_conditions import bound as simply_bound
from tests.journeys.test_living_conditions import hands_in
from tests.slack_world import ANA, EVE, World

__all__ = ["settings"]
AUDIT = "Audit the records"


def test_another_that_waited_for_a_second_look(world: World) -> None:
    thread = bound(world, conditions=f"{TELL}\n{AUDIT}", otherwise="lapses")
    assert hands_in(thread, 1, link=NOTICE) is None
    world.passes(days=20)
    assert thread.case.status.value == "lapsed"
    (card,) = world.cards()
    waited = next(text for text in world.below(card) if "wiki.example.org" in text)
    assert "decided anew now" not in waited, "nothing is being decided"
    assert "The approval has lapsed, so it is looked at if the use is decided anew." in waited
    own = next(text for text in thread.texts() if "approval has run out" in text)
    assert "Not met by 21 December 2026: Audit the records." in own
    assert "Press *A condition is met* once it is; then it is decided anew." in own
    assert TELL not in own.partition("Not met by")[2].partition("Please stop")[0]
    assert hands_in(thread, 2, link=NOTICE) is None
    assert "It is decided anew now; until then please do not use it." in thread.person.window()
    assert "It is decided anew now." in world.below(card)[-1]


def test_what_runs_out_says_how_to_go_on(world: World) -> None:
    thread = simply_bound(world, conditions="Tell everybody", due="", until="2026-12-21")
    world.passes(days=20)
    own = next(text for text in thread.texts() if "approval has run out" in text)
    assert "It held until 21 December 2026, so please stop using it." in own
    assert "press *Something changed*" in own


def test_one_that_is_unmet_while_it_is_decided_anew(world: World) -> None:
    thread = bound(world, otherwise="suspends")
    thread.presses(Action.CHANGE)
    ana = world.person(ANA)
    ana.hands.fills(purpose="Write down what is said in interviews with customers")
    assert ana.hands.submits() is None
    world.settle()
    assert ana.hands.submits() is None
    world.settle()
    assert thread.case.status.value == "in_review"
    world.passes(days=20)
    assert "condition.unmet" in world.trail()
    (card,) = world.cards(EVE)
    unmet = [t for t in (*thread.texts(), *world.below(card)) if "*not met* by" in t]
    assert len(unmet) == 2
    assert not any("say so" in text or "suspended" in text for text in unmet)
    assert "It is being decided anew already" in unmet[0]
    assert "It is here already to be decided anew." in unmet[1]
