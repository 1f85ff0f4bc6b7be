"""The statement of applicability in Slack: one control after the other, then the whole to somebody else for a yes."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.reading import words
from bot.slack import soa
from bot.slack.ids import Action
from store import aims, applicability, registered
from tests.journeys.test_damaged import press as forged
from tests.journeys.test_system import gives, id_of, message, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.aims.applied import Statement
from triage.aims.control import CONTROL
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.standard import controls
from triage.aims.wishes import DraftEntry


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], auditor=[BEN], risk_owner=[EVE], privacy=[EVE])


def opens(world: World, user: str) -> str:
    person = world.person(user)
    person.home()
    assert person.hands.clicks_home(Action.SOA.value)
    world.settle()
    return person.window()


def works_out(world: World) -> None:
    """As the clock does, so that nobody waits for it."""
    soa.keep(world.bot.front, world.bot.front.desk())


def statement(world: World) -> Statement:
    with world.store.read() as session:
        return applicability.now(session, {})


def decides(world: World, user: str, **said: Any) -> dict[str, str] | None:
    person = world.person(user)
    writes(world, user, **said)
    problems = person.submits()
    world.settle()
    return {name.partition(".")[0]: told for name, told in problems.items()} if problems else None


def writes(world: World, user: str, **said: Any) -> None:
    """Into the fields of the control that is shown."""
    hands = world.person(user).hands
    view = hands.view()
    assert view is not None
    names = {str(each.get("block_id")).partition(".")[0]: each.get("block_id") for each in view["blocks"]}
    hands.fills(**{str(names[f"soa_{name}"]): value for name, value in said.items()})


def decide_all(world: World, by: str, but: tuple[str, ...] = (), owner: str = EVE) -> None:
    """As many presses would: what is tried here is what comes after them."""
    person = id_of(world, by)
    desk = world.bot.front.desk(actor=person)
    said = {"applies": "yes", "because": "We use AI.", "owner": id_of(world, owner), "state": "begun"}
    for each in controls():
        if each.id in but:
            continue
        about: dict[str, Any] = {
            "actor": person,
            "key": f"all-{each.id}",
            "kind": CONTROL,
            "name": each.id,
            "said": said,
        }
        wish = DraftEntry(**about, entry=entry_id(kinds()[CONTROL], each.id, ""))
        with world.store.write() as session:
            aims.carry_out(session, wish, desk)


def test_one_after_the_other_in_one_window(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    eve = world.person(EVE)
    assert "0 of 38 controls are decided." in eve.home()
    said = opens(world, EVE)
    assert "38 controls are not decided" in said
    assert "Operation suggests that it applies." in said
    press(world, EVE, Action.SOA_NEXT)
    said = eve.window()
    assert "A.2.2 Written AI policy" in said
    assert "*Operation suggests that it applies.* You decide." in said
    assert set(decides(world, EVE, applies="yes") or {}) == {"soa_because"}
    assert decides(world, EVE, applies="yes", because="The board wants one.", owner=DAN, state="done") is None
    said = eve.window()
    assert "A.2.2 is decided, in your name." in said
    assert "A.2.3 Fit with other policies" in said
    row = statement(world).row("A.2.2")
    assert row is not None
    assert row.decided is not None
    assert (row.decided.because, row.decided.by) == ("The board wants one.", id_of(world, EVE))
    assert row.decided.rests == ("proposed=yes", "always=0")
    press(world, EVE, Action.SOA_NEXT)
    assert "A.2.4 Periodic review" in eve.window()
    press(world, EVE, Action.SOA_LIST)
    assert "1 control is decided" in eve.window()
    eve.hands.closes_view()
    assert eve.hands.view() is None, "there was one window"
    assert "1 of 38 controls are decided." in eve.home()


def test_the_words_of_the_suggestion_are_taken_over_by_a_press_and_kept_by_another(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    opens(world, EVE)
    press(world, EVE, Action.SOA_SHOW, "A.4.2")
    eve = world.person(EVE)
    writes(world, EVE, state="planned")
    press(world, EVE, Action.SOA_TAKE)
    assert statement(world).row("A.4.2").decided is None  # type: ignore[union-attr]
    view = eve.hands.view()
    assert view is not None
    (because,) = [b["element"] for b in view["blocks"] if str(b.get("block_id")) == "soa_because.A.4.2.1"]
    assert because["initial_value"] == "1 use is in the register (AIU-2026-0001)."
    assert decides(world, EVE, applies="yes", owner=DAN) is None
    row = statement(world).row("A.4.2")
    assert row is not None
    assert row.decided is not None
    assert (row.decided.state, row.decided.because) == ("planned", because["initial_value"])


def test_until_the_clock_came_by_nothing_is_suggested_and_it_can_be_decided(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.person(ANA).asks().submitted()
    read: list[str] = []
    whole = registered.registered

    def counted(*given: Any, **more: Any) -> Any:
        read.append("it")
        return whole(*given, **more)

    monkeypatch.setattr(registered, "registered", counted)
    said = opens(world, EVE)
    assert "still being worked out" in said
    assert "Operation suggests" not in said
    press(world, EVE, Action.SOA_SHOW, "A.5.2")
    assert "still being worked out" in world.person(EVE).window()
    assert decides(world, EVE, applies="no", because="Nothing.") is None
    decide_all(world, EVE, but=("A.5.2",))
    opens(world, DAN)
    press(world, DAN, Action.SOA_ASK)
    asked = message(world, CLEO, "asks for your yes")
    assert world.person(CLEO).hands.clicks("dm", asked["ts"], Action.SOA_LOOK.value)
    assert decides(world, CLEO, ruling="approve") is None
    assert read == [], "the register is read whole for nobody who presses"
    world.passes(minutes=2)
    assert read == ["it"]
    said = opens(world, EVE)
    assert "What operation suggests is as of" in said
    assert "still being worked out" not in said
    world.passes(minutes=2)
    assert read == ["it"], "nothing has changed since"


def test_what_does_not_fit_is_said_beside_its_field(world: World) -> None:
    opens(world, EVE)
    press(world, EVE, Action.SOA_SHOW, "A.5.2")
    said = {"applies": "yes", "because": "We do.", "state": "verified"}
    assert set(decides(world, EVE, **said) or {}) == {"soa_owner"}
    assert "somebody else look at it" in str(decides(world, EVE, owner=EVE))
    assert set(decides(world, EVE, state="done", left_out="Otter, AIU-2026-1") or {}) == {"soa_left_out"}
    assert set(decides(world, EVE, applies="partly") or {}) == {"soa_left_out"}
    assert decides(world, EVE, left_out="aiu-2026-0001") is None
    world.person(EVE).hands.closes_view()
    opens(world, DAN)
    press(world, DAN, Action.SOA_SHOW, "A.5.2")
    assert "Applies in part" in world.person(DAN).window()
    assert decides(world, DAN, state="verified") is None, "somebody else than who meets it"


def test_all_that_is_missing_is_said_at_once_and_a_chooser_asks_to_choose(world: World) -> None:
    opens(world, DAN)
    press(world, DAN, Action.SOA_SHOW, "A.2.2")
    found = decides(world, DAN, applies="yes", because="We have one.") or {}
    assert set(found) == {"soa_owner", "soa_state"}
    assert all(told.startswith("Please choose.") for told in found.values())
    assert decides(world, DAN, applies="no", because="We have none.") is None


def test_two_who_decide_at_once_lose_nothing(world: World) -> None:
    for user in (EVE, DAN):
        opens(world, user)
        press(world, user, Action.SOA_SHOW, "A.5.2")
    said = {"applies": "no", "because": "Nothing."}
    assert decides(world, EVE, **said) is None
    assert "changed since it was shown" in str(decides(world, DAN, **said))


def test_who_reads_only_decides_nothing_and_others_do_not_read(world: World) -> None:
    assert "Applicability" not in world.person(ANA).home()
    for user in (BEN, CLEO):
        opens(world, user)
        person = world.person(user)
        press(world, user, Action.SOA_SHOW, "A.5.2")
        view = person.hands.view()
        assert view is not None
        assert not [block for block in view["blocks"] if block["type"] == "input"]
        assert not view.get("submit")


def test_the_whole_is_asked_for_approved_and_changed(world: World) -> None:
    decide_all(world, EVE, but=("A.5.2",))
    said = opens(world, DAN)
    assert "Ask for approval" not in said
    press(world, DAN, Action.SOA_NEXT)
    assert decides(world, DAN, applies="no", because="No impact.") is None
    assert "Ask for approval" in world.person(DAN).window()
    press(world, DAN, Action.SOA_ASK)
    assert "Asked for." in world.person(DAN).window()
    asked = message(world, CLEO, "asks for your yes to the statement of applicability")
    assert "It is the first version, with 38 controls." in words(asked)
    cleo = world.person(CLEO)
    assert cleo.hands.clicks("dm", asked["ts"], Action.SOA_LOOK.value)
    assert "*A.5.2 How impact assessment is done*: Does not apply. No impact." in cleo.window()
    assert decides(world, CLEO, ruling="send_back") is not None
    assert decides(world, CLEO, ruling="approve") is None
    assert "Approved." in cleo.window()
    assert statement(world).is_approved
    assert "approved the statement of applicability" in words(world.person(DAN).dm()[-1])
    assert world.person(EVE).dm() == [], "who decided it knows that they meet it"
    opens(world, EVE)
    press(world, EVE, Action.SOA_SHOW, "A.7.2")
    assert decides(world, EVE, applies="no", because="We train nothing.") is None
    assert "Since then 1 control was decided anew." in opens(world, DAN)
    press(world, DAN, Action.SOA_ASK)
    asked = message(world, CLEO, "1 control was decided anew since the last version")
    assert cleo.hands.clicks("dm", asked["ts"], Action.SOA_LOOK.value)
    said = cleo.window()
    assert "A.7.2" in said
    assert "A.5.2" not in said
    cleo.hands.fills(soa_ruling="send_back", reason="Ask Data first.")
    assert cleo.submits() is None
    world.settle()
    assert "Ask Data first." in words(world.person(DAN).dm()[-1])
    assert not statement(world).is_approved


def test_nobody_approves_what_they_asked_for_or_decided(world: World) -> None:
    gives(world, governance_lead=[DAN, CLEO], executive=[CLEO, DAN])
    decide_all(world, CLEO, owner=EVE)
    opens(world, DAN)
    press(world, DAN, Action.SOA_ASK)
    dan = world.person(DAN)
    assert "Look at it and decide" not in dan.window()
    asked = message(world, CLEO, "asks for your yes")
    cleo = world.person(CLEO)
    assert cleo.hands.clicks("dm", asked["ts"], Action.SOA_LOOK.value)
    assert decides(world, CLEO, ruling="approve") is None
    assert "so somebody else in top management has to approve the whole" in cleo.window()
    assert not statement(world).is_approved


def test_who_meets_controls_hears_of_all_of_them_once(world: World) -> None:
    decide_all(world, DAN, owner=EVE)
    opens(world, DAN)
    press(world, DAN, Action.SOA_ASK)
    assert world.person(EVE).dm() == []
    asked = message(world, CLEO, "asks for your yes")
    cleo = world.person(CLEO)
    assert cleo.hands.clicks("dm", asked["ts"], Action.SOA_LOOK.value)
    assert decides(world, CLEO, ruling="approve") is None
    (told,) = world.person(EVE).dm()
    assert "who meets 38 controls" in words(told)


def test_a_control_of_their_own(world: World) -> None:
    opens(world, EVE)
    press(world, EVE, Action.SOA_OWN)
    said = {"title": "Nobody sells our data", "applies": "yes", "because": "It is promised.", "owner": DAN}
    assert set(decides(world, EVE, name="A.9.9", state="begun", **said) or {}) == {"soa_name"}
    assert decides(world, EVE, name="X.1") is None
    assert "X.1 Nobody sells our data" in world.person(EVE).window()


def test_one_press_twice_is_one_decision(world: World) -> None:
    decide_all(world, EVE)
    opens(world, DAN)
    press(world, DAN, Action.SOA_ASK)
    with world.store.read() as session:
        before = aims.load(session, "applicability")
    assert before is not None
    assert len(before.drafts) == 1
    assert "Ask for approval" not in world.person(DAN).window()


@pytest.mark.parametrize(
    "action", [Action.SOA, Action.SOA_SHOW, Action.SOA_NEXT, Action.SOA_LOOK, Action.SOA_LIST]
)
def test_a_press_of_somebody_else_shows_nothing(world: World, action: Action) -> None:
    """However they came by the button."""
    forged(world.bot.front, ANA, action.value, "|0||A.5.2", f"forged-{action.value}")
    world.settle()
    assert world.person(ANA).hands.view() is None
    assert "those who hold a role in governance" in words(world.person(ANA).dm()[-1])


def test_what_is_confidential_stays_out_of_the_field_and_in_the_decision(world: World) -> None:
    opens(world, EVE)
    press(world, EVE, Action.SOA_SHOW, "A.5.2")
    said = {"applies": "partly", "because": "Not there.", "state": "done", "owner": EVE}
    assert decides(world, EVE, **said, left_out="AIU-2026-0001, AIU-2026-0777") is None
    world.person(EVE).hands.closes_view()
    opens(world, EVE)
    press(world, EVE, Action.SOA_SHOW, "A.5.2")
    assert "AIU-2026-0777" not in str(world.person(EVE).hands.view())
    assert decides(world, EVE, **said, left_out="AIU-2026-0002") is None
    row = statement(world).row("A.5.2")
    assert row is not None
    assert row.decided is not None
    assert row.decided.left_out == ("AIU-2026-0001", "AIU-2026-0777", "AIU-2026-0002")


def test_nothing_of_one_control_stands_in_the_window_of_the_next(world: World) -> None:
    """Slack keeps what was written in a field while another window of that name takes its place."""
    opens(world, EVE)
    press(world, EVE, Action.SOA_NEXT)
    eve = world.person(EVE)
    said = {
        "applies": "yes",
        "because": "The board wants one.",
        "owner": DAN,
        "state": "done",
        "how": "A page.",
    }
    assert decides(world, EVE, **said) is None
    assert "A.2.3" in eve.window()
    assert set(decides(world, EVE, because="Both agree.") or {}) == {"soa_applies"}
    assert decides(world, EVE, applies="no") is None
    row = statement(world).row("A.2.3")
    assert row is not None
    assert row.decided is not None
    assert (row.decided.applies, row.decided.owner, row.decided.state, row.decided.how) == (
        "no",
        None,
        "",
        "",
    )
