"""Who needs a training is found by rule, asked once and let go again; what they say is counted, confirmed, and ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from bot.proof import prove
from store import aims, arising, audit, coverage, trained, training
from store.daily import OfEntry
from store.engine import Store
from store.tables import AnswerSetRow, DueRow, FactRow, PersonRow, TrainedRow, UseRow
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk, apart
from triage.aims.covered import Covered
from triage.aims.entry import Entry, Said
from triage.aims.training import Trainee, trainees
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

HELD = {"governance_lead": frozenset({BEN, CLEO}), "reviewer": frozenset({ANA})}
LINK = "https://example.com/certificate"
DAY = NOW.date()


def desk(days: int = 0, **held: frozenset[str]) -> Desk:
    return a_desk(roles=HELD | held, now=NOW + timedelta(days=days))


@pytest.fixture
def session_of(store: Store) -> Store:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", name=person, updated_at=NOW))
    return store


def needs(session: Session, **said: Said) -> Entry:
    return states(session, said)


def states(
    session: Session, said: Mapping[str, Said], now: datetime = NOW, *, retires: bool = False
) -> Entry:
    about: dict[str, Said] = {"title": "Basics", "months": "12", "confirmed": "no"}
    if not {"roles", "of_uses"} & said.keys():
        about["roles"] = ("reviewer",)
    known = aims.load(session, "t")
    seen = len(known.drafts) if known else 0
    of = {"actor": BEN, "key": f"d{seen}", "entry": "t", "kind": "training", "seen": seen}
    words = {"reason": "Over"} if retires else {**about, **said}
    wish = DraftEntry.model_validate({**of, "said": words, "retires": retires})
    return aims.carry_out(session, wish, desk((now - NOW).days))


def looks(session: Session, at: Desk) -> dict[str, list[OfEntry]]:
    row = session.exec(select(DueRow).where(DueRow.subject_kind == training.SUBJECT)).one()
    told = training.look(session, row, at, lambda person: None)
    session.flush()
    return {person: list(each) for person, each in told.items()}


def held(session: Session) -> dict[str, Trainee]:
    known = aims.load(session, "t")
    assert known is not None
    return {each.person: each for each in trainees(known, trained.of(session, "t"))}


def in_use(session: Session, id: str, **more: object) -> None:
    about = {"state": "approved", "tier_final": 3, "owner_id": DAN, "requester_id": ANA, "tool_name": "Otter"}
    session.add(UseRow.model_validate({"id": id, "created_at": NOW, "updated_at": NOW, **about, **more}))
    session.flush()


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ({"roles": ("reviewer",)}, {ANA}),
        ({"of_uses": ("owner",)}, {DAN}),
        ({"of_uses": ("owner", "user")}, {ANA, DAN}),
        ({"of_uses": ("owner",), "tiers": ("low", "high")}, {DAN}),
        ({"of_uses": ("owner",), "tiers": ("low",)}, set()),
        ({"of_uses": ("owner",), "tools": ("otter",)}, {DAN}),
        ({"of_uses": ("owner",), "tools": ("DeepL",)}, set()),
        ({"of_uses": ("owner",), "roles": ("governance_lead",)}, {DAN, BEN, CLEO}),
    ],
)
def test_who_needs_it_is_found_by_rule(session_of: Store, said: dict[str, Said], whom: set[str]) -> None:
    with session_of.write() as session:
        in_use(session, "u1")
        needs(session, **said)
        looks(session, desk())
        assert held(session).keys() == whom


@pytest.mark.parametrize(
    ("flags", "data", "output", "needed"),
    [
        (("personal_data",), ["personal"], ["draft_self"], True),
        (("personal_data",), ["special"], ["draft_self"], True),
        (("personal_data",), ["internal"], ["decides_people"], False),
        (("decides_people", "special_data"), ["internal"], ["decides_people"], True),
        (("decides_people",), ["personal"], ["draft_self"], False),
    ],
)
def test_flags_of_a_use_ask_its_owner(
    session_of: Store, flags: tuple[str, ...], data: list[str], output: list[str], needed: bool
) -> None:
    with session_of.write() as session:
        in_use(session, "u1")
        says(session, "u1", data=["personal", "special"], output_use=["decides_people"])
        says(session, "u1", data=data, output_use=output)
        needs(session, of_uses=("owner",), flags=flags)
        looks(session, desk())
        assert held(session).keys() == ({DAN} if needed else set())


def says(session: Session, use: str, **answers: list[str]) -> None:
    """What was said last counts."""
    set_id = f"set-{use}"
    about = {"id": set_id, "form": "ai-use", "form_digest": "d", "subject_kind": "use", "subject_id": use}
    if session.get(AnswerSetRow, set_id) is None:
        session.add(AnswerSetRow.model_validate({**about, "opened_at": NOW}))
        session.flush()
    for question, picked in answers.items():
        told = {"answer_set_id": set_id, "question": question, "state": "answered", "value": picked}
        session.add(FactRow.model_validate({**told, "source": "person", "said_at": NOW, "recorded_at": NOW}))
    session.flush()


@pytest.mark.parametrize("more", [{"confidential": True}, {"state": "in_review"}])
def test_what_is_confidential_or_not_in_use_asks_nobody(session_of: Store, more: dict[str, object]) -> None:
    with session_of.write() as session:
        in_use(session, "u1", **more)
        needs(session, of_uses=("owner", "user"))
        looks(session, desk())
        assert held(session) == {}


def test_whoever_needs_it_is_told_once_for_each_step(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        told = [each for day in range(60) for each in looks(session, desk(day)).get(ANA, ())]
        assert len(told) == 4
        assert {each.entry for each in told} == {f"t|{ANA}"}
        assert held(session)[ANA].late((NOW + timedelta(days=31)).date())


def test_done_it_holds_for_its_months_and_is_reminded_of_before(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        looks(session, desk())
        assert training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
        assert not training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
        due = held(session)[ANA].due
        assert due == DAY.replace(year=DAY.year + 1)
        left = (due - DAY).days
        assert looks(session, desk(left - 20)).get(ANA) is None
        assert looks(session, desk(left - 5))[ANA]
        assert looks(session, desk(left - 4)).get(ANA) is None
        assert held(session)[ANA].late(due + timedelta(days=1))
        (row,) = [row for row in trained.every(session) if row["kind"] == "done"]
        assert row["link"] == LINK


def test_it_counts_once_a_second_person_confirms_it(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session, confirmed="yes", roles=("governance_lead",))
        looks(session, desk())
        training.say_done(session, "t", BEN, DAY, LINK, desk(), by=BEN)
        assert (held(session)[BEN].done, held(session)[BEN].waits) == (None, DAY)
        with pytest.raises(Refused, match="training_own"):
            training.confirm(session, "t", BEN, DAY, desk(), by=BEN)
        with pytest.raises(Refused, match="not_in_role_here"):
            training.confirm(session, "t", BEN, DAY, desk(), by=ANA)
        told = next(said for day in range(1, 7) if CLEO in (said := looks(session, desk(day))))
        assert [each.errand for each in told[CLEO]].count("train:confirm") == 1
        assert "train:confirm" not in [each.errand for each in told.get(BEN, ())]
        assert training.confirm(session, "t", BEN, DAY, desk(1), by=CLEO)
        assert held(session)[BEN].done == DAY
        known = training.waits(session, told[CLEO][-1], desk(1))
        assert known is not None
        assert known[1] is None, "settled in the message that told of it"


def test_a_later_version_counts_nothing_that_waits_and_undoes_nothing_that_counts(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session, confirmed="yes", roles=("governance_lead",))
        looks(session, desk())
        training.say_done(session, "t", BEN, DAY, LINK, desk(), by=BEN)
        needs(session, confirmed="no", roles=("governance_lead",))
        assert (held(session)[BEN].done, held(session)[BEN].waits) == (None, DAY), "nobody approves their own"
        assert training.confirm(session, "t", BEN, DAY, desk(), by=CLEO)
        training.say_done(session, "t", CLEO, DAY, LINK, desk(), by=CLEO)
        needs(session, confirmed="yes", roles=("governance_lead",))
        assert {held(session)[each].done for each in (BEN, CLEO)} == {DAY}
        told = {(row["person"], row["kind"]): row["counts"] for row in trained.every(session)}
        assert not told[BEN, "done"]
        assert all((told[BEN, "confirmed"], told[CLEO, "done"]))


@pytest.mark.parametrize("kind", ["outsiders", "visitors"])
def test_who_could_never_do_it_is_not_asked_and_let_go(session_of: Store, kind: str) -> None:
    with session_of.write() as session:
        needs(session, roles=("governance_lead",))
        told = {person for day in range(7) for person in looks(session, apart(desk(day), kind, BEN))}
        assert set(held(session)) == told == {CLEO}
        looks(session, desk(8))
        assert held(session).keys() == {BEN, CLEO}
        looks(session, apart(desk(9), kind, BEN))
        assert held(session).keys() == {CLEO}


def test_nobody_apart_hears_of_it_before_they_are_let_go(
    session_of: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There may be more of them than a look lets go."""
    monkeypatch.setattr(training, "PART", 0)
    with session_of.write() as session:
        known = needs(session)
        trained.note(session, "asked", known, ANA, DAY, now=NOW)
        assert not any(looks(session, apart(desk(day), "outsiders", ANA)) for day in range(7))
        assert any(looks(session, desk(day)) for day in range(7))


