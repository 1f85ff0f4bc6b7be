"""Which AI tool a message surely speaks of, by a link or by its name; made for messages that nobody addressed to us."""

from __future__ import annotations

import re

from intake.catalogue import Catalogue
from intake.hosts import Hosts
from intake.tool import Tool

ADDRESS = re.compile(r"(?:https?://)?(?:[\w-]{1,63}\.)+[a-z]{2,24}(?:/[^\s<>|]*)?", re.IGNORECASE)
LONGEST = 4000
BY_NAME = frozenset({"name", "alias", "link", "domain"})


class Noticing:
    """Products that have AI among much else are none of its business, nor is what may mean something else."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._hosts = Hosts(catalogue.tools)

    def tool_in(self, text: str) -> Tool | None:
        """The first one; None where none is certain."""
        text = text[:LONGEST]
        for written in ADDRESS.findall(text):
            home = self._hosts.at(written)
            if home is not None and not home.general:
                return home.tool
        found = self._catalogue.recognise(text) if text.strip() else None
        tool = found.tool if found is not None and found.how in BY_NAME else None
        return None if tool is None or tool.general_product else tool
