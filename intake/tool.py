"""A tool of the catalogue, and what was recognised of it in somebody's words."""

from __future__ import annotations

from typing import Literal

from intake.value import Value

How = Literal["name", "alias", "vendor", "domain", "link", "spelling", ""]


class Tool(Value):
    """One product; `general_product` means most of its uses have nothing to do with AI."""

    id: str
    name: str
    vendor: str = ""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    """Of its programs and browser extensions, in small letters."""
    category: str = "other"
    general_product: bool = False
    curated: bool = True


class Recognition(Value):
    """`one` is certain; `several` (even of a single tool) has to be asked about; `none` found nothing.

    `text` is what was read as the tool, `span` its place in the original, `plan` the plan or version with it.
    """

    kind: Literal["one", "several", "none"] = "none"
    tools: tuple[Tool, ...] = ()
    how: How = ""
    text: str = ""
    span: tuple[int, int] | None = None
    plan: str = ""

    @property
    def tool(self) -> Tool | None:
        """The tool that was recognised with certainty."""
        return self.tools[0] if self.kind == "one" else None
