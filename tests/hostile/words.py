"""Words that would do something if anybody let them, and what may not be found in what leaves the house."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

MARK = "qvzx"
"""Stands in each of them, so that it is seen where they arrive."""

HOSTILE: dict[str, str] = {
    "mentions": f"{MARK} <!channel> <!here|x> <!subteam^S0EVIL> <@U0EVIL|ana> <#C1|general> @here @channel #general",
    "links": f"{MARK} <https://evil.example|bank> <mailto:a@b.example|x> https://evil.example/a www.evil.example",
    "dates": f"{MARK} <!date^1392734382^{{date}}^https://evil.example|x> &lt;!everyone&gt; &amp;lt;!here&amp;gt; <",
    "marks": f"*bold {MARK}* _it_ ~no~ `code` ```pre``` :tada: :+1:\n> quote\n>>> long quote\n- item\n1. item",
    "markup": f"{MARK} <script>alert(1)</script> <img src=x onerror=y> {{{{7*7}}}} {{% if x %}} {{# x #}} ${{7*7}}",
    "code": f"{MARK} '; DROP TABLE use;-- \" OR 1=1 \\ %s %(x)s {{0}} {{x.__class__}} {{\"a\": 1}} ]] --> */ $(id)",
    "formula": f"=HYPERLINK(\"http://evil.example\",\"{MARK}\")",
    "terminal": f"{MARK} \x1b[31mred\x1b]0;title\x07 \x9b31m \x08\x7f \r over \x00 nul",
    "direction": f"{MARK} \u202egnp.exe\u202c \u2066i\u2069 \u200e\u200f\u061c \u200b\u200d\u2060\ufeff \u2028l\u2029p",
    "emoji": f"{MARK} 🙂👨‍👩‍👧👩🏽‍🚀🇩🇪 \U000e0041\U000e007f \ud83d \udc00 e\u0301\u0302\u0303",
    "endless": f"{MARK}{'&<>ж🙂' * 1500}",
    "lines": f"{MARK}\n" + "\n".join(f"line {n} <!here>" for n in range(400)),
}  # fmt: skip

CHANNELS = re.compile("<#(?:C0EXAMPLE|G0CARDS)>")
"""The one that the pictures are settled with."""
OURS = re.compile(
    r"<@[UW]0?[A-Z0-9]+>|<!subteam\^S0PRIVACY>"
    r"|<!date\^\d+\^\{date_long_pretty\}, \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d>"
    r"|<https://[a-z.-]+\.(?:europa\.eu|iso\.org|nist\.gov)/[\w./%=?-]*\|[^<>|]+>|<https://www\.iso\.org/[\w./-]+\|[^<>|]+>"
)
"""What we write into markup ourselves: a person, the one group of our pictures, a moment, the source of a rule.

Ids of nobody are found apart.
"""

UNSEEN = {"\n", "\t", "\u200c", "\u200d", "\u2060"}
"""What may stand in a text unseen: the last keeps signs apart, the two before hold emoji and scripts together."""


def wrong_with(kind: str, text: str, people: frozenset[str] = frozenset()) -> list[str]:
    """What a text would do as `mrkdwn` or as `plain_text`; empty where it is only read."""
    found = [f"sign {ord(sign):#x}" for sign in text if _steers(sign)]
    if kind != "mrkdwn":
        return found
    found += [f"mention of {user}" for user in re.findall(r"<@([^>|]+)", text) if user not in people]
    left = CHANNELS.sub("", OURS.sub("", text))
    found += [f"markup {piece}" for piece in re.findall(r"<[^ ]{0,12}", left)]
    found += [f"link {piece}" for piece in re.findall(r".{0,8}://", left)]
    found += [f"name {piece}" for piece in re.findall(r"[@#][A-Za-z]\w*", left)]
    found += [f"format {piece}" for piece in re.findall(r"\*bold|`code|~no~|:tada:|(?<!\u2060)_it_", left)]
    found += [f"entity {piece}" for piece in re.findall(r"&(?!amp;|lt;|gt;).{0,6}", left)]
    return found


def _steers(sign: str) -> bool:
    return sign not in UNSEEN and unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def shown(value: Any) -> Iterator[tuple[str, str]]:
    """Every text that is shown, with the kind of markup it is read as; the line of a notification is markup too."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            # In rich text a "text" is never read as markup.
            yield ("plain_text" if value.get("type") in ("plain_text", "text") else "mrkdwn"), value["text"]
        for name, part in value.items():
            if name in ("initial_value", "accessibility_label", "alt_text"):
                yield "plain_text", str(part)
            elif name != "errors":
                yield from shown(part)
        for message in (value.get("errors") or {}).values():
            yield "plain_text", str(message)
    elif isinstance(value, list):
        for part in value:
            yield from shown(part)
