"""Settings that live in the database and can be changed in Slack; the settings file only seeds them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from store.tables import SettingRow


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


def seed(session: Session, first: Mapping[str, Any], *, now: datetime) -> list[str]:
    """Sets what was never set, and says which; what people changed since is not touched."""
    new = [key for key in first if session.get(SettingRow, key) is None]
    for key in new:
        change(session, key, first[key], by=None, now=now)
    return new
