"""How long which record is kept stands as data: every table once, with a reason, and within bounds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.source import Damaged
from store.tables import metadata
from triage import retention
from triage.retention import Kept, kind, kinds

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def test_every_table_stands_in_one_kind() -> None:
    named = [table for each in kinds() for table in each.tables]
    assert sorted(named) == sorted(metadata.tables)


def test_every_kind_says_why_and_what_goes_by_itself_has_a_term_and_bounds() -> None:
    for each in kinds():
        assert each.because.endswith("."), each.id
        by_itself = each.then in ("removed", "words")
        assert by_itself == (each.keep is not None) == (each.bounds is not None), each.id
        if each.bounds and each.keep:
            assert each.bounds[0] <= each.keep <= each.bounds[1], each.id


@pytest.mark.parametrize(("said", "days"), [(None, 2), (30, 30), (1, 1), (0, 2), (31, 2)])
def test_an_organisation_settles_within_bounds(said: int | None, days: int) -> None:
    settled = {} if said is None else {"events": said}
    assert kind("events").days(settled) == days


def test_what_is_kept_for_good_is_never_due() -> None:
    assert kind("trail").before({"trail": 1}, NOW) is None


def test_a_damaged_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "retention.yaml"
    text = retention.FILE.read_text().replace("  then: removed", "  then: shredded", 1)
    file.write_text(text)
    monkeypatch.setattr(retention, "FILE", file)
    with pytest.raises(Damaged, match="shredded"):
        retention.kinds.__wrapped__()
    assert isinstance(kind("events"), Kept)
