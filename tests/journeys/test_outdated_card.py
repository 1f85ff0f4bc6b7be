"""A card that shows what is past decides nothing: whoever presses it is told, and sees how things are."""

from __future__ import annotations

from sqlmodel import select

from bot.slack.ids import Action
from store.tables import AddressRow
from tests.slack_world import ANA, BEN, World
from triage.case import Status


def test_a_press_on_an_outdated_card_is_told_and_the_card_is_drawn_anew(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    with world.store.write() as session:  # as if the last update of the card had not reached Slack
        card = session.exec(select(AddressRow).where(AddressRow.purpose == "card")).one()
        shown = card.version_shown
        assert shown is not None
        assert shown == thread.case.version
        card.version_shown = shown - 1
        session.add(card)
    ben = world.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert ben.hands.view() is None
    assert "has changed since your card was drawn" in ben.told()
    with world.store.read() as session:
        again = session.exec(select(AddressRow).where(AddressRow.purpose == "card")).one()
        assert (again.version_shown, again.ts) == (shown, card.ts)
    assert len(world.cards()) == 1
    ben.decides(Action.APPROVE)
    assert thread.case.status is Status.approved
