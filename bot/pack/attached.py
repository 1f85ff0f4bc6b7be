"""The files that a pack may hold: those that something in it names by their digest, under that digest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bot.extract import Plain
from bot.pack.container import Container
from bot.pack.papers import TOP, Papers
from store import files
from store.sessions import Session

COLUMNS = ("file", "name", "media", "bytes", "sha256")
DIGEST = re.compile(rb"\b[0-9a-f]{64}\b")
ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")
TABLES_OF_WORDS = ("wordings.jsonl", "results.jsonl")
"""These name forms and rules by digest, and no files of people."""


class Attached(NamedTuple):
    """`left_out`: how many nothing in the pack names, so that nobody can say who may read them."""

    rows: tuple[tuple[str, ...], ...]
    left_out: int


def attach(
    session: Session, papers: Papers, container: Container, folder: Path, *, whole: bool, then: bool = False
) -> Attached:
    """`then`: of an earlier day, so only what its records or its lines of the trail name was there."""
    known = {each.digest for each in files.listed(session)}
    records = known & set(_named(_data(folder))) if known else set()
    if then:
        known &= records | set(_named([folder / name for name in TOP]))
    named = known if whole else known & records
    rows = []
    with papers.table("attachments", COLUMNS) as put:
        for each in files.listed(session):
            if each.digest in named:
                row = _put(session, container, each)
                put(row)
                rows.append(tuple(str(row[column]) for column in COLUMNS))
    return Attached(tuple(rows), len(known - named))


def _put(session: Session, container: Container, each: files.Listed) -> Plain:
    ending = ENDING.search(each.name)
    place = f"attachments/{each.digest}{ending[0].lower() if ending else ''}"
    container.put(place, files.body_of(session, each.digest))
    return dict(zip(COLUMNS, (place, each.name, each.media, each.size, each.digest), strict=True))


def _data(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / "data").glob("*.jsonl")) if path.name not in TABLES_OF_WORDS]


def _named(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                yield from (found.decode() for found in DIGEST.findall(line))
