"""Rules of an organisation's own, as two people with a role live through it in Slack."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.office import FRESH_SECONDS
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import own, wordings
from store.replaying import replay, verdicts
from store.shelf import Shelf
from store.tables import InboxRow
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, HARMLESS, Shown, Thread, World
from triage.case import Status

STRICTER = """\
rules:
  - id: own-inner
    level: 3
    when: {question: data, contains: internal}
    because: Internal papers are looked at twice & *here*.
    source: Our AI policy, https://example.org/policy
    examples:
      - fires: Minutes
        given: {data: [internal]}
        misses: A press release
        but: {data: [public]}
"""
MILDER = STRICTER.replace("level: 3", "level: 2")


@pytest.fixture(autouse=True)
def _lead(world: World) -> None:
    keep(world.store, library())
    change(world.store, {"roles.governance_lead": [DAN]}, by=None, key="lead", now=world.store.now())
    world.bot.front.office.changed()


def proposes(world: World, who: str, text: str, reason: str = "") -> dict[str, str] | None:
    person = world.person(who)
    person.steward("rules")
    assert person.hands.view() is not None, person.told()
    person.hands.fills(rules=text, reason=reason)
    problems: dict[str, str] | None = person.hands.submits()
    world.settle()
    return problems


def ruling(world: World) -> Shown:
    return next(m for m in reversed(world.cards()) if "Rules of our own" in words(m))


def buttons(card: Shown) -> list[str]:
    return [e["action_id"] for b in card["blocks"] if b["type"] == "actions" for e in b["elements"]]


def presses(world: World, who: str, action: Action) -> str:
    person = world.person(who)
    person.presses_card(action, ruling(world))
    return person.told()


def in_force(world: World) -> str:
    with world.store.read() as session:
        return own.text_of(session, own.in_force(session))


def tier(thread: Thread) -> object:
    verdict = thread.case.verdict
    return verdict.results["tier"].floor if verdict else None


def status(thread: Thread) -> Status:
    found: Status = thread.case.status
    return found


def approved(world: World) -> Thread:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.APPROVE) is None
    assert status(thread) is Status.approved
    return thread


def all_replay(world: World) -> bool:
    with world.store.read() as session:
        found = list(replay(session, Shelf(), verdicts(session)))
    assert [each.problem for each in found if each.problem] == []
    return bool(found)


def test_stricter_rules_are_seen_put_into_force_by_one_and_an_approval_is_looked_at_again(
    world: World,
) -> None:
    thread, waiting = approved(world), world.person(ANA).asks().submitted(HARMLESS)
    assert proposes(world, CLEO, STRICTER) is None
    card = ruling(world)
    assert "2 would move" in words(card)
    assert "One approval would lapse" in words(card)
    assert "low risk → high risk. Internal papers are looked at twice &amp; ∗here∗." in words(card)
    assert "one person puts it into force" in words(card)
    assert status(thread) is Status.approved
    assert presses(world, CLEO, Action.ENFORCE_RULES) == ""
    assert "In force" in words(ruling(world))
    assert buttons(ruling(world)) == ["show_rules"]
    assert status(thread) is Status.in_review
    assert {"case.rejudged", "case.under_reassessment"} <= set(world.trail())
    assert tier(waiting) == 3
    listed = world.person(CLEO).steward("list")
    assert listed.count("approved before, being decided anew") == 1
    assert listed.count("being decided") == 2
    assert world.person(CLEO).home().count("It was approved before") == 1
    told = [text for text in world.person(ANA).reads() if "rules of our organisation" in text]
    assert len(told) == 1
    assert "now counts as riskier" in told[0]
    assert all_replay(world)
    assert world.person(CLEO).decides(Action.APPROVE, world.cards()[0], reason="Seen again") is None
    assert status(thread) is Status.approved


def test_every_reason_says_whose_rule_it_is(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    world.person(ANA).asks().submitted(HARMLESS)
    cleo = world.person(CLEO)
    cleo.presses_card(Action.SHOW_REASONS, world.cards()[-1])
    window = cleo.window()
    assert "Internal papers are looked at twice &amp; ∗here∗." in window
    assert "a rule of your organisation: Our AI policy, https" in window
    assert "<https://example.org" not in window


def test_what_is_looser_takes_two_people_and_a_reason(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    problems = proposes(world, CLEO, MILDER)
    assert problems is not None
    assert "need a reason" in problems["reason"]
    world.person(CLEO).hands.fills(reason="It was too much")
    assert world.person(CLEO).hands.submits() is None
    world.settle()
    assert "*Looser, high risk → medium risk*: Internal papers are looked at twice" in words(ruling(world))
    assert "You have said yes already" in presses(world, CLEO, Action.ENFORCE_RULES)
    assert in_force(world) == STRICTER.strip()
    assert "by the governance lead or the risk owner" in presses(world, BEN, Action.ENFORCE_RULES)
    assert "rules.in_force" not in world.trail()[world.trail().index("rules.in_force") + 1 :]
    presses(world, DAN, Action.ENFORCE_RULES)
    assert in_force(world) == MILDER.strip()
    assert f"by <@{CLEO}> and <@{DAN}>" in words(ruling(world))


def test_a_card_that_was_replaced_decides_nothing(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    old = ruling(world)
    proposes(world, DAN, MILDER)
    shown = next(m for m in world.cards() if m["ts"] == old["ts"])
    assert "Replaced" in words(shown)
    assert buttons(shown) == ["show_rules"]
    presses(world, CLEO, Action.WITHDRAW_RULES)
    assert "Withdrawn" in words(ruling(world))
    assert in_force(world) == ""
    assert world.trail()[-1] == "rules.withdrawn"


def test_whoever_holds_no_role_opens_no_window(world: World) -> None:
    assert "by the governance lead or the risk owner" in world.person(BEN).steward("rules")
    assert world.person(BEN).hands.view() is None


def test_faults_go_back_to_the_field(world: World) -> None:
    problems = proposes(world, CLEO, STRICTER.replace("internal}", "internall}"))
    assert problems is not None
    assert (
        "line 4, `when: {question: data, contains: internall}`: `internall` is not a choice of `data`"
        in problems["rules"]
    )
    failing = proposes(
        world, CLEO, STRICTER.replace("but: {data: [public]}", "but: {data: [internal, public]}")
    )
    assert failing is not None
    assert "it should miss, and it fires" in failing["rules"]
    assert in_force(world) == ""


def test_a_restart_between_force_and_judgement_loses_nothing(world: World) -> None:
    """Put into force while nobody works the inbox off; the next process goes on where the first one ended."""
    thread = approved(world)
    proposes(world, CLEO, STRICTER)
    card = ruling(world)
    world.bot.reception.stop()
    assert world.person(CLEO).hands.clicks(CARDS, card["ts"], Action.ENFORCE_RULES.value)
    assert in_force(world) == STRICTER.strip()
    assert status(thread) is Status.approved
    world.restart()
    world.settle()
    assert status(thread) is Status.in_review
    assert world.trail().count("case.rejudged") == 1


def test_nothing_is_approved_while_rules_in_force_cannot_be_read(world: World) -> None:
    """A later version may not know what they name; fewer rules than there are would tell a lower tier."""
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    with world.store.write() as session:
        row = wordings.find(session, own.in_force(session))
        assert row is not None
        whole, row.body = row.body, row.body.replace("contains: internal", "contains: gone")
        session.add(row)
    world.restart()
    thread = world.person(ANA).asks().submitted(HARMLESS)
    ben = world.person(BEN)
    assert ben.decides(Action.APPROVE) is None
    assert "nothing is approved by fewer rules" in ben.window()
    assert status(thread) is Status.in_review
    with world.store.write() as session:
        row = wordings.find(session, own.in_force(session))
        assert row is not None
        row.body = whole
        session.add(row)
    world.restart()
    ben.decides(Action.APPROVE)
    assert tier(thread) == 3
    assert world.person(CLEO).decides(Action.APPROVE, world.cards()[-1], reason="Seen") is None
    assert status(thread) is Status.approved


def test_an_empty_field_takes_them_all_back(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    proposes(world, CLEO, "", reason="We go by the standard again")
    presses(world, DAN, Action.ENFORCE_RULES)
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert tier(thread) == 1
    assert all_replay(world)


def sends(world: World, who: str, text: str, words: str = "") -> str:
    """What is answered below it."""
    person = world.person(who)
    below = person.writes(words, files=[("own.yaml", text.encode())])
    return person.reads(thread=below)[-1]


def test_a_file_in_a_direct_message_is_as_good_as_the_window(world: World) -> None:
    assert world.workspace.scopes is not None
    world.workspace.scopes.add("files:read")
    long = STRICTER + "# " + "x" * 5000
    assert "It is tried on the whole register now" in sends(world, CLEO, long, "We work for hospitals")
    assert "Why: We work for hospitals" in words(ruling(world))
    presses(world, CLEO, Action.ENFORCE_RULES)
    assert in_force(world) == long
    assert "send the file again, with the reason" in sends(world, CLEO, MILDER)
    faults = sends(world, CLEO, STRICTER.replace("internal}", "internall}"))
    assert "ˋinternallˋ is not a choice of ˋdataˋ" in faults
    world.person(CLEO).steward("rules")
    assert "too long for this window" in world.person(CLEO).window()


def test_without_the_scope_a_file_is_answered_with_the_other_ways(world: World) -> None:
    answer = sends(world, CLEO, STRICTER)
    assert "files:read" in answer
    assert "`/steward rules`" in answer
    assert in_force(world) == ""


def test_a_file_of_somebody_without_a_role_proposes_nothing(world: World) -> None:
    assert world.workspace.scopes is not None
    world.workspace.scopes.add("files:read")
    sends(world, ANA, STRICTER, "I'd like to use Otter.ai")
    assert "rules.proposed" not in world.trail()
    assert any("Otter" in text for text in world.person(ANA).reads())


def test_one_message_for_all_uses_of_one_person(world: World) -> None:
    threads = [approved(world) for _ in range(3)]
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    assert [status(thread) for thread in threads] == [Status.in_review] * 3
    (told,) = [text for text in world.person(ANA).reads() if "rules of our organisation" in text]
    assert [f"AIU-2026-000{number}" in told for number in (1, 2, 3)] == [True] * 3


def test_the_register_waits_until_every_process_goes_by_the_rules(world: World) -> None:
    """Whoever looked at the settings a moment ago may still judge by the former ones."""
    approved(world)
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    with world.store.read() as session:
        row = session.exec(
            select(InboxRow).where(InboxRow.kind == "rejudge").order_by(col(InboxRow.id))
        ).first()
    assert row is not None
    assert row.next_try_at is not None
    assert (row.next_try_at - row.received_at).total_seconds() > FRESH_SECONDS


def test_what_rules_opened_again_is_told_once_and_proves_itself(world: World) -> None:
    """Taking the rules back opens nothing, so nobody is told that anything counts as riskier."""
    thread = approved(world)
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    assert status(thread) is Status.in_review
    proposes(world, CLEO, "", reason="It was too strict")
    presses(world, CLEO, Action.ENFORCE_RULES)
    presses(world, DAN, Action.ENFORCE_RULES)
    assert in_force(world) == "{}" or in_force(world) == ""
    assert tier(thread) == 1
    told = [text for text in world.person(ANA).reads() if "counts as riskier" in text]
    assert len(told) == 1


def test_who_withdraws_what_was_approved_is_told_to_stop_and_wins_no_time(world: World) -> None:
    thread = approved(world)
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)
    due = thread.case.due_at
    thread.presses(Action.WITHDRAW)
    assert "please stop using it" in thread.last
    world.passes(days=4)
    thread.presses(Action.REOPEN)
    assert thread.case.due_at == due
