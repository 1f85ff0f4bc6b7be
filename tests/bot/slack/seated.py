"""Pictures of a request on which several have to say yes, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Scene
from tests.bot.slack import scenery as s
from tests.builders import LOW
from triage.approving import approve
from triage.case import Case
from triage.commands import Approve
from triage.outcome import Say
from triage.seats import deciding_people, sign_offs
from triage.verdict import Seated

Picture = Message | dict[str, Any]
LEA, SAM = "person-lea", "person-sam"
HELD = {"legal": LEA, "security": SAM, "risk_owner": s.CLEO, "committee": s.BEN, "executive": s.CLEO}
DESK = s.desk(roles={role: frozenset({person}) for role, person in HELD.items()})
SEATS = (
    Seated(role="legal"),
    Seated(role="security", people=2),
    Seated(role="privacy", fallback=("legal",)),
    Seated(role="committee", step=2),
    Seated(role="executive", step=3, apart=True),
)


def seated(say: Callable[[str], str]) -> dict[str, Picture]:
    waiting = _called(_worded(s.submitted(LOW), say), SEATS)
    begun = _yes(_yes(waiting, SAM, say, ("Look at the log each month.",)), LEA, say)
    two = _called(_worded(s.submitted(LOW), say), (Seated(role="legal"), Seated(role="committee", step=2)))
    done = _yes(_yes(two, LEA, say), s.BEN, say)
    ids = tuple(each.id for each in sign_offs(begun, DESK))
    return {
        "card_seats": _card(waiting),
        "card_seats_begun": _card(begun),
        "own_card_seats_begun": screens.render(Say.summary, _scene(begun, reader=s.ANA), {}),
        "note_signed_off": _note(begun, about="signed_off", decisions=ids[1:]),
        "note_signed_off_on_condition": _note(begun, about="signed_off", decisions=ids[:1]),
        "decided_by_two": screens.render(Say.decided, _scene(done, reader=s.ANA), {}),
        "note_decided_by_two": _note(done, about="decided"),
    }


def _called(case: Case, seats: tuple[Seated, ...]) -> Case:
    assert case.verdict is not None
    return case.model_copy(update={"verdict": case.verdict.model_copy(update={"seats": seats})})


def _worded(case: Case, say: Callable[[str], str]) -> Case:
    return case.model_copy(update={"title": say(case.title), "words": say(case.words)})


def _yes(case: Case, actor: str, say: Callable[[str], str], conditions: tuple[str, ...] = ()) -> Case:
    given: dict[str, Any] = {"actor": actor, "key": f"yes-{actor}", "case": s.CASE}
    asked = tuple(map(say, conditions))
    return approve(case, Approve(**given, reason=say("It fits."), conditions=asked), DESK).case


def _scene(case: Case, **change: Any) -> Scene:
    return s.scene(case, desk=DESK, uses=(), deciders=deciding_people(case, DESK), **change)


def _card(case: Case) -> Message:
    return screens.render(Say.card, _scene(case), {})


def _note(case: Case, **facts: Any) -> Message:
    return screens.render(Say.card_note, _scene(case), facts)
