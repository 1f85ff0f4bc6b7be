"""Everything about a use as a file in a direct message: for who answers for it, decides or oversees, nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import change
from bot.demo.player import elements
from bot.slack import dossiers, payloads
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Who
from store import discussion
from store.discussion import Below, Remark
from store.outbox import Owed
from tests.failures.acts import press_forged
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, Thread, World, words
from tests.slack_world.people import SCOPES, SETTINGS
from triage.confidences import Confide
from triage.incidents.wishes import Report


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.auditor": [CLEO], "roles.governance_lead": [EVE]}


def may_upload(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "files:write"}


NAMED = {"inside": "With names", "outside": "For outsiders"}


def takes(person: Somebody, thread: Thread, audience: str) -> None:
    """From the window that says what it is."""
    press_forged(person, Action.DOSSIER, Press(case=thread.case.id))
    if person.hands.view() is not None:
        person.clicks(NAMED[audience])
        person.world.settle()


def me(person: Somebody) -> str:
    return person_of(person.world, person.user)


def files(person: Somebody) -> list[str]:
    """What lies in their direct message."""
    held = person.world.workspace.files
    return [held[file["id"]][1].decode() for message in person.dm() for file in message.get("files") or ()]


@pytest.mark.parametrize(
    ("who", "may"),
    [(ANA, True), (BEN, True), (CLEO, True), (EVE, True), (DAN, False)],
    ids=["who answers for it", "a reviewer", "the auditor", "the governance lead", "a colleague"],
)
@pytest.mark.parametrize("audience", ["inside", "outside"])
def test_who_may_have_it(world: World, who: str, may: bool, audience: str) -> None:
    may_upload(world)
    thread, person = approved(world), world.person(who)
    assert (Action.DOSSIER in offered(person)) is may
    takes(person, thread, audience)
    if not may:
        assert "can have everything about it as a file" in person.told()
        assert files(person) == []
        return
    (found,) = files(person)
    assert found.startswith("<!doctype html>")
    assert str(thread.case.ref) in found
    assert ("people are called by what they do" in found.lower()) is (audience == "outside")


def offered(person: Somebody) -> list[str]:
    assert person.hands.command("/steward", "show 1", "general")
    person.world.settle()
    message = [m for m in person.hands.sees("general") if m.get("ephemeral")][-1]
    return [str(e.get("action_id")) for e in elements(message)]


def test_the_window_asks_for_whom_and_says_where_it_comes(world: World) -> None:
    may_upload(world)
    thread, ben = approved(world), world.person(BEN)
    press_forged(ben, Action.DOSSIER, Press(case=thread.case.id))
    assert "as a file in your direct message" in ben.window()
    ben.clicks("For outsiders")
    assert "comes in your direct message in a moment" in ben.window()
    (file,) = files(ben)
    assert "For readers outside the organisation" in file
    assert "The dossier of AIU-" in words(ben.dm()[-1])


def test_a_press_that_came_twice_makes_one(world: World) -> None:
    may_upload(world)
    thread, ana = approved(world), world.person(ANA)
    press_forged(ana, Action.DOSSIER, Press(case=thread.case.id))
    view = ana.hands.view() or {}
    element = {"type": "button", "value": to_value(Press(case=thread.case.id, choice="inside"))}
    more: dict[str, Any] = {"channel": None, "ts": None, "thread": None, "trigger": "", "key": "once"}
    pressed = payloads.Press(
        who=Who(TEAM, ANA), action="dossier", element=element, view={"id": view["id"], "hash": None}, **more
    )
    for _ in range(2):
        dossiers.press(world.bot.front, pressed, me(ana))
    world.settle()
    assert len(files(ana)) == 1


def person_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def owed_to(world: World, user: str, thread: Thread, audience: str = "inside") -> Owed:
    return Owed(
        id=1,
        kind="upload",
        place_id=None,
        person_id=person_of(world, user),
        subject_kind="dossier",
        subject_id=thread.case.id,
        purpose="dossier",
        payload={"say": "dossier", "audience": audience},
        priority=1,
        attempts=0,
        queued_at=world.bot.front.office.now(),
    )


def test_it_is_made_for_who_may_have_it_when_it_is_sent(world: World) -> None:
    thread, front = approved(world), world.bot.front
    assert dossiers.draw(front, owed_to(world, CLEO, thread)) is not None
    assert dossiers.draw(front, owed_to(world, DAN, thread)) is None
    settled = {"roles.auditor": (BEN,), "roles.risk_owner": (BEN,), "roles.committee": (BEN,)}
    change(world.store, settled, by=None, key="other", now=front.office.now())
    world.passes(minutes=5)
    assert dossiers.draw(front, owed_to(world, CLEO, thread)) is None, "CLEO has no role any more"


def test_of_a_confidential_one_only_its_readers_have_it(world: World) -> None:
    may_upload(world)
    thread, front = approved(world), world.bot.front
    wish = Confide(actor=person_of(world, ANA), key="closed", case=thread.case.id)
    front.do(wish, front.desk())
    takes(world.person(CLEO), thread, "inside")
    assert files(world.person(CLEO)) == []
    assert dossiers.draw(front, owed_to(world, CLEO, thread)) is None, "the auditor has no say in it"
    told = dossiers.draw(front, owed_to(world, BEN, thread))
    assert told is not None, "who decided reads it"
    assert "confidential" in told.text
    assert (
        "only its readers may have this file"
        in dossiers.file(front, owed_to(world, BEN, thread)).content.decode()
    )


def test_what_was_said_below_the_card_is_for_who_oversees(world: World) -> None:
    thread, front = approved(world), world.bot.front
    with world.store.write() as session:
        card = Below(thread.case.id, front.directory.place(CARDS), "18.1")
        said = Remark(card, "18.2", "said", "18.2", person_of(world, BEN), "I have my doubts")
        discussion.keep(session, said, now=front.office.now())
    assert "I have my doubts" in dossiers.file(front, owed_to(world, BEN, thread)).content.decode()
    for user, audience in ((ANA, "inside"), (BEN, "outside")):
        made = dossiers.file(front, owed_to(world, user, thread, audience)).content.decode()
        assert "I have my doubts" not in made
        assert "below the card" in made


def test_an_incident_is_told_as_far_as_its_reader_may_read_it(world: World) -> None:
    thread, front = approved(world), world.bot.front
    told = Report(
        actor=person_of(world, DAN),
        key="told",
        incident="i-1",
        words="It named a colleague",
        use=thread.case.id,
    )
    front.office.ledger.act(told, front.desk())
    seen = dossiers.file(front, owed_to(world, EVE, thread)).content.decode()
    assert "It named a colleague" in seen
    for user, audience in ((BEN, "inside"), (CLEO, "outside")):
        hidden = dossiers.file(front, owed_to(world, user, thread, audience)).content.decode()
        assert "It named a colleague" not in hidden
    assert "only for its own readers" in dossiers.file(front, owed_to(world, BEN, thread)).content.decode()


def test_where_files_cannot_be_uploaded_that_is_said(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    takes(ana, thread, "inside")
    assert files(ana) == []
    assert "not allowed to upload files here" in words(ana.dm()[-1])
    assert "`steward dossier AIU-" in words(ana.dm()[-1])
