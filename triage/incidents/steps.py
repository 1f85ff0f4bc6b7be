"""From a wish to the step that stays: what it says in short values, and the words that people wrote beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from intake.answers import Answer, State
from triage.desk import Desk
from triage.incidents.incident import CHANGED, Detail, Incident, Step, StepKind
from triage.incidents.outcome import About, Ruled, Tell
from triage.incidents.wishes import OfIncidents
from triage.outcome import Facts, Refused

LONGEST = 3000
CARD = Tell(about=About.card)


def step_of(
    command: OfIncidents,
    desk: Desk,
    *,
    kind: StepKind | None = None,
    role: str = "",
    detail: Detail | None = None,
    texts: Mapping[str, str] | None = None,
) -> Step:
    """`kind`: where what stays is called otherwise than the wish."""
    told = {name: text.strip()[:LONGEST] for name, text in (texts or {}).items()}
    return Step(
        id=command.key,
        kind=kind or cast(StepKind, command.do),
        by=command.actor,
        role=role,
        at=desk.now,
        detail={name: value for name, value in (detail or {}).items() if value not in ("", ())},
        texts={name: text for name, text in told.items() if text},
    )


def ruled(incident: Incident, step: Step, *tells: Tell) -> Ruled:
    """With the card, which shows it all."""
    after = incident.model_copy(update={"steps": (*incident.steps, step)})
    # a copy keeps what was worked out before; what is new is worked out anew
    after = Incident(**{name: getattr(after, name) for name in Incident.model_fields})
    return Ruled(incident=after, step=step, tells=(CARD, *tells))


def given(answers: Mapping[str, Answer]) -> Facts:
    """Answers as short values."""
    told: Facts = {
        f"answer{CHANGED}{question}": answer.picked for question, answer in answers.items() if answer.picked
    }
    open_ones = tuple(q for q, answer in sorted(answers.items()) if answer.state is State.unsure)
    return told | ({"unsure": open_ones} if open_ones else {})


def needed(text: str, refusal: str = "words_needed") -> str:
    if not text.strip():
        raise Refused(refusal)
    return text


def moment(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""


def check_not_ahead(at: datetime | None, desk: Desk) -> None:
    """Nobody knew, or did, what is still to come."""
    if at is not None and at > desk.now:
        raise Refused("not_yet")
