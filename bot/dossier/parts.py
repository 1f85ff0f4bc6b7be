"""What a dossier is made of: sections with tables, cards and lines; plain words, which a template sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

from bot.markup import clean

Audience = Literal["inside", "outside"]
AUDIENCES: tuple[Audience, ...] = ("inside", "outside")
SHORT = 12
"""Characters of a digest by which a person finds it again."""


class Table(NamedTuple):
    """`wide`: the column that takes what room there is."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0
    kind: str = "table"


class Card(NamedTuple):
    """One thing with what is known of it, and what stands below it."""

    title: str
    rows: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    kind: str = "card"


class Lines(NamedTuple):
    lines: tuple[str, ...]
    code: bool = False
    kind: str = "lines"


Part = Table | Card | Lines


class Section(NamedTuple):
    """`said`: what a reader should know of it first."""

    id: str
    head: str
    said: tuple[str, ...]
    parts: tuple[Part, ...] = ()


class Dossier(NamedTuple):
    """All that a template needs. `picture` is a drawing in SVG, `spans` and `lanes` count what it shows."""

    ref: str
    title: str
    language: str
    audience: Audience
    said: tuple[str, ...]
    sections: tuple[Section, ...]
    picture: str
    spans: tuple[str, ...]
    lanes: tuple[tuple[str, tuple[int, ...]], ...]
    foot: str


def moment(at: datetime) -> str:
    """In UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def day(on: date | None) -> str:
    return on.isoformat() if on else ""


def plain(text: str | None) -> str:
    """People's words without what steers or hides; they keep their lines."""
    return clean(text or "").strip()


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], wide: int = 0) -> tuple[Table, ...]:
    """None where there are no rows; without columns in which nothing stands."""
    made = [tuple(plain(cell) for cell in row) for row in rows]
    if not made:
        return ()
    said = [number for number in range(len(heads)) if any(row[number] for row in made)]
    shown = tuple(tuple(row[number] for number in said) for row in made)
    return (Table(tuple(heads[number] for number in said), shown, said.index(wide) if wide in said else 0),)


def pairs(*rows: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Those that say something."""
    return tuple((name, plain(value)) for name, value in rows if plain(value))
