"""What somebody says is another: "no, the tool is called X", "the purpose is …"; only ever a proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from intake.aim import SAYS_NO_PURPOSE
from intake.catalogue import Catalogue
from intake.vocabulary import normal

TOOL, PURPOSE = "tool", "purpose"
LONGEST_NAME = 6
"""Words of a tool's name; a longer text tells something else."""
ALONE = 3
"""Words of "no, Claude": nothing but a name that the catalogue knows."""

NO = r"no|nope|nah"
SORRY = (
    r"wrong|sorry|apologies|actually|wait|well|but|oh|oops|correction|my mistake|"
    r"that is wrong|that's wrong|not quite|not right"
)
AFTER = r"[\s,.;:!–-]*"
LEAD = re.compile(rf"(?:{NO}|{SORRY})\b{AFTER}", re.IGNORECASE)
CALLED = re.compile(
    r"(?:the )?(?:right )?(?:tool|app|ai|product|software|name|thing|it|its)(?:'s| is)? "
    r"(?:\w+ )?(?:called|named) (.+)",
    re.IGNORECASE,
)
MEANT = re.compile(r"(?:i|we) (?:meant|mean) (?:the |a )?(.+)", re.IGNORECASE)
FOR = re.compile(
    r"(?:it is|it's|its|this is|that is|that's) (?:actually |rather |really )?for (.+)", re.IGNORECASE
)
SET = re.compile(
    r"(?:please )?(?:change|set|correct) (?:the |my |our )?(.{2,40}?) (?:to|into|as) (.+)", re.IGNORECASE
)
IS = re.compile(
    r"(?:the |my |our )?(.{2,40}?)(?:\s*[:=]|'s| is| are| should be| must be| has to be| would be)\s+"
    r"(?:actually |rather |really )?(.+)",
    re.IGNORECASE,
)
DENIED = re.compile(r"(?:not|no|wrong|never|isn't|incorrect|different|missing)\b", re.IGNORECASE)
NOBODY = frozenset(
    {*SAYS_NO_PURPOSE, "me", "us", "myself", "me only", "only me", "the team", "everybody", "it"}
)


class Correction(NamedTuple):
    """`value` in their own words; empty where they only say that it is not right."""

    question: str
    value: str


def correction(text: str, rows: Mapping[str, str], catalogue: Catalogue) -> Correction | None:
    """`rows`: by what a row is called, the question it answers. None for whatever corrects nothing, or asks."""
    said, denied = without_lead(text)
    if not said or said.endswith("?"):
        return None
    return _of_tool(said, catalogue, denied=denied) or _of_row(said, rows, catalogue)


def without_lead(text: str) -> tuple[str, bool]:
    """What is said behind "sorry, no, actually", and whether it began so."""
    said = " ".join(text.replace("’", "'").split()).rstrip(" .!")
    led = LEAD.match(said) is not None
    while lead := LEAD.match(said):
        said = said[lead.end() :]
    return said, led


def row_of(said: str, rows: Mapping[str, str]) -> Correction | None:
    """The row that the words speak of by its name, and what they say it is."""
    found = SET.fullmatch(said) or IS.fullmatch(said)
    question = rows.get(normal(found[1])) if found else None
    return Correction(question, found[2]) if found and question else None


def _of_tool(said: str, catalogue: Catalogue, *, denied: bool) -> Correction | None:
    if called := CALLED.fullmatch(said):
        return _named(called[1])
    meant = MEANT.fullmatch(said)
    name = meant[1] if meant else said
    short = len(name.split()) <= ALONE and (meant is not None or denied)
    return _named(name) if short and catalogue.recognise(name).kind != "none" else None


def _named(name: str) -> Correction | None:
    bare = name.strip(" \"'“”„")
    fits = bare and len(bare.split()) <= LONGEST_NAME and not DENIED.match(bare)
    return Correction(TOOL, bare) if fits else None


def _of_row(said: str, rows: Mapping[str, str], catalogue: Catalogue) -> Correction | None:
    if aim := FOR.fullmatch(said):
        return Correction(PURPOSE, aim[1]) if normal(aim[1]) not in NOBODY else None
    told = row_of(said, rows)
    if told is None:
        return None
    if told.question == TOOL and not _may_be_name(told.value, catalogue):
        return Correction(TOOL, "")
    return told._replace(value="" if DENIED.match(told.value) else told.value)


def _may_be_name(value: str, catalogue: Catalogue) -> bool:
    """ "The tool is great" names none."""
    short = len(value.split()) <= LONGEST_NAME
    return short and (value[:1].isupper() or catalogue.recognise(value).kind != "none")
