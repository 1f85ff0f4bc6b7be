"""A dossier as one self-contained page, which reads without a network and prints well."""

from __future__ import annotations

from typing import Any

from bot.dossier.parts import Dossier
from bot.words import Words, layout


def context(made: Dossier, words: Words) -> dict[str, Any]:
    """What prompts/record/dossier_body.html.j2 fills in, for pages of others that hold a dossier."""
    return {
        "made": made,
        "contents": words.label("dossier.contents"),
        "when": words.label("dossier.known.head"),
    }


def as_html(made: Dossier, words: Words) -> str:
    return layout("dossier.html", **context(made, words))


def file_name(made: Dossier) -> str:
    """Of letters, digits and hyphens alone."""
    ref = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "-") else "-" for sign in made.ref)
    return f"dossier-{ref}-{made.audience}"
