"""Slack's payloads in our own terms: who acted, where, on what, and the key under which it counts once."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.talking import Attached

Body = Mapping[str, Any]

LINK = re.compile(r"<(?P<address>(?:https?://|mailto:)[^|<>]++)(?:\|(?P<label>[^<>]*+))?>")
"""The sign that could begin another link ends this one, so that no stretch of text is read twice."""


@dataclass(frozen=True)
class Who:
    """A person as Slack names them."""

    team: str
    user: str


@dataclass(frozen=True)
class Press:
    """One press of a button or choice in a select; `element` is it as Slack sent it."""

    who: Who
    action: str
    element: Mapping[str, Any]
    key: str
    trigger: str
    channel: str | None
    ts: str | None
    thread: str | None
    view: Mapping[str, Any] | None
    state: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Submission:
    """A modal that was handed in. `fields` holds per block what was picked or written, `files` the file that was
    given, `left` what stands as drawn."""

    who: Who
    callback: str
    about: str
    key: str
    fields: Mapping[str, tuple[str, ...]]
    view: str
    left: frozenset[str] = frozenset()
    files: Mapping[str, Attached] = field(default_factory=dict)


def to_who(body: Body) -> Who:
    """The acting person; people of other workspaces keep their own team."""
    user = body.get("user") or {}
    if isinstance(user, str):
        return Who(team=str(body.get("team_id") or body.get("team") or ""), user=user)
    team = user.get("team_id") or (body.get("team") or {}).get("id") or body.get("team_id") or ""
    return Who(team=str(team), user=str(user.get("id") or body.get("user_id") or ""))


def to_press(body: Body) -> Press:
    action: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
    container = body.get("container") or {}
    message = body.get("message") or {}
    view = body.get("view")
    who = to_who(body)
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    ts = message.get("ts") or container.get("message_ts")
    held = view.get("id") if view else f"{channel}:{ts}"
    return Press(
        who=who,
        action=str(action.get("action_id", "")),
        element=action,
        key=_key(
            "press",
            who.team,
            who.user,
            held,
            action.get("block_id"),
            action.get("action_id"),
            action.get("action_ts"),
        ),
        trigger=str(body.get("trigger_id", "")),
        channel=channel,
        ts=ts,
        thread=message.get("thread_ts") or container.get("thread_ts"),
        view=view,
        state=((view or body).get("state") or {}).get("values") or {},
    )


def to_submission(body: Body) -> Submission:
    view = body.get("view") or {}
    who = to_who(body)
    values: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values") or {}
    fields = {block: _picked(next(iter(held.values()))) for block, held in values.items() if held}
    drawn = {
        str(block.get("block_id")): _drawn(block.get("element") or {}) for block in view.get("blocks") or ()
    }
    return Submission(
        who=who,
        callback=str(view.get("callback_id", "")),
        about=str(view.get("private_metadata", "")),
        key=_key("view", who.team, who.user, view.get("id"), view.get("hash")),
        fields=fields,
        view=str(view.get("id", "")),
        left=frozenset(block for block, held in fields.items() if drawn.get(block) == held),
        files={block: file for block, held in values.items() for file in _given(held)},
    )


@dataclass(frozen=True)
class Call:
    """A slash command; `text` is what stood behind its name."""

    who: Who
    text: str
    channel: str
    trigger: str
    key: str


def to_call(body: Body) -> Call:
    who = Who(team=str(body.get("team_id", "")), user=str(body.get("user_id", "")))
    return Call(
        who=who,
        text=str(body.get("text") or ""),
        channel=str(body.get("channel_id", "")),
        trigger=str(body.get("trigger_id", "")),
        key=_key("call", who.team, who.user, body.get("trigger_id")),
    )


def to_shortcut(body: Body) -> Press:
    """A shortcut as a press; on a message, `element` is that message."""
    who = to_who(body)
    message = body.get("message") or {}
    return Press(
        who=who,
        action=str(body.get("callback_id", "")),
        element=message,
        key=_key("shortcut", who.team, who.user, body.get("action_ts"), body.get("trigger_id")),
        trigger=str(body.get("trigger_id", "")),
        channel=(body.get("channel") or {}).get("id"),
        ts=message.get("ts"),
        thread=None,
        view=None,
    )


def to_file(file: Mapping[str, Any]) -> Attached:
    id, name, link = (" ".join(str(file.get(part) or "").split()) for part in ("id", "name", "permalink"))
    return Attached(id=id, name=name, link=link)


def _given(held: Mapping[str, Any]) -> list[Attached]:
    elements: Iterable[Mapping[str, Any]] = held.values()
    found = [file for element in elements for file in element.get("files") or ()]
    return [to_file(file) for file in found if isinstance(file, dict) and file.get("id")][:1]


def _drawn(element: Mapping[str, Any]) -> tuple[str, ...]:
    """What a field held when it was drawn, read as `_picked` reads what it holds now."""
    names = {
        name: name.replace("initial_value", "value").replace("initial_", "selected_") for name in element
    }
    return _picked({names[name]: held for name, held in element.items() if name != names[name]})


HELD = (
    *("selected_users", "selected_user", "selected_date"),
    *("selected_conversations", "selected_conversation", "value"),
)


def _picked(element: Mapping[str, Any]) -> tuple[str, ...]:
    """The values an element holds, whatever its kind; nothing chosen is an empty tuple."""
    for name in ("selected_option", "selected_options"):
        chosen = element.get(name)
        if chosen:
            return tuple(str(o.get("value", "")) for o in (chosen if isinstance(chosen, list) else [chosen]))
    for name in HELD:
        held = element.get(name)
        if held:
            return tuple(map(str, held)) if isinstance(held, list) else (str(held),)
    return ()


def _key(*parts: object) -> str:
    """Short and stable: the same press has the same key, however often it is delivered."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:40]


def plain(text: str) -> str:
    """What a person typed, decoded once: a link that Slack made of a bare address is that address again."""
    return html.unescape(LINK.sub(_as_typed, text))


def _as_typed(link: re.Match[str]) -> str:
    address, label = link["address"].removeprefix("mailto:"), link["label"]
    if not label or address.endswith(label):
        return label or address
    return f"{label} ({address})"
