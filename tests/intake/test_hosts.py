"""Domains as logs write them, and the tool at each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.catalogue import Catalogue
from intake.hosts import Hosts, parted
from intake.tool import Tool

CATALOGUE = Catalogue.load()
HOSTS = Hosts(CATALOGUE.tools)


@pytest.mark.parametrize(
    ("written", "tool"),
    [
        ("chatgpt.com", "chatgpt"),
        (" ChatGPT.com. ", "chatgpt"),
        ("https://chatgpt.com/c/123?x=1#y", "chatgpt"),
        ("https://ana:secret@chatgpt.com:443/", "chatgpt"),
        ("*.otter.ai", "otter"),
        ('"otter.ai"', "otter"),
        ("www.otter.ai:8443", "otter"),
        ("api.eu.otter.ai", "otter"),
        ("bedrock.eu-central-1.amazonaws.com", "amazon-bedrock"),
        ("openai.com", "chatgpt"),
        ("api.openai.com", "openai-api-platform"),
        ("openaicom.imgix.net", "chatgpt"),
        ("example.org", None),
        ("otter.ai.evil.example", None),
        ("notter.ai", None),
        ("10.0.0.1", None),
        ("localhost", None),
        ("amazonaws.com", None),
        ("ec2.eu-central-1.amazonaws.com", None),
        ("", None),
        ("not a domain", None),
        ("a" * 300 + ".com", None),
    ],
)
def test_the_tool_at_an_address(written: str, tool: str | None) -> None:
    home = HOSTS.at(written)
    assert (home.tool.id if home else None) == tool


@pytest.mark.parametrize(
    ("written", "general"),
    [("otter.ai", False), ("notion.so", True), ("adobe.com", True), ("acrobat.adobe.com", False)],
)
def test_an_address_of_much_else_says_little_of_ai(written: str, general: bool) -> None:
    home = HOSTS.at(written)
    assert home is not None
    assert home.general is general


def test_every_domain_of_the_catalogue_leads_to_a_tool_that_lives_there() -> None:
    for tool in CATALOGUE.tools:
        for domain in tool.domains:
            home = HOSTS.at(domain.replace("*", "eu-west-1"))
            assert home is not None, domain
            assert domain in home.tool.domains, (domain, home.tool.id)


def test_a_path_tells_apart_what_shares_a_host() -> None:
    made = Hosts([Tool(id="a", name="A", domains=("x.com/ai",)), Tool(id="b", name="B", domains=("y.com",))])
    assert made.at("https://x.com/ai/chat") is not None
    assert made.at("https://x.com/news") is None
    assert made.brief("https://x.com/ai/chat") == "https://x.com/ai/chat"
    assert made.brief("https://y.com/1/2") == "y.com"


@given(st.text(max_size=80))
def test_whatever_is_written_there_nothing_breaks(written: str) -> None:
    host, _ = parted(written)
    assert "/" not in host
    assert not host or host == host.lower()
    HOSTS.at(written)


@given(
    st.sampled_from([d for tool in CATALOGUE.tools for d in tool.domains if "*" not in d and "/" not in d]),
    st.text(),
)
def test_what_is_remembered_for_a_link_is_what_the_whole_link_says(domain: str, path: str) -> None:
    link = f"https://{domain}/{path}"
    assert HOSTS.at(HOSTS.brief(link)) == HOSTS.at(f"https://{domain}/")
