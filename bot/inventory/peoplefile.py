"""A people file as it comes out of the organisation's own systems: its headings recognised, its rows made employees."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import NamedTuple

from bot.inventory.delimited import column_names
from bot.inventory.lines import Bad, Row
from bot.inventory.rows import DELIMITERS, SPREADSHEETS, Unreadable, read_rows
from store.employees import Employee

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "mail address"),
        *("work email", "work e mail", "business email", "user principal name", "upn"),
    ),
    "name": ("name", "full name", "display name", "employee", "employee name"),
    "manager": (
        *("manager", "manager email", "manager e mail", "line manager", "line manager email"),
        *("supervisor", "supervisor email", "reports to", "reports to email"),
    ),
    "unit": (
        *("unit", "department", "team", "division", "business unit"),
        *("org unit", "organizational unit", "organisational unit"),
    ),
    "country": ("country", "country code", "work country", "country or region"),
    "deputy": (
        *("deputy", "deputy email", "deputy e mail", "stand in", "substitute"),
        *("delegate", "delegate email", "backup"),
    ),
    "slack_user": ("slack user", "slack id", "slack", "slack user id", "slack member id", "member id"),
}
"""What a column may be called, its own name first; signs between words and capitals do not matter."""
EMAIL = re.compile(r"[^\s@<>\"',;]{1,64}@[^\s@<>\"',;]+\.[^\s@<>\"',;]{2,}")
SLACK = re.compile(r"[UW][A-Z0-9]{1,30}")
LONGEST = 200
UNFIT = (*SPREADSHEETS, b"\xff\xfe", b"\xfe\xff", b"[")
"""Files that are told of as what they are, not by the names of their columns."""


class Told(NamedTuple):
    """One row; `fault` in place of an employee where it cannot be taken."""

    line: int
    size: int
    employee: Employee | None = None
    fault: str = ""


def read_people(lines: Iterable[bytes]) -> Iterator[Told]:
    """Raises Unreadable before the first row where the file as a whole is not what it should be."""
    source = iter(lines)
    first = next(source, b"")
    columns = _columns(first)
    rows = read_rows(chain([first], source), frozenset(columns))
    return _told(rows, columns)


def _columns(first: bytes) -> dict[str, str]:
    """Which heading of the file means which of ours; nothing where the first line names none, which is told later."""
    headings = max((_ours(names) for names in _candidates(first)), key=len, default={})
    fields = list(headings.values())
    for field in dict.fromkeys(fields):
        if fields.count(field) > 1:
            both = " and ".join(f"`{name[:60]}`" for name, ours in headings.items() if ours == field)
            raise Unreadable(f"{both} both mean the {field.replace('_', ' ')}. Rename or remove one of them.")
    if "email" not in fields and first.strip() and not first.lstrip().startswith(UNFIT):
        raise Unreadable("No column is called `email`, by which people are told apart. Name it so.")
    if headings and not {"country", "manager", "deputy"} & set(fields):
        raise Unreadable(
            "No column is called `country`, `manager` or `deputy`, so the file says nothing of use. Name them so."
        )
    return headings or {"email": "email"}


def _candidates(first: bytes) -> Iterator[Iterable[str]]:
    text = first.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").strip()
    if text.startswith("{"):
        try:
            yield json.loads(text).keys()
        except (ValueError, RecursionError):
            yield ("email", "country", "manager")  # that line is told as bad; others may be good
        return
    for delimiter in DELIMITERS:
        yield column_names(text, delimiter)


def _ours(names: Iterable[str]) -> dict[str, str]:
    found = {name: known for name in names if (known := _meaning().get(_plain(name)))}
    exact = {field: name for name, field in found.items() if _plain(name) == _plain(field)}
    return {name: field for name, field in found.items() if exact.get(field, name) == name}


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip().casefold()


@cache
def _meaning() -> dict[str, str]:
    return {name: field for field, names in HEADINGS.items() for name in names}


def _told(rows: Iterable[Row | Bad], columns: Mapping[str, str]) -> Iterator[Told]:
    emails: dict[str, int] = {}
    users: dict[str, int] = {}
    for row in rows:
        if isinstance(row, Bad):
            yield Told(row.line, row.size, fault=row.problem)
            continue
        try:
            employee = to_employee(
                {columns[name]: cell for name, cell in row.cells.items() if name in columns}
            )
            _once(emails, employee.email, row.line)
            if employee.slack_user:
                _once(users, employee.slack_user, row.line)
        except ValueError as fault:
            yield Told(row.line, row.size, fault=str(fault))
        else:
            yield Told(row.line, row.size, employee)


def _once(known: dict[str, int], name: str, line: int) -> None:
    first = known.setdefault(name, line)
    if first != line:
        raise ValueError(f"{name} stands in line {first} already. Remove one of the two.")


def to_employee(cells: Mapping[str, str]) -> Employee:
    """ValueError says what is wrong with the row, and how to mend it."""
    told = {field: cells.get(field, "").strip() for field in HEADINGS}
    for field, text in told.items():
        if len(text) > LONGEST:
            raise ValueError(f"`{field}` is longer than {LONGEST} characters. Shorten it.")
    for field in ("email", "manager", "deputy"):
        told[field] = _email(field, told[field])
    if not told["email"]:
        raise ValueError("has no e-mail address. Fill in `email`.")
    for field in ("manager", "deputy"):
        told[field] = "" if told[field] == told["email"] else told[field]
    if told["slack_user"] and not SLACK.fullmatch(told["slack_user"]):
        raise ValueError(
            f"`{told['slack_user'][:40]}` is no Slack id. Write the member id, such as U0123456789."
        )
    return Employee(**told | {"country": _country(told["country"])})


def _email(field: str, text: str) -> str:
    if text and not EMAIL.fullmatch(text):
        raise ValueError(
            f"`{text[:60]}` in `{field}` is no e-mail address. Write it like name@example.com, or leave it empty."
        )
    return text.casefold()


def _country(text: str) -> str:
    """Two letters, also with a part of the country behind them; three letters and English names are understood."""
    if not text:
        return ""
    known, parts = _countries()
    country = known.get(_plain(text).replace(" ", "").upper())
    code, _, part = text.upper().partition("-")
    if country is None and part in parts.get(known.get(code, ""), ()):
        return f"{known[code]}-{part}"
    if country is None:
        raise ValueError(
            f"`{text[:60]}` is no country whose holidays are known. Write its two letters, such as DE or DE-BY."
        )
    return country


@cache
def _countries() -> tuple[dict[str, str], Mapping[str, list[str]]]:
    """What names a country, in capitals; and the parts of each that have holidays of their own."""
    import holidays
    from holidays.registry import COUNTRIES

    known = {"UK": "GB"}
    for name, (_, two, three, *_) in COUNTRIES.items():
        known |= dict.fromkeys((two, three, name.replace("_", "").upper()), two)
    return known, holidays.list_supported_countries(include_aliases=False)
