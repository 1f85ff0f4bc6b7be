"""Every point of each source has its rule, or the reason why none; docs/coverage.md says the same."""

import re
import shutil
from pathlib import Path

import pytest

from intake.source import Damaged
from triage.coverage import load_points, page
from triage.policies import POLICIES, book_with

EVERY = book_with()
POINTS = load_points(EVERY)
DOCS = Path(__file__).resolve().parents[2] / "docs"

ANNEX_III = [
    *("1a", "1b", "1c", "2", "3a", "3b", "3c", "3d", "4a", "4b", "5a", "5b", "5c"),
    *("5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c", "7d", "8a", "8b"),
]
CONTROLS = {
    *(f"A.2.{n}" for n in (2, 3, 4)),
    *(f"A.3.{n}" for n in (2, 3)),
    *(f"A.4.{n}" for n in (2, 3, 4, 5, 6)),
    *(f"A.5.{n}" for n in (2, 3, 4, 5)),
    *(f"A.6.1.{n}" for n in (2, 3)),
    *(f"A.6.2.{n}" for n in (2, 3, 4, 5, 6, 7, 8)),
    *(f"A.7.{n}" for n in (2, 3, 4, 5, 6)),
    *(f"A.8.{n}" for n in (2, 3, 4, 5)),
    *(f"A.9.{n}" for n in (2, 3, 4)),
    *(f"A.10.{n}" for n in (2, 3, 4)),
}
SUBCATEGORIES = {
    f"{function} {category}.{n}"
    for function, counts in {
        "GOVERN": (7, 3, 2, 3, 2, 2),
        "MAP": (6, 3, 5, 2, 2),
        "MEASURE": (3, 13, 3, 3),
        "MANAGE": (4, 4, 2, 3),
    }.items()
    for category, count in enumerate(counts, 1)
    for n in range(1, count + 1)
}


def ids(policy: str) -> set[str]:
    return {point.id for point in POINTS if point.policy == policy}


def test_the_page_is_what_the_command_prints() -> None:
    assert (DOCS / "coverage.md").read_text() == page(POINTS, EVERY)


def test_every_prohibition_and_every_point_of_annex_iii_stands_there_with_a_rule() -> None:
    by = {point.id: point.by for point in POINTS if point.policy == "eu-ai-act"}
    for letter in ("a", "b", "c", "d", "e", "f", "g", "h", "ba", "bb"):
        assert by[f"Art. 5(1)({letter})"][0].startswith("eu-prohibited-")
    for point in ANNEX_III:
        name = point if len(point) == 1 else f"{point[0]}({point[1]})"
        assert by[f"Annex III, {name}"] == (f"eu-annex-iii-{point}",)


def test_every_control_trigger_threat_and_outcome_stands_there() -> None:
    assert len(CONTROLS) == 38
    assert len(SUBCATEGORIES) == 72
    assert ids("iso42001") >= CONTROLS
    assert len([id_ for id_ in ids("internal-tier") if re.fullmatch(r"[a-z0-9-]+-[a-z0-9-]+", id_)]) == 75
    assert {f"C-{n}" for n in range(1, 11)} <= ids("internal-tier")
    top = {f"{kind}{n:02}:2026" for kind in ("LLM", "ASI") for n in range(1, 11)}
    assert ids("owasp") == top | {f"T{n}:2025" for n in range(1, 18)}
    assert ids("nist-ai-rmf") == SUBCATEGORIES | {f"GAI-{n}" for n in range(1, 13)}
    assert {f"OMB 6({letter})" for letter in "abcdefghijklmno"} <= ids("us")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("eu-annex-iii-8b]", "eu-annex-iii-8x]", "`eu-annex-iii-8x` is not a rule here"),
        ("by: [eu-annex-iii-8b]", "because: No reason.", "`eu-annex-iii-8b` answers no point"),
        ("  by: [eu-annex-iii-8b]\n", "", "must say either by what or why not"),
    ],
)
def test_a_point_without_its_rule_and_a_rule_without_its_point_are_faults(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(POLICIES, folder)
    path = folder / "eu-ai-act" / "points.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(Damaged, match=re.escape(told)):
        load_points(EVERY, folder)
