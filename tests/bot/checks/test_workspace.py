"""Slack's side is looked at over the wire; whatever answers there, the check says so and goes on."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from pydantic import SecretStr

from bot.checks.workspace import DECIDING, SETTLING, look, tokens
from bot.config import Channels, Config
from bot.finding import Finding
from bot.manifest import declared
from bot.settings import Settings

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PEOPLE = {
    "U0MIRA": {"real_name": "Mira"},
    "U0LEILA": {"real_name": "Leila"},
    "U0OLD": {"real_name": "Petra", "deleted": True},
    "U0BOT": {"real_name": "Robot", "is_bot": True},
    "U0TOM": {"real_name": "Tom", "is_restricted": True},
}
CHANNELS = {
    "C0GOV": {"name": "ai-reviews", "is_member": True},
    "G0GOV": {"name": "ai-private", "is_member": True, "is_private": True},
    "C0OUT": {"name": "elsewhere", "is_member": False},
    "C0OLD": {"name": "old", "is_member": True, "is_archived": True},
    "C0EXT": {"name": "partners", "is_member": True, "is_ext_shared": True},
}
GROUPS = {"S0LEGAL": ["U0MIRA", "U0LEILA"], "S0EMPTY": []}


class Slack:
    """As much of Slack as the check looks at; a test may change what it says."""

    def __init__(self) -> None:
        self.scopes: str | None = ",".join(sorted(declared().scopes))
        self.at = NOW
        self.errors: dict[str, str] = {}
        self.raw: bytes | None = None

    def answer(self, method: str, values: dict[str, str]) -> dict[str, Any]:
        if method in self.errors:
            return {"ok": False, "error": self.errors[method]}
        match method:
            case "auth.test":
                return {"ok": True, "team": "Example Works", "user": "steward"}
            case "apps.connections.open":
                return {"ok": True, "url": "wss://nowhere"}
            case "conversations.info":
                return self._one("channel", CHANNELS, values["channel"], "channel_not_found")
            case "users.info":
                return self._one("user", PEOPLE, values["user"], "user_not_found")
            case "usergroups.users.list":
                return self._one("users", GROUPS, values["usergroup"], "no_such_subteam")
        return {"ok": False, "error": "unknown_method"}

    def _one(self, name: str, all_: dict[str, Any], id_: str, missing: str) -> dict[str, Any]:
        return {"ok": True, name: all_[id_]} if id_ in all_ else {"ok": False, "error": missing}


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def address(slack: Slack) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            values = {name: found[0] for name, found in parse_qs(body).items()}
            answer = json.dumps(slack.answer(self.path.rpartition("/")[2], values)).encode()
            self.send_response_only(200)
            self.send_header("Date", format_datetime(slack.at, usegmt=True))
            if slack.scopes is not None:
                self.send_header("X-OAuth-Scopes", slack.scopes)
            self.end_headers()
            self.wfile.write(slack.raw if slack.raw is not None else answer)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api/"
    server.shutdown()
    thread.join()
    server.server_close()


Look = Callable[..., list[Finding]]


@pytest.fixture
def looked(address: str) -> Look:
    def run(
        governance: str | None = "C0GOV",
        *,
        roles: dict[str, tuple[str, ...]] | None = None,
        incidents: str | None = None,
        units: dict[str, str] | None = None,
        reaction: str | None = None,
        questions: tuple[str, ...] = (),
        hints: tuple[str, ...] = (),
        **given: Any,
    ) -> list[Finding]:
        everybody = dict.fromkeys((*DECIDING, *SETTLING), ("U0MIRA", "U0LEILA"))
        settings = Settings(
            slack_bot_token=SecretStr("xoxb-1"),
            slack_app_token=SecretStr("xapp-1"),
            slack_api_url=given.pop("address", address),
            **given,
        )
        channels = Channels(
            governance=governance, incidents=incidents, units=units or {}, questions=questions, hints=hints
        )
        config = Config(channels=channels, roles={**everybody, **(roles or {})}, reaction=reaction)
        return list(look(settings, config, lambda: NOW))

    return run


def bad(found: list[Finding]) -> list[str]:
    assert all(finding.mend for finding in found if finding.level != "info")
    return [f"{finding.level}: {finding.what}" for finding in found if finding.level != "info"]


def test_all_in_order(looked: Look) -> None:
    assert bad(looked()) == []


@pytest.mark.parametrize(
    ("governance", "says"),
    [
        (None, "No governance channel"),
        ("C0NONE", "cannot be seen (channel_not_found)"),
        ("C0OUT", "not in the governance channel #elsewhere"),
        ("C0OLD", "#old is archived"),
        ("C0EXT", "#partners is shared"),
    ],
)
def test_a_channel_that_will_not_do(looked: Look, governance: str | None, says: str) -> None:
    (only,) = bad(looked(governance))
    assert only.startswith("error")
    assert says in only


def test_a_channel_of_incidents_is_looked_at_too(looked: Look) -> None:
    assert bad(looked(incidents="G0GOV")) == []
    assert "Cards of incidents go to #ai-private." in [each.what for each in looked(incidents="G0GOV")]
    (only,) = bad(looked(incidents="C0OUT"))
    assert "not in the channel of incidents #elsewhere" in only


def test_the_channels_of_units_are_looked_at_too(looked: Look) -> None:
    fine = looked(units={"Sales": "G0GOV"})
    assert bad(fine) == []
    assert "What nobody answers for is offered in #ai-private." in [each.what for each in fine]
    shared, out = bad(looked(units={"Sales": "C0OUT", "Law": "C0EXT", "Legal": "C0EXT"}))
    assert "channel of a unit #partners is shared with another organisation" in shared
    assert "not in the channel of a unit #elsewhere" in out


def test_questions_that_nobody_hears_are_said(looked: Look, slack: Slack) -> None:
    (only,) = bad(looked(questions=("C0OPEN",)))
    assert only.startswith("warning: Plain questions are answered nowhere")
    slack.scopes = f"{slack.scopes},channels:history"
    assert not any("Plain questions" in each for each in bad(looked(questions=("C0OPEN",))))


def test_a_reaction_that_nobody_hears_of_is_said(looked: Look, slack: Slack) -> None:
    (only,) = bad(looked(reaction="pushpin"))
    assert only.startswith("warning: Nothing is heard of the reaction :pushpin:")
    slack.scopes = f"{slack.scopes},reactions:read"
    assert bad(looked(reaction="pushpin")) == []


def test_hints_that_nobody_hears_of_are_said(looked: Look, slack: Slack) -> None:
    (only,) = bad(looked(hints=("C0ALL",)))
    assert only.startswith("warning: Nothing is hinted at")
    slack.scopes = f"{slack.scopes},channels:history"
    assert bad(looked(hints=("C0ALL",))) == []


@pytest.mark.parametrize(
    ("role", "holders", "says"),
    [
        ("reviewer", (), ["error: Nobody is reviewer"]),
        ("privacy", (), ["warning: Nobody is privacy"]),
        ("legal", ("U0MIRA",), ["warning: Only one person is legal"]),
        ("privacy", ("U0MIRA",), []),
        ("legal", ("U0OLD", "U0NONE"), ["error: Petra", "error: U0NONE cannot", "error: Nobody is legal"]),
        ("legal", ("U0BOT", "U0MIRA", "U0LEILA"), ["error: Robot"]),
        ("legal", ("U0TOM", "U0MIRA"), ["error: Tom", "warning: Only one person is legal"]),
        ("legal", ("S0LEGAL",), []),
        ("legal", ("S0EMPTY",), ["warning: The user group S0EMPTY is empty", "error: Nobody is legal"]),
        ("legal", ("S0NONE",), ["error: The user group S0NONE cannot be read", "error: Nobody is legal"]),
    ],
)
def test_who_holds_a_role(looked: Look, role: str, holders: tuple[str, ...], says: list[str]) -> None:
    found = bad(looked(roles={role: holders}))
    assert len(found) == len(says)
    assert all(finding.startswith(start) for finding, start in zip(found, says, strict=True))


def test_a_missing_scope_is_an_error_and_one_too_many_a_warning(looked: Look, slack: Slack) -> None:
    slack.scopes = ",".join(sorted(declared().scopes - {"im:history"} | {"mpim:history"}))
    missing, more = bad(looked())
    assert missing == "error: The scope im:history is missing."
    assert more.startswith("warning")
    assert "mpim:history" in more


@pytest.mark.parametrize(
    ("channel", "scopes", "kept", "faults"),
    [
        ("C0GOV", set(), False, 0),
        ("C0GOV", {"channels:history"}, True, 0),
        ("C0GOV", {"groups:history"}, False, 1),
        ("G0GOV", {"groups:history"}, True, 0),
        ("G0GOV", {"channels:history"}, False, 1),
    ],
)
def test_which_record_there_is_of_the_discussion(
    looked: Look, slack: Slack, channel: str, scopes: set[str], kept: bool, faults: int
) -> None:
    """By the scopes that the token really has, and the kind of channel that cards go to."""
    slack.scopes = ",".join(sorted(declared().scopes | scopes))
    found = looked(channel)
    said = [each.what for each in found if each.what.startswith("What is written in the threads of cards")]
    assert ["is not kept" not in each for each in said] == [kept]
    assert len(bad(found)) == faults


def test_a_server_that_tells_no_scopes_is_no_fault(looked: Look, slack: Slack) -> None:
    slack.scopes = None
    assert bad(looked()) == []


def test_a_clock_that_is_off(looked: Look, slack: Slack) -> None:
    slack.at = NOW - timedelta(minutes=4)
    (only,) = bad(looked())
    assert "240 seconds off" in only


def test_a_token_that_is_refused_ends_the_look(looked: Look, slack: Slack) -> None:
    slack.errors["auth.test"] = "invalid_auth"
    (only,) = bad(looked())
    assert "invalid_auth" in only


def test_an_app_token_that_opens_nothing(looked: Look, slack: Slack) -> None:
    slack.errors["apps.connections.open"] = "invalid_auth"
    (only,) = bad(looked())
    assert "SLACK_APP_TOKEN" in only


def test_a_server_that_lacks_methods_is_lived_with(looked: Look, slack: Slack) -> None:
    for method in ("conversations.info", "users.info", "usergroups.users.list", "apps.connections.open"):
        slack.errors[method] = "unknown_method"
    assert bad(looked()) == []


@pytest.mark.parametrize("raw", [b"", b"<html>proxy</html>", b"[]", b'{"ok": true', b"null"])
def test_something_that_is_not_slack(looked: Look, slack: Slack, raw: bytes) -> None:
    slack.raw = raw
    (only,) = bad(looked())
    assert only.startswith("error")
    assert "could not be reached" in only


def test_nobody_answers(looked: Look) -> None:
    (only,) = bad(looked(address="http://127.0.0.1:9/api/"))
    assert "could not be reached" in only


def test_tokens_of_another_form() -> None:
    settings = Settings(slack_bot_token=SecretStr("xoxp-1"), slack_app_token=SecretStr("xoxb-1"))
    assert [finding.level for finding in tokens(settings)] == ["error", "error", "info"]
