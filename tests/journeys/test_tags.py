"""One supplier assessment is tagged for two other management systems: both exports have it once, by one reference."""

from __future__ import annotations

import argparse
import csv
import io
import json
from typing import Any

import pytest

from bot.cli import frameworks
from bot.slack.ids import Action
from tests.journeys.test_suppliers import reads, whole
from tests.journeys.test_suppliers import world as world
from tests.journeys.test_system import entries, fills, gives, press
from tests.slack_world import ANA, BEN, DAN, World


def exported(world: World, capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    """As somebody at the terminal gets it; nothing where no record has that tag."""
    parser = argparse.ArgumentParser()
    frameworks.add_arguments(parser)
    capsys.readouterr()
    frameworks.run(parser.parse_args(asked), world.settings())
    return capsys.readouterr().out


def of(world: World, capsys: Any, tag: str) -> list[dict[str, Any]]:
    lines = exported(world, capsys, "--for", tag, "--format", "json").splitlines()
    table = csv.DictReader(io.StringIO(exported(world, capsys, "--for", tag, "--format", "csv")))
    found = [json.loads(line) for line in lines]
    assert [row["ref"] for row in table] == [row["ref"] for row in found], "both forms are one export"
    return found


def test_one_assessment_is_in_both_exports_once_by_one_reference(world: World, capsys: Any) -> None:
    world.person(ANA).asks().submitted()
    whole(world)
    reads(world, DAN)
    press(world, DAN, Action.STATE_ENTRY, "tagged|")
    assert fills(world, DAN, serves=["iso_27001", "soc_2"], others="TISAX") is None
    (assessment,), (tag,) = entries(world, "supplier"), entries(world, "tagged")
    assert tag.name == assessment.ref
    assert "Serves, too: ISO/IEC 27001, SOC 2 and TISAX" in str(reads(world, BEN))
    ours, others, own = (of(world, capsys, each) for each in ("ISO/IEC 27001", "soc_2", "tisax"))
    assert [[row["ref"] for row in each] for each in (ours, others, own)] == [[assessment.ref]] * 3
    assert ours == others == own, "the same record, whoever it is shown to"
    assert ours[0]["tags"] == ["iso_27001", "soc_2", "TISAX"]
    assert assessment.in_force is not None
    assert (len(assessment.drafts), assessment.in_force.number) == (3, 3), "nothing of it was approved anew"
    press(world, BEN, Action.STATE_ENTRY, "tagged|")
    assert fills(world, BEN, serves=["soc_2"], others="") is None
    assert exported(world, capsys, "--for", "iso_27001") == ""
    assert [row["ref"] for row in of(world, capsys, "soc_2")] == [assessment.ref]
    assert world.differences() == []


def test_whoever_only_reads_tags_nothing(world: World) -> None:
    world.person(ANA).asks().submitted()
    whole(world)
    assert "Other systems" in str(reads(world, DAN))
    gives(world, auditor=[ANA])
    assert "Other systems" not in str(reads(world, ANA))
