"""A tenth of the soak, in two halves; `make soak` plays the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.soak.reckoning import reckon
from tests.soak.soak import Soak

SEED = 3


@pytest.mark.slow
@pytest.mark.parametrize("may_read", [True, False], ids=["may read the cards", "may not"])
def test_nothing_is_lost_and_nothing_done_twice(
    sqlite_databases: Databases, tmp_path: Path, may_read: bool
) -> None:
    url = sqlite_databases.copy()
    soak = Soak(tmp_path, url, seed=SEED, people=20, intakes=25, kills=1, may_read=may_read)
    try:
        soak.run(lambda finished, killed: None)
        assert reckon(soak).wrong == []
        assert soak.killed == 1
    finally:
        soak.close()
