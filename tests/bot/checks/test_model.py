"""`steward check` says which models are configured, and whether they answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from bot.checks.model import look
from bot.config import Models
from bot.model import door
from tests.model_server import ModelServer, a_model, fails, says


@pytest.fixture
def server() -> Iterator[ModelServer]:
    door._client()
    with a_model() as found:
        yield found


def test_without_a_model_nothing_is_missing() -> None:
    (found,) = look(Models(), {})
    assert (found.level, "nothing leaves" in found.what) == ("info", True)


def test_a_model_that_answers_is_said_to(server: ModelServer) -> None:
    server.play(says('{"ok": true}'))
    found = list(look(Models(use=(server.model,)), {"": SecretStr("k")}))
    assert [each.level for each in found] == ["info", "info"]
    assert "openai/local answers" in found[0].what
    assert "200,000 tokens a day" in found[1].what


def test_one_that_does_not_is_a_warning_since_all_goes_on_without(server: ModelServer) -> None:
    server.play(fails(401))
    found = list(look(Models(use=(server.model,), confidential=True), {}))
    assert [each.level for each in found] == ["warning", "info"]
    assert "AuthenticationError" in found[0].what
    assert "leave, too" in found[1].what


def test_a_model_without_its_program_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.checks.model.find_spec", lambda name: None)
    (found,) = look(Models(use=("openai/x",)), {})
    assert found.level == "error"
