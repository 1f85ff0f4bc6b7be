"""The trust pack in Slack: written by one, seen and approved by another, given to a customer, and on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.slack.ids import Action, View
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Submission, Who
from bot.slack.trusting import handed
from bot.trust import written
from store import trust
from tests.journeys.test_asked import QUESTION, SAID, notes
from tests.journeys.test_dossiers import may_upload
from tests.journeys.test_management_review import dms, papers
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.trust import PACK
from triage.outcome import Refused


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    may_upload(world)
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[CLEO], auditor=[BEN])


def scope(world: World) -> None:
    """Approved, and of a day that is over."""
    person = world.person(DAN)
    person.steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "scope|")
    assert fills(world, DAN, covers="All <!here> teams", activities="Sales") is None
    person.hands.closes_view(all_of_them=True)
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entries(world, "scope")[0].id))
    world.passes(days=1)


def begins(world: World) -> None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{PACK}|")


def names(world: World, user: str) -> list[str]:
    return sorted(str(each["name"]) for each in papers(world, user))


def test_who_approves_it_has_the_files_and_who_gets_it_is_on_record(world: World) -> None:
    scope(world)
    begins(world)
    assert "What does the AI management system cover?" in world.person(DAN).window()
    world.person(DAN).hands.fills(trust_words="The first one")
    assert world.person(DAN).submits() is None
    world.settle()
    (entry,) = entries(world, PACK)
    day = str(entry.said("as_of"))
    files = [f"trust-pack-{day}.html", f"trust-pack-{day}.pdf"]
    drafts = [f"draft-not-approved-{each}" for each in files]
    assert names(world, CLEO) == names(world, DAN) == drafts
    by_hand(world, DAN, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    assert entries(world, PACK)[0].state == "proposed", "nobody approves their own"
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    world.person(DAN).hands.closes_view(all_of_them=True)
    world.person(DAN).steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, PACK)
    press(world, DAN, Action.ACT_ENTRY, "given|")
    assert fills(world, DAN, whose="Rheinmark AG", asker="tender") is None
    (entry,) = entries(world, PACK)
    with world.store.read() as session:
        found = trust.made(session, date.fromisoformat(day), world.bot.front.office.config.timezone)
    (done,) = entry.done
    assert (done.by, done.said["whose"]) == (id_of(world, DAN), "Rheinmark AG")
    assert done.said["digest"] == entry.said("digest") == found.digest
    assert names(world, DAN) == sorted(files + drafts), "what went out is approved, and says nothing else"
    assert found.digest in written(world.bot.front.words, found, "html", approved=True).decode()


def test_the_button_brings_the_files_to_who_may_have_them_alone(world: World) -> None:
    scope(world)
    world.person(CLEO).steward("setup")
    press(world, CLEO, Action.TRUST)
    world.settle()
    assert [each.rpartition(".")[2] for each in names(world, CLEO)] == ["html", "pdf"]
    assert "Nobody approved it yet" in dms(world, CLEO)
    by_hand(world, ANA, Action.TRUST, Carried(""))
    assert names(world, ANA) == []


def a_submission(world: World, digest: str) -> Submission:
    day = world.bot.front.desk().day
    about = f"{day.replace(day=1).isoformat()}|{digest}|0"
    return Submission(Who(TEAM, DAN), View.TRUST.value, about, "once", {}, "")


def test_what_was_not_before_them_and_whoever_may_not_makes_none(world: World) -> None:
    for user in (DAN, EVE, ANA):
        with pytest.raises(Refused):
            handed(world.bot.front, a_submission(world, "0" * 64), id_of(world, user))
    assert entries(world, PACK) == []


def test_whoever_answers_a_question_reads_what_the_records_say_already(world: World) -> None:
    scope(world)
    asked: Any = notes(world, ANA, QUESTION)
    assert asked.said("question") == SAID
    told = [m for m in world.person(DAN).dm() if "Something is yours" in str(m)][-1]
    assert world.person(DAN).hands.clicks("dm", told["ts"], f"{Action.ACT_ENTRY.value}.0")
    world.settle()
    shown = world.person(DAN).window()
    assert "What your records answer already" in shown
    assert "All" in shown
    assert "<!here>" not in shown
