"""Why an example does not come out as it says, in words by which somebody who is no programmer mends it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.triage.reading import FORM, given
from tests.triage.test_own import INNER, STAFF, TALKS, a_file, a_rule, book
from triage.examples import Given
from triage.unmet import unmet

BOTH = {"output_use": ["talks_to_people"], "people": ["staff_applicants"]}
NEITHER = {"output_use": ["draft_self"], "people": ["customers"]}
LACKS_TALK = "`output_use` is [draft_self]; the rule needs talks_to_people"
LACKS_STAFF = "`people` is [customers]; the rule needs staff_applicants"
HAS_TALK = "`output_use` is [talks_to_people]; it must not hold talks_to_people"
HAS_STAFF = "`people` is [staff_applicants]; it must not hold staff_applicants"
COUNCIL = {"setting": "works_council", "is": "yes"}

SHOULD_FIRE: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "it does": (INNER, {"data": ["internal"]}, ""),
    "another choice": (INNER, {"data": ["public"]}, "`data` is [public]; the rule needs internal"),
    "not said": (INNER, {}, "say what `data` is (the rule needs internal)"),
    "all parts are told": ({"all": [TALKS, STAFF]}, NEITHER, f"{LACKS_TALK}; {LACKS_STAFF}"),
    "one of several is enough": ({"any": [TALKS, STAFF]}, NEITHER, f"{LACKS_STAFF}, or {LACKS_TALK}"),
    "only what is in the way": (
        {"none": [TALKS, STAFF]},
        NEITHER | {"output_use": ["talks_to_people"]},
        HAS_TALK,
    ),
    "a setting": (COUNCIL, {}, 'add `settings: {works_council: "yes"}`'),
    "a question that is not asked there": (
        {"question": "powers", "contains": "spend"},
        {"output_use": ["draft_self"], "powers": ["spend"]},
        "`powers` is asked only if `output_use` contains acts_in_systems; this example does not say so: "
        "`output_use` is [draft_self]; this needs acts_in_systems",
    ),
    "a question that much calls for": (
        {"question": "worst", "is": "injury_death"},
        {"output_use": ["draft_self"], "worst": "injury_death"},
        "`worst` is asked only if other answers call for it; this example does not say so: "
        "say what `data` is (this needs special), or `output_use` is [draft_self]; "
        "this needs decides_people, acts_in_systems or physical_safety",
    ),
}

SHOULD_MISS: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "it does": (INNER, {"data": ["public"]}, ""),
    "what is ticked": (
        INNER,
        {"data": ["internal", "public"]},
        "`data` is [public, internal]; it must not hold internal",
    ),
    "not said": (INNER, {}, "say what `data` is (not internal)"),
    "every way out of any": ({"any": [TALKS, STAFF]}, BOTH, f"{HAS_TALK}; {HAS_STAFF}"),
    "one part of all is enough": ({"all": [TALKS, STAFF]}, BOTH, f"{HAS_STAFF}, or {HAS_TALK}"),
    "a setting": (COUNCIL, {}, "the setting `works_council` is not stated; it must not be yes"),
}


def told(when: dict[str, Any], answers: dict[str, Any], *, holds: bool) -> str:
    (rule,) = book(a_file(a_rule(when=when))).policies[-1].rules
    return unmet(FORM, rule.when, Given(answers=given(answers), settings={}), holds=holds)


@pytest.mark.parametrize("name", SHOULD_FIRE)
def test_why_it_does_not_fire(name: str) -> None:
    when, answers, expected = SHOULD_FIRE[name]
    assert told(when, answers, holds=True) == expected


@pytest.mark.parametrize("name", SHOULD_MISS)
def test_why_it_does_not_miss(name: str) -> None:
    when, answers, expected = SHOULD_MISS[name]
    assert told(when, answers, holds=False) == expected
