"""What the words behind `/steward` ask for: a verb, however it was typed, and what it is about. Nothing here acts."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import OSA

LIST, SHOW, SETTINGS, RULES, HELP, CAN = "list", "show", "settings", "rules", "help", "can"
ASSESS, CHANGE, PATTERN = "assess", "change", "pattern"
QUEUE, AWAY, BACK = "queue", "away", "back"
INCIDENT, CONCERN, CAMPAIGN = "incident", "concern", "campaign"
SETUP, POLICY, RISKS, SUPPLIERS, TRAININGS = "setup", "policy", "risks", "suppliers", "trainings"
NONCONFORMITIES, IDEA, IDEAS, AUDITS = "nonconformities", "idea", "ideas", "audits"
SAMPLE = "sample"
LISTS = {NONCONFORMITIES: "nonconformity", IDEAS: "improvement", AUDITS: "audit"}
"""All of a kind of the daily work, by the word for it."""
VERBS = (
    QUEUE,
    LIST,
    SHOW,
    ASSESS,
    CHANGE,
    PATTERN,
    SETTINGS,
    RULES,
    CAMPAIGN,
    INCIDENT,
    CONCERN,
    SETUP,
    POLICY,
    NONCONFORMITIES,
    IDEA,
    IDEAS,
    AUDITS,
    RISKS,
    SUPPLIERS,
    TRAININGS,
    HELP,
)
"""What a command can begin with; everything else is read as a question whether something may be used."""
ACTS = (AWAY, BACK, SAMPLE)
"""What is never guessed, as it is done at once."""

USE, OF_INCIDENT = "AIU", "AII"
REFERENCE = {
    prefix: re.compile(rf"(?:{prefix})?[\s#-]*(?:(\d{{4}})[\s-]+)?(\d{{1,6}})", re.IGNORECASE)
    for prefix in (USE, OF_INCIDENT)
}
AS_OF = re.compile(r"as\s+of\b\s*(\S*)\s*(.*)", re.IGNORECASE | re.DOTALL)
LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")
ADDRESS = re.compile(r"\s*\((?:https?://|mailto:)[^()\s]*\)")
AROUND = " \t`*_~\"'“”„‘’‚«»‹›<>()[]{}.,:;!?"
"""What may stand around a reference that was copied from somewhere, or ends a sentence."""
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
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
        return Wish(verb, rest) if verb != SHOW or not _is_whole(rest, OF_INCIDENT) else Wish(INCIDENT, rest)
    for prefix, meant in ((USE, SHOW), (OF_INCIDENT, INCIDENT)):
        if _is_whole(text, prefix):
            return Wish(meant, bare(text))
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


def _is_whole(text: str, prefix: str) -> bool:
    """A reference with the letters before its number, and nothing besides."""
    text = bare(text)
    return text[: len(prefix)].upper() == prefix and REFERENCE[prefix].fullmatch(text) is not None


def bare(text: str) -> str:
    """A reference as it was typed or copied, without a link's address and the signs around it."""
    shown = ADDRESS.sub("", LINK.sub(r"\1", text)).translate(DASHES)
    return shown.strip().strip(AROUND)


def is_reference(text: str) -> bool:
    return REFERENCE[USE].fullmatch(bare(text)) is not None


def references(text: str, year: int, prefix: str = USE) -> tuple[str, ...]:
    """The references that a short number may mean, the nearest first; the text itself if it is none."""
    found = REFERENCE[prefix].fullmatch(bare(text))
    if found is None:
        return (bare(text),)
    years = (int(found[1]),) if found[1] else tuple(range(year + 1, year - YEARS, -1))
    return tuple(f"{prefix}-{each}-{int(found[2]):04d}" for each in years)


def as_of(text: str) -> tuple[str, str] | None:
    """The day that a list is to be of, as it was typed, and the words behind it; None where it asks for none."""
    found = AS_OF.fullmatch(text.strip())
    return (bare(found[1]), found[2]) if found else None


def led_by(text: str) -> tuple[str, str]:
    """The reference that stands first, and the words behind it."""
    shown = ADDRESS.sub("", LINK.sub(r"\1", text), count=1).strip()
    first, _, rest = shown.partition(" ")
    return bare(first), rest
