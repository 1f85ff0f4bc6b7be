"""Faults of an organisation's own rules, as they are told about a file and about what was pasted into a window."""

from __future__ import annotations

from bot.faulty import LONGEST, failing, named, pasted
from intake.source import Fault
from triage.own import FILE
from triage.proving import Failure

TEXT = "rules:\n  - id: own-a\n    level: '3'\n    because: " + "x" * 90 + "\n"


def a_fault(**change: object) -> Fault:
    fault = Fault(
        file=FILE, line=3, id="own-a", field="level", problem="`3` is a text", mend="Write it without quotes."
    )
    return fault.model_copy(update=change)


def test_in_a_file_it_is_named_as_the_file_is_called_here() -> None:
    assert str(named(a_fault(), "ours.yaml")).startswith("ours.yaml:3: ")
    ours = a_fault(file="internal-tier/rules.yaml")
    assert named(ours, "ours.yaml") == ours


def test_in_a_window_the_line_is_shown_since_nobody_counts_there() -> None:
    assert pasted(a_fault(), TEXT) == "line 3, `level: '3'`: `3` is a text. Write it without quotes."
    shown = pasted(a_fault(line=4), TEXT)
    assert f"`because: {'x' * (LONGEST - 1 - len('because: '))}…`" in shown
    assert pasted(a_fault(line=99), TEXT).startswith("line 99: ")
    assert pasted(a_fault(file="internal-tier/rules.yaml"), TEXT).startswith("line 3: ")
    assert pasted(a_fault(line=1), "\n").startswith("line 1: ")


def test_what_somebody_pasted_steers_no_terminal() -> None:
    assert "\x1b" not in pasted(a_fault(line=1), "\x1b[31mrules:\n")


def test_an_example_that_fails_is_a_fault_with_its_line() -> None:
    failure = Failure(policy="own", rule="own-a", told="Minutes", came="it misses", why="say more", line=6)
    fault = failing(failure)
    assert (fault.file, fault.line, fault.id, fault.field) == (FILE, 6, "own-a", "examples")
    assert fault.problem == "“Minutes”: it misses: say more"
    assert fault.mend == "Change the example or the rule."
