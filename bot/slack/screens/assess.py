"""A questionnaire in a window: what there is and how far it is, and one page of it with its questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.markup import Mrkdwn, width
from bot.slack import blocks as b
from bot.slack.abouts import Sheeted, to_sheeted
from bot.slack.ids import UNSURE, Action, Input, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Assessed, Scene
from bot.words import Words
from intake.answers import NOT_ASKED, Answer, State
from intake.condition import View as Sight
from intake.form import Form, Kind, Page, Question
from intake.texts import Wording
from triage.aims.assessed import Standing
from triage.case import Case
from triage.guide import Guide, Weighed, given, is_whole, minded, who_says
from triage.questionnaire import Finding, Questionnaire, Sheet, fields, is_needed, progress
from triage.schemes import TASKED

LINE = 300
"""A longer answer has several lines."""

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Looked:
    """How a review stands, by whom and in which words; `may`: whether the reader may say."""

    standing: Standing = "none"
    by: Mrkdwn = field(default_factory=lambda: Mrkdwn(""))
    at: datetime | None = None
    words: str = ""
    may: bool = False


@dataclass(frozen=True)
class Assessing:
    """A questionnaire about one use, as somebody sees it in their language. `languages`: the others it is in.

    `words`: what stands around it, in the same language. `known`: what the intake knows; `others`: questionnaires that
    are switched on, too; `looked`: whether somebody else looked at it.
    """

    words: Words
    case: Case
    questionnaire: Questionnaire
    wording: Wording
    sheet: Sheet
    language: str
    languages: tuple[str, ...]
    known: Mapping[str, Answer] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    looked: Looked = field(default_factory=Looked)

    @property
    def guide(self) -> Guide | None:
        return self.questionnaire.scheme if isinstance(self.questionnaire.scheme, Guide) else None

    @property
    def answers(self) -> dict[str, Answer]:
        """With what the rules say now."""
        return {**self.sheet.answers, **(given(self.form, self.case.verdict) if self.guide else {})}

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
        "assessing" if seen.guide else "assess",
        title=seen.questionnaire.scheme.title,
        ref=seen.case.ref or "",
        use=seen.case.title,
        **figures(words, seen.questionnaire.name, seen.sheet.finding, seen.looked.standing),
        weigher=_weigher(seen),
        **({"by": seen.looked.by, "at": seen.looked.at, "words": seen.looked.words} if seen.guide else {}),
    )
    drawn: list[b.Block | None] = [b.section(page["intro"]), b.section(page["result"])]
    if seen.guide and seen.sheet.version:
        drawn += b.sections(page["review"])
    languages = [each for each in seen.languages if each != seen.language]
    row = [
        _jump(seen, words.label(f"assess.language.{each}"), "", each, n) for n, each in enumerate(languages)
    ]
    row += [_other(seen, each, n) for n, each in enumerate(seen.others, len(row))]
    if seen.looked.may:
        value = to_value(Press(case=seen.case.id, choice=seen.about()))
        row.append(b.button(Action.ASSESS_REVIEW, words.label("button.assess_review"), value))
    if row:
        drawn.append(b.actions(row))
    drawn.append(b.divider())
    for number, each in enumerate(progress(seen.form, seen.answers), len(row)):
        line = words.line(
            "assess.section", name=_name(seen, each.page), answered=each.answered, asked=each.asked
        )
        drawn.append(b.section(line, _jump(seen, words.label("button.open_page"), each.page, "", number)))
    title, submit = words.label("modal.assess"), words.label("button.continue")
    return modal(words, View.ASSESS, title, drawn, submit=submit, about=seen.about())


def _weigher(seen: Assessing) -> str:
    """Whose word it needs that all of it stands, as far as the answers go."""
    roles = who_says(seen.form, seen.guide, seen.answers) if seen.guide and seen.sheet.version else ()
    return seen.words.label(f"role.{roles[0]}") if roles else ""


def figures(
    words: Words, name: str, finding: Finding | Weighed | None, standing: Standing = "none"
) -> dict[str, Any]:
    """What a template says of a result; nothing of it where nobody has begun."""
    if finding is None:
        return {"begun": False, "guided": False}
    if isinstance(finding, Finding):
        return {
            "begun": True,
            "guided": False,
            "level": ROMAN[finding.impact_level - 1],
            **finding.model_dump(),
        }
    said = finding.model_dump() | {
        "outcome": words.label(f"assessing.outcome.{name}.{finding.outcome}"),
        "left": [words.label(f"assessing.left.{name}.{each}") for each in finding.left],
        "tasked": name in TASKED,
        "whole": is_whole(finding),
    }
    return {
        **said,
        "begun": True,
        "guided": True,
        "standing": standing,
        "state": words.label(f"assessing.state.{standing}"),
    }


def page_view(seen: Assessing, page: Page) -> dict[str, Any]:
    """`block_id` is the question's id; what is handed in is kept, whatever becomes of the window."""
    words, answers = seen.words, seen.answers
    counted = progress(seen.form, answers)
    number = next((at for at, each in enumerate(counted, 1) if each.page == page.id), 1)
    drawn: list[b.Block | None] = [
        b.header(_name(seen, page.id)),
        b.context(words.line("assess.where", number=number, count=len(counted))),
    ]
    for each in minded(seen.form, seen.guide, answers, page.id) if seen.guide else ():
        source = words.label(f"assessing.mind.source.{each.id}")
        drawn.append(b.section(words.line(f"assessing.mind.{each.id}", source=source)))
    for question in fields(seen.form, page, answers):
        before = seen.known.get(question.id, NOT_ASKED)
        drawn += _field(seen, question, answers.get(question.id, before))
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
    hint = seen.wording.help(question.id) if question.row else ""
    if question.id in seen.known and question.id not in seen.sheet.facts:
        hint = f"{seen.words.label('assessing.from_intake')} {hint}".strip()
    elif is_needed(question, Sight(seen.form.gates, seen.answers)):
        hint = f"{seen.words.label('assessing.needed')} {hint}".strip()
    yield b.field(question.id, ask, _element(seen, question, known, labels), hint=hint, optional=True)
    if question.id in seen.sheet.facts:
        for name in (each.id for each in seen.form.questions() if each.worked_out == question.id):
            met = seen.answers[name].text if name in seen.answers else ""
            yield b.context(seen.words.line(f"assessing.all_met.{met or 'open'}"))


