"""What there are several of, one a line: read as people write it, checked by line, and held to its limit."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.answers import NOT_ASKED, UNSURE, answered
from intake.check import problems
from intake.form import Column, Form, Kind, Page, Question
from intake.forms import load_form
from intake.rows import ROWS, Limit, all_met, faults, is_met, to_rows, to_sided
from intake.source import Damaged

WORDS = Question(id="parts", kind=Kind.text, row=(Column(id="part"), Column(id="place"), Column(id="by")))
TESTS = Question(
    id="tests",
    kind=Kind.text,
    row=(Column(id="what"), Column(id="limit", kind="limit"), Column(id="result", kind="result")),
)


@pytest.mark.parametrize(
    "text",
    [
        "Server | our cloud | Ops",
        "Server|our cloud|Ops",
        "| Server | our cloud | Ops |",
        "Server\tour cloud\tOps",
    ],
)
def test_a_line_is_read_however_its_parts_are_kept_apart(text: str) -> None:
    assert to_rows(f"\n{text}\n \n") == (("Server", "our cloud", "Ops"),)
    assert list(faults(WORDS, text)) == []


@pytest.mark.parametrize(
    ("question", "line", "wrong"),
    [
        (WORDS, "Server | our cloud", "row_parts"),
        (WORDS, "Server | | Ops", "row_parts"),
        (WORDS, "a | b | c | d", "row_parts"),
        (TESTS, "Right answers | 92 % | 94 %", "row_limit"),
        (TESTS, "Right answers | > 92 % | 94 %", "row_limit"),
        (TESTS, "Right answers | at least good | 94 %", "row_limit"),
        (TESTS, "Right answers | at least 92 % | good", "row_result"),
        (TESTS, "Right answers | at least 92 % | 1,250", "row_result"),
        (TESTS, "Right answers | at least 92 % | 0.94 share", "row_unit"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(question: Question, line: str, wrong: str) -> None:
    first = "Server | our cloud | Ops" if question is WORDS else "Gap | at most 3 % | 2 %"
    found = list(faults(question, f"{first}\n\n{line}"))
    assert [(each.key, each.line) for each in found] == [(wrong, 2)]
    form = Form(id="f", version="1", digest="d", pages=(Page(id="p", questions=(question,)),))
    said = problems(form, {question.id: answered(f"{first}\n{line}")})[question.id]
    assert (said.key, said.facts["line"], said.facts["parts"]) == (wrong, 2, 3)


def test_no_more_than_somebody_reads() -> None:
    line = "Server | our cloud | Ops"
    assert list(faults(WORDS, "\n".join([line] * ROWS))) == []
    assert [each.key for each in faults(WORDS, "\n".join([line] * (ROWS + 1)))] == ["row_many"]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("at least 92 %", Limit(True, "92", "%")),
        ("At  most 2 s", Limit(False, "2", "s")),
        (">= 0,9", Limit(True, "0.9", "")),
        ("≤3%", Limit(False, "3", "%")),
        ("below 3", None),
        ("92", None),
    ],
)
def test_a_limit_says_on_which_side_it_is_good(text: str, limit: Limit | None) -> None:
    assert to_sided(text) == limit


@pytest.mark.parametrize(
    ("line", "met"),
    [
        ("a | at least 92 % | 92 %", True),
        ("a | at least 92 % | 91.99 %", False),
        ("a | at most 3 | 3", True),
        ("a | at most 3 | 3.01", False),
        ("a | at most 3 % | 2", True),
        ("a | at most 3 % | -", None),
        ("a | at most 3 % | not yet", None),
        ("a | at most 3 % | 0.02 share", None),
        ("a | at least -1 | -2", False),
    ],
)
def test_whether_it_is_met_follows_from_the_figures(line: str, met: bool | None) -> None:
    (parts,) = to_rows(line)
    assert is_met(TESTS.row, parts) is met


def test_one_that_is_past_its_limit_decides_and_one_that_is_open_leaves_it_open() -> None:
    within, beyond, planned = (f"a | at most 3 | {result}" for result in (2, 4, "-"))
    assert all_met(TESTS, answered(f"{within}\n{within}")) == answered("yes")
    assert all_met(TESTS, answered(f"{within}\n{planned}")) == answered("open")
    assert all_met(TESTS, answered(f"{planned}\n{beyond}")) == answered("no")
    assert all_met(TESTS, answered(f"{within}\n{beyond}")) == answered("no")
    assert all_met(TESTS, answered(" ")) == answered("open")
    assert all_met(TESTS, UNSURE) == all_met(TESTS, NOT_ASKED) == UNSURE


HEAD = 'id: f\nversion: "1"\npages:\n  - id: p\n    questions:\n'
LINES = "      - {id: a, kind: text, row: [{id: x}, {id: y, kind: limit}, {id: z, kind: result}]}\n"
MET = "choices: [{id: 'yes'}, {id: 'no'}, {id: open}]"


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        (
            "      - {id: a, kind: text, row: [{id: x}, {id: y, kind: limit}]}\n",
            "need one limit and one result",
        ),
        ("      - {id: a, kind: text, row: [{id: x, kind: limits}]}\n", "no kind of part"),
        ("      - {id: a, kind: date, row: [{id: x}]}\n", "a line that is typed"),
        (f"{LINES}      - {{id: b, kind: one, worked_out: c, {MET}}}\n", "no lines with a limit"),
        (
            f"{LINES}      - {{id: b, kind: one, worked_out: a, choices: [{{id: open}}]}}\n",
            "worked out from figures",
        ),
    ],
)
def test_a_file_that_cannot_mean_it_is_refused(tmp_path: Path, questions: str, says: str) -> None:
    (tmp_path / "f.yaml").write_text(HEAD + questions)
    with pytest.raises(Damaged, match=says):
        load_form(tmp_path, "f")


def test_a_file_that_means_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(f"{HEAD}{LINES}      - {{id: b, kind: one, worked_out: a, {MET}}}\n")
    asked = load_form(tmp_path, "f").by_id
    assert [column.kind for column in asked["a"].row] == ["words", "limit", "result"]
    assert (asked["b"].given, asked["b"].worked_out) == (True, "a")