def test_a_day_that_is_still_to_come_is_refused(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        with pytest.raises(Refused, match="training_ahead"):
            training.say_done(session, "t", ANA, DAY + timedelta(days=1), LINK, desk(), by=ANA)


def test_who_needs_it_no_more_is_let_go_and_what_they_did_stays(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        looks(session, desk())
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
        looks(session, desk(1, reviewer=frozenset({DAN})))
        assert held(session).keys() == {DAN}
        looks(session, desk(2))
        assert held(session)[ANA].done == DAY


def test_who_is_late_shows_in_coverage_and_is_put_forward(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        looks(session, desk())
        training.say_done(session, "t", ANA, DAY - timedelta(days=300), LINK, desk(), by=ANA)

        def short(days: int) -> set[str]:
            found = coverage.covered(session, "UTC", desk(days).now)
            return {each.point for each in found if "on_time" in each.short}

        def put_forward(days: int) -> list[str]:
            return [each.rule.id for each in arising.found(session, desk(days).now, "Europe/Berlin")]

        assert (short(10), put_forward(10)) == (set(), [])
        assert short(70) >= {"7.2", "A.4.6"}
        assert "training_late" not in put_forward(70)
        assert "training_late" in put_forward(110)


def test_a_past_day_is_told_by_what_was_stated_then(session_of: Store) -> None:
    """Whatever it asks for by now, and also where there is no such training any more."""
    with session_of.write() as session:
        needs(session)
        looks(session, desk())
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
    moments = [NOW + timedelta(days=days) for days in (10, 360, 370, 395)]

    def told() -> list[tuple[Covered, ...]]:
        with session_of.read() as session:
            return [coverage.covered(session, "UTC", each) for each in moments]

    before, later = told(), NOW + timedelta(days=400)
    short = [any("on_time" in each.short for each in found) for found in before]
    assert short == [False, False, True, True]
    asks: tuple[dict[str, Said], ...] = ({"months": "24"}, {"confirmed": "yes"})
    for said in asks:
        with session_of.write() as session:
            states(session, said, later)
        assert told() == before
    with session_of.write() as session:
        states(session, {}, later, retires=True)
    assert told() == before


def test_the_day_is_that_of_the_organisation(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        looks(session, desk())
    evening = NOW + timedelta(days=30, hours=18)
    with session_of.read() as session:
        late = {
            zone: any("on_time" in each.short for each in coverage.covered(session, zone, evening))
            for zone in ("America/New_York", "UTC")
        }
    assert late == {"America/New_York": False, "UTC": True}


def test_a_row_is_never_changed_and_the_trail_proves_it(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
    with session_of.write() as session:
        with pytest.raises(DBAPIError):
            session.connection().execute(update(TrainedRow).values(kind="confirmed"))
        session.rollback()
    with session_of.read() as session:
        assert prove(session).ok


def test_an_erased_link_changes_no_row(session_of: Store) -> None:
    """The line that tells of the erasure is about the same note."""
    with session_of.write() as session:
        needs(session)
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
        row = session.exec(select(TrainedRow).where(TrainedRow.kind == "done")).one()
        assert audit.erase(session, seq=row.line, actor=None, at=NOW, because="It named her.") == 1
        assert list(trained.differences(session)) == []


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE trained SET day = '2020-01-01'",
        f"UPDATE trained SET person_id = '{DAN}'",
        f"UPDATE trained SET by_id = '{DAN}'",
        "DELETE FROM trained",
    ],
)
def test_what_was_changed_behind_its_back_is_named(session_of: Store, changed: str) -> None:
    with session_of.write() as session:
        needs(session)
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
    tamper(session_of, changed)
    with session_of.read() as session:
        assert list(trained.differences(session))
