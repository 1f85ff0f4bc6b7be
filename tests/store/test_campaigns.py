"""Campaigns as they are kept: who answered is a hash that is lost at the end, and figures of an amnesty name no few."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, select

from store import asking, audit, campaigns, due, turnout
from store.campaigns import Telling
from store.engine import Store
from store.reachable import loud
from store.stuck import FOLLOWED, note
from store.tables import CampaignAnswerRow, CampaignRow, DueRow, EmployeeRow, OutboxRow, PersonRow
from store.turnout import Count, Figures
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk
from triage.campaign import Campaign
from triage.desk import Desk
from triage.outcome import Refused

TODAY = NOW.date()


def begun(store: Store, **more: Any) -> Campaign:
    given: dict[str, Any] = {"since": TODAY, "until": TODAY + timedelta(days=4), "at": NOW, "words": "We ask"}
    campaign = Campaign(id="c", started_by=DAN, **(given | more))
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
        session.flush()
        campaigns.start(session, campaign)
    return campaign


def tells(store: Store, campaign: Campaign, person: str, tool: str = "Otter.ai", unit: str = "Sales") -> None:
    telling = Telling(id=f"{person}:{tool}", tool=tool, tool_id=tool, unit=unit, purpose="diary", use="u")
    with store.write() as session:
        campaigns.tell(session, campaign, person, [telling])
        campaigns.tell(session, campaign, person, [telling])


def begins(session: Session, desk: Desk) -> DueRow:
    """Its first step, and a look at the row that makes the rest of them, which it gives back."""
    session.flush()
    (begin,) = session.exec(select(DueRow).where(DueRow.kind == "campaign", DueRow.step == 0)).all()
    asking.look(session, begin, desk, loud)
    session.flush()
    everybody = session.exec(select(DueRow).where(DueRow.kind == asking.EVERYBODY)).one()
    asking.look(session, everybody, desk, loud)
    session.flush()
    return everybody


def found(store: Store, campaign: Campaign) -> Figures:
    """As they are at the end."""
    with store.read() as session:
        return turnout.figures(session, campaign.model_copy(update={"ended_at": NOW}), TODAY)


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return list(campaigns.differences(session))


def test_it_is_kept_with_its_words_and_ends_once(store: Store) -> None:
    campaign = begun(store, places=("L",), everyone=True)
    with store.read() as session:
        assert campaigns.unended(session) == [campaign]
    with store.write() as session:
        assert campaigns.end(session, "c", by=DAN, now=NOW)
        assert not campaigns.end(session, "c", by=ANA, now=NOW)
        with pytest.raises(Refused, match="campaign_over"):
            campaigns.answer(session, "c", ANA, "none")
    with store.read() as session:
        assert campaigns.unended(session) == []
        assert session.get_one(CampaignRow, "c").salt is None
    assert differences(store) == []


def test_who_answered_is_counted_once_and_named_nowhere(store: Store) -> None:
    campaign = begun(store)
    with store.write() as session:
        campaigns.answer(session, "c", BEN, "none")
        assert campaigns.has_answered(session, "c", BEN)
        assert not campaigns.has_answered(session, "c", ANA)
        campaigns.answer(session, "c", ANA, "none")
    tells(store, campaign, ANA)
    with store.write() as session:
        campaigns.answer(session, "c", ANA, "none")
        kept = session.get(CampaignAnswerRow, ("c", ANA))
    assert kept is None
    figures = found(store, campaign)
    assert (figures.answered, figures.none) == (2, 1)
    assert figures.tools == (Count("Otter.ai", 1),)


def test_an_amnesty_names_what_three_told_and_counts_the_rest(store: Store) -> None:
    campaign = begun(store, amnesty=True)
    for person in (ANA, BEN):
        tells(store, campaign, person)
    assert (found(store, campaign).tools, found(store, campaign).units) == ((), ())
    tells(store, campaign, CLEO)
    tells(store, campaign, CLEO, "Claude", "Law")
    figures = found(store, campaign)
    assert figures.tools == (Count("Otter.ai", 3),)
    assert figures.units == (Count("Sales", 3),)
    assert (figures.other_tools, figures.other_units) == (1, 1)


def test_what_was_told_is_given_out_after_the_promised_day_and_forgotten_then(store: Store) -> None:
    campaign = begun(store, amnesty=True)
    tells(store, campaign, ANA)
    after = campaign.until + timedelta(days=1)
    with store.write() as session:
        assert campaigns.to_follow_up(session, after) == []
        campaigns.end(session, "c", by=DAN, now=NOW)
        assert campaigns.to_follow_up(session, campaign.until) == []
        (held,) = campaigns.to_follow_up(session, after)
        assert (held.person, held.purpose, held.unit) == (ANA, "diary", "Sales")
        campaigns.forget(session, [held.id])
        assert campaigns.to_follow_up(session, after) == []


def test_of_an_open_one_nothing_is_held_back(store: Store) -> None:
    campaign = begun(store)
    tells(store, campaign, ANA)
    with store.write() as session:
        campaigns.end(session, "c", by=None, now=NOW)
        assert campaigns.to_follow_up(session, campaign.until + timedelta(days=1)) == []


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE campaign SET amnesty = NOT amnesty",
        "UPDATE campaign SET until = '2030-01-01'",
        "UPDATE campaign SET ended_by = started_by",
        "DELETE FROM campaign",
    ],
)
def test_what_was_changed_behind_the_trail_is_named(store: Store, deed: str) -> None:
    begun(store)
    tamper(store, deed)
    assert len(differences(store)) == 1


@pytest.mark.parametrize("deed", ["DELETE FROM campaign_answer", "UPDATE campaign_answer SET said = 'told'"])
def test_answers_that_were_changed_after_its_end_are_missed(store: Store, deed: str) -> None:
    begun(store)
    with store.write() as session:
        campaigns.answer(session, "c", BEN, "none")
        campaigns.end(session, "c", by=DAN, now=NOW)
    assert differences(store) == []
    tamper(store, deed)
    (named,) = differences(store)
    assert "not as many" in named


def test_its_end_seals_what_came_of_it_and_names_no_few_of_an_amnesty(store: Store) -> None:
    campaign = begun(store, amnesty=True)
    for person in (ANA, BEN, CLEO):
        tells(store, campaign, person)
    tells(store, campaign, CLEO, "Claude", "Law")
    with store.write() as session:
        campaigns.answer(session, "c", DAN, "none")
        campaigns.end(session, "c", by=DAN, now=NOW)
    with store.read() as session:
        line = [each for each in audit.records(session) if each.what == campaigns.ENDED][-1]
        texts = audit.texts_of(session, line.seq)
    numbers = {"answered": 4, "none": 1, "tools": 1, "other_tools": 1, "units": 1, "other_units": 1}
    assert (line.detail, texts) == (numbers, {"tools": "3 Otter.ai", "units": "3 Sales"})


def an_organisation(session: Session, here: int, named: int) -> None:
    for number in range(here):
        session.add(PersonRow(id=f"P-{number}", team="T", slack_user=f"UP{number}", updated_at=NOW))
    for number in range(named):
        session.add(EmployeeRow(email=f"{number}@example.com", slack_user=f"UE{number}"))


def test_an_organisation_is_worked_off_in_parts(store: Store) -> None:
    """Each once, also when somebody comes in between; nobody's own are all of it in one transaction."""
    campaign, desk = begun(store, everyone=True), a_desk(now=NOW)
    with store.write() as session:
        an_organisation(session, here=250, named=300)
        asking.plan(session, campaign, desk)
        row = begins(session, desk)
        seen = [asks(session)]
        while row.state == "waiting":
            assert row.due_at <= desk.now
            asking.look(session, row, desk, loud)
            seen.append(asks(session))
        assert [after - before for before, after in pairwise([0, *seen])] == [200, 200, 154]
        subjects = session.exec(select(DueRow.subject_id).where(DueRow.subject_kind == asking.ASK)).all()
        assert len(set(subjects)) == 554
        asking.look(session, row, desk, loud)
        assert asks(session) == 554


