"""The modal hands of a person: filling, pressing, submitting and closing views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.sandbox import answering, payloads, pressing
from bot.sandbox.delivery import Ack, Delivery, Kind
from bot.sandbox.errors import Impossible, Json, Refusal
from bot.sandbox.state import Workspace
from bot.sandbox.values import Values, fillable, problems, to_state
from bot.sandbox.views import View

NO_ANSWER = "The app did not respond. Try again?"


class Modal:
    """What a person does in modals and Home views."""

    def __init__(
        self,
        ws: Workspace,
        delivery: Delivery,
        user: str,
        base: str,
        patience: float,
        refuse: Callable[[str, Refusal], None],
    ) -> None:
        self.ws, self.user, self.base = ws, user, base
        self._delivery, self._patience, self._refuse = delivery, patience, refuse

    def view(self) -> Json | None:
        """The modal in front, with its state and the errors shown in it; None when there is none."""
        with self.ws.lock:
            view = self.ws.views.top(self.user)
            return self.ws.views.payload(view) | {"errors": dict(view.errors)} if view else None

    def fills(self, **values: Any) -> None:
        """Fill inputs of the modal by block_id: text, an option's value, or a list of them."""
        for block_id, value in values.items():
            with self.ws.lock:
                view = self._top()
                block, element = self._field(view, block_id)
                plain = pressing.plain(element, value) if isinstance(value, list) else value
                to_state(element, plain)
                view.values.setdefault(block_id, {})[element["action_id"]] = plain
                view.errors.pop(block_id, None)
                dispatches = block["type"] != "input" or block.get("dispatch_action")
                action = pressing.chosen(block, element, plain) if dispatches else None
                body = payloads.view_action(self.ws, view, action) if action else None
            if body:
                self._send("interactive", body)

    def takes_over(self, view_id: str, values: Values) -> None:
        """Take what was typed into the modal or Home tab on the page, by block_id and action_id."""
        with self.ws.lock:
            view = self.ws.views.find(view_id, None)
            if view.user != self.user:
                raise Impossible("This is somebody else's view.")
            for block, element in fillable(view.content["blocks"]):
                typed = values.get(block["block_id"], {})
                if element["action_id"] in typed:
                    to_state(element, typed[element["action_id"]])
                    kept = view.values.setdefault(block["block_id"], {})
                    kept[element["action_id"]] = typed[element["action_id"]]

    def clicks_view(self, action_id: str, value: str | None = None, block_id: str | None = None) -> bool:
        """Press a button in the modal."""
        with self.ws.lock:
            view = self._top()
        return self._press_in_view(view, action_id, value, block_id)

    def selects_view(self, action_id: str, values: list[str], block_id: str | None = None) -> bool:
        """Choose something in the modal by action_id."""
        with self.ws.lock:
            view = self._top()
        return self._choose_in_view(view, action_id, values, block_id)

    def submits(self) -> dict[str, str] | None:
        """Submit the modal; returns the errors by block_id, under "" when the app did not answer."""
        with self.ws.lock:
            view = self._top()
            if not view.content.get("submit"):
                raise Impossible("This modal has nothing to submit.")
            view.errors = problems(view.content["blocks"], view.values)
            if view.errors:
                self.ws.changed("view", to=self.user)
                return dict(view.errors)
            body = payloads.submission(self.ws, view)
        ack = self._send("interactive", body, failure=answering.TROUBLE)
        with self.ws.lock:
            view.errors = {}
            try:
                if ack.ok:
                    answering.after_submission(self.ws, view, ack)
                else:
                    view.errors = {"": answering.TROUBLE}
            except Refusal as refusal:
                self._not_understood(refusal)
                view.errors = {"": answering.TROUBLE}
            self.ws.changed("view", to=self.user)
            return dict(view.errors) or None

    def closes_view(self, *, all_of_them: bool = False) -> None:
        """Close the modal in front, or with the X the whole stack."""
        with self.ws.lock:
            stack = self.ws.views.stacks.get(self.user) or []
            view = self._top()
            everything = all_of_them or bool(view.content.get("clear_on_close"))
            told = stack[0] if everything else view
            body = payloads.closing(self.ws, told, is_cleared=everything)
            if everything:
                stack.clear()
            else:
                stack.remove(view)
            self.ws.changed("view", to=self.user)
        if told.content.get("notify_on_close"):
            self._send("interactive", body)

    def _top(self) -> View:
        view = self.ws.views.top(self.user)
        if view is None:
            raise Impossible(f"{self.user} has no modal open.")
        return view

    def _home_view(self) -> View:
        with self.ws.lock:
            view = self.ws.views.homes.get(self.user)
        if view is None:
            raise Impossible(f"Nothing has been published on the Home tab of {self.user}.")
        return view

    def _field(self, view: View, block_id: str) -> tuple[Json, Json]:
        fields = list(fillable(view.content["blocks"]))
        for block, element in fields:
            if block["block_id"] == block_id:
                return block, element
        there = ", ".join(block["block_id"] for block, _ in fields)
        raise Impossible(f"Nothing to fill in {block_id!r}. There is: {there}.")

    def _press_in_view(self, view: View, action_id: str, value: str | None, block_id: str | None) -> bool:
        with self.ws.lock:
            found = pressing.find(view.content["blocks"], action_id, value=value, block_id=block_id)
            body = payloads.view_action(self.ws, view, pressing.pressed(*found))
        return self._send("interactive", body).ok

    def _choose_in_view(self, view: View, action_id: str, values: list[str], block_id: str | None) -> bool:
        with self.ws.lock:
            block, element = pressing.find(view.content["blocks"], action_id, block_id=block_id)
            value = pressing.plain(element, values)
            action = pressing.chosen(block, element, value)
            if element["type"] != "overflow":
                view.values.setdefault(block["block_id"], {})[action_id] = value
            if block["type"] == "input" and not block.get("dispatch_action"):
                return True
            body = payloads.view_action(self.ws, view, action)
        return self._send("interactive", body).ok

    def _send(self, kind: Kind, body: Json, failure: str = NO_ANSWER) -> Ack:
        ack = self._delivery.interaction(kind, body).result(timeout=self._patience)
        if not ack.ok:
            with self.ws.lock:
                self.ws.warn(self.user, failure)
        return ack

    def _not_understood(self, refusal: Refusal) -> None:
        self._refuse("acknowledgement", refusal)
        self.ws.warn(self.user, answering.TROUBLE)
