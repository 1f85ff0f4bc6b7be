"""From a domain or link as logs and lists write it to the tool that lives there; made for millions of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from intake.links import Domains
from intake.names import Lexicon, key_of
from intake.tool import Tool

SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,15}://", re.IGNORECASE)
HOST = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?(?:\.[^\W_](?:[\w-]{0,61}[^\W_])?){1,9}")
PLAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z][a-z0-9-]{0,60}[a-z0-9]")
"""How nearly all are written; there is nothing to be taken apart."""
FIRST = "assistant"
"""Of several tools at their maker's own address, the kind that people mostly go there for."""
REMEMBERED = 100_000
"""Addresses that are not read anew; logs repeat themselves."""


class Home(NamedTuple):
    """`general`: most of what goes on at this address has nothing to do with AI, so that alone it says little."""

    tool: Tool
    general: bool


class Hosts:
    """Which tool lives at an address; the longest known domain wins."""

    def __init__(self, tools: Iterable[Tool], lexicon: Lexicon | None = None) -> None:
        self._domains = Domains(tuple(tools))
        self._lexicon = lexicon or Lexicon.load()
        self._with_paths = {d.split("/")[0] for d in self._domains.known if "/" in d}
        self.at = lru_cache(maxsize=REMEMBERED)(self._at)

    def brief(self, written: str) -> str:
        """As little of a link as tells its tool, so that a million links of one host are looked up once."""
        rest = written.partition("://")[2] or written
        host = rest.partition("/")[0]
        return written if host in self._with_paths else host

    def _at(self, written: str) -> Home | None:
        """None for what is no address, and for an address of no tool."""
        host, path = parted(written)
        tools = self._domains.tools_at(host, path) if host else ()
        if not tools:
            return None
        tool = next((each for each in tools if each.category == FIRST), tools[0])
        return Home(tool, tool.general_product or self._is_of_a_maker_of_everything(host, tool))

    def _is_of_a_maker_of_everything(self, host: str, tool: Tool) -> bool:
        """At "adobe.com" is far more than Adobe's AI, whichever tool of theirs the catalogue places there."""
        name = host.removeprefix("www.").rsplit(".", 2)
        maker = key_of(tool.vendor)
        return len(name) == 2 and key_of(name[0]) == maker and self._lexicon.has("broad_vendors", maker)


def parted(written: str) -> tuple[str, str]:
    """Host and path of "https://user@Chat.Example.com.:443/x", "*.example.com" or "example.com"; empty if none."""
    text = written.strip().strip("\"'<>").lower()
    if PLAIN.fullmatch(text):
        return text, ""
    if found := SCHEME.match(text):
        text = text[found.end() :]
    end = next((at for at, sign in enumerate(text) if sign in "/?#"), len(text))
    place, path = text[:end], text[end:].split("?")[0].split("#")[0]
    place = place.rpartition("@")[2].removeprefix("*.").partition(":")[0].rstrip(".")
    if not place.isascii():
        place = _in_ascii(place)
    return (place, path) if HOST.fullmatch(place) and not _is_number(place) else ("", "")


def _in_ascii(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_number(host: str) -> bool:
    """An address of four numbers names no tool."""
    return host.replace(".", "").isdigit()
