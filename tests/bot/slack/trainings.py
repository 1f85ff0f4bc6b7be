"""Pictures of trainings: what is mine, saying that I did it, and how far everybody is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.slack.message import message
from bot.slack.screens.matrix import matrix_button, matrix_view
from bot.slack.screens.system import kind_view
from bot.slack.screens.training import did_view, mine_told, mine_view, standing_view, way_out
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.systems import drafted
from triage.aims.entry import Said
from triage.aims.matrix import Cell
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
    words = s.voice().words
    refused = words.refusal("training_first", training=title, role="legal")
    return {
        "training_mine": mine_view(s.voice(), [(known, each) for each in held], TODAY),
        "training_barred": mine_view(s.voice(), [(known, held[0])], TODAY, {known.id: TODAY}),
        "training_bars": mine_view(s.voice(), [(known, held[3])], TODAY, {known.id: ahead}),
        "training_refused": message(words, refused, way_out(words, refused)),
        "training_kind": kind_view(
            s.voice(), known.of, [], drafts=True, root="", further=[matrix_button(words)]
        ),
        "training_matrix": matrix_view(s.voice(), _cells(title, say("Sales"))),
        "training_matrix_many": matrix_view(s.voice(), _cells(title, say("Sales")) * 12),
        "training_matrix_none": matrix_view(s.voice(), ()),
        "training_told": mine_told(s.voice(), [(known, each) for each in held], TODAY),
        "training_none": mine_view(s.voice(), [], TODAY),
        "training_did": did_view(s.voice(), known, TODAY),
        "training_who": standing_view(s.voice(), known, held, waits[:1], links, TODAY),
        "training_who_many": standing_view(s.voice(), known, many, waits, links, TODAY),
        "training_who_nobody": standing_view(s.voice(), known, (), (), {}, TODAY),
    }


def _cells(title: str, unit: str) -> tuple[Cell, ...]:
    def cell(unit: str, role: str, people: int, has: int, late: int = 0) -> Cell:
        about = {"unit": unit, "role": role, "needs": "AIM-2026-0007", "title": title}
        return Cell.model_validate({**about, "people": people, "has": has, "late": late, "waits": 0})

    return (
        cell("People", "legal", 2, 2),
        cell(" ".join(unit.split())[:80] or "Sales", "reviewer", 5, 3, 1),
        cell(" ".join(unit.split())[:80] or "Sales", "uses", 12, 4),
        cell("", "executive", 1, 0),
    )
