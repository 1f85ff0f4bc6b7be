"""What the check says of the people file."""

from __future__ import annotations

from bot.checks.people import file
from bot.config import Config
from store import employees
from store.employees import Employee
from store.engine import Store

CONFIG = Config(roles={"reviewer": ("U0BEN", "S0GROUP"), "risk_owner": ("U0CLEO",), "auditor": ("U0DAN",)})


def said(store: Store) -> list[str]:
    return [f"{finding.level}: {finding.what}" for finding in file(store, CONFIG)]


def test_without_one_it_says_what_counts_instead(store: Store) -> None:
    (only,) = said(store)
    assert only.startswith("info: There is no people file")


def test_who_decides_and_is_not_in_it_is_named(store: Store) -> None:
    told = [Employee(email="ben@example.com", slack_user="U0BEN"), Employee(email="dan@example.com")]
    with store.write() as session:
        employees.take(session, employees.compared(session, told), whole=False, now=store.now())
    assert said(store) == [
        "info: The people file has 2 people; 0 found in Slack.",
        "warning: Of those who decide, the people file does not say who these are: U0CLEO.",
    ]
