"""A year from the first yes on, as the demo plays it: what fell due has reached somebody, and nobody too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.config import change
from bot.demo import learning, oversight, reviewing, year
from bot.demo.member import CARDS
from bot.demo.play import AMARA, JONAS, LEILA, MIRA, OLE, PRIYA, Play
from bot.demo.stage import Stage
from bot.demo.theatre import ByHand, Theatre
from bot.sandbox.reading import words
from bot.slack.payloads import Who
from store import aims, aims_nudging, audit, incidents, suppliers, trained
from store.accord import compare
from store.acknowledged import moments
from store.audit import verify_store, verify_texts
from store.convened import laid
from store.digest import figures
from store.records import load
from store.risks import actions_of, weighed
from store.tables import DueRow, NudgeRow, OutboxRow, UseRow
from store.trail import Record
from tests.databases import Databases
from triage.aims.sifting import is_bare
from triage.digest import Digest
from triage.errands import errands
from triage.incidents.clocks import clocks_of
from triage.incidents.incident import OVER, Incident
from triage.incidents.incident import Status as Stood
from triage.reviews import reviews_of

DIGESTS_FROM = "2027-11-05"


class Watch:
    """Looks over the worker's shoulder each time it has looked around: whether what it wrote about waited."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre, self.seen = theatre, set[str]()

    def __call__(self) -> None:
        desk = self.theatre.running.front.desk()
        with self.theatre.store.read() as session:
            rows = [row for row in session.exec(select(NudgeRow)) if row.id not in self.seen]
            for row in rows:
                self.seen.add(row.id)
                case = load(session, row.use_id)
                assert case is not None
                waits = {each.name for each in errands(case, desk)}
                assert ":" not in row.errand or row.errand in waits, "nobody hears of what is settled"


@pytest.fixture
def theatre(sqlite_databases: Databases) -> Iterator[Theatre]:
    stage = Stage(sqlite_databases.copy(), a_year=True)
    stage.server.workspace.rates = None
    stage.open()
    try:
        yield stage.theatre(mornings={0})
    finally:
        stage.close()


def weekly(theatre: Theatre, day: str) -> None:
    now = theatre.store.now()
    change(theatre.store, {"digest.day": day}, by=None, key=f"digest:{day}", now=now)
    theatre.running.office.changed()


def test_a_year(theatre: Theatre) -> None:
    """Without what has stories of its own: a second reader, a review in one press, the digests of eleven months."""
    weekly(theatre, "never")
    theatre.watchers.append(Watch(theatre))
    played = year.play(theatre, lambda line: None, without={"sorting", "translate"}, until=DIGESTS_FROM)
    weekly(theatre, "monday")
    year.go_on(played, lambda line: None, since=DIGESTS_FROM)

    _the_promise(played)
    _the_incident(played)
    _the_reviews(played)
    _who_left(played)
    _nobody_twice_a_day(played)
    _all_that_is_due_reached_somebody(played)
    _four_digests(played)
    _the_management_system(played)
    _the_oversight(played)
    _the_impact(played)
    _what_was_learnt(played)
    _the_suppliers(played)
    assert played.theatre.server.refusals == []
    with theatre.store.read() as session:
        assert compare(session).differ == []
        assert verify_store(session).ok
        assert not verify_texts(session)


