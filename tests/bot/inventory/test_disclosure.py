"""A row becomes what it states, and nothing invented."""

from collections import Counter

import pytest

from bot.inventory.disclosure import Refusal, to_disclose, with_key
from bot.inventory.mapping import Column, Map, load_map
from intake.answers import NOT_ASKED, answered, unsure
from intake.catalogue import Catalogue
from intake.form import Kind
from intake.forms import ai_use
from intake.tool import Tool

US = load_map("us-federal", ai_use())
TOOLS = Catalogue([Tool(id="chatgpt", name="ChatGPT", vendor="OpenAI")])
ROW = {
    "id": "US25-0001",
    "year": "2025",
    "agency": "DOJ",
    "bureau": "FBI",
    "use_case_name": "Sort tips",
    "stage": "Deployed",
    "purpose_and_benefits": "Tips are read sooner.",
    "topic_area": "Law Enforcement",
    "pii": "Yes",
    "vendor": "Acme",
    "label_raw": "High-impact",
}


def test_a_row_states_what_it_states() -> None:
    wish = to_disclose(ROW, US, TOOLS)
    assert (wish.source_map, wish.source_id, wish.title, wish.unit) == (
        "us-federal",
        "US25-0001",
        "Sort tips",
        "DOJ / FBI",
    )
    assert wish.answers == {
        "purpose": answered("Tips are read sooner."),
        "stage": answered("in_use"),
        "data": unsure("personal"),
        "area": unsure("law_enforcement"),
    }
    assert (wish.tool_id, wish.tool_name) == (None, "")
    assert "The agency's own label: High-impact" in wish.words
    assert "Vendor: Acme" in wish.words


@pytest.mark.parametrize(
    ("column", "cell", "question", "expected"),
    [
        ("pii", "No", "data", NOT_ASKED),
        ("pii", "", "data", NOT_ASKED),
        ("pii", " yes ", "data", unsure("personal")),
        ("stage", "Pre-deployment", "stage", NOT_ASKED),
        ("stage", "operation  and maintenance", "stage", answered("in_use")),
        ("stage", "Retired.", "stage", answered("retired")),
        ("topic_area", "Other", "area", NOT_ASKED),
        ("topic_area", "HR", "area", unsure("employment")),
        ("purpose_and_benefits", "", "purpose", NOT_ASKED),
        ("purpose_and_benefits", "=cmd|' /C calc'!A0", "purpose", answered("=cmd|' /C calc'!A0")),
    ],
)
def test_a_cell_answers_only_what_it_says(column: str, cell: str, question: str, expected: object) -> None:
    assert to_disclose({**ROW, column: cell}, US, TOOLS).answers[question] == expected


def test_the_label_of_the_agency_is_not_our_tier() -> None:
    one, other = (to_disclose({**ROW, "label_raw": label}, US, TOOLS) for label in ("High-impact", "Neither"))
    assert one.answers == other.answers


def test_a_long_title_is_shortened_and_kept_in_full() -> None:
    long = "Find the same person in " + "many " * 30 + "files"
    wish = to_disclose({**ROW, "use_case_name": long}, US, TOOLS)
    assert len(wish.title) <= 80
    assert wish.title.endswith("…")
    assert wish.words.startswith(long)


def test_a_long_purpose_is_shortened_and_kept_in_full() -> None:
    longest = ai_use().by_id["purpose"].longest
    long = "x" * (longest + 500)
    wish = to_disclose({**ROW, "purpose_and_benefits": long}, US, TOOLS)
    assert len(wish.answers["purpose"].text) == longest
    assert long in wish.words


def test_a_spelling_that_the_map_does_not_know_stays_open_and_is_told() -> None:
    told: Counter[tuple[str, str]] = Counter()
    wish = to_disclose({**ROW, "stage": "Somewhere"}, US, TOOLS, strange=lambda *cell: told.update([cell]))
    assert wish.answers["stage"] == NOT_ASKED
    assert "Stage: Somewhere" in wish.words
    assert told == {("stage", "Somewhere"): 1}


@pytest.mark.parametrize(
    "change", [{"id": ""}, {"id": "  "}, {"id": "x" * 151}, {"id": "a\tb"}, {"use_case_name": " "}]
)
def test_a_row_that_names_no_use_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        to_disclose({**ROW, **change}, US, TOOLS)


MINE = Map(
    name="mine",
    id="id",
    title="title",
    tool="tool",
    facts=(
        Column(
            question="data",
            kind=Kind.many,
            column="data",
            choices={"personal": "personal", "public": "public"},
            split=";",
        ),
    ),
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("personal; public", answered("personal", "public")),
        ("public;", answered("public")),
        ("personal; secret", unsure("personal")),
        ("secret", NOT_ASKED),
    ],
)
def test_a_list_in_a_cell(cell: str, expected: object) -> None:
    assert to_disclose({"id": "1", "title": "t", "data": cell}, MINE, TOOLS).answers["data"] == expected


@pytest.mark.parametrize(
    ("cell", "tool", "name"),
    [
        ("ChatGPT", "chatgpt", "ChatGPT"),
        ("our own model", None, "our own model"),
        ("ChatGPT or something like it", None, "ChatGPT or something like it"),
        ("", None, ""),
    ],
)
def test_a_tool_is_recognised_only_where_the_whole_cell_names_it(
    cell: str, tool: str | None, name: str
) -> None:
    wish = to_disclose({"id": "1", "title": "t", "tool": cell}, MINE, TOOLS)
    assert (wish.tool_id, wish.tool_name) == (tool, name)
    assert wish.answers["tool"] == (answered(tool or name) if name else NOT_ASKED)


def test_the_same_row_is_the_same_wish_and_a_return_is_another() -> None:
    wish = to_disclose(ROW, US, TOOLS)
    other = to_disclose({**ROW, "pii": "No"}, US, TOOLS)
    assert with_key(wish, 1) == with_key(to_disclose(ROW, US, TOOLS), 1)
    assert len({with_key(wish, 1).key, with_key(wish, 3).key, with_key(other, 1).key}) == 3
    assert wish.case == other.case
