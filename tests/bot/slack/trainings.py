"""Pictures of trainings: what is mine, saying that I did it, and how far everybody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.slack.screens.training import did_view, mine_view, standing_view
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.systems import drafted
from triage.aims.entry import Said
from triage.aims.training import Noted, Trainee

TODAY = s.NOW.date()


def trainings(say: Callable[[str], str]) -> dict[str, Picture]:
    title = " ".join(say("AI literacy basics").split())[:200] or "AI literacy basics"
    said: dict[str, Said] = {
        "title": title,
        "of_uses": ("owner",),
        "months": "12",
        "confirmed": "yes",
        "link": "https://example.com/course",
    }
    known = drafted("training", said)
    ago, ahead = TODAY - timedelta(days=40), TODAY + timedelta(days=9)
    held = (
        Trainee(person=s.ANA, asked=ago, due=ago),
        Trainee(person=s.BEN, asked=ago, done=ago, due=ahead),
        Trainee(person=s.CLEO, asked=ago, waits=TODAY, due=ahead),
        Trainee(person=s.ANA, asked=ago, due=ahead),
        Trainee(person=s.ANA, asked=ago, done=ago, due=ago + timedelta(days=9)),
        Trainee(person=s.BEN, asked=ago, done=ago),
    )
    many = tuple(Trainee(person=f"P{n}", asked=ago, due=ahead) for n in range(90))
    waits = [Noted("done", s.CLEO, TODAY, s.CLEO, n) for n in range(12)]
    links = {(s.CLEO, TODAY): "https://example.com/certificate"}
    return {
        "training_mine": mine_view(s.voice(), [(known, each) for each in held], TODAY),
        "training_none": mine_view(s.voice(), [], TODAY),
        "training_did": did_view(s.voice(), known, TODAY),
        "training_who": standing_view(s.voice(), known, held, waits[:1], links, TODAY),
        "training_who_many": standing_view(s.voice(), known, many, waits, links, TODAY),
        "training_who_nobody": standing_view(s.voice(), known, (), (), {}, TODAY),
    }
