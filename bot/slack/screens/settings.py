"""The window in which the governance lead changes what the organisation settles once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.config import Config
from bot.configfile import CHOSEN, REGIONS, ROLES
from bot.markup import cut
from bot.slack import blocks as b
from bot.slack.ids import Input, View, to_choice
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.digested import DAYS, NEVER

YES_NO = ("yes", "no")
UNITS = "channels.units"
MOST, NAMED = 40, 100
"""So many units are shown, as a window has room for no more; characters of a name."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "roles": ("roles.",),
    "channels": ("channels.",),
    "digest": ("digest.",),
    "hours": ("hours.",),
    "policies": ("policies",),
    "organisation": ("organisation.", "tools.", "incidents.", "language", "timezone", "country", "deputies"),
}
"""Which keys each part of the settings has."""


def settings_view(
    voice: Voice, config: Config, part: str = "", seen: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Each field's `block_id` is the key under which its setting is kept. User groups stay as they are.

    `part`: only those of it. `seen`: by key, a sign of what each was when the window was drawn.
    """
    words = voice.words
    drawn = [
        _channel(words, "channels.governance", config.channels.governance),
        _channel(words, "channels.incidents", config.channels.incidents),
        _questions(words, config.channels.questions),
        *_of_units(words, config),
        *(_role(words, config, role) for role in ROLES),
        *_organisation(words, config),
        _policies(words, config.policies),
    ]
    wanted = [each for each in drawn if not part or str(each["block_id"]).startswith(PARTS[part])]
    keys = dict.fromkeys(key_of(str(each["block_id"])) for each in wanted)
    about = to_seen({key: (seen or {}).get(key, "") for key in keys})
    if part == "channels" and not units_of(config):
        wanted.append(b.context(words.label("settings.no_units")))
    title = words.label("settings.title")
    return modal(words, View.SETTINGS, title, wanted, submit=words.label("settings.save"), about=about)


def units_of(config: Config) -> tuple[str, ...]:
    """Those that are named, and those that have a channel though they are named no more."""
    return tuple(dict.fromkeys((*config.organisation.units, *config.channels.units)))


def unit_field(unit: str) -> str:
    return f"{UNITS}.{to_choice(unit)}"


def key_of(block_id: str) -> str:
    """Under which a field's setting is kept: the channels of all units are one."""
    return UNITS if block_id.startswith(f"{UNITS}.") else block_id


def _of_units(words: Words, config: Config) -> list[b.Block]:
    """Where each reads what nobody owns, and what is offered to it."""
    return [
        b.field(
            unit_field(unit),
            words.label("settings.field.unit_channel", unit=cut(unit, NAMED)),
            _conversation(config.channels.units.get(unit)),
            hint=words.label("settings.field.unit_hint"),
            optional=True,
        )
        for unit in units_of(config)[:MOST]
    ]


def to_seen(seen: Mapping[str, str]) -> str:
    return ",".join(f"{key}={sign}" for key, sign in seen.items())


def from_seen(text: str) -> dict[str, str]:
    """Nothing of a window that was drawn before such signs were."""
    return {key: sign for key, _, sign in (each.partition("=") for each in text.split(",")) if sign}


def _channel(words: Words, key: str, chosen: str | None) -> b.Block:
    return _field(words, key, _conversation(chosen))


def _conversation(chosen: str | None) -> b.Element:
    element: b.Element = {"type": "conversations_select", "action_id": Input.VALUE.value}
    return element | ({"initial_conversation": chosen} if chosen else {})


def _questions(words: Words, chosen: Sequence[str]) -> b.Block:
    element: b.Element = {"type": "multi_conversations_select", "action_id": Input.VALUE.value}
    if chosen:
        element["initial_conversations"] = list(chosen)
    key, hint = "channels.questions", words.label("settings.questions_hint")
    return b.field(key, words.label(f"settings.field.{key}"), element, hint=hint, optional=True)


def _role(words: Words, config: Config, role: str) -> b.Block:
    held = config.roles.get(role, ())
    people = [holder for holder in held if not holder.startswith("S")]
    groups = [holder for holder in held if holder.startswith("S")]
    element: b.Element = {"type": "multi_users_select", "action_id": Input.VALUE.value}
    if people:
        element["initial_users"] = people
    hint = words.label("settings.groups", groups=", ".join(groups)) if groups else ""
    return b.field(f"roles.{role}", words.label(f"role_name.{role}"), element, hint=hint, optional=True)


def _organisation(words: Words, config: Config) -> list[b.Block]:
    told = config.organisation
    regions = [b.option(words.label(f"settings.region.{region}"), region) for region in REGIONS]
    return [
        _field(words, "organisation.regions", b.several(Input.VALUE, "", regions, ticked=told.regions)),
        _field(words, "organisation.public_body", _flag(words, told.public_body)),
        _field(words, "organisation.works_council", _flag(words, told.works_council)),
        _field(words, "organisation.sector", b.typed(text=told.sector or "", lines=False, longest=200)),
        _field(words, "organisation.units", b.typed(text="\n".join(told.units))),
        _field(words, "tools.settled", b.typed(text="\n".join(config.settled))),
        _field(words, "incidents.speak_up", b.typed(text=config.speak_up or "", lines=False, longest=200)),
        _field(words, "incidents.outside", b.typed(text=config.outside or "", lines=False, longest=200)),
        _field(words, "incidents.reaction", b.typed(text=config.reaction or "", lines=False, longest=100)),
        _field(words, "language", b.typed(text=config.language, lines=False, longest=10)),
        _field(words, "timezone", b.typed(text=config.timezone, lines=False, longest=60)),
        _field(words, "country", b.typed(text=config.country or "", lines=False, longest=2)),
        _field(words, "deputies", _flag(words, config.deputies)),
        _field(words, "digest.day", _day(words, config.digest.day)),
        _field(words, "digest.time", b.typed(text=config.digest.time, lines=False, longest=5)),
        _field(words, "digest.zone", b.typed(text=config.digest.zone or "", lines=False, longest=60)),
        _field(words, "hours.begin", b.typed(text=config.hours.begin, lines=False, longest=5)),
        _field(words, "hours.end", b.typed(text=config.hours.end, lines=False, longest=5)),
    ]


def _policies(words: Words, on: Sequence[str]) -> b.Block:
    """Each with what it brings; whoever switches one on reads that first."""
    options = [
        b.option(words.label(f"settings.policy.{each}.name"), each)
        | {"description": b.plain(words.label(f"settings.policy.{each}.brings"), b.OPTION)}
        for each in CHOSEN
    ]
    hint = words.label("settings.policies_hint")
    element = b.several(Input.VALUE, "", options, ticked=on)
    return b.field("policies", words.label("settings.field.policies"), element, hint=hint, optional=True)


def _day(words: Words, chosen: str) -> b.Element:
    options = [b.option(words.label(f"settings.day.{day}"), day) for day in (*DAYS, NEVER)]
    return b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=chosen)


def _flag(words: Words, stated: bool | None) -> b.Element:
    options = [b.option(words.label(f"settings.{word}"), word) for word in YES_NO]
    chosen = "" if stated is None else YES_NO[0] if stated else YES_NO[1]
    return b.select(Input.VALUE, words.label("placeholder.choose"), options, chosen=chosen)


def _field(words: Words, key: str, element: b.Element) -> b.Block:
    return b.field(key, words.label(f"settings.field.{key}"), element, optional=True)
