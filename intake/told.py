"""What somebody writes of the AI they use, one a line: "Otter for meeting notes", "ChatGPT: emails", "DeepL"."""

from __future__ import annotations

import re

from intake.catalogue import Catalogue
from intake.tool import Recognition, Tool
from intake.value import Value

BULLET = re.compile(r"^\s*(?:[-*•–—]|\d{1,2}[.)])\s+")
BETWEEN = re.compile(r"\s+[-–—]\s+|\s*:(?!//)\s+|\s*;\s+|,\s+|\s+for\s+", re.IGNORECASE)
LONGEST_NAME, LONGEST_PURPOSE = 80, 1000


class Line(Value):
    """`tool`: where it is certain which one is meant; else `name` is as it was written."""

    name: str
    tool: Tool | None = None
    purpose: str = ""


def read_lines(text: str, catalogue: Catalogue) -> list[Line]:
    """In their order; the same tool with the same purpose once."""
    found = [_line(BULLET.sub("", raw).strip(), catalogue) for raw in text.splitlines() if raw.strip()]
    return list(dict.fromkeys(line for line in found if line.name))


def _line(text: str, catalogue: Catalogue) -> Line:
    """A whole sentence that names a tool is what it is for, too."""
    first, *rest = BETWEEN.split(text, maxsplit=1)
    purpose = rest[0].strip()[:LONGEST_PURPOSE] if rest else ""
    for said, meant in ((first, purpose), (text, "")):
        if (found := _certain(said, catalogue)) is not None and (tool := found.tool) is not None:
            alone = found.text.casefold() == said.strip().casefold()
            return Line(name=tool.name, tool=tool, purpose=meant or ("" if alone else text)[:LONGEST_PURPOSE])
    return Line(name=(first.strip() or text)[:LONGEST_NAME], purpose=purpose)


def _certain(text: str, catalogue: Catalogue) -> Recognition | None:
    found = catalogue.recognise(text) if text.strip() else None
    return found if found is not None and found.tool and found.how != "spelling" else None
