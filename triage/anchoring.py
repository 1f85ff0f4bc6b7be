"""Anchors: heads of the trail that stand where whoever owns the database cannot rewrite them; when, and as what."""

from __future__ import annotations

import json
import re
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple, get_args
from zoneinfo import ZoneInfo

Place = Literal["channel", "file", "stamp"]
"""A channel of Slack, a file on other storage, the stamp of a time-stamp authority."""
PLACES: tuple[Place, ...] = get_args(Place)
TELL_AT = 3
"""So many failures of one day and place, and whoever leads is told: one alone is a bad moment."""
SOON, LATER = timedelta(minutes=10), timedelta(hours=1)
LATE = timedelta(days=2)
"""Without an anchor for so long something is wrong that nobody was told of."""
MOST = 2**31 - 1
"""As many lines as a trail has numbers for; whatever names a higher one is no anchor."""
_COPIED = re.compile(r"(?:^|\D)([0-9]{1,12})\D[^0-9]*?\b([0-9a-f]{64})\b")


class Anchor(NamedTuple):
    """The line `seq` of the trail and its seal, as they were at that moment."""

    seq: int
    head: str
    at: str = ""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


class Due(NamedTuple):
    """The anchor of one day."""

    day: str
    at: datetime

    @property
    def key(self) -> str:
        return f"anchor:{self.day}"

    def key_of(self, place: Place) -> str:
        return f"{self.key}:{place}"


def due(hour: str, zone: str, now: datetime) -> Due:
    """The last that fell due by `now`: after a stop of days there is one to make, since it covers all before it."""
    there = now.astimezone(ZoneInfo(zone)).date()
    at = datetime.combine(there, time.fromisoformat(hour), ZoneInfo(zone))
    if at > now:
        at = datetime.combine(there - timedelta(days=1), time.fromisoformat(hour), ZoneInfo(zone))
    return Due(at.date().isoformat(), at)


def again_at(tries: int, now: datetime) -> datetime:
    return now + (SOON if tries < TELL_AT else LATER)


def written(anchor: Anchor, token: str = "") -> str:
    """One line of a file; ASCII. `token`: the stamp, as Base64."""
    told: dict[str, str | int] = {"at": anchor.at, "head": anchor.head, "seq": anchor.seq}
    return json.dumps(told | ({"token": token} if token else {}), sort_keys=True, separators=(",", ":"))


def read(line: str) -> tuple[Anchor, str] | None:
    """An anchor and its stamp: a line of ours, or any that was copied and has a number and a head behind it."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict):
        seq, head, at, token = (told.get(name) for name in ("seq", "head", "at", "token"))
        if (
            type(seq) is int
            and 0 < seq <= MOST
            and isinstance(head, str)
            and re.fullmatch("[0-9a-f]{64}", head)
        ):
            return Anchor(seq, head, str(at or "")), str(token or "")
        return None
    copied = _COPIED.search(line)
    return (Anchor(int(copied[1]), copied[2]), "") if copied and 0 < int(copied[1]) <= MOST else None
