"""The words people type that are not answers but wishes, or that stand for an answer, in one language."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from intake.texts import Texts, load_texts
from intake.value import Value


class Control(StrEnum):
    """What a person can ask for at every turn."""

    back = "back"
    skip = "skip"
    pause = "pause"
    cancel = "cancel"
    help = "help"
    why = "why"
    form = "form"
    start = "start"
    resume = "resume"
    hand_over = "hand_over"
    submit = "submit"
    between_us = "between_us"


class Speech(Value):
    """The words of one language, normalised."""

    control: Mapping[str, Control]
    unsure: frozenset[str]
    none: frozenset[str]
    none_at_all: frozenset[str]
    """No to several questions at once."""
    all: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    negation: frozenset[str]
    agreed: frozenset[str]
    """Yes to what was shown last; no answer to a question by itself."""
    send: frozenset[str]
    submit: frozenset[str]
    rather_yes: frozenset[str]
    rather_no: frozenset[str]
    polite: frozenset[str]


@cache
def speech(language: str = "en") -> Speech:
    return to_speech(load_texts(Path(__file__).parent / "forms", "typed", language))


def to_speech(texts: Texts) -> Speech:
    def words(key: str) -> frozenset[str]:
        return frozenset(normal(word) for word in texts.say(key).split("|"))

    return Speech(
        control={word: control for control in Control for word in words(f"control.{control}")},
        unsure=words("answer.unsure"),
        none=words("answer.none"),
        none_at_all=words("answer.none_at_all"),
        all=words("answer.all"),
        yes=words("answer.yes"),
        no=words("answer.no"),
        negation=words("answer.negation"),
        agreed=words("answer.agreed"),
        send=words("answer.send"),
        submit=words("answer.submit"),
        rather_yes=words("answer.rather_yes"),
        rather_no=words("answer.rather_no"),
        polite=words("polite"),
    )


def normal(text: str) -> str:
    """Only letters and digits in small, one blank between words; thousands without separators."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = text.replace("'", "")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())
