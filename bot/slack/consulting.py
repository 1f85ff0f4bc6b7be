"""The worker's errand to the model: what is due is put into words, asked, and what comes back goes through its door.

Whatever fails here, the plain way goes on: nobody waits for this, and nothing else is done by it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.config import Models
from bot.model.answers import NotUsable, read
from bot.model.colleagues import colleagues
from bot.model.door import Door, Said, Unanswered
from bot.model.prompts import Prompt, prompt
from bot.slack.front import LEAD, Front
from bot.slack.subjects import reader_of, subject_of
from store import audit, consulted, consults, outbox, weighed
from store.errors import Unavailable
from store.people import every_name
from store.tables import ConsultRow, DoneRow
from triage.consulting import About
from triage.desk import Desk

log = logging.getLogger(__name__)

AT_ONCE = 20
SHARES = 4
"""Nobody's words and presses use more than this part of a day's tokens."""
PRIORITY = 1

MakeDoor = Callable[[Models, Mapping[str, SecretStr]], Door]


class Consulting:
    """`door`: made anew for each look, since whom to ask can be changed at any time."""

    def __init__(self, front: Front, keys: Mapping[str, SecretStr], door: MakeDoor = Door) -> None:
        self._front, self._keys, self._door = front, keys, door
        self._at_work = threading.Lock()

    def look(self) -> int:
        """All that is due now, one after the other; says how much that was. Without a model there is nothing."""
        models = self._front.office.config.model
        if not models.use or not self._at_work.acquire(blocking=False):
            return 0
        try:
            return self._look(models)
        finally:
            self._at_work.release()

    def _look(self, models: Models) -> int:
        store, done = self._front.office.store, 0
        door = self._door(models, self._keys)
        held = consults.lease(models.seconds, len(models.use))
        try:
            while done < AT_ONCE and (row := consults.claim(store, held)) is not None:
                done += 1
                self._apart(row, door)
            weighed.weigh(store, self._front.desk())
        finally:
            if done:
                self._front.wake()
        return done

    def _apart(self, row: ConsultRow, door: Door) -> None:
        """What is damaged is not tried again, and holds up no other."""
        try:
            self._one(row, door)
        except Unavailable:
            raise
        except Exception as bug:
            log.exception("A model could not be asked", extra={"consult": row.id})
            self._end(row, "failed", type(bug).__name__)

    def _one(self, row: ConsultRow, door: Door) -> None:
        desk = self._front.desk()
        made = self._prepared(row, door.models, desk)
        if made is None or not self._sent(row, made, door):
            return
        known: dict[str, Any] = {"prompt": made.name}
        try:
            said = door.ask(made.messages)
        except Unanswered as failed:
            self._failed(row, failed, known)
            return
        known |= {"model": said.model, "tokens": said.tokens}
        self._taken_in(row, made, said, known)

    def _sent(self, row: ConsultRow, made: Prompt, door: Door) -> bool:
        models = [each.model[: audit.LONGEST] for each in door.named]
        with self._front.office.store.write() as session:
            return consults.sent(session, row, made.name, made.digest, models, self._front.office.now())

    def _prepared(self, row: ConsultRow, models: Models, desk: Desk) -> Prompt | None:
        """What leaves; None where nothing may, or nobody waits for it any more."""
        store = self._front.office.store
        with store.read() as session:
            found = subject_of(self._front, session, row, desk)
            since, person = _midnight(desk), consults.asker(session, row)
            spent = consults.tokens_since(session, since) >= models.tokens
            share = consults.tokens_since(session, since, person=person) >= _share(models)
            closed = found is not None and found.closed and not models.confidential
            people = colleagues(every_name(session))
        if found is None:
            self._end(row, "dropped", "")
            return None
        if closed:
            self._end(row, "withheld", "confidential")
            return None
        if spent:
            self._end(row, "spent", "budget")
            self._tell_lead(desk)
            return None
        if share:
            self._end(row, "spent", "share")
            return None
        return prompt(About(row.about), found.text, found.facts, people)

    def _taken_in(self, row: ConsultRow, made: Prompt, said: Said, known: dict[str, Any]) -> None:
        try:
            wish = read(About(row.about), said.text)
        except NotUsable as unfit:
            self._end(row, "refused", str(unfit), **known)
            return
        desk, allowed = self._front.desk(), self._front.office.config.model.confidential
        reader = reader_of(self._front, row, desk)  # before the rest: Slack may be asked about them
        with self._front.office.store.write() as session:
            consulted.take_in(session, row, wish, made.text, known, desk, reader=reader, confidential=allowed)

    def _failed(self, row: ConsultRow, failed: Unanswered, known: dict[str, Any]) -> None:
        """Asked again a little later, a few times; then it stays as it would be without a model.

        Who answered without words would do so again, and each time at its price.
        """
        now = self._front.office.now()
        with self._front.office.store.write() as session:
            if failed.wordless or not consults.again(session, row, now, failed.tokens):
                consults.end(session, row, "failed", now, str(failed), tokens=failed.tokens, **known)

    def _end(self, row: ConsultRow, state: str, because: str, **known: Any) -> None:
        with self._front.office.store.write() as session:
            consults.end(session, row, state, self._front.office.now(), because, **known)

    def _tell_lead(self, desk: Desk) -> None:
        """Once a day, whoever leads hears that the rest of it goes on without."""
        text = str(self._front.words.line("model.spent", tokens=self._front.office.config.model.tokens))
        with self._front.office.store.write() as session:
            once = f"model-spent:{desk.day.isoformat()}"
            if session.get(DoneRow, once) is not None:
                return
            session.add(DoneRow(key=once, at=desk.now))
            for person in sorted(desk.roles.get(LEAD, ())):
                payload = {"text": text}
                outbox.put(
                    session, kind="post", person_id=person, payload=payload, priority=PRIORITY, now=desk.now
                )


def _share(models: Models) -> int:
    """What one person may use of a day, so that nobody spends it for all."""
    return max(models.tokens // SHARES, 1)


def _midnight(desk: Desk) -> datetime:
    """The organisation's day begins."""
    return datetime.combine(desk.day, time(), ZoneInfo(desk.organisation.zone))
