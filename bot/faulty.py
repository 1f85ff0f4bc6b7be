"""Faults of an organisation's own rules, told to whoever wrote them: in a file by its name, in a window by the line."""

from __future__ import annotations

from intake.source import Fault, printable
from triage.own import FILE
from triage.proving import Failure

LONGEST = 60
"""Characters of a line that are shown."""


def failing(failure: Failure) -> Fault:
    """An example that does not come out as it says is a fault of the file too."""
    problem = f"“{failure.told}”: {failure.reason}"
    mend = "Change the example or the rule."
    return Fault(file=FILE, line=failure.line, id=failure.rule, field="examples", problem=problem, mend=mend)


def named(fault: Fault, name: str) -> Fault:
    """In the file as it is called here."""
    return fault.model_copy(update={"file": name}) if fault.file == FILE else fault


def pasted(fault: Fault, text: str) -> str:
    """As in "line 6, `level: '3'`: …": a window counts no lines."""
    lines = text.splitlines()
    stands = lines[fault.line - 1].strip() if fault.file == FILE and fault.line <= len(lines) else ""
    where = f"line {fault.line}" + (f", `{_short(stands)}`" if stands else "")
    return printable(f"{where}: {fault.problem}. {fault.mend}")


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
