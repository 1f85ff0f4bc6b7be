"""Who puts rules of an organisation's own into force, and who has to say yes beside them: the whole table."""

from __future__ import annotations

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_desk
from triage.outcome import Refused
from triage.proposing import Proposal, agreed, check_current, check_may, first_yes, is_enough

LEADS = {"governance_lead": frozenset({DAN}), "risk_owner": frozenset({CLEO}), "reviewer": frozenset({BEN})}


def a_proposal(**change: object) -> Proposal:
    given = {
        "digest": "d1",
        "base": "b",
        "made": "m",
        "by": "",
        "reason": "Why",
        "looser": False,
        "rehearsed": ("1 0 0 0 0 0",),
    }
    return Proposal.model_validate(given | change)


def came(
    proposal: Proposal, *presses: str, roles: dict[str, frozenset[str]] | None = None, **desk: object
) -> str:
    """`in force`, `waits`, or the refusal of the last press."""
    at = a_desk(roles=LEADS if roles is None else roles, **desk)
    outcome = "waits"
    for actor in presses:
        try:
            people = agreed(proposal, actor, at)
        except Refused as refusal:
            outcome = refusal.key
            continue
        proposal = proposal.model_copy(update={"agreed": people})
        outcome = "in force" if is_enough(proposal, people) else "waits"
    return outcome


@pytest.mark.parametrize(
    ("looser", "first", "presses", "outcome"),
    [
        (False, (), (CLEO,), "in force"),
        (False, (), (DAN,), "in force"),
        (False, (CLEO,), (CLEO,), "in force"),
        (False, (), (BEN,), "not_your_rules"),
        (False, (), (ANA,), "not_your_rules"),
        (False, (), ("",), "not_your_rules"),
        (True, (), (CLEO,), "waits"),
        (True, (), (CLEO, CLEO), "rules_second"),
        (True, (), (CLEO, DAN), "in force"),
        (True, (CLEO,), (CLEO,), "rules_second"),
        (True, (CLEO,), (DAN,), "in force"),
        (True, (CLEO,), (BEN,), "not_your_rules"),
        (True, (BEN,), (CLEO,), "waits"),  # whoever lost the role since counts no more
        (True, (EVE,), (CLEO, DAN), "in force"),
    ],
)
def test_who_and_how_many(
    looser: bool, first: tuple[str, ...], presses: tuple[str, ...], outcome: str
) -> None:
    assert came(a_proposal(looser=looser, agreed=first), *presses) == outcome


def test_one_human_being_under_two_ids_is_one() -> None:
    twins = {"risk_owner": frozenset({CLEO, EVE})}
    same = {CLEO: "cleo", EVE: "cleo"}
    proposal = a_proposal(looser=True, agreed=(CLEO,))
    assert came(proposal, EVE, roles=twins) == "in force"
    alone = came(proposal, EVE, roles=twins, same=lambda a, b: same.get(a, a) == same.get(b, b))
    assert alone == "rules_alone", "and there is nobody else"


def test_without_a_reason_nothing_becomes_looser() -> None:
    assert came(a_proposal(looser=True, reason="  ", agreed=(CLEO,)), DAN) == "rules_reason"
    assert came(a_proposal(reason=""), DAN) == "in force"


def test_nobody_in_a_role() -> None:
    with pytest.raises(Refused, match="nobody_for_rules"):
        check_may(CLEO, a_desk(roles={"reviewer": frozenset({CLEO})}))


def test_whoever_proposes_in_a_role_has_said_yes() -> None:
    desk = a_desk(roles=LEADS)
    assert [first_yes(person, desk) for person in (CLEO, DAN, BEN, "")] == [(CLEO,), (DAN,), (), ()]


@pytest.mark.parametrize(
    ("proposal", "name", "in_force", "because"),
    [
        (None, "d1:m", "b", "rules_outdated"),
        (a_proposal(), "d2:m", "b", "rules_outdated"),
        (a_proposal(), "d1:other", "b", "rules_outdated"),
        (a_proposal(), "d1", "b", "rules_outdated"),
        (a_proposal(), "", "b", "rules_outdated"),
        (a_proposal(), "d1:m", "other", "rules_outdated"),
        (a_proposal(rehearsed=()), "d1:m", "b", "rules_rehearsing"),
    ],
)
def test_only_what_was_shown_is_decided_on(
    proposal: Proposal | None, name: str, in_force: str, because: str
) -> None:
    with pytest.raises(Refused, match=because):
        check_current(proposal, name, in_force)
    assert check_current(a_proposal(), "d1:m", "b") == a_proposal()
