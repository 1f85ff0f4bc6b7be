"""`steward digest` on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Steward = Callable[..., tuple[int, str, str]]


def test_a_register_in_which_nothing_is_says_so(steward: Steward) -> None:
    steward("migrate")
    code, out, errors = steward("digest")
    assert (code, errors) == (0, "")
    assert "Nothing calls for you now." in out
    assert "No use is approved yet." in out


def test_a_month_is_told_in_the_order_of_what_a_review_by_management_looks_at(steward: Steward) -> None:
    steward("migrate")
    _, out, _ = steward("digest", "--month")
    heads = [line.partition(":")[0] for line in out.splitlines() if line.startswith("9.3.2")]
    assert heads == sorted(heads)
    assert heads[0] == "9.3.2 a"
    assert heads[-1] == "9.3.2 e"


def test_a_week_ends_with_its_sunday_and_an_earlier_one_can_be_told_again(steward: Steward) -> None:
    steward("migrate")

    def span(*words: str) -> Any:
        told = json.loads(steward("digest", "--format", "json", *words)[1])
        return told["figures"]["since"], told["figures"]["at"]

    assert span("--week", "2026-W05") == ("2026-01-25T23:59:59.999999Z", "2026-02-01T23:59:59.999999Z")
    assert span("--week", "2026-W05") == span("--as-of", "2026-02-01")
    assert span("--as-of", "2026-03-31", "--month")[0] == "2026-02-28T23:59:59.999999Z"


@pytest.mark.parametrize("week", ["2026-W54", "2026-5", "x", "2026-W00"])
def test_what_is_no_week_is_said_plainly(steward: Steward, capsys: Any, week: str) -> None:
    with pytest.raises(SystemExit):
        steward("digest", "--week", week)
    assert "is no week; write it like 2026-W05" in capsys.readouterr().err
