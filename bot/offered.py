"""The library of conditions as a page to read: what may be agreed to, when it is offered, and what it is bound to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.words import Words
from intake.condition import Always
from intake.form import Form
from intake.texts import Wording
from triage.plain import in_words
from triage.rules import RuleBook, Usual
from triage.usual import OFFERED

LONGEST = 12
"""Lines in which it can still be read when a condition is offered."""


def text(words: Words, each: Usual) -> str:
    """What is agreed to; an organisation's own is shown as it was written, in every language."""
    return each.text or words.label(f"condition.{each.id}")


def check(words: Words, each: Usual) -> str:
    return each.check or words.label(f"condition_check.{each.id}")


def page(book: RuleBook, form: Form, wording: Wording) -> str:
    words = Words()
    lines = [
        "# Conditions that are offered with a yes",
        "",
        f"Made by `steward policy conditions` from `triage/conditions.yaml`. The window offers at most {OFFERED}:",
        "those that the answers call for first, then those that always fit, then those of which it is not known yet.",
    ]
    for each in book.usual:
        lines += ["", f"## {text(words, each)}", "", *_about(each, words), "- Offered:"]
        lines += [f"  {line}" for line in _when(each, form, wording)]
        lines += [f"- Source: {each.source}"]
    return "\n".join(lines) + "\n"


def _about(each: Usual, words: Words) -> Iterator[str]:
    yield f"- `{each.id}`"
    yield f"- Checked by: {check(words, each)}"
    if each.days:
        follows = words.label(f"otherwise.{each.otherwise}")
        yield f"- To be met in {each.days} working days. If not: {follows[:1].lower()}{follows[1:]}."
    else:
        yield "- Holds all the time."


def _when(each: Usual, form: Form, wording: Wording) -> Iterator[str]:
    if isinstance(each.when, Always):
        yield "- with every use"
        return
    lines = "\n".join(in_words(each.when, form, wording)).splitlines()
    yield from (
        lines
        if len(lines) <= LONGEST
        else ("- where rules find it that rest on many answers (`when` names it)",)
    )
