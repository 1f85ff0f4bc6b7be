"""What was ticked is agreed to as the library has it when it is handed in, or not at all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from bot.slack import conditioned
from bot.slack.fields import Field
from bot.slack.front import Front
from bot.words import Words
from tests.builders import a_desk

FRONT = cast(Front, SimpleNamespace(words=Words(), desk=a_desk))


def given(*ticked: str, written: str = "") -> Any:
    fields = {Field.COMMON.value: ticked, Field.CONDITIONS.value: (written,)}
    return conditioned.given(FRONT, cast(Any, SimpleNamespace(fields=fields)))


def test_what_is_ticked_is_bound_to_what_the_library_says() -> None:
    found = given("told", "no_secrets", written="Only in English")
    assert [(text, term.otherwise) for text, term in found.items()] == [
        ("Those concerned are told beforehand that AI is used", "suspends"),
        ("No confidential or client data goes in", ""),
        ("Only in English", ""),
    ]
    assert found["No confidential or client data goes in"].check.startswith("How is it seen to")


def test_one_that_is_no_longer_in_the_library_is_asked_about_and_not_left_out_unseen() -> None:
    assert given("told", "own-gone") is None