def _element(seen: Assessing, question: Question, known: Answer, labels: list[str]) -> b.Element:
    words = seen.words
    options = [b.option(text, choice.id) for text, choice in zip(labels, question.choices, strict=True)]
    if seen.guide and question.choices:
        options.append(b.option(words.label("button.not_sure"), UNSURE))
    ticked = (*known.picked, UNSURE) if known.state is State.unsure else known.picked
    if question.kind is Kind.many:
        several = words.label("placeholder.choose_any")
        return b.several(Input.VALUE, several, options, ticked=ticked)
    if question.kind is Kind.one:
        chosen = ticked[0] if ticked else ""
        return b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=chosen)
    return b.typed(text=known.text, longest=question.longest, lines=question.longest > LINE)


def _jump(seen: Assessing, label: str, page: str, language: str, number: int) -> b.Element:
    value = to_value(Press(case=seen.case.id, choice=seen.about(page, language)))
    return b.button(Action.ASSESS_PAGE, label, value, number=number)


def _other(seen: Assessing, name: str, number: int) -> b.Element:
    """To another questionnaire about the same use."""
    about = to_sheeted(Sheeted(seen.case.id, name))
    value = to_value(Press(case=seen.case.id, choice=about))
    return b.button(Action.ASSESS_PAGE, seen.words.label(f"assessing.name.{name}"), value, number=number)


def _name(seen: Assessing, page: str) -> str:
    key = f"assessing.page.{seen.form.id}.{page}" if seen.guide else f"assess.page.{page}"
    return seen.words.label(key)


def assess_buttons(scene: Scene) -> list[b.Element]:
    """One for each that is switched on; several of a row are told apart by their number."""
    return [_assess_button(scene, each, number) for number, each in enumerate(scene.assessed)]


def _assess_button(scene: Scene, asked: Assessed, number: int) -> b.Element:
    value = to_value(Press(case=scene.case.id, choice=asked.name))
    label = scene.words.label("button.assess_by", title=asked.title)
    return b.button(Action.ASSESS, label, value, number=number or None)
