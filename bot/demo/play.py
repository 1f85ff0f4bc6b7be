"""What the acts of the year share: the people, and which entry of the register each request became."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from bot.demo.member import CARDS, Member, Shown
from bot.demo.player import Stuck
from bot.demo.theatre import Theatre
from bot.sandbox.reading import words
from store import queries
from store.records import load
from triage.case import Case

MIRA, JONAS, PRIYA, AMARA, LEILA, PETRA, HANA, UTE, OLE = (
    "U0MIRA",
    "U0JONAS",
    "U0PRIYA",
    "U0AMARA",
    "U0LEILA",
    "U0PETRA",
    "U0HANA",
    "U0UTE",
    "U0OLE",
)
USE, INCIDENT = re.compile(r"AIU-\d{4}-\d{4}"), re.compile(r"AII-\d{4}-\d{4}")


class Play:
    def __init__(self, theatre: Theatre, without: Collection[str] = ()) -> None:
        self.theatre, self.without = theatre, without
        self.refs: dict[str, str] = {}

    def person(self, user: str) -> Member:
        return self.theatre.person(user)

    def card(self, reader: Member, about: str = "") -> Shown:
        """The newest card of a use that says this."""
        for message in reader.messages(CARDS):
            says = words(message)
            if (
                not message.get("thread_ts")
                and USE.search(says)
                and not INCIDENT.search(says)
                and about in says
            ):
                return message
        raise Stuck(f"There is no card about {about!r}.")

    def case(self, use: str) -> Case:
        with self.theatre.store.read() as session:
            id = queries.id_of(session, self.refs[use])
            case = load(session, id) if id else None
        if case is None:
            raise Stuck(f"There is no {self.refs[use]}.")
        return case


def ref_of(message: Shown) -> str:
    found = USE.search(words(message))
    if found is None:
        raise Stuck(f"No reference stands there: {words(message)[:300]}")
    return found[0]


def fields(view: Shown | None) -> dict[str, Any]:
    """What can be filled in in a window, by the name of its block."""
    blocks = (view or {}).get("blocks") or []
    return {str(block["block_id"]): block["element"] for block in blocks if block["type"] == "input"}
