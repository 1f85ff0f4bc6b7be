"""Every template is shown somewhere, every part of it with real facts, and holds words only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from bot.markup import Mrkdwn
from bot.words import PROMPTS, Page
from tests.bot.slack.gallery import gallery
from triage.outcome import Say

TEMPLATES = sorted((PROMPTS / "people" / "en").glob("*.j2"))
PARSER = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)


def parts_of(path: Path) -> set[tuple[str, str]]:
    return {(path.name, block.name) for block in PARSER.parse(path.read_text()).find_all(nodes.Block)}


def test_every_part_of_every_template_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: set[tuple[str, str]] = set()
    render = Page.__getitem__

    def watched(page: Page, part: str) -> Mrkdwn:
        shown.add((str(page._template.name), part))
        return render(page, part)

    monkeypatch.setattr(Page, "__getitem__", watched)
    gallery()
    there = {part for path in TEMPLATES for part in parts_of(path)}
    assert there - shown == {("away.j2", "line")}  # an answer to a command: tests/bot/slack/test_away.py


@pytest.mark.parametrize("say", Say)
def test_every_owed_message_has_its_template(say: Say) -> None:
    assert (PROMPTS / "people" / "en" / f"{say.value}.j2").exists()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_everything_in_a_template_stands_in_a_part(path: Path) -> None:
    outside = [
        data.data.strip()
        for node in PARSER.parse(path.read_text()).body
        if not isinstance(node, nodes.Block)
        for data in node.find_all(nodes.TemplateData)
    ]
    assert not [text for text in outside if text]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates_are_words_only(path: Path) -> None:
    """No mention or link is written by hand, none of the old politeness, no emoji that carries meaning."""
    said = re.sub(r"\{[{%].*?[%}]\}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<[@!#h]|https?://", said)
    assert not re.search(r"please be advised|kindly|hereby|aforementioned|:\w+:", said, re.IGNORECASE)
    assert not re.search("[\U0001f300-\U0001faff]", said)
