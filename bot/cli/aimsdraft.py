"""What a file states is put forward as drafts by the operator; what then has to happen in Slack is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.entries.colleagues import Colleagues
from bot.entries.drafting import Put, compared, put_forward
from bot.entries.reading import Stated, read_entries
from bot.office import Office
from intake.source import Damaged, Faults, printable, read_file
from store.sessions import Session
from triage.aims.entry import wanted
from triage.desk import Desk

FAULTY = 2
SAID = {
    "new": "drafted",
    "changed": "drafted",
    "same": "as it was",
    "sent_back": "sent back as it is, change it first",
    "open": "left open, as nobody is sure yet of",
}


def put_file_forward(office: Office, path: Path, *, dry: bool = False) -> int:
    """Nothing of it is kept where anything does not fit."""
    faults, desk = Faults(), office.desk({})
    try:
        with office.store.read() if dry else office.store.write() as session:
            stated = _read(session, path, faults, desk)
            found = compared(session, stated, desk) if dry else put_forward(session, stated, desk)
    except Damaged as damaged:
        print(damaged, file=sys.stderr)
        print("Nothing was drafted.", file=sys.stderr)
        return FAULTY
    for line in (*told(found, dry=dry), *who_says_yes(found, office.config.roles)):
        print(printable(line))
    return 0


def _read(session: Session, path: Path, faults: Faults, desk: Desk) -> list[Stated]:
    top = read_file(path, faults)
    found = read_entries(top, faults, desk, Colleagues(session).person) if top is not None else []
    faults.stop_if_any()
    return found


def told(found: Sequence[Put], *, dry: bool) -> Iterator[str]:
    for each in found:
        ref = each.entry.ref if each.entry is not None else "new"
        fields = f" {', '.join(each.stated.open)}" if each.became == "open" else ""
        yield f"{ref}  {_name(each)}: {SAID[each.became]}{fields}"
    made = sum(each.wish is not None for each in found)
    same, left = (sum(each.became in which for each in found) for which in (("same", "sent_back"), ("open",)))
    would = "would be drafted" if dry else "drafted"
    yield f"{would} {made}, as they were {same}, left open {left}"


def who_says_yes(found: Sequence[Put], holders: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """An operator's word counts for nothing by itself."""
    asked: dict[tuple[tuple[str, ...], int], list[str]] = {}
    for each in found:
        if each.wish is not None:
            guarded = each.entry is not None and each.entry.drafts[-1].guarded
            key = each.stated.kind.approvers, wanted(each.stated.kind, "", guarded=guarded)
            asked.setdefault(key, []).append(_name(each))
    if asked:
        yield "None of this counts before people say yes to it in Slack, where Home shows what waits for them:"
    for (roles, many), names in asked.items():
        yield f"  {_people(many)} in the role {' or '.join(roles)}: {'; '.join(names)}"
        held = dict.fromkeys(one for role in roles for one in holders.get(role, ()))
        if len(held) < many and not any(one.startswith("S") for one in held):
            yield f"    So far {len(held)} can be asked there. Name more in Home, else it never counts."


def _people(many: int) -> str:
    return "1 person" if many == 1 else f"{many} people"


def _name(put: Put) -> str:
    kind, called = put.stated.kind.id, " ".join(put.stated.called.split())
    return f"{kind} {called}" if called else kind
