"""Whether the register says what the trail says: states and decisions, each row of a record, and the settings.

The trail proves only itself. Somebody who changes a record leaves it untouched; here the two are laid side by side.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlmodel import Session, select

from store import comparing, settings
from store.audit import ERASED, sealed_lines
from store.comparing import readable
from store.records import USE
from store.tables import DecisionRow, UseRow
from store.trail import read


def differences(session: Session) -> list[str]:
    """One sentence for each record that differs; a trail that is itself not whole is read as far as it is true."""
    states, decided, names = _told(session)
    return [
        *_of_uses(session, states, names),
        *_of_decisions(session, decided, names),
        *readable("a row of the register", comparing.differences(session)),
        *readable("a setting", settings.differences(session)),
    ]


def _told(session: Session) -> tuple[dict[str, str], dict[str, tuple[str, str]], dict[str, str]]:
    """By the trail: each use's last state, (use, state) of each decision, and the reference of each use."""
    states: dict[str, str] = {}
    decided: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    for sealed in sealed_lines(session):
        if not read(sealed).true:
            continue
        line = json.loads(sealed)
        (kind, use), detail = line["subject"], line["detail"]
        if kind != USE:
            continue
        names[use] = str(detail.get("ref", names.get(use, use)))
        if "status" in detail:
            states[use] = str(detail["status"])
        elif line["what"] != ERASED and not line["what"].endswith(".refused"):
            states.pop(use, None)  # a line from before states were told: what holds now is not known
        if "decision" in detail:
            decided[str(detail["decision"])] = (use, line["what"].removeprefix("case."))
    return states, decided, names


def _of_uses(session: Session, states: dict[str, str], names: dict[str, str]) -> Iterator[str]:
    kept = dict(session.exec(select(UseRow.id, UseRow.state)).all())
    refs = dict(session.exec(select(UseRow.id, UseRow.ref)).all())
    for use in sorted(states.keys() - kept.keys()):
        yield f"{names[use]} is missing, the trail knows it as {states[use]}"
    for use, state in sorted(kept.items(), key=lambda each: refs[each[0]] or each[0]):
        if use not in names:
            yield f"{refs[use] or use} is {state}, the trail does not know it"
        elif states.get(use, state) != state:
            yield f"{refs[use] or use} is {state}, the trail says {states[use]}"


def _of_decisions(
    session: Session, decided: dict[str, tuple[str, str]], names: dict[str, str]
) -> Iterator[str]:
    kept = {row.id: row for row in session.exec(select(DecisionRow).where(DecisionRow.subject_kind == USE))}
    for id in sorted(decided.keys() - kept.keys()):
        use, state = decided[id]
        yield f"the decision {id} on {names[use]} ({state}) is missing"
    for id, row in sorted(kept.items()):
        use = names.get(row.subject_id, row.subject_id)
        if id not in decided:
            yield f"the trail does not know the decision {id} on {use} ({row.outcome})"
        elif decided[id] != (row.subject_id, row.outcome):
            yield f"the decision {id} on {use} is {row.outcome}, the trail says {decided[id][1]}"
