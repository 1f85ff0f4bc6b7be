"""What a typed message means while a question is open: an answer, a wish, or clearly neither."""

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.answers import UNSURE, Answer, answered, unsure
from intake.form import Kind, Question
from intake.forms import ai_use, ai_use_wording
from intake.typed import Heard, NotUnderstood, Reason, Word, read_typed
from intake.vocabulary import Control, speech

FORM = ai_use()
WORDING = ai_use_wording()
CLOSED = [question for question in FORM.questions() if question.choices]
DAY = Question(id="day", kind=Kind.date)
COUNT = Question(id="count", kind=Kind.number)
GUIDE = Question(id="guide", kind=Kind.person)


def heard(question: str, text: str) -> Heard:
    return read_typed(text, FORM.by_id[question], WORDING)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("people", "2", answered("staff_applicants")),
        ("people", "2, 3", answered("staff_applicants", "customers")),
        ("people", "2 and 3", answered("staff_applicants", "customers")),
        ("people", "2 3 6", answered("staff_applicants", "customers", "patients")),
        ("people", "#2.", answered("staff_applicants")),
        ("people", "2-4", answered("staff_applicants", "customers", "partners")),
        ("people", "2, patients", answered("staff_applicants", "patients")),
        ("people", "Customers", answered("customers")),
        ("people", "custmers", answered("customers")),
        ("people", "staff, customers and patients", answered("staff_applicants", "customers", "patients")),
        ("people", "customers\npatients", answered("customers", "patients")),
        ("people", "suppliers", answered("partners")),
        ("people", "nobody", answered("only_team")),
        ("people", "customers, not sure", unsure("customers")),
        ("area", "Hiring, managing or assessing staff, courts", answered("employment", "justice_democracy")),
        ("area", "Energy, water, traffic or digital networks", answered("critical_infra")),
        ("area", "hiring and police", answered("employment", "law_enforcement")),
        ("area", "none of these", answered("none")),
        ("area", "No.", answered("none")),
        ("red_flag", "neither", answered("none")),
        ("red_flag", "face_scraping", answered("face_scraping")),
        ("gen_public", "nope", answered("no")),
        ("data", "personal data, client data", answered("personal", "client_owned")),
        ("data", "source code", answered("confidential")),
        ("data", "health", answered("special")),
        ("profiling", "y", answered("yes")),
        ("profiling", "NO!", answered("no")),
        ("stop", "yes", answered("yes_named")),
        ("check", "none", answered("none")),
        ("influence", "none", answered("none")),
        ("reverse", "never", answered("never")),
        ("scale", "up to 1000", answered("lt1000")),
        ("scale", "Up to 10,000", answered("lt10000")),
        ("scale", "more", answered("gt10000")),
        ("function", "employment.ranking", answered("employment.ranking")),
        ("function", "Filter or rank applications", answered("employment.ranking")),
        ("stage", "paused", answered("paused")),
        ("purpose", "It helps me to go back", answered("It helps me to go back")),
        ("purpose", "  Cafe\u0301 <b>x</b> ", answered("  Café <b>x</b> ")),
        ("purpose", '"help"', answered("help")),
        ("purpose", "“not sure”", answered("not sure")),
        ("purpose", "not sure", UNSURE),
        ("tool", "Back", Word(word=Control.back)),
        ("tool", "Otter.ai", answered("Otter.ai")),
    ],
)
def test_answers_are_understood(question: str, text: str, answer: Heard) -> None:
    assert heard(question, text) == answer


@pytest.mark.parametrize(
    "text", ["not sure", "Not sure.", "don't know", "I don’t know", "?", "no idea", "IDK"]
)
@pytest.mark.parametrize("question", ["data", "profiling", "purpose", "kind"])
def test_not_sure_is_an_answer_everywhere(question: str, text: str) -> None:
    assert heard(question, text) == UNSURE


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("back", "back"),
        ("Back!", "back"),
        ("skip", "skip"),
        ("pause", "pause"),
        ("cancel", "cancel"),
        ("help", "help"),
        ("Why?", "why"),
        ("Why do we ask?", "why"),
        ("what does that mean?", "why"),
        ("I don't get it", "why"),
        ("use a form instead", "form"),
        ("start", "start"),
        ("continue", "resume"),
        ("hand over", "hand_over"),
        ("submit", "submit"),
    ],
)
@pytest.mark.parametrize("question", ["purpose", "data", "check"])
def test_wishes_are_heard_at_every_turn(question: str, text: str, control: str) -> None:
    assert heard(question, text) == Word(word=Control(control))


