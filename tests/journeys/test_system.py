"""The management system set up in Slack: whoever leads drafts, others say yes, and everybody reads what counts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.cli import decided
from bot.config import change
from bot.sandbox.reading import words
from bot.slack import entries as entries_at_desk
from bot.slack import stated
from bot.slack.handed import handed
from bot.slack.ids import Action, View, to_value
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Press, Submission, Who
from bot.slack.pressed import pressed
from bot.slack.profiles import look_up
from store import aims, queries
from store.aims_owed import WAITS
from store.aims_published import published_at
from store.records import load
from store.tables import OutboxRow
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, TEAM, Shown, World
from triage.aims.entry import Entry
from triage.aims.standing import WORK
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries
from triage.outcome import Refused

ALL = "C0ALL"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO, DAN], auditor=[BEN], risk_owner=[CLEO])


def gives(world: World, **roles: list[str]) -> None:
    named = {f"roles.{role}": held for role, held in roles.items()}
    key = f"roles {sorted(roles.items())} {world.clock.now()}"
    change(world.store, named, by=None, key=key, now=world.store.now())
    world.bot.front.office.changed()


def id_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def entries(world: World, kind: str = "") -> list[Entry]:
    with world.store.read() as session:
        return [each for each in aims.every_one(session) if not kind or each.kind == kind]


SAID: dict[str, dict[str, Any]] = {
    "context": {"purpose": "We sort mail", "plays": ["uses"], "climate": "no", "climate_why": "Small models"},
    "issue": {"title": "A new law", "side": "outside", "effect": "Duties with dates"},
    "party": {"title": "Applicants", "needs": "A fair look\nAn answer"},
    "scope": {"covers": "All our AI", "activities": "Sales\nHiring", "left_out": "Research: no effect"},
    "policy": {"title": "AI policy", "text": "A person answers for every result.", "since": "2026-12-07"},
    "commitment": {"text": "We give the time it takes.", "sponsor": CLEO},
    "duty": {"title": "Keeps it in order", "tasks": "Looks at it", "people": [DAN]},
    "objective": {"title": "All on record", "measure": "Share with owner", "target": "95 %", "how": "Campaigns",
                  "owner": EVE, "due": "2027-03-01"},
    "appetite": {"words": "Low is fine", "most": "low", "accepts_medium": "risk_owner",
                 "accepts_high": "executive"},
    "document": {"title": "Security policy", "points": ["7.5.1"], "system": "iso_27001", "origin": "inside",
                 "link": "https://example.com/isms"},
}  # fmt: skip


def states(world: World, user: str, kind: str, **more: Any) -> dict[str, str] | None:
    """From the window of the set-up, by the press of its step."""
    person = world.person(user)
    if " stated" not in person.window():
        person.steward("setup")
    press(world, user, Action.STATE_ENTRY, f"{kind}|")
    return fills(world, user, **(SAID[kind] | more))


def fills(world: World, user: str, **said: Any) -> dict[str, str] | None:
    person = world.person(user)
    person.hands.fills(**{f"entry.{name}": value for name, value in said.items()})
    problems = person.submits()
    world.settle()
    return problems


def press(world: World, user: str, action: Action, value: str = "") -> None:
    """A button in the window, found by the beginning of what it carries."""
    person = world.person(user)
    view = person.hands.view()
    assert view is not None
    found = [each for each in _buttons(view["blocks"]) if each["action_id"].split(".")[0] == action.value]
    wanted = next(each for each in found if each["value"].startswith(value) or each["value"].endswith(value))
    assert person.hands.clicks_view(wanted["action_id"], wanted["value"])
    world.settle()


def _buttons(blocks: list[Shown]) -> list[Shown]:
    beside = [block["accessory"] for block in blocks if block.get("accessory")]
    rows = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    return [each for each in (*beside, *rows) if each["type"] == "button"]


def drafts_all(world: World) -> None:
    person = world.person(DAN)
    for kind in SAID:
        assert states(world, DAN, kind) is None
        person.hands.closes_view()  # what happens next, read
    person.hands.closes_view()


def message(world: World, user: str, said: str) -> Shown:
    return [m for m in world.person(user).dm() if said in words(m)][-1]


def approves_all(world: World, user: str = CLEO) -> str:
    person = world.person(user)
    shown = message(world, user, "wait for your yes")
    assert person.hands.clicks("dm", shown["ts"], Action.LOOK_ENTRIES.value)
    assert person.submits() is None
    world.settle()
    return person.window()


def test_whoever_leads_sets_it_up_and_an_executive_approves_it_together(world: World) -> None:
    drafts_all(world)
    assert [entry.kind for entry in entries(world)] == sorted(SAID, key=list(SAID).index)
    told = [m for m in world.person(CLEO).dm() if "wait for your yes" in words(m)]
    assert len(told) == 1, "one message, drawn anew, for all that came in one go"
    assert "9 entries of the management system wait for your yes" in words(told[0])
    window = world.person(DAN)
    window.steward("setup")
    assert "1 of 9 stated, 8 wait for a yes" in window.window()
    said = approves_all(world)
    assert "Approved and counting from now on" in said
    assert {entry.state for entry in entries(world)} == {"in_force"}
    assert any("Nothing of the management system waits" in words(m) for m in world.person(CLEO).dm())
    heard = [words(m) for m in world.person(DAN).dm() if "What you drafted was approved" in words(m)]
    assert len(heard) == 1
    assert "*AI policy*, version 1, counts from now on" in heard[0]
    world.person(DAN).steward("setup")
    assert "9 of 9 stated" in world.person(DAN).window()
    assert world.is_untouched()
    assert not world.refused()


def posted(world: World, user: str) -> int:
    """How often somebody was called to what waits for their yes."""
    with world.store.read() as session:
        mine = (
            OutboxRow.person_id == id_of(world, user),
            OutboxRow.kind == "post",
            OutboxRow.purpose == WAITS,
        )
        return len(session.exec(select(OutboxRow).where(*mine)).all())


def test_nobody_is_called_ten_times_for_what_comes_in_one_go(world: World) -> None:
    states(world, DAN, "scope")
    states(world, DAN, "context")
    states(world, DAN, "policy")
    world.person(DAN).hands.closes_view(all_of_them=True)
    assert posted(world, CLEO) == 1
    world.passes(hours=5)
    states(world, DAN, "appetite")
    assert posted(world, CLEO) == 2, "what comes later is told of in a new message"
    standing = [
        m for m in world.person(CLEO).dm() if "wait for your yes" in words(m) and not m.get("deleted")
    ]
    assert len(standing) == 1, "which takes the place of the one before"
    assert "4 entries" in words(standing[0])


def test_a_press_that_slack_delivers_twice_counts_once(world: World) -> None:
    states(world, DAN, "scope")
    element = {
        "type": "button",
        "action_id": "approve_entry.0",
        "value": to_value(Carried("", 1, "", "scope")),
    }
    made = Press(who=Who(TEAM, CLEO), action="approve_entry.0", element=element, key="once", trigger="",
                 channel=None, ts=None, thread=None, view=None)  # fmt: skip
    for _ in range(2):
        pressed(world.bot.front, made)
        world.settle()
    (entry,) = entries(world, "scope")
    assert [step.kind for step in entry.steps] == ["draft", "approve"]
    assert "approve_entry.refused" not in world.trail()
    assert len([m for m in world.person(DAN).dm() if "What you drafted was approved" in words(m)]) == 1


def by_hand(world: World, user: str, action: Action, value: Carried) -> None:
    """A press that no button offers to them."""
    who = Who(TEAM, user)
    element = {"type": "button", "action_id": action.value, "value": to_value(value)}
    key = f"by hand {user} {action} {value} {world.clock.now()}"
    made = Press(who=who, action=action.value, element=element, key=key, trigger="", channel=None, ts=None,
                 thread=None, view=None)  # fmt: skip
    pressed(world.bot.front, made)
    world.settle()


def newest(world: World, user: str) -> str:
    return words(world.person(user).dm()[-1])


def offers(world: World, user: str) -> set[str]:
    view = world.person(user).hands.view()
    assert view is not None
    return {each["action_id"].split(".")[0] for each in _buttons(view["blocks"])}


def stateable(world: World, user: str) -> set[str]:
    """The kinds of which the open window offers to write one."""
    view = world.person(user).hands.view()
    assert view is not None
    made = [
        each for each in _buttons(view["blocks"]) if each["action_id"].startswith(Action.STATE_ENTRY.value)
    ]
    return {each["value"].partition("|")[0] for each in made}


def submit_of(world: World, user: str) -> str:
    view = world.person(user).hands.view()
    assert view is not None
    return str((view.get("submit") or {}).get("text", ""))


def reads(world: World, user: str, entry: Entry) -> None:
    """Opens it by the button of a message that somebody else may have got."""
    person = world.person(user)
    person.steward("setup")
    press(world, user, Action.SYSTEM_KIND, entry.kind)


def test_nobody_approves_what_they_drafted_and_no_button_offers_it(world: World) -> None:
    states(world, DAN, "scope")
    (entry,) = entries(world, "scope")
    person = world.person(DAN)
    person.hands.closes_view(all_of_them=True)
    reads(world, DAN, entry)
    assert "You drafted this" in person.window()
    assert submit_of(world, DAN) == ""
    assert "withdraw_entry" in offers(world, DAN)
    by_hand(world, DAN, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    assert newest(world, DAN) == "You drafted this, so somebody else says yes to it."
    assert entries(world, "scope")[0].state == "proposed"
    assert "approve_entry.refused" in world.trail()


def test_a_yes_is_for_the_version_that_was_shown(world: World) -> None:
    states(world, DAN, "scope")
    states(world, DAN, "context")
    cleo = world.person(CLEO)
    shown = message(world, CLEO, "wait for your yes")
    cleo.hands.clicks("dm", shown["ts"], Action.LOOK_ENTRIES.value)
    assert "All our AI" in cleo.window()
    world.person(DAN).hands.closes_view(all_of_them=True)
    states(world, DAN, "scope", covers="All our AI but translation")
    assert cleo.submits() is None
    world.settle()
    assert {entry.state for entry in entries(world)} == {"proposed"}, "all of them or none"
    assert "This has changed since it was shown to you" in cleo.window()
    assert "All our AI but translation" in cleo.window()
    assert cleo.submits() is None
    world.settle()
    assert {entry.state for entry in entries(world)} == {"in_force"}
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", "scope"))
    assert "This has changed since it was shown to you" in newest(world, CLEO)


def ticks(world: World, user: str, *numbers: str) -> None:
    """Of those that wait, with nothing else ticked."""
    view = world.person(user).hands.view()
    assert view is not None
    (name,) = [each["block_id"] for each in view["blocks"] if each["type"] == "input"]
    world.person(user).hands.fills(**{name: list(numbers)})


def test_what_was_not_ticked_says_nothing_of_what_comes_next(world: World) -> None:
    """Slack keeps what stands under a name, so the ticks of the first window must not become those of the second."""
    for kind in ("scope", "context", "policy"):
        states(world, DAN, kind)
    cleo = world.person(CLEO)
    shown = message(world, CLEO, "wait for your yes")
    cleo.hands.clicks("dm", shown["ts"], Action.LOOK_ENTRIES.value)
    ticks(world, CLEO, "1")
    assert cleo.submits() is None
    world.settle()
    view = cleo.hands.view()
    assert view is not None
    (held,) = view["state"]["values"].values()
    (field,) = held.values()
    assert len(field["selected_options"]) == 2, "all that is left is ticked, as when it was opened at first"


def test_only_what_is_ticked_is_approved(world: World) -> None:
    states(world, DAN, "scope")
    states(world, DAN, "context")
    cleo = world.person(CLEO)
    shown = message(world, CLEO, "wait for your yes")
    cleo.hands.clicks("dm", shown["ts"], Action.LOOK_ENTRIES.value)
    ticks(world, CLEO, "1")
    assert cleo.submits() is None
    world.settle()
    assert {entry.kind: entry.state for entry in entries(world)} == {
        "scope": "proposed",
        "context": "in_force",
    }
    assert "All our AI" in cleo.window(), "the rest comes next"


def test_what_was_typed_stays_where_somebody_else_was_faster(world: World) -> None:
    gives(world, governance_lead=[DAN, EVE])
    dan, eve = world.person(DAN), world.person(EVE)
    dan.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "scope|")
    states(world, EVE, "scope")
    assert fills(world, DAN, **SAID["scope"] | {"covers": "Mine"}) is None
    assert "Somebody changed this meanwhile: version 1 is the newest." in dan.window()
    assert "Mine" in str(dan.hands.view())
    assert dan.submits() is None
    world.settle()
    (entry,) = entries(world, "scope")
    assert [each.said["covers"] for each in entry.drafts] == ["All our AI", "Mine"]
    eve.hands.closes_view(all_of_them=True)
    heard = message(world, CLEO, "waits for your yes")
    assert "version 2" in words(heard)


def test_what_is_sent_back_comes_back_with_its_reason_and_as_it_was(world: World) -> None:
    states(world, DAN, "scope")
    cleo, dan = world.person(CLEO), world.person(DAN)
    shown = message(world, CLEO, "waits for your yes")
    cleo.hands.clicks("dm", shown["ts"], Action.SEND_ENTRY_BACK.value + ".0")
    cleo.hands.fills(reason="Name *who* may stop it <!here>")
    assert cleo.submits() is None
    world.settle()
    dan.hands.closes_view(all_of_them=True)
    told = message(world, DAN, "came back")
    assert "Name ∗who∗ may stop it &lt;!here&gt;" in words(told)
    dan.hands.clicks("dm", told["ts"], Action.STATE_ENTRY.value + ".0")
    assert "All our AI" in str(dan.hands.view())
    assert dan.submits() is None
    world.settle()
    assert entries(world, "scope")[0].proposed is not None
    assert "version 2" in words(message(world, CLEO, "waits for your yes"))


def test_what_does_not_fit_is_said_beside_its_field(world: World) -> None:
    assert states(world, DAN, "document", link="example.com") == {
        "entry.link": "A full address, please, such as https://example.com/policy."
    }
    assert fills(world, DAN, link="https://example.com/isms") is None
    world.person(DAN).hands.closes_view()
    assert states(world, DAN, "policy", text="") == {"entry.text": "Write it here, or link it below."}
    world.person(DAN).hands.closes_view()
    assert states(world, DAN, "duty") is None
    world.person(DAN).hands.closes_view()
    assert states(world, DAN, "duty", title="KEEPS it in order!") == {
        "entry.title": "There is one by that name already. Change that one, or choose another name."
    }


def test_what_no_window_can_hold_stays_as_it_is_where_nothing_else_is_written(world: World) -> None:
    long = "\n".join(f"Rule {number}: a person answers." for number in range(200))
    wish = DraftEntry(actor="", key="typed in", entry="policy:long", kind="policy", name="long",
                      said=SAID["policy"] | {"title": "Long", "text": long})  # fmt: skip
    desk = world.bot.front.desk()
    with world.store.write() as session:
        aims.carry_out(session, wish, desk)
    dan = world.person(DAN)
    dan.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "policy|")
    assert f"{len(long)} characters stand here" in str(dan.hands.view())
    assert fills(world, DAN, since="2026-12-24") is None
    (entry,) = entries(world, "policy")
    assert [draft.said["text"] for draft in entry.drafts] == [long, long]
    dan.hands.closes_view(all_of_them=True)
    cleo = world.person(CLEO)
    cleo.hands.clicks("dm", message(world, CLEO, "waits for your yes")["ts"], Action.READ_ENTRY.value + ".0")
    assert "Rule 199" in cleo.window(), "shown whole before it is approved"
    assert "This was shortened" not in cleo.window()


def test_a_policy_that_counts_is_told_read_by_all_and_named_by_each_decision(world: World) -> None:
    states(world, DAN, "policy")
    world.person(DAN).hands.closes_view(all_of_them=True)
    world.passes(hours=1)
    thread = world.person(ANA).asks()
    thread.submitted(HARMLESS)
    world.person(BEN).decides(Action.APPROVE)
    assert "In force that day" not in receipt(world), "nothing counted yet"
    assert "No AI policy counts here yet" in world.person(ANA).steward("policy")
    assert "Approved and counting" in approves(world)
    (told,) = [
        m for m in world.person(BEN).hands.sees(CARDS) if "AI policy*, version 1, counts now" in words(m)
    ]
    assert "applies from 7 December 2026" in words(told)
    said = world.person(ANA).steward("policy")
    assert "A person answers for every result." in said
    assert "<@U0CLEO> as executive" in said
    world.passes(hours=1)
    world.person(ANA).asks("We want DeepL for letters").submitted(HARMLESS | {"tool": "DeepL"})
    world.person(BEN).decides(Action.APPROVE)
    assert "In force that day: AI policy, version 1." in receipt(world)
    changes(world, text="A person answers for every result.\nNothing secret goes into free tools.")
    approves(world)
    (told,) = [
        m for m in world.person(BEN).hands.sees(CARDS) if "AI policy*, version 2, counts now" in words(m)
    ]
    assert "+ Nothing secret goes into free tools." in words(told)
    world.person(ANA).asks("We want Claude for letters").submitted(HARMLESS | {"tool": "Claude"})
    world.person(BEN).decides(Action.APPROVE)
    assert "In force that day: AI policy, version 2." in receipt(world)
    for ref, number in ((2, 1), (3, 2)):  # what was decided then keeps the version of its day
        said = world.person(ANA).steward(f"show {ref}")
        assert f"In force that day: AI policy, version {number}." in said
    with world.store.read() as session:
        case = load(session, queries.id_of(session, "AIU-2026-0002") or "")
        assert case is not None
        told_by = decided.told(case, (), {}, lambda made: published_at(session, made.at))
        assert "in force: AI policy, version 1 (AIM-" in "\n".join(told_by)


def receipt(world: World) -> str:
    """Below the card that was decided last."""
    return "\n".join(world.below(world.cards()[-1]))


def approves(world: World) -> str:
    """The one that waits, from its message."""
    cleo = world.person(CLEO)
    shown = message(world, CLEO, "waits for your yes")
    cleo.hands.clicks("dm", shown["ts"], Action.READ_ENTRY.value + ".0")
    assert cleo.submits() is None
    world.settle()
    return cleo.window()


def changes(world: World, **said: Any) -> None:
    """A new version of the policy."""
    world.person(DAN).steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, "policy")
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.STATE_ENTRY, "policy")
    assert fills(world, DAN, **said) is None
    world.person(DAN).hands.closes_view(all_of_them=True)


def test_whoever_answers_for_something_hears_it_finds_it_and_says_how_far_it_is(world: World) -> None:
    states(world, DAN, "objective")
    world.person(DAN).hands.closes_view(all_of_them=True)
    approves(world)
    eve = world.person(EVE)
    told = message(world, EVE, "is yours from now on")
    assert "All on record" in words(told)
    assert "due 1 March 2027" in words(told)
    home = eve.home()
    assert "All on record" in home
    eve.hands.clicks_home(f"{Action.ACT_ENTRY.value}.0")
    assert fills(world, EVE, value="87 %", met="on_the_way") is None
    (entry,) = entries(world, "objective")
    assert [each.said["value"] for each in entry.done] == ["87 %"]
    by_hand(world, ANA, Action.ACT_ENTRY, Carried("measured", 0, "", entry.id))
    assert newest(world, ANA) == "I find no such entry of the management system. Look it up again, please."


def test_who_may_not_draft_or_look_sees_nothing_of_it(world: World) -> None:
    states(world, DAN, "scope")
    (entry,) = entries(world, "scope")
    assert "How the management system stands is for" in world.person(ANA).steward("setup")
    for user in (ANA, EVE):  # legal drafts no scope, so a draft of it is not theirs to read
        by_hand(world, user, Action.READ_ENTRY, Carried("", 0, "", entry.id))
        assert newest(world, user).startswith("I find no such entry")
    auditor = world.person(BEN)
    auditor.steward("setup")
    assert "0 of 9 stated" in auditor.window()
    assert stateable(world, BEN) <= set(WORK), "nothing of the set-up"
    press(world, BEN, Action.SYSTEM_KIND, "scope")
    assert "All our AI" in auditor.window()
    assert submit_of(world, BEN) == ""
    assert not offers(world, BEN)
    by_hand(world, BEN, Action.STATE_ENTRY, Carried("scope"))
    assert "Only" in newest(world, BEN) or "governance lead" in newest(world, BEN)


def test_where_nobody_else_can_say_yes_the_drafter_hears_it(world: World) -> None:
    gives(world, executive=[DAN])
    states(world, DAN, "scope")
    assert "Too few people can say yes to it" in world.person(DAN).window()


def test_what_was_drafted_is_taken_back_and_what_counts_is_retired_with_a_yes(world: World) -> None:
    states(world, DAN, "scope")
    dan = world.person(DAN)
    dan.hands.closes_view(all_of_them=True)
    reads(world, DAN, entries(world, "scope")[0])
    press(world, DAN, Action.WITHDRAW_ENTRY)
    assert "your version is taken back" in dan.window()
    assert entries(world, "scope")[0].state == "withdrawn"
    dan.hands.closes_view(all_of_them=True)
    states(world, DAN, "scope")
    dan.hands.closes_view(all_of_them=True)
    approves(world)
    reads(world, DAN, entries(world, "scope")[0])
    press(world, DAN, Action.RETIRE_ENTRY)
    assert "counts until somebody else says yes" in dan.window()
    dan.hands.fills(reason="Another scope covers it now")
    assert dan.submits() is None
    assert "Another scope covers it now" in dan.window()
    assert "With a yes, this counts no more." in dan.window()
    assert entries(world, "scope")[0].state == "in_force"
    dan.hands.closes_view(all_of_them=True)
    approves(world)
    assert entries(world, "scope")[0].state == "retired"


def forged(world: World, user: str, view: View, about: str, **said: str) -> str:
    """A window handed in that nobody was shown; what it says then."""
    fields = {f"entry.{name}": (value,) for name, value in said.items()}
    who, key = Who(TEAM, user), f"forged {about} {world.clock.now()}"
    made = Submission(who=who, callback=view.value, about=about, fields=fields, key=key, view="V1")
    return str(handed(world.bot.front, made))


def test_what_has_a_door_of_its_own_comes_in_by_no_forged_window(world: World) -> None:
    """What is sent to everybody, and what rests on a digest that is worked out."""
    states(world, DAN, "policy")
    world.person(DAN).hands.closes_view(all_of_them=True)
    approves(world)
    day = world.bot.front.desk().day.isoformat()
    for kind, said in (
        ("acknowledgement", {"title": "Read", "policy": "policy:ai-policy", "everybody": "yes", "days": "7"}),
        ("portfolio_assessment", {"as_of": day, "found": "0" * 64, "words": "All fine"}),
        ("management_review", {"title": "R", "since": day, "held_on": day, "attended": DAN, "inputs": "0",
                               "minutes": "Fine"}),
    ):  # fmt: skip
        told = forged(world, DAN, View.STATE_ENTRY, f"{kind}|0||||", **said)
        assert "I do not know that button" in told, kind
        assert entries(world, kind) == [], kind
    by_hand(world, DAN, Action.STATE_ENTRY, Carried("acknowledgement"))
    assert newest(world, DAN).startswith("I do not know that button")


def test_a_policy_is_told_of_in_the_channels_that_somebody_chooses(world: World) -> None:
    states(world, DAN, "policy")
    dan = world.person(DAN)
    dan.hands.closes_view(all_of_them=True)
    approves(world)
    dan.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, "policy")
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.TELL_POLICY)
    dan.hands.fills(places=[ALL])
    assert dan.submits() is None
    world.settle()
    (told,) = [m for m in world.person(ANA).hands.sees(ALL) if "counts now" in words(m)]
    ana = world.person(ANA)
    ana.hands.clicks(ALL, told["ts"], Action.READ_ENTRY.value + ".0")
    assert "A person answers for every result." in ana.window()
    assert submit_of(world, ANA) == ""


# -- guests, and what is confidential


def test_nobody_outside_is_named_as_an_owner(world: World) -> None:
    world.workspace.person(EVE).is_restricted = True
    world.settle()
    problems = states(world, DAN, "objective")
    assert problems is not None
    assert problems["entry.owner"].startswith("A colleague, please")
    assert entries(world, "objective") == []


def test_an_owner_who_is_a_guest_by_now_is_told_nothing_and_does_nothing(world: World) -> None:
    states(world, DAN, "objective")
    (entry,) = entries(world, "objective")
    world.workspace.person(EVE).is_restricted = True
    world.settle()
    directory = world.bot.front.directory
    assert look_up(world.store, directory.quick, TEAM, EVE)
    directory.forget_standing()
    carry_out(world, ApproveEntry(actor=id_of(world, CLEO), key="yes", entry=entry.id, draft=1))
    assert not any("is yours" in words(each) for each in world.person(EVE).dm())
    carried = to_value(Carried(case="measured", choice=entry.id))
    pressed_act = a_press(EVE, carried)
    with pytest.raises(Refused, match="for_colleagues"):
        stated.press_act(world.bot.front, pressed_act, id_of(world, EVE))
    handed = Submission(
        who=Who(TEAM, EVE),
        view="v",
        callback="act_entry",
        key="k",
        about=f"objective|2|||measured|{entry.id}",
        fields={},
    )
    with pytest.raises(Refused, match="for_colleagues"):
        stated.handed_act(world.bot.front, handed, id_of(world, EVE))


def carry_out(world: World, wish: OfEntries) -> None:
    front = world.bot.front
    entries_at_desk.carry_out(front, [wish], front.desk(actor=wish.actor))
    world.settle()


def a_press(user: str, value: str) -> Press:
    return Press(
        who=Who(TEAM, user), action="act_entry.0", element={"type": "button", "value": value}, key="k", trigger="t",
        channel=None, ts=None, thread=None, view=None,
    )  # fmt: skip
