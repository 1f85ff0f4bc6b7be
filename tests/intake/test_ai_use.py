"""The AI use form: every question and choice that was decided on, and when each is asked."""

import pytest

from intake.answers import UNSURE, Answer, answered, unsure
from intake.condition import Truth, View
from intake.form import Kind
from intake.forms import ai_use, ai_use_wording

FORM = ai_use()
WORDING = ai_use_wording()
YES_NO = "yes no"

CHOICES = {
    "kind": "use_catalogue use_new build report_existing just_asking",
    "output_use": "draft_self shared_after_check shared_unchecked talks_to_people decides_people "
    "acts_in_systems physical_safety",
    "people": "only_team staff_applicants customers partners students patients minors benefit_claimants public "
    "vulnerable",
    "data": "public internal confidential personal special secrets_credentials client_owned",
    "area": "employment education benefits_services credit_insurance emergency law_enforcement "
    "migration justice_democracy critical_infra biometrics product_safety none",
    "red_flag": "manipulation exploit_vulnerable social_scoring crime_prediction face_scraping "
    "emotion_work_school sensitive_biometric_cat realtime_rbi intimate_or_csam none",
    "places": "eu uk us canada other",
    "influence": "sole followed one_input narrow_prep none",
    "profiling": YES_NO,
    "safety_component": YES_NO,
    "third_party_conf": "yes vehicle_or_machine no",
    "worst": "negligible inconvenience material_loss rights_or_livelihood injury_death",
    "reverse": "at_once days months never",
    "scale": "lt100 lt1000 lt10000 gt10000",
    "check": "every_output can_stop samples after none",
    "gen_public": "text_public_interest image_audio_video deepfake no",
    "monitoring": "staff public_space combine_datasets none",
    "account": "enterprise team personal_free self_hosted api",
    "train_on_data": "no_contract opted_out yes",
    "powers": "read write_internal send_external spend run_code credentials",
    "stop": "yes_named no",
    "base_model": "call_existing fine_tune train_own",
    "exclusion": "research_only before_release defence_only fixed_rules",
}
MANY = {"output_use", "people", "data", "area", "red_flag", "places", "gen_public", "monitoring", "powers"}
FUNCTIONS = {  # area: how many functions the law lists there or leaves out by name, in our short form
    "employment": 6,
    "education": 4,
    "benefits_services": 1,
    "credit_insurance": 3,
    "emergency": 3,
    "law_enforcement": 5,
    "migration": 5,
    "justice_democracy": 3,
    "critical_infra": 1,
    "biometrics": 4,
}
ASKED_IN_ORDER = [
    "kind",
    "tool",
    "purpose",
    "output_use",
    "people",
    "data",
    "area",
    "red_flag",
    "places",
    "function",
    "influence",
    "profiling",
    "rebuttal",
    "safety_component",
    "third_party_conf",
    "worst",
    "reverse",
    "scale",
    "check",
    "gen_public",
    "monitoring",
    "account",
    "train_on_data",
    "powers",
    "stop",
    "base_model",
    "exclusion",
]
LEFT_OUT = {
    "admin_only",
    "credit_insurance.fraud",
    "migration.documents",
    "justice_democracy.logistics",
    "biometrics.verification",
}
"""What the list of high-risk uses leaves out: office work, and what its points except by name."""


@pytest.mark.parametrize("question", CHOICES)
def test_a_question_has_exactly_its_choices(question: str) -> None:
    found = FORM.by_id[question]
    assert [choice.id for choice in found.choices] == CHOICES[question].split()
    assert found.kind is (Kind.many if question in MANY else Kind.one)


def test_the_questions_stand_in_their_order() -> None:
    assert [q.id for q in FORM.questions() if not q.after and not q.defaulted] == ASKED_IN_ORDER


def test_the_kinds_without_choices() -> None:
    assert FORM.by_id["tool"].kind is Kind.tool
    assert FORM.by_id["purpose"].kind is FORM.by_id["rebuttal"].kind is Kind.text


def test_every_question_of_the_interview_has_not_sure() -> None:
    assert all(FORM.by_id[question].may_be_unsure for question in ASKED_IN_ORDER)


def test_what_follows_triage_is_never_part_of_the_interview() -> None:
    after = [question.id for question in FORM.questions() if question.after]
    assert after[:3] == ["eu_role", "notice", "contest_route"]
    assert after[3:] == ["vendor_evidence", "training_data_origin", "executive_owner"]
    assert [q.id for q in FORM.questions() if q.defaulted] == ["title", "owner", "unit", "stage"]
    assert [q.id for q in FORM.questions() if q.claim] == ["rebuttal", "exclusion"]
    assert [q.id for q in FORM.questions() if q.record] == ["kind", "tool", "purpose"]


def test_lists_that_protect_people_are_shown_in_full() -> None:
    assert [q.id for q in FORM.questions() if q.in_full] == ["area", "red_flag"]


