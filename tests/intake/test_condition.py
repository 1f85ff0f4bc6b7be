"""Three-valued conditions: the unknown is neither true nor false, and learning more takes no truth back."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import NOT_ASKED, UNSURE, Answer, answered, unsure
from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated, Truth, View

TRUTHS: tuple[Truth, ...] = (True, False, None)
GATES: dict[str, Condition] = {"a": Always(), "b": Asked(question="a", picked=frozenset("y")), "c": Always()}
ANSWERS = (NOT_ASKED, UNSURE, answered("y"), answered("n"))


def told(truth: Truth) -> Condition:
    """A condition of that truth for the sight below: settings x (yes), and z (not stated)."""
    if truth is None:
        return Stated(setting="z", values=frozenset(("yes",)))
    return Stated(setting="x", values=frozenset(("yes",) if truth else ("no",)))


SIGHT = View({}, {}, {"x": ("yes",)})


@pytest.mark.parametrize("parts", list(product(TRUTHS, repeat=3)))
def test_all_any_and_at_least_follow_kleene(parts: tuple[Truth, ...]) -> None:
    of = tuple(map(told, parts))
    low, high = [part is True for part in parts], [part is not False for part in parts]
    for condition, sure, possible in (
        (Every(of=of), all(low), all(high)),
        (Some(of=of), any(low), any(high)),
        (Some(of=of, count=2), sum(low) >= 2, sum(high) >= 2),
        (Not(of=Every(of=of)), not all(high), not all(low)),
    ):
        assert condition.truth(SIGHT) is (True if sure else None if possible else False)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NOT_ASKED, None),
        (UNSURE, None),
        (unsure("y"), True),
        (unsure("n"), None),
        (answered("y"), True),
        (answered("n", "y"), True),
        (answered("n"), False),
    ],
)
def test_an_answer_is_compared_as_far_as_it_is_known(answer: Answer, expected: Truth) -> None:
    assert Asked(question="a", picked=frozenset("y")).truth(View(GATES, {"a": answer})) is expected


@pytest.mark.parametrize(
    ("gate", "answer", "expected"),
    [
        (answered("n"), answered("y"), False),
        (answered("y"), answered("y"), True),
        (UNSURE, answered("y"), None),
        (UNSURE, answered("n"), False),
        (UNSURE, NOT_ASKED, None),
        (answered("n"), NOT_ASKED, False),
    ],
)
def test_a_hidden_answer_counts_as_no_and_a_doubtful_one_as_open(
    gate: Answer, answer: Answer, expected: Truth
) -> None:
    sight = View(GATES, {"a": gate, "b": answer})
    assert Asked(question="b", picked=frozenset("y")).truth(sight) is expected


def conditions() -> st.SearchStrategy[Condition]:
    leaves = st.sampled_from("abc").map(lambda name: Asked(question=name, picked=frozenset("y")))
    return st.recursive(
        leaves,
        lambda below: st.one_of(
            below.map(lambda part: Not(of=part)),
            st.lists(below, min_size=1, max_size=3).map(lambda parts: Every(of=tuple(parts))),
            st.lists(below, min_size=2, max_size=3).map(lambda parts: Some(of=tuple(parts), count=2)),
            st.lists(below, min_size=1, max_size=3).map(lambda parts: Some(of=tuple(parts))),
        ),
        max_leaves=8,
    )


@given(conditions(), st.tuples(*[st.sampled_from(ANSWERS)] * 3), st.sets(st.sampled_from("abc")))
def test_withholding_never_makes_anything_sure(
    condition: Condition, given_answers: tuple[Answer, ...], withheld: set[str]
) -> None:
    whole = dict(zip("abc", given_answers, strict=True))
    less = {name: UNSURE if name in withheld else answer for name, answer in whole.items()}
    before, after = condition.truth(View(GATES, whole)), condition.truth(View(GATES, less))
    assert after is None or after is before


@given(conditions(), st.tuples(*[st.sampled_from(ANSWERS)] * 3))
def test_only_open_questions_and_their_gates_can_settle_a_condition(
    condition: Condition, given_answers: tuple[Answer, ...]
) -> None:
    answers = dict(zip("abc", given_answers, strict=True))
    sight = View(GATES, answers)
    opened = condition.open_questions(sight)
    assert bool(opened) is (condition.truth(sight) is None)
    assert opened <= condition.questions()
