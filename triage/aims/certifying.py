"""When which stage of a certification comes, agreed or expected, and what has to be ready when; by its entry alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from intake.value import Value
from triage.aims.certification import CERTIFICATE, CERTIFICATION, Milestone, Stage, way
from triage.aims.entry import Done, Entry
from triage.expiring import after

BEGINS = ("certified", "recertified")
"""With these a certificate begins to count, for three years."""
OVER = "lapsed"
AHEAD = 2
"""So many stages that are not held yet are prepared at a time; the rest is too far off."""


class Staged(Value):
    """`agreed`: the day stands in the plan; else it is worked out. `held`: the day on which it was."""

    id: str
    day: date
    agreed: bool = False
    held: date | None = None


class Planned(Value):
    """A milestone before one stage."""

    milestone: str
    stage: str
    due: date
    on: date
    """The day of the stage."""

    @property
    def of(self) -> Milestone:
        return way().milestones[self.milestone]

    @property
    def name(self) -> str:
        """A day that moves makes another one, of which is told anew."""
        return f"{self.milestone}.{self.stage}.{self.due.isoformat()}"


class Certificate(Value):
    """`since`: granted, else wished; `expires`: None before it is granted."""

    since: date
    expires: date | None = None


def certificate(entry: Entry) -> Certificate | None:
    """The newest; None where nothing of it counts."""
    if entry.kind != CERTIFICATION or entry.in_force is None:
        return None
    last = next((each for each in reversed(_lived(entry)) if each.act in BEGINS), None)
    if last is None:
        return Certificate(since=_day(entry.in_force.said["wished"]))
    return Certificate(since=_day(last.said["since"]), expires=_day(last.said["expires"]))


def stages(entry: Entry) -> tuple[Staged, ...]:
    """In the order in which they come; of a cycle that is over nothing."""
    now = certificate(entry)
    if now is None:
        return ()
    found: dict[str, Staged] = {}
    for stage in reversed(way().stages):  # stage 1 is reckoned from stage 2
        if now.expires is None or (stage.since == CERTIFICATE and stage.months > 0):
            found[stage.id] = _staged(stage, found, now, entry)
    return tuple(sorted(found.values(), key=lambda each: each.day))


def _staged(stage: Stage, found: dict[str, Staged], now: Certificate, entry: Entry) -> Staged:
    agreed = entry.in_force.said.get(stage.id) if entry.in_force else None
    if agreed and (now.expires is None or _day(agreed) > now.since):  # that of a cycle before counts no more
        return Staged(id=stage.id, day=_day(agreed), agreed=True, held=_held(stage.id, entry))
    since = found[stage.since].day if stage.since in found else now.since
    day = after(since, stage.months) + timedelta(days=stage.days)
    return Staged(id=stage.id, day=day, held=_held(stage.id, entry))


def _held(stage: str, entry: Entry) -> date | None:
    """Surveillance is held again and again: the first of a cycle, and the second."""
    act, _, number = stage.partition("_") if stage.startswith("surveillance") else (stage, "", "1")
    days = [_day(each.said["held_on"]) for each in _of_cycle(entry) if each.act == act]
    if act != stage:
        return days[int(number) - 1] if len(days) >= int(number) else None
    return days[-1] if days else None


def _lived(entry: Entry) -> list[Done]:
    """What was done since it last came to nothing."""
    ended = max((n for n, each in enumerate(entry.done) if each.act == OVER), default=-1)
    return list(entry.done[ended + 1 :])


def _of_cycle(entry: Entry) -> list[Done]:
    lived = _lived(entry)
    begun = max((n for n, each in enumerate(lived) if each.act in BEGINS), default=-1)
    return lived[begun + 1 :]


def planned(entry: Entry) -> Iterator[Planned]:
    """What has to be ready before the stages that come next, each with its day."""
    for stage in unheld(entry):
        for each in way().milestones.values():
            if stage.id in each.before:
                due = stage.day - timedelta(days=each.days)
                yield Planned(milestone=each.id, stage=stage.id, due=due, on=stage.day)


def unheld(entry: Entry) -> tuple[Staged, ...]:
    """The stages that come next."""
    return tuple(each for each in stages(entry) if each.held is None)[:AHEAD]


def of_name(entry: Entry, name: str) -> Planned | None:
    return next((each for each in planned(entry) if each.name == name), None)


def _day(said: object) -> date:
    return date.fromisoformat(str(said))
