"""Internal audits: a sample that nobody chose and anybody draws again, by people without a part in it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.builders import ANA, BEN, CLEO, DAN, a_desk
from tests.triage.aims.test_entries import approved, drafting, on
from triage.aims.auditing import Beside, Drawable, digest, drawn, findings, unfollowed, weight
from triage.aims.decide import Beside as Whole
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry
from triage.outcome import Refused

HELD = {"governance_lead": frozenset((BEN,)), "executive": frozenset((DAN,)), "auditor": frozenset((CLEO,))}
USES = tuple(Drawable(f"AIU-2026-{n:04d}", 1 + n % 3) for n in range(40))
AUDIT = {
    "title": "Decisions of the year",
    "objective": "Whether approvals rest on frozen facts",
    "scope": ("All units",),
    "criteria": ("8.1", "A.9.2"),
    "auditors": (CLEO,),
    "begins": "2026-12-01",
    "due": "2026-12-18",
}
DESK = a_desk(roles=HELD)


def an_audit() -> Entry:
    return approved(decide(None, drafting(kind="audit", said=AUDIT, actor=BEN), DESK), DAN)


def drawing(entry: Entry, actor: str = CLEO, **change: Any) -> ActOnEntry:
    said: dict[str, Any] = {
        "seed": "s",
        "size": 5,
        "population": 40,
        "digest": digest(USES),
        "sample": drawn(USES, "s", 5),
    }
    return ActOnEntry(**on(entry, actor), act="drawn", said=said | change, seen=entry.version)


def why(entry: Entry, wish: ActOnEntry, beside: Beside) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as refused:
        decide(entry, wish, DESK, Whole(audit=beside))
    return refused.value.key, refused.value.facts


def test_the_same_seed_draws_the_same_and_order_does_not_matter() -> None:
    assert drawn(USES, "a", 5) == drawn(reversed(USES), "a", 5)
    assert drawn(USES, "a", 5) != drawn(USES, "b", 5)
    assert len(set(drawn(USES, "a", 5))) == 5
    assert drawn(USES[:3], "a", 5) == tuple(each.ref for each in USES[:3])


def test_what_weighs_more_is_drawn_more_often() -> None:
    mixed = [Drawable("mild", 1), Drawable("wild", 8), *(Drawable(f"other {n}", 1) for n in range(8))]
    found = Counter(ref for n in range(400) for ref in drawn(mixed, str(n), 1))
    assert found["wild"] > 4 * found["mild"]
    assert weight(4, found_before=True) > weight(4, found_before=False) > weight(1, found_before=False)


def test_a_sample_is_what_seed_and_register_give() -> None:
    entry, beside = an_audit(), Beside(population=USES, seed="s")
    assert decide(entry, drawing(entry), DESK, Whole(audit=beside)).stage == "drawn"
    chosen: dict[str, Any] = {"sample": tuple(each.ref for each in USES[:5])}
    assert why(entry, drawing(entry, **chosen), beside)[0] == "entry_moved"
    assert why(entry, drawing(entry), Beside(population=USES[:-1], seed="s"))[0] == "entry_moved"
    assert why(entry, drawing(entry, size=0, sample=()), beside)[0] == "audit_size"


def test_nobody_audits_what_they_have_a_part_in() -> None:
    entry = an_audit()
    mine = Beside(population=USES, seed="s", parts={CLEO: ("AIU-2026-0003",), ANA: ("AIU-2026-0004",)})
    key, facts = why(entry, drawing(entry), mine)
    assert (key, facts["uses"]) == ("audit_own", "AIU-2026-0003")
    others = Beside(population=USES, seed="s", parts={ANA: ("AIU-2026-0004",)})
    assert decide(entry, drawing(entry), DESK, Whole(audit=others)).stage == "drawn"


def test_only_who_is_named_draws_and_reports() -> None:
    entry = an_audit()
    assert why(entry, drawing(entry, BEN), Beside(population=USES, seed="s"))[0] == "not_in_role_here"


def test_it_is_closed_once_its_findings_are() -> None:
    entry = an_audit()
    entry = decide(entry, drawing(entry), DESK, Whole(audit=Beside(population=USES, seed="s")))
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (CLEO, "held", {"report": "Two approvals lack a reason", "conclusion": "minor"}),
        (BEN, "reported", {"told": (DAN,)}),
    )
    for person, act, said in acts:
        entry = decide(entry, ActOnEntry(**on(entry, person), act=act, said=said, seen=entry.version), DESK)
    closing = ActOnEntry(**on(entry, BEN), act="closed", said={"because": "All done"}, seen=entry.version)
    assert why(entry, closing, Beside(open_findings=("AIN-2026-0001",)))[0] == "audit_open"
    assert decide(entry, closing, DESK).stage == "closed"


def test_nobody_chooses_the_seed_or_tries_another() -> None:
    entry, beside = an_audit(), Beside(population=USES, seed="s")
    assert why(entry, drawing(entry, seed="mine", sample=drawn(USES, "mine", 5)), beside)[0] == "entry_moved"
    assert why(entry, drawing(entry, seed="mine"), beside)[0] == "entry_moved"
    entry = decide(entry, drawing(entry), DESK, Whole(audit=beside))
    assert why(entry, drawing(entry), beside)[0] == "entry_moved"


def test_a_new_version_draws_anew_once_somebody_else_said_yes_to_it() -> None:
    entry = an_audit()
    before = entry.began
    entry = decide(entry, drawing(entry), DESK, Whole(audit=Beside(population=USES, seed="s")))
    entry = decide(entry, drafting(kind="audit", said=AUDIT, actor=BEN, entry=entry.id, seen=1), DESK)
    assert (entry.stage, entry.began) == ("drawn", before)
    entry = approved(entry, DAN)
    assert (entry.stage, entry.began) == ("", entry.steps[-1])
    beside = Beside(population=USES, seed="t")
    assert why(entry, drawing(entry), beside)[0] == "entry_moved"
    again = drawing(entry, seed="t", sample=drawn(USES, "t", 5))
    assert decide(entry, again, DESK, Whole(audit=beside)).stage == "drawn"


def looked(entry: Entry, actor: str, use: str, verdict: str) -> Entry:
    said: dict[str, Any] = {"uses": (use,), "verdict": verdict, "word": f"Seen {verdict}"}
    return decide(entry, ActOnEntry(**on(entry, actor), act="looked", said=said, seen=entry.version), DESK)


def dropping(entry: Entry, actor: str, use: str) -> ActOnEntry:
    said: dict[str, Any] = {"uses": (use,), "because": "It was there"}
    return ActOnEntry(**on(entry, actor), act="dropped", said=said, seen=entry.version)


def test_a_finding_lasts_until_it_became_something_or_somebody_else_dropped_it() -> None:
    entry = an_audit()
    entry = decide(entry, drawing(entry), DESK, Whole(audit=Beside(population=USES, seed="s")))
    one, two, three = drawn(USES, "s", 5)[:3]
    entry = looked(
        looked(looked(entry, CLEO, one, "finding"), CLEO, two, "finding"), CLEO, three, "as_decided"
    )
    assert [each.use for each in findings(entry)] == [one, two]
    assert [each.use for each in unfollowed(entry, {one})] == [two]
    assert why(entry, dropping(entry, CLEO, two), Beside())[0] == "own_act", "who found it does not drop it"
    entry = decide(entry, dropping(entry, BEN, two), DESK)
    assert [each.use for each in findings(entry)] == [one]
    entry = looked(entry, CLEO, one, "as_decided")
    assert findings(entry) == (), "what was said last counts"
    other = next(each.ref for each in USES if each.ref not in drawn(USES, "s", 5))
    with pytest.raises(Refused, match="audit_not_drawn"):
        looked(entry, CLEO, other, "finding")


@pytest.mark.parametrize("size", [1, 5, 60])
def test_a_sample_is_fair_and_the_same_for_whoever_has_the_seed(size: int) -> None:
    """What weighs the same comes as often, whatever its number; and no seed draws more than was asked for."""
    alike = [Drawable(f"AIU-2026-{n:04d}", 3) for n in range(60)]
    rounds = 300
    found = Counter(ref for n in range(rounds) for ref in drawn(alike, f"seed {n}", size))
    assert sum(found.values()) == rounds * size
    expected = rounds * size / len(alike)
    apart = sum((found[each.ref] - expected) ** 2 / expected for each in alike)
    assert apart < 120, "chi-squared with 59 degrees of freedom"