def asks(session: Session) -> int:
    return len(session.exec(select(DueRow.id).where(DueRow.subject_kind == asking.ASK)).all())


def test_whoever_a_campaign_asks_waits_behind_every_deadline(store: Store) -> None:
    """However long ago they fell due, and however many they are."""
    campaign, desk = begun(store, everyone=True), a_desk(now=NOW)
    later = NOW + timedelta(hours=5)
    with store.write() as session:
        an_organisation(session, here=190, named=0)
        asking.plan(session, campaign, desk)
        begins(session, desk).state = "done"
        for number in range(60):
            at = later - timedelta(minutes=1)
            session.add(
                DueRow(id=f"d{number}", subject_kind="use", subject_id=f"{number}", kind="x", due_at=at)
            )
        for kind, count in (("use", due.AT_ONCE), (asking.ASK, asking.A_MINUTE)):
            assert kinds(session, later)[kind] == count
        first, *_ = [row.subject_kind for row in due.ripe(session, now=later)]
        assert first == "use"
        assert len(due.found(session, now=later, limit=1)) <= 2
        for number in range(60):
            session.delete(session.get_one(DueRow, f"d{number}"))
        assert kinds(session, later) == {asking.ASK: asking.A_MINUTE}
        soon = NOW + asking.BEHIND + timedelta(minutes=30)
        session.add(DueRow(id="d", subject_kind="use", subject_id="u", kind="x", due_at=soon))
        assert [row.id for row in due.ahead(session, since=NOW, until=later)] == ["d"]


