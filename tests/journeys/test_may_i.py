"""May I use this for that? Answered at once wherever it is asked, from what the reader may see, with the way on."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.config import change
from bot.demo.player import elements
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from store.tables import InboxRow, UseRow
from tests.journeys.test_changing import approved as held
from tests.journeys.test_joining import joins
from tests.journeys.test_onward import all_done
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, SCOPES, Somebody, Thread, World, words
from triage.case import Status

SAME = "Can I use Otter to write down what is said in our own meetings?"
OTHER = "Can I use Otter to record job interviews?"
SWITCHED_ON = pytest.mark.parametrize("settings", [{"channels.questions": ["C0ALL"]}], ids=["switched on"])


def approved(world: World, *, conditions: str = "") -> Thread:
    """With all done that comes before anybody may begin."""
    thread = held(world, conditions=conditions)
    all_done(world, thread)
    return thread


def bare(text: str) -> str:
    return text.replace("*", "")


def below(world: World, ts: str, user: str = DAN) -> list[str]:
    """What the bot wrote in the thread of a message in the channel of all."""
    seen = world.server.person(user).sees("general", thread_ts=ts)
    return [bare(words(m)) for m in seen if m.get("bot_id") and not m.get("ephemeral")]


def says(person: Somebody, text: str) -> str:
    ts = person.hands.says("general", text)
    person.world.settle()
    return ts


def drafts(world: World) -> int:
    with world.store.read() as session:
        return len(session.exec(select(UseRow)).all())


def test_yes_for_what_was_approved_and_nothing_is_begun(world: World) -> None:
    approved(world)
    told = world.person(DAN).asks(SAME)
    assert bare(told.last).startswith(
        "Yes, Otter.ai is approved for exactly this:\n• Write down what is said"
    )
    assert "AIU-2026-0001" in told.last
    assert "Anything beyond it needs a yes of its own" in told.last
    assert drafts(world) == 1


def test_yes_if_with_its_conditions_and_joined_in_one_press(world: World) -> None:
    thread = approved(world, conditions="Tell them")
    dan = world.person(DAN)
    told = dan.asks(SAME)
    assert bare(told.last).startswith("Yes, if you keep to what goes with it")
    assert "if: Tell them" in told.last
    told.presses(Action.JOIN)
    joins(dan)
    (made,) = thread.case.deployments
    assert made.unit == "People"


def test_not_for_another_purpose_and_what_it_is_approved_for(world: World) -> None:
    approved(world)
    told = world.person(DAN).asks(OTHER)
    assert bare(told.last).startswith(
        "Not for that, as far as I see. Otter.ai is approved here for exactly this:"
    )
    assert "Write down what is said in our own meetings (AIU-2026-0001)" in told.last
    told.presses(Action.ASK_FOR_IT)
    assert told.case.tool_id == "otter"
    assert told.case.words == OTHER
    assert "record job interviews" in told.last
    told.presses(Action.START)
    assert told.case.answers["purpose"].text == "record job interviews"
    assert told.case.answers["kind"].picked == ("use_new",)


@pytest.mark.parametrize(
    "asked",
    [
        "Can I use Otter for meetings, but not only our own?",
        "Can I use Otter to write down what is said in meetings with customers?",
        "Can I use my private Otter account to write down what is said in our own meetings?",
        "Can I use Otter with patient records to write down what is said in our own meetings?",
        "I am a doctor and record patients. Can I use Otter to write down what is said in our own meetings?",
        "Can I use Otter to write down what is said in our own meetings? And then to rate employees by it?",
        "Can I use Otter through my cousin's login to write down what is said in our own meetings?",
    ],
)
def test_what_goes_beyond_is_no_yes(world: World, asked: str) -> None:
    approved(world)
    assert "Yes" not in world.person(DAN).asks(asked).last


def test_not_yet_with_who_decides_since_when_and_until_when(world: World) -> None:
    ana = world.person(ANA)
    ana.asks().submitted()
    told = ana.asks(SAME)
    assert bare(told.last).startswith("Not yet. Otter.ai is being decided:")
    assert f"<@{BEN}> or <@{EVE}> decides" in told.last or f"<@{EVE}> or <@{BEN}> decides" in told.last
    assert "asked since 7 December 2026" in told.last
    assert "due " in told.last
    assert "You will hear from me either way" in told.last
    assert not told.offers(Action.ASK_FOR_IT)


def test_no_with_its_reason_and_what_is_approved_instead(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.DECLINE, reason="The recordings leave the EU")
    assert thread.case.status is Status.declined
    other = world.person(CLEO).asks("I'd like to use Fireflies for our own meetings")
    other.submitted(HARMLESS | {"tool": "fireflies"})
    assert world.person(BEN).decides(Action.APPROVE, reason="Fine") is None
    told = world.person(ANA).asks(SAME)
    assert bare(told.last).startswith("No for Otter.ai so far:")
    assert "was declined: The recordings leave the EU." in told.last
    assert "Fireflies" in told.last.partition("Near to it, and approved:")[2]


def test_others_hear_nothing_of_what_was_declined_or_waits(world: World) -> None:
    world.person(ANA).asks().submitted()
    told = world.person(DAN).asks(SAME).last
    assert "AIU-" not in told
    assert "Nobody may use Otter.ai for that here so far" in bare(told)


def test_unknown_begins_with_what_was_asked(world: World) -> None:
    told = world.person(DAN).asks("Can I use Foobar to polish newsletters?")
    assert "I do not know Foobar" in bare(told.last)
    told.presses(Action.ASK_FOR_IT)
    assert (told.case.tool_name, told.case.words) == ("Foobar", "Can I use Foobar to polish newsletters?")
    assert "polish newsletters" in told.last
    told.presses(Action.ASK_FOR_IT)
    assert drafts(world) == 1, "pressed twice it is the same one"


def test_a_tool_outside_of_the_catalogue_is_found_by_its_name(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use a tool called Foobar to polish newsletters")
    thread.submitted(HARMLESS | {"tool": "Foobar", "purpose": "Polish newsletters"})
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    told = world.person(DAN).asks("Can I use Foobar to polish newsletters?")
    assert bare(told.last).startswith("Yes, but not at once. Foobar is approved for exactly this:\n• ")
    assert f"*not to be used yet*: <@{ANA}> has to accept that they answer for it, due " in told.last
    assert "please wait until that is there; you can join it now" in told.last


def test_who_is_to_answer_for_it_says_so_in_the_answer(world: World) -> None:
    ana = world.person(ANA)
    thread = ana.asks("I'd like to use a tool called Foobar to polish newsletters")
    thread.submitted(HARMLESS | {"tool": "Foobar", "purpose": "Polish newsletters"})
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    question = "Can I use Foobar to polish newsletters?"
    assert not world.person(DAN).asks(question).offers(Action.ACCEPT_PART), "it is not Dan who is asked"
    told = ana.asks(question)
    assert "say that you answer for it" in bare(told.last)
    assert "please wait" not in told.last
    told.presses(Action.ACCEPT_PART, having="I answer for it")
    again = ana.asks(question)
    assert not again.offers(Action.ACCEPT_PART)
    assert "answer for it" not in again.last
    assert thread.case.appointments[-1].kind == "accepted"


def test_which_of_several_is_asked_and_answered_in_one_press(world: World) -> None:
    dan = world.person(DAN)
    told = dan.asks("Can we use Copilot to write unit tests?")
    assert "Which one do you mean?" in bare(told.last)
    told.presses(Action.MAY_I, having="github-copilot")
    assert "Nobody may use GitHub Copilot for that here so far" in bare(told.last)
    told.presses(Action.ASK_FOR_IT)
    assert told.case.tool_id == "github-copilot"
    assert told.case.words == "Can we use GitHub Copilot to write unit tests?"


def test_in_a_command_and_in_the_window_of_home(world: World) -> None:
    approved(world)
    dan = world.person(DAN)
    told = bare(dan.steward("can I use copilot to write unit tests"))
    assert "Which one do you mean?" in told
    dan.clicks("GitHub Copilot", where="general")
    assert "Nobody may use GitHub Copilot for that" in bare(dan.told())
    dan.home()
    dan.hands.clicks_home(Action.HOME_ASK.value)
    dan.hands.fills(words=OTHER)
    assert dan.hands.submits() is None
    assert "Not for that, as far as I see" in bare(dan.window())
    dan.clicks("Ask for it")
    assert OTHER in str(dan.hands.view())


def test_a_mention_is_answered_below_it_from_what_every_colleague_sees(world: World) -> None:
    approved(world)
    world.person(ANA).asks("I'd like to use Claude to draft memos").submitted(HARMLESS | {"tool": "claude"})
    ana, dan = world.person(ANA), world.person(DAN)
    first = below(world, says(dan, f"@Steward {SAME}"))
    assert first[0].startswith("Yes, Otter.ai is approved for exactly this:")
    assert len(first) == 1
    own = below(world, says(ana, "@Steward can I use Claude to draft memos?"))
    assert "AIU-" not in own[0], "what waits is for who asked, and for those who decide"
    assert "Nobody may use Claude for that here so far" in own[0]


def test_asked_for_in_a_channel_it_goes_on_in_a_direct_message(world: World) -> None:
    dan = world.person(DAN)
    ts = says(dan, "@Steward can I use DeepL to translate leaflets?")
    (shown,) = [m for m in dan.hands.sees("general", thread_ts=ts) if m.get("bot_id")]
    ask = next(e for e in elements(shown) if e["action_id"] == Action.ASK_FOR_IT.value)
    dan.hands.clicks("general", shown["ts"], ask["action_id"])
    assert "can I use DeepL to translate leaflets?" in str(dan.hands.view())
    assert dan.hands.submits() is None
    world.settle()
    (head,) = [m for m in dan.dm() if not m.get("thread_ts")]
    assert world.case(head["ts"], DAN).tool_id == "deepl"
    assert len(below(world, ts)) == 1


def test_where_other_organisations_read_nothing_of_the_register_is_said(world: World) -> None:
    approved(world)
    world.workspace.place(DAN, "general").shared_with.append("T0OTHER")
    dan = world.person(DAN)
    ts = says(dan, f"@Steward {SAME}")
    assert below(world, ts) == []
    assert "I answer you in our direct message" in dan.told()
    assert "AIU-" not in dan.told()
    assert "AIU-2026-0001" in words(dan.dm()[-1])


def test_guests_are_told_nothing(world: World) -> None:
    approved(world)
    world.workspace.people[EVE].is_restricted = True
    eve = world.person(EVE)
    ts = says(eve, f"@Steward {SAME}")
    assert below(world, ts) == []
    assert "AIU-" not in eve.told()
    told = eve.asks(SAME)
    assert "AIU-2026-0001" not in "".join(told.texts())


def hears_channels(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "channels:history"}
    world.workspace.events |= {"message.channels"}


def stored(world: World) -> list[dict[str, Any]]:
    with world.store.read() as session:
        kept = session.exec(select(InboxRow.payload).where(InboxRow.kind == "message")).all()
    return [each["event"] for each in kept if each["event"]["channel_type"] != "im"]


def test_plain_words_in_a_channel_are_let_go_by_default(world: World) -> None:
    hears_channels(world)
    ts = says(world.person(DAN), SAME)
    assert below(world, ts) == []
    assert stored(world) == []


@SWITCHED_ON
def test_without_the_scope_they_are_let_go_as_well(world: World) -> None:
    world.workspace.events |= {"message.channels"}
    assert below(world, says(world.person(DAN), SAME)) == []
    assert stored(world) == []


@SWITCHED_ON
def test_switched_on_a_question_is_answered_and_nothing_else_is_stored(world: World) -> None:
    hears_channels(world)
    approved(world)
    dan = world.person(DAN)
    (told,) = below(world, says(dan, SAME))
    assert told.startswith("Yes, Otter.ai is approved for exactly this:")
    for other in (
        "Otter was great in the meeting today",
        "can I use the printer on floor 3?",
        "Can I use Zoom for the call?",
        "Can we meet at ten?",
        f"Can I use Otter? {'And so on. ' * 40}",
    ):
        assert below(world, says(dan, other)) == [], other
    assert len(stored(world)) == 1
    (once,) = below(world, says(dan, f"@Steward {SAME}"))
    assert once.startswith("Yes")


@SWITCHED_ON
def test_switched_on_where_others_read_it_stays_silent(world: World) -> None:
    hears_channels(world)
    approved(world)
    world.workspace.place(DAN, "general").shared_with.append("T0OTHER")
    assert below(world, says(world.person(DAN), SAME)) == []
    assert stored(world) == []


@SWITCHED_ON
def test_a_guest_who_asks_in_a_channel_hears_nothing(world: World) -> None:
    hears_channels(world)
    approved(world)
    world.workspace.people[EVE].is_restricted = True
    assert below(world, says(world.person(EVE), SAME)) == []


def test_what_is_confidential_never_shows_not_even_to_who_asked_for_it(world: World) -> None:
    keep(world.store, library())
    thread = world.person(ANA).asks()
    assert thread.fills(HARMLESS) is None
    thread.answers()
    thread.presses(Action.CONFIDE)
    thread.presses(Action.SUBMIT)
    for waits in (True, False):
        for person in (ANA, BEN, DAN):
            told = world.person(person).asks(SAME).last
            assert "AIU-" not in told, (person, waits)
            assert "Yes" not in told
        if waits:
            eve = world.person(EVE)
            eve.presses_card(Action.OPEN_WHOLE)
            eve.hands.clicks_view(Action.APPROVE.value)
            eve.hands.fills(reason="Fine.")
            assert eve.hands.submits() is None
            world.settle()
    assert thread.case.in_use
    assert thread.case.confidential


def test_a_wish_that_reads_like_an_approved_use_is_offered_to_be_joined_first(world: World) -> None:
    first = approved(world)
    told = world.person(DAN).asks("We want to use Otter to write down what is said in our own meetings")
    assert "go ahead" in told.last
    assert "That reads like yours. If it is the same, join it, and nobody has to decide again." in told.last
    told.presses(Action.JOIN)
    joins(world.person(DAN))
    assert len(first.case.deployments) == 1
    assert told.case.status is Status.withdrawn


def test_a_wish_for_something_else_is_not(world: World) -> None:
    approved(world)
    told = world.person(DAN).asks("We want to use Otter to record job interviews")
    assert not told.offers(Action.JOIN)
    assert "reads like yours" not in told.last
    assert "Otter.ai is approved here for" in bare(told.last)


def test_a_wish_for_which_another_tool_is_approved_names_that(world: World) -> None:
    approved(world)
    told = world.person(DAN).asks("We want to use Fireflies to write down what is said in our own meetings")
    assert "This one reads like yours" in told.last
    assert told.offers(Action.JOIN)


def test_what_may_not_begin_yet_is_no_go_ahead_before_a_request_either(world: World) -> None:
    held(world)
    told = world.person(DAN).asks("We want to use Otter to write down what is said in our own meetings")
    assert "It may not be used yet, as something comes first" in bare(told.last)
    assert "go ahead" not in told.last


def test_the_lead_switches_it_on_in_the_settings(world: World) -> None:
    change(world.store, {"roles.governance_lead": [BEN]}, by=None, key="lead", now=world.store.now())
    hears_channels(world)
    approved(world)
    ben, dan = world.person(BEN), world.person(DAN)
    assert below(world, says(dan, SAME)) == []
    assert ben.hands.command("/steward", "settings", "general")
    ben.hands.fills(**{"channels.questions": ["C0ALL"]})
    assert ben.hands.submits() is None
    world.settle()
    assert world.bot.front.office.config.channels.questions == ("C0ALL",)
    assert len(below(world, says(dan, SAME))) == 1
