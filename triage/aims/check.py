"""Whether what somebody says of an entry fits its fields; the first thing that does not is told with its field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from triage.aims.entry import Said
from triage.aims.kinds import SEVERAL, WORDY, Field
from triage.aims.standard import points
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import ROLES

LONGEST = {"line": 200, "link": 500, "lines": 4000, "words": 20000}
MOST = 200
"""Things in one field."""
MOST_DIGITS = 9
REFERENCE = re.compile(r"AI[A-Z]-[0-9]{4}-[0-9]{4,8}|line [0-9]{1,12}")
"""Of what is on record; a field of references takes nothing that people wrote, as it cannot be erased."""
USE = re.compile(r"AIU-[0-9]{4}-[0-9]{4,8}|[0-9a-f]{32}")
COUNT = re.compile(r"[^=\s][^=\n]{0,99}=[a-z0-9_]{0,20}")
OF_FIELD = {"uses": USE, "sample": USE, "left_out": USE, "rests": COUNT, "decided": COUNT, "looked_at": COUNT}
"""Where something narrower is meant: a use (by its id, as long as it has no reference), or a name and how many."""


def checked(fields: Iterable[Field], said: Mapping[str, Said], desk: Desk) -> dict[str, Said]:
    """Without what was left empty. Raises Refused `entry_field` with the field and what is wrong with it."""
    known = {field.id: field for field in fields}
    if unknown := said.keys() - known.keys():
        raise Refused("entry_field", field=min(unknown), wrong="unknown")
    found: dict[str, Said] = {}
    for name, field in known.items():
        value = _value(field, said.get(name), desk)
        if value is not None:
            found[name] = value
        elif field.needed:
            raise Refused("entry_field", field=name, wrong="needed")
    return found


def _value(field: Field, given: Said | None, desk: Desk) -> Said | None:
    """None for what is empty."""
    if field.kind in SEVERAL:
        parts = (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ()
        kept = tuple(dict.fromkeys(_in_shape(field, part.strip()) for part in parts if part.strip()))
        long = field.kind not in WORDY and any(len(part) > LONGEST["line"] for part in kept)
        if long or len(kept) > MOST or sum(map(len, kept)) > LONGEST["lines"]:
            raise Refused("entry_field", field=field.id, wrong="long")
        if field.kind == "lines" and any("\n" in part for part in kept):
            raise Refused("entry_field", field=field.id, wrong="lines")
        _check_known(field, kept, desk)
        return kept or None
    if field.kind == "whole":
        return _whole(field, given)
    text = given.strip() if isinstance(given, str) else ""
    if not text:
        return None
    if len(text) > LONGEST.get(field.kind, LONGEST["line"]):
        raise Refused("entry_field", field=field.id, wrong="long")
    _check_one(field, text, desk)
    return text


def _in_shape(field: Field, part: str) -> str:
    """A reference as it is written, however somebody typed it."""
    if field.kind != "refs":
        return part
    shape, typed = OF_FIELD.get(field.id, REFERENCE), part.upper()
    found = typed if shape is not COUNT and shape.fullmatch(typed) else part
    if not shape.fullmatch(found) and not (shape is REFERENCE and found in points()):
        raise Refused("entry_field", field=field.id, wrong="refs")
    return found


def _whole(field: Field, given: Said | None) -> int | None:
    if given is None or given == "":
        return None
    if isinstance(given, bool) or not (
        isinstance(given, int) or (isinstance(given, str) and given.isascii() and given.isdecimal())
    ):
        raise Refused("entry_field", field=field.id, wrong="whole")
    if abs(given) >= 10**MOST_DIGITS if isinstance(given, int) else len(given) > MOST_DIGITS:
        raise Refused("entry_field", field=field.id, wrong="whole")
    return int(given)


def _check_one(field: Field, text: str, desk: Desk) -> None:
    if field.kind == "day" and not is_day(text):
        raise Refused("entry_field", field=field.id, wrong="day")
    if field.kind == "link" and not _is_link(text):
        raise Refused("entry_field", field=field.id, wrong="link")
    if field.kind == "line" and "\n" in text:
        raise Refused("entry_field", field=field.id, wrong="lines")
    _check_known(field, (text,), desk)


def _check_known(field: Field, given: Iterable[str], desk: Desk) -> None:
    """People are opaque ids already; who that is, whoever hears it knows."""
    known: Collection[str] | None = {
        "choice": field.choices,
        "choices": field.choices,
        "role": ROLES,
        "points": points(),
        "units": desk.organisation.units or None,
    }.get(field.kind)
    if known is not None and not set(given) <= set(known):
        raise Refused("entry_field", field=field.id, wrong="choice")


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, text))
