"""A tenth of the soak; `make soak` plays the whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import Databases
from tests.soak.reckoning import reckon
from tests.soak.soak import Soak

SEED = 3


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_done_twice(sqlite_databases: Databases, tmp_path: Path) -> None:
    soak = Soak(tmp_path, sqlite_databases.copy(), seed=SEED, people=20, intakes=50, kills=2)
    try:
        soak.run(lambda finished, killed: None)
        assert reckon(soak).wrong == []
        assert soak.killed == 2
    finally:
        soak.close()
