"""Plain values become Slack's state, and Slack's own checks come before the app's."""

from typing import Any

import pytest

from bot.sandbox.errors import Impossible
from bot.sandbox.values import REQUIRED, initial, problems, state_of, to_state

A = {"text": {"type": "plain_text", "text": "A"}, "value": "a"}
B = {"text": {"type": "plain_text", "text": "B"}, "value": "b"}


def element(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "v"} | more


STATES: dict[str, tuple[dict[str, Any], Any, dict[str, Any]]] = {
    "text": (element("plain_text_input"), "hi", {"value": "hi"}),
    "no text": (element("plain_text_input"), "", {"value": None}),
    "number": (element("number_input"), "3", {"value": "3"}),
    "select": (element("static_select", options=[A, B]), "b", {"selected_option": B}),
    "no choice": (element("radio_buttons", options=[A, B]), None, {"selected_option": None}),
    "grouped": (element("static_select", option_groups=[{"options": [A]}]), "a", {"selected_option": A}),
    "several": (element("multi_static_select", options=[A, B]), ["b", "a"], {"selected_options": [A, B]}),
    "boxes": (element("checkboxes", options=[A, B]), [], {"selected_options": []}),
    "person": (element("users_select"), "U1", {"selected_user": "U1"}),
    "people": (element("multi_users_select"), ["U1", "U2"], {"selected_users": ["U1", "U2"]}),
    "place": (element("conversations_select"), "C1", {"selected_conversation": "C1"}),
    "places": (element("multi_conversations_select"), ["C1"], {"selected_conversations": ["C1"]}),
    "channels": (element("multi_channels_select"), [], {"selected_channels": []}),
    "found by the app": (element("external_select"), A, {"selected_option": A}),
    "several found": (element("multi_external_select"), [A, B], {"selected_options": [A, B]}),
    "moment": (element("datetimepicker"), 1796025600, {"selected_date_time": 1796025600}),
    "files": (element("file_input"), [{"id": "F1"}], {"files": [{"id": "F1"}]}),
    "no rich text": (element("rich_text_input"), None, {}),
    "date": (element("datepicker"), "2026-05-12", {"selected_date": "2026-05-12"}),
}


@pytest.mark.parametrize(("part", "value", "state"), STATES.values(), ids=STATES.keys())
def test_state(part: dict[str, Any], value: Any, state: dict[str, Any]) -> None:
    assert to_state(part, value) == {"type": part["type"]} | state


def test_rich_text_is_handed_in_as_such_and_shown_as_words() -> None:
    part = element("rich_text_input")
    rich = to_state(part, "Hello\nthere")["rich_text_value"]
    assert rich["elements"][0]["elements"] == [{"type": "text", "text": "Hello\nthere"}]
    assert initial(part | {"initial_value": rich}) == "Hello\nthere"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        (element("external_select"), "a"),
        (element("datetimepicker"), "2026-05-12"),
        (element("multi_users_select", max_selected_items=1), ["U1", "U2"]),
        (element("file_input", max_files=1), [{"id": "F1"}, {"id": "F2"}]),
    ],
)
def test_what_no_person_could_put_in(part: dict[str, Any], value: Any) -> None:
    with pytest.raises(Impossible):
        to_state(part, value)


def test_initial_values_are_the_state_of_an_untouched_view() -> None:
    parts = [
        element("static_select", options=[A, B], initial_option=B),
        element("checkboxes", options=[A, B], initial_options=[A]),
        element("plain_text_input", initial_value="hi"),
    ]
    blocks = [{"type": "input", "block_id": str(i), "element": part} for i, part in enumerate(parts)]
    state = state_of(blocks, {"2": {"v": "bye"}})
    assert state["0"]["v"]["selected_option"] == B
    assert state["1"]["v"]["selected_options"] == [A]
    assert state["2"]["v"]["value"] == "bye"


def test_a_choice_that_is_not_offered_is_impossible() -> None:
    with pytest.raises(LookupError, match="offers a, b"):
        to_state(element("static_select", options=[A, B]), "c")
    with pytest.raises(LookupError, match="at most 1"):
        to_state(element("multi_static_select", options=[A, B], max_selected_items=1), ["a", "b"])


PROBLEMS: dict[str, tuple[dict[str, Any], Any, str]] = {
    "nothing": (element("plain_text_input"), None, REQUIRED),
    "blank": (element("plain_text_input"), "  ", REQUIRED),
    "no boxes": (element("checkboxes", options=[A]), [], REQUIRED),
    "short": (element("plain_text_input", min_length=3), "ab", "at least 3"),
    "long": (element("plain_text_input", max_length=3), "abcd", "no more than 3"),
    "no number": (element("number_input", is_decimal_allowed=True), "many", "a number"),
    "no whole number": (element("number_input", is_decimal_allowed=False), "1.5", "whole number"),
    "small": (element("number_input", is_decimal_allowed=False, min_value="2"), "1", "at least 2"),
    "big": (element("number_input", is_decimal_allowed=False, max_value="2"), "3", "at most 2"),
    "no mail": (element("email_text_input"), "me", "email"),
    "no link": (element("url_text_input"), "me", "URL"),
}


@pytest.mark.parametrize(("part", "value", "words"), PROBLEMS.values(), ids=PROBLEMS.keys())
def test_problems(part: dict[str, Any], value: Any, words: str) -> None:
    blocks = [{"type": "input", "block_id": "b", "element": part}]
    assert words in problems(blocks, {"b": {"v": value}})["b"]


def test_optional_inputs_may_stay_empty() -> None:
    blocks = [
        {
            "type": "input",
            "block_id": "b",
            "optional": True,
            "element": element("plain_text_input", min_length=5),
        }
    ]
    assert problems(blocks, {}) == {}
