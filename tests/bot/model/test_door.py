"""The real client against a server of one's own: who answers, who does not, and how long that may take."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.config import Models
from bot.model import door
from bot.model.door import LONGEST, Door, Unanswered
from tests.model_server import ModelServer, Play, a_model, fails, says

ASK = [{"role": "user", "content": "Well?"}]
A_CALL = {"id": "1", "type": "function", "function": {"name": "approve", "arguments": "{}"}}
NO_ONE = "openai/nobody http://127.0.0.1:9/v1"


@pytest.fixture(scope="module", autouse=True)
def client() -> None:
    """Imported once: that takes seconds, which are not what is measured here."""
    door._client()


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with a_model() as found:
        yield found


def a_door(*models: str, seconds: int = 5, **keys: str) -> Door:
    given = {name.removeprefix("ALL"): SecretStr(key) for name, key in keys.items()}
    return Door(Models(use=models, seconds=seconds), given)


def test_the_first_model_that_answers_is_taken(server: ModelServer) -> None:
    server.play(says("hello", tokens=42))
    assert a_door(NO_ONE, server.model).ask(ASK) == ("hello", "openai/local", 42)
    assert server.asked[0]["messages"] == ASK
    assert len(server.asked) == 1


def test_a_key_goes_to_its_provider_alone(server: ModelServer) -> None:
    server.play(says("hello"))
    a_door(server.model, OPENAI="one", ALL="other").ask(ASK)
    a_door(server.model, ANTHROPIC="one", ALL="other").ask(ASK)
    a_door(server.model, ANTHROPIC="one").ask(ASK)
    assert server.keys == ["Bearer one", "Bearer other", "Bearer none"]


@pytest.mark.parametrize(
    "play",
    [
        fails(401),
        fails(400),
        fails(404),
        says(None),
        says(""),
        says(None, tool_calls=[A_CALL]),
        says(None, refusal="I cannot help with that."),
        Play(b"not json at all"),
        Play(b'data: {"choices": [\n\n\x00\xff', kind="text/event-stream"),
        Play(b"{}"),
        Play(b"[]"),
        Play(b'{"choices": []}'),
        Play(hang_up=True),
        Play(b"<html>Sign in</html>", kind="text/html"),
    ],
    ids=lambda play: f"{play.status} {play.body[:30]!r}",
)
def test_what_is_no_answer_is_said_to_be_none(server: ModelServer, play: Play) -> None:
    server.play(play)
    with pytest.raises(Unanswered):
        a_door(server.model).ask(ASK)


def test_a_server_in_trouble_is_asked_twice_and_no_more(server: ModelServer) -> None:
    server.play(fails(503), says("now"))
    assert a_door(server.model).ask(ASK).text == "now"
    server.asked.clear()
    server.play(fails(429))
    with pytest.raises(Unanswered, match="RateLimitError"):
        a_door(server.model).ask(ASK)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    "play", [Play(says("late").body, wait=4), Play(says("drip").body, drip=0.4)], ids=["late", "drip"]
)
def test_whoever_is_slow_is_left_when_the_time_is_over(server: ModelServer, play: Play) -> None:
    """Also who sends a few signs at a time, so that no single wait is long."""
    server.play(play)
    before = time.monotonic()
    with pytest.raises(Unanswered):
        a_door(server.model, seconds=1).ask(ASK)
    assert time.monotonic() - before < 3


@pytest.mark.parametrize(
    ("play", "tokens"),
    [
        (says("", tokens=70), 70),
        (says(" \n", tokens=70), 70),
        (says(None, refusal="No.", tokens=70), 70),
        (says(None, tool_calls=[A_CALL], tokens=70), 70),
        (
            Play(b'{"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": []}'),
            LONGEST,
        ),
    ],
    ids=["empty", "blank", "refusal", "call", "nothing"],
)
def test_what_is_no_answer_counts_all_the_same_and_is_not_asked_twice(
    server: ModelServer, play: Play, tokens: int
) -> None:
    server.play(play)
    with pytest.raises(Unanswered) as failed:
        a_door(server.model).ask(ASK)
    assert tokens <= failed.value.tokens <= tokens + 1
    assert failed.value.wordless
    assert len(server.asked) == 1


def test_the_tokens_of_who_said_nothing_are_told_with_the_answer(server: ModelServer) -> None:
    server.play(says("", tokens=70), says("now", tokens=40))
    assert a_door(server.model, server.model).ask(ASK).tokens == 110


def test_what_comes_too_late_counts_as_the_longest_that_could_have_come(server: ModelServer) -> None:
    server.play(Play(says("late").body, wait=3))
    with pytest.raises(Unanswered) as failed:
        a_door(server.model, seconds=1).ask(ASK)
    assert failed.value.tokens >= LONGEST
    assert not failed.value.wordless


@pytest.mark.parametrize("status", [401, 404, 429, 503])
def test_who_answers_nothing_costs_nothing(server: ModelServer, status: int) -> None:
    server.play(fails(status))
    with pytest.raises(Unanswered) as failed:
        a_door(server.model).ask(ASK)
    assert (failed.value.tokens, failed.value.wordless) == (0, False)


def test_nobody_is_asked_without_a_model() -> None:
    with pytest.raises(Unanswered):
        a_door().ask(ASK)


def test_the_client_leaves_the_rest_of_the_process_alone(caplog: pytest.LogCaptureFixture) -> None:
    """No mark of its own on what others log, and nothing of what people wrote in what it logs itself."""
    with caplog.at_level("DEBUG"):
        logging.getLogger("apscheduler.scheduler").warning("late")
        logging.getLogger("steward").warning("well")
    assert not [name for record in caplog.records for name in vars(record) if "litellm" in name]


def test_what_people_wrote_is_in_no_log(server: ModelServer, caplog: pytest.LogCaptureFixture) -> None:
    server.play(fails(400), says("zebra"))
    with caplog.at_level("DEBUG"):
        a_door(server.model, server.model).ask([{"role": "user", "content": "giraffe"}])
    told = "\n".join(str(vars(record)) for record in caplog.records)
    assert "model.failed" in told
    assert "giraffe" not in told
    assert "zebra" not in told
