"""An organisation's own rules: read like ours, marked as theirs, never about the law, and never looser unnoticed."""

import json
import random
from typing import Any

import pytest
import yaml

from intake.source import Damaged
from tests.triage.drawing import draw
from tests.triage.reading import BOOK, DAY, EU, FORM, HARMLESS, given
from triage.amending import amended
from triage.examples import own_examples
from triage.judge import judge
from triage.loosened import How, loosened
from triage.organisation import to_settings
from triage.own import EMPTY, LONGEST_FILE, OWN
from triage.policies import load_book
from triage.proving import prove
from triage.rules import RuleBook
from triage.verdict import Verdict

TALKS = {"question": "output_use", "contains": "talks_to_people"}
STAFF = {"question": "people", "contains": "staff_applicants"}
INNER = {"question": "data", "contains": "internal"}


def a_rule(**changed: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": "own-inner",
        "level": 3,
        "when": INNER,
        "because": "Internal papers are looked at twice here.",
        "source": "Our AI policy, section 2",
        "examples": [
            {
                "fires": "Minutes",
                "given": {"data": ["internal"]},
                "misses": "A press release",
                "but": {"data": ["public"]},
            }
        ],
    }
    return {name: value for name, value in (rule | changed).items() if value is not None}


def a_change(**changed: Any) -> dict[str, Any]:
    change = {"rule": "tier-guarded-data", "level": 3, "because": "We look twice.", "source": "Our AI policy"}
    return {name: value for name, value in (change | changed).items() if value is not None}


def a_seat(**changed: Any) -> dict[str, Any]:
    seat: dict[str, Any] = {
        "id": "own-works-data",
        "role": "security",
        "when": INNER,
        "because": "Security looks at whatever leaves the house.",
        "source": "Our AI policy, section 3",
        "examples": a_rule()["examples"],
    }
    return {name: value for name, value in (seat | changed).items() if value is not None}


def a_file(
    *rules: dict[str, Any],
    changes: tuple[dict[str, Any], ...] = (),
    seats: tuple[dict[str, Any], ...] = (),
) -> str:
    whole = {"rules": list(rules), "seats": list(seats), "changes": list(changes)}
    plain = json.loads(
        json.dumps({name: some for name, some in whole.items() if some})
    )  # else it is full of aliases
    return str(yaml.safe_dump(plain, sort_keys=False))


def book(own: str) -> RuleBook:
    return load_book(FORM, own=own)


def judged(own: str, **answers: object) -> Verdict:
    stated = to_settings(EU, tool_in_catalogue=True)
    return judge(FORM, book(own), given(HARMLESS | answers), stated, DAY)


def test_their_rule_lifts_the_tier_and_every_reason_says_whose_it_is() -> None:
    verdict = judged(a_file(a_rule()))
    assert verdict.results["tier"].floor == 3
    (reason,) = [each for each in verdict.reasons if each.policy == OWN]
    assert (reason.rule, reason.level) == ("own-inner", 3)
    assert reason.because == "Internal papers are looked at twice here."
    assert reason.source == "Our AI policy, section 2"
    assert verdict.policies[-1].name == OWN


def test_a_rule_of_ours_that_they_moved_says_so_with_why() -> None:
    verdict = judged(a_file(changes=(a_change(),)), data=["confidential"])
    (reason,) = [each for each in verdict.reasons if each.rule == "tier-guarded-data"]
    assert (reason.policy, reason.level) == (OWN, 3)
    assert reason.because == "Confidential, personal or client data goes in. We look twice."
    assert reason.source.startswith("Our AI policy; House policy")


def test_a_rule_of_ours_at_the_mildest_level_lifts_nothing() -> None:
    assert judged(a_file(changes=(a_change(level=1),)), data=["confidential"]).results["tier"].floor == 1


@pytest.mark.parametrize("text", [EMPTY, "# nothing\n{}\n"])
def test_a_file_that_says_nothing_changes_nothing(text: str) -> None:
    assert book(text) == BOOK


def test_the_digest_is_that_of_every_sign() -> None:
    one, other = a_file(a_rule()), "# a remark\n" + a_file(a_rule())
    assert book(one).policies[-1].digest != book(other).policies[-1].digest
    assert book(one).policies[-1].digest != book(a_file(a_rule(level=2))).policies[-1].digest
    assert book(one).policies[-1].digest == book(one.replace("\n", "\r\n")).policies[-1].digest