def kinds(session: Session, now: datetime) -> Counter[str]:
    return Counter(row.subject_kind for row in due.ripe(session, now=now))


def test_everybody_is_who_slack_or_the_people_file_names_and_no_outsider(store: Store) -> None:
    """A deadline's reminder goes first; whoever has no name yet is looked up before they are asked."""
    campaign, desk = begun(store, everyone=True), a_desk(now=NOW)
    with store.write() as session:
        session.add(PersonRow(id="P-guest", team="T", slack_user="UG", gone_at=NOW, updated_at=NOW))
        session.add(PersonRow(id="P-theirs", team="T2", slack_user="UT", updated_at=NOW))
        for number, user in enumerate(("UNEW", "U0", "")):
            session.add(EmployeeRow(email=f"{number}@example.com", slack_user=user))
        asking.plan(session, campaign, desk)
        session.flush()
        begins(session, desk)
        rows = session.exec(select(DueRow).where(DueRow.subject_kind == asking.ASK)).all()
        new = session.exec(select(PersonRow).where(PersonRow.slack_user == "UNEW")).one()
        assert {row.subject_id.partition("|")[2] for row in rows} == {ANA, BEN, CLEO, DAN, new.id}
        assert {row.due_at - NOW for row in rows} == {timedelta(hours=1)}
        unmet = next(row for row in rows if row.subject_id.endswith(new.id))
        asking.look(session, unmet, desk, loud)
        assert (unmet.state, unmet.due_at) == ("waiting", NOW + asking.UNMET)
        assert session.exec(select(OutboxRow)).all() == []


def test_what_is_put_aside_makes_room_for_what_is_behind_it(store: Store) -> None:
    """As many as are looked at once are damaged: the one behind them is given out nevertheless."""
    campaign, after = begun(store, amnesty=True), TODAY + timedelta(days=5)
    for number in range(campaigns.AT_ONCE + 1):
        tells(store, campaign, ANA, f"{number:03}")
    with store.write() as session:
        campaigns.end(session, "c", by=DAN, now=NOW)
        for each in campaigns.to_follow_up(session, after):
            note(session, FOLLOWED, each.id, problem="ValueError", at=NOW)
        (left,) = campaigns.to_follow_up(session, after)
        assert left.id == f"{ANA}:{campaigns.AT_ONCE:03}"
