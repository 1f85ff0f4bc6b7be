"""Whoever leads asks which AI is in use: in a channel or of everybody, and reads numbers; an amnesty names nobody."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select as plain_select
from sqlmodel import select

from bot.__main__ import main
from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import aside, audit, ledger, offered
from store.offers import look_through
from store.tables import (
    CampaignAnswerRow,
    CampaignRow,
    CampaignToldRow,
    DoneRow,
    DueRow,
    OutboxRow,
    UseRow,
    metadata,
)
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Shown, World
from triage import decide
from triage.claims import NotOurs, TakeOver
from triage.outcome import Refused

ALL = "C0ALL"
LINES = "Otter for notes of our meetings\nClaude: letters to customers"


@pytest.fixture(autouse=True)
def _lead(world: World) -> None:
    lead(world)


def lead(world: World) -> None:
    change(world.store, {"roles.governance_lead": [DAN]}, by=None, key="lead", now=world.store.now())
    world.bot.front.office.changed()


def starts(
    world: World,
    *,
    days: int = 11,
    places: list[str] | None = None,
    how: list[str] | None = None,
    **more: Any,
) -> dict[str, str] | None:
    """From this Monday on."""
    person, today = world.person(DAN), world.store.now().date()
    person.steward("campaign")
    given: dict[str, Any] = {"since": today.isoformat(), "until": (today + timedelta(days=days)).isoformat()}
    given |= {"places": [ALL] if places is None else places, "how_asked": how or []}
    person.hands.fills(**(given | more))
    problems = person.submits()
    world.passes(minutes=5)
    return problems


def asked(world: World, user: str = ANA, channel: str = ALL) -> list[Shown]:
    return [m for m in world.person(user).hands.sees(channel) if "Which AI do you use" in words(m)]


def presses(
    world: World, user: str, action: Action, message: Shown | None = None, channel: str = ALL
) -> None:
    shown = message or asked(world, user, channel)[0]
    assert world.person(user).hands.clicks(channel, shown["ts"], action.value)
    world.settle()


def tells(world: World, user: str, lines: str = LINES, unit: str = "Sales", channel: str = ALL) -> str:
    person = world.person(user)
    presses(world, user, Action.TELL_USE, channel=channel)
    person.hands.fills(lines=lines, unit=unit)
    assert person.submits() is None
    return person.window()


def uses(world: World) -> list[UseRow]:
    with world.store.read() as session:
        return list(session.exec(select(UseRow).order_by(UseRow.title)).all())


def id_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def test_it_is_asked_in_a_channel_and_what_is_told_becomes_uses(world: World) -> None:
    assert starts(world, words="We only want to know.") is None
    (message,) = asked(world)
    assert "We only want to know." in words(message)
    assert "18 December 2026" in words(message)
    said = tells(world, ANA)
    assert "This is recorded" in said
    claude, otter = uses(world)
    ana = id_of(world, ANA)
    assert (otter.tool_id, otter.unit, otter.owner_id, otter.requester_id) == ("otter", "Sales", ana, ana)
    assert (claude.state, claude.discovered_via) == ("disclosed", "disclosure")
    assert claude.title == "Claude: letters to customers"
    assert "on record already" in tells(world, BEN, "Otter for minutes")
    assert len(uses(world)) == 2
    tells(world, BEN, "A thing of ours: letters")
    assert "on record already" in tells(world, ANA, "a thing of OURS: letters")
    assert "on record already" not in tells(world, ANA, "A thing of ours: letters", unit="People")
    assert len(uses(world)) == 4


def trail(world: World) -> str:
    with world.store.read() as session:
        return "\n".join(audit.sealed_lines(session))


def test_it_says_so_again_midway_and_on_the_last_day_and_then_it_is_over(world: World) -> None:
    starts(world)
    world.passes(days=5, hours=22)
    assert len(asked(world)) == 1
    world.passes(days=1, hours=2)  # midway is a Saturday
    assert len(asked(world)) == 2
    world.passes(days=4)
    assert "Today is the last day" in words(asked(world)[-1])
    assert len(asked(world)) == 3
    world.passes(days=3)
    over = asked(world)
    assert len(over) == 3
    assert all("This ended on 18 December 2026" in words(message) for message in over)
    assert not any(block["type"] == "actions" for message in over for block in message["blocks"])
    assert "Nobody answered." in words(world.person(DAN).dm()[-1])
    with world.store.read() as session:
        (row,) = session.exec(select(CampaignRow)).all()
    assert (row.salt, row.ended_by) == (None, None)
    assert "campaign.ended" in world.trail()


def test_what_cannot_be_asked_goes_back_to_its_field(world: World) -> None:
    assert starts(world, places=[]) == {
        "places": "Choose at least one channel, or tick that everybody known is asked."
    }
    person = world.person(DAN)
    person.hands.fills(until="2026-12-01", places=[ALL])
    assert person.submits() == {"until": "Choose a day that is not before the first one."}
    person.hands.fills(until="2027-12-01")
    assert person.submits() == {"until": "Choose a day at most three months after the first one."}
    person.hands.fills(since="2026-12-12", until="2026-12-13")  # Saturday to Sunday
    assert person.submits() == {
        "until": "No working hours are left before this day is over, so nobody would be asked. "
        "Please choose a later one."
    }
    person.hands.fills(since="2026-12-01")
    assert person.submits() == {"since": "Choose today or a later day."}


def test_everybody_is_asked_twice_at_most_and_who_answered_never_again(world: World) -> None:
    for user in (ANA, BEN, CLEO, DAN, EVE):
        id_of(world, user)
    world.passes(minutes=2)  # who they are is looked up
    starts(world, places=[], how=["everyone"])
    world.passes(hours=3)
    assert [len(asked(world, user, "dm")) for user in (ANA, BEN, DAN)] == [1, 1, 1]
    presses(world, BEN, Action.USE_NONE, channel="dm")
    assert "noted: none" in world.person(BEN).window()
    for _ in range(11):
        world.passes(days=1)
    world.passes(hours=2)
    assert [len(asked(world, user, "dm")) for user in (ANA, BEN, DAN)] == [2, 1, 2]
    world.passes(days=4)
    summary = words(world.person(DAN).dm()[-1])
    assert "1 person answered; they use none." in summary
    with world.store.read() as session:
        assert not session.exec(select(DueRow).where(DueRow.subject_kind == "campaign_ask")).all()
    assert id_of(world, BEN) not in json.dumps(trail(world).splitlines()[-3:])


def test_only_whoever_leads_starts_looks_and_ends(world: World) -> None:
    assert "A campaign is started, looked at and ended by" in world.person(ANA).steward("campaign")
    starts(world)
    assert "goes on until 18 December 2026" in world.person(DAN).steward("campaign")
    assert "A campaign is started" in world.person(CLEO).steward("campaign")
    shown = [m for m in world.person(DAN).hands.sees(ALL) if "goes on until" in words(m)][-1]
    presses(world, DAN, Action.END_CAMPAIGN, shown)
    assert "This ended" in words(asked(world)[0])
    presses_late = asked(world)
    assert all("actions" not in {block["type"] for block in m["blocks"]} for m in presses_late)


AMNESTY: dict[str, Any] = {"how": ["amnesty"]}


def everything_kept(world: World) -> str:
    """Of the register and the trail, and what is owed to anybody, but for the one row that keeps it apart."""
    found = [trail(world)]
    with world.store.read() as session:
        for table in (UseRow, OutboxRow, DoneRow, DueRow):
            found += [repr(row.model_dump()) for row in session.exec(select(table)).all()]
    return "\n".join(found)


def test_an_amnesty_names_nobody_before_it_is_over_and_is_followed_up_then(world: World) -> None:
    starts(world, **AMNESTY)
    before = everything_kept(world)
    for user in (ANA, BEN, CLEO):
        said = tells(world, user, "Otter for my private diary")
        assert "nobody is named before 18 December 2026" in said
    tells(world, EVE, "Claude for letters", unit="People")
    claude, otter = uses(world)
    assert (otter.owner_id, otter.requester_id, otter.unit, otter.discovered_via) == (
        None,
        None,
        None,
        "amnesty",
    )
    assert otter.title == "Otter.ai, told of in an amnesty"
    added = everything_kept(world)[len(before) :]
    for user in (ANA, BEN, CLEO, EVE):
        assert id_of(world, user) not in added
    assert "diary" not in everything_kept(world)
    shown = world.person(DAN).steward("campaign")
    assert "Otter.ai: 3 people" in shown
    assert "Sales: 3 people" in shown
    assert "Claude" not in shown
    assert "People:" not in shown
    world.passes(days=14)
    claude, otter = uses(world)
    assert (otter.owner_id, otter.unit) == (id_of(world, ANA), "Sales")
    assert (claude.owner_id, claude.unit) == (id_of(world, EVE), "People")
    assert otter.title == "Otter.ai: my private diary"
    with world.store.read() as session:
        assert [row.held for row in session.exec(select(CampaignToldRow)).all()] == [None] * 4
    summary = words(world.person(DAN).dm()[-1])
    assert "Claude" not in summary
    assert "1 tool told of by fewer than 3 people" in summary


def test_its_last_working_day_is_not_said_to_be_its_last(world: World) -> None:
    starts(world, days=13)  # to a Sunday
    world.passes(days=11, hours=2)
    last = asked(world)
    assert len(last) == 3
    assert "There is time until 20 December 2026" in words(last[-1])
    assert not any("Today is the last day" in words(message) for message in last)


def test_one_use_that_is_damaged_holds_up_the_follow_up_of_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    starts(world, **AMNESTY)
    tells(world, ANA, "Otter for my private diary")
    tells(world, EVE, "Claude for letters", unit="People")
    first, last = sorted(uses(world), key=lambda use: use.id)
    whole = decide.decide

    def damaged(case: Any, *more: Any) -> Any:
        if case is not None and case.id == first.id:
            raise ValueError("diary")
        return whole(case, *more)

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "decide", damaged)
        world.passes(days=14)
        found = {use.id: use.owner_id for use in uses(world)}
        assert found[first.id] is None
        assert found[last.id] is not None
    (logged,) = [each for each in caplog.records if each.message.startswith("What waits of a use")]
    assert (vars(logged)["because"], logged.exc_info) == ("ValueError", None)
    with world.store.write() as session:
        assert [(each.box, each.count) for each in aside.put_aside(session)] == [("due", 1)]
        assert aside.put_back(session) == 1
    world.passes(minutes=2)
    assert all(use.owner_id for use in uses(world))


def test_an_amnesty_that_is_ended_early_keeps_what_it_promised(world: World) -> None:
    starts(world, **AMNESTY)
    tells(world, ANA, "Otter for my private diary")
    world.person(DAN).steward("campaign")
    shown = [m for m in world.person(DAN).hands.sees(ALL) if "goes on until" in words(m)][-1]
    presses(world, DAN, Action.END_CAMPAIGN, shown)
    world.passes(days=2)
    assert [use.owner_id for use in uses(world)] == [None]
    world.passes(days=11)
    assert [use.owner_id for use in uses(world)] == [id_of(world, ANA)]


def test_what_an_amnesty_was_told_is_offered_to_nobody(world: World) -> None:
    change(world.store, {"channels.units": [f"{ALL} Sales"]}, by=None, key="units", now=world.store.now())
    world.bot.front.office.changed()
    starts(world, **AMNESTY)
    tells(world, ANA, "Otter for my private diary")
    with world.store.write() as session:
        look_through(session, world.store.now())
    world.passes(days=2)
    assert not [m for m in world.person(BEN).hands.sees(ALL) if "that is theirs" in words(m)]
    assert not [m for m in world.person(DAN).dm() if "that is theirs" in words(m)]
    (use,) = uses(world)
    with world.store.read() as session:
        assert offered.count(session, "claims", "", world.bot.front.desk()) == 0
    on: dict[str, Any] = {"actor": id_of(world, BEN), "case": use.id}
    for wish in (TakeOver(key="take", **on), NotOurs(key="not ours", asked="", **on)):
        with pytest.raises(Refused, match="in_amnesty"):
            world.bot.front.do(wish)


def test_a_guest_is_not_taken_for_a_colleague(world: World) -> None:
    starts(world)
    with world.workspace.lock:
        world.workspace.person(ANA).is_restricted = True
    presses(world, ANA, Action.USE_NONE)
    assert "for colleagues" in world.person(ANA).told()
    with world.store.read() as session:
        assert session.exec(select(CampaignAnswerRow)).all() == []


KEEPS_IT = frozenset({"campaign_told", "person", "place", "conversation"})
"""What an amnesty is held in; and tables that know people and their direct messages, whatever they tell."""


def rows_with(world: World, said: list[str]) -> set[tuple[str, str]]:
    """Rows of any table in which one of these stands, but for where it has to."""
    with world.store.read() as session:
        found = [
            (name, str(dict(row._mapping)))
            for name, table in metadata.tables.items()
            if name not in KEEPS_IT
            for row in session.execute(plain_select(table))
        ]
    return {(name, row) for name, row in found if any(each in row for each in said)}


def test_no_table_list_digest_or_export_tells_who_told_what_in_an_amnesty(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Whatever is drawn is drawn from these tables, and commands are asked besides."""
    starts(world, **AMNESTY)
    secrets = [id_of(world, ANA), id_of(world, EVE), ANA, EVE, "diary", "Quasars"]
    before = rows_with(world, secrets)
    tells(world, ANA, "Otter for my private diary", unit="Quasars")
    tells(world, EVE, "Zonk for my diary", unit="Quasars")
    assert rows_with(world, secrets) - before == set()
    seen = [words(m) for m in world.person(DAN).dm()] + [world.person(DAN).steward("list")]
    seen += [home := world.person(DAN).home()]
    assert home, "it is drawn"
    monkeypatch.setenv("DATABASE_URL", world.database_url)
    capsys.readouterr()
    for command in (
        ["list", "--json"],
        ["digest", "--format", "json"],
        ["digest", "--month"],
        ["reviews"],
        ["export", "--format", "json", "--out", str(tmp_path / "out")],
    ):
        assert main(command) == 0, command
    seen.append(capsys.readouterr().out)
    seen += [path.read_text("utf-8") for path in (tmp_path / "out").iterdir()]
    assert "told of in an amnesty" in "".join(seen), "they are there, and name nobody"
    assert not [each for each in seen if any(secret in each for secret in secrets[4:])]
    told = [json.loads(line) for line in (tmp_path / "out" / "audit.jsonl").read_text().splitlines()]
    assert [line["actor"] for line in told if line["what"] == "use.told"] == [None, None]
