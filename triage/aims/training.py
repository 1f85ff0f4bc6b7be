"""Who did which training, until when that holds, and who is behind: pure. Whoever says nothing has not done it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from intake.value import Value
from triage.aims.barring import KIND as KIND
from triage.aims.barring import WITHIN, barred_since, months_of
from triage.aims.barring import many as many
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry
from triage.aims.errands import Errand
from triage.desk import Desk
from triage.expiring import after as months_after
from triage.outcome import Refused

TRAIN: Literal["train"] = "train"
"""What such a reminder is called."""
SOON = timedelta(days=14)
CONFIRM = "confirm"
How = Literal["asked", "freed", "done", "confirmed"]


class Noted(NamedTuple):
    """One row. `asked` and `freed`: by the clock, as rules see who needs it; `by`: "" where that was nobody here.

    `counts`: by the version of the training that counted when it was said; a later one neither confirms nor undoes it.
    """

    how: How
    person: str
    day: date
    by: str
    line: int
    counts: bool = False


class Trainee(Value):
    """One of those who need it. `done`: the newest day that counts; `waits`: one that nobody has confirmed yet."""

    person: str
    asked: date
    done: date | None = None
    waits: date | None = None
    due: date | None = None
    """Until when they do it, or do it again; None: what they did holds for good."""

    def late(self, today: date) -> bool:
        return self.due is not None and self.due < today

    def calls(self, today: date) -> bool:
        """Whether it is their move: not done, or about to expire."""
        soon = self.due is not None and (self.done is None or self.due - SOON <= today)
        return soon and self.waits is None


def is_confirmed(training: Entry) -> bool:
    """Whether what somebody says they did counts once somebody else confirmed it."""
    return training.said("confirmed") == "yes"


def is_barred(training: Entry, trainee: Trainee, today: date) -> bool:
    """What waits for a second person's word lifts nothing: else one's own word would do."""
    since = barred_since(training, trainee.due)
    return since is not None and since <= today


def trainees(training: Entry, rows: Iterable[Noted]) -> tuple[Trainee, ...]:
    """Who needs it as the rows tell, whoever is due the soonest first."""
    found: dict[str, list[Noted]] = {}
    for each in sorted(rows, key=lambda row: row.line):
        found.setdefault(each.person, []).append(each)
    asked = (_trainee(training, person, held) for person, held in found.items())
    return tuple(
        sorted(
            (each for each in asked if each is not None), key=lambda one: (one.due or date.max, one.person)
        )
    )


def _trainee(training: Entry, person: str, rows: list[Noted]) -> Trainee | None:
    calls = [each for each in rows if each.how in ("asked", "freed")]
    if not calls or calls[-1].how == "freed":
        return None
    said = {each.day for each in rows if each.how == "done"}
    counting = {each.day for each in rows if each.counts}
    done = max(counting, default=None)
    waits = max((day for day in said - counting if done is None or day > done), default=None)
    months = months_of(training)
    due = calls[-1].day + WITHIN if done is None else months_after(done, months) if months else None
    return Trainee(person=person, asked=calls[-1].day, done=done, waits=waits, due=due)


def errand_of(trainee: Trainee) -> Errand | None:
    """None where nothing is theirs to do."""
    if trainee.due is None or trainee.waits is not None:
        return None
    return Errand(kind=TRAIN, about=trainee.due.isoformat(), due=trainee.due)


def check_counts(training: Entry | None) -> Entry:
    if training is None or training.kind != KIND:
        raise Refused("unknown_entry")
    if training.in_force is None:
        raise Refused("training_over")
    return training


def check_done(training: Entry | None, day: date, today: date) -> Entry:
    """What lies ahead was not done yet."""
    if day > today:
        raise Refused("training_ahead")
    return check_counts(training)


def check_may_look(training: Entry, person: str, desk: Desk) -> None:
    """Whoever says which trainings there are, or agrees to it, sees who has done them and may confirm it."""
    check_in_role(person, (*training.of.proposes, *training.of.approves), desk)


def check_may_confirm(training: Entry, said: Noted | None, person: str, desk: Desk) -> None:
    """Never what they did themselves, or said for somebody."""
    check_counts(training)
    check_may_look(training, person, desk)
    if said is None or said.counts:
        raise Refused("entry_moved")
    if any(desk.same(person, each) for each in (said.person, said.by) if each):
        raise Refused("training_own")


def to_confirm(training: Entry, rows: Iterable[Noted], person: str, desk: Desk) -> tuple[Noted, ...]:
    """What waits for a second person and this one may confirm, the oldest first."""
    held = list(rows)
    waiting = {each.person: each.waits for each in trainees(training, held) if each.waits}
    found = [each for each in held if each.how == "done" and waiting.get(each.person) == each.day]
    return tuple(
        each
        for each in sorted(found, key=lambda one: (one.day, one.line))
        if not any(desk.same(person, one) for one in (each.person, each.by) if one)
    )
