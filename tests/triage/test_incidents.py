"""Incidents: who may do what, how severe one is and why, which clocks run, and when one may end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.answers import Answer, answered, unsure
from intake.source import Damaged
from tests.bot.slack.scenery import HIRING
from tests.builders import a_case
from tests.triage.incidents import (
    ANA,
    BEN,
    CLEO,
    DAN,
    EVE,
    HARMLESS,
    LEA,
    NOW,
    PIA,
    SAM,
    Kind,
    came_of,
    desk,
    does,
    later,
    reported,
    ruled,
    used,
)
from triage.case import Status as Of
from triage.incidents.asked import questions
from triage.incidents.clocks import clocks_of, waiting
from triage.incidents.ending import wanting
from triage.incidents.incident import Incident, Status
from triage.incidents.outcome import About
from triage.incidents.rulebook import book
from triage.incidents.severity import legal, severity_of
from triage.incidents.wishes import (
    AddAction,
    AskBack,
    Assess,
    CheckAction,
    Classify,
    Close,
    Contain,
    DoAction,
    NameUse,
    Note,
    NotedTold,
    RecordCause,
    Reject,
    Reopen,
    SettleClock,
    Suspend,
    TakeUp,
)
from triage.onward import SuspendUse

DUE = {"due": NOW.date() + timedelta(days=9)}


def assessed(incident: Incident | None = None, by: str = LEA, /, **answers: Any) -> Incident:
    return does(incident or reported(), Assess, by, answers=HARMLESS | answers, reason="We looked into it")


# -- who may do what


WISHES: dict[str, tuple[type[Any], dict[str, Any]]] = {
    "take_up": (TakeUp, {}),
    "assess": (Assess, {"answers": {"extent": answered("real")}}),
    "name_use": (NameUse, {"use": "case-1"}),
    "serious": (Classify, {"what": "serious", "value": "yes"}),
    "breach": (Classify, {"what": "breach", "value": "yes"}),
    "contain": (Contain, {"how": "limited", "words": "Only internal prices now"}),
    "suspend": (Suspend, {"reason": "Until we know why"}),
    "note": (Note, {"words": "The vendor called back"}),
    "met": (SettleClock, {"clock": "gdpr-authority", "outcome": "met"}),
    "not_applicable": (
        SettleClock,
        {"clock": "gdpr-authority", "outcome": "not_applicable", "reason": "No data"},
    ),
    "cause": (RecordCause, {"words": "An old price list", "kinds": ("data",)}),
    "add_action": (AddAction, {"words": "Load the list nightly", "owner": BEN, **DUE}),
    "do_action": (DoAction, {"action": "a", "evidence": "Ticket 7"}),
    "check_action": (CheckAction, {"action": "b", "found": "effective"}),
    "told": (NotedTold, {"whom": "provider"}),
    "ask_back": (AskBack, {"words": "Which list was it?"}),
    "close": (Close, {"lessons": "Check lists"}),
    "reject": (Reject, {"reason": "A test"}),
}
PEOPLE = {"dan": DAN, "ana": ANA, "ben": BEN, "cleo": CLEO, "eve": EVE, "pia": PIA, "lea": LEA, "sam": SAM}
"""DAN reported it, ANA owns the use, BEN reviews and owns an action; then risk owner, legal, privacy, lead, auditor."""
NO, ROLE, STOP, NAMED = "not_who_handles", "not_in_role_here", "not_who_suspends", "named_reporter"
ALLOWED: dict[str, tuple[str, ...]] = {
    "take_up": (NO, NO, NO, "ok", "ok", "ok", "ok", NO),
    "assess": (NO, NO, NO, "ok", "ok", "ok", "ok", NO),
    "name_use": (NO, NO, NO, "ok", "ok", "ok", "ok", NO),
    "serious": (ROLE, ROLE, ROLE, ROLE, "ok", ROLE, ROLE, ROLE),
    "breach": (ROLE, ROLE, ROLE, ROLE, ROLE, "ok", ROLE, ROLE),
    "contain": (NO, "ok", NO, "ok", "ok", "ok", "ok", NO),
    "suspend": (STOP, "own_use", "ok", "ok", STOP, STOP, "ok", STOP),
    "note": ("ok", "ok", "ok", "ok", "ok", "ok", "ok", NO),
    "met": (ROLE, ROLE, ROLE, "ok", "ok", "ok", "ok", ROLE),
    "not_applicable": (ROLE, ROLE, ROLE, ROLE, ROLE, "ok", "ok", ROLE),
    "cause": (NO, "ok", NO, "ok", "ok", "ok", "ok", NO),
    "add_action": (NO, NO, NO, "ok", "ok", "ok", "ok", NO),
    "do_action": (NO, NO, "ok", "ok", "ok", "ok", "ok", NO),
    "check_action": (NO, NO, NO, "ok", "own_action", "ok", "ok", NO),
    "told": (ROLE, ROLE, ROLE, "ok", "ok", "ok", "ok", ROLE),
    "ask_back": (NO, NO, NO, NAMED, NAMED, NAMED, NAMED, NO),
    "close": (ROLE, ROLE, ROLE, "assess_first", ROLE, ROLE, "assess_first", ROLE),
    "reject": (ROLE, ROLE, ROLE, "ok", ROLE, ROLE, "ok", ROLE),
}


def underway() -> tuple[Incident, Any]:
    """Reported by DAN about ANA's use; action `a` is BEN's to do, `b` was done by EVE in place of BEN."""
    case = used()
    found = reported(DAN, case)
    steps: dict[str, str] = {}
    for name in ("a", "b"):
        found = does(found, AddAction, LEA, case, words="Mend it", owner=BEN, **DUE)
        steps[found.now.actions[-1].id] = name
    renamed = [
        step.model_copy(update={"id": steps.get(step.id, step.id)})
        for step in found.steps
    ]  # fmt: skip
    found = Incident(id=found.id, ref=found.ref, steps=tuple(renamed))
    return does(found, DoAction, EVE, case, action="b", evidence="Ticket 8"), case


@pytest.mark.parametrize("what", WISHES)
def test_who_may_do_what(what: str) -> None:
    incident, case = underway()
    wish, more = WISHES[what]
    found = tuple(came_of(incident, wish, person, case, **more) for person in PEOPLE.values())
    assert found == ALLOWED[what]


def test_every_wish_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(WISHES)


@pytest.mark.parametrize("what", WISHES)
def test_nothing_is_done_to_what_is_over(what: str) -> None:
    incident, case = underway()
    over = does(incident, Reject, LEA, case, reason="It was a test")
    wish, more = WISHES[what]
    who = zip(PEOPLE.values(), ALLOWED[what], strict=True)
    allowed = next(person for person, then in who if then in ("ok", "assess_first", NAMED))
    assert came_of(over, wish, allowed, case, **more) == "incident_over"
    assert came_of(over, Reopen, DAN, case, reason="It was none") == "ok"
    assert came_of(incident, Reopen, LEA, case, reason="Why not") == "incident_open"


@pytest.mark.parametrize(("wish", "more"), [(Close, {"lessons": "x"}), (Reject, {"reason": "x"})])
def test_nobody_ends_their_own(wish: Any, more: dict[str, Any]) -> None:
    assert came_of(reported(LEA), wish, LEA, **more) == "own_incident"
    mine = used(owner=LEA)
    assert came_of(reported(DAN, mine), wish, LEA, mine, **more) == "own_use_incident"


# -- how severe, and why


EXAMPLES: tuple[tuple[dict[str, Answer], Kind, str, str, tuple[str, ...]], ...] = (
    ({}, Kind.incident, "low", "low", ("recorded",)),
    ({}, Kind.policy_breach, "medium", "medium", ("policy-breach",)),
    ({"extent": answered("inconvenience")}, Kind.incident, "medium", "medium", ("some-effect",)),
    ({"extent": answered("inconvenience")}, Kind.near_miss, "low", "low", ("some-effect", "near-miss")),
    ({"extent": answered("real")}, Kind.incident, "high", "high", ("real-effect",)),
    ({"extent": answered("real"), "vulnerable": answered("yes")}, Kind.incident, "critical", "critical",
     ("real-effect", "vulnerable-people")),
    ({"extent": answered("death"), "harm": answered("health_or_life")}, Kind.incident, "critical", "critical",
     ("serious-injury", "death")),
    ({"extent": answered("death"), "harm": answered("health_or_life")}, Kind.near_miss, "high", "high",
     ("serious-injury", "death", "near-miss")),
    ({"practice": answered("yes")}, Kind.concern, "critical", "critical", ("prohibited-practice",)),
    ({"practice": unsure()}, Kind.concern, "low", "critical", ("recorded",)),
    ({"irreversible": answered("yes")}, Kind.incident, "critical", "critical", ("agent-irreversible",)),
    ({"repeated": answered("yes")}, Kind.incident, "high", "high", ("repeated",)),
    ({"personal_data": answered("ordinary")}, Kind.incident, "high", "high", ("personal-data",)),
    ({"personal_data": answered("special"), "people": answered("more")}, Kind.incident, "critical", "critical",
     ("leak-of-special-data",)),
    ({"harm": answered("rights"), "people": answered("hundreds")}, Kind.incident, "critical", "critical",
     ("rights-of-many",)),
    ({"harm": answered("rights")}, Kind.incident, "high", "high", ("rights",)),
    ({"harm": answered("critical_infrastructure"), "extent": answered("serious")}, Kind.incident, "critical",
     "critical", ("infrastructure",)),
    ({"category": answered("prompt_injection")}, Kind.incident, "medium", "medium", ("signal",)),
)  # fmt: skip


@pytest.mark.parametrize(("answers", "kind", "floor", "ceiling", "because"), EXAMPLES)
def test_severity(
    answers: dict[str, Answer], kind: Kind, floor: str, ceiling: str, because: tuple[str, ...]
) -> None:
    found = severity_of(assessed(reported(kind=kind), **answers))
    assert (found.floor, found.ceiling, found.because) == (floor, ceiling, because)


def test_every_rule_has_an_example() -> None:
    rules = book()
    told = {id for *_, because in EXAMPLES for id in because}
    assert {each.id for each in (*rules.rules, *rules.raising, *rules.lowering)} == told


@st.composite
def some_answers(draw: st.DrawFn) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for question in questions().values():
        plain = [c.id for c in question.choices if not c.alone]
        most = 1 if question.kind.value == "one" else 3
        picked = draw(st.lists(st.sampled_from(plain), min_size=1, max_size=most, unique=True))
        found[question.id] = answered(*picked)
    return found


@given(some_answers(), st.sets(st.sampled_from(sorted(questions()))), st.sampled_from(sorted(Kind)))
def test_what_is_not_said_never_makes_it_less(
    answers: dict[str, Answer], hidden: set[str], kind: Kind
) -> None:
    """Not sure, or not asked at all: the floor does not rise, the ceiling does not sink, and no clock stops."""
    case, rules = used(), book()
    whole = assessed(reported(kind=kind), **answers)
    clear = severity_of(whole)
    assert clear.settled
    for blurred in (
        reported_with(kind, {name: unsure() if name in hidden else each for name, each in answers.items()}),
        reported_with(kind, {name: each for name, each in answers.items() if name not in hidden}),
    ):
        found = severity_of(blurred)
        assert rules.levels.index(found.floor) <= rules.levels.index(clear.floor)
        assert rules.levels.index(found.ceiling) >= rules.levels.index(clear.ceiling)
        runs = {each.id for each in clocks_of(whole, case, desk())}
        assert runs <= {each.id for each in clocks_of(blurred, case, desk())}


def reported_with(kind: Kind, answers: dict[str, Answer]) -> Incident:
    found = reported(kind=kind)
    return does(found, Assess, LEA, answers=answers, reason="So it is") if answers else found


def test_a_report_says_what_is_bad_and_excludes_nothing() -> None:
    said = {"harm": answered("none"), "happening": answered("no"), "extent": answered("real")}
    found = severity_of(reported(answers=said))
    assert (found.floor, found.ceiling) == ("high", "critical")
    assert legal(reported(answers=said), "serious").value == "possible"


def test_nobody_excludes_anything_about_their_own_use() -> None:
    """Nothing was certain yet, so nothing is less severe; all the same a clock would run no more."""
    mine, said = used(owner=LEA), {"answers": {"personal_data": answered("no")}}
    assert came_of(reported(DAN, mine), Assess, LEA, mine, **said) == "own_use_incident"
    assert came_of(reported(DAN, mine), Assess, CLEO, mine, **said) == "ok"


def test_less_severe_takes_a_second_person_and_a_reason() -> None:
    worse = assessed(None, CLEO, extent=answered("real"))
    less = {"answers": {"extent": answered("nothing")}}
    assert came_of(worse, Assess, CLEO, **less, reason="I was wrong") == "lower_second"
    assert came_of(worse, Assess, LEA, **less) == "lower_reason"
    mine = used(owner=LEA)
    assert came_of(worse, Assess, LEA, mine, **less, reason="Nothing came of it") == "own_use_incident"
    assert severity_of(does(worse, Assess, LEA, **less, reason="Nothing came of it")).floor == "low"
    sooner, after = NOW - timedelta(days=1), NOW + timedelta(hours=1)
    assert came_of(worse, Assess, CLEO, answers={}, aware_at=sooner) == "ok"
    assert came_of(worse, Assess, CLEO, answers={}, aware_at=after) == "not_yet"
    earlier = does(worse, Assess, CLEO, answers={}, aware_at=sooner)
    assert came_of(earlier, Assess, CLEO, answers={}, aware_at=NOW) == "lower_second"


@pytest.mark.parametrize(
    ("question", "answer", "why"),
    [
        ("nothing", answered("yes"), "unknown_question"),
        ("extent", answered("huge"), "unknown_choice"),
        ("extent", answered("real", "death"), "only_one"),
        ("harm", answered("none", "rights"), "alone"),
        ("harm", answered(), "empty"),
    ],
)
def test_answers_that_are_none(question: str, answer: Answer, why: str) -> None:
    assert came_of(reported(), Assess, LEA, answers={question: answer}) == "answer_unfit"


OUTSIDE, INSIDE = {"origin": answered("outside")}, {"origin": answered("inside")}


def test_only_what_came_from_outside_has_somebody_outside_to_answer() -> None:
    assert came_of(reported(), NotedTold, LEA, whom="reporter") == "not_from_outside"
    outside = does(reported(), Assess, LEA, answers=OUTSIDE)
    assert outside.now.owes_answer
    told = does(outside, NotedTold, LEA, whom="reporter")
    assert told.now.answered is not None
    assert not told.now.owes_answer


def test_nobody_takes_the_answer_away_from_who_waits_for_it_about_their_own_use() -> None:
    case = used().model_copy(update={"owner": LEA})
    outside = does(reported(DAN, case), Assess, CLEO, case, answers=OUTSIDE)
    assert came_of(outside, Assess, LEA, case, answers=INSIDE) != "ok"
    assert not does(outside, Assess, CLEO, case, answers=INSIDE).now.owes_answer


# -- clocks


SERIOUS = {"extent": answered("real"), "harm": answered("rights"), "people": answered("few")}


def certain(incident: Incident, case: Any, at: Any = None) -> dict[str, float | None]:
    found = clocks_of(incident, case, at or desk())
    return {each.id: each.clock.hours for each in found if each.certain}


def test_nothing_is_excluded_before_anybody_looked() -> None:
    found = clocks_of(reported(), None, desk())
    assert {each.id for each in found} == {each.id for each in book().clocks}
    assert not any(each.certain for each in found)
    assert len(waiting(reported(), None, desk())) == len(found)


def test_what_is_known_to_be_harmless_starts_none() -> None:
    assert clocks_of(assessed(), used(), desk()) == ()


@pytest.mark.parametrize(
    ("answers", "clocks"),
    [
        ({"our_role": answered("deployer")}, {"ai-act-provider", "ai-act-risk"}),
        ({"our_role": answered("provider")}, {"ai-act-fifteen-days", "ai-act-correct"}),
        (
            {
                "our_role": answered("provider"),
                "extent": answered("death"),
                "harm": answered("health_or_life"),
            },
            {"ai-act-ten-days", "ai-act-fifteen-days", "ai-act-correct"},
        ),
        (
            {"our_role": answered("provider"), "harm": answered("critical_infrastructure")},
            {"ai-act-two-days", "ai-act-fifteen-days", "ai-act-correct"},
        ),
        (
            {"our_role": answered("deployer_alone"), "people": answered("more")},
            {"ai-act-provider", "ai-act-risk", "ai-act-two-days", "ai-act-fifteen-days"},
        ),
        ({"our_role": answered("model_provider")}, {"ai-act-model"}),
    ],
)
def test_clocks_of_the_ai_act(answers: dict[str, Answer], clocks: set[str]) -> None:
    case = high()
    found = assessed(reported(DAN, case), **SERIOUS | answers)
    found = does(found, Classify, EVE, case, what="serious", value="yes")
    assert set(certain(found, case)) == clocks
    for each in clocks_of(found, case, desk()):
        assert not each.binding or each.id == "ai-act-model", (
            "voluntary before the day from which the duty binds"
        )
        assert each.due == (NOW + timedelta(hours=each.clock.hours or 0))


def high() -> Any:
    """A use that the law calls high risk."""
    case = a_case(Of.approved, HIRING)
    assert case.verdict is not None
    assert str(case.verdict.results["eu"].floor) == "high"
    return case


@pytest.mark.parametrize(
    ("answers", "clocks"),
    [
        ({"personal_data": answered("ordinary")}, {"gdpr-authority": 72}),
        ({"personal_data": answered("special")}, {"gdpr-authority": 72, "gdpr-people": 0}),
        ({"personal_data": answered("ordinary"), "data_role": answered("processor")}, {"gdpr-controller": 0}),
        ({"duties": answered("nis2")}, {"nis2-warning": 24, "nis2-notification": 72, "nis2-report": 720}),
        ({"duties": answered("contract")}, {"contract-notice": None}),
        (
            {"duties": answered("mdr"), "extent": answered("serious")},
            {"mdr-ten-days": 240, "mdr-fifteen-days": 360},
        ),
    ],
)
def test_other_clocks(answers: dict[str, Answer], clocks: dict[str, float | None]) -> None:
    case = used()
    found = assessed(reported(DAN, case), **answers)
    found = does(found, Classify, PIA, case, what="breach", value="yes")
    expected = clocks if "personal_data" in answers else {**clocks}
    told = {
        id: hours
        for id, hours in certain(found, case).items()
        if not id.startswith("gdpr") or "personal_data" in answers
    }
    assert told == expected


def test_only_legal_and_privacy_stop_what_is_possible() -> None:
    case = high()
    found = assessed(reported(DAN, case), **SERIOUS, personal_data=answered("ordinary"))
    assert legal(found, "serious").value == legal(found, "breach").value == "possible"
    before = {each.id for each in clocks_of(found, case, desk())}
    assert {"ai-act-provider", "gdpr-authority"} <= before
    assert came_of(found, Classify, EVE, case, what="serious", value="no") == "why_needed"
    found = does(found, Classify, EVE, case, what="serious", value="no", reason="Nobody lost a right")
    assert {each.id for each in clocks_of(found, case, desk())} == before - {"ai-act-provider"}


def test_a_clock_is_met_missed_or_does_not_apply_by_name_and_reason() -> None:
    case = used()
    found = assessed(reported(DAN, case), personal_data=answered("ordinary"))
    clock = {"clock": "gdpr-authority"}
    assert state(found, case, later(hours=71)) == "running"
    assert state(found, case, later(hours=73)) == "missed"
    met = does(found, SettleClock, PIA, case, later(hours=70), **clock, outcome="met")
    assert state(met, case, later(hours=99)) == "met"
    late = does(found, SettleClock, PIA, case, later(hours=80), **clock, outcome="met")
    assert state(late, case, later(hours=99)) == "missed"
    told_before = NOW + timedelta(hours=70)
    backdated = does(found, SettleClock, PIA, case, later(hours=80), **clock, outcome="met", when=told_before)
    assert state(backdated, case, later(hours=99)) == "met"
    assert came_of(found, SettleClock, PIA, case, **clock, outcome="not_applicable") == "why_needed"
    none = does(found, SettleClock, PIA, case, **clock, outcome="not_applicable", reason="Encrypted")
    assert state(none, case, later(hours=99)) == "not_applicable"
    assert (none.now.settled["gdpr-authority"].by, none.now.settled["gdpr-authority"].reason) == (
        PIA,
        "Encrypted",
    )
    assert came_of(none, SettleClock, LEA, case, **clock, outcome="met") == "clock_settled"
    assert came_of(found, SettleClock, PIA, case, clock="none", outcome="met") == "no_such_clock"


def state(incident: Incident, case: Any, at: Any) -> str:
    return next(each.state for each in clocks_of(incident, case, at) if each.id == "gdpr-authority")


# -- its end


def test_it_ends_when_cause_actions_and_clocks_are_settled() -> None:
    case = used()
    found = reported(DAN, case)
    assert wanting(found, case, desk())[0] == "assess_first"
    found = assessed(found, extent=answered("real"), personal_data=answered("ordinary"))
    assert wanting(found, case, desk()) == ("cause_needed", "action_needed", "clocks_open")
    found = does(found, RecordCause, ANA, case, words="An old list", kinds=("data", "moon"))
    assert (found.status, found.now.causes) == (Status.investigating, ("data",))
    found = does(found, AddAction, LEA, case, words="Load it nightly", owner=ANA, **DUE)
    (action,) = found.now.actions
    assert (found.status, wanting(found, case, desk())) == (Status.fixing, ("actions_open", "clocks_open"))
    assert came_of(found, CheckAction, LEA, case, action=action.id, found="effective") == "action_not_done"
    assert came_of(found, DoAction, ANA, case, action=action.id, evidence=" ") == "shown_by_what"
    found = does(found, DoAction, ANA, case, action=action.id, evidence="Ticket 7")
    assert (found.status, wanting(found, case, desk())[0]) == (Status.monitoring, "actions_unchecked")
    worse = does(found, CheckAction, LEA, case, action=action.id, found="not_effective")
    assert wanting(worse, case, desk())[0] == "action_failed"
    found = does(found, CheckAction, LEA, case, action=action.id, found="effective")
    assert came_of(found, Close, LEA, case) == "clocks_open"
    found = does(found, SettleClock, PIA, case, clock="gdpr-authority", outcome="met")
    for each in waiting(found, case, desk()):
        found = does(found, SettleClock, LEA, case, clock=each.id, outcome="not_applicable", reason="Asked")
    assert came_of(found, Close, LEA, case) == "lessons_needed"
    done = ruled(found, Close, LEA, case, lessons="Lists age")
    assert done.incident.status is Status.closed
    assert len(done.incident.now.judged) == 4
    assert [wish.do for wish in done.wishes] == ["rejudge"]
    assert [(each.about, each.to) for each in done.tells] == [(About.card, ""), (About.closed, DAN)]
    assert does(done.incident, Reopen, DAN, case, reason="Again").status is Status.reopened


def test_what_certainly_runs_is_not_rejected_away() -> None:
    case = used()
    found = assessed(reported(DAN, case), personal_data=answered("ordinary"))
    found = does(found, Classify, PIA, case, what="breach", value="yes")
    assert came_of(found, Reject, LEA, case, reason="No") == "clocks_open"


def test_a_suspension_is_one_decision_on_both() -> None:
    case = used()
    made = ruled(reported(DAN, case), Suspend, BEN, case, reason="Wrong prices")
    assert (made.incident.now.suspended, made.incident.now.contained) == (True, "stopped")
    assert made.wishes == (
        SuspendUse(
            actor=BEN,
            key=f"{made.incident.steps[-1].id}:use",
            case=case.id,
            incident="AII-2026-0001",
        ),
    )
    assert came_of(reported(), Suspend, BEN, None, reason="Why") == "no_use_to_suspend"


def test_a_concern_without_a_name_tells_nobody_and_nobody_is_its_reporter() -> None:
    made = reported("", kind=Kind.concern)
    assert made.now.anonymous
    assert all(step.by == "" for step in made.steps)
    assert came_of(made, Reopen, "", reason="x") == "not_who_handles"


def test_a_confidential_use_makes_it_so_for_good() -> None:
    closed = used(confidential=True)
    found = does(reported(), NameUse, LEA, closed, use=closed.id)
    assert found.confidential
    other = used(id="case-2")
    assert does(found, NameUse, LEA, other, use="case-2").confidential


def test_a_damaged_file_says_all_that_is_wrong(tmp_path: Any) -> None:
    (tmp_path / "severity.yaml").write_text("levels: [low]\nrules: 3\n")
    (tmp_path / "clocks.yaml").write_text("clocks: []\n")
    with pytest.raises(Damaged) as damaged:
        book(tmp_path)
    assert "reminders" in str(damaged.value)
    assert "lessons_from" in str(damaged.value)
