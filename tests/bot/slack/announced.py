"""Pictures of a notice: for those who use it and for whom it affects, in each language, with gaps and without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.announcing import languages
from bot.slack import screens
from bot.words import speaking
from intake.answers import answered
from tests.bot.slack import scenery as s
from triage.announcing import Audience
from triage.case import Fact, Source, Status


def announced(say: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    case = s.submitted(status=Status.approved, decisions=(s.decision(),))
    told = {"check": "samples", "contest_route": say("Write to the team that sent you the letter")}
    facts = {
        question: Fact(question=question, answer=answered(said), by=s.ANA, at=s.NOW, source=Source.person)
        for question, said in told.items()
    }
    whole = case.model_copy(update={"facts": {**case.facts, **facts}})
    scene = s.scene(whole)
    return {
        "window_notice_gaps": screens.announce_view(s.scene(case), s.scene(case).words, Audience.affected)
    } | {
        f"window_notice_{audience}_{tongue}": screens.announce_view(scene, speaking(tongue, "UTC"), audience)
        for audience in Audience
        for tongue in languages()
    }
