"""What is known of a tool beside the uses of it."""

from __future__ import annotations

from datetime import date

from intake.value import Value


class Asset(Value):
    """What the organisation knows of a tool; `assessed` means contract and data terms are settled."""

    id: str
    name: str
    vendor: str = ""
    assessed: bool = False
    terms: str = ""
    checked_on: date | None = None
