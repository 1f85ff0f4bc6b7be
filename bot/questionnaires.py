"""The questionnaires that are switched on, with their words in the languages that their publishers wrote."""

from __future__ import annotations

from functools import cache, lru_cache

from bot.config import Config
from bot.keeping import keep_questionnaire
from intake.forms import FILES, FORMS, load_wording
from intake.texts import Wording
from store.engine import Store
from triage import schemes
from triage.questionnaire import Questionnaire
from triage.schemes import questionnaire

ENGLISH = "en"


def switched_on(config: Config) -> tuple[str, ...]:
    return schemes.switched_on(config.policies)


@lru_cache(maxsize=16)
def kept(store: Store, name: str) -> Questionnaire:
    """Its exact files are kept before anybody answers it, so that every result can be worked out again."""
    found = questionnaire(name)
    keep_questionnaire(store, found)
    return found


@cache
def languages(name: str) -> tuple[str, ...]:
    file = FILES[questionnaire(name).form.id]
    return tuple(sorted(path.stem.rpartition(".")[2] for path in FORMS.glob(f"{file}.*.yaml")))


@cache
def wording(name: str, language: str) -> Wording:
    form = questionnaire(name).form
    return load_wording(FORMS, FILES[form.id], form, language)


def spoken(name: str, *wished: str | None) -> str:
    """The first wished language that it is written in: `fr-CA` is French; else English."""
    known = languages(name)
    short = (each.replace("_", "-").partition("-")[0].casefold() for each in wished if each)
    return next((each for each in short if each in known), ENGLISH)
