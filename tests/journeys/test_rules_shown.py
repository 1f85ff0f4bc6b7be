"""What people see of proposed rules: what differs, the whole text, who is missing, and how one begins."""

from __future__ import annotations

from sqlmodel import select

from bot import enacting
from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Press as Pressed
from bot.slack.payloads import Who
from bot.slack.pressed import pressed
from store import own
from store.tables import InboxRow
from tests.journeys.test_own_rules import STRICTER, _lead, in_force, presses, proposes, ruling, sends
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, HARMLESS, TEAM, World
from triage.foreseen import Foreseen

__all__ = ["_lead"]


def test_what_changes_nothing_is_refused_in_its_field(world: World) -> None:
    problems = proposes(world, CLEO, "")
    assert problems is not None
    assert "no rules of our own in force, and this proposes none" in problems["rules"]
    world.person(CLEO).hands.fills(rules="# nothing yet\n{}")
    assert world.person(CLEO).hands.submits() == problems
    world.person(CLEO).hands.fills(rules=STRICTER)
    assert world.person(CLEO).hands.submits() is None
    world.settle()
    presses(world, CLEO, Action.ENFORCE_RULES)
    before = world.trail().count("rules.proposed")
    same = STRICTER.replace(
        "level: 3\n    when: {question: data, contains: internal}",
        "when: {contains: internal, question: data}\n    level: 3",
    )
    assert same != STRICTER
    problems = proposes(world, CLEO, f"# in another order\n{same}")
    assert problems is not None
    assert "in force already, so there is nothing to propose" in problems["rules"]
    assert world.trail().count("rules.proposed") == before


OTHER = STRICTER.replace("own-inner", "own-other").replace(
    "looked at twice & *here*", "read by <!channel> first"
)
MOVED = """\
changes:
  - rule: tier-guarded-data
    level: 1
    because: We look at it elsewhere
    source: Our policy, 4.
"""


