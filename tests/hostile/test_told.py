"""A refusal reaches whoever pressed, also where the bot may not speak."""

from __future__ import annotations

import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.app import build
from bot.slack.payloads import Press, Who
from bot.slack.pressed import pressed
from bot.slack.socketdoor import SocketDoor
from tests.databases import Databases
from tests.hostile.slack import Slack
from tests.hostile.stage import MORNING, Stage

TEAM, ANA = "T0OURS", "U0ANA"


@pytest.fixture
def slack() -> Slack:
    return Slack("U0BOT", {"C0CARDS"}, {ANA: "D0ANA"}, {})


@pytest.fixture
def stage(sqlite_databases: Databases, slack: Slack) -> Stage:
    return Stage(sqlite_databases.copy(), slack, TEAM, MORNING)


@pytest.mark.parametrize(
    ("channel", "method"), [("C0CARDS", "chat.postEphemeral"), ("C0NOWHERE", "chat.postMessage")]
)
def test_where_we_may_not_speak_the_words_go_to_the_direct_message(
    stage: Stage, slack: Slack, channel: str, method: str
) -> None:
    press = Press(Who(TEAM, ANA), "launch_rocket", {}, "key", "trigger", channel, "1.1", None, None)
    pressed(stage.front, press)
    stage.works()
    (sent,) = slack.sent
    assert (sent.method, sent.user) == (method, ANA)
    assert "do not know that button" in sent.content["text"]
    stage.close()


@pytest.mark.parametrize(
    "odd", [{"event": []}, {"authorizations": [[{}]]}, {"enterprise": ["id"]}, {"user": 7}]
)
def test_an_envelope_with_odd_parts_is_taken(stage: Stage, slack: Slack, odd: dict[str, object]) -> None:
    """What Bolt stumbles over is tried without it; Slack would only send it again."""
    door = SocketDoor(build(stage.front, slack, "", lambda: None), "xapp-hostile", web_client=slack)
    taken: list[str] = []
    door.client.send_socket_mode_response = lambda answer: taken.append(answer.envelope_id)  # type: ignore[assignment,union-attr]
    body = {"type": "event_callback", "event_id": "Ev1", **odd}
    door.handle(door.client, SocketModeRequest(type="events_api", envelope_id="e1", payload=body))
    door.client.close()
    stage.close()
    assert taken == ["e1"]
