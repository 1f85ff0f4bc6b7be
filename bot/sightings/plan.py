"""How one file is read: which of its columns tells what. Recognised by its columns, or as whoever runs it says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import TypeAdapter

from bot.inventory.rows import Unreadable
from bot.sightings.headings import HEADINGS, TELLS, by_headings
from intake.source import did_you_mean
from intake.value import Value

FILE = Path(__file__).parent / "formats" / "known.yaml"
Kind = Literal["sign_on", "proxy", "dns", "expense", "extensions", "apps", "oauth", "list"]


class NoTool(Unreadable):
    """None of its columns says which tool it is; `there`: those that it has."""

    def __init__(self, there: Sequence[str]) -> None:
        self.there = tuple(there)
        super().__init__(
            f"No column says which tool it is; there are {', '.join(there[:12]) or 'none'}. "
            "Say it: --column address=NAME for domains or links, --column app=NAME for names of programs."
        )


class Format(Value):
    """An export by its maker's own columns."""

    name: str
    kind: Kind
    needs: tuple[str, ...]
    columns: Mapping[str, str]


class Plan(Value):
    """`columns`: which column tells which field; `format` is the one that was recognised, "" for none."""

    kind: Kind
    columns: Mapping[str, str]
    format: str = ""


@cache
def known() -> tuple[Format, ...]:
    return TypeAdapter(tuple[Format, ...]).validate_python(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def plan_for(
    there: Sequence[str], *, said: Mapping[str, str] | None = None, kind: Kind | None = None
) -> Plan:
    """What `said` maps comes first; Unreadable where nothing tells which tool it is."""
    said = said or {}
    _check(said, there)
    found = next((each for each in known() if set(each.needs) <= set(there)), None)
    columns = found.columns if found else by_headings(there)
    columns = {field: column for field, column in {**columns, **said}.items() if column in there}
    if not any(field in columns for field in TELLS):
        raise NoTool(there)
    made = found.kind if found else guessed(columns)
    return Plan(kind=kind or made, columns=columns, format=found.name if found else "")


def _check(said: Mapping[str, str], there: Collection[str]) -> None:
    for field, column in said.items():
        if field not in HEADINGS:
            raise Unreadable(
                f"`{field}` is nothing that a column can tell. {did_you_mean(field, list(HEADINGS))}"
            )
        if column not in there:
            raise Unreadable(f"There is no column `{column}`. {did_you_mean(column, list(there))}")


def guessed(columns: Collection[str]) -> Kind:
    if "maker" in columns or "words" in columns:
        return "expense"
    if "address" in columns:
        return "proxy"
    return "apps" if "app" in columns or "id" in columns else "list"
