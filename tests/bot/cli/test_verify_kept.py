"""What forms, rules and texts are called, and since when they are known, is held against the trail and their files."""

from typing import Any

import pytest

from bot import keeping
from bot.library import library
from store import audit
from store.engine import Store
from tests.bot.cli.tampering import tamper
from triage.schemes import questionnaire

GDPR = next(policy for policy in library().book.policies if policy.name == "gdpr")
AIA = questionnaire("canada-aia")
NAMED = f"the wording gdpr {GDPR.version} ({GDPR.digest[:12]})"


@pytest.fixture
def kept(register: Store) -> Store:
    keeping.keep(register, library())
    keeping.keep_questionnaire(register, AIA)
    return register


def test_each_is_told_once(steward: Any, kept: Store) -> None:
    keeping.keep(kept, library())
    with kept.read() as session:
        told = [line.detail["name"] for line in audit.records(session) if line.what == "wording.kept"]
    assert sorted(told) == sorted(
        ["ai-use"] * 2 + ["canada-aia"] * 4 + [p.name for p in library().book.policies]
    )
    assert steward("verify")[0] == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE wording SET version = '99' WHERE name = 'gdpr'", f"is of version {GDPR.version}"),
        ("UPDATE wording SET version = '99' WHERE name = 'gdpr'", "was changed: version"),
        ("UPDATE wording SET kind = 'form' WHERE name = 'gdpr'", f"{NAMED} was changed: kind"),
        ("UPDATE wording SET name = 'us' WHERE name = 'gdpr'", "was changed: name"),
        ("UPDATE wording SET first_seen = '2026-11-20T09:00:00.000000Z' WHERE name = 'gdpr'", "first_seen"),
        ("DELETE FROM wording WHERE kind = 'texts' AND version = 'fr'", "the wording canada-aia fr ("),
        (
            "UPDATE wording SET body = REPLACE(body, 'Canada', 'Europe') WHERE kind = 'policy' AND name = 'canada-aia'",
            "the wording canada-aia",
        ),
        (
            "INSERT INTO wording (digest, kind, name, version, body, first_seen) "
            "SELECT 'd', kind, name, version, body, first_seen FROM wording WHERE name = 'gdpr'",
            f"the wording gdpr {GDPR.version} (d) is not in the trail",
        ),
    ],
)
def test_what_it_is_called_and_since_when_is_held(steward: Any, kept: Store, change: str, told: str) -> None:
    tamper(kept, change)
    code, said, _ = steward("verify")
    assert (code, told in said) == (1, True), said


def test_by_its_files_it_is_held_where_the_trail_is_older(
    steward: Any, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.genuine.KEPT", "nothing.like.it")
    assert steward("verify")[0] == 0
    tamper(kept, "UPDATE wording SET version = '99' WHERE name = 'gdpr'")
    assert f"is of version {GDPR.version}" in steward("verify")[1]
