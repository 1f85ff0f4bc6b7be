"""An import that stops half-way says what went in, and words out of a file steer no terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.inventory import taking
from store.errors import locked
from store.ledger import Ledger

EXCERPT = Path(__file__).resolve().parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"
Steward = Callable[..., tuple[int, str, str]]


def failing_after(batches: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, done = Ledger.execute_many, [0]

    def some(self: Ledger, *given: Any) -> Any:
        if done[0] == batches:
            raise locked("here")
        done[0] += 1
        return whole(self, *given)

    monkeypatch.setattr(taking, "ROWS_AT_ONCE", 10)
    monkeypatch.setattr(Ledger, "execute_many", some)


@pytest.mark.parametrize(
    ("batches", "said"),
    [(0, "Nothing of it was taken in."), (2, "Stopped after 20 new and 0 changed; these stay.")],
)
def test_what_went_in_is_said(
    steward: Steward, monkeypatch: pytest.MonkeyPatch, batches: int, said: str
) -> None:
    with monkeypatch.context() as patched:
        failing_after(batches, patched)
        code, _, errors = steward("import", EXCERPT, "--map", "us-federal")
    assert (code, said in errors) == (2, True)
    assert ("Nothing of it was taken in" in errors) == (batches == 0)
    again = steward("import", EXCERPT, "--map", "us-federal")[1]
    assert again.rstrip().endswith(f"new {81 - 10 * batches}, same {10 * batches}, changed 0, refused 0")


def test_names_of_columns_steer_nothing(steward: Steward, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id,use_case_nam\x1b[2J\n1,a\n")
    code, _, errors = steward("import", path, "--map", "us-federal")
    assert (code, "\x1b" in errors) == (2, False)
