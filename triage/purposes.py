"""Whether what somebody asks about is what a use was approved for: in the same words, and by what they hint at.

The whole message is compared, also what stands beside the aim; and whoever says yes says that nothing else is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from intake.answers import Answer, State
from intake.likeness import affirmed, kind_topics, takes_back, topics
from intake.reading import Reading
from intake.sentence import PLANS, hints, without_greeting
from intake.wording import has_all, wording
from triage.register import Entry

COMPARED = ("people", "data", "account", "output_use", "area")
"""Questions to which somebody's words may hint at another answer than the approved one."""
LEAST = frozenset(
    {("people", "only_team"), ("data", "public"), ("data", "internal"), ("output_use", "draft_self")}
)
"""Less than anything that may have been approved."""
ALWAYS = "account"
"""A private account is no approved one, whatever the words of the use say, and where nobody was asked about it."""
COVERED = 2
"""Of what a use was approved for at least one word in so many is named; "customers" alone is no purpose."""

CUT = "…"
"""Ends a title that says less than the purpose it was made from: what was cut may take it back."""

Fit = Literal["all", "some", "none"]


class Asked(NamedTuple):
    """`about`: topics of the whole message; none where it only names a tool. `words`: all that a yes has to say, too.

    `limited`: it says what is not meant. `hints`: of answers.
    """

    about: frozenset[str]
    limited: bool = False
    hints: tuple[tuple[str, str], ...] = ()
    words: frozenset[str] = frozenset()


class Known(NamedTuple):
    """A use that the reader may see, what it is for in its own words, and what was chosen of what is compared."""

    use: Entry
    purpose: str = ""
    answers: Mapping[str, Answer] = {}


def asked(reading: Reading, words: str) -> Asked:
    """All that was said besides the name of the tool, wherever in the message it stands."""
    said = _without_name(without_greeting(words), reading)
    hinted = ((each.question, each.value) for each in reading.proposals)
    told = tuple(hint for hint in hinted if hint[0] in COMPARED and hint not in LEAST)
    return Asked(topics(said), takes_back(words), told, wording(said))


def _without_name(said: str, reading: Reading) -> str:
    """One name and nothing else that was taken for one, with its version, or a plan that hints at the account."""
    named = reading.tool.text if reading.tool.kind != "none" else reading.tool_phrase
    plan = reading.tool.plan
    known = any(char.isdigit() for char in plan) or not PLANS.keys().isdisjoint(plan.casefold().split())
    behind = rf"(?:[\s(-]+{re.escape(plan)}(?!\w))?" if plan and known else ""
    return re.sub(rf"(?<!\w){re.escape(named)}(?!\w){behind}", " ", said) if named else said


def fit(asked: Asked, known: Known, category: str = "") -> Fit:
    """`all` only where every word of the question stands in one sentence that says what the use is for."""
    title = known.use.bare_title
    said = (*(() if title.endswith(CUT) else affirmed(title)), *affirmed(known.purpose))
    whole = [piece for piece in said if _says(piece, asked.words)]
    if asked.about and not asked.limited and any(not _differs(asked, known, piece) for piece in whole):
        return "all"
    every = topics(" ".join(said)) | kind_topics(category)
    return "some" if asked.about & every else "none"


def _says(piece: str, words: frozenset[str]) -> bool:
    named = wording(piece)
    return has_all(named, words) and len(named) <= COVERED * len(words)


def _differs(asked: Asked, known: Known, piece: str) -> bool:
    """Whether its words hint at something else than was answered; not by words that were approved themselves."""
    seen = {(hint.question, hint.value) for hint in hints().proposals(piece)}
    answers = {q: answer.picked for q, answer in known.answers.items() if answer.state is State.answered}
    told = ((q, value) for q, value in asked.hints if q == ALWAYS or (q, value) not in seen)
    return any(value not in answers.get(q, () if q == ALWAYS else (value,)) for q, value in told)
