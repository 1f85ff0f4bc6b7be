"""One manifest for both modes, with the least that Steward works with, inside Slack's limits."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import main
from bot.demo import stage
from bot.manifest import READS, Kind, declared, manifest, over_http

PICTURES = frozenset({"files:write"})
"""The optional scope with which a digest has its picture, for all to see in the demo."""
LIMITS = {"name": 35, "description": 140, "long_description": 4000}


@pytest.mark.parametrize("app", [manifest(), over_http("https://steward.example")], ids=["socket", "http"])
def test_texts_keep_to_slacks_limits(app: dict[str, Any]) -> None:
    told = app["display_information"]
    assert not [name for name, most in LIMITS.items() if len(told[name]) > most]
    assert len(told["long_description"]) >= 174
    for shortcut in app["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


def test_people_can_write_to_the_bot_and_mentions_come_as_ids() -> None:
    features = manifest()["features"]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert all(command["should_escape"] for command in features["slash_commands"])


def test_no_history_of_channels_is_read() -> None:
    assert declared().scopes.isdisjoint({"channels:history", "groups:history", "mpim:history"})
    assert declared().events.isdisjoint({"message.channels", "message.groups", "message.mpim"})


@pytest.mark.parametrize(
    "base", ["https://steward.example", "https://steward.example/", "https://steward.example/slack/events"]
)
def test_over_http_every_door_is_the_same(base: str) -> None:
    app = over_http(base)
    door = "https://steward.example/slack/events"
    assert not app["settings"]["socket_mode_enabled"]
    assert app["settings"]["event_subscriptions"]["request_url"] == door
    assert app["settings"]["interactivity"]["request_url"] == door
    assert {command["url"] for command in app["features"]["slash_commands"]} == {door}


def test_both_modes_declare_the_same() -> None:
    socket, http = manifest(), over_http("https://steward.example")
    assert socket["oauth_config"] == http["oauth_config"]
    events = [app["settings"]["event_subscriptions"]["bot_events"] for app in (socket, http)]
    assert events[0] == events[1]


def test_the_command_prints_what_slack_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == manifest()
    assert main(["manifest", "--http", "https://steward.example"]) == 0
    assert yaml.safe_load(capsys.readouterr().out) == over_http("https://steward.example")


@pytest.mark.parametrize("kind", ["public", "private"])
def test_with_questions_it_asks_for_one_scope_and_one_event_more(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", "--answer-questions", kind, "--keep-discussion", kind]) == 0
    app, plain = yaml.safe_load(capsys.readouterr().out), manifest()
    scopes = [each["oauth_config"]["scopes"]["bot"] for each in (app, plain)]
    events = [each["settings"]["event_subscriptions"]["bot_events"] for each in (app, plain)]
    assert [set(a) - set(b) for a, b in (scopes, events)] == [
        {f"{READ[kind]}:history"},
        {f"message.{READ[kind]}"},
    ]
    assert all(len(set(each)) == len(each) for each in (scopes[0], events[0]))
    about = app["display_information"]["long_description"]
    assert "In channels that were switched on it answers whoever asks" in about
    assert "nothing else: it has no access" not in about


READ = {"public": "channels", "private": "groups"}


@pytest.mark.parametrize("address", [[], ["--http", "https://steward.example"]], ids=["socket", "http"])
@pytest.mark.parametrize("kind", READS)
def test_with_the_discussion_it_asks_for_one_scope_and_one_event_more(
    kind: Kind, address: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", "--keep-discussion", kind, *address]) == 0
    app, plain = yaml.safe_load(capsys.readouterr().out), over_http(address[1]) if address else manifest()
    scope, event = READS[kind]
    assert set(app["oauth_config"]["scopes"]["bot"]) - set(plain["oauth_config"]["scopes"]["bot"]) == {scope}
    events = [each["settings"]["event_subscriptions"]["bot_events"] for each in (app, plain)]
    assert set(events[0]) - set(events[1]) == {event}
    assert "no access to the messages of channels" not in app["display_information"]["long_description"]
    assert (
        "keeps what is written in the threads of its own cards"
        in app["display_information"]["long_description"]
    )


def test_with_marks_it_asks_for_one_scope_and_one_event_more(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manifest", "--mark-evidence", "--keep-discussion", "private"]) == 0
    app, plain = yaml.safe_load(capsys.readouterr().out), manifest()
    more = {"groups:history", "reactions:read"}
    assert set(app["oauth_config"]["scopes"]["bot"]) - set(plain["oauth_config"]["scopes"]["bot"]) == more
    events = [each["settings"]["event_subscriptions"]["bot_events"] for each in (app, plain)]
    assert set(events[0]) - set(events[1]) == {"message.groups", "reaction_added"}


def test_with_hints_it_asks_for_one_scope_and_one_event_more(capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--keep-discussion", "public"]):
        assert main(["manifest", "--hint", *more]) == 0
        app, plain = yaml.safe_load(capsys.readouterr().out), manifest()
        scopes = [each["oauth_config"]["scopes"]["bot"] for each in (app, plain)]
        assert set(scopes[0]) - set(scopes[1]) == {"channels:history"}
        assert len(scopes[0]) == len(set(scopes[0]))
        said = app["display_information"]["long_description"]
        assert "no access to the messages of channels" not in said
        assert "told so privately, once" in said
        assert ("in the threads of its own cards" in said) == bool(more)


@pytest.mark.parametrize("address", ["steward.example", "http://steward.example", "https://", "https://a/?b"])
def test_an_address_that_slack_cannot_call_is_refused(
    address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["manifest", "--http", address]) == 2
    assert "is not an address that Slack can call" in capsys.readouterr().err


def test_the_demo_grants_the_discussion_only_where_it_is_asked_for() -> None:
    for asked in (False, True):
        workspace = stage.Stage("sqlite://", keeps_discussion=asked).server.workspace
        more = (workspace.scopes or set()) - declared().scopes - PICTURES
        assert more == ({"groups:history"} if asked else set())
        assert workspace.events - declared().events == ({"message.groups"} if asked else set())


def test_the_demo_grants_what_the_manifest_asks_for_and_pictures_of_digests() -> None:
    seed = yaml.safe_load((Path(stage.__file__).parent / "workspace.yaml").read_text(encoding="utf-8"))
    assert set(seed["scopes"]) == declared().scopes | PICTURES
    assert set(seed["events"]) == declared().events
    asked = {
        entry["callback_id"]: (entry["name"], entry["type"]) for entry in manifest()["features"]["shortcuts"]
    }
    assert {entry["callback_id"]: (entry["name"], entry["type"]) for entry in seed["shortcuts"]} == asked
    assert {entry["command"] for entry in seed["commands"]} == declared().commands
