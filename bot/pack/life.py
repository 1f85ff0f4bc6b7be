"""What became of a use, for its page: the lines of the trail at which something turned, each with its number."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from bot.cli.recalled import Past
from bot.cli.stating import Stating
from bot.pack.sections import Section, table
from bot.pack.using import Showing, known, moment
from store.recounted import Recounted
from store.sessions import Session
from store.texts_named import texts_named
from store.trail import Record

TURNS = frozenset(
    {
        *(
            "case.submitted",
            "use.disclosed",
            "case.recorded",
            "case.put_down",
            "case.came_up",
            "case.withdrawn",
        ),
        *("case.signed_off", "case.approved", "case.approved_with_conditions", "case.declined"),
        *("case.blocked", "case.unblocked", "case.reopened", "case.under_reassessment", "case.lapsed"),
        *("exception.confirmed", "exception.objected", "exception.gone"),
        *("tier.overridden", "risk.accepted", "practice.excepted", "motion.gone"),
        *("use.suspended", "use.stopped", "use.changed", "use.unused", "stage.moved"),
        *("condition.unmet", "condition.restored"),
        *("review.answered", "review.agreed", "review.returned", "review.closed"),
    }
)
"""Lines after which it stands otherwise, or somebody has looked at it again."""
UNTOLD = frozenset(
    {"tier_floor", "tier_ceiling", "eu_floor", "eu_ceiling", "more", "less", "stood", "because"}
)
"""Of a line: levels without words, and names of rules. How it is judged stands in a section of its own."""
MOST = 200
"""On one page, the last of them."""


class Lived:
    """Which lines these are of each use, read from the trail in one go up to `until`. They wait in a file."""

    def __init__(self, session: Session, until: datetime | None, waiting: BinaryIO) -> None:
        self._places: dict[str, array[int]] = {}
        self._waiting = waiting
        self.texts = texts_named(session, until=until, hear=self._hear)

    def _hear(self, line: Record) -> None:
        if line.what in TURNS:
            self._places.setdefault(line.subject[1], array("Q")).append(self._waiting.tell())
            told = (line.seq, line.at, line.what, line.actor, line.detail)
            self._waiting.write(json.dumps(told).encode() + b"\n")

    def of(self, use: str) -> tuple[int, Sequence[Recounted]]:
        """How many they are, and the last `MOST` of them."""
        places = self._places.get(use, ())
        return len(places), tuple(map(self._at, places[-MOST:]))

    def _at(self, place: int) -> Recounted:
        """Without its texts: the words of people stand where they were said."""
        self._waiting.seek(place)
        seq, at, what, actor, detail = json.loads(self._waiting.readline())
        return Recounted(seq, at, what, actor or "", detail, {}, frozenset(), {})


def section(many: int, lines: Sequence[Recounted], show: Showing) -> Iterator[Section]:
    """`lines`: the last of so many. None where there are none."""
    say = show.words.label
    if lines:
        rows = _rows(lines, show)
        more = say("pack.use.life_more", shown=len(lines), count=many) if many > len(lines) else ""
        drawn = table(say("pack.use.life_heads").split(" | "), rows, more)
        yield Section("life", say("pack.use.life"), (say("pack.use.life_says"),), (drawn,))


def _rows(lines: Sequence[Recounted], show: Showing) -> Iterator[tuple[str, ...]]:
    past = Past()
    says = Stating(show.words, show.people, past)
    for line in lines:
        past.hear(line)
        status = known(show.words, "status", line.detail.get("status", ""))
        told = line._replace(detail={name: line.detail[name] for name in line.detail if name not in UNTOLD})
        yield (
            moment(line.at),
            f"{says.phrase(line)}{_about(told, says)}",
            says.who(line),
            status,
            str(line.seq),
        )


def _about(line: Recounted, says: Stating) -> str:
    """`says` knows no state before it: how it stands has a column of its own."""
    named = " ".join(str(line.detail[name]) for name in ("incident", "number") if line.detail.get(name))
    return f" {named}{says.more(line)}" if named else says.more(line)
