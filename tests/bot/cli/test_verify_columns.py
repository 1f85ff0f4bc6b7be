"""Every column that somebody may rely on is held against the trail, and so is every wording against its digest."""

from datetime import timedelta
from typing import Any

import pytest

from bot import config, keeping
from bot.library import library
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, NOW, a_desk
from triage.commands import Approve

FIRST, SECOND = "AIU-2026-0001", "AIU-2026-0002"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def whole(register: Store) -> Store:
    """Beside what the register holds: conditions, settings that a person changed, and the wordings in force."""
    keeping.keep(register, library())
    config.seed(register, {"language": "en"}, now=NOW)
    config.change(register, {"timezone": "Europe/Berlin"}, by=BEN, key="zone", now=NOW)
    approve: dict[str, Any] = {"actor": BEN, "case": "case-2", "key": "on-conditions", "reason": "Fits."}
    conditions = ("Only in English", "Nobody's name")
    Ledger(register).execute(Approve(**approve, conditions=conditions), a_desk(now=LATER))
    return register


def test_untouched_columns_are_as_the_trail_says(steward: Any, whole: Store) -> None:
    assert steward("verify")[0] == 0


def of_condition(name: str) -> str:
    return f"{SECOND}: the decision on-conditions: {name} of its condition 1 was changed"


def at(moment: str) -> str:
    return f"'2026-11-20T{moment}.000000Z'"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("condition SET state = 'met' WHERE id = 'on-conditions:001'", of_condition("state")),
        (f"condition SET owner_id = '{BEN}' WHERE id = 'on-conditions:001'", of_condition("owner_id")),
        ("condition SET due_on = '2030-01-01' WHERE id = 'on-conditions:001'", of_condition("due_on")),
        ("condition SET use_id = 'case-1' WHERE id = 'on-conditions:001'", of_condition("use_id")),
        ("condition SET text = 'None' WHERE id = 'on-conditions:001'", "was changed: conditions"),
        ("setting SET changed_by = NULL WHERE key = 'timezone'", "the setting timezone was changed: changed_by"),
        (f"setting SET changed_by = '{ANA}' WHERE key = 'language'", "the setting language was changed: changed_by"),
        (f"setting SET changed_at = {at('09:00:00')} WHERE key = 'timezone'", "timezone was changed: changed_at"),
        (f"reader SET person_id = '{BEN}' WHERE use_id = 'case-1'", f"{FIRST}: the reader {ANA} is missing"),
        (f"reader SET person_id = '{BEN}' WHERE use_id = 'case-1'", f"{FIRST}: the reader {BEN} is not in the trail"),
        (f"result SET judged_at = {at('08:00:00')} WHERE subject_id = 'case-1'", f"{FIRST}: the result of version"),
        ("result SET facts_digest = '0' WHERE subject_id = 'case-1'", f"{FIRST}: the result of version"),
        ("decision SET valid_until = '2030-01-01' WHERE id = 'decided'", "valid_until is not what its line says"),
        ("decision SET superseded_by = 'on-conditions' WHERE id = 'decided'", "superseded_by is not the decision that"),
        ("decision SET subject_version = 99 WHERE id = 'decided'", "the decision decided was changed: version"),
        ("decision SET detail = '{\"more\": 1}' WHERE id = 'decided'", "the decision decided: its detail was changed"),
        ("use SET tier_final = 4 WHERE id = 'case-1'", f"{FIRST}: tier_final was changed"),
        ("use SET next_review_on = '2099-01-01' WHERE id = 'case-1'", f"{FIRST}: next_review_on was changed"),
        (f"use SET backup_owner_id = '{BEN}' WHERE id = 'case-1'", f"{FIRST}: backup_owner_id is not in the trail"),
        (f"use SET due_at = {at('08:00:00')} WHERE id = 'case-1'", f"{FIRST}: due_at was changed"),
        ("use SET lane = 'unclaimed' WHERE id = 'case-1'", f"{FIRST}: lane was changed"),
        ("use SET ref = 'AIU-2026-0009' WHERE id = 'case-1'", f"{FIRST}: ref was changed"),
        ("answer_set SET form_digest = '0' WHERE subject_id = 'case-1'", "was changed: form_digest"),
        ("wording SET version = '99' WHERE kind = 'form'", "is of version"),
        ("wording SET body = REPLACE(body, 'internal', 'secret') WHERE kind = 'form'", "the wording ai-use"),
        ("wording SET body = REPLACE(body, 'What', 'Which') WHERE kind = 'texts'", "the wording ai-use"),
        ("wording SET body = '[]' WHERE kind = 'texts'", "cannot be read"),
        ("wording SET body = '[]' WHERE name = 'gdpr'", "gdpr as it was kept cannot be read"),
        ("wording SET body = REPLACE(body, 'special', 'public') WHERE name = 'gdpr'", "rules that were kept were"),
    ],
)  # fmt: skip
def test_a_column_changed_behind_the_trails_back_is_named(
    steward: Any, whole: Store, change: str, told: str
) -> None:
    tamper(whole, f"UPDATE {change}")
    code, said, _ = steward("verify")
    assert (code, told in said) == (1, True), said


def test_a_deployment_that_nobody_recorded_is_named(steward: Any, whole: Store) -> None:
    made = f"VALUES ('d', 'case-1', 'Everywhere', {at('08:00:00')}, 9)"
    tamper(whole, f"INSERT INTO deployment (id, use_id, place, joined_at, version) {made}")
    code, said, _ = steward("verify")
    assert (code, "the deployment d is not in the trail" in said) == (1, True)


def test_a_result_that_nobody_recorded_is_named(steward: Any, whole: Store) -> None:
    columns = "subject_kind, subject_id, answer_set_id, facts_digest, policies, verdict, judged_at"
    tamper(
        whole,
        f"INSERT INTO result (id, version, {columns}) SELECT 'put-in', 99, {columns} FROM result "
        "WHERE subject_id = 'case-1'",
    )
    code, said, _ = steward("verify")
    assert (code, f"{FIRST}: the result of version 99 is not in the trail" in said) == (1, True), said
