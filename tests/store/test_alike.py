"""The same words are found however they were sent on, and others are not taken for them."""

import pytest

from store.alike import Wanted, bare

SAID = "For the family of a person with an illness."


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (SAID, SAID),
        (SAID, f"She wrote: {SAID.upper()} Then more."),
        (SAID, "family of a person"),
        (SAID, "&gt; For the family of\n&gt; a person with an illness."),
        (SAID, "For the fam…"),
        (SAID, "*Reason* For the family of… (more) <https://example.org|here>"),
        (SAID, "For the family..."),
        ("a & b < c", "a &amp; b &lt; c"),
        ("ana@example.org", "<mailto:ana@example.org|ana@example.org>"),
        ("see https://example.org/x", "see <https://example.org/x>"),
        ("snake_case *stars*", "snake\u2060_case ∗stars∗"),
        ("Ill", "ill"),
        ("\U0001f912", "\U0001f912"),
        ("family", "My family asks"),
        ("病気の家族のために使いたいと思います", "彼女は病気の家族のために使いたいと思いますと言った"),
    ],
)
def test_the_same_words(word: str, text: str) -> None:
    assert Wanted([word]).stand_in(text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (SAID, "For…"),
        (SAID, "For the family of a pet…"),
        (SAID, "illness"),
        ("Ill", "She is ill today"),
        ("family", "familiar"),
        (SAID, ""),
        ("", "anything"),
    ],
)
def test_other_words(word: str, text: str) -> None:
    assert not Wanted([word]).stand_in(text)


def test_nothing_is_wanted_of_nothing() -> None:
    assert not Wanted(["", "  "])
    assert bare("  ") == ""
