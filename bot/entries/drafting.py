"""Puts forward what a file states otherwise than it stands: drafts of the changes alone, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal, NamedTuple

from bot.entries.reading import Stated
from intake.source import Faults
from store import aims, audit
from store.sessions import Session
from triage.aims.control import CONTROL, as_kept
from triage.aims.decide import draft
from triage.aims.entry import Draft, Entry, entry_id
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

Became = Literal["new", "changed", "same", "sent_back", "open"]


class Put(NamedTuple):
    """What becomes of one; `wish`: where it is drafted, `entry`: as it is then, or as it was."""

    stated: Stated
    became: Became
    wish: DraftEntry | None = None
    entry: Entry | None = None


def put_forward(session: Session, stated: Sequence[Stated], desk: Desk, actor: str = "") -> list[Put]:
    """By an operator, or by somebody. Raises Damaged with all that does not fit; then nothing is kept."""
    session.execute(audit.HEAD)  # two who put the same file forward at once come one after the other
    found = compared(session, stated, desk, actor)
    return [
        each._replace(entry=aims.carry_out(session, each.wish, desk)) if each.wish is not None else each
        for each in found
    ]


def compared(session: Session, stated: Sequence[Stated], desk: Desk, actor: str = "") -> list[Put]:
    """What would become of each."""
    faults = Faults()
    found = [_compared(session, each, faults, desk, actor) for each in stated]
    faults.stop_if_any()
    return found


def _compared(session: Session, stated: Stated, faults: Faults, desk: Desk, actor: str) -> Put:
    if not stated.is_whole:
        return Put(stated, "open")
    known = _known(session, stated, faults)
    if known is not None and (same := _same(known, stated)) is not None:
        return Put(stated, "sent_back" if same.ended else "same", entry=known)
    wish = _wish(stated, known).model_copy(update={"actor": actor})
    try:
        draft(known, wish, desk)
    except Refused as refused:
        _unfit(stated, refused, faults)
    return Put(stated, "changed" if known is not None else "new", wish, known)


def _unfit(stated: Stated, refused: Refused, faults: Faults) -> None:
    if refused.key == "entry_name":
        name = stated.at.at("name")
        faults.add(name, "needs a short name on one line", "Write one of at most 60 letters.")
    elif refused.key == "entry_field":
        field = refused.facts.get("field", "")
        problem = f"lacks `{field}`, or what may stand in its place"
        faults.add(stated.at.at(field), problem, f"Add `{field}:`.")
    else:
        raise refused


def _same(entry: Entry, stated: Stated) -> Draft | None:
    """The version that says the same: the one that counts, or the last that was put forward."""
    said = as_kept(stated.said) if entry.kind == CONTROL else stated.said
    last = entry.drafts[-1] if entry.drafts and not entry.drafts[-1].retires else None
    for each in (entry.in_force, last):
        if each is not None and dict(each.said) == dict(said):
            return each
    return None


def _known(session: Session, stated: Stated, faults: Faults) -> Entry | None:
    kind = stated.kind
    if kind.single or kind.named:
        return aims.load(session, entry_id(kind, stated.name, ""))
    if stated.ref:
        found = aims.by_ref(session, stated.ref)
        if found is None or found.kind != kind.id:
            problem = f"there is no {kind.id} {stated.ref[:40]!r}"
            faults.add(stated.at.at("ref"), problem, "Remove `ref:` where it is a new one.")
            return None
        return found
    title = stated.called
    alike = [each for each in aims.of_kind(session, kind.id, "in_force", "proposed") if each.title == title]
    if title and len(alike) > 1:
        refs = ", ".join(each.ref for each in alike)
        faults.add(stated.at, f"`{title[:60]}` is the title of several", f"Say which: `ref:` of {refs}.")
    return alike[0] if title and alike else aims.load(session, _wish(stated, None).entry)


def _wish(stated: Stated, known: Entry | None) -> DraftEntry:
    """The same words make the same wish, so that nothing is put forward twice."""
    seen = len(known.drafts) if known is not None else 0
    about = [known.id if known is not None else "", stated.kind.id, stated.name, seen]
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in stated.said.items()}
    text = json.dumps([*about, said], sort_keys=True)
    key = f"entries:{sha256(text.encode()).hexdigest()}"
    return DraftEntry(
        actor="",
        key=key,
        entry=known.id if known is not None else entry_id(stated.kind, stated.name, key),
        kind=stated.kind.id,
        name=stated.name,
        said=stated.said,
        seen=seen,
    )