def test_after_the_year_the_clock_runs_on(
    sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year in which nobody does anything, and of which the first day is played: then it is looked at by the clock."""
    monkeypatch.setattr(year, "ACTS", ())
    stage = Stage(sqlite_databases.copy(), a_year=True)
    stage.open()
    try:
        stage.play_year(lambda line: None, until="2026-12-08")
        clock, told = stage.server.workspace.clock, stage.server.workspace.clock.moment()
        assert (told.date().isoformat(), told >= year.BEGINS) == ("2026-12-08", True)
        stage.server.wait_until(lambda: clock.moment() > told)
        assert stage.running is not None
        assert not isinstance(stage.running.clock, ByHand)
        assert stage.running.clock.hurry in clock.watchers
    finally:
        stage.close()


def _the_promise(played: Play) -> None:
    """On the Wednesday to which Jonas put it off he heard of it again, and then no more."""
    with played.theatre.store.read() as session:
        rows = session.exec(select(NudgeRow).where(NudgeRow.use_id == played.case("code").id)).all()
    days = sorted(row.day.isoformat() for row in rows if row.errand.startswith("condition:"))
    assert days == ["2027-01-08", "2027-01-13"]


def _the_incident(played: Play) -> None:
    """One clock was kept, another missed; closed, and the near miss of the last week is open."""
    with played.theatre.store.read() as session:
        first, last = (incidents.by_ref(session, f"AII-2027-000{n}") for n in (1, 2))
        assert first is not None
        assert last is not None
        case = incidents.case_of(session, first)
        told = {each.id: each for each in clocks_of(first, case, played.theatre.running.front.desk())}
    assert first.status is Stood.closed
    assert last.status not in OVER
    link = first.steps[0].texts["link"]
    assert link.startswith("https://example-works.example.com/archives/C0GENERAL/p"), "no machine is named"
    assert [each.kind for each in first.steps].index("cause") < _last(first, "settle_clock")
    states = {each.id: each.state for each in told.values()}
    assert states["gdpr-authority"] == "met"
    assert states["nis2-warning"] == "missed"


def _last(incident: Incident, kind: str) -> int:
    return max(at for at, each in enumerate(incident.steps) if each.kind == kind)


def _the_reviews(played: Play) -> None:
    """Late, and then as it was; more than was approved, and decided anew."""
    assert reviews_of(played.case("code"))[0].outcome == "unchanged"
    assert "reapproval" in [each.outcome for each in reviews_of(played.case("minutes"))]
    assert played.case("minutes").in_use
    climbed = _of(played, "code", "errand.escalated")
    assert [line.detail["because"] for line in climbed] == ["deputy", "deciders", "lead"]
    assert [line.detail["people"] for line in climbed] == [[_id(played, MIRA)], [], [_id(played, LEILA)]]


def _who_left(played: Play) -> None:
    """What she answered for was offered to her manager, who took it over and said how it is."""
    assert played.case("reports").owner == _id(played, MIRA)
    (offered,) = _of(played, "reports", "errand.escalated")
    assert (offered.detail["because"], offered.detail["people"]) == ("manager", [_id(played, MIRA)])
    assert len(_of(played, "reports", "owner.taken_over")) == 1
    assert reviews_of(played.case("reports"))[0].outcome == "unchanged"


def _nobody_twice_a_day(played: Play) -> None:
    with played.theatre.store.read() as session:
        rows = session.exec(select(NudgeRow)).all()
    moments = Counter((person, day) for person, day, _ in {(r.person_id, r.day, r.at) for r in rows})
    assert set(moments.values()) == {1}
    assert len({row.person_id for row in rows}) >= 3


def _all_that_is_due_reached_somebody(played: Play) -> None:
    now, desk = played.theatre.store.now(), played.theatre.running.front.desk()
    with played.theatre.store.read() as session:
        late = select(DueRow).where(DueRow.state == "waiting", DueRow.due_at < now - timedelta(days=3))
        assert session.exec(late).all() == []
        told = {(line.subject[1], line.detail.get("errand")) for line in audit.records(session)}
        told |= {(row.use_id, row.errand) for row in session.exec(select(NudgeRow))}
        cases = [load(session, id) for id in session.exec(select(UseRow.id))]
    waits = [(case.id, each) for case in cases if case for each in errands(case, desk)]
    silent = [
        each
        for id, each in waits
        if each.due < now.date() - timedelta(days=3) and (id, each.name) not in told
    ]
    assert silent == []


def _four_digests(played: Play) -> None:
    """Each is what one finds by adding up again."""
    posted = [m for m in played.person(LEILA).messages(CARDS) if "The AI register, week to" in words(m)]
    assert len([m for m in posted if m.get("blocks")]) >= 4
    assert all(any(block["type"] == "image" for block in m["blocks"]) for m in posted if m.get("blocks"))
    with played.theatre.store.read() as session:
        owed = session.exec(select(OutboxRow).where(OutboxRow.kind == "post")).all()
        made = [Digest.model_validate(row.payload["digest"]) for row in owed if "digest" in row.payload]
        weeks = [each for each in made if each.kind == "week"]
        assert weeks
        for each in weeks:
            told = each.figures
            assert figures(session, told.since, told.at, zone="Europe/Berlin", monthly=False) == told


def _the_management_system(played: Play) -> None:
    """It counts since the first days, was gone on with, and is reminded of; gaps are left for whoever audits it."""
    with played.theatre.store.read() as session:
        entries = list(aims.every_one(session))
        lines = [line for line in audit.records(session) if line.subject[0] == aims.AIMS]
        open_ones = aims_nudging.waiting_for(session, _id(played, JONAS), played.theatre.running.front.desk())
    states = Counter((each.kind, each.state) for each in entries)
    assert (
        states["scope", "in_force"] == states["policy", "in_force"] == states["commitment", "in_force"] == 1
    )
    policy = next(each for each in entries if each.kind == "policy")
    assert [each.since.year for each in policy.drafts if each.since] == [2026, 2027]
    action, *decided = [each for each in entries if each.kind == "action"]
    assert {each.stage for each in decided} == {""}
    assert reviewing.SECOND in {each.title for each in decided}
    assert (action.stage, [each.act for each in action.done]) == ("closed", ["done", "effective"])
    goals = {each.owner: len(each.done) for each in entries if each.kind == "objective"}
    assert goals == {_id(played, MIRA): 3, _id(played, JONAS): 0}
    assert states["party", "proposed"] == 1
    told = {(line.what, str(line.detail.get("errand")).partition(":")[0]) for line in lines}
    assert told >= {("aims.reminded", each) for each in ("action", "measure", "renewal", "approval")}
    assert ("aims.escalated", "measure") in told, "what Jonas never measured has climbed"
    assert "measure" in {each.errand.kind for each in open_ones}


def _the_oversight(played: Play) -> None:
    """Risks, one borne until its use changed, and one bare; an audit whose finding is put right; a review held."""
    with played.theatre.store.read() as session:
        every = {each.title: each for each in aims.every_one(session) if each.kind != "review_call"}
        desk = played.theatre.running.front.desk()
        borne, bare = (
            weighed(session, every[name], desk.day) for name in (oversight.MINUTES, oversight.MODEL)
        )
        review, called = every[reviewing.REVIEW], aims.of_kind(session, "review_call", "in_force")[0]
    assert borne.standing is not None
    assert (borne.standing.accepted, str(borne.standing.until)) == ("stale", oversight.UNTIL)
    assert is_bare(bare)
    with played.theatre.store.read() as session:
        plan = actions_of(session, [bare.entry])[bare.entry.id]
    assert [each.title for each in plan] == [reviewing.SECOND], "what is done about it stands beside it"
    drawn, *looked = [each for each in every[oversight.AUDIT].done if each.act in ("drawn", "looked")]
    assert all(each.at - drawn.at > timedelta(days=1) for each in looked), (
        "nobody looks in the minute of the draw"
    )
    audit_held, finding = every[oversight.AUDIT], every[oversight.EARLY]
    assert (audit_held.stage, finding.stage) == ("closed", "closed")
    assert (review.state, called.stage) == ("in_force", "closed")
    lies = laid(called)
    assert lies is not None
    assert review.said("inputs") == lies.digest
    assert every[reviewing.LIST].stage == "taken_up"
    assert desk.visitors == {_id(played, OLE)}


def _the_impact(played: Play) -> None:
    """Of one use of high risk somebody wrote what it means for whoever is in it, and somebody else looked."""
    with played.theatre.store.read() as session:
        (made,) = aims.of_kind(session, "assessment", "in_force")
    assert made.said("outcome") == "stands"
    assert {draft.by for draft in made.drafts} == {_id(played, AMARA)}


def _what_was_learnt(played: Play) -> None:
    """The second version was read by two; whoever answers for a use took a course, but for Leila."""
    with played.theatre.store.read() as session:
        entries = {
            each.title: each for each in aims.every_one(session) if each.kind in ("policy", "training")
        }
        first, second = (
            {*moments(session, "read", entries[learning.POLICY].id, version)} for version in (1, 2)
        )
        done = {row.person for row in trained.of(session, entries[learning.COURSE].id) if row.how == "done"}
    assert first == {_id(played, user) for user in learning.READ["01"]}
    assert second == {_id(played, user) for user in learning.READ["11"]}
    assert done == {_id(played, user) for user in (MIRA, JONAS, AMARA, PRIYA)}


def _the_suppliers(played: Play) -> None:
    """One is assessed, with a certificate that ends soon and of which its manager has heard; the others are not."""
    with played.theatre.store.read() as session:
        found = suppliers.overview(session, played.theatre.running.front.desk().day)
        lines = list(audit.records(session))
    states = {each.known.name: each.standing for each in found}
    assert states.pop("GitHub Copilot") == "with_conditions"
    assert set(states.values()) == {"none"}
    (paper,) = next(each.papers for each in found if each.known.name == "GitHub Copilot")
    assert (paper.lapsed, paper.holds, str(paper.until)) == (False, "partly", "2027-12-09")
    told = {
        line.detail.get("errand")
        for line in lines
        if line.subject[1] == paper.entry and line.what == "aims.reminded"
    }
    assert told == {"ending:1"}


def _of(played: Play, use: str, what: str) -> list[Record]:
    with played.theatre.store.read() as session:
        lines = list(audit.records(session))
    return [line for line in lines if line.what == what and line.subject[1] == played.case(use).id]


def _id(played: Play, user: str) -> str:
    return played.theatre.running.directory.person(Who("T0EXAMPLE", user))
