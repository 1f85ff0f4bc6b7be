"""Reviews and incidents in the figures of a digest: what is open at a moment, and what came in since another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from store.digest_flow import stock
from store.digest_places import incidents, reviews, sighted
from store.digest_then import Then
from store.engine import Store
from store.lists import Span
from store.overview import behind
from store.queries import entries
from store.sightings import Reading, Seen, take
from store.tables import IncidentRow, IncidentStepRow, PersonRow, ReviewStepRow, UseRow
from tests.builders import NOW
from triage.figures import Count, Incidents, Reviews, Sighted, Stock
from triage.overview import OPEN
from triage.register import Reader

DAY = timedelta(days=1)
LEAD = Reader(person="L", roles=frozenset({"governance_lead"}))


def kept(store: Store) -> None:
    """Six reviews of a use, and three incidents, day by day; the sixth was opened and answered in one step."""
    with store.write() as session:
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        session.add(UseRow(id="u", state="approved", created_at=NOW, updated_at=NOW))
        session.flush()
        for number, (review, kind, days, due, second) in enumerate(
            [
                ("late", "opened", 0, NOW.date() + DAY, False),
                ("due", "opened", 0, NOW.date() + 9 * DAY, False),
                ("said", "opened", 0, NOW.date() + DAY, False),
                ("said", "answered", 1, None, False),
                ("read", "opened", 0, NOW.date() + 9 * DAY, False),
                ("read", "answered", 1, None, True),
                ("over", "opened", 0, NOW.date() + DAY, False),
                ("over", "closed", 2, None, False),
                ("at once", "opened", 0, NOW.date() + DAY, False),
                ("at once", "answered", 0, None, False),
            ]
        ):
            step: dict[str, Any] = {"review": review, "kind": kind, "due_on": due, "second": second}
            version = 90 if review == "at once" else number
            session.add(
                ReviewStepRow(id=f"r{number}", use_id="u", at=NOW + days * DAY, version=version, **step)
            )
        for number, (incident, kind, days) in enumerate(
            [
                ("a", "report", 0),
                ("b", "report", 1),
                ("b", "close", 2),
                ("b", "reopen", 3),
                ("c", "report", 2),
            ]
        ):
            if kind == "report":
                session.add(_incident(incident, NOW + days * DAY))
                session.flush()
            said: dict[str, Any] = {
                "incident_id": incident,
                "kind": kind,
                "number": number,
                "detail": {"kind": "concern"} if kind == "report" else {},
            }
            session.add(IncidentStepRow(id=f"i{number}", at=NOW + days * DAY, line=1, **said))


def _incident(id: str, at: datetime) -> IncidentRow:
    given: dict[str, Any] = {"kind": "concern", "status": "reported", "severity": "low", "version": 1}
    return IncidentRow(id=id, ref=f"AII-{id}", confidential=False, reported_at=at, updated_at=at, **given)


def test_what_is_open_at_a_moment(store: Store) -> None:
    kept(store)

    def then(days: float) -> tuple[Reviews | None, Incidents | None]:
        with store.read() as session:
            at = NOW + days * DAY
            found = Then(session, at)
            return reviews(found, date.isoformat(at.date())), incidents(session, found, at - DAY)

    assert then(-1) == (None, None)
    assert then(0.5) == (Reviews(due=5), Incidents(open=1, reported=1))
    assert then(1.5) == (Reviews(due=4), Incidents(open=2, reported=1))
    assert then(2.5) == (Reviews(due=2, overdue=1), Incidents(open=2, reported=1))
    assert then(3.5) == (Reviews(due=2, overdue=1), Incidents(open=3, reported=0))


def test_marks_of_what_is_open_are_counted_but_for_what_is_confidential(store: Store) -> None:
    with store.write() as session:
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        number = 0
        for id, said in (
            ("a", ["discrimination", "contract"]),
            ("b", ["discrimination"]),
            ("c", ["reputation"]),
        ):
            row = _incident(id, NOW)
            row.confidential = id == "c"
            session.add(row)
            session.flush()
            told = [("report", 0, {"kind": "incident"}), ("assess", 1, {"answer.exposure": said})]
            told += [("close", 3, {})] if id == "b" else []
            for at, (kind, days, detail) in enumerate(told, start=1):
                number += 1
                given: dict[str, Any] = {"incident_id": id, "kind": kind, "number": at, "detail": detail}
                session.add(IncidentStepRow(id=f"i{number}", by="P", at=NOW + days * DAY, line=1, **given))

    def then(days: float) -> tuple[tuple[str, int], ...]:
        with store.read() as session:
            found = incidents(session, Then(session, NOW + days * DAY), NOW)
            assert found is not None
            return found.marks

    assert then(0.5) == ()
    assert then(1.5) == (("contract", 1), ("discrimination", 2))
    assert then(3.5) == (("contract", 1), ("discrimination", 1))


def test_clocks_are_counted_as_the_cards_show_them(store: Store) -> None:
    """By what was known then: a breach was found at its second day, its 72 hours went by, and it was told late."""
    breach = {
        "answer.personal_data": ["special"],
        "answer.data_role": ["controller"],
        "answer.people": ["more"],
    }
    steps: list[tuple[str, float, dict[str, Any]]] = [
        ("report", 0, {"kind": "incident"}),
        ("classify", 1, {"what": "breach", "value": "yes"}),
        ("assess", 1, breach),
        (
            "settle_clock",
            4,
            {"clock": "gdpr-authority", "outcome": "met", "when": (NOW + 4 * DAY).isoformat()},
        ),
        ("settle_clock", 5, {"clock": "gdpr-people", "outcome": "not_applicable"}),
    ]
    with store.write() as session:
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        session.add(_incident("a", NOW))
        session.flush()
        for number, (kind, days, detail) in enumerate(steps, start=1):
            given: dict[str, Any] = {"incident_id": "a", "kind": kind, "number": number, "detail": detail}
            session.add(IncidentStepRow(id=f"i{number}", by="P", at=NOW + days * DAY, line=1, **given))

    def then(days: float) -> tuple[int, int, int]:
        with store.read() as session:
            at = NOW + days * DAY
            found = incidents(session, Then(session, at), at - DAY)
            assert found is not None
            return found.clocks, found.soon, found.missed

    assert then(0.5) == (0, 0, 0), "nothing surely runs by then"
    assert then(1.5) == (2, 2, 0), "the authority within 72 hours, and the people without delay"
    assert then(3.5) == (1, 1, 1)
    assert then(4.5) == (1, 1, 0)
    assert then(5.5) == (0, 0, 0)
    with store.read() as session:
        for days, since, fell in ((5.5, 5.5, 1), (2.5, 2.5, 0), (5.5, 2.0, 0)):
            at = NOW + days * DAY
            found = incidents(session, Then(session, at), at - since * DAY, over=True)
            assert found is not None
            assert found.fell_missed == fell, "settled too late is missed in the time in which it fell due"


def test_what_lists_showed_up_to_a_moment(store: Store) -> None:
    """A general product counts for nothing, a tool in a second team is new, and who took one on is asked no more."""
    monday = date(2026, 11, 2)
    seen = [("otter", "Sales", False), ("otter", "Law", False), ("notion-ai", "Law", True)]
    rows = [
        Seen(tool_id=tool, unit=unit, week=monday, hits=1, people=1, sure=True, general=general)
        for tool, unit, general in seen
    ]
    with store.write() as session:
        take(session, Reading(digest="a", kind="proxy", read=1, refused=0), rows[:1], NOW, run="r1")
        take(session, Reading(digest="b", kind="dns", read=3, refused=0), rows, NOW + 7 * DAY, run="r2")
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        session.flush()
        about: dict[str, Any] = {"source_map": "sightings", "created_at": NOW, "updated_at": NOW}
        for id, state, owner in (("a", "disclosed", None), ("b", "retired", None), ("c", "disclosed", "P")):
            session.add(UseRow(id=id, source_id=id, state=state, owner_id=owner, **about))

    def then(days: float) -> Sighted | None:
        with store.read() as session:
            at = NOW + days * DAY
            return sighted(Then(session, at), at - 7 * DAY)

    assert then(-1) is None
    assert then(1) == Sighted(tools=1, teams=1, new=1, waiting=1, dismissed=1)
    assert then(8) == Sighted(tools=1, teams=2, new=1, waiting=1, dismissed=1)


def test_what_somebody_took_up_is_not_unclaimed_and_what_may_be_anything_is_not_known(store: Store) -> None:
    with store.write() as session:
        session.add(PersonRow(id="P", team="T", slack_user="U", updated_at=NOW))
        session.flush()
        about: dict[str, Any] = {"state": "disclosed", "created_at": NOW, "updated_at": NOW}
        for id, owner, floor in (("a", None, 1), ("b", "P", 1), ("c", "P", 3)):
            bounds: dict[str, Any] = {"tier_floor": floor, "tier_ceiling": 4}
            session.add(UseRow(id=id, ref=f"AIU-2026-{id}", owner_id=owner, **bounds, **about))
    with store.read() as session:
        standing, _, _ = stock(Then(session, NOW + DAY), NOW)
        listed = {
            value: sorted(
                entry.id for entry in behind(session, LEAD, "tier", value, NOW, NOW.date(), Span(0, 9))[0]
            )
            for value in ("4", OPEN)
        }
        standings = {entry.id: entry.standing for entry in entries(session, LEAD)}
    assert standing == Stock(counts=(Count(state="disclosed", tier=4, uses=3, open=2),), unclaimed=1)
    assert listed == {"4": ["c"], OPEN: ["a", "b"]}
    assert standings == {"a": "unclaimed", "b": "taken_up", "c": "taken_up"}
