"""What counts as shown: operation of people within the period; a document, a plan or a machine alone never does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.source import Damaged
from intake.texts import load_texts
from tests.builders import BEN, CLEO, DAN, EVE, NOW
from tests.triage.aims.test_entries import desk
from tests.triage.aims.test_every_kind import NARROWER, as_known, beside
from triage.aims.covered import Covered
from triage.aims.covering import cover
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said, Step, StepKind, entry_id
from triage.aims.evidence import FILE, Lines, Source, plan
from triage.aims.kinds import Field, Kind, kinds
from triage.aims.standard import points
from triage.aims.tags import KIND as TAGGED
from triage.aims.tally import (
    Counting,
    Line,
    Named,
    Tally,
    counts,
    evidence,
    wanted,
)
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.expiring import after as months_after

PLAN = plan()
ROOT = Path(__file__).parents[3]
DAY = NOW.date()
LINES = [(source, lines) for source in PLAN.sources.values() for lines in source.lines]
APPROVING = {"5.1", "5.2", "6.1.3", "9.3.1", "9.3.2", "9.3.3", "A.2.2"}
"""Where top management's yes is itself what is done."""
YES = ("commitment", "policy", "applicability", "management_review")


def line(source: Source, lines: Lines) -> Line:
    """One that this source counts."""
    detail: dict[str, Any] = {
        name: ["x" * each[0].startswith("*") + each[0].strip("*") + "x" * each[0].endswith("*")]
        for name, each in lines.detail.items()
    }
    detail |= {name: True for name, each in lines.detail.items() if each == ("yes",)}
    return Line(
        what=lines.what,
        actor=BEN if source.by in ("people", "owner") else None,
        detail=detail | dict(lines.least),
    )


def test_every_point_of_the_standard_rests_on_something_or_says_what_the_organisation_does() -> None:
    assert tuple(PLAN.rests) == points()
    assert all(each.next and not each.next.startswith(" ") for each in PLAN.rests.values())


def test_whatever_is_named_happens_somewhere() -> None:
    told = load_texts(ROOT / "prompts" / "texts", "", "en").by_key
    known = {key.removeprefix("trail.") for key in told if key.startswith("trail.")}
    code = "".join(
        path.read_text() for room in ("store", "triage", "bot") for path in (ROOT / room).rglob("*.py")
    )
    known |= set(re.findall(r'"([a-z]+\.[a-z_]+)"', code))
    assert {lines.what for _, lines in LINES} - known == set()


@pytest.mark.parametrize(
    ("source", "lines"), LINES, ids=lambda each: getattr(each, "id", getattr(each, "what", ""))
)
def test_each_source_counts_its_lines_and_nothing_beside_them(source: Source, lines: Lines) -> None:
    found = line(source, lines)
    assert source in wanted(PLAN)[lines.what]
    assert counts(source, found)
    assert not counts(source, found._replace(what=f"{lines.what}.refused"))
    for name in lines.detail:
        assert not counts(source, found._replace(detail=dict(found.detail) | {name: ["other"]}))
        assert not counts(source, found._replace(detail={}))
    for name in lines.least:
        assert not counts(source, found._replace(detail={name: 0}))
    assert counts(source, found._replace(actor=None)) is (source.by not in ("people", "owner"))


def test_what_a_machine_did_alone_shows_nothing() -> None:
    machines = [source for source in PLAN.sources.values() if source.by == "machine"]
    assert {source.id for source in machines} == {"sightings", "published", "digests", "planned_posts"}
    found = covered(tallies({source.id: NOW for source in machines}))
    assert not [each for each in found if each.standing != "nothing"]
    assert any(each.evidence for each in found), "but it is told"


def tallies(moments: Mapping[str, datetime], times: int = 1) -> dict[str, Tally]:
    counting = Counting()
    for name, at in moments.items():
        for number in range(times):
            counting.take(name, Named(ref=f"AIU-2026-{number:04}", place=f"line {number}", at=at))
    return counting.tallies()


def covered(
    found: Mapping[str, Tally] | None = None,
    entries: Iterable[Entry] = (),
    day: date = DAY,
    hidden: Iterable[str] = (),
) -> tuple[Covered, ...]:
    return cover(PLAN, found or {}, entries, day, frozenset(hidden))


