"""What most likely happened in a text that is no YAML: the line, what is wrong there, and what mends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest

from intake.source import Faults, read_text
from intake.unparsed import _CAUSES, Told

Tell = Callable[[int, int, list[str]], Told]

INDENT = "Fields that belong together begin exactly below each other; use spaces, no tabs."
SLIPS = {
    "a colon in a sentence": (
        "rules:\n  - id: own-a\n    because: Note this: it matters\n",
        (3, "there is a colon within a sentence", "Put the whole sentence in quotation marks."),
    ),
    "a field without its colon": (
        "rules:\n  - id own-a\n    level: 3\n",
        (2, "a colon is missing after the name of a field", "Write it as `field: value`."),
    ),
    "a field without its colon, further down": (
        "rules:\n  - id: own-a\n    level\n    because: x\n",
        (3, "a colon is missing after the name of a field", "Write it as `field: value`."),
    ),
    "too far right": (
        "rules:\n  - id: own-a\n      level: 3\n",
        (3, "the line begins further right than it may", INDENT),
    ),
    "between two levels": (
        "rules:\n  - id: own-a\n   level: 3\n",
        (3, "the line begins further left than the fields that begin in line 2", INDENT),
    ),
    "not below each other": (
        "rules:\n   - id: own-a\n  - id: own-b\n",
        (3, "the line does not begin where those above it do (they begin in line 1)", INDENT),
    ),
    "words behind a quotation": (
        'rules:\n  - because: "Said" so\n',
        (
            2,
            "something follows after a closing quotation mark",
            "Put quotation marks around the whole value, and leave them out within it.",
        ),
    ),
    "an open quotation mark": (
        'rules:\n  - because: "Said so\n    level: 3\n',
        (2, "a quotation mark opened in line 2 is not closed", "Close it at the end of the text."),
    ),
    "an open bracket": (
        "a: [b, c\nd: e\n",
        (1, "a bracket opened in line 1 is not closed", "Close it with `]` or `}`."),
    ),
    "an open bracket at the end": (
        "a: {question: data,\n",
        (1, "a bracket opened in line 1 is not closed", "Close it with `]` or `}`."),
    ),
    "the wrong bracket": (
        "rules:\n  - when: {question: data, contains: [a, b}\n",
        (2, "a bracket opened in line 2 is not closed", "Close it with `]` or `}`."),
    ),
    "a comma that is missing": (
        "a: {question: data contains: x}\n",
        (
            1,
            "a comma is missing between brackets",
            "Put a comma between the parts, and quotation marks around a text with signs of its own.",
        ),
    ),
    "a tab": ("rules:\n\t- id: own-a\n", (2, "the line begins with a tab", "Use spaces in front of a line.")),
    "a sign of YAML's": (
        "a: @b\n",
        (1, "a value begins with a sign that may not stand there", "Put the value in quotation marks."),
    ),
    "a dash": (
        "a: - b\n",
        (
            1,
            "a dash stands where none may",
            "Begin a new line with it, or put the text in quotation marks.",
        ),
    ),
    "something rare": (
        "a: &x b\nc: *y\n",
        (2, "found undefined alias", "Check indentation, colons and quotation marks there."),
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_line_and_what_mends_it(name: str) -> None:
    text, (line, said, mend) = SLIPS[name]
    faults = Faults()
    assert read_text(text, "own.yaml", faults) is None
    (fault,) = faults.found
    assert (fault.line, fault.problem, fault.mend) == (line, f"is not valid YAML: {said}", mend)


def test_every_cause_that_is_known_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of YAML that words its errors otherwise would leave some of them unused."""
    used: set[str] = set()

    def noting(words: str, tell: Tell) -> Tell:
        def told(at: int, around: int, lines: list[str]) -> Told:
            used.add(words)
            return tell(at, around, lines)

        return told

    for words, tell in tuple(_CAUSES.items()):
        monkeypatch.setitem(cast(dict[str, Tell], _CAUSES), words, noting(words, tell))
    for text, _ in SLIPS.values():
        read_text(text, "own.yaml", Faults())
    assert used == set(_CAUSES)
