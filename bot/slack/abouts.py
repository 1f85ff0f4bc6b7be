"""What a window carries of what it is about; what comes back and is not ours reads as something that nobody has."""

from __future__ import annotations

import re
from typing import NamedTuple


class Sheeted(NamedTuple):
    """A questionnaire about a use, by the policy that asks it, and where in it somebody is."""

    case: str
    form: str
    page: str = ""
    language: str = ""


class About(NamedTuple):
    """What a window is about; `version` is that of the case as it shows it, None where that does not matter.
    For whoever was asked something, it is the number of what they were asked.
    """

    case: str
    version: int | None = None


class Excepted(NamedTuple):
    """An exception that a window is about: the use in the version that it shows, and the claim that waits there."""

    case: str
    version: int
    claim: str = ""


def to_about(about: About) -> str:
    return about.case if about.version is None else f"{about.case}|{about.version}"


def from_about(text: str) -> About:
    case, _, version = text.partition("\n")[0].partition("|")
    return About(case=case, version=int(version) if version.isdecimal() else None)


def to_excepted(about: Excepted) -> str:
    return f"{about.case}|{about.version}|{about.claim}"


def from_excepted(text: str) -> Excepted:
    """What is not ours reads as a version that nothing has."""
    case, version, claim = [*text.split("|", 2), "", ""][:3]
    return Excepted(case, int(version) if re.fullmatch(r"[0-9]{1,9}", version) else -1, claim)


def to_sheeted(about: Sheeted) -> str:
    return "|".join(about)


def from_sheeted(text: str) -> Sheeted:
    """What is not ours reads as a questionnaire that nobody has."""
    return Sheeted(*(text.split("|") + [""] * 4)[:4])
