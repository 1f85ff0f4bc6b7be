"""All that was answered in a questionnaire of ours, with who said it, for whoever looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Input, View
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.assess import Assessing
from intake.answers import Answer, State
from intake.form import Question
from intake.rows import is_met, to_rows
from triage.questionnaire import fields, pages

LONGEST = 1500
OUTCOMES = ("stands", "work_left")
MET_BY = {True: "yes", False: "no", None: "open"}


def review_view(seen: Assessing, stamp: str, voice: Voice) -> dict[str, Any]:
    """`stamp` comes back with it: it names exactly what is shown."""
    words = seen.words
    title = seen.questionnaire.scheme.title
    drawn: list[b.Block | None] = [
        b.section(words.line("assessing.look", title=title, ref=seen.case.ref or ""))
    ]
    for page in pages(seen.form, seen.answers):
        lines = [_line(seen, each, voice) for each in fields(seen.form, page, seen.answers)]
        drawn += b.sections(
            Mrkdwn("\n".join([words.line("assessing.of_page", name=_page(seen, page.id)), *lines]))
        )
    options = [b.option(words.label(f"assessing.ruling.{each}"), each) for each in OUTCOMES]
    drawn += [
        b.divider(),
        b.field(
            Field.RULING, words.label("assessing.ruling_label"), b.radio(Input.VALUE, options), optional=True
        ),
        b.field(
            Field.WORDS,
            words.label("assessing.ruling_words"),
            b.typed(),
            hint=words.label("assessing.ruling_hint"),
            optional=True,
        ),
    ]
    submit = words.label("submit.assess_review")
    return modal(
        words, View.ASSESS_REVIEW, words.label("modal.assess"), drawn, submit=submit, about=seen.about(stamp)
    )


def _line(seen: Assessing, question: Question, voice: Voice) -> Mrkdwn:
    words, fact = seen.words, seen.sheet.facts.get(question.id)
    ask = seen.wording.ask(question.id)
    if fact is None or fact.answer.state is State.not_asked:
        return words.line("assessing.unanswered", ask=ask)
    said, by = _said(seen, question, fact.answer), voice.mention(fact.by) if fact.by else ""
    if question.row and fact.answer.state is State.answered:
        return words.line("assessing.said_lines", ask=ask, said=said, by=by)
    return words.line("assessing.said", ask=ask, said=said, by=by)


def _said(seen: Assessing, question: Question, answer: Answer) -> str:
    if question.row and answer.state is State.answered:
        return _cut("\n".join(f"• {line}" for line in _lines(seen, question, answer)))
    labels = [seen.wording.label(question.id, p) if question.choices else p for p in answer.picked]
    if answer.state is State.unsure:
        labels.append(seen.words.label("button.not_sure"))
    return _cut(", ".join(labels))


def _lines(seen: Assessing, question: Question, answer: Answer) -> Iterator[str]:
    """Each with whether its result is within its limit, where it is held to one."""
    held = any(column.kind == "limit" for column in question.row)
    for parts in to_rows(answer.text):
        met = MET_BY[is_met(question.row, parts)]
        said = seen.words.label(f"assessing.line_met.{met}") if held else ""
        yield f"{' | '.join(parts)}{said and f' ({said})'}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _page(seen: Assessing, page: str) -> str:
    return seen.words.label(f"assessing.page.{seen.form.id}.{page}")
