"""What the organisation states once, so that no colleague is ever asked, and how rules read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from intake.value import Value
from triage.calendar import CLOSE_OF_DAY, START_OF_DAY
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, TIER_DECIDED

SIGNATURES_THAT_COUNT = 2
"""Two people sign that a listed use is no high risk after all (Article 6(3) and (4))."""


class Organisation(Value):
    """None: not stated. From `begins` to `closes` people are written to, each where they are."""

    regions: tuple[str, ...] = ()
    public_body: bool | None = None
    sector: str | None = None
    works_council: bool | None = None
    units: tuple[str, ...] = ()
    language: str = "en"
    zone: str = "UTC"
    country: str | None = None
    begins: time = START_OF_DAY
    closes: time = CLOSE_OF_DAY


def to_settings(
    told: Organisation, *, tool_in_catalogue: bool, rebuttal_signatures: int = 0
) -> dict[str, tuple[str, ...]]:
    """In the words of the rules. With one region nobody is asked for places; with none or several they are."""
    settings: dict[str, tuple[str, ...]] = {
        "single_region": (_word(len(told.regions) == 1),),
        "tool_in_catalogue": (_word(tool_in_catalogue),),
        "signatures": (str(min(rebuttal_signatures, SIGNATURES_THAT_COUNT)),),
        TIER_DECIDED: NOT_DECIDED,
        PRACTICE_EXCEPTED: NOT_DECIDED,
    }
    if told.regions:
        settings["regions"] = told.regions
    if told.sector:
        settings["sector"] = (told.sector,)
    for name, stated in (("public_body", told.public_body), ("works_council", told.works_council)):
        if stated is not None:
            settings[name] = (_word(stated),)
    return settings


def complete(stated: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What was stated with a result that is older than what two people can settle beside the rules."""
    return {TIER_DECIDED: NOT_DECIDED, PRACTICE_EXCEPTED: NOT_DECIDED, **stated}


def _word(stated: bool) -> str:
    return "yes" if stated else "no"