def test_functions_are_listed_by_area_and_offered_with_it() -> None:
    ids = [choice.id for choice in FORM.by_id["function"].choices]
    assert ids[-1] == "admin_only"
    assert {area: sum(id_.startswith(f"{area}.") for id_ in ids) for area in FUNCTIONS} == FUNCTIONS
    assert len(ids) == sum(FUNCTIONS.values()) + 1
    for area in FUNCTIONS:
        sight = View(FORM.gates, {"area": answered(area)})
        offered = {c.id for c in FORM.by_id["function"].choices if c.when.truth(sight) is not False}
        assert {id_.partition(".")[0] for id_ in offered} == {area, "admin_only"}
    open_sight = View(FORM.gates, {"area": UNSURE})
    assert all(choice.when.truth(open_sight) is not False for choice in FORM.by_id["function"].choices)


def test_every_listed_function_is_in_the_term() -> None:
    listed = {choice.id for choice in FORM.by_id["function"].choices} - LEFT_OUT
    sight = [
        View(FORM.gates, {"area": answered(f.partition(".")[0]), "function": answered(f)}) for f in listed
    ]
    assert all(FORM.terms["listed_function"].truth(view) for view in sight)
    for beside in LEFT_OUT:
        area = "employment" if beside == "admin_only" else beside.partition(".")[0]
        view = View(FORM.gates, {"area": answered(area), "function": answered(beside)})
        assert FORM.terms["listed_function"].truth(view) is False


HIRING = {"area": answered("employment"), "function": answered("employment.ranking")}
NOBODY_HURT = {
    "output_use": answered("draft_self"),
    "people": answered("only_team"),
    "data": answered("internal"),
    "area": answered("none"),
}
LOSS_OF_RIGHTS = {"output_use": answered("decides_people"), "worst": answered("rights_or_livelihood")}
AGENT = {"output_use": answered("acts_in_systems")}

