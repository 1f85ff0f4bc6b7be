"""Whether the management system covers a use, in words and as rows: the same on cards, in the terminal, in a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.extract import Plain
from bot.words import Words
from triage.aims.entry import Draft, Entry
from triage.aims.scoped import Mark, Scope, about, mark
from triage.case import Case

COLUMNS = (
    *("ref", "title", "unit", "state", "scope", "why", "what"),
    *("version", "drafted_by", "approved_by", "since"),
)
OPERATOR = "operator"
"""Who drafted what nobody here did."""


def line(words: Words, mark: Mark | None) -> str:
    """The mark and its reason; "" where no scope counts."""
    if mark is None:
        return ""
    return words.label("scope.marked", standing=standing(words, mark), why=why(words, mark))


def standing(words: Words, mark: Mark) -> str:
    return words.label(f"scope.is.{mark.within}")


def why(words: Words, mark: Mark) -> str:
    return words.label(f"scope.why.{mark.why}", what=mark.what)


def because(words: Words, row: Plain) -> str:
    """The reason that stands in a row."""
    return words.label(f"scope.why.{row['why']}", what=row["what"])


def to_row(scope: Scope, case: Case, people: Mapping[str, str]) -> Plain:
    """Each row says by which version, who drafted and who approved it, and when."""
    found, draft = mark(scope, about(case)), scope.draft
    return {
        "ref": case.ref or case.id,
        "title": case.title or case.tool_name or case.words[:80],
        "unit": case.unit,
        "state": case.status.value,
        "scope": found.within,
        "why": found.why,
        "what": found.what,
        "version": f"{scope.ref}.{draft.number}",
        "drafted_by": drafter(draft, people),
        "approved_by": approvers(draft, people),
        "since": since(draft),
    }


def versions(entry: Entry) -> Iterator[Draft]:
    """All that count or once did, the latest first."""
    return (each for each in reversed(entry.drafts) if each.since is not None)


def drafter(draft: Draft, people: Mapping[str, str]) -> str:
    return people.get(draft.by, draft.by) or OPERATOR


def approvers(draft: Draft, people: Mapping[str, str]) -> str:
    return ", ".join(people.get(each.by, each.by) for each in draft.yeses)


def since(draft: Draft) -> str:
    return draft.since.date().isoformat() if draft.since is not None else ""
