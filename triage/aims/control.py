"""What a decision on one control has to hold beside its fields; nobody verifies what they meet themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

from triage.aims.entry import Said
from triage.aims.standard import controls, groups
from triage.desk import Desk
from triage.outcome import Refused

CONTROL = "control"
VERIFIED = "verified"
OF_ANNEX = re.compile(r"[A-Z]\.\d+(\.\d+)*")
"""How controls of the standard are numbered; an own one may look like it, under a letter that the standard has not."""
USE = re.compile(r"AIU-\d{4}-\d{4,}")


def check_control(name: str, said: Mapping[str, Said], actor: str, desk: Desk) -> Mapping[str, Said]:
    """As it is kept: where a control does not apply, nothing is said of how far it is."""
    if not is_named(name):
        raise Refused("soa_no_control", control=name)
    if is_own(name) and not said.get("title"):
        raise Refused("entry_field", field="title", wrong="needed")
    if said["applies"] == "no":
        return as_kept(said)
    for needed in ("owner", "state"):
        if not said.get(needed):
            raise Refused("entry_field", field=needed, wrong="needed")
    if said["state"] == VERIFIED and (not actor or desk.same(actor, str(said["owner"]))):
        raise Refused("soa_own_verified")
    left = said.get("left_out", ())
    if left and said["applies"] != "partly":
        raise Refused("soa_left_out")
    if not isinstance(left, tuple) or not all(USE.fullmatch(each) for each in left):
        raise Refused("entry_field", field="left_out", wrong="refs")
    return said


def as_kept(said: Mapping[str, Said]) -> Mapping[str, Said]:
    if said.get("applies") != "no":
        return said
    return {field: value for field, value in said.items() if field not in ("state", "left_out")}


def is_own(name: str) -> bool:
    return name not in {each.id for each in controls()}


def is_named(name: str) -> bool:
    """One of Annex A, or one of their own that cannot be taken for such."""
    if not is_own(name):
        return True
    letters = {group[0] for group in groups()}
    return bool(name) and not (OF_ANNEX.fullmatch(name) and name[0] in letters)
