"""One row of Home for each incident: of the open ones with the clock that ends first, of one's own how it stands."""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.scene import Home
from bot.slack.screens.incidentfacts import Seen, facts_of
from bot.words import Page
from triage.incidents.incident import Status

Row = list[b.Block | None]


def incident_rows(scene: Home) -> Iterator[Row]:
    """Whoever may not read what it is about finds its reference and its clocks, and no title."""
    for seen in scene.incidents:
        wishes = [] if seen.incident.now.coordinator else ["take_up"]
        wishes += [] if seen.incident.now.triaged else ["assess"]
        row = [_do(seen, wish, number) for number, wish in enumerate(wishes)]
        yield [
            b.section(_page(seen)["handled"], _details(seen)),
            b.actions(row) if row and seen.whole else None,
        ]


def reported_rows(scene: Home) -> Iterator[Row]:
    """Also of what they may not read any more they may say that it was no mistake."""
    for seen in scene.reported:
        row = [_do(seen, "reopen", 0)] if seen.incident.status is Status.rejected else []
        yield [b.section(_page(seen)["reported"], _details(seen)), b.actions(row) if row else None]


def _page(seen: Seen) -> Page:
    at = seen.incident.now.reported_at
    on = seen.words.day_at(at) if at else ""
    return seen.words.page("home_incident", **facts_of(seen), reported_on=on)


def _do(seen: Seen, wish: str, number: int) -> b.Element:
    label = seen.words.label(f"incident.do.{wish}")
    spoken = seen.words.label("spoken.act", act=label, what=seen.incident.ref)
    press = Press(case=seen.incident.id, choice=wish)
    return b.button(Action.INCIDENT_DO, label, to_value(press), number=number, spoken=spoken)


def _details(seen: Seen) -> b.Element | None:
    if not seen.whole:
        return None
    spoken = seen.words.label("spoken.details", what=seen.incident.ref)
    press = to_value(Press(case=seen.incident.id))
    return b.button(Action.INCIDENT_SHOW, seen.words.label("button.details"), press, spoken=spoken)
