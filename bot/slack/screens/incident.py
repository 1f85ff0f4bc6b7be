"""An incident as it is shown: its card with each clock, the whole of it, and what one person is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_block_id, to_value
from bot.slack.message import Message, message, modal
from bot.slack.screens.consulted import consult_button
from bot.slack.screens.entrylook import linked_blocks
from bot.slack.screens.incidentfacts import Seen, facts_of
from bot.slack.screens.raising import RAISED, raise_button
from bot.words import Page, Words
from triage.incidents.incident import OVER
from triage.incidents.outcome import About
from triage.incidents.permissions import handles

OFFERED = {
    About.action: "do_action",
    About.closed: "reopen",
    About.rejected: "reopen",
    About.owner: "contain",
    About.clocks: "settle_clock",
    About.wrote_on: "ask_back",
    About.held: "note",
}
"""The button below what one person is told."""
FIRST = ("take_up", "assess", "contain")
"""Buttons of a card, as long as it is open; the rest stands in its menu."""
MENU = (
    *("suspend", "name_use", "serious", "breach", "settle_clock", "note", "cause", "add_action"),
    *("do_action", "check_action", "noted_told", "close", "reject"),
)


def card(seen: Seen) -> Message:
    page = _page(seen)
    text = page["card"]
    return message(
        seen.words, text, [*b.sections(text), *_parts(page, "clocks", "done"), *_buttons(seen, details=True)]
    )


def told(seen: Seen, about: About, step: str = "", clocks: Sequence[str] = ()) -> Message:
    """What one person is told; the step names the action it is about."""
    if about is About.card:
        return card(seen)
    page = _page(seen, step, clocks)
    text = page[about.value]
    offered = "" if about is About.held and not seen.whole else OFFERED.get(about, "")
    wishes = [wish for wish in (_first_of_all(seen, about), offered) if wish]
    row = [_do(seen, wish, Press(case=seen.incident.id, choice=wish), at) for at, wish in enumerate(wishes)]
    row += [_details(seen)] if row and "reopen" not in wishes and seen.whole else []
    row += [raise_button(seen.words, RAISED[1], seen.incident.ref, 0)] if about is About.closed else []
    return message(seen.words, text, [*b.sections(text), b.actions(row) if row else None])


def _first_of_all(seen: Seen, about: About) -> str:
    """As long as nothing is assessed most clocks run for want of answers, which whoever looks into it can give."""
    able = seen.whole and handles(seen.person, seen.desk)
    return "assess" if about is About.clocks and able and not seen.incident.now.triaged else ""


def whole(seen: Seen) -> dict[str, Any]:
    page = _page(seen)
    drawn = [
        *b.sections(page["card"]),
        *_parts(page, "clocks", "every", "done", "timeline"),
        *_buttons(seen, details=False),
        *_entries(seen),
    ]
    return modal(seen.words, View.INCIDENT, seen.incident.ref, drawn)


def show(seen: Seen) -> Message:
    page = _page(seen)
    text = page["card"]
    drawn = [
        *b.sections(text),
        *_parts(page, "clocks", "every", "done", "timeline"),
        *_buttons(seen, details=False),
    ]
    return message(seen.words, text, drawn)


def _parts(page: Page, *names: str) -> Iterator[b.Block]:
    for name in names:
        yield from b.sections(page[name])


def _buttons(seen: Seen, *, details: bool) -> list[b.Block]:
    id, words = seen.incident.id, seen.words
    if seen.incident.status in OVER:
        row = [_do(seen, "reopen", Press(case=id, choice="reopen"), 0)]
        return [b.actions([*row, *([_details(seen)] if details else [])])]
    wishes = [wish for wish in FIRST if wish != "take_up" or not seen.incident.now.coordinator]
    row = [_do(seen, wish, Press(case=id, choice=wish), number) for number, wish in enumerate(wishes)]
    menu_wishes = (*(["ask_back"] if seen.incident.now.anonymous else []), *MENU)
    options = [b.option(words.label(f"incident.do.{wish}"), wish) for wish in menu_wishes]
    asks = [consult_button(words, id, "incident")] if seen.model else []
    menu = b.select(Action.INCIDENT_MORE, words.label("placeholder.incident_more"), options)
    return [
        b.actions([*row, *([_details(seen)] if details else []), *asks]),
        b.actions([menu], block_id=to_block_id("incident", Press(case=id))),
    ]


def _entries(seen: Seen) -> list[b.Block]:
    """What is worked on elsewhere because of it, and the way to make it that."""
    kinds = [kind for kind in RAISED if kind != RAISED[0] or (seen.raises and not seen.entries)]
    row = [raise_button(seen.words, kind, seen.incident.ref, n) for n, kind in enumerate(kinds)]
    return [*linked_blocks(seen.words, seen.entries), *([b.actions(row)] if seen.whole else [])]


def _do(seen: Seen, wish: str, press: Press, number: int) -> b.Element:
    label = seen.words.label(f"incident.do.{wish}")
    return b.button(Action.INCIDENT_DO, label, to_value(press), number=number)


def _details(seen: Seen) -> b.Element:
    press = Press(case=seen.incident.id)
    return b.button(Action.INCIDENT_SHOW, seen.words.label("button.details"), to_value(press))


def _page(seen: Seen, step: str = "", clocks: Sequence[str] = ()) -> Page:
    return seen.words.page("incident", **facts_of(seen, step, clocks))


def reported_note(words: Words, ref: str) -> Mrkdwn:
    return words.page("incident", ref=ref)["reported"]