def at(point: str, found: Iterable[Covered]) -> Covered:
    return next(each for each in found if each.point == point)


def test_with_nothing_everything_is_missing() -> None:
    assert {each.stage for each in covered()} == {"missing"}
    assert all(each.is_gap and each.next for each in covered())


def test_all_sources_together_leave_only_what_needs_a_document_or_the_organisation() -> None:
    people = {name: NOW for name, source in PLAN.sources.items() if source.by != "machine"}
    held = [an_audit(points())]
    left = {each.point: each.short for each in covered(tallies(people), held) if each.is_gap}
    assert all(short == ("document",) or not PLAN.rests[point].shows for point, short in left.items())
    assert {"7.1", "A.10.4"} <= left.keys()


def an_audit(criteria: tuple[str, ...], when: datetime = NOW) -> Entry:
    """One that was held against these points."""
    steps = (
        Step(
            id="1", kind="draft", by=BEN, role="auditor", at=when, detail={"draft": 1, "criteria": criteria}
        ),
        Step(id="2", kind="approve", by=DAN, role="executive", at=when, detail={"draft": 1}),
        Step(id="3", kind="act", by=BEN, role="", at=when, detail={"act": "held"}),
    )
    return Entry(id="audit", kind="audit", ref="AIA-2026-0001", steps=steps)


def a_finding(audit: Entry, point: str, *more: Step) -> Entry:
    said = {"from": (audit.ref,), "points": (point,)}
    drafted = Step(id="f", kind="draft", by=BEN, role="auditor", at=NOW, detail={"draft": 1, **said})
    return Entry(id="finding", kind="nonconformity", ref="AIN-2026-0001", steps=(drafted, *more))


@pytest.mark.parametrize(
    ("criteria", "held", "stage"),
    [
        (("A.6.2.4", "8.1"), NOW, "in_place"),
        (("A.6.2.4", "8.1"), NOW - timedelta(days=1), "partly"),
        (("A.6.2.3", "8.1"), NOW, "partly"),
    ],
)
def test_what_only_its_owner_said_is_partly_there_until_an_audit_of_that_point_was_held_after_it(
    criteria: tuple[str, ...], held: datetime, stage: str
) -> None:
    point, said = "A.6.2.4", tallies({"tested": NOW})
    alone = at(point, covered(said))
    assert (alone.stage, alone.short) == ("partly", ("looked",))
    assert at(point, covered(said, [an_audit(criteria, held)])).stage == stage


def test_an_audit_that_found_something_there_shows_nothing_until_that_is_over() -> None:
    point, said, audit = "A.6.2.4", tallies({"tested": NOW}), an_audit(("A.6.2.4",))
    yes = Step(id="y", kind="approve", by=DAN, role="governance_lead", at=NOW, detail={"draft": 1})
    over = Step(id="o", kind="act", by=DAN, role="", at=NOW, detail={"act": "effective"})
    for steps, stage in (((), "partly"), ((yes,), "partly"), ((yes, over), "in_place")):
        found = covered(said, [audit, a_finding(audit, point, *steps)])
        assert at(point, found).stage == stage, steps
    assert at(point, covered(said, [audit, a_finding(audit, "8.1")])).stage == "in_place"


@pytest.mark.parametrize("act", ["effective", ""])
def test_while_a_nonconformity_about_it_is_open_a_point_is_partly_there(act: str) -> None:
    """Confirmed or not: what a rule found is so until somebody put it right or took it back."""
    said = tallies({"decided": NOW, "moved": NOW})
    assert at("8.1", covered(said)).stage == "in_place"
    yes = Step(id="y", kind="approve", by=DAN, role="governance_lead", at=NOW, detail={"draft": 1})
    over = Step(id="o", kind="act", by=DAN, role="", at=NOW, detail={"act": act})
    for steps in ((), (yes,), (yes, over)):
        found = at("8.1", covered(said, [a_finding(an_audit(("8.1",)), "8.1", *steps)]))
        is_over = bool(act) and over in steps
        assert (found.stage, found.short) == (("in_place", ()) if is_over else ("partly", ("fault",)))
    assert at("8.1", covered(said, [a_finding(an_audit(("8.2",)), "8.2")])).stage == "in_place"
    assert at("8.1", covered(entries=[a_finding(an_audit(("8.1",)), "8.1")])).short == ("decided", "moved")


