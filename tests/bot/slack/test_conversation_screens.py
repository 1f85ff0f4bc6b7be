"""What the screens of a conversation promise: the next step is there, the words kind, nothing hidden."""

from __future__ import annotations

from typing import Any

import pytest

from bot.slack import screens
from bot.slack.ids import Action, from_block_id, from_value
from bot.slack.message import Message
from intake.answers import answered, unsure
from tests.bot.slack import scenery as s
from tests.bot.slack.gallery import FORBIDDEN, SETTLED
from tests.bot.slack.looking import actions, elements, render, text
from triage.asset import Asset
from triage.case import Status
from triage.organisation import Organisation
from triage.outcome import Say
from triage.register import Entry
from triage.talk import Phase


def ask(question: str, answers: Any = None, left: tuple[int, int] = (3, 5), **change: Any) -> Message:
    case = s.asking(question, answers, **change)
    return render(Say.question, case, {"turn": 4, "question": question}, left=left)


# --- the first reply


def test_the_first_reply_says_what_is_allowed_and_cites_the_record() -> None:
    shown = render(Say.welcome, s.case({}, talk=s.talk(proposals=s.proposed())))
    assert "*Otter* is approved here for “Notes of internal meetings” (AIU-2026-0042), if: Only" in text(
        shown
    )
    assert "It counts once you say yes" in text(shown)
    assert "3 to 5 quick questions" in text(shown)
    assert "kept in the AI register" in text(shown)
    assert actions(shown) == ["start", "use_form", "not_now", "more"]
    assert [option["value"] for option in elements(shown)[-1]["options"]] == [
        "start_blank",
        "hand_over",
        "help",
    ]


def test_the_first_reply_is_short_enough_for_a_phone() -> None:
    shown = render(Say.welcome, s.case({}, talk=s.talk(proposals=s.proposed())), uses=())
    said = " ".join(part["text"] for block in shown.blocks for part in _spoken(block))
    assert len(said.split()) <= 65


def _spoken(block: dict[str, Any]) -> list[dict[str, Any]]:
    spoken: dict[str, list[dict[str, Any]]] = {"context": block.get("elements", [])}
    return [block["text"]] if block["type"] == "section" else spoken.get(block["type"], [])


def test_without_proposals_there_is_nothing_to_confirm() -> None:
    assert actions(render(Say.welcome, s.case({}))) == ["start", "use_form", "not_now", "more"]


def test_several_tools_are_asked_about_and_none_of_them_is_an_answer() -> None:
    shown = render(
        Say.welcome, s.case({}, tool_id=None, tool_name="", talk=s.talk(candidates=("otter", "abbyy")))
    )
    picks = [from_value(e["value"]).choice for e in elements(shown) if e["action_id"].startswith("pick_tool")]
    assert picks == ["otter", "abbyy", "-"]
    assert "start" not in actions(shown)


def test_once_begun_the_first_reply_has_no_buttons() -> None:
    shown = render(Say.welcome, s.asking("kind", {}, proposals=s.proposed()))
    assert actions(shown) == []
    assert "*Otter* is approved here" in text(shown)


def test_settled_terms_are_said_but_allow_nothing_by_themselves() -> None:
    desk = s.desk(assets={"otter": Asset(id="otter", name="Otter", assessed=True)})
    shown = render(Say.welcome, s.case({}), uses=(), desk=desk)
    assert "no use of it is approved here yet" in text(shown)
    assert "terms are settled" in text(shown)


# --- a question

QUIET = ["back", "skip", "why", "more"]


@pytest.mark.parametrize("question", [q.id for q in s.desk().form.questions() if not q.after])
def test_every_question_has_not_sure_and_the_quiet_row(question: str) -> None:
    shown = ask(question, s.HIRING)
    assert actions(shown)[-4:] == QUIET
    may = s.desk().form.by_id[question].may_be_unsure
    assert ("not_sure" in actions(shown)) is may
    more = (
        elements(shown)[-1]
        if elements(shown)[-1]["type"] == "overflow"
        else elements(shown)[len(actions(shown)) - 1]
    )
    assert {o["value"] for o in more["options"]} == {"pause", "use_form", "help", "hand_over", "cancel"}


