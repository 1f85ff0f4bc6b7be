"""Every screen: accepted by Slack's limits, safe with hostile words, whole with far too many or none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest

from bot.sandbox.blockcheck import refuse_bad_blocks
from bot.sandbox.viewcheck import refuse_bad_view
from bot.slack.ids import Action, Input
from bot.slack.message import Message
from tests.bot.slack.gallery import Picture, gallery

HOSTILE = (
    "<!channel> <!here|x> <@U0EVIL> <#C1> <https://evil.example|bank> https://evil.example/a @here #general\n"
    "> quote\n*bold* _it_ ~no~ `code` ```pre``` :tada: &lt;!everyone&gt; "
    "\u202egnp.exe\u2066 \x00\x07 \ud83d 🙂👨‍👩‍👧 A&B"
)
KINDS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "hostile": lambda text: HOSTILE,
    "endless": lambda text: "An answer & more < than fits. " * 1334,
    "one_long_word": lambda text: "ж&" * 20_000,
    "emoji": lambda text: "👩🏽‍🚀🙂" * 900,
    "empty": lambda text: "",
    "blank": lambda text: " \n\t\u200b ",
}


@cache
def pictures(kind: str) -> dict[str, Picture]:
    return gallery(KINDS[kind])


def test_what_a_pattern_recorded_says_whose_yes_it_was() -> None:
    shown = json.dumps(pictures("plain")["show_pattern"].blocks)  # type: ignore[union-attr]
    assert "Recorded by the pattern" in shown
    assert "said yes to it beforehand." in shown
    assert "It covers: Minutes of our own meetings." in shown
    assert "by  (" not in shown


def test_what_was_approved_and_does_not_hold_just_now_is_no_yes() -> None:
    suspended, again = (pictures("plain")[f"can_i_{name}"].text for name in ("suspended", "again"))  # type: ignore[union-attr]
    assert suspended.startswith("*Not now.* *Otter.ai* was approved, and that is suspended: ")
    assert ", which was approved before: " in again
    assert "Please wait for the answer." in again
    assert "go ahead" not in suspended + again


def blocks_of(picture: Picture) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = picture.blocks if isinstance(picture, Message) else picture["blocks"]
    return found


def strings(value: Any) -> Iterator[tuple[str, str]]:
    """Every text that is shown, with the kind of markup it is read as."""
    if isinstance(value, Message):
        yield "mrkdwn", value.text
        value = value.blocks
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text") and isinstance(value.get("text"), str):
            yield value["type"], value["text"]
        for name, part in value.items():
            if name in ("initial_value", "accessibility_label"):
                yield "typed", part
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


@pytest.mark.parametrize("kind", KINDS)
def test_slack_takes_every_screen(kind: str) -> None:
    for name, picture in pictures(kind).items():
        if isinstance(picture, Message):
            refuse_bad_blocks(picture.blocks)
            assert 0 < len(picture.text) <= 3900, name
        else:
            refuse_bad_view(picture, picture["type"])
        json.dumps(blocks_of(picture), ensure_ascii=False).encode()


OURS = re.compile(
    r"<@U0(?:ANA|BEN|CLEO)>|<#C0EXAMPLE>|<!subteam\^S0PRIVACY>"
    r"|<!date\^\d+\^\{date_long_pretty\}, \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d>"
    r"|<https://(?:eur-lex\.europa\.eu|www\.iso\.org|ec\.europa\.eu)/[\w./-]+\|[^<>|]+>"
)


def test_no_word_of_anybody_mentions_links_or_formats() -> None:
    for name, picture in pictures("hostile").items():
        for kind, text in strings(picture):
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\ud800-\udfff]", text), name
            if kind != "mrkdwn":
                continue
            left = OURS.sub("", text)
            assert "<" not in left, (name, left)
            assert "://" not in left, (name, left)
            assert not re.search(r"[@#][A-Za-z]", left), (name, left)
            assert not re.search(r"\*bold\*|`code`|~no~|:tada:|(?<!\u2060)_it_", left), (name, left)
            assert not re.search(r"^(?:&gt;)? ?&gt; quote", left, re.MULTILINE), (name, left)


def test_blocks_make_no_links_of_their_own_and_no_emoji_of_codes() -> None:
    for name, picture in pictures("plain").items():
        for value in _texts(blocks_of(picture)):
            assert value.get("verbatim") is True or value.get("emoji") is False, (name, value)


def _texts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") in ("mrkdwn", "plain_text"):
            yield value
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def test_what_was_left_out_is_said() -> None:
    card = pictures("endless")["summary_everything"]
    assert "full text is in the register" in blocks_of(card)[-1]["elements"][0]["text"]
    assert "full text is in the register" not in str(blocks_of(pictures("plain")["summary_everything"]))


@pytest.mark.parametrize("kind", ["plain", "endless", "one_long_word"])
def test_nothing_that_can_be_pressed_is_left_out(kind: str) -> None:
    calm = pictures("plain")
    for name, picture in pictures(kind).items():
        pressed = re.findall(r"'action_id': '([\w.]+)'", str(blocks_of(picture)))
        assert set(re.findall(r"'action_id': '([\w.]+)'", str(blocks_of(calm[name])))) <= set(pressed), name


def test_every_action_is_drawn_somewhere() -> None:
    drawn = set(re.findall(r"'action_id': '(\w+)", str([blocks_of(p) for p in pictures("plain").values()])))
    # These stand in the menu "more" under every question, the first reply, and the card.
    menus = str([blocks_of(pictures("plain")[name]) for name in ("question_kind", "welcome", "card_taken")])
    more = set(
        re.findall(
            r"'value': '(pause|help|hand_over|cancel|start_blank|pass_on|recuse|set_tier|accept_risk)'", menus
        )
    )
    assert {action.value for action in Action} | {Input.VALUE.value} == drawn | more


def test_people_read_words_and_never_numbers_of_tiers() -> None:
    for name, picture in pictures("plain").items():
        for _, text in strings(picture):
            if name != "window_reasons":
                assert not re.search(r"\b(tier|level) ?\d|\bfloor\b|\bceiling\b", text, re.IGNORECASE), (
                    name,
                    text,
                )


def test_no_screen_leaves_a_hole() -> None:
    """But for the pages of the questionnaire, in which "None" is a choice of others' making."""
    for name, picture in pictures("plain").items():
        if name.startswith("window_assess_"):
            continue
        for _, drawn in strings(picture):
            text = re.sub(r"```.*?```", "", drawn, flags=re.DOTALL)  # what is drawn in signs has gaps
            assert not re.search(r"\(\)|  | [.,;:!?](?=\s|$)|\bNone\b(?! of)|\bPhase\.|“”", text), (
                name,
                text,
            )
