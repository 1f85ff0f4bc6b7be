"""What is done with proposed and new rules behind the door: rehearsed over the register, then judged by, bit by bit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from bot.enacting import LANE, REHEARSE, REJUDGE, TRIED
from bot.renewing import named, put, short
from bot.slack import ruling
from bot.slack.front import Front
from bot.slack.scenes import make_voice
from bot.slack.screens.rules import rehearsal
from bot.slack.screens.rules import reopened as told_reopened
from intake.forms import ai_use
from store import inbox, inforce, outbox, own, rerun
from store.errors import Unavailable
from store.inbox import Arrived
from store.owed import DECISION
from store.records import load
from store.registered import count, registered
from triage.commands import Rejudge
from triage.desk import Desk
from triage.foreseen import of_kept, summed
from triage.rehearsing import rehearse
from triage.rejudging import UNJUDGED

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 30
"""Until somebody looks again whether it goes by the policies that a run is for."""
AT_ONCE = 50
"""Uses judged anew in one transaction; nobody who presses a button waits longer for it than for another press."""


def rehearsed(front: Front, arrived: Arrived) -> None:
    """The proposal gets its card once what it would do is known; one that was replaced meanwhile gets none."""
    with front.office.store.read() as session:
        proposal = own.proposal(session)
        if proposal is None or proposal.name != arrived.payload["proposal"] or proposal.rehearsed:
            return
        old, new = (front.office.book(each) for each in (proposal.base, proposal.digest))
        uses = registered(session, without=UNJUDGED, unreadable=_left_out)
        seen = summed(rehearse(ai_use(), old, new, uses), count(session, without=UNJUDGED), old, new)
    voice, desk = make_voice(front), front.desk()
    with front.office.store.write() as session:
        if own.proposal(session) != proposal:
            return
        proposal = proposal.model_copy(update={"rehearsed": seen.kept()})
        own.set_proposal(session, proposal, what="rules.rehearsed", by="", now=desk.now)
        ruling.owe_card(session, voice, desk, proposal, "open")
    front.wake()


def _left_out(name: str) -> None:
    log.warning("A use could not be read and was left out of a rehearsal", extra={"use": name})


def tried(front: Front, arrived: Arrived) -> None:
    """What an operator tried is shown once, also where this is worked off again after a kill."""
    seen, name = of_kept(arrived.payload["seen"]), str(arrived.payload["name"])
    shown = rehearsal(make_voice(front), seen, name, arrived.payload["on"])
    desk = front.desk()
    if desk.governance is None:
        log.warning("There is no channel for what rules would do", extra={"event": "rules.nowhere"})
        return
    with front.office.store.write() as session:
        if own.card_place(session, ruling.RULES, arrived.key, TRIED) is not None:
            return
        outbox.put(
            session,
            kind="post",
            place_id=desk.governance,
            subject_kind=ruling.RULES,
            subject_id=arrived.key,
            purpose=TRIED,
            payload={"text": shown.text, "blocks": shown.blocks},
            priority=DECISION,
            now=desk.now,
        )
    front.wake()


def rejudged(front: Front, arrived: Arrived) -> None:
    """The next few uses, and a row for those behind them; after the last one whoever is concerned is told once."""
    rules, run, after = (str(arrived.payload[name]) for name in ("rules", "run", "after"))
    with front.office.store.read() as session:
        if own.in_force(session) != rules:
            return  # the run of those that are in force now goes over everything
        wanted = arrived.payload.get("policies")
        if wanted is not None and wanted != short(inforce.policies(session)):
            return  # others came since, with a run of their own
        ids = rerun.next_uses(session, after, AT_ONCE)
    desk = front.desk()
    if wanted is not None and wanted != named(desk.book):
        _leave(front, arrived)
        return
    if not ids:
        _tell(front, run)
        return
    _judge(front, ids, run, rules, desk)
    payload = dict(arrived.payload) | {"after": ids[-1]}
    with front.office.store.write() as session:
        inbox.put(
            session, key=f"{REJUDGE}:{run}:{ids[-1]}", kind=REJUDGE, payload=payload, now=desk.now, lane=LANE
        )
    front.wake()
    front.arrived()


def _leave(front: Front, arrived: Arrived) -> None:
    """A process that goes by other policies, as during an upgrade, leaves it to one that goes by these."""
    times = int(arrived.payload.get("left", 0)) + 1
    payload = dict(arrived.payload) | {"left": times}
    run, after = payload["run"], payload["after"]
    with front.office.store.write() as session:
        key = f"{REJUDGE}:{run}:{after}:left:{times}"
        put(session, payload, key, now=front.office.store.now(), seconds=PATIENCE_SECONDS)


def _judge(front: Front, ids: list[str], run: str, rules: str, desk: Desk) -> None:
    """All at once; where one of them cannot be read, one by one, so that the others do not wait for it."""
    commands = [Rejudge(actor="", key=f"{REJUDGE}:{run}:{id}", case=id, rules=rules) for id in ids]
    try:
        front.office.ledger.execute_many(commands, desk)
    except Unavailable:
        raise
    except Exception:
        log.exception("Some uses are judged anew one by one")
        for command in commands:
            try:
                front.office.ledger.execute_many([command], desk)
            except Unavailable:
                raise
            except Exception:
                log.exception("A use could not be judged anew", extra={"case": command.case})


def _tell(front: Front, run: str) -> None:
    """One message for each person, whatever the number of their uses; what nobody claimed nags nobody."""
    concerned: dict[str, list[tuple[str, str]]] = {}
    with front.office.store.read() as session:
        for id in rerun.reopened(session, f"{REJUDGE}:{run}:"):
            case = load(session, id)
            person = case.owner or case.requester if case else ""
            if case and person:
                concerned.setdefault(person, []).append((case.ref or "", case.title or case.tool_name))
    for person, uses in concerned.items():
        text = told_reopened(make_voice(front), uses)
        front.tell(person, text, channel=None, key=f"{REJUDGE}:{run}:{person}")


WORK: Mapping[str, Callable[[Front, Arrived], None]] = {
    REHEARSE: rehearsed,
    REJUDGE: rejudged,
    TRIED: tried,
}
"""By the kind of the inbox row."""
