"""A new version of what was done, and the end of what counts: what begins again, what goes on, what is taken over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW
from tests.triage.aims.test_entries import SCOPE, approved, desk, drafting, on, why
from tests.triage.aims.test_errands import ACTION, GOAL, acted, drafted
from tests.triage.aims.test_errands import desk as on_day
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.errands import errands
from triage.aims.kinds import kinds
from triage.aims.standing import standing
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.organisation import Organisation

SURE = {"because": "We need it"}


def anew(entry: Entry, days: int, **more: Any) -> Entry:
    seen = len(entry.drafts)
    wish = drafting(kind=entry.kind, name=entry.name, entry=entry.id, seen=seen, **more)
    return decide(entry, wish, on_day(days))


def closed() -> Entry:
    entry = acted(drafted("action", ACTION), "done", ANA, 1, evidence="A list")
    return acted(entry, "effective", EVE, 2, shows="All passed")


def agreed(entry: Entry, days: int) -> Entry:
    """By somebody else, as what is done with an entry is changed by nobody alone."""
    wish = ApproveEntry(**on(entry, EVE), draft=len(entry.drafts))
    return decide(entry, wish, on_day(days))


def test_what_is_drafted_anew_begins_anew() -> None:
    entry = agreed(anew(closed(), 3, said=ACTION | {"due": "2027-03-01"}), 3)
    assert (entry.stage, len(entry.done), entry.done_now) == ("", 2, ())
    (waits,) = errands(entry, on_day(3))
    assert (waits.kind, waits.due.isoformat()) == ("action", "2027-03-01")
    entry = acted(entry, "done", ANA, 4, evidence="Another list")
    (waits,) = errands(entry, on_day(4))
    assert (entry.stage, waits.kind) == ("done", "effect")


def test_nobody_grants_themselves_what_they_asked_for() -> None:
    """Nor whoever changed what was asked for; to say no to it needs nobody else."""
    asks = {"title": "A second reviewer", "sort": "people", "because": "One is ill"}
    entry = drafted("resource", asks, actor=DAN)
    assert why(entry, ActOnEntry(**on(entry, DAN), act="granted", said=SURE, seen=1)) == "own_draft_act"
    assert acted(entry, "declined", DAN, 1, because="It can wait").stage == "closed"
    others = drafted("resource", asks, actor=BEN)
    assert acted(others, "granted", DAN, 1, because="From May on").stage == "closed"


def test_what_only_waits_begins_nothing_anew() -> None:
    entry = anew(closed(), 3, said=ACTION, actor="")
    assert (entry.proposed is not None, entry.stage) == (True, "closed")


def test_what_counts_no_more_stays_where_it_was_led() -> None:
    entry = agreed(anew(closed(), 3, retires=True, reason="Done elsewhere"), 3)
    assert (entry.state, entry.stage) == ("retired", "closed")


def test_measurements_and_acceptances_go_on() -> None:
    entry = approved(drafted("objective", GOAL))
    entry = acted(entry, "measured", ANA, 1, value="3", met="yes")
    entry = approved(anew(entry, 2, said=GOAL | {"target": "More"}))
    assert entry.done_now == entry.done
    assert {each.id for each in kinds().values() if each.anew} == {
        *(
            "action",
            "nonconformity",
            "improvement",
            "expectation",
            "inquiry",
            "planned_post",
            "telling",
            "audit",
            "access",
            "review_call",
            "opportunity",
            "resource",
        ),
    }


def test_what_counts_is_retired_whatever_today_s_rules_say_of_it() -> None:
    had = replace(desk(), organisation=Organisation(units=("Sales",)))
    gone = replace(desk(now=NOW + timedelta(days=1)), organisation=Organisation(units=("Support",)))
    entry = approved(decide(None, drafting(said=SCOPE | {"units": ("Sales",)}), had))
    ends = drafting(seen=1, retires=True)
    again = drafting(seen=1, said=SCOPE | {"units": ("Sales",)})
    assert why(entry, again, organisation=gone.organisation) == "entry_field"
    ended = decide(entry, ends, gone)
    assert ended.drafts[-1].said == entry.drafts[0].said
    assert approved(ended).state == "retired"


def test_what_was_erased_is_missed_by_nobody_who_retires_it() -> None:
    said = {"applies": "yes", "because": "We decide about people", "owner": CLEO, "state": "begun"}
    entry = decide(None, drafting(kind="control", name="A.5.2", said=said), desk())
    (first,) = entry.steps
    erased = first.model_copy(update={"texts": {}})
    bare = Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=(erased,))
    wish = drafting(kind="control", name="A.5.2", seen=1, retires=True)
    assert isinstance(wish, DraftEntry)
    assert decide(bare, wish, desk()).state == "retired"
    policy = {"title": "Use of AI", "text": "All of it", "since": "2026-12-01"}
    entry = approved(decide(None, drafting(kind="policy", name="ai", said=policy), desk()), DAN)
    steps = (entry.steps[0].model_copy(update={"texts": {}}), *entry.steps[1:])
    bare = Entry(id=entry.id, kind=entry.kind, name=entry.name, ref=entry.ref, steps=steps)
    wish = drafting(kind="policy", name="ai", seen=1, retires=True, actor=BEN)
    assert decide(bare, wish, desk()).proposed is not None


def test_it_is_to_be_looked_at_again_on_the_day_on_which_it_waits_for_somebody() -> None:
    """By the days of the organisation: in Berlin it is the 22nd when it comes to count."""
    night, berlin = NOW.replace(hour=23, minute=30), Organisation(zone="Europe/Berlin")
    issue = {"title": "A new law", "side": "outside", "effect": "Notices"}
    at = replace(desk(now=night), organisation=berlin)
    entry = decide(None, drafting(kind="issue", said=issue), at)
    (waits,) = errands(entry, at)
    assert (waits.kind, waits.due.isoformat()) == ("renewal", "2027-11-22")
    for day, again in ((21, False), (22, True)):
        then = replace(at, now=NOW.replace(year=2027, day=day))
        assert any(each.again for each in standing([entry], then).steps) is again
