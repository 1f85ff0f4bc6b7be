"""What stands on a page, whatever draws it: sections of sentences, tables and bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """`href`: a page of the pack, or a place on this one."""

    text: str
    href: str = ""


class Table(NamedTuple):
    """`more`: a sentence about what it leaves out and where that is; `anchors`: each row is found by its first cell."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: str = ""
    anchors: bool = False


class Bars(NamedTuple):
    """`svg` as drawn by us; `rows` say the same: a name, then its parts in the order of `legend`."""

    svg: str
    legend: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


class Spread(NamedTuple):
    """Small drawings, a row each: a name, as many numbers as `spans` has names, and what stands beside them."""

    svg: str
    spans: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], str], ...]


class Section(NamedTuple):
    """`id` is its anchor, which stays."""

    id: str
    title: str
    says: tuple[str, ...] = ()
    blocks: tuple[Table | Bars | Spread, ...] = ()
    urgent: bool = False


class Sheet(NamedTuple):
    """A page. `top`: what stands above its sections; `links`: where else to go, each a name and an address.

    `jumps`: places on this page, where it is a long one.
    """

    name: str
    title: str
    top: tuple[str, ...]
    sections: tuple[Section, ...]
    links: tuple[Cell, ...] = ()
    jumps: tuple[Cell, ...] = ()


def with_jumps(sheet: Sheet) -> Sheet:
    """To each of its sections."""
    return sheet._replace(jumps=tuple(Cell(each.title, f"#{each.id}") for each in sheet.sections))


def table(
    heads: Sequence[str], rows: Iterable[Iterable[str | Cell]], more: str = "", *, anchors: bool = False
) -> Table:
    return Table(
        tuple(heads),
        tuple(tuple(each if isinstance(each, Cell) else Cell(each) for each in row) for row in rows),
        more,
        anchors,
    )