FAULTY = {
    "no_source": (a_file(a_rule(source=None)), "own.yaml:2: own-inner: `source` is missing"),
    "no_because": (a_file(a_rule(because=None)), "`because` is missing"),
    "no_examples": (a_file(a_rule(examples=None)), "`examples` is missing"),
    "empty_examples": (a_file(a_rule(examples=[])), "is an empty list"),
    "foreign_id": (a_file(a_rule(id="tier-x")), "`tier-x` is no id of a rule of your own"),
    "shouting": (a_file(a_rule(id="OWN-1")), "is no id of a rule of your own"),
    "twice": (a_file(a_rule(), a_rule()), "`own-inner` stands in line 4 already"),
    "unknown_choice": (
        a_file(a_rule(when={"question": "data", "contains": "internall"})),
        "is not a choice of `data`. Did you mean `internal`?",
    ),
    "no_such_level": (a_file(a_rule(level=5)), "`5` is not a level of `tier`"),
    "a_flag": (a_file(a_rule(flag="vendor_review")), "`flag` is not a field here"),
    "the_law": (a_file(a_rule(result="eu", level="minimal")), "`eu` is not lifted by rules of your own"),
    "a_circle": (a_file(a_rule(when={"result": "tier", "reaches": 2})), "goes round in a circle"),
    "never": (a_file(a_rule(when={"all": [INNER, {"not": INNER}]})), "can never hold"),
    "a_rule_of_law": (
        a_file(changes=(a_change(rule="gdpr-special"),)),
        "is no rule of internal-tier that sets a tier",
    ),
    "a_flag_of_ours": (
        a_file(changes=(a_change(rule="tier-flag-data"),)),
        "is no rule of internal-tier that sets a tier",
    ),
    "changes_nothing": (a_file(changes=(a_change(level=2),)), "is the level of `tier-guarded-data` already"),
    "changed_twice": (a_file(changes=(a_change(), a_change(level=4))), "is changed twice"),
    "no_why": (a_file(changes=(a_change(because=None),)), "`because` is missing"),
    "a_word_for_a_level": (a_file(changes=(a_change(level="off"),)), "is not a level of `tier`"),
    "unknown_part": ("rules: [{}]\nflags: [x]\n", "`flags` is not a field here"),
    "a_list": ("- a\n", "must be a mapping of fields"),
    "no_text": ("# nothing", "is empty"),
    "no_yaml": ("rules: [", "is not valid YAML"),
    "aliases": ("rules: &a [x, *a]\n", "is an alias"),
    "an_abyss": ("rules: " + "[" * 5000 + "]" * 5000, "levels deep"),
    "too_long": ("# " + "x" * LONGEST_FILE, "is longer than"),
    "a_long_sentence": (a_file(a_rule(because="x" * 301)), "is longer than 300 characters"),
    "unseen_signs": (a_file(a_rule(because="a\u202eb")), "holds signs that cannot be seen"),
    "many": (a_file(*[a_rule(id=f"own-{n}") for n in range(201)]), "holds more than 200 entries"),
}


@pytest.mark.parametrize("name", FAULTY)
def test_every_fault_is_told_with_its_line(name: str) -> None:
    text, told = FAULTY[name]
    with pytest.raises(Damaged) as damaged:
        book(text)
    assert told in str(damaged.value)
    assert all(fault.line >= 1 and fault.mend for fault in damaged.value.faults)


def failures(own: str) -> list[str]:
    return [str(each) for each in prove(FORM, book(own), own_examples(FORM, own)).failures]


def test_examples_are_tried_on_both_sides() -> None:
    assert not failures(a_file(a_rule()))
    wrong = a_rule()["examples"][0] | {"but": {"data": ["internal", "public"]}}
    (failure,) = failures(a_file(a_rule(examples=[wrong])))
    assert "own-inner" in failure
    assert "it should miss, and it fires" in failure


def test_an_example_changes_one_thing() -> None:
    wrong = a_rule()["examples"][0] | {"but": {"data": ["public"], "area": ["none"]}}
    with pytest.raises(Damaged, match="must change exactly one thing"):
        own_examples(FORM, a_file(a_rule(examples=[wrong])))


