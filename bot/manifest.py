"""The Slack app as manifest.yaml declares it, and its variant for HTTP; both come from the one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def declared() -> Declared:
    app = manifest()
    features, settings = app["features"], app["settings"]
    return Declared(
        events=frozenset(settings["event_subscriptions"]["bot_events"]),
        commands=frozenset(command["command"] for command in features["slash_commands"]),
        shortcuts=frozenset(shortcut["callback_id"] for shortcut in features["shortcuts"]),
        scopes=frozenset(app["oauth_config"]["scopes"]["bot"]),
    )
