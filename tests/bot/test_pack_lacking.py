"""What a pack names by itself as missing: of a use, of people, of audits and of rules; the gravest first."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.pack import gaps, gapwords, lacking, links
from bot.pack.awareness import Version
from bot.pack.gaps import Gap
from bot.pack.sections import Table
from bot.pack.trained import Trained
from bot.words import Words
from store.suppliers import Held
from tests.bot.cli.test_management import FINDING
from tests.bot.test_pack_gaps import approved, judged, kinds, of_entry
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW
from tests.triage.aims.certified import desk, stated
from tests.triage.aims.test_cycle import audit, programme
from tests.triage.aims.test_entries import drafting
from tests.triage.aims.test_errands import drafted
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry
from triage.aims.errands import open_errands
from triage.aims.standard import points
from triage.aims.supplied import Known
from triage.aims.training import Trainee
from triage.calendar import Calendar
from triage.case import Case
from triage.plan import Measure, Measurement, Plan, Reading
from triage.verdict import Bounds

WORDS = Words("en", "UTC")
DAY = NOW.date()


def of_use(case: Case, days: int = 0, **more: Any) -> list[str]:
    at = NOW + timedelta(days=days)
    return [gap.kind for gap in gaps.of_use(case, "AIU-1", "uses/AIU-1.html", at, at.date(), **more)]


@pytest.mark.parametrize(
    ("verdict", "form", "kind"),
    [
        (judged(dpia=Bounds(floor="presumed", ceiling="presumed")), "dpia-screening", "dpia_missing"),
        (judged(dpia=Bounds(floor="not_indicated", ceiling="mandatory")), "dpia-screening", "dpia_missing"),
        (judged(flags=("fria_required",)), "fria-screening", "fria_missing"),
    ],
)
def test_an_assessment_that_the_results_call_for_is_a_gap_until_one_stands(
    verdict: Any, form: str, kind: str
) -> None:
    assert kind in of_use(approved(verdict=verdict))
    assert kind not in of_use(approved(verdict=verdict), stand={form})
    calls_for_none = judged(dpia=Bounds(floor="not_indicated", ceiling="not_indicated"))
    assert kind not in of_use(approved(verdict=calls_for_none))


def held(standing: Any) -> Held:
    return Held(Known(key="otter", name="Otter.ai"), None, standing, (), {3: 1})


def test_a_supplier_is_missing_where_the_risk_is_high() -> None:
    high, low = approved(verdict=judged(3)), approved(verdict=judged(1))
    assert of_use(high, supplier=held("none")) == ["supplier_missing"]
    assert of_use(high, supplier=held("waits")) == ["supplier_missing"]
    assert of_use(low, supplier=held("none")) == []
    assert of_use(high, supplier=held("ended")) == ["supplier_open"]
    assert of_use(high, supplier=held("fit")) == []


def test_a_report_of_what_is_measured_is_missed_from_the_day_after_on() -> None:
    measure = Measure(name="Complaints", side="at_most", limit="3")
    plan = Plan(id="p", by=ANA, at=NOW, measures=(measure,), every="weekly")
    decided = approved().decisions[0].model_copy(update={"conditions": (), "terms": ()})
    watched = approved(plans=(plan,), decisions=(decided,))
    assert kinds(watched, 7) == []
    assert kinds(watched, 8) == ["readings_missed"]
    given = Measurement(
        id="m", plan="p", by=ANA, at=NOW + timedelta(days=6), readings=(Reading(number=1, value="1"),)
    )
    assert kinds(watched.model_copy(update={"measurements": (given,)}), 13) == []
    assert kinds(watched.model_copy(update={"measurements": (given,)}), 14) == ["readings_missed"]


def proposed(weight: str) -> Entry:
    """As a rule found it, and nobody has confirmed it."""
    return drafted("nonconformity", FINDING | {"weight": weight}, actor="", by_rule=True)


def test_what_was_found_to_be_wrong_is_late_by_its_own_day_confirmed_or_not() -> None:
    confirmed = drafted("nonconformity", FINDING | {"weight": "major"})
    assert of_entry(confirmed, "2026-12-02") == [("major_late", "2026-12-01")]
    assert [kind for kind, _ in of_entry(proposed("major"), "2026-12-01")] == ["entry_waits"]
    assert of_entry(proposed("major"), "2026-12-02") == [("major_late", "2026-12-01")]
    assert of_entry(proposed("minor"), "2026-12-02") == [("wrong_late", "2026-12-01")]


def test_a_yes_is_late_since_the_day_that_the_calendar_has() -> None:
    waits = drafted(
        "policy", {"title": "AI", "link": "https://x.example/p", "since": "2026-12-01"}, name="ai"
    )
    due = next(each.due for each in open_errands(waits, Calendar("UTC")) if each.kind == "approval")
    assert of_entry(waits, due.isoformat()) == [("entry_waits", "")]
    assert of_entry(waits, (due + timedelta(days=1)).isoformat()) == [("entry_waits", due.isoformat())]


def policy(**said: Any) -> Entry:
    told = {"title": "AI policy", "link": "https://x.example/p", "since": "2026-12-01"} | said
    return stated("policy", told, "2026-12-01", name="ai")


def call_of(one: Entry) -> Entry:
    said = {"title": "Read it", "policy": one.id, "everybody": "yes", "days": "14"}
    wish = drafting(BEN, "acknowledgement", "ai", said=said)
    return decide(None, wish, desk(), Beside(policy=one))


def test_how_many_have_not_read_a_policy_is_told_and_nobody_named() -> None:
    one = policy()
    asked = dict.fromkeys((ANA, BEN, CLEO, DAN), "2026-12-01")
    version = Version(one.ref, 1, asked, {BEN: "2026-12-03"})
    here = frozenset((ANA, BEN, CLEO))

    def found(day: date) -> list[Gap]:
        return list(lacking.of_policies([version], [one, call_of(one)], day, here))

    assert found(date(2026, 12, 15)) == []
    (gap,) = found(date(2026, 12, 16))
    assert (gap.kind, gap.what, gap.since) == ("policy_unread", "2 3", "2026-12-15"), (
        "who left is not counted"
    )
    assert gapwords.what_of(WORDS, gap) == "2 of 3 have not read it"
    assert not any(person in str(gapwords.to_row(WORDS, gap)) for person in asked)
    assert list(lacking.of_policies([version._replace(number=7)], [one, call_of(one)], DAY, here)) == []


def test_who_decides_or_audits_and_is_late_with_a_training_is_counted_by_role() -> None:
    training = stated(
        "training",
        {"title": "Basics", "roles": ("auditor",), "months": "12", "confirmed": "no"},
        "2026-12-01",
    )
    late = Trainee(person=ANA, asked=date(2026, 12, 1), due=date(2026, 12, 31))
    done = Trainee(person=BEN, asked=date(2026, 12, 1), done=date(2026, 12, 5), due=date(2027, 12, 5))
    audits = audit("8.1")  # its auditor is EVE
    other = late.model_copy(update={"person": EVE})
    settings = {"roles.reviewer": [ANA, BEN], "roles.legal": [BEN], "language": "en"}
    roles = lacking.roles_of(settings, [audits])
    (gap,) = lacking.of_trainings([Trained(training, (late, done, other))], roles, date(2027, 1, 1))
    assert (gap.kind, gap.what, gap.since) == ("training_late", "auditor 1, reviewer 1", "2026-12-31")
    assert gapwords.what_of(WORDS, gap) == "auditor: 1, reviewer: 1"
    assert list(lacking.of_trainings([Trained(training, (late,))], roles, date(2026, 12, 31))) == []


def test_points_that_no_audit_of_the_cycle_covers_are_named_by_chapter() -> None:
    assert list(lacking.of_cycle([audit("8.1")], date(2027, 6, 1))) == [], "before a programme counts"
    found = list(lacking.of_cycle([programme(), audit("8.1", "A.9.2")], date(2027, 6, 1)))
    left = {point for gap in found for point in gap.what.split(", ")}
    assert left == set(points()) - {"8.1", "A.9.2"}
    assert {gap.kind for gap in found} == {"audit_uncovered"}
    assert gapwords.what_of(WORDS, found[0]) == "Clause 4: 4.1, 4.2, 4.3, 4.4"


def test_rules_are_adopted_by_rules_of_its_own_or_by_what_somebody_approved() -> None:
    shipped = lacking.Rules(("internal-tier 5", "gdpr 3"), "2026-12-14")
    assert [gap.ref for gap in lacking.of_rules(shipped, [policy()])] == ["internal-tier 5", "gdpr 3"]
    names = policy(text="We adopt internal-tier 5.")
    assert [gap.ref for gap in lacking.of_rules(shipped, [names])] == ["gdpr 3"]
    draft = drafted(
        "policy", {"title": "AI", "text": "internal-tier 5 and gdpr 3", "since": "2026-12-01"}, name="other"
    )
    assert len(list(lacking.of_rules(shipped, [draft]))) == 2, "a draft adopts nothing"
    alone = stated(
        "issue", {"title": "internal-tier 5 and gdpr 3", "side": "outside", "effect": "x"}, "2026-12-01"
    )
    assert len(list(lacking.of_rules(shipped, [alone]))) == 2, "nor does what counts with nobody's yes"
    assert list(lacking.of_rules(shipped._replace(own=True), [])) == []


def test_the_gravest_stand_first_in_every_table_and_each_says_what_to_do(tmp_path: Path) -> None:
    ranked = gapwords.Ranked(tmp_path / "gaps")
    for kind in reversed(gaps.KINDS):
        for ref in ("a", "b"):
            ranked.put(Gap(kind, ref, WHATS.get(kind, "x")))
    rows: list[Any] = []
    ranked.write(rows.append, WORDS)
    assert [row["kind"] for row in rows] == [kind for kind in gaps.KINDS for _ in "ab"]
    assert [row["ref"] for row in rows[:2]] == ["a", "b"]
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)
    assert all(row["means"] and row["next"].endswith(".") for row in rows)
    assert set(rows[0]) == set(gapwords.COLUMNS)
    grave = ("major_late", "dpia_missing", "risk_bare", "acceptance_stale", "supplier_missing")
    assert [row["kind"] for row in rows if row["kind"] in grave][::2] == list(grave)
    assert gaps.KINDS.index("entry_waits") > gaps.KINDS.index("not_decided")


WHATS = {
    "decision_late": "in_review",
    "supplier_open": "ended",
    "readings_missed": "weekly",
    "training_late": "auditor 1",
    "policy_unread": "1 2",
}


def test_codes_are_told_in_words() -> None:
    found = gapwords.what_of(WORDS, Gap("coverage_partly", "7.2", "on_time; document; looked; Decisions"))
    assert not {"on_time", "document", "looked"} & set(found.split("; "))
    assert found.endswith("; Decisions")


def test_links_that_lead_outside_are_counted_by_record_and_table() -> None:
    rows: list[Any] = []
    found = links.Links(rows.append)
    found.look("underway", {"ref": "AIU-2026-0001", "link": "https://wiki.example.com/a", "words": "see"})
    found.look("underway", {"ref": "AIU-2026-0001", "words": "(https://wiki.example.com/a), again"})
    found.look("conditions", {"ref": "AIU-2026-0001", "shows": ["<https://wiki.example.com/b|it>."]})
    found.look(
        "uses", {"ref": "AIU-2026-0001", "results": {"source": "https://law.example.com"}, "facts": {}}
    )
    found.look("results", {"ref": "AIU-2026-0001", "verdict": "https://law.example.com"})
    assert [row["link"] for row in rows] == ["https://wiki.example.com/a", "https://wiki.example.com/b"]
    assert [row["table"] for row in rows] == ["underway", "conditions"]
    sheet = links.sheet(found, WORDS)
    assert "2 links" in sheet.top[0]
    (drawn,) = sheet.sections[0].blocks
    assert isinstance(drawn, Table)
    assert not any("example.com" in cell.href for row in drawn.rows for cell in row), "nothing leads away"
    assert "No record" in links.in_short(links.Links(rows.append), WORDS).says[0]
