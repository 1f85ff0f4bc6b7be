"""Sentences of writers who had not seen the matcher: understood or asked about, never misread with confidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from intake.catalogue import Catalogue
from intake.names import key_of
from intake.sentence import read
from intake.tool import Recognition, Tool

DATA = Path(__file__).parent / "data"
CATALOGUE = Catalogue.load()


def sentences(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return rows


FRESH = sentences("sentences_fresh.yaml")
SECOND = sentences("sentences_second.yaml")
THEIRS = sentences("sentences_theirs.yaml")
SPELLINGS: dict[str, str] = yaml.safe_load((DATA / "spellings_fresh.yaml").read_text(encoding="utf-8"))


def names(tool: Tool) -> set[str]:
    return {key_of(name) for name in (tool.name, *tool.aliases)}


def is_one_of(tool: Tool, written: list[str]) -> bool:
    """By the tool's own name; a brand that several tools share does not decide."""
    meant = {key_of(SPELLINGS.get(name, name)) for name in written}
    return key_of(tool.name) in meant or not names(tool).isdisjoint(meant)


def found(row: dict[str, Any]) -> Recognition:
    return read(row["text"], CATALOGUE).tool


def is_found(row: dict[str, Any]) -> bool:
    return any(is_one_of(tool, row["means"]) for tool in found(row).tools)


@pytest.mark.parametrize("row", FRESH + SECOND + THEIRS, ids=lambda row: row["text"][:60])
def test_never_sure_of_the_wrong_tool(row: dict[str, Any]) -> None:
    recognised = found(row)
    if recognised.kind == "one":
        assert is_one_of(recognised.tools[0], row["means"])
        assert not is_one_of(recognised.tools[0], row["forbidden"])


@pytest.mark.parametrize(
    "row", [row for row in FRESH + SECOND + THEIRS if row["means"]], ids=lambda row: row["text"][:60]
)
def test_what_is_meant_is_recognised_or_asked_about(row: dict[str, Any]) -> None:
    assert is_found(row) or row["ask_ok"]


def test_most_plain_requests_need_no_question() -> None:
    plain = [row for row in FRESH + SECOND + THEIRS if row["means"] and not row["ask_ok"]]
    sure = [row for row in plain if found(row).kind == "one"]
    assert len(sure) >= 0.9 * len(plain)


@pytest.mark.parametrize(
    "row", [row for row in THEIRS if "not" in row or "intent" in row], ids=lambda row: row["text"][:60]
)
def test_what_others_do_is_not_proposed(row: dict[str, Any]) -> None:
    reading = read(row["text"], CATALOGUE)
    values = {f"{proposal.question}.{proposal.value}" for proposal in reading.proposals}
    assert values.isdisjoint(row.get("not", ()))
    assert reading.intent == row.get("intent", reading.intent)
