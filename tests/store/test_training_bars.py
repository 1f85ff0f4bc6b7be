"""What keeps people from deciding: a second person agrees, nobody is late overnight, nobody frees themself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from store import aims, trained, training
from store.engine import Store
from tests.builders import ANA, BEN, CLEO, DAN, NOW
from tests.store.test_training import DAY, LINK, desk, looks
from tests.store.test_training import session_of as session_of
from triage.aims.barring import WITHIN, barred_since
from triage.aims.entry import Entry, Said
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

ONE = {"governance_lead": frozenset({BEN}), "reviewer": frozenset({ANA, BEN}), "executive": frozenset({DAN})}


def at(days: int = 0) -> Desk:
    return desk(days, **ONE)


def drafts(session: Session, days: int = 0, *, by: str = BEN, retires: bool = False, **said: Any) -> Entry:
    known = aims.load(session, "t")
    seen = len(known.drafts) if known else 0
    about: dict[str, Said] = {"title": "Basics", "months": "12", "confirmed": "yes", "roles": ("reviewer",)}
    of = {"actor": by, "key": f"d{seen}", "entry": "t", "kind": "training", "seen": seen}
    words = {"said": {} if retires else about | said, "retires": retires, "reason": "Over" if retires else ""}
    return aims.carry_out(session, DraftEntry.model_validate(of | words), at(days))


def agrees(session: Session, number: int, days: int = 0, *, by: str = DAN) -> Entry:
    wish = ApproveEntry(actor=by, key=f"y{number}{by}", entry="t", draft=number)
    return aims.carry_out(session, wish, at(days))


def test_what_bars_is_changed_by_nobody_alone(session_of: Store) -> None:
    with session_of.write() as session:
        assert drafts(session, bars="no").in_force is not None, "what bars nobody counts at once"
        made = drafts(session, bars="at_once", months="6")
        assert made.in_force is not None
        assert made.in_force.said["bars"] == "no"
        with pytest.raises(Refused, match="not_in_role_here"):
            agrees(session, 2, by=BEN)
        assert agrees(session, 2).in_force == agrees(session, 2).drafts[-1]
        for retires in (False, True):
            held = drafts(session, bars="no", retires=retires).in_force
            assert held is not None
            assert held.said["bars"] == "at_once"


def test_nobody_s_own_word_is_enough_where_it_bars(session_of: Store) -> None:
    with session_of.write() as session, pytest.raises(Refused, match="entry_field"):
        drafts(session, bars="at_once", confirmed="no")


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"bars": "no"}, {"bars": "at_once"}),
        ({"bars": "after_30"}, {"bars": "at_once"}),
        ({"bars": "at_once", "months": "24"}, {"bars": "at_once", "months": "6"}),
        ({"bars": "at_once", "roles": ("legal",)}, {"bars": "at_once", "roles": ("legal", "reviewer")}),
    ],
)
def test_nobody_is_barred_overnight(session_of: Store, first: dict[str, Any], then: dict[str, Any]) -> None:
    with session_of.write() as session:
        made = drafts(session, **first)
        if made.in_force is None:
            agrees(session, 1)
        drafts(session, 90, **then)
        made = agrees(session, 2, 100)
        since = barred_since(made, DAY)
        assert since == DAY + timedelta(days=100) + WITHIN + timedelta(days=1)
        drafts(session, 110, **then | {"link": LINK})
        assert barred_since(agrees(session, 3, 110), DAY) == since, "what bars nobody anew gives no new days"


@pytest.mark.parametrize("retires", [False, True])
def test_whoever_it_bars_neither_changes_nor_ends_it(session_of: Store, *, retires: bool) -> None:
    with session_of.write() as session:
        drafts(session, bars="at_once")
        made = agrees(session, 1)
        trained.note(session, "asked", made, BEN, DAY, now=NOW)
        with pytest.raises(Refused, match="training_barred"):
            drafts(session, 40, bars="no", retires=retires)
        assert drafts(session, 20, bars="no", retires=retires).proposed is not None


def test_where_nobody_else_leads_executives_are_asked_and_confirm(session_of: Store) -> None:
    with session_of.write() as session:
        drafts(session)
        looks(session, at())
        training.say_done(session, "t", BEN, DAY, LINK, at(), by=BEN)
        told = next(said for day in range(1, 7) if DAN in (said := looks(session, at(day))))
        assert [each.errand for each in told[DAN]] == ["train:confirm"]
        with pytest.raises(Refused, match="not_in_role_here"):
            training.confirm(session, "t", BEN, DAY, at(), by=CLEO)
        assert training.confirm(session, "t", BEN, DAY, at(), by=DAN)


def test_executives_are_left_alone_where_whoever_leads_may_confirm(session_of: Store) -> None:
    with session_of.write() as session:
        drafts(session)
        looks(session, at())
        training.say_done(session, "t", ANA, DAY, LINK, at(), by=ANA)
        assert DAN not in {person for day in range(1, 7) for person in looks(session, at(day))}
