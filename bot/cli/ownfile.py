"""A file of an organisation's own rules, or what comes in on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.faulty import named
from intake.source import Damaged, Entry, Faults
from triage.own import FILE


@contextmanager
def naming(file: str | None) -> Iterator[None]:
    """What is wrong in it is told by its own name."""
    try:
        yield
    except Damaged as damaged:
        raise Damaged(named(fault, name_of(file or FILE)) for fault in damaged.faults) from damaged


def name_of(file: str) -> str:
    return Path(file).name if file != "-" else "standard input"


def read(file: str) -> str:
    """The text of a file or of standard input; raises Damaged where it cannot be read."""
    name, faults = name_of(file), Faults()
    nowhere = Entry(file=name, line=1, id="", field="", value=None)
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        faults.add(nowhere, f"cannot be read ({error.strerror})", "Name a file of rules of your own.")
    except UnicodeDecodeError as error:
        faults.add(nowhere, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8.")
    raise Damaged(faults.found)
