"""What an owner settles from medium risk on: why this one, how it is kept in hand, tests; never at low risk."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.answers import UNSURE, Answer, answered
from tests.builders import ANA, a_desk
from tests.triage.reading import EU, FORM, HARMLESS, given
from tests.triage.test_stages import all_done, approved, because, does
from triage.desk import Desk
from triage.gates import needs_for
from triage.guide import Guide, Weighed, is_due, is_whole
from triage.onward import DoTask, MoveOn
from triage.organisation import to_settings
from triage.policies import OPTIONAL, book_with, standard_book
from triage.questionnaire import Questionnaire, fields, found_of, pages
from triage.schemes import BEFORE_USE, BY_TASK, is_beside, questionnaire, switched_on
from triage.stages import Stage
from triage.tasks import left
from triage.underlying import Underlying

TASKS = ("use_plan", "tests")
ASKED = tuple(BY_TASK[task] for task in TASKS)
PLAN, TESTS = map(questionnaire, ASKED)
BOOK = book_with((BEFORE_USE,))
MEDIUM = {"tier": answered("2"), "lifecycle_controls": answered("no")}
HIGH = {"tier": answered("3"), "lifecycle_controls": answered("yes")}
CHOICE = {
    "benefit": answered("An hour a day"),
    "alternatives": answered("other_tool", "without_ai"),
    "because": answered("The others do not know our language"),
    "learns": answered("no"),
    "several": answered("no"),
}
CLOSE = {
    "data_source": answered("own"),
    "data_rights": answered("yes"),
    "data_quality": answered("checked"),
    "data_words": answered("Privacy said so"),
    "data_kept": answered("day"),
    "level": answered("regular"),
    "leaning": answered("own_view"),
    "fallback": answered("this_year"),
    "fallback_day": answered("In May; it took twice as long"),
}
WITHIN, BEYOND, PLANNED = (f"Gap | at most 3 % | {result}" for result in ("2,5 %", "3.01 %", "-"))
PASSED = {f"{kind}_tests": answered(WITHIN) for kind in ("performance", "fairness", "safety")} | {
    "fairness_about": answered("people"),
    "where": answered("The team, in the wiki"),
}


def weigh(asked: Questionnaire, answers: dict[str, Answer]) -> Weighed:
    found = found_of(asked, answers)
    assert isinstance(found, Weighed)
    return found


def needs(answers: dict[str, object]) -> set[str]:
    settings = to_settings(EU, tool_in_catalogue=True)
    return {each.task for each in needs_for(FORM, BOOK, given({**HARMLESS, **answers}), settings)}


def test_low_risk_never_meets_it_and_nothing_of_it_is_asked_at_the_intake() -> None:
    assert not needs({}) & set(BY_TASK)
    assert needs({"data": ["client_owned"]}) & set(BY_TASK) == {"use_plan"}
    assert {"use_plan", "tests"} <= needs({"red_flag": ["social_scoring"]}), (
        "tests do the task that is there already"
    )
    (policy,) = [each for each in BOOK.policies if each.name == BEFORE_USE]
    assert (policy.rules, policy.seats, policy.calls, policy.duties) == ((), (), (), ())
    assert not [name for name in standard_book().gates() if name.id.startswith(BEFORE_USE)], "off by default"


def test_each_task_is_done_by_the_questionnaire_that_names_it() -> None:
    schemes = [questionnaire(name).scheme for name in BY_TASK.values()]
    assert [each.task for each in schemes if isinstance(each, Guide)] == list(BY_TASK)
    assert not any(is_due(each, None) for each in schemes if isinstance(each, Guide))
    assert BEFORE_USE in OPTIONAL
    assert switched_on((BEFORE_USE,)) == ASKED
    assert switched_on(("ai-impact",)) == ("ai-impact",)
    assert is_beside("use-plan", ())
    assert not is_beside("use-plan", ("use_plan",))
    assert not is_beside("ai-impact", ())


def test_medium_risk_is_one_page_and_its_reason_is_not_left_empty() -> None:
    assert [page.id for page in pages(PLAN.form, MEDIUM)] == ["choice"]
    assert len(list(fields(PLAN.form, PLAN.form.pages[1], MEDIUM))) == len(CHOICE)
    assert is_whole(weigh(PLAN, MEDIUM | CHOICE))
    for name in CHOICE:
        assert not is_whole(weigh(PLAN, {k: v for k, v in (MEDIUM | CHOICE).items() if k != name})), name


@pytest.mark.parametrize("looked", [("other_tool",), ("none",), ("approved_tool", "other_tool")])
def test_a_way_without_ai_is_looked_at(looked: tuple[str, ...]) -> None:
    assert weigh(PLAN, MEDIUM | CHOICE | {"alternatives": answered(*looked)}).left == ("without_ai",)


def test_what_learns_or_has_several_agents_is_overseen_like_high_risk() -> None:
    for name in ("learns", "several"):
        answers = MEDIUM | CHOICE | {name: answered("yes"), f"{name}_kept": answered("A person looks")}
        assert [page.id for page in pages(PLAN.form, answers)] == ["choice", "oversight"]
        assert not is_whole(weigh(PLAN, answers))
        seen = answers | {"leaning": answered("reasons")}
        assert weigh(PLAN, seen | {"level": answered("afterwards")}).left == ("level",)
        assert is_whole(weigh(PLAN, seen | {"level": answered("regular")}))


@pytest.mark.parametrize(
    ("tier", "level", "fits"),
    [("3", "afterwards", False), ("3", "regular", True), ("4", "regular", False), ("4", "watched", True)],
)
def test_the_level_of_oversight_fits_the_tier(tier: str, level: str, fits: bool) -> None:
    answers = HIGH | CHOICE | CLOSE | {"tier": answered(tier), "level": answered(level)}
    assert is_whole(weigh(PLAN, answers)) is fits
    assert ("level" in weigh(PLAN, answers).left) is not fits


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("data_rights", "partly"),
        ("data_quality", "unchecked"),
        ("data_kept", "no_end"),
        ("leaning", "nothing"),
        ("fallback", "never"),
    ],
)
def test_what_is_built_says_its_data_and_high_risk_its_fallback(name: str, said: str) -> None:
    assert is_whole(weigh(PLAN, HIGH | CHOICE | CLOSE))
    answers = {**HIGH, **CHOICE, **CLOSE, name: answered(said)}
    assert weigh(PLAN, answers).left == (name,)


@pytest.mark.parametrize("name", [name for name in (CHOICE | CLOSE) if PLAN.form.by_id[name].choices])
def test_not_sure_is_an_answer_and_leaves_it_open(name: str) -> None:
    answers = {**HIGH, **CHOICE, **CLOSE, name: UNSURE}
    assert not is_whole(weigh(PLAN, answers))
    assert name in weigh(PLAN, answers).unsure


def test_tests_say_measure_limit_and_result_by_kind_and_a_failed_one_is_left() -> None:
    tier = {"tier": answered("3")}
    assert is_whole(weigh(TESTS, tier | PASSED))
    for kind in ("performance", "fairness", "safety"):
        two = answered(f"{WITHIN}\n{BEYOND}")
        failed = weigh(TESTS, {**tier, **PASSED, f"{kind}_tests": two})
        assert (failed.outcome, failed.left) == ("failed", (kind,))
        planned = weigh(TESTS, {**tier, **PASSED, f"{kind}_tests": answered(f"{WITHIN}\n{PLANNED}")})
        assert (planned.outcome, planned.left) == ("failed", (f"{kind}_open",))
        without = {k: v for k, v in (tier | PASSED).items() if k != f"{kind}_tests"}
        assert not is_whole(weigh(TESTS, without))
    nobody = {k: v for k, v in PASSED.items() if not k.startswith("fairness")}
    assert is_whole(weigh(TESTS, tier | nobody | {"fairness_about": answered("nobody")}))


def test_nobody_says_that_a_test_is_passed() -> None:
    said = {**PASSED, "tier": answered("3"), "safety_tests": answered(BEYOND), "safety_met": answered("yes")}
    assert weigh(TESTS, said).left == ("safety",), "the figures say it"
    asked = {question.id for page in TESTS.form.pages for question in fields(TESTS.form, page, PASSED)}
    assert not any(name.endswith("_met") for name in asked)


def desk(*, whole: bool) -> Desk:
    about = {"due": False, "standing": "none", "whole": whole}
    known = tuple(
        Underlying.model_validate({**about, "name": name, "title": name, "task": task})
        for task, name in zip(TASKS, ASKED, strict=True)
    )
    return replace(a_desk(), book=BOOK, assessing=ASKED, underlying=known)


def test_the_gate_is_shut_until_all_of_it_is_there_and_shuts_again_where_that_changed() -> None:
    on = desk(whole=True)
    case = approved(high=True, desk=on).case
    case = does(all_done(case, on), MoveOn, to="pilot", desk=on).case
    assert set(TASKS) <= {task.task for task in left(case, on)}
    for task in TASKS:
        assert because(case, DoTask, ANA, desk(whole=False), task=task, words="Done") == "plan_first"
    case = all_done(case, on)
    assert because(case, MoveOn, ANA, desk(whole=False), to=Stage.in_use.value) == "plan_first"
    assert does(case, MoveOn, desk=on, to=Stage.in_use.value).case.stage_moves[-1].to is Stage.in_use
