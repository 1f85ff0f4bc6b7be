"""A settings window counts once, and what is said follows the zone at once."""

from __future__ import annotations

import pytest

from bot.config import change, current
from bot.library import library
from bot.office import Office
from store import audit
from store.engine import Store
from store.tables import PersonRow
from tests.databases import Clock


@pytest.fixture(autouse=True)
def lead(store: Store, clock: Clock) -> None:
    with store.write() as session:
        session.add(PersonRow(id="P-lead", team="T", slack_user="U0LEAD", updated_at=clock()))


def test_a_window_delivered_again_brings_nobody_back(store: Store, clock: Clock) -> None:
    both, one = {"roles.reviewer": ["U0BEN", "U0EVE"]}, {"roles.reviewer": ["U0BEN"]}
    assert change(store, both, by="P-lead", key="first", now=clock()) == ["roles.reviewer"]
    assert change(store, one, by="P-lead", key="second", now=clock()) == ["roles.reviewer"]
    assert change(store, both, by="P-lead", key="first", now=clock()) == []
    with store.read() as session:
        assert current(session).roles == {"reviewer": ("U0BEN",)}
        assert len(list(audit.about(session, "settings", "organisation"))) == 2


def test_a_new_zone_is_spoken_at_once(store: Store, clock: Clock) -> None:
    office = Office(store, library(), clock)
    assert "09:00" in office.words.moment(clock())
    change(store, {"timezone": "Asia/Tokyo"}, by="P-lead", key="zone", now=clock())
    office.changed()
    assert "18:00" in office.words.moment(clock())
