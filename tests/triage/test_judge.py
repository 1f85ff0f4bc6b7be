"""Verdicts: the tested cases, why each came out so, what is still open, and what is owed from which day."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.triage.reading import BOOK, DAY, EU, FORM, HARMLESS, Case, d5_cases, given, judged
from triage.judge import judge
from triage.organisation import Organisation
from triage.verdict import Verdict

SCREENING: dict[str, object] = {
    "output_use": ["decides_people"],
    "people": ["staff_applicants"],
    "data": ["personal"],
    "area": ["employment"],
    "red_flag": ["none"],
    "function": "employment.ranking",
    "influence": "followed",
    "profiling": "yes",
}


@pytest.mark.parametrize("case", d5_cases(), ids=lambda case: case.name)
def test_a_tested_case_comes_out_as_it_should(case: Case) -> None:
    verdict = judge(FORM, BOOK, case.answers, case.settings, DAY)
    found = {name: (verdict.results[name].floor, verdict.results[name].ceiling) for name in case.expect}
    assert found == case.expect
    assert case.expect.keys() == {"eu", "tier", "dpia"}


def test_all_cases_are_there() -> None:
    assert len(d5_cases()) == 22


def test_every_finding_is_kept_the_strictest_first() -> None:
    found = [(reason.level, reason.rule) for reason in judged(SCREENING).reasons if reason.result == "tier"]
    assert found == [
        (3, "tier-listed-function"),
        (3, "tier-decides-people"),
        (3, "tier-profiling"),
        (2, "tier-sensitive-area"),
        (2, "tier-guarded-data"),
    ]


@pytest.mark.parametrize("claimed", ["research_only", "before_release", "defence_only", "fixed_rules"])
def test_what_the_act_leaves_out_takes_two_signatures_and_moves_no_tier(claimed: str) -> None:
    told = SCREENING | {"exclusion": claimed}
    for signatures in (0, 1):
        assert judged(told, rebuttal_signatures=signatures).results["eu"].floor == "high"
    signed = judged(told, rebuttal_signatures=2)
    assert signed.results["eu"].ceiling == "out_of_scope"
    assert signed.results["tier"] == judged(told).results["tier"]
    assert not any(duty.duty.startswith("eu-") for duty in (*signed.duties_today, *signed.duties_coming))


def test_no_claim_lifts_a_prohibition() -> None:
    told = SCREENING | {"red_flag": ["social_scoring"], "exclusion": "research_only"}
    assert judged(told, rebuttal_signatures=2).results["eu"].floor == "prohibited"


def test_a_vehicle_is_high_risk_and_its_own_acts_carry_the_duties() -> None:
    part: dict[str, object] = HARMLESS | {"area": ["product_safety"], "safety_component": "yes"}
    lift, press = (judged(part | {"third_party_conf": each}) for each in ("yes", "vehicle_or_machine"))
    assert lift.results["eu"].floor == press.results["eu"].floor == "high"
    assert "eu-duty-annex-i-deployer" in [duty.duty for duty in lift.duties_coming]
    assert "eu-duty-annex-i-deployer" not in [duty.duty for duty in press.duties_coming]


def test_a_reason_says_why_by_which_source_and_on_which_facts() -> None:
    reason = judged(SCREENING).reasons[0]
    assert reason.rule == "eu-annex-iii-4a"
    assert reason.because == "It helps to choose people for a job."
    assert "Annex III, point 4(a)" in reason.source
    assert reason.facts == {
        "function": "employment.ranking",
        "influence": "followed",
        "signatures": "0",
        "regions": "eu",
        "single_region": "yes",
    }


def test_a_fact_that_is_known_in_part_is_shown_so() -> None:
    verdict = judged({"data": ["personal", "unsure"]})
    assert {"data": ("personal", "unsure")} in [reason.facts for reason in verdict.reasons]


def test_not_sure_can_be_settled_by_a_role_and_what_was_not_asked_by_the_requester() -> None:
    gaps = {gap.question: gap for gap in judged({"red_flag": "unsure"}).gaps}
    assert gaps["red_flag"].who == "legal"
    assert gaps["area"].who == "requester"
    assert {"eu", "tier"} <= set(gaps["red_flag"].bounds)


def test_a_ticked_choice_is_certain_even_if_the_rest_is_open() -> None:
    verdict = judged({"red_flag": ["social_scoring", "unsure"]})
    assert verdict.results["eu"].settled
    assert verdict.results["eu"].floor == "prohibited"


def test_contradictory_ticks_are_judged_by_the_strictest() -> None:
    verdict = judged({"red_flag": ["none", "social_scoring"], "people": ["only_team", "patients"]})
    assert verdict.results["eu"].floor == "prohibited"
    assert "iso-screening-others" in [reason.rule for reason in verdict.reasons]


def test_hidden_answers_are_ignored_and_listed() -> None:
    verdict = judged({"area": ["none"], "function": "employment.ranking", "places": ["us"]})
    assert verdict.ignored == ("function", "places")
    assert "tier-listed-function" not in [reason.rule for reason in verdict.reasons]


def test_an_answer_whose_condition_is_open_is_not_ignored() -> None:
    verdict = judged({"area": "unsure", "function": "employment.ranking"})
    assert verdict.ignored == ()
    assert verdict.results["tier"].ceiling == 4


def test_a_red_flag_is_not_limited_by_scope() -> None:
    verdict = judged({"red_flag": ["social_scoring"]}, Organisation(regions=("us",)))
    assert verdict.results["eu"].floor == "prohibited"
    assert [duty.duty for duty in verdict.duties_today if duty.duty.startswith("eu-")] == []


def test_several_regions_and_no_answer_leave_the_scope_open() -> None:
    verdict = judged(SCREENING, Organisation(regions=("eu", "us")))
    assert (verdict.results["eu"].floor, verdict.results["eu"].ceiling) == ("out_of_scope", "high")
    assert "eu" in {gap.question: gap for gap in verdict.gaps}["places"].bounds


def test_one_signature_claims_nothing() -> None:
    prepared = {**SCREENING, "output_use": ["draft_self"], "influence": "narrow_prep", "profiling": "no"}
    assert judged(prepared, rebuttal_signatures=1).results["eu"].floor == "high"
    assert "rebuttal_claimable" in judged(prepared, rebuttal_signatures=1).flags
    signed = judged(prepared, rebuttal_signatures=2)
    assert signed.results["eu"].ceiling == "minimal"
    assert "rebuttal_claimable" not in signed.flags


def test_what_the_organisation_has_not_said_leaves_a_flag_open() -> None:
    assert "fria_required" in judged(SCREENING, Organisation(regions=("eu",))).flags_open
    assert "fria_required" not in judged(SCREENING, EU).flags_open
    assert "fria_required" in judged(SCREENING, Organisation(regions=("eu",), public_body=True)).flags


def test_a_verdict_can_be_stored_and_read_back() -> None:
    verdict = judged({**SCREENING, "worst": "unsure"})
    assert Verdict.model_validate_json(verdict.model_dump_json()) == verdict
    assert Verdict.model_validate(json.loads(verdict.model_dump_json())) == verdict


def test_a_verdict_names_exactly_what_it_was_given_by() -> None:
    used = judged({}).policies
    assert [policy.name for policy in used] == ["eu-ai-act", "internal-tier", "gdpr", "iso42001"]
    assert all(len(policy.digest) == 64 for policy in used)


def test_the_class_does_not_wait_for_the_day() -> None:
    days = [DAY.replace(year=year) for year in (2023, 2026, 2031)]
    verdicts = [judged(SCREENING, day=day) for day in days]
    assert {verdict.results["eu"].floor for verdict in verdicts} == {"high"}
    assert len({verdict.flags for verdict in verdicts}) == 1


DATED: list[tuple[str, str, dict[str, object]]] = [
    ("eu-duty-stop", "2025-02-02", {"red_flag": ["social_scoring"]}),
    ("eu-duty-stop-intimate-imagery", "2026-12-02", {"red_flag": ["intimate_or_csam"]}),
    ("eu-duty-literacy", "2025-02-02", {}),
    ("eu-duty-gpai-provider", "2025-08-02", {"kind": "build", "base_model": "train_own"}),
    ("eu-duty-tell-chatbot", "2026-08-02", {"output_use": ["talks_to_people"]}),
    ("eu-duty-26-oversight", "2027-12-02", SCREENING),
    (
        "eu-duty-annex-i-deployer",
        "2028-08-02",
        {"area": ["product_safety"], "safety_component": "yes", "third_party_conf": "yes"},
    ),
    ("gdpr-duty-dpia", "2018-05-25", SCREENING),
]


@pytest.mark.parametrize(("duty", "since", "answers"), DATED, ids=[duty for duty, _, _ in DATED])
def test_a_duty_is_coming_until_its_day_and_owed_from_then_on(duty: str, since: str, answers: Any) -> None:
    day = type(DAY).fromisoformat(since)
    before, after = judged(answers, day=day - timedelta(days=1)), judged(answers, day=day)
    assert (duty, day) in [(owed.duty, owed.since) for owed in before.duties_coming]
    assert duty not in [owed.duty for owed in before.duties_today]
    assert duty in [owed.duty for owed in after.duties_today]
    assert duty not in [owed.duty for owed in after.duties_coming]


def test_only_what_surely_holds_is_owed() -> None:
    verdict = judged({"red_flag": "unsure"})
    owed = [duty.duty for duty in (*verdict.duties_today, *verdict.duties_coming)]
    assert owed == ["eu-duty-literacy"]


def test_answers_to_questions_without_rules_change_nothing() -> None:
    with_words = judged({**SCREENING, "purpose": "Rank applications.", "tool": "HireVue"})
    assert with_words == judged(SCREENING)


def test_judging_leaves_the_answers_alone() -> None:
    answers = given(SCREENING)
    copy = dict(answers)
    judge(FORM, BOOK, answers, {}, DAY)
    assert answers == copy
