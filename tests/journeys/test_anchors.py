"""The head of the trail goes elsewhere once a day, and only that tells when somebody rewrote the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.anchors import daily, shelf
from bot.anchors.proof import Anchored
from bot.cli.verified import Wanted, anchored
from bot.slack import anchored as looking
from store import anchors, audit
from tests.failures.acts import at_once
from tests.journeys.test_deadlines import until
from tests.slack_world import ANA, EVE, World, words
from tests.slack_world.people import CARDS
from tests.store.rewriting import rewrite
from tests.tsa import Authority, serving

LINE = "The audit trail at"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "ours")


@pytest.fixture
def address(authority: Authority) -> Iterator[str]:
    authority.status = 200
    with serving(authority) as found:
        yield found


@pytest.fixture
def settings(address: str, authority: Authority, tmp_path: Path) -> dict[str, Any]:
    return {
        "anchor.channel": CARDS,
        "anchor.file": str(tmp_path / "anchors.jsonl"),
        "anchor.tsa": address,
        "anchor.tsa_root": str(authority.root),
        "roles.governance_lead": [EVE],
    }


def posts(world: World) -> list[str]:
    return [words(each) for each in world.workspace.messages(CARDS) if words(each).startswith(LINE)]


def known(world: World) -> list[anchors.Known]:
    with world.store.read() as session:
        return list(anchors.known(audit.records(session)))


def checked(world: World, *paths: Path) -> Anchored:
    with world.store.read() as session:
        return anchored(session, Wanted(list(paths)))


def test_once_a_day_the_same_head_goes_everywhere(world: World, tmp_path: Path) -> None:
    world.person(ANA).asks().submitted()
    until(world, 8, 8, 30)
    before = len(posts(world))
    until(world, 8, 9, 30)
    world.passes(hours=3)
    assert len(posts(world)) == before + 1
    today = known(world)[-3:]
    assert [each.place for each in today] == ["channel", "file", "stamp"]
    assert len({each.anchor for each in today}) == 1
    anchor = today[0].anchor
    assert f"line {anchor.seq}, head `{anchor.head}`" in posts(world)[-1]
    with world.store.read() as session:
        kept = anchors.token(session, today[2].token)
        assert anchors.seal_of(session, anchor.seq) == anchor.head
    file = list(shelf.anchors(tmp_path / "anchors.jsonl"))
    assert [(each.anchor, each.token) for each in file][-2:] == [(anchor, b""), (anchor, kept)]
    found = checked(world, tmp_path / "anchors.jsonl")
    assert (found.wrong, found.proven > 0) == ([], True)


def test_two_processes_make_one(world: World) -> None:
    until(world, 8, 8, 50)
    before = len(known(world))
    world.clock.move(15 * 60)
    front = world.bot.front
    at_once(*[lambda: looking.look(front)] * 2)
    world.passes(minutes=30)
    assert len(known(world)) == before + 3
    assert len(set(posts(world))) == len(posts(world))


def test_two_processes_ask_one_stamp(world: World, authority: Authority) -> None:
    """While one waits for the authority, the other finds the turn taken and does nothing."""
    until(world, 8, 8, 50)
    world.clock.move(15 * 60)
    front, began = world.bot.front, len(authority.asked)
    authority.spoil_question = lambda query: (
        looks() or query
    )  # the second process looks while the first waits

    def looks() -> bytes:
        authority.spoil_question = lambda query: query
        looking.look(front)
        return b""

    looking.look(front)
    authority.spoil_question = lambda query: query
    assert len(authority.asked) == began + 1


def test_after_days_without_us_there_is_one_not_four(world: World) -> None:
    until(world, 8, 10)
    before = len(known(world))
    world.stop_bot()
    world.clock.move(4 * 86_400)
    world.start_bot()
    world.passes(minutes=20)
    assert len(known(world)) == before + 3


def test_what_stopped_half_way_goes_on_with_the_same_head(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the post was owed, before the stamp was asked for."""

    def dies(*_: Any) -> None:
        raise KeyboardInterrupt

    until(world, 8, 8, 50)
    world.clock.move(15 * 60)
    front = world.bot.front
    with monkeypatch.context() as patch:
        patch.setattr(daily, "stamp", dies)
        with pytest.raises(KeyboardInterrupt):
            looking.look(front)
    half = known(world)[-1]
    assert half.place == "file"
    world.person(ANA).asks().submitted()
    world.passes(minutes=30)
    assert [each.anchor for each in known(world)[-3:]] == [half.anchor] * 3
    assert len(set(posts(world))) == len(posts(world))


