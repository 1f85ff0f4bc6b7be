"""The form in a window, filled with what is known or was read; everything may stay empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import UNSURE, Action, Input, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Scene, Voice
from bot.slack.screens import choices as c
from bot.slack.screens.answers import label
from bot.slack.screens.pairing import in_form
from bot.words import Words
from intake.answers import NOT_ASKED, Answer, State
from intake.condition import View as Sight
from intake.form import Kind, Question
from triage.case import Case
from triage.submission import default_stage, default_title, default_unit


def form_view(scene: Scene, *, whole: bool = False) -> dict[str, Any]:
    """What is asked of this request for sure; `whole`: also what other answers may call for, and what has a default.

    `block_id` is the question's id.
    """
    case, desk, words = scene.case, scene.desk, scene.words
    sight = Sight(desk.form.gates, case.answers, desk.settings(case))
    drawn: list[b.Block | None] = [b.section(words.line("form.intro")), in_form(scene)]
    more = False
    for page in desk.form.pages:
        may = [q for q in page.questions if _belongs(q, sight)]
        asked = [q for q in may if whole or _is_sure(q, sight, case)]
        more = more or len(asked) < len(may)
        if asked:
            drawn.append(b.header(words.label(f"form.page.{page.id}")))
            drawn += [field_of(scene, question) for question in asked]
    drawn.append(tick_box(scene))
    if more:
        drawn += [b.divider(), b.section(words.line("form.more"), _more(scene))]
    title = words.label("modal.form")
    return modal(words, View.FORM, title, drawn, submit=words.label("button.take_over"), about=case.id)


def tick_box(scene: Scene) -> b.Block:
    """Kept among its readers from the beginning, before a word of it stands anywhere else."""
    words, case = scene.words, scene.case
    box = b.several(
        Input.VALUE,
        "",
        [b.option(words.label("form.confidential"), Field.CONFIDENTIAL.value)],
        ticked=[Field.CONFIDENTIAL.value] if case.confidential else [],
    )
    hint = words.label("form.confidential_hint")
    return b.field(Field.CONFIDENTIAL, words.label("field.confidential"), box, hint=hint, optional=True)


def _more(scene: Scene) -> b.Element:
    return b.button(
        Action.WHOLE_FORM, scene.words.label("button.whole_form"), to_value(Press(case=scene.case.id))
    )


def _belongs(question: Question, sight: Sight) -> bool:
    shown = sight.shown(question.id)
    return not question.after and (shown is True if question.claim else shown is not False)


def _is_sure(question: Question, sight: Sight, case: Case) -> bool:
    """What applies whatever else is answered, and what has been answered already."""
    return question.id in case.answers or (sight.shown(question.id) is True and not question.defaulted)


def field_of(scene: Scene, question: Question, *, fresh: bool = False) -> b.Block:
    """A question as a field of a window, filled with what is known; `fresh`: empty, by itself, with no "not sure"."""
    wording = scene.desk.wording
    if fresh:
        question = question.model_copy(update={"may_be_unsure": False})
    element = _element(scene, question, NOT_ASKED if fresh else _known(scene, question))
    asked = wording.open(question.id) if fresh else wording.ask(question.id)
    return b.field(question.id, asked, element, hint=wording.help(question.id), optional=True)


def _known(scene: Scene, question: Question) -> Answer:
    """What is on record, or what was read in the first words: handing the form in confirms it."""
    case = scene.case
    known = case.answers.get(question.id, NOT_ASKED)
    if known.state is not State.not_asked:
        return known
    proposal = case.talk.proposal(question.id) if case.talk else None
    return proposal.answer if proposal else known


def _element(scene: Scene, question: Question, known: Answer) -> b.Element:
    words = scene.words
    match question.kind:
        case Kind.one | Kind.many:
            return _choices(scene, question, known)
        case Kind.person:
            person = known.text or (scene.case.owner or "" if question.id == "owner" else "")
            return b.person(
                Input.VALUE,
                words.label("placeholder.person"),
                user=scene.voice.user(person) if person else "",
            )
        case Kind.date:
            return b.day(Input.VALUE, words.label("placeholder.day"), on=known.text)
        case Kind.tool:
            tool = scene.desk.catalogue.get(known.text) if known.text else None
            text = tool.name if tool else known.text or scene.case.tool_name
            return b.typed(text=text, longest=question.longest, lines=False)
        case _:
            return b.typed(
                text=_text(scene, question, known),
                longest=question.longest,
                lines=_lines(question),
            )


def _choices(scene: Scene, question: Question, known: Answer) -> b.Element:
    words = scene.words
    options = [b.option(label(scene, question.id, choice), choice) for choice in c.offered(scene, question)]
    if question.may_be_unsure:
        options.append(b.option(words.label("button.not_sure"), UNSURE))
    ticked = (*known.picked, UNSURE) if known.state is State.unsure else known.picked
    if question.kind is Kind.many:
        return b.several(Input.VALUE, words.label("placeholder.choose_any"), options, ticked=ticked)
    default = default_stage(scene.case) if question.id == "stage" else ""
    chosen = ticked[0] if ticked else default
    return b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=chosen)


def _text(scene: Scene, question: Question, known: Answer) -> str:
    if known.text:
        return known.text
    if question.id == "title":
        return default_title(scene.case)
    return default_unit(scene.case, scene.desk) if question.id == "unit" else ""


def _lines(question: Question) -> bool:
    return question.longest > 200


def start_view(voice: Voice, text: str = "") -> dict[str, Any]:
    """The first words, asked for in a window where there is no message to write them in."""
    words = voice.words
    field = b.field(
        Field.WORDS,
        words.label("field.words"),
        b.typed(text=text, longest=b.TYPED),
        hint=words.label("field.words_hint"),
    )
    return modal(
        words, View.START, words.label("modal.start"), [field], submit=words.label("button.start_plain")
    )


def note_view(words: Words, text: str, *ways: b.Element) -> dict[str, Any]:
    """A sentence in a window that was open already, and what else one could do."""
    row = [b.actions(ways)] if ways else []
    return modal(words, View.NOTE, words.label("modal.note"), [b.section(text), *row])


def lost_view(words: Words, written: Iterable[str], told: str = "") -> dict[str, Any]:
    """In the place of a window from which nothing was taken over: why, by default as nobody knows it, and the words."""
    said = [b.section(words.page("quoted", text=text)["line"]) for text in written if text.strip()]
    shown = [b.section(told or words.refusal("unknown_window")), *said]
    return modal(words, View.NOTE, words.label("modal.note"), shown)
