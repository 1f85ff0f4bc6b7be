"""A digest as a file: plain text, one self-contained page, or JSON."""

from __future__ import annotations

import html
import json
import textwrap
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from bot import charting, digesting
from bot.markup import JOINER
from bot.words import Page, Words, layout
from intake.texts import Wording
from triage.digest import Digest, law_name

FORMATS = ("text", "html", "json")
LINE = 100
"""Characters of a line of plain text."""
BULLET = "• "


class Section(NamedTuple):
    head: str
    body: list[tuple[Literal["list", "text"], Any]]


def plain(text: str) -> str:
    """Without markup: what is bold says it by standing alone."""
    return html.unescape(text.replace(JOINER, ""))


def sections(words: Words, page: Page, made: Digest) -> Iterator[Section]:
    """Those that have anything to say."""
    for part in digesting.parts(made):
        head, *lines = plain(page[part]).splitlines() or [""]
        if head:
            yield Section(head.strip("*"), list(_body(lines)))


def _body(lines: list[str]) -> Iterator[tuple[Literal["list", "text"], Any]]:
    listed: list[str] = []
    for line in lines:
        if line.startswith(BULLET):
            listed.append(line.removeprefix(BULLET))
            continue
        if listed:
            yield "list", listed
            listed = []
        yield "text", line
    if listed:
        yield "list", listed


def as_text(words: Words, wording: Wording, made: Digest) -> str:
    page = digesting.page(words, wording, made)
    lines = [digesting.title(words, made), "", *_wrapped(plain(page["intro"])), "", words.label("digest.now")]
    things = [plain(digesting.told(words, wording, each)) for each in made.things] or [
        plain(page["nothing_to_do"])
    ]
    lines += [line for number, each in enumerate(things, 1) for line in _wrapped(each, f"{number}. ")]
    for section in sections(words, page, made):
        lines += ["", section.head]
        for kind, body in section.body:
            for each in body if kind == "list" else [body]:
                lines += _wrapped(each, "- " if kind == "list" else "")
    return "\n".join([*lines, "", *_wrapped(plain(page["law_foot"]))])


def _wrapped(text: str, begin: str = "") -> list[str]:
    return textwrap.wrap(text, LINE, initial_indent=begin, subsequent_indent=" " * len(begin))


def as_html(words: Words, wording: Wording, made: Digest) -> str:
    page = digesting.page(words, wording, made)
    rows, legend = digesting.rows(words, made.figures.stock.counts), digesting.legend(words)
    return layout(
        "digest.html",
        language=words.language,
        title=digesting.title(words, made),
        intro=plain(page["intro"]),
        now=words.label("digest.now"),
        things=[plain(digesting.told(words, wording, each)) for each in made.things],
        nothing=plain(page["nothing_to_do"]),
        rows=rows,
        chart=charting.svg(rows, legend, plain(page["picture"]), inline=True),
        sections=list(sections(words, page, made)),
        foot=plain(page["law_foot"]),
    )


def as_json(made: Digest) -> str:
    """Figures by their names in docs/digest.md, and no words."""
    found: dict[str, Any] = made.model_dump(mode="json")
    for each, law in zip(found["figures"]["law"], made.figures.law, strict=True):
        each["name"] = law_name(law)
    return json.dumps({"format": 1, **found}, indent=1, ensure_ascii=True)


def written(words: Words, wording: Wording, made: Digest, form: str) -> str:
    if form == "json":
        return as_json(made)
    return as_html(words, wording, made) if form == "html" else as_text(words, wording, made)
