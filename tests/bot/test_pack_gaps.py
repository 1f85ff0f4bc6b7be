"""What counts as a gap, and from which day on."""

from datetime import date, timedelta
from types import SimpleNamespace

from bot import covering, soafile
from bot.applicability import Named
from bot.monthly import Month
from bot.pack import gaps, standing, using
from bot.pack.sections import Table
from bot.pack.tally import Tally
from bot.words import Words
from tests.bot.cli.test_management import FINDING
from tests.builders import ANA, BEN, CLEO, EVE, NOW, a_case
from tests.triage.aims.test_errands import ACTION, acted, drafted
from tests.triage.aims.test_risks import UNTIL, a_risk, accepting
from tests.triage.aims.test_risks import desk as desk_of_risks
from triage.aims.applied import Applied, Approved, Decided, Moved, Statement
from triage.aims.covered import Covered, Evidence
from triage.aims.decide import decide
from triage.aims.entry import Entry, Step
from triage.calendar import Calendar
from triage.case import Case, Decision, DecisionKind, Status
from triage.reviewed import ReviewStep
from triage.stages import Appointment, Stage, StageMove, TaskStep
from triage.steps import ConditionStep, Term
from triage.verdict import Bounds

DAY = NOW.date()
WORDS = Words("en", "UTC")


def kinds(case: Case, days: int = 0) -> list[str]:
    at = NOW + timedelta(days=days)
    return [gap.kind for gap in gaps.of_use(case, "AIU-1", "uses/AIU-1.html", at, at.date())]


def approved(**more: object) -> Case:
    decision = Decision(
        id="d",
        kind=DecisionKind.approve_with_conditions,
        reason="",
        conditions=("Tell people",),
        terms=(Term(due=DAY + timedelta(days=10)),),
        signatures=(),
        facts_digest="",
        policies=(),
        at=NOW,
        valid_until=DAY + timedelta(days=20),
    )
    told = {
        "status": Status.approved_with_conditions,
        "owner": ANA,
        "decisions": (decision,),
        "verdict": None,
    }
    return a_case().model_copy(update=told | more)


def test_a_use_has_a_gap_from_the_day_after_on() -> None:
    assert kinds(approved()) == []
    assert kinds(approved(), 10) == []
    assert kinds(approved(), 11) == ["condition_late"]
    assert kinds(approved(), 21) == ["condition_late", "approval_over"]
    assert kinds(approved(owner=None)) == ["no_owner"]


def test_what_was_handed_in_is_no_gap_and_what_is_unmet_is_one() -> None:
    about = {"id": "s", "decision": "d", "number": 1, "at": NOW}
    done = ConditionStep.model_validate(about | {"kind": "done", "by": ANA})
    unmet = ConditionStep.model_validate(about | {"kind": "unmet"})
    small = SimpleNamespace(results={}, gaps=(), tier=Bounds(floor=1, ceiling=1), flags=(), flags_open=())
    assert kinds(approved(condition_steps=(done,), verdict=small), 11) == []
    assert kinds(approved(condition_steps=(done,)), 5) == ["condition_unseen"], (
        "where somebody else has to look"
    )
    assert kinds(approved(condition_steps=(unmet,)), 5) == ["condition_unmet"]


def test_a_review_is_late_until_it_is_over() -> None:
    opened = ReviewStep(id="r", review="r", kind="opened", depth="one_fact", due=DAY, at=NOW)
    closed = ReviewStep(id="c", review="r", kind="closed", at=NOW)
    assert kinds(approved(review_steps=(opened,))) == []
    assert kinds(approved(review_steps=(opened,)), 1) == ["review_late"]
    assert kinds(approved(review_steps=(opened, closed)), 1) == []


def test_who_waits_longer_than_promised_is_named() -> None:
    waits = a_case().model_copy(update={"status": Status.in_review, "due_at": NOW})
    assert kinds(waits) == []
    assert kinds(waits, 1) == ["decision_late"]


def judged(tier: int = 1, flags: tuple[str, ...] = (), **results: Bounds) -> SimpleNamespace:
    bounds = Bounds(floor=tier, ceiling=tier)
    return SimpleNamespace(results=results, gaps=(), tier=bounds, flags=flags, flags_open=())


def task(kind: str, **more: object) -> TaskStep:
    about = {"id": kind, "task": "impact_assessment", "kind": kind, "before": "pilot", "at": NOW}
    return TaskStep.model_validate(about | more)


