"""The receipt below a decision: for everyone who reads the thread, and nothing in it that people wrote."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, CARDS, World, words


def below(world: World) -> list[str]:
    (card,) = world.cards()
    return [words(m) for m in world.server.person(BEN).sees(CARDS) if m.get("thread_ts") == card["ts"]]


def test_a_decision_has_a_receipt(world: World) -> None:
    thread, ben = world.person(ANA).asks().submitted(), world.person(BEN)
    assert ben.decides(Action.ASK, question="Who listens?") is None
    assert "Receipt" not in below(world)[-1]
    thread.types("Only my team")
    assert ben.decides(Action.APPROVE, reason="Fits <!channel>.") is None
    decision = thread.case.decision
    assert decision is not None
    receipt = below(world)[-1].partition("Receipt: ")[2]
    assert receipt.startswith(f"approved by <@{BEN}> as reviewer, ")
    assert f"on the answers {decision.facts_digest[:12]} by " in receipt
    for policy in decision.policies:
        name, version, _ = policy.split(" ")
        title = next(p.title for p in world.bot.front.desk().book.policies if p.name == name)
        assert f"{title} (version {version})" in receipt
    assert "`steward explain AIU-2026-0001`" in receipt
    assert "`steward verify`" in receipt
