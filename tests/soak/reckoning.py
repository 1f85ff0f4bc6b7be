"""What must be true in the end, whatever went wrong on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlmodel import col, func, select

from bot.sandbox.reading import words
from intake.answers import Answer, State
from store import audit
from store.records import load
from store.sessions import Session
from store.tables import AddressRow, AuditLineRow, ConversationRow, DecisionRow, InboxRow, OutboxRow
from tests.slack_world.people import CARDS
from tests.soak.panel import _offers
from tests.soak.requester import FILLED, INQUIRY, THANKS, TOOLS, Request
from triage.case import Case

if TYPE_CHECKING:
    from tests.soak.soak import Soak

Shown = dict[str, Any]

FORGIVEN = frozenset({"nothing left to say", "too late for a passing word", "the card stands once"})
"""Why a message may be dropped."""


@dataclass
class Reckoning:
    wrong: list[str] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def check(self, right: bool, what: str) -> None:
        if not right:
            self.wrong.append(what)

    def counts(self) -> list[str]:
        return [f"{name}: {count}" for name, count in sorted(self.counted.items())]


def reckon(soak: Soak) -> Reckoning:
    found = Reckoning()
    with soak.store.read() as session:
        for request in soak.requests.values():
            _check_request(session, request, found)
        _check_boxes(session, found)
        _check_cards(session, soak, found)
        _check_trail(session, found)
    _check_twice(soak, found)
    found.counted |= Counter({"killed": soak.killed, "calls that failed": len(soak.server.refusals)})
    return found


def _check_request(session: Session, request: Request, found: Reckoning) -> None:
    name = f"request {request.number}"
    talks = session.exec(select(ConversationRow).where(ConversationRow.root_ts == request.root)).all()
    case = load(session, str(talks[0].use_id)) if len(talks) == 1 else None
    if case is None:
        found.check(False, f"{name}: {len(talks)} conversations")
        return
    for question, answer in {"purpose": request.purpose, **request.given}.items():
        kept = case.answers.get(question)
        found.check(_is(kept, answer), f"{name}: {question} was answered {answer!r}, kept is {kept}")
    decisions = session.exec(
        select(func.count()).select_from(DecisionRow).where(DecisionRow.subject_id == case.id)
    ).one()
    found.check(decisions == 1, f"{name}: {decisions} decisions")
    said = [inquiry.answer for inquiry in case.inquiries]
    found.check(said == list(request.replies.values()), f"{name}: replies {said}, given {request.replies}")
    _check_thread(request, case, found)


def _is(kept: Answer | None, answer: str) -> bool:
    if kept is None:
        return False
    answer = TOOLS.get(answer, answer)
    return answer in (kept.text, *kept.picked) or (answer == "unsure" and kept.state is State.unsure)


def _check_thread(request: Request, case: Case, found: Reckoning) -> None:
    """Every message that its person must have read, each once."""
    texts = [words(m) for m in request.shown()]
    turns = len(case.talk.asked) if case.talk else 0
    must = {
        "Your words are kept": 1,
        "Recorded as": 1,
        INQUIRY: len(case.inquiries),
        THANKS: len(case.inquiries),
    }
    for sign, count in must.items():
        there = sum(sign in text for text in texts)
        found.check(there == count, f"request {request.number}: {sign!r} stands {there} times, not {count}")
    verdicts = sum("you may go ahead" in text or "*No* for" in text for text in texts)
    found.check(verdicts == 1, f"request {request.number}: the decision is told {verdicts} times")
    # A form may have been taken although its person saw a warning, and went on from there.
    filled = sum(FILLED in text for text in texts)
    found.check(
        filled == 1 if request.has_filled else filled <= 1,
        f"request {request.number}: what the form changed is told {filled} times",
    )
    # The welcome, each question, the card of one's own, the receipt, the decision, and what a reviewer asked.
    whole = 4 + turns + filled + 2 * len(case.inquiries)
    found.check(len(texts) == whole, f"request {request.number}: {len(texts)} messages, not {whole}: {texts}")
    found.counted["turns"] += turns
    found.counted["messages in threads"] += len(texts)


def _check_boxes(session: Session, found: Reckoning) -> None:
    for state, count in session.exec(select(InboxRow.state, func.count()).group_by(InboxRow.state)):
        found.counted[f"inbox {state}"] = count
        found.check(state == "done", f"{count} rows of the inbox are {state}")
    states = select(OutboxRow.state, OutboxRow.kind, OutboxRow.problem, func.count())
    grouped = states.group_by(OutboxRow.state, OutboxRow.kind, col(OutboxRow.problem))
    for state, kind, problem, count in session.exec(grouped):
        found.counted[f"outbox {state} {kind}" + (f": {problem}" if state != "sent" else "")] += count
        fine = state == "sent" or (state == "dropped" and problem in FORGIVEN)
        found.check(fine, f"{count} rows of the outbox ({kind}) are {state}: {problem}")


def _check_cards(session: Session, soak: Soak, found: Reckoning) -> None:
    """One card for each request, decided, and no copy beside it."""
    known = set(session.exec(select(AddressRow.ts).where(AddressRow.purpose == "card")))
    cards = [m for m in _messages(soak, CARDS) if not m["thread_ts"] or m["thread_ts"] == m["ts"]]
    found.check(len(known) == len(soak.requests), f"{len(known)} cards are known of")
    for card in cards:
        if card["ts"] in known:
            found.check(not _offers(card["blocks"]), f"the card {card['ts']} still asks for a decision")
    standing = {card["ts"] for card in cards}
    found.check(known <= standing, f"{len(known - standing)} known cards do not stand")
    found.check(standing <= known, f"{len(standing - known)} copies of cards stand")


def _check_twice(soak: Soak, found: Reckoning) -> None:
    """The same owed message may stand once, also in the channel, which may not be read: Slack tells of it there."""
    for channel in soak.workspace.channels.values():
        owed = Counter(_owed(channel_messages := _messages(soak, channel.id)))
        twice = sum(count - 1 for count in owed.values())
        found.counted["posts"] += len(channel_messages)
        found.check(not twice, f"{twice} messages stand twice in {channel.id}")


def _owed(messages: list[Shown]) -> Iterator[Any]:
    for message in messages:
        told = (message.get("metadata") or {}).get("event_payload") or {}
        if "owed" in told:
            yield told["owed"]


def _messages(soak: Soak, channel: str) -> list[Shown]:
    return [m for m in soak.workspace.messages(channel) if m["from_bot"] and not m["ephemeral"]]


def _check_trail(session: Session, found: Reckoning) -> None:
    proof = audit.verify_store(session)
    found.check(proof.ok, f"the trail does not prove itself: {proof}")
    found.check(not audit.verify_texts(session), "texts of the trail do not fit")
    lines = select(AuditLineRow.sealed)
    what = Counter(str(line).partition('"what":"')[2].partition('"')[0] for line in session.exec(lines))
    for name in ("draft.begun", "case.submitted"):
        found.counted[f"trail {name}"] = what[name]
    decided = sum(count for name, count in what.items() if name in DECIDED)
    found.check(decided == what["case.submitted"], f"{decided} decisions stand in the trail")


DECIDED = ("case.approved", "case.approved_with_conditions", "case.declined")
