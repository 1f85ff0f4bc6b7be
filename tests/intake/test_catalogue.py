"""The catalogue: which tools it holds, and how they are recognised in people's words."""

from __future__ import annotations

import importlib.util
from collections import Counter
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.catalogue import CATALOGUE, Catalogue, Recognition, Tool

WELL_KNOWN = [
    "chatgpt", "claude", "claude-code", "gemini", "github-copilot", "microsoft-365-copilot",
    "microsoft-copilot", "otter", "deepl", "grammarly", "midjourney", "perplexity", "notion-ai",
    "zoom-ai-companion", "fireflies",
    "whisper", "cursor", "runway", "elevenlabs", "heygen", "synthesia", "jasper", "canva", "adobe-firefly",
    "salesforce-einstein", "hirevue", "workday-ai", "mistral", "deepseek", "amazon-q", "notebooklm",
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def ids(found: Recognition) -> list[str]:
    return [tool.id for tool in found.tools]


def test_the_shipped_file_is_whole(catalogue: Catalogue) -> None:
    assert len(catalogue.tools) > 850
    assert [key for key, times in Counter(tool.id for tool in catalogue.tools).items() if times > 1] == []
    assert all(tool.name.strip() and tool.id for tool in catalogue.tools)
    assert sum(len(tool.domains) for tool in catalogue.tools) > 1_000
    assert not any(
        " - " in tool.name or "inference" in tool.name.lower() for tool in catalogue.tools if tool.curated
    )


@pytest.mark.parametrize("tool_id", WELL_KNOWN)
def test_well_known_tools_are_there_with_maker_and_other_names(catalogue: Catalogue, tool_id: str) -> None:
    tool = catalogue.get(tool_id)
    assert tool is not None
    assert tool.vendor
    assert tool.curated


def test_the_notices_of_all_sources_are_shipped() -> None:
    notice = CATALOGUE.with_name("NOTICE.md").read_text(encoding="utf-8")
    for needed in (
        "Apache-2.0",
        "Permission is hereby granted",
        "CC0-1.0",
        "What we changed",
        "v2fly",
        "aad5105",
    ):
        assert needed in notice
    assert "Version 2.0, January 2004" in CATALOGUE.with_name("LICENSE.Apache-2.0.txt").read_text(
        encoding="utf-8"
    )


def test_every_tool_is_found_by_each_of_its_names_and_domains(catalogue: Catalogue) -> None:
    said = Counter[str]()
    for tool in catalogue.tools:
        ways = [("name", tool.name), *(("alias", alias) for alias in tool.aliases)]
        ways += [("domain", domain.replace("*", "eu-central-1")) for domain in tool.domains]
        for way, written in ways:
            found = catalogue.recognise(f"I'd like to use {written} to draft emails")
            assert tool in found.tools, (way, written)
            said[way] += 1
            said[f"{way} one"] += found.kind == "one"
    assert said["name one"] >= 0.95 * said["name"]
    assert said["domain one"] >= 0.97 * said["domain"]
    assert said["alias one"] >= 0.85 * said["alias"]  # bare brands and "Copilot" have to be asked about


@pytest.mark.parametrize(
    ("text", "tool", "how"),
    [
        ("I'd like to use Otter.ai to transcribe customer calls", "otter", "domain"),
        ("can I use otter", "otter", "alias"),
        ("chat-gpt for drafts", "chatgpt", "name"),
        ("Chat GPT", "chatgpt", "name"),
        ("is https://app.otter.ai/u/123?x=1 allowed", "otter", "link"),
        ("<https://otter.ai|otter.ai> for calls", "otter", "link"),
        ("see <https://www.deepl.com/translator|this>", "deepl", "link"),
        ("bedrock-runtime.us-east-1.amazonaws.com", "amazon-bedrock", "domain"),
        ("https://github.com/features/copilot", "github-copilot", "link"),
        ("use claude code to fix bugs", "claude-code", "name"),
        ("I'd like to use Claude from Anthropic", "claude", "name"),
        ("Copilot in Word for minutes", "microsoft-365-copilot", "alias"),
        ("Use ChatGTP to draft emails", "chatgpt", "spelling"),
        ("use Grammerly", "grammarly", "spelling"),
        ("Use Otter to transcribe Zoom calls", "otter", "alias"),
        ("USE CHATGPT TO WRITE EMAILS", "chatgpt", "name"),
        ("Ich möchte ChatGPT nutzen", "chatgpt", "name"),
        ("I'd like Otter to take notes", "otter", "alias"),
        ("we use *Otter* for `calls`", "otter", "alias"),
    ],
)
def test_what_can_only_be_one_tool(catalogue: Catalogue, text: str, tool: str, how: str) -> None:
    found = catalogue.recognise(text)
    assert (found.kind, ids(found), found.how) == ("one", [tool], how)


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("can we use copilot?", {"github-copilot", "microsoft-365-copilot"}),
        ("I want to use GPT-4o", {"chatgpt", "openai-api-platform"}),
        ("something from OpenAI", {"chatgpt"}),
        ("Google AI for slides", {"gemini"}),
        ("use Claude and ChatGPT", {"claude", "chatgpt"}),
        ("compare Claude, Gemini and ChatGPT for reports", {"claude", "gemini", "chatgpt"}),
        ("I'd like to use Notion to take notes", {"notion-ai"}),
        ("a tool like ChatGPT", {"chatgpt"}),
        ("an app built on Claude", {"claude"}),
        ("I want a ChatGPT alternative", {"chatgpt"}),
        ("We use Foobar to polish ChatGPT output", {"chatgpt"}),
        ("use Acme ChatGPT Wizard to sell", {"chatgpt"}),
        ("Gemeni for slides", {"gemini"}),
        ("I'd like to work with Claude on this", {"claude"}),
    ],
)
def test_what_has_to_be_asked(catalogue: Catalogue, text: str, among: set[str]) -> None:
    found = catalogue.recognise(text)
    assert found.kind == "several" or not found.tools
    assert among <= set(ids(found)) or text.startswith("Gemeni")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "🎉🎉",
        "move the cursor to the left",
        "Use the cursor to select",
        "The runway of the company is nine months",
        "our notion of quality",
        "we apply a gamma correction",
        "make a plan and continue the storm drill",
        "in video calls we want captions",
        "Our colleague Claude from finance uses Excel",
        "Thanks Claude",
        "We want to transcribe Zoom calls",
        "export from Google Ads",
        "claude@example.com wrote to me",
        "https://otter.ai.evil.example/ is a trap",
        "otter.ai.evil.example is a trap",
        "<@U0CLAUDE> and <#C01|chatgpt>",
        "an AI logo generator",
        "scale AI across the company",
        "I'd like to use Otters",
    ],
)
def test_words_that_are_no_tool(catalogue: Catalogue, text: str) -> None:
    assert catalogue.recognise(text).kind != "one"


