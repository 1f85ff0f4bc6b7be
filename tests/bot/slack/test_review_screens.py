"""The reviewers' side: the card, its windows, the reasons."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import screens
from bot.slack.abouts import About, from_about
from bot.slack.reading import to_conditions
from bot.slack.screens import verdicts as v
from intake.answers import answered, unsure
from tests.bot.slack import scenery as s
from tests.bot.slack.gallery import FORBIDDEN, SETTLED
from tests.bot.slack.looking import actions, elements, render, text
from tests.bot.slack.running import at_stage
from triage.case import Case, DecisionKind, Status
from triage.outcome import Say
from triage.stages import Stage
from triage.talk import Proposal
from triage.unanswered import asked_of_requester
from triage.verdict import Bounds

DECIDING = ["approve", "approve_with_conditions", "ask", "decline"]


def card(case: Any, **change: Any) -> Any:
    return render(Say.card, case, reader="", **change)


def test_the_card_says_who_wants_what_why_it_is_so_high_and_until_when() -> None:
    shown = card(s.submitted(SETTLED))
    assert "<@U0ANA> (Sales) asks for this: Write down what is said in calls with customers" in text(shown)
    assert "AIU-2026-0107 Otter: transcribe customer calls" in text(shown)
    assert "*Medium risk*. Confidential, personal or client data goes in." in text(shown)
    assert "EU AI Act: no special duties." in text(shown)
    assert "Notes of internal meetings (AIU-2026-0042), approved with conditions" in text(shown)
    assert "Until it is decided, <@U0ANA> was told:" in text(shown)
    assert "<@U0BEN> (the reviewer) decides by <!date^" in text(shown)


def test_the_card_is_whole_on_a_phone() -> None:
    shown = card(s.submitted(s.HIRING))
    assert len(shown.blocks) <= 10
    assert len(text(shown)) < 3000


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        (Status.in_review, DECIDING),
        (Status.needs_info, ["decline"]),
        (Status.blocked, ["decline"]),
        (Status.approved, []),
        (Status.declined, []),
        (Status.withdrawn, []),
    ],
)
def test_a_card_offers_what_its_status_allows(status: Status, offered: list[str]) -> None:
    quiet = ("show_reasons", "settle", "more")
    assert [a for a in actions(card(s.submitted(SETTLED, status=status))) if a not in quiet] == offered


def test_while_something_is_open_nothing_is_offered_that_would_be_refused() -> None:
    offered = actions(card(s.submitted(s.HIRING)))
    assert [a for a in offered if a != "show_reasons"] == ["settle", "ask", "decline", "more"]


def test_what_is_open_can_be_answered_from_the_card_until_it_is_decided() -> None:
    assert "settle" in actions(card(s.submitted(s.HIRING)))
    assert "settle" not in actions(card(s.submitted(s.HIRING, status=Status.approved)))
    case = s.submitted(s.HIRING)
    view = screens.settle_view(s.scene(case))
    asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert case.verdict is not None
    assert asked == [gap.question for gap in case.verdict.gaps]


def test_what_is_open_is_named_with_who_can_settle_it() -> None:
    shown = card(s.submitted(s.HIRING))
    assert "Open, so it cannot be approved yet" in text(shown)
    assert "If it goes wrong for someone, how quickly could that be put right?" in text(shown)
    assert text(shown).count("<@U0ANA> can answer them.") == 1, "said once, as it is the same for all"
    other = card(s.submitted(s.HIRING, owner=s.CLEO))
    assert "put right? <@U0CLEO> can answer it." in text(other)


def test_card_and_window_say_what_must_not_be_overlooked() -> None:
    case = s.submitted(s.HIRING)
    assert case.verdict is not None
    mind = "*Mind*: a data protection impact assessment is needed; the law asks 2 things of this use today."
    assert mind in text(card(case))
    assert mind in text(screens.approve_view(s.scene(case)))
    update = {"flags": (*case.verdict.flags, "fria_required"), "duties_today": case.verdict.duties_today[:1]}
    other = card(case.model_copy(update={"verdict": case.verdict.model_copy(update=update)}))
    assert (
        "a fundamental rights impact assessment is needed; the law asks one thing of this use today."
        in text(other)
    )
    quiet = case.verdict.model_copy(
        update={"results": {**case.verdict.results, "dpia": Bounds(floor="ask_dpo", ceiling="presumed")}}
        | {"duties_today": case.verdict.duties_today[-1:]}
    )
    assert "*Mind*" not in text(card(case.model_copy(update={"verdict": quiet})))


def test_a_perhaps_forbidden_use_says_so_first() -> None:
    assert "*May be forbidden; nothing may start before Legal has decided.*" in text(
        card(s.submitted(FORBIDDEN, status=Status.blocked))
    )


def test_a_decided_card_shows_who_when_why_and_on_what_terms() -> None:
    terms = s.decision(
        DecisionKind.approve_with_conditions, conditions=("Tell people", "Delete after a month")
    )
    shown = text(card(s.submitted(status=Status.approved_with_conditions, decisions=(terms,))))
    assert "*Approved with conditions* by <@U0BEN> (reviewer), <!date^" in shown
    assert "1. Tell people" in shown
    assert "2. Delete after a month" in shown
    assert "was told" not in shown


def test_the_answer_of_the_requester_is_quoted_in_the_thread() -> None:
    case = s.submitted(inquiries=(s.inquiry(answer="Only me\nand you"),))
    said = render(Say.card_note, case, {"about": "answered", "inquiry": "i1"}).text
    assert said == "<@U0ANA> answers:\n&gt; Only me\n&gt; and you"


def test_conditions_are_prefilled_with_those_of_the_nearest_use() -> None:
    view = screens.conditions_view(s.scene(s.submitted(SETTLED)))
    field = next(e for e in elements(view) if e["type"] == "plain_text_input")
    assert field["initial_value"] == "Only meetings without guests\nDelete recordings after 30 days"
    empty = screens.conditions_view(s.scene(s.submitted(SETTLED), uses=()))
    assert "initial_value" not in next(e for e in elements(empty) if e["type"] == "plain_text_input")


def approved_before(*conditions: str) -> Case:
    made = s.decision(DecisionKind.approve_with_conditions, conditions=conditions)
    return s.submitted(SETTLED, decisions=(made,))


def test_a_yes_given_again_says_which_conditions_there_were() -> None:
    told, plain = "Those concerned are told beforehand that AI is used", screens.approve_view
    case = approved_before(told, "Only meetings without guests")
    shown = text(plain(s.scene(case)))
    assert "It was approved before, on these conditions:" in shown
    assert "2. Only meetings without guests" in shown
    assert "A plain yes leaves them out." in shown
    view = screens.conditions_view(s.scene(case))
    assert "Below they stand again." in text(view)
    field = next(e for e in elements(view) if e["type"] == "plain_text_input")
    assert field["initial_value"] == "Only meetings without guests", "its own, and not those of the nearest"
    ticked = next(e for e in elements(view) if e["type"] == "checkboxes")["initial_options"]
    assert [each["value"] for each in ticked] == ["told"]
    assert "approved before" not in text(plain(s.scene(s.submitted(SETTLED))))
    joint = text(screens.jointly_view(s.scene(case), (case, s.submitted(SETTLED)), {}))
    assert f"• AIU-2026-0107: {told}; Only meetings without guests" in joint
    no = s.decision(DecisionKind.decline, conditions=())
    assert "approved before" not in text(plain(s.scene(s.submitted(SETTLED, decisions=(no,)))))


def test_asking_is_prefilled_with_every_open_question_that_the_requester_can_answer() -> None:
    case = s.submitted(s.HIRING)
    assert case.verdict is not None
    theirs = [gap.question for gap in case.verdict.gaps if gap.who in ("requester", "owner")]
    asked = str(elements(screens.ask_view(s.scene(case)))[0]["initial_value"])
    assert len(theirs) > 1
    assert asked.splitlines() == [f"- {s.desk().wording.open(question)}" for question in theirs]


def test_what_is_for_a_role_is_asked_where_nothing_is_for_the_requester() -> None:
    case = s.submitted(s.HIRING)
    assert case.verdict is not None
    gap = case.verdict.gaps[0].model_copy(update={"who": "vendor_manager"})
    one = case.model_copy(update={"verdict": case.verdict.model_copy(update={"gaps": (gap,)})})
    asked = elements(screens.ask_view(s.scene(one)))[0]["initial_value"]
    assert asked == s.desk().wording.open(gap.question)


def test_an_answer_in_words_is_thanked_for_with_what_still_needs_a_choice() -> None:
    said = s.inquiry(answer="Easily", answered_at=s.NOW)
    case = s.submitted(s.HIRING, inquiries=(said,))
    shown = render(Say.inquiry_thanks, case)
    assert case.verdict is not None
    assert f"{len(case.verdict.gaps)} questions still need a choice" in shown.text
    assert actions(shown) == ["settle"]
    closed = render(Say.inquiry_thanks, s.submitted(SETTLED, inquiries=(said,)))
    assert "need a choice" not in closed.text
    assert actions(closed) == []


@pytest.mark.parametrize(
    "made", [screens.approve_view, screens.conditions_view, screens.ask_view, screens.decline_view]
)
def test_every_window_names_the_case_it_decides(made: Any) -> None:
    view = made(s.scene(s.submitted(SETTLED)))
    assert "AIU-2026-0107" in text(view)
    assert from_about(view["private_metadata"]) == About(s.CASE, s.submitted(SETTLED).version)


def test_a_no_needs_a_reason_and_a_yes_does_not() -> None:
    scene = s.scene(s.submitted(SETTLED))

    def needed(view: dict[str, Any]) -> list[str]:
        return [b["block_id"] for b in view["blocks"] if b["type"] == "input" and not b["optional"]]

    assert needed(screens.decline_view(scene)) == ["reason"]
    assert needed(screens.approve_view(scene)) == []
    assert needed(screens.conditions_view(scene)) == [], "one is ticked or written: it is asked back else"
    high = s.scene(s.submitted(s.HIRING))
    assert needed(screens.approve_view(high)) == ["reason"], "what is of high risk needs one"
    assert needed(screens.conditions_view(high)) == ["reason"]


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (screens.approve_view, "Approve"),
        (screens.conditions_view, "Approve with conditions"),
        (screens.ask_view, "Ask for information"),
        (screens.decline_view, "Decline"),
        (screens.settle_view, "Answer"),
    ],
)
def test_the_button_of_a_window_names_the_act(made: Any, named: str) -> None:
    assert made(s.scene(s.submitted(s.HIRING)))["submit"]["text"] == named


def test_the_reasons_come_with_sources_answers_and_duties() -> None:
    shown = text(screens.reasons_view(s.scene(s.submitted(s.HIRING))))
    assert "*EU AI Act:* high-risk use, with strict duties" in shown
    assert "|Regulation (EU) 2024/1689, Art. 6(2) and Annex III, point 4(a)>" in shown
    assert "(Its task there: Filter or rank applications" in shown
    behind = shown.index("*Rules behind it*")
    assert all(
        shown.index(rule) > behind for rule in ("eu-annex-iii-4a", "|Regulation (EU)", "|House policy")
    )
    assert "What the law asks today" in shown
    assert "From 2 December 2027" in shown
    assert "none of this is legal advice" in shown


def test_the_decision_is_told_yes_or_no_first() -> None:
    no = s.decision(DecisionKind.decline, would_change="A company contract")
    said = render(Say.decided, s.submitted(decisions=(no,))).text
    assert said.startswith(
        "*No* for *Otter: transcribe customer calls* (AIU-2026-0107). <@U0BEN> (reviewer) declined it"
    )
    assert "What would change it: A company contract" in said
    yes = render(Say.decided, s.submitted(decisions=(s.decision(),))).text
    assert yes.startswith("*Yes*: you may go ahead with")


def test_a_yes_says_what_comes_before_the_pilot() -> None:
    waits, runs = (render(Say.decided, at_stage(stage, str)).text for stage in (Stage.idea, Stage.pilot))
    assert "once what its pilot needs is there. <@U0BEN> (reviewer) approved it" in waits
    assert "once" not in runs.split("approved it")[0]


def test_what_was_done_at_night_was_done_on_the_organisations_day() -> None:
    night = datetime(2026, 11, 29, 23, 20, tzinfo=UTC)
    case = at_stage(Stage.pilot, str)
    steps = [step.model_copy(update={"at": night}) for step in case.task_steps]
    shown = text(screens.show(s.scene(case.model_copy(update={"task_steps": tuple(steps)}))))
    assert "done, says <@U0ANA>, 30 November 2026." in shown


def test_a_no_offers_to_ask_anew_as_home_does() -> None:
    no = s.decision(DecisionKind.decline)
    shown = render(Say.decided, s.submitted(status=Status.declined, decisions=(no,)))
    assert actions(shown) == ["home_start"]
    assert "stop using it" not in shown.text
    assert actions(render(Say.decided, s.submitted(decisions=(s.decision(),)))) == []


RUNS = SETTLED | {"kind": answered("report_existing")}
UNTIL = "please do not extend it, and put no personal data in from now on; telling us was the right thing"


def test_what_runs_already_is_named_on_the_card_and_stopped_by_a_no() -> None:
    assert "*Already in use.*" in text(card(s.submitted(RUNS)))
    assert "Already in use" in card(s.submitted(RUNS)).text
    assert "Already in use" not in text(card(s.submitted(SETTLED)))
    gone = s.submitted(RUNS, status=Status.declined, decisions=(s.decision(DecisionKind.decline),))
    assert "Please stop using it now. Telling us was the right thing." in render(Say.decided, gone).text
    assert "Please stop using it now." in text(render(Say.summary, gone))


def test_every_message_says_the_same_of_what_runs_already() -> None:
    draft: dict[str, Any] = {"uses": ()}
    assert UNTIL in text(card(s.submitted(RUNS), uses=()))
    assert UNTIL in text(render(Say.summary, s.submitted(RUNS), **draft))
    assert UNTIL in text(render(Say.summary, s.case(RUNS), **draft))
    assert UNTIL in render(Say.submitted, s.submitted(RUNS), **draft).text
    read = tuple(
        Proposal(question=q, answer=RUNS[q], because="words") for q in ("kind", "tool", "data", "people")
    )
    first = text(render(Say.welcome, s.case({}, talk=s.talk(proposals=read)), **draft))
    assert UNTIL in first
    assert "please wait with it" not in first


def test_a_withdrawn_request_is_decided_by_nobody() -> None:
    shown = text(render(Say.summary, s.submitted(SETTLED, status=Status.withdrawn, due_at=None), uses=()))
    assert "Nobody decides on it any more." in shown
    assert "decides by" not in shown
    assert "please wait" not in shown


def test_a_question_of_several_lines_keeps_them() -> None:
    asked = s.submitted(status=Status.needs_info, inquiries=(s.inquiry(question="Who?\nAnd where?"),))
    quoted = "&gt; Who?\n&gt; And where?"
    facts = {"about": "asked", "inquiry": "i1"}
    shown = (card(asked), render(Say.summary, asked), render(Say.card_note, asked, facts, reader=""))
    assert all(quoted in block for block in (shown[0].text, shown[2].text))
    assert any(quoted in block.get("text", {}).get("text", "") for block in shown[1].blocks)


def test_who_has_the_answer_and_who_decides_are_said_apart() -> None:
    said = s.inquiry(answer="Easily", answered_at=s.NOW)
    case = s.submitted(s.HIRING, inquiries=(said,))
    assert "<@U0BEN> has your answer and decides by" in render(Say.inquiry_thanks, case).text
    other = render(Say.inquiry_thanks, case, deciders=(s.CLEO,)).text
    assert "<@U0BEN> has your answer; Legal (nobody is named yet), Privacy and the vendor manager" in other


def test_the_number_of_what_is_open_is_the_same_everywhere() -> None:
    case = s.submitted(s.HIRING | {"data": unsure()}, inquiries=(s.inquiry(answer="A", answered_at=s.NOW),))
    count = len(asked_of_requester(case, s.desk()))
    assert case.verdict is not None
    assert 1 < count < len(case.verdict.gaps)
    told = {"questions": ("people",), "by": s.BEN}
    assert f"There are {count} questions for you now." in render(Say.settled_for_you, case, told).text
    assert f"{count} questions still need a choice" in render(Say.inquiry_thanks, case).text
    assert f"({count} for you, {len(case.verdict.gaps) - count} for others)" in text(
        render(Say.summary, case)
    )
    assert f"The first {count} are for you" in text(screens.settle_view(s.scene(case)))
    own = render(Say.settled_for_you, case, told | {"by": s.ANA}).text
    assert own.startswith("Thank you, noted: People affected: *Staff or job applicants*.")
    assert f"There are {count} questions for you now." in own


def test_what_is_over_keeps_what_was_said_and_loses_its_button() -> None:
    told = {"questions": ("people",), "by": s.BEN, "over": True}
    shown = render(Say.settled_for_you, s.submitted(s.HIRING), told)
    assert "People affected" in shown.text
    assert "for you now" not in shown.text
    assert actions(shown) == []
    said = s.inquiry(answer="Easily", answered_at=s.NOW)
    thanks = render(Say.inquiry_thanks, s.submitted(s.HIRING, inquiries=(said,)), {"over": True})
    assert thanks.text.strip() == "Thank you. <@U0BEN> has your answer."
    assert actions(thanks) == []


@pytest.mark.parametrize(
    ("typed", "conditions"),
    [
        ("1) Tell people\n2) read each result", ("Tell people", "read each result")),
        ("1. Tell people\n\n- 2. Read it", ("Tell people", "Read it")),
        ("• Tell people\n– Read it", ("Tell people", "Read it")),
        ("(1) Tell people", ("Tell people",)),
        ("2 people check it", ("2 people check it",)),
        ("0.5 hours at most", ("0.5 hours at most",)),
        ("12. May is the last day", ("12. May is the last day",)),
        ("1.\n-", ()),
    ],
)
def test_a_condition_loses_the_number_that_somebody_typed(typed: str, conditions: tuple[str, ...]) -> None:
    assert to_conditions(typed) == conditions


def test_answers_that_say_nothing_special_stay_off_the_card() -> None:
    assert "Red flags" not in text(card(s.submitted(SETTLED)))
    assert "Red flags" in text(card(s.submitted(SETTLED | {"red_flag": answered("social_scoring")})))


def test_why_also_says_what_would_lower_the_risk_as_a_plan() -> None:
    shown = str(screens.reasons_view(s.scene(s.submitted(s.PRIVATE))))
    assert "*What would lower the risk*" in shown
    assert "Low risk, if: Data: " in shown
    assert "A plan, not another answer: it counts once it is so." in shown
    assert "What would lower" not in str(
        screens.reasons_view(s.scene(s.submitted(s.HIRING)))
    )  # hiring stays hiring


@pytest.mark.parametrize("result", ["dpia", "eu"])
def test_what_nothing_points_to_so_far_is_never_said_to_be_at_least_that(result: str) -> None:
    levels = v.LEVELS[result]
    words = s.scene(s.case({})).words
    for answers in (0, 1, 3):
        said = v.standing(words, result, Bounds(floor=levels[0], ceiling=levels[2]), answers)
        assert said.startswith("so far ")
    assert v.standing(words, result, Bounds(floor=levels[1], ceiling=levels[2]), 1).startswith("at least ")


def test_the_whole_range_is_named_and_the_count_agrees_with_what_is_open() -> None:
    words = s.scene(s.case({})).words
    open_ = v.standing(words, "tier", Bounds(floor=2, ceiling=4), 4, 4)
    assert open_ == "at least medium risk; 4 answers decide whether it is medium, high or very high"
    some = v.standing(words, "tier", Bounds(floor=2, ceiling=3), 4, 6)
    assert some == "at least medium risk; 4 of the 6 open questions decide whether it is medium or high"
    one = v.standing(words, "tier", Bounds(floor=2, ceiling=3), 1, 6)
    assert one.endswith("one of the 6 open questions decides whether it is medium or high")
    case = s.submitted(s.HIRING)
    assert case.verdict is not None
    first, *rest = case.verdict.gaps
    gaps = (first.model_copy(update={"bounds": ("dpia",)}), *rest)
    other = case.model_copy(update={"verdict": case.verdict.model_copy(update={"gaps": gaps})})
    assert f"one of the {len(gaps)} open questions decides" in text(card(other))
