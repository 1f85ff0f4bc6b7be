"""The whole bot without threads: a payload in through Bolt, all that follows from it out, and back to the start."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware.authorization import SingleTeamAuthorization
from sqlalchemy import event, make_url
from sqlmodel import col, func, select

from bot.library import library
from bot.office import Office
from bot.slack.app import build
from bot.slack.directory import Directory
from bot.slack.drawing import Drawing
from bot.slack.front import Front
from bot.slack.reception import Reception
from bot.slack.sender import Sender
from bot.slack.shape import UNREADABLE, fitting
from store import audit
from store.engine import Store
from store.records import load
from store.tables import AnswerSetRow, AuditLineRow, DoneRow, FactRow, InboxRow, OutboxRow, UseRow
from tests.hostile.slack import Sent, Slack
from triage.case import Case

ROUNDS = 60


@dataclass
class Came:
    """What one payload came to. `lines`: new lines of the trail; `after`: the cases that are not what they were."""

    status: int
    answer: Any
    lines: list[dict[str, Any]]
    sent: list[Sent]
    records: list[logging.LogRecord]
    before: dict[str, Case]
    after: dict[str, Case]
    stuck: list[str] = field(default_factory=list)


class Stage:
    def __init__(self, database_url: str, slack: Slack, team: str, moment: datetime) -> None:
        self._path = str(make_url(database_url).database)
        self._kept = sqlite3.connect(":memory:")
        self.now = moment
        self.store = Store(database_url, now=lambda: self.now)
        event.listen(self.store.engine, "connect", _hasty)
        self.slack, self._team = slack, team
        self.front = Front(Office(self.store, library(), self.store.now), self._directory(), slack)
        self.front.desk()
        with self.store.read() as session:  # words for role holders whom Slack did not know in the story
            self._left = {row.id for row in session.exec(_unfinished(OutboxRow))}
        for channel in slack.channels | set(slack.dms.values()):
            self.front.directory.place(channel)
        self._known = self.front.directory
        self._watch = sqlite3.connect(self._path)
        self._watch.backup(self._kept)
        self._clean = self._version()
        self.app = build(self.front, slack, "", lambda: None)
        for middleware in self.app._middleware_list:
            if isinstance(middleware, SingleTeamAuthorization):  # it would ask by a client of its own
                middleware.auth_test_result = slack.api_call("auth.test")
        with self.store.read() as session:
            self.cases = {id: case for id in session.exec(select(UseRow.id)) if (case := load(session, id))}
            self._marks = _marks(session)
            self.done = frozenset(session.exec(select(DoneRow.key)))

    def close(self) -> None:
        self._watch.close()
        self.store.close()
        self._kept.close()

    def _version(self) -> Any:
        """Another one as soon as anybody else has written."""
        return self._watch.execute("PRAGMA data_version").fetchone()

    def _directory(self) -> Directory:
        return Directory(self.store, self.slack, self._team, lambda: 0.0)

    def back(self) -> None:
        """As it was in the beginning, also what was remembered."""
        if self._version() != self._clean:
            self._kept.backup(self._watch)
            self._clean = self._version()
        self.front.directory = fresh = self._directory()
        for memory in ("_people", "_users", "_places", "_channels"):
            setattr(fresh, memory, dict(getattr(self._known, memory)))
        self.front.office.changed()
        self.slack.sent.clear()

    def takes(self, *bodies: Any) -> Came:
        """These payloads one after the other, each until nothing is left to do."""
        self.back()
        return self.goes_on_with(*bodies)

    def goes_on_with(self, *bodies: Any) -> Came:
        """The same, from where it stands."""
        first = self._last_line()
        status, answer = 200, None
        with _listening() as records:
            for body in bodies:
                status, answer = self._dispatch(body)
                self.works()
        with self.store.read() as session:
            changed = [id for id, mark in _marks(session).items() if self._marks.get(id) != mark]
            after = {id: case for id in changed if (case := load(session, id))}
            lines = [
                json.loads(row.sealed)
                for row in session.exec(select(AuditLineRow).where(AuditLineRow.seq > first))
            ]
            stuck = [f"{row.kind}: {row.problem}" for row in session.exec(_unfinished(InboxRow))]
            owed = session.exec(_unfinished(OutboxRow)).all()
            stuck += [f"{row.kind}: {row.problem}" for row in owed if row.id not in self._left]
        return Came(status, answer, lines, list(self.slack.sent), records, self.cases, after, stuck)

    def is_untouched(self) -> bool:
        with self.store.read() as session:
            return audit.verify_store(session).ok and not audit.verify_texts(session)

    def _dispatch(self, body: Any) -> tuple[int, Any]:
        """As the door of Socket Mode does: without its odd parts, and let go where that is no payload either."""
        try:
            request = BoltRequest(body=body, mode="socket_mode")
        except UNREADABLE:
            try:
                request = BoltRequest(body=fitting(body), mode="socket_mode")
            except UNREADABLE:
                return 200, None
        self.slack.presser = str(request.context.user_id)
        answer: BoltResponse = self.app.dispatch(request)
        return answer.status, json.loads(answer.body) if answer.body else None

    def works(self) -> None:
        reception = Reception(self.front)
        sender = Sender(self.store, self.slack, self.front.directory, Drawing(self.front))
        for _ in range(ROUNDS):
            if not (reception.work() | sender.work()):
                return
        raise AssertionError("it never ends")

    def _last_line(self) -> int:
        with self.store.read() as session:
            known = audit.end(session)
        return known.seq if known else 0


def _marks(session: Any) -> dict[str, Any]:
    """By case, whatever would show that it is not what it was."""
    facts = select(AnswerSetRow.subject_id, func.count()).join(
        FactRow, col(FactRow.answer_set_id) == AnswerSetRow.id
    )
    counted = dict(session.exec(facts.group_by(AnswerSetRow.subject_id)).all())
    return {row.id: (row.model_dump(), counted.get(row.id)) for row in session.exec(select(UseRow))}


def _hasty(connection: Any, _: object) -> None:
    """What a power cut would take may be lost here."""
    connection.execute("PRAGMA synchronous=OFF")


def _unfinished(table: Any) -> Any:
    return select(table).where(col(table.state).not_in(("done", "sent", "dropped")))


@contextmanager
def _listening() -> Iterator[list[logging.LogRecord]]:
    """What is logged at warning or above, by us or by Bolt."""
    heard: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = heard.append  # type: ignore[method-assign,assignment]
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield heard
    finally:
        root.removeHandler(handler)


MORNING = datetime(2026, 12, 7, 12, 0, tzinfo=UTC)
