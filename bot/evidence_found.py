"""The files of an export about what was looked for and found beside the register, and what was settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.archive import Archive
from bot.extract import SETTING_COLUMNS, SETTING_HISTORY_COLUMNS
from bot.masking import masked, masked_text
from store import extract, extract_found
from store.legible import Cells
from store.sessions import Session
from store.sightings import SAID

LIST_COLUMNS = (
    *("run", "line", "digest", "kind", "format", "taken_at"),
    *extract_found.OF_LISTS,
)
SIGHTING_COLUMNS = ("run", *SAID)
TOOL_COLUMNS = (*("line", "at", "tool", "name", "what", "checked_on", "since", "through", "words", "digest"),)
CAMPAIGN_COLUMNS = (
    *("id", "line", "started_by", "at", "places", "everyone", "amnesty", "since", "until", "words"),
    *("ended_by", "ended_at"),
)
NOT_OF_THEN = {
    "settings": "kept as they are now; settings_history tells for each key what was set last by that day"
}
"""What an export of an earlier day leaves out, and where it stands instead."""


def put_found(archive: Archive, session: Session, until: datetime | None) -> None:
    for name, columns, records in (
        ("sighting_runs", LIST_COLUMNS, extract_found.lists),
        ("sightings", SIGHTING_COLUMNS, extract_found.seen),
        ("tools", TOOL_COLUMNS, extract_found.looked_at),
        ("campaigns", CAMPAIGN_COLUMNS, extract_found.campaigns),
    ):
        _put(archive, name, columns, records(session, until))


def put_settings(archive: Archive, session: Session, until: datetime | None) -> None:
    known = extract.opaque_ids(session)
    if until is None:
        now = extract.settings(session)
        settled = ((key, masked(key, value, known), *by) for key, value, *by in now)
        _put(
            archive,
            "settings",
            SETTING_COLUMNS,
            (dict(zip(SETTING_COLUMNS, each, strict=True)) for each in settled),
        )
    past = extract.settings_told(session, until)
    told = ((seq, at, key, masked_text(key, value, known), by) for seq, at, key, value, by in past)
    named = (dict(zip(SETTING_HISTORY_COLUMNS, each, strict=True)) for each in told)
    _put(archive, "settings_history", SETTING_HISTORY_COLUMNS, named)


def _put(archive: Archive, name: str, columns: tuple[str, ...], records: Iterable[Cells]) -> None:
    with archive.table(name, columns) as put:
        for record in records:
            put({column: record[column] for column in columns})
