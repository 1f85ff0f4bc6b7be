"""Whatever a model answers, nothing changes but the words in its own box: every other row stays as it was."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.model import door
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import consults
from store.engine import Store
from store.incidents import rows_of
from store.tables import ConsultRow, metadata
from tests.databases import Databases
from tests.hostile.lies import CANARY, LIES
from tests.model_server import ModelServer, a_model, gives
from tests.slack_world import ANA, BEN, CLEO, HARMLESS, TEAM, Thread, World
from triage import consulting
from triage.consulting import OF_A_USE, OF_AN_INCIDENT, About

HOUSE = Path(__file__).resolve().parents[2]
SAID = "I'd like to use Otter.ai to tidy up sheets; the sheets belong to those who hired us"
BOX = "consult"
MAY_GROW = frozenset({"audit_line", "audit_text", "outbox", "address"})
"""What tells of the box: lines of the trail, messages that show it, and where these stand."""
Rows = dict[str, dict[Any, dict[str, Any]]]


class Stage(typing.NamedTuple):
    world: World
    server: ModelServer
    draft: Thread
    waiting: str
    incident: str


@pytest.fixture(scope="module")
def stage(sqlite_databases: Databases) -> Iterator[Stage]:
    """A draft with an open question, a request in review, and an incident; a model was never asked about them."""
    door._client()
    with a_model() as server:
        settings = {"model.use": [server.model], "model.seconds": 20, "roles.governance_lead": [CLEO]}
        world = World(sqlite_databases.copy(), settings=settings | {"model.tokens": 1_000_000_000}).open()
        try:
            yield _played(world, server)
            assert world.is_untouched()
            assert world.differences() == []
            assert world.refused() == []
        finally:
            world.close()


def _played(world: World, server: ModelServer) -> Stage:
    waiting = world.person(ANA).asks().submitted().case.id
    assert world.person(ANA).hands.command("/steward", "incident", "general")
    world.settle()
    world.person(ANA).hands.fills(words="Otter told a customer a wrong price")
    assert world.person(ANA).hands.submits() is None
    world.settle()
    draft = world.person(ANA).asks(SAID)
    draft.presses(Action.START)
    while (asked := draft.question) != "data":
        draft.types(HARMLESS.get(str(asked), "not sure"))
    with world.store.read() as session:
        (incident,) = (row.id for row in rows_of(session))
    world.bot._look_at_people()
    stage = Stage(world, server, draft, waiting, incident)
    _ask(stage, [About.summary])  # whoever is written to is known by now
    server.play(gives({"text": "Hello."}))
    world.bot.consulting.look()
    world.settle()
    return stage


def _ask(stage: Stage, abouts: list[About]) -> None:
    """Of everything that can be asked, at once."""
    desk = stage.world.bot.front.desk()
    with stage.world.store.write() as session:
        for about in abouts:
            subject = stage.incident if about in OF_AN_INCIDENT else stage.waiting
            if about in (About.reading, About.follow_up):
                turn = stage.draft.case.talk.current.turn  # type: ignore[union-attr]
                consults._add(session, about, "use", stage.draft.case.id, desk.now, turn=turn, text=SAID)
            else:
                consults.ask(session, about, subject, by=_ben(stage), key=uuid4().hex, number=0, desk=desk)


def _ben(stage: Stage) -> str:
    return stage.world.bot.front.person(Who(TEAM, BEN))


def rows(store: Store) -> Rows:
    found: Rows = {}
    with store.read() as session:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            each = [dict(row._mapping) for row in session.connection().execute(select(table))]
            found[table.name] = {tuple(row[key] for key in keys): row for row in each}
    return found


def moved(before: Rows, after: Rows) -> list[str]:
    """Every row that is other than before and may not be."""
    wrong = []
    for name, held in after.items():
        if name == BOX:
            continue
        gone = before[name].keys() - held.keys()
        new = {} if name in MAY_GROW else held.keys() - before[name].keys()
        other = [key for key in before[name].keys() & held.keys() if held[key] != before[name][key]]
        if name == "audit_head":
            other = []  # it is where the trail ends, and the trail may only grow
        wrong += [f"{name} {before[name].get(key)} {held.get(key)}" for key in (*gone, *new, *other)]
    fresh = after["outbox"].keys() - before["outbox"].keys()
    told = [after["outbox"][key] for key in fresh]
    wrong += [str(row["payload"]) for row in told if not _tells_of_the_box(row)]
    lines = after["audit_line"].keys() - before["audit_line"].keys()
    sealed = [str(after["audit_line"][key]["sealed"]) for key in lines]
    return wrong + [line for line in sealed if '"what":"model.' not in line]


def _tells_of_the_box(row: dict[str, Any]) -> bool:
    say = row["payload"].get("say")
    return say == BOX or (say == "question" and row["kind"] == "update")


@pytest.mark.parametrize("lie", LIES)
def test_a_hostile_model_changes_nothing_but_its_own_box(stage: Stage, lie: str) -> None:
    world, server = stage.world, stage.server
    _ask(stage, [*About])
    before, case = rows(world.store), stage.draft.case
    server.play(LIES[lie])
    for _ in range(2):
        world.bot.consulting.look()
        world.settle()
    assert moved(before, rows(world.store)) == []
    assert stage.draft.case == case
    boxes = _boxes(world.store)
    assert all(not row.said for row in boxes if row.state != "done" and row.state != "settled")
    shown = [s for row in boxes for s in row.said.get("suggestions", ())]
    assert [s for s in shown if s["because"] not in SAID or s["question"] != "data"] == []
    assert _powerless(world) == []


def _boxes(store: Store) -> list[ConsultRow]:
    with store.read() as session:
        return list(session.execute(select(ConsultRow)).scalars())


POWERS = (
    "<!channel>",
    "<!here>",
    "<@U0DAN>",
    "<#C0ALL>",
    f"<https://evil.example/{CANARY}",
    "<mailto:",
    "<script>",
)


def _powerless(world: World) -> list[str]:
    """What anybody was shown in which a model's words would still mention, link or run."""
    seen = [*world.person(BEN).dm(), *world.person(ANA).dm(), *world.cards()]
    told = [str(each) for each in seen if "model" in str(each)]
    return [power for power in POWERS for text in told if power in text]


