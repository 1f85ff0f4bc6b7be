"""Whether what somebody asks about is what a use was approved for: by the stems of its words, and by what they hint at.

Likeness proves nothing, so whoever says yes by it names the use and says that nothing else is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from intake.answers import Answer, State
from intake.likeness import affirmed, kind_topics, takes_back, topics
from intake.reading import Reading
from triage.register import Entry

COMPARED = ("people", "data", "account", "output_use", "area")
"""Questions to which somebody's words may hint at another answer than the approved one."""
LEAST = frozenset(
    {("people", "only_team"), ("data", "public"), ("data", "internal"), ("output_use", "draft_self")}
)
"""Less than anything that may have been approved."""
ALWAYS = "account"
"""A private account is no approved one, whatever it is used for."""
COVERED = 2
"""Of what a use was approved for at least one topic in so many is named; "customers" alone is no purpose."""

CUT = "…"
"""Ends a title that says less than the purpose it was made from: what was cut may take it back."""

Fit = Literal["all", "some", "none"]


class Asked(NamedTuple):
    """`about`: its topics; none where no purpose was named. `limited`: with what is not meant. `hints`: of answers."""

    about: frozenset[str]
    limited: bool = False
    hints: tuple[tuple[str, str], ...] = ()


class Known(NamedTuple):
    """A use that the reader may see, what it is for in its own words, and what was chosen of what is compared."""

    use: Entry
    purpose: str = ""
    answers: Mapping[str, Answer] = {}


def asked(reading: Reading, words: str) -> Asked:
    """What was asked besides the name of the tool."""
    purpose = reading.purpose if reading.aimed else words
    for named in (reading.tool.text, reading.tool_phrase, reading.tool.plan):
        purpose = purpose.replace(named, " ") if named else purpose
    hints = ((each.question, each.value) for each in reading.proposals if isinstance(each.value, str))
    told = tuple(hint for hint in hints if hint[0] in COMPARED and hint not in LEAST)
    return Asked(topics(purpose), takes_back(words), told)


def fit(asked: Asked, known: Known, category: str = "") -> Fit:
    """`all` only where every word of the question stands in one sentence that says what the use is for."""
    title = known.use.bare_title
    said = (*(() if title.endswith(CUT) else affirmed(title)), *affirmed(known.purpose))
    whole = [piece for piece in said if asked.about <= piece and len(piece) <= COVERED * len(asked.about)]
    if asked.about and whole and not asked.limited:
        same = asked.about in whole
        if not differs(asked.hints, known.answers, only=(ALWAYS,) if same else COMPARED):
            return "all"
    every = frozenset[str]().union(*said) | kind_topics(category)
    return "some" if asked.about & every else "none"


def differs(
    hints: Iterable[tuple[str, str]], answers: Mapping[str, Answer], only: Iterable[str] = COMPARED
) -> bool:
    """Whether a word hints at something else than what was answered when the use was approved."""
    wanted = [(question, value) for question, value in hints if question in tuple(only)]
    known = {q: answer for q, answer in answers.items() if answer.state is State.answered}
    return any(q in known and value not in known[q].picked for q, value in wanted)
