"""Signs that steer whatever shows them: a terminal, a viewer of logs, the order in which words are read."""

from __future__ import annotations

import json
import re
from typing import Any

STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def to_json(value: object, **how: Any) -> str:
    """JSON in which every letter stands as it is, and nothing steers: the same value comes back when it is read."""
    said = json.dumps(value, ensure_ascii=False, **how)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


def tame(text: str) -> str:
    """For plain text: a sign that says that something was there."""
    return STEERING.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
