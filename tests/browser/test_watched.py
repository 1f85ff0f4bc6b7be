"""What a use is watched by, in the browser: the plan, the report, and what is past its limit; on a phone, too."""

import pytest

from tests.browser.conftest import LookAt
from tests.browser.screen import CARDS, DESKTOP, LEILA, MIRA, PHONE, Screen, Size
from tests.browser.test_after_yes import WORDS, approved, asked

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_value_past_its_limit_has_it_decided_anew(look: LookAt, size: Size) -> None:
    screen, name = look(MIRA, size), "phone" if size is PHONE else "desktop"
    asked(screen)
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    screen.leaves_thread()
    approved(screen, name)
    screen.becomes(MIRA)
    plans(screen, name)
    reports(screen, name)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(screen.thread, "Past its limit", "please stop using it")
    screen.picture(f"watched-5-told-{name}")
    screen.leaves_thread()
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    screen.sees(screen.card("DeepL"), "Past its limit since it was approved", "12 %")
    screen.picture(f"watched-6-card-{name}")


def closes(screen: Screen) -> None:
    """The window, and the one below it."""
    while screen.modal.count():
        screen.modal.get_by_test_id("modal-close").click()


def opens(screen: Screen) -> None:
    screen.goes_home()
    screen.home.get_by_role("button", name="Details").first.click()
    screen.sees(screen.modal, "DeepL")


def plans(screen: Screen, name: str) -> None:
    opens(screen)
    screen.presses(screen.modal, "What it is watched by")
    screen.sees(screen.modal, "Up to five measures")
    limit = screen.modal.get_by_test_id("field-limit.1").get_by_role("textbox")
    limit.fill("many")
    screen.presses(screen.modal, "Watch it by this")
    screen.sees(screen.modal, "Please write a number")
    screen.picture(f"watched-1-wrong-{name}")
    limit.fill("10 %")
    screen.picture(f"watched-2-plan-{name}")
    screen.presses(screen.modal, "Watch it by this")
    screen.sees(screen.modal, "Recorded. Whoever reports is asked")
    closes(screen)


def reports(screen: Screen, name: str) -> None:
    opens(screen)
    screen.sees(screen.modal, "Watched by, reported every month")
    screen.presses(screen.modal, "Report values")
    screen.modal.get_by_test_id("field-figure.1").locator("input").fill("12")
    screen.modal.get_by_test_id("field-remark.2").get_by_role("textbox").fill("Nobody counted yet")
    screen.picture(f"watched-3-report-{name}")
    screen.presses(screen.modal, "Report")
    screen.sees(screen.modal, "Something is past its limit")
    screen.picture(f"watched-4-reported-{name}")
    closes(screen)
