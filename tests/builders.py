"""Cases, desks and commands for tests; every test names only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

from hypothesis import strategies as st

from bot.library import Library, library
from intake.answers import Answer, answered, unsure
from triage.case import Case, Decision, DecisionKind, Fact, Inquiry, Signature, Source, Status
from triage.commands import Approve, AskRequester, Command, Decline
from triage.decide import decide
from triage.desk import Desk
from triage.interview import judged
from triage.lifecycle import DECIDED
from triage.organisation import Organisation
from triage.outcome import Outcome
from triage.talk import Asked, Phase, Talk
from triage.talking import Begin, Choose, Edit, Explain, Fill, Start, Steer, Submit, Type

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANA, BEN, CLEO, DAN, EVE = "P-ana", "P-ben", "P-cleo", "P-dan", "P-eve"
"""The requester, a reviewer, the risk owner, a stranger, and another reviewer."""

GOVERNANCE, DM, ROOT = "L-governance", "L-dm", "1700000000.000100"
ROLES = {
    "reviewer": frozenset({BEN, EVE}),
    "risk_owner": frozenset({CLEO}),
    "committee": frozenset({CLEO, BEN}),
    "legal": frozenset({EVE}),
}
_keys = count(1)


def key() -> str:
    """A key that no other command has."""
    return f"key-{next(_keys)}"


@cache
def shelf() -> Library:
    return library()


def a_desk(**change: Any) -> Desk:
    known = shelf()
    given: dict[str, Any] = {
        "now": NOW,
        "form": known.form,
        "wording": known.wording,
        "book": known.book,
        "catalogue": known.catalogue,
        "organisation": Organisation(
            regions=("eu",), public_body=False, units=("Sales", "People"), zone="Europe/Berlin", country="DE"
        ),
        "roles": ROLES,
        "governance": GOVERNANCE,
    }
    return Desk(**given | change)


def apart(desk: Desk, kind: str, person: str) -> Desk:
    """`kind`: "outsiders" or "visitors", of whom this person is one."""
    some = frozenset({person})
    return replace(desk, outsiders=some) if kind == "outsiders" else replace(desk, visitors=some)


LOW: dict[str, Answer] = {
    "kind": answered("use_new"),
    "tool": answered("otter"),
    "purpose": answered("Write down what is said in our own team meetings"),
    "output_use": answered("draft_self"),
    "people": answered("only_team"),
    "data": answered("internal"),
    "area": answered("none"),
    "red_flag": answered("none"),
    "account": answered("enterprise"),
    "train_on_data": answered("no_contract"),
}
"""Every result is settled, and a reviewer decides."""


def some_answers(**change: Answer) -> dict[str, Answer]:
    return LOW | change


def facts(answers: Mapping[str, Answer], by: str = ANA) -> dict[str, Fact]:
    return {q: Fact(question=q, answer=a, by=by, at=NOW, source=Source.person) for q, a in answers.items()}


def a_talk(**change: Any) -> Talk:
    return Talk(person=ANA, place=DM, root=ROOT).model_copy(update=change)


def a_case(
    status: Status = Status.in_review, answers: Mapping[str, Answer] | None = None, **change: Any
) -> Case:
    """A case of that status, judged by the rules in force; submitted unless it is a draft or an import."""
    given: dict[str, Any] = {
        "id": "case-1",
        "version": 3,
        "status": status,
        "title": "Otter: our own meetings",
        "words": "I'd like to use Otter.ai for our own meetings",
        "requester": ANA,
        "owner": ANA,
        "tool_id": "otter",
        "tool_name": "Otter.ai",
        "facts": facts(LOW if answers is None else answers),
        "created_at": NOW,
    }
    if status is Status.draft:
        given["talk"] = a_talk(phase=Phase.summary)
    else:
        given |= {"ref": "AIU-2026-0001", "submitted_at": NOW, "talk": a_talk(phase=Phase.closed)}
    if status is Status.needs_info:
        given["inquiries"] = (Inquiry(id="i1", asked_by=BEN, question="Who listens to them?", asked_at=NOW),)
    if status in DECIDED:
        given["decisions"] = (a_decision(status),)
    return judged(Case(**given | change), a_desk())


def a_decision(status: Status = Status.approved, **change: Any) -> Decision:
    kinds = {
        Status.approved: DecisionKind.approve,
        Status.approved_with_conditions: DecisionKind.approve_with_conditions,
        Status.declined: DecisionKind.decline,
    }
    given: dict[str, Any] = {
        "id": "d1",
        "kind": kinds[status],
        "reason": "Fits.",
        "signatures": (Signature(person=BEN, role="reviewer", at=NOW),),
        "facts_digest": "0",
        "policies": (),
        "at": NOW,
    }
    return Decision(**given | change)


def open_case() -> Case:
    """In review, with a result that is not settled."""
    return a_case(answers=some_answers(data=unsure(), area=unsure()))


def asking(question: str, *before: str, answers: Mapping[str, Answer] | None = None, **change: Any) -> Case:
    """A draft whose open question is `question`, after those of `before`."""
    turns = [Asked(turn=n, question=q, settled=True, heard=f"h{n}") for n, q in enumerate(before, 1)]
    asked = (*turns, Asked(turn=len(turns) + 1, question=question))
    return a_case(Status.draft, answers or {}, talk=a_talk(phase=Phase.asking, asked=asked), **change)


def begun(words: str = "I'd like to use Otter.ai to transcribe customer calls", **desk: Any) -> Case:
    """A draft right after its first words."""
    command = Begin(actor=ANA, key=key(), case="case-1", words=words, place=DM, root=ROOT)
    return decide(None, command, a_desk(**desk)).case


def after(case: Case | None, *commands: Command, desk: Desk | None = None) -> Outcome:
    """What the last of the commands comes to, each carried out on what the one before left."""
    at, outcome = desk or a_desk(), None
    for command in commands:
        outcome = decide(case, command, at)
        case = outcome.case
    if outcome is None:
        raise ValueError("no command was given")
    return outcome


def says(outcome: Outcome) -> list[str]:
    return [notice.say.value for notice in outcome.notices]


PEOPLE = (ANA, ANA, ANA, BEN, BEN, BEN, CLEO, DAN, EVE)  # those who can do most act most
TYPED = ("1", "2, 3", "not sure", "skip", "back", "pause", "resume", "cancel", "submit", "yes", "hand over",
         "help", "purple", "", "none")  # fmt: skip


def any_wish(case: str = "case-1") -> st.SearchStrategy[Command]:
    """Anything that anybody may ask of a case."""
    who = st.fixed_dictionaries({"actor": st.sampled_from(PEOPLE), "case": st.just(case)})
    answers: st.SearchStrategy[Answer] = st.sampled_from(
        [unsure(), *(answered(choice) for choice in ("none", "internal", "only_team", "social_scoring"))]
    )
    questions = st.sampled_from(sorted(LOW))

    def make(build: Any, **more: Any) -> st.SearchStrategy[Command]:
        drawn = st.fixed_dictionaries(more)
        return st.builds(lambda w, m: build(**w, key=key(), **m), who, drawn)

    return st.one_of(
        make(Type, words=st.sampled_from(TYPED)),
        make(Start, confirm=st.booleans()),
        make(Choose, turn=st.integers(1, 6), question=questions, answer=answers),
        make(
            Steer, wish=st.sampled_from(["back", "skip", "singly", "pause", "resume", "cancel", "hand_over"])
        ),
        make(Explain, what=st.sampled_from(["why", "help"])),
        make(Edit, question=questions),
        make(Fill, answers=st.just(LOW)),
        make(Fill, answers=st.fixed_dictionaries({"data": answers})),
        make(Submit),
        make(Approve, conditions=st.sampled_from([(), ("Tell people",)])),
        make(AskRequester, question=st.just("Why?")),
        make(Decline, reason=st.just("No")),
    )
