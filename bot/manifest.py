"""The Slack app as manifest.yaml declares it, and its variant for HTTP; both come from the one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml

from intake.value import Value

FILE = Path(__file__).parent.parent / "manifest.yaml"
DOOR = "/slack/events"
"""Where events, clicks and commands arrive when Steward is called over HTTP."""


class Declared(Value):
    """What the app asks for and listens to; every name of it must be heard somewhere."""

    events: frozenset[str]
    commands: frozenset[str]
    shortcuts: frozenset[str]
    scopes: frozenset[str]


def manifest(file: Path = FILE) -> dict[str, Any]:
    """For Socket Mode, as it stands in the file."""
    read: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def over_http(base: str) -> dict[str, Any]:
    """The same app, called at `base` (https://host) instead of connecting by itself."""
    door = base.rstrip("/").removesuffix(DOOR) + DOOR
    app = manifest()
    app["settings"]["socket_mode_enabled"] = False
    app["settings"]["event_subscriptions"] = {"request_url": door, **app["settings"]["event_subscriptions"]}
    app["settings"]["interactivity"]["request_url"] = door
    for command in app["features"]["slash_commands"]:
        command["url"] = door
    return app


Kind = Literal["private", "public"]
READS: dict[Kind, tuple[str, str]] = {
    "private": ("groups:history", "message.groups"),
    "public": ("channels:history", "message.channels"),
}
"""The scope, and the event, by which what people write in a kind of channel is heard of."""


def with_discussion(app: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """The same app, which also keeps what is written below its cards."""
    scope, event = READS[kind]
    about, settings = app["display_information"], app["settings"]["event_subscriptions"]
    before, _, _ = about["long_description"].rpartition("Steward reads ")
    about["long_description"] = (
        f"{before}Steward reads what is written to it directly, and keeps what is written in the threads of its own "
        "cards as part of the decision. Of all else that is said in channels it keeps nothing.\n"
    )
    app["oauth_config"]["scopes"]["bot"] = sorted({*app["oauth_config"]["scopes"]["bot"], scope})
    settings["bot_events"] = sorted({*settings["bot_events"], event})
    return app


def with_questions(app: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """The same app, which also answers plain questions in the channels of this kind that were switched on."""
    scope, event = READS[kind]
    about, settings = app["display_information"], app["settings"]["event_subscriptions"]
    about["long_description"] = (
        f"{about['long_description'].rstrip()}\nIn channels that were switched on it answers whoever asks whether an "
        "AI tool may be used, and keeps nothing else of what is said there.\n"
    ).replace(", and nothing else: it has no access to the messages of channels.", ".")
    app["oauth_config"]["scopes"]["bot"] = sorted({*app["oauth_config"]["scopes"]["bot"], scope})
    settings["bot_events"] = sorted({*settings["bot_events"], event})
    return app


def with_hints(app: dict[str, Any]) -> dict[str, Any]:
    """The same app, which also hears what is written in public channels, to hint at tools that nobody registered."""
    scope, event = READS["public"]
    about, settings = app["display_information"], app["settings"]["event_subscriptions"]
    before, _, reads = about["long_description"].rpartition("Steward reads ")
    if "nothing else" in reads:
        reads = "what is written to it directly.\n"
    about["long_description"] = (
        f"{before}Steward reads {reads.rstrip()} "
        "Where a channel wants it, whoever names an AI tool that is not registered is told so privately, once; nothing "
        "of the message is kept.\n"
    )
    app["oauth_config"]["scopes"]["bot"] = sorted({*app["oauth_config"]["scopes"]["bot"], scope})
    settings["bot_events"] = sorted({*settings["bot_events"], event})
    return app


def with_marks(app: dict[str, Any]) -> dict[str, Any]:
    """The same app, which hears of reactions: one of them puts a message into the timeline of an incident."""
    settings = app["settings"]["event_subscriptions"]
    app["oauth_config"]["scopes"]["bot"] = sorted([*app["oauth_config"]["scopes"]["bot"], "reactions:read"])
    settings["bot_events"] = sorted([*settings["bot_events"], "reaction_added"])
    return app


def declared() -> Declared:
    app = manifest()
    features, settings = app["features"], app["settings"]
    return Declared(
        events=frozenset(settings["event_subscriptions"]["bot_events"]),
        commands=frozenset(command["command"] for command in features["slash_commands"]),
        shortcuts=frozenset(shortcut["callback_id"] for shortcut in features["shortcuts"]),
        scopes=frozenset(app["oauth_config"]["scopes"]["bot"]),
    )
