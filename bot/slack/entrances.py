"""By what Steward is called without anything of it being on the screen: shortcuts and the command."""

from __future__ import annotations

from enum import StrEnum


class Shortcut(StrEnum):
    ASK_ABOUT_AI = "ask_about_ai"
    LOG_THIS_USE = "log_this_use"
    ANSWER_WRONG = "answer_wrong"
    INCIDENT_FROM = "incident_from"
    INCIDENT_NOTE = "incident_note"


class Command(StrEnum):
    STEWARD = "/steward"
