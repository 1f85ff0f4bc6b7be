"""The settings window as it really comes: opened and saved without a touch."""

from __future__ import annotations

from bot.config import change
from store import audit
from tests.slack_world import BEN, World


def changes(world: World) -> int:
    with world.store.read() as session:
        lines = list(audit.about(session, "settings", "organisation"))
        return sum(line["what"] == "settings.changed" for line in lines)


def test_saving_an_untouched_window_says_that_nothing_changed(world: World) -> None:
    change(world.store, {"roles.governance_lead": [BEN]}, by=None, key="lead", now=world.store.now())
    world.restart()
    before = changes(world)
    lead = world.person(BEN)
    lead.steward("settings")
    assert lead.hands.submits() is None
    world.settle()
    assert "Nothing was changed." in lead.window()
    assert changes(world) == before
