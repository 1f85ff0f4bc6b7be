"""From an owed message to what Slack is given: drawn when it is sent, from what the store says then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.slack import (
    acknowledged,
    campaigned,
    consulted,
    convening,
    digested,
    dossiers,
    entrytold,
    incident_seen,
    offering,
    packed,
    portfolio,
    reminding,
    screens,
    trusting,
)
from bot.slack.blocks import Block
from bot.slack.carrying import Made
from bot.slack.front import Front
from bot.slack.homes import make_home
from bot.slack.message import Message
from bot.slack.scenes import make_scene
from bot.slack.screens.snoozing import waits_still, with_foot
from store.acknowledged import SUBJECT
from store.addresses import stands
from store.aims import AIMS
from store.campaigns import CAMPAIGN
from store.consult_owed import CONSULT
from store.convened import PAPER
from store.daily import NUDGE
from store.digested import DIGEST, FILE
from store.dossier import DOSSIER
from store.incident_owed import INCIDENT
from store.offered import OFFER
from store.outbox import Owed
from store.owed import CARD, ON_CARD, UPLOAD
from store.packs import PACK
from store.queries import may_see
from store.records import load
from store.sessions import Session
from store.trust_owed import TRUST
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Say

TOLD_ALOUD = frozenset({Say.inquiry, Say.decided})
"""What somebody waits for, or others wait for, is seen though their thread has slid out of sight."""

OLD = timedelta(hours=4)
"""From then on whatever else was said in a direct message may stand below a thread's beginning."""

COUNTING = frozenset({Say.welcome, Say.question})
"""The screens that say how many questions are left."""


DRAWS: dict[str, Callable[[Front, Owed], Message | None]] = {
    NUDGE: reminding.draw,
    DIGEST: digested.draw,
    FILE: digested.draw,
    DOSSIER: dossiers.draw,
    PAPER: convening.draw,
    portfolio.PAPER: portfolio.draw,
    TRUST: trusting.draw,
    PACK: packed.draw,
    CAMPAIGN: campaigned.draw,
    SUBJECT: acknowledged.draw,
}
"""What is a message by itself, by what is said."""


@dataclass(frozen=True)
class Drawn:
    """`replaces`: an older copy of the same message is taken away first. `broadcast`: also outside of its thread."""

    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    view: dict[str, Any] = field(default_factory=dict)
    thread: str | None = None
    version: int | None = None
    replaces: bool = False
    broadcast: bool = False


def _blocks(owed: Owed, found: Message) -> list[Block]:
    """None where Slack refused them: its words alone say the same."""
    return [] if owed.payload.get("plain") else found.blocks


class Drawing:
    def __init__(self, front: Front) -> None:
        self._front = front

    def draw(self, owed: Owed) -> Drawn | None:
        """None where nothing is left to say."""
        if owed.kind == "publish":
            return Drawn(text="", view=screens.home(make_home(self._front, owed.person_id or "")))
        if "text" in owed.payload:
            return Drawn(
                text=str(owed.payload["text"]),
                blocks=list(owed.payload.get("blocks") or ()),
                thread=owed.payload.get("thread"),
            )
        if (draw := DRAWS.get(owed.payload["say"])) is not None:
            found = draw(self._front, owed)
            return Drawn(text=found.text, blocks=_blocks(owed, found)) if found else None
        if owed.payload["say"] == INCIDENT:
            return self._of_incident(owed)
        if owed.payload["say"] == AIMS:
            entries = entrytold.draw(self._front, owed)
            return Drawn(text=entries.text, blocks=_blocks(owed, entries), replaces=True) if entries else None
        if owed.payload["say"] == OFFER:
            shown = offering.draw(self._front, owed)
            return Drawn(text=shown.text, blocks=_blocks(owed, shown), replaces=True) if shown else None
        if owed.payload["say"] == CONSULT:
            told = consulted.draw(self._front, owed)
            return (
                Drawn(text=told.text, blocks=told.blocks, thread=owed.payload.get("thread")) if told else None
            )
        facts = dict(owed.payload.get("facts") or {})
        holder = facts.get("holder")
        desk = self._front.desk(beside=[str(holder)] if holder else ())
        with self._front.office.store.read() as session:
            case = load(session, owed.subject_id or "")
            if case is None:
                return None
            thread = self._thread(session, owed, case)
            say = Say(owed.payload["say"])
            reader = _reader_of(owed, case)
            if owed.kind == UPLOAD and case.confidential and not reader:
                return None  # it was closed since: its bytes go where only readers are, or nowhere
            if case.confidential and reader and not self._reads(session, reader, case, desk):
                if say in ON_CARD:
                    return None
                reader = ""  # a team that joined before it was closed is told that there is something, and not what
            scene = make_scene(
                self._front,
                session,
                case,
                desk,
                reader,
                counted=say in COUNTING,
                compared=say is Say.card,
                unfolding=True,
            )
            if "errand" in facts and owed.kind == "post" and not waits_still(scene, say, facts):
                return None  # it was settled before it could be sent
            shown = with_foot(scene, screens.render(say, scene, facts), facts)
        blocks = [] if owed.payload.get("plain") else shown.blocks
        return Drawn(
            text=shown.text,
            blocks=blocks,
            thread=thread,
            version=case.version,
            replaces=bool(facts.get("fresh") or facts.get("again")),
            broadcast=(say in TOLD_ALOUD or "errand" in facts) and _is_old(thread, desk.now),
        )

    def picture(self, owed: Owed) -> Made:
        """Of a digest."""
        return digested.picture(self._front, owed)

    def file(self, owed: Owed) -> Made | None:
        """What we make ourselves; None where it is somebody's."""
        if owed.payload["say"] == DOSSIER:
            return dossiers.file(self._front, owed)
        if owed.payload["say"] == PAPER:
            return convening.file(self._front, owed)
        if owed.payload["say"] == portfolio.PAPER:
            return portfolio.file(self._front, owed)
        if owed.payload["say"] == TRUST:
            return trusting.file(self._front, owed)
        return digested.file(self._front, owed) if owed.payload["say"] == FILE else None

    def _of_incident(self, owed: Owed) -> Drawn | None:
        found = incident_seen.draw(self._front, owed)
        if found is None:
            return None
        told, version = found
        blocks = [] if owed.payload.get("plain") else told.blocks
        return Drawn(text=told.text, blocks=blocks, version=version)

    def _reads(self, session: Session, person: str, case: Case, desk: Desk) -> bool:
        """Whoever was a reader when it was noted may be none any more when it is sent."""
        return may_see(session, self._front.reader(person, desk), case.id)

    def _thread(self, session: Session, owed: Owed, case: Case) -> str | None:
        """The thread a message belongs to; a note on the card goes below the card."""
        thread: str | None = owed.payload.get("thread")
        if thread != CARD:
            return thread
        return stands(session, case.id, CARD, owed.place_id or "")


def _is_old(thread: str | None, now: datetime) -> bool:
    """Slack names a thread by the moment of its first message."""
    return thread is not None and datetime.fromtimestamp(float(thread), UTC) < now - OLD


def _reader_of(owed: Owed, case: Case) -> str:
    """A message in somebody's thread is read by them; a card by whoever decides, so by nobody in particular."""
    if Say(owed.payload["say"]) in ON_CARD:
        return owed.person_id or ""
    if owed.place_id is None and owed.person_id is not None:
        return owed.person_id
    return case.talk.person if case.talk else case.requester
