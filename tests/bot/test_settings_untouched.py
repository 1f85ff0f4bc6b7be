"""A settings window that was not touched changes nothing, and a change leaves both values in the trail."""

from __future__ import annotations

import pytest

from bot.config import change
from store import audit, settings
from store.engine import Store
from store.tables import PersonRow
from tests.databases import Clock


@pytest.fixture(autouse=True)
def lead(store: Store, clock: Clock) -> None:
    with store.write() as session:
        session.add(PersonRow(id="P-lead", team="T", slack_user="U0LEAD", updated_at=clock()))
        settings.change(session, "roles.reviewer", ["S0ALL", "U0BEN"], by=None, now=clock())
        settings.change(session, "organisation.units", ["Sales", "People"], by=None, now=clock())


def test_an_untouched_window_changes_nothing(store: Store, clock: Clock) -> None:
    untouched = {
        "channels.governance": None,
        "roles.reviewer": ["U0BEN", "S0ALL"],
        "roles.security": [],
        "organisation.sector": "",
        "organisation.units": ["Sales", "People"],
        "language": "en",
        "timezone": "UTC",
    }
    assert change(store, untouched, by="P-lead", key="untouched", now=clock()) == []
    with store.read() as session:
        assert list(audit.about(session, "settings", "organisation")) == []


def test_no_is_an_answer_and_order_of_units_is_kept(store: Store, clock: Clock) -> None:
    wished = {"organisation.public_body": False, "organisation.units": ["People", "Sales"]}
    assert change(store, wished, by="P-lead", key="said", now=clock()) == sorted(wished)


def test_the_trail_keeps_what_was_and_what_is(store: Store, clock: Clock) -> None:
    change(store, {"roles.reviewer": [], "language": "de"}, by="P-lead", key="both", now=clock())
    with store.read() as session:
        (line,) = audit.about(session, "settings", "organisation")
        assert audit.texts_of(session, line["seq"]) == {
            "language": "de",
            "language (before)": "",
            "roles.reviewer": "[]",
            "roles.reviewer (before)": "['S0ALL', 'U0BEN']",
        }
