"""Ten questions, and a file that reads back as what was said; nothing is overwritten without a yes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.setup import QUESTIONS
from bot.configfile import KEYS, read_seed, read_value
from intake.source import Damaged
from triage.retention import kinds

GOOD = (
    "C0GOVERN",
    "U0MIRA, U0LEILA",
    "U0LEILA",
    "S0BOARD",
    "U0AMARA",
    "",
    "EU, uk",
    "works council",
    "manufacturing: Sales, Engineering",
    "en, Europe/Berlin, no",
)
NOT_ASKED = {"channels.units", "digest.day", "digest.time", "digest.zone", "hours.begin", "hours.end"} | {
    "channels.incidents", "channels.questions", "channels.hints", "sightings.people",
    "incidents.speak_up", "incidents.outside", "incidents.reaction",
    "anchor.channel", "anchor.file", "anchor.tsa", "anchor.tsa_root",
    "model.use", "model.confidential", "model.seconds", "model.tokens",
    "policies", "tools.settled", "deputies", "roles.requester", "roles.owner",
} | {f"retention.{each.id}" for each in kinds() if each.bounds}  # fmt: skip
"""Held by whoever asks, and what has a good default."""


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A person at the terminal, who goes away after the last word; returns what was asked."""

    def type_(*words: str) -> list[str]:
        typed, asked = iter(words), list[str]()

        def answer(prompt: str = "") -> str:
            asked.append(prompt)
            try:
                return next(typed)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        return asked

    return type_


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str) -> Path:
        path = tmp_path / "answers.txt"
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def test_ten_questions_make_a_file(steward: Any, typing: Any, tmp_path: Path) -> None:
    asked = typing(*GOOD)
    code, said, _ = steward("setup")
    assert (code, len(asked), len(QUESTIONS)) == (0, 10, 10)
    found = read_seed(tmp_path / "steward.yaml")
    assert set(KEYS) - set(found) == NOT_ASKED
    assert found["roles.reviewer"] == ("U0MIRA", "U0LEILA")
    assert found["roles.committee"] == ("S0BOARD",)
    assert found["roles.security"] == ()
    assert found["organisation.regions"] == ("eu", "uk")
    assert (found["organisation.public_body"], found["organisation.works_council"]) == (False, True)
    assert (found["organisation.sector"], found["organisation.units"]) == (
        "manufacturing",
        ("Sales", "Engineering"),
    )
    assert (found["language"], found["timezone"], found["country"]) == ("en", "Europe/Berlin", "NO")
    assert (tmp_path / "steward.yaml").read_text() in said


def test_empty_answers_mean_nobody_and_nothing_said(steward: Any, answers: Any, tmp_path: Path) -> None:
    assert steward("setup", "--answers", answers(*[""] * 10))[0] == 0
    found = read_seed(tmp_path / "steward.yaml")
    assert not any(found[key] for key in found if key.startswith(("roles.", "channels.", "organisation.")))
    assert (found["language"], found["timezone"], found["country"]) == ("en", "UTC", None)


def test_what_cannot_be_read_is_asked_again(steward: Any, typing: Any, tmp_path: Path) -> None:
    asked = typing("general", *GOOD[:1], "mira", *GOOD[1:])
    code, _, errors = steward("setup")
    assert (code, len(asked)) == (0, 12)
    assert "`general` is not the id of a channel" in errors
    assert "`mira` is not the id of a person" in errors


@pytest.mark.parametrize(
    ("place", "words"),
    [(0, "general"), (1, "mira"), (6, "europe"), (7, "unions"), (9, "en, Berlin"), (9, "English, UTC")],
)
def test_a_file_of_answers_is_not_asked_again(
    steward: Any, answers: Any, tmp_path: Path, place: int, words: str
) -> None:
    code, _, errors = steward("setup", "--answers", answers(*GOOD[:place], words, *GOOD[place + 1 :]))
    assert (code, errors.startswith(f"Answer {place + 1}: ")) == (2, True)
    assert not (tmp_path / "steward.yaml").exists()


def test_whoever_leaves_early_leaves_nothing(steward: Any, typing: Any, tmp_path: Path) -> None:
    typing(*GOOD[:4])
    code, _, errors = steward("setup")
    assert (code, "Nothing was written" in errors) == (1, True)
    assert not list(tmp_path.glob("steward.yaml*"))


@pytest.fixture
def there(tmp_path: Path) -> Path:
    path = tmp_path / "steward.yaml"
    path.write_text("language: en\n")
    return path


@pytest.mark.parametrize("reply", ["", "no", "what?"])
def test_a_file_that_is_there_stays(steward: Any, typing: Any, there: Path, reply: str) -> None:
    typing(*GOOD, reply)
    code, _, errors = steward("setup")
    assert (code, "left as it is" in errors, there.read_text()) == (1, True, "language: en\n")


def test_a_yes_replaces_it(steward: Any, typing: Any, there: Path) -> None:
    typing(*GOOD, "yes")
    assert steward("setup")[0] == 0
    assert "C0GOVERN" in there.read_text()


def test_a_file_of_answers_replaces_only_by_force(steward: Any, answers: Any, there: Path) -> None:
    path = answers(*GOOD)
    assert steward("setup", "--answers", path)[0] == 1
    assert steward("setup", "--answers", path, "--force")[0] == 0
    assert "C0GOVERN" in there.read_text()


def test_answers_that_are_no_text_are_said(steward: Any, tmp_path: Path) -> None:
    (tmp_path / "answers").write_bytes(b"\xff\xfe")
    code, _, errors = steward("setup", "--answers", "answers")
    assert (code, errors) == (2, "answers is not text in UTF-8.\nNothing was written.\n")


def test_answers_that_are_not_there_are_said(steward: Any) -> None:
    code, _, errors = steward("setup", "--answers", "nowhere")
    assert (code, errors) == (2, "nowhere: No such file or directory.\nNothing was written.\n")


def test_a_sector_pack_is_suggested_and_is_no_setting(steward: Any, typing: Any, tmp_path: Path) -> None:
    words = [each.replace("manufacturing", "Hospital") for each in GOOD]
    assert words != list(GOOD)
    typing(*words)
    code, said, _ = steward("setup")
    assert code == 0
    assert "The sector pack `sector-health` fits" in said
    assert "It is off" in said
    assert "sector-" not in (tmp_path / "steward.yaml").read_text()
    with pytest.raises(Damaged, match="is a sector pack, and no setting"):
        read_value("policies", ["sector-health"])
