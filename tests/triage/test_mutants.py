"""Mistakes that engines like this one have been seen to make; each of them must be noticed."""

import inspect
import textwrap

import pytest

from tests.triage.promises import broken_by_asking, broken_by_withholding, drawn
from tests.triage.reading import BOOK, DAY, FORM, d5_cases
from triage import judge, program
from triage.program import Program
from triage.verdict import Bounds

SETS = drawn(1_500, seed=11)


def mutated(function, module, old: str, new: str):
    """The function with one place in its source changed."""
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) == 1, f"{function.__name__} no longer has {old!r}"
    scope = dict(vars(module))
    exec(compile(source.replace(old, new), "mutant", "exec"), scope)
    return scope[function.__name__]


def broken_cases() -> bool:
    for case in d5_cases():
        verdict = judge.judge(FORM, BOOK, case.answers, case.settings, DAY)
        found = {name: (verdict.results[name].floor, verdict.results[name].ceiling) for name in case.expect}
        if found != case.expect:
            return True
    return False


def noticed() -> set[str]:
    by = set()
    if next(broken_by_withholding(SETS, seed=12), None):
        by.add("withholding")
    if next(broken_by_asking(SETS, seed=13), None):
        by.add("asking")
    if broken_cases():
        by.add("cases")
    return by


def test_the_engine_itself_passes() -> None:
    assert noticed() == set()


def test_unknown_read_as_false(monkeypatch: pytest.MonkeyPatch) -> None:
    run = mutated(Program.run, program, "maybe &= possible[gate]", "maybe = yes")
    monkeypatch.setattr(Program, "run", run)
    assert {"withholding", "cases"} <= noticed()


def test_a_gate_that_closes_on_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    run = mutated(Program.run, program, "maybe &= possible[gate]", "maybe &= sure[gate]")
    monkeypatch.setattr(Program, "run", run)
    assert {"withholding", "cases"} <= noticed()


def test_the_last_rule_instead_of_the_strictest(monkeypatch: pytest.MonkeyPatch) -> None:
    strictest = mutated(
        judge.strictest, judge, "in program.thresholds[result]", "in reversed(program.thresholds[result])"
    )
    monkeypatch.setattr(judge, "strictest", strictest)
    assert "cases" in noticed()


def test_an_early_exit_when_out_of_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = judge.bounds

    def bounds(compiled, truths, lane=0):
        found = whole(compiled, truths, lane)
        if not truths.possible[compiled.rules["eu-in-scope"]] >> lane & 1:
            found["eu"] = Bounds(floor="out_of_scope", ceiling="out_of_scope")
        return found

    monkeypatch.setattr(judge, "bounds", bounds)
    assert "withholding" in noticed()


def test_an_exit_unless_surely_in_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = judge.bounds

    def bounds(compiled, truths, lane=0):
        found = whole(compiled, truths, lane)
        if not truths.sure[compiled.rules["eu-in-scope"]] >> lane & 1:
            found["eu"] = Bounds(floor="out_of_scope", ceiling="out_of_scope")
        return found

    monkeypatch.setattr(judge, "bounds", bounds)
    assert "withholding" in noticed()