GATES: list[tuple[str, dict[str, Answer], dict[str, str], Truth]] = [
    *((question, {}, {}, True) for question in ASKED_IN_ORDER[:8]),
    ("places", {}, {"single_region": "no"}, True),
    ("places", {}, {"single_region": "yes"}, False),
    ("function", {}, {}, None),
    ("function", {"area": answered("none")}, {}, False),
    ("function", {"area": answered("product_safety")}, {}, False),
    ("function", {"area": answered("product_safety", "biometrics")}, {}, True),
    ("function", {"area": UNSURE}, {}, None),
    ("function", {"area": unsure("education")}, {}, True),
    ("influence", HIRING, {}, True),
    ("influence", {**NOBODY_HURT, "output_use": answered("decides_people")}, {}, True),
    ("influence", NOBODY_HURT, {}, False),
    (
        "influence",
        {**NOBODY_HURT, "area": answered("employment"), "function": answered("admin_only")},
        {},
        False,
    ),
    ("influence", {**NOBODY_HURT, "area": UNSURE}, {}, None),
    ("profiling", HIRING, {}, True),
    ("profiling", {**NOBODY_HURT, "data": answered("personal")}, {}, True),
    ("profiling", {**NOBODY_HURT, "data": answered("special")}, {}, True),
    ("profiling", {**NOBODY_HURT, "data": answered("client_owned", "confidential")}, {}, False),
    ("profiling", {**NOBODY_HURT, "data": UNSURE}, {}, None),
    ("rebuttal", {**HIRING, "influence": answered("narrow_prep"), "profiling": answered("no")}, {}, True),
    ("rebuttal", {**HIRING, "influence": answered("none"), "profiling": answered("yes")}, {}, False),
    ("rebuttal", {**HIRING, "influence": answered("one_input"), "profiling": answered("no")}, {}, False),
    ("rebuttal", {**HIRING, "influence": answered("narrow_prep"), "profiling": UNSURE}, {}, None),
    ("exclusion", {**HIRING, "influence": answered("followed")}, {}, True),
    ("exclusion", {**HIRING, "influence": answered("narrow_prep"), "profiling": answered("no")}, {}, False),
    ("exclusion", {**NOBODY_HURT, "output_use": answered("talks_to_people")}, {}, True),
    ("exclusion", NOBODY_HURT, {}, False),
    ("safety_component", {**NOBODY_HURT, "area": answered("product_safety")}, {}, True),
    ("safety_component", {**NOBODY_HURT, "output_use": answered("physical_safety")}, {}, True),
    ("safety_component", NOBODY_HURT, {}, False),
    ("third_party_conf", {"area": answered("product_safety"), "safety_component": answered("yes")}, {}, True),
    ("third_party_conf", {"area": answered("product_safety"), "safety_component": answered("no")}, {}, False),
    ("third_party_conf", {"area": answered("product_safety"), "safety_component": UNSURE}, {}, None),
    ("worst", NOBODY_HURT, {}, False),
    ("worst", AGENT, {}, True),
    ("worst", {"output_use": answered("decides_people")}, {}, True),
    ("worst", {"output_use": answered("physical_safety")}, {}, True),
    ("worst", HIRING, {}, True),
    ("worst", {"data": answered("special")}, {}, True),
    ("worst", {"people": answered("customers"), "output_use": answered("talks_to_people")}, {}, True),
    ("worst", {"people": answered("public"), "output_use": answered("shared_unchecked")}, {}, True),
    ("worst", {**NOBODY_HURT, "people": answered("customers")}, {}, False),
    ("worst", {**NOBODY_HURT, "output_use": answered("talks_to_people")}, {}, False),
    ("worst", {**NOBODY_HURT, "output_use": answered("talks_to_people"), "people": UNSURE}, {}, None),
    ("worst", {**NOBODY_HURT, "people": answered("customers"), "output_use": UNSURE}, {}, None),
    ("scale", AGENT, {}, True),
    ("scale", NOBODY_HURT, {}, False),
    ("reverse", LOSS_OF_RIGHTS, {}, True),
    ("reverse", {**LOSS_OF_RIGHTS, "worst": answered("injury_death")}, {}, False),
    ("reverse", {**LOSS_OF_RIGHTS, "worst": UNSURE}, {}, None),
    ("check", {**LOSS_OF_RIGHTS, "reverse": answered("never")}, {}, True),
    ("check", {**LOSS_OF_RIGHTS, "reverse": answered("months")}, {}, False),
    ("check", {**LOSS_OF_RIGHTS, "reverse": UNSURE}, {}, None),
    ("gen_public", {"output_use": answered("shared_after_check")}, {}, True),
    ("gen_public", {"output_use": answered("shared_unchecked")}, {}, True),
    ("gen_public", {"output_use": answered("talks_to_people")}, {}, True),
    ("gen_public", {"output_use": answered("draft_self")}, {}, False),
    ("gen_public", {"output_use": UNSURE}, {}, None),
    ("monitoring", {"data": answered("personal")}, {}, True),
    ("monitoring", {"data": answered("special")}, {}, True),
    ("monitoring", {"data": answered("internal", "client_owned")}, {}, False),
    ("account", {}, {"tool_in_catalogue": "no"}, True),
    ("account", {}, {"tool_in_catalogue": "yes"}, False),
    ("train_on_data", {"data": answered("public", "internal")}, {"tool_in_catalogue": "no"}, True),
    ("train_on_data", {"data": answered("public")}, {"tool_in_catalogue": "no"}, False),
    ("train_on_data", {"data": UNSURE}, {"tool_in_catalogue": "no"}, None),
    ("train_on_data", {"data": answered("special")}, {"tool_in_catalogue": "yes"}, False),
    ("powers", AGENT, {}, True),
    ("powers", NOBODY_HURT, {}, False),
    ("stop", {**AGENT, "powers": answered("run_code")}, {}, True),
    ("stop", {**AGENT, "powers": answered("spend")}, {}, True),
    ("stop", {**AGENT, "powers": answered("credentials")}, {}, True),
    ("stop", {**AGENT, "powers": answered("write_internal", "send_external")}, {}, False),
    ("stop", {**AGENT, "powers": unsure("read")}, {}, None),
    ("base_model", {"kind": answered("build")}, {}, True),
    ("base_model", {"kind": answered("use_new")}, {}, False),
    ("base_model", {"kind": UNSURE}, {}, None),
    ("eu_role", {"kind": answered("build")}, {"eu": "minimal"}, True),
    ("eu_role", {"kind": answered("use_new")}, {"eu": "high"}, True),
    ("eu_role", {"kind": answered("use_new")}, {"eu": "minimal"}, False),
    ("notice", HIRING, {}, True),
    ("contest_route", {**NOBODY_HURT, "output_use": answered("decides_people")}, {}, True),
    ("contest_route", NOBODY_HURT, {}, False),
    ("vendor_evidence", {}, {"tool_in_catalogue": "no"}, True),
    ("training_data_origin", {"kind": answered("build")}, {}, True),
    ("executive_owner", {}, {"tier": "4"}, True),
    ("executive_owner", {}, {"tier": "3"}, False),
]


@pytest.mark.parametrize(("question", "answers", "settings", "expected"), GATES)
def test_when_a_question_is_asked(
    question: str, answers: dict[str, Answer], settings: dict[str, str], expected: Truth
) -> None:
    sight = View(FORM.gates, answers, {name: (value,) for name, value in settings.items()})
    assert sight.shown(question) is expected


def test_every_gate_is_tried_both_ways() -> None:
    tried = {(question, expected) for question, _, _, expected in GATES}
    for question in ASKED_IN_ORDER[8:]:
        assert {(question, True), (question, False)} <= tried


def test_the_texts_are_short_enough_to_ask() -> None:
    for question in FORM.questions():
        assert len(WORDING.ask(question.id)) <= 150
        assert len(WORDING.short(question.id)) <= 24
        assert len(WORDING.help(question.id)) <= 200
        assert len(WORDING.why(question.id)) <= 150
        labels = [WORDING.label(question.id, choice.id) for choice in question.choices]
        assert all(len(label) <= 75 for label in labels)
        assert len({label.casefold() for label in labels}) == len(labels)


def test_a_question_is_one_sentence_that_asks() -> None:
    assert all(
        (WORDING.ask(q.id).endswith(("?", ".")) and "?" in WORDING.ask(q.id)) or q.id == "rebuttal"
        for q in FORM.questions()
    )
