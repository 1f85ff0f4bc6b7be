"""What becomes of a message whose channel is closed to us, or whose reader is gone: nothing is sent in vain."""

from __future__ import annotations

from bot.slack import places
from bot.slack.errors import UNREACHABLE, is_shut
from bot.slack.front import Front
from store import due, outbox, people
from store.below import owe_unreachable_note
from store.daily import NUDGE
from store.outbox import Owed
from store.owed import CARD
from store.records import USE
from triage.outcome import Say

CLOSED_ACCOUNT = "user_disabled"
ON_CARD = frozenset({Say.card.value, Say.card_note.value, Say.referral.value})


class Detour:
    """Asked by the sender before it sends, and when Slack has refused."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def is_gone(self, owed: Owed) -> bool:
        """Whether the reader has no account any more; those who decide hear of it, once for each request."""
        with self._front.office.store.read() as session:
            gone = people.is_gone(session, person=owed.person_id, place=owed.place_id)
        if gone:
            self._escalate(owed)
        return gone

    def taken(self, owed: Owed, code: str) -> bool:
        """Whether what was refused goes on elsewhere."""
        if code == CLOSED_ACCOUNT and owed.person_id is not None:
            self._note_gone(owed.person_id)
        if code in UNREACHABLE:
            return self._escalate(owed) or owed.payload.get("say") == NUDGE
        channel = self._front.directory.channel(owed.place_id or "")
        if not is_shut(code) or channel is None or owed.payload.get("say") not in ON_CARD:
            return False
        places.shut(self._front, channel, code)
        instead = self._front.desk().governance
        if instead is None or instead == owed.place_id:
            return False
        if owed.payload["say"] == Say.card_note.value:
            self._once_more(owed, instead)
        return True

    def _note_gone(self, person: str) -> None:
        """Slack says so before any event did, or because it was missed: what they have is somebody else's now."""
        now = self._front.office.now()
        with self._front.office.store.write() as session:
            people.close_account(session, person, now=now)
            due.vacate(session, person, now=now)
        self._front.directory.forget_standing()
        self._front.staff.forget()

    def _once_more(self, note: Owed, place: str) -> None:
        """What was said below a card, below the card that stands elsewhere now."""
        with self._front.office.store.write() as session:
            outbox.put(
                session,
                kind="post",
                place_id=place,
                subject_kind=note.subject_kind,
                subject_id=note.subject_id,
                payload=note.payload | {"thread": CARD},
                priority=note.priority,
                now=self._front.office.now(),
            )

    def _escalate(self, owed: Owed) -> bool:
        place = self._front.desk().governance
        if owed.subject_kind != USE or place is None or place == owed.place_id:
            return False
        with self._front.office.store.write() as session:
            owe_unreachable_note(session, owed, place, self._front.office.now())
        self._front.wake()
        return True
