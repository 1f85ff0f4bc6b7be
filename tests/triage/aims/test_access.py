"""Let in to audit: by two people, for a time, for no holder of a role, and at no door to change anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_desk
from tests.triage.aims.test_entries import drafting, on
from triage import decide as of_uses
from triage.aims.access import BEFORE, ENDED, ENDS, LONGEST, TOLD_LATE, endings, let_in, visits
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.desk import Desk
from triage.incidents import decide as of_incidents
from triage.incidents.wishes import Report
from triage.outcome import Refused
from triage.talking import Begin

ROLES = {
    "governance_lead": frozenset({ANA}),
    "executive": frozenset({BEN, ANA}),
    "risk_owner": frozenset({CLEO}),
}
TODAY = a_desk().day


def desk(**more: Any) -> Desk:
    return a_desk(roles=ROLES, **more)


def said(**change: Any) -> dict[str, Any]:
    last = (TODAY + timedelta(days=4)).isoformat()
    given = {
        "title": "Spring",
        "auditor": DAN,
        "since": TODAY.isoformat(),
        "until": last,
        "purpose": "Yearly",
    }
    return given | change


def drafted(**change: Any) -> Entry:
    return decide(None, drafting(ANA, "access", said=said(**change)), desk())


def counts(**change: Any) -> Entry:
    entry = drafted(**change)
    return decide(entry, ApproveEntry(**on(entry, BEN), draft=1), desk())


def refusal(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.key


def test_it_needs_a_second_persons_yes() -> None:
    entry = drafted()
    assert visits([entry], "UTC") == ()
    assert refusal(lambda: decide(entry, ApproveEntry(**on(entry, ANA), draft=1), desk())) == "own_draft"
    assert [each.person for each in visits([counts()], "UTC")] == [DAN]


def test_nobody_lets_themself_in() -> None:
    assert refusal(lambda: drafted(auditor=ANA)) == "own_access"
    entry = drafted(auditor=EVE)
    later = a_desk(roles={**ROLES, "risk_owner": frozenset({EVE})})
    assert refusal(lambda: decide(entry, ApproveEntry(**on(entry, EVE), draft=1), later)) == "own_access"


def test_a_second_id_of_the_same_person_is_the_same_person() -> None:
    same = {frozenset({ANA, DAN})}
    one = desk(same=lambda a, b: a == b or frozenset({a, b}) in same)
    wish = drafting(ANA, "access", said=said())
    assert refusal(lambda: decide(None, wish, one)) == "own_access"


@pytest.mark.parametrize("role", ROLES)
def test_nobody_with_a_role_is_let_in(role: str) -> None:
    (holder, *_) = sorted(ROLES[role] - {ANA}) or [BEN]
    assert refusal(lambda: drafted(auditor=holder)) == "access_holder"


def test_a_yes_takes_no_role_from_whoever_got_one_meanwhile_and_comes_before_the_end() -> None:
    entry = drafted()
    yes = ApproveEntry(**on(entry, BEN), draft=1)
    holder = a_desk(roles={**ROLES, "risk_owner": frozenset({DAN})})
    assert refusal(lambda: decide(entry, yes, holder)) == "access_holder"
    late = desk(now=a_desk().now + timedelta(days=6))
    assert refusal(lambda: decide(entry, yes, late)) == "entry_field"
    assert decide(entry, yes, desk(now=a_desk().now + timedelta(days=3))).in_force is not None


def test_it_ends_and_does_not_begin_after_its_end() -> None:
    before = (TODAY - timedelta(days=1)).isoformat()
    assert refusal(lambda: drafted(until=before)) == "entry_field"
    far = (TODAY + LONGEST + timedelta(days=1)).isoformat()
    assert refusal(lambda: drafted(until=far)) == "access_long"


def test_it_runs_from_the_first_second_of_the_first_day_to_the_last_of_the_last() -> None:
    (visit,) = visits([counts()], "Europe/Berlin")
    first = datetime.combine(TODAY, datetime.min.time(), UTC)
    assert visit.since.astimezone(UTC) < first  # Berlin is ahead
    assert not visit.runs(visit.since - timedelta(microseconds=1))
    assert visit.runs(visit.since)
    assert visit.runs(visit.until - timedelta(microseconds=1))
    assert not visit.runs(visit.until)
    assert visit.until.date() == date.fromisoformat(said()["until"]) + timedelta(days=1)


@pytest.mark.parametrize("person", [ANA, BEN, CLEO])
def test_it_is_revoked_by_one_press(person: str) -> None:
    entry = counts()
    wish = ActOnEntry(**on(entry, person), act="revoked", said={"because": "Over"}, seen=entry.version)
    assert visits([decide(entry, wish, desk())], "UTC") == ()


def test_whoever_is_let_in_sees_as_an_auditor_and_holds_nothing_else() -> None:
    held = let_in({**ROLES, "auditor": frozenset({EVE}), "legal": frozenset({DAN})}, frozenset({DAN}))
    assert held["auditor"] == {EVE, DAN}
    assert [role for role, people in held.items() if DAN in people] == ["auditor"]
    assert let_in(ROLES, frozenset()) == ROLES


def test_at_every_door_they_change_nothing() -> None:
    visiting = a_desk(roles=let_in(ROLES, frozenset({DAN})), visitors=frozenset({DAN}))
    finding = drafting(DAN, "improvement", said={"title": "One", "idea": "Two"})
    begins = Begin(actor=DAN, key="k", case="c" * 32, words="I want to use a tool", place="P", root="1.1")
    report = Report(actor=DAN, key="r", incident="i", words="It broke")
    assert refusal(lambda: decide(None, finding, visiting)) == "audit_reads_only"
    assert refusal(lambda: of_uses.decide(None, begins, visiting)) == "audit_reads_only"
    assert refusal(lambda: of_incidents.decide(None, report, None, visiting)) == "audit_reads_only"


def test_its_end_is_news_the_day_before_and_once_it_is_over() -> None:
    (one,) = endings([counts()], "UTC")
    until = one.visit.until
    assert one.told(until - BEFORE - timedelta(seconds=1)) == (
        "" if until - BEFORE > one.visit.since else ENDS
    )
    assert one.told(until - timedelta(seconds=1)) == ENDS
    assert one.told(until) == ENDED
    assert len(one.granted) == 2


def test_what_ended_long_ago_is_no_news() -> None:
    (one,) = endings([counts()], "UTC")
    assert one.told(one.visit.until + TOLD_LATE) == ""


def test_one_that_was_revoked_ended_then() -> None:
    entry = counts()
    wish = ActOnEntry(**on(entry, BEN), act="revoked", said={"because": "Over"}, seen=entry.version)
    (one,) = endings([decide(entry, wish, desk())], "UTC")
    assert (one.revoked, one.visit.until) == (True, desk().now)


def test_one_that_was_taken_back_ended_then_and_both_sides_hear_it() -> None:
    entry = counts()
    begun = drafting(ANA, "access", said={}, seen=1, entry=entry.id, retires=True, reason="Over")
    gone = decide(entry, begun, desk())
    gone = decide(gone, ApproveEntry(**on(gone, BEN), draft=2), desk())
    assert visits([gone], "UTC") == ()
    (one,) = endings([gone], "UTC")
    assert (one.revoked, one.visit.until, len(one.granted)) == (True, desk().now, 2)
    assert one.told(desk().now) == ENDED
