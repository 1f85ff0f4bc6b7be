"""docs/requirements.md and docs/standard.md say what is so: each point is answered, each test they name exists."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.proven.__main__ import main
from tests.proven.answers import (
    DOCS,
    Answer,
    Requirement,
    Standing,
    articles,
    clauses,
    companions,
    controls,
    every,
    faults,
    is_there,
    requirements,
)
from tests.proven.pages import pages
from triage.aims import standard as aims


def test_the_pages_are_drawn_from_what_is_written_here() -> None:
    assert set(pages()) == {DOCS / "requirements.md", DOCS / "standard.md"}
    for path, text in pages().items():
        assert path.read_text(encoding="utf-8") == text, "python -m tests.proven"


def test_every_requirement_clause_and_control_stands_there_once() -> None:
    assert [each.id for each in requirements()] == [f"SR-{number:03}" for number in range(1, 99)]
    assert Counter(each.priority for each in requirements()) == {"must": 71, "should": 24, "could": 3}
    assert [each.id for each in clauses()] == [each.id for each in aims.clauses()]
    assert [each.id for each in controls()] == [each.id for each in aims.controls()]
    assert (len(clauses()), len(controls())) == (32, 38)


def test_every_point_is_answered_and_every_test_that_is_named_exists() -> None:
    assert list(faults(every())) == []


def test_every_clause_and_control_says_what_is_evidence_and_what_is_brought() -> None:
    for each in (*clauses(), *controls()):
        assert each.brings or aims.standard()[each.id].theirs, each.id
        assert each.evidence or each.standing is Standing.not_yet, each.id


def test_requirements_say_where_they_come_from() -> None:
    for each in requirements():
        assert each.standard, each.id
        assert set(each.standard) <= set(aims.points()), each.id
        assert each.lines, each.id
        assert set(each.lines) <= set(articles()), each.id


def test_no_text_breaks_its_table() -> None:
    told = [each.model_dump_json() for each in (*every(), *companions())]
    assert [each for each in told if "|" in each or "\\n" in each] == []


SOUND = Answer(id="X", how="So.", tests=("tests/proven/test_proven.py::test_no_text_breaks_its_table",))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, None),
        ({"tests": ()}, "neither a test, nor what is missing, nor why it is not Steward's"),
        ({"how": ""}, "does not say how"),
        ({"not_ours": "Elsewhere."}, "what is not Steward's has no test"),
        ({"tests": SOUND.tests * 2}, "the same test twice"),
        ({"tests": ("tests/proven/test_proven.py::test_gone",)}, "there is no test"),
        ({"tests": ("tests/proven/test_gone.py::test_no_text_breaks_its_table",)}, "there is no test"),
        ({"tests": ("tests/proven/pages.py::pages",)}, "there is no test"),
        ({"see": ("steward verify", "verify.md", "judgement.md#whose-yes-it-needs")}, None),
        ({"see": ("steward prove",)}, "leads nowhere: steward prove"),
        ({"see": ("nowhere.md",)}, "leads nowhere: nowhere.md"),
        ({"see": ("judgement.md#whose-no-it-needs",)}, "leads nowhere"),
        ({"tests": (), "how": "", "not_yet": "All of it."}, None),
        ({"tests": (), "how": "", "not_ours": "Elsewhere."}, None),
    ],
)
def test_what_is_promised_and_not_there_is_told(changed: dict[str, object], told: str | None) -> None:
    found = list(faults([SOUND.model_copy(update=changed)]))
    assert len(found) == (told is not None), found
    assert told is None or told in found[0]


def test_what_never_runs_shows_nothing(tmp_path: Path) -> None:
    file = tmp_path / "test_some.py"
    file.write_text(
        "import pytest\n\n\ndef helper(): ...\n\n\ndef test_runs(): ...\n\n\n"
        '@pytest.mark.skip(reason="later")\ndef test_skipped(): ...\n\n\n'
        "@pytest.mark.xfail\ndef test_fails(): ...\n\n\n"
        "@pytest.mark.parametrize('n', [1])\ndef test_many(n): ...\n\n\n"
        "class TestParts:\n    def test_within(self): ...\n\n\n"
        "@pytest.mark.skip\nclass TestSkipped:\n    def test_within(self): ...\n"
    )
    named = ("helper", "test_runs", "test_skipped", "test_fails", "test_many", "test_within")
    within = ("TestParts::test_within", "TestSkipped::test_within")
    found = {name for name in (*named, *within) if is_there(f"test_some.py::{name}", tmp_path)}
    assert found == {"test_runs", "test_many", "TestParts::test_within"}


@pytest.mark.parametrize(
    ("tests", "not_yet", "not_ours", "standing"),
    [
        (("a",), "", "", Standing.shown),
        (("a",), "Some.", "", Standing.in_part),
        ((), "All.", "", Standing.not_yet),
        ((), "", "Elsewhere.", Standing.not_ours),
    ],
)
def test_what_is_missing_is_never_counted_as_shown(
    tests: tuple[str, ...], not_yet: str, not_ours: str, standing: Standing
) -> None:
    assert Answer(id="X", tests=tests, not_yet=not_yet, not_ours=not_ours).standing is standing


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Requirement.model_validate(requirements()[0].model_dump() | {"proven": True})


def test_the_tests_of_a_point_can_be_run() -> None:
    ran: list[list[str]] = []

    def run(words: list[str]) -> int:
        ran.append(words)
        return 0

    assert main(["A.3.3", "10.2"], run) == 0
    named = {each.id: each.tests for each in every()}
    assert ran == [["-n0", *named["A.3.3"], *named["10.2"]]]
    assert main(["A.3.9"], run) == 2
    assert main([next(each.id for each in every() if not each.tests)], run) == 1
    assert len(ran) == 1
