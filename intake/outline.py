"""A form as plain values, for programs and for people who want to read it as a whole."""

from intake.form import Form, Page, Question
from intake.grammar import to_plain
from intake.texts import Wording


def show(form: Form, wording: Wording) -> dict[str, object]:
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


def _question(page: Page, question: Question, form: Form, wording: Wording) -> dict[str, object]:
    return {
        "id": question.id,
        "page": page.id,
        "kind": question.kind.value,
        "ask": wording.ask(question.id),
        "short": wording.short(question.id),
        "help": wording.help(question.id),
        "why": wording.why(question.id),
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
        "settled_by": question.settled_by,
        "longest": question.longest,
    }
