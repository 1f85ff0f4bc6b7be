"""First sentences: understood or asked about, never misread with confidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.catalogue import Catalogue
from intake.forms import ai_use
from intake.reading import Reading
from intake.sentence import hints, read

DATA = Path(__file__).parent / "data"
SENTENCES: list[dict[str, Any]] = [
    row
    for name in ("sentences_dev.yaml", "sentences_third.yaml")
    for row in yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
]
CATALOGUE = Catalogue.load()


def reading(text: str) -> Reading:
    return read(text, CATALOGUE)


def proposed(text: str) -> set[str]:
    return {f"{proposal.question}.{proposal.value}" for proposal in reading(text).proposals}


def meant(row: dict[str, Any]) -> list[str]:
    return [row["tool"]] if "tool" in row else row.get("tools", [])


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["say"][:60])
def test_sentence(row: dict[str, Any]) -> None:
    found = reading(row["say"])
    ids = [tool.id for tool in found.tool.tools]
    if found.tool.kind == "one":
        assert ids == meant(row), "sure of the wrong tool"
    assert set(meant(row)) <= set(ids)
    assert found.intent == row.get("intent", found.intent)
    assert found.tool_phrase == row.get("phrase", found.tool_phrase)
    assert found.purpose == row.get("purpose", found.purpose)
    values = {f"{proposal.question}.{proposal.value}" for proposal in found.proposals}
    assert set(row.get("has", ())) <= values
    assert values.isdisjoint(row.get("not", ()))


def test_most_sentences_need_no_question_about_the_tool() -> None:
    clear = [row for row in SENTENCES if "tool" in row]
    sure = [row for row in clear if reading(row["say"]).tool.kind == "one"]
    assert len(sure) >= 0.95 * len(clear)


def test_the_story_sentence() -> None:
    found = reading("I'd like to use Otter.ai to transcribe customer calls")
    assert (found.intent, found.tool.kind, found.purpose) == ("use", "one", "transcribe customer calls")
    assert {(p.question, p.value) for p in found.proposals} == {
        ("kind", "use_new"),
        ("people", "customers"),
        ("data", "personal"),
    }


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Can I use Claude for customer emails?", "customer emails"),
        ("I'd like to use ChatGPT Enterprise in order to draft job ads, please", "draft job ads"),
        ("We want to summarise long contracts with Claude", "summarise long contracts"),
        ("use AI to sort invoices. They are scanned.", "sort invoices"),
        ("We use a tool called Foobar to rank CVs", "rank CVs"),
        ("Hi team, can we use Otter?", ""),
        ("what about chatgpt?", ""),
        ("can I translate an offer to a French client with DeepL?", "translate an offer to a French client"),
        ("Please approve Otter for this", "approve Otter for this"),
        ("I'd like to use Otter\nto transcribe calls", "I'd like to use Otter to transcribe calls"),
    ],
)
def test_the_purpose_is_what_comes_behind_to_or_for(text: str, purpose: str) -> None:
    assert reading(text).purpose == purpose


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("use Otter for meetings, no customer data", "people.customers"),
        ("use ChatGPT for texts, not for hiring", "area.employment"),
        ("use ChatGPT without any personal data", "data.personal"),
        ("we never put passwords into it", "data.secrets_credentials"),
        ("customer data is not included, use ChatGPT", "people.customers"),
        ("use Claude on synthetic patient records", "people.patients"),
        ("use Cursor for our email client", "people.customers"),
        ("please be patient with me, I want to use Claude", "people.patients"),
        ("use Claude to find candidate solutions", "people.staff_applicants"),
        ("use Claude to watch system health", "data.special"),
    ],
)
def test_what_is_denied_or_means_something_else_is_not_proposed(text: str, absent: str) -> None:
    assert absent not in proposed(text)


@pytest.mark.parametrize(
    ("text", "present"),
    [
        ("not only customer data but staff data too", "people.customers"),
        ("no customers, but our employees use it", "people.staff_applicants"),
        ("use Whisper on our own servers for interviews", "account.self_hosted"),
        ("use ChatGPT Team for mails", "account.team"),
        ("we want a chatbot for visitors on our website", "output_use.talks_to_people"),
        ("use AI to grade student essays", "function.education.grading"),
        ("use AI to watch exams for cheating: proctoring", "area.education"),
        ("use AI to score creditworthiness", "area.credit_insurance"),
        ("use AI to control the robot arm", "output_use.physical_safety"),
        ("AI that reads the mood of our employees", "red_flag.emotion_work_school"),
    ],
)
def test_what_the_words_suggest_is_proposed(text: str, present: str) -> None:
    assert present in proposed(text)


def test_a_proposal_names_the_words_it_rests_on() -> None:
    text = "Use ChatGPT to shortlist applicants and write to customers"
    assert all(proposal.because in text for proposal in reading(text).proposals)


def test_only_questions_and_choices_of_the_form_are_proposed() -> None:
    form = ai_use()
    known = {(question.id, choice.id) for question in form.questions() for choice in question.choices}
    assert hints().choices <= known


@pytest.mark.parametrize(
    "text",
    [
        "Ich möchte ChatGPT nutzen, um Bewerbungen zu sortieren",
        "Je voudrais utiliser ChatGPT pour résumer des contrats",
        "ChatGPTを使いたいです",
        "Хочу использовать ChatGPT для писем",
    ],
)
def test_another_language_is_not_guessed_at_but_the_tool_is_seen(text: str) -> None:
    found = reading(text)
    assert (found.intent, found.proposals) == ("other", ())
    assert [tool.id for tool in found.tool.tools] in (["chatgpt"], [])


def test_forty_thousand_characters() -> None:
    found = reading("I'd like to use Otter.ai to transcribe customer calls. " + "Thank you so much! " * 2_200)
    assert (found.intent, found.tool.kind, found.purpose) == ("use", "one", "transcribe customer calls")


@pytest.mark.parametrize("text", ["", "   \n", "🎉", ":tada:" * 3, "<@U012ABC>", "…", "???"])
def test_nothing_is_made_of_nothing(text: str) -> None:
    found = reading(text)
    assert (found.tool.kind, found.proposals) == ("none", ())
    assert found.intent in ("other", "help")


WORDS = [
    "can",
    "we",
    "use",
    "Claude",
    "to",
    "rank",
    "customers",
    "no",
    "<@U1>",
    "<https://otter.ai|x>",
    "hi",
    ".",
    "?",
    "\n",
    '"',
    "🎉",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_any_message_can_be_read(text: str) -> None:
    found = reading(text)
    assert len(found.purpose) <= 3_000
    assert all(proposal.because for proposal in found.proposals)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like ChatGPT to help me hire people",
        "We hire with Claude: it reads CVs and picks the best",
        "can ChatGPT help us hire? we give it CVs and it should pick the best",
    ],
)
def test_hiring_touches_employment(text: str) -> None:
    assert "area.employment" in proposed(text)


def test_hiring_a_car_does_not() -> None:
    assert "area.employment" not in proposed("I'd like ChatGPT to help me hire a car")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("can i put stuff into that google thing?", "Gemini"),
        ("an ai that ranks applicants, a colleague said greenhouse has one", "Greenhouse"),
        ("a software that sorts invoices, my boss said sap has one", "SAP Joule"),
        ("a chat asistant like claude for customer emails", "Claude"),
        ("someone told me notion can summarise meeting notes, i'd like that", "Notion AI"),
    ],
)
def test_what_is_named_beside_the_wish_is_proposed_and_not_certain(text: str, name: str) -> None:
    found = read(text, CATALOGUE).tool
    assert found.kind == "several"
    assert name in [tool.name for tool in found.tools]


@pytest.mark.parametrize(
    "text",
    [
        "it looks like claude is down",
        "google is a great company",
        "i like claude monet",
        "our parrot acts like claude",
        "we really like claude",
    ],
)
def test_a_name_that_stands_for_no_tool_is_not_proposed(text: str) -> None:
    assert read(text, CATALOGUE).tool.kind == "none"


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("we use chatgpt for customer emails since spring, is that ok", "customer emails since spring"),
        ("my team wants otter for customer meetings, i already do it on my own account", "customer meetings"),
        ("yes", ""),
        ("ok, go ahead", ""),
    ],
)
def test_a_question_behind_it_and_a_bare_yes_are_no_purpose(text: str, purpose: str) -> None:
    assert read(text, CATALOGUE).purpose == purpose


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my team wants otter for customer meetings, i already do it on my own account", "report_existing"),
        ("our team would like deepl, i've got it on my own account", "report_existing"),
        ("we already do it by hand, i'd like chatgpt to write our minutes", "use_new"),
    ],
)
def test_what_is_done_already_with_it_is_in_use(text: str, kind: str) -> None:
    found = [p.value for p in read(text, CATALOGUE).proposals if p.question == "kind"]
    assert found == [kind]


@pytest.mark.parametrize(
    ("text", "proposed"),
    [
        ("chatgpt for replies to customers, i look over it and then send it", True),
        ("chatgpt to draft replies, i read each one before it goes out", True),
        ("I'd like to use Otter, we want to check with you before we start", False),
        ("i read everything about deepl, we want to use it for letters", False),
        ("claude writes replies, nobody looks at them before they go out", False),
    ],
)
def test_a_person_who_looks_before_it_is_used_is_a_check(text: str, proposed: bool) -> None:
    found = {p.value for p in read(text, CATALOGUE).proposals if p.question == "output_use"}
    assert ("shared_after_check" in found) is proposed
    assert "draft_self" not in found or not proposed
