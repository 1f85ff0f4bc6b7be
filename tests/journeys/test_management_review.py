"""A management review from the call to its approved minutes: the paper before it, decisions with owners after it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.management import inputs, written
from bot.sandbox.reading import words
from bot.slack import convening, minuting
from bot.slack.ids import Action, View
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Submission, Who
from bot.slack.pressed import pressed as pressed
from store import aims
from store.convened import CALL, REVIEW, laid
from store.outbox import TRIES
from store.tables import OutboxRow
from tests.journeys.test_dossiers import may_upload
from tests.journeys.test_system import by_hand, entries, fills, forged, gives, id_of, offers, press, stateable
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.entry import Entry
from triage.aims.minutes import PARTS
from triage.aims.seeing import may_read
from triage.outcome import Refused


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    may_upload(world)
    gives(world, governance_lead=[DAN], executive=[CLEO, EVE], auditor=[BEN], risk_owner=[CLEO])


def day(world: World, days: int = 0) -> str:
    return (world.bot.front.desk().day + timedelta(days=days)).isoformat()


def calls(world: World, days: int = 3, **more: Any) -> Entry:
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{CALL}|")
    said: dict[str, Any] = {
        "due": day(world, days),
        "attends": [DAN, CLEO, EVE, ANA],
        "words": "Bring the figures",
    }
    assert fills(world, DAN, **(said | more)) is None
    person.hands.closes_view(all_of_them=True)
    return entries(world, CALL)[-1]


def ticks(world: World) -> None:
    convening.look(world.bot.front, world.bot.front.desk())
    world.settle()


def dms(world: World, user: str) -> str:
    return "\n".join(words(m) for m in world.person(user).dm())


def papers(world: World, user: str) -> list[dict[str, Any]]:
    return [f for m in world.person(user).dm() for f in m.get("files", ())]


CHOSEN = dict.fromkeys(PARTS, "none") | {
    "wrong": "change",
    "improvements": "improvement",
    "resources": "resources",
}


def minutes(world: World, user: str = DAN) -> None:
    """The two windows, from the entry of the call."""
    person = world.person(user)
    person.steward("setup")
    press(world, user, Action.SYSTEM_KIND, CALL)
    press(world, user, Action.READ_ENTRY)
    press(world, user, Action.ACT_ENTRY, "minuted")
    person.hands.fills(**{f"review_input.{part}": choice for part, choice in CHOSEN.items()})
    assert person.submits() is None
    filled: dict[str, Any] = {"review_words": "Two were late. They stay."}
    for part, what in (
        ("wrong", "Ask each team by Friday\nTell the board"),
        ("improvements", "One form less"),
        ("resources", "A second reviewer"),
    ):
        filled |= {
            f"decision.{part}": what,
            f"decision_shows.{part}": "It is seen in March",
            f"decision_owner.{part}": BEN,
            f"decision_due.{part}": day(world, 40),
        }
    person.hands.fills(**filled)
    assert person.submits() is None
    world.settle()


def test_it_is_called_and_everybody_who_attends_hears_of_it_at_once(world: World) -> None:
    call = calls(world, days=20)
    assert call.said("attends") == tuple(id_of(world, user) for user in (DAN, CLEO, EVE, ANA))
    for user in (CLEO, EVE, ANA):
        assert "called it" in dms(world, user)
        assert "Bring the figures" in dms(world, user)
    assert "called it" not in dms(world, DAN), "whoever called it knows"
    assert "called it" not in dms(world, BEN)
    ticks(world)
    assert entries(world, CALL)[-1].stage == "", "it is too early for the paper"


def test_the_paper_comes_before_it_and_is_the_one_that_was_sealed(world: World) -> None:
    world.passes(days=2)
    calls(world)
    ticks(world)
    ticks(world)
    call = entries(world, CALL)[-1]
    lies = laid(call)
    assert lies is not None
    assert lies.as_of.isoformat() == day(world, -1), "the last day that is over"
    assert [step.kind for step in call.steps] == ["draft", "act"]
    assert (call.steps[-1].by, call.steps[-1].role) == ("", "rule")
    for user in (DAN, CLEO, EVE, ANA):
        assert len(papers(world, user)) == 1, user
        assert "This lies on the table" in dms(world, user)
    assert papers(world, BEN) == []
    world.passes(days=30)
    with world.store.read() as session:
        again = inputs(session, lies.since, lies.as_of, world.bot.front.office.config.timezone)
    assert again.digest == lies.digest
    once, twice = (written(world.bot.front.words, again, form) for form in ("pdf", "pdf"))
    assert once == twice
    assert once.startswith(b"%PDF")


def test_decisions_are_their_owners_at_once_and_who_was_there_hears_the_minutes_once(world: World) -> None:
    calls(world)
    ticks(world)
    minutes(world)
    assert "3 things" not in world.person(DAN).window()
    assert "with 4 things to do" in world.person(DAN).window()
    (review,) = entries(world, REVIEW)
    (call,) = entries(world, CALL)
    lies = laid(call)
    assert lies is not None
    assert (review.said("inputs"), review.said("from")) == (lies.digest, (call.ref,))
    assert (call.stage, call.done[-1].said["review"]) == ("closed", (review.ref,))
    actions, (better,) = entries(world, "action"), entries(world, "improvement")
    assert review.said("actions") == tuple(each.ref for each in (*actions[:2], better, *actions[2:]))
    assert [each.title for each in actions] == [
        "Ask each team by Friday",
        "Tell the board",
        "A second reviewer",
    ]
    assert {each.owner for each in (*actions, better)} == {id_of(world, BEN)}
    assert (better.stage, better.said("from")) == ("taken_up", (call.ref,))
    assert review.state == "proposed"
    assert "from now on" in dms(world, BEN)
    assert "count from now on" not in dms(world, ANA)
    told = [m for m in world.person(CLEO).dm() if "wait" in words(m) and "your yes" in words(m)][-1]
    assert world.person(CLEO).hands.clicks("dm", told["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()
    assert entries(world, REVIEW)[0].state == "in_force"
    for user in (EVE, ANA):
        heard = [words(m) for m in world.person(user).dm() if "at which you were" in words(m)]
        assert len(heard) == 1, user
        assert "Two were late. They stay." in heard[0]
        assert "Tell the board" in heard[0]
    assert "at which you were" not in dms(world, BEN), "who owns something of it was not there"
    assert not world.refused()


def test_what_was_decided_stands_first_next_time(world: World) -> None:
    calls(world)
    ticks(world)
    minutes(world)
    day_of = world.bot.front.desk().day
    with world.store.read() as session:
        found = inputs(session, day_of, day_of, "UTC")
    assert {each.title for each in found.earlier} == {
        "Ask each team by Friday",
        "Tell the board",
        "One form less",
        "A second reviewer",
    }
    text = written(world.bot.front.words, found, "text").decode()
    assert text.index("Tell the board") < text.index("What changed since")


def test_nobody_approves_minutes_that_they_wrote(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO, DAN], auditor=[BEN])
    calls(world)
    ticks(world)
    minutes(world)
    (review,) = entries(world, REVIEW)
    by_hand(world, DAN, Action.APPROVE_ENTRY, Carried("", 1, "", review.id))
    by_hand(world, ANA, Action.APPROVE_ENTRY, Carried("", 1, "", review.id))
    assert entries(world, REVIEW)[0].state == "proposed"
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", review.id))
    assert entries(world, REVIEW)[0].state == "in_force"


def test_of_each_input_something_is_said_and_nothing_is_taken_for_that(world: World) -> None:
    calls(world)
    ticks(world)
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, CALL)
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.ACT_ENTRY, "minuted")
    person.hands.fills(**{f"review_input.{part}": "none" for part in PARTS[1:]})
    problems = person.submits()
    assert problems is not None
    assert list(problems) == ["review_input.earlier"]


def handed(world: World, user: str, key: str) -> Submission:
    call = entries(world, CALL)[-1]
    chosen = ",".join(CHOSEN[part] if part == "wrong" else "none" for part in PARTS)
    fields = {
        "review_attended": (DAN, CLEO), "review_words": ("Said",), "decision.wrong": ("Do it",),
        "decision_shows.wrong": ("Seen",), "decision_owner.wrong": (BEN,), "decision_due.wrong": (day(world, 9),),
    }  # fmt: skip
    about = f"{call.id}|{call.version}|{chosen}"
    callback = View.REVIEW_MINUTES.value
    return Submission(Who(TEAM, user), callback, about, key, fields, "")


def test_handed_in_twice_it_is_done_once(world: World) -> None:
    calls(world)
    ticks(world)
    submission = handed(world, DAN, "once")
    for _ in range(2):
        minuting.handed(world.bot.front, submission, id_of(world, DAN))
        world.settle()
    assert [len(entries(world, kind)) for kind in (REVIEW, "action")] == [1, 1]
    with pytest.raises(Refused) as second:
        minuting.handed(world.bot.front, handed(world, CLEO, "another"), id_of(world, CLEO))
    assert second.value.key == "entry_moved"
    assert [len(entries(world, kind)) for kind in (REVIEW, "action")] == [1, 1], "all of it or none"


@pytest.mark.parametrize("user", [BEN, ANA])
def test_who_may_not_write_them_does_not(world: World, user: str) -> None:
    calls(world)
    ticks(world)
    with pytest.raises(Refused):
        minuting.handed(world.bot.front, handed(world, user, "k"), id_of(world, user))
    assert entries(world, REVIEW) == []


@pytest.mark.parametrize("attends", [True, False])
def test_only_who_attends_reads_it_besides_who_governs(world: World, attends: bool) -> None:
    call = calls(world, attends=[CLEO, *([ANA] if attends else [])])
    with world.store.read() as session:
        entry = aims.load(session, call.id)
    assert entry is not None
    assert may_read(entry, id_of(world, ANA), world.bot.front.desk()) is attends
    assert may_read(entry, id_of(world, BEN), world.bot.front.desk())


def test_called_off_it_goes_out_to_nobody_and_everybody_hears_why(world: World) -> None:
    calls(world, days=20)
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, CALL)
    press(world, DAN, Action.READ_ENTRY)
    press(world, DAN, Action.ACT_ENTRY, "called_off")
    assert fills(world, DAN, because="Half of us are ill") is None
    for user in (CLEO, EVE, ANA):
        assert "does not take place" in dms(world, user)
        assert "Half of us are ill" in dms(world, user)
    world.passes(days=18)
    ticks(world)
    assert papers(world, CLEO) == []


def test_whoever_is_a_guest_by_then_gets_no_paper(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    calls(world)
    ana = id_of(world, ANA)
    monkeypatch.setattr(world.bot.front.directory, "outsider", lambda person: person == ana)
    ticks(world)
    assert papers(world, ANA) == []
    assert len(papers(world, CLEO)) == 1


def test_the_writer_of_the_minutes_is_somebody_who_may(world: World) -> None:
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{CALL}|")
    wrong = fills(world, DAN, due=day(world, 3), attends=[CLEO], owner=ANA)
    assert wrong is not None
    assert "may not write" in wrong["entry.owner"]
    assert entries(world, CALL) == []


def test_a_paper_that_cannot_be_made_is_given_up_and_everybody_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError("no font")

    calls(world, attends=[CLEO])
    monkeypatch.setattr(convening, "written", broken)
    ticks(world)
    for _ in range(TRIES):
        world.passes(hours=3)
        world.settle()
    with world.store.read() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.subject_id == entries(world, CALL)[0].id)).all()
    given_up = [(row.attempts, row.problem) for row in rows if row.state == "parked"]
    assert given_up == [(TRIES, "RuntimeError")], "it stays to be seen"
    assert dms(world, CLEO).count("could not be sent here") == 1
    assert "steward management" in dms(world, CLEO)
    assert papers(world, CLEO) == []


def test_its_paper_is_made_once_for_all_who_attend(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    calls(world)
    made: list[bytes] = []

    def counted(*given: Any) -> bytes:
        made.append(written(*given))
        return made[-1]

    monkeypatch.setattr(convening, "written", counted)
    ticks(world)
    assert [len(papers(world, user)) for user in (DAN, CLEO, EVE, ANA)] == [1, 1, 1, 1]
    assert len(made) == 1


def test_what_a_window_let_through_is_looked_at_once_more(world: World) -> None:
    calls(world)
    ticks(world)
    call = entries(world, CALL)[-1]
    fields = {f"review_input.{part}": ("none",) for part in PARTS[1:]} | {
        "review_input.earlier": ("nonsense",)
    }
    about = f"{call.id}|{call.version}"
    given = Submission(Who(TEAM, DAN), View.REVIEW_LOOKED.value, about, "k", fields, "")
    reply = minuting.looked(world.bot.front, given, id_of(world, DAN))
    assert reply is not None
    assert list(reply["errors"]) == ["review_input.earlier"]


def test_no_forged_window_closes_it_without_its_minutes(world: World) -> None:
    """Nor where it says that it is about an entry of another kind."""
    world.passes(days=2)
    calls(world)
    ticks(world)
    (call,) = entries(world, CALL)
    for kind, act, said in (
        (CALL, "minuted", {"review": "AIB-2026-0099"}),
        (CALL, "laid", {"as_of": day(world, -1), "inputs": "0" * 64}),
        ("objective", "minuted", {"review": "AIB-2026-0099"}),
        ("risk", "accepted", {"because": "Fine"}),
    ):
        told = forged(world, DAN, View.ACT_ENTRY, f"{kind}|{call.version}|||{act}|{call.id}", **said)
        assert "I do not know that button" in told, act
    (after,) = entries(world, CALL)
    assert (after.stage, after.version) == (call.stage, call.version)


def test_minutes_of_no_review_are_offered_nowhere(world: World) -> None:
    """Their list says where they begin; what is called is offered."""
    dan = world.person(DAN)
    dan.steward("setup")
    assert CALL in stateable(world, DAN)
    assert REVIEW not in stateable(world, DAN)
    calls(world)
    ticks(world)
    minutes(world)
    dan.hands.closes_view(all_of_them=True)
    dan.steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, REVIEW)
    assert Action.STATE_ENTRY.value not in offers(world, DAN)
    assert "begin with a review that was called" in dan.window()


def test_minutes_for_which_the_review_moved_on_come_back_to_whoever_wrote_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(*_: Any) -> None:
        raise Refused("entry_moved")

    calls(world)
    ticks(world)
    monkeypatch.setattr(minuting, "_carry_out", moved)
    minutes(world)
    assert "Two were late. They stay." in world.person(DAN).window()
