"""What of the register suggests a risk, by data: incidents and concerns, nonconformities, suppliers, assessments.

It is put forward until somebody weighs it as a risk, or says why it is none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry as Read
from intake.source import Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.entry import Entry
from triage.aims.kinds import kinds

FILE = Path(__file__).with_name("origins.yaml")
RISK, ASIDE = "risk", "not_a_risk"
Of = Literal["incident", "nonconformity", "supplier", "assessment"]


class Origin(Value):
    """`when`: for each name the values of which one has to be there. `once`: no later rule looks at the same thing."""

    id: str
    of: Of
    once: bool = False
    when: Mapping[str, tuple[str, ...]]
    category: str
    title: str


class Matter(Value):
    """One thing of the register. `about` is its id and `ref` what it is called by; `said` what rules look at."""

    of: Of
    about: str
    ref: str
    said: Mapping[str, tuple[str, ...]]
    uses: tuple[str, ...] = ()
    tool: str = ""


class Arisen(Value):
    """A risk that one thing suggests; `source` is of the risk that may come of it.

    `key` is the same for the same suggestion, also where another rule holds of the thing by now.
    """

    origin: str
    key: str
    ref: str
    source: str
    uses: tuple[str, ...] = ()
    tool: str = ""


@cache
def origins() -> Mapping[str, Origin]:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "origins")) if entry else {}
    faults.stop_if_any()
    found = [_origin(each, faults) for each in top["origins"].items(faults)]
    faults.stop_if_any()
    return {each.id: each for each in found if each is not None}


def _origin(entry: Read, faults: Faults) -> Origin | None:
    given = entry.fields(faults, ("id", "of", "when", "category", "title"), ("once",))
    said: dict[str, str] = {
        name: each.text(faults) for name, each in given.items() if name not in ("when", "once")
    }
    shape = kinds()[RISK].field("category")
    for name, allowed in (("of", get_args(Of)), ("category", shape.choices if shape else ())):
        if said.get(name) not in allowed:
            faults.add(entry, f"`{said.get(name)}` is not known", did_you_mean(said.get(name, ""), allowed))
            return None
    held = given["when"].value if "when" in given else {}
    looked = held if isinstance(held, dict) else {}
    when = {name: tuple(each.texts(faults)) for name, each in looked.items()}
    return Origin.model_validate(
        {**said, "when": when, "once": "once" in given and given["once"].flag(faults)}
    )


def arisen(matters: Iterable[Matter]) -> Iterator[Arisen]:
    """In the order of the file for each."""
    for matter in matters:
        for origin in origins().values():
            if not (origin.of == matter.of and _holds(origin, matter)):
                continue
            yield Arisen(
                origin=origin.id,
                key=f"{origin.of if origin.once else origin.id}:{matter.about}",
                ref=matter.ref,
                source=source_of(matter),
                uses=matter.uses,
                tool=matter.tool,
            )
            if origin.once:
                break


def source_of(matter: Matter) -> str:
    match matter.of:
        case "incident":
            return "concern" if "concern" in matter.said.get("kind", ()) else "incident"
        case "nonconformity":
            return "audit" if "audit" in matter.said.get("source", ()) else "review"
        case "supplier":
            return "review"
        case "assessment":
            return "impact_assessment"


def _holds(origin: Origin, matter: Matter) -> bool:
    return all(set(values) & set(matter.said.get(name, ())) for name, values in origin.when.items())


def still_open(
    found: Iterable[Arisen], risks: Collection[Entry], aside: Collection[Entry]
) -> tuple[Arisen, ...]:
    """What nobody weighed and nobody set aside. Of what suggests one risk alone, any that names it counts."""
    weighed = {(str(each.said("library")), ref) for each in risks for ref in _from(each)}
    named = {ref for _, ref in weighed}
    gone = {each.name for each in aside if each.in_force is not None}
    return tuple(
        each
        for each in found
        if each.key not in gone
        and (each.ref not in named if origins()[each.origin].once else (each.origin, each.ref) not in weighed)
    )


def _from(entry: Entry) -> tuple[str, ...]:
    said = entry.said("from")
    return said if isinstance(said, tuple) else ()
