"""Answer sets drawn from the whole form: unsure, missing, contradictory and hidden but answered ones too."""

from collections.abc import Mapping
from functools import cache
from random import Random
from typing import NamedTuple

from intake.answers import NOT_ASKED, Answer, Answers, answered, unsure
from intake.form import Form, Kind, Question
from triage.lanes import Settings
from triage.organisation import Organisation, to_settings

REGIONS = (("eu",), ("eu",), ("eu",), ("eu",), ("us",), ("eu", "us"), ("uk", "us", "canada"), ())
ORDINARY: Mapping[str, tuple[str, ...]] = {
    "output_use": ("draft_self", "shared_after_check"),
    "data": ("public", "internal"),
    "function": ("admin_only",),
    "influence": ("one_input", "narrow_prep", "none"),
    "profiling": ("no",),
    "safety_component": ("no",),
    "worst": ("negligible", "inconvenience"),
    "scale": ("lt100", "lt1000", "lt10000"),
    "gen_public": ("no", "no", "text_public_interest", "image_audio_video"),
    "account": ("enterprise", "team"),
    "train_on_data": ("no_contract", "opted_out"),
}


class Drawn(NamedTuple):
    answers: Answers
    settings: Settings


def draw(form: Form, random: Random) -> Drawn:
    """A temper runs through a set, from harmless to wild; else nearly all would come out as forbidden."""
    temper = random.choice((0.05, 0.1, 0.3, 1.0))
    forbidden = random.choice((0.0, 0.0, 0.0, 0.02, 0.8))
    lost, blurred = random.choice(((0, 0), (0, 0), (0.02, 0.02), (0.15, 0.05), (0.05, 0.3)))
    answers = {}
    for question in form.questions():
        if question.choices and random.random() >= lost:
            risky = forbidden if question.id == "red_flag" else temper
            answers[question.id] = _answer(question, random, risky, blurred)
    organisation = Organisation(
        regions=random.choice(REGIONS),
        public_body=random.choice((True, False, None)),
        works_council=random.choice((True, False, None)),
    )
    settings = to_settings(
        organisation,
        tool_in_catalogue=random.random() < 0.5,
        rebuttal_signatures=random.choice((0, 0, 1, 2)),
    )
    return Drawn(answers, settings)


def _answer(question: Question, random: Random, temper: float, blurred: float) -> Answer:
    picked = tuple(_picked(question, random, temper))
    if random.random() < blurred:
        return _unsure(
            tuple(choice for choice in picked if random.random() < 0.5 and question.kind is Kind.many)
        )
    return _answered(picked)


@cache
def _answered(picked: tuple[str, ...]) -> Answer:
    return answered(*picked)


@cache
def _unsure(picked: tuple[str, ...]) -> Answer:
    return unsure(*picked)


def _picked(question: Question, random: Random, temper: float) -> list[str]:
    choices = [choice.id for choice in question.choices]
    alone = [choice.id for choice in question.choices if choice.alone]
    mild = ORDINARY.get(question.id) or alone or choices
    if question.kind is Kind.one:
        return [random.choice(choices if random.random() < temper else mild)]
    if random.random() >= temper:
        return [random.choice(mild)]
    wild = [choice for choice in choices if random.random() < 0.25]
    return wild or [random.choice(choices)]


def blur(form: Form, drawn: Drawn, random: Random) -> Drawn:
    """The same, but less of it known: answers left out or unsure, ticks taken away, statements left open."""
    share = random.choice((0.05, 0.2, 0.6))
    answers = {}
    for question, answer in drawn.answers.items():
        if random.random() >= share:
            answers[question] = answer
        elif random.random() < 0.5:
            many = form.by_id[question].kind is Kind.many
            answers[question] = _unsure(tuple(c for c in answer.picked if many and random.random() < 0.5))
        elif random.random() < 0.5:
            answers[question] = NOT_ASKED
    settings = {name: said for name, said in drawn.settings.items() if random.random() >= share / 4}
    return Drawn(answers, settings)
