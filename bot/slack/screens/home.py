"""The App Home: what I may use, what I began, what I asked for, what waits for me."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import view_blocks
from bot.slack.scene import Home
from bot.slack.screens.incident_windows import report_button
from bot.slack.screens.joined import home_joined
from bot.slack.screens.looking import looking
from bot.slack.screens.onward import todo_line
from bot.slack.screens.reviewed import review_ask
from bot.slack.screens.stepping import queue_button
from triage.case import Decision, DecisionKind, Status
from triage.moved import matter_of
from triage.register import Entry

CLAIMED = (Action.CONFIRM_EXCEPTION, Action.OBJECT_EXCEPTION)
SHOWN = 10
"""Of each list; the rest is one command away."""

ROOM, HEAD, ALWAYS = 95, 3, 2
"""Blocks for all lists, those of one besides its rows, and the lists that always stand there."""


def home(scene: Home) -> dict[str, Any]:
    words = scene.voice.words
    page = words.page("home", waiting=len(scene.waiting) + scene.more.get("waiting", 0))
    begin = b.button(
        Action.HOME_START, words.label("button.ask_about_ai"), to_value(Press(case="")), style="primary"
    )
    drawn: list[b.Block | None] = [b.section(page["intro"]), b.actions([begin, report_button(words)])]
    if scene.waiting:
        drawn += _part(scene, "waiting", scene.waiting)
        drawn.append(b.actions([queue_button(words)]) if len(scene.waiting) > 1 else None)
    if scene.referred:
        drawn += _referred(scene)
    if scene.signing:
        drawn += _signing(scene)
    if scene.measuring:
        drawn += _measuring(scene)
    if scene.reviewing:
        drawn += _reviewing(scene)
    if scene.looking:
        drawn += looking(scene, _room(scene))
    if scene.drafts:
        drawn += _part(scene, "drafts", scene.drafts)
    drawn += _part(scene, "requests", scene.requests)
    drawn += home_joined(scene, _room(scene))
    drawn += _part(scene, "usable", scene.usable)
    blocks = [block for block in drawn if block is not None]
    return {"type": "home", "blocks": view_blocks(words, blocks)}


def _room(scene: Home) -> int:
    """So many of each list: all of them together stay below what Slack takes of blocks, two for each."""
    lists = (
        scene.waiting,
        scene.referred,
        scene.signing,
        scene.looking,
        scene.measuring,
        scene.reviewing,
        scene.drafts,
        scene.joined,
    )
    return min(SHOWN, (ROOM // (ALWAYS + sum(map(bool, lists))) - HEAD) // 2)


def _part(scene: Home, name: str, entries: Sequence[Entry]) -> list[b.Block | None]:
    words, room = scene.voice.words, _room(scene)
    rows: list[b.Block | None] = [b.divider(), b.header(words.label(f"home.{name}"))]
    if not entries:
        return [*rows, b.section(words.line(f"home.no_{name}"))]
    for entry in entries[:room]:
        rows += [_row(scene, name, entry), _further(scene, name, entry)]
    if left := max(len(entries) - room, 0) + scene.more.get(name, 0):
        key = "home.more_waiting" if name == "waiting" else "home.more"
        known = name != "usable" or len(entries) < scene.usable_most
        rows.append(b.context(words.line(key, count=left) if known else words.line("home.more_still")))
    return rows


def _referred(scene: Home) -> list[b.Block | None]:
    """What somebody else was not sure of, and this person may answer in a role."""
    words, label = scene.voice.words, scene.voice.words.label("button.answer")
    rows: list[b.Block | None] = [b.divider(), b.header(words.label("home.referred"))]
    for entry, number in scene.referred[: _room(scene)]:
        press, title = Press(case=entry.id, turn=number), cut(one_line(entry.title or entry.tool_name), 120)
        rows += [
            _row(scene, "referred", entry, number=number),
            b.actions([_act(scene, Action.REPLY_WINDOW, label, press, title)]),
        ]
    return rows + _left(scene, len(scene.referred))


def _signing(scene: Home) -> list[b.Block | None]:
    """Exceptions and motions for which one person has signed, and this one may be the second."""
    words = scene.voice.words
    rows: list[b.Block | None] = [b.divider(), b.header(words.label("home.signing"))]
    for entry, claim in scene.signing[: _room(scene)]:
        press, title = (
            Press(case=entry.id, choice=claim.id),
            cut(one_line(entry.title or entry.tool_name), 120),
        )
        moved = claim.kind is DecisionKind.motion
        acts = (Action.SECOND_MOTION, Action.OPPOSE_MOTION) if moved else CLAIMED
        row = [_act(scene, act, words.label(f"button.{act.value}"), press, title) for act in acts]
        rows += [_row(scene, "signing", entry, claim), b.actions(row)]
    return rows + _left(scene, len(scene.signing))


def _measuring(scene: Home) -> list[b.Block | None]:
    words = scene.voice.words
    label = words.label("button.give_readings")
    rows: list[b.Block | None] = [b.divider(), b.header(words.label("home.measuring"))]
    for entry in scene.measuring[: _room(scene)]:
        title = cut(one_line(entry.title or entry.tool_name), 120)
        button = _act(scene, Action.GIVE_READINGS, label, Press(case=entry.id), title)
        rows += [_row(scene, "measuring", entry), b.actions([button])]
    return rows + _left(scene, len(scene.measuring))


def _reviewing(scene: Home) -> list[b.Block | None]:
    words = scene.voice.words
    rows: list[b.Block | None] = [b.divider(), b.header(words.label("home.reviewing"))]
    for each in scene.reviewing[: _room(scene)]:
        text, row = review_ask(each)
        rows += [b.section(text), b.actions(row)]
    return rows + _left(scene, len(scene.reviewing))


def _left(scene: Home, many: int) -> list[b.Block | None]:
    """How many more of a list there are than have room."""
    left = many - _room(scene)
    return [b.context(scene.voice.words.line("home.more", count=left))] if left > 0 else []


def _row(scene: Home, name: str, entry: Entry, said: Decision | None = None, *, number: int = 0) -> b.Block:
    """`said`: what a second person is to confirm; `number`: of what is asked of them."""
    words, signed = scene.voice.words, said.signatures[0] if said else None
    title = cut(one_line(entry.title or entry.tool_name), 120) or words.label("entry.untitled")
    people = scene.deciders.get(entry.id, ())
    page = words.page(
        "home_row",
        title=title,
        entry=entry,
        status=words.line(f"status.{entry.standing}"),
        taken=scene.voice.mention(scene.held[entry.id]) if entry.id in scene.held else "",
        yours=scene.held.get(entry.id) == scene.reader,
        who=words.listed((scene.voice.mention(p) for p in people), "or") if 0 < len(people) <= 2 else "",
        several=entry.id in scene.several,
        whose=scene.voice.mention(entry.requester)
        if entry.requester and entry.requester != scene.reader
        else "",
        declined=entry.status is Status.declined,
        todo=todo_line(words, *todo) if (todo := scene.todo.get(entry.id)) and todo[1] else "",
        signed=scene.voice.mention(signed.person) if signed else "",
        matter=matter_of(said)[0].value if said and said.kind is DecisionKind.motion else "",
        role=words.line(f"role_name.{signed.role}") if signed else "",
        asked_as=words.line(f"role.{as_role}") if (as_role := scene.asked_as.get((entry.id, number))) else "",
        late=entry.due_at is not None and entry.due_at < scene.now,
        by=scene.voice.mention(entry.requester)
        if entry.requester and name in ("waiting", "referred")
        else "",
    )
    action, key = (Action.RESUME, "continue") if name == "drafts" else (Action.HOME_SHOW, "details")
    button = b.button(
        action,
        words.label(f"button.{key}"),
        to_value(Press(case=entry.id)),
        spoken=words.label(f"spoken.{key}", what=title),
    )
    return b.section(page[name], button)


def _further(scene: Home, name: str, entry: Entry) -> b.Block | None:
    """What can be done next, where that is more than to look at it or to go on."""
    words, title = scene.voice.words, cut(one_line(entry.title or entry.tool_name), 120)
    anew = name == "usable" or entry.status is Status.declined
    acts = [*scene.acts.get(entry.id, ())] if name != "usable" else []
    row = [_act(scene, act, words.label(f"button.{act.value}"), Press(case=entry.id), title) for act in acts]
    if anew and entry.tool_id:
        label = words.label("button.ask_anew" if name == "requests" else "button.ask_for_more")
        row.append(_act(scene, Action.HOME_START, label, Press(case="", choice=entry.tool_id), title))
    return b.actions(row) if row else None


def _act(scene: Home, act: Action, label: str, press: Press, title: str) -> b.Element:
    spoken = scene.voice.words.label("spoken.act", act=label, what=title)
    return b.button(act, label, to_value(press), spoken=spoken)