def test_one_that_fails_keeps_nothing_else_back_and_is_told_once(world: World, authority: Authority) -> None:
    authority.status = 503
    until(world, 8, 9, 30)
    assert {each.place for each in known(world)} == {"channel", "file"}
    for _ in range(6):
        world.passes(hours=1)
    told = [text for text in map(words, world.person(EVE).dm()) if "time-stamp authority" in text]
    assert len(told) == 1
    assert "it refused" in told[0]
    authority.status = 200
    world.passes(hours=2)
    assert known(world)[-1].place == "stamp"
    world.passes(minutes=30)
    assert len([each for each in known(world) if each.place == "stamp"]) == 1


def test_a_trail_that_was_rewritten_whole_is_whole_and_only_an_anchor_tells(
    world: World, tmp_path: Path
) -> None:
    world.person(ANA).asks().submitted()
    until(world, 8, 9, 30)
    file = tmp_path / "anchors.jsonl"
    copied = tmp_path / "from-slack.txt"
    copied.write_text("\n".join(posts(world)))
    token = tmp_path / "kept.tsr"
    kept = known(world)[-1]
    with world.store.read() as session:
        token.write_bytes(anchors.token(session, kept.token) or b"")
    assert checked(world, file, copied, token).wrong == []
    rewrite(world.store, line=2)
    with world.store.read() as session:
        assert audit.verify_store(session).ok
    for path in (file, copied, token):
        found = checked(world, path)
        assert any(path.name in each for each in found.wrong), path
    (first, *_) = [each for each in checked(world, file).wrong if "anchors.jsonl" in each]
    assert "was rewritten after that" in first


def test_nothing_is_added_to_a_file_of_another_trail(world: World, tmp_path: Path) -> None:
    world.person(ANA).asks().submitted()
    until(world, 8, 9, 30)
    file = tmp_path / "anchors.jsonl"
    before = file.read_bytes()
    rewrite(world.store, line=2)
    for hour in (10, 11, 12, 13):
        until(world, 9, hour)
    assert file.read_bytes() == before
    assert [text for text in map(words, world.person(EVE).dm()) if "no head of this trail" in text]


def test_nothing_is_added_to_a_file_whose_end_was_spoilt(world: World, tmp_path: Path) -> None:
    """Also the stamp of that day is kept: one place is not the other's."""
    world.person(ANA).asks().submitted()
    until(world, 8, 9, 30)
    file = tmp_path / "anchors.jsonl"
    file.write_bytes(b"x" * (shelf.LONGEST + 1))
    for hour in (10, 11, 12, 13):
        until(world, 9, hour)
    assert file.stat().st_size == shelf.LONGEST + 1
    assert [text for text in map(words, world.person(EVE).dm()) if "no head of this trail" in text]
    assert known(world)[-1].place == "stamp"


def test_what_nobody_expected_is_counted_and_ends_nothing_else(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(shelf, "put", breaks)
    until(world, 8, 9, 30)
    assert {each.place for each in known(world)} == {"channel"}  # the stamp's own copy is not what counts
    for _ in range(6):
        world.passes(hours=1)
    told = [text for text in map(words, world.person(EVE).dm()) if "did not expect" in text]
    assert len(told) == 2


def test_a_malformed_stamp_ends_nothing_else(world: World, authority: Authority, tmp_path: Path) -> None:
    authority.spoil_answer = lambda answer: bytes.fromhex("30053003020100")
    try:
        until(world, 8, 9, 30)
        for _ in range(4):
            world.passes(hours=1)
    finally:
        authority.spoil_answer = lambda answer: answer
    assert {each.place for each in known(world)} == {"channel", "file"}
    assert [text for text in map(words, world.person(EVE).dm()) if "is no stamp" in text]
    bad = tmp_path / "bad.tsr"
    bad.write_bytes(bytes.fromhex("30053003020100"))
    assert checked(world, bad).passed_over == ["bad.tsr: That is no answer of a time-stamp authority."]


@pytest.mark.parametrize("settings", [{}])
def test_where_nothing_is_settled_nothing_happens(world: World) -> None:
    world.passes(days=2)
    assert known(world) == []
