"""Why a text is no YAML, in plain words: what most likely happened, and in which line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Told = tuple[int, str, str]
"""The line, what is wrong there, and what mends it."""
_SENTENCE = re.compile(r"^\s*(?:- +)?[\w-]+: +[^\s\"'{\[|>].*:(?:\s|$)")
"""`field: words with: a colon`."""
UNKNOWN = ("cannot be read as YAML", "Check indentation, colons and quotation marks there.")
INDENT = "Fields that belong together begin exactly below each other; use spaces, no tabs."


def unparsed(error: Exception, text: str) -> Told:
    lines = text.splitlines() or [""]
    problem = str(getattr(error, "problem", None) or "")
    at, around = _line(error, "problem_mark", lines), _line(error, "context_mark", lines)
    tell = next((tell for words, tell in _CAUSES.items() if words in problem), None)
    if tell is None:
        return at, f"is not valid YAML: {problem or UNKNOWN[0]}", UNKNOWN[1]
    line, said, mend = tell(at, around, lines)
    return line, f"is not valid YAML: {said}", mend


def _line(error: Exception, mark: str, lines: list[str]) -> int:
    found = getattr(error, mark, None)
    return 1 if found is None else min(found.line + 1, len(lines))


def _colon(at: int, around: int, lines: list[str]) -> Told:
    if _SENTENCE.match(lines[at - 1]):
        return at, "there is a colon within a sentence", "Put the whole sentence in quotation marks."
    above = next((n for n in range(at - 1, 0, -1) if lines[n - 1].strip()), at)
    if above < at and ":" not in lines[above - 1]:
        return above, "a colon is missing after the name of a field", "Write it as `field: value`."
    return at, "the line begins further right than it may", INDENT


def _left(at: int, around: int, lines: list[str]) -> Told:
    """Between where its field began and the dash above it."""
    return at, f"the line begins further left than the fields that begin in line {around}", INDENT


def _key(at: int, around: int, lines: list[str]) -> Told:
    here = lines[at - 1]
    if re.match(r"^\s*(?:- +)?[^\s:]+: +([\"']).*\1\s*\S", here):
        mend = "Put quotation marks around the whole value, and leave them out within it."
        return at, "something follows after a closing quotation mark", mend
    return at, f"the line does not begin where those above it do (they begin in line {around})", INDENT


def _quote(at: int, around: int, lines: list[str]) -> Told:
    return (
        around,
        f"a quotation mark opened in line {around} is not closed",
        "Close it at the end of the text.",
    )


def _bracket(at: int, around: int, lines: list[str]) -> Told:
    """What is odd within one line is a comma or a quotation mark that is missing, else a bracket was left open."""
    here = lines[around - 1]
    if at == around and all(here.count(one) == here.count(other) for one, other in ("[]", "{}")):
        mend = "Put a comma between the parts, and quotation marks around a text with signs of its own."
        return at, "a comma is missing between brackets", mend
    return around, f"a bracket opened in line {around} is not closed", "Close it with `]` or `}`."


def _value(at: int, around: int, lines: list[str]) -> Told:
    opened = next((n for n in range(at, 0, -1) if re.search(r"[\[{]", lines[n - 1])), at)
    return opened, f"a bracket opened in line {opened} is not closed", "Close it with `]` or `}`."


def _sign(at: int, around: int, lines: list[str]) -> Told:
    here = lines[at - 1]
    if "\t" in here[: len(here) - len(here.lstrip())]:
        return at, "the line begins with a tab", "Use spaces in front of a line."
    return at, "a value begins with a sign that may not stand there", "Put the value in quotation marks."


def _dash(at: int, around: int, lines: list[str]) -> Told:
    return at, "a dash stands where none may", "Begin a new line with it, or put the text in quotation marks."


def _name(at: int, around: int, lines: list[str]) -> Told:
    return around, "a colon is missing after the name of a field", "Write it as `field: value`."


_CAUSES: Mapping[str, Callable[[int, int, list[str]], Told]] = {
    "mapping values are not allowed": _colon,
    "did not find expected '-' indicator": _left,
    "did not find expected key": _key,
    "found unexpected end of stream": _quote,
    "did not find expected ',' or": _bracket,
    "did not find expected node content": _value,
    "found character that cannot start any token": _sign,
    "block sequence entries are not allowed": _dash,
    "could not find expected ':'": _name,
}