LOOSER: dict[str, tuple[str, str, set[tuple[str, How]]]] = {
    "a_new_rule": (EMPTY, a_file(a_rule()), set()),
    "a_change_upwards": (EMPTY, a_file(changes=(a_change(),)), set()),
    "a_change_downwards": (
        EMPTY,
        a_file(changes=(a_change(level=1),)),
        {("tier-guarded-data", How.lowered)},
    ),
    "taken_back": (a_file(a_rule()), EMPTY, {("own-inner", How.removed)}),
    "a_change_taken_back": (
        a_file(changes=(a_change(),)),
        EMPTY,
        {("tier-guarded-data", How.lowered), ("iso-full-tier", How.narrowed)},
    ),
    "lowered": (a_file(a_rule()), a_file(a_rule(level=2)), {("own-inner", How.lowered)}),
    "raised": (a_file(a_rule()), a_file(a_rule(level=4)), set()),
    "of_another_result": (
        a_file(a_rule()),
        a_file(a_rule(result="dpia", level="presumed")),
        {("own-inner", How.removed)},
    ),
    "one_more_way": (a_file(a_rule()), a_file(a_rule(when={"any": [INNER, TALKS]})), set()),
    "one_more_choice": (
        a_file(a_rule()),
        a_file(a_rule(when={"question": "data", "contains": ["internal", "public"]})),
        set(),
    ),
    "one_more_demand": (
        a_file(a_rule()),
        a_file(a_rule(when={"all": [INNER, TALKS]})),
        {("own-inner", How.narrowed)},
    ),
    "one_demand_less": (a_file(a_rule(when={"all": [INNER, TALKS]})), a_file(a_rule()), set()),
    "another_condition": (a_file(a_rule()), a_file(a_rule(when=TALKS)), {("own-inner", How.narrowed)}),
    "other_words": (a_file(a_rule()), a_file(a_rule(because="Said anew.")), set()),
    "one_more_exception": (
        a_file(a_rule(when={"all": [INNER, {"none": [TALKS]}]})),
        a_file(a_rule(when={"all": [INNER, {"none": [TALKS, STAFF]}]})),
        {("own-inner", How.narrowed)},
    ),
    "one_exception_less": (
        a_file(a_rule(when={"all": [INNER, {"none": [TALKS, STAFF]}]})),
        a_file(a_rule(when={"all": [INNER, {"none": [TALKS]}]})),
        set(),
    ),
    "fewer_of_several": (
        a_file(a_rule(when={"at_least": {"count": 2, "of": [INNER, TALKS]}})),
        a_file(a_rule(when={"at_least": {"count": 1, "of": [STAFF, TALKS, INNER]}})),
        set(),
    ),
    "more_of_several": (
        a_file(a_rule(when={"at_least": {"count": 2, "of": [INNER, TALKS, STAFF]}})),
        a_file(a_rule(when={"at_least": {"count": 3, "of": [INNER, TALKS, STAFF]}})),
        {("own-inner", How.narrowed)},
    ),
}


@pytest.mark.parametrize("name", LOOSER)
def test_what_is_looser_is_worked_out(name: str) -> None:
    old, new, expected = LOOSER[name]
    found = {(each.rule, each.how) for each in loosened(book(old), book(new))}
    own_and_moved = {each for each in found if not each[0].startswith("iso-")}
    assert bool(found) is bool(expected)
    assert {each for each in expected if not each[0].startswith("iso-")} == own_and_moved


def a_condition(dice: random.Random, deep: int = 3) -> dict[str, Any]:
    leaves = [
        {"question": question.id, "contains" if question.kind.value == "many" else "is": choice.id}
        for question in FORM.questions()
        if question.id in ("data", "people", "output_use", "kind", "area")
        for choice in question.choices
    ]
    if deep == 0 or dice.random() < 0.35:
        return dice.choice(leaves)
    parts = [a_condition(dice, deep - 1) for _ in range(dice.randint(1, 3))]
    kind = dice.choice(("all", "any", "none", "at_least"))
    return (
        {kind: {"count": dice.randint(1, len(parts)), "of": parts}} if kind == "at_least" else {kind: parts}
    )


def a_drawn_book(dice: random.Random, base: dict[str, Any] | None) -> tuple[dict[str, Any], RuleBook]:
    """Changed from `base` in some of its rules; drawn again until it can be read."""
    while True:
        rules = dict(base or {})
        for name in ("own-a", "own-b", "own-c"):
            way = dice.random()
            if way < 0.25 or name not in rules:
                rules[name] = a_rule(id=name, level=dice.randint(2, 4), when=a_condition(dice))
            elif way < 0.6:
                widened = {"any": [rules[name]["when"], a_condition(dice, 1)]}
                rules[name] = rules[name] | {"when": widened, "level": dice.randint(2, 4)}
        changes = tuple(a_change(rule=rule, level=level) for rule, level in rules.get("", {}).items())
        if dice.random() < 0.5:
            rules[""] = {"tier-guarded-data": dice.choice((1, 3, 4))}
            changes = tuple(a_change(rule=rule, level=level) for rule, level in rules[""].items())
        try:
            return rules, book(a_file(*(rules[name] for name in sorted(rules) if name), changes=changes))
        except Damaged:
            continue


