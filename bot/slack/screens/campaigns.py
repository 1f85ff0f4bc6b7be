"""A campaign: its message, the windows in which it is started and answered, and what came of it in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.words import Page, Words
from store.turnout import Count, Figures
from triage.campaign import ENOUGH, ROUGHLY, Campaign

MOST = 15
"""Lines of tools, and of teams, in one message."""
WORDS_LONGEST = 1000
EVERYONE, AMNESTY = "everyone", "amnesty"


class Row(NamedTuple):
    """What became of one line. `there`: their team had it on record; `ref`: of what they may see."""

    tool: str
    purpose: str = ""
    there: bool = False
    ref: str = ""


def campaign(voice: Voice, told: Campaign, *, step: str, today: date) -> Message:
    """As it stands today; of one that is over nothing can be pressed any more."""
    words, over = voice.words, not told.runs_on(today)
    last, again = today == told.until != told.since, step in ("midway", "last")
    page = _page(words, told, over=over, midway=again, last=last)
    drawn = [*b.sections(page["head"])]
    if not over:
        drawn += [*b.sections(page["words"]), b.actions(_buttons(words, told)), b.context(page["foot"])]
    return message(words, page["head"], drawn)


def _buttons(words: Words, told: Campaign) -> list[b.Element]:
    value = to_value(Press(case=told.id))
    return [
        b.button(Action.TELL_USE, words.label("button.tell_use"), value, style="primary"),
        b.button(Action.USE_NONE, words.label("button.use_none"), value),
    ]


def campaign_figures(
    voice: Voice, told: Campaign, found: Figures, *, today: date, ends: bool = False
) -> Message:
    """Numbers alone. `ends`: whoever reads it can end it."""
    words = voice.words
    tools, units = (
        _shown(found.tools, words.label("campaign.unknown_tools")),
        _shown(found.units, words.label("campaign.no_team")),
    )
    more = max(0, len(found.tools) - MOST) + max(0, len(found.units) - MOST)
    about = {
        "found": found,
        "tools": tools,
        "units": units,
        "more": more,
        "least": ENOUGH,
        "roughly": ROUGHLY,
    }
    page = _page(words, told, over=not told.runs_on(today), **about)
    row = [_end_button(words, told)] if ends and told.ended_at is None else []
    return message(words, page["figures"], [*b.sections(page["figures"]), *([b.actions(row)] if row else [])])


def _end_button(words: Words, told: Campaign) -> b.Element:
    button = b.button(Action.END_CAMPAIGN, words.label("button.end_campaign"), to_value(Press(case=told.id)))
    return b.confirmed(
        button,
        title=words.label("campaign.end_title"),
        text=words.label("campaign.end_text"),
        yes=words.label("button.end_campaign"),
        no=words.label("button.back"),
    )


def _shown(counts: Sequence[Count], unnamed: str) -> list[dict[str, object]]:
    return [{"name": each.name or unnamed, "people": each.people} for each in counts[:MOST]]


def campaign_view(voice: Voice, today: date) -> dict[str, Any]:
    """The window in which one is started."""
    words = voice.words
    places: b.Element = {
        "type": "multi_conversations_select",
        "action_id": Input.VALUE.value,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    how = [b.option(words.label(f"campaign.{each}"), each) for each in (EVERYONE, AMNESTY)]
    day = words.label("placeholder.day")
    fields = [
        b.field(
            Field.PLACES,
            words.label("field.places"),
            places,
            hint=words.label("field.places_hint"),
            optional=True,
        ),
        b.field(Field.HOW, words.label("field.how_asked"), b.several(Input.VALUE, "", how), optional=True),
        b.field(Field.SINCE, words.label("field.since"), b.day(Input.VALUE, day, on=today.isoformat())),
        b.field(Field.UNTIL, words.label("field.until_campaign"), b.day(Input.VALUE, day)),
        b.field(
            Field.WORDS, words.label("field.campaign_words"), b.typed(longest=WORDS_LONGEST), optional=True
        ),
    ]
    text = words.page("campaign", **_nothing())["start"]
    title, submit = words.label("modal.campaign"), words.label("submit.campaign")
    return modal(words, View.CAMPAIGN, title, [*b.sections(text), *fields], submit=submit)


def tell_use_view(voice: Voice, told: Campaign, *, unit: str = "") -> dict[str, Any]:
    words = voice.words
    fields = [
        b.field(
            Field.LINES,
            words.label("field.lines"),
            b.typed(placeholder=words.label("field.lines_example")),
            hint=words.label("field.lines_hint"),
        ),
        b.field(Field.UNIT, words.label("field.unit_told"), b.typed(text=unit, lines=False, longest=200)),
    ]
    text = _page(words, told)["window"]
    title, submit = words.label("modal.tell_use"), words.label("submit.tell_use")
    return modal(words, View.TELL_USE, title, [*b.sections(text), *fields], submit=submit, about=told.id)


def told_view(words: Words, told: Campaign, rows: Sequence[Row]) -> dict[str, Any]:
    """In the place of the window: no message is owed, so nothing says who answered."""
    shown = [row._asdict() for row in rows]
    text = _page(words, told, rows=shown)["told"]
    return modal(words, View.NOTE, words.label("modal.tell_use"), b.sections(text))


def none_view(words: Words, told: Campaign) -> dict[str, Any]:
    return modal(words, View.NOTE, words.label("modal.tell_use"), b.sections(_page(words, told)["none"]))


def _page(words: Words, told: Campaign, **more: object) -> Page:
    ended = min(told.until, told.ended_at.date()) if told.ended_at else told.until
    about: dict[str, object] = {
        "until": told.until,
        "ended": ended,
        "amnesty": told.amnesty,
        "words": told.words,
    }
    return words.page("campaign", **(_nothing() | about | more))


def _nothing() -> dict[str, object]:
    bare = dict.fromkeys(("over", "last", "midway", "amnesty"), False)
    lists = {"rows": (), "tools": (), "units": (), "more": 0, "least": ENOUGH, "roughly": ROUGHLY}
    return {**bare, **lists, "words": "", "until": date.min, "ended": date.min, "found": Figures()}
