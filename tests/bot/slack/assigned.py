"""Pictures of who has a request: taken, passed on, or stepped aside from, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home, Scene
from tests.bot.slack import scenery as s
from triage.case import Case, Status
from triage.commands import Command, PassOn, Recuse, Take
from triage.decide import decide
from triage.outcome import Say
from triage.seats import deciding_people

Picture = Message | dict[str, Any]
DAN = "person-dan"
DESK = s.desk(roles=dict.fromkeys(("reviewer", "risk_owner", "committee"), frozenset({s.BEN, s.CLEO, DAN})))


def assigned(say: Callable[[str], str]) -> dict[str, Picture]:
    free = s.submitted()
    taken = _after(free, Take(actor=s.BEN, key="t1", case=s.CASE))
    over = _after(taken, Take(actor=s.CLEO, key="t2", case=s.CASE))
    given = _after(taken, PassOn(actor=s.CLEO, key="p", case=s.CASE, person=DAN))
    aside = _after(given, Recuse(actor=DAN, key="r", case=s.CASE, reason=say("My brother sells it.")))
    alone = s.desk(roles=dict.fromkeys(DESK.roles, frozenset({DAN})))
    waiting = s.entry(title=say("Otter for calls"), status=Status.in_review)
    home: dict[str, Any] = {
        "reader": s.BEN,
        "now": s.NOW,
        "day": s.NOW.date(),
        "waiting": (waiting,),
        "deciders": {waiting.id: (s.CLEO,)},
    }
    cards = {"free": free, "taken": taken, "recused": aside}
    cards = {name: _worded(case, say) for name, case in cards.items()}
    drawn: dict[str, Picture] = {f"card_{name}": _card(case) for name, case in cards.items()}
    return drawn | {
        "own_card_taken": screens.render(Say.summary, _scene(cards["taken"], reader=s.ANA), {}),
        "note_taken": _note(taken, about="taken", person=s.BEN, by=s.BEN),
        "note_taken_over": _note(over, about="taken", person=s.CLEO, by=s.CLEO, former=s.BEN),
        "note_passed_on": _note(given, about="passed_on", person=DAN, by=s.CLEO, former=s.BEN),
        "note_recused": _note(aside, about="recused", person=DAN, by=DAN),
        "note_recused_last": _note(aside, alone, about="recused", person=DAN, by=DAN),
        "window_pass_on": screens.pass_on_view(_scene(cards["free"], reader=s.BEN)),
        "window_recuse": screens.recuse_view(_scene(cards["free"], reader=s.BEN)),
        "home_taken": screens.home(Home(voice=s.voice(), held={waiting.id: s.CLEO}, **home)),
        "home_mine": screens.home(Home(voice=s.voice(), held={waiting.id: s.BEN}, **home)),
    }


def _worded(case: Case, say: Callable[[str], str]) -> Case:
    return case.model_copy(update={"title": say(case.title), "words": say(case.words)})


def _after(case: Case, command: Command) -> Case:
    return decide(case, command, DESK).case


def _scene(case: Case, desk: Any = DESK, **change: Any) -> Scene:
    return s.scene(case, desk=desk, uses=(), deciders=deciding_people(case, desk), **change)


def _card(case: Case) -> Message:
    return screens.render(Say.card, _scene(case), {})


def _note(case: Case, desk: Any = DESK, **facts: Any) -> Message:
    return screens.render(Say.card_note, _scene(case, desk), facts)
