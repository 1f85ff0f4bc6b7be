"""The figures of a digest are what one finds by counting every use by hand, and a past moment counts out the same."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from intake.answers import NOT_ASKED, Answer, answered, unsure
from store import sheets
from store.digest import figures
from store.digest_law import MISSING
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow, PlaceRow, UseRow
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, LOW, NOW, a_desk, key
from triage.afterwards import Fulfil
from triage.case import RULINGS, Case, DecisionKind, Status
from triage.commands import Approve, AskRequester, Decline, Disclose
from triage.conditions import conditions_of
from triage.contributing import Contribute
from triage.digest import rules
from triage.figures import Figures
from triage.outcome import Refused
from triage.roles import ROLES
from triage.schemes import questionnaire
from triage.seats import asks
from triage.steps import Term
from triage.talking import Begin, Fill, Reopen, Steer, Submit, Withdraw

ZONE = "Europe/Berlin"
OPEN = {"data": unsure()}
HIRING = {
    "area": answered("employment"),
    "function": answered("employment.ranking"),
    "influence": answered("followed"),
    "profiling": answered("yes"),
    "worst": answered("rights_or_livelihood"),
    "reverse": answered("months"),
    "scale": answered("lt1000"),
    "check": answered("every_output"),
    "people": answered("staff_applicants"),
    "data": answered("personal"),
}
ALL = {role: frozenset({BEN, CLEO, EVE}) for role in ROLES}
Facts = dict[str, Answer]
ORIGINS: tuple[Facts, ...] = (
    *({}, {"kind": answered("build")}),
    *({"tool": answered("slack")}, {"tool": unsure()}),
)
PARTS: tuple[Facts, ...] = (
    *({}, {"output_use": unsure("decides_people")}),
    *({"output_use": answered("acts_in_systems")}, {"output_use": unsure()}),
)
MEDIUM: Facts = {
    "people": answered("customers"),
    "data": answered("personal"),
    "output_use": answered("shared_after_check"),
    "profiling": answered("no"),
    "gen_public": answered("no"),
    "monitoring": answered("none"),
}
WEEK = timedelta(days=7)
EMBEDDED = frozenset({"slack"})
AHEAD = timedelta(days=rules().ahead_days)


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    return Ledger(store)


class Story:
    """A random history; whatever the rules refuse does not happen."""

    def __init__(self, store: Store, book: Ledger, seed: int, *told: tuple[Facts, ...]) -> None:
        self.store, self.book, self.random = store, book, Random(seed)
        self.gains, self.told = bool(told), told or (({}, OPEN, HIRING, HIRING | OPEN),)
        self.now, self.uses = NOW, list[str]()

    def does(self, wish: type[Any], actor: str, case: str, /, **more: Any) -> None:
        with suppress(Refused):
            command = wish(actor=actor, key=key(), case=case, **more)
            self.book.execute(command, a_desk(now=self.now, roles=ALL))

    def goes_on(self) -> None:
        self.now += timedelta(hours=self.random.choice((3, 20, 47, 70)))
        if len(self.uses) < 4 or self.random.random() < 0.3:
            self.begin()
        else:
            self.move(self.random.choice(self.uses))

    def begin(self) -> None:
        use = f"use-{len(self.uses):02}"
        self.uses.append(use)
        if self.random.random() < 0.2:
            row = {"source_map": "m", "source_id": use, "title": "Sorts mail", "words": "", "answers": {}}
            self.does(Disclose, "", use, **row)
            return
        self.does(Begin, ANA, use, words="We want Otter", place=DM, root=use)
        more = {name: answer for told in self.told for name, answer in self.random.choice(told).items()}
        self.does(Fill, ANA, use, answers=LOW | more)
        if self.random.random() < 0.9:
            self.does(Submit, ANA, use)
            self.does(Steer, ANA, use, wish="hand_over")

    def move(self, use: str) -> None:
        actor = self.random.choice((BEN, CLEO, EVE))
        with self.store.read() as session:
            case = load(session, use)
        match self.random.randrange(10):
            case 0 | 1:
                for each in (BEN, CLEO, EVE):
                    self.does(Approve, each, use, reason="Fits.")
            case 2:
                due = (self.now + timedelta(days=self.random.choice((1, 5, 30)))).date()
                terms = (Term(due=due, otherwise="narrows"),)
                for each in (BEN, CLEO, EVE):
                    self.does(Approve, each, use, reason="Fits.", conditions=("Tell people",), terms=terms)
            case 3:
                self.does(Decline, actor, use, reason="No.")
            case 4:
                self.does(AskRequester, actor, use, question="Who?")
            case 5:
                self.does(Withdraw, ANA, use)
                self.does(Reopen, ANA, use)
            case 6 if case is not None:
                for one in conditions_of(case)[:1]:
                    self.does(
                        Fulfil, ANA, use, decision=one.decision, number=one.number, words="Done", link=""
                    )
            case _ if self.gains:
                said = self.random.choice((answered("Less typing"), answered("Fewer errors"), NOT_ASKED))
                about: dict[str, Any] = {
                    "actor": ANA,
                    "key": key(),
                    "case": use,
                    "form": "use-plan",
                    "page": "choice",
                }
                with suppress(Refused):
                    command = Contribute(**about, answers={"benefit": said})
                    self.book.contribute(command, questionnaire("use-plan"), a_desk(now=self.now, roles=ALL))


def cases(store: Store) -> list[Case]:
    with store.read() as session:
        return [case for id in session.exec(select(UseRow.id)) if (case := load(session, id))]


def taken(store: Store, at: datetime) -> Figures:
    with store.read() as session:
        return figures(session, at - WEEK, at, zone=ZONE, monthly=True, embedded=EMBEDDED)


def held(case: Case) -> bool:
    return case.status in (Status.approved, Status.approved_with_conditions)


def counted(all_of_them: list[Case], at: datetime, day: date) -> dict[str, Any]:
    """By hand, one use after the other."""
    since = at - WEEK
    here = [c for c in all_of_them if c.status not in (Status.draft, Status.withdrawn)]
    late = [c for c in here if c.status in (Status.in_review, Status.blocked) and c.due_at and c.due_at < at]
    open_ = [one for c in here if held(c) for one in conditions_of(c) if one.term.due and not one.handed_in]
    ruled = [(n, d) for c in all_of_them for n, d in enumerate(d for d in c.decisions if d.kind in RULINGS)]
    first = Counter(d.kind for n, d in ruled if n == 0 and since < d.at <= at)
    lacks: Counter[str] = Counter()
    for case in filter(held, here):
        lacks.update(name for name in ("owner_id", "unit", "tool_id") if not _column(case, name))
        lacks.update({gap.question for gap in case.verdict.gaps} if case.verdict else ())
    queues: Counter[str] = Counter()
    for case in late:
        queues.update({ask.roles[0] for ask in asks(case, a_desk(now=at)) if not ask.later})
    return {
        "register": Counter(
            (c.status.value, int(c.verdict.results["tier"].ceiling) if c.verdict else 0) for c in here
        ),
        "overdue": len(late),
        "open": sum(
            1
            for c in here
            if c.verdict and (int(c.verdict.tier.floor), int(c.verdict.tier.ceiling)) == (1, 4)
        ),
        "unclaimed": sum(1 for c in here if c.status is Status.disclosed and not c.owner),
        "came_in": sum(1 for c in all_of_them if c.submitted_at and since < c.submitted_at <= at),
        "imported": sum(1 for c in all_of_them if c.source_map and since < c.created_at <= at),
        "approved": first[DecisionKind.approve],
        "declined": first[DecisionKind.decline],
        "again": sum(1 for n, d in ruled if n and since < d.at <= at),
        "conditions": (
            sum(1 for one in open_ if one.term.due and day <= one.term.due <= day + 2 * WEEK),
            sum(1 for one in open_ if one.term.due and one.term.due < day),
        ),
        "lacks": dict(lacks),
        "queues": dict(queues),
        "law": _law(here, day),
    }


def _law(here: list[Case], day: date) -> dict[date, Any]:
    """Day by day: which duties, of how many uses, how many of them lack something, and what most."""
    found: dict[date, Any] = {}
    for case in here:
        if case.verdict is None or case.status in (Status.declined, Status.retired, Status.lapsed):
            continue
        owed = (*case.verdict.duties_coming, *case.verdict.duties_today)
        gaps = {gap.question for gap in case.verdict.gaps}
        for since in {duty.since for duty in owed if day < duty.since <= day + AHEAD}:
            duties, uses, lacks = found.setdefault(since, (set[str](), Counter[str](), Counter[str]()))
            duties |= {duty.duty for duty in owed if duty.since == since}
            uses.update(["uses", *(["incomplete"] if gaps else [])])
            lacks.update(gaps)
    return {
        since: (sorted(duties), uses["uses"], uses["incomplete"], _most(lacks))
        for since, (duties, uses, lacks) in found.items()
    }


def _most(lacks: Counter[str]) -> list[tuple[str, int]]:
    return sorted(lacks.items(), key=lambda each: (-each[1], each[0]))[:MISSING]


def _column(case: Case, name: str) -> object:
    return {"owner_id": case.owner, "unit": case.unit, "tool_id": case.tool_id}[name]


def summed(found: Figures) -> dict[str, Any]:
    return {
        "register": Counter({(each.state, each.tier): each.uses for each in found.stock.counts}),
        "overdue": found.stock.overdue,
        "open": sum(each.open for each in found.stock.counts),
        "unclaimed": found.stock.unclaimed,
        "came_in": found.flow.came_in,
        "imported": found.flow.imported,
        "approved": found.flow.approved,
        "declined": found.flow.declined,
        "again": found.flow.again,
        "conditions": (found.conditions.due, found.conditions.overdue),
        "lacks": {each.fact: each.uses for each in found.lacks},
        "queues": {each.role: each.uses for each in found.queues},
        "law": {
            each.day: (
                list(each.duties),
                each.uses,
                each.incomplete,
                [(lack.fact, lack.uses) for lack in each.missing],
            )
            for each in found.law
        },
    }


def sorted_by_hand(all_of_them: list[Case]) -> tuple[dict[str, int], dict[str, int]]:
    here = [c for c in all_of_them if c.status not in (Status.draft, Status.withdrawn, Status.declined)]
    origins, parts = Counter[str](), Counter[str]()
    for case in here:
        told = {
            name: case.answers[name].picked if name in case.facts else ()
            for name in ("kind", "tool", "output_use")
        }
        built, tool, does = "build" in told["kind"], told["tool"], told["output_use"]
        origins[
            "built" if built else "embedded" if tool == ("slack",) else "bought" if tool else "unknown"
        ] += 1
        parts[
            "decides"
            if "decides_people" in does
            else "acts"
            if "acts_in_systems" in does
            else "assists"
            if does
            else "unknown"
        ] += 1
    return dict(origins), dict(parts)


def test_uses_are_counted_by_kind_and_what_nobody_told_apart(store: Store, book: Ledger) -> None:
    story, seen, kept = Story(store, book, 7, ORIGINS, PARTS), Counter[str](), list[Figures]()
    for step in range(60):
        story.goes_on()
        if step % 15 == 14:
            kept.append(taken(store, story.now))
            told = kept[-1].management
            assert told is not None
            shares = tuple({each.kind: each.uses for each in some} for some in (told.origins, told.parts))
            assert shares == sorted_by_hand(cases(store))
            seen.update(key for share in shares for key in share)
    assert {"built", "bought", "embedded", "unknown", "decides", "acts", "assists"} <= seen.keys()
    for each in kept:
        assert taken(store, each.at).model_dump() == each.model_dump()


def test_what_somebody_said_it_is_good_for_is_counted_from_medium_risk_on(store: Store, book: Ledger) -> None:
    story, most, kept = Story(store, book, 9, ({}, MEDIUM)), 0, list[Figures]()
    for step in range(160):
        story.goes_on()
        if step % 20 == 19:
            kept.append(taken(store, story.now))
            told = kept[-1].management
            assert told is not None
            with store.read() as session:
                asked = [
                    c for c in cases(store) if held(c) and c.verdict and int(c.verdict.tier.ceiling) >= 2
                ]
                said = [
                    sheets.load(session, c.id, "use-plan").answers.get("benefit", NOT_ASKED) for c in asked
                ]
            named = sum(1 for each in said if each.picked)
            assert (told.benefits.uses, told.benefits.named) == (len(asked), named)
            most = max(most, named)
    assert most
    for each in kept:
        assert taken(store, each.at).model_dump() == each.model_dump()


def test_figures_are_what_counting_by_hand_finds_and_can_be_taken_again_later(
    store: Store, book: Ledger
) -> None:
    story, kept = Story(store, book, seed=4), list[Figures]()
    for step in range(40):
        story.goes_on()
        if step % 10 == 9:
            kept.append(taken(store, story.now))
            day = story.now.astimezone(ZoneInfo(ZONE)).date()
            assert summed(kept[-1]) == counted(cases(store), story.now, day)
    for each in kept:
        assert taken(store, each.at).model_dump() == each.model_dump()
    assert any(each.stock.overdue for each in kept)
    assert any(each.flow.decided and each.in_use and each.lacks for each in kept)
    assert any(date.incomplete and date.missing for each in kept for date in each.law)
