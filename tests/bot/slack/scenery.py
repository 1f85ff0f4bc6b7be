"""Example cases on their way through the register, judged by the real rules, for drawing screens from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from bot.library import library
from bot.markup import Mrkdwn, escaped
from bot.slack.scene import Scene, Voice
from bot.words import Words
from intake.answers import Answer, answered, unsure
from triage.asset import Asset
from triage.case import Case, Decision, DecisionKind, Fact, Inquiry, Signature, Source, Status
from triage.desk import Desk
from triage.judge import judge
from triage.organisation import Organisation
from triage.register import Entry
from triage.talk import Asked, Phase, Proposal, Talk

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
ANA, BEN, CLEO = "person-ana", "person-ben", "person-cleo"
USERS = {ANA: "U0ANA", BEN: "U0BEN", CLEO: "U0CLEO"}
CASE = "4f1c2a9be07d4d0c8a64f8d1c0ffee00"

OTTER: dict[str, Answer] = {
    "kind": answered("use_new"),
    "tool": answered("otter"),
    "purpose": answered("Write down what is said in calls with customers"),
    "output_use": answered("draft_self"),
    "people": answered("customers"),
    "data": answered("personal"),
    "area": answered("none"),
    "red_flag": answered("none"),
}
PRIVATE: dict[str, Answer] = OTTER | {"data": answered("confidential"), "account": answered("personal_free")}
"""What another account and other data would make harmless."""

HIRING: dict[str, Answer] = OTTER | {
    "purpose": answered("Sort applications"),
    "output_use": answered("decides_people"),
    "people": answered("staff_applicants"),
    "area": answered("employment"),
    "function": answered("employment.ranking"),
    "influence": answered("followed"),
    "profiling": answered("yes"),
    "worst": answered("rights_or_livelihood"),
    "reverse": unsure(),
    "scale": answered("lt1000"),
    "monitoring": answered("none"),
    "account": answered("enterprise"),
    "train_on_data": unsure(),
}


@cache
def words() -> Words:
    return Words("en", "Europe/Berlin")


def mention(person: str) -> Mrkdwn:
    return Mrkdwn(f"<@{USERS[person]}>") if person in USERS else escaped(person)


def voice() -> Voice:
    return Voice(words=words(), mention=mention, user=lambda person: USERS.get(person, ""))


def desk(**change: Any) -> Desk:
    shelf = library()
    given: dict[str, Any] = {
        "now": NOW,
        "form": shelf.form,
        "wording": shelf.wording,
        "book": shelf.book,
        "catalogue": shelf.catalogue,
        "organisation": Organisation(regions=("eu",), units=("Sales", "Service"), zone="Europe/Berlin"),
        "roles": {"reviewer": frozenset({BEN}), "risk_owner": frozenset({BEN}), "privacy": frozenset({CLEO})},
        "assets": {"otter": Asset(id="otter", name="Otter", assessed=False)},
    }
    return Desk(**given | change)


def talk(**change: Any) -> Talk:
    return Talk(person=ANA, place="place", root="1.2").model_copy(update=change)


def case(answers: Mapping[str, Answer] | None = None, **change: Any) -> Case:
    known = OTTER if answers is None else answers
    facts = {q: Fact(question=q, answer=a, by=ANA, at=NOW, source=Source.person) for q, a in known.items()}
    made = Case(
        id=CASE,
        words="I'd like to use Otter.ai to transcribe customer calls",
        requester=ANA,
        owner=ANA,
        tool_id="otter",
        tool_name="Otter",
        facts=facts,
        talk=talk(),
        created_at=NOW,
    ).model_copy(update=change)
    shelf, at = library(), desk()
    if "verdict" in change:
        return made
    verdict = judge(shelf.form, shelf.book, made.answers, at.settings(made), at.day)
    return made.model_copy(update={"verdict": verdict})


def submitted(answers: Mapping[str, Answer] | None = None, **change: Any) -> Case:
    state = {
        "ref": "AIU-2026-0107",
        "status": Status.in_review,
        "title": "Otter: transcribe customer calls",
        "unit": "Sales",
        "due_at": NOW + timedelta(days=3),
        "submitted_at": NOW,
        "talk": talk(phase=Phase.closed),
    }
    return case(answers, **state | change)


def decision(kind: DecisionKind = DecisionKind.approve, **change: Any) -> Decision:
    return Decision(
        id="d1",
        kind=kind,
        reason="Customers are told at the start of each call.",
        signatures=(Signature(person=BEN, role="reviewer", at=NOW),),
        facts_digest="0",
        policies=(),
        at=NOW,
    ).model_copy(update=change)


def inquiry(**change: Any) -> Inquiry:
    asked = Inquiry(id="i1", asked_by=BEN, question="Who can listen to the recordings?", asked_at=NOW)
    return asked.model_copy(update=change)


def entry(**change: Any) -> Entry:
    return Entry(
        id="other",
        ref="AIU-2026-0042",
        title="Notes of internal meetings",
        status=Status.approved_with_conditions,
        tool_id="otter",
        tool_name="Otter",
        unit="Service",
        owner=CLEO,
        requester=CLEO,
        tier=(1, 1),
        conditions=("Only meetings without guests", "Delete recordings after 30 days"),
        updated_at=NOW,
    ).model_copy(update=change)


def scene(about: Case | None = None, **change: Any) -> Scene:
    given: dict[str, Any] = {
        "case": about or case(),
        "desk": desk(),
        "voice": voice(),
        "reader": ANA,
        "uses": (entry(),),
        "deciders": (BEN,),
        "left": (3, 5),
    }
    return Scene(**given | change)


def asking(
    question: str, answers: Mapping[str, Answer] | None = None, also: tuple[str, ...] = (), **change: Any
) -> Case:
    """A case whose open question is `question`, asked as turn 4, with `also` in the same message."""
    open_talk = talk(phase=Phase.asking, asked=(Asked(turn=4, question=question, also=also),))
    return case(answers, talk=open_talk.model_copy(update=change))


def changing(answers: Mapping[str, Answer], words: str) -> Case:
    """A case whose open question is only whether the purpose is to be another."""
    read = Proposal(question="purpose", answer=answered(words), because=words)
    case = asking("purpose", answers, proposals=(read,))
    assert case.talk is not None
    asked = (Asked(turn=4, question="purpose", change=True),)
    return case.model_copy(update={"talk": case.talk.model_copy(update={"asked": asked})})


def proposed() -> tuple[Proposal, ...]:
    return (
        Proposal(question="tool", answer=answered("otter"), because="Otter.ai"),
        Proposal(
            question="purpose",
            answer=answered("transcribe customer calls"),
            because="transcribe customer calls",
        ),
        Proposal(question="people", answer=answered("customers"), because="customer calls"),
    )
