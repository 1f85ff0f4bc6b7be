"""What a management review looks at (ISO/IEC 42001, 9.3.2), gathered from operation; what is decided, people say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from intake.value import Value
from triage.aims.entry import Entry
from triage.aims.risk import Standing
from triage.figures import Figures

SOON = timedelta(days=90)
"""Acceptances that end within it are told."""


class Time(NamedTuple):
    begin: datetime
    end: datetime

    def has(self, at: datetime) -> bool:
        """The end itself belongs to what comes after."""
        return self.begin <= at < self.end


class Brought(Value):
    """An entry as it is brought before the review: its reference, title, where it stands, and its day."""

    ref: str
    kind: str
    title: str
    state: str
    due: date | None = None
    late: bool = False
    said: str = ""


class Trend(Value):
    """Nonconformities and their actions, in the time and at its end."""

    opened: int = 0
    closed: int = 0
    open: int = 0
    late: int = 0
    not_effective: int = 0
    unconfirmed: int = 0
    unconfirmed_major: int = 0
    unconfirmed_late: int = 0
    """Put forward by rule, and nobody has said yes or no."""


class Inputs(Value):
    """`since` to `until`, days. `digest` is what the minutes name, so that it is known what lay on the table."""

    since: date
    until: date
    earlier: tuple[Brought, ...] = ()
    issues: tuple[Brought, ...] = ()
    parties: tuple[Brought, ...] = ()
    trend: Trend = Trend()
    nonconformities: tuple[Brought, ...] = ()
    figures: Figures
    objectives: tuple[Brought, ...] = ()
    audits: tuple[Brought, ...] = ()
    improvements: tuple[Brought, ...] = ()
    accepted: tuple[Brought, ...] = ()

    @property
    def digest(self) -> str:
        return sha256(self.model_dump_json().encode()).hexdigest()


def gathered(
    entries: Iterable[Entry],
    risks: Iterable[tuple[Entry, Standing | None]],
    figures: Figures,
    days: tuple[date, date],
    time: Time,
) -> Inputs:
    """`entries`: all, as they were at the end of the last of `days`; `risks`: those of them that are risks, with
    their levels. `time`: the moments at which the first day begins and the last one ends, where the organisation is.
    """
    since, until = days
    every = sorted(entries, key=lambda each: each.ref)
    of = {kind: [each for each in every if each.kind == kind] for kind in {each.kind for each in every}}
    wrong = of.get("nonconformity", [])
    agreed = {ref for each in of.get("management_review", []) for ref in _refs(each, "actions")}
    return Inputs(
        since=since,
        until=until,
        earlier=tuple(_brought(each, until) for each in of.get("action", []) if each.ref in agreed),
        issues=_moved([*of.get("context", []), *of.get("issue", [])], until, time),
        parties=_moved(of.get("party", []), until, time),
        trend=_trend(wrong, until, time),
        nonconformities=tuple(
            _brought(each, until) for each in wrong if _counts(each) and each.stage != "closed"
        ),
        figures=figures,
        objectives=tuple(_objective(each, until) for each in of.get("objective", []) if _counts(each)),
        audits=_moved(of.get("audit", []), until, time),
        improvements=tuple(
            _brought(each, until)
            for each in of.get("improvement", [])
            if _counts(each) and each.stage != "closed"
        ),
        accepted=tuple(_accepted(each, found, until) for each, found in risks if _is_accepted(found)),
    )


def _counts(entry: Entry) -> bool:
    return entry.state == "in_force"


def _refs(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()


def _brought(entry: Entry, until: date, said: str = "") -> Brought:
    state = entry.stage or entry.state
    over = entry.due is not None and entry.due < until and state not in ("done", "closed")
    about = {
        "ref": entry.ref,
        "kind": entry.kind,
        "title": entry.title or entry.name or entry.kind,
        "state": state,
    }
    return Brought.model_validate({**about, "due": entry.due, "late": over, "said": said})


def _moved(entries: Iterable[Entry], until: date, time: Time) -> tuple[Brought, ...]:
    """Those about which somebody did anything in the time."""
    return tuple(_brought(each, until) for each in entries if any(time.has(step.at) for step in each.steps))


def _trend(entries: Sequence[Entry], until: date, time: Time) -> Trend:
    counted = [each for each in entries if _counts(each)]
    done = [(each, one) for each in counted for one in each.done]
    waiting = [each for each in entries if each.state == "proposed" and not each.steps[0].by]
    return Trend(
        opened=sum(1 for each in counted if time.has(each.steps[0].at)),
        closed=sum(1 for _, one in done if one.stage == "closed" and time.has(one.at)),
        open=sum(1 for each in counted if each.stage != "closed"),
        late=sum(
            1 for each in counted if each.stage != "closed" and each.due is not None and each.due < until
        ),
        not_effective=sum(1 for _, one in done if one.act == "not_effective" and time.has(one.at)),
        unconfirmed=len(waiting),
        unconfirmed_major=sum(1 for each in waiting if each.said("weight") == "major"),
        unconfirmed_late=sum(1 for each in waiting if each.due is not None and each.due < until),
    )


def _objective(entry: Entry, until: date) -> Brought:
    """With what was measured last; what nobody measured says so by saying nothing."""
    last = entry.done[-1] if entry.done else None
    said = f"{entry.said('measure')}: {last.said.get('value')} ({entry.said('target')})" if last else ""
    return _brought(entry, until, said)


def _is_accepted(found: Standing | None) -> bool:
    return found is not None and not found.closed and found.accepted != "none"


def _accepted(entry: Entry, found: Standing | None, until: date) -> Brought:
    state = found.accepted if found else "none"
    ends = found.until if found else None
    soon = ends is not None and ends <= until + SOON
    said = found.now if found else ""
    about = {
        "ref": entry.ref,
        "kind": "risk",
        "title": entry.title,
        "state": state,
        "due": ends,
        "late": soon,
    }
    return Brought.model_validate({**about, "said": said})
