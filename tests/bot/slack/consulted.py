"""Pictures of what a model said: beside a question, in its thread, as a draft and in the windows, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Scene
from bot.slack.screens import consulted as c
from bot.slack.screens.question import question
from store.consult_owed import NOTHING
from tests.bot.slack import scenery as s
from triage.consulting import OF_A_USE, OF_AN_INCIDENT, About, Suggestion
from triage.outcome import Say

Picture = Message | dict[str, Any]
MODEL = "openai/local"


def consulted(say: Callable[[str], str]) -> dict[str, Picture]:
    words, card = s.words(), s.submitted()
    drafted = {
        About.decline: say("The vendor keeps the recordings."),
        About.condition: say("Nobody else may hear the recordings."),
    }
    told: dict[str, Any] = {"ref": "AIU-2026-0042", "model": say(MODEL)}
    deciding = s.scene(card, reader=s.BEN, model=MODEL, drafted=drafted)
    drawn: dict[str, Picture] = {
        "question_suggested": _question(say, "data", "client_owned"),
        "question_together_suggested": _question(say, "area", "employment", "red_flag"),
        "question_together_suggested_several": _several(say, "area", ("employment", "education"), "red_flag"),
        "welcome_with_model": screens.render(Say.welcome, s.scene(s.case(), model=say(MODEL)), {}),
        "card_with_model": screens.render(Say.card, s.scene(card, model=MODEL), {}),
        "window_consult": c.consult_view(words, card.id, OF_A_USE, say(MODEL)),
        "window_consult_incident": c.consult_view(words, card.id, OF_AN_INCIDENT, say(MODEL)),
        "window_decline_drafted": screens.decline_view(deciding),
        "window_conditions_drafted": screens.conditions_view(deciding),
        "follow_up": c.told(words, "1", "follow_up", say("Is any of it about people?")),
    }
    for about in (*OF_A_USE, *OF_AN_INCIDENT):
        drawn[f"draft_{about.value}"] = c.told(words, "1", about.value, say("It records calls."), **told)
    for state in NOTHING:
        drawn[f"draft_none_{state}"] = c.none(words, "summary", state)
    for made in c.MADE:
        drawn[f"draft_{made}"] = c.told(words, "1", "decline", say("It records calls."), made=made, **told)
    return drawn


def _question(say: Callable[[str], str], asked: str, choice: str, *also: str) -> Message:
    read = (Suggestion(question=asked, choices=(choice,), because=say("sheets of those who hired us")),)
    return question(_open(asked, *also, suggestions=read, model=MODEL), {"turn": 4, "question": asked})


def _several(say: Callable[[str], str], asked: str, choices: tuple[str, ...], *also: str) -> Message:
    """Nobody denies all of it having seen a part."""
    read = (Suggestion(question=asked, choices=choices, because=say("sheets of those who hired us")),)
    return question(_open(asked, *also, suggestions=read, model=MODEL), {"turn": 4, "question": asked})


def _open(asked: str, *also: str, **change: Any) -> Scene:
    known = {q: a for q, a in s.OTTER.items() if q not in (asked, *also)}
    return s.scene(s.asking(asked, known, also), **change)
