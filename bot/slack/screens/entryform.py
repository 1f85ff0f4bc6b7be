"""The window in which an entry, or what was done with one, is stated: drawn from the fields of its kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from bot.slack import blocks as b
from bot.slack.fields import Field as Named
from bot.slack.ids import Input, View, to_choice
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entrywords import choice, field_name, kind_name, point, points_of
from bot.words import Words
from triage.aims.check import LONGEST
from triage.aims.entry import Said, wanted
from triage.aims.kinds import Act, Field, Kind
from triage.aims.standard import points
from triage.roles import SEATED

LINES = frozenset(("words", "lines", "refs"))


class Stating(NamedTuple):
    """What a window states: of an entry, or of a new one where `entry` is empty; `seen` is the number that it shows.

    `root` and `lister`: the windows below it, which are drawn anew.
    """

    kind: str
    seen: int = 0
    root: str = ""
    lister: str = ""
    act: str = ""
    entry: str = ""


def to_stating(about: Stating) -> str:
    return "|".join(map(str, about))


def from_stating(text: str) -> Stating:
    """What is not ours reads as a kind that there is not."""
    kind, seen, root, lister, act, entry = [*text.split("|", 5), *[""] * 6][:6]
    number = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    return Stating(kind, number, root, lister, act, entry)


def block(field: Field) -> str:
    return f"{Named.ENTRY.value}.{field.id}"


def does_not_fit(field: Field, said: Said | None) -> bool:
    """More than a window takes: it stays as it is where nothing else is written."""
    return field.kind in LINES and len(as_text(said)) > b.TYPED


def as_text(said: Said | None) -> str:
    return "" if said is None else "\n".join(said) if isinstance(said, tuple) else str(said)


def entry_form(
    voice: Voice,
    kind: Kind,
    about: Stating,
    said: Mapping[str, Said],
    *,
    units: Sequence[str] = (),
    act: Act | None = None,
    note: str = "",
    known: Collection[str] = (),
    offers: Mapping[str, Sequence[b.Block]] | None = None,
) -> dict[str, Any]:
    """`said`: what stands in it when it opens; `known`: which of it nobody has stated yet, so that it is marked.
    `offers`: by field, what can be chosen there where it would else be typed.

    `note`: what has to be read first."""
    words, of = voice.words, act.id if act is not None else kind.id
    why = words.line(f"aims.why.{of}")
    fields = act.fields if act is not None else kind.fields
    drawn: list[b.Block | None] = [b.section(note) if note else None, b.section(why)]
    drawn.append(b.context(points_of(words, kind.points)) if act is None and kind.points else None)
    drawn += [
        chosen_field(voice, of, each, offered)
        if (offered := (offers or {}).get(each.id))
        else drawn_field(voice, of, each, said.get(each.id), units, known=each.id in known)
        for each in fields
    ]
    title = words.label(f"aims.act.{act.id}") if act is not None else kind_name(words, kind.id)
    needs = act is None and wanted(kind, "somebody", about.seen + 1)
    submit = words.label("aims.hand_in" if needs else "aims.keep")
    view = View.STATE_ENTRY if act is None else View.ACT_ENTRY
    return modal(words, view, title, drawn, submit=submit, about=to_stating(about))


def chosen_field(voice: Voice, of: str, field: Field, options: Sequence[b.Block]) -> b.Block:
    words = voice.words
    element = b.several(Input.VALUE, words.label("placeholder.choose"), options)
    return b.field(block(field), field_name(words, of, field), element, optional=not field.needed)


def drawn_field(
    voice: Voice, of: str, field: Field, said: Said | None, units: Sequence[str] = (), *, known: bool = False
) -> b.Block:
    words = voice.words
    key = f"{of}.{field.id}"
    hint = words.label(f"aims.hint.{key}") if words.has(f"aims.hint.{key}") else ""
    if field.kind == "units" and units:
        hint = ""  # how lines are written says nothing where one ticks
    if known and said:
        hint = words.label("aims.known", hint=hint).strip()
    if does_not_fit(field, said):
        hint = words.label("aims.too_long_here", count=len(as_text(said)))
    optional = not field.needed or does_not_fit(field, said)
    element = _element(voice, key, field, said, units)
    return b.field(block(field), field_name(words, of, field), element, hint=hint, optional=optional)


def _element(voice: Voice, key: str, field: Field, said: Said | None, units: Sequence[str]) -> b.Element:
    words, value = voice.words, Input.VALUE
    chosen = said if isinstance(said, tuple) else (str(said),) if said else ()
    pick = words.label("placeholder.choose")
    match field.kind:
        case "choice":
            options = [b.option(choice(words, field, each), each) for each in field.choices]
            return b.select(value, pick, options, chosen="".join(chosen[:1]))
        case "choices":
            options = [b.option(choice(words, field, each), each) for each in field.choices]
            return b.several(value, pick, options, ticked=chosen)
        case "points":
            options = [b.option(point(each), each) for each in points()]
            return b.several(value, pick, options, ticked=chosen)
        case "role":
            options = [b.option(words.label(f"role_name.{each}"), each) for each in SEATED]
            return b.select(value, pick, options, chosen="".join(chosen[:1]))
        case "units" if units:
            options = [b.option(each, to_choice(each)) for each in units[: b.OPTIONS]]
            return b.several(value, pick, options, ticked=map(to_choice, chosen))
        case "person":
            return b.person(value, pick, user=voice.user(chosen[0]) if chosen else "")
        case "people":
            return b.people(value, pick, users=[user for each in chosen if (user := voice.user(each))])
        case "place":
            channel = voice.channel("".join(chosen[:1]))
            return {
                "type": "conversations_select",
                "action_id": value.value,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
                **({"initial_conversation": channel} if channel else {}),
            }
        case "day":
            return b.day(value, words.label("placeholder.day"), on="".join(chosen[:1]))
    return _typed(words, key, field, said)


def _typed(words: Words, key: str, field: Field, said: Said | None) -> b.Element:
    example = words.label(f"aims.example.{key}") if words.has(f"aims.example.{key}") else ""
    return b.typed(
        text="" if does_not_fit(field, said) else as_text(said),
        longest=LONGEST.get(field.kind, b.TYPED),
        lines=field.kind in LINES or field.kind == "units",
        placeholder=example,
    )
