"""What the App Home shows one person, read from the store: the beginning of each list, or one list page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import homeincidents, risks, soa, system, training
from bot.slack.covered import may_look
from bot.slack.front import Front
from bot.slack.homeacts import acts_of, asked_as, todo
from bot.slack.ids import Action
from bot.slack.scene import Home, Lead, Scene
from bot.slack.scenes import make_voice
from bot.slack.screens.beforehand import first_of_all
from bot.slack.screens.home import LISTS, PAGE, SHOWN
from bot.slack.screens.homelead import OTHERS
from store import asks, lists, overview, queries
from store.beginning import not_begun
from store.deployments import joined_by
from store.lists import Span
from store.records import load
from store.reviews import reviewed_by
from store.sessions import Session
from store.watch import watched_by
from triage.assigning import had_beside
from triage.case import Case, Decision, Deployment, Status
from triage.changing import CHANGEABLE
from triage.desk import Desk
from triage.excepting import to_confirm
from triage.fulfilling import looked_at_by
from triage.lifecycle import WAITING
from triage.movers import to_second
from triage.overdue import able_to_report, is_due
from triage.overview import OPEN
from triage.referring import waiting_for
from triage.register import Entry, Reader
from triage.reviewing import reviewer_of
from triage.seats import deciding_people, takes_several
from triage.settling import LEAD, OPEN_TO_FACTS
from triage.stages import Stage
from triage.tasks import before_start
from triage.teams import standing
from triage.whereabouts import keeper

ASKED = WAITING | OPEN_TO_FACTS
"""Of these a whole request is read, for what can be done about it."""
NEAR = 5
"""So many pages are gone back one by one, for what was settled meanwhile; else to the first."""
Found = tuple[tuple[Any, ...], int | None]
"""Some of a list, and how many there are behind them; None: more, uncounted."""
BESIDE = {"system": system, "soa": soa, "weighs": risks, "trains": training}
OfIncidents = Callable[[Front, Session, str, Desk, Span], Found]


def make_home(front: Front, person: str, page: tuple[str, int] | None = None) -> Home:
    """`page`: of the list of that name alone, counted from nought; behind the last comes the last."""
    desk = front.desk()
    with front.office.store.read() as session:
        looks = _Looks(front, session, person, desk, front.reader(person, desk))
        if page is None:
            found = {name: READ[name](looks, Span(0, SHOWN)) for name in LISTS}
        else:
            page, found = _page(looks, *page)
        leads = desk.holds(person, LEAD) and (page is None or is_of_lead(page[0]))
        lead = (
            Lead(overview.kept(session), front.office.config, front.office.library.wording) if leads else None
        )
        kept = {name: each.for_home(session, person, desk) for name, each in BESIDE.items() if page is None}
        about: dict[str, Any] = {
            "listed" if is_of_lead(name) else name: rows for name, (rows, _) in found.items()
        } | looks.about(found)
    return Home(
        voice=make_voice(front),
        reader=person,
        now=desk.now,
        day=desk.day,
        page=page,
        lead=lead,
        covers=may_look(person, desk),
        more={name: more for name, (_, more) in found.items() if more},
        uncounted=frozenset(name for name, (_, more) in found.items() if more is None),
        **about | kept,
    )


def _page(looks: _Looks, name: str, number: int) -> tuple[tuple[str, int], dict[str, Found]]:
    """The nearest before it on which there is anything."""
    span = Span(number * PAGE, PAGE)
    found = _behind(looks, name, span) if is_of_lead(name) else READ[name](looks, span)
    if found[0] or not number:
        return (name, number), {name: found}
    return _page(looks, name, number - 1 if number < NEAR else 0)


class _Looks:
    """One person looking at one moment; what several lists need is read once."""

    def __init__(self, front: Front, session: Session, person: str, desk: Desk, reader: Reader) -> None:
        self.front, self.session, self.person, self.desk, self.reader = front, session, person, desk, reader
        self._cases: dict[str, Case | None] = {}

    @cached_property
    def seconds(self) -> tuple[asks.Waiting, ...]:
        return self.queue(asks.SECOND)

    @cached_property
    def missing(self) -> bool:
        return asks.is_missing(self.session)

    def queue(self, kind: str) -> tuple[asks.Waiting, ...]:
        if not self.reader.roles | self.reader.stands_in:
            return ()
        return asks.queue(self.session, self.reader, self.desk, kind, missing=self.missing)

    def case(self, id: str) -> Case | None:
        if id not in self._cases:
            self._cases[id] = load(self.session, id)
        return self._cases[id]

    def queued(self, waiting: Sequence[asks.Waiting], span: Span) -> tuple[tuple[Entry, ...], int]:
        ids = [each.id for each in waiting]
        found = queries.named(self.session, ids[span.start : span.start + span.most])
        return found, max(len(ids) - span.start - span.most, 0)

    def about(self, found: Mapping[str, Found]) -> dict[str, Any]:
        """What the rows say beside what stands in them; whole requests are read only where something can be done."""
        plain = [e for name in ("waiting", "requests", "uses") for e in found.get(name, ((), 0))[0]]
        drafts = found.get("drafts", ((), 0))[0]
        cases = {e.id: case for e in plain if e.status in ASKED and (case := self.case(e.id))}
        open_ones = {id: case for id, case in cases.items() if case.status in WAITING}
        held = {
            id: next(iter(had_beside(case, self.person, self.desk)), None) for id, case in open_ones.items()
        }
        able = {id: deciding_people(case, self.desk) for id, case in open_ones.items()}
        acts = {
            id: acts_of(case, self.person, self.desk, able.get(id, ()), taken=held.get(id) is not None)
            for id, case in cases.items()
        }
        acts |= {e.id: (Action.USE_FORM,) for e in drafts}
        acts |= {e.id: (Action.CHANGE,) for e in plain if e.status in CHANGEABLE}
        asked = [(e, number) for e, number in found.get("referred", ((), 0))[0]]
        return {
            "acts": acts,
            "held": {id: by.person for id, by in held.items() if by},
            "deciders": {id: (by.person,) if (by := held[id]) else able[id] for id in open_ones},
            "several": frozenset(id for id, case in open_ones.items() if takes_several(case, self.desk)),
            "todo": dict(self._todo(found.get("uses", ((), 0))[0])),
            "early": self._early(found),
            "asked_as": {(e.id, n): role for e, n in asked if (role := asked_as(self.case(e.id), n))},
        }

    def _early(self, found: Mapping[str, Found]) -> dict[str, Mrkdwn]:
        """Of what they joined the whole request is here; of what they may use as much is read as tells it."""
        joined = [case for case, _ in found.get("joined", ((), 0))[0]]
        cases = [case for case in joined if before_start(case, self.desk)]
        cases += not_begun(self.session, found.get("usable", ((), 0))[0], self.desk).values()
        voice = make_voice(self.front)
        return {case.id: first_of_all(case, voice, self.desk, self.person) for case in cases}

    def _todo(self, uses: Iterable[Entry]) -> Iterator[tuple[str, tuple[Stage, int]]]:
        for each in uses:
            case = self.case(each.id) if each.stage else None
            if case is not None and keeper(case) == self.person:
                yield each.id, todo(case, self.desk)


def is_of_lead(name: str) -> bool:
    """Whether it stands behind a figure of the governance lead."""
    return name.startswith("lead:")


def is_list(name: str) -> bool:
    about, _, value = name.removeprefix("lead:").partition(":")
    if not is_of_lead(name):
        return name in READ
    if about == "state":
        return value in {each.value for each in Status} - {Status.draft.value, Status.withdrawn.value}
    if about == "tier":
        return value in ("1", "2", "3", "4", OPEN)
    return about == "lack" or (about in OTHERS and not value)


def _behind(looks: _Looks, name: str, span: Span) -> Found:
    about, _, value = name.removeprefix("lead:").partition(":")
    desk = looks.desk
    rows, more = overview.behind(looks.session, looks.reader, about, value, desk.now, desk.day, span)
    return rows, None if more else 0


def _some(found: Iterable[Any], span: Span) -> Found:
    """Of what has to be looked at one by one; nothing behind is looked at but the next."""
    rows = tuple(islice(found, span.start, span.start + span.most + 1))
    return rows[: span.most], None if len(rows) > span.most else 0


def _waiting(looks: _Looks, span: Span) -> Found:
    return looks.queued(looks.queue(asks.YES), span)


def _referred(looks: _Looks, span: Span) -> Found:
    entries, more = looks.queued(looks.queue(asks.ANSWER), span)
    rows = tuple(
        (e, number)
        for e in entries
        if (case := looks.case(e.id)) is not None
        for number in waiting_for(case, looks.person, looks.desk)
    )
    return rows, more


def _signing(looks: _Looks, span: Span) -> Found:
    def asked(case: Case) -> Iterator[Decision]:
        found = (to_confirm(case, looks.person, looks.desk), *to_second(case, looks.person, looks.desk))
        yield from (said for said in found if said is not None)

    return _asked_of(looks, (each for each in looks.seconds if Status(each.state) in WAITING), asked, span)


def _looking(looks: _Looks, span: Span) -> Found:
    others = (each for each in looks.seconds if Status(each.state) not in WAITING)
    return _asked_of(looks, others, lambda case: looked_at_by(case, looks.person, looks.desk), span)


def _asked_of(
    looks: _Looks, waiting: Iterable[asks.Waiting], asked: Callable[[Case], Iterable[Any]], span: Span
) -> Found:
    """Cut after it was looked at whose it is: else a page could be empty with theirs behind it."""
    cases = (case for each in waiting if (case := looks.case(each.id)) is not None)
    found, more = _some(((case.id, one) for case in cases for one in asked(case)), span)
    entries = {e.id: e for e in queries.named(looks.session, sorted({id for id, _ in found}))}
    return tuple((entries[id], one) for id, one in found), more


def _reviewing(looks: _Looks, span: Span) -> Found:
    """What they have to confirm, the most urgent first."""
    cases = (looks.case(id) for id in reviewed_by(looks.session, looks.person))
    theirs = (case for case in cases if case is not None and reviewer_of(case, looks.desk) == looks.person)
    found, more = _some(theirs, span)
    given: dict[str, Any] = {"desk": looks.desk, "voice": make_voice(looks.front), "reader": looks.person}
    return tuple(Scene(case=case, **given) for case in found), more


def _measuring(looks: _Looks, span: Span) -> Found:
    """What is due from them, as whoever is named for it or answers for the use."""
    due = (
        id
        for id in watched_by(looks.session, looks.person)
        if (case := looks.case(id)) is not None
        if is_due(case, looks.desk) and looks.person in able_to_report(case, looks.desk)
    )
    ids, more = _some(due, span)
    return queries.named(looks.session, ids), more


def _joined(looks: _Looks, span: Span) -> Found:
    def found() -> Iterator[tuple[Case, Deployment]]:
        for id, deployment in joined_by(looks.session, looks.person):
            case = looks.case(id)
            if case is None or (case.confidential and not queries.may_see(looks.session, looks.reader, id)):
                continue
            yield from ((case, each) for each in standing(case) if each.id == deployment)

    return _some(found(), span)


def _usable(looks: _Looks, span: Span) -> Found:
    rows, more = lists.usable(looks.session, looks.reader, span)
    return rows, None if more else 0


def _own(part: lists.Part) -> Callable[[_Looks, Span], Found]:
    return lambda looks, span: lists.own(looks.session, looks.person, part, span)


def _of_incidents(find: OfIncidents) -> Callable[[_Looks, Span], Found]:
    return lambda looks, span: find(looks.front, looks.session, looks.person, looks.desk, span)


READ: Mapping[str, Callable[[_Looks, Span], Found]] = {
    "incidents": _of_incidents(homeincidents.handled),
    "waiting": _waiting,
    "referred": _referred,
    "signing": _signing,
    "looking": _looking,
    "reviewing": _reviewing,
    "measuring": _measuring,
    "bound": lambda looks, span: lists.bound(looks.session, looks.person, span),
    "uses": _own("uses"),
    "snoozed": lambda looks, span: lists.put_off(looks.session, looks.reader, span),
    "drafts": _own("drafts"),
    "requests": _own("requests"),
    "reported": _of_incidents(homeincidents.reported),
    "joined": _joined,
    "usable": _usable,
}
