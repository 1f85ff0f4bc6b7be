"""Which other management systems a record serves, too: said beside the record, which stays as it is; pure.

A tag is no evidence of anything: it only says where else the same record is to be shown, under the same reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.outcome import Refused

KIND, RECORD = "tagged", "record"
RECORDS = (
    *("supplier", "supplier_paper", "policy", "document", "risk", "control", "duty", "objective", "scope"),
    *("context", "commitment", "appetite", "training", "audit", "management_review", "certification"),
)
"""Kinds that are tagged: what names no use and no incident in its title."""
SYSTEM = "system"
"""The field of a document that says where it is held: it needs no tag to serve that system."""
SAME = re.compile(r"\biec\b|[\W_]+")


def known() -> tuple[str, ...]:
    """Those that we bring; any other is written by its name."""
    field = kinds()[KIND].field("serves")
    return field.choices if field is not None else ()


def same_tag(text: str) -> str:
    """So that what is written as "ISO/IEC 27001" or "iso 27001" is one."""
    return SAME.sub("", text.casefold())


def tag_named(text: str) -> str:
    """As it is kept: one that we bring by its id, else as it was written."""
    return next((each for each in known() if same_tag(each) == same_tag(text)), " ".join(text.split()))


def tags_of(record: Entry, tagged: Entry | None) -> tuple[str, ...]:
    """In order, each once: where it is held, and what somebody said that it serves."""
    said = tagged.in_force.said if tagged is not None and tagged.in_force is not None else {}
    held = str(record.said(SYSTEM) or "") if record.kind == "document" else ""
    named = [
        *([held] if held in known() else []),
        *_several(said.get("serves")),
        *_several(said.get("others")),
    ]
    found: dict[str, str] = {}
    for each in named:
        found.setdefault(same_tag(each), tag_named(each))
    return tuple(found.values())


def check_tagged(name: str, said: Mapping[str, Said], kind: str) -> None:
    """`kind`: of the record of that name, where one counts or did."""
    if _several(said.get(RECORD)) != (name,):
        raise Refused("entry_field", field=RECORD, wrong="record")
    if kind not in RECORDS:
        raise Refused("entry_field", field=RECORD, wrong="record")
    for each in _several(said.get("others")):
        if not same_tag(each):
            raise Refused("entry_field", field="others", wrong="tag")


def record_named(said: Mapping[str, Said]) -> str:
    """What a tag is called: the reference of its record; "" where none is given."""
    return next(iter(_several(said.get(RECORD))), "").strip().upper()


def may_be_tagged(entry: Entry) -> bool:
    return entry.kind in RECORDS and entry.in_force is not None


def by_record(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {each.name: each for each in entries if each.kind == KIND}


def _several(said: Said | None) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()
