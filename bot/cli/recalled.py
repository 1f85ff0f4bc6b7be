"""What earlier lines of a use said, as far as a later one only points at it: conditions, measures, patterns, people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from store.recounted import Recounted
from triage.declared import terms_of


class Given(NamedTuple):
    """One condition; what is not known any more is None."""

    number: int
    text: str | None
    owner: str | None
    due: str | None
    otherwise: str
    check: str


class Settled(NamedTuple):
    at: str
    what: str
    by: str
    role: str


@dataclass
class Past:
    """`status` and `owner` as they were before the line that is told; `records`: what it brought of decisions."""

    status: str = ""
    owner: str = ""
    conditions: dict[str, Given] = field(default_factory=dict)
    measures: dict[str, dict[str, Any]] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    named_by: dict[str, str] = field(default_factory=dict)
    decided: dict[str, Settled] = field(default_factory=dict)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[int, Recounted] = field(default_factory=dict)

    def hear(self, line: Recounted) -> None:
        """Before it is told: what it brings itself it may point at, too."""
        detail = line.detail
        self.lines[line.seq] = line
        self.records |= {id: dict(said) for id, said in line.part("decisions").items()}
        if "decision" in detail:
            id = str(detail["decision"])
            self.decided[id] = Settled(line.at, line.what, line.actor, str(detail.get("role", "")))
            self.conditions |= {
                f"{id}:{each.number:03}": each for each in _given(line, self.records.get(id, {}), self.owner)
            }
        self.measures |= {id: dict(said) for id, said in line.part("measures").items()}
        for id, pattern in line.part("patterns").items():
            self.patterns[id] = f"{detail.get('ref', '')}-P{pattern.get('number')}"
        for id, joined in line.part("deployments").items():
            self.teams[id] = str(joined.get("unit") or self.teams.get(id, ""))
        self.named_by |= {
            id: str(said.get("by") or "")
            for id, said in line.part("appointments").items()
            if said.get("kind") == "named"
        }
        for said in line.part("task_steps").values():
            if said.get("kind") == "called" and said.get("due_on"):
                self.days[str(said.get("task"))] = str(said["due_on"])
        tasks, due = detail.get("tasks"), detail.get("due")
        if isinstance(tasks, list) and isinstance(due, list) and len(tasks) == len(due):
            self.days |= dict(zip(map(str, tasks), map(str, due), strict=True))

    def keep(self, line: Recounted) -> None:
        """After it was told."""
        self.status = str(line.detail.get("status", self.status))
        self.owner = str(line.record.get("columns", {}).get("owner_id") or self.owner)


def _given(line: Recounted, said: dict[str, Any], owner: str) -> list[Given]:
    """Out of the record; where that is gone, out of the line itself."""
    terms = said.get("terms") or terms_of(line.detail.get("terms"))
    found = []
    for number in sorted(
        int(name[10:]) for name in line.texts if name[10:].isdigit() and name[:10] == "condition_"
    ):
        term = terms[number - 1] if number <= len(terms) else {}
        text, due = line.texts.get(f"condition_{number}"), term.get("due")
        rest = str(term.get("otherwise") or ""), str(term.get("check") or "")
        found.append(Given(number, text, owner or None, due, *rest))
    return found
