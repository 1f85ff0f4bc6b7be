"""Who is who: Slack's ids to our opaque ones and back, and which roles people hold right now."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.markup import Mrkdwn, escaped
from bot.slack.payloads import Who
from bot.slack.profiles import look_up
from store import people, standing
from store.engine import Store
from store.tables import PersonRow, PlaceRow
from triage.outcome import Refused

log = logging.getLogger(__name__)

USER = re.compile(r"[UWB][A-Z0-9]{1,30}")
"""What Slack's ids of people look like; anything else is somebody's invention and becomes nobody."""

GROUP = re.compile(r"S[A-Z0-9]{1,30}")

GROUP_SECONDS = 60.0
"""How long a user group's members are remembered where nobody is about to use the power it gives."""

SILENT_SECONDS = 10.0
"""How long no group is asked for after Slack did not answer: a click must not wait for each of them in turn."""

STANDING_SECONDS = 5.0
"""How long it may go unnoticed that somebody turned out to be a guest, a bot, or gone."""


MOST_LISTS = 200
"""Different lists of people that are remembered: those of all roles, and of groups as they change."""


class Directory:
    """Ids never change, so they are remembered; memberships and standing do, so they are asked again.

    `quick`: a client of little patience, for what is asked while a click waits.
    """

    def __init__(
        self,
        store: Store,
        client: WebClient,
        team: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        quick: WebClient | None = None,
    ) -> None:
        self._store, self._client, self.team, self.clock = store, client, team, clock
        self.quick = quick or client
        self._people: dict[Who, str] = {}
        self._users: dict[str, str] = {}
        self._places: dict[str, str] = {}
        self._channels: dict[str, str] = {}
        self._held: dict[tuple[str, ...] | frozenset[str], frozenset[str]] = {}
        self._groups: dict[str, tuple[float, frozenset[str]]] = {}
        self._us: str | None = None
        self._met = set[str]()
        self._silent_until = 0.0
        self._standing: tuple[float, frozenset[str], frozenset[str]] | None = None

    def person(self, who: Who) -> str:
        """The opaque id of a person; made at first sight."""
        if who not in self._people:
            if not USER.fullmatch(who.user):
                raise Refused("not_a_person")
            with self._store.write() as session:
                known = people.person(session, team=who.team, slack_user=who.user, now=self._store.now())
            # Only now is it certain that the row is there to stay.
            self._people[who], self._users[known] = known, who.user
            if who.team != self.team:
                self.forget_standing()
        return self._people[who]

    def is_user(self, user: str) -> bool:
        """Whether this looks like one of Slack's ids of people."""
        return USER.fullmatch(user) is not None

    def user(self, person: str) -> str | None:
        """Slack's id of a person, or None if nobody has that id."""
        if person not in self._users:
            with self._store.read() as session:
                row = session.get(PersonRow, person)
            if row is None:
                return None
            self._users[person] = row.slack_user
        return self._users[person]

    def mention(self, person: str) -> Mrkdwn:
        """The one way in which a person gets into markup."""
        user = self.user(person)
        if user and USER.fullmatch(user):
            return Mrkdwn(f"<@{user}>")
        return escaped(self._pseudonym(person) if user else person)

    def _pseudonym(self, person: str) -> str:
        """What somebody is called who was erased."""
        with self._store.read() as session:
            row = session.get(PersonRow, person)
        return row.name if row is not None and row.name else person

    def place(self, channel: str, kind: str | None = None, person: str | None = None) -> str:
        """The opaque id of a channel or direct message; made at first sight. What is not said stays as known."""
        if channel not in self._places:
            with self._store.write() as session:
                known = people.place(
                    session, team=self.team, slack_channel=channel, kind=kind, person_id=person
                )
            self._places[channel], self._channels[known] = known, channel
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

    def direct(self, person: str) -> str | None:
        """The direct message with a person, as known; None where there is none and Slack opens none now."""
        with self._store.read() as session:
            known = people.direct(session, person)
        if known is not None:
            return known
        try:
            return self.dm(person)
        except (SlackApiError, OSError):
            return None

    def is_closed(self, place: str) -> bool:
        """Whether nobody of ours can speak there."""
        return place in self._looked_up()[2]

    def renumber(self, old: str, new: str) -> None:
        """A channel has another id of Slack's from now on."""
        with self._store.write() as session:
            people.renumber(session, team=self.team, old=old, new=new)
        self._places.pop(old, None)
        self._channels.clear()

    def us(self) -> str:
        """Slack's id of the bot itself."""
        if self._us is None:
            self._us = str(self._client.auth_test()["user_id"])
        return self._us

    def outsider(self, person: str) -> bool:
        """Whether somebody is no colleague; people of other workspaces are known by their team at once.

        Whoever comes for the first time may be a guest: while Slack does not say, they are taken for one.
        """
        return not self._has_met(person) or person in self.outsiders()

    def _has_met(self, person: str) -> bool:
        if person not in self._met:
            with self._store.read() as session:
                row = session.get(PersonRow, person)
            if row is not None and not row.name and row.team == self.team:
                if not look_up(self._store, self.quick, row.team, row.slack_user):
                    return False
                self.forget_standing()
            self._met.add(person)
        return True

    def members(self, role: Sequence[str]) -> frozenset[str]:
        """The people of a role given as Slack ids of people and user groups; what cannot be read is nobody."""
        people = self._named(tuple(user for user in role if not user.startswith("S")))
        for group in (g for g in role if g.startswith("S")):
            people |= self._named(self._group(group))
        return people - self.outsiders()

    def _named(self, users: tuple[str, ...] | frozenset[str]) -> frozenset[str]:
        """Every click asks for the people of all roles, and ids never change."""
        known = self._held.get(users)
        if known is None:
            if len(self._held) >= MOST_LISTS:
                self._held.clear()
            known = frozenset(self.person(Who(self.team, user)) for user in users if USER.fullmatch(user))
            self._held[users] = known
        return known

    def outsiders(self) -> frozenset[str]:
        """They see only what is theirs, and can hold no role."""
        return self._looked_up()[1]

    def _looked_up(self) -> tuple[float, frozenset[str], frozenset[str]]:
        """When; who is no colleague; which places are closed to us."""
        known = self._standing
        if known is None or self.clock() - known[0] >= STANDING_SECONDS:
            with self._store.read() as session:
                found, shut = standing.outsiders(session, team=self.team), people.closed(session)
            known = self._standing = (self.clock(), found, shut)
        return known

    def forget_standing(self) -> None:
        self._standing = None

    def _group(self, group: str) -> frozenset[str]:
        known, now = self._groups.get(group), self.clock()
        if known is not None and now - known[0] < GROUP_SECONDS:
            return known[1]
        if now < self._silent_until:
            return frozenset()
        try:
            found = frozenset(map(str, self.quick.usergroups_users_list(usergroup=group)["users"]))
        except (SlackApiError, OSError) as error:
            log.warning("A user group could not be read, so it counts as empty", extra={"group": group})
            found = frozenset()
            if not isinstance(error, SlackApiError):
                self._silent_until = self.clock() + SILENT_SECONDS
                return found
        self._groups[group] = (self.clock(), found)
        return found

    def groups(self, holders: Sequence[str]) -> tuple[tuple[Mrkdwn, frozenset[str]], ...]:
        """The user groups among those who hold something, each as Slack calls it, with who is in it."""
        named = ((f"<!subteam^{each}>", self.members([each])) for each in holders if GROUP.fullmatch(each))
        return tuple((Mrkdwn(name), members) for name, members in named if members)

    def forget_groups(self) -> None:
        self._groups.clear()

    def roles(
        self, config: Mapping[str, Sequence[str]], *, actor: str | None = None
    ) -> dict[str, frozenset[str]]:
        """Who holds what. The groups that `actor` was in when last asked are asked again: what gives somebody
        power is looked at in the moment of the click, not up to a minute before."""
        user = self.user(actor) if actor else None
        for group, (_, users) in list(self._groups.items()):
            if user in users:
                self._groups.pop(group, None)
        return {role: self.members(members) for role, members in config.items()}