RECORDS = {
    "system_records": ("system-record", ("A.4.5", "A.6.2.2")),
    "data_records": ("data-record", ("A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6")),
    "duties_shared": ("shared-duties", ("A.10.2",)),
    "tests_passed": ("use-tests", ("A.6.2.4",)),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_shows_its_controls_once_somebody_else_says_that_it_stands(name: str) -> None:
    form, shown = RECORDS[name]
    source = PLAN.sources[name]
    looked = {"of": "assessment", "of_outcome": "stands", "named": f"case-1:{form}"}
    assert counts(source, Line(what="aims.drafted", actor=BEN, detail=looked))
    for other in ({"of_outcome": "work_left"}, {"named": "case-1:ai-impact"}, {"of": "control"}):
        assert not counts(source, Line(what="aims.drafted", actor=BEN, detail=looked | other))
    assert not counts(source, Line(what="questionnaire.answered", actor=BEN, detail={"complete": True}))
    for point in shown:
        assert name in PLAN.rests[point].shows
        assert at(point, covered(tallies({name: NOW}))).standing == "operating"
    assert at("A.6.2.4", covered(tallies({"tests_passed": NOW, "tested": NOW}))).stage == "in_place"


def test_signatures_and_renewed_scopes_do_not_show_other_policies_or_planned_changes() -> None:
    assert "signed" not in PLAN.rests["A.2.3"].shows
    assert "documents_renewed" not in (*PLAN.rests["A.2.3"].shows, *PLAN.rests["6.3"].shows)
    assert PLAN.sources["linked_renewed"].approved is not None
    assert PLAN.sources["linked_renewed"].approved.kinds == ("document",)


def test_while_a_nonconformity_waits_past_its_day_they_are_not_in_hand() -> None:
    told = dict.fromkeys(PLAN.rests["10.2"].shows, NOW)
    said: dict[str, Any] = {
        "title": "A", "what": "B", "source": "audit", "weight": "minor", "points": ("8.1",), "due": DAY.isoformat(),
    }  # fmt: skip
    wish = DraftEntry(actor="", key="n", entry="n", kind="nonconformity", said=said, by_rule=True)
    entry = decide(None, wish, desk())
    assert at("10.2", covered(tallies(told), [entry], DAY)).stage == "in_place"
    late = at("10.2", covered(tallies(told), [entry], DAY + timedelta(days=1)))
    assert (late.stage, late.short) == ("partly", ("on_time",))


@pytest.mark.parametrize("missing", sorted({name for each in PLAN.rests.values() for name in each.needs}))
def test_a_point_without_what_it_needs_is_not_in_place(missing: str) -> None:
    there = {name: NOW for name, source in PLAN.sources.items() if name != missing}
    found = covered(tallies(there))
    for rests in PLAN.rests.values():
        if missing in rests.needs:
            assert missing in at(rests.point, found).short
            assert at(rests.point, found).is_gap


def test_what_is_too_old_counts_no_more_and_says_until_when_it_did() -> None:
    found = tallies({"readings": NOW}, times=3)
    last = months_after(DAY, 12)
    fresh, stale = (at("9.1", covered(found, day=day)) for day in (last, last + timedelta(days=1)))
    assert (fresh.stage, fresh.until) == ("in_place", None)
    assert (stale.stage, stale.standing, stale.until, stale.short) == (
        "missing",
        "nothing",
        last,
        ("readings",),
    )
    assert (stale.evidence[0].count, stale.evidence[0].older) == (0, 3)
    assert stale.missing == ("readings", "measured", "digests")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 3, 31), 1, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2027, 1, 15), 12, date(2026, 1, 15)),
        (date(2027, 12, 31), 12, date(2026, 12, 31)),
    ],
)
def test_months_before(day: date, months: int, then: date) -> None:
    assert months_after(day, -months) == then


