"""Settings that live in the database and can be changed in Slack; the settings file only seeds them."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from store.audit import sealed_lines
from store.tables import AuditTextRow, SettingRow
from store.trail import read, sha256

SETTINGS = "settings"
"""What lines of the trail about settings are about; each has the value of every key as a text."""


def value(session: Session, key: str, default: Any = None) -> Any:
    row = session.get(SettingRow, key)
    return default if row is None else row.value


def values(session: Session) -> dict[str, Any]:
    return {row.key: row.value for row in session.exec(select(SettingRow))}


def change(session: Session, key: str, value: Any, *, by: str | None, now: datetime) -> None:
    row = session.get(SettingRow, key) or SettingRow(key=key, changed_at=now)
    row.value, row.changed_by, row.changed_at = value, by, now
    session.add(row)
    session.flush()


EMPTY: tuple[Any, ...] = (None, "", [], ())


def seed(session: Session, first: Mapping[str, Any], *, now: datetime) -> list[str]:
    """Sets what nobody ever set, and says which; what people changed since is not touched.

    An empty value settles nothing, so it can still be said later; one that a person emptied stays empty.
    """
    new = [key for key, value in first.items() if value not in EMPTY and _never_set(session, key)]
    for key in new:
        change(session, key, first[key], by=None, now=now)
    return new


def _never_set(session: Session, key: str) -> bool:
    row = session.get(SettingRow, key)
    return row is None or (row.changed_by is None and row.value in EMPTY)


def shown(value: Any) -> str:
    """As the trail keeps it."""
    return "" if value is None else str(list(value) if isinstance(value, tuple) else value)


def differences(session: Session) -> Iterator[str]:
    """One sentence for each setting that is not what the trail says was set last, unless that was erased."""
    told, kept = _told(session), values(session)
    for key in sorted(told.keys() | kept.keys()):
        if key not in kept:
            yield f"the setting {key} is missing"
        elif key not in told:
            yield f"the setting {key} is not in the trail"
        elif told[key] not in (None, shown(kept[key])):
            yield f"the setting {key} was changed"


def _told(session: Session) -> dict[str, str | None]:
    """By key the value set last; None where the trail does not keep it."""
    told: dict[str, str | None] = {}
    for sealed in sealed_lines(session):
        if not read(sealed).true:
            continue
        line = json.loads(sealed)
        if line["subject"][0] == SETTINGS:
            for key in line["detail"].get("keys", ()):
                told[key] = _text(session, line, key)
    return told


def _text(session: Session, line: Mapping[str, Any], key: str) -> str | None:
    row = session.get(AuditTextRow, (line["seq"], key))
    if row is None or sha256(row.salt + row.text) != line["texts"].get(key):
        return None
    return row.text
