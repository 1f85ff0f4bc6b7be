"""The stored order of asking is the one that the search finds for the form and rules of today."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.forms import load_form
from tests.asking.search import BLOCKS, Counting, _in_blocks, found
from tests.triage.reading import FORM, PROGRAM
from triage import order
from triage.order import order_of, stored


def test_the_stored_order_belongs_to_this_form_and_these_rules() -> None:
    counting = Counting()
    assert stored(FORM.id) == found(counting), (
        "The form or the rules have changed: run `make order`, and look at it."
    )
    assert counting.expected(stored(FORM.id)) <= counting.expected(_in_blocks(FORM.by_id))


def test_what_it_is_comes_before_what_it_touches() -> None:
    first = [question for block in BLOCKS for question in block]
    assert set(order_of(FORM)[: len(first)]) == set(first)
    assert PROGRAM.order == order_of(FORM)
    assert set(order_of(FORM)) == set(FORM.by_id)


def test_a_new_question_comes_where_the_form_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "small.yaml").write_text("order: [gone, b, a]\n")
    monkeypatch.setattr(order, "ORDERS", tmp_path)
    asked = "".join(f"      - {{id: {q}, kind: text}}\n" for q in ("new", "a", "b", "last"))
    (tmp_path / "form.yaml").write_text(
        f'id: small\nversion: "1"\npages:\n  - id: p\n    questions:\n{asked}'
    )
    assert order_of(load_form(tmp_path, "form")) == ("new", "b", "last", "a")
