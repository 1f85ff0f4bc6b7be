"""The page of a use carries its decision: who, in whose seat, on which facts and rules, and what became of it since."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from bot.extract import to_row
from bot.library import library
from bot.pack import decided, judged, pages, stepped
from bot.pack.life import TURNS
from bot.pack.sections import Cell, table
from bot.pack.using import Showing
from bot.words import Words
from bot.written import Written
from store import audit
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.packed import packed, unpacked
from tests.builders import ANA, BEN, CLEO, NOW, a_case
from triage.case import Decision, DecisionKind, Signature
from triage.incidents.incident import Incident, Step
from triage.steps import ConditionStep, Term
from triage.verdict import DutyOwed

WORDS = Words("en", "UTC")
SHOW = Showing(WORDS, library().wording, library().form, {}, date(2027, 1, 1), {})


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def sections(page: Path) -> dict[str, str]:
    """By anchor, what a reader sees, cell by cell."""
    found = re.findall(r'<section id="([^"]+)"[^>]*>(.*?)</section>', page.read_text("utf-8"), re.DOTALL)
    return {id: unescape(re.sub(r"(\s*<[^>]+>\s*)+", "|", body)) for id, body in found}


def test_a_decision_stands_with_its_facts_and_the_rules_that_lie_in_the_pack(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    for made in lines(out / "data" / "decisions.jsonl"):
        page = out / "uses" / f"{made['ref']}.html"
        shown = sections(page)
        assert made["facts_digest"] in "".join(shown.values()) or made["id"] in shown["decisions"]
        assert made["id"] in "".join(shown.values())
    first = out / "uses" / "AIU-2026-0001.html"
    (link,) = set(re.findall(r'href="\.\./(wordings/policy/internal-tier[^"]+)"', first.read_text()))
    assert (out / link).is_file()
    assert re.search(r'href="\.\./wordings/form/ai-use[^"]+"', first.read_text())


def test_every_rule_that_fired_stands_with_its_reason(steward: Any, told: Store, tmp_path: Path) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    last = {each["ref"]: each for each in lines(out / "data" / "results.jsonl")}
    for ref, result in last.items():
        if (page := out / "uses" / f"{ref}.html").exists():
            why = sections(page)["why"]
            for reason in result["verdict"]["reasons"]:
                assert f"|{reason['because']}|" in why
                assert f"|{reason['rule']} ({reason['policy']})|" in why
            assert "works council" in sections(page)["results"]


def test_what_became_of_it_is_told_with_the_lines_of_the_trail(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    turned: dict[str, list[int]] = {}
    for line in lines(out / "audit.jsonl"):
        if line["what"] in TURNS and (ref := line["detail"].get("ref")):
            turned.setdefault(ref, []).append(line["seq"])
    shown = {page.stem: sections(page).get("life", "") for page in (out / "uses").iterdir()}
    assert sum(map(bool, shown.values())) > 3
    for ref, life in shown.items():
        assert [int(n) for n in re.findall(r"\|(\d+)(?=\|)", life)] == turned.get(ref, []), ref
    early = unpacked(packed(steward, tmp_path / "then", day=NOW.date().isoformat()), tmp_path / "early")
    first = sections(early / "uses" / "AIU-2026-0001.html")["life"]
    assert len(re.findall(r"\|\d+\|", first)) < len(re.findall(r"\|\d+\|", shown["AIU-2026-0001"]))


def test_what_was_answered_first_does_not_read_as_what_holds(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    shown = sections(out / "uses" / "AIU-2026-0001.html")
    assert "Each answer as it was given on its day" in shown["facts"]
    assert "|stage today|" in shown["about"]
    for row in ("|Owner|", "|Title|", "|Unit|"):
        assert row not in shown["facts"]


def decision(
    id: str, role: str, *, seat: str, kind: DecisionKind = DecisionKind.approve, **more: Any
) -> Decision:
    signed = (Signature(person=BEN, role=role, at=NOW),)
    about: dict[str, Any] = {"reason": "Fits.", "facts_digest": "f" * 64, "policies": (), "at": NOW}
    return Decision(id=id, kind=kind, signatures=signed, seat=seat, **about, **more)


def test_a_seat_names_whom_it_asked_for_and_who_filled_it_instead() -> None:
    yes = decision("first", "legal", seat="legal", kind=DecisionKind.sign_off)
    last = decision("last", "security", seat="vendor_manager", rests_on=("first",))
    rows = list(decided._seats(last, a_case(decisions=(yes, last)), SHOW, now=False))
    assert [row[:3] for row in rows] == [
        ("Legal", BEN, "Legal"),
        ("vendor manager", BEN, "Security, as fallback for vendor manager"),
    ]


def test_a_condition_says_who_said_it_is_met_and_who_looked() -> None:
    made = decision(
        "d",
        "risk_owner",
        seat="risk_owner",
        conditions=("Tell them",),
        terms=(Term(due=NOW.date(), otherwise="narrows"),),
    )
    on: dict[str, Any] = {"decision": "d", "number": 1}
    done = ConditionStep(id="s1", kind="done", by=ANA, at=NOW, words="Told", **on)
    seen = ConditionStep(id="s2", kind="verified", by=CLEO, at=NOW + timedelta(days=1), **on)
    bound: dict[str, Any] = {"state": "met", "due_on": "2026-09-01", "owner": ANA, "otherwise": "narrows"}
    row = bound | {"id": "d:001", "looked_at_by": ()}
    show = SHOW._replace(roles={"s2": "risk_owner"})

    def cells(*steps: ConditionStep) -> tuple[Any, ...]:
        case = a_case(decisions=(made,), condition_steps=steps)
        written = Written([], [], [row], *([] for _ in range(10)))
        (found,) = decided._conditions(made, case, written, show)
        return found

    said = cells(done, seen)
    assert said[2].startswith("2026-09-01")
    assert (ANA in said[4], "Told" in said[4]) == (True, True)
    assert said[5] == f"looked at, and met, {CLEO} (risk owner), {(NOW + timedelta(days=1)):%Y-%m-%d %H:%M}"
    assert cells(done)[5] == "at this risk, nobody else has to look"
    late = ConditionStep(id="s0", kind="unmet", at=NOW, **on)
    assert cells(late, done)[5] == "somebody else still has to look"


def test_a_duty_is_told_as_of_the_day_of_the_pack() -> None:
    owed = DutyOwed.model_validate({"duty": "d", "from": "2027-01-01", "what": "Do it", "source": "Law"})
    assert judged._duty(owed, SHOW)[2] == "asked for"
    assert judged._duty(owed, SHOW._replace(day=date(2026, 12, 31)))[2] == "still to come"


def test_cells_are_data() -> None:
    drawn = pages.rows(
        table(['a"><b>'], [(Cell("<i>x</i>", 'y"z'),), ("2027-01-01 10:00",), ("<u>",)], anchors=True)
    )
    assert not {"<i>", "<u>"} & set(re.findall("<[a-z]>", drawn))
    assert "<b>" not in drawn
    assert 'href="y&#34;z"' in drawn
    assert '<td class="n" data-head="a&#34;&gt;&lt;b&gt;">2027-01-01 10:00</td>' in drawn


def an_incident(*steps: tuple[str, str, dict[str, Any], dict[str, str]]) -> Incident:
    first = Step(id="s0", kind="report", at=NOW, detail={"kind": "incident"}, texts={"words": "It leaked"})
    made = [
        Step(id=f"s{n}", kind=kind, by=by, role="legal", at=NOW, detail=detail, texts=texts)  # type: ignore[arg-type]
        for n, (kind, by, detail, texts) in enumerate(steps, 1)
    ]
    return Incident(id="i", ref="AII-1", steps=(first, *made))


def test_an_incident_is_told_step_by_step() -> None:
    incident = an_incident(
        ("assess", BEN, {"answer.harm": ("rights",)}, {}),
        ("contain", BEN, {"how": "stopped"}, {"words": "Nothing is sent"}),
        ("settle_clock", BEN, {"clock": "gdpr-authority", "outcome": "met"}, {"reason": "Case 17"}),
        ("noted_told", BEN, {"whom": "affected", "when": NOW.isoformat()}, {"words": "Called"}),
        ("cause", BEN, {"kinds": ("process",)}, {"words": "An open link"}),
        (
            "add_action",
            BEN,
            {"owner": ANA, "due": "2027-01-01"},
            {"words": "Close it", "success": "None is open"},
        ),
        ("do_action", ANA, {"action": "s6"}, {"evidence": "Closed"}),
        ("check_action", CLEO, {"action": "s6", "found": "effective"}, {"words": "Ten looked at"}),
        ("close", CLEO, {"severity": "high"}, {"lessons": "Look first"}),
    )
    rows = [" | ".join(map(str, row[1:])) for row in stepped.steps(incident, WORDS, {})]
    assert rows[0] == "reported it | somebody without a name | It leaked"
    for said, row in zip(
        (
            *(("Rights of people",), ("stopped", "Nothing is sent"), ("GDPR, 72 hours", "Case 17")),
            *(("The people affected", "Called"), ("How we work", "An open link")),
            *((ANA, "2027-01-01", "Close it", "None is open"), ("Close it", "Closed")),
            *(("It worked", "Ten looked at"), ("high", "Look first")),
        ),
        rows[1:],
        strict=True,
    ):
        assert all(each in row for each in said), row
    short = [" | ".join(map(str, row)) for row in stepped.in_short(incident, "AIU-1", WORDS, {})]
    assert "because | rights, health or infrastructure are touched (rights)" in short
    assert "about the use | AIU-1" in short


def test_the_page_of_incidents_holds_steps_and_what_was_recorded(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    page = unescape((out / "incidents.html").read_text("utf-8"))
    steps = lines(out / "data" / "incident_steps.jsonl")
    assert steps
    for step in steps:
        for text in step["texts"].values():
            assert text in page
    (incident,) = lines(out / "data" / "incidents.jsonl")
    assert f'href="uses/{incident["use_ref"]}.html"' in page


def test_tables_name_uses_by_reference_and_nobody_as_an_empty_cell(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    refs = {row["ref"] for row in lines(out / "data" / "uses.jsonl")}
    with (out / "tables" / "incidents.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["use_ref"] in refs, bool(row["use"])) == (True, True)
    with (out / "tables" / "incident_steps.csv").open(newline="") as file:
        assert row["use_ref"] in {each["use_ref"] for each in csv.DictReader(file)}
    with (out / "tables" / "conditions.csv").open(newline="") as file:
        looked = [each["looked_at_by"] for each in csv.DictReader(file)]
    assert looked
    assert "()" not in looked
    assert to_row({"a": (), "b": ("P1",)}, ("a", "b")).strip() == ',"[""P1""]"'


def test_lines_of_one_kind_are_the_same_as_among_all(told: Store) -> None:
    with told.read() as session:
        every = list(audit.records(session))
        for what in {each.what for each in every}:
            assert list(audit.records(session, what=what)) == [each for each in every if each.what == what]
        for about in {each.subject[0] for each in every}:
            found = list(audit.records(session, about=about))
            assert found == [each for each in every if each.subject[0] == about]
