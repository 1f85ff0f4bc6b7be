"""A damaged form stops with everything that is wrong with it; a sound one can be shown as plain values."""

import json
from pathlib import Path

import pytest

from intake.forms import ai_use, ai_use_wording, load_form, load_wording
from intake.grammar import Vocabulary, parse_condition
from intake.outline import show
from intake.source import Damaged, Faults, read_text

SOUND = """\
id: lunch
version: "1"
pages:
  - id: first
    questions:
      - id: hungry
        kind: one
        choices: [{id: "yes"}, {id: "no"}]
      - id: dishes
        kind: many
        when: {question: hungry, is: "yes"}
        choices: [{id: soup}, {id: none, alone: true}]
"""
WORDS = """\
hungry:
  {ask: Are you hungry?, short: Hunger, help: Say so., why: It decides., choices: {"yes": "Yes", "no": "No"}}
dishes:
  {ask: Which dishes?, short: Dishes, help: Any., why: It decides., choices: {soup: Soup, none: None}}
"""


def damaged(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "lunch.yaml").write_text(text)
    with pytest.raises(Damaged) as caught:
        load_form(tmp_path, "lunch")
    return [str(fault) for fault in caught.value.faults]


def write(tmp_path: Path, form: str = SOUND, words: str = WORDS) -> None:
    (tmp_path / "lunch.yaml").write_text(form)
    (tmp_path / "lunch.en.yaml").write_text(words)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('is: "yes"', "is: maybe", "lunch.yaml:11: dishes.when.is: `maybe` is not a choice of `hungry`"),
        ('is: "yes"', "is: yes", "lunch.yaml:11: dishes.when.is: `yes` is read as true or false"),
        (
            "question: hungry",
            "question: dishes",
            "lunch.yaml:11: dishes.when.question: `dishes` is not a question",
        ),
        ("kind: many", "kind: few", "lunch.yaml:10: dishes.kind: `few` is not a kind of question"),
        ("kind: many", "kind: text", "lunch.yaml:12: dishes.choices: a `text` question has no choices"),
        ("id: dishes", "id: hungry", "lunch.yaml:9: hungry.id: the question `hungry` stands here twice"),
        (
            "{id: soup}",
            "{id: none}",
            "lunch.yaml:12: dishes.choices.none.id: the choice `none` stands here twice",
        ),
        ("{id: soup}", "{id: Soup!}", "lunch.yaml:12: dishes.choices.Soup!.id: `Soup!` cannot be an id"),
        ("alone: true", "alone: maybe", "lunch.yaml:12: dishes.choices.none.alone: must be true or false"),
        (
            "alone: true",
            "alome: true",
            "lunch.yaml:12: dishes.choices.none.alome: `alome` is not a field here",
        ),
        ('version: "1"', "version: 1", "lunch.yaml:2: version: must be text, not 1"),
        ("    questions:", "    question:", "lunch.yaml:5: first.question: `question` is not a field here"),
        ('[{id: "yes"}, {id: "no"}]', "[]", "lunch.yaml:8: hungry.choices: is an empty list"),
    ],
)
def test_a_fault_is_named_by_file_line_id_and_field(
    tmp_path: Path, before: str, after: str, fault: str
) -> None:
    assert before in SOUND
    found = damaged(tmp_path, SOUND.replace(before, after))
    assert any(line.startswith(fault) for line in found), found


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = SOUND.replace('version: "1"', "version: 1.10").replace('is: "yes"', "is: maybe")
    text = text.replace("kind: one", "kind: one\n        longest: many").replace("alone: true", "alone: 3")
    assert len(damaged(tmp_path, text)) == 4


def test_a_missing_file_says_where_to_put_it(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="cannot be read"):
        load_form(tmp_path, "dinner")


def test_the_digest_names_the_content_and_not_its_looks(tmp_path: Path) -> None:
    write(tmp_path)
    first = load_form(tmp_path, "lunch").digest
    write(tmp_path, "# a comment\n" + SOUND.replace("{id: soup}", '{id: "soup"}'))
    assert load_form(tmp_path, "lunch").digest == first
    write(tmp_path, SOUND.replace("soup", "stew"))
    assert load_form(tmp_path, "lunch").digest != first


def test_missing_and_surplus_texts_are_faults(tmp_path: Path) -> None:
    write(tmp_path, words=WORDS.replace("soup: Soup", "stew: Stew").replace("Which dishes?", "''"))
    form = load_form(tmp_path, "lunch")
    with pytest.raises(Damaged) as caught:
        load_wording(tmp_path, "lunch", form)
    problems = [fault.problem for fault in caught.value.faults]
    assert "the text `dishes.choices.soup` is missing" in problems
    assert "no text `dishes.choices.stew` is asked for" in problems
    assert "must be text" in problems


def test_another_language_falls_back_to_english(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "lunch.de.yaml").write_text("hungry: {ask: Hast du Hunger?}\n")
    wording = load_wording(tmp_path, "lunch", load_form(tmp_path, "lunch"), "de")
    assert wording.ask("hungry") == "Hast du Hunger?"
    assert wording.label("dishes", "none") == "None"


def test_the_form_shown_is_plain_whole_and_true() -> None:
    form = ai_use()
    shown = json.loads(json.dumps(show(form, ai_use_wording())))
    assert (shown["form"], shown["digest"]) == ("ai-use", form.digest)
    assert [item["id"] for item in shown["questions"]] == list(form.by_id)
    for item in shown["questions"]:
        assert all(item[part] for part in ("page", "kind", "ask", "short", "help", "why"))
        if item["when"] is None:
            continue
        faults = Faults()
        entry = read_text(json.dumps(item["when"]), "shown", faults)
        assert entry is not None
        again = parse_condition(entry, faults, Vocabulary(questions=form.by_id))
        assert faults.found == []
        assert again == form.gates[item["id"]]
