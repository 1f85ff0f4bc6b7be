"""Small registers and decisions on controls, for tests of the statement of applicability."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from intake.answers import Answer, answered
from intake.forms import ai_use
from tests.builders import BEN, CLEO, DAN, a_desk
from tests.triage.aims.test_entries import drafting, on
from triage.aims.applied import Proposal
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.proposing import Setting, proposals
from triage.aims.standard import controls
from triage.aims.statement import STATEMENT, check_statement, is_of_statement, said_of
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries
from triage.case import Status
from triage.desk import Desk
from triage.organisation import Organisation, to_settings
from triage.policies import standard_book
from triage.rehearsing import Registered

STATED = to_settings(Organisation(regions=("eu",), units=()), tool_in_catalogue=True)
LOW: dict[str, Any] = {
    "kind": "use_catalogue", "tool": "otter", "output_use": "draft_self", "people": "only_team",
    "data": "internal", "area": "none", "red_flag": "none",
}  # fmt: skip
BUILT: dict[str, Any] = {**LOW, "kind": "build", "base_model": "call_existing"}
TRAINED: dict[str, Any] = {**LOW, "kind": "build", "base_model": "train_own"}
USES = Setting(plays=("uses",))
ROLES = {
    "governance_lead": frozenset((BEN,)),
    "risk_owner": frozenset((CLEO,)),
    "executive": frozenset((DAN, BEN)),
}


def use(
    number: int = 1, *, confidential: bool = False, status: Status = Status.approved, **said: Any
) -> Registered:
    answers: dict[str, Answer] = {
        name: answered(*((value,) if isinstance(value, str) else value)) for name, value in said.items()
    }
    return Registered(
        name=f"AIU-2026-{number:04}",
        title="",
        status=status,
        answers=answers,
        stated=STATED,
        confidential=confidential,
    )


def proposed(*uses: Registered, setting: Setting = USES) -> Mapping[str, Proposal]:
    return proposals(ai_use(), standard_book(), uses, setting)


def desk(**more: Any) -> Desk:
    return a_desk(**({"roles": ROLES} | more))


def said(applies: str = "yes", **more: Any) -> dict[str, Any]:
    about = {"applies": applies, "because": f"We said {applies}."}
    return about | ({"owner": CLEO, "state": "begun"} if applies != "no" else {}) | more


def deciding(control: str, actor: str = CLEO, before: Entry | None = None, **more: Any) -> DraftEntry:
    seen = len(before.drafts) if before else 0
    return drafting(actor, "control", control, said=more.pop("said", None) or said(), seen=seen, **more)


def decided(control: str, actor: str = CLEO, before: Entry | None = None, **more: Any) -> Entry:
    return decide(before, deciding(control, actor, before, **more), desk())


def all_decided(but: Iterable[str] = ()) -> dict[str, Entry]:
    return {each.id: decided(each.id) for each in controls() if each.id not in set(but)}


def carried(
    approval: Entry | None, wish: OfEntries, entries: Mapping[str, Entry], at: Desk | None = None
) -> Entry:
    """As the one door carries it out."""
    where = at or desk()
    if is_of_statement(approval, wish):
        check_statement(approval, wish, entries.values(), where)
    return decide(approval, wish, where)


def asked(
    entries: Mapping[str, Entry], approval: Entry | None = None, actor: str = BEN, **more: Any
) -> Entry:
    seen = len(approval.drafts) if approval else 0
    wish = drafting(actor, STATEMENT, said=more.pop("said", None) or said_of(entries.values()), seen=seen)
    return carried(approval, wish, entries, **more)


def approving(approval: Entry, by: str = DAN) -> ApproveEntry:
    waiting = approval.proposed
    return ApproveEntry(**on(approval, by), draft=waiting.number if waiting else 1)