def test_a_task_is_late_until_it_is_done_as_long_as_the_use_goes_on() -> None:
    called = task("called", due=DAY + timedelta(days=5))
    waits = {"task_steps": (called,)}
    assert kinds(approved(**waits), 5) == []
    assert kinds(approved(**waits), 6) == ["task_late"]
    assert kinds(approved(**waits, status=Status.in_review), 6) == []
    runs = (StageMove(id="m", to=Stage.in_use, at=NOW),)
    assert kinds(approved(**waits, status=Status.under_reassessment, stage_moves=runs), 6) == ["task_late"]
    assert kinds(approved(**waits, status=Status.retired), 6) == []
    assert kinds(approved(task_steps=(called, task("done", by=ANA))), 6) == []


def test_a_part_is_there_once_somebody_took_it_on() -> None:
    called = task("called", due=DAY, task="overseer")
    about = {"id": "a", "task": "overseer", "person": ANA, "at": NOW}
    named = Appointment.model_validate(about | {"kind": "named"})
    taken = Appointment.model_validate(about | {"id": "b", "kind": "accepted", "of": "a"})
    assert kinds(approved(task_steps=(called,), appointments=(named,)), 1) == ["task_late"]
    assert kinds(approved(task_steps=(called,), appointments=(named, taken)), 1) == []


def test_a_full_assessment_that_nobody_recorded_is_named_once() -> None:
    for floor, found in (("screening", []), ("full", ["assessment_missing"])):
        bounds = Bounds.model_validate({"floor": floor, "ceiling": floor})
        verdict = judged(iso_impact=bounds)
        late = approved(verdict=verdict, task_steps=(task("called", due=DAY),) if found else ())
        assert kinds(late, 1) == found
        at = NOW + timedelta(days=1)
        there = gaps.of_use(late, "AIU-1", "", at, at.date(), stand={"ai-impact"})
        assert [gap.kind for gap in there] == (["task_late"] if found else [])
        assert kinds(approved(verdict=verdict, task_steps=(task("called"), task("done", by=ANA))), 1) == []


def test_a_condition_that_holds_all_the_time_is_shown_or_looked_at_each_year() -> None:
    case = approved()
    decided = case.decisions[0].model_copy(update={"terms": (Term(),), "valid_until": None})
    standing_ = {"decisions": (decided,)}
    assert kinds(approved(**standing_), 365) == []
    assert kinds(approved(**standing_), 366) == ["condition_silent"]
    looked = ConditionStep(
        id="s", decision="d", number=1, kind="verified", by=ANA, at=NOW + timedelta(days=300)
    )
    assert kinds(approved(**standing_, condition_steps=(looked,)), 366) == []


def of_entry(entry: Entry, day: str) -> list[tuple[str, str]]:
    found = gaps.of_entry(entry, date.fromisoformat(day), Calendar("UTC"))
    return [(gap.kind, gap.since) for gap in found]


def test_an_entry_is_late_by_what_waits_on_it() -> None:
    entry = drafted("action", ACTION)
    assert of_entry(entry, "2026-12-15") == []
    assert of_entry(entry, "2026-12-16") == [("entry_late", "2026-12-15")]
    entry = acted(entry, "done", ANA, 1, evidence="A list")
    assert of_entry(entry, "2026-12-16") == []
    assert [kind for kind, _ in of_entry(entry, "2027-02-01")] == ["entry_late"]
    entry = acted(entry, "effective", EVE, 2, shows="All passed")
    assert of_entry(entry, "2036-12-16") == []


def test_a_plan_goes_by_its_own_day_and_what_is_due_again_is_told() -> None:
    entry = drafted("nonconformity", FINDING)
    assert of_entry(entry, "2026-12-02") == [("wrong_late", "2026-12-01")]
    entry = acted(entry, "corrected", BEN, 1, correction="Asked for them")
    entry = acted(entry, "explained", BEN, 2, cause="No field for it", elsewhere="Nowhere")
    entry = acted(entry, "planned", BEN, 3, action="A field", success="All have it", until="2027-02-01")
    assert of_entry(entry, "2027-02-01") == []
    assert of_entry(entry, "2027-02-02") == [("wrong_late", "2027-02-01")]
    issue = drafted("issue", {"title": "A new law", "side": "outside", "effect": "Notices"})
    assert [kind for kind, _ in of_entry(issue, "2027-12-20")] == ["entry_again"]


def test_an_acceptance_that_ran_out_is_told_until_the_risk_is_closed() -> None:
    risk = a_risk()
    risk = decide(risk, accepting(risk, CLEO), desk_of_risks())
    (gap,) = of_entry(risk, "2027-06-01")
    assert gap == ("acceptance_over", UNTIL)
    assert of_entry(risk, UNTIL) == []


COVERED = (
    Covered(
        point="4.3",
        standing="document",
        documents=("AIM-2026-0001",),
        missing=("decisions",),
        short=("decisions",),
        next="Decide something.",
    ),
    Covered(point="A.5.2", standing="nothing"),
    Covered(
        point="8.2",
        standing="operating",
        evidence=(
            Evidence(name="pulses", title="Pulses", count=9, newest=NOW + timedelta(days=9), alone=True),
            Evidence(name="decisions", title="Decisions", count=7, newest=NOW, sample=("AIU-2026-0001",)),
        ),
    ),
)


