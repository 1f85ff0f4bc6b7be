"""Every verdict can be worked out again from what stands in the database, or the difference is named."""

import json
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import keeping
from bot.library import library
from store.engine import Store
from store.ledger import Ledger
from store.shelf import Shelf
from tests.bot.cli.tampering import tamper
from tests.builders import BEN, NOW, a_desk, key
from triage.commands import Approve
from triage.policies import POLICIES, load_book
from triage.verdict import PolicyUsed

DAY = timedelta(days=1)


@pytest.fixture
def kept(register: Store) -> Store:
    keeping.keep(register, library())
    return register


def test_all_verdicts_agree(steward: Any, kept: Store) -> None:
    assert steward("replay") == (0, "2 verdicts: 2 agree, 0 differ\n", "")


def test_imported_uses_are_replayed_too(steward: Any, tmp_path: Path) -> None:
    sample = Path(__file__).parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"
    assert steward("migrate")[0] == 0
    assert steward("import", sample, "--map", "us-federal")[0] == 0
    assert steward("replay")[:2] == (0, "81 verdicts: 81 agree, 0 differ\n")


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE fact SET value = '[\"special\"]' WHERE question = 'data'", "no state of its facts has the digest"),
        ("UPDATE wording SET body = REPLACE(body, 'special', 'personal') WHERE name = 'gdpr'", "as it was kept"),
        ("DELETE FROM wording WHERE name = 'gdpr'", "was not kept"),
        ("DELETE FROM result WHERE subject_id = 'case-2'", "was deleted from the register"),
        ("UPDATE result SET verdict = '[]' WHERE subject_id = 'case-1'", "cannot be read"),
    ],
)  # fmt: skip
def test_what_was_changed_since_is_named(steward: Any, kept: Store, sql: str, told: str) -> None:
    tamper(kept, sql)
    code, out, _ = steward("replay")
    assert code == 1
    assert told in out
    assert out.splitlines()[-1].endswith("differ")
    code, out, _ = steward("replay", "--json")
    assert code == 1
    assert told in json.loads(out.splitlines()[0])["problem"]


def test_a_changed_verdict_is_named_with_both_sides(steward: Any, kept: Store) -> None:
    if kept.on_sqlite:
        raised = "json_set(verdict, '$.results.tier.floor', 3)"
    else:
        raised = "jsonb_set(verdict, '{results,tier,floor}', '3')"
    tamper(kept, f"UPDATE result SET verdict = {raised}")
    code, out, _ = steward("replay")
    assert code == 1
    assert out.count('tier was {"ceiling": 1, "floor": 3}, is {"ceiling": 1, "floor": 1}') == 2


def test_old_verdicts_are_replayed_with_the_rules_of_their_time(
    kept: Store, steward: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules change, a use is judged anew: both verdicts stand, each explained by its own version."""
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    rules = folder / "internal-tier" / "rules.yaml"
    head, rule, rest = rules.read_text().partition("- id: tier-guarded-data")
    rules.write_text(head + rule + rest.replace("contains: [", "contains: [internal, ", 1))
    newer = load_book(library().form, folder=folder)
    monkeypatch.setattr(keeping, "POLICIES", folder)
    keeping.keep(kept, replace(library(), book=newer))
    done = Ledger(kept).execute(
        Approve(actor=BEN, case="case-2", key=key(), reason="Fits."), a_desk(now=NOW + DAY, book=newer)
    )
    assert done.case.verdict is not None
    assert done.case.verdict.results["tier"].floor == 2
    assert steward("replay") == (0, "3 verdicts: 3 agree, 0 differ\n", "")


def test_a_version_is_read_once(kept: Store) -> None:
    shelf, book = Shelf(), library().book
    used = [PolicyUsed(name=p.name, version=p.version, digest=p.digest) for p in book.policies]
    with kept.read() as session:
        form = shelf.form(session, library().form.digest)
        assert form == library().form
        assert shelf.book(session, form, used) is shelf.book(session, form, used)
        # What is offered to those who decide judges nothing, and is not kept with the rules.
        assert shelf.book(session, form, used) == book.model_copy(update={"usual": ()})
