"""Suppliers in a window: how much hangs on each, what is held of it, and what comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot import supplying
from bot.markup import Mrkdwn, escaped
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entrylook import Look
from bot.slack.screens.entrywords import field_name
from bot.words import Words, upfirst
from store.suppliers import Held
from triage.aims import supplied
from triage.aims.authors import written_by
from triage.aims.entry import Said
from triage.aims.kinds import kinds
from triage.aims.supplied import ASSESSMENT, PAPER, Paper
from triage.aims.suppliers import suppliers

LISTED, PAPERS = 30, 12
QUESTIONS = "questions"
"""In the place of a kind: nothing is stated, a text is drafted."""


class One(NamedTuple):
    """`papers` in the order of those held; `entry`: its assessment, where there is one. `drafts`: may add to it."""

    held: Held
    papers: Sequence[Look]
    entry: Look | None
    drafts: bool


def suppliers_view(voice: Voice, found: Sequence[Held]) -> dict[str, Any]:
    """Those that most hangs on come first."""
    words = voice.words
    most = max((each.total for each in found), default=0)
    drawn: list[b.Block | None] = [b.section(words.line("suppliers.about"))]
    if not found:
        drawn.append(b.section(words.line("suppliers.none")))
    for number, each in enumerate(found[:LISTED]):
        press = to_value(Press(case="", choice=each.known.key))
        spoken = words.label("spoken.act", act=words.label("aims.look"), what=each.known.name)
        button = b.button(Action.SUPPLIERS, words.label("aims.look"), press, number=number, spoken=spoken)
        drawn.append(b.section(Mrkdwn("\n".join(_row(words, each, most))), button))
    if len(found) > LISTED:
        drawn.append(b.context(words.line("aims.more_of_them", count=len(found) - LISTED)))
    return modal(words, View.SUPPLIERS, words.label("suppliers.title"), drawn)


def _row(words: Words, each: Held, most: int) -> list[Mrkdwn]:
    bar = words.line("suppliers.bar", bar=supplying.bar(each.total, most), told=supplying.hangs(words, each))
    told = [_name(words, each), bar, words.line(f"suppliers.is.{each.standing}")]
    return [*told, *([escaped(next_day)] if (next_day := supplying.next_day(words, each)) else [])]


def _name(words: Words, held: Held) -> Mrkdwn:
    of = supplying.vendor(held.known)
    if not of:
        return words.line("suppliers.row", name=held.known.name)
    return words.line("suppliers.row_of", name=held.known.name, vendor=of)


def supplier_view(voice: Voice, one: One) -> dict[str, Any]:
    words, held = voice.words, one.held
    lines = [_name(words, held), escaped(supplying.hangs(words, held))]
    drawn: list[b.Block | None] = [b.section(Mrkdwn("\n".join(lines))), b.divider()]
    drawn += [*_assessment(voice, one), b.divider(), b.section(words.line("suppliers.papers"))]
    by_entry = {each.entry.id: each for each in one.papers}
    for number, paper in enumerate(held.papers[:PAPERS]):
        drawn.append(_paper(words, paper, by_entry.get(paper.entry), number))
    if len(held.papers) > PAPERS:
        drawn.append(b.context(words.line("aims.more_of_them", count=len(held.papers) - PAPERS)))
    if not held.papers:
        drawn.append(b.context(words.line("suppliers.no_papers")))
    drawn.append(b.actions(_ways(words, one)))
    return modal(words, View.SUPPLIERS, words.label("suppliers.title"), drawn, about=held.known.key)


def questions_view(voice: Voice, text: str) -> dict[str, Any]:
    """To copy; I send it to nobody."""
    words = voice.words
    drawn = [b.context(words.line("suppliers.questions_about")), b.divider(), *b.sections(escaped(text))]
    return modal(words, View.NOTE, words.label("suppliers.questions_title"), drawn)


def _assessment(voice: Voice, one: One) -> list[b.Block]:
    """How it stands, and whose part is written by whom, or open."""
    words, held = voice.words, one.held
    entry, button = one.entry.entry if one.entry else None, None
    if entry is not None:
        press = to_value(Press(case="", choice=entry.id))
        button = b.button(Action.READ_ENTRY, words.label("aims.read_it"), press, number=PAPERS)
    until = entry.in_force.said.get("until") if entry and entry.in_force else None
    lines = [words.line(f"suppliers.is.{held.standing}")]
    if until:
        lines.append(words.line("suppliers.until", day=words.day(date.fromisoformat(str(until)))))
    drawn = [b.section(Mrkdwn("\n".join(lines)), button)]
    shown = (entry.proposed or entry.in_force) if entry is not None else None
    if entry is None or shown is None:
        return drawn
    by = written_by(entry)
    deep = kinds()[ASSESSMENT].deep if held.standing == "short" else ()
    wanted = (*suppliers().short, *deep)
    told = [_part(voice, role, by, shown.said, wanted) for role in suppliers().parts]
    return [*drawn, b.section(Mrkdwn("\n".join(told)))]


def _part(
    voice: Voice, role: str, by: Mapping[str, str], said: Mapping[str, Said], wanted: Collection[str]
) -> Mrkdwn:
    """`wanted`: what has to be said by whoever it is; the long form asks for more."""
    words, fields = voice.words, suppliers().parts[role]
    missing = [each for each in fields if each in wanted and not said.get(each)]
    name = upfirst(words.label(f"role_name.{role}"))
    if not missing:
        wrote = dict.fromkeys(by[each] for each in fields if said.get(each) and by.get(each))
        who = words.listed(map(voice.mention, wrote)) if wrote else words.line("aims.by_operator")
        return words.line("suppliers.part", role=name, who=who)
    known = (kinds()[ASSESSMENT].field(each) for each in missing)
    what = words.listed(field_name(words, ASSESSMENT, each) for each in known if each is not None)
    return words.line("suppliers.part_open", role=name, what=what)


def _paper(words: Words, paper: Paper, look: Look | None, number: int) -> b.Block:
    told = supplying.paper(words, paper)
    text = words.line("suppliers.paper", title=paper.title, told=told)
    if look is None:
        return b.section(text)
    press = to_value(Press(case="", choice=paper.entry))
    spoken = words.label("spoken.act", act=words.label("aims.look"), what=paper.title)
    button = b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number, spoken=spoken)
    return b.section(text, button)


def _ways(words: Words, one: One) -> list[b.Element]:
    row: list[b.Element] = []
    if one.drafts:
        begun = one.entry is not None and (one.entry.entry.shown is not None)
        label = words.label("suppliers.go_on" if begun else "suppliers.assess")
        style = "" if one.held.standing in supplied.HOLDS else "primary"
        press = Press(case=ASSESSMENT, choice=one.held.known.key)
        row.append(b.button(Action.SUPPLIER_STATE, label, to_value(press), style=style, number=0))
        long = to_value(press._replace(turn=1))
        row.append(b.button(Action.SUPPLIER_STATE, words.label("suppliers.assess_long"), long, number=1))
        paper = to_value(press._replace(case=PAPER))
        row.append(b.button(Action.SUPPLIER_STATE, words.label("suppliers.add_paper"), paper, number=2))
        ask = to_value(press._replace(case=QUESTIONS))
        row.append(b.button(Action.SUPPLIER_STATE, words.label("suppliers.questions"), ask, number=3))
    row.append(b.button(Action.SUPPLIERS, words.label("suppliers.all"), to_value(Press(case="")), number=99))
    return row
