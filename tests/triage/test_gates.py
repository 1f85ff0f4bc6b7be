"""What must exist before a use moves on: never less with more risk, the same in every order, refused where unclear."""

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from intake.source import Damaged
from tests.triage.drawing import draw
from tests.triage.reading import EU, FORM, HARMLESS, given
from triage.gatefile import BEFORE
from triage.gates import Need, needed, needs_for
from triage.organisation import to_settings
from triage.policies import POLICIES, STANDARD, book_with, load_book

EVERY = book_with()
GATES = POLICIES / "internal-tier" / "gates.yaml"


def needs(answers: Mapping[str, object], *, known_tool: bool = True) -> dict[str, str]:
    settings = to_settings(EU, tool_in_catalogue=known_tool)
    return {
        each.task: each.before for each in needs_for(FORM, EVERY, given({**HARMLESS, **answers}), settings)
    }


def test_what_is_harmless_needs_an_owner_and_an_orderly_end() -> None:
    assert needs({}) == {"owner": "pilot", "users_told": "retired", "access_removed": "retired"}


def test_a_tool_that_nobody_has_looked_at_needs_its_supplier_looked_at_first() -> None:
    assert needs({}, known_tool=False)["supplier_check"] == "pilot"


def test_ranking_applicants_needs_named_people_papers_tests_and_a_notice() -> None:
    ranked = {"area": ["employment"], "function": "employment.ranking", "output_use": ["decides_people"]}
    found = needs(ranked | {"worst": "inconvenience"})
    first = {task for task, before in found.items() if before == "pilot"}
    assert {"owner", "deputy", "overseer"} <= first
    then = {task for task, before in found.items() if before == "in_use"}
    assert {"monitor", "documents", "tests", "logging", "fallback", "affected_notice", "training"} <= then


def test_the_highest_risk_needs_all_of_it_before_the_first_try() -> None:
    found = needs({"red_flag": ["social_scoring"]})
    assert {found[task] for task in ("documents", "tests", "logging", "fallback")} == {"pilot"}


def by_tier(tier: int) -> tuple[Need, ...]:
    asked = [gate for gate in yaml.safe_load(GATES.read_text("utf-8")) if reaches(gate, tier)]
    ids = {gate["id"] for gate in asked}
    return needed(EVERY, [gate for gate in EVERY.gates() if gate.id in ids])


def reaches(gate: dict[str, dict[str, object]], tier: int) -> bool:
    return gate["when"].get("result") == "tier" and tier >= int(str(gate["when"]["reaches"]))


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_a_higher_tier_never_needs_less_nor_later(tier: int) -> None:
    more = {each.task: each for each in by_tier(tier + 1)}
    for each in by_tier(tier):
        assert BEFORE.index(more[each.task].before) <= BEFORE.index(each.before)
        assert more[each.task].days <= each.days


@pytest.mark.parametrize("seed", range(40))
def test_what_is_not_known_takes_no_need_away(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(50):
        answers, settings = draw(FORM, dice)
        fewer = {name: answer for name, answer in answers.items() if dice.random() < 0.7}
        whole, part = (needs_for(FORM, EVERY, each, settings) for each in (answers, fewer))
        assert {each.task for each in whole} <= {each.task for each in part}


@pytest.mark.parametrize("seed", range(10))
def test_the_order_of_the_gates_changes_nothing(seed: int) -> None:
    gates = list(EVERY.gates())
    mixed = random.Random(seed).sample(gates, len(gates))

    def bare(found: tuple[Need, ...]) -> list[tuple[str, str, int, frozenset[str]]]:
        return [(each.task, each.before, each.days, frozenset(each.by)) for each in found]

    assert bare(needed(EVERY, mixed)) == bare(needed(EVERY, gates))


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("before: pilot", "before: pilott", "`pilott` is no stage with a gate"),
        ("[deputy, overseer]", "[deputy, oversee]", "`oversee` is no task that a policy names"),
        ("[deputy, overseer]", "[]", "asks for nothing"),
        ("days: 5", "days: 0", "`0` is too few"),
        ("days: 5", "dayz: 5", "dayz"),
    ],
)
def test_a_gate_that_is_unclear_is_refused_with_what_to_do(
    tmp_path: Path, was: str, becomes: str, said: str
) -> None:
    shutil.copytree(POLICIES, tmp_path / "policy")
    file = tmp_path / "policy" / "internal-tier" / "gates.yaml"
    file.write_text(file.read_text("utf-8").replace(was, becomes, 1), "utf-8")
    with pytest.raises(Damaged) as why:
        load_book(FORM, STANDARD, tmp_path / "policy")
    assert said in str(why.value)
