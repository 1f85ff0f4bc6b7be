"""What is open for whoever asked is counted in one way, and nothing can be pressed once it is answered."""

from __future__ import annotations

from datetime import timedelta

from intake.answers import Answer, answered, unsure
from tests.builders import ANA, BEN, LOW, NOW, ROLES, a_case, a_desk, after, key
from triage.case import Case, Status
from triage.commands import AskRequester, Decline, Settle
from triage.desk import Desk
from triage.outcome import Outcome, Say
from triage.talking import Submit, Type
from triage.unanswered import asked_of_requester

OPEN: dict[str, Answer] = {q: a for q, a in LOW.items() if q != "account"} | {"data": unsure()}
PRIVACY = "P-fay"
DATA = {"data": answered("internal")}


def staffed(minutes: int = 0, **change: frozenset[str]) -> Desk:
    roles = ROLES | {"privacy": frozenset({PRIVACY})} | change
    return a_desk(roles=roles, now=NOW + timedelta(minutes=minutes))


def handed_in() -> Case:
    return after(a_case(Status.draft, OPEN), Submit(actor=ANA, key=key(), case="case-1"), desk=staffed()).case


def settled(case: Case, by: str, answers: dict[str, Answer], minutes: int) -> Outcome:
    wish = Settle(actor=by, key=key(), case="case-1", answers=answers)
    return after(case, wish, desk=staffed(minutes))


def over(outcome: Outcome, say: Say = Say.settled_for_you) -> list[dict[str, object]]:
    return [dict(n.facts) for n in outcome.notices if n.say is say and n.facts.get("over")]


def test_what_went_to_a_role_is_not_the_requesters() -> None:
    case = handed_in()
    assert case.verdict is not None
    assert {gap.question for gap in case.verdict.gaps} > set(asked_of_requester(case, staffed())) != set()
    assert "data" not in asked_of_requester(case, staffed())
    assert asked_of_requester(case.model_copy(update={"status": Status.declined}), staffed()) == ()


def test_nothing_is_asked_that_changes_nothing() -> None:
    assert asked_of_requester(a_case(answers=LOW), staffed()) == ()


def test_whoever_settles_it_hears_what_is_still_open() -> None:
    outcome = settled(handed_in(), ANA, DATA, 1)
    (told,) = [n for n in outcome.notices if n.say is Say.settled_for_you]
    assert (told.facts["by"], told.facts["questions"], told.facts["fresh"]) == (ANA, ("data",), True)


def test_what_could_be_pressed_is_taken_away_once_nothing_is_left_to_answer() -> None:
    first = settled(handed_in(), PRIVACY, DATA, 1)
    named = next(n.facts["until"] for n in first.notices if n.say is Say.settled_for_you)
    assert over(first) == [], "something is left"
    left = {q: LOW[q] for q in asked_of_requester(first.case, staffed())}
    assert left
    last = settled(first.case, ANA, left, 2)
    assert asked_of_requester(last.case, staffed()) == ()
    (told,) = over(last)
    assert (told["until"], told["by"], told["questions"]) == (named, PRIVACY, ("data",))


def test_thanks_for_an_answer_lose_their_button_too() -> None:
    asked = AskRequester(actor=BEN, key=key(), case="case-1", question="Which account?")
    role = {"committee": frozenset({BEN}), "risk_owner": frozenset({BEN})}
    case = after(handed_in(), asked, desk=staffed(1, **role)).case
    replied = after(case, Type(actor=ANA, key=key(), case="case-1", words="Ours"), desk=staffed(2, **role))
    thanks = next(n for n in replied.notices if n.say is Say.inquiry_thanks)
    no = Decline(actor=BEN, key=key(), case="case-1", reason="Not this one")
    done = after(replied.case, no, desk=staffed(3, **role))
    assert [told["until"] for told in over(done, Say.inquiry_thanks)] == [thanks.facts["until"]]
