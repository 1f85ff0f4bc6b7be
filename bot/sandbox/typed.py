"""What a person types, in the form Slack hands to apps, and back again for editing."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TLDS = "com|org|net|io|ai|app|dev|co|eu|de|fr|uk|us|info|example"
_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"*_~])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<domain>(?<![\w@/.-])(?:[a-z0-9-]+\.)+(?:{_TLDS})(?:/[^\s<>|]*[^\s<>|.,;:!?)\]])?(?![\w-]))",
    re.IGNORECASE,
)


def escape(text: str) -> str:
    """Replace the three characters that Slack replaces, `&` first."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    """The opposite of `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def to_wire(
    text: str, people: Mapping[str, str], channels: Mapping[str, str], *, with_names: bool = False
) -> str:
    """Escape typed text; turn @names, #channels and links into Slack's bracket forms.

    `people` (with user groups) and `channels` map names to ids. Commands carry the name beside the id (`with_names`).
    """
    result, last = [], 0
    for match in _TOKEN.finditer(text):
        result.append(_mention(escape(text[last : match.start()]), people, channels, with_names))
        found = escape(match.group())
        if match["url"]:
            result.append(f"<{found}>")
        elif match["mail"]:
            result.append(f"<mailto:{found}|{found}>")
        else:
            result.append(f"<http://{found}|{found}>")
        last = match.end()
    result.append(_mention(escape(text[last:]), people, channels, with_names))
    return "".join(result)


def link_names(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Turn @names in an app's text into mentions, leaving bracket forms and code alone."""
    parts = re.split(r"(<[^>]*>|`[^`]*`)", text)
    return "".join(p if i % 2 else _mention(p, people, channels, False) for i, p in enumerate(parts))


def _mention(text: str, people: Mapping[str, str], channels: Mapping[str, str], with_names: bool) -> str:
    for sign, names in (("@", people), ("#", channels)):
        if sign not in text or not names:
            continue
        known = "|".join(re.escape(escape(name)) for name in sorted(names, key=len, reverse=True))
        lookup = {escape(name).lower(): (name, ident) for name, ident in names.items()}

        def bracket(
            match: re.Match[str], sign: str = sign, lookup: Mapping[str, tuple[str, str]] = lookup
        ) -> str:
            name, ident = lookup[match[1].lower()]
            group = sign == "@" and ident.startswith("S")
            label = f"|{sign if group else ''}{name}" if with_names or sign == "#" else ""
            return f"<{'!subteam^' if group else sign}{ident}{label}>"

        text = re.sub(rf"(?<![\w{sign}]){sign}({known})(?!\w)", bracket, text, flags=re.IGNORECASE)
    return text


def to_typing(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """What the person would see in the editing box. `people` and `channels` map ids to names."""

    def plain(match: re.Match[str]) -> str:
        body, _, label = match[1].partition("|")
        if body.startswith(("@", "!subteam^")):
            ident = body.removeprefix("!subteam^").removeprefix("@")
            return "@" + people.get(ident, ident)
        if body.startswith("#"):
            return "#" + channels.get(body[1:], label or body[1:])
        return label or body

    return unescape(re.sub(r"<([^>]*)>", plain, text))
