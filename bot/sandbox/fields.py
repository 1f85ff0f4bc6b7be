"""The small words of the Block Kit check: each row says what one field may be, and names the faults it finds.

A row knows its own limits and the rows below it, so that tests can ask whether every limit was ever met.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Collects what is wrong and where, in Slack's own wording."""

    messages: list[str] = field(default_factory=list)
    met: list[tuple[Row, str]] = field(default_factory=list)

    def fault(self, at: str, what: str, row: Row, limit: str) -> None:
        """Note one fault; `at` is a JSON pointer, `limit` one of the row's."""
        self.messages.append(f"[ERROR] {what} [json-pointer:{at}]")
        self.met.append((row, limit))


class Row(ABC):
    """What one field may be. Two rows are never the same, even if they say the same."""

    @abstractmethod
    def check(self, value: Any, at: str, report: Report) -> None:
        """Note what is wrong with a value."""

    def limits(self) -> Iterator[str]:
        """What it refuses, a wrong type left aside."""
        yield from ()

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The rows for what is inside, with their names."""
        yield from ()


@dataclass(frozen=True, eq=False)
class Text(Row):
    """A string of so many characters; `most=None` where Slack names no limit."""

    most: int | None
    least: int = 1

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.fault(at, "must be a string", self, "type")
        elif self.most is not None and len(value) > self.most:
            report.fault(at, f"must be less than {self.most + 1} characters", self, "most")
        elif len(value) < self.least:
            report.fault(at, f"must be more than {self.least - 1} characters", self, "least")

    def limits(self) -> Iterator[str]:
        yield from ["most"] * (self.most is not None)
        yield from ["least"] * bool(self.least)


@dataclass(frozen=True, eq=False)
class Whole(Row):
    """A whole number in a range, which may be open above."""

    least: int
    most: int | None = None

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            report.fault(at, "must be a whole number", self, "type")
        elif value < self.least:
            report.fault(at, f"must be at least {self.least}", self, "least")
        elif self.most is not None and value > self.most:
            report.fault(at, f"must be at most {self.most}", self, "most")

    def limits(self) -> Iterator[str]:
        yield "least"
        yield from ["most"] * (self.most is not None)


@dataclass(frozen=True, eq=False)
class YesOrNo(Row):
    """A boolean."""

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, bool):
            report.fault(at, "must be a boolean", self, "type")


@dataclass(frozen=True, eq=False)
class OneOf(Row):
    """One word of a list."""

    words: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if value not in self.words:
            report.fault(at, f"must be one of: {', '.join(self.words)}", self, "words")

    def limits(self) -> Iterator[str]:
        yield "words"


@dataclass(frozen=True, eq=False)
class Form(Row):
    """A string that has a form, such as a date."""

    fits: Callable[[str], bool]
    what: str

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str) or not self.fits(value):
            report.fault(at, f"must be {self.what}", self, "form")

    def limits(self) -> Iterator[str]:
        yield "form"


Rule = Callable[[Any], tuple[str, str] | None]
"""Looks at a value whose fields are all well; says where (below it) and what is wrong with them together."""


@dataclass(frozen=True, eq=False)
class Shape(Row):
    """An object: the fields it may have, those it must have, and what holds between them."""

    required: Mapping[str, Row]
    optional: Mapping[str, Row] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def check(self, value: Any, at: str, report: Report) -> None:
        faults = len(report.messages)
        if not isinstance(value, dict):
            report.fault(at, "must be an object", self, "type")
            return
        for name in self.required:
            if value.get(name) is None:
                report.fault(at, f"missing required field: {name}", self, f"needs {name}")
        for name, part in value.items():
            row = self.required.get(name) or self.optional.get(name)
            if row is None and name != "type":
                report.fault(at, f"invalid additional property: {name}", self, "unknown field")
            elif part is None and name not in self.required:
                report.fault(f"{at}/{name}", "must not be null", self, "null")
            elif row is not None and part is not None:
                row.check(part, f"{at}/{name}", report)
        if len(report.messages) == faults:
            check_rules(self, self.rules, value, at, report)

    def limits(self) -> Iterator[str]:
        yield from (f"needs {name}" for name in self.required)
        yield from (rule.__name__ for rule in self.rules)

    def rows(self) -> Iterator[tuple[str, Row]]:
        yield from self.required.items()
        yield from self.optional.items()


@dataclass(frozen=True, eq=False)
class Kinds(Row):
    """An object whose `type` says which row it follows."""

    kinds: Mapping[str, Row]
    what: str = ""

    def check(self, value: Any, at: str, report: Report) -> None:
        kind = type_of(value)
        if kind in self.kinds:
            self.kinds[kind].check(value, at, report)
        else:
            report.fault(at, self.what or f"unsupported type: {kind or 'none'}", self, "kind")

    def limits(self) -> Iterator[str]:
        yield "kind"

    def rows(self) -> Iterator[tuple[str, Row]]:
        yield from self.kinds.items()


@dataclass(frozen=True, eq=False)
class Items(Row):
    """A list of so many things; `unique` names a field in which they have to differ."""

    item: Row
    most: int | None = None
    least: int = 1
    unique: str = ""
    rules: tuple[Rule, ...] = ()

    def check(self, value: Any, at: str, report: Report) -> None:
        faults = len(report.messages)
        if not isinstance(value, list):
            report.fault(at, "must be an array", self, "type")
            return
        if self.most is not None and len(value) > self.most:
            report.fault(at, f"no more than {self.most} items allowed", self, "most")
        if len(value) < self.least:
            report.fault(at, f"must have at least {self.least} items", self, "least")
        for number, part in enumerate(value):
            self.item.check(part, f"{at}/{number}", report)
        if len(report.messages) == faults:
            self._check_unique(value, at, report)
        if len(report.messages) == faults:
            check_rules(self, self.rules, value, at, report)

    def _check_unique(self, value: list[Any], at: str, report: Report) -> None:
        seen: set[str] = set()
        for number, part in enumerate(value):
            name = part.get(self.unique) if self.unique else None
            if name in seen:
                report.fault(f"{at}/{number}", f"`{self.unique}` must be unique: {name}", self, "unique")
            if name is not None:
                seen.add(name)

    def limits(self) -> Iterator[str]:
        yield from ["most"] * (self.most is not None)
        yield from ["least"] * bool(self.least)
        yield from ["unique"] * bool(self.unique)
        yield from (rule.__name__ for rule in self.rules)

    def rows(self) -> Iterator[tuple[str, Row]]:
        yield "*", self.item


def check_rules(row: Row, rules: tuple[Rule, ...], value: Any, at: str, report: Report) -> None:
    """Ask one rule after the other about a value, up to the first that does not hold."""
    for rule in rules:
        if fault := rule(value):
            report.fault(at + fault[0], fault[1], row, rule.__name__)
            return


def type_of(value: Any) -> str:
    """The `type` of an object, or an empty string."""
    kind = value.get("type") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else ""
