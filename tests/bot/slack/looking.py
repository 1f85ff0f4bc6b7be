"""Looks at a drawn screen as a person does: what it says, and what can be pressed."""

from __future__ import annotations

from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from tests.bot.slack import scenery as s
from triage.outcome import Say


def render(say: Say, case: Any, facts: dict[str, Any] | None = None, **change: Any) -> Message:
    return screens.render(say, s.scene(case, **change), facts or {})


def elements(shown: Message | dict[str, Any]) -> list[dict[str, Any]]:
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    rows = [e for block in blocks for e in block.get("elements", []) if block["type"] == "actions"]
    return rows + [block[name] for block in blocks for name in ("accessory", "element") if name in block]


def actions(shown: Message | dict[str, Any]) -> list[str]:
    return [element["action_id"].partition(".")[0] for element in elements(shown)]


def text(shown: Message | dict[str, Any]) -> str:
    blocks = shown.blocks if isinstance(shown, Message) else shown["blocks"]
    return "\n".join(str(block.get("text") or block.get("elements")) for block in blocks)
