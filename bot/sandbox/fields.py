"""The small words of the Block Kit check: a report of faults, and checks for one field each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Report:
    """Collects what is wrong and where, in Slack's own wording."""

    messages: list[str] = field(default_factory=list)

    def fault(self, at: str, what: str) -> None:
        """Note one fault; `at` is a JSON pointer."""
        self.messages.append(f"[ERROR] {what} [json-pointer:{at}]")


Check = Callable[[Any, str, Report], None]


@dataclass(frozen=True)
class Shape:
    """The fields an object may have; those in `required` it must have."""

    required: Mapping[str, Check]
    optional: Mapping[str, Check] = field(default_factory=dict)


def check_shape(shape: Shape, value: Any, at: str, report: Report) -> bool:
    """Check an object field by field; true when nothing was wrong."""
    faults = len(report.messages)
    if not isinstance(value, dict):
        report.fault(at, "must be an object")
        return False
    for name in shape.required:
        if value.get(name) is None:
            report.fault(at, f"missing required field: {name}")
    for name, part in value.items():
        check = shape.required.get(name) or shape.optional.get(name)
        if check is None and name != "type":
            report.fault(at, f"invalid additional property: {name}")
        elif part is None and name not in shape.required:
            report.fault(f"{at}/{name}", "must not be null")
        elif check is not None and part is not None:
            check(part, f"{at}/{name}", report)
    return len(report.messages) == faults


def text_of(most: int, *, least: int = 1) -> Check:
    """A string of so many characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.fault(at, "must be a string")
        elif len(value) > most:
            report.fault(at, f"must be less than {most + 1} characters")
        elif len(value) < least:
            report.fault(at, f"must be more than {least - 1} characters")

    return check


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            report.fault(at, f"must be a whole number from {least} to {most}")

    return check


def yes_or_no(value: Any, at: str, report: Report) -> None:
    """A boolean."""
    if not isinstance(value, bool):
        report.fault(at, "must be a boolean")


def anything(value: Any, at: str, report: Report) -> None:
    """No demand at all."""


def one_of(*words: str) -> Check:
    """One word of a list."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in words:
            report.fault(at, f"must be one of: {', '.join(words)}")

    return check


def items(check_item: Check, most: int, *, least: int = 1) -> Check:
    """A list of so many things."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.fault(at, "must be an array")
            return
        if len(value) > most:
            report.fault(at, f"no more than {most} items allowed")
        if len(value) < least:
            report.fault(at, f"must have at least {least} items")
        for number, item in enumerate(value[: most + 1]):
            check_item(item, f"{at}/{number}", report)

    return check


def matching(pattern: Callable[[str], bool], what: str) -> Check:
    """A string that has a form, such as a date."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str) or not pattern(value):
            report.fault(at, f"must be {what}")

    return check


def type_of(value: Any) -> str:
    """The `type` of an object, or an empty string."""
    return str(value.get("type") or "") if isinstance(value, dict) else ""


def check_unique(values: Iterable[tuple[str, str]], what: str, report: Report) -> None:
    """Each value (with its place) may occur once."""
    seen: set[str] = set()
    for value, at in values:
        if value in seen:
            report.fault(at, f"`{what}` must be unique: {value}")
        seen.add(value)
