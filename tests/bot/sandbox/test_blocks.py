"""What Slack refuses in blocks and views, case by case, and where the refusal says it is."""

import contextlib
import copy
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.sandbox.blockcheck import refuse_bad_blocks
from bot.sandbox.errors import Refusal
from bot.sandbox.values import state_of
from bot.sandbox.viewcheck import refuse_bad_view

Json = dict[str, Any]


def plain(text: str = "Fine") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Fine") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: Any = "a", text: str = "Fine", **more: Any) -> Json:
    return {"text": plain(text), "value": value} | more


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> Json:
    return {"type": "button", "action_id": "go", "text": plain()} | more


def select(**more: Any) -> Json:
    found = {"type": "static_select", "action_id": "pick", "options": [option()]} | more
    return {name: part for name, part in found.items() if part is not ...}


def input_(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(), "element": element} | more


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "v"} | more


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
MANY = [option(str(i)) for i in range(101)]

GOOD = {
    "nothing to press": [section(), {"type": "divider"}, {"type": "header", "text": plain("x" * 150)}],
    "longest section": [section(text=mrkdwn("x" * 3000))],
    "fields only": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 6 + [mrkdwn()] * 4}],
    "context": [{"type": "context", "elements": [mrkdwn()] * 10}],
    "buttons": [actions(*(button(action_id=f"b{i}") for i in range(25)))],
    "button at its limits": [
        actions(button(text=plain("x" * 75), value="v" * 2000, style="danger", confirm=CONFIRM))
    ],
    "hundred options": [section(accessory=select(options=MANY[:100], initial_option=MANY[99]))],
    "groups": [
        section(accessory=select(options=..., option_groups=[{"label": plain(), "options": [option()]}]))
    ],
    "same action in two blocks": [actions(button()), actions(button())],
    "checkboxes": [actions({"type": "checkboxes", "action_id": "c", "options": [option(text="*x*")]})],
    "date": [input_({"type": "datepicker", "action_id": "d", "initial_date": "2026-05-12"})],
    "people": [input_({"type": "multi_users_select", "action_id": "u", "initial_users": ["U1"]})],
    "number": [
        input_({"type": "number_input", "action_id": "n", "is_decimal_allowed": False, "min_value": "1"})
    ],
    "image": [{"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A chart"}],
    "rich text": [
        rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"})
    ],
    "overflow": [actions({"type": "overflow", "action_id": "o", "options": [option()]})],
}

BAD = {
    "fifty-one blocks": ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "not a list": ({}, "must be an array [json-pointer:/blocks]"),
    "unknown block": ([{"type": "table"}], "unsupported type: table [json-pointer:/blocks/0]"),
    "no type": ([{}], "unsupported type: none [json-pointer:/blocks/0]"),
    "unknown field": (
        [section(colour="red")],
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ),
    "null field": ([section(accessory=None)], "must not be null [json-pointer:/blocks/0/accessory]"),
    "empty section": ([{"type": "section"}], "missing required field: text [json-pointer:/blocks/0]"),
    "empty text": (
        [section(text=mrkdwn(""))],
        "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
    ),
    "long section": (
        [section(text=mrkdwn("x" * 3001))],
        "must be less than 3001 characters [json-pointer:/blocks/0/text",
    ),
    "bare string as text": (
        [section(text="x")],
        "must be a plain_text or mrkdwn object [json-pointer:/blocks/0/text]",
    ),
    "emoji flag in mrkdwn": (
        [section(text=mrkdwn() | {"emoji": True})],
        "invalid additional property: emoji",
    ),
    "long header": ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    "mrkdwn header": ([{"type": "header", "text": mrkdwn()}], "must be a plain_text object"),
    "eleven fields": (
        [section(fields=[mrkdwn()] * 11)],
        "no more than 10 items allowed [json-pointer:/blocks/0/fields",
    ),
    "long field": ([section(fields=[mrkdwn("x" * 2001)])], "must be less than 2001 characters"),
    "eleven in context": ([{"type": "context", "elements": [mrkdwn()] * 11}], "no more than 10 items"),
    "no buttons": ([actions()], "must have at least 1 items [json-pointer:/blocks/0/elements]"),
    "26 buttons": ([actions(*(button(action_id=f"b{i}") for i in range(26)))], "no more than 25 items"),
    "long button": ([actions(button(text=plain("x" * 76)))], "must be less than 76 characters"),
    "long button value": ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    "button value is a number": (
        [actions(button(value=7))],
        "must be a string [json-pointer:/blocks/0/elements/0/value",
    ),
    "mrkdwn button": ([actions(button(text=mrkdwn()))], "must be a plain_text object"),
    "odd style": ([actions(button(style="warning"))], "must be one of: primary, danger"),
    "long action_id": ([actions(button(action_id="x" * 256))], "must be less than 256 characters"),
    "long block_id": ([section(block_id="x" * 256)], "must be less than 256 characters"),
    "block_id twice": ([section(block_id="a")] * 2, "`block_id` must be unique: a [json-pointer:/blocks/1]"),
    "action_id twice": (
        [actions(button(), button())],
        "`action_id` must be unique: go [json-pointer:/blocks/0]",
    ),
    "text input in actions": ([actions(typed())], "unsupported type: plain_text_input"),
    "button in input": ([input_(button())], "unsupported type: button [json-pointer:/blocks/0/element]"),
    "no options": ([section(accessory=select(options=[]))], "must have at least 1 items"),
    "neither options nor groups": (
        [section(accessory=select(options=...))],
        "either options or option_groups",
    ),
    "101 options": ([section(accessory=select(options=MANY))], "no more than 100 items allowed"),
    "long option value": (
        [section(accessory=select(options=[option("x" * 76)]))],
        "must be less than 76 characters",
    ),
    "option value is a number": ([section(accessory=select(options=[option(1)]))], "must be a string"),
    "long option text": (
        [section(accessory=select(options=[option(text="x" * 76)]))],
        "must be less than 76",
    ),
    "option twice": ([section(accessory=select(options=[option(), option()]))], "`value` must be unique: a"),
    "strange initial": ([section(accessory=select(initial_option=option("z")))], "must be among the options"),
    "eleven checkboxes": (
        [actions({"type": "checkboxes", "action_id": "c", "options": MANY[:11]})],
        "no more than 10 items allowed",
    ),
    "six in overflow": (
        [actions({"type": "overflow", "action_id": "o", "options": MANY[:6]})],
        "no more than 5 items",
    ),
    "long placeholder": ([section(accessory=select(placeholder=plain("x" * 151)))], "must be less than 151"),
    "odd date": (
        [input_({"type": "datepicker", "action_id": "d", "initial_date": "12.05.2026"})],
        "must be a date",
    ),
    "max_length": ([input_(typed(max_length=3001))], "must be a whole number from 1 to 3000"),
    "number without kind": (
        [input_({"type": "number_input", "action_id": "n"})],
        "missing required field: is_decimal",
    ),
    "input without label": ([{"type": "input", "element": typed()}], "missing required field: label"),
    "long confirm": (
        [actions(button(confirm=CONFIRM | {"confirm": plain("x" * 31)}))],
        "must be less than 31",
    ),
    "confirm without text": (
        [actions(button(confirm={"title": plain()}))],
        "missing required field: confirm",
    ),
    "image without words": (
        [{"type": "image", "image_url": "https://x.example/a.png"}],
        "missing required field: alt_text",
    ),
    "odd rich text": ([rich({"type": "markup", "text": "x"})], "unsupported type: markup"),
    "empty rich text": ([rich({"type": "text", "text": ""})], "must be more than 0 characters"),
}


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD.keys())
def test_good_blocks_pass(blocks: list[Json]) -> None:
    refuse_bad_blocks(blocks)


