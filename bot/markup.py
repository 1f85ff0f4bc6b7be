"""People's words are data: here they lose every power to format, mention or link before they are shown.

The one place that escapes. What is stored stays as it was written; this is only for showing.
"""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u2060"
"""Invisible and without width; between two characters it keeps Slack from reading them as one sign."""

_LOOKALIKES = str.maketrans({"*": "\u2217", "`": "\u02cb", "~": "\u223c"})
_LOW_LINE = "\u02cd"
_GLUED = re.compile(r":(?=//)|:(?=[\w+'-]+:)|[@#](?=\w)")
_EDGE_LOW_LINE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_QUOTE = re.compile(r"^([^\S\n]*+)&gt;", re.MULTILINE)
_TAIL = re.compile(r"(?:<[^>]*|&[a-z]{0,3})$")
_ZWJ = "\u200d"
_WORD = 30
"""So many characters of a word are left out rather than cut through."""


class Mrkdwn(str):
    """Text in Slack's markup that may be shown as it is: ours, or people's words after `escaped`."""

    __slots__ = ()


class _Shown(dict[int, int | str | None]):
    """What each character is shown as, worked out at its first use."""

    def __missing__(self, code: int) -> int | str | None:
        c = chr(code)
        kind = unicodedata.category(c)
        # Of the format characters two stay: they hold emoji and some scripts together.
        hidden = kind in ("Cc", "Cs", "Co") or (kind == "Cf" and c not in (_ZWJ, "\u200c"))
        self[code] = None if hidden else code
        return self[code]


_SHOWN = _Shown({ord("\n"): "\n", ord("\t"): " ", 0x2028: "\n", 0x2029: "\n"})


def clean(text: str) -> str:
    """Without control characters, direction marks, hidden tags and halves of characters; no other change."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def escaped(text: str) -> Mrkdwn:
    """The words as words: no markup, mention, link, quote or emoji code survives."""
    text = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(_LOOKALIKES)
    text = _GLUED.sub(lambda found: found[0] + JOINER, text)
    text = _EDGE_LOW_LINE.sub(_LOW_LINE, text)
    return Mrkdwn(_QUOTE.sub(rf"\1{JOINER}&gt;", text))


def width(text: str) -> int:
    """Length as Slack's own programs count it: a character beyond U+FFFF counts twice."""
    return len(text) + sum(c > "\uffff" for c in text)


def cut(text: str, most: int) -> str:
    """At most `most` wide, ending in "…" where something is missing; never through a word that is not endless."""
    return text if _fits(text, most) else f"{_at_word(text, _head(text, most - 1))}…"


def cut_markup(text: Mrkdwn, most: int) -> Mrkdwn:
    """Like `cut`, and never through an entity or a mention."""
    if _fits(text, most):
        return text
    head = _TAIL.sub("", _head(text, most - 1))
    return Mrkdwn(f"{_TAIL.sub('', _at_word(text, head)).rstrip()}…")


def _at_word(text: str, head: str) -> str:
    """The head without the beginning of its last word, if that word goes on and is no longer than words are."""
    goes_on = head[-1:].isalnum() and text[len(head) : len(head) + 1].isalnum()
    whole = re.sub(r"\s+\S*$", "", head) if goes_on else head
    short = len(head) - len(whole) <= min(_WORD, len(head) * 2 // 3)
    return (whole if short else head).rstrip(" \t\n,;:")


def _fits(text: str, most: int) -> bool:
    return len(text) <= most and width(text) <= most


def _head(text: str, most: int) -> str:
    end = taken = 0
    while end < len(text) and (taken := taken + width(text[end])) <= most:
        end += 1
    while 0 < end < len(text) and _belongs_together(text[end - 1], text[end]):
        end -= 1
    return text[:end]


def _belongs_together(before: str, after: str) -> bool:
    joined = _ZWJ in (before, after)
    styled = "\ufe00" <= after <= "\ufe0f" or "\U0001f3fb" <= after <= "\U0001f3ff"
    return joined or styled or unicodedata.combining(after) != 0