@pytest.mark.parametrize(
    ("question", "text", "reason", "candidates"),
    [
        ("people", "", "empty", ()),
        ("people", " \n ", "empty", ()),
        ("people", "😀", "no_words", ()),
        ("people", ":smile: :+1:", "no_words", ()),
        ("purpose", "🎉🎉", "no_words", ()),
        ("people", "99", "no_such_number", ()),
        ("people", "0", "no_such_number", ()),
        ("people", "3-1", "no_such_number", ()),
        ("people", "Kunden", "not_found", ()),
        ("people", "1, 3", "alone", ("only_team", "customers")),
        ("area", "none, not sure", "alone", ("none",)),
        ("people", "no customers", "not_found", ("customers",)),
        ("people", "everyone except customers", "not_found", ("customers",)),
        ("data", "data", "ambiguous", ("client_owned", "personal")),
        ("data", "not personal data", "ambiguous", ("personal", "client_owned")),
        ("train_on_data", "no", "ambiguous", ("no_contract", "opted_out")),
        ("kind", "1 and 2", "only_one", ("use_catalogue", "use_new")),
        ("profiling", "yes, no", "only_one", ("yes", "no")),
        ("scale", "up to 100,000", "ambiguous", None),
        ("people", "x" * 40_000, "too_long", ()),
        ("purpose", "x" * 40_000, "too_long", ()),
        ("title", "not sure", "cannot_be_unsure", ()),
        ("owner", "Ana", "pick_person", ()),
    ],
)
def test_what_is_not_understood_says_why(
    question: str, text: str, reason: str, candidates: tuple[str, ...] | None
) -> None:
    found = heard(question, text)
    assert isinstance(found, NotUnderstood)
    assert found.reason == reason
    assert candidates is None or found.candidates == candidates


def test_a_long_text_is_never_cut_but_its_length_is_said() -> None:
    found = heard("purpose", "x" * 40_000)
    assert isinstance(found, NotUnderstood)
    assert found.facts == {"length": 40_000, "longest": 3_000}


def test_days_and_numbers() -> None:
    assert read_typed("1 Dec 2026", DAY, WORDING) == answered("2026-12-01")
    assert read_typed("10,000", COUNT, WORDING) == answered("10000")
    for text, question, reason in (("tomorrow", DAY, "not_a_day"), ("ten", COUNT, "not_a_number")):
        found = read_typed(text, question, WORDING)
        assert isinstance(found, NotUnderstood)
        assert found.reason == reason
    both = read_typed("12/1/2026", DAY, WORDING)
    assert isinstance(both, NotUnderstood)
    assert both.candidates == ("2026-01-12", "2026-12-01")


def test_a_person_is_named_by_a_mention() -> None:
    assert read_typed("<@U123|ana>", GUIDE, WORDING) == answered("U123")


def test_without_an_open_question_only_wishes_are_heard() -> None:
    assert read_typed("Start!", None, WORDING) == Word(word=Control.start)
    found = read_typed("customers", None, WORDING)
    assert isinstance(found, NotUnderstood)
    assert found.reason == "no_question"


def test_numbers_count_what_was_offered() -> None:
    offered = ("emergency.calls", "admin_only")
    assert read_typed("2", FORM.by_id["function"], WORDING, offered=offered) == answered("admin_only")
    assert isinstance(read_typed("3", FORM.by_id["function"], WORDING, offered=offered), NotUnderstood)


def test_no_wish_hides_a_choice() -> None:
    for question in CLOSED:
        for choice in question.choices:
            assert heard(question.id, WORDING.label(question.id, choice.id)) == answered(choice.id)


def test_every_wish_has_words() -> None:
    assert set(speech().control.values()) == set(Control)
    assert len(get_args(Reason)) == len(set(get_args(Reason)))


