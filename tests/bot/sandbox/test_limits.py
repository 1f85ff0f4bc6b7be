"""What Slack takes and what it refuses, over whole corpora: every limit is met by a payload with one thing wrong."""

import copy
import json
import re
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox.blockcheck import MESSAGE, refuse_bad_blocks
from bot.sandbox.elements import ELEMENTS
from bot.sandbox.errors import Refusal
from bot.sandbox.fields import Kinds, Report, Row
from bot.sandbox.values import state_of
from bot.sandbox.viewcheck import VIEWS as KINDS
from bot.sandbox.viewcheck import refuse_bad_view
from tests.bot.sandbox.corpus import MESSAGES, VIEWS, Broken, at_the_limit, broken

BROKEN_MESSAGES = [*broken("blocks", MESSAGES, "/blocks"), *broken("elements", MESSAGES, "/blocks")]
BROKEN_VIEWS = [*broken("views", VIEWS, "/view")]
PLACE = re.compile(r"\[json-pointer:(.*?)\]$")
WINDOW = {view: "home" if name == "home" else "modal" for view, name in ((n, n.split()[0]) for n in VIEWS)}


def by_name(case: Broken) -> str:
    return case.name


def places(refusal: Refusal) -> list[str]:
    return [found[1] for line in refusal.messages if (found := PLACE.search(line))]


@pytest.mark.parametrize("name", MESSAGES)
def test_slack_takes_the_message(name: str) -> None:
    refuse_bad_blocks(MESSAGES[name])


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_the_view(name: str) -> None:
    assert refuse_bad_view(VIEWS[name], WINDOW[name]) == VIEWS[name]


@pytest.mark.parametrize("case", BROKEN_MESSAGES, ids=by_name)
def test_slack_refuses_the_message_and_names_the_place(case: Broken) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_bad_blocks(case.payload)
    assert refused.value.error == "invalid_blocks"
    assert places(refused.value) == [case.place], refused.value.messages


@pytest.mark.parametrize("case", BROKEN_VIEWS, ids=by_name)
def test_slack_refuses_the_view_and_names_the_place(case: Broken) -> None:
    with pytest.raises(Refusal) as refused:
        refuse_bad_view(case.payload, "home" if case.name.startswith("home") else "modal")
    assert refused.value.error == "invalid_arguments"
    assert places(refused.value) == [case.place], refused.value.messages


def test_what_reaches_a_limit_and_does_not_pass_it_is_taken() -> None:
    tried = 0
    for file, valid in (("blocks", MESSAGES), ("elements", MESSAGES), ("views", VIEWS)):
        for name, payload in at_the_limit(file, valid):
            report = Report()
            row = MESSAGE if isinstance(payload, list) else KINDS[payload["type"]]
            row.check(payload, "", report)
            assert report.messages == [], name
            tried += 1
    assert tried > 50


def walk(row: Row, name: str, seen: dict[Row, str]) -> None:
    """Every row below this one, with the way to it."""
    if row not in seen:
        seen[row] = name
        for part, below in row.rows():
            walk(below, f"{name}/{part}", seen)


def test_every_limit_is_met_by_a_broken_payload() -> None:
    rows: dict[Row, str] = {}
    walk(MESSAGE, "message", rows)
    for kind, row in KINDS.items():
        walk(row, kind, rows)
    report = Report()
    for case in BROKEN_MESSAGES:
        MESSAGE.check(case.payload, "", report)
    for case in BROKEN_VIEWS:
        KINDS["home" if case.name.startswith("home") else "modal"].check(case.payload, "", report)
    met = set(report.met)
    unmet = [
        f"{name}: {limit}" for row, name in rows.items() for limit in row.limits() if (row, limit) not in met
    ]
    assert not unmet
    assert len(BROKEN_MESSAGES) + len(BROKEN_VIEWS) > 200


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a payload."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(part)


def test_every_block_and_element_is_used_by_a_valid_payload() -> None:
    used = {part.get("type") for part in objects([MESSAGES, VIEWS])}
    blocks = MESSAGE.item
    assert isinstance(blocks, Kinds)
    assert {*blocks.kinds, *ELEMENTS} <= used


@pytest.mark.parametrize("name", MESSAGES)
def test_an_unknown_field_is_refused_wherever_it_stands(name: str) -> None:
    for number, _ in enumerate(objects(MESSAGES[name])):
        payload = copy.deepcopy(MESSAGES[name])
        list(objects(payload))[number]["colour"] = "red"
        with pytest.raises(Refusal, match="invalid additional property: colour"):
            refuse_bad_blocks(payload)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_libraries_own_classes_know_every_field_of_the_valid_messages(name: str) -> None:
    """A second opinion: Slack's SDK warns of fields it does not know, and refuses some of what Slack refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in Block.parse_all(copy.deepcopy(MESSAGES[name])):
            block.validate_json()


@pytest.mark.parametrize("name", VIEWS)
def test_the_libraries_own_classes_know_every_field_of_the_valid_views(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        View(**copy.deepcopy(VIEWS[name])).validate_json()


def sections(blocks: list[dict[str, Any]], characters: int) -> list[dict[str, Any]]:
    """So many blocks more that the whole has so many characters as JSON."""
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    while characters - size([*blocks, long]) > 200:
        blocks = [*blocks, long]
    last = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    rest = characters - size([*blocks, last]) + 1
    return [*blocks, {"type": "section", "text": {"type": "mrkdwn", "text": "x" * rest}}]


def size(value: Any) -> int:
    return len(json.dumps(value, separators=(",", ":")))


def test_blocks_are_too_much_together_before_they_are_too_many() -> None:
    refuse_bad_blocks(sections([], 13_200))
    with pytest.raises(Refusal, match="msg_blocks_too_long"):
        refuse_bad_blocks(sections([], 13_201))


def test_a_view_is_too_large_before_it_has_too_many_blocks() -> None:
    view = VIEWS["modal to read"]
    frame = size(view | {"blocks": []}) - size([])
    refuse_bad_view(view | {"blocks": sections([], 250_000 - frame)}, "modal")
    with pytest.raises(Refusal, match="view_too_large"):
        refuse_bad_view(view | {"blocks": sections([], 250_001 - frame)}, "modal")


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


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a payload."""
    yield way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from ways(part, (*way, key))


@pytest.mark.parametrize("name", MESSAGES)
def test_any_part_may_be_junk_and_is_refused_or_taken_but_never_a_crash(name: str) -> None:
    for way in [way for way in ways(MESSAGES[name]) if way][:60]:
        for junk in JUNK:
            payload: Any = copy.deepcopy(MESSAGES[name])
            part = payload
            for key in way[:-1]:
                part = part[key]
            part[way[-1]] = copy.deepcopy(junk)
            try:
                refuse_bad_blocks(payload)
            except Refusal:
                continue
            named = [block | {"block_id": f"b{n}"} for n, block in enumerate(payload)]
            assert state_of(named, {}) is not None
