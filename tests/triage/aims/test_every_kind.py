"""Each kind of entry is drafted in its role, counts once its yeses are said, and keeps every version of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, EVE, a_desk
from tests.triage.aims.test_entries import approved, drafting, on
from triage.aims import assessed, supplied, tags
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Said
from triage.aims.kinds import SEVERAL, Field, Kind, kinds
from triage.aims.objectives import Counted
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import ROLES

PLAIN: dict[str, Said] = {
    "words": "As it is here",
    "line": "As it is here",
    "link": "https://example.org/paper",
    "day": "2027-03-01",
    "whole": 3,
    "person": BEN,
    "role": "executive",
    "units": "Sales",
    "points": "4.1",
    "refs": "AIM-2026-0001",
    "lines": "One thing",
    "people": BEN,
    "place": "PL1",
}
NARROWER: dict[str, Said] = {
    "uses": "AIU-2026-0001",
    "sample": "AIU-2026-0001",
    "rests": "proposed=yes",
    "decided": "A.2.2=1",
    "looked_at": "audits=none",
    "themes": "One thing => accepted: it is small",
    "auditor": ANA,
}
EVERY = [pytest.param(kind, id=name) for name, kind in kinds().items()]


def filled(fields: Iterable[Field]) -> dict[str, Said]:
    """Every field, those that may be left out, too."""
    said: dict[str, Said] = {}
    for field in fields:
        value = (
            field.choices[0]
            if field.kind in ("choice", "choices")
            else NARROWER.get(field.id, PLAIN[field.kind])
        )
        said[field.id] = (str(value),) if field.kind in SEVERAL else value
    said.pop("left_out", None)  # uses are left out of a control only where it applies in part
    return said


def desk(kind: Kind) -> Desk:
    """Ben drafts and does what is done with it, Dan and Eve approve, whatever the kind; Ana holds nothing."""
    held = {role: {CLEO} for role in ROLES}
    acting = {role for act in kind.acts for role in act.by if role in held}
    for role in {*kind.proposes, *acting}:
        held[role] = held[role] | {BEN}
    for role in kind.approvers:
        held[role] = held[role] | {DAN, EVE}
    return a_desk(roles={role: frozenset(people) for role, people in held.items()})


def a_policy(id: str, name: str) -> Entry:
    """That counts, by this id."""
    kind = kinds()["policy"]
    drawn = decide(None, drafting(BEN, kind.id, name, said=filled(kind.fields)), desk(kind))
    return approved(drawn, DAN).model_copy(update={"id": id})


def beside(said: Mapping[str, Said], name: str = "") -> Beside:
    """An assessment as it stands, complete, in which nobody has a part; the policy that is to be read."""
    if tags.RECORD in said:
        return Beside(tagged="document")
    if "policy" in said:
        return Beside(policy=a_policy(str(said["policy"]), name))
    if "answers" not in said:
        return Beside()
    refs, version = said["uses"], said["version"]
    assert isinstance(refs, tuple)
    about = {name: said[name] for name in ("answers", "facts", "found")}
    shown = assessed.Shown.model_validate({**about, "ref": refs[0], "version": version})
    return Beside(assessment=assessed.Beside(shown, complete=True))


def as_known(said: Mapping[str, Said]) -> Beside:
    """What is known of a supplier is what it was when it was written."""
    facts = str(said.get("known", ""))
    return Beside(supplier=supplied.Known(key="one", name="One", facts=facts))


def as_counted(said: dict[str, Said]) -> Beside:
    """What is told as counted was counted, for a day that is over."""
    if "part" not in said:
        return Beside()
    said["as_of"] = "2026-11-20"
    return Beside(
        counted=Counted.model_validate(
            {"measure": "reviewed_in_time", "part": said["part"], "whole": said["of"]}
        )
    )


def named(kind: Kind) -> str:
    if kind.id == tags.KIND:  # named by its record
        return "AIM-2026-0001"
    return "One" if kind.named else ""


@pytest.mark.parametrize("kind", EVERY)
def test_every_kind_counts_once_it_has_its_yeses_and_keeps_each_version(kind: Kind) -> None:
    said = filled(kind.fields)
    entry = decide(
        None, drafting(BEN, kind.id, named(kind), said=said), desk(kind), beside(said, named(kind))
    )
    assert (entry.in_force is None) == bool(kind.approvals)
    for person in (DAN, EVE)[: kind.approvals]:
        assert entry.proposed is not None
        wish = ApproveEntry(**on(entry, person), draft=entry.proposed.number)
        entry = decide(entry, wish, desk(kind), as_known(said))
    assert entry.in_force is not None
    assert entry.in_force.said == said
    assert entry.in_force.by == BEN
    again = drafting(BEN, kind.id, named(kind), said=said, seen=1, entry=entry.id)
    later = decide(entry, again, desk(kind), beside(said, named(kind)))
    assert [draft.number for draft in later.drafts] == [1, 2], "the first stays on record"


@pytest.mark.parametrize(
    "kind", [kinds()[name] for name in ("objective", "action")], ids=lambda kind: kind.id
)
def test_what_is_done_with_it_is_a_step_of_its_own(kind: Kind) -> None:
    entry = decide(None, drafting(BEN, kind.id, named(kind), said=filled(kind.fields)), desk(kind))
    entry = approved(entry, DAN) if kind.approvals else entry
    act = next(each for each in kind.acts if "" in each.begins)
    said = filled(act.fields)
    beside = as_counted(said)
    wish = ActOnEntry(**on(entry, BEN), act=act.id, said=said, seen=len(entry.steps))
    assert len(decide(entry, wish, desk(kind), beside).steps) == len(entry.steps) + 1


@pytest.mark.parametrize("kind", EVERY)
def test_nobody_without_its_role_drafts_it(kind: Kind) -> None:
    with pytest.raises(Refused, match="not_in_role_here"):
        decide(None, drafting(ANA, kind.id, named(kind), said=filled(kind.fields)), desk(kind))
