"""Shapes are data: each fits the form, says where it was taken from, and asks in each row for what it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.cli.register import SHAPES
from bot.inventory.mapping import load_map, shipped
from bot.library import library
from bot.registers.rows import Known, is_meant, may_stand, row
from bot.registers.shape import load_shape, shape, shapes
from bot.words import Words
from intake.answers import answered, unsure
from intake.forms import ai_use
from intake.source import Damaged
from tests.builders import NOW, a_case
from triage.case import Case, Fact, Source, Status
from triage.stages import Stage, StageMove, TaskStep

FORM = ai_use()
SHELF = library()
KNOWN = Known(
    words=Words(),
    form=FORM,
    wording=SHELF.wording,
    catalogue=SHELF.catalogue,
    maps={name: load_map(name, FORM) for name in shipped()},
)
LABEL = "The agency's own label"


def a_use(
    *, words: str = "", stage: str = "in_use", tasks: dict[str, Any] | None = None, **more: Any
) -> Case:
    given = {"purpose": answered("Sorts letters"), "stage": answered(stage)} | more.pop("answers", {})
    facts = {
        question: Fact(question=question, answer=answer, by="P-ana", at=NOW, source=Source.person)
        for question, answer in given.items()
    }
    steps = tuple(
        TaskStep(id=f"{task}-{n}", task=task, kind=kind, at=NOW)
        for n, (task, kind) in enumerate((tasks or {}).items())
    )
    told: dict[str, Any] = {
        "words": words,
        "facts": facts,
        "task_steps": steps,
        "title": "Sorter",
        "unit": "Post",
    }
    return a_case().model_copy(update=told | {"status": Status.approved, "ref": "AIU-2026-0001"} | more)


def cells(case: Case, name: str) -> dict[str, Any]:
    return {cell.field.name: cell for cell in row(case, shape(name, FORM), KNOWN)}


def missing(case: Case, name: str) -> set[str]:
    return {field for field, cell in cells(case, name).items() if cell.missing}


def test_the_command_offers_every_shape() -> None:
    assert sorted(SHAPES) == shapes()


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_says_where_it_was_taken_from_and_how_certain_that_is(name: str) -> None:
    made = shape(name, FORM)
    assert made.name == name
    assert made.origins
    assert all(each.url.startswith("https://") and each.version for each in made.origins)
    unread = [each for each in made.origins if each.certainty != "read"]
    assert all(each.note for each in unread if each.certainty == "from memory")
    assert {KNOWN.words.has(f"role.{field.who}") for field in made.fields} == {True}


US = ("agency", "contact_email", "is_withheld", "is_high_impact")
IN_OPERATION = ("topic_area", "classification", "benefits", "system_outputs")
RUNNING = (
    *(
        "operational_date",
        "contracting_usage",
        "have_ato",
        "data_description",
        "has_pii",
        "demographic_features",
    ),
    "has_custom_code",
)
HIGH = (
    *("hi_testing_conducted", "hi_assessment_completed", "hi_potential_impacts", "hi_independent_review"),
    *("hi_ongoing_monitoring", "hi_training_established", "hi_failsafe_presence", "hi_appeal_process"),
    "hi_public_consultation",
)
KEPT: dict[str, Any] = {"source_map": "us-federal-2025", "source_id": "1", "unit": "DHS / ICE"}


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        (a_use(stage="retired"), {*US}),
        (a_use(stage="idea"), {*US, *IN_OPERATION}),
        (a_use(stage="pilot"), {*US, *IN_OPERATION, *RUNNING}),
        (a_use(), {*US, *IN_OPERATION, *RUNNING}),
        (a_use(words=f"{LABEL}: High-impact", **KEPT), {*US[1:3], *IN_OPERATION, *RUNNING, *HIGH}),
        (a_use(words=f"{LABEL}: High-impact", stage="pilot", **KEPT), {*US[1:3], *IN_OPERATION, *RUNNING}),
        (
            a_use(words=f"{LABEL}: Presumed High-Impact, but Not High-impact", **KEPT),
            {*US[1:3], *IN_OPERATION, *RUNNING, "HI_justification"},
        ),
        (
            a_use(words="How it was made: Vendor Purchased", tool_id=None, **KEPT),
            {*US[1:], *IN_OPERATION, *RUNNING, "vendor_name"} - {"contracting_usage"},
        ),
        (a_use(answers={"data": answered("personal")}), {*US, *IN_OPERATION, *RUNNING} - {"has_pii"}),
    ],
)
def test_the_us_row_asks_for_what_omb_asks_for(case: Case, asked: set[str]) -> None:
    assert missing(case, "us-federal") == asked


DUTCH = {"organization", "contact_email", "publication_category", "lang"}


@pytest.mark.parametrize(
    ("case", "asked"),
    [
        (a_use(), {*DUTCH, "begin_date"}),
        (a_use(stage="idea"), DUTCH),
        (a_use(stage="pilot"), {*DUTCH, "status"}),
        (a_use(stage="retired"), {*DUTCH, "end_date"}),
        (a_use(stage_moves=(StageMove(id="m", to=Stage.in_use, at=NOW),)), DUTCH),
        (a_use(title=""), {*DUTCH, "begin_date", "name"}),
    ],
)
def test_the_dutch_row_asks_for_what_the_interface_needs(case: Case, asked: set[str]) -> None:
    assert missing(case, "nl") == asked


BRITISH = {
    *("1.4 contact email", "2.1.1 organisation", "2.1.3 senior responsible owner"),
    *("2.1.4 external supplier involvement", "2.2.1 detailed description", "2.2.2 scope", "2.2.3 benefit"),
    *("2.3.2 provided information", "2.4.1.1 system architecture", "2.5.1 impact assessments"),
}
SAID = {"2.3.1 process integration", "2.3.4 human decisions and review", "2.3.6 appeals and review"}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, {*BRITISH, *SAID, "2.5.2 risks and mitigations"}),
        (
            {
                "output_use": answered("decides_people"),
                "check": answered("every_output"),
                "contest_route": answered("Write to us"),
            },
            {*BRITISH, "2.5.2 risks and mitigations"},
        ),
        ({"check": unsure()}, {*BRITISH, *SAID, "2.5.2 risks and mitigations"}),
    ],
)
def test_the_british_row_asks_for_tier_one_and_two(answers: dict[str, Any], asked: set[str]) -> None:
    assert missing(a_use(answers=answers), "uk-atrs") == asked


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answered("personal", "internal"), "Yes"),
        (unsure("special"), "Yes"),
        (answered("public"), "No"),
        (unsure("public"), ""),
        (unsure(), ""),
    ],
)
def test_only_what_is_sure_is_said(answer: Any, said: str) -> None:
    assert cells(a_use(answers={"data": answer}), "us-federal")["has_pii"].value == said


@pytest.mark.parametrize(("kind", "said"), [("called", ""), ("done", "Yes"), ("dropped", "")])
def test_what_had_to_be_done_first_is_said_as_far_as_it_is(kind: str, said: str) -> None:
    assert cells(a_use(tasks={"tests": kind}), "us-federal")["hi_testing_conducted"].value == said


def test_a_value_says_where_it_comes_from() -> None:
    made = cells(a_use(words="Outputs: A list\nStage: Deployed", **KEPT), "us-federal")
    assert made["problem_solved"].source == "the answer to: Purpose"
    assert made["system_outputs"].source == "the inventory it was taken in from: Outputs"
    assert made["use_case_name"].source == "the register: its title"


def test_words_of_whoever_asked_are_no_cell_of_an_inventory() -> None:
    """Only what was taken in from one has its cells there."""
    made = cells(a_use(words="Outputs: forged\nThe agency's own label: Not High-impact"), "us-federal")
    assert not made["system_outputs"].value
    assert not made["is_high_impact"].value


@pytest.mark.parametrize(
    ("case", "only", "meant"),
    [
        (a_use(), "all", True),
        (a_use(stage="pilot"), "all", True),
        (a_use(stage="idea"), "all", False),
        (a_use(stage="idea"), "every-stage", True),
        (a_use(confidential=True), "every-stage", False),
        (a_use(status=Status.draft), "every-stage", False),
        (a_use(status=Status.declined), "every-stage", False),
        (a_use(status=Status.withdrawn), "every-stage", False),
        (a_use(status=Status.disclosed), "all", True),
        (a_use(), "public-facing", False),
        (a_use(answers={"people": answered("only_team")}), "public-facing", False),
        (a_use(answers={"people": answered("customers")}), "public-facing", True),
        (a_use(answers={"output_use": answered("talks_to_people")}), "public-facing", True),
        (a_use(), "rights-impacting", False),
        (a_use(answers={"output_use": answered("decides_people")}), "rights-impacting", True),
    ],
)
def test_only_what_a_public_register_is_for(case: Case, only: str, meant: bool) -> None:
    assert is_meant(case, only) is meant
    assert may_stand(case) or not meant


def test_every_fault_of_a_shape_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        """name: mine
called: Mine
origins:
  - {called: Theirs, version: "1", url: "https://example.org", certainty: guessed}
