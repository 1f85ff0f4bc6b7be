"""Gaps in words: what kind of thing is open, which one, and what to do next; and their table, the gravest first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from bot.auditreport import chapter
from bot.extract import Plain
from bot.library import library
from bot.pack.gaps import KINDS, Gap
from bot.pack.using import asked
from bot.words import Words
from triage.aims.covered import BESIDE

COLUMNS = ("rank", "kind", "means", "ref", "what", "says", "since", "next")
OF_TASKS = ("task_late", "assessment_missing")
TEXT = "utf-8"


def what_of(words: Words, gap: Gap) -> str:
    """Which one it is, in the words of whoever reads it."""
    what = gap.what
    match gap.kind:
        case "clock_missed":
            return words.label(f"clock.{what}") if words.has(f"clock.{what}") else what
        case "fact_open":
            wording = library(words.language).wording
            return ", ".join(asked(wording, question) for question in what.split(", "))
        case "decision_late":
            return words.label(f"status.{what}")
        case "supplier_open":
            return words.label(f"suppliers.is.{what}")
        case "readings_missed":
            return words.label(f"pack.gap_what.every.{what}")
        case "training_late":
            late = (one.split(" ") for one in what.split(", "))
            return ", ".join(f"{_role(words, role)}: {count}" for role, count in late)
        case "audit_uncovered":
            return f"{chapter(words, gap.ref)}: {what}"
        case "rules_unadopted":
            return words.label("pack.gap_what.rules")
        case "policy_unread":
            unread, of = what.split(" ")
            return words.label("pack.gap_what.policy_unread", unread=unread, count=of)
        case "dpia_missing" | "fria_missing":
            return words.label("pack.gap_what.screening")
    if gap.kind in OF_TASKS:
        return words.label(f"task.{what}") if words.has(f"task.{what}") else what.replace("_", " ")
    if gap.kind.startswith("coverage_"):
        return _lacks(words, what)
    return what


def _role(words: Words, role: str) -> str:
    return words.label(f"role_name.{role}") if words.has(f"role_name.{role}") else role.replace("_", " ")


def _lacks(words: Words, what: str) -> str:
    """What is short is named as its source is; what belongs to every point has a word of its own."""
    each = (words.label(f"pack.gap_what.lacks.{one}") if one in BESIDE else one for one in what.split("; "))
    return "; ".join(each)


def means(words: Words, kind: str) -> str:
    return words.label(f"pack.gap.{kind}")


def next_of(words: Words, kind: str) -> str:
    """What somebody does about it."""
    return words.label(f"pack.gap_next.{kind}")


def to_row(words: Words, gap: Gap) -> Plain:
    """For machines and for whoever reads a table alone: each code stands beside its words."""
    return {
        "rank": KINDS.index(gap.kind) + 1,
        "kind": gap.kind,
        "means": means(words, gap.kind),
        "ref": gap.ref,
        "what": gap.what,
        "says": what_of(words, gap),
        "since": gap.since or None,
        "next": next_of(words, gap.kind),
    }


class Ranked:
    """Gaps as they are found, kept on disk by kind: the table has the gravest first, and memory stays flat."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        self._folder = folder
        self._open: dict[str, IO[str]] = {}

    def put(self, gap: Gap) -> None:
        if gap.kind not in self._open:
            self._open[gap.kind] = (self._folder / gap.kind).open("w", encoding=TEXT)
        self._open[gap.kind].write(json.dumps(gap) + "\n")

    def write(self, put: Callable[[Plain], object], words: Words) -> None:
        for kind in self._kinds():
            self._open[kind].close()
            with (self._folder / kind).open(encoding=TEXT) as lines:
                for line in lines:
                    put(to_row(words, Gap(*json.loads(line))))

    def _kinds(self) -> Iterable[str]:
        return (kind for kind in KINDS if kind in self._open)
