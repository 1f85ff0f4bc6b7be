"""What is known of a tool beside the uses of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from intake.value import Value

Change = Literal["terms", "subprocessors", "ai_features"]
"""What of a tool may come to be other than it was when a use of it was decided."""
CHANGES: tuple[Change, ...] = get_args(Change)


class Asset(Value):
    """What the organisation knows of a tool; `assessed` means contract and data terms are settled.

    `changed`: what was noted last of each kind of change.
    """

    id: str
    name: str
    vendor: str = ""
    assessed: bool = False
    terms: str = ""
    checked_on: date | None = None
    changed: Mapping[Change, str] = {}
