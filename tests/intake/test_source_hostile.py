"""Files that mean harm: nested without end, or written to steer a terminal."""

import pytest

from intake.source import Faults, printable, read_text

LEVELS = 2_000


def faults_of(text: str) -> list[str]:
    faults = Faults()
    read_text(text, "some.yaml", faults)
    return [str(fault) for fault in faults.found]


STEPS = 600
INDENTED = "\n".join(" " * level + "a:" for level in range(STEPS))
ABYSS = 200_000
"""So many levels end a process that composes them, without a word."""


@pytest.mark.parametrize(
    "text",
    [
        "[" * LEVELS + "]" * LEVELS,
        "{a: " * LEVELS + "1" + "}" * LEVELS,
        "- " * LEVELS,
        INDENTED,
        "[" * ABYSS,
        "{a: " * ABYSS,
        "? " * ABYSS,
        "- " * ABYSS,
    ],
    ids=range(8),
)
def test_levels_without_end_are_a_fault(text: str) -> None:
    (fault,) = faults_of(text)
    assert "levels deep" in fault


def test_a_fault_is_one_line_that_steers_nothing() -> None:
    said = faults_of('"a\\e[2J\\nb": 1\n"a\\e[2J\\nb": 2\n')
    assert said
    assert all(fault.isprintable() for fault in said)


def test_words_stay_readable() -> None:
    assert printable("Gr\u00fc\u00dfe \u65e5\u672c\x1b[2J\u202e\x9b") == "Gr\u00fc\u00dfe \u65e5\u672c [2J  "
