"""Maps are data: all their faults at once, and every map that is shipped fits the form."""

from pathlib import Path

import pytest

from bot.inventory.mapping import load_map, shipped
from intake.forms import ai_use
from intake.source import Damaged

FORM = ai_use()


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_map_fits_the_form(name: str) -> None:
    plan = load_map(name, FORM)
    assert plan.name == name
    assert {plan.id, plan.title} <= plan.columns


def test_every_fault_of_a_map_at_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        """name: mine
id: number
title: name
facts:
  stag: {column: a}
  stage:
    column: b
    values:
      pilott: [Trial]
      pilot: [Test]
      idea: [test.]
    part: true
  purpose: {column: c, values: {x: [y]}}
  data: {values: {personal: [Yes]}}
  title: {column: d}
nonsense: 1
"""
    )
    with pytest.raises(Damaged) as caught:
        load_map(str(path), FORM)
    assert [fault.line for fault in caught.value.faults] == [5, 9, 11, 12, 13, 14, 14, 15, 16]
    assert all(fault.mend and fault.file == "mine.yaml" for fault in caught.value.faults)


@pytest.mark.parametrize("name", ["us-fedral", "no/such.yaml", "README.md"])
def test_a_map_that_is_not_there_is_said(name: str) -> None:
    with pytest.raises(Damaged):
        load_map(name, FORM)


def test_the_map_in_the_documents_fits_the_form(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[3] / "docs" / "inventories.md").read_text()
    path = tmp_path / "ours.yaml"
    path.write_text(text.partition("```yaml\n")[2].partition("```")[0])
    plan = load_map(str(path), FORM)
    assert plan.columns == {
        *("number", "what", "division", "team", "product"),
        *("description", "status", "data_types", "field_of_work", "vendor"),
    }
