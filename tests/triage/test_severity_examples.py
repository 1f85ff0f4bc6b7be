"""Each rule of severity has an example that fires it and a change that just misses it; both are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.source import Damaged
from triage.incidents.examples import ALWAYS, FILE, Example, Given, examples, failures, items
from triage.incidents.incident import Kind
from triage.incidents.rulebook import book

RULES = items(book())
EXAMPLES = examples(book())


def named(example: Example) -> str:
    return f"{example.rule}: {example.fires}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_it_fires(example: Example) -> None:
    assert RULES[example.rule].when.truth(example.firing.sight) is True, example.fires


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_one_change_just_misses_it(example: Example) -> None:
    assert RULES[example.rule].when.truth(example.missing.sight) is False, example.misses


def test_one_that_comes_out_otherwise_is_told() -> None:
    one = EXAMPLES[0]
    turned = one.model_copy(update={"firing": one.missing, "missing": one.firing})
    told = list(failures(book(), [turned]))
    assert len(told) == 2
    assert all(one.rule in each for each in told)
    assert list(failures(book(), EXAMPLES)) == []


def test_every_rule_has_one() -> None:
    assert {example.rule for example in EXAMPLES} == RULES.keys() - ALWAYS


@pytest.mark.parametrize("kind", [*Kind])
def test_what_has_none_holds_whatever_was_reported(kind: Kind) -> None:
    sight = Given(kind=kind.value, answers={}).sight
    assert all(RULES[each].when.truth(sight) is True for each in ALWAYS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- rule: death\n", "- rule: deaht\n", "is not a rule of severity"),
        ("given: {extent: death}", "given: {extent: dead}", "is no answer to `extent`"),
        ("but: {kind: incident}", "but: {kind: incident, extent: real}", "must change exactly one thing"),
        ("given: {kind: near_miss}", "given: {kind: nearly}", "is no answer to `kind`"),
    ],
)
def test_what_is_wrong_with_one_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = FILE.read_text()
    assert text.count(old) == 1
    file = tmp_path / "cases.yaml"
    file.write_text(text.replace(old, new))
    with pytest.raises(Damaged, match=told):
        examples(book(), file)


def test_a_rule_without_one_is_told(tmp_path: Path) -> None:
    head, _, rest = FILE.read_text().partition("- rule: repeated")
    file = tmp_path / "cases.yaml"
    file.write_text(head + rest.partition("\n\n")[2])
    with pytest.raises(Damaged, match="`repeated` has no example"):
        examples(book(), file)
