"""What people write of the AI they use, one a line, and which tool a message surely speaks of."""

from __future__ import annotations

import pytest

from bot.library import library
from intake.noticing import Noticing
from intake.told import read_lines

CATALOGUE = library().catalogue


@pytest.mark.parametrize(
    ("written", "name", "tool", "purpose"),
    [
        ("Otter for notes of meetings", "Otter.ai", "otter", "notes of meetings"),
        ("- ChatGPT: emails to customers", "ChatGPT", "chatgpt", "emails to customers"),
        ("2. DeepL – letters", "DeepL", "deepl", "letters"),
        ("https://otter.ai/x, minutes", "Otter.ai", "otter", "minutes"),
        ("I translate letters with DeepL", "DeepL", "deepl", "I translate letters with DeepL"),
        ("Zonkmaster 3000 for invoices", "Zonkmaster 3000", None, "invoices"),
        ("our own thing", "our own thing", None, ""),
        (
            "our wrapper in the legal team: contracts",
            "our wrapper",
            None,
            "our wrapper in the legal team: contracts",
        ),
        ("Anna lets a homemade tool read", "Anna lets a homemade", None, "Anna lets a homemade tool read"),
    ],
)
def test_a_line_names_a_tool_and_what_it_is_for(
    written: str, name: str, tool: str | None, purpose: str
) -> None:
    (line,) = read_lines(f"\n{written}\n\n", CATALOGUE)
    assert (line.name, line.tool.id if line.tool else None, line.purpose) == (name, tool, purpose)


def test_lines_stay_in_order_and_count_once() -> None:
    text = "Otter for notes\nDeepL for letters\notter.ai for notes\notter for tests\nDeepl\n   \n"
    told = [(line.name, line.purpose) for line in read_lines(text, CATALOGUE)]
    assert told == [("Otter.ai", "notes; tests"), ("DeepL", "letters")]
    assert read_lines(" \n\t", CATALOGUE) == []
    (line,) = read_lines("x" * 9000, CATALOGUE)
    assert len(line.name) == 80


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("See https://otter.ai/share/1 for it", "otter"),
        ("I asked ChatGPT about it", "chatgpt"),
        ("chat.openai.com, as ever", "chatgpt"),
        ("https://notion.so/page", None),
        ("We use Ashby for our notes", None),
        ("https://example.org/?to=otter.ai", None),
        ("The otter at the zoo", None),
        ("", None),
    ],
)
def test_only_what_is_certain_is_noticed(text: str, tool: str | None) -> None:
    found = Noticing(CATALOGUE).tool_in(text)
    assert (found.id if found else None) == tool


def test_a_slip_is_the_one_tool_that_it_can_be() -> None:
    slip, within = read_lines("chatgtp for job adverts\nOur chatgtp wrapper", CATALOGUE)
    assert (slip.name, slip.purpose) == ("ChatGPT", "job adverts")
    assert within.tool is None
