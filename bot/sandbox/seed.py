"""Reads the seed of a workspace: a YAML file or a mapping. Faults name the entry and the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from bot.sandbox.conversation import Channel
from bot.sandbox.errors import Json
from bot.sandbox.people import Bot, Group, Person, Team

_DEFAULT = Path(__file__).with_name("example.yaml")
_KEYS = {
    "team",
    "bot",
    "people",
    "channels",
    "user_groups",
    "commands",
    "shortcuts",
    "scopes",
    "events",
    "metadata_events",
}
Part = TypeVar("Part", Team, Bot, Person, Group)


@dataclass
class Seed:
    """Everything a workspace starts with."""

    team: Team
    bot: Bot
    people: list[Person]
    channels: list[Channel]
    groups: list[Group]
    commands: list[Json]
    shortcuts: list[Json]
    scopes: set[str] | None = None
    events: set[str] | None = None
    metadata_events: set[str] = field(default_factory=set)


def read_seed(source: Path | str | Mapping[str, Any] | None) -> Seed:
    """Take the seed from a file, from a mapping, or from the example that comes along."""
    if isinstance(source, Mapping):
        data = dict(source)
    else:
        data = yaml.safe_load(Path(source or _DEFAULT).read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ValueError("The seed of the local workspace has to be a mapping.")
    if unknown := set(data) - _KEYS:
        raise ValueError(f"The seed of the local workspace has unknown keys: {', '.join(sorted(unknown))}.")
    bot = _part(Bot, data.get("bot") or {}, "bot")
    people = [_part(Person, entry, f"people[{i}]") for i, entry in enumerate(data.get("people") or [])]
    groups = [
        _part(Group, entry, f"user_groups[{i}]") for i, entry in enumerate(data.get("user_groups") or [])
    ]
    known = {person.id for person in people} | {bot.user_id}
    if len(known) != len(people) + 1:
        raise ValueError("Two people in the seed of the local workspace have the same id.")
    channels = [
        _channel(entry, f"channels[{i}]", known) for i, entry in enumerate(data.get("channels") or [])
    ]
    return Seed(
        team=_part(Team, data.get("team") or {}, "team"),
        bot=bot,
        people=people,
        channels=channels,
        groups=groups,
        commands=list(
            data.get("commands") or [{"command": "/steward", "hint": "what you would like to use"}]
        ),
        shortcuts=list(data.get("shortcuts") or []),
        scopes=set(data["scopes"]) if "scopes" in data else None,
        events=set(data["events"]) if "events" in data else None,
        metadata_events=set(data.get("metadata_events") or []),
    )


def _part(kind: type[Part], entry: Any, where: str) -> Part:
    names = {f.name for f in fields(kind)}
    if not isinstance(entry, dict) or set(entry) - names:
        raise ValueError(f"{where}: expected only the fields {', '.join(sorted(names))}; got {entry!r}.")
    try:
        return kind(**entry)
    except TypeError as fault:
        raise ValueError(f"{where}: {fault}.") from fault


def _channel(entry: Any, where: str, known: set[str]) -> Channel:
    allowed = {"id", "name", "is_private", "members", "topic", "is_archived", "shared_with"}
    if not isinstance(entry, dict) or set(entry) - allowed or not {"id", "name"} <= set(entry):
        raise ValueError(f"{where}: expected only the fields {', '.join(sorted(allowed))}; got {entry!r}.")
    members = list(entry.get("members") or [])
    if strangers := set(members) - known:
        raise ValueError(f"{where}: members that nobody knows: {', '.join(sorted(strangers))}.")
    return Channel(
        id=entry["id"],
        name=entry["name"],
        kind="group" if entry.get("is_private") else "channel",
        members=members,
        topic=entry.get("topic", ""),
        is_archived=bool(entry.get("is_archived")),
        shared_with=list(entry.get("shared_with") or []),
    )
