"""The talking hands of a person: writing, editing, deleting, reacting, and reading what is there."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox import reacting, saying
from bot.sandbox.attaching import Attachment, attach
from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Impossible, Json, Refusal
from bot.sandbox.modal import Modal
from bot.sandbox.typed import to_wire


class Talking(Modal):
    """What a person does with messages."""

    def says(
        self,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Iterable[Attachment] | None = None,
        *,
        also_in_channel: bool = False,
    ) -> str:
        """Post a message as typed, with files if any; returns its ts."""
        with self.ws.lock:
            place = self._writable(channel)
            shared = [attach(self.ws, self.base, self.user, entry) for entry in files or ()]
            if not text.strip() and not shared:
                raise Impossible("There is nothing to send.")
            more: Json = {"thread_ts": thread_ts or None, "files": shared}
            more["broadcast"] = bool(thread_ts) and also_in_channel
            try:
                message = saying.say(self.ws, self.user, place, self._wire(text), **more)
            except Refusal as refusal:
                raise Impossible(str(refusal)) from None
            self.ws.last_read[self.user, place.id] = message.ts
            return message.ts

    def uploads(self, name: str, content: bytes) -> Json:
        """Hand over a file for an input that takes files; returns its file object."""
        with self.ws.lock:
            return attach(self.ws, self.base, self.user, (name, content))

    def edits(self, channel: str, ts: str, text: str) -> None:
        """Change one of one's own messages."""
        with self.ws.lock:
            message = self._own(channel, ts)
            saying.change(self.ws, message, by_person=True, text=self._wire(text))

    def deletes(self, channel: str, ts: str) -> None:
        """Delete one of one's own messages."""
        with self.ws.lock:
            saying.delete(self.ws, self._own(channel, ts))

    def reacts(self, channel: str, ts: str, name: str) -> None:
        """Put a reaction on a message."""
        self._react(channel, ts, name, on=True)

    def unreacts(self, channel: str, ts: str, name: str) -> None:
        """Take one's own reaction from a message."""
        self._react(channel, ts, name, on=False)

    def sees(self, channel: str = "dm", thread_ts: str | None = None) -> list[Json]:
        """The messages this person sees there, replies included; with `thread_ts` only that thread."""
        with self.ws.lock:
            seen = self.ws.visible_to(self.user, self.ws.place(self.user, channel))
            if thread_ts is not None:
                seen = [m for m in seen if thread_ts in (m.ts, m.thread_ts)]
            return [self.ws.shown(m) for m in seen]

    def _react(self, channel: str, ts: str, name: str, *, on: bool) -> None:
        with self.ws.lock:
            self._writable(channel)
            _, message = self._seen(channel, ts)
            if message.ephemeral_to is not None:
                raise Impossible("Nobody can react to what only they see.")
            try:
                (reacting.add if on else reacting.remove)(self.ws, self.user, message, name.strip(":"))
            except Refusal as refusal:
                raise Impossible(str(refusal)) from None

    # -- what all of this needs

    def _wire(self, text: str, *, with_names: bool = False) -> str:
        # Nobody can type an id into Slack and have it become a mention.
        named = {name: ident for name, ident in self.ws.named_people().items() if name != ident}
        named |= {group.handle: group.id for group in self.ws.groups.values() if not group.disabled}
        return to_wire(text, named, self.ws.named_channels(), with_names=with_names)

    def _writable(self, channel: str, *, joined: bool = True) -> Channel:
        if self.ws.person(self.user).deleted:
            raise Impossible(f"{self.user} is deactivated and cannot do anything.")
        place = self.ws.place(self.user, channel)
        if place.is_archived:
            raise Impossible(f"#{place.name} is archived.")
        if joined and self.user not in place.members:
            raise Impossible(f"{self.user} is not in #{place.name}.")
        return place

    def _seen(self, channel: str, ts: str) -> tuple[Channel, Message]:
        place = self._writable(channel, joined=False)
        for message in self.ws.visible_to(self.user, place):
            if message.ts == ts and not message.deleted:
                return place, message
        raise Impossible(f"{self.user} sees no message {ts} in {place.id}.")

    def _own(self, channel: str, ts: str) -> Message:
        _, message = self._seen(channel, ts)
        if message.user != self.user:
            raise Impossible(f"{ts} was written by {message.user}, not by {self.user}.")
        return message