def test_what_must_not_be_named_is_told_by_its_line() -> None:
    source, found = PLAN.sources["decided"], tallies({"decided": NOW}, times=2)["decided"]
    assert evidence(source, found, DAY, ()).sample == ("AIU-2026-0001", "AIU-2026-0000")
    assert evidence(source, found, DAY, ("AIU-2026-0001",)).sample == ("line 1", "AIU-2026-0000")


def test_the_newest_few_are_named_each_once() -> None:
    counting = Counting()
    for number in (*range(9), 3):
        counting.take("decided", Named(ref=f"AIU-{number}", place=f"line {number}", at=NOW))
    found = evidence(PLAN.sources["decided"], counting.tallies()["decided"], DAY, ())
    assert found.sample == ("AIU-3", "AIU-8", "AIU-7", "AIU-6", "AIU-5")
    assert found.count == 10
    again = Counting({"decided": counting.tallies()["decided"]})
    assert again.tallies() == counting.tallies()


# -- entries


FILLED: dict[str, Said] = {
    "words": "Words", "line": "A line", "lines": ("One",), "link": "https://example.org", "day": "2027-05-04",
    "whole": 3, "person": BEN, "people": (EVE,), "role": "executive", "refs": ("AIM-2026-0001",),
    "points": points(), "units": (), "place": "P1",
}  # fmt: skip


def _filled(field: Field) -> Said:
    if field.kind == "choices":
        return field.choices[:1]
    if field.id == "auditor":
        return "P-from-outside"
    if field.id in NARROWER:
        return (str(NARROWER[field.id]),)
    return field.choices[0] if field.choices else FILLED[field.kind]


def filled(fields: Iterable[Field], **more: Said) -> dict[str, Said]:
    said = {each.id: _filled(each) for each in fields}
    return {name: value for name, value in (said | more).items() if value != ()}


def entry(kind: Kind, name: str = "", ref: str = "AIM-2026-0001", **said: Said) -> Entry:
    """Drafted, and approved where it needs that."""
    id = entry_id(kind, name, f"{kind.id}-{ref}")
    left = {"left_out": ()} if kind.id == "control" else {}  # only where it applies in part
    wish: dict[str, Any] = {"entry": id, "kind": kind.id, "name": name}
    wish["said"] = filled(kind.fields, **left | said)
    found = decide(
        None, DraftEntry(actor=drafter(kind), key=f"{ref}-1", **wish), desk(), beside(wish["said"], name)
    )
    found = found.model_copy(update={"ref": ref})
    return approved(found)


def drafter(kind: Kind) -> str:
    return BEN if "governance_lead" in kind.proposes else EVE


def approved(found: Entry) -> Entry:
    if found.proposed is None:
        return found
    by = DAN if "executive" in found.of.approves else CLEO
    wish = ApproveEntry(
        actor=by, entry=found.id, key=f"{found.ref}-yes-{found.version}", draft=found.proposed.number
    )
    known = as_known(found.proposed.said)
    return decide(found, wish, desk(), known).model_copy(update={"ref": found.ref})


def named(kind: Kind) -> str:
    if kind.id == TAGGED:  # named by its record
        return "AIM-2026-0001"
    return "A.2.2" if kind.named else ""


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda each: each.id)
def test_an_entry_alone_never_shows_that_anything_is_done(kind: Kind) -> None:
    found = covered(entries=[entry(kind, named(kind))])
    operating = {each.point for each in found if each.standing == "operating"}
    assert operating <= (APPROVING if kind.id in YES else set())
    said = {each.point for each in found if each.standing == "document"}
    assert bool(said) is (kind.id not in PLAN.plans and not set(kind.points) <= operating)


def test_that_an_auditor_is_let_in_documents_nothing() -> None:
    found = {each.point: each.standing for each in covered(entries=[entry(kinds()["access"])])}
    assert found["9.2.2"] == "nothing"


