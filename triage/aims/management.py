"""What a management review looks at (ISO/IEC 42001, 9.3.2), gathered from operation; what is decided, people say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from intake.value import Value
from triage.aims.asked import ASKED, PARTY, linked_points, state_of
from triage.aims.entry import Entry
from triage.aims.portfolio import ASSESSMENT
from triage.aims.risk import Standing
from triage.aims.risks import LEVELS
from triage.aims.sifting import GRAVE
from triage.aims.theming import FIELD as THEMES
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


class Effects(Value):
    """What was done about something, and in the time was found to have worked or not; at its end not looked at."""

    worked: int = 0
    failed: int = 0
    unchecked: int = 0


class Series(Value):
    """So many in each of the months, the oldest first."""

    name: str
    counts: tuple[int, ...]


class Trends(Value):
    """`months`: each as 2026-11; the last one ends with the last day that is looked at."""

    months: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()


class Inputs(Value):
    """`since` to `until`, days. `digest` is what the minutes name, so that it is known what lay on the table.

    `changed`: of what the management system states. `levels`: how many open risks are of each level now.
    """

    since: date
    until: date
    earlier: tuple[Brought, ...] = ()
    changed: tuple[Brought, ...] = ()
    trends: Trends = Trends()
    issues: tuple[Brought, ...] = ()
    parties: tuple[Brought, ...] = ()
    trend: Trend = Trend()
    nonconformities: tuple[Brought, ...] = ()
    figures: Figures
    objectives: tuple[Brought, ...] = ()
    audits: tuple[Brought, ...] = ()
    improvements: tuple[Brought, ...] = ()
    effects: Effects = Effects()
    accepted: tuple[Brought, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    grave: tuple[Brought, ...] = ()
    """High risks of which nobody accepted what remains."""
    portfolio: tuple[Brought, ...] = ()
    """What somebody made of all uses beside each other."""
    opportunities: tuple[Brought, ...] = ()
    resources: tuple[Brought, ...] = ()

    @property
    def digest(self) -> str:
        return sha256(self.model_dump_json().encode()).hexdigest()


def gathered(
    entries: Iterable[Entry],
    risks: Iterable[tuple[Entry, Standing | None]],
    figures: Figures,
    days: tuple[date, date],
    time: Time,
    trends: Trends | None = None,
) -> Inputs:
    """`entries`: all, as they were at the end of the last of `days`; `risks`: those of them that are risks, with
    their levels. `time`: the moments at which the first day begins and the last one ends, where the organisation is.
    """
    since, until = days
    every = sorted(entries, key=lambda each: each.ref)
    weighed = list(risks)
    of = {kind: [each for each in every if each.kind == kind] for kind in {each.kind for each in every}}
    wrong = of.get("nonconformity", [])
    agreed = {ref for each in of.get("management_review", []) for ref in _refs(each, "actions")}
    decided = [each for each in every if each.kind in DECIDED and each.ref in agreed]
    return Inputs(
        since=since,
        until=until,
        earlier=tuple(brought(each, until) for each in decided if _is_news(each, time)),
        changed=_counted_since([each for kind in STATED for each in of.get(kind, [])], until, time),
        trends=trends or Trends(),
        issues=_moved([*of.get("context", []), *of.get("issue", [])], until, time),
        parties=(*_moved(of.get(PARTY, []), until, time), *_asked(every, until, time)),
        trend=_trend(wrong, until, time),
        nonconformities=tuple(
            brought(each, until) for each in wrong if _counts(each) and each.stage != "closed"
        ),
        figures=figures,
        objectives=tuple(_objective(each, until) for each in of.get("objective", []) if _counts(each)),
        audits=_moved(of.get("audit", []), until, time),
        improvements=_open(of.get("improvement", []), until),
        effects=effects(every, time),
        accepted=tuple(_accepted(each, found, until) for each, found in weighed if _is_accepted(found)),
        levels=_levels(found for _, found in weighed),
        grave=tuple(_accepted(each, found, until) for each, found in weighed if _is_grave(found)),
        portfolio=tuple(_assessed(each, until) for each in of.get(ASSESSMENT, []) if _counts(each)),
        opportunities=_open(of.get("opportunity", []), until),
        resources=_open(of.get("resource", []), until),
    )


DECIDED = ("action", "improvement")
"""What a decision of a review becomes."""
STATED = (
    *("scope", "policy", "commitment", "duty", "objective", "appetite", "document", "applicability"),
    "programme",
)
"""What of the management system itself may have changed; what changed around it has parts of its own."""
CHECKED = ("action", "improvement", "nonconformity", "opportunity")


def _is_news(entry: Entry, time: Time) -> bool:
    """Still open, or settled within the time: what was told as settled before is not told again."""
    return entry.stage != "closed" or any(time.has(step.at) for step in entry.steps)


def _open(entries: Iterable[Entry], until: date) -> tuple[Brought, ...]:
    return tuple(brought(each, until) for each in entries if _counts(each) and each.stage != "closed")


def _counted_since(entries: Iterable[Entry], until: date, time: Time) -> tuple[Brought, ...]:
    """Those of which a version began to count in the time, or one ended."""
    begun = (
        each
        for each in entries
        if any(draft.since is not None and time.has(draft.since) for draft in each.drafts)
    )
    return tuple(brought(each, until) for each in begun)


def effects(entries: Iterable[Entry], time: Time) -> Effects:
    """Of entries as they were at the end of the time."""
    checked = [each for each in entries if each.kind in CHECKED and each.state == "in_force"]
    acts = [one.act for each in checked for one in each.done if time.has(one.at)]
    return Effects(
        worked=acts.count("effective"),
        failed=acts.count("not_effective"),
        unchecked=sum(each.stage == "done" for each in checked),
    )


def _levels(found: Iterable[Standing | None]) -> tuple[tuple[str, int], ...]:
    now = [each.now for each in found if each is not None and not each.closed]
    return tuple((level, now.count(level)) for level in LEVELS if level in now)


def _counts(entry: Entry) -> bool:
    return entry.state == "in_force"


def _refs(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.said(field)
    return said if isinstance(said, tuple) else ()


def brought(entry: Entry, until: date, said: str = "") -> Brought:
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
    return tuple(brought(each, until) for each in entries if any(time.has(step.at) for step in each.steps))


def _asked(entries: Iterable[Entry], until: date, time: Time) -> Iterator[Brought]:
    """What was wished for or asked and waits, whenever that was, and what somebody did about one in the time.

    With whose it is, to what it is linked, and what the records do not show.
    """
    for each in entries:
        if each.kind in ASKED and _counts(each) and _is_news(each, time):
            gaps = (str(done.said.get("gap", "")) for done in each.done_now[-1:])
            said = "; ".join(filter(None, (str(each.said("whose")), ", ".join(linked_points(each)), *gaps)))
            yield brought(each, until, said).model_copy(update={"state": state_of(each)})


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
    return brought(entry, until, said)


def _assessed(entry: Entry, until: date) -> Brought:
    """As of which day, and to what each theme led."""
    return brought(entry, until, "; ".join((str(entry.said("as_of")), *_refs(entry, THEMES))))


def _is_accepted(found: Standing | None) -> bool:
    return found is not None and not found.closed and found.accepted != "none"


def _is_grave(found: Standing | None) -> bool:
    return found is not None and not found.closed and found.accepted == "none" and found.now in GRAVE


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
