"""A dozen waiting: one at a time in one window, decided there, and what Home says of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.conftest import LookAt
from tests.browser.lanes import HARMLESS, asked, looks_at
from tests.browser.screen import JONAS, LEILA, MIRA, Screen

pytestmark = pytest.mark.browser

TASKS = (
    "translate our handbook", "draft replies to suppliers", "summarise long e-mail threads",
    "write test data for our shop", "tidy up minutes of meetings",
)  # fmt: skip


def test_one_after_the_other(look: LookAt, stage: Stage) -> None:
    for number, task in enumerate(TASKS):
        asked(
            stage, (MIRA, JONAS)[number % 2], f"I'd like to use DeepL to {task}", HARMLESS | {"purpose": task}
        )
    screen = look(LEILA)
    home_says_how_many(screen)
    decided_one_by_one(screen)


def home_says_how_many(screen: Screen) -> None:
    screen.goes_home()
    screen.sees(screen.home, f"{len(TASKS)} requests wait for your decision.")
    looks_at(screen, "queue-1-home")
    screen.presses(screen.home, "One by one")
    screen.sees(screen.modal, f"1 of {len(TASKS)}")
    looks_at(screen, "queue-2-first")


def decided_one_by_one(screen: Screen) -> None:
    screen.presses(screen.modal, "Approve")
    screen.sees(screen.modal, "Back to the queue")
    looks_at(screen, "queue-3-approve")
    screen.modal.get_by_test_id("field-reason").get_by_role("textbox").fill("Fits.")
    screen.presses(screen.modal, "Approve")
    screen.sees(screen.modal, f"1 of {len(TASKS) - 1}", "approved")
    looks_at(screen, "queue-4-next")
    screen.presses(screen.modal, "Next")
    screen.sees(screen.modal, f"2 of {len(TASKS) - 1}")
    shown = re.search(r"AIU-\d{4}-\d{4}", screen.modal.inner_text())
    assert shown is not None
    screen.presses(screen.modal, "Later")
    expect(screen.modal).not_to_contain_text(shown[0])
    looks_at(screen, "queue-5-later")
    screen.modal.get_by_test_id("modal-close").click()
    expect(screen.modal).to_be_hidden()
