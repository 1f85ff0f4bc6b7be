"""People's words lose every power before they are shown, and none of their content."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import JOINER, Mrkdwn, clean, cut, cut_markup, escaped, one_line, width

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=[])) | st.text(
    "<>&*_~`:@#/\\|!\n aUé\u202e🙂", max_size=60
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"),
        ("&lt;!here&gt;", "&amp;lt;!here&amp;gt;"),
        ("<!channel> <@U1> <http://x|y>", f"&lt;!channel&gt; &lt;@{JOINER}U1&gt; &lt;http:{JOINER}//x|y&gt;"),
        ("*b* `c` ~d~", "∗b∗ ˋcˋ ∼d∼"),
        ("snake_case stays", "snake_case stays"),
        ("_slanted_", "\u02cdslanted\u02cd"),
        ("> quoted", f"{JOINER}&gt; quoted"),
        ("write to a@b.example", f"write to a@{JOINER}b.example"),
        ("#general :tada: 10:30", f"#{JOINER}general :{JOINER}tada: 10:30"),
        ("family 👨‍👩‍👧 and Persian می‌خواهم", "family 👨‍👩‍👧 and Persian می‌خواهم"),
        ("left\u202eright\u200e\x00\x1b[0m\ud800", "leftright[0m"),
    ],
)
def test_words_stay_words(said: str, shown: str) -> None:
    assert escaped(said) == shown


@given(ANY_TEXT)
def test_nothing_anybody_writes_is_a_control_sequence(said: str) -> None:
    shown = escaped(said)
    assert "<" not in shown
    assert ">" not in shown
    assert not set(shown) & set("*`~")
    assert "://" not in shown
    assert not re.search(r"[@#]\w", shown)
    assert not re.search(r"^\s*&gt;", shown, re.MULTILINE)
    assert not re.search(r"(?<![^\W_])_(?!\u2060)", shown)
    shown.encode()


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(said: str) -> None:
    assert clean(clean(said)) == clean(said)


@given(ANY_TEXT, st.integers(2, 40))
def test_what_is_cut_fits_and_still_is_whole_characters(said: str, most: int) -> None:
    said = clean(said)
    assert width(cut(said, most)) <= most
    assert width(cut_markup(escaped(said), most)) <= most
    cut(said, most).encode()


def test_a_cut_goes_neither_through_an_entity_nor_a_mention_nor_an_emoji() -> None:
    assert cut_markup(Mrkdwn("ab &amp; c"), 7) == "ab…"
    assert cut_markup(Mrkdwn("see <@U012345678> now"), 12) == "see…"
    assert cut("ab👨‍👩‍👧cd", 8) == "ab…"
    assert cut("abe\u0301f", 4) == "ab…"
    assert cut("short", 5) == "short"


def test_a_cut_leaves_a_word_out_rather_than_half_of_it() -> None:
    assert cut("transcribe customer calls", 22) == "transcribe customer…"
    assert cut("Otter.ai: Transcribe, customers", 25) == "Otter.ai: Transcribe…"
    assert cut("transcribe customer calls", 20) == "transcribe customer…"
    assert cut("a" * 50, 20) == "a" * 19 + "…", "an endless word is cut"
    assert cut_markup(Mrkdwn("see what <@U012345678> wrote"), 27) == "see what <@U012345678>…"
    assert cut_markup(Mrkdwn("by <!date^1^{date}, {time}|2026-12-08 17:00>unbroken"), 50) == "by…"


def test_one_line_has_one_line() -> None:
    assert one_line(" a\r\n\u2028 b\t c ") == "a b c"


@pytest.mark.parametrize("said", ["\n", "\n ", " \n", " ", "> \n", ":a", "_ "])
def test_a_long_text_is_read_in_one_go(said: str) -> None:
    """Hours, if every line looked on to the end of the text."""
    assert len(escaped(said * 200_000)) >= 200_000


def test_each_quoted_line_loses_its_power() -> None:
    assert escaped("> a\n\n \t> b\n>> c").count(f"{JOINER}&gt;") == 3


def test_an_emoji_code_in_any_script_loses_its_power() -> None:
    assert escaped(":ありがとう: 10:30:15") == f":{JOINER}ありがとう: 10:{JOINER}30:15"
