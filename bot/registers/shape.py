"""A shape: what a public register asks for, and where we know it from. Data, read with all its faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from intake.form import Form
from intake.source import Damaged, Entry, Fault, Faults, did_you_mean, read_file
from intake.value import Value

SHAPES = Path(__file__).parent / "shapes"
KINDS = ("text", "choice", "choices", "day", "month", "link", "email")
RECORDS = (
    *("ref", "title", "unit", "unit_first", "unit_last", "tool", "vendor", "began", "began_month", "ended"),
    *("ended_month", "conditions", "tasks"),
)
"""What of a use's record a field may take."""
SOURCES = ("record", "fact", "stage", "level", "kept", "task", "always")
CERTAINTY = ("read", "partly read", "from memory")


class Source(Value):
    """Where a value comes from. `values`: what it becomes there; what they leave out says nothing.

    `any`: of an answer with several ticks, those of which one is enough for `then`; else it is `otherwise`.
    """

    kind: Literal["record", "fact", "stage", "level", "kept", "task", "always"]
    name: str
    values: Mapping[str, str] = {}
    any: tuple[str, ...] = ()
    then: str = ""
    otherwise: str = ""


class When(Value):
    """Needed only while another field of the row says one of these."""

    field: str
    says: tuple[str, ...]


class Field(Value):
    """`who`: the role that can say it, where we do not know it."""

    name: str
    called: str
    kind: str
    needed: bool
    when: tuple[When, ...] = ()
    choices: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    who: str = "owner"
    note: str = ""


class Origin(Value):
    """Where the shape itself was taken from, and how certain that is."""

    called: str
    version: str
    url: str
    certainty: str
    note: str = ""


class Shape(Value):
    name: str
    called: str
    origins: tuple[Origin, ...]
    fields: tuple[Field, ...]


def shapes() -> list[str]:
    return sorted(path.stem for path in SHAPES.glob("*.yaml"))


def shape(name: str, form: Form) -> Shape:
    """One that comes with Steward; raises Damaged."""
    return load_shape(SHAPES / f"{name}.yaml", form)


def load_shape(path: Path, form: Form) -> Shape:
    faults = Faults()
    entry = read_file(path, faults)
    found = _shape(entry, form, faults) if entry else None
    faults.stop_if_any()
    if found is None:
        raise Damaged(
            [Fault(file=path.name, line=1, id="", field="", problem="holds no shape", mend="Fill it.")]
        )
    return found


def _shape(entry: Entry, form: Form, faults: Faults) -> Shape | None:
    needed = ("name", "called", "origins", "fields")
    fields = entry.fields(faults, needed=needed)
    if not all(name in fields for name in needed):
        return None
    origins = [_origin(each, faults) for each in fields["origins"].items(faults)]
    found = [made for each in fields["fields"].items(faults) if (made := _field(each, form, faults))]
    names = [each.name for each in found]
    for field, at in zip(found, fields["fields"].items(faults), strict=False):
        for when in field.when:
            known = next((each for each in found if each.name == when.field), None)
            if known is None:
                faults.add(at, f"`{when.field}` is no field of this shape", did_you_mean(when.field, names))
            elif known.choices and not set(when.says) <= set(known.choices):
                faults.add(at, f"`{when.field}` never says all of {when.says}", "Name its own choices.")
    if len(set(names)) < len(names):
        faults.add(fields["fields"], "a field stands here twice", "Remove one of them.")
    return Shape(
        name=fields["name"].text(faults),
        called=fields["called"].text(faults),
        origins=tuple(origins),
        fields=tuple(found),
    )


def _origin(entry: Entry, faults: Faults) -> Origin:
    fields = entry.fields(faults, needed=("called", "version", "url", "certainty"), allowed=("note",))
    told = {name: each.text(faults) for name, each in fields.items()}
    if told.get("certainty") not in CERTAINTY:
        faults.add(entry, "`certainty` is not known", did_you_mean(told.get("certainty", ""), CERTAINTY))
    return Origin(**{"called": "", "version": "", "url": "", "certainty": "", **told})


def _field(entry: Entry, form: Form, faults: Faults) -> Field | None:
    allowed = ("called", "needed", "when", "choices", "from", "who", "note")
    fields = entry.fields(faults, needed=("name", "kind"), allowed=allowed)
    if not {"name", "kind"} <= fields.keys():
        return None
    name, kind = fields["name"].text(faults), fields["kind"].text(faults)
    if kind not in KINDS:
        faults.add(fields["kind"], f"`{kind}` is no kind of field", did_you_mean(kind, KINDS))
    choices = tuple(fields["choices"].texts(faults)) if "choices" in fields else ()
    asked = fields["when"].value if "when" in fields else {}
    when = (
        [When(field=of, says=tuple(at.texts(faults))) for of, at in asked.items()]
        if isinstance(asked, dict)
        else []
    )
    sources = (
        [_source(each, form, faults) for each in fields["from"].items(faults)] if "from" in fields else []
    )
    made = Field(
        name=name,
        called=fields["called"].text(faults) if "called" in fields else name,
        kind=kind,
        needed=fields["needed"].flag(faults) if "needed" in fields else False,
        when=tuple(when),
        choices=choices,
        sources=tuple(each for each in sources if each),
        who=fields["who"].text(faults) if "who" in fields else "owner",
        note=fields["note"].text(faults) if "note" in fields else "",
    )
    said = {
        text for each in made.sources for text in (*each.values.values(), each.then, each.otherwise) if text
    }
    if choices and not said <= set(choices):
        faults.add(entry, f"`{name}` would say {sorted(said - set(choices))}", "Name only its choices.")
    return made


def _source(entry: Entry, form: Form, faults: Faults) -> Source | None:
    fields = entry.fields(faults, allowed=(*SOURCES, "values", "any", "then", "otherwise"))
    kinds = [name for name in SOURCES if name in fields]
    if len(kinds) != 1:
        faults.add(entry, "must name one source", f"Write one of: {', '.join(SOURCES)}.")
        return None
    (kind,) = kinds
    name = fields[kind].text(faults)
    values = fields["values"].value if "values" in fields else {}
    told = {key: at.text(faults) for key, at in values.items()} if isinstance(values, dict) else {}
    any_ = tuple(fields["any"].texts(faults)) if "any" in fields else ()
    if kind == "record" and name not in RECORDS:
        faults.add(fields[kind], f"`{name}` is nothing of a record", did_you_mean(name, RECORDS))
    if kind == "fact":
        _check_fact(fields[kind], name, (*told, *any_), form, faults)
    return Source.model_validate(
        {"kind": kind, "name": name, "values": told, "any": any_}
        | {word: fields[word].text(faults) for word in ("then", "otherwise") if word in fields}
    )


def _check_fact(entry: Entry, name: str, picked: tuple[str, ...], form: Form, faults: Faults) -> None:
    question = form.by_id.get(name)
    if question is None:
        faults.add(entry, f"`{name}` is no question", did_you_mean(name, form.by_id))
        return
    for each in picked:
        if each not in question.choice_ids:
            faults.add(entry, f"`{each}` is no choice of `{name}`", did_you_mean(each, question.choice_ids))