@pytest.mark.parametrize(
    ("text", "tool", "plan"),
    [
        ("ChatGPT Enterprise to write job ads", "chatgpt", "Enterprise"),
        ("use Gemini 2.5 Pro for code", "gemini", "2.5 Pro"),
        ("Claude 3.5 Sonnet for invoices", "claude", "3.5 Sonnet"),
        ("use ChatGPT4 for tests", "chatgpt", "4"),
        ("use Midjourney v6 for posters", "midjourney", "v6"),
        ("use ChatGPT for business plans", "chatgpt", ""),
    ],
)
def test_plans_and_versions_are_kept(catalogue: Catalogue, text: str, tool: str, plan: str) -> None:
    found = catalogue.recognise(text)
    assert (found.kind, ids(found), found.plan) == ("one", [tool], plan)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I'd like to use a tool called Foobar to rank CVs", "Foobar"),
        ('we plan to trial "Wonder Hire" for interviews', "Wonder Hire"),
        ("use Acme Insights to predict churn", "Acme Insights"),
        ("use foobar to write", "foobar"),
        ("is https://unknown-ai.example.com/app ok", "unknown-ai.example.com"),
        ("use AI to summarise", None),
        ("see my.report.pdf", None),
        ("use it for mails", None),
        ("use our data with ChatGPT", None),
    ],
)
def test_the_words_for_a_tool_that_is_not_in_the_catalogue(
    catalogue: Catalogue, text: str, phrase: str | None
) -> None:
    assert catalogue.unknown_phrase(text) == phrase


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("otter", "otter"),
        ("ottr", "otter"),
        ("chatg", "chatgpt"),
        ("github cop", "github-copilot"),
        ("deepl.com", "deepl"),
    ],
)
def test_search_for_a_select(catalogue: Catalogue, typed: str, first: str) -> None:
    assert catalogue.search(typed, limit=5)[0].id == first
    assert len(catalogue.search("ai", limit=5)) == 5
    assert catalogue.search("  ", limit=5) == []


WORDS = [
    "use",
    "Claude",
    "Copilot",
    "otter.ai",
    "https://",
    "<",
    ">",
    "|",
    "@",
    "GPT-4",
    "the",
    ".",
    ",",
    "\n",
    "'",
    "🎉",
    "Pro",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)))
def test_any_text_can_be_read(text: str) -> None:
    found = SHIPPED.recognise(text)
    assert (found.kind == "none") == (not found.tools)
    assert found.kind != "one" or len(found.tools) == 1
    if found.span:
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert found.text == text[start:end]


SHIPPED = Catalogue.load()


def test_an_organisation_can_have_a_catalogue_of_its_own() -> None:
    own = Catalogue(
        [Tool(id="minutes", name="Minute Maker", aliases=("MiMa",), domains=("minutes.example.com",))]
    )
    assert ids(own.recognise("can I use MiMa")) == ["minutes"]
    assert ids(own.recognise("https://minutes.example.com/a")) == ["minutes"]
    assert own.recognise("can I use ChatGPT").kind == "none"


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "build_catalogue", CATALOGUE.with_name("build_catalogue.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_builder_groups_rows_into_tools() -> None:
    plain = dict.fromkeys(("other_names", "vendor", "category", "general_product_with_ai"), "")
    rows = [
        plain
        | {"domain": "acme.ai", "tool": "Acme", "curated": "yes", "other_names": "Acme Bot; API endpoint"},
        plain | {"domain": "app.acme.ai", "tool": "Acme", "curated": "no"},
        plain | {"domain": "unnamed.io", "tool": "", "curated": "yes"},
        plain | {"domain": "cdn.example.com", "tool": "Acme", "curated": "yes"},
        plain | {"domain": "known.com", "tool": "Something else", "curated": "yes"},
    ]
    known = {
        "id": "known",
        "name": "Known",
        "vendor": "K",
        "aliases": [],
        "domains": ["known.com"],
        "category": "other",
    }
    additions = {
        "tools": [known], "ambiguous": {}, "shared": {}, "groups": {}, "names": {}, "categories": {},
        "drop": {"cdn.example.com": "a cache"},
    }  # fmt: skip
    built = {entry["id"]: entry for entry in builder().build(rows, [], additions)}
    assert sorted(built) == ["acme", "known", "unnamed-io"]
    assert (built["acme"]["domains"], built["acme"]["aliases"]) == (["acme.ai", "app.acme.ai"], ["Acme Bot"])
    assert (built["unnamed-io"]["name"], built["unnamed-io"]["aliases"]) == ("unnamed.io", ["unnamed"])
    assert built["known"]["name"] == "Known"