@given(st.sets(st.sampled_from(sorted(kinds()))), st.booleans())
@settings(max_examples=40, deadline=None)
def test_however_many_are_written_only_a_yes_of_top_management_shows_something(
    names: set[str], wait: bool
) -> None:
    written = [
        entry(kinds()[name], named(kinds()[name]), f"AIM-{number}")
        for number, name in enumerate(sorted(names))
    ]
    if wait:
        written = [
            Entry(id=e.id, kind=e.kind, name=e.name, ref=e.ref, steps=e.steps[:1])
            for e in written
            if e.of.approvals
        ]
    found = covered(entries=written)
    operating = {each.point for each in found if each.standing == "operating"}
    assert operating <= (set() if wait else APPROVING)
    assert not wait or {each.standing for each in found} == {"nothing"}


def test_a_policy_that_was_retired_shows_nothing() -> None:
    policy = entry(kinds()["policy"], "AI policy")
    assert at("A.2.2", covered(entries=[policy])).stage == "in_place"
    wish = DraftEntry(
        actor=BEN, entry=policy.id, key="retire", kind="policy", name="AI policy", retires=True, seen=1
    )
    gone = approved(decide(policy, wish, desk()).model_copy(update={"ref": policy.ref}))
    assert at("A.2.2", covered(entries=[gone])).stage == "missing"


def test_looking_at_it_again_is_a_second_version_that_was_approved() -> None:
    policy = entry(kinds()["policy"], "AI policy")
    assert at("A.2.4", covered(entries=[policy])).short == ("policy_renewed",)
    said = filled(kinds()["policy"].fields)
    wish = DraftEntry(
        actor=BEN, entry=policy.id, key="anew", kind="policy", name="AI policy", said=said, seen=1
    )
    waits = decide(policy, wish, desk()).model_copy(update={"ref": policy.ref})
    assert at("A.2.4", covered(entries=[waits])).is_gap
    assert at("A.2.4", covered(entries=[approved(waits)])).stage == "in_place"


def test_an_objective_shows_something_once_it_was_measured() -> None:
    objective = entry(kinds()["objective"], owner=EVE)
    assert at("6.2", covered(entries=[objective])).standing == "document"
    wish = ActOnEntry(
        actor=EVE,
        entry=objective.id,
        key="m",
        act="measured",
        said={"value": "87 %", "met": "yes"},
        seen=objective.version,
    )
    measured = decide(objective, wish, desk()).model_copy(update={"ref": "AIM-2026-0001"})
    found = at("6.2", covered(entries=[measured]))
    assert (found.stage, found.evidence[0].sample) == ("in_place", ("AIM-2026-0001",))


def test_a_paper_that_nobody_got_shows_nothing() -> None:
    paper = entry(kinds()["system_paper"], owner=EVE)
    assert not shows_by_acts("A.6.2.7", paper)
    assert shows_by_acts("A.6.2.7", act(paper, EVE, "handed")) == {"papers_handed"}


def shows_by_acts(point: str, stated: Entry) -> set[str]:
    return {each.name for each in at(point, covered(entries=[stated])).evidence if each.count}


def test_a_gap_names_the_open_action_and_a_closed_one_no_more() -> None:
    action = entry(kinds()["action"], ref="AIM-7", owner=EVE, points=("7.2", "A.2.3"))
    found = covered(entries=[action])
    assert {each.point for each in found if each.actions == ("AIM-7",)} == {"7.2", "A.2.3"}
    assert {each.stage for each in found} == {"missing"}, "a plan closes nothing"
    done = act(action, EVE, "done")
    assert at("7.2", covered(entries=[done])).actions == ("AIM-7",)
    worked = act(done, BEN, "effective")
    assert at("7.2", covered(entries=[worked])).actions == ()
    assert at("10.1", covered(entries=[worked])).stage == "in_place"


def act(found: Entry, by: str, name: str) -> Entry:
    known = found.of.act(name)
    assert known is not None
    wish = ActOnEntry(
        actor=by, entry=found.id, key=name, act=name, said=filled(known.fields), seen=found.version
    )
    return decide(found, wish, desk()).model_copy(update={"ref": found.ref})