def test_few_short_choices_are_numbered_buttons() -> None:
    shown = ask("scale", s.HIRING)
    labels = [e["text"]["text"] for e in elements(shown) if e["action_id"].startswith("choose")]
    assert labels == ["1. Fewer than 100", "2. Up to 1,000", "3. Up to 10,000", "4. More than 10,000"]
    pressed = from_value(elements(shown)[1]["value"])
    assert (pressed.case, pressed.turn, pressed.question, pressed.choice) == (s.CASE, 4, "scale", "lt1000")


def test_long_choices_are_printed_in_full_above_a_menu() -> None:
    shown = ask("function", s.HIRING)
    assert "2. Filter or rank applications" in text(shown)
    menu = next(e for e in elements(shown) if e["type"] == "static_select")
    assert [o["value"] for o in menu["options"]][-1] == "admin_only"
    assert not [o for o in menu["options"] if o["value"].startswith("education")]


@pytest.mark.parametrize("question", ["area", "red_flag"])
def test_the_protecting_lists_are_printed_in_full(question: str) -> None:
    shown, form = ask(question), s.desk().form.by_id[question]
    for choice in form.choices:
        assert s.desk().wording.label(question, choice.id) in text(shown)
    numbers = [a for a in actions(shown) if a.startswith("choose")]
    assert len(numbers) == len(form.choices) - 1
    assert actions(shown)[len(numbers) :][:3] == ["none_of_these", "one_of_these", "not_sure"]
    assert from_value(elements(shown)[len(numbers)]["value"]).choice == "none"


def test_what_applies_alone_is_one_press_on_its_number_and_read_aloud_in_full() -> None:
    first = elements(ask("output_use"))[0]
    assert first["text"]["text"] == "1"
    assert first["accessibility_label"] == "1. I rework it before anything happens"
    assert from_value(first["value"]).choice == "draft_self"


def test_of_several_questions_in_one_message_every_list_is_printed() -> None:
    shown, desk = ask("area", also=("red_flag", "profiling")), s.desk()
    for question in ("area", "red_flag"):
        for choice in desk.form.by_id[question].choices:
            assert (desk.wording.label(question, choice.id) in text(shown)) is (choice.id != "none")
    assert desk.wording.ask("profiling") in text(shown)
    assert actions(shown)[:2] == ["none_of_all", "singly"]
    assert not [a for a in actions(shown) if a.startswith(("choose", "not_sure"))]


def test_one_of_these_opens_the_same_question_as_a_list_to_tick() -> None:
    shown = screens.question_list(s.scene(s.asking("area", {})))
    menu = next(e for e in elements(shown) if e["type"] == "multi_static_select")
    assert len(menu["options"]) == 12
    assert {"pick", "pick_done", "not_sure"} <= set(actions(shown))
    row = next(b["block_id"] for b in shown.blocks if b.get("accessory") == menu)
    assert from_block_id(row)[:3] == (s.CASE, 4, "area")


def test_a_proposal_is_the_first_button_and_already_ticked() -> None:
    shown = ask("people", {}, proposals=s.proposed())
    assert actions(shown)[0] == "use_proposal"
    assert elements(shown)[0]["style"] == "primary"
    case = s.asking("people", {}, proposals=s.proposed())
    shown = screens.render(Say.question, s.scene(case), {"turn": 4, "question": "people", "open": True})
    ticks = next(e for e in elements(shown) if e["type"] == "checkboxes")
    assert [o["value"] for o in ticks["initial_options"]] == ["customers"]


@pytest.mark.parametrize(
    ("left", "said"),
    [((1, 1), "Last question"), ((3, 3), "3 questions left"), ((1, 4), "1 to 4 questions left")],
)
def test_progress_is_said_in_words(left: tuple[int, int], said: str) -> None:
    assert said in text(ask("people", left=left))


def test_after_the_third_not_sure_governance_can_take_over() -> None:
    two = s.OTTER | {"people": unsure(), "data": unsure()}
    assert Action.HAND_OVER not in actions(ask("account", two))
    assert Action.HAND_OVER in actions(ask("account", two | {"area": unsure()}))


def test_the_screen_reader_hears_the_question_and_its_choices() -> None:
    said = ask("scale").text
    assert "About how many people" in said
    assert "2. Up to 1,000" in said


def test_a_settled_question_is_one_quiet_line() -> None:
    shown = render(Say.settled, s.asking("people"), {"turn": 4})
    assert shown.text == "People affected: *Customers*"
    assert actions(shown) == []
    skipped = render(Say.settled, s.asking("stop", skipped=("stop",)), {"turn": 4})
    assert skipped.text.endswith(": *skipped*; it stays open until somebody answers it")


