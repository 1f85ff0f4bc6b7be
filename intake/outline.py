"""A form as plain values, for programs and for people who want to read it as a whole."""

from typing import TypedDict

from intake.form import Form, Page, Question
from intake.grammar import to_plain
from intake.texts import Wording


class ShownChoice(TypedDict):
    id: str
    label: str
    when: object
    alone: bool


class ShownQuestion(TypedDict):
    """`when` is the whole condition, its page's included, in the grammar's words; None if always."""

    id: str
    page: str
    kind: str
    ask: str
    short: str
    help: str
    why: str
    examples: list[str]
    when: object
    may_be_unsure: bool
    choices: list[ShownChoice]
    record: bool
    claim: bool
    after: bool
    defaulted: bool
    in_full: bool
    changeable: bool
    settled_by: str
    longest: int


class ShownForm(TypedDict):
    form: str
    version: str
    digest: str
    language: str
    texts_digest: str
    questions: list[ShownQuestion]


def show(form: Form, wording: Wording) -> ShownForm:
    """Every question with its choices, texts and condition, in the order of asking."""
    return {
        "form": form.id,
        "version": form.version,
        "digest": form.digest,
        "language": wording.texts.language,
        "texts_digest": wording.texts.digest,
        "questions": [
            _question(page, question, form, wording) for page in form.pages for question in page.questions
        ],
    }


def _question(page: Page, question: Question, form: Form, wording: Wording) -> ShownQuestion:
    return {
        "id": question.id,
        "page": page.id,
        "kind": question.kind.value,
        "ask": wording.ask(question.id),
        "short": wording.short(question.id),
        "help": wording.help(question.id),
        "why": wording.why(question.id),
        "examples": list(wording.examples(question.id)),
        "when": to_plain(form.gates[question.id], form.by_id),
        "may_be_unsure": question.may_be_unsure,
        "choices": [
            {
                "id": choice.id,
                "label": wording.label(question.id, choice.id),
                "when": to_plain(choice.when, form.by_id),
                "alone": choice.alone,
            }
            for choice in question.choices
        ],
        "record": question.record,
        "claim": question.claim,
        "after": question.after,
        "defaulted": question.defaulted,
        "in_full": question.in_full,
        "changeable": question.changeable,
        "settled_by": question.settled_by,
        "longest": question.longest,
    }