fields:
  - {name: a, kind: sort}
  - {name: b, kind: text, from: [{fact: purposes}]}
  - {name: c, kind: choice, choices: [X], from: [{stage: stage, values: {idea: Y}}]}
  - {name: d, kind: text, from: [{record: titel}]}
  - {name: e, kind: text, from: [{record: title, fact: purpose}]}
  - {name: f, kind: text, from: [{fact: data, any: [persona], then: "Yes"}]}
  - {name: g, kind: text, when: {z: [X]}}
  - {name: h, kind: text, when: {c: [Z]}}
"""
    )
    with pytest.raises(Damaged) as caught:
        load_shape(path, FORM)
    assert [fault.line for fault in caught.value.faults] == [4, 6, 7, 8, 9, 10, 11, 12, 13]
    assert all(fault.mend and fault.file == "mine.yaml" for fault in caught.value.faults)


def test_the_field_in_the_documents_is_one_of_a_shape(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "registers.md").read_text()
    shown = page.partition("```yaml\n")[2].partition("```")[0]
    path = tmp_path / "ours.yaml"
    origin = "{called: O, version: '1', url: 'https://example.org', certainty: read}"
    head = f"name: ours\ncalled: Ours\norigins: [{origin}]\n"
    field = "\n".join(f"    {line}" for line in shown.splitlines())
    stage = "  - {name: development_stage, kind: choice, choices: [Pilot, Deployed]}\n"
    path.write_text(f"{head}fields:\n{stage}  -\n{field}\n")
    made = load_shape(path, FORM).fields[1]
    (theirs,) = (each for each in shape("us-federal", FORM).fields if each.name == made.name)
    assert made.model_copy(update={"called": theirs.called}) == theirs


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(
    "status", [Status.under_reassessment, Status.lapsed, Status.in_review, Status.blocked]
)
def test_what_has_no_yes_that_day_is_not_said_to_be_in_operation(name: str, status: Status) -> None:
    moved = StageMove(id="m", to=Stage.in_use, by="P-ana", at=NOW)
    running = a_use(stage_moves=(moved,))
    field = {"nl": "status", "uk-atrs": "0.3 phase", "us-federal": "development_stage"}[name]
    assert cells(running, name)[field].value
    assert not cells(running.model_copy(update={"status": status}), name)[field].value
