"""`steward management`: the seven inputs in their order, of a time, from what was recorded in it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot import management
from bot.config import current
from bot.management import inputs
from bot.words import Words
from store import aims, convened
from store.engine import Store
from store.tables import PersonRow, UseRow
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.bot.cli.packed import packed, unpacked
from tests.builders import BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_entries import drafting, on
from tests.triage.aims.test_risks import HELD, RISK, UNTIL
from triage.aims.entry import Entry
from triage.aims.management import Inputs
from triage.aims.risk import rests_on
from triage.aims.wishes import ActOnEntry, ApproveEntry, OfEntries

FINDING: dict[str, Any] = {
    "title": "No reason given",
    "what": "Two approvals say nothing",
    "source": "audit",
    "weight": "minor",
    "points": ("8.1",),
    "due": "2026-12-01",
}


def does(store: Store, wish: OfEntries, days: int = 0) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=HELD, now=NOW + timedelta(days=days)))


@pytest.fixture
def told(store: Store) -> Store:
    """A finding that is late, an issue, and a risk whose remains were accepted."""
    storied.tell(store)
    with store.write() as session:
        if session.get(PersonRow, DAN) is None:
            session.add(PersonRow(id=DAN, team="T", slack_user="UDAN", updated_at=NOW))
    does(store, drafting(kind="nonconformity", said=FINDING, actor=BEN), 1)
    issue = {"title": "A new law", "side": "outside", "effect": "Notices from December on"}
    does(store, drafting(kind="issue", said=issue, actor=BEN), 2)
    risk = does(store, drafting(kind="risk", said=RISK | {"owner": BEN}, actor=BEN), 3)
    risk = does(store, ApproveEntry(**on(risk, DAN), draft=1), 4)
    said = {"until": UNTIL, "because": "Two people read them", "rests_on": rests_on(risk)}
    does(store, ActOnEntry(**on(risk, CLEO), act="accepted", said=said, seen=risk.version), 5)
    return store


def asked(steward: Steward, *words: str) -> dict[str, Any]:
    code, said, _ = steward("management", "--format", "json", *words)
    assert code == 0
    found: dict[str, Any] = json.loads(said)
    return found


def test_all_that_happened_in_the_time_lies_on_the_table(steward: Steward, told: Store) -> None:
    found = asked(steward, "--as-of", "2026-12-20")
    assert found["trend"] == {
        "opened": 1,
        "closed": 0,
        "open": 1,
        "late": 1,
        "not_effective": 0,
        "unconfirmed": 0,
        "unconfirmed_major": 0,
        "unconfirmed_late": 0,
    }
    assert [each["title"] for each in found["issues"]] == ["A new law"]
    assert [(each["state"], each["said"]) for each in found["accepted"]] == [("holds", "medium")]
    assert found["figures"]["flow"]["came_in"] > 0


def test_a_high_risk_that_nobody_bears_is_named_and_not_only_counted(steward: Steward, told: Store) -> None:
    now = {"likelihood_now": "5", "impact_now": "5"}
    risk = does(told, drafting(kind="risk", said=RISK | now | {"owner": BEN, "title": "Grave"}, actor=BEN), 6)
    does(told, ApproveEntry(**on(risk, DAN), draft=1), 7)
    found = asked(steward, "--as-of", "2026-12-20")
    assert [(each["title"], each["state"], each["said"]) for each in found["grave"]] == [
        ("Grave", "none", "critical")
    ]
    found.pop("digest")
    assert "Grave · not accepted · critical" in management.as_text(Words(), Inputs.model_validate(found))


def test_ideas_and_what_uses_are_good_for_lie_on_the_table(steward: Steward, told: Store) -> None:
    idea = {"title": "Shorter questions", "idea": "Two of them ask the same"}
    does(told, drafting(kind="improvement", said=idea, actor=DAN), 6)
    found = asked(steward, "--as-of", "2026-12-20")
    assert [each["title"] for each in found["improvements"]] == ["Shorter questions"]
    found.pop("digest")
    line = "Of 3 approved uses of medium risk or more, 2 name what gets better by them"
    assert line not in management.as_text(Words(), Inputs.model_validate(found))
    found["figures"]["management"]["benefits"] = {"uses": 3, "named": 2}
    assert line in management.as_text(Words(), Inputs.model_validate(found))


def test_what_came_later_does_not(steward: Steward, told: Store) -> None:
    found = asked(steward, "--as-of", "2026-11-22")
    assert (found["issues"], found["accepted"], found["trend"]["opened"]) == ([], [], 1)
    later = asked(steward, "--since", "2026-12-01", "--as-of", "2026-12-20")
    assert (later["issues"], later["trend"]["opened"], later["trend"]["open"]) == ([], 0, 1)


def test_the_minutes_can_name_what_lay_on_the_table(steward: Steward, told: Store) -> None:
    once, again = (asked(steward, "--as-of", "2026-12-20")["digest"] for _ in range(2))
    assert once == again
    assert once in steward("management", "--as-of", "2026-12-20")[1]
    does(told, drafting(kind="issue", said={"title": "<b>", "side": "inside", "effect": "x"}, actor=BEN), 6)
    assert asked(steward, "--as-of", "2026-12-20")["digest"] != once
    page = steward("management", "--as-of", "2026-12-20", "--format", "html")[1]
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_each_input_of_the_standard_has_its_part(steward: Steward, told: Store) -> None:
    said = steward("management", "--as-of", "2026-12-20")[1]
    points = ("9.3.2 a", "9.3.2 b", "9.3.2 c", "9.3.2 d 1", "9.3.2 d 2", "9.3.2 d 3", "9.3.2 e")
    places = [said.index(f"({point})") for point in points]
    assert places == sorted(places)


def test_what_rules_put_forward_and_nobody_confirmed_is_told(steward: Steward, told: Store) -> None:
    for key, weight, due in (("r1", "major", "2026-12-01"), ("r2", "minor", "2027-03-01")):
        said = FINDING | {"weight": weight, "due": due}
        does(
            told,
            drafting(kind="nonconformity", said=said, actor="", key=key, entry=f"rule-{key}", by_rule=True),
            1,
        )
    trend = asked(steward, "--as-of", "2026-12-20")["trend"]
    assert (trend["unconfirmed"], trend["unconfirmed_major"], trend["unconfirmed_late"]) == (2, 1, 1)
    page = steward("management", "--as-of", "2026-12-20")[1]
    assert "2 put forward by rule, unconfirmed, 1 of them major, 1 late" in page


def test_a_day_is_one_where_the_organisation_is(steward: Steward, told: Store) -> None:
    """In Berlin, where it is one hour later: what happens at its midnight is of the day that begins."""
    for hour in (22, 23):
        desk = a_desk(roles=HELD, now=datetime(2026, 12, 10, hour, tzinfo=UTC))
        about = {"side": "inside", "effect": "More to look at"}
        with told.write() as session:
            aims.carry_out(
                session, drafting(kind="issue", said=about | {"title": f"At {hour}"}, actor=BEN), desk
            )
            aims.carry_out(session, drafting(kind="nonconformity", said=FINDING, actor=BEN), desk)
    on_day = {
        day: asked(steward, "--since", f"2026-12-{day}", "--as-of", f"2026-12-{day}") for day in (10, 11)
    }
    assert {day: [each["title"] for each in found["issues"]] for day, found in on_day.items()} == {
        10: ["At 22"],
        11: ["At 23"],
    }
    assert [found["trend"]["opened"] for found in on_day.values()] == [1, 1]
    assert [found["trend"]["open"] for found in on_day.values()] == [2, 3]


def test_opportunities_and_resources_asked_for_lie_there_until_they_are_settled(
    steward: Steward, told: Store
) -> None:
    about = {"title": "Answer in two hours", "benefit": "Nobody waits", "gains": ("customers",)}
    does(told, drafting(kind="opportunity", said=about, actor=BEN), 6)
    asks = {"title": "A second reviewer", "sort": "people", "because": "One is ill"}
    asked_for = does(told, drafting(kind="resource", said=asks, actor=BEN), 6)
    found = asked(steward, "--as-of", "2026-12-20")
    assert [each["title"] for each in found["opportunities"]] == ["Answer in two hours"]
    assert [each["title"] for each in found["resources"]] == ["A second reviewer"]
    page = steward("management", "--as-of", "2026-12-20")[1]
    assert page.index("Opportunities") < page.index("Answer in two hours") < page.index("Resources asked for")
    does(told, ActOnEntry(**on(asked_for, DAN), act="granted", said={"because": "From May on"}, seen=1), 7)
    assert asked(steward, "--as-of", "2026-12-20")["resources"] == []


def test_each_month_is_what_counting_by_hand_finds(steward: Steward, told: Store) -> None:
    found = asked(steward, "--as-of", "2026-12-20")["trends"]
    series = {
        each["name"]: dict(zip(found["months"], each["counts"], strict=True)) for each in found["series"]
    }
    with told.read() as session:
        uses = session.exec(select(UseRow.submitted_at)).all()
    by_hand = Counter(f"{at:%Y-%m}" for at in uses if at is not None)
    assert {month: count for month, count in series["came_in"].items() if count} == by_hand
    assert sum(series["nonconformities"].values()) == 1
    assert max(found["months"]) == "2026-12"
    assert series["in_use"]["2026-12"] == asked(steward, "--as-of", "2026-12-20")["figures"]["in_use"]


def test_it_is_the_same_in_bytes_on_any_day_and_in_a_file(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    for form in ("pdf", "html"):
        made = [tmp_path / f"{number}.{form}" for number in (1, 2)]
        for path in made:
            out = ("--format", form, "--out", str(path))
            assert steward("management", "--as-of", "2026-12-20", *out)[0] == 0
        assert made[0].read_bytes() == made[1].read_bytes()
    assert steward("management", "--format", "pdf")[0] == 3, "a PDF needs a place"
    assert steward("management", "--out", str(tmp_path / "no" / "file"))[0] == 3


def _in_pack(steward: Steward, folder: Path, ref: str) -> bool:
    """Its paper is a file of a pack; whether the pack says that it is what was sent."""
    folder.mkdir()
    out = unpacked(packed(steward, folder), folder / "pack")
    assert (out / f"reviews/{ref}.pdf").read_bytes().startswith(b"%PDF")
    page = (out / "index.html").read_text("utf-8")
    sealed = page.partition('id="laid"')[2].partition("</section>")[0]
    digest = json.loads((out / f"reviews/{ref}.json").read_text())["digest"]
    assert (digest in sealed) is (">the same<" in sealed)
    return digest in sealed


def test_a_paper_is_made_again_and_held_against_what_was_sent(
    steward: Steward, told: Store, tmp_path: Path
) -> None:
    call = {"title": "Review", "since": "2026-11-01", "due": "2026-12-20", "attends": (CLEO,), "owner": BEN}
    entry = does(told, drafting(kind="review_call", said=call, actor=BEN), 8)
    assert steward("management", "--review", entry.ref)[0] == 2, "nothing was sent yet"
    desk = a_desk(roles=HELD, now=datetime(2026, 12, 18, 9, tzinfo=UTC))
    with told.write() as session:
        (near,) = convened.near(session, desk)
        zone = current(session).timezone
        convened.lay(session, near, inputs(session, *convened.days_of(near, desk), zone).digest, desk)
        assert convened.near(session, desk) == []
    assert steward("management", "--review", entry.ref)[0] == 0
    assert _in_pack(steward, tmp_path / "one", entry.ref)
    does(told, drafting(kind="issue", said={"title": "New", "side": "inside", "effect": "x"}, actor=BEN), 5)
    assert not _in_pack(steward, tmp_path / "two", entry.ref)
    code, _, said = steward("management", "--review", entry.ref)
    assert code == 1, "something of those days is different now"
    assert "Not the same" in said
