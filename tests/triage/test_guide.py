"""Questionnaires of ours: what is unsure never lowers anything, and what the intake knows stands beforehand."""

from __future__ import annotations

import random
from typing import Any

import pytest

from intake.answers import UNSURE, Answer, State, answered
from intake.form import Kind, Question
from intake.forms import FORMS, ai_use
from intake.source import Damaged
from tests.builders import ANA, BEN, NOW, a_case, a_desk, key
from triage.aims.risks import LEVELS, weighing
from triage.case import Fact, Source
from triage.contributing import Contribute, contribute
from triage.guide import Guide, Weighed, given, is_due, known, minded
from triage.guides import load_guide
from triage.policies import POLICIES
from triage.questionnaire import Questionnaire, Sheet, fields, found_of, pages
from triage.schemes import GUIDED, questionnaire
from triage.verdict import Bounds, Verdict

ALL = [pytest.param(questionnaire(name), id=name) for name in GUIDED]
AISIA = questionnaire("ai-impact")


def guide(asked: Questionnaire) -> Guide:
    assert isinstance(asked.scheme, Guide)
    return asked.scheme


def weigh(asked: Questionnaire, answers: dict[str, Answer]) -> Weighed:
    found = found_of(asked, answers)
    assert isinstance(found, Weighed)
    return found


def some(question: Question, drawn: random.Random) -> Answer:
    if question.row:
        parts = {"words": "Some words", "limit": "at most 3 %", "result": drawn.choice(["2 %", "4 %", "-"])}
        return answered(" | ".join(parts[column.kind] for column in question.row))
    if not question.choices:
        return answered("Some words")
    ids = [choice.id for choice in question.choices if not choice.alone]
    count = drawn.randint(1, len(ids)) if question.kind is Kind.many else 1
    alone = next((choice.id for choice in question.choices if choice.alone), "")
    return answered(alone) if alone and drawn.random() < 0.3 else answered(*drawn.sample(ids, count))


def filled(asked: Questionnaire, seed: int, rules: str = "") -> dict[str, Answer]:
    """Whatever applies, answered at random, page after page, and what the rules say."""
    drawn = random.Random(seed)
    form = asked.form
    answers = {q.id: answered(rules or q.choices[0].id) for q in form.questions() if q.given}
    while new := [
        q for page in pages(form, answers) for q in fields(form, page, answers) if q.id not in answers
    ]:
        answers |= {question.id: some(question, drawn) for question in new}
    return answers


def strictness(asked: Questionnaire, found: Weighed) -> tuple[int, int]:
    order = [point.id for point in guide(asked).outcomes]
    return -order.index(found.outcome), LEVELS.index(found.level) if found.level in LEVELS else -1


@pytest.mark.parametrize("asked", ALL)
def test_unsure_never_lowers_anything(asked: Questionnaire) -> None:
    for seed in range(60):
        answers = filled(asked, seed)
        before = weigh(asked, answers)
        assert before.complete
        for id, answer in answers.items():
            if not asked.form.by_id[id].choices or answer.state is not State.answered:
                continue
            after = weigh(asked, answers | {id: UNSURE})
            assert strictness(asked, after)[0] >= strictness(asked, before)[0], (seed, id)
            if after.complete:
                assert strictness(asked, after)[1] >= strictness(asked, before)[1], (seed, id)
                assert set(before.left) <= set(after.left), (seed, id)


@pytest.mark.parametrize("asked", ALL)
def test_nothing_answered_is_the_strictest_and_nobody_is_asked_what_the_rules_say(
    asked: Questionnaire,
) -> None:
    found = weigh(asked, {})
    assert (found.outcome, found.settled) == (guide(asked).outcomes[0].id, False)
    told = {q.id for q in asked.form.questions() if q.given}
    drawn = {q.id for page in pages(asked.form, {}) for q in fields(asked.form, page, {})}
    assert told
    assert not told & drawn


@pytest.mark.parametrize("asked", ALL)
def test_every_outcome_can_come_out(asked: Questionnaire) -> None:
    rules = next(q.choices for q in asked.form.questions() if q.given)
    found = {weigh(asked, filled(asked, seed, choice.id)).outcome for seed in range(300) for choice in rules}
    none = {q.id: answered(q.none or "only_team") for q in asked.form.questions() if q.choices and q.none}
    least = filled(asked, 1) | none
    found.add(weigh(asked, least | ({"affected": answered("only_team")} if asked is AISIA else {})).outcome)
    some_but_few = least | {"rights": answered("privacy")} if "rights" in asked.form.by_id else least
    found.add(weigh(asked, some_but_few).outcome)
    found.add(weigh(asked, least | {"new": answered("yes")}).outcome if "new" in asked.form.by_id else "full")
    assert {point.id for point in guide(asked).outcomes} <= found


