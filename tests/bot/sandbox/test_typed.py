"""What a person types, as the app receives it, and back again."""

import pytest

from bot.sandbox.typed import link_names, to_typing, to_wire

PEOPLE = {"Ana": "U1", "Ana Maria": "U2", "Tom & Co": "U3"}
CHANNELS = {"general": "C1"}

TYPED = {
    "a < b & c > d": "a &lt; b &amp; c &gt; d",
    "<!channel> <@U1>": "&lt;!channel&gt; &lt;@U1&gt;",
    "&amp;": "&amp;amp;",
    "hi @Ana, and @ana maria!": "hi <@U1>, and <@U2>!",
    "@Anabel": "@Anabel",
    "mail@Ana": "mail@Ana",
    "@Tom & Co": "<@U3>",
    "see #general": "see <#C1|general>",
    "https://a.example/x?b=1&c=2.": "<https://a.example/x?b=1&amp;c=2>.",
    "(http://a.example/b_c)": "(<http://a.example/b_c>)",
    "use otter.ai now": "use <http://otter.ai|otter.ai> now",
    "ask me@a.example": "ask <mailto:me@a.example|me@a.example>",
    "version 1.5 and e.g. this": "version 1.5 and e.g. this",
}


@pytest.mark.parametrize(("typed", "wire"), TYPED.items())
def test_to_wire(typed: str, wire: str) -> None:
    assert to_wire(typed, PEOPLE, CHANNELS) == wire


def test_commands_carry_names_too() -> None:
    assert to_wire("for @Ana", PEOPLE, CHANNELS, with_names=True) == "for <@U1|Ana>"


def test_names_in_an_apps_text_are_linked_outside_of_brackets_and_code() -> None:
    assert link_names("@Ana `@Ana` <https://x|@Ana>", PEOPLE, {}) == "<@U1> `@Ana` <https://x|@Ana>"


def test_back_to_typing() -> None:
    wire = "hi <@U1> in <#C1|general>: <http://otter.ai|otter.ai> &lt;b&gt; &amp;"
    assert to_typing(wire, {"U1": "Ana"}, {"C1": "general"}) == "hi @Ana in #general: otter.ai <b> &"
