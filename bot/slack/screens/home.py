"""The App Home: what waits for me, how to begin, what is mine, what I may use; and each list by itself, page by page.

Which page is shown stands in the buttons alone, so nothing has to be remembered and any start may come in between.
"""

from __future__ import annotations

from typing import Any

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import view_blocks
from bot.slack.scene import Home
from bot.slack.screens import soa
from bot.slack.screens.agenda import agenda_button
from bot.slack.screens.coverage import coverage_button
from bot.slack.screens.homelead import BLOCKS, lead_blocks, list_title
from bot.slack.screens.homerows import Row, rows
from bot.slack.screens.incident_windows import report_button
from bot.slack.screens.risks import risks_button
from bot.slack.screens.stepping import queue_button, step
from bot.slack.screens.system import HOME_BLOCKS, home_blocks
from bot.slack.screens.training import trainings_button

WAITS = ("incidents", "waiting", "referred", "signing", "looking", "reviewing", "measuring", "bound")
"""What waits for whoever looks, in this order: the law's clocks, then that for which others wait."""
MINE = ("uses", "snoozed", "drafts", "requests", "reported", "joined", "usable")
LISTS = (*WAITS, *MINE)
SHOWN, PAGE = 5, 10
"""Of each list at the beginning, and on a page of its own."""

ROOM, HEAD = 96, 3
"""Blocks for all lists, and those of one besides its rows."""


def home(scene: Home) -> dict[str, Any]:
    drawn = _front(scene) if scene.page is None else _page(scene, *scene.page)
    blocks = [block for block in drawn if block is not None]
    return {"type": "home", "blocks": view_blocks(scene.voice.words, blocks)}


def _front(scene: Home) -> Row:
    words = scene.voice.words
    page = words.page("home", waiting=_many(scene, "waiting"))
    drawn: Row = [b.section(page["intro"])]
    room = _room(scene)
    for name in WAITS:
        drawn += _list(scene, name, room)
    drawn += [b.divider() if len(drawn) > 1 else None, b.actions(_begin(scene))]
    drawn += home_blocks(scene.voice, scene.system) if scene.system is not None else []
    drawn += soa.home_blocks(words, scene.soa) if scene.soa is not None else []
    drawn += lead_blocks(words, scene.lead) if scene.lead is not None else []
    for name in MINE:
        drawn += _list(scene, name, room)
    return drawn


def _begin(scene: Home) -> list[b.Element]:
    words, nothing = scene.voice.words, to_value(Press(case=""))
    row = [
        b.button(Action.HOME_START, words.label("button.ask_about_ai"), nothing, style="primary"),
        b.button(Action.HOME_ASK, words.label("button.home_ask"), nothing),
        report_button(words),
    ]
    row += [trainings_button(words)] if scene.trains else []
    row += [risks_button(words)] if scene.weighs else []
    return [*row, coverage_button(words), agenda_button(words)] if scene.covers else row


def _room(scene: Home) -> int:
    """So many of each list: all of them together stay below what Slack takes of blocks, two for each."""
    lists = sum(bool(getattr(scene, name)) or _stands(scene, name) for name in LISTS)
    beside = (
        BLOCKS if scene.lead is not None else 0,
        HOME_BLOCKS if scene.system is not None else 0,
        soa.HOME_BLOCKS if scene.soa is not None else 0,
    )
    free = ROOM - sum(beside)
    return max(min(SHOWN, (free // lists - HEAD) // 2), 1)


def _stands(scene: Home, name: str) -> bool:
    """Also where there is nothing in it: whoever has asked for something already is not told that they did not."""
    return name == "usable" or (name == "requests" and not (scene.uses or scene.drafts))


def _many(scene: Home, name: str) -> int:
    return len(getattr(scene, name)) + scene.more.get(name, 0)


def _list(scene: Home, name: str, room: int) -> Row:
    """Its beginning, and the way to the rest of it."""
    words, found = scene.voice.words, rows(scene, name)
    if not found and not _stands(scene, name):
        return []
    drawn: Row = [b.divider(), b.header(words.label(f"home.{name}"))]
    if not found:
        return [*drawn, b.section(words.line(f"home.no_{name}"))]
    drawn += [block for row in found[:room] for block in row]
    foot = (
        [queue_button(words), step(words, Action.QUEUE_FILTER)]
        if name == "waiting" and _many(scene, name) > 1
        else []
    )
    if len(found) > room or scene.more.get(name) or name in scene.uncounted:
        counted = name not in scene.uncounted
        label = words.label("home.all", count=_many(scene, name)) if counted else words.label("home.further")
        foot.append(_to_page(label, name, 0))
    return [*drawn, b.actions(foot)] if foot else drawn


def _page(scene: Home, name: str, number: int) -> Row:
    """One list from there on, with the ways back and on."""
    words, found = scene.voice.words, rows(scene, name)
    first, behind = number * PAGE, scene.more.get(name, 0)
    wording = scene.lead.wording if scene.lead is not None else None
    title = list_title(words, wording, name) if wording is not None else words.label(f"home.{name}")
    drawn: Row = [b.header(title)]
    if not found:
        drawn.append(b.section(words.line("home.nothing_left")))
    elif name in scene.uncounted:
        drawn.append(b.context(words.line("home.span", first=first + 1, last=first + PAGE)))
    elif number or behind:
        last = first + len(found)
        drawn.append(b.context(words.line("home.span_of", first=first + 1, last=last, count=last + behind)))
    for row in found:
        drawn += row
    steps = [_to_page(words.label("button.home_back"), "", 0, at=0)]
    if number:
        steps.append(_to_page(words.label("button.home_earlier"), name, number - 1, at=1))
    if behind or name in scene.uncounted:
        steps.append(_to_page(words.label("button.home_next"), name, number + 1, at=2))
    return [*drawn, b.actions(steps)]


def _to_page(label: str, name: str, number: int, at: int | None = None) -> b.Element:
    """`at`: its place beside others of the kind. Without a name it leads back to the beginning."""
    return b.button(Action.HOME_PAGE, label, to_value(Press(case="", turn=number, choice=name)), number=at)
