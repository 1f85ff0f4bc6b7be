"""A log shows AI that nobody registered: who leads sends it, a team is asked, and what it says is remembered."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store.tables import SightingRow, UseRow
from tests.failures.acts import press_drawn
from tests.failures.test_left import SALES, button
from tests.slack_world import ANA, CLEO, DAN, SCOPES, World
from triage.case import Status

LOG = (
    b"date,user,team,url\n"
    b"2026-11-02,ana@example.com,Sales,https://otter.ai/a\n"
    b"2026-11-03,ben@example.com,Sales,https://otter.ai/b\n"
    b"2026-11-03,ben@example.com,Sales,https://notion.so/b\n"
)


@pytest.fixture(autouse=True)
def _lead(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "files:read"}
    units = {"roles.governance_lead": [DAN], "channels.units": [f"{SALES} Sales"]}
    change(world.store, units, by=None, key="lead", now=world.store.now())
    world.bot.front.office.changed()


def sends(world: World, who: str, name: str = "proxy.csv", content: bytes = LOG) -> str:
    world.person(who).writes("", files=[(name, content)])
    world.settle()
    return str(world.person(who).reads()[-1])


def seen(world: World) -> list[UseRow]:
    with world.store.read() as session:
        return list(session.exec(select(UseRow)).all())


def test_who_leads_sends_a_log_and_the_team_is_asked(world: World) -> None:
    told = sends(world, DAN)
    assert "Otter.ai" in told
    assert "2 times, 2 people at least" in told
    assert "*1 AI tool, and 1 product with AI among much else*, in 1 team." in told
    assert "I ask each team about this, a few at a time, whether it is theirs." in told
    (use,) = seen(world)
    assert (use.tool_id, use.unit, use.discovered_via) == ("otter", "Sales", "log")
    world.passes(hours=24)
    asked = world.person(ANA).hands.sees(SALES)[-1]
    assert "Is this yours?" in words(asked)
    assert "Seen in a web log: 2 times, 2 people at least, from 2 November 2026 to 3 November 2026." in words(
        asked
    )
    assert "seen in a web log" not in words(asked), "the title is the tool alone"
    assert press_drawn(world.person(ANA), asked, button(asked, Action.TAKE_OVER))
    world.person(ANA).hands.submits()
    world.settle()
    (use,) = seen(world)
    assert use.owner_id is not None
    assert use.state == Status.disclosed.value


def test_the_same_log_once_more_changes_nothing(world: World) -> None:
    sends(world, DAN)
    told = sends(world, DAN)
    assert "I took this very file in before" in told
    assert len(seen(world)) == 1
    with world.store.read() as session:
        assert len(session.exec(select(SightingRow)).all()) == 2


def test_where_a_team_has_no_channel_whoever_leads_is_asked(world: World) -> None:
    told = sends(world, DAN, content=LOG.replace(b",Sales,", b",Legal,"))
    assert "its team has no channel here, whoever leads AI governance is asked" in told


def test_whose_it_is_not_is_said_with_who_said_so(world: World) -> None:
    sends(world, DAN)
    world.passes(hours=24)
    asked = world.person(ANA).hands.sees(SALES)[-1]
    assert press_drawn(world.person(ANA), asked, button(asked, Action.NOT_OURS))
    world.settle()
    told = words(world.person(ANA).hands.sees(SALES)[-1])
    assert f"not of this team, says <@{ANA}>, thank you. AI governance looks further." in told


def test_a_file_of_somebody_else_is_not_read(world: World) -> None:
    assert "rows of a web log" not in sends(world, CLEO)
    assert seen(world) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "I cannot read this file"),
        ("colours.csv", b"colour,size\nred,7\n", "only colour and size. Name one `url` or `app`"),
        ("sheet.xlsx", b"whatever", "I read CSV or JSON lines. Please save this spreadsheet as CSV"),
        ("sheet.csv", b"PK\x03\x04", "spreadsheet"),
    ],
)
def test_what_is_no_log_is_told_as_such(world: World, name: str, content: bytes, said: str) -> None:
    assert said in sends(world, DAN, name, content)
    assert seen(world) == []


def test_without_the_scope_it_says_what_is_missing(world: World) -> None:
    world.workspace.scopes = set(SCOPES)
    assert "files:read" in sends(world, DAN)
    assert seen(world) == []
