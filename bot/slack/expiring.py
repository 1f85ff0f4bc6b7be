"""By the clock: what is over lapses, whoever is to look at something is called. Late or twice, it is the same."""

from __future__ import annotations

from bot.slack import conditioned, patterned, reviewed, shelving
from bot.slack.front import Front
from store import expiring
from triage.afterwards import Expire


def look(front: Front) -> None:
    desk = front.desk()
    with front.office.store.read() as session:
        over = expiring.over(session, desk.day)
    for each in over:
        key = expiring.key("expire", each.decision)
        front.do(Expire(actor="", key=key, case=each.case, decision=each.decision), desk)
    conditioned.look(front, desk)
    patterned.look(front, desk)
    reviewed.look(front)
    shelving.look(front)
