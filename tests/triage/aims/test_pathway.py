"""Where something stands on its path, whose move it is, and that of an incident nothing is written twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.bot.slack import worked
from tests.bot.slack.worked import BOSS, LEAD, LEGAL, desk, made
from triage.aims.entry import Entry, Said
from triage.aims.errands import errands
from triage.aims.pathway import How, in_order, is_open, move, path
from triage.aims.taken_over import taken_over
from triage.incidents.incident import Incident, Step

SAID: dict[str, Said] = {
    "title": "T",
    "what": "W",
    "source": "audit",
    "weight": "minor",
    "points": ("8.2",),
    "owner": LEGAL,
    "due": "2026-06-20",
}
WHOLE = ("corrected", "explained", "planned", "done")


def nonconformity(*acts: str, ref: str = "AIN-2026-0001", due: str = "2026-06-20") -> Entry:
    return made("nonconformity", ref, {**SAID, "due": due}, BOSS, *acts)


@pytest.mark.parametrize(
    ("acts", "signs"),
    [
        ((), "now ahead ahead ahead ahead"),
        (WHOLE[:1], "done now ahead ahead ahead"),
        (WHOLE[:2], "done done now ahead ahead"),
        (WHOLE, "done done done done now"),
        ((*WHOLE, "not_effective"), "done done now ahead ahead"),
        ((*WHOLE, "effective"), "done done done done done"),
    ],
)
def test_a_path_shows_what_is_done_and_begins_again_where_it_did_not_work(
    acts: tuple[str, ...], signs: str
) -> None:
    hows: list[How] = [each.how for each in path(nonconformity(*acts))]
    assert " ".join(hows) == signs


def test_an_idea_waits_for_whoever_leads_and_then_for_whom_it_names() -> None:
    idea = {"title": "T", "idea": "I"}
    fresh = made("improvement", "AIM-2026-0001", idea, "person-somebody")
    waits = move(fresh, desk())
    assert waits is not None
    assert (waits.people, [act.id for act in waits.acts]) == ((LEAD,), ["taken_up", "declined"])
    assert waits.due == desk().day + timedelta(days=28), "nothing waits for ever"
    assert [each.kind for each in errands(fresh, desk())] == ["action"]
    taken = made("improvement", "AIM-2026-0002", {**idea, "owner": LEGAL}, LEGAL, "taken_up")
    then = move(taken, desk(9))
    assert then is not None
    assert then.people == (LEGAL,)
    declined = made("improvement", "AIM-2026-0003", idea, "person-somebody", "declined")
    assert move(declined, desk(9)) is None
    assert not is_open(declined)
    assert [each.how for each in path(declined)] == ["left_out"] * 3


def test_an_opportunity_and_what_is_asked_for_wait_for_somebody_too() -> None:
    chance = made("opportunity", "AIO-1", {"title": "T", "benefit": "B", "gains": ("staff",)}, LEGAL)
    waits = move(chance, desk())
    assert waits is not None
    assert (waits.people, waits.due) == ((LEAD,), desk().day + timedelta(days=28))
    assert [each.act.id for each in path(chance)] == ["taken_up", "done", "effective"]
    asked = made("resource", "AIR-1", {"title": "T", "sort": "people", "because": "B"}, LEGAL)
    waits = move(asked, desk())
    assert waits is not None
    assert (waits.people, [act.id for act in waits.acts]) == ((BOSS,), ["granted", "declined"])
    assert [each.kind for each in errands(asked, desk())] == ["action"], "and they are reminded of it"
    by_a_day = made(
        "resource", "AIR-2", {"title": "T", "sort": "people", "because": "B", "due": "2026-06-20"}, LEGAL
    )
    due = move(by_a_day, desk())
    assert due is not None
    assert due.due == date(2026, 6, 20)


@pytest.mark.parametrize(
    ("check_on", "due"), [("2026-08-03", date(2026, 8, 3)), ("2026-05-05", date(2026, 5, 9))]
)
def test_its_effect_is_looked_at_on_the_day_that_was_set_and_never_before(
    monkeypatch: pytest.MonkeyPatch, check_on: str, due: date
) -> None:
    planned = {**worked.DONE["planned"], "check_on": check_on}
    monkeypatch.setitem(worked.DONE, "planned", planned)
    (waits,) = errands(nonconformity(*WHOLE), desk(6))
    assert (waits.kind, waits.due) == ("effect", due)
    after = move(nonconformity(*WHOLE), desk(6))
    assert after is not None
    assert LEGAL not in after.people, "who did it does not say whether it worked"
    assert set(after.people) == {LEAD, BOSS}


def test_what_is_late_the_longest_comes_first_and_what_is_over_last() -> None:
    late, later = nonconformity(ref="AIN-2026-0007", due="2026-05-04"), nonconformity(ref="AIN-2026-0002")
    over = nonconformity(*WHOLE, "effective", ref="AIN-2026-0003")
    still, ended = in_order([over, later, late], desk(9))
    assert [each.ref for each in still] == ["AIN-2026-0007", "AIN-2026-0002"]
    assert [each.ref for each in ended] == ["AIN-2026-0003"]


def test_an_incident_fills_in_what_it_says_and_nothing_more() -> None:
    def step(kind: str, detail: dict[str, str], **texts: str) -> Step:
        told = {"id": f"{kind}{len(texts)}", "kind": kind, "by": "p", "at": desk().now}
        return Step.model_validate({**told, "detail": detail, "texts": texts})

    bare = Incident(id="i", ref="AII-2026-0001", steps=(step("report", {"kind": "incident"}, words="W"),))
    assert [taken_over(bare, act) for act in (*WHOLE, "effective")] == [{}] * 5
    plan = {"action": "a", "owner": "p", "due": "2026-06-01"}
    steps = (
        *bare.steps,
        step("contain", {"how": "stopped"}, words="Stopped it"),
        step("cause", {}, words="An old list"),
        step("add_action", plan, words="Load it nightly", success="No old price"),
    )
    known = Incident(id="i", ref="AII-2026-0001", steps=steps)
    assert taken_over(known, "corrected") == {"correction": "Stopped it"}
    assert taken_over(known, "explained") == {"cause": "An old list"}
    assert taken_over(known, "planned")["action"] == "Load it nightly"
    assert taken_over(known, "done") == {}, "nobody says that it is done before it is"
    assert taken_over(known, "effective") == {}, "what somebody else is to look at is filled in by nothing"
