"""What is typed behind `/steward`: slips and short numbers are understood, and no word of a question is a verb."""

from __future__ import annotations

import pytest

from bot.slack.verbs import OF_INCIDENT, Wish, is_reference, led_by, read_wish, references


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("", Wish("help", "")),
        ("list otter", Wish("list", "otter")),
        ("Show 4", Wish("show", "4")),
        ("AIU-2026-0004", Wish("show", "AIU-2026-0004")),
        ("aiu 4", Wish("show", "aiu 4")),
        ("lst", Wish("list", "", "lst")),
        ("lsit", Wish("list", "", "lsit")),
        ("shwo 4", Wish("show", "4", "shwo")),
        ("hlep", Wish("help", "", "hlep")),
        ("settigns", Wish("settings", "", "settigns")),
        ("Setings", Wish("settings", "", "Setings")),
    ],
)
def test_a_wish_is_understood_with_its_slips(text: str, wish: Wish) -> None:
    assert read_wish(text) == wish


@pytest.mark.parametrize(
    "text", ["can I use otter", "otter", "shop assistant", "shop", "lift control", "helpful tools", "setting up a bot",
             "list", "4", "show"]
)  # fmt: skip
def test_no_other_word_is_taken_for_a_slip(text: str) -> None:
    assert not read_wish(text).guessed


@pytest.mark.parametrize(
    "text", ["4", "0004", "aiu 4", "AIU-4", "aiu 2026-4", "AIU-2026-4", "AIU-2026-0004", "#4"]
)
def test_a_short_number_is_a_reference(text: str) -> None:
    assert is_reference(text)
    assert "AIU-2026-0004" in references(text, 2026)


COPIED = [
    "<https://acme.slack.com/archives/C1/p1|{}>", "{} (https://acme.slack.com/archives/C1/p1)", "`{}`", "*{}*", "_{}_",
    "{}.", "“{}”", "({})", "[{}](https://acme.example/uses)", " {}, ", "\u200b{}", "~{}~?",
]  # fmt: skip


@pytest.mark.parametrize("copied", COPIED)
def test_a_reference_is_read_however_it_was_copied(copied: str) -> None:
    use, incident = copied.format("AIU-2026-0042"), copied.format("aii-2026-0007")
    assert is_reference(use)
    assert references(use, 2026) == ("AIU-2026-0042",)
    assert read_wish(use) == Wish("show", "AIU-2026-0042")
    assert read_wish(f"show {use}").verb == "show"
    assert references(incident, 2026, prefix=OF_INCIDENT) == ("AII-2026-0007",)
    assert read_wish(incident) == Wish("incident", "aii-2026-0007")
    assert read_wish(f"show {incident}").verb == "incident"
    assert led_by(f"{incident.strip()} It happened again.") == ("aii-2026-0007", "It happened again.")
    assert not is_reference(incident)


@pytest.mark.parametrize("dash", "‐‑–—−")
def test_a_dash_that_was_set_anew_is_a_dash(dash: str) -> None:
    assert references(f"AIU{dash}2026{dash}0042", 2026) == ("AIU-2026-0042",)


def test_an_address_alone_is_no_reference() -> None:
    for text in ("<https://acme.example/42>", "https://acme.example/42", "<@U42>", "AIU-2026-0042 and 43"):
        assert not is_reference(text)


def test_a_year_that_was_said_is_the_only_one_meant() -> None:
    assert references("AIU-2024-7", 2026) == ("AIU-2024-0007",)
    assert references("7", 2026)[:3] == ("AIU-2027-0007", "AIU-2026-0007", "AIU-2025-0007")
    assert references("otter", 2026) == ("otter",)
    assert not is_reference("otter 4")


@pytest.mark.parametrize(
    "typed",
    ["concern\nThey paste names", "concern\tThey paste names", "Concern: They paste names", "concerns They paste names",
     "conern They paste names", "concern – They paste names"],
)  # fmt: skip
def test_a_slip_of_concern_stays_without_a_name(typed: str) -> None:
    """Else it would be read as a question, by name."""
    wish = read_wish(typed)
    assert wish == Wish("concern", "They paste names")
