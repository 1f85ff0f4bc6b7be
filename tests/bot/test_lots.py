"""The draw of an audit as the verifier of a pack does it, with nothing of Steward at hand."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pack.lots import digest_of, drawn_again, lots
from triage.aims.auditing import Drawable, digest, drawn

REFS = st.integers(1, 400).map(lambda number: f"AIU-2027-{number:04}")
POPULATIONS = st.dictionaries(REFS, st.sampled_from((1, 2, 4, 8, 16)), min_size=1, max_size=60)
SEALS = [f"{number:064x}" for number in range(1, 5)]


@given(POPULATIONS, st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(1, 60))
def test_it_draws_as_the_audit_did(population: dict[str, int], seed: str, size: int) -> None:
    ours = [Drawable(*each) for each in population.items()]
    theirs = list(population.items())
    assert tuple(drawn_again(theirs, seed, size)) == drawn(ours, seed, size)
    assert digest_of(theirs) == digest(ours)


def trail() -> BytesIO:
    return BytesIO(b"".join(b'{"seq":%d,"seal":"%s"}\n' % (n, s.encode()) for n, s in enumerate(SEALS, 1)))


def told(**other: Any) -> dict[str, Any]:
    population = [("AIU-2027-0001", 8), ("AIU-2027-0002", 1), ("AIU-2027-0003", 2)]
    seed = SEALS[1]
    made = {"of": "AIA-2027-0001", "line": 2, "seed": seed, "size": 2, "population": population,
            "digest": digest_of(population), "drawn": drawn_again(population, seed, 2)}  # fmt: skip
    return made | other


def found(*rows: dict[str, Any]) -> tuple[list[str], list[str]]:
    faults: list[str] = []
    said = lots(BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode()), trail(), faults)
    return said, faults


def test_what_was_drawn_by_lot_is_drawn_again() -> None:
    assert found(told()) == (["samples: 1 drawn again and the same"], [])
    assert found() == ([], [])
    said, faults = found(told(), told(population=[], drawn=[]))
    assert (said, faults) == (
        ["samples: 1 drawn again and the same, 1 out of what is not all told here"],
        [],
    )


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"drawn": ["AIU-2027-0001", "AIU-2027-0009"]}, "is not the one that seed and population give"),
        ({"population": [("AIU-2027-0001", 8), ("AIU-2027-0002", 4)]}, "was not drawn out of what is told"),
        ({"line": 3}, "was not drawn by the seal of line 3"),
        ({"line": 99}, "was not drawn by the seal of line 99"),
        ({"population": [("AIU-2027-0001", 0)]}, "cannot be read"),
        ({"size": None}, "cannot be read"),
    ],
)
def test_a_sample_that_somebody_chose_is_named(other: dict[str, Any], wrong: str) -> None:
    _, (fault,) = found(told(**other))
    assert wrong in fault
