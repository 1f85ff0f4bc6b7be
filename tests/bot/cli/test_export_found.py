"""An export holds what was looked for and found: the digests that the trail sealed are worked out again from it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from store import audit, campaigns, sightings
from store.engine import Store
from store.sightings import Reading, Seen
from store.tools import check_terms
from tests.builders import BEN, GOVERNANCE, NOW
from triage.asset import Asset
from triage.campaign import Campaign

OTTER = Asset(id="otter", name="Otter.ai", vendor="Otter")
WEEK = date(2026, 11, 16)
SEEN = [
    Seen(tool_id="otter", unit="Sales", week=WEEK, hits=7, people=2, sure=True, general=False, first_on=WEEK),
    Seen(tool_id="notion-ai", unit="", week=WEEK, hits=1, people=1, sure=False, general=True),
]


@pytest.fixture
def told(register: Store) -> Store:
    """From day to day: a campaign begins, a list is taken in, somebody looks at a tool."""
    for number, (words, what) in enumerate(
        (("Trains on nothing", "terms"), ("Also Acme", "subprocessors"), (None, "terms"))
    ):
        at = NOW + timedelta(days=number)
        with register.write() as session:
            given: Any = {"places": (GOVERNANCE,), "words": "We only ask", "amnesty": number == 0}
            days: Any = {"since": at.date(), "until": at.date()}
            campaign = Campaign(id=f"asked-{number}", started_by=BEN, at=at, **given, **days)
            campaigns.start(session, campaign)
            sightings.take(
                session,
                Reading(digest=f"{number}", kind="proxy", read=9, refused=1),
                SEEN,
                at,
                run=f"run-{number}",
            )
            about: Any = {"known_as": "catalogue", "now": at, "what": what}
            check_terms(session, OTTER, words, at.date(), **about)
    with register.write() as session:
        campaigns.end(session, "asked-0", by=BEN, now=NOW + timedelta(days=3))
    return register


def exported(steward: Any, *more: str) -> Path:
    code, _, errors = steward("export", "--format", "json", "--out", "out", "--force", *more)
    assert (code, errors) == (0, "")
    return Path("out")


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text())


def counted(folder: Path) -> list[str]:
    """By the documented recipe, in a Python that knows nothing of ours."""
    text = (Path(__file__).parents[3] / "docs" / "verify.md").read_text()
    (recipe,) = (
        each for each in re.findall(r"```python\n(.*?)```", text, re.DOTALL) if "sightings.json" in each
    )
    found = subprocess.run(
        [sys.executable, "-I", "-c", recipe, folder], capture_output=True, text=True, check=True
    )
    return found.stdout.splitlines()


def test_what_was_counted_of_a_list_is_worked_out_again(steward: Any, told: Store) -> None:
    out = exported(steward)
    found = counted(out)
    runs = read(out, "sighting_runs")
    assert found == [f"line {run['line']}: as counted" for run in runs]
    assert len(runs) > 1
    assert [run["rows"] for run in runs] == [2] * len(runs)
    rows = read(out, "sightings")
    rows[0]["hits"] += 1
    (out / "sightings.json").write_text(json.dumps(rows))
    assert [each.endswith(": differs") for each in counted(out)] == [True, *[False] * (len(runs) - 1)]


def test_lists_and_campaigns_of_later_are_not_in_an_earlier_day(steward: Any, told: Store) -> None:
    whole = [run["line"] for run in read(exported(steward), "sighting_runs")]
    out = exported(steward, "--as-of", NOW.date().isoformat())
    then = read(out, "sighting_runs")
    assert [run["line"] for run in then] == whole[: len(then)]
    assert 0 < len(then) < len(whole)
    assert {row["run"] for row in read(out, "sightings")} == {run["run"] for run in then}
    assert counted(out) == [f"line {run['line']}: as counted" for run in then]
    (campaign,) = read(out, "campaigns")
    assert campaign["ended_at"] is None, "it ended later"


def test_every_look_at_a_tool_is_in_it_with_its_words(steward: Any, told: Store) -> None:
    def looks(*more: str) -> list[tuple[Any, ...]]:
        wanted = ("tool", "what", "checked_on", "since", "words")
        return [tuple(row[name] for name in wanted) for row in read(exported(steward, *more), "tools")]

    first, also, again = (
        ("otter", "terms", "2026-11-21", "2026-11-21", "Trains on nothing"),
        ("otter", "subprocessors", "2026-11-22", "2026-11-22", "Also Acme"),
        ("otter", "terms", "2026-11-23", "2026-11-21", "Trains on nothing"),
    )
    assert looks() == [first, also, again]
    assert looks("--as-of", "2026-11-21") == [first]
    exported(steward)
    texts = [json.loads(line) for line in Path("out/texts.jsonl").read_text().splitlines()]
    assert [each["text"] for each in texts if each["field"] == "terms"] == ["Trains on nothing", "Also Acme"]
    with told.write() as session:
        (line, *_) = audit.about(session, "tool", "otter")
        audit.erase(session, seq=line["seq"], field="terms", actor=None, at=NOW)
    assert [row[4] for row in looks()] == [None, "Also Acme", None]


def test_campaigns_are_in_it_and_nobody_who_answered(steward: Any, told: Store) -> None:
    over, runs, _ = read(exported(steward), "campaigns")
    assert (over["words"], over["places"], over["started_by"], over["amnesty"]) == (
        "We only ask",
        [GOVERNANCE],
        BEN,
        True,
    )
    assert (over["ended_by"], runs["ended_at"]) == (BEN, None)
    assert over.keys().isdisjoint({"salt", "held", "who"})


def test_the_same_stands_in_csv(steward: Any, told: Store) -> None:
    assert steward("export", "--format", "csv", "--out", "sheets")[0] == 0
    for name in ("sighting_runs", "sightings", "tools", "campaigns"):
        with Path(f"sheets/{name}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(read(exported(steward), name)) > 0


def test_the_manifest_says_what_is_of_now_and_what_is_left_out(steward: Any, told: Store) -> None:
    early = read(exported(steward, "--as-of", NOW.date().isoformat()), "manifest")
    assert early["head"] not in early["proof"]["found"], "the proof is of more than these files"
    assert early["proof"]["at"] == early["made_at"]
    assert early["proof"]["of"].startswith("the whole database at this moment")
    assert early["left_out"].keys() == {"settings"}
    now = read(exported(steward), "manifest")
    assert now["head"] in now["proof"]["found"]
    assert now["left_out"] == {}
