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
from bot.slack import colleagues
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import aside, audit, campaigns, employees, ledger, offered
from store.employees import Employee
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
    said = tells(world, ANA, "Otter for minutes\nour Zonk: letters\nOUR zonk: letters\nour zonk: sums")
    assert said.count("so it is only counted") == 1
    assert "on record already" in tells(world, ANA, "our ZONK: letters")
    assert [use.title for use in uses(world)][2:] == ["our Zonk: letters; sums"]
    assert "on record already" not in tells(world, ANA, "our Zonk: letters", unit="People")
    assert len(uses(world)) == 4


def works_in(world: World, user: str, unit: str) -> None:
    person, told = id_of(world, user), Employee(email=f"{user.lower()}@example.com", unit=unit)
    with world.store.write() as session:
        employees.take(session, employees.compared(session, [told]), whole=False, now=world.store.now())
        employees.tie(session, told.email, person)


def test_what_a_team_has_is_said_to_nobody_else(world: World) -> None:
    """Whoever names a team that is not theirs hears what they would hear of one that has nothing."""
    roles = {f"roles.{role}": [EVE] for role in ("reviewer", "risk_owner", "committee")}
    change(world.store, roles, by=None, key="few", now=world.store.now())
    world.bot.front.office.changed()
    starts(world)
    tells(world, ANA, "Otter for notes\nour Zonk: letters")
    works_in(world, CLEO, "sales")
    works_in(world, BEN, "People")
    heard = tells(world, CLEO, "Otter for notes\nour Zonk: letters")
    assert heard.count("so it is only counted") == 2
    assert len(uses(world)) == 2
    heard = tells(world, BEN, "Otter for notes\nour Zonk: letters")
    assert "on record already" not in heard
    assert heard == tells(world, BEN, "Otter for notes\nour Zonk: letters", unit="Nowhere")
    ben = id_of(world, BEN)
    assert [use.tool_id for use in uses(world) if use.owner_id == ben] == ["otter", "otter", None, None]
    assert "on record already" in tells(world, BEN, "Otter for notes")


def test_a_channel_that_others_read_since_is_left_out_and_whoever_leads_hears_of_it_once(
    world: World,
) -> None:
    starts(world)
    with world.workspace.lock:
        world.workspace.channels[ALL].shared_with = ["T0OTHER"]
    for _ in range(11):
        world.passes(days=1)
    assert len(asked(world)) == 1
    heard = [
        words(m) for m in world.person(DAN).dm() if "people of another organisation read it now" in words(m)
    ]
    assert len(heard) == 1


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
    tells(world, DAN, "Midjourney for pictures", unit="Law")
    assert uses(world) == [], "each by itself would show when it was told"
    world.passes(days=1)
    claude, midjourney, otter = uses(world)
    assert claude.created_at.date() == midjourney.created_at.date() == otter.created_at.date()
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
    world.passes(days=13)
    claude, _, otter = uses(world)
    assert (otter.owner_id, otter.unit) == (id_of(world, ANA), "Sales")
    assert (claude.owner_id, claude.unit) == (id_of(world, EVE), "People")
    assert otter.title == "Otter.ai: my private diary"
    with world.store.read() as session:
        assert [row.held for row in session.exec(select(CampaignToldRow)).all()] == [None] * 5
    summary = words(world.person(DAN).dm()[-1])
    assert "Otter.ai: 3 people" in summary
    assert "Sales: 3 people" in summary
    assert "Claude" not in summary
    assert "People:" not in summary
    assert "2 tools told of by fewer than 3 people" in summary


def told_rows(world: World) -> list[CampaignToldRow]:
    with world.store.read() as session:
        return list(session.exec(select(CampaignToldRow)).all())


def test_what_few_told_in_an_amnesty_waits_for_more(world: World) -> None:
    """Two uses that come by themselves would be known for one person's."""
    starts(world, **AMNESTY)
    tells(world, ANA, "Otter for my diary\nClaude for letters")
    world.passes(days=2)
    assert uses(world) == []
    tells(world, BEN, "Midjourney for pictures")
    tells(world, CLEO, "DeepL for letters")
    world.passes(minutes=30)
    assert uses(world) == [], "what is told of today waits for tomorrow"
    world.passes(days=1)
    found = uses(world)
    assert len(found) == 4
    assert len({use.created_at.replace(second=0, microsecond=0) for use in found}) == 1
    assert {use.owner_id for use in found} == {None}


def test_after_an_amnesty_no_line_is_tied_to_another(world: World) -> None:
    starts(world, **AMNESTY)
    tells(world, ANA, "Otter for notes\nMidjourney for pictures")
    tells(world, BEN, "Otter for minutes\nDeepL for letters")
    assert len({row.who for row in told_rows(world)}) == 2
    world.passes(days=14)
    assert len({row.who for row in told_rows(world)}) == 4
    assert "2 people answered" in words(world.person(DAN).dm()[-1]), "written down before"


