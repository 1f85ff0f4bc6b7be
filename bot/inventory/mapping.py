"""A map says which column of an inventory answers which question: data, read with all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from intake.form import Form, Kind, Question
from intake.source import Damaged, Entry, Fault, Faults, did_you_mean, read_file
from intake.value import Value

MAPS = Path(__file__).parent / "maps"


class Column(Value):
    """How one column answers one question.

    `choices` holds a choice for each folded cell that means one; `part` says that what a cell states is
    certain and leaves the rest open; `split` parts a cell that holds several.
    """

    question: str
    kind: Kind
    column: str
    choices: Mapping[str, str] = {}
    silent: frozenset[str] = frozenset()
    rest_is_silent: bool = False
    part: bool = False
    split: str = ""
    longest: int = 3000


class Map(Value):
    """`id` is the column that tells rows apart for ever; `keep` gives a label to columns kept in words."""

    name: str
    id: str
    title: str
    unit: tuple[str, ...] = ()
    tool: str | None = None
    facts: tuple[Column, ...] = ()
    keep: Mapping[str, str] = {}

    @cached_property
    def columns(self) -> frozenset[str]:
        """Every column that a file must have."""
        tool = (self.tool,) if self.tool else ()
        return frozenset(
            {self.id, self.title, *self.unit, *tool, *(f.column for f in self.facts), *self.keep}
        )


def folded(cell: str) -> str:
    """Spellings that differ in case, spaces or a final stop mean the same."""
    return " ".join(cell.split()).casefold().rstrip(".")


def shipped() -> list[str]:
    return sorted(path.stem for path in MAPS.glob("*.yaml"))


def load_map(name_or_file: str, form: Form) -> Map:
    """A map that comes with Steward, by name, or one from a file; raises Damaged."""
    path = Path(name_or_file)
    if name_or_file in shipped():
        path = MAPS / f"{name_or_file}.yaml"
    elif path.suffix not in (".yaml", ".yml"):
        mend = f"Write the path of a .yaml file, or one of: {', '.join(shipped())}."
        raise Damaged([_fault(name_or_file, "there is no map of this name", mend)])
    faults = Faults()
    entry = read_file(path, faults)
    found = _map(entry, form, faults) if entry else None
    faults.stop_if_any()
    if found is None:
        raise Damaged([_fault(path.name, "holds no map", "Write `name`, `id` and `title`.")])
    return found


def _fault(file: str, problem: str, mend: str) -> Fault:
    return Fault(file=file, line=1, id="", field="", problem=problem, mend=mend)


def _map(entry: Entry, form: Form, faults: Faults) -> Map | None:
    needed = ("name", "id", "title")
    fields = entry.fields(faults, needed=needed, allowed=("unit", "tool", "facts", "keep"))
    if not all(name in fields for name in needed):
        return None
    facts = fields["facts"].value if "facts" in fields else {}
    keep = fields["keep"].value if "keep" in fields else {}
    if not isinstance(facts, dict) or not isinstance(keep, dict):
        faults.add(entry, "`facts` and `keep` must be mappings", "Write them as `name: …` lines.")
        return None
    return Map(
        name=fields["name"].text(faults),
        id=fields["id"].text(faults),
        title=fields["title"].text(faults),
        unit=tuple(fields["unit"].texts(faults)) if "unit" in fields else (),
        tool=fields["tool"].text(faults) if "tool" in fields else None,
        facts=tuple(column for name, at in facts.items() if (column := _column(name, at, form, faults))),
        keep={name: at.text(faults) for name, at in keep.items()},
    )


OWN = ("title", "unit", "tool", "owner")
"""Read from the fields of the map itself, or from nothing: an owner is a person, and an import names none."""


def _column(name: str, entry: Entry, form: Form, faults: Faults) -> Column | None:
    question = form.by_id.get(name)
    if question is None or name in OWN:
        known = [id_ for id_ in form.by_id if id_ not in OWN]
        faults.add(entry, f"`{name}` is not a question that a column can answer", did_you_mean(name, known))
        return None
    allowed = ("values", "silent", "rest_is_silent", "part", "split")
    fields = entry.fields(faults, needed=("column",), allowed=allowed)
    many = question.kind is Kind.many
    for field in ("part", "split"):
        if field in fields and not many:
            faults.add(fields[field], f"`{name}` takes one answer only", f"Remove `{field}`.")
    return Column(
        question=name,
        kind=question.kind,
        column=fields["column"].text(faults) if "column" in fields else "",
        choices=_choices(question, fields.get("values"), faults),
        silent=frozenset(map(folded, fields["silent"].texts(faults) if "silent" in fields else ())),
        rest_is_silent=fields["rest_is_silent"].flag(faults) if "rest_is_silent" in fields else False,
        part=fields["part"].flag(faults) if "part" in fields else False,
        split=fields["split"].text(faults) if "split" in fields else "",
        longest=question.longest,
    )


def _choices(question: Question, entry: Entry | None, faults: Faults) -> dict[str, str]:
    """Without `values`, a cell must hold the choice's id itself."""
    if entry is None:
        return {choice: choice for choice in question.choice_ids}
    if question.kind not in (Kind.one, Kind.many) or not isinstance(entry.value, dict):
        faults.add(
            entry, "belongs to a question with choices", "Write `choice: [spelling, …]` lines, or remove it."
        )
        return {}
    found: dict[str, str] = {}
    for choice, at in entry.value.items():
        if choice not in question.choice_ids:
            mend = did_you_mean(choice, sorted(question.choice_ids))
            faults.add(at, f"`{choice}` is not a choice of `{question.id}`", mend)
        for text in at.texts(faults):
            if found.get(folded(text), choice) != choice:
                faults.add(at, f"`{text}` means two choices", "Leave it under one of them.")
            found[folded(text)] = choice
    return found
