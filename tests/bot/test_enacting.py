"""Rules on their way into force: each press counts once, whoever delivers it again, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from bot import enacting
from bot.enacting import Wish
from store import audit, own
from store.engine import Store
from store.sessions import Session
from store.tables import InboxRow, PersonRow
from tests.builders import CLEO, DAN, NOW, a_desk
from tests.triage.test_own import a_change, a_file, a_rule
from triage.desk import Desk
from triage.outcome import Refused
from triage.proposing import Proposal

LOOSER = a_file(changes=(a_change(level=1),))


@pytest.fixture
def desk(store: Store) -> Desk:
    with store.write() as session:
        for person in (CLEO, DAN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
    return a_desk(roles={"risk_owner": frozenset({CLEO}), "governance_lead": frozenset({DAN})})


class Shown:
    """What would be owed to Slack."""

    def __init__(self) -> None:
        self.states: list[tuple[str, str]] = []

    def __call__(self, session: Session, proposal: Proposal, state: str) -> None:
        self.states.append((proposal.digest[:6], state))


def proposed(store: Store, desk: Desk, text: str, shown: Shown, key: str = "p", reason: str = "Why") -> str:
    found = enacting.examine(text, "")
    assert not found.problems
    for _ in range(2):
        enacting.propose(store, Wish(text, CLEO, reason, key, shown), found, desk)
    with store.write() as session:
        waits = own.proposal(session)
        assert waits is not None
        rehearsed = waits.model_copy(update={"rehearsed": ("0 0 0 0 0 0",)})
        own.set_proposal(session, rehearsed, what="rules.rehearsed", by="", now=NOW)
    return waits.name


def trail(store: Store) -> list[str]:
    with store.read() as session:
        return [line.what for line in audit.records(session) if line.what.startswith("rules.")]


def test_a_press_that_is_delivered_twice_counts_once(store: Store, desk: Desk) -> None:
    shown = Shown()
    digest = proposed(store, desk, LOOSER, shown)
    for _ in range(2):
        enacting.agree(store, digest, DAN, desk, key="yes", then=shown)
    assert trail(store) == ["rules.proposed", "rules.rehearsed", "rules.in_force", "rules.settled"]
    assert shown.states == [(digest[:6], "in_force")]
    with store.read() as session:
        kinds = sorted(session.exec(select(InboxRow.kind)))
    assert kinds == ["rehearse", "rejudge"]


def test_a_refused_press_changes_nothing_and_may_be_tried_again(store: Store, desk: Desk) -> None:
    shown = Shown()
    digest = proposed(store, desk, LOOSER, shown)
    nobody = replace(desk, roles={"risk_owner": frozenset({CLEO})})
    with pytest.raises(Refused, match="not_your_rules"):
        enacting.agree(store, digest, DAN, nobody, key="yes", then=shown)
    assert shown.states == []
    enacting.agree(store, digest, DAN, desk, key="yes", then=shown)
    with store.read() as session:
        assert own.in_force(session) == digest.partition(":")[0]


def test_a_second_proposal_takes_the_place_of_the_first(store: Store, desk: Desk) -> None:
    shown = Shown()
    first = proposed(store, desk, LOOSER, shown)
    second = proposed(store, desk, a_file(a_rule()), shown, key="q")
    assert shown.states == [(first[:6], "replaced")]
    with pytest.raises(Refused, match="rules_outdated"):
        enacting.agree(store, first, DAN, desk, key="late", then=shown)
    for _ in range(2):
        enacting.withdraw(store, second, DAN, desk, key="no", then=shown)
    with store.read() as session:
        assert (own.in_force(session), own.proposal(session)) == ("", None)
    assert trail(store)[-1] == "rules.withdrawn"


def test_what_is_looser_is_not_proposed_without_a_reason(store: Store, desk: Desk) -> None:
    with pytest.raises(Refused, match="rules_reason"):
        proposed(store, desk, LOOSER, Shown(), reason=" ")
    assert trail(store) == []
