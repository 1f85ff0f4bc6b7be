"""By the clock: what is over lapses, whoever is to look at something is called. Late or twice, it is the same."""

from __future__ import annotations

from bot.slack import conditioned, lettingout, patterned, phasing, reviewed, shelving
from bot.slack.front import Front
from store import expiring
from triage.afterwards import Expire
from triage.desk import Desk


def look(front: Front, desk: Desk) -> None:
    with front.office.store.read() as session:
        over = expiring.over(session, desk.day)
    ends = [
        Expire(actor="", key=expiring.key("expire", each.decision), case=each.case, decision=each.decision)
        for each in over
    ]
    front.do_each(ends, desk)
    conditioned.look(front, desk)
    patterned.look(front, desk)
    reviewed.look(front, desk)
    shelving.look(front, desk)
    lettingout.look(front, desk)
    phasing.look(front, desk)
