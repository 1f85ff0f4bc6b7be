"""What is known of colleagues, as every desk needs it: read now and then, and ties to Slack where a file names them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.directory import Directory
from bot.slack.errors import code_of
from bot.slack.payloads import Who
from store import employees, readers
from store.engine import Store
from store.staff import keepers, named, staff
from triage.staff import NOBODY_KNOWN, Colleague

log = logging.getLogger(__name__)

FRESH_SECONDS = 5.0
"""How long another process's people file, absence or profile may go unnoticed."""
AT_ONCE = 20
"""Slack counts these calls by the minute; the rest follow at the next tick."""
AGAIN_SECONDS = 3600.0
UNKNOWN = frozenset({"users_not_found", "user_not_found", "user_not_visible", "missing_scope"})


class Staff:
    """`clock`: by which it is known how old something remembered is."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock
        self._known: tuple[float, frozenset[str], dict[str, Colleague]] | None = None

    def known(self, people: Iterable[str], beside: Collection[str] = ()) -> Callable[[str], Colleague]:
        """For a desk: a plain look-up, since decisions are made inside of a write. `beside`: read anew each time."""
        wanted, now, known = frozenset(people), self._clock(), self._known
        if known is None or known[1] != wanted or now - known[0] >= FRESH_SECONDS:
            with self._store.read() as session:
                known = self._known = (now, wanted, staff(session, wanted))
        found = known[2]
        if beside:
            with self._store.read() as session:
                found = found | named(session, beside)
        return lambda person: found.get(person, NOBODY_KNOWN)

    def forget(self) -> None:
        self._known = None


class Ties:
    """Who of the people file somebody is: only of those who hold a role, and who stands beside them.

    Whom Slack does not know is asked for again after a while: people join, and files change.
    """

    def __init__(
        self, store: Store, client: WebClient, directory: Directory, clock: Callable[[], float]
    ) -> None:
        self._store, self._client, self._directory, self._clock = store, client, directory, clock
        self._asked: dict[str, float] = {}

    def look(self, holders: Iterable[str]) -> int:
        """How many were found now: of those who hold a role, who answer for a use, who are asked to read something."""
        with self._store.read() as session:
            if employees.is_empty(session):
                return 0
            tied, holders, own = employees.tied_people(session), frozenset(holders), keepers(session)
            unknown = [*sorted(holders - tied), *sorted(own - holders - tied)]
        found = sum(self._holder(person) for person in self._due(unknown))
        with self._store.read() as session:
            beside = [*employees.beside(session, holders | own), *readers.unfound(session)]
        return found + sum(self._beside(email) for email in self._due(beside))

    def _due(self, whom: Sequence[str]) -> list[str]:
        since = self._clock() - AGAIN_SECONDS
        due = [each for each in whom if self._asked.get(each, since) <= since]
        # Those asked longest ago first: else the last of many would never be.
        return sorted(due, key=lambda each: self._asked.get(each, 0.0))[:AT_ONCE]

    def _holder(self, person: str) -> bool:
        """By the id in the file, else by the address of their profile, which has one with the optional scope."""
        user = self._directory.user(person) or ""
        with self._store.read() as session:
            known = employees.find(session, slack_user=user)
        if known is None:
            told = self._ask(person, lambda: self._client.users_info(user=user).get("user"))
            email = str((told.get("profile") or {}).get("email") or "")
            with self._store.read() as session:
                known = employees.find(session, email=email) if email else None
        return known is not None and self._tie(known.email, person)

    def _beside(self, email: str) -> bool:
        with self._store.read() as session:
            known = employees.find(session, email=email)
        user = known.slack_user if known else ""
        if not user:
            told = self._ask(email, lambda: self._client.users_lookupByEmail(email=email).get("user"))
            user = str(told.get("id") or "")
        if not self._directory.is_user(user):
            return False
        return self._tie(email, self._directory.person(Who(self._directory.team, user)))

    def _ask(self, whom: str, ask: Callable[[], object]) -> dict[str, Any]:
        """Nothing where nobody was found: what may pass is asked again at the next tick, the rest after a while."""
        try:
            told = ask()
        except (SlackApiError, OSError) as error:
            code = code_of(error) if isinstance(error, SlackApiError) else type(error).__name__
            log.info("Somebody of the people file was not found", extra={"error": code})
            if code in UNKNOWN:
                self._asked[whom] = self._clock()
            return {}
        self._asked[whom] = self._clock()
        return told if isinstance(told, dict) else {}

    def _tie(self, email: str, person: str) -> bool:
        with self._store.write() as session:
            return employees.tie(session, email, person)
