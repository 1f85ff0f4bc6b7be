"""The entry of a use says what must exist before it moves on, once it has its yes."""

import json

import pytest

from bot.slack import screens
from tests.bot.slack import scenery as s
from triage.case import Case, Status


def entry(case: Case) -> str:
    return json.dumps(screens.entry_view(s.scene(case, reader=s.ANA)), ensure_ascii=False)


@pytest.mark.parametrize("status", [Status.approved, Status.approved_with_conditions])
def test_what_is_needed_stands_gate_by_gate(status: Status) -> None:
    said = entry(s.case(s.OTTER, status=status))
    assert said.index("Before a pilot:") < said.index("Before it is retired:")
    assert "• Somebody answers for it, and has accepted that" in said
    assert "• Nobody gets in any more" in said


@pytest.mark.parametrize("status", [Status.in_review, Status.declined, Status.lapsed, Status.retired])
def test_nothing_is_asked_for_without_a_yes_that_stands(status: Status) -> None:
    assert "Before a pilot" not in entry(s.case(s.OTTER, status=status))