@given(st.data())
def test_number_id_and_label_of_any_choice_read_back_as_it(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(CLOSED))
    index = data.draw(st.integers(0, len(question.choices) - 1))
    choice = question.choices[index].id
    label = WORDING.label(question.id, choice)
    told = data.draw(st.sampled_from([str(index + 1), choice, label, label.upper(), f" {label}. "]))
    assert heard(question.id, told) == answered(choice)


@given(st.data())
def test_several_typed_read_back_as_the_same(data: st.DataObject) -> None:
    question = data.draw(st.sampled_from([q for q in CLOSED if q.kind is Kind.many]))
    free = [choice.id for choice in question.choices if not choice.alone]
    picked = data.draw(st.lists(st.sampled_from(free), min_size=1, max_size=5, unique=True))
    names = [data.draw(st.sampled_from([choice, WORDING.label(question.id, choice)])) for choice in picked]
    joined = data.draw(st.sampled_from([", ", "; ", " and ", "\n", " & "])).join(names)
    found = heard(question.id, joined)
    assert isinstance(found, Answer)
    assert found == answered(*picked)


@settings(max_examples=300)
@given(st.sampled_from([*FORM.questions(), DAY, COUNT, GUIDE]), st.text(max_size=120))
def test_no_text_at_all_is_an_error(question: Question, text: str) -> None:
    found = read_typed(text, question, WORDING)
    if isinstance(found, Answer) and question.choices:
        assert set(found.picked) <= question.choice_ids


@pytest.mark.parametrize(
    ("question", "text", "meant", "rest"),
    [
        ("data", "just what customers say, their names and voices", ("personal",), "just what customers say"),
        ("kind", "I want to try it, use a new tool", ("use_new",), "I want to try it"),
        ("people", "our customers and their kids", ("customers", "minors"), ""),
        (
            "output_use",
            "I read it over and then put it in the CRM",
            ("shared_after_check",),
            "then put it in the CRM",
        ),
    ],
)
def test_what_is_understood_in_part_is_asked_about(
    question: str, text: str, meant: tuple[str, ...], rest: str
) -> None:
    found = heard(question, text)
    assert isinstance(found, NotUnderstood)
    assert (found.reason, found.candidates, found.piece) == ("partly", meant, rest)


@pytest.mark.parametrize("text", ["no names, no voices", "purple elephants", "everything but their names"])
def test_what_is_denied_or_unknown_is_not_understood_in_part(text: str) -> None:
    found = heard("data", text)
    assert isinstance(found, NotUnderstood)
    assert found.reason != "partly"


@pytest.mark.parametrize("question", ["scale", "profiling", "kind", "people", "data", "stop"])
@pytest.mark.parametrize("text", ["not sure, depends", "unsure, maybe", "don't know\nno idea"])
def test_not_sure_said_twice_is_not_sure(question: str, text: str) -> None:
    assert heard(question, text) == UNSURE


@pytest.mark.parametrize(
    "text", ["nope none of that", "no, nothing of that", "Not any of these", "nothing like that"]
)
@pytest.mark.parametrize("question", ["area", "red_flag"])
def test_a_no_before_none_only_underlines_it(question: str, text: str) -> None:
    assert heard(question, text) == answered("none")


@pytest.mark.parametrize("text", ["no customers", "none but hiring", "nope, hiring"])
def test_a_no_before_something_else_is_not_none(text: str) -> None:
    assert isinstance(heard("area", text), NotUnderstood)


@pytest.mark.parametrize("text", ["yes", "Yes!", "ok", "nope", "probably", "yes please"])
@pytest.mark.parametrize("question", ["purpose", "title", "tool"])
def test_a_bare_yes_or_no_tells_nothing(question: str, text: str) -> None:
    found = heard(question, text)
    assert isinstance(found, NotUnderstood)
    assert found.reason == "no_content"


def test_what_one_label_alone_says_in_full_is_that_choice() -> None:
    assert heard("function", "it ranks applications") == answered("employment.ranking")
    for denied in ("it never ranks applications", "applications", "it ranks"):
        assert heard("function", denied) != answered("employment.ranking")
