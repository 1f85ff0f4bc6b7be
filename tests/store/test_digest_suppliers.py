"""Suppliers in the figures of a digest: what much hangs on, what ends, and whose work nobody tried to do without it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from store import aims
from store.digest_suppliers import suppliers
from store.digest_then import Then
from store.engine import Store
from store.tables import AnswerSetRow, FactRow, PersonRow, ToolRow, UseRow
from tests.builders import BEN, NOW, a_desk
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.supplied import PAPER
from triage.aims.wishes import DraftEntry
from triage.figures import Suppliers

DAY = timedelta(days=1)
SAID = {"what": "iso_27001", "tool": "Otter", "scope": "Hosting", "link": "https://example.com/trust"}


def used(store: Store, tool: str, *ids: str, confidential: bool = False) -> None:
    with store.write() as session:
        given: dict[str, Any] = {
            "created_at": NOW,
            "updated_at": NOW,
            "state": "approved",
            "confidential": confidential,
        }
        if session.get(ToolRow, tool) is None:
            about: dict[str, Any] = {
                "slug": tool,
                "vendor": "",
                "state": "known",
                "source": "catalogue",
                "updated_at": NOW,
            }
            session.add(ToolRow(id=tool, name=tool.title(), **about))
            session.flush()
        for id in ids:
            session.add(UseRow(id=id, tool_id=tool, **given))


def has_paper(store: Store, title: str, until: date) -> None:
    desk = a_desk(roles={"vendor_manager": frozenset({BEN})})
    said: dict[str, Any] = {**SAID, "title": title, "until": until.isoformat()}
    wish = DraftEntry(actor=BEN, key=title, entry=entry_id(kinds()[PAPER], "", title), kind=PAPER, said=said)
    with store.write() as session:
        if session.get(PersonRow, BEN) is None:
            session.add(PersonRow(id=BEN, team="T", slack_user="UB", updated_at=NOW))
            session.flush()
        aims.carry_out(session, wish, desk)


def tried(store: Store, use: str, answer: str | None, at: datetime = NOW) -> None:
    with store.write() as session:
        about: dict[str, Any] = {
            "form": "use-plan",
            "form_digest": f"d{at}",
            "subject_kind": "sheet",
            "opened_at": at,
        }
        session.add(AnswerSetRow(id=f"{use}{at}", subject_id=f"{use}:use-plan", **about))
        session.flush()
        state = "answered" if answer else "unsure"
        told: dict[str, Any] = {"state": state, "value": [answer] if answer else None, "source": "person"}
        given: dict[str, Any] = {"question": "fallback", "said_at": at, "recorded_at": at}
        session.add(FactRow(answer_set_id=f"{use}{at}", **given, **told))


def told(store: Store, days: int = 1) -> Suppliers | None:
    at = NOW + days * DAY
    with store.read() as session:
        return suppliers(session, Then(session, at), at.date())


def test_nothing_is_said_where_there_is_nothing_to_say(store: Store) -> None:
    assert told(store) is None
    used(store, "otter", "a", "b")
    has_paper(store, "For long", NOW.date() + 90 * DAY)
    assert told(store) is None


def test_the_tool_that_most_hangs_on_is_named_without_what_is_confidential(store: Store) -> None:
    used(store, "otter", "a", "b", "c")
    used(store, "secret", "d", "e", "f", "g", confidential=True)
    assert told(store) == Suppliers(tool="Otter", uses=3)
    assert told(store, days=-1) is None, "nothing stood there then"


def test_what_ends_within_thirty_days_and_what_is_over(store: Store) -> None:
    has_paper(store, "Soon", NOW.date() + 31 * DAY)
    has_paper(store, "Sooner", NOW.date() + 3 * DAY)
    assert told(store, days=0) == Suppliers(ending=1)
    assert told(store, days=1) == Suppliers(ending=2)
    assert told(store, days=4) == Suppliers(ending=1, ended=1)
    assert told(store, days=32) == Suppliers(ended=2)


def test_work_that_was_not_done_without_ai_within_a_year(store: Store) -> None:
    """By the last answer at that moment; what nobody was asked about is not counted."""
    used(store, "otter", "a", "b")
    with store.write() as session:
        stamped: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}
        session.add(UseRow(id="over", tool_id="otter", state="retired", **stamped))
    tried(store, "a", "this_year")
    tried(store, "over", "never")
    assert told(store) is None
    tried(store, "b", None)
    assert told(store) == Suppliers(untried=1)
    tried(store, "b", "never", NOW + 2 * DAY)
    tried(store, "b", "this_year", NOW + 4 * DAY)
    assert told(store, days=3) == Suppliers(untried=1)
    assert told(store, days=5) is None
    assert told(store, days=366) == Suppliers(untried=1), "a year after it was tried"
    assert told(store, days=370) == Suppliers(untried=2)
