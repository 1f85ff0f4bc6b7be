"""Draws docs/requirements.md and docs/standard.md: what is missing first, then point by point."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from tests.proven.answers import (
    DOCS,
    Answer,
    Companion,
    Requirement,
    Shown,
    Standing,
    articles,
    clauses,
    companions,
    controls,
    headings,
    requirements,
)
from triage.aims.standard import standard

MEANT = """A point is *shown* if a test of Steward's shows it; *in part* if something is still missing beside what is
shown; *not yet* if nothing shows it; *not Steward's* if it has to come from elsewhere, with the reason. Each name of a
test leads to its file, and `python -m tests.proven SR-028 A.3.3` runs exactly those of these points. What is written
here is our own; it gives no legal advice."""

REQUIREMENTS = f"""# What was asked for, and what shows it

The {{count}} requirements that the project began with, read out of five articles on AI management systems, in our own
words. Drawn from `tests/proven/requirements.yaml` by `python -m tests.proven`; a test compares, and looks whether every
test that is named here exists.

{MEANT}
"""

STANDARD = f"""# ISO/IEC 42001, clause by clause and control by control

What arises from using Steward and can be shown as evidence, what an organisation has to bring itself, and which test
shows that Steward does its part. Identifiers are those of ISO/IEC 42001:2023; the words are ours, and the standard has
to be bought. Drawn from `tests/proven/standard.yaml` by `python -m tests.proven`; a test compares.

{MEANT}
"""


def pages() -> dict[Path, str]:
    return {DOCS / "requirements.md": requirements_page(), DOCS / "standard.md": standard_page()}


def requirements_page() -> str:
    asked = requirements()
    return _joined(
        REQUIREMENTS.format(count=len(asked)),
        *_counted(
            {
                priority: [r for r in asked if r.priority == priority]
                for priority in ("must", "should", "could")
            }
        ),
        *_missing([(each, each.asks) for each in asked]),
        *_by_subject(asked),
        "## Where they come from",
        "",
        "Articles by the name of their file, and the lines of each.",
        "",
        *(f"{number}. `{name}`" for number, name in articles().items()),
        "",
        "| | lines |",
        "|---|---|",
        *(
            f"| {each.id} | {'; '.join(f'{n}: {lines}' for n, lines in each.lines.items())} |"
            for each in asked
        ),
    )


def standard_page() -> str:
    points = {"clauses": clauses(), "controls": controls()}
    return _joined(
        STANDARD,
        *_counted(points),
        *_missing([(each, standard()[each.id].title) for found in points.values() for each in found]),
        *_points("Clauses", points["clauses"]),
        *_points("Controls of Annex A", points["controls"]),
        *_companions(companions()),
    )


def _joined(*lines: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _counted(groups: Mapping[str, Sequence[Answer]]) -> Iterator[str]:
    yield "| | " + " | ".join(Standing) + " | all |"
    yield "|---" * (len(Standing) + 2) + "|"
    for name, answers in groups.items():
        count = Counter(each.standing for each in answers)
        yield f"| {name} | " + " | ".join(str(count[each]) for each in Standing) + f" | {len(answers)} |"


def _missing(asked: Sequence[tuple[Answer, str]]) -> Iterator[str]:
    """Gaps come first: nobody should have to look for them."""
    yield from ("", "## What is missing", "")
    open_ = [(each, asks) for each, asks in asked if each.not_yet]
    if not open_:
        yield "Nothing."
        return
    yield from ("| | asked | | what is missing |", "|---|---|---|---|")
    yield from (
        f"| [{each.id}](#{_anchor(each.id)}) | {asks} | {each.standing} | {each.not_yet} |"
        for each, asks in open_
    )


def _by_subject(asked: Sequence[Requirement]) -> Iterator[str]:
    for about, found in groupby(asked, key=lambda each: each.about):
        yield from ("", f"## {about.capitalize()}", "")
        yield from ("| | asked | how Steward does it | shown by |", "|---|---|---|---|")
        for each in found:
            named = f"{_named(each.id)}<br>{each.priority}<br>{', '.join(each.standard)}"
            yield f"| {named} | {each.asks} | {_how(each)} | {_shown(each)} |"


def _points(title: str, points: Sequence[Shown]) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield from (
        "| | asked | evidence that arises from use, and how | what you bring | shown by |",
        "|---|---|---|---|---|",
    )
    for each in points:
        evidence = "<br>".join(filter(None, (each.evidence, _how(each))))
        yield f"| {_named(each.id)} | {standard()[each.id].title} | {evidence} | {_brought(each)} | {_shown(each)} |"


def _brought(each: Shown) -> str:
    return each.brings or standard()[each.id].theirs


def _companions(found: Sequence[Companion]) -> Iterator[str]:
    yield from ("", "## Standards beside it", "", "| | about | |", "|---|---|---|")
    yield from (f"| {each.id} | {each.topic} | [source]({each.source}) |" for each in found)


def _anchor(id_: str) -> str:
    return id_.lower().replace(".", "-")


def _named(id_: str) -> str:
    return f'<a id="{_anchor(id_)}"></a>**{id_}**'


def _how(each: Answer) -> str:
    places = ", ".join(map(_place, each.see))
    return " ".join(filter(None, (each.how, f"→ {places}" if places else "")))


def _place(place: str) -> str:
    """A command as it is typed, a page by its title, a part of it by its heading."""
    if place.startswith("steward "):
        return f"`{place}`"
    name, _, anchor = place.partition("#")
    titles = headings(DOCS / name)
    return f"[{titles[anchor] if anchor else next(iter(titles.values()))}]({place})"


def _shown(each: Answer) -> str:
    told = [f"• {_test(test)}" for test in each.tests]
    if each.not_yet:
        told.append(f"**Not yet:** {each.not_yet}")
    if each.not_ours:
        told.append(f"**Not Steward's:** {each.not_ours}")
    return "<br>".join(told)


def _test(test: str) -> str:
    path, _, name = test.partition("::")
    said = name.rpartition("::")[2].removeprefix("test_").replace("_", " ")
    return f"[{said}](../{path})"
