"""Reviews: when one opens, what confirms it, who reads it, and that nobody confirms by silence or reads their own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.answers import Answer, answered
from tests.builders import (
    ANA,
    BEN,
    CLEO,
    DAN,
    EVE,
    LOW,
    NOW,
    a_case,
    a_decision,
    a_desk,
    any_wish,
    key,
    some_answers,
)
from tests.triage.test_approving_terms import HIGH
from triage.afterwards import Change
from triage.cadence import cadence
from triage.case import Assignment, Case, Signature, Status
from triage.conditions import needs_second
from triage.decide import decide
from triage.expiring import after as months_after
from triage.onward import MoveOn
from triage.opening import is_time, lot
from triage.outcome import Refused, Say
from triage.planned import counted_from, next_review_on, tier_of
from triage.reviewed import SAMPLED, Cause
from triage.reviewing import (
    asks_sample,
    comes_to,
    in_one_press,
    is_review_due,
    review_due_on,
    reviewer_of,
    seen_of,
    to_confirm,
)
from triage.reviews import Review, last_review, open_review, reviews_of
from triage.reviewwishes import ConfirmReview, OpenReview, ReadReview
from triage.stages import Stage, StageMove
from triage.steps import Term
from triage.verdict import DutyOwed
from triage.weighty import weighty

DESK = a_desk()
LATER = a_desk(now=NOW + timedelta(days=360))
RISKY = {"data": answered("internal", "personal")}
"""What is more than `LOW` was approved for."""


def in_use(answers: dict[str, Answer] | None = None, **change: Any) -> Case:
    given: dict[str, Any] = {"approved_tier": None, "owner": ANA} | change
    case = a_case(given.pop("status", Status.approved), answers, **given)
    return case.model_copy(update={"next_review_on": next_review_on(case, DESK)})


def high(**change: Any) -> Case:
    made = a_decision(signatures=(Signature(person=CLEO, role="risk_owner", at=NOW),))
    return in_use(HIGH, approved_tier=3, decisions=(made,), **change)


def opens(
    case: Case, cause: Cause = "incident", trigger: str = "AII-1", desk: Any = LATER, **more: Any
) -> Case:
    wish = OpenReview(actor="", key=key(), case=case.id, cause=cause, trigger=trigger, **more)
    return decide(case, wish, desk).case


def by_clock(case: Case, desk: Any = LATER, **more: Any) -> Case:
    assert case.next_review_on is not None
    return opens(case, "periodic", case.next_review_on.isoformat(), desk, **more)


def current(case: Case) -> Review:
    review = open_review(case)
    assert review is not None
    return review


def ended(case: Case) -> Review:
    review = last_review(case)
    assert review is not None
    return review


def confirms(case: Case, actor: str = ANA, desk: Any = LATER, **more: Any) -> Case:
    return decide(case, said(case, actor, desk, **more), desk).case


def said(case: Case, actor: str = ANA, desk: Any = LATER, **more: Any) -> ConfirmReview:
    review = open_review(case)
    assert review is not None
    sample = "right" if asks_sample(case, review) else ""
    given: dict[str, Any] = {"same": to_confirm(case, review, desk), "sample": sample} | more
    given = {"version": case.version} | given
    return ConfirmReview(actor=actor, key=key(), case=case.id, review=review.id, **given)


def reads(case: Case, actor: str, verdict: str = "agree", words: str = "") -> Case:
    review = current(case)
    assert review.answer is not None
    given = {"actor": actor, "key": key(), "case": case.id, "step": review.answer.id}
    return decide(case, ReadReview.model_validate(given | {"verdict": verdict, "words": words}), LATER).case


# -- its day


@pytest.mark.parametrize(
    ("case", "months"),
    [(in_use(), 12), (in_use(HIGH), 6), (in_use(HIGH, approved_tier=4), 3)],
    ids=["low", "called for by rules", "what became less loosens nothing"],
)
def test_the_day_follows_from_the_tier(case: Case, months: int) -> None:
    assert case.next_review_on == months_after(NOW.date(), months)


def test_conditions_that_hold_all_the_time_are_asked_for_sooner() -> None:
    made = a_decision(Status.approved_with_conditions, conditions=("Only here",))
    case = a_case(Status.approved_with_conditions, some_answers(), decisions=(made,), approved_tier=2)
    assert next_review_on(case, DESK) == months_after(NOW.date(), 6)
    dated = made.model_copy(update={"terms": (Term(due=date(2026, 12, 24)),)})
    assert next_review_on(case.model_copy(update={"decisions": (dated,)}), DESK) == months_after(
        NOW.date(), 12
    )


@pytest.mark.parametrize(("days", "sooner"), [(200, True), (85, False)], ids=["in time", "just approved"])
def test_a_duty_that_begins_is_looked_at_before(days: int, sooner: bool) -> None:
    case = in_use()
    begins = NOW.date() + timedelta(days=days)
    duty = DutyOwed.model_validate({"duty": "d", "from": begins, "what": "w", "source": "s"})
    assert case.verdict is not None
    verdict = case.verdict.model_copy(update={"duties_coming": (duty,)})
    told = next_review_on(case.model_copy(update={"verdict": verdict}), DESK)
    assert told == (begins - timedelta(days=60) if sooner else months_after(NOW.date(), 12))


def test_what_ends_is_looked_at_before_it_does() -> None:
    ends = NOW.date() + timedelta(days=90)
    assert next_review_on(in_use(decisions=(a_decision(valid_until=ends),)), DESK) == ends


def test_the_file_says_every_tier() -> None:
    assert [pace.depth for pace in cadence().tiers.values()] == ["one_fact", "short", "full", "full"]
    assert cadence().soonest > cadence().ahead, "a day of law never opens twice for one yes"


# -- opening


def test_the_clock_opens_it_two_weeks_before_and_once() -> None:
    case = in_use()
    early = a_desk(now=NOW + timedelta(days=365 - 15))
    assert by_clock(case, early) == case
    opened = by_clock(case, a_desk(now=NOW + timedelta(days=365 - 14)))
    review = open_review(opened)
    assert review is not None
    assert (review.opening.cause, review.depth, review.state) == ("attestation", "one_fact", "open")
    assert by_clock(opened) == opened, "late, or twice, it comes to the same"
    assert opens(case, "periodic", "2026-01-01") == case, "its day was moved"


def test_silence_confirms_nothing() -> None:
    opened = by_clock(in_use())
    much_later = a_desk(now=NOW + timedelta(days=3650))
    assert is_review_due(opened, much_later)
    assert (reviewer_of(opened, much_later), last_review(opened)) == (ANA, None)
    assert review_due_on(opened) == date(2027, 11, 30)


def test_a_second_cause_joins_and_deepens() -> None:
    case = opens(by_clock(in_use()))
    (review,) = reviews_of(case)
    assert [(step.kind, step.cause) for step in review.steps] == [
        ("opened", "attestation"),
        ("joined", "incident"),
    ]
    assert review.depth == "full"
    assert opens(case) == case, "the same joins once"


def test_what_joins_after_the_answer_asks_anew() -> None:
    case = confirms(opens(high()))
    assert current(case).state == "second"
    again = opens(case, "vendor_terms", "otter:2027-01-01")
    assert current(again).state == "open"


def test_the_lot_is_drawn_again_from_its_seed() -> None:
    seeds = [f"seed-{number}" for number in range(60)]
    drawn = {}
    for seed in seeds:
        wish = OpenReview(actor="", key="k", case="case-1", cause="periodic", trigger="", seed=seed)
        case = in_use()
        wish = wish.model_copy(
            update={"trigger": case.next_review_on.isoformat() if case.next_review_on else ""}
        )
        outcome = decide(case, wish, LATER)
        step = outcome.case.review_steps[-1]
        drawn[seed] = step.sampled
        assert step.sampled == (lot(seed, case.id, step.id) % cadence().every == 0)
        assert step.depth == ("short" if step.sampled else "one_fact")
        assert outcome.happened[0].detail["seed"] == seed
    assert 0 < sum(drawn.values()) < 20


# -- by itself


def test_another_owner_is_asked_anew() -> None:
    case = decide(in_use(), _change({"owner": answered(DAN)}, "stands"), DESK).case
    assert (reviewer_of(case, DESK), current(case).opening.trigger) == (DAN, f"owner:{DAN}")


def test_what_the_owner_said_is_not_asked_twice() -> None:
    case = in_use(some_answers(data=answered("internal", "confidential")))
    before = case.next_review_on
    after = decide(case, _change({"data": answered("internal")}, "narrows"), LATER).case
    (review,) = reviews_of(after)
    assert (review.opening.cause, review.questions, review.outcome) == ("change", ("data",), "updated")
    assert before is not None
    assert after.next_review_on is not None
    assert after.next_review_on == before, "what was said of one fact confirms no other"


def test_what_the_requester_changed_is_asked_of_the_owner() -> None:
    case = in_use(some_answers(data=answered("internal", "confidential")), owner=DAN)
    after = decide(case, _change({"data": answered("internal")}, "narrows"), LATER).case
    review = open_review(after)
    assert review is not None
    assert to_confirm(after, review, LATER) == ("data",)
    assert reviewer_of(after, LATER) == DAN


def test_retiring_opens_one_and_retired_ends_it() -> None:
    at = StageMove(id="m", to=Stage.in_use, by=ANA, at=NOW)
    case = in_use(stage_moves=(at,))
    after = decide(case, MoveOn(actor=ANA, key=key(), case=case.id, to="retiring"), LATER).case
    assert [r.opening.cause for r in reviews_of(after)] == ["retirement"]


def _change(answers: dict[str, Answer], effect: str) -> Change:
    return Change(actor=ANA, key=key(), case="case-1", answers=answers, effect=effect, version=None)


# -- confirming


def test_one_press_and_only_for_what_it_showed() -> None:
    case = by_clock(in_use())
    review = open_review(case)
    assert review is not None
    question = in_one_press(case, review, LATER)
    assert question == weighty(case, LATER)[0]
    seen = seen_of(case, review, question)
    outcome = decide(case, said(case, version=None, seen=seen), LATER)
    done = ended(outcome.case)
    assert done.end is not None
    assert (done.outcome, done.end.asked, done.end.by) == ("unchanged", (question,), ANA)
    assert done.end.before == done.end.after != ()
    assert [n.say for n in outcome.notices] == [Say.overdue, Say.review, Say.summary, Say.card]
    with pytest.raises(Refused, match="changed_since"):
        decide(case, said(case, version=None, seen="0" * 16), LATER)


@pytest.mark.parametrize("actor", [BEN, CLEO, DAN, EVE])
def test_nobody_else_confirms_it(actor: str) -> None:
    with pytest.raises(Refused, match="not_your_review"):
        confirms(by_clock(in_use()), actor)


def test_nothing_is_left_out() -> None:
    case = opens(in_use())
    with pytest.raises(Refused, match="review_unanswered"):
        confirms(case, same=to_confirm(case, current(case), LATER)[1:])


def test_what_is_more_is_decided_anew_as_it_was_shown() -> None:
    case = opens(in_use())
    _, cover = comes_to(case, RISKY, (), ANA, LATER)
    assert cover is not None
    assert cover.effect.value == "lapses"
    with pytest.raises(Refused, match="changed_since"):
        confirms(case, answers=RISKY, effect="stands")
    after = confirms(case, answers=RISKY, effect="lapses")
    assert after.status is Status.in_review
    assert (ended(after).outcome, after.next_review_on) == ("reapproval", None)
    assert after.decisions == case.decisions, "a review says yes to nothing"


def test_a_condition_that_is_not_kept_is_decided_anew() -> None:
    made = a_decision(Status.approved_with_conditions, conditions=("Only here",))
    case = opens(in_use(decisions=(made,), status=Status.approved_with_conditions))
    with pytest.raises(Refused, match="review_unanswered"):
        confirms(case)
    assert ended(confirms(case, kept=(1,))).outcome == "unchanged"
    after = confirms(case, broken=(1,), effect="lapses")
    assert after.status is Status.in_review
    assert [step.kept for step in after.review_steps if step.kept] == [("d1:001 broken",)]


def test_its_owner_stops_it_with_a_reason() -> None:
    case = opens(in_use())
    with pytest.raises(Refused, match="reason_needed"):
        confirms(case, ends="suspend")
    after = confirms(case, ends="suspend", words="It made things up.")
    assert (after.status, ended(after).outcome) == (Status.in_review, "suspend")


def test_its_owner_ends_it_on_the_way_that_there_is() -> None:
    case = opens(in_use(stage_moves=(StageMove(id="m", to=Stage.in_use, by=ANA, at=NOW),)))
    after = confirms(case, ends="retire")
    assert after.stage_moves[-1].to is Stage.retiring
    assert (ended(after).outcome, open_review(after)) == ("retire", None)


def test_what_is_not_used_any_more_is_not_asked_for_again_at_once() -> None:
    """Its end is on its way: the review that said so counts as one, so that its day does not open another."""
    case = by_clock(in_use(stage_moves=(StageMove(id="m", to=Stage.in_use, by=ANA, at=NOW),)))
    after = confirms(case, ends="retire")
    assert after.in_use, "until it is retired"
    assert not is_time(after, LATER.day)
    assert reviews_of(by_clock(after)) == reviews_of(after)


# -- the second reader


def test_from_high_risk_on_somebody_else_reads_it_first() -> None:
    case = confirms(opens(high()))
    assert needs_second(case)
    assert case.next_review_on == high().next_review_on, "it is not done"
    after = reads(case, CLEO)
    assert ended(after).outcome == "unchanged"
    assert after.next_review_on > case.next_review_on  # type: ignore[operator]


@pytest.mark.parametrize(
    ("actor", "because"), [(ANA, "own_request"), (DAN, "own_use"), (BEN, "not_your_role")]
)
def test_nobody_reads_their_own(actor: str, because: str) -> None:
    case = confirms(opens(high(owner=DAN)), DAN)
    with pytest.raises(Refused, match=because):
        reads(case, actor)


def test_who_stepped_aside_reads_nothing() -> None:
    case = confirms(opens(high()))
    aside = Assignment(id="a", kind="recused", person=CLEO, by=CLEO, at=NOW)
    with pytest.raises(Refused, match="recused"):
        reads(case.model_copy(update={"assignments": (aside,)}), CLEO)


def test_it_is_sent_back_with_a_question_and_read_once() -> None:
    case = confirms(opens(high()))
    with pytest.raises(Refused, match="reason_needed"):
        reads(case, CLEO, "return")
    back = reads(case, CLEO, "return", "Since when?")
    assert current(back).state == "open"
    assert current(back).returned is not None
    assert reviewer_of(back, LATER) == ANA
    again = reads(confirms(back), CLEO)
    with pytest.raises(Refused, match="looked_already"):
        decide(again, ReadReview(actor=CLEO, key=key(), case="case-1", step="x", verdict="agree"), LATER)


def test_who_reads_agrees_to_what_they_were_shown() -> None:
    """It was sent back and said anew while the window of another reader was still open."""
    first = confirms(opens(high()))
    shown = current(first).answer
    assert shown is not None
    anew = confirms(reads(first, CLEO, "return", "Since when?"))
    old = {"actor": CLEO, "key": key(), "case": anew.id, "step": shown.id, "verdict": "agree"}
    with pytest.raises(Refused, match="looked_already"):
        decide(anew, ReadReview.model_validate(old), LATER)
    assert ended(reads(anew, CLEO)).outcome == "unchanged"


def test_who_reads_agrees_to_the_version_that_they_were_shown() -> None:
    """A question and a stop hold all the same."""
    case = confirms(opens(high()))
    shown = current(case).answer
    assert shown is not None
    old = {"actor": CLEO, "key": key(), "case": case.id, "step": shown.id, "version": case.version - 1}
    with pytest.raises(Refused, match="changed_since"):
        decide(case, ReadReview.model_validate(old | {"verdict": "agree"}), LATER)
    stopped = ReadReview.model_validate(old | {"verdict": "suspend", "words": "People were harmed."})
    assert decide(case, stopped, LATER).case.status is Status.in_review


def test_the_reader_stops_it() -> None:
    after = reads(confirms(opens(high())), CLEO, "suspend", "People were harmed.")
    assert (after.status in (Status.in_review, Status.blocked), ended(after).outcome) == (
        True,
        "suspend",
    )


# -- whatever happens

causes: st.SearchStrategy[Cause] = st.sampled_from(["periodic", "incident", "vendor_terms"])
acts = st.one_of(
    any_wish(),
    st.builds(lambda c: ("open", c), causes),
    st.just(("confirm", "same")),
    st.just(("confirm", "more")),
    st.sampled_from([("read", BEN), ("read", CLEO), ("read", ANA), ("read", EVE)]),
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([LOW, HIGH]), st.lists(st.tuples(acts, st.integers(0, 200)), max_size=10))
def test_whatever_happens_its_day_stands_and_no_review_loosens(
    answers: dict[str, Answer], story: list[tuple[Any, int]]
) -> None:
    case, now = in_use(answers), NOW
    for act, days in story:
        now += timedelta(days=days)
        desk, before = a_desk(now=now), case
        try:
            case = decide(case, _wish(case, act, desk), desk).case
        except Refused:
            continue
        if isinstance(act, tuple):
            assert (case.decisions, case.approved_tier) == (before.decisions, before.approved_tier)
        if not case.in_use:
            assert open_review(case) is None
            continue
        assert len([each for each in reviews_of(case) if each.end is None]) <= 1
        began = counted_from(case, desk)
        assert began is not None
        assert case.next_review_on is not None
        assert case.next_review_on <= months_after(began, cadence().tiers[tier_of(case)].months)
        for review in reviews_of(case):
            said_by = {step.by for step in review.steps if step.kind == "answered"}
            assert said_by <= {ANA}
            assert not said_by & {step.by for step in review.steps if step.kind == "agreed"}


def _wish(case: Case, act: Any, desk: Any) -> Any:
    if not isinstance(act, tuple):
        return act
    what, how = act
    if what == "open":
        day = case.next_review_on.isoformat() if case.next_review_on else ""
        return OpenReview(actor="", key=key(), case=case.id, cause=how, trigger=day, seed="s")
    review = open_review(case)
    if review is None:
        raise Refused("no_review")
    if what == "read":
        step = review.answer.id if review.answer else ""
        return ReadReview(actor=how, key=key(), case=case.id, step=step, verdict="agree")
    told = RISKY if how == "more" else {}
    cover = comes_to(case, told, (), ANA, desk)[1]
    return said(case, desk=desk, answers=told, effect=cover.effect.value if cover else "")


def test_where_all_is_looked_at_a_sample_of_its_results_is_asked_for_and_kept() -> None:
    case = opens(high())
    assert asks_sample(case, current(case))
    with pytest.raises(Refused, match="review_unanswered"):
        confirms(case, sample="")
    for sample in SAMPLED:
        answer = current(confirms(case, sample=sample)).answer
        assert answer is not None
        assert answer.sample == (sample,)
    low = opens(in_use())
    assert current(low).depth == "full"
    assert not asks_sample(low, current(low)), "at low risk nothing is asked more, whatever happened"
