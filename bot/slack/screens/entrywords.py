"""How an entry of the management system reads: its kind, its fields, and what stands in them, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import wrap

from bot.markup import Mrkdwn, cut, escaped, one_line, width
from bot.riskmap import levels_said
from bot.slack import blocks as b
from bot.slack.scene import Voice
from bot.words import Words
from triage.aims.access import ACCESS
from triage.aims.decide import COLLEAGUE, OPERATOR
from triage.aims.differing import HIDDEN, Told
from triage.aims.entry import Draft, Entry
from triage.aims.kinds import RULE, Field
from triage.aims.standard import standard

NAME = 80
RISK = "risk"
GIST = 280
ONE_BLOCK, PART = b.SECTION - 200, 500
"""Of a line as it is shown, and of its pieces, each sign of which may be shown as five."""


def kind_name(words: Words, kind: str) -> str:
    return words.label(f"aims.kind.{kind}")


def points_of(words: Words, points: Sequence[str]) -> str:
    """The numbers of clauses and controls, for whoever wants to look them up."""
    return words.label("aims.points", points=", ".join(points)) if points else ""


def field_name(words: Words, of: str, field: Field) -> str:
    return words.label(f"aims.field.{of}.{field.id}")


def choice(words: Words, field: Field, value: str) -> str:
    return words.label(f"aims.choice.{field.id}.{value}")


def point(value: str) -> str:
    known = standard().get(value)
    return f"{value} {known.title}" if known is not None else value


def named(words: Words, entry: Entry, draft: Draft | None = None) -> str:
    """As people know it: its title, or what kind of thing it is where there is one."""
    shown = draft or entry.proposed or entry.shown
    title = str(shown.said.get("title") or "") if shown is not None else ""
    return cut(one_line(title), NAME) or (entry.name or kind_name(words, entry.kind))


def signed(voice: Voice, by: str, role: str) -> Mrkdwn:
    """Who did something, and as what."""
    if not by:
        return voice.words.line("aims.by_rule" if role == RULE else "aims.by_operator")
    if role in (OPERATOR, COLLEAGUE) or role.startswith("field:"):
        return voice.mention(by)
    return voice.words.line("aims.by", by=voice.mention(by), role=voice.words.line(f"role_name.{role}"))


def value(voice: Voice, field: Field, text: str) -> Mrkdwn:
    """One thing in a field."""
    words = voice.words
    match field.kind:
        case "person" | "people":
            return voice.mention(text)
        case "place":
            channel = voice.channel(text)
            return Mrkdwn(f"<#{channel}>") if channel else words.line("aims.place_unknown")
        case "role":
            return words.line(f"role_name.{text}")
        case "choice" | "choices":
            return escaped(choice(words, field, text))
        case "points":
            return escaped(point(text))
        case "day":
            return escaped(words.day(date.fromisoformat(text)))
        case "refs" if field.id == "looked_at":
            part, _, said = text.partition("=")
            about = {"part": _known(words, "management", part), "said": _known(words, "minutes.choice", said)}
            return words.line("minutes.was", **about)
        case "refs" if text.startswith(HIDDEN):
            return words.line("aims.hidden_refs", count=int(text.removeprefix(HIDDEN)))
        case _:
            return escaped(text)


def _known(words: Words, of: str, name: str) -> str:
    """What somebody typed by hand may be no part of ours."""
    return words.label(f"{of}.{name}") if name.isidentifier() and words.has(f"{of}.{name}") else name


def stated(voice: Voice, of: str, told: Sequence[Told]) -> list[b.Block]:
    """Everything that is said, whole; of what has changed, what is new and what is gone."""
    return [block for each in told for block in b.sections(_told(voice, of, each))]


def _told(voice: Voice, of: str, told: Told) -> Mrkdwn:
    words = voice.words
    name = words.line("entry.bold", what=field_name(words, of, told.field))
    shown = []
    for line in told.lines:
        for part in _parts(line.text):
            said = value(voice, told.field, part)
            shown.append(words.line(MARKS[line.mark], said=said) if told.changed else said)
    return Mrkdwn("\n".join([name, *shown]))


def _parts(line: str) -> list[str]:
    """What fits one block is one piece; a longer line goes on below, as nothing of what is approved is cut."""
    return [line] if width(escaped(line)) < ONE_BLOCK else wrap(line, PART, replace_whitespace=False)


MARKS = {"+": "aims.line_new", "-": "aims.line_gone", "": "aims.line_same"}


def gist(voice: Voice, entry: Entry, draft: Draft) -> Mrkdwn:
    """The beginning of what it says; of a risk its levels, and of an access who is let in until when."""
    words = voice.words
    if entry.kind == RISK:
        return escaped(levels_said(words, draft.said))
    if entry.kind == ACCESS:
        since, until = (words.day(date.fromisoformat(str(draft.said[each]))) for each in ("since", "until"))
        who = voice.mention(str(draft.said["auditor"]))
        return words.line("aims.lets_in", who=who, since=since, until=until)
    for field in entry.of.fields:
        said = draft.said.get(field.id)
        if field.id != "title" and field.kind in ("words", "line", "lines", "link") and said:
            text = "; ".join(said) if isinstance(said, tuple) else str(said)
            return escaped(cut(one_line(text), GIST))
    return Mrkdwn("")


def sort_of(words: Words, entry: Entry) -> Mrkdwn:
    """What kind of thing it is, behind its title; nothing where that is all that it is called by."""
    key = f"aims.one.{entry.kind}"
    if not words.has(key) or named(words, entry).casefold() == kind_name(words, entry.kind).casefold():
        return Mrkdwn("")
    return Mrkdwn(f" {words.line('aims.sort', kind=words.label(key))}")
