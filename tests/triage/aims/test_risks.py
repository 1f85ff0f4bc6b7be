"""Risks: levels by the matrix; what remains is accepted with authority for its level, for a time, on what it was."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import approved, drafted, drafting, on
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry
from triage.aims.risk import INHERENT, authority_for, level_of, rests_on, standing, within
from triage.aims.risks import LEVELS, STEPS, weighing
from triage.aims.seeing import acts_open
from triage.aims.wishes import ActOnEntry
from triage.desk import Desk
from triage.outcome import Refused
from triage.policies import book_with

HELD = {
    "governance_lead": frozenset((BEN,)),
    "executive": frozenset((DAN,)),
    "risk_owner": frozenset((CLEO, EVE)),
}
RISK: dict[str, Any] = {
    "title": "Something wrong is taken as true",
    "scenario": "Nobody checks the minutes",
    "source": "library",
    "category": "reliability",
    "affected": ("individuals",),
    "likelihood": "4",
    "impact": "3",
    "likelihood_now": "3",
    "impact_now": "3",
    "treatment": "reduce",
    "likelihood_after": "2",
    "impact_after": "2",
    "owner": ANA,
}
UNTIL = (NOW + timedelta(days=90)).date().isoformat()


def desk(days: int = 0) -> Desk:
    return a_desk(roles=HELD, now=NOW + timedelta(days=days))


def a_risk(**said: str) -> Entry:
    return approved(drafted(kind="risk", said=RISK | said, actor=BEN), DAN)


def accepting(entry: Entry, actor: str, **said: str) -> ActOnEntry:
    given = {"until": UNTIL, "because": "Two people read them", "rests_on": rests_on(entry)} | said
    return ActOnEntry(**on(entry, actor), act="accepted", said=given, seen=entry.version)


def why(entry: Entry, wish: ActOnEntry, beside: Beside | None = None) -> str:
    with pytest.raises(Refused) as refused:
        decide(entry, wish, desk(), beside or Beside())
    return refused.value.key


def test_more_likely_or_worse_is_never_a_lower_level() -> None:
    for likelihood, impact in product(STEPS, STEPS):
        here = LEVELS.index(weighing().level(likelihood, impact))
        for more in (min(likelihood + 1, 5), impact), (likelihood, min(impact + 1, 5)):
            assert LEVELS.index(weighing().level(*more)) >= here


def test_the_library_is_called_for_by_what_policies_name() -> None:
    """Every risk and threat that a policy calls for leads to one of the library, and none of it to nothing."""
    named = {each for known in weighing().library for each in known.by}
    called = {
        thing
        for call in book_with().calls()
        for kind in ("risk", "threat")
        for thing in call.things.get(kind, ())
    }
    assert len(called) > 20
    assert called <= named, called - named
    assert len({each.id for each in weighing().library}) == len(weighing().library)


def test_what_counts_has_a_level_before_now_and_after() -> None:
    entry = drafted(kind="risk", said=RISK)
    assert standing(entry, None, NOW.date()) is None
    found = standing(approved(entry), None, NOW.date())
    assert found is not None
    assert (found.inherent, found.now, found.after, found.within) == ("high", "medium", "low", False)


def test_what_is_borne_is_what_the_organisation_said() -> None:
    said = {
        "words": "We bear little",
        "most": "medium",
        "accepts_medium": "executive",
        "accepts_high": "executive",
    }
    appetite = approved(drafted(kind="appetite", said=said))
    assert within("medium", appetite)
    assert not within("high", appetite)
    assert not within("medium", None)
    named = authority_for("medium", appetite)
    assert named is not None
    assert named.roles == ("executive",)
    assert authority_for("critical", appetite) is None


def test_what_remains_is_accepted_by_somebody_with_authority_and_no_part_in_it() -> None:
    entry = a_risk()
    assert why(entry, accepting(entry, BEN)) == "not_in_role_here"
    own = approved(drafted(kind="risk", said=RISK | {"owner": CLEO}, actor=BEN), DAN)
    assert why(own, accepting(own, CLEO)) == "own_risk"
    high = a_risk(likelihood_now="4", impact_now="4")
    assert why(high, accepting(high, CLEO)) == "not_in_role_here"
    worst = a_risk(likelihood_now="5", impact_now="5")
    assert why(worst, accepting(worst, DAN)) == "risk_too_high"
    accepted = decide(entry, accepting(entry, CLEO), desk())
    found = standing(accepted, None, NOW.date())
    assert found is not None
    assert (found.accepted, found.accepted_by) == ("holds", CLEO)


@pytest.mark.parametrize("until", ["2026-11-21", "2028-01-01", "tomorrow"])
def test_it_is_accepted_for_a_time_only(until: str) -> None:
    entry = a_risk()
    assert why(entry, accepting(entry, CLEO, until=until)) == "risk_until"


def test_an_acceptance_ends_by_its_day_and_is_stale_by_any_change() -> None:
    entry = a_risk()
    accepted = decide(entry, accepting(entry, CLEO), desk())
    late = standing(accepted, None, NOW.date() + timedelta(days=91))
    assert late is not None
    assert late.accepted == "expired"
    moved = standing(accepted, None, NOW.date(), facts="other facts")
    assert moved is not None
    assert moved.accepted == "stale"
    worse = decide(
        accepted, drafting(kind="risk", said=RISK | {"impact_now": "4"}, seen=1, entry=entry.id), desk()
    )
    found = standing(approved(worse, DAN), None, NOW.date())
    assert found is not None
    assert found.accepted == "stale"


def test_what_was_shown_is_what_is_accepted() -> None:
    entry = a_risk()
    assert why(entry, accepting(entry, CLEO), Beside(facts="other facts")) == "entry_moved"


def test_closed_it_is_accepted_no_more() -> None:
    entry = a_risk()
    entry = decide(entry, accepting(entry, CLEO), desk())
    closing = ActOnEntry(
        **on(entry, CLEO), act="closed", said={"because": "The use ended"}, seen=entry.version
    )
    entry = decide(entry, closing, desk())
    found = standing(entry, None, NOW.date())
    assert found is not None
    assert (found.closed, found.accepted) == (True, "none")
    assert level_of(RISK, INHERENT) == "high"


def test_nobody_closes_their_own_risk_nor_one_that_they_may_not_accept() -> None:
    def closes(entry: Entry, person: str) -> ActOnEntry:
        return ActOnEntry(**on(entry, person), act="closed", said={"because": "Gone"}, seen=entry.version)

    own = approved(drafted(kind="risk", said=RISK | {"owner": EVE}, actor=BEN), DAN)
    assert why(own, closes(own, EVE)) == "own_risk"
    assert "closed" not in {act.id for act in acts_open(own, EVE, desk())}
    assert why(a_risk(), closes(a_risk(), ANA)) == "not_in_role_here"
    high = a_risk(likelihood_now="4", impact_now="4")
    assert why(high, closes(high, EVE)) == "not_in_role_here"
    worst = a_risk(likelihood_now="5", impact_now="5")
    assert why(worst, closes(worst, DAN)) == "risk_not_gone"
    assert why(worst, closes(worst, EVE), Beside(ended=True)) == "not_in_role_here"
    assert decide(worst, closes(worst, DAN), desk(), Beside(ended=True)).stage == "closed"