def test_what_it_writes_is_shown_without_any_power(stage: Stage) -> None:
    _ask(stage, [About.summary])
    stage.server.play(LIES["markup, mentions and links"])
    stage.world.bot.consulting.look()
    stage.world.settle()
    assert CANARY in str(stage.world.person(BEN).dm()[-1]["blocks"])
    assert _powerless(stage.world) == []


def test_there_are_as_many_lies_as_the_page_says() -> None:
    said = re.search(r"gives it (\d+)\s+hostile answers", (HOUSE / "docs" / "model.md").read_text("utf-8"))
    assert said is not None
    assert int(said[1]) == len(LIES)


def test_a_model_has_no_word_that_decides() -> None:
    """Its three wishes hold words and choices of questions, and no field in which anything else could come."""
    fields = {
        name: set(wish.model_fields)
        for name, wish in vars(consulting).items()
        if name in ("Suggest", "Draft", "FollowUp", "Suggestion")
    }
    assert fields == {
        "Suggest": {"do", "suggestions"},
        "Draft": {"do", "text"},
        "FollowUp": {"do", "text"},
        "Suggestion": {"question", "choices", "because"},
    }
    assert set(typing.get_args(consulting.OfTheModel)) == {
        consulting.Suggest,
        consulting.Draft,
        consulting.FollowUp,
    }
    assert {*OF_A_USE, *OF_AN_INCIDENT, About.reading, About.follow_up} == set(About)
