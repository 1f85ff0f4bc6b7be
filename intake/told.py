"""What somebody writes of the AI they use, one a line: "Otter for meeting notes", "ChatGPT: emails", "DeepL"."""

from __future__ import annotations

import re

from intake.catalogue import Catalogue
from intake.tool import Recognition, Tool
from intake.value import Value

BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
BETWEEN = re.compile(r"\s+[-–—]\s+|\s*:(?!//)\s+|\s*;\s+|,\s+|\s+for\s+", re.IGNORECASE)
WHERE = re.compile(r"\s+(?:to|of|in|at|by|for|from|with|on|that|which|who)\s+", re.IGNORECASE)
LONGEST_NAME, LONGEST_PURPOSE, MOST_WORDS = 80, 1000, 4
JOINED = "; "


class Line(Value):
    """`tool`: where it is certain which one is meant; else `name` is as it was written."""

    name: str
    tool: Tool | None = None
    purpose: str = ""


def read_lines(text: str, catalogue: Catalogue) -> list[Line]:
    """In their order; the same tool once, with all that it is for."""
    found: dict[str, Line] = {}
    for line in (_line(BULLET.sub("", raw).strip(), catalogue) for raw in text.splitlines() if raw.strip()):
        if line.name:
            known = found.setdefault(line.name.casefold(), line)
            found[line.name.casefold()] = _with(known, line.purpose)
    return list(found.values())


def _with(line: Line, purpose: str) -> Line:
    said = line.purpose.split(JOINED)
    if not purpose or purpose in said:
        return line
    both = JOINED.join(each for each in (line.purpose, purpose) if each)
    return line.model_copy(update={"purpose": both[:LONGEST_PURPOSE]})


def _line(text: str, catalogue: Catalogue) -> Line:
    """A whole sentence that names a tool is what it is for, too."""
    first, *rest = BETWEEN.split(text, maxsplit=1)
    purpose = rest[0].strip()[:LONGEST_PURPOSE] if rest else ""
    for said, meant in ((first, purpose), (text, "")):
        if (found := _certain(said, catalogue)) is not None and (tool := found.tool) is not None:
            alone = found.text.casefold() == said.strip().casefold()
            return Line(name=tool.name, tool=tool, purpose=meant or ("" if alone else text)[:LONGEST_PURPOSE])
    return _unknown(first.strip() or text, purpose, text)


def _unknown(said: str, purpose: str, text: str) -> Line:
    """Only what can be a name is one: the register shows it to many. Nothing of the rest is lost."""
    name, *rest = WHERE.split(said, maxsplit=1)
    words = name.split()
    whole = not rest and len(words) <= MOST_WORDS
    told = purpose if whole else text
    return Line(name=" ".join(words[:MOST_WORDS])[:LONGEST_NAME], purpose=told[:LONGEST_PURPOSE])


def _certain(text: str, catalogue: Catalogue) -> Recognition | None:
    """A slip is taken for the one tool it can be: whoever wrote it reads at once what was recorded."""
    found = catalogue.recognise(text) if text.strip() else None
    if found is not None and found.how == "spelling" and len(found.tools) == 1:
        alone = found.text.casefold() == text.strip().casefold()
        return found.model_copy(update={"kind": "one"}) if alone else None
    return found if found is not None and found.tool else None
