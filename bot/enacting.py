"""The organisation's own rules on their way: read and tried, proposed, agreed to, put into force, or taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from bot.faulty import failing, pasted
from bot.office import FRESH_SECONDS
from intake.forms import ai_use
from intake.source import Damaged, Fault, Faults
from store import audit, inbox, own
from store.engine import Store
from store.sessions import Session
from store.tables import DoneRow
from triage import proposing
from triage.amending import is_same
from triage.desk import Desk
from triage.examples import own_examples
from triage.foreseen import Foreseen
from triage.loosened import Loosened, loosened
from triage.outcome import Refused
from triage.own import EMPTY, OwnSource
from triage.policies import OPTIONAL, book_with
from triage.proposing import Proposal
from triage.proving import prove

REHEARSE, REJUDGE, TRIED = "rehearse", "rejudge", "tried"
"""Kinds of inbox rows: what is done with the rules behind everybody's back, once, and again after a kill."""
LANE = "rules"
MARK = 12
"""Signs that tell proposals of the same rules apart."""


class Examined(NamedTuple):
    """`problems` are told where it cannot be proposed; `beside` is the text that it was laid beside."""

    digest: str
    problems: tuple[str, ...]
    looser: tuple[Loosened, ...] = ()
    beside: str = ""


Then = Callable[[Session, Proposal, str], None]
"""What is owed in the same transaction: the proposal as it is now, and what became of it."""


def nothing(session: Session, proposal: Proposal, state: str) -> None:
    """Nobody in this process speaks with Slack."""


class Wish(NamedTuple):
    """Rules that somebody wants in force. `by` is "" where nobody of the organisation is known to have done it."""

    text: str
    by: str
    reason: str
    key: str
    then: Then = nothing


Say = Callable[[Fault], str]


def examine(text: str, in_force: str, say: Say | None = None) -> Examined:
    """Every fault of the file, or every example that fails; else what it makes looser than the rules in force.

    `say` tells a fault; without it by its line, with what stands there: where the text was pasted it has no name.
    """
    tell = say or (lambda fault: pasted(fault, text))
    try:
        digest, book = readable(text).digest, book_with(OPTIONAL, text)
        failures = prove(ai_use(), book, own_examples(ai_use(), text)).failures
    except Damaged as damaged:
        return Examined("", tuple(map(tell, damaged.faults)))
    if failures:
        return Examined(digest, tuple(tell(failing(each)) for each in failures))
    return Examined(digest, (), loosened(book_with(OPTIONAL, in_force), book), in_force)


def readable(text: str) -> OwnSource:
    """All faults of the file at once, as of every other."""
    faults = Faults()
    theirs = OwnSource(text, faults)
    faults.stop_if_any()
    return theirs


def check_changes(text: str, in_force: str) -> None:
    """What says what is in force already leaves nothing to decide."""
    if is_same(text, in_force or EMPTY):
        raise Refused("rules_none" if is_same(text, EMPTY) else "rules_same")


def propose(store: Store, wish: Wish, found: Examined, desk: Desk | None = None) -> None:
    """Kept, and rehearsed as soon as somebody works it off. Whoever proposes and holds a role says yes by it."""
    now = store.now()
    with store.write() as session:
        _hold(session)
        if not _once(session, wish.key, now):
            return
        base = own.in_force(session)
        standing = own.text_of(session, base)
        if found.beside != standing:
            raise Refused("rules_moved")  # what is looser was worked out beside others
        check_changes(wish.text, standing)
        proposing.check_reason(bool(found.looser), wish.reason)
        own.keep_text(session, found.digest, wish.text, now=now)
        proposal = Proposal(
            digest=found.digest,
            base=base,
            made=sha256(wish.key.encode()).hexdigest()[:MARK],
            by=wish.by,
            reason=wish.reason.strip(),
            looser=bool(found.looser),
            agreed=proposing.first_yes(wish.by, desk) if desk else (),
        )
        if (replaced := own.proposal(session)) is not None and replaced.rehearsed:
            wish.then(session, replaced, "replaced")
        own.set_proposal(session, proposal, what="rules.proposed", by=wish.by, now=now)
        payload = {"proposal": proposal.name}
        inbox.put(session, key=f"{REHEARSE}:{wish.key}", kind=REHEARSE, payload=payload, now=now, lane=LANE)


def agree(store: Store, name: str, actor: str, desk: Desk, *, key: str, then: Then) -> None:
    """One more yes to the proposal of this name as it was shown; with the last one needed it is in force.

    The register is judged by them a little later: until then another process may still take the former ones for them.
    """
    now = store.now()
    with store.write() as session:
        _hold(session)
        if not _once(session, key, now):
            return
        proposing.check_may(actor, desk)
        known = proposing.check_current(own.proposal(session), name, own.in_force(session))
        people = proposing.agreed(known, actor, desk)
        known = known.model_copy(update={"agreed": people})
        if not proposing.is_enough(known, people):
            own.set_proposal(session, known, what="rules.agreed", by=actor, now=now)
            then(session, known, "open")
            return
        _check_kept(session, known.digest)
        own.put_into_force(session, known, by=actor, now=now)
        payload = {"rules": known.digest, "run": key, "after": ""}
        inbox.put(
            session,
            key=f"{REJUDGE}:{key}:",
            kind=REJUDGE,
            payload=payload,
            now=now,
            lane=LANE,
            not_before=now + timedelta(seconds=2 * FRESH_SECONDS),
        )
        then(session, known, "in_force")


def withdraw(store: Store, name: str, actor: str, desk: Desk, *, key: str, then: Then) -> None:
    now = store.now()
    with store.write() as session:
        _hold(session)
        if not _once(session, key, now):
            return
        proposing.check_may(actor, desk)
        known = proposing.check_current(own.proposal(session), name, own.in_force(session))
        own.set_proposal(session, None, what="rules.withdrawn", by=actor, now=now)
        then(session, known, "withdrawn")


def tell_tried(store: Store, seen: Foreseen, name: str, on: Sequence[str], *, key: str) -> None:
    """What rules that nobody proposed would do, for the channel of cards; there is nothing to decide."""
    payload = {"seen": list(seen.kept()), "name": name, "on": list(on)}
    with store.write() as session:
        inbox.put(session, key=f"{TRIED}:{key}", kind=TRIED, payload=payload, now=store.now(), lane=LANE)


def _check_kept(session: Session, digest: str) -> None:
    """Nothing comes into force but what was shown."""
    try:
        own.text_of(session, digest)
    except LookupError as lost:
        raise Refused("rules_unreadable") from lost


def _hold(session: Session) -> None:
    """Of two who press at once the second sees what the first one did."""
    session.connection().execute(audit.HEAD)


def _once(session: Session, key: str, now: datetime) -> bool:
    if session.get(DoneRow, key) is not None:
        return False
    session.add(DoneRow(key=key, subject_kind=LANE, subject_id="", at=now))
    return True
