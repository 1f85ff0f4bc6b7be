"""What is wrong with how Steward is set up, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from intake.source import Damaged, printable
from intake.value import Value

Level = Literal["error", "warning", "info"]


class Finding(Value):
    """`mend` says what to do next; empty where nothing needs doing."""

    level: Level
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return printable(f"{self.level}: {self.what}{' ' + self.mend if self.mend else ''}")


def of_files(damaged: Damaged) -> list[Finding]:
    """Each fault of files that were read: file, line, field, and what mends it."""
    found = []
    for fault in damaged.faults:
        where = ".".join(part for part in (fault.id, fault.field) if part)
        what = f"{fault.file}:{fault.line}: {where + ': ' if where else ''}{fault.problem}."
        found.append(Finding(level="error", what=what, mend=fault.mend))
    return found


class Misconfigured(Exception):
    """Steward cannot start like this; carries everything found at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Unreachable(Exception):
    """Slack did not answer or did not accept us, or cannot reach us; the text says what to do."""
