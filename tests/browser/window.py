"""A browser window on the page of a local workspace, as one person; it notes what the browser complains of."""

from __future__ import annotations

import re
from typing import NamedTuple

from playwright.sync_api import ConsoleMessage, Dialog, Locator, Page, Response, expect

PATIENCE = 10_000
expect.set_options(timeout=PATIENCE)


class Size(NamedTuple):
    width: int
    height: int


DESKTOP, PHONE = Size(1280, 900), Size(390, 844)
NAMED = (
    "button",
    "textbox",
    "combobox",
    "checkbox",
    "radio",
    "listbox",
    "switch",
    "dialog",
    "img",
    "link",
    "tab",
)
"""Roles that are silence to a screen reader without a name."""


class Window:
    def __init__(self, page: Page, url: str, user: str, place: str, size: Size) -> None:
        self.page, self.user, self.size = page, user, size
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._note)
        page.on("response", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", self._alarmed)
        page.goto(f"{url}#as={user}&c={place}")

    def _note(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):
            self.complaints.append(f"{said.type}: {said.text}")

    def _heard(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url} {response.request.post_data}")

    def _alarmed(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    # -- where one is

    @property
    def composer(self) -> Locator:
        return self.page.get_by_test_id("composer")

    @property
    def main(self) -> Locator:
        return self.page.locator("#main")

    @property
    def thread(self) -> Locator:
        return self.page.locator("#side")

    @property
    def modal(self) -> Locator:
        return self.page.get_by_test_id("modal")

    @property
    def home(self) -> Locator:
        return self.page.get_by_test_id("home")

    @property
    def toasts(self) -> Locator:
        return self.page.get_by_test_id("toast")

    def message(self, words: str) -> Locator:
        """The newest message in the conversation that says this."""
        return self.main.locator("article", has_text=words).last

    def becomes(self, user: str) -> None:
        self._drawer()
        self.page.get_by_test_id("person-switch").select_option(user)
        self.user = user
        expect(self.page).to_have_url(re.compile(f"as={user}"))

    def goes_to(self, place: str) -> None:
        self._drawer()
        self.page.get_by_test_id(f"channel-{place}").click()
        expect(self.page).to_have_url(re.compile(f"c={place}"))

    def _drawer(self) -> None:
        """On a phone the places are behind a button, until one is chosen."""
        handle = self.page.get_by_test_id("drawer")
        if handle.is_visible() and not self.page.locator(".frame.drawer").count():
            handle.click()

    # -- what one does

    def writes(self, words: str) -> None:
        self.composer.fill(words)
        self.page.get_by_test_id("composer-send").click()

    def presses(self, where: Locator, label: str) -> None:
        where.get_by_role("button", name=label, exact=True).click()

    def picks(self, where: Locator, *labels: str) -> None:
        """Choose from a menu by what its rows say."""
        where.locator("button.menu").click()
        rows = self.page.get_by_test_id("dropdown")
        for label in labels:
            rows.get_by_role("option").filter(has_text=label).click()
        if rows.is_visible():
            self.page.keyboard.press("Escape")

    def acts_on(self, message: Locator, label: str) -> None:
        """Use a tool of a message; what is not beside it is behind its "more" button."""
        message.hover()
        beside = message.get_by_role("group", name="Message actions")
        if not beside.get_by_role("button", name=label, exact=True).count():
            beside.get_by_role("button", name="More actions").click()
            self.page.get_by_test_id("dropdown").get_by_role("option", name=label, exact=True).click()
        else:
            beside.get_by_role("button", name=label, exact=True).click()


def every_control_is_named(part: Locator) -> None:
    """A field or a button without a name is silence to a screen reader."""
    for role in NAMED:
        for element in part.get_by_role(role).all():  # type: ignore[arg-type]
            expect(element).to_have_accessible_name(re.compile(r"\S"))
