"""What is kept for its own sake: wordings and files by their digest, settings, numbers given out."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class WordingRow(Row, table=True):
    """The exact text of a form, a policy or a catalogue of texts that something once relied on."""

    __table_args__ = (one_of("kind", "form", "policy", "texts"),)

    digest: str = Field(primary_key=True)
    kind: str
    name: str
    version: str
    body: str
    first_seen: datetime


class FileRow(Row, table=True):
    digest: str = Field(primary_key=True)
    size: int
    media: str
    name: str
    body: bytes


class SettingRow(Row, table=True):
    key: str = Field(primary_key=True)
    value: Any = Field(default=None, nullable=True, sa_type=Json)
    changed_by: str | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime


class CounterRow(Row, table=True):
    """The last number given out for a prefix and a year; it only grows."""

    prefix: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int
