"""While an incident is held nothing of it goes: no person in it, no line of it, and no word of the use it is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.keptfor import ahead, keep_no_longer
from intake.answers import answered
from store import audit, holds
from store.engine import Store
from store.ledger import Ledger
from store.tables import IncidentRow, PersonRow
from tests.bot.cli import storied
from tests.bot.cli.test_person import ERASE, NAME, dumped, leave
from tests.bot.cli.test_person import told as told
from tests.builders import ANA, BEN, DAN, EVE, NOW
from triage.incidents.wishes import Assess, NameUse, Report

WORDS = "Not needed."
"""Of the use that was declined on the third day."""


def marked(store: Store, use: str = "", words: str = "It was unfair", by: str = DAN) -> str:
    """An incident that is held for its mark."""
    book = Ledger(store)
    on: dict[str, Any] = {"incident": "marked"}
    desk = storied.day(9)
    lead = next(iter(sorted(desk.roles["governance_lead"] | desk.roles.get("legal", frozenset()))))
    book.act(Report(**on, actor=by, key="m1", words=words, use=use), desk)
    book.act(Assess(**on, actor=lead, key="m2", answers={"exposure": answered("discrimination")}), desk)
    with store.read() as session:
        (held,) = holds.standing(session)
    assert (held.kind, held.about) == ("incident", "marked")
    return held.id


def lift(store: Store, held: str) -> None:
    with store.write() as session:
        assert not holds.lift(session, held, by=BEN, because="Settled", legal=(BEN,), now=NOW)
        assert holds.lift(session, held, by=DAN, now=NOW)


def lines_of(store: Store, what: str, about: str) -> list[int]:
    with store.read() as session:
        return [e.seq for e in audit.records(session) if e.what == what and e.subject[1] == about]


@pytest.mark.parametrize(("by", "words"), [(ANA, "It was unfair"), (DAN, f"{NAME} was turned down")])
def test_nobody_who_has_a_part_in_it_or_is_named_in_it_is_erased(
    steward: Any, told: Store, by: str, words: str
) -> None:
    held = marked(told, words=words, by=by)
    leave(told)
    code, _, errors = steward(*ERASE)
    assert (code, "legal hold" in errors) == (1, True)
    lift(told, held)
    assert steward(*ERASE)[0] == 0


def test_no_line_of_it_is_erased(steward: Any, told: Store) -> None:
    held = marked(told)
    (line,) = lines_of(told, "incident.reported", "marked")
    erase = ("erase", "--line", str(line), "--because", "They ask for it")
    code, _, errors = steward(*erase)
    assert (code, "A legal hold keeps line" in errors) == (1, True)
    assert any("It was unfair" in row for _, row in dumped(told))
    lift(told, held)
    assert steward(*erase)[0] == 0
    assert not any("It was unfair" in row for _, row in dumped(told))


def test_the_use_it_was_said_to_be_about_once_does_not_go_by_its_term(told: Store, clock: Any) -> None:
    held = marked(told, use=storied.DECLINED)
    desk = storied.day(10)
    who = sorted(desk.roles["governance_lead"])[0]
    named = NameUse(actor=who, key="m3", incident="marked", use=storied.APPROVED)
    Ledger(told).act(named, desk)
    clock.moment = NOW + timedelta(days=3700)
    keep_no_longer(told)
    assert any(WORDS in row for _, row in dumped(told))
    lift(told, held)
    keep_no_longer(told)
    assert not any(WORDS in row for _, row in dumped(told))


def test_by_hand_and_as_it_is_listed(steward: Any, told: Store) -> None:
    marked(told)
    with told.read() as session:
        ref = session.exec(select(IncidentRow.ref).where(IncidentRow.id == "marked")).one()
        user = session.get_one(PersonRow, EVE).slack_user
    code, said, _ = steward("retention", "holds")
    assert (code, f"incident {ref}, marked discrimination, by" in said) == (0, True)
    code, said, _ = steward("retention", "hold", ref.lower(), "--because", "A claim", "--by", str(user))
    assert (code, said.startswith("held: ")) == (0, True)
    assert steward("retention", "holds")[1].count(f"incident {ref}") == 2
    with told.read() as session:
        assert holds.on_incidents(session) == {"marked"}
        assert ahead(session, NOW)
