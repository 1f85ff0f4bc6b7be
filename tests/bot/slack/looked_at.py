"""A picture of Home with conditions that somebody else says are met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from bot.slack import screens
from bot.slack.scene import Home
from tests.bot.slack import scenery as s
from triage.case import Status
from triage.conditions import Condition
from triage.steps import ConditionStep, Term


def looked_at(say: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    use = s.entry(title=say("Sort applications"), status=Status.approved)
    nameless = use.model_copy(update={"title": "", "tool_name": ""})
    met = Condition(
        decision="d1",
        number=1,
        text=say("A person checks each result"),
        term=Term(),
        steps=(_step(say, "done"),),
    )
    again = Condition(
        decision="d1",
        number=2,
        text=say("Only in English"),
        term=Term(due=s.NOW.date(), otherwise="narrows"),
        steps=(_step(say, "unmet"), _step(say, "done")),
    )
    home = Home(
        voice=s.voice(),
        reader=s.CLEO,
        now=s.NOW,
        day=s.NOW.date(),
        looking=((use, met), *[(nameless, again)] * 11),
    )
    return {"home_looking": screens.home(home)}


def _step(say: Callable[[str], str], kind: Literal["done", "unmet"]) -> ConditionStep:
    said = {"by": s.ANA, "link": "https://example.org/a", "words": say("See there")} if kind == "done" else {}
    return ConditionStep(id=f"s-{kind}", decision="d1", number=1, kind=kind, at=s.NOW, **said)
