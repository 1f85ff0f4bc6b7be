"""The windows in which an incident is reported and seen to; what each asks for follows from what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import UNSURE, Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.incidentfacts import Seen
from bot.words import Page, Words
from triage.incidents.asked import questions
from triage.incidents.clocks import clocks_of
from triage.incidents.incident import ORIGIN, REPORTER, Incident, Kind
from triage.incidents.rulebook import CLASSES
from triage.incidents.severity import severity_of
from triage.incidents.wishes import CAUSES
from triage.register import Entry

LONGEST, LISTED = 3000, 30
ASKED_FIRST = ("harm", "happening")
"""What whoever reports it is asked; the rest is for whoever looks into it."""
HOW, WHOM = ("stopped", "limited", "rolled_back"), ("provider", "users", "authority", "affected")
CLASS = {"serious": "field.incident_serious", "breach": "field.incident_breach"}
QUESTION = "asked."
"""Before the id of a question in the name of its field."""


def report_button(words: Words, case: str = "") -> b.Element:
    return b.button(Action.REPORT_INCIDENT, words.label("button.report_incident"), to_value(Press(case=case)))


def report_view(
    voice: Voice,
    about: str,
    uses: Sequence[Entry],
    *,
    use: str = "",
    message_words: str = "",
    speak_up: str = "",
) -> dict[str, Any]:
    """Less than a minute: what happened, and what is known at once. `about` comes back with it."""
    words = voice.words
    page = words.page("incident", message=message_words, speak_up=speak_up)
    kinds = [b.option(words.label(f"incident.kind.{kind.value}"), kind.value) for kind in Kind]
    options = [b.option(cut(one_line(f"{e.ref} {e.title or e.tool_name}"), 74), e.id) for e in uses]
    drawn: list[b.Block | None] = [
        *b.sections(page["report"]),
        b.actions([b.button(Action.CONCERN, words.label("button.concern"), to_value(Press(case="")))]),
        b.field(
            Field.WORDS,
            words.label("field.incident_words"),
            b.typed(longest=LONGEST),
            optional=bool(message_words),
        ),
        b.field(
            Field.KIND,
            words.label("field.incident_kind"),
            b.select(Input.VALUE, words.label("placeholder.choose"), kinds, chosen=Kind.incident.value),
        ),
        b.field(
            Field.USE,
            words.label("field.incident_use"),
            b.select(Input.VALUE, words.label("placeholder.use"), options, chosen=use),
            optional=True,
        )
        if options
        else None,
        *(asked_field(words, question, optional=True) for question in (ORIGIN, *ASKED_FIRST)),
        b.field(
            Field.OCCURRED,
            words.label("field.incident_when"),
            b.day(Input.VALUE, words.label("placeholder.day")),
            optional=True,
        ),
    ]
    title, submit = words.label("modal.report_incident"), words.label("submit.report_incident")
    return modal(words, View.REPORT_INCIDENT, title, drawn, submit=submit, about=about)


def asked_field(words: Words, question: str, *, optional: bool) -> b.Block:
    asked = questions()[question]
    choices = [
        b.option(words.label(f"incident.choice.{question}.{choice.id}"), choice.id)
        for choice in asked.choices
    ]
    choices.append(b.option(words.label("button.not_sure"), UNSURE))
    hint = words.label("placeholder.choose")
    element = (
        b.several(Input.VALUE, hint, choices)
        if asked.kind.value == "many"
        else b.select(Input.VALUE, hint, choices)
    )
    return b.field(
        f"{QUESTION}{question}", words.label(f"incident.ask.{question}"), element, optional=optional
    )


def act_view(seen: Seen, wish: str, uses: Sequence[Entry] = ()) -> dict[str, Any]:
    """The window of one wish; what it needs is drawn from what is known."""
    words = seen.words
    use = seen.case.ref if seen.case is not None and seen.case.ref else ""
    page = words.page("incident", ref=seen.incident.ref, wish=wish, use=use)
    drawn = [*b.sections(page["window"]), *_fields(seen, wish, uses)]
    about = f"{seen.incident.id}|{wish}"
    submit = words.label("submit.incident_do")
    title = words.label("modal.incident_do", ref=seen.incident.ref)
    return modal(words, View.INCIDENT_DO, title, drawn, submit=submit, about=about)


def _fields(seen: Seen, wish: str, uses: Sequence[Entry]) -> Iterator[b.Block]:
    words, now = seen.words, seen.incident.now
    text = b.field(Field.WORDS, words.label("field.incident_say"), b.typed(longest=LONGEST))
    why = b.field(Field.REASON, words.label("field.incident_why"), b.typed(longest=LONGEST))
    why_not = why | {"optional": True}
    when = b.field(
        Field.OCCURRED,
        words.label("field.incident_day"),
        b.day(Input.VALUE, words.label("placeholder.day")),
        hint=words.label("field.incident_day_hint"),
        optional=True,
    )
    if wish == "assess":
        yield from (asked_field(words, question, optional=True) for question in questions())
        yield when | {"label": b.plain(words.label("field.incident_aware"), b.LABEL)}
        yield why_not
    elif wish == "name_use":
        options = [b.option(cut(one_line(f"{e.ref} {e.title or e.tool_name}"), 74), e.id) for e in uses]
        yield _choose(words, Field.USE, "field.incident_use", options)
    elif wish in CLASSES:
        yield _choose(words, Field.RULING, CLASS[wish], _options(words, "class_is", ("yes", "no")))
        yield why_not
    elif wish == "contain":
        yield _choose(words, Field.RULING, "field.incident_how", _options(words, "how", HOW))
        yield text
    elif wish == "settle_clock":
        running = [e for e in clocks_of(seen.incident, seen.case, seen.desk) if e.waits]
        options = [b.option(words.label(f"clock.{each.id}"), each.id) for each in running]
        yield _choose(words, Field.CLOCK, "field.incident_clock", options)
        ways = _options(words, "settled", ("met", "not_applicable"))
        yield _choose(words, Field.RULING, "field.incident_settled", ways)
        yield when
        yield why_not | {"hint": b.plain(words.label("field.incident_why_clock"), b.HINT)}
    elif wish == "cause":
        kinds = b.several(Input.VALUE, words.label("placeholder.choose"), _options(words, "cause", CAUSES))
        yield text
        yield b.field(Field.GROUND, words.label("field.incident_causes"), kinds, optional=True)
    elif wish == "add_action":
        yield text
        yield b.field(
            Field.PERSON,
            words.label("field.incident_owner"),
            b.person(Input.VALUE, words.label("placeholder.person")),
        )
        yield b.field(
            Field.DUE, words.label("field.incident_due"), b.day(Input.VALUE, words.label("placeholder.day"))
        )
        yield b.field(
            Field.REMARK, words.label("field.incident_success"), b.typed(longest=500), optional=True
        )
    elif wish in ("do_action", "check_action"):
        open_ones = [
            each
            for each in now.actions
            if (each.done_at is None or each.effective == "not_effective") == (wish == "do_action")
            and (seen.whole or seen.desk.same(seen.person, each.owner))
        ]
        options = [
            b.option(cut(one_line(each.words), 74) or each.id[:20], each.id[:75]) for each in open_ones
        ]
        yield _choose(words, Field.TASK, "field.incident_action", options)
        if wish == "check_action":
            found = _options(words, "found", ("effective", "not_effective"))
            yield _choose(words, Field.RULING, "field.incident_found", found)
            yield text | {"optional": True}
        else:
            yield text | {"label": b.plain(words.label("field.incident_shows"), b.LABEL)}
    elif wish == "noted_told":
        whom = (REPORTER, *WHOM) if now.from_outside else WHOM
        yield _choose(words, Field.RULING, "field.incident_whom", _options(words, "whom", whom))
        yield when
        yield text | {"optional": True}
    elif wish == "close":
        yield b.field(
            Field.WORDS, words.label("field.incident_lessons"), b.typed(longest=LONGEST), optional=True
        )
    elif wish in ("suspend", "reopen", "reject"):
        yield why
    else:
        yield text


def _choose(words: Words, name: Field, label: str, options: Sequence[b.Block]) -> b.Block:
    """Slack takes no empty menu: where nothing is there to choose, that is what stands in it."""
    shown = options or [b.option(words.label("incident.nothing_to_choose"), "-")]
    element = b.select(Input.VALUE, words.label("placeholder.choose"), shown)
    return b.field(name, words.label(label), element)


def _options(words: Words, kind: str, ids: Sequence[str]) -> list[b.Block]:
    return [b.option(words.label(f"incident.{kind}.{id}"), id) for id in ids]


def note_view(
    voice: Voice, about: str, open_ones: Sequence[Incident], chosen: str, message_words: str
) -> dict[str, Any]:
    """Into which timeline a message goes."""
    words = voice.words
    options = [b.option(cut(one_line(f"{e.ref} {e.now.words}"), 74), e.id) for e in open_ones]
    page = words.page("incident", message=message_words)
    which = b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=chosen)
    drawn = [
        *b.sections(page["noting"]),
        b.field(Field.TASK, words.label("field.incident_which"), which),
        b.field(
            Field.WORDS,
            words.label("field.incident_say"),
            b.typed(longest=LONGEST),
            optional=bool(message_words),
        ),
    ]
    title, submit = words.label("modal.note_incident"), words.label("submit.incident_do")
    return modal(words, View.INCIDENT_DO, title, drawn, submit=submit, about=about)


def listing(voice: Voice, seen: Sequence[Seen]) -> Message:
    words = voice.words
    rows = [
        (
            each.incident.ref,
            words.label(f"incident.kind.{each.incident.now.kind.value}"),
            words.label(f"incident.severity.{severity_of(each.incident).floor}"),
            words.label(f"incident.status.{each.incident.status.value}"),
        )
        for each in seen[:LISTED]
    ]
    text = words.page("incident", rows=rows)["list"]
    return message(words, text, b.sections(text))


def note_of(words: Words, text: Mrkdwn) -> Message:
    return message(words, text, b.sections(text))


def draft(words: Words, page: Page) -> Message:
    """What to do with it, and the letter itself."""
    text = page["letter"]
    return message(words, text, [*b.sections(page["intro"]), b.divider(), *b.sections(text)])
