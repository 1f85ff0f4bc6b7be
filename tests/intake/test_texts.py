"""Texts by key: filled in once, never interpreted twice, faults at load."""

from pathlib import Path

import pytest

from intake.source import Damaged
from intake.texts import Texts, load_texts


def texts(tmp_path: Path, content: str, language: str = "en", fallback: Texts | None = None) -> Texts:
    (tmp_path / f"{language}.yaml").write_text(content)
    return load_texts(tmp_path, "", language, fallback=fallback)


def test_facts_fill_placeholders(tmp_path: Path) -> None:
    said = texts(tmp_path, "greeting: {first: 'Hello, {name}.'}")
    assert said.say("greeting.first", name="Ana") == "Hello, Ana."
    assert said.placeholders("greeting.first") == {"name"}


def test_people_cannot_inject_placeholders(tmp_path: Path) -> None:
    said = texts(tmp_path, "greeting: 'Hello, {name}.'")
    assert said.say("greeting", name="{name.__class__} {0}") == "Hello, {name.__class__} {0}."


def test_a_missing_fact_or_key_is_an_error(tmp_path: Path) -> None:
    said = texts(tmp_path, "greeting: 'Hello, {name}.'")
    with pytest.raises(KeyError):
        said.say("greeting")
    with pytest.raises(KeyError):
        said.say("farewell")


@pytest.mark.parametrize(("count", "expected"), [(0, "0 questions"), (1, "1 question"), (3, "3 questions")])
def test_counts_choose_their_form(tmp_path: Path, count: int, expected: str) -> None:
    said = texts(tmp_path, "left: {one: '{count} question', other: '{count} questions'}")
    assert said.say("left", count=count) == expected
    assert said.has("left")


def test_english_fills_the_gaps_of_another_language(tmp_path: Path) -> None:
    english = texts(tmp_path, "a: Good\nb: Bad\nleft: {one: one, other: '{count} left'}")
    german = texts(tmp_path, "a: Gut", "de", english)
    assert [german.say("a"), german.say("b"), german.say("left", count=2)] == ["Gut", "Bad", "2 left"]
    assert german.digest != english.digest


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: 'Hello {name'", "has a brace without its partner"),
        ("a: '{name.secret}'", "`{name.secret}` is not a plain placeholder"),
        ("a: '{}'", "`{}` is not a plain placeholder"),
        ("a: '{count:>9}'", "`{count}` is not a plain placeholder"),
        ("a: 12", "must be text, not 12"),
        ("a: ''", "must be text"),
        ("[a, b]", "must be a mapping of keys to texts"),
        ("a.b: x\na: {b: y}", "`a.b` stands here twice"),
    ],
)
def test_faults_are_found_at_load(tmp_path: Path, content: str, problem: str) -> None:
    with pytest.raises(Damaged) as caught:
        texts(tmp_path, content)
    assert [fault.problem for fault in caught.value.faults] == [problem]


def test_needed_keys_must_be_there(tmp_path: Path) -> None:
    (tmp_path / "x.en.yaml").write_text("a: A\nc: C")
    with pytest.raises(Damaged) as caught:
        load_texts(tmp_path, "x", needed=("a", "b"), known=("a", "b"))
    assert [fault.problem for fault in caught.value.faults] == [
        "the text `b` is missing",
        "no text `c` is asked for",
    ]
