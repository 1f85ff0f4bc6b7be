"""By the clock: whose approval ends soon is told, and what is over lapses. Late or twice, it comes to the same."""

from __future__ import annotations

from bot.slack import conditioned, patterned, reviewed, shelving
from bot.slack.front import Front
from store import expiring
from triage.afterwards import Expire, WarnOfExpiry


def look(front: Front) -> None:
    desk = front.desk()
    with front.office.store.read() as session:
        over, soon = expiring.over(session, desk.day), expiring.soon(session, desk.day)
    for each in over:
        key = expiring.key("expire", each.decision)
        front.do(Expire(actor="", key=key, case=each.case, decision=each.decision), desk)
    for each in soon:
        key = expiring.key("warn", each.decision)
        front.do(WarnOfExpiry(actor="", key=key, case=each.case, decision=each.decision), desk)
    conditioned.look(front, desk)
    patterned.look(front, desk)
    reviewed.look(front)
    shelving.look(front)
