"""Links and bare domains in people's words, and the tools behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatch
from functools import cache
from typing import NamedTuple

from publicsuffixlist import PublicSuffixList

from intake.tool import How, Tool

# Slack's own markup: people, channels, groups, mail addresses. Links are left to ADDRESS.
MARKUP = re.compile(r"<(?:[@#!]|mailto:|tel:)[^>]{0,300}>")
MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?<![\w@.-])(?P<host>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24})(?![\w@])"
    r"(?P<path>(?::\d{1,5})?(?:[/?#][^\s<>|\"”]{0,2000})?)",
    re.IGNORECASE,
)


class Address(NamedTuple):
    """A link or domain at `start` to `end`, and the tools that live there, if the catalogue knows it."""

    start: int
    end: int
    host: str
    how: How
    tools: tuple[Tool, ...]
    has_path: bool


class Domains:
    """Which tools live at which address; the longest known domain wins."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._homes: dict[str, tuple[Tool, ...]] = {}
        self._patterns: list[tuple[str, Tool]] = []
        for tool in tools:
            named = [name.casefold() for name in (tool.name, *tool.aliases) if ADDRESS.fullmatch(name)]
            for domain in dict.fromkeys((*tool.domains, *named)):
                if "*" in domain:
                    self._patterns.append((domain, tool))
                else:
                    self._homes[domain] = (*self._homes.get(domain, ()), tool)
        self._tails = tuple({pattern.rpartition("*")[2] for pattern, _ in self._patterns})

    @property
    def known(self) -> Iterable[str]:
        """Every domain that has no pattern in it, some with the first steps of a path."""
        return self._homes

    def tools_at(self, host: str, path: str = "") -> tuple[Tool, ...]:
        host = host.casefold().removeprefix("www.")
        steps = path.casefold().strip("/").split("/")
        for count in range(min(len(steps), 3), 0, -1):
            if found := self._homes.get("/".join((host, *steps[:count]))):
                return found
        may_match = host.endswith(self._tails)
        while "." in host:
            if found := self._homes.get(host):
                return found
            if may_match and (found := tuple(t for pattern, t in self._patterns if fnmatch(host, pattern))):
                return found
            host = host.split(".", 1)[1]
        return ()

    def find(self, text: str) -> tuple[list[Address], str]:
        """The addresses in a text, and the text with them and all markup blanked out, of the same length."""
        blank = _blank(_blank(text, MARKUP), MAIL)
        found = []
        for match in ADDRESS.finditer(blank):
            if address := self._read(match):
                found.append(address)
        for address in found:
            blank = blank[: address.start] + " " * (address.end - address.start) + blank[address.end :]
        return found, blank

    def _read(self, match: re.Match[str]) -> Address | None:
        host, path, linked = match["host"], match["path"].rstrip(".,;:!?)]}'"), bool(match["scheme"])
        start, end = match.start(), match.end("host") + len(path)
        if not self._is_host(host) and not linked and host.rsplit(".", 1)[1][0].isupper():
            host = host.rsplit(".", 1)[0]  # "otter.ai.We": a full stop without its space
            end, path = match.start("host") + len(host), ""
        if not self._is_host(host):
            strange = linked or host.count(".") > 1  # "otter.ai.evil.example" is an address, and not of Otter
            return Address(start, end, host, "link" if linked else "", (), bool(path)) if strange else None
        tools = self.tools_at(host, path)
        last = host.rsplit(".", 1)[1]
        if not tools and not linked and not (last.islower() or last.isupper()):
            return None  # "Thanks.It" is no address
        return Address(start, end, host, "link" if linked else "domain", tools, bool(path.strip("/")))

    def _is_host(self, host: str) -> bool:
        host = host.casefold()
        return host in self._homes or _suffixes().publicsuffix(host, accept_unknown=False) not in (
            None,
            host,
        )


@cache
def _suffixes() -> PublicSuffixList:
    """Read at the first address that is no tool's: it takes longer than all tools together."""
    return PublicSuffixList()


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: " " * len(match[0]), text)
