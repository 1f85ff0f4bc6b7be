"""One person acting: talking, pressing, filling in. Tests and the page use the same hands."""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox import answering, payloads, pressing, saying
from bot.sandbox.attaching import Attachment, attach
from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Impossible, Json, Refusal
from bot.sandbox.modal import Modal
from bot.sandbox.typed import to_wire


class Actor(Modal):
    """A person. Presses wait for the app's acknowledgement; what follows from it may come later."""

    # -- talking

    def says(
        self,
        channel: str,
        text: str,
        thread_ts: str | None = None,
        files: Iterable[Attachment] | None = None,
    ) -> str:
        """Post a message as typed; returns its ts."""
        with self.ws.lock:
            place = self._writable(channel)
            shared = [attach(self.ws, self.base, self.user, entry) for entry in files or ()]
            if not text.strip() and not shared:
                raise Impossible("There is nothing to send.")
            wire = self._wire(text)
            try:
                message = saying.say(
                    self.ws, self.user, place, wire, thread_ts=thread_ts or None, files=shared
                )
            except Refusal as refusal:
                raise Impossible(str(refusal)) from None
            self.ws.last_read[self.user, place.id] = message.ts
            return message.ts

    def edits(self, channel: str, ts: str, text: str) -> None:
        """Change one of one's own messages."""
        with self.ws.lock:
            message = self._own(channel, ts)
            saying.change(self.ws, message, by_person=True, text=self._wire(text))

    def deletes(self, channel: str, ts: str) -> None:
        """Delete one of one's own messages."""
        with self.ws.lock:
            saying.delete(self.ws, self._own(channel, ts))

    def sees(self, channel: str = "dm", thread_ts: str | None = None) -> list[Json]:
        """The messages this person sees there, replies included; with `thread_ts` only that thread."""
        with self.ws.lock:
            seen = self.ws.visible_to(self.user, self.ws.place(self.user, channel))
            if thread_ts is not None:
                seen = [m for m in seen if thread_ts in (m.ts, m.thread_ts)]
            return [self.ws.shown(m) for m in seen]

    # -- pressing in messages

    def clicks(
        self, channel: str, ts: str, action_id: str, value: str | None = None, block_id: str | None = None
    ) -> bool:
        """Press a button; true when the app acknowledged."""
        with self.ws.lock:
            place, message = self._seen(channel, ts)
            action = pressing.pressed(
                *pressing.find(message.blocks, action_id, value=value, block_id=block_id)
            )
            body = payloads.message_action(self.ws, self.base, self.user, place, message, action)
        return self._send("interactive", body).ok

    def selects(
        self, channel: str, ts: str, action_id: str, values: list[str], block_id: str | None = None
    ) -> bool:
        """Choose in a menu, in checkboxes or in a picker of a message."""
        with self.ws.lock:
            place, message = self._seen(channel, ts)
            block, element = pressing.find(message.blocks, action_id, block_id=block_id)
            value = pressing.plain(element, values)
            action = pressing.chosen(block, element, value)
            picked = self.ws.picked.setdefault((self.user, place.id, ts), {})
            picked.setdefault(block["block_id"], {})[action_id] = value
            if block["type"] == "input" and not block.get("dispatch_action"):
                return True
            body = payloads.message_action(self.ws, self.base, self.user, place, message, action)
        return self._send("interactive", body).ok

    # -- commands, shortcuts, Home

    def command(self, name: str, text: str = "", channel: str = "dm") -> bool:
        """Use a slash command."""
        with self.ws.lock:
            place = self._writable(channel, joined=False)
            if name not in {entry["command"] for entry in self.ws.commands}:
                raise Impossible(f"{name} is not a valid command.")
            wire = self._wire(text, with_names=True)
            body = payloads.command(self.ws, self.base, self.user, place, name, wire)
        ack = self._send("slash_commands", body, failure=f"{name} failed because the app did not respond.")
        with self.ws.lock:
            try:
                answering.after_command(self.ws, self.user, place.id, ack)
            except Refusal as refusal:
                self._not_understood(refusal)
                return False
        return ack.ok

    def shortcut(self, callback_id: str, channel: str | None = None, ts: str | None = None) -> bool:
        """Use a global shortcut, or with channel and ts a message shortcut."""
        with self.ws.lock:
            self.ws.person(self.user)
            more: Json = {}
            if channel and ts:
                place, message = self._seen(channel, ts)
                more = {
                    "channel": {"id": place.id, "name": place.name_in_payloads},
                    "message_ts": ts,
                    "message": message.payload(self.ws.bot, self.ws.team.id),
                    "response_url": payloads.address(self.ws, self.base, self.user, place.id, message),
                }
            body = payloads.shortcut(self.ws, self.user, callback_id, **more)
        return self._send("interactive", body).ok

    def opens_home(self, tab: str = "home") -> None:
        """Look at the app's Home tab (or its Messages tab)."""
        with self.ws.lock:
            saying.open_home(self.ws, self.user, tab)

    def home(self) -> Json | None:
        """The Home view this person sees."""
        with self.ws.lock:
            view = self.ws.views.homes.get(self.user)
            return self.ws.views.payload(view) if view else None

    def clicks_home(self, action_id: str, value: str | None = None, block_id: str | None = None) -> bool:
        """Press a button on the Home tab."""
        return self._press_in_view(self._home_view(), action_id, value, block_id)

    def selects_home(self, action_id: str, values: list[str], block_id: str | None = None) -> bool:
        """Choose something on the Home tab."""
        return self._choose_in_view(self._home_view(), action_id, values, block_id)

    # -- what all of this needs

    def _wire(self, text: str, *, with_names: bool = False) -> str:
        # Nobody can type an id into Slack and have it become a mention.
        people = {name: user for name, user in self.ws.named_people().items() if name != user}
        return to_wire(text, people, self.ws.named_channels(), with_names=with_names)

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