def test_a_screening_is_enough_only_where_nothing_calls_for_more() -> None:
    plain = {
        "iso_impact": answered("screening"),
        "affected": answered("only_team"),
        "misuse": answered("none"),
        **{id: answered("no") for id in ("groups", "society", "weighs_on", "hard_to_undo", "unaware")},
    }
    assert weigh(AISIA, plain).outcome == "enough"
    assert [page.id for page in pages(AISIA.form, plain)] == ["use", "people"]
    for id in ("groups", "society", "weighs_on", "hard_to_undo", "unaware"):
        more = weigh(AISIA, plain | {id: answered("yes")})
        assert (more.outcome, more.settled) == ("full", True), id
        open_one = weigh(AISIA, plain | {id: UNSURE})
        assert (open_one.outcome, open_one.settled) == ("full", False), id
        assert "harm" in [page.id for page in pages(AISIA.form, plain | {id: UNSURE})]
    assert weigh(AISIA, plain | {"iso_impact": answered("full")}).outcome == "full"


def test_the_scales_are_those_of_the_risk_register() -> None:
    from bot.questionnaires import wording

    data, scheme = weighing(), guide(AISIA)
    assert (scheme.levels, scheme.matrix) == (LEVELS, data.matrix)
    words = wording("ai-impact", "en")
    for gauge in (*scheme.gauges, scheme.remains):
        assert gauge is not None
        for question, marks in ((gauge.likelihood, data.likelihood), (gauge.impact, data.impact)):
            said = [words.label(question, str(mark.number)) for mark in marks]
            assert said == [f"{mark.name}: {mark.words}" for mark in marks]


@pytest.mark.parametrize("asked", ALL)
def test_what_is_taken_from_the_intake_is_there_to_be_taken(asked: Questionnaire) -> None:
    for id, source in guide(asked).known.items():
        question = ai_use().by_id[source.question]
        assert set(source.picks) <= question.choice_ids, id
        if not source.choice:
            assert question.choice_ids <= asked.form.by_id[id].choice_ids, id


def a_fact(question: str, *picked: str) -> Fact:
    return Fact(question=question, answer=answered(*picked), by=ANA, at=NOW, source=Source.person)


def test_what_the_intake_knows_stands_beforehand_and_never_as_a_no() -> None:
    facts = {"purpose": a_fact("purpose", "Sort letters"), "people": a_fact("people", "patients")}
    case = a_case().model_copy(update={"facts": facts | {"reverse": a_fact("reverse", "never")}})
    found = known(AISIA.form, guide(AISIA), case)
    assert found["intended"].text == "Sort letters"
    assert found["affected"].picked == ("patients",)
    assert found["hard_to_undo"].text == "yes"
    quick = case.model_copy(update={"facts": {"reverse": a_fact("reverse", "at_once")}})
    assert known(AISIA.form, guide(AISIA), quick) == {}


HEARD = ("heard_who", "heard_said", "heard_answer", "heard_changed")
"""What a note of a consultation says."""


def asked_of(answers: dict[str, Answer]) -> list[str]:
    return [q.id for page in pages(AISIA.form, answers) for q in fields(AISIA.form, page, answers)]


@pytest.mark.parametrize("tier", ["3", "4"])
@pytest.mark.parametrize("how", ["themselves", "spoken_for"])
def test_high_risk_needs_a_whole_note_of_who_was_heard(tier: str, how: str) -> None:
    whole = full(tier, how, **dict.fromkeys(HEARD, "Some words"))
    assert weigh(AISIA, whole).complete
    assert set(HEARD) <= set(asked_of(whole))
    for each in HEARD:
        assert not weigh(AISIA, {q: a for q, a in whole.items() if q != each}).complete, each


@pytest.mark.parametrize("tier", ["3", "4"])
def test_or_a_reason_why_nobody_was(tier: str) -> None:
    assert not weigh(AISIA, full(tier, "nobody")).complete
    why = weigh(AISIA, full(tier, "nobody", heard_why="There is no council"))
    assert why.complete
    assert "nobody_heard" in why.left, "whoever looks at it reads that"


@pytest.mark.parametrize("said", [UNSURE, answered("-"), answered("...?!"), answered("Unsure")])
def test_who_was_heard_is_said_in_words_and_nobody_is_unsure_of_it(said: Answer) -> None:
    whole = full("3", "themselves", **dict.fromkeys(HEARD, "Some words"))
    for each in HEARD:
        found = weigh(AISIA, whole | {each: said})
        assert (found.complete, found.answered) == (False, found.asked - 1), each
    assert not weigh(AISIA, full("3", "nobody") | {"heard_why": said}).complete
    unknown = {each: answered("Some words") for each in (*HEARD, "heard_why")} | {"heard": UNSURE}
    assert not weigh(AISIA, whole | unknown).complete
    assert weigh(AISIA, full("2", "themselves") | {"heard": UNSURE}).complete, "at lower risk"


