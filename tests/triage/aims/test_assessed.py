"""An assessment is looked at by somebody without a part in it, as it was shown, and holds while nothing moves."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import UNSURE, Answer, answered
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_case, a_desk
from tests.triage.aims.test_entries import drafting
from triage.aims.assessed import KIND, Beside, Shown, beside_of, shown, standing
from triage.aims.decide import Beside as Whole
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.case import Case, Fact, Source
from triage.desk import Desk
from triage.outcome import Refused
from triage.questionnaire import Sheet, found_of
from triage.roles import ROLES
from triage.schemes import questionnaire
from triage.underlying import Underlying, check_assessed, named

FORM = questionnaire("dpia-screening")
ALL = frozenset((ANA, BEN, CLEO, DAN))
DESK = a_desk(roles=dict.fromkeys(ROLES, ALL))


def fact(question: str, choice: str, by: str = DAN) -> Fact:
    return Fact(question=question, answer=answered(choice), by=by, at=NOW, source=Source.person)


def sheet(**more: str) -> Sheet:
    said = {q.id: fact(q.id, "no") for q in FORM.form.questions() if not q.given and q.id != "full_where"}
    said |= {"dpia": fact("dpia", "not_indicated"), "full_is": fact("full_is", "done")}
    said |= {question: fact(question, choice) for question, choice in more.items()}
    answers = {question: each.answer for question, each in said.items()}
    return Sheet(case="case-1", facts=said, finding=found_of(FORM, answers), version=3)


def case() -> Case:
    return a_case(requester=ANA, owner=ANA)


def held(now: Sheet | None = None) -> Beside:
    return beside_of(case(), now or sheet(), FORM, frozenset((DAN,)))


def reviewing(actor: str, now: Shown, outcome: str = "stands", **more: Any) -> Any:
    about = now.model_dump() | {"uses": (now.ref,)} | more
    del about["ref"]
    return drafting(
        actor, KIND, "case-1:dpia-screening", said=about | {"outcome": outcome, "words": "Read it all"}
    )


def looked(actor: str, outcome: str = "stands", beside: Beside | None = None, **more: Any) -> Entry:
    known = beside or held()
    assert known.shown is not None
    return decide(None, reviewing(actor, known.shown, outcome, **more), DESK, Whole(assessment=known))


def refusal(*args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        looked(*args, **more)
    return refused.value.key


def test_who_has_no_part_says_that_it_stands() -> None:
    entry = looked(CLEO)
    assert entry.in_force is not None
    assert standing(entry, shown(case(), sheet(), FORM.form)) == "stands"
    assert standing(looked(CLEO, "work_left"), shown(case(), sheet(), FORM.form)) == "work_left"
    assert standing(None, shown(case(), sheet(), FORM.form)) == "none"


@pytest.mark.parametrize("actor", [ANA, DAN])
def test_nobody_looks_at_their_own(actor: str) -> None:
    """Ana owns the use, Dan wrote in it; whatever roles they hold."""
    assert refusal(actor) == "own_assessment"


def test_what_is_unfinished_does_not_stand_and_can_be_sent_on() -> None:
    unfinished = Sheet(case="case-1", facts={"new": fact("new", "yes")}, version=1)
    unfinished = unfinished.model_copy(update={"finding": found_of(FORM, unfinished.answers)})
    assert refusal(CLEO, beside=held(unfinished)) == "assessment_unfinished"
    assert looked(CLEO, "work_left", held(unfinished)).in_force is not None


@pytest.mark.parametrize("part", ["version", "answers", "facts", "found"])
def test_only_exactly_what_was_shown(part: str) -> None:
    assert refusal(CLEO, **{part: 9 if part == "version" else "other"}) == "entry_moved"


def test_without_anything_to_look_at_and_for_an_operator_it_is_nothing() -> None:
    known = held().shown
    assert known is not None
    for actor, beside in ((CLEO, Beside()), ("", held())):
        with pytest.raises(Refused, match="unknown_entry"):
            decide(None, reviewing(actor, known), DESK, Whole(assessment=beside))


def test_it_is_stale_with_other_answers_and_with_other_facts_of_the_use() -> None:
    entry = looked(CLEO)
    assert standing(entry, shown(case(), sheet(new="yes"), FORM.form)) == "stale"
    moved = case().model_copy(update={"facts": {"scale": fact("scale", "gt10000", ANA)}})
    assert standing(entry, shown(moved, sheet(), FORM.form)) == "stale"


def test_a_yes_waits_for_what_is_due_and_names_what_it_rests_on() -> None:
    due = {"name": "ai-impact", "title": "AISIA", "due": True, "digest": "3 abc"}
    for state in ("none", "work_left", "stale"):
        known = Underlying.model_validate({**due, "standing": state})
        with pytest.raises(Refused, match="assessment_first"):
            check_assessed(case(), [known])
        check_assessed(case(), [known.model_copy(update={"due": False})])
    stands = Underlying.model_validate({**due, "standing": "stands"})
    check_assessed(case(), [stands])
    assert named([stands, stands.model_copy(update={"digest": ""})]) == {
        "assessments": ("ai-impact 3 abc stands",)
    }


AISIA = questionnaire("ai-impact")
OPEN = {
    "iso_impact": answered("full"),
    "tier": answered("2"),
    "affected": answered("customers"),
    "misuse": answered("none"),
    "harms": answered("none"),
    "heard": answered("themselves"),
    "told": answered("yes"),
    **{id: answered("no") for id in ("groups", "society", "weighs_on", "hard_to_undo", "unaware")},
    **{f"remains_{scale}": answered("1") for scale in ("likelihood", "impact")},
}
PANEL = a_desk(roles={**dict.fromkeys(ROLES, frozenset((CLEO,))), "committee": frozenset((BEN,))})


def weighed(values: Answer) -> Beside:
    answers = {**OPEN, "values": values}
    said = {q: Fact(question=q, answer=a, by=DAN, at=NOW, source=Source.person) for q, a in answers.items()}
    found = Sheet(case="case-1", facts=said, finding=found_of(AISIA, answers), version=1)
    return beside_of(case(), found, AISIA, frozenset((DAN,)))


def says(actor: str, beside: Beside, outcome: str = "stands", desk: Desk = PANEL) -> Entry:
    assert beside.shown is not None
    about = beside.shown.model_dump() | {"uses": (beside.shown.ref,), "outcome": outcome, "words": "Weighed"}
    del about["ref"]
    wish = drafting(actor, KIND, "case-1:ai-impact", said=about)
    return decide(None, wish, desk, Whole(assessment=beside))


@pytest.mark.parametrize("values", [answered("honesty"), UNSURE])
def test_what_goes_against_values_or_may_is_for_the_committee_to_weigh(values: Answer) -> None:
    beside = weighed(values)
    assert beside.complete
    with pytest.raises(Refused) as refused:
        says(CLEO, beside)
    assert (refused.value.key, refused.value.facts["role"]) == ("values_first", "committee")
    assert says(CLEO, beside, "work_left").in_force is not None, "anybody who looks may send it back"
    made = says(BEN, beside).in_force
    assert made is not None
    assert (made.by, says(BEN, beside).steps[0].role) == (BEN, "committee")


def test_where_nobody_is_left_in_the_committee_whoever_leads_weighs_it() -> None:
    alone = a_desk(roles={**PANEL.roles, "committee": frozenset((DAN,))})
    assert says(CLEO, weighed(answered("trust")), desk=alone).in_force is not None, "Dan wrote in it"


def test_what_goes_against_nothing_needs_no_committee() -> None:
    assert says(CLEO, weighed(answered("none"))).in_force is not None


def test_a_yes_names_the_committee_where_it_waits_for_it() -> None:
    due = {"name": "ai-impact", "title": "AISIA", "due": True, "digest": "3 abc", "standing": "none"}
    with pytest.raises(Refused, match="committee_first"):
        check_assessed(
            case(), [Underlying.model_validate({**due, "roles": ("committee", "governance_lead")})]
        )
