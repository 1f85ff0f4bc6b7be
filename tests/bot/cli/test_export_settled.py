"""An export holds what was settled: conditions, settings with their history, the words that were relied on."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

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
        "check": "",
        "otherwise": "",
        "evidence": "",
        "shows": "",
        "handed_in_by": "",
        "handed_in_at": "",
        "looked_at_by": [],
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


def documented() -> str:
    """The recipe for a decision's facts, as it is published."""
    text = (Path(__file__).parents[3] / "docs" / "verify.md").read_text()
    (recipe,) = (
        block for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "as decided" in block
    )
    return str(recipe)


def test_the_facts_of_a_decision_are_proven_by_the_documented_recipe(steward: Any, settled: Store) -> None:
    def told() -> list[str]:
        found = subprocess.run(
            [sys.executable, "-I", "-c", documented(), "out"], capture_output=True, text=True, check=True
        )
        return sorted(found.stdout.splitlines())

    exported(steward)
    assert told() == ["AIU-2026-0001 decided as decided", "AIU-2026-0002 bound as decided"]
    history = Path("out") / "history.json"
    history.write_text(history.read_text().replace('"internal"', '"public"'))
    assert told() == ["AIU-2026-0001 decided differs", "AIU-2026-0002 bound differs"]


def test_the_digest_of_a_form_and_its_texts_is_as_documented(steward: Any, settled: Store) -> None:
    def flat(texts: dict[str, Any], before: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for key, each in texts.items():
            below = isinstance(each, dict)
            found |= flat(each, f"{before}{key}.") if below else {f"{before}{key}": each.strip()}
        return found

    def digest(plain: Any) -> str:
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    kept = {row["kind"]: row for row in exported(steward)["wordings"]}
    (form,), (texts,) = (json.loads(kept[kind]["body"]).values() for kind in ("form", "texts"))
    assert digest(yaml.safe_load(form)) == kept["form"]["digest"]
    assert digest(flat(yaml.safe_load(texts))) == kept["texts"]["digest"]


@pytest.mark.parametrize("text", ["['U1'", "[[", "[" * 9_000, "U1", "['U1', 3]"])
def test_a_value_of_odd_shape_hides_ids_too(text: str) -> None:
    assert "U1" not in str(masked_text("roles.legal", text, {}))
    assert masked("organisation.sector", "U1", {}) == "U1"
