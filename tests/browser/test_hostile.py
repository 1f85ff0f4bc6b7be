"""People's words are shown and never obeyed: no markup, no mention, no link, no script, wherever they turn up."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import LookAt
from tests.browser.screen import CARDS, GENERAL, LEILA, MIRA, USUAL

pytestmark = pytest.mark.browser

REF = re.compile(r"AIU-\d{4}-\d{4}")
PURPOSE = (
    "<img src=x onerror=alert(1)> *bold* ~gone~ `code` <!channel> <@U0LEILA> <https://evil.example/a|click> "
    "https://evil.example/b &lt;b&gt; @here\n> quoted"
)
TITLE = "<img src=x onerror=alert(1)> *bold* <!channel> <@U0LEILA> https://evil.example"
CONDITION = "<img src=x onerror=alert(2)> *bold* <!here> <@U0MIRA> https://evil.example/c"


def test_hostile_words_stay_words(look: LookAt) -> None:
    screen = look(MIRA)
    screen.asks_steward("I'd like to use Otter.ai")
    screen.replies("start")
    screen.answers(
        {"What brings you here": "2", "Which tool": "Otter.ai", "for whom": f"{PURPOSE} @Leila Haddad"}
        | USUAL
    )
    said = screen.thread.locator("article[data-user=U0STEWARD] .body")
    are_only_words(said.filter(has_text=re.compile("^Purpose: ")), PURPOSE)

    screen.summary.get_by_role("button", name="Edit: Title").click()
    screen.question("What shall we call it?")
    screen.replies(TITLE)
    screen.sees(screen.thread, "Title: <img")
    are_only_words(screen.summary, TITLE, PURPOSE[:70])  # long answers are cut there
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    are_only_words(said.filter(has_text="being decided"), TITLE, PURPOSE)

    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    are_only_words(card, TITLE, PURPOSE)
    screen.presses(card, "Approve with conditions")
    are_only_words(screen.modal, TITLE)
    screen.modal.get_by_label("More conditions").fill(CONDITION)
    screen.modal.get_by_label("Reason").fill(PURPOSE)
    screen.presses(screen.modal, "Approve with conditions")
    screen.sees(card, "Approved with conditions")
    are_only_words(card, TITLE, PURPOSE, CONDITION)

    screen.goes_to(GENERAL)
    are_only_words(screen.calls("/steward can I use otter"), TITLE, CONDITION)
    are_only_words(screen.calls("/steward list"), TITLE)
    ref = REF.search(screen.only_for_me.last.inner_text())
    assert ref is not None
    are_only_words(screen.calls(f"/steward show {ref[0]}"), TITLE, PURPOSE, CONDITION)
    screen.becomes(MIRA)
    screen.goes_home()
    are_only_words(screen.home, TITLE, CONDITION)
    screen.home.get_by_role("button", name="Details").first.click()
    are_only_words(screen.modal, TITLE, PURPOSE, CONDITION)


def are_only_words(part: Locator, *words: str) -> None:
    """Every word is there to be read, brackets and stars too, so nothing was made of it but text."""
    expect(part.first).to_be_visible()
    for text in words:
        expect(part.first).to_contain_text(readable(text))
    expect(part.locator("img, script, iframe, em, s, pre, code, blockquote, a[href*=evil]")).to_have_count(0)
    expect(part.locator("strong", has_text=re.compile("^bold$"))).to_have_count(0)
    expect(part.locator(".mention", has_text=re.compile("@(channel|here|everyone)"))).to_have_count(0)


def readable(text: str) -> re.Pattern[str]:
    """The words in their order; signs that would format may be drawn by their doubles, and joined unseen."""
    doubles = {"*": "[*\u2217]", "`": "[`\u02cb]", "~": "[~\u223c]"}
    letters = [doubles.get(letter, re.escape(letter)) for letter in text if not letter.isspace()]
    return re.compile("[\u2060\\s]*".join(letters))
