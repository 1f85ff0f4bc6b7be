"""The trust pack in Slack: written by one, seen and approved by another, given to a customer, and on record."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.config import change
from bot.slack.ids import Action, View
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Submission, Who
from bot.slack.trusting import handed
from bot.trust import written
from store import coverage, trust
from store.erasing import erase
from store.tables import AimsStepRow, PersonRow
from tests.journeys.test_asked import QUESTION, SAID, notes
from tests.journeys.test_changing import approved
from tests.journeys.test_dossiers import may_upload
from tests.journeys.test_management_review import dms, papers
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World
from triage.aims.trust import PACK, read
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
    assert fills(world, DAN, covers="All <!here> teams of ours", activities="Sales") is None
    person.hands.closes_view(all_of_them=True)
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entries(world, "scope")[0].id))
    world.passes(days=1)


def begins(world: World) -> None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, f"{PACK}|")


def names(world: World, user: str) -> list[str]:
    return sorted(str(each["name"]) for each in papers(world, user))


def counts(world: World) -> None:
    """Handed in by Dan, and approved by Cleo."""
    scope(world)
    begins(world)
    assert world.person(DAN).submits() is None
    world.settle()
    (entry,) = entries(world, PACK)
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Carried("", 1, "", entry.id))
    world.person(DAN).hands.closes_view(all_of_them=True)


def gives_out(world: World) -> dict[str, str] | None:
    world.person(DAN).steward("setup")
    press(world, DAN, Action.SYSTEM_KIND, PACK)
    press(world, DAN, Action.ACT_ENTRY, "given|")
    return fills(world, DAN, whose="Rheinmark AG", asker="tender")


def contents(world: World, user: str) -> list[bytes]:
    """Of the two files that came last."""
    return [world.workspace.files[each["id"]][1] for each in papers(world, user)[-2:]]


def test_what_was_approved_is_given_out_byte_for_byte_though_other_names_are_known(world: World) -> None:
    counts(world)
    assert gives_out(world) is None
    before, had = contents(world, DAN), len(papers(world, DAN))
    world.person(DAN).hands.closes_view(all_of_them=True)
    with world.store.write() as session:
        session.get_one(PersonRow, id_of(world, EVE)).name = "Teams Of"
    world.passes(days=3)
    (entry,), zone = entries(world, PACK), world.bot.front.office.config.timezone
    with world.store.read() as session:
        anew = trust.made(session, date.fromisoformat(str(entry.said("as_of"))), zone)
    assert anew.digest != entry.said("digest"), "made today it is another"
    assert gives_out(world) is None
    assert len(papers(world, DAN)) == had + len(before)
    assert contents(world, DAN) == before
    (entry,) = entries(world, PACK)
    assert [done.said["digest"] for done in entry.done] == [entry.said("digest")] * 2


def test_what_was_erased_of_it_is_given_to_nobody_and_that_is_said(world: World) -> None:
    counts(world)
    (entry,) = entries(world, PACK)
    with world.store.write() as session:
        line = session.get_one(AimsStepRow, entry.steps[0].id).line
        erase(session, line=line, field=None, because="Asked.", by=None, now=world.store.now())
    had = papers(world, DAN)
    gives_out(world)
    assert "not what was approved any more" in world.person(DAN).window()
    assert entries(world, PACK)[0].done == ()
    assert papers(world, DAN) == had
    world.person(DAN).hands.closes_view(all_of_them=True)
    world.person(DAN).steward("setup")
    press(world, DAN, Action.TRUST)
    world.settle()
    assert papers(world, DAN) == had
    assert "could not be sent here" in dms(world, DAN)


def test_nobody_counts_the_whole_trail_while_slack_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the clock counted it, the window says so, and a question is answered without that figure."""

    def never(*_: Any) -> None:
        raise AssertionError("the whole trail is counted")

    scope(world)
    monkeypatch.setattr(coverage, "AT_ONCE", 1)
    monkeypatch.setattr(coverage, "BEHIND", 1)
    counted = coverage.covered
    monkeypatch.setattr(coverage, "covered", never)
    begins(world)
    assert "being counted" in world.person(DAN).window()
    with pytest.raises(Refused) as refusal:
        handed(world.bot.front, a_submission(world, "0" * 64), id_of(world, DAN))
    assert refusal.value.key == "coverage_waits"
    asked: Any = notes(world, ANA, QUESTION)
    opened(world, DAN)
    assert "What your records answer already" in world.person(DAN).window()
    assert asked.state == "in_force"
    world.person(DAN).hands.closes_view(all_of_them=True)
    approved(world)  # what comes about today counts for today
    monkeypatch.setattr(coverage, "BEHIND", 5)
    world.passes(hours=1)
    begins(world)
    assert "What does the AI management system cover?" in world.person(DAN).window()
    assert world.person(DAN).submits() is None
    monkeypatch.setattr(coverage, "covered", counted)
    (entry,), zone = entries(world, PACK), world.bot.front.office.config.timezone
    with world.store.read() as session:
        anew = trust.made(session, date.fromisoformat(str(entry.said("as_of"))), zone)
    assert entry.said("digest") == anew.digest, "and it comes to what counting anew does"
    assert read(entry.drafts[0].tells) == anew


def opened(world: World, user: str) -> None:
    """The window in which they answer what they were told of last."""
    told = [m for m in world.person(user).dm() if "Something is yours" in str(m)][-1]
    assert world.person(user).hands.clicks("dm", told["ts"], f"{Action.ACT_ENTRY.value}.0")
    world.settle()


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
    assert gives_out(world) is None
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
    opened(world, DAN)
    shown = world.person(DAN).window()
    assert "What your records answer already" in shown
    assert "All" in shown
    assert "<!here>" not in shown


def test_what_is_approved_and_fits_no_more_does_not_go_out_as_approved(world: World) -> None:
    """The door for people outside is another one by now."""
    counts(world)
    key = {"incidents.outside": "https://example.com/another-door"}
    change(world.store, key, by=None, key="door", now=world.store.now())
    world.bot.front.office.changed()
    had = len(papers(world, DAN))
    world.person(DAN).steward("setup")
    press(world, DAN, Action.TRUST)
    world.settle()
    new = [str(each["name"]) for each in papers(world, DAN)[had:]]
    assert len(new) == 2
    assert all(each.startswith("draft-not-approved-") for each in new)
