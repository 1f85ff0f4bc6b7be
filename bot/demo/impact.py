"""What minutes of calls mean for who is in them: Mira writes it, Amara looks at it; of the other use nobody does."""

from __future__ import annotations

from typing import Any

from bot.demo import system
from bot.demo.member import Member
from bot.demo.play import AMARA, MIRA, Play
from bot.demo.player import Stuck
from bot.slack.ids import Action

USE = "minutes"
PAGES = 24
"""No assessment has more."""
SAID: dict[str, Any] = {
    "intended": "Minutes of calls with customers, which the team reads and corrects before anybody else gets them.",
    "not_for": "Talks about people who work here, and anything that a customer asked to keep out of writing.",
    "misuse": ["trusted_blindly"],
    "misuse_words": "Minutes are sent on without having been read.",
    "benefit": "Everybody listens, and nobody has to write.",
    "groups": "no",
    "society": "no",
    "weighs_on": "yes",
    "hard_to_undo": "yes",
    "unaware": "no",
    "harms": ["privacy"],
    "harm_words": "What was said in confidence reaches somebody it is not for.",
    "privacy_likelihood": "2",
    "privacy_impact": "3",
    "each_group": "Customers in the call | minutes reach others | can be put right, and costs trust | the link goes to "
    "those invited only\nColleagues in the call | a slip of the tongue stays | slight | lines can be taken out",
    "values": ["trust"],
    "values_words": "Whoever talks freely has to know that it is written down.",
    "heard": "themselves",
    "heard_who": "Three customers and two colleagues, in a call in summer.",
    "heard_said": "They want to hear of it first, and to get the minutes themselves.",
    "heard_answer": "It is said at the beginning of each call, and they get them the same day.",
    "heard_changed": "The first sentence of each invitation names it.",
    "limits": "It is announced, minutes go to those invited, and are gone after a year.",
    "remains": "Somebody forwards minutes by hand.",
    "remains_likelihood": "2",
    "remains_impact": "2",
    "told": "yes",
}


def write(play: Play) -> None:
    system.switch_on(play.theatre.running)
    mira, asked = play.person(MIRA), f"assess {play.refs[USE]}"
    mira.hands.command("/steward", asked, "general")
    mira.waits()
    for _ in range(PAGES):
        shown = _fields(mira)
        mira.hands.fills(**{name: SAID[name] for name in shown if name in SAID})
        if problems := mira.submits():
            raise Stuck(f"Mira could not hand in: {problems}")
        mira.waits()
        if not shown and not _fields(mira):
            break
    mira.leaves()


def look(play: Play) -> None:
    amara = play.person(AMARA)
    amara.hands.command("/steward", f"assess {play.refs[USE]}", "general")
    amara.waits()
    amara.presses_in_window(Action.ASSESS_REVIEW)
    amara.hands_in(
        ruling="stands", words="Read whole, with two of those who were heard. The links are as it says."
    )


def _fields(person: Member) -> list[str]:
    view = person.hands.view()
    if view is None:
        raise Stuck(f"{person.user} has no window open: {person.warned()}")
    return [str(block["block_id"]) for block in view["blocks"] if block["type"] == "input"]
