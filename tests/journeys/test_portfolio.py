"""All uses are assessed in Slack: the paper as a file, themes chosen from what was found, and somebody else's yes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.slack.ids import Action, View
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Submission, Who
from bot.slack.portfolio import handed
from store.portfolio import portfolio
from tests.journeys.test_changing import approved
from tests.journeys.test_dossiers import may_upload
from tests.journeys.test_management_review import dms, papers
from tests.journeys.test_system import by_hand, entries, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.errands import open_errands
from triage.aims.portfolio import ASSESSMENT, themes
from triage.outcome import Refused


@pytest.fixture(autouse=True)
def _roles(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One use is enough for a theme."""
    monkeypatch.setattr("triage.aims.portfolio.FEW", 1)
    may_upload(world)
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[DAN, EVE], auditor=[BEN])


def begins(world: World, user: str = DAN) -> None:
    world.person(user).steward("setup")
    press(world, user, Action.STATE_ENTRY, f"{ASSESSMENT}|")


def chooses(world: World, user: str = DAN, *numbers: str) -> dict[str, Any] | None:
    person = world.person(user)
    person.hands.fills(themes=list(numbers))
    found: dict[str, Any] | None = person.submits()
    return found


def a_use(world: World) -> None:
    """On the day before, so that it is counted."""
    approved(world)
    world.passes(days=1)


def found(world: World) -> list[str]:
    with world.store.read() as session:
        day = world.bot.front.desk().day - timedelta(days=1)
        return [
            each.share.id for each in themes(portfolio(session, day, world.bot.front.office.config.timezone))
        ]


def test_what_stands_out_is_taken_up_and_counts_with_somebody_elses_yes(world: World) -> None:
    a_use(world)
    at = str(len(found(world)) - 1)
    begins(world)
    assert "What stands out" in world.person(DAN).window()
    assert chooses(world, DAN, at) is None
    person = world.person(DAN)
    leads, says = f"theme_leads.{at}", f"theme_says.{at}"
    person.hands.fills(**{leads: "risk", says: "AIR-2026-0099", "portfolio_words": "One has nobody."})
    assert person.submits() == {says: world.bot.front.words.label("portfolio.no_risk")}
    person.hands.fills(**{leads: "accepted", says: "It ends this month"})
    assert person.submits() is None
    world.settle()
    (entry,) = entries(world, ASSESSMENT)
    assert entry.state == "proposed"
    said = entry.said("themes")
    assert isinstance(said, tuple)
    assert [each.rpartition(" => ")[2] for each in said] == ["accepted: It ends this month"]
    assert "1 of 1 uses, 0 a year before; much hangs on it and it grew" in said[0]
    with world.store.read() as session:
        zone = world.bot.front.office.config.timezone
        again = portfolio(session, date.fromisoformat(str(entry.said("as_of"))), zone)
    assert entry.said("found") == again.digest
    by_hand(world, DAN, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    by_hand(world, BEN, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    assert entries(world, ASSESSMENT)[0].state == "proposed", "whoever wrote it, or may not, says no yes"
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    assert entries(world, ASSESSMENT)[0].state == "in_force"


def test_after_a_year_it_is_due_again(world: World) -> None:
    a_use(world)
    begins(world)
    assert chooses(world, DAN) is None
    world.person(DAN).hands.fills(portfolio_words="Nothing more.")
    assert world.person(DAN).submits() is None
    (entry,) = entries(world, ASSESSMENT)
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    (due,) = open_errands(entries(world, ASSESSMENT)[0], world.bot.front.desk().calendar())
    assert due.kind == "renewal"
    assert (due.due - world.bot.front.desk().day).days in (365, 366)


@pytest.mark.parametrize("user", [BEN, ANA, CLEO])
def test_only_who_leads_or_owns_risks_writes_it(world: World, user: str) -> None:
    a_use(world)
    with pytest.raises(Refused):
        handed(world.bot.front, a_submission(world, user), id_of(world, user))
    assert entries(world, ASSESSMENT) == []


def a_submission(world: World, user: str, digest: str = "") -> Submission:
    day = world.bot.front.desk().day - timedelta(days=1)
    with world.store.read() as session:
        now = portfolio(session, day, world.bot.front.office.config.timezone)
    about = f"{day.isoformat()}|{digest or now.digest}|0|"
    fields = {"portfolio_words": ("As it is",)}
    return Submission(Who(TEAM, user), View.PORTFOLIO_LEADS.value, about, "once", fields, "")


def test_handed_in_twice_it_is_one_and_what_they_did_not_see_they_do_not_assess(world: World) -> None:
    a_use(world)
    with pytest.raises(Refused):
        handed(world.bot.front, a_submission(world, DAN, digest="0" * 64), id_of(world, DAN))
    assert entries(world, ASSESSMENT) == []
    for _ in range(2):
        handed(world.bot.front, a_submission(world, DAN), id_of(world, DAN))
    assert len(entries(world, ASSESSMENT)[0].drafts) == 1


def test_the_paper_comes_as_a_file_to_who_may_look_and_to_nobody_else(world: World) -> None:
    a_use(world)
    world.person(CLEO).steward("setup")
    press(world, CLEO, Action.PORTFOLIO)
    world.settle()
    by_hand(world, ANA, Action.PORTFOLIO, Carried(""))
    world.settle()
    assert len(papers(world, CLEO)) == 1
    assert "All uses of AI beside each other" in dms(world, CLEO)
    assert papers(world, ANA) == []
