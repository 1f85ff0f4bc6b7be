"""Names of programs, extensions, sign-ons and lines of expenses, and the tool each one is."""

import pytest

from intake.applications import Applications
from intake.catalogue import Catalogue

KNOWN = Applications(Catalogue.load())
Told = tuple[str, bool, bool] | None

SURE: dict[str, str] = {
    "ChatGPT": "chatgpt",
    "ChatGPT Enterprise": "chatgpt",
    "Claude.app": "claude",
    "Claude for Desktop": "claude",
    "OPENAI *CHATGPT SUBSCR 4029357733": "chatgpt",
    "Midjourney Inc.": "midjourney",
    "Otter.ai - Meeting notes": "otter",
    "Grammarly: AI Writing and Grammar Checker App": "grammarly",
    "GitHub Copilot Business": "github-copilot",
    "Perplexity - AI Companion": "perplexity",
    "Cursor, AI Powered IDE": "cursor",
    "DeepL SE": "deepl",
    "Eleven Labs Inc.": "elevenlabs",
    "Runway AI, Inc.": "runway",
}
GENERAL = {"Notion": "notion-ai", "Slack": "slack-ai", "Zoom": "zoom-ai-companion", "Canva": "canva"}
PERHAPS = {"OpenAI, LLC": "chatgpt", "ANTHROPIC, PBC": "claude"}
NONE = (
    *("Microsoft 365", "Adobe Inc", "GitHub", "Linear", "Lufthansa", "Amazon Web Services", "Hotel Adlon"),
    *("Uber *TRIP", "Google Chrome", "Copy Shop", "Dell Inc", "OpenVPN", "Calendly", "", "   ", "***"),
)


def told(written: str) -> Told:
    found = KNOWN.named(written)
    return (found.tool.id, found.sure, found.general) if found else None


@pytest.mark.parametrize("written", SURE)
def test_what_can_only_mean_one_tool(written: str) -> None:
    assert told(written) == (SURE[written], True, False)


@pytest.mark.parametrize("written", GENERAL)
def test_a_product_of_much_else_is_told_as_such(written: str) -> None:
    found = told(written)
    assert found is not None
    assert (found[0], found[2]) == (GENERAL[written], True)


@pytest.mark.parametrize("written", PERHAPS)
def test_a_maker_alone_is_only_ever_perhaps(written: str) -> None:
    assert told(written) == (PERHAPS[written], False, False)


def test_a_common_word_on_a_bill_is_only_perhaps_the_tool() -> None:
    ridden, paid = KNOWN.bought("Bolt"), KNOWN.bought("Midjourney Inc.")
    assert ridden is not None
    assert paid is not None
    assert (ridden.sure, paid.sure) == (False, True)


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_ai_is_none(written: str) -> None:
    assert told(written) is None


@pytest.mark.parametrize(
    ("id", "tool"),
    [
        ("com.openai.chat", "chatgpt"),
        ("CLAUDE.EXE", "claude"),
        ("bnmojkbbkkonlmlfgejehefjldooied", "otter"),
        ("github.copilot-chat", "github-copilot"),
        ("com.example.other", None),
    ],
)
def test_ids_of_programs_and_extensions(id: str, tool: str | None) -> None:
    found = KNOWN.with_id(id)
    assert (found.tool.id if found else None) == tool
