"""What the words behind `/steward` ask for: a verb, however it was typed, and what it is about. Nothing here acts."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

LIST, SHOW, SETTINGS, RULES, HELP, CAN = "list", "show", "settings", "rules", "help", "can"
ASSESS, CHANGE, PATTERN = "assess", "change", "pattern"
QUEUE, AWAY, BACK = "queue", "away", "back"
INCIDENT, CONCERN, CAMPAIGN = "incident", "concern", "campaign"
VERBS = (QUEUE, LIST, SHOW, ASSESS, CHANGE, PATTERN, SETTINGS, RULES, CAMPAIGN, INCIDENT, CONCERN, HELP)
"""What a command can begin with; everything else is read as a question whether something may be used."""
ACTS = (AWAY, BACK)
"""What is never guessed, as it is done at once."""

REFERENCE = re.compile(r"(?:aiu)?[\s#-]*(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)
SHORTEST, TWO_SLIPS = 3, 7
"""So many letters a slip has at least, and from so many on two are forgiven; two that changed places are one."""

YEARS = 10
"""How far back a number without its year is looked for."""


class Wish(NamedTuple):
    """`typed` is what stood in the place of a verb that was guessed; the answer says how it was taken."""

    verb: str
    rest: str
    typed: str = ""

    @property
    def guessed(self) -> bool:
        return bool(self.typed)


def read_wish(text: str) -> Wish:
    """A slip is understood only where nothing else can be meant, as every verb only looks or opens a window."""
    first, *others = text.strip().split(maxsplit=1)[:2] or [""]
    rest = "".join(others)
    verb, *_ = re.split(r"[^\w]+", first.lower().strip(".,:;!?"), maxsplit=1)
    if len(verb) > SHORTEST and OSA.distance(verb, CONCERN) <= 1:
        rest = f"{first[len(verb) :]} {rest}".lstrip(" .,:;!?–—-")
        return Wish(CONCERN, rest.strip())  # nobody is to be known by a slip
    verb, rest = first.lower().strip(".,:;!?"), rest.strip()
    if not first:
        return Wish(HELP, "")
    if verb in VERBS + ACTS:
        return Wish(verb, rest)
    if re.fullmatch(r"aiu\W*\d.*", text.strip(), re.IGNORECASE) and REFERENCE.fullmatch(text.strip()):
        return Wish(SHOW, text.strip())
    near = [known for known in VERBS if _is_slip(verb, known) and _fits(known, rest)]
    return Wish(near[0], rest, typed=first) if len(near) == 1 else Wish(CAN, text)


def _is_slip(typed: str, known: str) -> bool:
    """Few letters apart, and no word of its own that happens to look alike."""
    allowed = 2 if len(known) >= TWO_SLIPS else 1
    return len(typed) >= SHORTEST and OSA.distance(typed, known) <= allowed


def _fits(verb: str, rest: str) -> bool:
    """A slip of what is about one use needs a reference behind it, the others stand alone; else it is a question."""
    if verb == PATTERN:
        return not rest or is_reference(rest)
    return is_reference(rest) if verb in (SHOW, ASSESS, CHANGE) else not rest


def is_reference(text: str) -> bool:
    return REFERENCE.fullmatch(text.strip()) is not None


def references(text: str, year: int) -> tuple[str, ...]:
    """The references that a short number may mean, the nearest first; the text itself if it is none."""
    found = REFERENCE.fullmatch(text.strip())
    if found is None:
        return (text.strip(),)
    years = (int(found[1]),) if found[1] else tuple(range(year + 1, year - YEARS, -1))
    return tuple(f"AIU-{each}-{int(found[2]):04d}" for each in years)
