"""Draws the life of a use, what moves it and who does: states of triage/lifecycle.py, people of permissions.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.hostile.permitted import ALLOWED, STATELESS, STATES, expected, table, wishes
from triage.case import Status
from triage.lifecycle import MOVES

PAGE = Path(__file__).parents[2] / "README.md"
FENCE = "```"
BEGIN = "<!-- drawn by tests/hostile/moved_by.py; its test compares -->\n"
END = "<!-- drawn until here -->\n"

Arrow = tuple[str, str]


class Leads(NamedTuple):
    """What a wish makes of a use in one of these states; rules say which where there are two."""

    wish: str
    states: tuple[str, ...]
    to: tuple[str, ...]


class Besides(NamedTuple):
    """What else moves a use; moved_besides.py has one of each."""

    told: str
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
    Leads("move_on", ("approved", "approved_with_conditions", "under_reassessment", "lapsed"), ("retired",)),
    Leads("not_used", ("disclosed",), ("retired",)),
    Leads("reopen", ("withdrawn",), ("in_review", "blocked")),
)
IN_USE = ("approved", "approved_with_conditions")
BESIDES = (
    Besides("a practice is marked", ("in_review",), ("blocked",)),
    Besides("two people leave it out of the ban", ("blocked",), ("in_review",)),
    Besides("its phase of the roll-out has not begun", ("draft", "withdrawn"), ("disclosed",)),
    Besides("taken back before its phase has begun", ("disclosed",), ("withdrawn",)),
    Besides("its phase has begun", ("disclosed",), ("in_review",)),
    Besides("forbidden meanwhile", ("disclosed",), ("blocked",)),
    Besides("something changed", IN_USE, ("under_reassessment",)),
    Besides("rules became stricter", IN_USE, ("under_reassessment",)),
    Besides("one that was looked at does not fit", ("approved",), ("under_reassessment",)),
    Besides("a review finds more or stops it", IN_USE, ("under_reassessment",)),
    Besides("a value is past its limit", IN_USE, ("under_reassessment",)),
    Besides("a condition is unmet", ("approved_with_conditions",), ("under_reassessment", "lapsed")),
    Besides("its last day is over", IN_USE, ("lapsed",)),
    Besides("asked anew", ("lapsed",), ("under_reassessment",)),
    Besides("at once, or once the condition is met", ("under_reassessment",), ("in_review",)),
    Besides("at once, where it is forbidden now", ("under_reassessment",), ("blocked",)),
)


def _wishes_of(about: str) -> tuple[str, ...]:
    return next(tuple(part["what"]) for part in table()["parts"] if part["about"] == about)


LED = frozenset(each.wish for each in LEADS)
UNSHOWN = frozenset({"show", "away", "rules", *STATELESS, *_wishes_of("The conversation")})
"""What is no step of a use: looking, one's own absence, the rules of the house, and the conversation of a draft."""
OF_WHO_JOINED = frozenset({"accept_terms", "leave"})
OF_WHO_WAS_NAMED = frozenset({"accept_part", "refuse_part"})
MOST, FEW = 8, 2
"""More people than these are all who see it; up to so many states it is said which it may not be."""
PICTURES = (
    ("Up to a decision", ("draft", "in_review", "needs_info", "blocked")),
    ("Taken back, and taken up again", ("withdrawn",)),
    ("After a yes", (*IN_USE, "under_reassessment", "lapsed", "disclosed")),
)
"""Three are readable where one is not: the states whose arrows each shows; what is taken back is in the second."""


def people(wish: str, state: str) -> tuple[str, ...]:
    """The requester, the owner and those who hold one role; not who is tried only to be refused."""
    plain = [
        who
        for who, meant in table()["who"].items()
        if meant.startswith(("asked for the use", "answers", "holds this"))
    ]
    able = [who for who in plain if expected(who, wish, state) == ALLOWED]
    return tuple(who for who in able if not who.startswith("own_"))


def arrows() -> Iterator[Arrow]:
    return ((state, to.value) for state in STATES for to in sorted(MOVES[Status(state)]))


def told(arrow: Arrow) -> str:
    """Who does what there, and what else moves it; nothing where nothing does today."""
    state, to = arrow
    done = [each.wish for each in LEADS if state in each.states and to in each.to]
    by_wish = [f"{wish} ({', '.join(people(wish, state))})" for wish in done]
    besides = [each.told for each in BESIDES if state in each.states and to in each.to]
    *some, last = [*by_wish, *besides] or [""]
    return (", ".join(some) + " or " + last if some else last).replace("_", " ")


def shown_in(arrow: Arrow) -> str:
    """The title of its picture."""
    taken_back = "withdrawn" in arrow and "disclosed" not in arrow
    state = "withdrawn" if taken_back else arrow[0]
    return next(title for title, states in PICTURES if state in states)


def picture(title: str, drawn: Sequence[Arrow]) -> Iterator[str]:
    yield from ("", f"**{title}**", "", FENCE + "mermaid", "stateDiagram-v2")
    there = {state for arrow in drawn for state in arrow}
    yield from (
        f'    state "{state.replace("_", " ")}" as {state}'
        for state in STATES
        if "_" in state and state in there
    )
    if "draft" in there and "withdrawn" not in there:
        yield "    [*] --> draft: begin (anybody)"
    if any(state == "disclosed" for state, _ in drawn):
        yield "    [*] --> disclosed: an import"
    for state, to in drawn:
        yield f"    {state} --> {to}" + (f": {words}" if (words := told((state, to))) else "")
    yield FENCE


def doable() -> Iterator[str]:
    """What else can be done with a use; what the same people may do in the same states stands in one line."""
    yield from ("", "| what | who | while it is |", "|---|---|---|")
    alike: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for wish in wishes():
        if wish in LED | UNSHOWN:
            continue
        where: dict[tuple[str, ...], list[str]] = {}
        for state in STATES:
            if who := people(wish, state):
                where.setdefault(who, []).append(state)
        for who, states in where.items():
            alike.setdefault((_named((wish,)), who, tuple(states)), []).append(wish)
    for (named, who, there), able in alike.items():
        yield f"| {', '.join(able)} | {named or _people(who)} | {_states(there)} |".replace("_", " ")


def _named(able: Sequence[str]) -> str:
    """In the table everybody stands in that part once."""
    parts = (
        (OF_WHO_JOINED, "whoever joined"),
        (OF_WHO_WAS_NAMED, "whoever was named"),
        ({"stop_use"}, "its overseer"),
    )
    return next((who for wishes_of, who in parts if set(able) <= wishes_of), "")


def _people(who: tuple[str, ...]) -> str:
    return "whoever sees it" if len(who) > MOST else ", ".join(who)


def _states(states: tuple[str, ...]) -> str:
    left = [state for state in STATES if state not in states]
    if not left:
        return "anything"
    return "anything but " + ", ".join(left) if len(left) <= FEW else ", ".join(states)


def page() -> Iterator[str]:
    for title, _ in PICTURES:
        yield from picture(title, [arrow for arrow in arrows() if shown_in(arrow) == title])
    yield from doable()


def drawn() -> str:
    return "\n".join(page()).lstrip("\n") + "\n"


def drawn_into(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + drawn() + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(drawn_into(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
