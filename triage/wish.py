"""What every wish has: who, about which case, and the key under which it is carried out once."""

from __future__ import annotations

from intake.value import Value


class Wish(Value):
    """`actor` is an opaque person id; `key` names the press, message or row this came from."""

    actor: str
    key: str


class OnCase(Wish):
    case: str


class OnShown(OnCase):
    """A wish of those who decide; `version` is that of the case as it was shown to them, None where it was not."""

    version: int | None = None


class Ruling(OnShown):
    """`together`: the references of all that are decided at once with one reason, its own among them; else none."""

    together: tuple[str, ...] = ()