def test_what_was_not_understood_comes_with_what_it_may_have_been() -> None:
    facts = {"reason": "ambiguous", "piece": "cust", "candidates": ("customers", "public")}
    said = render(Say.not_understood, s.asking("people", {}), facts).text
    assert (
        "“cust” could mean more than one thing. Did you mean 3 (Customers) or 9 (The general public)?" in said
    )
    assert "The question stays open" in said


def test_with_several_lists_what_may_be_meant_has_the_number_that_is_drawn() -> None:
    case = s.asking("area", {}, also=("red_flag",))
    drawn = render(Say.question, case, {"turn": 4, "question": "area"})
    assert "1. Hiring, managing or assessing staff" in text(drawn)
    assert "12. Push people by hidden or deceptive means" in text(drawn)
    facts = {"reason": "ambiguous", "piece": "c", "candidates": ("employment", "migration", "none")}
    said = render(Say.not_understood, case, facts).text
    assert "1 (Hiring, managing or assessing staff), 7 (Asylum, visas or borders) or None of these?" in said


# --- the summary


def test_the_summary_has_verdict_reason_decider_date_and_what_until_then() -> None:
    shown = render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)))
    assert "*Medium risk.* Confidential, personal or client data goes in." in text(shown)
    assert "<@U0BEN> (the reviewer) decides by <!date^" in text(shown)
    assert "until then you may use Otter as in “Notes of internal meetings” (AIU-2026-0042)" in text(shown)
    assert "You will hear from me either way" in text(shown)
    assert {"show_reasons", "submit", "cancel"} <= set(actions(shown))
    first = [block["type"] for block in shown.blocks[:4]]
    assert first == ["section", "section", "actions", "context"], (
        "the verdict, what follows, and Submit come first"
    )


def test_every_answer_and_default_can_be_edited_by_its_own_named_button() -> None:
    shown = render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)))
    edits = [e for e in elements(shown) if e["action_id"] == "edit"]
    assert {from_value(e["value"]).question for e in edits} == {*SETTLED, "title", "owner", "stage"}
    assert "set_unit" in actions(shown)
    assert len({e["accessibility_label"] for e in edits}) == len(edits)


def test_submit_stands_again_below_many_rows_as_the_first_one_is_out_of_sight_by_then() -> None:
    shown = render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)))
    first, last = (e for e in elements(shown) if e["action_id"].startswith("submit"))
    assert first["value"] == last["value"]
    assert last in shown.blocks[-1]["elements"]
    short = render(Say.summary, s.case({"kind": answered("use_new")}, talk=s.talk(phase=Phase.summary)))
    few = [e for e in elements(short) if e["action_id"] == "edit"]
    assert actions(short).count("submit") == (1 if len(few) <= 6 else 2)


def test_a_unit_that_is_missing_is_asked_for_beside_submit_and_nowhere_else() -> None:
    shown = render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)))
    kinds = [block["type"] for block in shown.blocks]
    beside = shown.blocks[kinds.index("actions") + 2]
    assert "*Unit* is still missing" in beside["text"]["text"]
    assert beside["accessory"]["action_id"] == "set_unit"
    assert "not answered yet" not in text(shown)
    known = render(Say.summary, s.case(SETTLED, unit="Sales", talk=s.talk(phase=Phase.summary)))
    assert "is still missing" not in text(known)
    assert "Unit: *Sales*" in text(known)
    unnamed = s.desk(organisation=Organisation(regions=("eu",), zone="Europe/Berlin"))
    free = render(Say.summary, s.case(SETTLED, talk=s.talk(phase=Phase.summary)), desk=unnamed)
    assert "set_unit" not in actions(free)
    assert "*Unit* is still missing" in text(free)


def test_what_does_not_fit_in_rows_is_edited_from_one_menu() -> None:
    everything = {q.id: s.HIRING.get(q.id, unsure()) for q in s.desk().form.questions() if not q.after}
    shown = render(Say.summary, s.case(everything))
    menu = next(e for e in elements(shown) if e["type"] == "static_select")
    pressed = {
        from_value(e["value"]).question for e in elements(shown) if e["action_id"] == "edit" and "value" in e
    }
    assert pressed | {o["value"] for o in menu["options"]} == set(everything)


