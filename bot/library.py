"""What is read from files once and for all: the form, its words, the rules, the tools the world knows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from intake.catalogue import Catalogue
from intake.form import Form
from intake.forms import ai_use, ai_use_wording
from intake.texts import Wording
from triage.policies import standard_book
from triage.rules import RuleBook


@dataclass(frozen=True)
class Library:
    form: Form
    wording: Wording
    book: RuleBook
    catalogue: Catalogue


@cache
def library(language: str = "en") -> Library:
    """Raises Damaged with every fault of a file."""
    return Library(
        form=ai_use(),
        wording=ai_use_wording(language),
        book=standard_book(),
        catalogue=Catalogue.load(),
    )
