"""A Slack to act in: people who type, fill and press, and a bot that can be ended and started again."""

from bot.sandbox.reading import words
from tests.slack_world.bot import SECRET
from tests.slack_world.people import ANA, BEN, CARDS, CLEO, DAN, EVE, FIRST_WORDS, HARMLESS, SCOPES, TEAM
from tests.slack_world.somebody import Somebody
from tests.slack_world.thread import Shown, Thread
from tests.slack_world.world import World

__all__ = [
    "ANA",
    "BEN",
    "CARDS",
    "CLEO",
    "DAN",
    "EVE",
    "FIRST_WORDS",
    "HARMLESS",
    "SCOPES",
    "SECRET",
    "TEAM",
    "Shown",
    "Somebody",
    "Thread",
    "World",
    "words",
]
