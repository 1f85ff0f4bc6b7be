"""The evidence pack from Home: asked for in a window, made outside of it, sent as a file, once, and sealed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.config import change
from bot.pack.make import make as real
from bot.proof import prove as proven
from bot.slack.fields import Field
from bot.slack.ids import Action, Press
from bot.slack.packed import handed
from bot.slack.packing import FOLDER, Packing
from bot.slack.payloads import Submission, Who
from store import audit, packs
from store.trail import Record
from tests.failures.acts import at_once, press_forged
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Somebody, World, words
from tests.slack_world.people import SCOPES, SETTINGS
from triage.confidences import Confide


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.auditor": [CLEO], "roles.governance_lead": [EVE]}


@pytest.fixture(autouse=True)
def room(tmp_path: Path) -> Iterator[Path]:
    """What others leave where the system keeps temporary files is not counted."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path / "room")
    (tmp_path / "room").mkdir()
    yield tmp_path / "room"
    tempfile.tempdir = before


def may_upload(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "files:write"}


def asks_for_it(person: Somebody, **fields: str) -> None:
    press_forged(person, Action.PACK, Press(case=""))
    person.hands.fills(**fields)
    assert person.submits() is None
    person.world.settle()


def is_made(world: World) -> None:
    """The worker's turn comes."""
    world.passes(minutes=1)


def files(person: Somebody) -> list[tuple[str, bytes]]:
    held = person.world.workspace.files
    return [
        (held[file["id"]][0]["name"], held[file["id"]][1])
        for message in person.dm()
        for file in message.get("files") or ()
    ]


def made(world: World) -> list[Record]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == packs.MADE]


def left_behind() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"{FOLDER}*"))


def test_it_comes_as_a_file_that_proves_itself(world: World, tmp_path: Path) -> None:
    may_upload(world)
    thread, cleo = approved(world), world.person(CLEO)
    asks_for_it(cleo)
    assert "comes in your direct message as a file" in cleo.window()
    assert files(cleo) == [], "nothing is made while somebody waits"
    is_made(world)
    ((name, content),) = files(cleo)
    (line,) = made(world)
    assert line.actor == world.bot.front.person(Who(TEAM, CLEO))
    assert line.detail["sha256"] == sha256(content).hexdigest()
    assert line.detail["as_of"] in name
    told = words(cleo.dm()[-1])
    assert str(line.detail["sha256"]) in told
    assert f"python3 verify.py {name} --seal {line.detail['seal']}" in told
    path = tmp_path / name
    path.write_bytes(content)
    with zipfile.ZipFile(path) as pack:
        (tmp_path / "verify.py").write_bytes(pack.read("verify.py"))
        assert any(str(thread.case.ref) in each for each in pack.namelist())
    command = [sys.executable, "verify.py", name, "--seal", str(line.detail["seal"])]
    checked = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert checked.stdout.splitlines()[-1] == "ok"
    assert left_behind() == []