def test_what_is_not_called_looser_never_lowers_a_bound_and_the_law_never_moves() -> None:
    dice = random.Random(20)
    stricter = moved = 0
    for _ in range(60):
        before, old = a_drawn_book(dice, None)
        _, new = a_drawn_book(dice, before)
        is_stricter = not loosened(old, new)
        stricter += is_stricter
        for _ in range(25):
            answers, stated = draw(FORM, dice)
            was, now = (judge(FORM, each, answers, stated, DAY) for each in (old, new))
            assert was.results["eu"] == now.results["eu"]
            assert (was.flags, was.flags_open) == (now.flags, now.flags_open)
            moved += was.results != now.results
            if is_stricter:
                assert not _lower(old, was, now)
    assert stricter >= 5
    assert moved >= 50


def _lower(one: RuleBook, was: Verdict, now: Verdict) -> list[str]:
    levels = {result.name: result.levels for result in one.results}
    return [
        name
        for name, bounds in was.results.items()
        for before, after in (
            (bounds.floor, now.results[name].floor),
            (bounds.ceiling, now.results[name].ceiling),
        )
        if levels[name].index(after) < levels[name].index(before)
    ]


def test_somebody_more_is_asked_and_the_verdict_says_by_which_seat() -> None:
    (seat,) = [each for each in judged(a_file(seats=(a_seat(),))).seats if each.role == "security"]
    assert seat.by == ("own-works-data",)
    assert "security" not in [each.role for each in judged(EMPTY).seats]
    assert judged(a_file(seats=(a_seat(),))).results == judged(EMPTY).results


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": "works-data"}, "is no id of a rule of your own"),
        ({"role": "secretary"}, "is no role that decides"),
        ({"unless": ["committee"]}, "unless"),
        ({"because": None}, "because"),
        ({"people": 0}, "is too few"),
    ],
)
def test_a_seat_that_cannot_be_read_says_why(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Damaged) as damaged:
        book(a_file(seats=(a_seat(**changed),)))
    assert said in str(damaged.value)


LESS: dict[str, tuple[dict[str, Any], How]] = {
    "gone": ({}, How.removed),
    "fewer": ({"people": 1}, How.lowered),
    "not apart": ({"apart": False}, How.lowered),
    "more may stand in": ({"fallback": ["governance_lead", "legal"]}, How.lowered),
    "another role": ({"role": "privacy"}, How.removed),
    "less often": ({"when": {"all": [INNER, STAFF]}}, How.narrowed),
}
FIRM = {"people": 2, "apart": True, "fallback": ["governance_lead"]}


@pytest.mark.parametrize("how", LESS)
def test_whoever_is_asked_less_is_called_looser(how: str) -> None:
    changed, expected = LESS[how]
    old = book(a_file(seats=(a_seat(**FIRM),)))
    new = book(EMPTY if how == "gone" else a_file(seats=(a_seat(**FIRM | changed),)))
    assert [(each.rule, each.how) for each in loosened(old, new)] == [("own-works-data", expected)]
    assert loosened(new, old) == () or how in ("another role",)


def test_somebody_more_is_nothing_looser() -> None:
    assert loosened(book(EMPTY), book(a_file(seats=(a_seat(),)))) == ()
    wider = a_seat(when={"any": [INNER, STAFF]})
    assert loosened(book(a_file(seats=(a_seat(),))), book(a_file(seats=(wider,)))) == ()


def test_what_other_seats_change_is_told() -> None:
    old, new = book(EMPTY), book(a_file(seats=(a_seat(),)))
    (told,) = amended(old, new)
    assert (told.rule, told.how.value, told.before, told.after) == (
        "own-works-data",
        "new",
        "",
        "role.security",
    )
    (back,) = amended(new, old)
    assert (back.how.value, back.before, back.after) == ("gone", "role.security", "")


def test_a_seat_of_theirs_lets_nobody_off_whom_our_rules_call() -> None:
    own = a_seat(id="own-committee", role="committee", fallback=["reviewer"], when={"any": [INNER, STAFF]})
    high = {"people": ["staff_applicants"], "area": ["employment"], "function": "employment.ranking"}
    before, after = judged(EMPTY, **high), judged(a_file(seats=(own,)), **high)
    assert {seat.role for seat in before.seats} <= {seat.role for seat in after.seats}
    ours = {seat.role: (seat.step, seat.fallback) for seat in before.seats}
    assert all((seat.step, seat.fallback) == ours[seat.role] for seat in after.seats if seat.role in ours)


def test_the_examples_beside_a_seat_of_theirs_are_its_own() -> None:
    own = a_file(seats=(a_seat(),))
    examples = own_examples(FORM, own)
    assert {example.rule for example in examples} == {"own-works-data"}
    assert prove(FORM, book(own), examples).failures == ()
