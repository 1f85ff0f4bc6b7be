"""Every set of the organisation's own rules that was ever proposed or in force, out of the trail."""

from __future__ import annotations

from typing import NamedTuple

from sqlmodel import Session, col, select

from store import audit, settings
from store.own import FIELDS
from store.tables import WordingRow
from store.trail import Record
from triage.own import OWN

STEPS = {
    "rules.proposed": "proposed",
    "rules.agreed": "agreed to",
    "rules.in_force": "in force",
    "rules.withdrawn": "withdrawn",
}
"""What a line says became of a proposal, as it is told; of the others nobody has to know."""


class Step(NamedTuple):
    """`by` is nobody where it came over the command line."""

    told: str
    at: str
    by: str | None


class Enacted(NamedTuple):
    """One proposal from first to last. `until`: when others took its place; `reason` is None once it was erased."""

    digest: str
    upon: str
    looser: bool
    reason: str | None
    steps: tuple[Step, ...] = ()
    until: str = ""

    @property
    def was_in_force(self) -> bool:
        return any(step.told == STEPS["rules.in_force"] for step in self.steps)


def history(session: Session) -> list[Enacted]:
    """In the order in which they were proposed."""
    reasons = {told.seq: told.value for key, told in settings.told(session) if key == FIELDS["reason"]}
    found: dict[tuple[str, str], Enacted] = {}
    reason: str | None = ""
    standing: tuple[str, str] | None = None
    for line in audit.records(session):
        reason = reasons.get(line.seq, reason)
        if line.subject[0] != settings.SETTINGS or line.what not in STEPS or "rules" not in line.detail:
            continue
        name = (str(line.detail["rules"]), str(line.detail["made"]))
        known = found.get(name) or _proposed(line, reason)
        found[name] = known._replace(steps=(*known.steps, Step(STEPS[line.what], line.at, line.actor)))
        if line.what == "rules.in_force":
            if standing is not None:
                found[standing] = found[standing]._replace(until=line.at)
            standing = name
    return list(found.values())


def _proposed(line: Record, reason: str | None) -> Enacted:
    return Enacted(
        digest=str(line.detail["rules"]),
        upon=str(line.detail["upon"]),
        looser=bool(line.detail["looser"]),
        reason=reason,
    )


def digests(session: Session, beginning: str) -> list[str]:
    """Of the rules of its own that were ever kept, those whose digest begins like this."""
    wanted = select(WordingRow.digest).where(
        WordingRow.name == OWN, col(WordingRow.digest).startswith(beginning, autoescape=True)
    )
    return list(session.exec(wanted.order_by(col(WordingRow.digest))))
