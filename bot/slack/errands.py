"""What somebody wrote that only wants a page of their own: the policy, where their requests stand, their trainings."""

from __future__ import annotations

from bot.slack import entrytold, training
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.scenes import make_voice
from bot.slack.screens.mine import mine
from intake.errand import errand
from store import queries
from store.records import load
from triage.case import Status
from triage.lifecycle import WAITING
from triage.seats import deciding_people

DECIDED = 3
"""So many of what was decided are told of, where nothing is open."""
NAMED = 3


def told(front: Front, person: str, words: str) -> Message | None:
    """None where they say anything else; nothing is begun by it."""
    match errand(words):
        case "policy":
            return entrytold.policy(front, person)
        case "requests":
            return requests(front, person)
        case "trainings":
            return training.told(front, person)
        case None:
            return None


def requests(front: Front, person: str) -> Message:
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        asked = [each for each in queries.mine(session, person) if each.requester == person]
        still_open = [each for each in asked if each.status is Status.draft or each.status in WAITING]
        cases = [case for each in still_open if each.status in WAITING and (case := load(session, each.id))]
    whom = {case.id: deciding_people(case, desk)[:NAMED] for case in cases}
    decided = [] if still_open else [each for each in asked if each not in still_open][:DECIDED]
    return mine(make_voice(front), still_open, decided, whom)