def test_the_card_names_every_rule_that_is_new_changed_or_gone(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    card = words(ruling(world))
    assert (
        "*New, no rule → high risk*: Internal papers are looked at twice &amp; ∗here∗. Our AI policy, https"
        in card
    )
    presses(world, CLEO, Action.ENFORCE_RULES)
    proposes(world, CLEO, OTHER + MOVED, reason="Other rules.")
    card = words(ruling(world))
    assert "*Gone, high risk → no rule*: Internal papers" in card
    assert "*Looser, medium risk → low risk*:" in card
    assert "We look at it elsewhere. Our policy, 4." in card
    assert "*New, no rule → high risk*: Internal papers are read by &lt;!channel&gt; first." in card
    assert "Why: Other rules." in card
    assert ".." not in card


def test_of_many_rules_the_card_names_a_few_and_fits_a_phone(world: World) -> None:
    one = STRICTER.removeprefix("rules:\n")
    many = "rules:\n" + "".join(one.replace("own-inner", f"own-inner-{n}") for n in range(12))
    assert len(many) > 3000
    assert world.workspace.scopes is not None
    world.workspace.scopes.add("files:read")
    sends(world, CLEO, many)
    card = words(ruling(world))
    assert card.count("*New, ") == 4
    assert "and 8 more" in card
    assert len(card) < 2500
    person = world.person(BEN)
    person.presses_card(Action.SHOW_RULES, ruling(world))
    assert written(world, BEN) == many.rstrip("\n")


def written(world: World, who: str) -> str:
    """All that stands as data in the window before somebody."""
    view = world.person(who).hands.view()
    assert view is not None
    told = [b for b in view["blocks"] if b["type"] == "rich_text"]
    assert {e["type"] for b in told for e in b["elements"]} <= {"rich_text_preformatted"}
    return "\n".join(part["text"] for b in told for e in b["elements"] for part in e["elements"])


def test_everybody_before_the_card_reads_the_whole_text_as_it_was_written(world: World) -> None:
    hostile = f"# <!channel> *bold* <https://example.org|here> `code` @everyone :tada:\n{STRICTER}"
    proposes(world, CLEO, hostile)
    world.person(BEN).presses_card(Action.SHOW_RULES, ruling(world))
    assert written(world, BEN) == hostile.strip()
    presses(world, CLEO, Action.WITHDRAW_RULES)
    world.person(BEN).presses_card(Action.SHOW_RULES, ruling(world))
    assert written(world, BEN) == hostile.strip()


def test_what_is_gone_is_named_in_the_window_too(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    proposes(world, CLEO, "", reason="We go by the standard again")
    world.person(BEN).presses_card(Action.SHOW_RULES, ruling(world))
    window = world.person(BEN).window()
    assert "takes back all rules of our own" in window
    assert "*Gone, high risk → no rule*: Internal papers are looked at twice &amp; ∗here∗." in window


def test_the_text_opens_only_where_its_card_stands(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    with world.store.read() as session:
        waits = own.proposal(session)
    assert waits is not None
    before = len(world.server.calls)
    for n, (channel, digest) in enumerate(
        (
            ("C0ALL", waits.digest),
            (CARDS, ""),
            (CARDS, "%"),
            (CARDS, waits.digest[:9]),
            (None, waits.digest),
        )
    ):
        element = {"type": "button", "value": to_value(Press(case=digest)), "block_id": "b"}
        press = Pressed(Who(TEAM, BEN), "show_rules", element, f"k{n}", "t", channel, None, None, None)
        pressed(world.bot.front, press)
    assert not [c for c in list(world.server.calls)[before:] if c["method"].startswith("views.")]


def test_a_text_that_is_too_long_for_a_window_is_read_part_by_part(world: World) -> None:
    assert world.workspace.scopes is not None
    world.workspace.scopes.add("files:read")
    lines = "".join(f"# {n} {'ж' * 90}\n" for n in range(400))
    sends(world, CLEO, lines + STRICTER)
    ben = world.person(BEN)
    ben.presses_card(Action.SHOW_RULES, ruling(world))
    read = [written(world, BEN)]
    assert "Part 1 of 2." in ben.window()
    assert ben.hands.clicks_view(Action.SHOW_RULES.value)
    read.append(written(world, BEN))
    assert "\n".join(read) == (lines + STRICTER).rstrip("\n")


def test_where_nobody_could_say_the_second_yes_it_is_said_and_what_to_do(world: World) -> None:
    change(world.store, {"roles.risk_owner": []}, by=None, key="none", now=world.store.now())
    world.bot.front.office.changed()
    dan = world.person(DAN)
    assert proposes(world, DAN, MOVED, reason="We look elsewhere") is None
    assert "nobody but you is governance lead or risk owner" in dan.window()
    assert f"*Only <@{DAN}> is governance lead or risk owner*" in words(ruling(world))
    assert "`/steward settings`" in words(ruling(world))
    assert "nobody but you is governance lead or risk owner" in presses(world, DAN, Action.ENFORCE_RULES)
    assert in_force(world) == ""
    dan.steward("settings")
    dan.hands.fills(**{"roles.risk_owner": [CLEO]})
    assert dan.hands.submits() is None
    world.settle()
    assert "*Only" not in words(ruling(world))
    presses(world, CLEO, Action.ENFORCE_RULES)
    assert in_force(world) == MOVED.strip()


def test_help_names_what_a_person_may_do(world: World) -> None:
    lead, owner, other = (world.person(who).steward("help") for who in (DAN, CLEO, ANA))
    assert "`/steward rules`" in lead
    assert "`/steward settings`" in lead
    assert "`/steward rules`" in owner
    assert "`/steward settings`" not in owner
    assert "`/steward rules`" not in other
    assert "*Withdraw*" not in other
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert "*Withdraw*" in world.person(ANA).steward("help")
    thread.presses(Action.WITHDRAW)
    assert "*Withdraw*" not in world.person(ANA).steward("help")


def test_the_window_shows_an_example_that_can_be_proposed(world: World) -> None:
    world.person(CLEO).steward("rules")
    example = written(world, CLEO)
    assert "README" not in world.person(CLEO).window()
    world.person(CLEO).hands.fills(rules=example)
    assert world.person(CLEO).hands.submits() is None
    world.settle()
    assert "Internal papers are looked at twice here." in words(ruling(world))


def test_a_proposal_made_again_is_another_one(world: World) -> None:
    """What one said yes to with one reason is not what was proposed later with another, nor are the remarks in it."""
    proposes(world, CLEO, f"# Agreed in May.\n{MOVED}", reason="Contracts")
    presses(world, CLEO, Action.WITHDRAW_RULES)
    proposes(world, CLEO, MOVED, reason="Our lawyers looked at it")
    with world.store.read() as session:
        shown = own.proposal(session)
    proposes(world, CLEO, MOVED, reason="It is tedious")
    assert len({m["ts"] for m in world.cards() if "Rules of our own" in words(m)}) == 3
    assert shown is not None
    element = {
        "type": "button",
        "value": to_value(Press(case=shown.digest, choice=shown.made)),
        "block_id": "b",
    }
    press = Pressed(Who(TEAM, DAN), "enforce_rules", element, "late", "t", CARDS, None, None, None)
    pressed(world.bot.front, press)
    world.settle()
    assert in_force(world) == ""
    assert "replaced, withdrawn or put into force" in world.person(DAN).told()
    presses(world, DAN, Action.ENFORCE_RULES)
    assert in_force(world) == MOVED.strip()


def test_what_an_operator_tried_is_told_once_and_decides_nothing(world: World) -> None:
    seen = Foreseen(total=3, moved=0, stricter=0, looser=0, both=0, lapsing=0, first=())
    enacting.tell_tried(world.store, seen, "policy *2027*", ["us"], key="operator:1")
    world.settle()
    with world.store.write() as session:
        row = session.exec(select(InboxRow).where(InboxRow.kind == enacting.TRIED)).one()
        row.state = "waiting"  # worked off again, as after a kill
    world.settle()
    shown = [m for m in world.cards() if "Other rules, tried on the register" in words(m)]
    assert len(shown) == 1
    assert "Of 3 uses none would move." in words(shown[0])
    assert "with us switched on" in words(shown[0])
    assert not [block for block in shown[0]["blocks"] if block["type"] == "actions"]
