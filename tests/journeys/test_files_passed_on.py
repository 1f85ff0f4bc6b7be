"""Files that come with an answer to those who decide: kept by name and link, brought to where they can be opened."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.slack.ids import Action
from bot.slack.payloads import Who
from store.tables import InquiryRow, OutboxRow
from tests.slack_world import ANA, BEN, CLEO, SCOPES, TEAM, Thread, World
from tests.slack_world.people import CARDS
from triage.case import Status
from triage.confidences import Confide

PDF = ("contract.pdf", b"%PDF-1.7 of ours")


@pytest.fixture
def asked(world: World) -> Thread:
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Where is the contract?")
    return thread


def may_carry(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "files:read", "files:write"}


def brought(world: World) -> list[dict[str, Any]]:
    """Files of ours below the cards."""
    with world.workspace.lock:
        place = world.workspace.place(BEN, CARDS)
        return [
            {
                "name": file["name"],
                "bytes": world.workspace.files[file["id"]][1],
                "said": m.text,
                "in": m.thread_ts,
            }
            for m in place.messages
            for file in m.files
            if m.from_bot
        ]


def holding(world: World, files: str) -> None:
    with world.store.write() as session:
        row = session.exec(select(InquiryRow)).one()
        row.files = files
        session.add(row)


def below(world: World) -> str:
    return "\n".join(world.below(world.cards()[-1]))


def test_a_file_goes_where_the_answer_goes(world: World, asked: Thread) -> None:
    may_carry(world)
    asked.types("Here it is", files=[PDF])
    assert asked.case.status is Status.in_review
    assert "gets the file" in asked.last
    (file,) = brought(world)
    assert (file["name"], file["bytes"]) == PDF
    assert file["said"] == f"<@{ANA}> sent this with the answer above."
    assert file["in"] == world.cards()[-1]["ts"]
    assert "answers with a file" in below(world)
    assert not [text for text in (each["text"] for each in asked.shown()) if "cannot read files" in text]


def test_a_file_alone_is_an_answer(world: World, asked: Thread) -> None:
    may_carry(world)
    asked.types("", files=[PDF, ("second.txt", b"more")])
    assert asked.case.status is Status.in_review
    assert "answers with 2 files." in below(world)
    assert [file["name"] for file in brought(world)] == ["contract.pdf", "second.txt"]


def test_name_and_link_are_kept_sealed_and_exported(world: World, asked: Thread) -> None:
    asked.types("Here it is", files=[PDF])
    with world.store.read() as session:
        kept = session.exec(select(InquiryRow)).one().files or ""
    name, link = kept.split()
    assert name == "contract.pdf"
    assert link.startswith("http")
    assert asked.case.inquiries[-1].files == kept
    assert not world.differences()
    holding(world, kept.replace("contract", "other"))
    assert any("the inquiry" in each for each in world.differences())
    holding(world, kept)


def test_without_the_scopes_those_who_decide_know_whom_to_ask(world: World, asked: Thread) -> None:
    asked.types("Here it is", files=[PDF])
    assert brought(world) == []
    assert "“contract.pdf” with the answer above. I may not open files here" in below(world)
    assert f"please ask <@{ANA}> for it" in below(world)


def test_what_is_gone_meanwhile_is_said(world: World, asked: Thread) -> None:
    may_carry(world)
    world.server.faults.error("files.info", "file_not_found")
    asked.types("Here it is", files=[PDF])
    assert brought(world) == []
    assert "It is gone from Slack by now" in below(world)


def test_nothing_else_waits_for_a_file(world: World, asked: Thread) -> None:
    may_carry(world)
    world.server.faults.error("files.getUploadURLExternal", "internal_error", calls=3)
    asked.types("Here it is", files=[PDF])
    with world.store.read() as session:
        open_ones = session.exec(select(OutboxRow).where(OutboxRow.kind == "upload")).one()
        lanes = {row.lane for row in session.exec(select(OutboxRow).where(OutboxRow.kind != "upload"))}
    assert open_ones.lane not in lanes


def test_of_a_confidential_request_only_its_readers_get_the_file(world: World) -> None:
    may_carry(world)
    asked = world.person(ANA).asks()
    asked.fills()
    asked.presses(Action.CONFIDE)
    asked.presses(Action.SUBMIT)
    ben = world.person(BEN)
    ben.presses_card(Action.OPEN_WHOLE)
    ben.hands.clicks_view(Action.ASK.value)
    ben.hands.fills(question="Where is the contract?")
    assert ben.hands.submits() is None
    world.settle()
    asked.types("Here it is", files=[PDF])
    assert brought(world) == []
    assert "contract.pdf" not in below(world)
    assert [file["name"] for m in ben.dm() for file in m.get("files") or ()] == ["contract.pdf"]
    outsider = world.person(CLEO)
    assert not [m for m in outsider.dm() if m.get("files")]


def test_a_use_that_is_closed_meanwhile_keeps_its_file_from_the_channel(world: World, asked: Thread) -> None:
    may_carry(world)
    world.server.faults.error("files.info", "internal_error", calls=None)
    asked.types("Here it is", files=[PDF])
    assert brought(world) == []
    person = world.bot.front.person(Who(TEAM, ANA))
    world.bot.front.do(Confide(actor=person, key="closed", case=asked.case.id))
    del world.server.faults["files.info"]
    world.passes(minutes=5)
    assert brought(world) == []
    assert "contract.pdf" not in below(world)


def test_what_cannot_be_brought_all_day_is_told_of(world: World, asked: Thread) -> None:
    may_carry(world)
    world.server.faults.error("files.info", "internal_error", calls=None)
    asked.types("Here it is", files=[PDF])
    world.clock.move(23 * 3600)  # it is tried every minute; the tries in between would all be the same
    world.passes(minutes=5)
    assert "I could not bring it here" not in below(world), "a day is not over"
    world.passes(hours=1)
    assert brought(world) == []
    assert "I could not bring it here" in below(world)
