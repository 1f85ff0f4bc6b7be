"""Reads permissions.yaml, and draws docs/permissions.md from it (`python -m tests.hostile.permitted` writes it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from bot.words import Words
from triage.case import Status

RULES = Path(__file__).parent / "permissions.yaml"
PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"
ALLOWED = "allowed"
STATES = tuple(status.value for status in Status)
OF_SYSTEM = frozenset(
    {"setup", "draft_entry", "approve_entry", "send_entry_back", "approve_own_entry", "read_draft", "policy"}
    | {"ask_to_read", "have_read"}
)
"""What is wished of entries of the management system."""
STATELESS = frozenset({"can", "settings", "campaign", "begin", *OF_SYSTEM})

HEAD = """# Who may do what

Drawn from `tests/hostile/permissions.yaml`, which is written by hand; `tests/hostile/test_table.py` tries every
combination of person, wish and state, {count} of them, and compares. What counts is the moment of the click: roles,
groups, guests and closed accounts are looked at then, not when the message was posted. A refusal is told in a
sentence (below), and the attempt stands in the trail as `….refused`.
"""


@cache
def table() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(RULES.read_text())
    return read


def whos() -> tuple[str, ...]:
    return tuple(table()["who"])


def wishes() -> tuple[str, ...]:
    return tuple(what for part in table()["parts"] for what in part["what"])


def expected(who: str, what: str, state: str) -> str:
    """`allowed`, or the key of the refusal's sentence."""
    (part,) = (part for part in table()["parts"] if what in part["what"])
    told = {"who": who, "what": what, "state": state}
    for rule in part["rules"]:
        if all(_fits(rule.get(name), value) for name, value in told.items()):
            return str(rule["then"])
    raise LookupError(f"no rule for {who} {what} {state}")


def _fits(wanted: Any, value: str) -> bool:
    if wanted is None:
        return True
    return value not in wanted["not"] if isinstance(wanted, dict) else value in wanted


def names() -> Iterator[tuple[str, str]]:
    """Every name that stands in a rule, with what it is to be a name of."""
    for part in table()["parts"]:
        for rule in part["rules"]:
            for field in ("who", "what", "state"):
                listed = rule.get(field) or ()
                listed = listed["not"] if isinstance(listed, dict) else listed
                yield from ((field, name) for name in listed)


def page() -> str:
    count = sum(len(whos()) * (1 if what in STATELESS else len(STATES)) for what in wishes())
    lines = [HEAD.format(count=f"{count:,}"), "| who | what is meant |", "|---|---|"]
    lines += [f"| `{who}` | {meant} |" for who, meant in table()["who"].items()]
    for part in table()["parts"]:
        lines += ["", f"## {part['about']}", "", *_part(part["what"])]
    lines += [
        "",
        "## Who decides a request in review",
        "",
        "| strictest tier not excluded | whose yes is needed |",
        "|---|---|",
    ]
    for tier, roles in table()["deciding"].items():
        named = ", ".join(f"`{role}`" for role in roles)
        lines.append(f"| {tier.replace('_', ' ')} | {named} |")
    return "\n".join([*lines, "", *_sentences()]) + "\n"


def _part(commands: Sequence[str]) -> Iterator[str]:
    """Wishes, people and states with the same outcome stand in one row."""
    whats = [what for what in commands if what in STATELESS] or list(commands)
    yield "| who | wish | state | outcome |"
    yield "|---|---|---|---|"
    rows: dict[tuple[str, ...], list[str]] = {}
    for who in whos():
        rows.setdefault(tuple(expected(who, w, s) for w in whats for s in STATES), []).append(who)
    most = max(rows.values(), key=len)
    for outcomes, alike in sorted(rows.items(), key=lambda row: row[1] is most):
        others = "everybody" if len(rows) == 1 else "everybody else"
        yield from _rows(others if alike is most else _listed(alike), whats, outcomes)


def _rows(named: str, whats: Sequence[str], outcomes: Sequence[str]) -> Iterator[str]:
    width = len(STATES)
    by_wish: dict[tuple[str, ...], list[str]] = {}
    for number, what in enumerate(whats):
        by_wish.setdefault(tuple(outcomes[number * width : (number + 1) * width]), []).append(what)
    for cells, alike in by_wish.items():
        wishes_shown = "any of these" if len(by_wish) == 1 and len(whats) > 1 else _listed(alike)
        pairs = sorted(zip(cells, STATES, strict=True), key=lambda pair: (cells.count(pair[0]), pair[0]))
        for outcome, states in groupby(pairs, key=lambda pair: pair[0]):
            found = [state for _, state in states]
            state = (
                "any" if len(found) == width else "any other" if len(found) > width / 2 else _listed(found)
            )
            yield f"| {named} | {wishes_shown} | {state} | {'**yes**' if outcome == ALLOWED else f'`{outcome}`'} |"


def _listed(found: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in found)


def _sentences() -> Iterator[str]:
    """What the person is told; where others can do it, their names follow."""
    words = Words()
    keys = sorted({rule["then"] for part in table()["parts"] for rule in part["rules"]} - {ALLOWED})
    yield from ("## The sentences", "", "| refusal | sentence |", "|---|---|")
    for key in keys:
        text = words.refusal(key, role="reviewer", ref="AIU-2026-0001")
        yield f"| `{key}` | {text} |"


if __name__ == "__main__":
    PAGE.write_text(page())
