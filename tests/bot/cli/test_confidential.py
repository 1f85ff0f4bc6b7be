"""In the terminal, too, a confidential use is its reference and its tier, unless the whole of it is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import COMMANDS
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.builders import ANA
from tests.triage.test_own import a_file, a_rule
from triage.confidences import Confide

REF = "AIU-2026-0002"
WORDS = (
    "We want DeepL",
    "Only in English",
    "Nobody's name",
    "For whom?",
    "For the sales team.",
    "She is my sister.",
)
"""Titles, conditions, questions, answers and reasons of the use that was closed."""


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    wish = Confide(actor=ANA, key="closed", case=storied.CONDITIONAL)
    Ledger(store).execute(wish, storied.day(9))
    return store


SHOWN: dict[str, tuple[tuple[str, ...], ...]] = {
    "explain": (("explain", REF), ("explain", REF, "--all"), ("explain", REF, "--if", "data=public")),
    "story": (("story", REF), ("story", REF, "--all")),
    "dossier": (
        *(
            ("dossier", ref, "--for", who, "--out", f"{ref}{who}.html")
            for ref in (REF, "AIU-2026-0001")
            for who in ("inside", "outside")
        ),
    ),
    "register": tuple(
        ("register", "--shape", shape, "--only", "every-stage", "--format", form, "--out", f"{shape}.{form}")
        for shape in ("nl", "uk-atrs", "us-federal")
        for form in ("csv", "json")
    ),
    "policy": (
        ("policy", "explain", REF),
        ("policy", "what-if", REF, "data=public"),
        ("policy", "tally"),
        ("policy", "own"),
        ("policy", "rehearse", "others.yaml", "--csv", "moved.csv"),
    ),
    "notice": (("notice", REF),),
    "incident": (
        ("incident", "list"),
        ("incident", "show", "AII-2026-0001"),
        ("incident", "draft", "AII-2026-0001"),
    ),
    "retention": (("retention",), ("retention", "--json"), ("retention", "holds")),
    "anchor": (
        ("anchor", "--write", "anchors.jsonl"),
        ("anchor", "--list"),
        ("anchor", "--tokens", "stamps"),
    ),
    "reviews": (("reviews",), ("reviews", "--json"), ("reviews", "--as-of", "2026-11-24")),
    "management": (
        ("management",),
        ("management", "--format", "json"),
        ("management", "--as-of", "2026-11-24"),
    ),
    "portfolio": (
        ("portfolio",),
        ("portfolio", "--format", "json"),
        ("portfolio", "--format", "html"),
        ("portfolio", "--as-of", "2026-11-24"),
    ),
    "trust": (
        ("trust",),
        ("trust", "--format", "json"),
        ("trust", "--format", "html"),
        ("trust", "--questions"),
        ("trust", "--as-of", "2026-11-24"),
    ),
    "nonconformities": (("nonconformities", "--look"), ("nonconformities",)),
    "audits": (("audits",), ("audits", "--report", "AIA-2026-0001")),
    "training": (("training", "list"), ("training", "matrix")),
    "frameworks": (("frameworks",), ("frameworks", "--format", "json")),
    "scope": (("scope",), ("scope", "--format", "json"), ("scope", "--as-of", "2026-12-01")),
    "suppliers": (("suppliers",), ("suppliers", "--json")),
    "risks": (("risks",), ("risks", "--json"), ("risks", "--suggested"), ("risks", "--as-of", "2026-11-24")),
    "soa": (
        *(("soa", "--format", form) for form in ("text", "csv", "json", "html")),
        ("soa", "show", "A.5.2"),
    ),
    "tools": (("tools", "list"),),
    "coverage": (
        ("coverage",),
        ("coverage", "--json"),
        ("coverage", "--trend"),
        ("coverage", "--functions"),
        ("coverage", "8.2"),
        ("coverage", "--as-of", "2026-11-24"),
    ),
    "calendar": (("calendar",), ("calendar", "--json", "--done"), ("calendar", "--as-of", "2026-11-24")),
    "list": (("list",), ("list", "--json"), ("list", "--as-of", "2026-11-24")),
    "metrics": (("metrics", "--months", "1"), ("metrics", "--months", "1", "--format", "csv")),
    "digest": (
        *(("digest", "--format", form) for form in ("text", "html", "json")),
        ("digest", "--month", "--as-of", "2026-11-24"),
    ),
    "export": (
        ("export", "--format", "json", "--out", "json"),
        ("export", "--format", "csv", "--out", "csv"),
    ),
    "evidence": (("evidence", "--out", "pack"),),
    "discover": (("discover", "log.csv", "--json"), ("discover", "log.csv")),
    "verify": (("verify",),),
    "replay": (("replay",),),
    "settings": (("settings",),),
    "check": (("check",),),
}
"""What each command that reads the register is asked."""
KEEPS_AWAY = {
    "demo", "slack", "worker", "migrate", "setup", "judge", "score", "form", "import", "people", "erase", "manifest",
    "identify", "model", "person", "aims",
}  # fmt: skip
"""These print no use: they serve, take in, or look at files alone."""


def test_every_command_is_asked_or_keeps_away() -> None:
    assert set(COMMANDS) - set(SHOWN) == KEEPS_AWAY


def test_no_command_tells_its_words(steward: Any, told: Store, tmp_path: Path) -> None:
    (tmp_path / "others.yaml").write_text(a_file(a_rule(level=4)))
    log = "date,user,team,url\n2026-11-02,a@example.com,{team},https://otter.ai/a\n"
    (tmp_path / "log.csv").write_text(log.format(team="Sales") + log.format(team="").splitlines()[1])
    found = {}
    for command in (one for each in SHOWN.values() for one in each):
        _, out, errors = steward(*command)
        assert out or errors, command
        found[command] = [words for words in WORDS if words in out + errors]
    assert {command: words for command, words in found.items() if words} == {}
    written = [
        path for path in tmp_path.rglob("*") if path.suffix in (".json", ".csv", ".jsonl", ".yaml", ".html")
    ]
    assert len(written) > 20
    bodies = {path.name: path.read_text() for path in written}
    assert {name: words for name, body in bodies.items() for words in WORDS if words in body} == {}
    assert REF in bodies["moved.csv"], "it moves, too, and is counted"


@pytest.mark.parametrize("command", ["explain", "story"])
def test_its_reference_and_its_tier_are_told(steward: Any, told: Store, command: str) -> None:
    code, out, errors = steward(command, REF)
    assert (code, out) == (1, "")
    assert errors.startswith(f"{REF} is confidential: high.")
    assert "--confidential" in errors


@pytest.mark.parametrize("command", ["explain", "story"])
def test_the_whole_of_it_has_to_be_asked_for(steward: Any, told: Store, command: str) -> None:
    code, out, errors = steward(command, REF, "--confidential")
    assert (code, errors) == (0, "")
    assert "Only in English" in out
    other = steward(command, "AIU-2026-0001")
    assert other[0] == 0
