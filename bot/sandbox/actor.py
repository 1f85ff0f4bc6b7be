"""One person acting: pressing, commands, shortcuts, Home, and all of `talking` and `modal`; for tests and the page."""

from __future__ import annotations

from bot.sandbox import answering, payloads, pressing, saying
from bot.sandbox.errors import Impossible, Json, Refusal
from bot.sandbox.talking import Talking


class Actor(Talking):
    """A person. Presses wait for the app's acknowledgement; what follows from it may come later."""

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

    def looks_for(
        self, action_id: str, query: str = "", *, channel: str = "", ts: str = "", home: bool = False
    ) -> list[Json]:
        """The options the app offers for these letters, in a message, on Home or in the modal in front."""
        with self.ws.lock:
            if ts:
                place, message = self._seen(channel, ts)
                blocks, where = message.blocks, payloads.standing_in(self.ws, place, message)
            else:
                view = self._home_view() if home else self._top()
                blocks, where = view.content["blocks"], payloads.standing_in_view(self.ws, view)
            block, element = pressing.find(blocks, action_id)
            if len(query) < element.get("min_query_length", 3):
                return []
            body = payloads.suggestion(self.ws, self.user, block, element, query, where)
        ack = self._send("interactive", body)
        try:
            return answering.offered(ack)
        except Refusal as refusal:
            with self.ws.lock:
                self._not_understood(refusal)
            return []

    # -- commands, shortcuts, Home

    def command(self, name: str, text: str = "", channel: str = "dm") -> bool:
        """Use a slash command."""
        with self.ws.lock:
            self._at_home("use slash commands")
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
        kind = "message" if channel and ts else "global"
        with self.ws.lock:
            self._at_home("use shortcuts")
            there = [s["callback_id"] for s in self.ws.shortcuts if s.get("type") == kind]
            if callback_id not in there:
                raise Impossible(
                    f"There is no {kind} shortcut {callback_id!r}. There is: {', '.join(there)}."
                )
            more: Json = {}
            if channel and ts:
                place, message = self._seen(channel, ts)
                more = {
                    "channel": {"id": place.id, "name": place.name_in_payloads},
                    "message_ts": ts,
                    "message": self.ws.body(message),
                    "response_url": payloads.address(self.ws, self.base, self.user, place.id, message),
                }
            body = payloads.shortcut(self.ws, self.user, callback_id, **more)
        return self._send("interactive", body).ok

    def opens_home(self, tab: str = "home") -> None:
        """Look at the app's Home tab (or its Messages tab)."""
        with self.ws.lock:
            self._at_home("open the app")
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

    def _at_home(self, what: str) -> None:
        person = self.ws.person(self.user)
        if person.deleted:
            raise Impossible(f"{self.user} is deactivated and cannot do anything.")
        if person.is_stranger:
            raise Impossible(f"{self.user} belongs to another workspace and cannot {what} here.")
