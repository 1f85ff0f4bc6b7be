"""The compiled rules say what the conditions themselves say, one set at a time or many at once."""

from random import Random

from intake.condition import View
from tests.triage.drawing import blur, draw
from tests.triage.promises import BOOK, PROGRAM, drawn, truths_of
from tests.triage.reading import DAY, FORM
from triage import judge
from triage.lanes import at_least
from triage.trace import Trace


def test_every_rule_agrees_with_its_own_condition() -> None:
    random = Random(21)
    sets = drawn(400, seed=22)
    sets += [blur(FORM, each, random) for each in sets]
    truths = truths_of(sets)
    for lane, (answers, settings) in enumerate(sets):
        view = View(FORM.gates, answers, settings)
        trace = Trace(PROGRAM, truths, lane)
        for item in (*BOOK.rules(), *BOOK.duties()):
            node = {**PROGRAM.rules, **PROGRAM.duties}[item.id]
            said = None if trace.open(node) else trace.holds(node)
            assert said is item.when.truth(view), item.id


def test_a_verdict_has_the_bounds_that_many_at_once_give() -> None:
    sets = drawn(200, seed=23)
    truths = truths_of(sets)
    for lane, (answers, settings) in enumerate(sets):
        verdict = judge.judge(FORM, BOOK, answers, settings, DAY)
        assert verdict.results == judge.bounds(PROGRAM, truths, lane)


def test_the_facts_of_a_reason_are_enough_for_it() -> None:
    """Whatever else is withheld, the facts named fire the rule, with the gates they stand behind."""
    random = Random(24)
    for _ in range(150):
        answers, settings = draw(FORM, random)
        for reason in judge.judge(FORM, BOOK, answers, settings, DAY).reasons:
            named = behind(set(reason.facts))
            kept = {question: answer for question, answer in answers.items() if question in named}
            trace = Trace(PROGRAM, truths_of([type(draw(FORM, Random(0)))(kept, settings)]))
            assert trace.holds(PROGRAM.rules[reason.rule]), reason


def behind(questions: set[str]) -> set[str]:
    found = set(questions)
    for question in questions & FORM.by_id.keys():
        found |= behind(set(FORM.gates[question].questions()))
    return found


def test_at_least_counts_each_lane_by_itself() -> None:
    parts = [0b0011, 0b0101, 0b1001]
    assert at_least(1, parts) == 0b1111
    assert at_least(2, parts) == 0b0001
    assert at_least(3, parts) == 0b0001
    assert at_least(4, parts) == 0
