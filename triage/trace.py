"""Why a condition came out as it did: the facts that settled it, and the questions that still could."""

from __future__ import annotations

from collections.abc import Iterable

from triage.program import ALL, ANY, ASKED, COUNT, STATED, Node, Steps, Truths

Names = frozenset[str]
_NOTHING: Names = frozenset()


class Trace:
    """Reads one lane of truths, back from a condition to what it rests on."""

    def __init__(self, program: Steps, truths: Truths, lane: int = 0) -> None:
        self._steps = program.steps
        self._sure, self._possible = truths
        self._bit = 1 << lane
        self._facts: dict[Node, Names] = {}
        self._open: dict[Node, Names] = {}

    def holds(self, node: Node) -> bool:
        return bool(self._sure[node] & self._bit)

    def excluded(self, node: Node) -> bool:
        return not self._possible[node] & self._bit

    def open(self, node: Node) -> bool:
        return bool(self._possible[node] & ~self._sure[node] & self._bit)

    def facts(self, node: Node) -> Names:
        """The questions and settings that settled it; for a condition that is not open."""
        found = self._facts.get(node)
        if found is None:
            found = self._facts[node] = self._settled_by(node)
        return found

    def _settled_by(self, node: Node) -> Names:
        kind, name, _, parts = self._steps[node]
        if kind == ASKED:
            return self.facts(parts[0]) if self.excluded(parts[0]) else frozenset((name,))
        if kind == STATED:
            return frozenset((name,))
        if kind == ALL and self.excluded(node):
            return self.facts(next(part for part in parts if self.excluded(part)))
        if kind in (ANY, COUNT) and self.holds(node):
            return self._all_facts(part for part in parts if self.holds(part))
        return self._all_facts(parts)

    def _all_facts(self, nodes: Iterable[Node]) -> Names:
        return _union(self.facts(node) for node in nodes)

    def open_questions(self, node: Node) -> Names:
        """The questions whose answers could still settle it, and those that decide whether they are asked."""
        if not self.open(node):
            return _NOTHING
        found = self._open.get(node)
        if found is None:
            kind, name, _, parts = self._steps[node]
            own = frozenset((name,)) if kind == ASKED else _NOTHING
            found = self._open[node] = own | _union(self.open_questions(part) for part in parts)
        return found


def _union(parts: Iterable[Names]) -> Names:
    return _NOTHING.union(*parts)