@pytest.mark.parametrize(("blocks", "message"), BAD.values(), ids=BAD.keys())
def test_bad_blocks_are_refused_and_named(blocks: Any, message: str) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_bad_blocks(blocks)
    assert refused.value.error == "invalid_blocks"
    assert any(message in line for line in refused.value.messages), refused.value.messages


def test_many_long_blocks_are_too_much_together() -> None:
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        refuse_bad_blocks([section(text=mrkdwn("x" * 2900))] * 5)
    refuse_bad_blocks([section(text=mrkdwn("x" * 2900))] * 4)


MODAL = {"type": "modal", "title": plain("x" * 24), "blocks": [section()]}
BAD_VIEWS: dict[str, tuple[Callable[[], Any], str]] = {
    "long title": (
        lambda: MODAL | {"title": plain("x" * 25)},
        "less than 25 characters [json-pointer:/view/title/text]",
    ),
    "long submit": (lambda: MODAL | {"submit": plain("x" * 25)}, "json-pointer:/view/submit/text"),
    "long close": (lambda: MODAL | {"close": plain("x" * 25)}, "json-pointer:/view/close/text"),
    "input without submit": (lambda: MODAL | {"blocks": [input_(typed())]}, "`submit` is required"),
    "metadata": (lambda: MODAL | {"private_metadata": "x" * 3001}, "less than 3001 characters"),
    "callback_id": (lambda: MODAL | {"callback_id": "x" * 256}, "less than 256 characters"),
    "no blocks": (lambda: MODAL | {"blocks": []}, "at least 1 items"),
    "101 blocks": (lambda: MODAL | {"blocks": [section()] * 101}, "no more than 100 items allowed"),
    "unknown field": (lambda: MODAL | {"size": "big"}, "invalid additional property: size"),
    "a home": (lambda: MODAL | {"type": "home"}, "must be one of: modal"),
    "not an object": (list, "must be one of: modal"),
}


@pytest.mark.parametrize(("view", "message"), BAD_VIEWS.values(), ids=BAD_VIEWS.keys())
def test_bad_views_are_refused_and_named(view: Callable[[], Any], message: str) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_bad_view(view(), "modal")
    assert refused.value.error == "invalid_arguments"
    assert any(message in line for line in refused.value.messages), refused.value.messages


def test_a_full_view_passes() -> None:
    view = MODAL | {
        "blocks": [section()] * 99 + [input_(typed())],
        "submit": plain("Send"),
        "close": plain("No"),
    }
    assert refuse_bad_view(view, "modal") == view
    with pytest.raises(Refusal, match="view_too_large"):
        refuse_bad_view(MODAL | {"blocks": [section(text=mrkdwn("x" * 2900))] * 100}, "modal")


JUNK: list[Any] = [
    None,
    "",
    1,
    [],
    {},
    True,
    "x",
    [None],
    {"type": "x"},
    [[]],
    {"type": ["a"]},
    {"value": {}},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every part of a structure."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD.keys())
def test_any_part_may_be_junk_and_is_refused_or_accepted_but_never_a_crash(blocks: list[Json]) -> None:
    some = [path for path in places(blocks) if path][:60]
    for path, junk in itertools.product(some, JUNK):
        broken: Any = copy.deepcopy(blocks)
        part = broken
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = copy.deepcopy(junk)
        with contextlib.suppress(Refusal):
            refuse_bad_blocks(broken)
            assert state_of([block | {"block_id": "b"} for block in broken], {}) is not None
