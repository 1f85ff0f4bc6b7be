"""What a tool is wanted for, as a first sentence says it: what comes behind "to" or "for", or before "with"."""

from __future__ import annotations

import re

SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|\n")
AIM = re.compile(r"\b(?:in order to|so that (?:i|we|they) can|so (?:i|we|they) can|to|for)\s+", re.IGNORECASE)
WITH_TOOL = re.compile(
    r"\s*\b(?:with|using|via|by using|through|in|by means of|with the help of)\s*\W*$", re.IGNORECASE
)
WISHED = re.compile(
    r"(?:\b(?:like|want|wants|need|needs|plan|planning|wish|hope|going|love|able) to|\b(?:can|may|could) (?:i|we))\s+",
    re.IGNORECASE,
)
USE = re.compile(r"\b(?:use|using|try|trying|have)\s[^.?!\n]{0,60}?(?=\b(?:to|for)\s)", re.IGNORECASE)
NAMING = re.compile(r"^(?:use|try|test|pilot|adopt|buy|introduce|stop|quit)\b", re.IGNORECASE)
LETTING = re.compile(r"\b(?:let|letting)\s+(?:\w+\s+)?$", re.IGNORECASE)
PLEASE = re.compile(
    r"[\s,;:–-]*\b(?:please|pls|thanks|thank you|thx|if (?:that is|that's) ok)\W*$", re.IGNORECASE
)
ASIDE = re.compile(
    r"\s*[,;]\s*(?:and |but )?(?:(?:is|are|would) (?:that|this|it|there)\b|"
    r"(?:am|are|may|can|could|do|should) (?:i|we)\b|"
    r"(?:i|we)(?:'ve| have)? (?:\w+ ){0,4}?already\b).*$",
    re.IGNORECASE,
)
"""Behind what it is for: whether it is allowed, or that it is done already."""
SAYS_NO_PURPOSE = (
    "this",
    "that",
    "these",
    "those",
    "them",
    "free",
    "now",
    "work",
    "all of us",
    "everyone",
    "my team",
    "our team",
)


def aim(plain: str, own: str, named: str) -> str | None:
    """`own`: the message without what others do; `named`: the tool as it is called there."""
    at = own.find(named) if named else -1
    if at >= 0 and (found := _let(plain, at, named) or _after(plain, at + len(named)) or _before(plain, at)):
        return found
    return _after_use(plain, own)


def _let(plain: str, at: int, named: str) -> str | None:
    """ "I let Claude polish my emails to clients": all that it is let do."""
    rest = _sentence(plain, at + len(named))
    told = rest.startswith(" ") and LETTING.search(plain[:at]) and not AIM.match(rest.lstrip())
    return _tidy(rest) if told else None


def _sentence(text: str, start: int) -> str:
    end = SENTENCE_END.search(text, start)
    return text[start : end.start() if end else len(text)]


def _after(plain: str, start: int) -> str | None:
    rest = _sentence(plain, start)
    match = AIM.search(rest)
    return _tidy(rest[match.end() :]) if match else None


def _before(plain: str, at: int) -> str | None:
    """ "I'd like to summarise contracts with Claude": what stands between the wish and the tool."""
    begin = max((end.end() for end in SENTENCE_END.finditer(plain, 0, at)), default=0)
    head = plain[begin:at]
    link = WITH_TOOL.search(head)
    wish = WISHED.search(head)
    if not link or not wish or wish.end() >= link.start():
        return None
    found = head[wish.end() : link.start()]
    return None if NAMING.match(found) else _tidy(found)


def _after_use(plain: str, own: str) -> str | None:
    if use := USE.search(own):
        return _after(plain, use.end())
    return None


def _tidy(said: str) -> str | None:
    said = PLEASE.sub("", ASIDE.sub("", " ".join(said.split()))).strip(" ,;:?!.\"'“”()")
    return said if len(said) > 2 and said.casefold() not in SAYS_NO_PURPOSE else None
