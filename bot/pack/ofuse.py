"""The page of one use: what became of it, what was decided and why, what was answered, what is done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.pack import decided, judged, life
from bot.pack.sections import Cell, Section, Sheet, table
from bot.pack.using import Showing, about, facts, known, level, moment, who
from bot.written import Written
from store.recounted import Recounted
from triage.case import Case
from triage.reviews import reviews_of

Rows = Iterable[Iterable[str | Cell]]


def sheet(
    case: Case,
    name: str,
    written: Written,
    show: Showing,
    standing: Iterable[tuple[str, str]] = (),
    onward: Mapping[str, Sequence[Iterable[str | Cell]]] = MappingProxyType({}),
    many: int = 0,
    lines: Sequence[Recounted] = (),
) -> Sheet:
    """The one place that decides what a use's page holds; `standing` and `onward`: of a use under way; `lines`, the
    last of so `many`: what became of it.
    """
    (use,), words = written.uses, show.words
    sections = (
        *_section(show, "open", onward.get("open", ())),
        *_section(show, "about", (*about(case, use, words, show.people), *standing), bare=True),
        *life.section(many, lines, show),
        *decided.sections(case, written, show),
        *judged.sections(case, show),
        *_answers(case, use, show),
        *(each for name in UNDERWAY for each in _section(show, name, onward.get(name, ()))),
        *_around(case, written, show),
    )
    return Sheet(
        f"uses/{name}.html",
        f"{name}: {case.title or case.tool_name or case.words[:80]}",
        (
            words.label(f"status.{case.status.value}"),
            level(words, "tier", (use["results"] or {}).get("tier")),
        ),
        sections,
        (
            Cell(words.label("pack.register.title"), "../register.html"),
            Cell(words.label("pack.index"), "../index.html"),
        ),
    )


UNDERWAY = ("tasks", "parts", "readings", "incidents")


def _section(show: Showing, id: str, rows: Rows, *, bare: bool = False) -> Iterable[Section]:
    """None without rows."""
    drawn = table(() if bare else show.words.label(f"pack.use.{id}_heads").split(" | "), rows)
    if drawn.rows:
        yield Section(id, show.words.label(f"pack.use.{id}"), (), (drawn,))


def _answers(case: Case, use: Mapping[str, Any], show: Showing) -> Iterable[Section]:
    says = (show.words.label("pack.use.facts_say"),)
    yield from (each._replace(says=says) for each in _section(show, "facts", facts(use, case, show)))


def _around(case: Case, written: Written, show: Showing) -> Iterable[Section]:
    people, words = show.people, show.words
    yield from _section(
        show,
        "inquiries",
        (
            (moment(e["asked_at"]), who(people, e["asked_by"]), e["question"], e["answer"], e["files"])
            for e in written.inquiries
        ),
    )
    yield from _section(
        show,
        "reviews",
        (
            (
                *(each.ref, known(words, "dossier.review_state", each.state), each.due.isoformat()),
                *(each.depth.replace("_", " "), each.outcome.replace("_", " ")),
            )
            for each in reviews_of(case)
        ),
    )
    yield from _section(
        show,
        "teams",
        ((each["unit"], who(people, each["owner"]), each["joined_at"][:10]) for each in written.deployments),
    )
