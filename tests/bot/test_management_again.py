"""The paper of a management review comes out the same again, whatever is done, noted or closed after its days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from bot import management
from intake.catalogue import Catalogue
from store.coverage_then import at_moments
from store.engine import Store
from store.sightings import Reading, Seen, take
from store.tables import AnswerSetRow, FactRow, PersonRow, ToolRow, UseRow
from tests.builders import ANA, NOW
from tests.store.test_digest_suppliers import used
from tests.store.test_objectives import stated
from tests.store.test_training import desk, looks, needs, session_of, states
from triage.aims.management import Inputs

__all__ = ["session_of"]
ZONE = "America/New_York"
SINCE, UNTIL = NOW.date() - timedelta(days=30), NOW.date() + timedelta(days=200)
LATER = NOW + timedelta(days=300)
TOOL = "slack"
Change = Callable[[Session], object]


def laid(store: Store) -> Inputs:
    with store.read() as session:
        return management.inputs(session, SINCE, UNTIL, ZONE)


@pytest.fixture
def told(session_of: Store) -> Store:
    """A tool that much hangs on and a list showed, an objective that counts such tools, a training that is late."""
    used(session_of, TOOL, "a", "b", "c")
    with session_of.write() as session:
        for row in session.exec(select(UseRow)):
            row.owner_id = ANA
        about: dict[str, Any] = {
            "unit": "Sales",
            "week": date(2026, 11, 2),
            "hits": 1,
            "people": 1,
            "sure": True,
        }
        seen = [Seen(tool_id=TOOL, general=False, **about)]
        take(session, Reading(digest="a", kind="proxy", read=1, refused=0), seen, NOW, run="r1")
        opened: dict[str, Any] = {
            "form": "ai-use",
            "form_digest": "d",
            "subject_kind": "use",
            "opened_at": NOW,
        }
        session.add(AnswerSetRow(id="s", subject_id="a", **opened))
        session.flush()
        said: dict[str, Any] = {"state": "answered", "source": "person", "said_at": NOW, "recorded_at": NOW}
        session.add(FactRow(answer_set_id="s", question="tool", value=[TOOL], **said))
        for person in ("P", "Q"):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        stated(session, "objective", (), counts="found_registered")
        needs(session)
        looks(session, desk())
    return session_of


def closes(session: Session) -> None:
    for row in session.exec(select(UseRow)):
        row.confidential, row.updated_at = True, LATER


def is_called_otherwise(session: Session) -> None:
    row = session.exec(select(ToolRow).where(col(ToolRow.id) == TOOL)).one()
    row.name, row.record, row.updated_at = "Other", {"terms": "They may learn from it"}, LATER


def asks_for_less(session: Session) -> None:
    states(session, {"months": "24", "confirmed": "yes"}, LATER)


def retires(session: Session) -> None:
    states(session, {}, LATER, retires=True)


@pytest.mark.parametrize("change", [closes, is_called_otherwise, asks_for_less, retires])
def test_what_is_done_later_changes_nothing_of_it(told: Store, change: Change) -> None:
    before = laid(told)
    with told.write() as session:
        change(session)
    after = laid(told)
    assert after.model_dump() == before.model_dump()
    assert after.digest == before.digest


def test_what_the_catalogue_says_by_now_changes_nothing_of_it(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = laid(told)
    monkeypatch.setattr(Catalogue, "embedded", frozenset[str]())
    assert laid(told).digest == before.digest
    assert before.figures.management is not None
    assert before.figures.management.parts
    assert before.figures.management.origins == ()


def test_coverage_is_that_of_the_last_day_as_in_the_pack(
    told: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []

    def spied(session: Session, moments: Any, zone: str) -> Any:
        asked.extend(each.astimezone(ZoneInfo(zone)).date() for each in moments)
        return at_moments(session, moments, zone)

    monkeypatch.setattr("store.digest_month.at_moments", spied)
    laid(told)
    assert asked == [SINCE - timedelta(days=1), UNTIL]