def test_the_unknown_is_said_once_plainly_with_who_can_end_it() -> None:
    shown = render(Say.summary, s.case(s.HIRING), uses=())
    assert "At least high risk; 2 answers decide whether it is high or very high" in text(shown)
    assert "If it goes wrong for someone, how quickly could that be put right?" in text(shown)


def test_a_perhaps_forbidden_use_stops_kindly_and_clearly() -> None:
    shown = render(Say.summary, s.case(FORBIDDEN), deciders=())
    assert "*This has to stop here until Legal has looked at it.*" in text(shown)
    assert "Legal (nobody is named yet) decides" in text(shown)


def test_where_only_those_whose_request_it_is_could_decide_it_says_so() -> None:
    """Else a name stands there of somebody who is refused, and nobody ever decides."""
    named = s.desk(roles={"legal": frozenset({s.ANA})})
    shown = render(Say.summary, s.case(s.HIRING), deciders=(), desk=named)
    assert "the governance lead has to name somebody else" in text(shown)


def test_telling_about_what_is_in_use_is_thanked_and_not_punished() -> None:
    shown = render(Say.summary, s.case(SETTLED | {"kind": answered("report_existing")}), uses=())
    assert "telling us was the right thing" in text(shown)


def test_the_summary_becomes_the_requesters_card_for_the_whole_life() -> None:
    waiting = render(Say.summary, s.submitted(SETTLED))
    assert set(actions(waiting)) == {"show_reasons", "withdraw", "readers"}
    assert "being decided" in waiting.text
    done = s.submitted(SETTLED, status=Status.approved, decisions=(s.decision(),))
    assert "Approved by <@U0BEN> (reviewer)" in text(render(Say.summary, done))


def test_what_was_approved_once_and_then_withdrawn_is_not_shown_as_approved() -> None:
    """Opened again by other rules, it can be withdrawn before it is decided anew."""
    back = s.submitted(SETTLED, status=Status.withdrawn, decisions=(s.decision(),))
    assert "withdrawn" in render(Say.summary, back).text
    assert "Approved" not in text(render(Say.summary, back))
    assert "Approved" not in text(render(Say.card, back))


def test_the_receipt_cites_the_record() -> None:
    said = render(Say.submitted, s.submitted(SETTLED)).text
    assert said.startswith("Recorded as *AIU-2026-0107*. It is medium risk.")


# --- the form


def test_the_form_is_filled_with_what_is_known_and_what_was_read() -> None:
    view = screens.form_view(s.scene(s.case({}, talk=s.talk(proposals=s.proposed()))))
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert fields["purpose"]["initial_value"] == "transcribe customer calls"
    assert fields["tool"]["initial_value"] == "Otter.ai"
    assert [o["value"] for o in fields["people"]["initial_options"]] == ["customers"]
    assert not {"owner", "title", "unit", "stage", "function", "worst"} & set(fields), "not at first"
    assert len(fields) <= 12
    view = screens.form_view(s.scene(s.case({}, talk=s.talk(proposals=s.proposed()))), whole=True)
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert {"function", "worst"} <= set(fields)
    assert fields["owner"]["initial_user"] == "U0ANA"
    assert all(block["optional"] for block in view["blocks"] if block["type"] == "input")
    assert view["private_metadata"] == s.CASE


def test_the_form_asks_only_what_applies_or_may() -> None:
    view = screens.form_view(s.scene(s.case(SETTLED)))
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert "function" not in fields
    assert not fields & {"eu_role", "notice", "rebuttal", "places"}
    assert set(SETTLED) <= fields


def test_an_unsure_answer_is_still_unsure_in_the_form() -> None:
    view = screens.form_view(s.scene(s.case(s.HIRING)))
    fields = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert fields["reverse"]["initial_option"]["value"] == "unsure"


# --- looking things up


def listed(*entries: Entry, words: str = "") -> str:
    return text(screens.listing(s.voice(), entries, words))


def test_a_list_can_be_narrowed_by_any_word_it_shows() -> None:
    both = (s.entry(), s.entry(title="Translations", tool_name="DeepL", tier=(2, 3)))
    assert "Translations" not in listed(*both, words="otter service")
    assert "medium or high risk" in listed(*both, words="deepl")
    assert "Nothing on record matches “zzz”" in listed(*both, words="zzz")
