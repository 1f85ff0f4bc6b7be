"""The state of the local workspace: who is there, what was said, what is open. No network here."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Impossible, Json
from bot.sandbox.people import Person
from bot.sandbox.rates import Rates
from bot.sandbox.seed import Seed, read_seed
from bot.sandbox.triggers import Permits
from bot.sandbox.views import Views

EVENTS = (
    "message.im",
    "app_mention",
    "app_home_opened",
    "user_change",
    "channel_archive",
    "channel_unarchive",
    "group_archive",
    "group_unarchive",
    "member_joined_channel",
    "channel_left",
    "group_left",
    "app_uninstalled",
    "tokens_revoked",
    "message_metadata_posted",
)
"""What the app has subscribed to, unless the seed lists other `events`."""


class Workspace:
    """Team, people, channels, messages, views. Changes happen under `lock` and are told to `watchers`."""

    def __init__(
        self,
        seed: Seed | Mapping[str, Any] | None = None,
        *,
        clock: Clock | None = None,
        limited: bool = True,
    ) -> None:
        """`limited`: whether the app may call only as often as Slack lets it."""
        seed = seed if isinstance(seed, Seed) else read_seed(seed)
        self.clock = clock or Clock()
        self.lock = threading.RLock()
        self.team, self.bot = seed.team, seed.bot
        self.people = {person.id: person for person in seed.people}
        self.groups = {group.id: group for group in seed.groups}
        self.channels = {channel.id: channel for channel in seed.channels}
        for person in seed.people:
            if person.is_stranger:
                continue  # people of other workspaces meet the app in shared channels only
            dm = Channel(person.dm, "", "im", [person.id, self.bot.user_id])
            self.channels[dm.id] = dm
        self.commands, self.shortcuts = seed.commands, seed.shortcuts
        self.scopes = seed.scopes
        self.address = ""
        """Where its messages are said to be, instead of the page's own address."""
        self.is_installed = True
        """Whether the bot's token counts."""
        self.permits = Permits(self.now)
        self.rates = Rates(self.now) if limited else None
        self.views = Views(self.team.id, self.bot)
        self.files: dict[str, tuple[Json, bytes]] = {}
        self.picked: dict[tuple[str, str, str], Json] = {}
        self.last_read: dict[tuple[str, str], str] = {}
        self.warnings: deque[Json] = deque(maxlen=200)
        self.events = seed.events or set(EVENTS)
        self.metadata_events = seed.metadata_events
        """The types of metadata whose posting the app is told of."""
        self.watchers: list[Callable[[Json], None]] = []
        self.outlet: Callable[[Json], None] = lambda event: None
        self.clock.watchers.append(lambda: self.changed("clock"))
        self._last_micros = 0
        self._numbers = itertools.count(1)

    @classmethod
    def from_file(cls, path: Path | str | None = None, *, clock: Clock | None = None) -> Workspace:
        """Read a seed file; without one, the made-up example company."""
        return cls(read_seed(path), clock=clock)

    # -- time and ids

    def now(self) -> float:
        """The moment as Unix seconds."""
        return self.clock.now()

    def new_ts(self) -> str:
        """A message timestamp, later than every one before."""
        micros = max(int(self.now() * 1_000_000), self._last_micros + 1)
        self._last_micros = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def number(self) -> int:
        """A number that was never given before."""
        return next(self._numbers)

    # -- looking things up

    @property
    def tells_emails(self) -> bool:
        """Whether profiles hold an address; without the scope it is left out, and nothing is refused."""
        return self.scopes is None or "users:read.email" in self.scopes

    def person(self, user: str) -> Person:
        """Somebody by id, for those who act."""
        if user not in self.people:
            raise Impossible(f"Nobody here has the id {user!r}. There are: {', '.join(self.people)}.")
        return self.people[user]

    def place(self, user: str, channel: str) -> Channel:
        """A conversation as this person names it: an id, a channel name, or "dm"."""
        ident = self.person(user).dm if channel == "dm" else channel.lstrip("#")
        for found in self.channels.values():
            if ident in (found.id, found.name) and self.may_see(user, found):
                return found
        raise Impossible(f"{user} sees no conversation {channel!r}.")

    def may_see(self, user: str, channel: Channel) -> bool:
        """Colleagues see every public channel; guests and people of other workspaces only their own."""
        person = self.person(user)
        open_to_all = channel.kind == "channel" and not person.is_restricted and not person.is_stranger
        return open_to_all or user in channel.members

    def team_of(self, user: str) -> str:
        """The id of the workspace somebody belongs to."""
        person = self.people.get(user)
        return (person.team if person else "") or self.team.id

    def named_people(self) -> dict[str, str]:
        """Names, handles and ids of all people and the bot, to ids."""
        names = {self.bot.name: self.bot.user_id, self.bot.user_id: self.bot.user_id}
        for person in self.people.values():
            names |= {person.name: person.id, person.handle: person.id, person.id: person.id}
        return names

    def named_channels(self) -> dict[str, str]:
        """Names of channels, to ids."""
        return {c.name: c.id for c in self.channels.values() if c.kind != "im"}

    def place_of(self, name: str) -> str:
        """The id of a conversation that the app names by id, by channel name or by a person's id."""
        if name in self.people:
            return self.people[name].dm
        return self.named_channels().get(name.lstrip("#"), name)

    def channel(self, name: str) -> Channel:
        """A conversation by id or name, whoever may see it."""
        ident = name if name in self.channels else self.named_channels().get(name.lstrip("#"), "")
        if ident not in self.channels:
            raise Impossible(f"There is no conversation {name!r}.")
        return self.channels[ident]

    def messages(self, channel: str) -> list[Json]:
        """All messages of a conversation in the order they were said, ephemeral ones marked."""
        with self.lock:
            return [self.shown(m) for m in self.channel(channel).messages if not m.deleted]

    def body(self, message: Message, *, with_metadata: bool = False) -> Json:
        """The message object, with the workspace its author belongs to."""
        return message.payload(self.bot, self.team_of(message.user), with_metadata=with_metadata)

    def shown(self, message: Message) -> Json:
        """A message as tests and the page see it."""
        body = self.body(message, with_metadata=True)
        body |= {
            "channel": message.channel,
            "blocks": message.blocks,
            "thread_ts": message.thread_ts,
            "ephemeral": message.ephemeral_to is not None,
            "deleted": message.deleted,
            "from_bot": message.from_bot,
            "broadcast": message.broadcast,
        }
        return body

    def visible_to(self, user: str, channel: Channel) -> list[Message]:
        """What this person sees there; a deleted message only as the head of a thread that has replies."""
        return [
            m
            for m in channel.messages
            if m.ephemeral_to in (None, user) and (not m.deleted or channel.replies(m.ts))
        ]

    # -- changing things; the caller holds the lock

    def changed(self, what: str, **details: Any) -> None:
        """Tell everybody who watches."""
        for watcher in list(self.watchers):
            watcher({"what": what, **details})

    def post(self, message: Message) -> Message:
        """Add a message to its conversation."""
        self.name_blocks(message.blocks)
        self.channels[message.channel].messages.append(message)
        self.changed("channel", channel=message.channel, to=message.ephemeral_to)
        return message

    def name_blocks(self, blocks: list[Json]) -> None:
        """Give a block_id to blocks, and an action_id to elements, that came without."""
        for block in blocks:
            block.setdefault("block_id", f"b{self.number():05d}")
            for part in [block.get("accessory"), block.get("element"), *(block.get("elements") or [])]:
                stands = isinstance(part, dict) and block["type"] in ("section", "actions", "input")
                if stands and part["type"] != "image":
                    part.setdefault("action_id", f"a{self.number():05d}")

    def warn(self, user: str, text: str) -> None:
        """Show a warning to a person, as Slack does when the app does not answer."""
        self.warnings.append({"user": user, "text": text})
        self.changed("warning", to=user, text=text)
