"""A questionnaire in a window: what there is and how far it is, and one page of it with its questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.markup import width
from bot.slack import blocks as b
from bot.slack.abouts import Sheeted, to_sheeted
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import modal
from bot.words import Words
from intake.answers import NOT_ASKED, Answer
from intake.form import Form, Kind, Page, Question
from intake.texts import Wording
from triage.case import Case
from triage.questionnaire import Finding, Questionnaire, Sheet, fields, progress

LINE = 300
"""A longer answer has several lines."""

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Assessing:
    """A questionnaire about one use, as somebody sees it in their language. `languages`: the others it is in.

    `words`: what stands around it, in the same language.
    """

    words: Words
    case: Case
    questionnaire: Questionnaire
    wording: Wording
    sheet: Sheet
    language: str
    languages: tuple[str, ...]

    @property
    def form(self) -> Form:
        return self.questionnaire.form

    def about(self, page: str = "", language: str = "") -> str:
        name = self.questionnaire.name
        return to_sheeted(Sheeted(self.case.id, name, page, language or self.language))


def overview(seen: Assessing) -> dict[str, Any]:
    """Every page that applies now, how far it is, and what the answers come to so far."""
    words = seen.words
    page = words.page(
        "assess",
        title=seen.questionnaire.scheme.title,
        ref=seen.case.ref or "",
        use=seen.case.title,
        **figures(seen.sheet.finding),
    )
    drawn: list[b.Block | None] = [b.section(page["intro"]), b.section(page["result"])]
    others = [each for each in seen.languages if each != seen.language]
    if others:
        row = [
            _jump(seen, words.label(f"assess.language.{each}"), "", each, n) for n, each in enumerate(others)
        ]
        drawn.append(b.actions(row))
    drawn.append(b.divider())
    for number, each in enumerate(progress(seen.form, seen.sheet.answers), len(others)):
        line = words.line(
            "assess.section", name=_name(seen, each.page), answered=each.answered, asked=each.asked
        )
        drawn.append(b.section(line, _jump(seen, words.label("button.open_page"), each.page, "", number)))
    title, submit = words.label("modal.assess"), words.label("button.continue")
    return modal(words, View.ASSESS, title, drawn, submit=submit, about=seen.about())


def figures(finding: Finding | None) -> dict[str, Any]:
    """What a template says of a result; nothing of it where nobody has begun."""
    if finding is None:
        return {"begun": False}
    return {"begun": True, "level": ROMAN[finding.impact_level - 1], **finding.model_dump()}


def page_view(seen: Assessing, page: Page) -> dict[str, Any]:
    """`block_id` is the question's id; what is handed in is kept, whatever becomes of the window."""
    words, answers = seen.words, seen.sheet.answers
    counted = progress(seen.form, answers)
    number = next((at for at, each in enumerate(counted, 1) if each.page == page.id), 1)
    drawn: list[b.Block | None] = [
        b.header(_name(seen, page.id)),
        b.context(words.line("assess.where", number=number, count=len(counted))),
    ]
    for question in fields(seen.form, page, answers):
        drawn += _field(seen, question, answers.get(question.id, NOT_ASKED))
    title, submit = words.label("modal.assess"), words.label("button.keep_page")
    return modal(words, View.ASSESS_PAGE, title, drawn, submit=submit, about=seen.about(page.id))


def _field(seen: Assessing, question: Question, known: Answer) -> Iterator[b.Block]:
    """A choice that Slack would cut is printed in full above its field."""
    labels = [seen.wording.label(question.id, choice.id) for choice in question.choices]
    ask = seen.wording.ask(question.id)
    cut = any(width(text) > b.OPTION for text in labels)
    if cut:
        listed = "\n".join(f"{number}. {text}" for number, text in enumerate(labels, 1))
        yield from b.sections(seen.words.line("assess.choices", ask=ask, choices=listed))
        labels = [f"{number}. {text}" for number, text in enumerate(labels, 1)]
    yield b.field(question.id, ask, _element(seen, question, known, labels), optional=True)


def _element(seen: Assessing, question: Question, known: Answer, labels: list[str]) -> b.Element:
    words = seen.words
    options = [b.option(text, choice.id) for text, choice in zip(labels, question.choices, strict=True)]
    if question.kind is Kind.many:
        several = words.label("placeholder.choose_any")
        return b.several(Input.VALUE, several, options, ticked=known.picked)
    if question.kind is Kind.one:
        return b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=known.text)
    return b.typed(text=known.text, longest=question.longest, lines=question.longest > LINE)


def _jump(seen: Assessing, label: str, page: str, language: str, number: int) -> b.Element:
    value = to_value(Press(case=seen.case.id, choice=seen.about(page, language)))
    return b.button(Action.ASSESS_PAGE, label, value, number=number)


def _name(seen: Assessing, page: str) -> str:
    return seen.words.label(f"assess.page.{page}")


def assess_button(words: Words, case: str, name: str, title: str) -> b.Element:
    return b.button(
        Action.ASSESS, words.label("button.assess_by", title=title), to_value(Press(case=case, choice=name))
    )
