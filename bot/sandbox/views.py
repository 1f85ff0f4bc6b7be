"""Open modals (a stack of at most three for each person) and Home tabs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from secrets import token_hex

from bot.sandbox.errors import Json, Refusal
from bot.sandbox.people import Bot
from bot.sandbox.values import Values, keep_values, outlived, state_of

STACK = 3


def _thing(content: Json) -> tuple[str, str]:
    """What a window is about; the same one drawn anew may keep what was written for it."""
    return content.get("callback_id", ""), str(content.get("private_metadata", "")).partition("|")[0]


@dataclass
class View:
    """One modal or Home tab, with what the person has typed into it so far."""

    id: str
    user: str
    content: Json
    root_id: str
    previous_id: str | None = None
    hash: str = ""
    values: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


class Views:
    """All views, by person."""

    def __init__(self, team_id: str, bot: Bot) -> None:
        self._team_id, self._bot = team_id, bot
        self._numbers = itertools.count(1)
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.outlived: list[Json] = []
        """What was handed in and stood on in the fields of the window that took the place of that one, where the app
        drew something else: on its way to be handed in once more, for what it was never written for."""

    def top(self, user: str) -> View | None:
        """The modal in front of this person."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def open(self, user: str, content: Json) -> View:
        """Show a first modal."""
        self._check_external_id(content, None)
        view = self._new(user, content)
        self.stacks[user] = [view]
        return view

    def push(self, user: str, content: Json) -> View:
        """Lay a modal over the one that is open."""
        stack = self.stacks.get(user) or []
        if not stack:
            raise Refusal("not_found", "no modal is open to push onto")
        if len(stack) >= STACK:
            raise Refusal("push_limit_reached", f"{STACK} views are open already")
        self._check_external_id(content, None)
        view = self._new(user, content)
        view.root_id, view.previous_id = stack[0].root_id, stack[-1].id
        stack.append(view)
        return view

    def publish(self, user: str, content: Json, hash_: str | None) -> View:
        """Show a Home tab."""
        home = self.homes.get(user)
        if home is None:
            home = self.homes[user] = self._new(user, content)
            return home
        return self.update(home, content, hash_)

    def update(self, view: View, content: Json, hash_: str | None, *, handed_in: bool = False) -> View:
        """Exchange a view's content; typed values stay where block, action and type are the same."""
        if hash_ and hash_ != view.hash:
            raise Refusal("hash_conflict", f"the view has moved on to {view.hash}")
        self._check_external_id(content, view)
        view.values = keep_values(view.values, view.content, content)
        is_next = handed_in and _thing(view.content) != _thing(content)
        for block, stands, drawn in outlived(view.values, content) if is_next else ():
            told = {"stands": stands, "drawn": drawn, "view": content.get("callback_id")}
            self.outlived.append(told | {"block_id": block})
        view.content, view.errors, view.hash = content, {}, self._new_hash()
        return view

    def find(self, view_id: str | None, external_id: str | None) -> View:
        """An open view by either of its names."""
        for view in self._all():
            if view_id and view.id == view_id:
                return view
            if external_id and not view_id and view.content.get("external_id") == external_id:
                return view
        raise Refusal("not_found", f"no open view {view_id or external_id!r}")

    def payload(self, view: View) -> Json:
        """The view object of answers and interactions."""
        content = view.content
        return {
            "id": view.id,
            "team_id": self._team_id,
            "type": content["type"],
            "title": content.get("title"),
            "blocks": content["blocks"],
            "close": content.get("close"),
            "submit": content.get("submit"),
            "private_metadata": content.get("private_metadata", ""),
            "callback_id": content.get("callback_id", ""),
            "external_id": content.get("external_id", ""),
            "clear_on_close": bool(content.get("clear_on_close")),
            "notify_on_close": bool(content.get("notify_on_close")),
            "state": {"values": state_of(content["blocks"], view.values)},
            "hash": view.hash,
            "root_view_id": view.root_id,
            "previous_view_id": view.previous_id,
            "app_id": self._bot.app_id,
            "app_installed_team_id": self._team_id,
            "bot_id": self._bot.bot_id,
        }

    def _all(self) -> list[View]:
        return [*itertools.chain.from_iterable(self.stacks.values()), *self.homes.values()]

    def _new(self, user: str, content: Json) -> View:
        ident = f"V{next(self._numbers):08d}"
        return View(ident, user, content, root_id=ident, hash=self._new_hash())

    def _new_hash(self) -> str:
        return f"{next(self._numbers)}.{token_hex(4)}"

    def _check_external_id(self, content: Json, own: View | None) -> None:
        wanted = content.get("external_id")
        if wanted and any(v is not own and v.content.get("external_id") == wanted for v in self._all()):
            raise Refusal("duplicate_external_id", f"another open view has {wanted!r}")
