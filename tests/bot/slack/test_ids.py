"""What a press carries comes back as it was given."""

from __future__ import annotations

import pytest

from bot.slack import blocks as b
from bot.slack.elements import read_press
from bot.slack.ids import (
    Action,
    Press,
    drawn,
    from_value,
    heard,
    named,
    to_block_id,
    to_value,
)
from bot.slack.ticking import ticked

PRESS = Press(
    case="4f1c2a9be07d4d0c8a64f8d1c0ffee00", turn=12, question="function", choice="employment.ranking"
)


def test_a_press_comes_back_from_a_button() -> None:
    button = b.button(Action.CHOOSE, "Yes", to_value(PRESS), number=3)
    assert button["action_id"] == "choose.3"
    assert read_press(button) == PRESS


@pytest.mark.parametrize(
    "made",
    [
        {"type": "static_select", "selected_option": {"value": "employment.ranking"}},
        {"type": "overflow", "selected_option": {"value": "employment.ranking"}},
        {"type": "users_select", "selected_user": "employment.ranking"},
        {"type": "datepicker", "selected_date": "employment.ranking"},
    ],
    ids=lambda made: str(made["type"]),
)
def test_a_choice_comes_back_with_the_row_it_was_made_in(made: dict[str, object]) -> None:
    row = to_block_id("one", PRESS._replace(choice=""))
    assert read_press({**made, "block_id": row}) == PRESS


def test_ticks_are_those_of_the_same_question() -> None:
    press = PRESS._replace(choice="")
    held = {"pick": {"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]}}
    assert ticked({to_block_id("many", press): held}, press) == ("a", "b")
    assert ticked({to_block_id("many", press._replace(turn=11)): held}, press) == ()
    assert ticked({to_block_id("many", press): {"pick": {"selected_options": None}}}, press) == ()


@pytest.mark.parametrize("value", ["", "nonsense", "a|b|c|d", "a|1|b"])
def test_what_is_not_ours_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        from_value(value)


@pytest.mark.parametrize("action", Action)
def test_every_drawn_form_is_heard_and_no_other(action: Action) -> None:
    assert heard(action).fullmatch(drawn(action))
    assert heard(action).fullmatch(drawn(action, 7))
    assert named(drawn(action, 7)) is action
    assert not [other for other in Action if other is not action and heard(action).fullmatch(drawn(other, 1))]


def test_an_unknown_action_is_not_ours() -> None:
    with pytest.raises(ValueError):
        named("approve_everything")
