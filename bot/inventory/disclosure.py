"""One row of an inventory in our words: what it states, and nothing it does not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from uuid import NAMESPACE_URL, uuid5

from bot.inventory.mapping import Column, Map, folded
from intake.answers import NOT_ASKED, Answer, answered, unsure
from intake.catalogue import Catalogue
from intake.form import Kind
from triage.commands import Disclose

TITLE_LENGTH = 80
UNIT_LENGTH = 200
ID_LENGTH = 150

Strange = Callable[[str, str], None]
"""Told of each cell that the map does not know: the column and what stands there."""


class Refusal(Exception):
    """Why a row cannot go in, for whoever imports it."""


def to_disclose(
    cells: Mapping[str, str], plan: Map, catalogue: Catalogue, *, strange: Strange = lambda column, cell: None
) -> Disclose:
    """The wish that a row amounts to; raises Refusal where it names no use."""
    cells = {name: cells.get(name, "").strip() for name in plan.columns}
    id_, title = cells[plan.id], " ".join(cells[plan.title].split())
    if not id_:
        raise Refusal(f"`{plan.id}` is empty, so the row could not be found again")
    if len(id_) > ID_LENGTH or not id_.isprintable():
        raise Refusal(f"`{plan.id}` is longer than {ID_LENGTH} characters or holds control characters")
    if not title:
        raise Refusal(f"`{plan.title}` is empty, so there is nothing to call it by")
    answers = {column.question: _answer(column, cells[column.column], strange) for column in plan.facts}
    tool, tool_name = _tool(cells[plan.tool], catalogue) if plan.tool else (None, "")
    if plan.tool:
        answers["tool"] = answered(tool or tool_name) if tool_name else NOT_ASKED
    return Disclose(
        actor="",
        key="",
        case=uuid5(NAMESPACE_URL, f"{plan.name}\n{id_}").hex,
        source_map=plan.name,
        source_id=id_,
        title=shortened(title, TITLE_LENGTH),
        unit=shortened(_unit(cells, plan), UNIT_LENGTH),
        tool_id=tool,
        tool_name=tool_name,
        words=_words(cells, plan, title),
        answers=answers,
    )


def with_key(wish: Disclose, version: int) -> Disclose:
    """The same row on the same version of its use is the same wish; a row that changes back is another."""
    content = hashlib.sha256(wish.model_dump_json().encode()).hexdigest()
    return wish.model_copy(update={"key": f"import:{wish.case}:{version}:{content}"})


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _answer(column: Column, cell: str, strange: Strange) -> Answer:
    if not cell or folded(cell) in column.silent:
        return NOT_ASKED
    if column.kind not in (Kind.one, Kind.many):
        return answered(shortened(cell, column.longest))
    parts = [part.strip() for part in cell.split(column.split)] if column.split else [cell]
    parts = [part for part in parts if part and folded(part) not in column.silent]
    picked = tuple(dict.fromkeys(column.choices[folded(p)] for p in parts if folded(p) in column.choices))
    unknown = [part for part in parts if folded(part) not in column.choices]
    if not column.rest_is_silent:
        for part in unknown:
            strange(column.column, part)
    if not picked:
        return NOT_ASKED
    return unsure(*picked) if column.part or unknown else answered(*picked)


def _unit(cells: Mapping[str, str], plan: Map) -> str:
    return " / ".join(dict.fromkeys(" ".join(cells[name].split()) for name in plan.unit if cells[name]))


def _tool(cell: str, catalogue: Catalogue) -> tuple[str | None, str]:
    """A tool of the catalogue only where the whole cell names it."""
    text = shortened(" ".join(cell.split()), UNIT_LENGTH)
    found = catalogue.recognise(text) if text else None
    if found is None or found.tool is None or found.text.casefold() != text.casefold():
        return None, text
    return found.tool.id, found.tool.name


def _words(cells: Mapping[str, str], plan: Map, title: str) -> str:
    """What the row says beyond our questions, and in full what had to be shortened; a line for each."""
    cut = [title] if len(title) > TITLE_LENGTH else []
    cut += [cells[c.column] for c in plan.facts if c.kind is Kind.text and len(cells[c.column]) > c.longest]
    kept = [f"{label}: {cells[name]}" for name, label in plan.keep.items() if cells[name]]
    return "\n".join((*cut, *kept))
