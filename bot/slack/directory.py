"""Who is who: Slack's ids to our opaque ones and back, and which roles people hold right now."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.payloads import Who
from store import people
from store.engine import Store
from store.tables import PersonRow, PlaceRow

log = logging.getLogger(__name__)

GROUP_SECONDS = 60.0
"""How long a user group's members are remembered; a click is judged by membership at most this old."""


class Directory:
    """Ids never change, so they are remembered; memberships do, so they are asked again."""

    def __init__(
        self, store: Store, client: WebClient, team: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._store, self._client, self.team, self._clock = store, client, team, clock
        self._people: dict[Who, str] = {}
        self._users: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._channels: dict[str, str] = {}
        self._groups: dict[str, tuple[float, frozenset[str]]] = {}
        self._us: str | None = None

    def person(self, who: Who) -> str:
        """The opaque id of a person; made at first sight."""
        if who not in self._people:
            with self._store.write() as session:
                self._people[who] = people.person(
                    session, team=who.team, slack_user=who.user, now=self._store.now()
                )
            self._users[self._people[who]] = who.user
        return self._people[who]

    def user(self, person: str) -> str | None:
        """Slack's id of a person, or None if nobody has that id."""
        if person not in self._users:
            with self._store.read() as session:
                row = session.get(PersonRow, person)
            if row is None:
                return None
            self._users[person] = row.slack_user
        return self._users[person]

    def place(self, channel: str, kind: str | None = None, person: str | None = None) -> str:
        """The opaque id of a channel or direct message; made at first sight. What is not said stays as known."""
        if channel not in self._places:
            with self._store.write() as session:
                self._places[channel] = people.place(
                    session, team=self.team, slack_channel=channel, kind=kind, person_id=person
                )
            self._channels[self._places[channel]] = channel
        return self._places[channel]

    def channel(self, place: str) -> str | None:
        """Slack's id of a place."""
        if place not in self._channels:
            with self._store.read() as session:
                row = session.get(PlaceRow, place)
            if row is None:
                return None
            self._channels[place] = row.slack_channel
        return self._channels[place]

    def dm(self, person: str) -> str | None:
        """The direct message with a person, opened where there is none yet."""
        user = self.user(person)
        if user is None:
            return None
        answer = self._client.conversations_open(users=user)
        channel: str = answer["channel"]["id"]
        return self.place(channel, kind="dm", person=person)

    def us(self) -> str:
        """Slack's id of the bot itself."""
        if self._us is None:
            self._us = str(self._client.auth_test()["user_id"])
        return self._us

    def members(self, role: Sequence[str]) -> frozenset[str]:
        """The people of a role given as Slack ids of people and user groups; what cannot be read is nobody."""
        users = [u for u in role if not u.startswith("S")]
        for group in (g for g in role if g.startswith("S")):
            users += self._group(group)
        return frozenset(self.person(Who(self.team, user)) for user in users)

    def _group(self, group: str) -> frozenset[str]:
        known = self._groups.get(group)
        if known is not None and self._clock() - known[0] < GROUP_SECONDS:
            return known[1]
        try:
            found = frozenset(map(str, self._client.usergroups_users_list(usergroup=group)["users"]))
        except (SlackApiError, OSError):
            log.warning("A user group could not be read, so it counts as empty", extra={"group": group})
            found = frozenset()
        self._groups[group] = (self._clock(), found)
        return found

    def forget_groups(self) -> None:
        self._groups.clear()

    def roles(self, config: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
        return {role: self.members(members) for role, members in config.items()}
