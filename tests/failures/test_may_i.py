"""A question in a channel, whatever Slack does to its event and whoever reads along there."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from store.tables import InboxRow
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, DAN, EVE, HARMLESS, SCOPES, World, words

ASKED = "can I use Otter to write down what is said in our own meetings?"
SWITCHED_ON = pytest.mark.parametrize("settings", [{"channels.questions": ["C0ALL"]}], ids=["switched on"])


def says(world: World, user: str, text: str) -> str:
    ts = world.person(user).hands.says("general", text)
    world.settle()
    return ts


def below(world: World, ts: str) -> list[str]:
    seen = world.server.person(BEN).sees("general", thread_ts=ts)
    return [words(m) for m in seen if m.get("bot_id") and not m.get("ephemeral")]


def hears(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "channels:history"}
    world.workspace.events |= {"message.channels"}


def stored(world: World) -> int:
    with world.store.read() as session:
        kept = session.exec(select(InboxRow.payload).where(InboxRow.kind == "message")).all()
    return sum(each["event"]["channel_type"] != "im" for each in kept)


def test_f01_a_mention_that_comes_twice_is_answered_once(world: World) -> None:
    approved(world)
    held = world.holds_back()
    ts = world.person(DAN).hands.says("general", f"@Steward {ASKED}")
    world.delivers(*held, *held)
    assert len(below(world, ts)) == 1


def test_f29_where_another_organisation_reads_the_channel_hears_nothing(world: World) -> None:
    approved(world)
    world.workspace.place(DAN, "general").shared_with.append("T0OTHER")
    assert below(world, says(world, DAN, f"@Steward {ASKED}")) == []
    assert "AIU-2026-0001" in words(world.person(DAN).dm()[-1])


@SWITCHED_ON
def test_f29_nor_to_a_plain_question(world: World) -> None:
    hears(world)
    approved(world)
    world.workspace.place(DAN, "general").shared_with.append("T0OTHER")
    assert below(world, says(world, DAN, ASKED)) == []
    assert stored(world) == 0


def test_f29_a_guest_is_told_nothing_of_the_register(world: World) -> None:
    approved(world)
    world.workspace.people[EVE].is_restricted = True
    assert below(world, says(world, EVE, f"@Steward {ASKED}")) == []
    told = [*world.person(EVE).reads("general"), world.person(EVE).steward(ASKED)]
    assert "AIU-" not in "".join(told)


def test_f29_in_a_channel_nothing_is_said_that_only_some_may_see(world: World) -> None:
    world.person(ANA).asks().submitted()
    assert "AIU-" not in "".join(below(world, says(world, ANA, f"@Steward {ASKED}")))


def test_f29_what_is_confidential_is_told_to_nobody_who_asks(world: World) -> None:
    keep(world.store, library())
    thread = world.person(ANA).asks()
    assert thread.fills(HARMLESS) is None
    thread.answers()
    thread.presses(Action.CONFIDE)
    thread.presses(Action.SUBMIT)
    for user in (ANA, BEN, DAN):
        assert "AIU-" not in world.person(user).asks(ASKED).last
    eve = world.person(EVE)
    eve.presses_card(Action.OPEN_WHOLE)
    eve.hands.clicks_view(Action.APPROVE.value)
    eve.hands.fills(reason="Fine.")
    assert eve.hands.submits() is None
    world.settle()
    assert thread.case.in_use
    for user in (ANA, BEN, DAN):
        assert "AIU-" not in world.person(user).asks(ASKED).last
    for user in (ANA, BEN, DAN, EVE):
        for asked in ("what is allowed?", "Which tools can I use for meetings?", "/steward what is allowed?"):
            person = world.person(user)
            told = person.steward(asked[9:]) if asked.startswith("/") else person.asks(asked).last
            assert told
            assert "AIU-" not in told, (user, asked)
        assert "AIU-" not in world.person(user).asks("I'd like to use Otter to draft memos").last


def test_f39_words_in_channels_are_let_go_where_nobody_switched_it_on(world: World) -> None:
    hears(world)
    assert below(world, says(world, DAN, ASKED)) == []
    assert stored(world) == 0


@SWITCHED_ON
def test_f39_and_where_the_scope_was_taken_away(world: World) -> None:
    hears(world)
    assert len(below(world, says(world, DAN, ASKED))) == 1
    held = world.holds_back()
    ts = world.person(DAN).hands.says("general", ASKED)
    world.workspace.scopes = set(SCOPES)
    world.clock.move(120)
    world.delivers(*held)
    assert below(world, ts) == []
    assert stored(world) == 1


@SWITCHED_ON
def test_f37_switched_on_it_stays_so_under_another_id(world: World) -> None:
    told = {"old_channel_id": "C0ALL", "new_channel_id": "C0NEWID", "event_ts": "1.1"}
    world.raises({"type": "channel_id_changed", **told})
    assert world.bot.front.office.config.channels.questions == ("C0NEWID",)
