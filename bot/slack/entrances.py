"""Names of the ways in from outside of any screen, and of every field in a window."""

from __future__ import annotations

from enum import StrEnum

UNSURE = "unsure"
"""The choice that means "Not sure" wherever choices are offered."""
NOTHING = "-"  # the choice that means none of the tools offered


class Input(StrEnum):
    """`action_id` of every field in a modal; the field is named by its `block_id`, so one is enough."""

    VALUE = "value"


class Shortcut(StrEnum):
    ASK_ABOUT_AI = "ask_about_ai"
    LOG_THIS_USE = "log_this_use"
    ANSWER_WRONG = "answer_wrong"
    INCIDENT_FROM = "incident_from"
    INCIDENT_NOTE = "incident_note"
    RAISE_FROM = "raise_from"


class Command(StrEnum):
    STEWARD = "/steward"
