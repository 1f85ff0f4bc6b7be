"""`steward anchor` puts the head elsewhere; `steward verify --anchors` finds each again, or says what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.checks.anchors import look
from bot.config import Anchoring, change
from store import anchors, audit
from store.engine import Store
from tests.bot.cli.tampering import tamper
from tests.builders import NOW
from tests.databases import Clock
from tests.store.rewriting import rewrite
from tests.tsa import Authority, serving
from triage.anchoring import Anchor, Due


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "ours")


@pytest.fixture
def stamped(register: Store, authority: Authority, tmp_path: Path) -> Iterator[Path]:
    """A file on other storage, and a time-stamp authority, both settled."""
    with serving(authority) as address:
        authority.status = 200
        file = tmp_path / "anchors.jsonl"
        settle(register, {"file": str(file), "tsa": address, "tsa_root": str(authority.root)})
        yield file


def settle(store: Store, settled: dict[str, Any]) -> None:
    """As a line of the trail would have it, too."""

    change(store, {f"anchor.{name}": said for name, said in settled.items()}, by=None, key="s", now=NOW)


def append(store: Store, clock: Clock, number: int = 1) -> None:
    with store.write() as session:
        for _ in range(number):
            audit.append(
                session,
                "tool.assessed",
                actor=None,
                subject_kind="tool",
                subject_id="t",
                detail={},
                at=clock(),
            )


def test_it_is_made_listed_and_found_again(steward: Any, stamped: Path, register: Store) -> None:
    code, said, _ = steward("anchor")
    assert (code, [line.split(":")[0] for line in said.splitlines()]) == (0, ["written", "stamped"])
    code, listed, _ = steward("anchor", "--list")
    assert (code, len(listed.splitlines())) == (0, 2)
    told = [json.loads(line) for line in steward("anchor", "--list", "--json")[1].splitlines()]
    assert [each["where"] for each in told] == ["file", "stamp"]
    code, said, _ = steward("verify", "--anchors", stamped)
    assert code == 0
    assert (
        "anchors: 4, of which 2 from outside of the trail, 2 stamps (2 proven by the root): all found again"
        in said
    )
    assert said.splitlines()[-1].startswith("ok ")


def test_the_settled_file_is_read_unasked_and_missed(steward: Any, stamped: Path) -> None:
    steward("anchor")
    assert "anchors: 4, of which 2 from outside" in steward("verify", "--anchors")[1]
    stamped.unlink()
    code, said, _ = steward("verify", "--anchors")
    assert (code, f"passed over: {stamped} (anchor.file) is not there" in said) == (0, True)


def test_an_anchor_of_ones_own_choice(steward: Any, register: Store, tmp_path: Path) -> None:
    assert steward("anchor")[0] == 1, "nothing says where"
    code, said, _ = steward("anchor", "--write", tmp_path / "a.jsonl")
    assert (code, said.split(":")[0]) == (0, "written")
    assert steward("verify", "--anchors", "a.jsonl")[0] == 0
    assert steward("verify", "--anchors", "b.jsonl")[0] == 2
    assert steward("anchor", "--write", tmp_path / "none" / "a.jsonl")[0] == 1


def test_a_rewritten_trail_is_whole_but_for_its_anchor(
    steward: Any, register: Store, clock: Clock, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "all"
    second.mkdir()
    steward("anchor", "--write", first)
    steward("anchor", "--write", second)
    append(register, clock, 3)
    steward("anchor", "--write", second)
    with register.read() as session:
        heads = [each.anchor.seq for each in anchors.known(anchors.lines(session))]
    rewrite(register, line=heads[-1] - 1)
    assert steward("verify", "--anchors", first)[1].splitlines()[-1].startswith("ok ")
    code, said, _ = steward("verify", "--anchors", second)
    (wrong,) = [line for line in said.splitlines() if "all" not in line and f"{heads[-1]:09}" in line]
    assert code == 1
    assert f"something in lines {heads[1] + 1} to {heads[-1]} was rewritten after that" in wrong
    found = json.loads(steward("verify", "--json", "--anchors", second)[1])
    assert (found["ok"], bool(found["anchors"]["wrong"])) == (False, True)


def test_a_trail_cut_short_and_its_head_moved_back(
    steward: Any, register: Store, clock: Clock, tmp_path: Path
) -> None:
    append(register, clock, 3)
    steward("anchor", "--write", tmp_path / "a.jsonl")
    with register.read() as session:
        end = anchors.head(session, NOW)
        assert end is not None
        keep = end.seq - 3
        before = anchors.seal_of(session, keep)
    tamper(
        register,
        f"DELETE FROM audit_line WHERE seq > {keep}",
        f"UPDATE audit_head SET seq = {keep}, digest = '{before}'",
    )
    code, said, _ = steward("verify", "--anchors", "a.jsonl")
    assert code == 1
    assert f"is missing: the trail ends before it, at line {keep}" in said


def test_an_exported_trail_is_held_against_anchors_too(steward: Any, register: Store, tmp_path: Path) -> None:
    steward("anchor", "--write", tmp_path / "a.jsonl")
    steward("export", "--format", "json", "--out", tmp_path / "out")
    trail = tmp_path / "out" / "audit.jsonl"
    assert steward("verify", "--file", trail, "--anchors", "a.jsonl")[0] == 0
    (tmp_path / "b.jsonl").write_text('{"seq":2,"head":"' + "a" * 64 + '"}\n\na word\n')
    code, said, _ = steward("verify", "--file", trail, "--anchors", "b.jsonl")
    assert code == 1
    assert "b.jsonl:1: the head of line 2 is not its seal now" in said
    assert "passed over: b.jsonl:3 says no anchor" in said


def test_stamps_go_out_as_files_that_openssl_reads(
    steward: Any, stamped: Path, authority: Authority, tmp_path: Path
) -> None:
    steward("anchor")
    assert steward("anchor", "--tokens", tmp_path / "stamps")[0] == 0
    (token,) = (tmp_path / "stamps").glob("*.tsr")
    (line,) = (tmp_path / "stamps").glob("*.line")
    head = json.loads(steward("anchor", "--list", "--json")[1].splitlines()[0])["head"]
    assert authority.verifies(token, head)
    assert line.read_bytes().startswith(b"{")
    assert steward("verify", "--anchors", token, "--root", authority.root)[0] == 0


def test_a_stamp_that_was_taken_out_or_changed_is_named(steward: Any, stamped: Path, register: Store) -> None:
    steward("anchor")
    tamper(register, "UPDATE file SET body = CAST('0' AS BLOB)" if register.on_sqlite else "DELETE FROM file")
    code, said, _ = steward("verify", "--anchors")
    assert code == 1
    assert "anchor not found again" in said


def test_a_strangers_stamp_is_not_proven(
    steward: Any, stamped: Path, authority: Authority, tmp_path: Path
) -> None:
    steward("anchor")
    stranger = Authority(tmp_path / "theirs", "Somebody Else")
    code, said, _ = steward("verify", "--anchors", "--root", stranger.root)
    assert code == 1
    assert "does not prove it" in said


def test_a_failure_is_said_and_leaves_no_line(steward: Any, stamped: Path, authority: Authority) -> None:
    authority.status = 503
    code, said, errors = steward("anchor")
    assert (code, said.split(":")[0], "not stamped: The time-stamp authority answered 503." in errors) == (
        1,
        "written",
        True,
    )


def found(store: Store, **settled: str) -> list[tuple[str, str]]:
    return [(each.level, each.what) for each in look(store, Anchoring(**settled))]


def test_the_check_says_what_is_missing_and_how_it_went(
    register: Store, clock: Clock, tmp_path: Path, authority: Authority
) -> None:
    assert [level for level, _ in found(register)] == ["info"]
    assert ("error", "anchor.tsa is set without anchor.tsa_root") in [
        (level, what[:41]) for level, what in found(register, tsa="https://tsa.example.org")
    ]
    assert [level for level, _ in found(register, file="/nowhere/at/all", tsa_root="/none", tsa="https://x")] == [
        "error", "error", "info", "info",
    ]  # fmt: skip
    file = str(tmp_path / "a.jsonl")
    head = Anchor(1, "a" * 64, "2026-11-20T09:00:00.000000Z")
    with register.write() as session:
        anchors.made(session, head, "file", due=None, now=clock())
    assert [level for level, _ in found(register, file=file)] == ["info"]
    clock.forward(days=3)
    assert [level for level, _ in found(register, file=file)] == ["warning"]
    with register.write() as session:
        today = Due("2026-11-24", clock())
        anchors.begin(session, today, ("file",), holder="h", now=clock())
        told = [anchors.failed(session, today, "file", because="unlike", now=clock()) for _ in range(4)]
    assert told == [False, False, True, False]
    assert [level for level, _ in found(register, file=file)] == ["error"]
