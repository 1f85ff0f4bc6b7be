"""By which texts each use was judged, as the trail tells it, in little room however large the register is."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from store.columns import to_text
from store.content import RECORD, shaped
from store.legible import UNREADABLE
from store.records import USE
from store.telling import lines
from store.trail import Record


class TextsNamed:
    """By which texts each use was judged, version by version, as its lines tell it; `uses`: all that have a line.

    `roles`: in which role each step was said.
    """

    def __init__(self) -> None:
        self.uses: set[str] = set()
        self.roles: dict[str, str] = {}
        self._digests: dict[tuple[str, str], str] = {}

    def digest(self, use: str, version: object) -> str | None:
        return self._digests.get((use, str(version)))

    def hear(self, line: Record, texts: Mapping[str, Any]) -> None:
        use, detail = line.subject[1], line.detail
        self.uses.add(use)
        if "step" in detail:
            self.roles[str(detail["step"])] = sys.intern(str(detail.get("role", "")))
        for version, digest in texts.items():
            self._digests[use, version] = sys.intern(digest) if isinstance(digest, str) else digest


def texts_named(
    session: Session, *, until: datetime | None = None, hear: Callable[[Record], object] = lambda _: None
) -> TextsNamed:
    """That alone of what `told` reads, which takes little room however large the register is.

    `hear`: is told each of the lines, for whoever wants something else of them.
    """
    last, named = to_text(until) if until else None, TextsNamed()
    for line, kept in lines(session):
        if line.subject[0] == USE and (last is None or line.at <= last):
            named.hear(line, _texts_of(kept.get(RECORD, "{}")))
            hear(line)
    return named


def _texts_of(record: str) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = shaped(json.loads(record)).get("texts", {})
        return found
    except UNREADABLE:
        return {}