def test_it_is_told_how_far_it_is_in_one_message(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    seen: list[str] = []
    front = world.bot.front
    monkeypatch.setattr(front, "wake", lambda: seen.append(words(eve.dm()[-1])))
    noted = Packing.note

    def note(self: Packing, *told: Any) -> None:
        noted(self, *told)
        with world.store.read() as session:
            order = packs.known(session, told[0].id)
        assert order is not None
        seen.append(f"{order.done}/{order.total}")

    monkeypatch.setattr(Packing, "note", note)
    Packing(front, every=0.0).look()
    monkeypatch.undo()
    told = [each for each in seen if "/" in each and each[0].isdigit()]
    assert len(told) > 10
    done, total = map(int, told[-1].split("/"))
    assert 0 < done <= total
    before = len(eve.dm())
    front.wake()
    world.settle()
    assert [words(each) for each in eve.dm() if "is made, and follows" in words(each)]
    assert len(eve.dm()) == before + 1, "the word about it is drawn anew; only the file is new"


def test_a_bar_stands_there_while_it_is_made(world: World) -> None:
    may_upload(world)
    approved(world)
    eve, front = world.person(EVE), world.bot.front
    asks_for_it(eve)
    with world.store.write() as session:
        order = packs.begin(session, holder="one", now=world.store.now())
        assert order is not None
        packs.note(session, order, 30, 60, holder="one", now=world.store.now())
    front.wake()
    world.settle()
    assert "██████████░░░░░░░░░░` 50 %" in words(eve.dm()[-1])


def submitted(key: str, day: str = "") -> Submission:
    fields = {Field.AS_OF.value: (day,)}
    return Submission(who=Who(TEAM, EVE), callback="pack", about="", key=key, fields=fields, view="V1")


def test_a_press_that_came_twice_makes_one(world: World) -> None:
    may_upload(world)
    approved(world)
    eve, front = world.person(EVE), world.bot.front
    me = front.person(Who(TEAM, EVE))
    once = submitted("once")
    for _ in range(2):
        told = handed(front, once, me)
        assert "is being made" in str(told)
    again = handed(front, submitted("other"), me)
    assert "is being made already" in str(again)
    is_made(world)
    is_made(world)
    assert len(files(eve)) == len(made(world)) == 1
    asks_for_it(eve)
    is_made(world)
    assert len(files(eve)) == 2, "afterwards another can be asked for"


def test_two_workers_make_one(world: World) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    at_once(*[Packing(world.bot.front).look for _ in range(2)])
    world.settle()
    assert len(files(eve)) == len(made(world)) == 1


@pytest.mark.parametrize("here", [True, False], ids=["on one machine", "on two"])
def test_two_that_are_at_it_hand_over_one(world: World, monkeypatch: pytest.MonkeyPatch, here: bool) -> None:
    """The lease of the first ended while it was still at work; on one machine its folder goes, too."""
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    slow, other = Packing(world.bot.front), Packing(world.bot.front)
    if not here:
        monkeypatch.setattr("bot.slack.packing._clear", lambda folder: None)

    def make(*given: Any, **more: Any) -> Any:
        monkeypatch.setattr("bot.slack.packing.make", real)
        world.clock.move(packs.LEASE.total_seconds() + 1)
        other.look()
        return real(*given, **more)

    monkeypatch.setattr("bot.slack.packing.make", make)
    slow.look()
    world.settle()
    assert len(files(eve)) == len(made(world)) == 1
    assert [words(each) for each in eve.dm() if "is made, and follows" in words(each)]


def test_who_fails_leaves_it_to_who_took_it_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)

    def make(*given: Any, **more: Any) -> Any:
        world.clock.move(packs.LEASE.total_seconds() + 1)
        with world.store.write() as session:
            assert packs.begin(session, holder="another", now=world.store.now())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("bot.slack.packing.make", make)
    Packing(world.bot.front).look()
    monkeypatch.undo()
    world.clock.move(packs.LEASE.total_seconds() + 1)
    is_made(world)
    assert len(files(eve)) == len(made(world)) == 1


class Killed(BaseException):
    """As if the process ended there."""


def test_killed_in_the_middle_it_is_begun_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)

    def dies(session: Any, path: Path, *rest: Any, **more: Any) -> Any:
        (path.with_name("half.zip")).write_bytes(b"half")
        raise Killed

    monkeypatch.setattr("bot.slack.packing.make", dies)
    monkeypatch.setattr(
        "bot.slack.packing.shutil.rmtree", lambda *given, **more: None
    )  # a dead process clears nothing
    with pytest.raises(Killed):
        Packing(world.bot.front).look()
    monkeypatch.undo()
    assert left_behind() != []
    world.restart()
    is_made(world)
    assert len(files(eve)) == len(made(world)) == 1
    assert left_behind() == []


def test_what_ends_the_process_each_time_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)

    def dies(*given: Any, **more: Any) -> Any:
        raise Killed

    monkeypatch.setattr("bot.slack.packing.make", dies)
    for _ in range(packs.TRIES):
        with pytest.raises(Killed):
            Packing(world.bot.front).look()
        world.clock.move(packs.LEASE.total_seconds() + 1)
    monkeypatch.undo()
    is_made(world)
    assert files(eve) == []
    assert "Something broke on our side" in words(eve.dm()[-1])
    assert "`steward evidence --as-of " in words(eve.dm()[-1])


def test_a_long_proof_keeps_its_turn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    approved(world)
    front = world.bot.front
    order = packs.Order(
        id="p", what="proof", person=front.person(Who(TEAM, EVE)), day=world.store.now().date().isoformat()
    )
    with world.store.write() as session:
        assert packs.ask(session, order, now=world.store.now())
    begun: list[packs.Order | None] = []

    def prove(session: Any, *, tick: Any) -> Any:
        def slow() -> None:
            world.clock.move(packs.LEASE.total_seconds() * 0.6)
            tick()
            with world.store.write() as other:
                begun.append(packs.begin(other, holder="another", now=world.store.now()))

        return proven(session, tick=slow)

    monkeypatch.setattr("bot.slack.packing.prove", prove)
    Packing(front, every=0.0).look()
    assert len(begun) > 10
    assert set(begun) == {None}
    with world.store.read() as session:
        found = packs.known(session, "p")
    assert found is not None
    assert (found.state, found.tries) == ("made", 1)


