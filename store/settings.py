"""Settings that live in the database and can be changed in Slack; the settings file only seeds them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, select

from store.audit import ERASED, records
from store.legible import Cells, rows
from store.replaced import Place, instead, is_sealed
from store.tables import AuditTextRow, SettingRow
from store.trail import Record

SETTINGS = "settings"
"""What lines of the trail about settings are about; each has the value of every key as a text."""
RULES = "rules."
"""Keys about rules of the organisation's own, none of which is ever without a value."""


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


class Told(NamedTuple):
    """What a line says of a key: by whom and when, and the value; None where that is not kept."""

    seq: int
    by: str | None
    at: str
    value: str | None
    committed: bool


def differences(session: Session) -> Iterator[str]:
    """One sentence for each setting that is not what the trail says was set last, unless that was erased."""
    last, kept = _told(session), {row["key"]: row for row in rows(session, "setting")}
    for key in sorted(last.keys() | kept.keys()):
        if key not in kept:
            yield f"the setting {key} is missing"
        elif key not in last:
            yield f"the setting {key} is not in the trail"
        else:
            yield from _of_row(kept[key], last[key])


def _of_row(row: Cells, last: Told) -> Iterator[str]:
    if last.value not in (None, shown(row["value"])) or _is_disguised(row["key"], row["value"]):
        yield f"the setting {row['key']} was changed"
    for name, value in (("changed_by", last.by), ("changed_at", last.at)) if last.committed else ():
        if row[name] != value:
            yield f"the setting {row['key']} was changed: {name}"


def _is_disguised(key: str, value: Any) -> bool:
    """Text that reads like a list or a flag, or nothing in place of no text: shown alike, and read otherwise."""
    if value is None:
        return key.startswith(RULES)
    return isinstance(value, str) and (value in ("True", "False", "None") or value[:1] in tuple("[{"))


def unproven(session: Session) -> Iterator[str]:
    for key, last in sorted(_told(session).items()):
        if last.committed and last.value is None:
            yield f"the setting {key} of line {last.seq} (erased)"


def _told(session: Session) -> dict[str, Told]:
    """By key what was set last."""
    return dict(told(session))


def told(session: Session) -> Iterator[tuple[str, Told]]:
    """All that was ever set, in order."""
    now = instead(session)
    for line in records(session, about=SETTINGS):
        if line.what != ERASED:
            keys = line.detail.get("keys")
            for key in keys if isinstance(keys, list) else ():
                yield (
                    str(key),
                    Told(
                        line.seq,
                        line.actor,
                        line.at,
                        _text(session, line, str(key), now),
                        str(key) in line.texts,
                    ),
                )


def _text(session: Session, line: Record, key: str, now: dict[Place, str]) -> str | None:
    row = session.get(AuditTextRow, (line.seq, key))
    if row is None or not is_sealed(row, line, now):
        return None
    return row.text
