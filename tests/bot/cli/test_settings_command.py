"""What is settled is shown; an operator can put the file in force where nobody can change it in Slack any more."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.config import change, current, seed
from store import audit
from store.engine import Store
from store.people import person
from tests.databases import Clock


@pytest.fixture
def left(store: Store, clock: Clock) -> Store:
    """The one lead named themselves in Slack, and has left since."""
    seed(store, {"roles.governance_lead": ["U0MIRA"], "language": "en"}, now=clock())
    with store.write() as session:
        mira = person(session, team="T", slack_user="U0MIRA", now=clock())
    change(store, {"roles.governance_lead": ["U0GONE"]}, by=mira, key="window", now=clock())
    return store


def test_what_is_in_force_is_shown(steward: Any, left: Store) -> None:
    code, said, _ = steward("settings")
    assert code == 0
    assert 'language: "en"  (the settings file, 2026-11-21T09:00)' in said
    found = json.loads(steward("settings", "--json")[1])
    assert [(each["key"], each["value"]) for each in found] == [
        ("language", "en"),
        ("roles.governance_lead", ["U0GONE"]),
    ]


def test_the_file_can_be_put_in_force_again(steward: Any, left: Store, tmp_path: Path) -> None:
    (tmp_path / "steward.yaml").write_text("roles: {governance_lead: [U0NEW]}\nlanguage: de\n")
    take = ("settings", "--from-file", "roles.governance_lead")
    assert steward(*take)[:2] == (0, "in force now: roles.governance_lead\n")
    with left.read() as session:
        config = current(session)
        line = audit.about(session, "settings", "organisation")[-1]
    assert (config.roles["governance_lead"], config.language) == (("U0NEW",), "en")
    assert (line["what"], line["actor"], line["detail"]) == (
        "settings.changed",
        None,
        {"keys": ["roles.governance_lead"]},
    )
    assert steward("verify")[0] == 0
    assert "says the same" in steward(*take)[1]


@pytest.mark.parametrize(("key", "why"), [("roles.leed", "cannot be taken"), ("country", "does not say it")])
def test_what_the_file_does_not_say_changes_nothing(
    steward: Any, left: Store, tmp_path: Path, key: str, why: str
) -> None:
    (tmp_path / "steward.yaml").write_text("language: de\n")
    code, said, errors = steward("settings", "--from-file", "language", key)
    assert (code, said, why in errors) == (1, "", True)
    with left.read() as session:
        assert current(session).language == "en"
