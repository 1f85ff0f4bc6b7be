"""What of a model's answer may be shown: open questions, choices that exist, words that stand there, signs one sees."""

from __future__ import annotations

import unicodedata

from intake.answers import State
from intake.form import Form, Kind
from triage.case import Case
from triage.consulting import Suggest, Suggestion

QUOTED = range(4, 301)
"""How long the words may be that a suggestion rests on."""


def fitting(said: Suggest, text: str, case: Case, form: Form) -> tuple[Suggestion, ...]:
    """What may be shown: of questions that are open, choices that exist, resting on words that stand there."""
    found: dict[str, Suggestion] = {}
    for each in said.suggestions:
        if each.question not in found and _fits(each, case, form) and _is_said(each.because, text):
            found[each.question] = each
    return tuple(found.values())


def _fits(said: Suggestion, case: Case, form: Form) -> bool:
    question = form.by_id.get(said.question)
    if question is None or question.kind not in (Kind.one, Kind.many) or question.after or question.claim:
        return False
    if not said.choices or len(set(said.choices)) != len(said.choices):
        return False
    if not set(said.choices) <= question.choice_ids - {question.none}:
        return False  # what words do not say is never taken for a no
    if question.kind is Kind.one and len(said.choices) > 1:
        return False
    known = case.answers.get(said.question)
    return (known is None or known.state is State.not_asked) and _is_unread(said.question, case)


def _is_unread(question: str, case: Case) -> bool:
    """Nothing was read of it by patterns: what stands there already is never replaced."""
    return case.talk is not None and case.talk.proposal(question) is None


def _is_said(because: str, text: str) -> bool:
    """Verbatim, with its words whole, and with enough of them to say something."""
    wanted = because.strip()
    if len(wanted) not in QUOTED or wanted not in text:
        return False
    at = text.index(wanted)
    ends = (text[at - 1 : at], text[at + len(wanted) : at + len(wanted) + 1])
    return any(map(str.isalpha, wanted)) and not any(map(str.isalnum, ends))


def readable(text: str, longest: int) -> str:
    """A model's words without signs that nobody sees, or "" where that is no text to show."""
    kept = "".join(
        c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
    kept = kept.strip()
    return kept if len(kept) <= longest and any(map(str.isalpha, kept)) else ""
