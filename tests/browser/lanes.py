"""What the stories of the lanes share: who decides what, what was asked beforehand by hand, a moment looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, expect

from bot.config import change
from bot.demo.player import Player
from bot.demo.stage import Stage
from bot.demo.story import submit
from bot.slack.ids import Action
from tests.browser.screen import AMARA, CARDS, DESKTOP, JONAS, LEILA, MIRA, PHONE, Screen, Size, store_of

NAMES = {AMARA: "@Amara Okafor", JONAS: "@Jonas Weber", LEILA: "@Leila Haddad", MIRA: "@Mira Kovac"}
APART: dict[str, Any] = {
    "roles.reviewer": [LEILA, JONAS],
    "roles.risk_owner": [LEILA],
    "roles.legal": [AMARA],
    "roles.privacy": [JONAS],
    "roles.vendor_manager": [JONAS],
    "roles.security": [JONAS],
    "roles.committee": [LEILA, AMARA],
    "roles.executive": [MIRA],
}
"""Nobody holds all the seats of a request by themselves."""

HARMLESS = {
    "kind": "use_new",
    "output_use": "draft_self",
    "people": "only_team",
    "data": "internal",
    "area": "none",
    "red_flag": "none",
    "account": "enterprise",
    "train_on_data": "no_contract",
    "profiling": "no",
    "monitoring": "none",
    "gen_public": "no",
}
"""Typed in a thread; low risk, and one reviewer decides."""

FINDER = HARMLESS | {
    "purpose": "Find applications that came in twice",
    "output_use": "shared_after_check",
    "people": "staff_applicants",
    "data": "personal",
    "area": "employment",
    "function": "employment.ranking",
    "influence": "narrow_prep",
    "worst": "inconvenience",
    "scale": "lt10000",
}
"""On the list of the law, and only prepares what people decide: high risk."""

MACHINE = re.compile(
    r"\b[0-9a-f]{32}\b|<[@#!]|\b[UCGDTW]0[A-Z0-9]{2,}\b|[{}]|\b(?:True|False)\b"
    r"|(?<![/\w.-])[a-z]+(?:_[a-z]+)+\b(?![\w/@])"
)
"""Ids, names of fields and whatever else only a machine calls something."""

SIDEWAYS = """() => {
  const seen = node => node.offsetParent !== null && node.clientWidth > 0;
  const cut = node => {
    const held = getComputedStyle(node);
    return held.overflowX !== 'hidden' && held.overflowX !== 'auto' && held.overflowX !== 'scroll'
      && held.display !== 'inline' && node.scrollWidth > node.clientWidth + 1;
  };
  const words = document.querySelectorAll('#main *, #side *, [data-testid=modal] *');
  return [...words].filter(node => seen(node) && cut(node)).map(node => node.className + ': ' + node.innerText);
}"""
LOOKED_AT = (DESKTOP, PHONE)


def set_up(stage: Stage, settings: Mapping[str, Any]) -> None:
    """What the organisation says otherwise; whoever decides something is in the channel of the cards."""
    store = store_of(stage)
    change(store, settings, by=None, key="story", now=store.now())
    assert stage.running is not None
    stage.running.office.changed()  # else it would be seen within moments
    with stage.server.workspace.lock:
        members = stage.server.workspace.channels[CARDS].members
        decide = {user for name, users in settings.items() if name.startswith("roles.") for user in users}
        members += sorted(decide - set(members))


def asked(stage: Stage, user: str, words: str, answers: Mapping[str, str]) -> None:
    """A request in review, asked for by hand in the thread as anybody does, before somebody opens the browser."""
    thread = Player(stage.server, user).asks(words)
    thread.presses(Action.START_BLANK, Action.START)
    thread.answers({question: _words(stage, question, answer) for question, answer in answers.items()})
    submit(stage.server, thread)


def _words(stage: Stage, question: str, answer: str) -> str:
    """As a person types it: the label of a choice."""
    assert stage.running is not None
    library = stage.running.office.library
    choices = {choice.id for choice in library.form.by_id[question].choices}
    return library.wording.label(question, answer) if answer in choices else answer


def closes_thread(screen: Screen) -> None:
    screen.thread.get_by_test_id("thread-close").click()
    expect(screen.thread).to_be_hidden()


def passes(stage: Stage, **time: float) -> None:
    """So much time goes by; the worker looks around by itself."""
    stage.server.workspace.clock.move(timedelta(**time).total_seconds())


def looks_at(screen: Screen, name: str, part: Locator | None = None) -> None:
    """One moment on a desk and on a phone, with a picture of both; what is cut off or a machine's is complained of."""
    for size in LOOKED_AT:
        resized(screen, size)
        if part is not None:
            part.evaluate("node => node.scrollIntoView({block: 'start'})")
        wide = screen.page.evaluate("document.documentElement.scrollWidth") > size.width
        found = [*screen.page.evaluate(SIDEWAYS), *machine_words(screen), *(["the page"] if wide else [])]
        screen.complaints += [f"{name}, {size.width} wide: {each}" for each in found]
        screen.picture(f"{name}-{'phone' if size == PHONE else 'desktop'}")
    resized(screen, screen.size)


def resized(screen: Screen, size: Size) -> None:
    if screen.page.viewport_size != {"width": size.width, "height": size.height}:
        screen.page.set_viewport_size({"width": size.width, "height": size.height})
        screen.page.evaluate("() => new Promise(requestAnimationFrame)")


def machine_words(screen: Screen) -> list[str]:
    """Of what Steward says and can be read now, without what is meant to be typed."""
    said = screen.page.locator(".message[data-user=U0STEWARD], [data-testid=modal], [data-testid=home]")
    return [found[0] for part in said.all_inner_texts() for found in MACHINE.finditer(part)]


def opens(screen: Screen, card: Locator, label: str) -> None:
    """The window of a button, or of what stands in the menu of what can be done besides."""
    button = card.get_by_role("button", name=label, exact=True)
    if button.count():
        button.click()
    else:
        card.get_by_role("button", name="More", exact=True).click()
        screen.page.get_by_role("option", name=label, exact=True).click()
    expect(screen.modal).to_be_visible()


def field(screen: Screen, name: str) -> Locator:
    """Where words are written in the window in front."""
    return screen.modal.get_by_test_id(f"field-{name}").get_by_role("textbox")


def hands_in(screen: Screen, label: str, **fields: str) -> None:
    for name, words in fields.items():
        field(screen, name).fill(words)
    screen.presses(screen.modal, label)
    expect(screen.modal).to_be_hidden()


def says_yes(screen: Screen, user: str, about: str, reason: str) -> None:
    screen.becomes(user)
    screen.goes_to(CARDS)
    card = screen.card(about)
    opens(screen, card, "Approve")
    hands_in(screen, "Approve", reason=reason)
    screen.sees(
        card, re.compile("yes from " + NAMES[user] + "|Approved(?: with conditions)? by " + NAMES[user])
    )