def test_an_amnesty_is_not_watched_answer_by_answer(world: World) -> None:
    starts(world, **AMNESTY)
    person = world.person(DAN)
    before = person.steward("campaign")
    assert "Fewer than 5 people answered" in before
    tells(world, ANA, "Otter for notes")
    presses(world, BEN, Action.USE_NONE)
    assert person.steward("campaign") == before
    with world.store.write() as session:
        (row,) = session.exec(select(CampaignRow)).all()
        for number in range(4):
            campaigns.answer(session, row.id, f"P{number}", "none")
    assert person.steward("campaign") == before
    world.passes(days=1)
    after = person.steward("campaign")
    assert "At least 5 people answered" in after
    assert "use none" not in after


def test_what_an_amnesty_was_told_of_an_unknown_tool_is_held_like_the_rest(world: World) -> None:
    starts(world, **AMNESTY)
    said = "Our Quasars let a homemade wrapper read client contracts"
    before = rows_with(world, ["Quasars"])
    for user in (ANA, BEN, CLEO):
        tells(world, user, f"{said} {user}", unit=user)
    tells(world, ANA, f"{said} {ANA}", unit=ANA)
    world.passes(days=1)
    assert {use.title for use in uses(world)} == {
        "A tool that the catalogue does not know, told of in an amnesty"
    }
    assert len(uses(world)) == 3
    assert rows_with(world, ["Quasars"]) == before
    assert all("Quasars" not in row.tool for row in told_rows(world))
    world.passes(days=13)
    assert "tools that the catalogue does not know: 3 people" in words(world.person(DAN).dm()[-1])
    assert {use.tool_name for use in uses(world)} == {"Our Quasars let a"}
    assert {use.owner_id for use in uses(world)} == {id_of(world, user) for user in (ANA, BEN, CLEO)}


@pytest.mark.parametrize("how", [{}, AMNESTY])
def test_who_tried_to_tell_and_could_not_is_noted_nowhere(
    world: World, monkeypatch: pytest.MonkeyPatch, how: dict[str, Any]
) -> None:
    starts(world, **how)
    person, ana = world.person(ANA), id_of(world, ANA)
    presses(world, ANA, Action.TELL_USE)
    person.hands.fills(lines="Otter for secrets", unit="Sales")
    before = everything_kept(world)
    with monkeypatch.context() as patched:
        patched.setattr(colleagues, "look_up", lambda *_: False)
        assert person.submits() == {
            "lines": "Slack does not say just now whether you are a colleague. Please try again in a minute."
        }
        presses(world, ANA, Action.USE_NONE)
        assert "whether you are a colleague" in person.window()
        presses(world, ANA, Action.TELL_USE)
    assert everything_kept(world) == before
    assert ana not in everything_kept(world)[len(before) :]


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
    tells_of_three(world)
    world.passes(days=1)
    first, *others = sorted(uses(world), key=lambda use: use.id)
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
        assert all(found[other.id] for other in others)
    (logged,) = [each for each in caplog.records if each.message.startswith("What waits of a use")]
    assert (vars(logged)["because"], logged.exc_info) == ("ValueError", None)
    with world.store.write() as session:
        assert [(each.box, each.count) for each in aside.put_aside(session)] == [("due", 1)]
        assert aside.put_back(session) == 1
    world.passes(minutes=2)
    assert all(use.owner_id for use in uses(world))


def test_an_amnesty_that_is_ended_early_keeps_what_it_promised(world: World) -> None:
    starts(world, **AMNESTY)
    tells_of_three(world)
    world.person(DAN).steward("campaign")
    shown = [m for m in world.person(DAN).hands.sees(ALL) if "goes on until" in words(m)][-1]
    presses(world, DAN, Action.END_CAMPAIGN, shown)
    world.passes(days=2)
    assert [use.owner_id for use in uses(world)] == [None] * 3
    world.passes(days=11)
    assert {use.owner_id for use in uses(world)} == {id_of(world, user) for user in (ANA, BEN, CLEO)}


def tells_of_three(world: World) -> None:
    for user, line in ((ANA, "Otter for my private diary"), (BEN, "Claude"), (CLEO, "DeepL")):
        tells(world, user, line)


def test_what_an_amnesty_was_told_is_offered_to_nobody(world: World) -> None:
    change(world.store, {"channels.units": [f"{ALL} Sales"]}, by=None, key="units", now=world.store.now())
    world.bot.front.office.changed()
    starts(world, **AMNESTY)
    tells_of_three(world)
    world.passes(days=1)
    with world.store.write() as session:
        look_through(session, world.store.now())
    world.passes(days=2)
    assert not [m for m in world.person(BEN).hands.sees(ALL) if "that is theirs" in words(m)]
    assert not [m for m in world.person(DAN).dm() if "that is theirs" in words(m)]
    use = uses(world)[0]
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
    assert "for colleagues" in world.person(ANA).window()
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
    tells(world, BEN, "Claude for my diary", unit="Quasars")
    world.passes(days=1)
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
    assert [line["actor"] for line in told if line["what"] == "use.told"] == [None] * 3


def test_what_somebody_told_stands_on_their_home(world: World) -> None:
    starts(world)
    tells(world, ANA, "Otter for notes of our meetings")
    world.settle()
    assert "Otter.ai" in world.person(ANA).home()
    assert "Otter.ai" not in world.person(EVE).home()
