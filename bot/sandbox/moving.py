"""Moving the workspace's clock: the jumps that the page offers, and any local time somebody types."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.errors import Impossible, Json
from bot.sandbox.state import Workspace

_MORNING = time(9)


def shown(ws: Workspace, user: str) -> Json:
    """The moment, by how much it was moved, and where one can go from here, in this person's time zone."""
    zone = _zone(ws, user)
    here = ws.clock.moment().astimezone(zone)
    return {
        "now": ws.now(),
        "shift": ws.clock.shift,
        "zone": str(zone),
        "local": here.strftime("%Y-%m-%dT%H:%M"),
        "jumps": [
            {"label": label, "at": when.timestamp()}
            for label, when in (
                ("In one hour", here + timedelta(hours=1)),
                ("Tomorrow 09:00", _morning(here, 1)),
                ("Next Monday 09:00", _morning(here, 7 - here.weekday())),
                ("In 30 days", _morning(here, 30)),
                ("In 90 days", _morning(here, 90)),
            )
        ],
    }


def move(ws: Workspace, user: str, to: object) -> None:
    """To Unix seconds, or to a local time such as 2026-11-30T09:00."""
    if isinstance(to, str):
        try:
            at = datetime.fromisoformat(to).replace(tzinfo=_zone(ws, user)).timestamp()
        except ValueError:
            raise Impossible(f"{to!r} is no date with a time.") from None
    elif isinstance(to, int | float):
        at = float(to)
    else:
        raise Impossible("Say a moment to move the clock to.")
    if at <= ws.now():
        raise Impossible("The clock can only be moved forward: what has happened stays in the past.")
    ws.clock.move(at - ws.now())


def _morning(here: datetime, days: int) -> datetime:
    return datetime.combine(here.date() + timedelta(days=days), _MORNING, here.tzinfo)


def _zone(ws: Workspace, user: str) -> ZoneInfo:
    return ZoneInfo(ws.person(user).tz or str(UTC))