@pytest.mark.parametrize("tier", ["1", "2"])
def test_at_lower_risk_nothing_more_is_asked(tier: str) -> None:
    for how in ("themselves", "nobody"):
        answers = full(tier, how)
        assert weigh(AISIA, answers).complete
        assert not {"heard_answer", "heard_changed"} & set(asked_of(answers))


def test_what_is_not_known_to_be_low_needs_it() -> None:
    answers = full("2", "themselves") | {"tier": UNSURE}
    assert not weigh(AISIA, answers).complete


def test_where_staff_are_affected_their_representatives_are_thought_of() -> None:
    def minds(affected: str, page: str = "heard") -> list[str]:
        answers = full("3", "nobody") | {"affected": answered(affected)}
        return [each.id for each in minded(AISIA.form, guide(AISIA), answers, page)]

    assert minds("staff_applicants") == ["staff"]
    assert minds("customers") == minds("staff_applicants", "people") == []
    (one,) = guide(AISIA).minds
    assert "Art. 26(7)" in one.source


def full(tier: str, how: str, **words: str) -> dict[str, Answer]:
    """A full assessment with every choice made, and of the words only these."""
    answers = filled(AISIA, 1) | {
        "iso_impact": answered("full"),
        "tier": answered(tier),
        "heard": answered(how),
    }
    while new := [id for id in asked_of(answers) if id not in answers and AISIA.form.by_id[id].choices]:
        answers |= {id: answered(next(iter(AISIA.form.by_id[id].choices)).id) for id in new}
    left = {q: a for q, a in answers.items() if not q.startswith("heard_")}
    return left | {q: answered(text) for q, text in words.items()}


def verdict(floor: str, ceiling: str, **more: Any) -> Verdict:
    bounds = {"iso_impact": Bounds(floor=floor, ceiling=ceiling), "tier": Bounds(floor=2, ceiling=3)}
    nothing: dict[str, Any] = dict.fromkeys(
        ("flags", "flags_open", "reasons", "gaps", "ignored", "duties_today", "duties_coming", "policies"), ()
    )
    return Verdict.model_validate({**nothing, "results": bounds, "day": NOW.date(), **more})


def test_what_is_open_counts_by_its_strictest() -> None:
    assert given(AISIA.form, verdict("screening", "full"))["iso_impact"].text == "full"
    assert given(AISIA.form, None)["iso_impact"] == UNSURE
    assert is_due(guide(AISIA), verdict("screening", "full"))
    assert is_due(guide(AISIA), None)
    assert not is_due(guide(AISIA), verdict("screening", "screening"))
    fria = questionnaire("fria-screening")
    flag = "fria_required"
    assert given(fria.form, verdict("full", "full", flags=(flag,)))[flag].text == "yes"
    assert given(fria.form, verdict("full", "full", flags_open=(flag,)))[flag] == UNSURE
    assert given(fria.form, verdict("full", "full"))[flag].text == "no"
    assert is_due(guide(fria), verdict("full", "full", flags_open=(flag,)))


def says(actor: str, **picked: str) -> Contribute:
    answers = {question: answered(choice) for question, choice in picked.items()}
    return Contribute(actor=actor, key=key(), case="case-1", form="ai-impact", page="people", answers=answers)


def test_two_people_write_and_who_said_what_is_kept_and_nobody_says_what_the_rules_say() -> None:
    case = a_case().model_copy(update={"verdict": verdict("full", "full")})
    first = contribute(
        Sheet(case="case-1"), says(ANA, groups="yes", iso_impact="rationale"), AISIA, a_desk(), case
    )
    both = contribute(first, says(BEN, society="no", iso_impact="rationale"), AISIA, a_desk(), case)
    said = {question: (fact.by, fact.answer.text, fact.source) for question, fact in both.facts.items()}
    assert said == {
        "groups": (ANA, "yes", Source.person),
        "society": (BEN, "no", Source.person),
        "iso_impact": (None, "full", Source.organisation),
        "tier": (None, "3", Source.organisation),
    }


def test_everything_wrong_with_a_guide_is_said(tmp_path: Any) -> None:
    text = (POLICIES / "ai-impact" / "guide.yaml").read_text()
    bad = text.replace("intended: {from", "nothing_there: {from").replace(
        "[low, low, low, medium, high]", "[low]"
    )
    (tmp_path / "ai-impact").mkdir()
    (tmp_path / "ai-impact" / "guide.yaml").write_text(bad.replace("heard, is: [them", "heart, is: [them"))
    with pytest.raises(Damaged) as damaged:
        load_guide(tmp_path, "ai-impact", FORMS)
    told = " ".join(fault.problem for fault in damaged.value.faults)
    assert "nothing_there" in told
    assert "five rows" in told
    assert "heart" in told
