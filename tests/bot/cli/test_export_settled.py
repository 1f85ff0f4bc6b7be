"""An export holds what was settled: conditions, settings with their history, the words that were relied on."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import config, keeping
from bot.library import library
from bot.masking import masked, masked_text
from store import audit
from store.engine import Store
from store.ledger import Ledger
from tests.builders import BEN, GOVERNANCE, NOW, a_desk
from triage.commands import Approve

LATER = NOW + timedelta(days=1)
STRANGER, GROUP = "U0STRANGER", "S0GROUP00"


@pytest.fixture
def settled(register: Store) -> Store:
    keeping.keep(register, library())
    first = {"language": "en", "roles.reviewer": (f"U{BEN}", STRANGER), "channels.governance": "C1"}
    config.seed(register, first, now=NOW)
    config.change(register, {"roles.reviewer": (f"U{BEN}", GROUP)}, by=BEN, key="roles", now=LATER)
    approve: dict[str, Any] = {"actor": BEN, "case": "case-2", "key": "bound", "reason": "Fits."}
    Ledger(register).execute(Approve(**approve, conditions=("Only in English",)), a_desk(now=LATER))
    return register


def exported(steward: Any, *more: str) -> dict[str, Any]:
    code, _, errors = steward("export", "--format", "json", "--out", "out", "--force", *more)
    assert (code, errors) == (0, "")
    return {path.stem: json.loads(path.read_text()) for path in Path("out").glob("*.json")}


def test_conditions_stand_with_their_state_and_owner(steward: Any, settled: Store) -> None:
    (condition,) = exported(steward)["conditions"]
    assert condition | {"owner": ""} == {
        "ref": "AIU-2026-0002",
        "decision": "bound",
        "id": "bound:001",
        "text": "Only in English",
        "state": "open",
        "owner": "",
        "due_on": None,
    }
    assert condition["owner"] == exported(steward)["uses"][1]["owner"]
    assert exported(steward, "--as-of", NOW.date().isoformat())["conditions"] == []


@pytest.mark.parametrize("day", [(), ("--as-of", NOW.date().isoformat())])
def test_each_use_names_the_form_and_the_texts_it_was_judged_by(
    steward: Any, settled: Store, day: tuple[str, ...]
) -> None:
    files = exported(steward, *day)
    kept = {row["digest"]: row["kind"] for row in files["wordings"]}
    assert [(kept[use["form_digest"]], kept[use["texts_digest"]]) for use in files["uses"]] == [
        ("form", "texts")
    ] * 2


def test_settings_name_nobody_by_slacks_ids(steward: Any, settled: Store) -> None:
    files = exported(steward)
    now = {row["key"]: row["value"] for row in files["settings"]}
    assert now == {
        "language": "en",
        "roles.reviewer": [BEN, "a user group"],
        "channels.governance": GOVERNANCE,
    }
    past = [
        (row["at"][:10], row["key"], row["value"], row["changed_by"]) for row in files["settings_history"]
    ]
    assert sorted(past) == [
        ("2026-11-21", "channels.governance", GOVERNANCE, None),
        ("2026-11-21", "language", "en", None),
        ("2026-11-21", "roles.reviewer", [BEN, "not met yet"], None),
        ("2026-11-22", "roles.reviewer", [BEN, "a user group"], BEN),
    ]
    whole = "".join(path.read_text() for path in Path("out").iterdir())
    assert not [each for each in (f"U{BEN}", STRANGER, GROUP) if each in whole]


def test_the_history_of_settings_ends_with_its_day_and_tells_no_erased_value(
    steward: Any, settled: Store
) -> None:
    with settled.write() as session:
        (line, _) = audit.about(session, "settings", "organisation")
        audit.erase(session, seq=line["seq"], field="language", actor=None, at=NOW)
    past = exported(steward, "--as-of", NOW.date().isoformat())["settings_history"]
    assert {row["key"]: row["value"] for row in past} == {
        "language": None,
        "roles.reviewer": [BEN, "not met yet"],
        "channels.governance": GOVERNANCE,
    }


@pytest.mark.parametrize("text", ["['U1'", "[[", "[" * 9_000, "U1", "['U1', 3]"])
def test_a_value_of_odd_shape_hides_ids_too(text: str) -> None:
    assert "U1" not in str(masked_text("roles.legal", text, {}))
    assert masked("organisation.sector", "U1", {}) == "U1"