def test_an_objective_shows_only_the_controls_that_it_names() -> None:
    def measured(*named: str) -> dict[str, str]:
        steps = (
            Step(
                id="1", kind="draft", by=BEN, role="risk_owner", at=NOW, detail={"draft": 1, "points": named}
            ),
            Step(id="2", kind="approve", by=DAN, role="executive", at=NOW, detail={"draft": 1}),
            Step(id="3", kind="act", by=BEN, role="", at=NOW, detail={"act": "measured"}),
        )
        found = covered(entries=[Entry(id="o", kind="objective", ref="AIM-1", steps=steps)])
        return {point: at(point, found).stage for point in ("6.2", "A.6.1.2", "A.9.3")}

    assert measured() == {"6.2": "in_place", "A.6.1.2": "missing", "A.9.3": "missing"}
    assert measured("A.9.3") == {"6.2": "in_place", "A.6.1.2": "missing", "A.9.3": "in_place"}


ACTS = [
    (source, kind, act)
    for source in PLAN.sources.values()
    if source.acts
    for kind in source.acts.kinds
    for act in source.acts.acts
]


@pytest.mark.parametrize(("source", "kind", "act"), ACTS, ids=str)
def test_each_source_counts_what_was_done_with_what_counts(source: Source, kind: str, act: str) -> None:
    def step(number: int, done: StepKind, by: str, **detail: Said) -> Step:
        return Step(id=f"{number}", kind=done, by=by, role="executive", at=NOW, detail=detail)

    named = {"points": source.acts.names} if source.acts and source.acts.names else {}
    drafted, yes = step(1, "draft", BEN, draft=1, **named), step(2, "approve", DAN, draft=1)
    steps = (drafted, *([yes] if kinds()[kind].approvals else []))

    def count(*more: Step) -> int:
        found = covered(entries=[Entry(id="e", kind=kind, ref="AIM-1", steps=more)])
        return sum(each.count for point in found for each in point.evidence if each.name == source.id)

    assert count(*steps, step(3, "act", CLEO, act=act)) > 0
    assert count(*steps) == 0
    assert count(*steps, step(3, "act", CLEO, act="other")) == 0
    assert count(step(3, "act", CLEO, act=act)) == 0, "what does not count is nothing to act on"
    gone = step(4, "draft", BEN, draft=2, retires=1), step(5, "approve", DAN, draft=2)
    assert count(*steps, step(3, "act", CLEO, act=act), *gone) == 0


def test_a_control_is_left_out_once_a_statement_after_it_was_approved() -> None:
    control = entry(kinds()["control"], "A.7.3", "AIM-1", applies="no", state="not_begun")
    assert at("A.7.3", covered(entries=[control])).stage == "missing"
    statement = entry(kinds()["applicability"], ref="AIM-2")
    found = at("A.7.3", covered(entries=[control, statement]))
    assert (found.stage, found.left_out, found.is_gap) == ("left_out", "AIM-1", False)


@pytest.mark.parametrize(
    ("state", "standing"), [("planned", "nothing"), ("not_begun", "nothing"), ("done", "document")]
)
def test_a_control_that_is_only_planned_documents_nothing(state: str, standing: str) -> None:
    control = entry(kinds()["control"], "A.7.3", applies="yes", state=state)
    assert at("A.7.3", covered(entries=[control])).standing == standing


# -- the file


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("shows: [commitment], needs", "shows: [comitment], needs", "`comitment` is not known"),
        ("needs: [commitment]", "needs: [decided]", "needs `decided` and does not show it"),
        ("needs: [readings]", "needs: [digests]", "which a machine does alone"),
        ('  "7.1": ', '  "7.9": ', "`7.1` is missing"),
        ("by: machine\n    sent", "by: nobody\n    sent", "`nobody` is nobody"),
        ("kinds: [objective]", "kinds: [objektive]", "`objektive` is not known"),
        ("acts: [measured]", "acts: [mesured]", "`mesured` is not known"),
        ("as: executive", "as: auditor", "`auditor` is not known"),
        ("id: readings", "id: unread", "`unread` shows nothing"),
        ("id: parts", "id: owners", "two sources have the same id"),
        ("    sent: digest\n", "", "says of no record"),
    ],
)
def test_a_fault_of_the_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = FILE.read_text()
    assert old in text
    other = tmp_path / "evidence.yaml"
    other.write_text(text.replace(old, new, 1))
    with pytest.raises(Damaged, match=re.escape(said)):
        plan(other)
