"""The draw of an audit as the verifier of a pack does it, with nothing of Steward at hand."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pack.lots import NEWEST, digest_of, drawn_again, lots
from store.draws import MOST
from triage.aims.auditing import Drawable, digest, drawn

REFS = st.integers(1, 400).map(lambda number: f"AIU-2027-{number:04}")
POPULATIONS = st.dictionaries(REFS, st.sampled_from((1, 2, 4, 8, 16)), min_size=1, max_size=60)
SEALS = [f"{number:064x}" for number in range(1, 6)]


@given(POPULATIONS, st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(1, 60))
def test_it_draws_as_the_audit_did(population: dict[str, int], seed: str, size: int) -> None:
    ours = [Drawable(*each) for each in population.items()]
    theirs = list(population.items())
    assert tuple(drawn_again(theirs, seed, size)) == drawn(ours, seed, size)
    assert digest_of(theirs) == digest(ours)


def trail(**other: Any) -> BytesIO:
    """An audit that was approved at line 2, and drawn at line 3; somebody drew by themselves at line 5."""
    about = {"subject": ["aims", "a"], "actor": "P"}
    drawn = {"of": "audit", "of_act": "drawn", "of_size": 2, "of_sample": SAMPLE, "ref": "AIA-2027-0001"}
    alone = {
        "seed": SEALS[3],
        "digest": digest_of(POPULATION),
        "size": 2,
        "drawn": drawn_again(POPULATION, SEALS[3], 2),
    }
    told = [
        {"what": "case.answered", "detail": {}, **about},
        {"what": "aims.approved", "detail": {"ref": "AIA-2027-0001"}, **about},
        {"what": "aims.acted", "detail": {**drawn, **other}, **about},
        {"what": "sample.asked", "detail": {}, **about},
        {"what": "sample.drawn", "detail": {**alone, **other}, **about},
    ]  # fmt: skip
    lines = []
    for each, seal in zip(told, SEALS, strict=True):
        words = json.dumps(dict(sorted(each.items())), separators=(",", ":"))
        lines.append(f'{words[:-1]},"seal":"{seal}"}}\n'.encode())
    return BytesIO(b"".join(lines))


def texts(**other: str) -> BytesIO:
    held = {"seed": SEALS[1], "digest": digest_of(POPULATION)} | other
    rows = [{"line": 3, "field": name, "salt": "0" * 32, "text": text} for name, text in held.items()]
    return BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())


POPULATION = [("AIU-2027-0001", 8), ("AIU-2027-0002", 1), ("AIU-2027-0003", 2)]
SAMPLE = drawn_again(POPULATION, SEALS[1], 2)


def audit(**other: Any) -> dict[str, Any]:
    made = {"of": "AIA-2027-0001", "line": 2, "told": 3, "seed": SEALS[1], "size": 2, "population": POPULATION,
            "digest": digest_of(POPULATION), "drawn": SAMPLE}  # fmt: skip
    return made | other


def alone(**other: Any) -> dict[str, Any]:
    sample = drawn_again(POPULATION, SEALS[3], 2)
    return audit(of="line 5", line=4, told=5, seed=SEALS[3], drawn=sample) | other


def found(
    *rows: dict[str, Any], lines: BytesIO | None = None, words: BytesIO | None = None
) -> tuple[list[str], list[str]]:
    faults: list[str] = []
    put = BytesIO("".join(json.dumps(row) + "\n" for row in rows).encode())
    return lots(put, lines or trail(), words or texts(), faults), faults


def test_what_was_drawn_by_lot_is_drawn_again() -> None:
    assert found(audit(), alone()) == (["samples: 2 drawn again and the same"], [])
    closed = [each | {"population": [], "drawn": []} for each in (audit(), alone())]
    assert found(*closed) == (["samples: 0 drawn again and the same, 2 out of what is not all told here"], [])


@pytest.mark.parametrize("of", [audit, alone])
@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"drawn": ["AIU-2027-0001", "AIU-2027-0009"]}, "is not as line"),
        ({"population": [("AIU-2027-0001", 8), ("AIU-2027-0002", 4)]}, "was not drawn out of what is told"),
        ({"population": [], "drawn": ["AIU-2027-0009"]}, "stands without what it was drawn out of"),
        ({"population": [], "drawn": [], "digest": "0" * 32}, "is not as line"),
        ({"seed": SEALS[0], "line": 1}, "is "),
        ({"line": 3}, "is not as line"),
        ({"told": 1}, "is "),
        ({"told": 99}, "is told by no line"),
        ({"size": 1}, "is not as line"),
        ({"of": "AIA-2027-0009"}, "is not as line"),
        ({"population": [("AIU-2027-0001", 0)]}, "cannot be read"),
        ({"population": [("AIU-2027-0001", 10**400)]}, "cannot be read"),
        ({"size": None}, "cannot be read"),
    ],
)
def test_a_sample_that_somebody_chose_is_named(of: Any, other: dict[str, Any], wrong: str) -> None:
    """Whatever is chosen: line, population, size or sample; the sealed lines say it, too."""
    _, faults = found(of(**other), *([audit()] if of is alone else [alone()]))
    assert any(wrong in fault for fault in faults), faults


def test_another_seed_or_population_than_the_audit_committed_to_is_named() -> None:
    rows = audit(), alone()
    assert found(*rows, words=texts(seed=SEALS[0]))[1] != []
    assert found(*rows, words=texts(digest="0" * 32))[1] != []


def test_a_row_that_is_no_number_names_the_row_and_stops_nothing() -> None:
    raw = b'{"population": [["AIU-1", 1e999]]}\n' + json.dumps(audit()).encode() + b"\n"
    faults: list[str] = []
    said = lots(BytesIO(raw), trail(), texts(), faults)
    assert said == ["samples: 1 drawn again and the same"]
    assert len(faults) == 2, "and the sample that has no row"


def test_as_many_samples_are_looked_for_as_a_pack_holds() -> None:
    assert NEWEST == MOST


def test_a_sample_that_was_left_out_is_named() -> None:
    assert found(audit())[1] == ["the sample of line 5 is missing in data/draws.jsonl"]
