"""`steward trust`: what outsiders may read follows from what is in force, and holds nothing that is for insiders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store import aims
from store.engine import Store
from store.tables import PersonRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.test_management import does
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD
from triage.aims.entry import Entry
from triage.aims.outward import full_names, outward, single_names
from triage.aims.trust import GIVEN, PACK
from triage.aims.trusted import telling
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.outcome import Refused

DAY = "2026-12-20"
SECRET = "Dana Secretive"
CLOSED = f"It is as {SECRET} says in AIU-2026-0001, ask <@U0DANA00000> or d.s@example.com, see https://wiki.example.com/x"
POLICY = {"title": "AI policy <b>", "text": f"People decide. {CLOSED}", "since": "2026-11-25"}
SCOPE = {"covers": "All teams", "activities": ("Sales",), "left_out": ("Research: no effect",)}
CONTROL = {
    "applies": "yes",
    "because": f"weakness: {CLOSED}",
    "state": "done",
    "how": "hidden how",
    "owner": BEN,
}
GOAL = {
    "title": "All on record",
    "measure": "Share with an owner",
    "target": "95 %",
    "how": "hidden plan",
    "owner": BEN,
    "due": "2027-06-01",
}
WAY = {"norm": "ISO/IEC 42001", "body": "Rheinmark", "covers": "All AI", "wished": "2026-11-20"}


def agreed(store: Store, kind: str, said: dict[str, Any], day: int, name: str = "") -> Entry:
    with store.read() as session:
        known = aims.load(session, kind)
    seen = len(known.drafts) if known is not None else 0
    entry = does(store, drafting(kind=kind, said=said, actor=BEN, name=name, seen=seen), day)
    return does(store, ApproveEntry(**on(entry, DAN), draft=seen + 1), day) if entry.proposed else entry


def acts(store: Store, entry: Entry, act: str, day: int, **said: Any) -> Entry:
    return does(store, ActOnEntry(**on(entry, BEN), act=act, said=said, seen=entry.version), day)


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    with store.write() as session:
        if session.get(PersonRow, DAN) is None:
            session.add(PersonRow(id=DAN, team="T", slack_user="UDAN", updated_at=NOW))
        session.add(PersonRow(id="dana", team="T", slack_user="UDANA", name=SECRET, updated_at=NOW))
    agreed(store, "policy", POLICY, 1, "ai")
    agreed(store, "scope", SCOPE, 12)
    agreed(store, "control", CONTROL, 2, "A.2.2")
    agreed(store, "control", CONTROL | {"state": "begun"}, 2, "A.3.2")
    goal = agreed(store, "objective", GOAL, 2)
    acts(store, goal, "measured", 3, value="96 %", met="yes")
    way = agreed(store, "certification", WAY, 3)
    for n, stage in enumerate(("stage_1", "stage_2"), 4):
        way = acts(store, way, stage, n, held_on="2026-11-22", found="hidden weakness")
    acts(store, way, "certified", 6, since="2026-11-26", expires="2029-11-25", number="4711-AI")
    finding = {"title": "Hidden finding", "what": "No reason", "source": "audit", "weight": "major"}
    does(store, drafting(kind="nonconformity", said=finding | {"points": ("8.1",), "due": DAY}, actor=BEN), 6)
    return store


def asked(steward: Steward, *words: str) -> dict[str, Any]:
    code, said, _ = steward("trust", "--format", "json", "--as-of", DAY, *words)
    assert code == 0
    found: dict[str, Any] = json.loads(said)
    return found


def test_policy_scope_controls_figures_and_certificates_without_confidential_details(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    found = asked(steward)
    assert [each["kind"] for each in found["parts"]] == ["policy", "scope", "certification", "objective"]
    assert [each["name"] for each in found["controls"]] == ["A.2.2"], "one that is begun is not met"
    paths = {form: tmp_path / f"pack.{form}" for form in ("html", "pdf")}
    for form, path in paths.items():
        assert steward("trust", "--as-of", DAY, "--format", form, "--out", str(path))[0] == 0
    page, text = paths["html"].read_text(), steward("trust", "--as-of", DAY)[1]
    for shown in (page, text):
        for what in ("People decide.", "All teams", "A.2.2", "96 %", "4711-AI", "Research: no effect"):
            assert what in shown
        for hidden in (
            SECRET,
            "AIU-2026",
            "AIN-2026",
            "AIM-2026",
            "U0DANA",
            "example.com",
            "hidden",
            "Hidden finding",
        ):
            assert hidden not in shown
    assert "AI policy &lt;b&gt;" in page
    assert "<script" not in page
    assert "https://" not in page
    assert paths["pdf"].read_bytes().startswith(b"%PDF")


def test_the_same_facts_give_the_same_bytes_on_any_day(steward: Steward, told: Store, tmp_path: Path) -> None:
    for form in ("html", "pdf"):
        made = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        for path in made:
            assert steward("trust", "--as-of", DAY, "--format", form, "--out", str(path))[0] == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    early = json.loads(steward("trust", "--format", "json", "--as-of", "2026-11-18")[1])
    assert early["parts"] == [], "of what began later nothing"


def test_what_somebody_else_approved_is_made_again_and_each_giving_out_is_on_record(
    steward: Steward, told: Store
) -> None:
    assert steward("trust", "--approved")[0] == 2
    digest = asked(steward)["digest"]
    pack = does(told, drafting(kind=PACK, said={"as_of": DAY, "digest": digest}, actor=BEN), 40)
    given = {"whose": "Rheinmark AG", "asker": "tender", "digest": digest}
    with pytest.raises(Refused):
        acts(told, pack, GIVEN, 40, **given)
    pack = does(told, ApproveEntry(**on(pack, DAN), draft=1), 41)
    assert pack.in_force is not None
    with pytest.raises(Refused):
        acts(told, pack, GIVEN, 41, **given | {"digest": "0" * 64})
    pack = acts(told, pack, GIVEN, 41, **given)
    assert (pack.done[-1].said["whose"], pack.done[-1].said["digest"]) == ("Rheinmark AG", digest)
    code, _, errors = steward("trust", "--approved", "--format", "html")
    assert (code, f"As it was approved: {digest}" in errors) == (0, True)
    with told.write() as session:
        session.add(PersonRow(id="new", team="T", slack_user="UNEW", name="All teams", updated_at=NOW))
    code, said, errors = steward("trust", "--approved")
    assert (code, said) == (1, ""), "of what was handed in by its digest alone, another paper is none"
    assert "not what was approved any more" in errors


def test_questions_are_listed_with_their_answers_and_gaps_and_lie_before_the_review(
    steward: Steward, told: Store
) -> None:
    asks = {
        "title": "Who checks?",
        "question": "Who\nchecks \x1b[31m results?",
        "asker": "tender",
        "whose": "Rheinmark AG",
    }
    question = does(told, drafting(kind="inquiry", said=asks, actor=CLEO), 7)
    assert "unanswered" in steward("trust", "--questions")[1]
    answered = {"answer": "A person", "told_by": "in_writing", "holds": "partly", "gap": "No figures"}
    acts(told, question, "answered", 8, **answered)
    (row,) = map(json.loads, steward("trust", "--questions", "--format", "json")[1].splitlines())
    assert (row["state"], row["gap"], row["answered_by"]) == ("gap", "No figures", BEN)
    assert "\x1b" not in steward("trust", "--questions")[1]
    table = json.loads(steward("management", "--format", "json", "--as-of", DAY)[1])["parties"]
    assert [(each["ref"], each["said"]) for each in table] == [(question.ref, "Rheinmark AG; No figures")]


def test_nothing_that_names_people_places_or_records_can_go_out_by_data(tmp_path: Path) -> None:
    for field in ("owner", "link", "units", "nonsense"):
        file = tmp_path / "trust.yaml"
        file.write_text(f"version: 1\ncontrols: [done]\nparts: [{{id: scope, fields: [{field}]}}]\n")
        with pytest.raises(Exception, match="not for outsiders"):
            telling(file)


def test_names_are_left_out_as_whole_words_and_single_words_are_kept() -> None:
    names = full_names(("Dana Secretive", "Will"))
    assert outward("As dana secretive will say", names) == "As […] will say"
    assert outward("Danas", names) == "Danas"


@pytest.mark.parametrize(
    "said",
    [
        "Dana Secretives", "Dana Secretive's", "Dana  Secretive", "Dana\nSecretive", "Dana\u00a0Secretive",
        "Secretive, Dana", "Secretive Dana", "Dana-Secretive", "dana_secretive", "\uff24ana Secretive",
        "Mu\u0308ller, Eva",
        "aic-2026-0012", "aiu-12", "www.intern.example/x", "+49 170 1234567", "0170/123 45 67", "555-123-4567",
        "#ai-confidential", "@dana",
    ],
)  # fmt: skip
def test_what_is_for_nobody_outside_is_left_out_however_it_is_written(said: str) -> None:
    names = full_names((SECRET, "M\u00fcller, Eva"))
    assert outward(f"So {said} is it", names) == "So […] is it"


@pytest.mark.parametrize(
    "said", ["2026-11-25", "01.02.2026", "ISO/IEC 42001:2023", "0.5", "95 %", "#1", "4711-AI", "C#"]
)
def test_days_figures_and_numbers_of_standards_are_kept(said: str) -> None:
    assert outward(said, full_names((SECRET,))) == said


def test_names_of_one_word_are_kept_and_named_to_who_approves() -> None:
    texts = ("May we? Ask Cher's team.", "Wills list")
    assert single_names(("Cher", "Will", "May", "Dana Secretive", "Bo"), texts) == ("Cher", "May", "Will")


def test_only_what_is_met_is_told_and_nothing_of_what_is_not(steward: Steward, told: Store) -> None:
    goal = agreed(told, "objective", GOAL | {"title": "Fewer incidents"}, 7)
    acts(told, goal, "measured", 8, value="7 serious", met="no")
    (part,) = [each for each in asked(steward)["parts"] if each["kind"] == "objective"]
    assert [each["name"] for each in part["items"]] == ["All on record"]
    text = steward("trust", "--as-of", DAY)[1]
    assert "Met when last measured: 1." in text
    assert "7 serious" not in text
    assert "points" not in asked(steward)


def test_a_certificate_that_ran_out_is_not_told_and_not_given_out(steward: Steward, told: Store) -> None:
    with told.read() as session:
        (way,) = aims.of_kind(session, "certification")
    acts(told, way, "recertified", 7, since="2026-11-27", expires=DAY, number="4712-AI")
    found = asked(steward)
    assert "certification" in [each["kind"] for each in found["parts"]], "on its last day it counts"
    later = json.loads(steward("trust", "--format", "json", "--as-of", "2026-12-21")[1])
    assert "certification" not in [each["kind"] for each in later["parts"]]
    pack = does(told, drafting(kind=PACK, said={"as_of": DAY, "digest": found["digest"]}, actor=BEN), 40)
    pack = does(told, ApproveEntry(**on(pack, DAN), draft=1), 41)
    with pytest.raises(Refused) as refusal:
        acts(told, pack, GIVEN, 41, whose="Rheinmark AG", asker="tender", digest=found["digest"])
    assert refusal.value.key == "trust_ran_out"


def test_what_nobody_approved_says_so_in_each_form(steward: Steward, told: Store, tmp_path: Path) -> None:
    draft = "Draft, not approved"
    path = tmp_path / "pack.html"

    def page(*words: str) -> str:
        assert steward("trust", "--format", "html", "--out", str(path), *words)[0] == 0
        return path.read_text()

    assert draft in page("--as-of", DAY)
    assert draft in steward("trust", "--as-of", DAY)[1]
    found = asked(steward)
    assert found["approved"] is False
    pack = does(told, drafting(kind=PACK, said={"as_of": DAY, "digest": found["digest"]}, actor=BEN), 40)
    assert draft in page("--as-of", DAY)
    does(told, ApproveEntry(**on(pack, DAN), draft=1), 41)
    assert draft not in page("--approved")
    assert asked(steward)["digest"] == found["digest"]


def test_each_question_is_one_line_whatever_its_words(steward: Steward, told: Store) -> None:
    forged = "Who?\nAIM-2026-0099 · 2026-01-05 · answered · Yes"
    asks = {"title": "t", "question": forged, "asker": "tender", "whose": "Rheinmark AG"}
    does(told, drafting(kind="inquiry", said=asks, actor=CLEO), 7)
    assert len(steward("trust", "--questions")[1].splitlines()) == 1


def test_it_counts_with_the_yes_of_somebody_else_alone(told: Store) -> None:
    wish = drafting(kind=PACK, said={"as_of": DAY, "digest": "d"}, actor=BEN)
    pack = does(told, wish, 40)
    with pytest.raises(Refused):
        does(told, ApproveEntry(**on(pack, BEN), draft=1), 40)
    with told.read() as session:
        found = aims.load(session, PACK)
    assert found is not None
    assert found.in_force is None
    assert a_desk(roles=HELD)
