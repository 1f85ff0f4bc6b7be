"""Files that a person attaches to a message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import Impossible, Json
from bot.sandbox.methods.files import MOST_BYTES, new_file
from bot.sandbox.state import Workspace

Attachment = tuple[str, bytes] | Mapping[str, Any]


def attach(ws: Workspace, base: str, user: str, entry: Attachment) -> Json:
    """Keep one file: a pair of name and bytes, or a mapping with `name` and `content`."""
    name, content = (entry["name"], entry["content"]) if isinstance(entry, Mapping) else entry
    data = content.encode() if isinstance(content, str) else bytes(content)
    if len(data) > MOST_BYTES:
        raise Impossible(f"{name} has more than {MOST_BYTES} bytes.")
    return new_file(ws, base, user, str(name), data)
