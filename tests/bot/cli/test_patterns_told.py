"""What is approved beforehand in the export, in `steward explain` and in `steward story`."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.checks.patterns import beforehand
from store.engine import Store
from store.records import load
from tests.bot.cli import storied
from tests.triage.patterns import LAST
from triage.pattern import Sampling
from triage.sampling import is_drawn, sealed


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store, beforehand=True)
    return store


def rows(name: str) -> Any:
    return json.loads(Path("out", f"{name}.json").read_text())


def test_an_auditor_draws_the_lot_again_from_the_export_alone(steward: Any, told: Store) -> None:
    code, _, errors = steward("export", "--format", "json", "--out", "out")
    assert (code, errors) == (0, "")
    refused, general = rows("patterns")
    assert (refused["covers"], general["covers"]) == ("Whatever we say", "Minutes of our own meetings")
    sampling = Sampling.model_validate(general["sampling"])
    trail = Path("out", "audit.jsonl").read_text().splitlines()
    (confirmed,) = [line for line in trail if "pattern.confirmed" in line]
    assert sealed(sampling) in confirmed, "the secret is the one that was bound before anything was recorded"
    steps = [step for step in rows("pattern_steps") if step["pattern"] == general["id"]]
    assert {step["kind"] for step in steps} == {"confirmed", "drawn", "misfit"}
    by_lot = is_drawn(sampling, general["id"], storied.WITHIN)
    assert by_lot == any(step["id"].startswith(f"{storied.WITHIN}:submit") for step in steps)
    code, _, _ = steward("export", "--format", "csv", "--out", "cells")
    assert code == 0
    assert "Minutes of our own meetings" in Path("cells", "patterns.csv").read_text()


def test_it_is_explained_on_both_sides(steward: Any, told: Store) -> None:
    _, source, _ = steward("explain", general_ref(told))
    assert "covers: Minutes of our own meetings" in source
    assert "refused by P-eve as reviewer" in source
    assert "Too wide." in source
    _, within, _ = steward("explain", general_ref(told, storied.WITHIN))
    assert f"recorded by the pattern {general_ref(told)}-P2" in within
    assert "misfit by P-eve as reviewer" in within


def test_the_trail_tells_it_in_words(steward: Any, told: Store) -> None:
    _, source, _ = steward("story", general_ref(told))
    refused = source.index("refused the pattern")
    assert source.index("to approve uses like this beforehand (last day 2027-06-30)") < refused
    assert "so that uses like this are approved beforehand" in source[refused:]
    _, within, _ = steward("story", general_ref(told, storied.WITHIN))
    assert "-P2, to which P-ben, P-eve had said yes" in within
    assert "looked at it, and it does not fit its pattern" in within
    assert "reason: Customers speak, too." in within


def general_ref(store: Store, case: str = storied.SOURCE) -> str:
    with store.read() as session:
        found = load(session, case)
    assert found is not None
    return found.ref or ""


def test_check_names_what_counts_and_what_is_about_to_end(told: Store) -> None:
    general = f"{general_ref(told)}-P2 (until {LAST})"
    (said,) = beforehand(told, LAST - timedelta(days=90))
    assert general in said.what
    _, soon = beforehand(told, LAST)
    assert "renewed" in soon.what
    assert general in soon.what
    assert list(beforehand(told, LAST + timedelta(days=1))) == []
