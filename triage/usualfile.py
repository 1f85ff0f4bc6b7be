"""Reads the library of conditions, ours and an organisation's own: what may be agreed to, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

from intake.condition import Always, Condition
from intake.source import Entry, Faults, did_you_mean, read_file
from triage.own import ID, line
from triage.rules import Usual
from triage.terms import Otherwise

FILE = Path(__file__).with_name("conditions.yaml")
SAID = ("text", "check")
OPTIONAL = ("when", "days", "otherwise")
LONGEST_TEXT = 75
"""Of a choice in Slack: what is longer would be cut, and then no longer be what was decided."""
LONGEST_WAIT = 500
"""Working days: about two years."""

Parse = Callable[[Entry], Condition]


def our_usual(faults: Faults) -> list[Entry]:
    entry = read_file(FILE, faults)
    return entry.items(faults) if entry else []


def read_usual(ours: list[Entry], theirs: list[Entry], parse: Parse, faults: Faults) -> tuple[Usual, ...]:
    """Theirs first: what an organisation wrote down itself is nearer to it than what everybody may need."""
    found: dict[str, Usual] = {}
    for entry, needed in (
        *((each, ("id", *SAID, "source")) for each in theirs),
        *((each, ("id", "source")) for each in ours),
    ):
        fields = entry.fields(faults, needed, OPTIONAL)
        if len(fields.keys() & set(needed)) < len(needed):
            continue
        one = _usual(fields, parse, faults)
        if one.text:
            _check_own(one, fields["id"], faults)
        if one.id in found:
            faults.add(fields["id"], f"`{one.id}` is a condition already", "Give each its own id.")
        if one.text and one.text in {each.text for each in found.values()}:
            faults.add(fields["text"], "is said by another condition already", "Say it once.")
        found[one.id] = one
    return tuple(found.values())


def _usual(fields: dict[str, Entry], parse: Parse, faults: Faults) -> Usual:
    said = {name: line(fields[name], faults) for name in (*SAID, "source") if name in fields}
    if len(said.get("text", "")) > LONGEST_TEXT:
        faults.add(fields["text"], f"is longer than {LONGEST_TEXT} characters", "Say it shorter.")
    days, otherwise = _days(fields, faults), _otherwise(fields, faults)
    for name, other in (("days", "otherwise"), ("otherwise", "days")):
        if name in fields and other not in fields:
            mend = f"Add `{other}:`, or remove `{name}:`; without both it holds all the time."
            faults.add(fields[name], f"stands without `{other}`", mend)
    when = parse(fields["when"]) if "when" in fields else Always()
    return Usual(id=fields["id"].text(faults), when=when, days=days, otherwise=otherwise, **said)


def _check_own(one: Usual, at: Entry, faults: Faults) -> None:
    if one.id and not ID.fullmatch(one.id):
        mend = "Write it like `own-customers-told`: small letters and digits, with hyphens."
        faults.add(at, f"`{one.id[:80]}` is no id of a condition of your own", mend)


def _days(fields: dict[str, Entry], faults: Faults) -> int:
    if "days" not in fields:
        return 0
    found = fields["days"].whole(faults)
    if not 1 <= found <= LONGEST_WAIT and isinstance(fields["days"].value, int):
        faults.add(fields["days"], f"`{found}` is no number of days here", f"Write 1 to {LONGEST_WAIT}.")
    return found


def _otherwise(fields: dict[str, Entry], faults: Faults) -> Otherwise | Literal[""]:
    if "otherwise" not in fields:
        return ""
    named, known = fields["otherwise"].text(faults), get_args(Otherwise)
    if named and named not in known:
        faults.add(fields["otherwise"], f"`{named}` is nothing that follows", did_you_mean(named, known))
    found: Otherwise | Literal[""] = next((each for each in known if each == named), "")
    return found
