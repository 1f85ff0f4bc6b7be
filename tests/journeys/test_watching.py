"""A use in use is watched: one window for the plan, one message for a report; past its limit it is decided anew."""

from __future__ import annotations

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.failures.test_joined import joins
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, CLEO, DAN, Shown, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.case import Status

ERRORS = {"measure.1": "Complaints", "side.1": "at_most", "limit.1": "3"}
CHECKED = {"measure.2": "Checked by somebody", "side.2": "at_least", "limit.2": "90 %"}
NO_MORE = {f"{field}.{number}": "" for field in ("measure", "limit") for number in (3, 4, 5)}
"""What the window offers beyond that is taken out."""


def entry_of(person: Somebody) -> Shown:
    assert person.hands.command("/steward", "show 1", "general")
    person.world.settle()
    return [m for m in person.hands.sees("general") if m.get("ephemeral")][-1]


def presses(person: Somebody, action: Action) -> None:
    """On the use, as anybody finds it."""
    message = entry_of(person)
    button = next(e for e in elements(message) if e.get("action_id") == action)
    assert person.hands.clicks("general", message["ts"], button["action_id"], value=button["value"])
    person.world.settle()


def plans(
    person: Somebody, *, monitor: str = "", every: str = "weekly", **more: str
) -> dict[str, str] | None:
    presses(person, Action.WRITE_PLAN)
    person.hands.fills(
        **ERRORS, **CHECKED, **NO_MORE, every=every, **({"monitor": monitor} if monitor else {})
    )
    person.hands.fills(**more)
    problems = person.hands.submits()
    person.world.settle()
    return problems


def asked(person: Somebody) -> tuple[Shown, Shown]:
    """The newest message to this person with the button to report, and the button."""
    for message in reversed(person.dm()):
        for element in elements(message):
            if element.get("action_id") == Action.GIVE_READINGS.value:
                return message, element
    raise AssertionError("nothing asks for a report")


def reports(person: Somebody, **values: str) -> dict[str, str] | None:
    message, element = asked(person)
    assert person.hands.clicks("dm", message["ts"], element["action_id"], value=element["value"])
    person.world.settle()
    return hands_in(person, **values)


def hands_in(person: Somebody, **values: str) -> dict[str, str] | None:
    person.hands.fills(**{name.replace("_", "."): value for name, value in values.items()})
    problems = person.hands.submits()
    person.world.settle()
    return problems


def of_watching(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("plan.", "readings.", "case.under"))]


def watched(world: World, monitor: str = "", **more: str) -> Thread:
    thread = approved(world)
    assert plans(world.person(ANA), monitor=monitor, **more) is None
    return thread


def test_the_whole_story(world: World) -> None:
    thread, ana, eve = approved(world), world.person(ANA), world.person(CLEO)
    joins(world.person(DAN), thread)
    assert plans(ana, monitor=CLEO) is None
    assert "Recorded" in ana.window()
    assert "wrote by what" in words(eve.dm()[-1])
    assert "Complaints: at most 3" in world.below(world.cards()[0])[-1]
    assert len(eve.dm()) == 1
    world.passes(days=8)
    assert "The report on" in words(eve.dm()[-1])
    assert "2 values, one window" in words(eve.dm()[-1])
    assert "To report" in eve.home()
    assert reports(eve, figure_1="1", figure_2="95") is None
    assert "Everything is within its limits" in eve.window()
    assert thread.case.in_use
    assert "not needed any more" in words(eve.dm()[-1])
    assert "To report" not in eve.home()
    assert len(world.below(world.cards()[0])) == 2, "within is told to nobody"
    world.passes(days=8)
    assert reports(eve, figure_1="7", figure_2="", remark_2="The log was off") is None
    assert "past its limit" in eve.window()
    assert thread.case.status is Status.in_review
    said = "\n".join(thread.texts())
    assert "*Past its limit*" in said
    assert "Complaints: *7* (at most 3)" in said
    assert "not measured: The log was off" in said
    assert "please stop using it" in words(world.person(DAN).dm()[-1])
    (card,) = world.cards()
    assert "Complaints: *7* (at most 3)" in words(card)
    assert "a value went past its limit" in words(card)
    assert "*Past its limit*" in world.below(card)[-1]
    assert of_watching(world) == [
        "plan.written", "readings.asked", "readings.given", "readings.asked", "readings.given",
        "case.under_reassessment",
    ]  # fmt: skip
    assert world.person(BEN).decides(Action.APPROVE, reason="A bad week.") is None
    assert "Complaints, at most 3: 1 → 7" in words(entry_of(ana))
    assert "Checked by somebody, at least 90 %: 95 % → –" in words(entry_of(ana))
    assert world.differences() == []
    assert world.is_untouched()


def test_a_report_that_does_not_come_is_asked_for_once_more_then_told(world: World) -> None:
    thread = watched(world)
    for _ in range(5):
        world.passes(days=7)
        world.restart()
    assert of_watching(world) == ["plan.written", "readings.asked", "readings.reminded", "readings.missed"]
    assert "is two weeks late" in "\n".join(thread.texts())
    assert any("Silence is no good sign" in note for note in world.below(world.cards()[0]))
    assert thread.case.in_use, "nothing was measured, and nothing is decided by that"
    assert "a report is due" in words(entry_of(world.person(ANA)))
    assert reports(world.person(ANA), figure_1="0", figure_2="99") is None
    assert not [m for m in thread.shown() if Action.GIVE_READINGS in str(m)]
    assert world.differences() == []


def test_what_does_not_fit_goes_back_to_its_field(world: World) -> None:
    approved(world)
    ana = world.person(ANA)
    wrong = plans(
        ana, **{"limit.1": "three", "measure.2": "complaints", "limit.2": "1,000", "measure.3": "Cost"}
    )
    assert wrong is not None
    assert set(wrong) == {"limit.1", "limit.2", "limit.3"}
    ana.hands.fills(**{"limit.1": "3", "limit.2": "5 %", "measure.3": "", "limit.3": ""})
    assert set(ana.hands.submits() or {}) == {"measure.2"}
    ana.hands.fills(**{"measure.2": "Checked"})
    assert ana.hands.submits() is None
    world.settle()
    presses(ana, Action.GIVE_READINGS)
    assert set(hands_in(ana, figure_1="1") or {}) == {"figure.2"}
    assert hands_in(ana, remark_2="Nobody looked") is None
    assert "neither as within nor as past" in ana.window()
    assert world.differences() == []


def test_a_plan_is_written_anew_and_what_was_read_stays_with_its_own(world: World) -> None:
    thread = watched(world)
    ana = world.person(ANA)
    world.passes(days=8)
    assert reports(ana, figure_1="2", figure_2="95") is None
    assert plans(ana, **{"limit.1": "1"}) is None
    assert thread.case.in_use, "what was within then stays so"
    assert [plan.measures[0].limit for plan in thread.case.plans] == ["3", "1"]
    assert thread.case.measurements[0].plan == thread.case.plans[0].id
    assert plans(ana, **{"limit.1": "1"}) == {"measure.1": "This is what the plan says already."}
    world.passes(days=8)
    assert reports(ana, figure_1="2", figure_2="95") is None
    assert thread.case.status is Status.in_review
    assert world.differences() == []