def test_coverage_plugs_in() -> None:
    found = [(gap.kind, gap.ref) for gap in gaps.of_covered(COVERED)]
    assert found == [("coverage_document", "4.3"), ("coverage_nothing", "A.5.2")]
    sheet = standing.coverage_sheet(COVERED, [Month(NOW.date(), 1, 1, 1)], WORDS)
    (drawn,) = next(each.blocks for each in sheet.sections if each.id == "points")
    assert isinstance(drawn, Table)
    assert drawn.anchors
    rows = [[cell.text for cell in row] for row in drawn.rows]
    assert [row[2] for row in rows] == ["partly", "missing", "in place"]
    assert rows[0][3:5] == [covering.why(WORDS, COVERED[0]), "Decide something."]
    assert rows[2][5:8] == [
        "7",
        NOW.date().isoformat(),
        "Decisions: 7 (AIU-2026-0001); Pulses: 9 (by Steward alone)",
    ]
    told = standing.to_covered(COVERED[2])
    assert (told["stage"], told["count"], told["newest"]) == ("in_place", 7, NOW.date().isoformat())
    assert set(standing.to_covered(COVERED[2])) == set(standing.COVERAGE_COLUMNS)
    (counts, _) = standing.coverage_in_short(COVERED, WORDS).blocks
    assert isinstance(counts, Table)
    assert [row[1].text for row in counts.rows] == ["1", "1", "1"]


def test_the_statement_plugs_in() -> None:
    about = {"by": ANA, "role": "legal", "at": NOW, "version": 1, "state": "begun"}
    yes = Decided.model_validate({**about, "applies": "yes", "because": "We decide"})
    no = Decided.model_validate({**about, "applies": "no", "because": "Nobody else"})
    rows = (
        Applied(control="A.2.2", title="A policy", decided=yes),
        Applied(control="A.2.3", title="Others", decided=no, moved=(Moved(what="proposed", now="yes"),)),
        Applied(control="A.2.4", title="Looked at"),
    )
    approval = Approved(number=2, digest="d", decided={}, drafted_by=ANA, approved_by=(ANA,), at=NOW)
    made = Statement(rows=rows, digest="d", approved=approval)
    found = [(gap.kind, gap.ref) for gap in gaps.of_statement(made)]
    assert found == [("stale", "A.2.3"), ("not_decided", "A.2.4")]
    stated = standing.Stated(made, Named(people={ANA: "Ana"}))
    sheet = standing.statement_sheet(stated, WORDS)
    assert any("approved by Ana" in line for line in sheet.sections[0].says)
    then = standing.statement_sheet(stated._replace(judged="By the rules of today"), WORDS)
    assert {*then.sections[0].says} - {*sheet.sections[0].says} == {"By the rules of today"}
    (drawn,) = sheet.sections[0].blocks
    assert isinstance(drawn, Table)
    assert [[cell.text for cell in row][2] for row in drawn.rows] == [
        "Applies",
        "Does not apply",
        "Not decided yet",
    ]
    assert set(soafile.cells(WORDS, rows[0], stated.named)) == set(soafile.COLUMNS)
    assert list(gaps.of_statement(None)) == []


def test_who_said_that_a_condition_is_met_is_told() -> None:
    about = {"id": "s", "decision": "d", "number": 1, "at": NOW}
    done = ConditionStep.model_validate(about | {"kind": "done", "by": ANA})
    seen = ConditionStep.model_validate(about | {"kind": "verified", "by": "P-ben"})
    small = SimpleNamespace(results={}, gaps=(), tier=Bounds(floor=1, ceiling=1))
    for steps, found in (((done,), "met_alone"), ((done, seen), "met_seen")):
        tally = Tally(lambda _: None)
        tally.look(approved(condition_steps=steps, verdict=small))
        assert dict(tally.conditions) == {found: 1}
        row = {"state": "met", "looked_at_by": [each.by for each in steps[1:]]}
        assert using.condition_state(WORDS, row) == WORDS.label(f"pack.condition_state.{found}")


def test_an_impact_assessment_is_there_once_it_stands() -> None:
    def entry(form: str, outcome: str) -> Entry:
        step = {"id": form, "kind": "draft", "by": ANA, "at": NOW, "detail": {"draft": 1, "outcome": outcome}}
        return Entry(id=form, kind="assessment", name=f"case-1:{form}", steps=(Step.model_validate(step),))

    found = gaps.assessed_ones([entry("ai-impact", "work_left"), entry("dpia-screening", "stands")])
    assert found == {"case-1": {"dpia-screening"}}
