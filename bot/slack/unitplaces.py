"""The channels of units, as they are chosen in the settings window: one field each, kept as one setting."""

from __future__ import annotations

from collections.abc import Mapping

from bot.configfile import read_value
from bot.slack.front import Front
from bot.slack.payloads import Submission
from bot.slack.screens.settings import UNITS, unit_field, units_of
from intake.source import Damaged


def touched(front: Front, submission: Submission) -> dict[str, str]:
    """By unit, the channel that was chosen for it; of units that nobody knows any more nothing."""
    found = {unit: unit_field(unit) for unit in units_of(front.office.config)}
    given = {
        unit: submission.fields[name]
        for unit, name in found.items()
        if name in submission.fields and name not in submission.left
    }
    return {unit: held[0].strip() if held else "" for unit, held in given.items()}


def settled(front: Front, chosen: Mapping[str, str]) -> list[str]:
    """All of them as they are kept, what was not touched as it was; a unit without a channel has none."""
    now = {**front.office.config.channels.units, **chosen}
    return [f"{channel} {unit}" for unit, channel in now.items() if channel]


def problems(front: Front, chosen: Mapping[str, str]) -> dict[str, str]:
    """By field: what is no channel, or one that others than our own people read."""
    found = {unit: _problem(front, unit, channel) for unit, channel in chosen.items() if channel}
    words = front.words
    return {unit_field(unit): words.label(f"problem.{name}") for unit, name in found.items() if name}


def _problem(front: Front, unit: str, channel: str) -> str:
    try:
        read_value(UNITS, [f"{channel} {unit}"])
    except Damaged:
        return "no_channel"
    return "shared_channel" if front.shared(channel) else ""
