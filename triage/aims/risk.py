"""A risk as it stands: its levels by the matrix, whether it is within what is borne, and who accepted what remains."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Literal

from intake.value import Value
from triage.aims.entry import Done, Entry, Said
from triage.aims.risks import LEVELS, Authority, Level, weighing
from triage.desk import Desk
from triage.expiring import after as months_after
from triage.outcome import Refused

INHERENT, NOW, AFTER = (
    ("likelihood", "impact"),
    ("likelihood_now", "impact_now"),
    ("likelihood_after", "impact_after"),
)
Held = Literal["none", "holds", "expired", "stale"]
WEIGHED = (*INHERENT, *NOW, *AFTER, "treatment", "uses", "actions", "controls_now", "scenario", "plan")
"""What an acceptance rests on."""


class Standing(Value):
    """`accepted`: whether what remains was accepted, and whether that still holds; `until` its last day."""

    inherent: Level
    now: Level
    after: Level
    within: bool
    accepted: Held = "none"
    accepted_by: str = ""
    until: date | None = None
    closed: bool = False


def standing(entry: Entry, appetite: Entry | None, today: date, facts: str | None = None) -> Standing | None:
    """Of what counts; None before its first yes. `facts`: a digest over those of its uses; None: not compared."""
    if entry.in_force is None:
        return None
    said = entry.in_force.said
    inherent, now, after = (level_of(said, scale) for scale in (INHERENT, NOW, AFTER))
    accepted = last_accepted(entry)
    held: Mapping[str, object] = {}
    if accepted is not None:
        until = date.fromisoformat(str(accepted.said["until"]))
        state = _held(entry, accepted, until, today, facts)
        held = {"accepted": state, "accepted_by": accepted.by, "until": until}
    about = {"inherent": inherent, "now": now, "after": after, "within": within(now, appetite)}
    return Standing.model_validate({**about, **held, "closed": entry.stage == "closed"})


def level_of(said: Mapping[str, Said], scale: tuple[str, str]) -> Level:
    likelihood, impact = (int(str(said[name])) for name in scale)
    return weighing().level(likelihood, impact)


def within(level: Level, appetite: Entry | None) -> bool:
    """Whether the organisation bears it without more ado; nothing but the least where it never said what it bears."""
    most = (
        str(appetite.in_force.said["most"])
        if appetite is not None and appetite.in_force is not None
        else LEVELS[0]
    )
    return LEVELS.index(level) <= [*LEVELS].index(most)  # type: ignore[arg-type]


def last_accepted(entry: Entry) -> Done | None:
    """Since it was closed last, if it was."""
    since = max((at for at, each in enumerate(entry.done, 1) if each.act == "closed"), default=0)
    return next((each for each in reversed(entry.done[since:]) if each.act == "accepted"), None)


def rests_on(entry: Entry) -> str:
    """A digest over what is weighed."""
    said = dict(entry.in_force.said) if entry.in_force else {}
    plain = {name: said[name] for name in sorted(WEIGHED) if name in said}
    told = json.dumps(plain, sort_keys=True, ensure_ascii=False)
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _held(entry: Entry, accepted: Done, until: date, today: date, facts: str | None) -> Held:
    if until < today:
        return "expired"
    same = facts is None or accepted.said.get("facts", "") == facts
    return "holds" if same and accepted.said["rests_on"] == rests_on(entry) else "stale"


def check_may_accept(
    entry: Entry, person: str, wish: Mapping[str, Said], appetite: Entry | None, desk: Desk
) -> str:
    """What remains now, by somebody with authority for its level who neither owns nor drafted it, for a time.

    The treatment has to be approved before, by somebody else: that the version counts says so.
    """
    role, authority = check_authority(entry, person, appetite, desk)
    until = _day(wish.get("until"))
    if until is None or not desk.day < until <= months_after(desk.day, authority.months):
        raise Refused("risk_until", months=str(authority.months))
    return role


def check_authority(entry: Entry, person: str, appetite: Entry | None, desk: Desk) -> tuple[str, Authority]:
    """As which role somebody may accept what remains now, and what goes with it."""
    if entry.in_force is None:
        raise Refused("entry_not_in_force")
    authority = authority_for(level_of(entry.in_force.said, NOW), appetite)
    if authority is None:
        raise Refused("risk_too_high")
    role = _role_in(authority, person, desk)
    check_not_own(entry, person, desk)
    return role, authority


def check_may_close(entry: Entry, person: str, appetite: Entry | None, desk: Desk, *, ended: bool) -> str:
    """By the same authority as accepting what remains; what nobody may accept is closed once it is gone.

    `ended`: all uses that it hangs on have; then those close it who may accept the most.
    """
    if entry.in_force is None:
        raise Refused("entry_not_in_force")
    level = level_of(entry.in_force.said, NOW)
    authority = authority_for(level, appetite)
    if authority is None:
        if not ended:
            raise Refused("risk_not_gone")
        most = next(each for each in reversed(LEVELS) if each in weighing().accepts)
        authority = authority_for(most, appetite)
    role = _role_in(authority, person, desk) if authority is not None else ""
    check_not_own(entry, person, desk)
    return role


def check_not_own(entry: Entry, person: str, desk: Desk) -> None:
    drafter = entry.in_force.by if entry.in_force is not None else ""
    if any(desk.same(person, one) for one in (drafter, entry.owner) if one):
        raise Refused("own_risk")


def _role_in(authority: Authority, person: str, desk: Desk) -> str:
    role = next((each for each in authority.roles if desk.holds(person, each)), "")
    if not role:
        held = dict.fromkeys(one for each in authority.roles for one in sorted(desk.roles.get(each, ())))
        raise Refused("not_in_role_here", role=" ".join(authority.roles), people=" ".join(held))
    return role


def _day(said: Said | None) -> date | None:
    try:
        return date.fromisoformat(str(said))
    except ValueError:
        return None


def authority_for(level: Level, appetite: Entry | None) -> Authority | None:
    """As the organisation said it; else as the data say. None: nobody may."""
    given = weighing().accepts.get(level)
    said = appetite.in_force.said if appetite is not None and appetite.in_force is not None else {}
    named = said.get(f"accepts_{level}")
    return given.model_copy(update={"roles": (str(named),)}) if given is not None and named else given
