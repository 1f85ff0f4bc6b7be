"""What waits on entries of the management system, when somebody hears of it, and who."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.words import Words
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import LEADS, drafting, on
from tests.triage.aims.test_risks import a_risk, accepting
from tests.triage.aims.test_risks import desk as desk_of_risks
from triage.aims import seeing
from triage.aims.acknowledging import ACKNOWLEDGE
from triage.aims.calling import after, at_step, called, holders, whom
from triage.aims.decide import decide
from triage.aims.entry import Entry
from triage.aims.errands import Errand, errand, errands
from triage.aims.kinds import kinds
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.desk import Desk
from triage.ladders import ENTRY_KINDS, steps_of_entry
from triage.staff import Away, Colleague

ACTION = {"title": "Train Sales", "success": "All passed", "owner": ANA, "due": "2026-12-15"}
GOAL = {
    "title": "Trained",
    "measure": "Share",
    "target": "All",
    "how": "Lists",
    "owner": ANA,
    "due": "2027-06-30",
}
AUDIT = {
    "title": "First", "objective": "Whether it is lived", "scope": ("Sales",), "criteria": ("9.1",),
    "auditors": (ANA,), "begins": "2026-12-01", "due": "2026-12-15",
}  # fmt: skip
AWAY = Away(since=date(2026, 1, 1), until=date(2028, 1, 1))


def desk(days: int = 0, people: Mapping[str, Colleague] | None = None) -> Desk:
    staff = {f"P-{name}": each for name, each in (people or {}).items()}
    moment = NOW + timedelta(days=days)
    return a_desk(roles=LEADS, now=moment, staff=lambda person: staff.get(person, Colleague()))


def drafted(kind: str, said: Any, days: int = 0, **more: Any) -> Entry:
    return decide(None, drafting(kind=kind, said=said, **more), desk(days))


def acted(entry: Entry, act: str, by: str, days: int, **said: str) -> Entry:
    return decide(entry, ActOnEntry(**on(entry, by), act=act, said=said, seen=entry.version), desk(days))


def told(entry: Entry, days: int = 0) -> dict[str, str]:
    return {each.name: each.due.isoformat() for each in errands(entry, desk(days))}


def test_an_action_is_done_checked_and_done_again_where_it_did_not_work() -> None:
    entry = drafted("action", ACTION)
    assert told(entry) == {"action:1.0": "2026-12-15"}
    entry = acted(entry, "done", ANA, 10, evidence="A list")
    assert told(entry) == {"effect:1.1": "2026-12-29"}
    again = acted(entry, "not_effective", BEN, 20, shows="Half of them failed")
    assert told(again) == {"action:1.2": "2026-12-15"}
    assert told(acted(entry, "effective", BEN, 20, shows="All passed")) == {}


def test_an_objective_is_measured_again_and_again_and_on_its_day() -> None:
    entry = drafted("objective", GOAL)
    assert told(entry) == {"approval:1.0": "2026-11-26"}
    entry = decide(entry, ApproveEntry(**on(entry, DAN), draft=1), desk())
    assert told(entry) == {"measure:1.0": "2027-02-21", "renewal:1": "2027-05-21"}
    entry = acted(entry, "measured", ANA, 90, value="1 of 2", met="on_the_way")
    entry = acted(entry, "measured", ANA, 180, value="1 of 2", met="on_the_way")
    assert told(entry)["measure:1.2"] == "2027-06-30", "its own day comes before the next quarter"
    entry = acted(entry, "measured", ANA, 225, value="2 of 2", met="yes")
    assert told(entry)["measure:1.3"] == "2027-10-04"


def test_what_waits_for_a_yes_is_not_to_be_looked_at_again_as_well() -> None:
    entry = decide(
        drafted("scope", {"covers": "All", "activities": ("Selling",)}),
        ApproveEntry(**on(_scope(), DAN), draft=1),
        desk(),
    )
    assert told(entry) == {"renewal:1": "2027-11-21"}
    anew = decide(entry, drafting(said={"covers": "Less", "activities": ("Selling",)}, seen=1), desk(3))
    assert told(anew) == {"approval:2.0": "2026-11-29"}


def _scope() -> Entry:
    return drafted("scope", {"covers": "All", "activities": ("Selling",)})


def test_what_counts_no_more_waits_for_nobody() -> None:
    entry = drafted(
        "control", {"applies": "no", "because": "Nothing is developed here", "state": "done"}, name="A.2.2"
    )
    assert list(told(entry)) == ["renewal:1"]
    assert told(decide(entry, drafting(kind="control", name="A.2.2", retires=True, seen=1), desk())) == {}


STEPS = [
    ("action", ["2026-12-08", "2026-12-16", "2026-12-30", "2027-01-20", "2027-02-24"]),
    ("approval", ["2026-11-26", "2026-12-03", "2026-12-17"]),
    ("measure", ["2027-02-22", "2027-03-08", "2027-03-30"]),
    ("renewal", ["2027-04-30", "2027-05-24", "2027-06-21"]),
]


@pytest.mark.parametrize(("kind", "days"), STEPS, ids=[kind for kind, _ in STEPS])
def test_the_steps_of_each_ladder(kind: str, days: list[str]) -> None:
    """On working days: 21 February and 22 May are on a weekend, 29 March is Easter Monday."""
    entry = drafted("action", ACTION) if kind == "action" else drafted("objective", GOAL)
    if kind in ("measure", "renewal"):
        entry = decide(entry, ApproveEntry(**on(entry, DAN), draft=1), desk())
    due = next(each for each in errands(entry, desk()) if each.kind == kind)
    found = [at_step(n, due, entry, desk()).date().isoformat() for n in range(len(steps_of_entry(due.kind)))]
    assert found == days


def test_every_ladder_leaves_more_time_from_step_to_step_and_ends_with_whoever_leads() -> None:
    for kind in ENTRY_KINDS:
        steps = steps_of_entry(kind)
        gaps = [later.days - earlier.days for earlier, later in pairwise(steps)]
        assert gaps == sorted(gaps)
        alone = kind in (ACKNOWLEDGE, "train")
        assert steps[-1].to == ("keeper" if alone else "lead"), "of one person alone nobody else is told"


@pytest.mark.parametrize(
    ("to", "people", "expected"),
    [
        ("keeper", {}, ((ANA,), "own")),
        ("keeper", {"ana": Colleague(gone=True)}, ((BEN, CLEO), "lead")),
        ("keeper", {"ana": Colleague(away=AWAY)}, ((BEN, CLEO), "lead")),
        ("keeper", {"ana": Colleague(away=AWAY, deputy=DAN)}, ((DAN,), "deputy")),
        ("keeper", {"ana": Colleague(gone=True), "ben": Colleague(gone=True)}, ((CLEO,), "lead")),
        ("deputy", {"ana": Colleague(manager=DAN)}, ((DAN,), "manager")),
        ("deputy", {"ana": Colleague(manager=DAN), "dan": Colleague(away=AWAY)}, ((BEN, CLEO), "lead")),
        ("lead", {"ben": Colleague(away=AWAY), "cleo": Colleague(gone=True)}, ((), "nobody")),
    ],
)
def test_the_first_who_can_be_reached(
    to: str, people: dict[str, Colleague], expected: tuple[tuple[str, ...], str]
) -> None:
    entry, now = drafted("action", ACTION), desk(people=people)
    assert whom(errands(entry, now)[0], to, entry, now) == expected  # type: ignore[arg-type]


def test_only_those_are_asked_for_a_yes_who_may_give_it() -> None:
    """Cleo drafted it, and is an executive, too."""
    entry = drafted("scope", {"covers": "All", "activities": ("Selling",)}, actor=CLEO)
    assert holders(errands(entry, desk())[0], entry, desk()) == (DAN,)


def test_of_what_an_operator_typed_in_people_hear_at_once() -> None:
    """Nobody told them in Slack that it is there."""
    assert told(drafted("scope", {"covers": "All", "activities": ("Selling",)}, actor="")) == {
        "approval:1.0": "2026-11-21"
    }


def test_only_those_say_whether_it_worked_who_did_not_do_it() -> None:
    entry = acted(drafted("action", ACTION | {"owner": BEN}), "done", BEN, 1, evidence="A list")
    assert holders(errands(entry, desk(2))[0], entry, desk(2)) == (CLEO, EVE)


def test_an_owner_who_cannot_draft_is_not_asked_to_draft_it_anew() -> None:
    said = {"applies": "yes", "because": "x", "state": "done"}
    for owner, expected in ((ANA, (BEN, CLEO)), (EVE, (EVE,))):
        entry = drafted("control", said | {"owner": owner}, name="A.2.2")
        assert holders(errands(entry, desk())[0], entry, desk()) == expected


def test_whose_move_it_is_not_is_not_said_to_have_been_reminded() -> None:
    """The owner of an objective cannot draft it anew, so whoever leads does, and nobody else was reminded of it."""
    entry = drafted("objective", GOAL)
    entry = decide(entry, ApproveEntry(**on(entry, DAN), draft=1), desk())
    name = next(each.name for each in errands(entry, desk()) if each.kind == "renewal")
    call = called(entry, name, 2, desk())
    assert call is not None
    assert (call.people, call.because, call.holder) == ((BEN, CLEO), "own", "")
    gone = called(entry, name, 2, desk(people={"ana": Colleague(gone=True)}))
    assert gone is not None
    assert gone.holder == ANA


def test_the_next_step_leaves_its_time_however_late_this_one_was() -> None:
    entry = drafted("action", ACTION)
    due, late = errands(entry, desk())[0], desk(40)
    assert after(1, due, entry, late) == datetime(2027, 1, 14, 8, 0, tzinfo=NOW.tzinfo)
    assert after(len(steps_of_entry("action")) - 1, due, entry, late) is None


def test_what_is_settled_calls_for_nothing() -> None:
    entry = acted(drafted("action", ACTION), "done", ANA, 1, evidence="A list")
    assert called(entry, "action:1.0", 0, desk()) is None
    assert errand(entry, "effect:1.1", desk()) is not None


@given(
    st.lists(
        st.sampled_from([Colleague(), Colleague(gone=True), Colleague(away=AWAY), Colleague(deputy=DAN)]),
        min_size=5,
        max_size=5,
    ),
    st.sampled_from(["keeper", "deputy", "lead"]),
)
def test_nobody_who_is_gone_or_away_is_written_to(states: list[Colleague], to: Any) -> None:
    people = dict(zip(("ana", "ben", "cleo", "dan", "eve"), states, strict=True))
    now, entry = desk(people=people), drafted("action", ACTION)
    due = Errand(kind="action", about="1.0", due=date(2026, 12, 15))
    for one in whom(due, to, entry, now)[0]:
        assert not now.staff(one).gone
        assert now.away(one) is None


FOUND = {
    "title": "Late", "what": "Nobody looked", "source": "overdue", "weight": "minor", "points": ("9.1",),
    "due": "2026-12-21",
}  # fmt: skip


def test_a_nonconformity_goes_on_from_step_to_step_and_a_plan_has_its_own_day() -> None:
    entry = drafted("nonconformity", FOUND | {"owner": ANA})
    assert told(entry) == {"action:1.0": "2026-12-21"}
    entry = acted(entry, "corrected", ANA, 1, correction="Looked at")
    entry = acted(entry, "explained", ANA, 2, cause="Nobody was named", elsewhere="No")
    assert told(entry) == {"action:1.2": "2026-12-21"}
    entry = acted(entry, "planned", ANA, 3, action="Name one", success="Named", until="2027-01-15")
    assert told(entry) == {"action:1.3": "2027-01-15"}
    entry = acted(entry, "done", ANA, 4, evidence="Named")
    assert list(told(entry)) == ["effect:1.4"]
    assert holders(errands(entry, desk())[0], entry, desk()) == (BEN, CLEO, DAN, EVE)


def test_where_nobody_is_named_those_are_asked_who_can_go_on() -> None:
    entry = drafted("nonconformity", FOUND)
    assert holders(errands(entry, desk())[0], entry, desk()) == (BEN, CLEO), (
        "whoever leads, where nobody confirmed it"
    )


def test_whoever_confirmed_it_goes_on_with_what_names_nobody() -> None:
    """Where they left, or only said that it is so and may do nothing about it, whoever leads does."""
    entry = drafted("nonconformity", FOUND, actor="", by_rule=True)
    for person, expected in ((CLEO, (CLEO,)), (EVE, (EVE,)), (DAN, (BEN, CLEO))):
        confirmed = decide(entry, ApproveEntry(**on(entry, person), draft=1), desk())
        (due,) = errands(confirmed, desk())
        assert (due.kind, holders(due, confirmed, desk())) == ("action", expected)
    left = desk(people={"eve": Colleague(gone=True)})
    confirmed = decide(entry, ApproveEntry(**on(entry, EVE), draft=1), desk())
    assert holders(errands(confirmed, left)[0], confirmed, left) == (BEN, CLEO)


def test_what_a_rule_put_forward_is_for_whoever_leads() -> None:
    """Others may confirm it, too, and are not all asked; there is no waiting for what nobody asked for."""
    entry = drafted("nonconformity", FOUND, actor="", by_rule=True)
    assert told(entry) == {"approval:1.0": "2026-11-21"}
    assert holders(errands(entry, desk())[0], entry, desk()) == (BEN, CLEO)
    led_by_none = desk(people={"ben": Colleague(gone=True), "cleo": Colleague(gone=True)})
    assert holders(errands(entry, led_by_none)[0], entry, led_by_none) == (EVE,), "who answers for risks"


def test_nobody_is_reminded_of_what_has_no_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "WORKED_OUT", frozenset((("audit", "drawn"),)))
    planned = drafted("audit", AUDIT)
    audit = decide(planned, ApproveEntry(**on(planned, DAN), draft=1), desk())
    assert told(audit) == {}


def test_whoever_audits_is_reminded_to_draw() -> None:
    planned = drafted("audit", AUDIT)
    audit = decide(planned, ApproveEntry(**on(planned, DAN), draft=1), desk())
    assert told(audit) == {"action:1.0": "2026-12-15"}


def test_the_owner_of_a_risk_hears_before_its_acceptance_ends() -> None:
    entry = a_risk()
    assert not any(each.startswith("acceptance") for each in told(entry))
    entry = decide(entry, accepting(entry, CLEO), desk_of_risks())
    (due,) = [each for each in errands(entry, desk()) if each.kind == "acceptance"]
    until = date.fromisoformat(str(entry.done[-1].said["until"]))
    assert due.due == until
    assert holders(due, entry, desk()) == (entry.owner,)
    assert at_step(0, due, entry, desk()).date() <= until - timedelta(days=21)


def test_every_kind_of_entry_has_a_name_in_a_message() -> None:
    words = Words("en", "UTC")
    assert all(words.has(f"aims_kind.{kind}") for kind in kinds())
