"""What an audit draws from, who has a part in it, and which of its findings are open."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import col, select

from store import aims, audit, auditing
from store.audited import again
from store.engine import Store
from store.ledger import Ledger
from store.linked import arisen_from
from store.tables import PersonRow, UseRow
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk
from tests.triage.aims.test_auditing import AUDIT
from tests.triage.aims.test_entries import drafting, on
from triage.aims.auditing import digest, drawn
from triage.aims.entry import Entry, Step
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries
from triage.confidences import Confide
from triage.outcome import Refused

FAY = "P-fay"
HELD = {
    "governance_lead": frozenset((BEN,)),
    "executive": frozenset((DAN,)),
    "auditor": frozenset((CLEO, FAY)),
}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    with store.write() as session:
        session.add(PersonRow(id=FAY, team="T", slack_user="UFAY", updated_at=NOW))
    return store


def does(store: Store, wish: OfEntries, *, after: int = 0) -> Entry:
    """`after`: so many days later."""
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=HELD, now=storied.day(12 + after).now))


def an_audit(store: Store, *auditors: str) -> Entry:
    entry = does(store, drafting(kind="audit", said=AUDIT | {"auditors": auditors}, actor=BEN))
    return does(store, ApproveEntry(**on(entry, DAN), draft=1))


def drawing(store: Store, entry: Entry, person: str) -> ActOnEntry:
    with store.read() as session:
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
    said: dict[str, Any] = {"seed": seed, "size": 60, "population": len(found), "digest": digest(found)}
    said["sample"] = drawn(found, seed, 60)
    return ActOnEntry(**on(entry, person), act="drawn", said=said, seen=entry.version)


def weights(store: Store, entry: Entry) -> dict[str, int]:
    with store.read() as session:
        return {each.ref: each.weight for each in auditing.population(session, entry)}


def test_what_was_decided_is_drawn_from_and_nothing_confidential(told: Store) -> None:
    before = weights(told, an_audit(told, FAY))
    assert {"AIU-2026-0001", "AIU-2026-0002"} <= set(before)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    entry = an_audit(told, FAY)
    assert weights(told, entry).keys() == set(before) - {"AIU-2026-0002"}
    with told.read() as session:
        assert auditing.left_out(session, entry) == 1


def test_who_decided_about_it_does_not_audit_it(told: Store) -> None:
    mine = an_audit(told, CLEO)
    with pytest.raises(Refused) as refused:
        does(told, drawing(told, mine, CLEO))
    assert refused.value.key == "audit_own"
    others = an_audit(told, FAY)
    assert does(told, drawing(told, others, FAY)).stage == "drawn"


def test_what_is_confidential_since_bars_its_people_and_is_not_named(told: Store) -> None:
    mine = an_audit(told, CLEO)

    def barred() -> Refused:
        with pytest.raises(Refused) as refused:
            does(told, drawing(told, mine, CLEO), after=2)
        return refused.value

    named = str(barred().facts["uses"]).split()
    assert named
    with told.read() as session:
        ids = session.exec(select(UseRow.id).where(col(UseRow.ref).in_(named))).all()
    for use in ids:
        Ledger(told).execute(Confide(actor=ANA, key=f"closed {use}", case=use), storied.day(14))
    assert (barred().key, barred().facts) == ("audit_own_closed", {})


FINDING: dict[str, Any] = {
    "title": "No reason given", "what": "The approval has no reason", "source": "audit", "weight": "minor",
    "points": ("8.1",), "due": "2027-01-15",
}  # fmt: skip


def test_a_finding_keeps_its_audit_open_and_makes_its_use_likelier(told: Store) -> None:
    entry = an_audit(told, FAY)
    before = weights(told, entry)
    said = FINDING | {"from": (entry.ref, "AIU-2026-0001")}
    found = does(told, drafting(kind="nonconformity", said=said, actor=FAY))
    with told.read() as session:
        assert auditing.open_findings(session, entry.ref) == (found.ref,)
    after = weights(told, an_audit(told, FAY))
    assert after["AIU-2026-0001"] == 2 * before["AIU-2026-0001"]
    assert after["AIU-2026-0002"] == before["AIU-2026-0002"]


def test_who_knows_the_seed_shifts_nothing_by_what_they_raise(told: Store) -> None:
    entry = an_audit(told, FAY)
    shown, wish = weights(told, entry), drawing(told, entry, FAY)
    said = FINDING | {"from": tuple(shown)[:1]}
    does(told, drafting(kind="nonconformity", said=said, actor=FAY), after=1)
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(14))
    assert weights(told, entry) == shown
    assert drawing(told, entry, FAY).said == wish.said
    drew = does(told, wish, after=2)
    assert drew.stage == "drawn"
    with told.read() as session:
        assert again(session, drew).came_to == "same"


def ends(store: Store) -> str:
    with store.read() as session:
        end = audit.end(session)
    assert end is not None
    return end.digest


def test_the_seed_is_where_the_trail_ended_with_the_yes_and_no_other_draws(told: Store) -> None:
    entry = an_audit(told, FAY)
    seed = ends(told)
    wish = drawing(told, entry, FAY)
    assert wish.said["seed"] == seed
    with pytest.raises(Refused) as refused:
        does(told, wish.model_copy(update={"said": {**wish.said, "seed": "mine"}}))
    assert refused.value.key == "entry_moved"
    entry = does(told, wish)
    assert ends(told) != seed
    with told.read() as session:
        assert auditing.seed(session, entry) == seed
    about: dict[str, Any] = {"kind": "audit", "entry": entry.id, "seen": 1, "actor": BEN}
    does(told, drafting(said=AUDIT | {"auditors": (FAY,)}, **about))
    entry = does(told, ApproveEntry(**on(entry, DAN), draft=2))
    with told.read() as session:
        assert auditing.seed(session, entry) == ends(told)
    assert does(told, drawing(told, entry, FAY)).stage == "drawn"


def test_a_finding_is_open_whatever_a_later_version_says_until_somebody_else_agrees(told: Store) -> None:
    entry = an_audit(told, FAY)
    found = does(told, drafting(kind="nonconformity", said=FINDING | {"from": (entry.ref,)}, actor=FAY))

    def again(**more: Any) -> DraftEntry:
        return drafting(BEN, "nonconformity", entry=found.id, said=FINDING, **more)

    def is_open() -> bool:
        with told.read() as session:
            return auditing.open_findings(session, entry.ref) == (found.ref,)

    does(told, again(seen=1))
    does(told, ApproveEntry(**on(found, FAY), draft=2))
    assert is_open(), "it does not say any more where it came from"
    does(told, again(seen=2, retires=True, reason="It was one of 2024"))
    assert is_open()
    with pytest.raises(Refused, match="own_draft"):
        does(told, ApproveEntry(**on(found, BEN), draft=3))
    does(told, ApproveEntry(**on(found, FAY), draft=3))
    assert not is_open()


def test_the_uses_of_a_risk_have_ended_once_none_of_them_is_there(told: Store) -> None:
    def ended(*refs: str) -> bool:
        step = Step(id="1", kind="draft", by=BEN, at=NOW, detail={"draft": 1, "uses": refs})
        with told.read() as session:
            return aims.have_ended(session, Entry(id="r", kind="risk", steps=(step,)))

    assert not ended("AIU-2026-0001")
    assert not ended()
    with told.write() as session:
        use = session.exec(select(UseRow).where(UseRow.ref == "AIU-2026-0001")).one()
        use.state = "retired"
        session.add(use)
    assert ended("AIU-2026-0001")
    assert not ended("AIU-2026-0001", "AIU-2026-0002")
    assert not ended("AIU-2026-0001", "AIU-2026-0999"), "of what nobody knows nobody can say so"


def test_what_came_from_an_audit_names_it_and_what_it_found(told: Store) -> None:
    """By the whole reference: no other is taken for it, and what names it nowhere came from something else."""
    audit_ = an_audit(told, CLEO)
    said = {
        "title": "T",
        "what": "W",
        "source": "audit",
        "weight": "minor",
        "points": ("8.2",),
        "due": "2027-01-15",
    }
    of_it = does(told, drafting(kind="nonconformity", said={**said, "from": (audit_.ref, "AIU-2026-0001")},
                                actor=BEN, key="one", entry="one"))  # fmt: skip
    does(told, drafting(kind="nonconformity", said={**said, "from": (f"{audit_.ref}9",)}, actor=BEN, key="two",
                        entry="two"))  # fmt: skip
    with told.read() as session:
        assert [each.id for each in arisen_from(session, audit_.ref)] == [of_it.id]
        assert auditing.followed(session, audit_.ref) == {audit_.ref, "AIU-2026-0001"}
