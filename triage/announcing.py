"""What those who work with a use, and those whom it affects, have to be told of it: read off its facts, sent by nobody.

It says nothing that nobody stated: what is not known stays a gap, for whoever copies the draft to fill in.
"""

from __future__ import annotations

from enum import StrEnum

from intake.answers import NOT_ASKED, State
from intake.value import Value
from triage.case import Case
from triage.conditions import conditions_of
from triage.outcome import Refused

GOES_OUT = ("talks_to_people", "decides_people", "shared_unchecked", "acts_in_systems", "physical_safety")
"""With these, whoever is affected meets what it produces, whether or not somebody has looked."""


class Audience(StrEnum):
    users = "users"
    affected = "affected"


DELICATE = ("secrets_credentials", "special", "client_owned")
"""What everybody who works with it has to know to keep out, unless it was approved for it."""
ASKED = {
    Audience.users: ("purpose", "output_use", "data"),
    Audience.affected: ("purpose", "output_use", "data", "check", "contest_route"),
}
"""What each of them has to read of; a question that nobody answered is a gap."""


class Announcement(Value):
    """`effects`, `data`, `check`: choices of the form. `out`: the kinds of data that stay out, the most delicate first.

    `gaps`: questions without an answer that the reader could rely on.
    """

    audience: Audience
    tool: str
    purpose: str
    effects: tuple[str, ...]
    data: tuple[str, ...]
    out: tuple[str, ...]
    check: str
    contest: str
    conditions: tuple[str, ...]
    gaps: tuple[str, ...]


def announcement(case: Case, audience: Audience) -> Announcement:
    answers = case.answers
    known = {q: a.picked for q, a in answers.items() if a.state is State.answered}
    gaps = tuple(q for q in ASKED[audience] if q not in known)
    return Announcement(
        audience=audience,
        tool=case.tool_name,
        purpose=" ".join(known.get("purpose", ())),
        effects=known.get("output_use", ()),
        data=known.get("data", ()),
        out=tuple(kind for kind in DELICATE if "data" in known and kind not in known["data"]),
        check="".join(known.get("check", ())),
        contest=" ".join(known.get("contest_route", ())),
        conditions=tuple(each.text for each in conditions_of(case)),
        gaps=gaps,
    )


def reaches_people(case: Case) -> bool:
    """Whether anybody beside those who work with it meets what it produces."""
    picked = case.answers.get("output_use", NOT_ASKED).picked
    return any(effect in GOES_OUT for effect in picked)


def may_announce(case: Case, person: str) -> bool:
    return case.in_use and person in (case.requester, case.owner)


def check_may_announce(case: Case, person: str) -> None:
    """Whoever answers for it tells of it, and only what was approved: before that there is nothing to tell."""
    if person not in (case.requester, case.owner):
        raise Refused("not_yours_to_announce", case=case.id)
    if not case.in_use:
        raise Refused("nothing_to_announce", case=case.id)
