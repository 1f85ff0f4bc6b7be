"""What people write in their own words: answered by what it means, and where that is not sure, in one press."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, World


def approved(world: World, words: str) -> str:
    """A use of these first words, approved; its reference."""
    thread = world.person(ANA).asks(words)
    thread.presses(Action.START)
    thread.answers()
    thread.presses(Action.SUBMIT)
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    return thread.case.ref or "-"


def test_a_yes_is_only_said_for_what_was_asked(world: World) -> None:
    deepl = approved(world, "I'd like to use DeepL to translate leaflets")
    copilot = approved(world, "I'd like to use GitHub Copilot to write unit tests")
    for answer in (world.person(ANA).steward, lambda text: "\n".join(world.person(ANA).asks(text).texts())):
        yes = answer("what may I use for translations?")
        assert "Yes, for this" in yes
        assert deepl in yes
        assert copilot not in yes
        nearest = answer("what may I use for translations of contracts?")
        assert "Yes" not in nearest
        assert "come nearest" in nearest
        assert copilot not in nearest
        other = answer("which AI tool is allowed for holiday photos?")
        assert "Yes" not in other
        assert "These uses are approved here" in other
        assert other.index(copilot) < other.index(deepl), "the newest first"
        assert "Ask about an AI tool" in other
