"""What is within a pattern is recorded at once, and looked at by lot."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from intake.answers import answered
from tests.builders import ANA, BEN, DAN, EVE, NOW, key, says
from tests.triage.patterns import PLAIN, SEED, confirm, desk, draft, in_force, propose, source, submit
from triage.beforehand import DrawSample, FitsPattern, MisfitsPattern
from triage.case import Case, DecisionKind, Status
from triage.decide import decide
from triage.expiring import is_over
from triage.outcome import Outcome, Refused
from triage.pattern import Clause, Known, Sampling
from triage.sampling import is_drawn, kept, least, sealed, waits

DAY = NOW.date()


def sampled(every: int, **change: Any) -> Known:
    known = in_force()
    sampling = Sampling(every=every, seed="s", misfits=2)
    return known.model_copy(
        update={"pattern": known.pattern.model_copy(update={"sampling": sampling} | change)}
    )


def test_recorded_at_once_on_the_yes_of_two_people() -> None:
    outcome = submit(draft(), sampled(10**9))
    made = outcome.case.decision
    assert outcome.case.status is Status.approved
    assert made is not None
    assert made.kind is DecisionKind.by_pattern
    assert made.signatures == (), "nobody signed this; the two signed the pattern"
    assert made.under is not None
    assert made.under.name == "AIU-2026-0001-P1"
    assert [yes.person for yes in made.under.yes] == [BEN, EVE]
    assert made.valid_until == date(2027, 11, 21)
    lines = [line.what for line in outcome.happened]
    at = lines.index("case.recorded")
    assert lines[at - 1 :] == ["case.submitted", "case.recorded", "stage.began", "tasks.called", "part.named"]
    assert outcome.happened[at].detail["pattern"] == "p1"
    assert outcome.case.due_at is None, "nobody has to decide"
    assert says(outcome)[-2:] == ["decided", "recorded_note"]
    assert not {"card", "submitted"} & set(says(outcome))


def test_its_conditions_are_those_that_stood_before_their_eyes() -> None:
    clauses = (Clause(text="Tell people", days=14, otherwise="suspends"), Clause(text="No names"))
    made = submit(draft(), sampled(10**9, clauses=clauses)).case
    assert made.status is Status.approved_with_conditions
    assert made.decision is not None
    assert made.decision.conditions == ("Tell people", "No names")
    assert [term.due for term in made.decision.terms] == [DAY + timedelta(days=14), None]


@pytest.mark.parametrize("shown", ["", "p9"])
def test_what_was_not_shown_is_not_accepted(shown: str) -> None:
    outcome = submit(draft(), pattern=shown)
    assert (outcome.case.status, outcome.case.decisions) == (Status.in_review, ())
    assert {"card", "submitted"} <= set(says(outcome))


@pytest.mark.parametrize("change", [{"misfits": 2}, {"holds": False}, {"steps": ()}])
def test_what_ended_meanwhile_records_nothing(change: dict[str, Any]) -> None:
    assert submit(draft(), in_force(**change)).case.status is Status.in_review


def test_what_is_not_within_goes_to_people() -> None:
    assert submit(draft(PLAIN | {"data": answered("personal")})).case.status is Status.in_review
    assert submit(draft(PLAIN | {"red_flag": answered("social_scoring")})).case.status is Status.blocked
    assert submit(draft(), is_whole=False).case.status is Status.in_review


def test_the_lot_is_nobodys_choice_and_can_be_drawn_again() -> None:
    each = sampled(kept().every).pattern.sampling
    drawn = [case for case in map(str, range(2000)) if is_drawn(each, "p1", case)]
    assert 150 < len(drawn) < 250
    assert drawn == [case for case in map(str, range(2000)) if is_drawn(each, "p1", case)]
    other = each.model_copy(update={"seed": "another"})
    assert drawn != [case for case in map(str, range(2000)) if is_drawn(other, "p1", case)]
    assert least(each, "p1", []) is None
    assert least(each, "p1", ["b", "a"]) == least(each, "p1", ["a", "b"])


def test_no_lot_is_foreseen_by_who_knows_the_ids() -> None:
    """With another secret it falls otherwise; the trail is bound to it, and does not show it."""
    one, two = (propose(source(), secret=secret * 8).case.patterns[0] for secret in ("0123", "4567"))
    cases = [f"draft-{number}" for number in range(500)]
    falls = [[is_drawn(each.sampling, "p1", case) for case in cases] for each in (one, two)]
    assert falls[0] != falls[1]
    with pytest.raises(ValidationError):
        propose(source(), secret="short")
    made = propose(source())
    (line,) = confirm(made.case).happened
    assert line.detail["seed"] == sealed(made.case.patterns[0].sampling)
    assert SEED not in str((made.happened, made.notices, line))


def drawn() -> Case:
    outcome = submit(draft(), sampled(1))
    assert says(outcome)[-1] == "card", "somebody looks at it"
    return outcome.case


def look(
    case: Case, actor: str = EVE, *, fits: bool = True, misfits: int = 0, reason: str = "Customers"
) -> Outcome:
    known = sampled(1).model_copy(update={"misfits": misfits})
    step = case.pattern_steps[0].id
    given = {"actor": actor, "key": key(), "case": case.id, "step": step}
    made = FitsPattern.model_validate(given)
    wish = made if fits else MisfitsPattern.model_validate(given | {"reason": reason})
    return decide(case, wish, desk(patterns=(known,)))


def test_it_fits() -> None:
    outcome = look(drawn())
    assert outcome.case.status is Status.approved
    assert [step.kind for step in outcome.case.pattern_steps] == ["drawn", "fits"]
    assert waits(outcome.case) is None
    with pytest.raises(Refused, match="looked_already"):
        look(outcome.case, BEN)


def test_it_does_not_fit_and_waits_for_those_who_decide() -> None:
    with pytest.raises(Refused, match="pattern_reason"):
        look(drawn(), fits=False, reason=" ")
    outcome = look(drawn(), fits=False)
    assert outcome.case.status is Status.in_review
    assert "looked" in says(outcome)
    assert [line.what for line in outcome.happened] == ["pattern.misfit", "case.under_reassessment"]


def test_so_many_misfits_stop_the_pattern() -> None:
    outcome = look(drawn(), fits=False, misfits=1)
    assert [line.what for line in outcome.happened][-1] == "pattern.suspended"
    assert look(drawn(), fits=False, misfits=5).happened[-1].what == "case.under_reassessment", "once"


@pytest.mark.parametrize(("actor", "refusal"), [(DAN, "own_request"), (ANA, "not_your_role")])
def test_only_those_who_decide_look(actor: str, refusal: str) -> None:
    with pytest.raises(Refused, match=refusal):
        look(drawn(), actor)


def test_nobody_looks_at_what_was_not_drawn() -> None:
    case = submit(draft(), sampled(10**9)).case
    with pytest.raises(Refused, match="nothing_drawn"):
        decide(case, FitsPattern(actor=EVE, key=key(), case=case.id, step="x"), desk())


def test_drawn_by_the_clock_once() -> None:
    case = submit(draft(), sampled(10**9)).case
    wish = DrawSample(actor="", key="m1", case=case.id, pattern="p1")
    after = decide(case, wish, desk())
    assert (says(after), [s.kind for s in after.case.pattern_steps]) == (["card"], ["drawn"])
    assert decide(after.case, wish.model_copy(update={"key": "m2"}), desk()).case == after.case
    other = wish.model_copy(update={"pattern": "p9"})
    assert decide(case, other, desk()).case == case


def test_it_ends_on_its_own_day() -> None:
    made = submit(draft(), sampled(10**9)).case.decision
    assert is_over(made, date(2027, 11, 22))
    assert not is_over(made, date(2027, 11, 21))
