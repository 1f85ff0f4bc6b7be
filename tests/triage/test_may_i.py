"""May this be used for that: each verdict from its records, and what never makes one of them a yes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.answers import Answer, answered
from intake.catalogue import Catalogue
from intake.sentence import read
from tests.builders import NOW, a_case, a_desk, some_answers
from triage.case import Case, Status
from triage.may_i import YES, MayI, may_i
from triage.purposes import Known, asked, fit
from triage.register import PUBLIC, Entry
from triage.stages import Stage, StageMove, TaskStep

CATALOGUE = Catalogue.load()
DESK = a_desk()
TITLE = "Otter.ai: Transcribe internal meetings"
FOR_THIS = "Can I use Otter to transcribe internal meetings?"


def use(
    status: Status = Status.approved,
    title: str = TITLE,
    *,
    id: str = "",
    tool: str = "otter",
    conditions: tuple[str, ...] = (),
    purpose: str = "",
    answers: dict[str, Answer] | None = None,
) -> Known:
    entry = Entry(
        id=id or f"{status}-{title}-{tool}",
        ref="AIU-2026-0001",
        title=title,
        status=status,
        tool_id=tool,
        tool_name=title.partition(":")[0],
        conditions=conditions,
        updated_at=NOW,
    )
    return Known(entry, purpose, answers or {})


def case(known: Known, **change: object) -> Case:
    made = a_case(known.use.status, some_answers(), id=known.use.id)
    return made.model_copy(update=change)


def told(words: str, *uses: Known, beside: tuple[Known, ...] = (), **change: object) -> MayI:
    cases = {each.use.id: case(each, **change) for each in uses}
    return may_i(asked(read(words, CATALOGUE), words), uses, cases, DESK, beside, "meetings")


@pytest.mark.parametrize(
    ("words", "title", "purpose", "kind"),
    [
        (FOR_THIS, TITLE, "", "yes"),
        ("can i use otter for transcribing our internal meetings", TITLE, "", "yes"),
        ("Otter.ai for the transcription of internal meetings?", TITLE, "", "yes"),
        ("Can I use Otter to transcribe meetings?", TITLE, "", "yes"),
        ("Can I use Otter for meetings?", TITLE, "", "other_purpose"),
        ("Can I use Otter to transcribe internal meetings with customers?", TITLE, "", "other_purpose"),
        ("Can I use Otter to transcribe job interviews?", TITLE, "", "other_purpose"),
        ("Can I use Otter to transcribe meetings that are not internal?", TITLE, "", "other_purpose"),
        ("Can I use Otter to transcribe internal meetings without telling people?", TITLE, "", "other_purpose"),
        ("Can I use Otter to transcribe internal meetings? Not with our account though.", TITLE, "", "other_purpose"),
        ("Can I use Otter?", TITLE, "", "for_these"),
        ("otter", TITLE, "", "for_these"),
        ("Can I put customer data into Otter?", TITLE, "", "other_purpose"),
        ("Can I use Otter for meetings with customers?", "Otter.ai: Meetings, not with customers", "", "other_purpose"),
        ("Can I use Otter for calls with customers?", "Otter.ai: Calls of our own, never with customers", "",
         "other_purpose"),
        ("Can I use Otter for minutes of board meetings?", "Otter.ai: Minutes", "Minutes. Board meetings are out.",
         "other_purpose"),
        ("Can I use Otter for minutes of our stand-ups?", "Otter.ai: Notes", "Minutes of our stand-ups.", "yes"),
        ("Can I use Otter for minutes of meetings?", "Otter.ai: Minutes of meetings…",
         "Minutes of meetings without customers of the shop in which nobody objects", "yes"),
        ("Can I use Otter for minutes of meetings?", "Otter.ai: Minutes of meetings…",
         "Minutes of meetings of the board of the shop in Leipzig", "other_purpose"),
        ("Can I use Otter for minutes of meetings?", "Otter.ai: Minutes of meetings…", "", "other_purpose"),
    ],
)  # fmt: skip
def test_a_yes_only_for_what_was_approved(words: str, title: str, purpose: str, kind: str) -> None:
    assert told(words, use(title=title, purpose=purpose)).kind == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.approved, "yes"),
        (Status.under_reassessment, "suspended"),
        (Status.in_review, "not_yet"),
        (Status.needs_info, "not_yet"),
        (Status.blocked, "no"),
        (Status.declined, "no"),
        (Status.disclosed, "unknown"),
        (Status.lapsed, "unknown"),
        (Status.retired, "unknown"),
    ],
)
def test_each_state_has_its_verdict(status: Status, kind: str) -> None:
    found = told(FOR_THIS, use(status))
    assert found.kind == kind
    assert [each.status for each in (*found.uses, *found.others)] == [status]


def test_what_is_on_record_for_something_else_says_nothing_of_this() -> None:
    for status in (Status.in_review, Status.declined, Status.under_reassessment):
        found = told(FOR_THIS, use(status, "Otter.ai: Score applicants"))
        assert (found.kind, len(found.others)) == ("unknown", 1)


def test_with_conditions_it_is_a_yes_if_and_one_without_comes_first() -> None:
    bound, free = use(conditions=("Tell them",), id="bound"), use(id="free")
    assert told(FOR_THIS, bound).kind == "yes_if"
    both = told(FOR_THIS, bound, free)
    assert (both.kind, [each.id for each in both.uses]) == ("yes", ["free", "bound"])


def test_what_may_not_begin_yet_is_held_and_what_ends_is_no_yes() -> None:
    called = TaskStep(id="t", task="vendor", kind="called", before="pilot", at=NOW)
    held = told(FOR_THIS, use(), task_steps=(called,))
    assert (held.kind, len(held.held)) == ("yes_if", 1)
    ending = told(FOR_THIS, use(), stage_moves=(StageMove(id="m", to=Stage.retiring, at=NOW),))
    assert (ending.kind, len(ending.ending)) == ("other_purpose", 1)


def test_an_account_or_data_that_were_not_approved_are_no_yes() -> None:
    approved = use(answers={"account": answered("enterprise"), "data": answered("internal")})
    assert told(FOR_THIS, approved).kind == "yes"
    private = "Can I use my private Otter account to transcribe internal meetings?"
    assert told(private, approved).kind == "other_purpose"
    closer = use(
        title="Otter.ai: Transcribe internal meetings of the team",
        answers={"people": answered("only_team"), "data": answered("internal")},
    )
    patients = "Can I use Otter to transcribe internal meetings of the team on patients?"
    assert told(patients, closer).kind == "other_purpose"


def test_instead_of_a_no_comes_what_is_approved_for_that() -> None:
    other = use(title="Fireflies: Transcribe internal meetings", tool="fireflies")
    far = use(title="Fireflies: Score leads", tool="fireflies")
    found = told(FOR_THIS, use(Status.declined), beside=(far, other))
    assert [each.title for each in found.instead] == [other.use.title]
    assert told(FOR_THIS, use(), beside=(other,)).instead == ()
    assert [each.title for each in told("Can I use Otter?", use(Status.declined), beside=(far,)).instead] == [
        far.use.title
    ]


STATES = st.sampled_from([state for state in Status if state not in (Status.draft, Status.withdrawn)])
TITLES = st.sampled_from(
    [
        TITLE,
        "Otter.ai: Calls with customers",
        "Otter.ai: Transcribe interviews, not of applicants",
        "Otter.ai: Minutes",
    ]
)
KNOWN = st.builds(
    use, STATES, TITLES, id=st.integers(0, 999).map(str), conditions=st.sampled_from([(), ("Tell them",)])
)
USES = st.lists(KNOWN, max_size=5, unique_by=lambda each: each.use.id)
WORDS = st.sampled_from(
    [FOR_THIS, "Can I use Otter?", "Otter for calls with customers?", "may I use otter for minutes but not of ours?"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(WORDS, USES, KNOWN)
def test_one_more_that_is_not_approved_never_makes_a_yes(words: str, uses: list[Known], more: Known) -> None:
    """Nor one that is confidential, or of which the whole case was not read."""
    before = told(words, *uses)
    more = more._replace(use=more.use.model_copy(update={"id": "more"}))
    if more.use.status not in PUBLIC:
        assert (told(words, *uses, more).kind in YES) == (before.kind in YES)
    cases = {each.use.id: case(each) for each in uses}
    question = asked(read(words, CATALOGUE), words)
    unread = may_i(question, [*uses, more], cases, DESK)
    closed = may_i(question, [*uses, more], cases | {"more": case(more, confidential=True)}, DESK)
    for found in (unread, closed):
        assert (found.kind in YES) == (before.kind in YES)
        assert more.use.status not in PUBLIC or more.use not in found.uses


@settings(max_examples=150, deadline=None)
@given(WORDS, USES, st.data())
def test_who_sees_less_hears_no_more(words: str, uses: list[Known], data: st.DataObject) -> None:
    seen = [each for each in uses if data.draw(st.booleans())]
    less, all_of_them = told(words, *seen), told(words, *uses)
    assert less.kind not in YES or all_of_them.kind in YES
    shown = {each.id for each in (*less.uses, *less.others)}
    assert shown <= {each.use.id for each in seen}


@settings(max_examples=150, deadline=None)
@given(WORDS, USES)
def test_without_an_approved_use_it_is_never_a_yes(words: str, uses: list[Known]) -> None:
    none = [each for each in uses if each.use.status not in PUBLIC]
    assert told(words, *none).kind not in {*YES, "for_these", "other_purpose"}
    found = told(words, *uses)
    if found.kind in YES:
        assert all(each.status in PUBLIC for each in found.uses)
        question = asked(read(words, CATALOGUE), words)
        by_id = {each.use.id: each for each in uses}
        assert all(fit(question, by_id[each.id]) == "all" for each in found.uses)


def test_what_is_older_says_the_same() -> None:
    old = use()._replace(use=use().use.model_copy(update={"updated_at": NOW - timedelta(days=900)}))
    assert told(FOR_THIS, old).kind == "yes"
