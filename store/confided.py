"""Whether what stands of a use's readers could have been said: by whom it was opened, and who was named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from store.legible import Cells
from triage import confidential
from triage.case import DecisionKind

KINDS = frozenset(kind.value for kind in confidential.KINDS)
CLOSES = frozenset(kind.value for kind in confidential.CLOSES)
OPENING, OPENED = DecisionKind.opening.value, DecisionKind.opened.value


def named(decisions: Mapping[str, Cells]) -> set[Any]:
    """Who was named and not dropped since, as the trail has it."""
    found: set[Any] = set()
    for said in sorted(decisions.values(), key=lambda each: each.get("version") or 0):
        if said.get("kind") == DecisionKind.reader_named.value:
            found.add(_basis(said).get("ground"))
        elif said.get("kind") == DecisionKind.reader_dropped.value:
            found.discard(_basis(said).get("ground"))
    return found


def wrong(decision: Cells, others: Mapping[str, Cells]) -> Iterator[str]:
    """`others`: all decisions on the same use, by id."""
    if decision["kind"] != OPENED:
        if len(decision["signatures"]) != 1:
            yield "one person says that, and not as many"
        return
    first = others.get(str(_basis(decision).get("claim")))
    if len({person for person, _, _ in decision["signatures"]}) != 2:
        yield "not signed by two people"
    if {role for _, role, _ in decision["signatures"]} <= confidential.OWN:
        yield "signed by nobody with a say in it"
    if first is None or first["kind"] != OPENING:
        yield "nobody put what it opens"
    elif not all(signed in decision["signatures"] for signed in first["signatures"]):
        yield "signed by somebody else than put it"


def opened_by_nobody(name: str, row: Cells, decisions: Mapping[str, Cells]) -> Iterator[str]:
    """What was closed after it was handed in, is closed until two have opened it."""
    said = [each for each in decisions.values() if each["kind"] in CLOSES]
    last = max(said, key=lambda each: int(each["version"]), default=None)
    if last is not None and bool(row["confidential"]) is (last["kind"] == OPENED):
        yield f"{name}: confidential is not what was said last"


def _basis(decision: Cells) -> Mapping[str, Any]:
    basis = decision.get("basis")
    return basis if isinstance(basis, dict) else {}
