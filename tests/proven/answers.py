"""Reads requirements.yaml and standard.yaml: what is asked, how Steward does it, what shows it, what is missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from bot.__main__ import COMMANDS
from intake.value import Value

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
DOCS = ROOT / "docs"


class Standing(StrEnum):
    shown = "shown"
    in_part = "in part"
    not_yet = "not yet"
    not_ours = "not Steward's"


class Answer(Value):
    """At least one of: `tests` that show it, what is `not_yet` there, why it is `not_ours`."""

    id: str
    how: str = ""
    see: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    not_yet: str = ""
    not_ours: str = ""

    @property
    def standing(self) -> Standing:
        if self.not_ours:
            return Standing.not_ours
        if self.not_yet:
            return Standing.in_part if self.tests else Standing.not_yet
        return Standing.shown


class Requirement(Answer):
    """One of the 98; `lines` are those of the articles that it was read from, by number."""

    priority: Literal["must", "should", "could"]
    about: str
    asks: str
    standard: tuple[str, ...]
    lines: dict[int, str]


class Shown(Answer):
    """Of a clause or a control: `evidence` arises from use; `brings`, of a clause, is what the organisation has to."""

    evidence: str = ""
    brings: str = ""


class Companion(Value):
    """A standard beside this one."""

    id: str
    topic: str
    source: str


@cache
def _read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return loaded


def articles() -> dict[int, str]:
    return dict(_read("requirements.yaml")["articles"])


def requirements() -> tuple[Requirement, ...]:
    return tuple(Requirement.model_validate(each) for each in _read("requirements.yaml")["requirements"])


def clauses() -> tuple[Shown, ...]:
    return tuple(Shown.model_validate(each) for each in _read("standard.yaml")["clauses"])


def controls() -> tuple[Shown, ...]:
    return tuple(Shown.model_validate(each) for each in _read("standard.yaml")["controls"])


def every() -> tuple[Answer, ...]:
    return (*requirements(), *clauses(), *controls())


def companions() -> tuple[Companion, ...]:
    return tuple(Companion.model_validate(each) for each in _read("standard.yaml")["companions"])


def faults(answers: Sequence[Answer], root: Path = ROOT) -> Iterator[str]:
    """What an answer promises and is not there, or does not say at all."""
    for each in answers:
        if not (each.tests or each.not_yet or each.not_ours):
            yield f"{each.id}: neither a test, nor what is missing, nor why it is not Steward's"
        if each.not_ours and (each.tests or each.not_yet):
            yield f"{each.id}: what is not Steward's has no test, and nothing is missing of it"
        if each.tests and not each.how:
            yield f"{each.id}: does not say how"
        if len(set(each.tests)) < len(each.tests):
            yield f"{each.id}: the same test twice"
        yield from (f"{each.id}: there is no test {test}" for test in each.tests if not is_there(test, root))
        yield from (f"{each.id}: leads nowhere: {place}" for place in each.see if not leads(place))


def is_there(test: str, root: Path = ROOT) -> bool:
    """Whether `file::function` is a test that is collected and not skipped."""
    path, _, name = test.partition("::")
    return name in tests_of(root / path)


@cache
def tests_of(path: Path) -> frozenset[str]:
    if not path.name.startswith("test_") or not path.is_file():
        return frozenset()
    return frozenset(_collected(ast.parse(path.read_text(encoding="utf-8")).body))


def _collected(body: Sequence[ast.stmt], within: str = "") -> Iterator[str]:
    for each in body:
        if not isinstance(each, ast.ClassDef | ast.FunctionDef) or _is_skipped(each):
            continue
        if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"):
            yield within + each.name
        if isinstance(each, ast.ClassDef) and each.name.startswith("Test"):
            yield from _collected(each.body, f"{within}{each.name}::")


def _is_skipped(found: ast.ClassDef | ast.FunctionDef) -> bool:
    marks = [ast.unparse(mark) for mark in found.decorator_list]
    return any(re.match(r"pytest\.mark\.(skip|xfail)\b", mark) for mark in marks)


def leads(place: str) -> bool:
    """Whether a command or a heading of a page below docs/ is there."""
    if place.startswith("steward "):
        return place.split()[1] in COMMANDS
    name, _, heading = place.partition("#")
    page = DOCS / name
    return page.is_file() and (not heading or heading in headings(page))


@cache
def headings(page: Path) -> dict[str, str]:
    """By the anchors that they get where the page is shown; the first is its title."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-"): each for each in found}
