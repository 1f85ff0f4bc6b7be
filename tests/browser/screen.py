"""A person in front of the page: what they see is located by its words, what they press by its label."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Locator, Page, TimeoutError, expect

from bot.demo.stage import Stage
from store.engine import Store
from tests.browser.window import DESKTOP, PHONE, Size, Window

__all__ = ["DESKTOP", "PHONE", "Screen", "Size"]

MIRA, JONAS, PRIYA, AMARA, LEILA = "U0MIRA", "U0JONAS", "U0PRIYA", "U0AMARA", "U0LEILA"
"""A requester, an engineer, a recruiter, privacy counsel and reviewer, and the head of AI governance."""

GENERAL, CARDS = "C0GENERAL", "G0REVIEW"
USUAL = {
    "What happens to what it produces": "1",
    "Who could be affected": "nobody beyond my team",
    "What goes in?": "internal",
    "one of these areas": "none of all this",
    "any of these, even in part": "none of these",
    "assess or predict": "no",
    "people outside will see": "no",
    "watch people": "neither",
    "How would you reach it": "Company contract",
    "supplier learn": "No, the contract says so",
}
"""Typed answers of a harmless use, by words of the question."""

PICTURES = os.environ.get("STEWARD_PICTURES", "")
"""A folder; where it is set, stories leave pictures of their main moments in it."""


class Screen(Window):
    def __init__(self, page: Page, stage: Stage, user: str, size: Size) -> None:
        self.stage = stage
        super().__init__(page, stage.url, user, dm(user), size)
        expect(self.composer).to_be_visible()

    def picture(self, name: str) -> None:
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES) / f"{name}.png")

    # -- where one is

    @property
    def summary(self) -> Locator:
        return self.thread.locator("article", has_text="Nothing is sent before you submit")

    @property
    def only_for_me(self) -> Locator:
        """Messages that nobody else sees."""
        return self.page.locator("article", has_text="Only visible to you")

    def goes_home(self) -> None:
        self._drawer()
        self.page.get_by_test_id("channel-home").click()

    def goes_to_steward(self) -> None:
        self.goes_to(dm(self.user))

    # -- what one does

    def replies(self, words: str) -> None:
        """In the thread that is open."""
        self.page.get_by_test_id("thread-composer").fill(words)
        self.page.get_by_test_id("thread-composer-send").click()

    def opens_thread(self, words: str) -> None:
        message = self.main.locator("article", has_text=words).last
        message.locator(".thread-line").click()
        expect(self.thread).to_be_visible()

    def leaves_thread(self) -> None:
        """Back to what stands beside it, or behind it on a phone."""
        back = self.thread.get_by_role("button", name="Back to the conversation")
        if back.is_visible():
            back.click()

    def asks_steward(self, words: str) -> Locator:
        """Write to the bot; its first reply in the thread."""
        self.writes(words)
        self.opens_thread(words[:40])
        first = self.thread.locator("article[data-user=U0STEWARD]").first
        first.wait_for()
        return first

    def question(self, asked: str) -> Locator:
        """The message that asks this now, with its buttons."""
        ways_out = self.page.get_by_role("button", name="Why do we ask?")
        found = self.thread.locator("article", has_text=asked).filter(has=ways_out)
        found.first.wait_for()
        expect(found).to_have_count(1)
        return found

    def answers(self, known: Mapping[str, str]) -> None:
        """Type until the summary stands; each answer is found by the beginning of its question."""
        ways_out = self.page.get_by_role("button", name="Why do we ask?")
        asking = self.thread.locator("article").filter(has=ways_out)
        while True:
            asking.or_(self.summary).first.wait_for()
            if self.summary.is_visible():
                return
            here = self.page.get_by_test_id(asking.get_attribute("data-testid") or "")
            words = here.inner_text()
            self.replies(next(answer for asked, answer in known.items() if asked in words))
            here.filter(has=ways_out).wait_for(state="hidden")

    def sees(self, where: Locator, *texts: str | re.Pattern[str]) -> None:
        for text in texts:
            # Waiting looks at every frame, expect only four times a second; what it says on failure is better.
            with suppress(TimeoutError):
                where.filter(has_text=text).first.wait_for()
            expect(where).to_contain_text(text, timeout=500)

    def calls(self, command: str) -> Locator:
        """`/steward …`; what only this person reads in answer."""
        before = self.only_for_me.count()
        self.writes(command)
        self.only_for_me.nth(before).wait_for()
        return self.only_for_me.last

    def card(self, words: str) -> Locator:
        """The newest card in the channel that tells of this."""
        found = self.main.locator("article[data-user=U0STEWARD]", has_text=words).last
        found.wait_for()
        return found


def dm(user: str) -> str:
    return f"D{user[1:]}"


def store_of(stage: Stage) -> Store:
    assert stage.running is not None
    return stage.running.office.store
