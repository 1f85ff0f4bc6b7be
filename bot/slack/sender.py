"""Sends what is owed: one lane at a time in order, patient where Slack says wait, and never twice knowingly."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import carrying
from bot.slack.detour import Detour
from bot.slack.directory import Directory
from bot.slack.drawing import Drawing, Drawn
from bot.slack.errors import (
    CLOSED_TO_US,
    CREDENTIALS,
    GONE,
    LIMITS,
    NOT_GRANTED,
    NOT_THERE,
    code_of,
    is_unclear,
    must_wait,
)
from bot.slack.loop import Loop
from bot.slack.posting import LostPlace, Posting, TooEarly
from store import delivery, outbox
from store.below import owe_copy_note, take_copy_note_back
from store.digested import DIGEST
from store.engine import Store
from store.errors import Unavailable
from store.outbox import LASTING, Owed
from store.owed import CARD, UPLOAD

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
CALL = timedelta(seconds=12)
"""How long one message may take at most: a call waits ten seconds for its answer."""
BATCH = 10
NEVER = datetime.min.replace(tzinfo=UTC)
PAUSE = timedelta(minutes=1)
"""Between two tries while Slack does not accept our token."""
NO_TIME, SHARING = timedelta(), timedelta(seconds=30)
"""Slack shares a file some time after it has said yes: so long nobody concludes that it was not shared."""
LOOKS = 5
"""So often a post with a picture is tried until it goes without."""
DOUBTS = 2
"""Doubtful posts looked for in one round: looking is slow, and what is ready should not wait for it."""


class Sender(Loop):
    """One loop; several may run, in one process or many, because every row is claimed."""

    def __init__(
        self,
        store: Store,
        client: WebClient,
        directory: Directory,
        drawing: Drawing,
        detour: Detour | None = None,
        granted: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        super().__init__()
        self._detour = detour
        self._paused_until: datetime | None = None
        self._limited: dict[str, datetime] = {}
        """Kinds of which Slack takes no more until then."""
        self._store, self._client, self._drawing = store, client, drawing
        self._posting = Posting(store, client, directory)
        self._granted = granted
        self._holder = uuid4().hex

    def work(self) -> bool:
        """First what is ready, then a look at a few of those nobody knows about."""
        if self._is_paused():
            return False
        with self._store.read() as session:
            if not outbox.any_ready(session, now=self._store.now()):
                return False
        ready = self._in_time(self._send, outbox.claim, BATCH)
        return self._in_time(self._reconcile, outbox.claim_unknown, DOUBTS) or ready

    def _in_time(self, deal: Callable[[Owed], None], claim: Callable[..., list[Owed]], limit: int) -> bool:
        """Claims and deals with each; whatever there is no time left for goes back untouched."""
        now = self._store.now()
        with self._store.write() as session:
            claimed = claim(session, now=now, holder=self._holder, lease=LEASE, limit=limit)
        for number, owed in enumerate(claimed):
            if self._stopping or self._is_paused() or self._store.now() > now + LEASE - CALL:
                # Somebody else may soon look whether these were sent, so they are no longer ours to send.
                self._give_back(claimed[number:])
                break
            deal(owed)
        return bool(claimed)

    def _is_paused(self) -> bool:
        return self._paused_until is not None and self._store.now() < self._paused_until

    def _give_back(self, unsent: Sequence[Owed]) -> None:
        with self._store.write() as session:
            for owed in unsent:
                delivery.give_back(session, owed.id, holder=self._holder)

    def _pause(self, owed: Owed, code: str) -> None:
        """Slack does not take us for ourselves: nothing is tried for a minute, and nothing is lost."""
        now = self._store.now()
        self._paused_until = now + PAUSE
        log.error(
            "Slack does not accept the bot's token; nothing is sent until it does",
            extra={"event": "sender.paused", "error": code},
        )
        self._close(owed, delivery.retry_later, seconds=PAUSE.total_seconds(), now=now, problem=code)

    def _send(self, owed: Owed) -> None:
        if (until := self._limited.get(owed.kind, NEVER)) > self._store.now():
            self._close(owed, delivery.limited, until=until)
            return
        if self._detour is not None and self._detour.is_gone(owed):
            self._close(owed, delivery.drop, "the person has no account any more")
            return
        if owed.ts is not None and owed.kind in LASTING:
            self._stands_already(owed)
            return
        try:
            drawn = self._drawing.draw(owed)
        except Unavailable:
            raise
        except Exception as bug:
            # One message that cannot be drawn must not hold up the others: later again, in the end put aside.
            log.exception("A message could not be drawn", extra={"owed": owed.id})
            self._close(owed, delivery.failed, type(bug).__name__, now=self._store.now())
            return
        if drawn is None:
            self._close(owed, delivery.drop, "nothing left to say")
            return
        if owed.kind == UPLOAD and not owed.payload.get("ours"):
            self._bring(owed, drawn)
            return
        if owed.payload.get("say") == DIGEST and "picture" not in owed.payload:
            self._picture(owed, drawn)
            return
        try:
            sent = self._posting.call(owed, drawn)
        except LostPlace:
            self._close(owed, delivery.park, "its place or person is not known")
        except SlackApiError as error:
            self._refused(owed, drawn, error)
        except OSError as lost:
            self._lost(owed, type(lost).__name__)
        else:
            self._mark(owed, drawn, sent)

    def _bring(self, owed: Owed, drawn: Drawn) -> None:
        """The bytes of a file, before the one call that shares it: nobody sees it yet, so it may be done again."""
        try:
            ours = self._ours(owed)
        except carrying.NotCarried as problem:
            self._close(owed, delivery.without_file, problem.why)
        except SlackApiError as error:
            self._refused(owed, drawn, error)
        except OSError as lost:
            self._lost(owed, type(lost).__name__)
        except Unavailable:
            raise
        except Exception as bug:
            log.exception("A file could not be made", extra={"owed": owed.id})
            self._close(owed, delivery.not_made, type(bug).__name__, now=self._store.now())
        else:
            self._close(owed, delivery.brought, ours)

    def _ours(self, owed: Owed) -> str:
        if (made := self._drawing.file(owed)) is not None:
            return carrying.give(self._client, made, self._granted)
        return carrying.bring(self._client, str(owed.payload["facts"]["file"]), self._granted)

    def _picture(self, owed: Owed, drawn: Drawn) -> None:
        """Before the post that shows it; without it the words say all."""
        try:
            made = self._drawing.picture(owed)
            ours = carrying.pictured(self._client, made, drawn.text, self._granted)
        except SlackApiError as error:
            self._refused(owed, drawn, error)
        else:
            self._close(owed, delivery.pictured, ours)

    def _lost(self, owed: Owed, problem: str) -> None:
        """Nobody knows what became of it. A file that cannot be brought for a day is told of instead."""
        now = self._store.now()
        if problem == TooEarly.__name__ and now - owed.queued_at < delivery.OUTAGE:
            self._close(owed, delivery.retry_later, seconds=delivery.SHORTLY, now=now, problem=problem)
        elif owed.kind == UPLOAD and (owed.attempts >= outbox.TRIES or problem == TooEarly.__name__):
            self._close(owed, delivery.without_file, "other")
        else:
            patience = SHARING if owed.kind == UPLOAD else NO_TIME
            self._close(owed, delivery.mark_unknown, problem, now=now, patience=patience)

    def _mark(self, owed: Owed, drawn: Drawn, sent: dict[str, Any]) -> None:
        ts, place, now = sent.get("ts"), sent.get("place"), self._store.now()
        self._close(owed, delivery.mark_sent, now=now, ts=ts, place_id=place, version=drawn.version)

    def _refused(self, owed: Owed, drawn: Drawn, error: SlackApiError) -> None:
        """Slack said no: wait, look, post anew, say it plainly, or put it aside where an operator sees it."""
        code, now = code_of(error), self._store.now()
        if must_wait(error):
            seconds = float(error.response.headers.get("Retry-After", 1))
            self._slow_down(owed, now + timedelta(seconds=seconds))
        elif is_unclear(error):
            self._lost(owed, code)
        elif owed.kind == UPLOAD and code in carrying.REFUSED:
            self._not_shared(owed)
        elif owed.payload.get("former") and code not in CREDENTIALS:
            self._close(owed, delivery.drop, code)  # cards go elsewhere now; nothing new is posted here
        elif code in GONE and owed.kind == "update":
            self._close(owed, delivery.repost)
        elif code in LIMITS and owed.payload.get("picture"):
            self._unseen_picture(owed, code)
        elif code in LIMITS and not owed.payload.get("plain"):
            log.error(
                "Slack refused the blocks of a message; sent as plain text",
                extra={"owed": owed.id, "error": code},
            )
            self._close(owed, delivery.plainly)
        elif owed.kind == "ephemeral" and owed.place_id and code in NOT_THERE:
            self._close(owed, delivery.directly)
        elif code in CREDENTIALS:
            self._pause(owed, code)
        elif code in NOT_GRANTED:
            log.error(
                "Slack did not grant what a message needs; it waits", extra={"owed": owed.id, "error": code}
            )
            self._close(owed, delivery.retry_later, seconds=PAUSE.total_seconds(), now=now, problem=code)
        elif self._detour is not None and self._detour.taken(owed, code):
            self._close(owed, delivery.drop, f"{code}: it goes elsewhere")
        else:
            log.error("A message could not be sent and was put aside", extra={"owed": owed.id, "error": code})
            self._close(owed, delivery.park, code)

    def _unseen_picture(self, owed: Owed, code: str) -> None:
        """Slack looks at a picture some time after it has taken it; if it never knows it, the post goes without."""
        if owed.attempts < LOOKS:
            self._close(owed, delivery.failed, code, now=self._store.now())
        else:
            self._close(owed, delivery.pictured, "")

    def _not_shared(self, owed: Owed) -> None:
        """Slack does not share it: perhaps because it has done so already."""
        try:
            found = self._posting.found(owed)
        except (SlackApiError, OSError) as error:
            self._lost(owed, type(error).__name__)
            return
        if found is None:
            self._close(owed, delivery.without_file, "other")
        else:
            self._close(owed, delivery.mark_sent, now=self._store.now(), **found)

    def _slow_down(self, owed: Owed, until: datetime) -> None:
        """Slack counts posts by their channel, everything else by its method: then all of that kind waits."""
        if owed.kind not in LASTING:
            self._limited[owed.kind] = until
        self._close(owed, delivery.limited, until=until)

    def _reconcile(self, owed: Owed) -> None:
        """A post whose fate nobody knows: look whether it stands there before sending it again."""
        if owed.ts is not None:
            self._stands_already(owed)
            return
        try:
            found = self._posting.found(owed)
        except (SlackApiError, OSError) as error:
            if isinstance(error, SlackApiError) and code_of(error) in CLOSED_TO_US:
                self._send_unseen(owed)
            else:
                self._close(owed, delivery.mark_unknown, type(error).__name__, now=self._store.now())
            return
        end = delivery.send_again if found is None else delivery.mark_sent
        self._close(owed, end, now=self._store.now(), **(found or {}))

    def _stands_already(self, owed: Owed) -> None:
        """Slack told of it while nobody knew: there is one, and no copy to tell of."""
        with self._store.write() as session:
            delivery.mark_sent(session, owed.id, holder=self._holder, now=self._store.now(), ts=owed.ts)
            if owed.purpose == CARD and owed.subject_id and owed.place_id:
                take_copy_note_back(session, owed.subject_id, owed.place_id)

    def _send_unseen(self, owed: Owed) -> None:
        """Where we may not read, a copy may stand already: it is found at its first press; until then a note tells."""
        now = self._store.now()
        with self._store.write() as session:
            if delivery.send_again(session, owed.id, holder=self._holder, now=now) and owed.purpose == CARD:
                owe_copy_note(session, owed, now)

    def _close(self, owed: Owed, end: Callable[..., object], *told: str, **known: Any) -> None:
        with self._store.write() as session:
            end(session, owed.id, *told, holder=self._holder, **known)