def test_what_a_dead_process_left_goes_when_one_starts(world: World, room: Path) -> None:
    old, new, other = (room / name for name in (f"{FOLDER}old", f"{FOLDER}new", "somebody-else"))
    for each in (old, new, other):
        each.mkdir()
        (each / "half.zip").write_bytes(b"half")
    for each in (old, other):
        os.utime(each, (0, 0))
    (link := room / f"{FOLDER}link").symlink_to(other)
    os.utime(link, (0, 0), follow_symlinks=False)
    Packing(world.bot.front).look()
    assert not old.exists()
    assert (new / "half.zip").exists(), "somebody may be at it"
    assert (other / "half.zip").exists()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(28, "No space left on device"), "could not be written"),
        (ValueError("a bug"), "Something broke on our side"),
    ],
    ids=["disk full", "a bug"],
)
def test_a_fault_leaves_nothing_half_and_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, fault: Exception, said: str
) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)

    def fails(session: Any, path: Path, *rest: Any, **more: Any) -> Any:
        path.write_bytes(b"half")
        raise fault

    monkeypatch.setattr("bot.slack.packing.make", fails)
    is_made(world)
    assert said in words(eve.dm()[-1])
    assert "`steward evidence --as-of " in words(eve.dm()[-1])
    assert (files(eve), made(world), left_behind()) == ([], [], [])
    monkeypatch.undo()
    asks_for_it(eve)
    is_made(world)
    assert len(files(eve)) == 1


def test_what_is_too_large_for_slack_names_the_other_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    monkeypatch.setattr("bot.slack.carrying.LARGEST", 10)
    is_made(world)
    assert "larger than what Slack takes" in words(eve.dm()[-1])
    assert (files(eve), made(world)) == ([], [])


def test_without_the_scope_the_window_names_the_other_way(world: World) -> None:
    approved(world)
    eve = world.person(EVE)
    press_forged(eve, Action.PACK, Press(case=""))
    assert "files:write" in eve.window()
    assert "`steward evidence --as-of " in eve.window()


def test_a_scope_that_went_meanwhile_is_told(world: World) -> None:
    may_upload(world)
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    world.workspace.scopes = set(SCOPES)
    world.passes(minutes=2)
    assert "not allowed to upload files here" in words(eve.dm()[-1])
    assert (files(eve), made(world)) == ([], [])


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_what_slack_does_not_take_is_told(world: World, method: str) -> None:
    world.workspace.scopes = {*SCOPES, "files:read", "files:write"}
    approved(world)
    eve = world.person(EVE)
    asks_for_it(eve)
    world.server.faults.error(method, "file_uploads_disabled", calls=3)
    is_made(world)
    world.passes(minutes=5)
    assert files(eve) == []
    assert "Slack did not take it" in words(eve.dm()[-1])


@pytest.mark.parametrize(("who", "may"), [(CLEO, True), (EVE, True), (BEN, False), (DAN, False)])
def test_who_may_have_it(world: World, who: str, may: bool) -> None:
    may_upload(world)
    approved(world)
    person = world.person(who)
    press_forged(person, Action.PACK, Press(case=""))
    if may:
        assert "Everything an auditor needs" in person.window()
    else:
        assert "taken out by the governance lead and by auditors" in person.told()
    person.hands.opens_home()
    world.settle()
    assert ("Evidence pack" in str(person.hands.home())) is may


def test_who_lost_the_role_meanwhile_gets_nothing(world: World) -> None:
    may_upload(world)
    approved(world)
    cleo, front = world.person(CLEO), world.bot.front
    asks_for_it(cleo)
    change(world.store, {"roles.auditor": (BEN,)}, by=None, key="other", now=front.office.now())
    world.passes(minutes=5)
    assert (files(cleo), made(world)) == ([], [])
    assert "you are neither any more" in words(cleo.dm()[-1])


def test_a_day_that_has_not_come_goes_back_to_its_field(world: World) -> None:
    may_upload(world)
    eve, front = world.person(EVE), world.bot.front
    told = handed(front, submitted("ahead", "2099-01-01"), front.person(Who(TEAM, EVE)))
    assert told["response_action"] == "errors"
    assert "has not come yet" in told["errors"][Field.AS_OF.value]
    assert eve.dm() == []


def test_of_a_confidential_use_it_holds_its_tier_alone(world: World) -> None:
    may_upload(world)
    thread, front = approved(world), world.bot.front
    case = thread.case
    front.do(Confide(actor=front.person(Who(TEAM, ANA)), key="closed", case=case.id), front.desk())
    eve = world.person(EVE)
    asks_for_it(eve)
    is_made(world)
    ((_, content),) = files(eve)
    assert case.title.encode() not in content
    assert str(case.ref).encode() in content
