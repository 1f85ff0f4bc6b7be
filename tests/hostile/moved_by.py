"""Draws the life of a use with who moves it by what: states of triage/lifecycle.py, people of permissions.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.hostile.permitted import ALLOWED, STATES, expected, table
from triage.case import Status
from triage.lifecycle import MOVES

PAGE = Path(__file__).parents[2] / "README.md"
FENCE = "```"
BEGIN = "<!-- drawn by tests/hostile/moved_by.py; its test compares -->\n" + FENCE + "mermaid\n"


class Leads(NamedTuple):
    """What a wish makes of a use in one of these states; rules say which where there are two."""

    wish: str
    states: tuple[str, ...]
    to: tuple[str, ...]


LEADS = (
    Leads("submit", ("draft",), ("in_review", "blocked")),
    Leads("cancel", ("draft",), ("withdrawn",)),
    Leads("ask_requester", ("in_review",), ("needs_info",)),
    Leads("type", ("needs_info",), ("in_review", "blocked")),
    Leads("approve", ("in_review",), ("approved",)),
    Leads("approve_with_conditions", ("in_review",), ("approved_with_conditions",)),
    Leads("decline", ("in_review", "needs_info", "blocked"), ("declined",)),
    Leads("confirm_prohibited", ("blocked",), ("declined",)),
    Leads("withdraw", ("in_review", "needs_info", "blocked"), ("withdrawn",)),
    Leads("reopen", ("withdrawn",), ("in_review", "blocked")),
)


def people(wish: str, state: str) -> tuple[str, ...]:
    """The requester, the owner and those who hold one role; not who is tried only to be refused."""
    plain = [
        who
        for who, meant in table()["who"].items()
        if meant.startswith(("asked for the use", "answers", "holds this"))
    ]
    able = [who for who in plain if expected(who, wish, state) == ALLOWED]
    return tuple(who for who in able if not who.startswith("own_"))


def named(state: str, to: str) -> str:
    """Who does what there, or nothing where rules, a day or an import move it."""
    done = [each.wish for each in LEADS if state in each.states and to in each.to]
    return " or ".join(f"{wish} ({', '.join(people(wish, state))})" for wish in done).replace("_", " ")


def lines() -> Iterator[str]:
    yield "stateDiagram-v2"
    yield "    [*] --> draft: begin (anybody)"
    yield "    [*] --> disclosed"
    for state in STATES:
        following = sorted(each.value for each in MOVES[Status(state)])
        for to in following:
            told = named(state, to)
            yield f"    {state} --> {to}" + (f": {told}" if told else "")
        if not following:
            yield f"    {state} --> [*]"


def drawn() -> str:
    return "\n".join(lines()) + "\n"


def drawn_into(page: str) -> str:
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + drawn() + FENCE + rest.partition(FENCE)[2]


if __name__ == "__main__":
    PAGE.write_text(drawn_into(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
