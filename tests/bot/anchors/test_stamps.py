"""A stamp counts only if it is about our line, answers our question, and stands under the root that was settled."""

from __future__ import annotations

import hashlib
import random
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.anchors import stamps
from tests.tsa import Authority, serving

LINE = b'{"seq":7}'
DIGEST = hashlib.sha256(LINE).hexdigest()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tsa")


@pytest.fixture(scope="module")
def made(folder: Path) -> Authority:
    return Authority(folder / "ours")


@pytest.fixture(scope="module")
def stranger(folder: Path) -> Authority:
    return Authority(folder / "theirs", "Somebody Else")


@pytest.fixture
def authority(made: Authority) -> Iterator[Authority]:
    yield made
    made.spoil_question = made.spoil_answer = lambda told: told
    made.status = 200


@pytest.fixture
def address(authority: Authority) -> Iterator[str]:
    with serving(authority) as found:
        yield found


def refused(address: str, roots: Path) -> str:
    with pytest.raises(stamps.Unstamped) as told:
        stamps.stamp(address, LINE, roots, seconds=5)
    return told.value.because


def test_a_stamp_is_about_the_line_and_openssl_says_so_too(
    authority: Authority, address: str, tmp_path: Path
) -> None:
    found = stamps.stamp(address, LINE, authority.root)
    assert found.digest == DIGEST == stamps.digest_of(found.token)
    kept = tmp_path / "a.tsr"
    kept.write_bytes(found.token)
    assert authority.verifies(kept, DIGEST)
    assert not authority.verifies(kept, hashlib.sha256(b"another").hexdigest())
    assert stamps.check(found.token, authority.root).at == found.at


def test_each_question_has_a_number_of_chance(authority: Authority, address: str) -> None:
    for _ in range(2):
        stamps.stamp(address, LINE, authority.root)
    assert authority.asked[-1] != authority.asked[-2]


def test_a_stamp_about_something_else_is_none(authority: Authority, address: str) -> None:
    authority.spoil_question = lambda query: query.replace(bytes.fromhex(DIGEST), bytes(32))
    assert refused(address, authority.root) == "not_proven"


def test_an_answer_to_an_earlier_question_is_none(authority: Authority, address: str) -> None:
    """Whoever stands in between may hand out an old stamp of the same line."""
    old = stamps.stamp(address, LINE, authority.root).token
    authority.spoil_answer = lambda answer: old
    assert refused(address, authority.root) == "not_proven"


def test_a_stamp_of_a_strangers_is_none(authority: Authority, stranger: Authority, address: str) -> None:
    authority.spoil_answer = lambda answer: stranger.answer(authority.asked[-1])
    assert refused(address, authority.root) == "not_proven"
    token = stranger.answer(authority.asked[-1])
    assert stamps.check(token, stranger.root).digest == DIGEST
    with pytest.raises(stamps.Unstamped):
        stamps.check(token, authority.root)


def test_a_changed_byte_in_a_stamp_is_noticed(authority: Authority, address: str) -> None:
    token = stamps.stamp(address, LINE, authority.root).token
    at = token.index(bytes.fromhex(DIGEST))
    for place in (at, len(token) - 5):
        with pytest.raises(stamps.Unstamped):
            stamps.check(token[:place] + bytes([token[place] ^ 1]) + token[place + 1 :], authority.root)


@pytest.mark.parametrize(
    ("answer", "because"),
    [
        (b"", "no_stamp"),
        (b"<html>", "no_stamp"),
        (b"\x30" * 200_000, "no_stamp"),
        (bytes.fromhex("30053003020100"), "no_stamp"),
    ],
)
def test_what_is_no_stamp_is_said(authority: Authority, address: str, answer: bytes, because: str) -> None:
    authority.spoil_answer = lambda _: answer
    assert refused(address, authority.root) == because


@pytest.mark.parametrize("status", [500, 302, 404])
def test_an_authority_that_refuses_or_sends_elsewhere(
    authority: Authority, address: str, status: int
) -> None:
    authority.status, before = status, len(authority.asked)
    assert refused(address, authority.root) == "refused"
    assert len(authority.asked) == before


def test_its_own_no_is_said_with_its_reason(authority: Authority, address: str) -> None:
    authority.spoil_question = lambda query: b"\x30\x03\x02\x01\x01"
    assert refused(address, authority.root) == "refused"


def test_one_that_does_not_answer_is_left_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(stamps.Unstamped) as told:
        stamps._ask(f"http://127.0.0.1:{deaf.getsockname()[1]}", b"", 0.2)
    assert told.value.because == "not_reached"


@pytest.mark.parametrize("body", [None, b"no certificate"])
def test_without_a_root_nothing_is_asked(
    authority: Authority, address: str, tmp_path: Path, body: bytes | None
) -> None:
    root, before = tmp_path / "root.pem", len(authority.asked)
    if body is not None:
        root.write_bytes(body)
    assert refused(address, root) == "no_root"
    assert len(authority.asked) == before


def test_a_damaged_stamp_is_none_however_it_is_damaged(authority: Authority, address: str) -> None:
    """Bytes changed, left out, doubled or cut off, at places drawn by lot: always the one error that has a name."""
    token, drawn = stamps.stamp(address, LINE, authority.root).token, random.Random(42001)
    spoiled = [token[:7], bytes.fromhex("30053003020100")]
    for _ in range(3_000):
        body = bytearray(token)
        for _ in range(drawn.randint(1, 4)):
            at = drawn.randrange(min(len(body), drawn.choice((60, 400, len(body)))))
            how = drawn.choice(("change", "change", "leave_out", "double", "cut"))
            if how == "change":
                body[at] = drawn.randrange(256)
            elif how == "leave_out":
                del body[at : at + drawn.randint(1, 9)]
            elif how == "double":
                body[at:at] = body[at : at + drawn.randint(1, 9)]
            elif drawn.random() < 0.1:
                del body[at + 1 :]
            if not body:
                break
        spoiled.append(bytes(body))
    for each in spoiled:
        for read in (stamps.digest_of, lambda found: stamps.check(found, authority.root).digest):
            try:
                told = read(each)
            except stamps.Unstamped:
                continue
            assert len(told) >= 2, each.hex()


@pytest.mark.parametrize(
    "begins", [b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Slow: "]
)
def test_one_that_answers_drop_by_drop_is_left_alone(begins: bytes) -> None:
    """Each read is in time, and the whole never is; the same where the headers drip."""
    enough = threading.Event()

    def drips(server: socket.socket) -> None:
        peer, _ = server.accept()
        with peer:
            peer.sendall(begins)
            for _ in range(200):
                if enough.wait(0.05):
                    return
                peer.sendall(b"0")

    with socket.create_server(("127.0.0.1", 0)) as server:
        dripping = threading.Thread(target=drips, args=(server,))
        dripping.start()
        with pytest.raises(stamps.Unstamped) as told:
            stamps._ask(f"http://127.0.0.1:{server.getsockname()[1]}", b"", 0.4)
        enough.set()
        dripping.join()
    assert told.value.because == "not_reached"
    assert "whole answer" in str(told.value)
