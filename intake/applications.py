"""From what lists of programs, sign-ons and expenses call a thing to the tool it is: by id, name or maker."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from intake.catalogue import Catalogue
from intake.hosts import REMEMBERED, Hosts
from intake.names import Lexicon, Names, key_of
from intake.tool import Tool

ENDING = re.compile(r"\.(?:app|exe|msi|dmg|pkg)$", re.IGNORECASE)
LEGAL = re.compile(
    r"[,.]?\s+(?:inc|llc|ltd|limited|gmbh|pbc|corp|corporation|co|s\.?a|b\.?v|plc|ag|se|oy|ab|pty)\b\.?",
    re.IGNORECASE,
)
"""What a maker is called on an invoice and nowhere else."""
CARD = re.compile(r"[*_|]+|\b\d{4,}\b")
"""Signs of card statements: "OPENAI *CHATGPT SUBSCR 4029357733"."""
BEHIND = re.compile(r"\s*[:–—|,(]\s*|\s+-\s+|\s+for\s+", re.IGNORECASE)
"""Behind it stands what a program is for: "Monica: ChatGPT AI Assistant"."""
LONGEST = 300


class Sighted(NamedTuple):
    """A tool that was seen. `sure` is False where the words may mean another; `general` where they say little of AI."""

    tool: Tool
    sure: bool
    general: bool
    by: Literal["id", "address", "name", "maker"]


class Applications:
    """Names and ids as they stand in lists, where, unlike in a sentence, every word means a product."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon | None = None) -> None:
        lexicon = lexicon or Lexicon.load()
        self._catalogue = catalogue
        self._names = Names(catalogue.tools, lexicon)
        self._hosts = Hosts(catalogue.tools, lexicon)
        self._ids = {id: tool for tool in catalogue.tools for id in tool.ids}
        self._makers = _makers(catalogue.tools, lexicon)
        self.named = lru_cache(maxsize=REMEMBERED)(self._named)

    def at(self, address: str) -> Sighted | None:
        home = self._hosts.at(address)
        return Sighted(home.tool, True, home.general, "address") if home else None

    def brief(self, address: str) -> str:
        return self._hosts.brief(address)

    def with_id(self, written: str) -> Sighted | None:
        tool = self._ids.get(written.strip().casefold())
        return Sighted(tool, True, tool.general_product, "id") if tool else None

    def made_by(self, written: str) -> Sighted | None:
        """Which of its products is not known: the one that most people mean stands for it."""
        tool = self._makers.get(key_of(LEGAL.sub("", written[:LONGEST])))
        return Sighted(tool, False, tool.general_product, "maker") if tool else None

    def _named(self, written: str) -> Sighted | None:
        text = " ".join(CARD.sub(" ", ENDING.sub("", written[:LONGEST].strip())).split())
        for whole in (text, LEGAL.sub("", text), BEHIND.split(text, maxsplit=1)[0]):
            if form := self._names.get(key_of(whole)):
                tool = form.tools[0]
                return Sighted(tool, len(form.tools) == 1, tool.general_product, "name")
        if maker := self.made_by(text):
            return maker
        found = self._catalogue.recognise(text) if text else None
        if found is None or not found.tools:
            return None
        tool = found.tools[0]
        return Sighted(tool, found.kind == "one" and found.how != "spelling", tool.general_product, "name")


def _makers(tools: Iterable[Tool], lexicon: Lexicon) -> dict[str, Tool]:
    """Makers of AI and of little else, and what most people mean who name one of them."""
    made: dict[str, Tool] = {}
    for tool in sorted(
        tools, key=lambda tool: (tool.general_product, not tool.curated, tool.category != "assistant")
    ):
        key = key_of(tool.vendor)
        if key and not lexicon.has("broad_vendors", key):
            made.setdefault(key, tool)
    return made
