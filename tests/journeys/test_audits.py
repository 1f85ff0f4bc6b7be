"""An internal audit in Slack: a sample drawn by lot in a window, what was seen of it, and what became of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from sqlmodel import select

from bot.sandbox.reading import words
from bot.slack import auditpaper, sampling
from bot.slack.entries import carry_out
from bot.slack.handed import handed
from bot.slack.ids import Action, View
from bot.slack.ids import Press as Carried
from bot.slack.payloads import Submission, Who
from store import audit, auditing, packs
from store.tables import UseRow
from store.trail import Record
from tests.journeys.test_changing import approved
from tests.journeys.test_pack_from_home import files, is_made, may_upload
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, message, newest, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from tests.slack_world.people import TEAM
from triage.aims.auditing import digest, drawn, proposed_size
from triage.aims.entry import Entry
from triage.aims.standard import points
from triage.aims.wishes import ActOnEntry
from triage.confidences import Confide
from triage.outcome import Refused

SAID: dict[str, Any] = {
    "title": "Spring audit",
    "objective": "Whether what was decided is lived",
    "scope": "Decisions",
    "criteria": ["8.1", "8.2"],
    "begins": "2026-12-10",
    "due": "2026-12-20",
}
USE = "AIU-2026-0001"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(
        world,
        governance_lead=[DAN],
        risk_owner=[CLEO],
        executive=[CLEO],
        auditor=[EVE],
        legal=[],
        reviewer=[BEN],
    )


def an_audit(world: World, *auditors: str) -> Entry:
    """One use stands in the register; the audit is planned by who leads, and somebody else says yes."""
    approved(world)
    world.person(DAN).steward("audits")
    press(world, DAN, Action.STATE_ENTRY, "audit")
    assert fills(world, DAN, **SAID, auditors=list(auditors)) is None
    world.person(DAN).hands.closes_view(all_of_them=True)
    asked = message(world, CLEO, "waits for your yes")
    assert world.person(CLEO).hands.clicks("dm", asked["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()
    return entries(world, "audit")[-1]


def opens(world: World, user: str, act: str) -> None:
    if world.person(user).hands.view() is not None:
        world.person(user).hands.closes_view(all_of_them=True)
    world.person(user).steward("audits")
    press(world, user, Action.READ_ENTRY)
    if act:
        press(world, user, Action.ACT_ENTRY, f"{act}|")


def does(world: World, user: str, act: str, **said: Any) -> dict[str, str] | None:
    opens(world, user, act)
    return fills(world, user, **said)


def test_from_the_lot_to_its_end_and_no_finding_is_lost(world: World) -> None:
    entry = an_audit(world, EVE)
    opens(world, EVE, "drawn")
    with world.store.read() as session:
        found, seed = auditing.population(session, entry), auditing.seed(session, entry)
    shown = world.person(EVE).window()
    assert seed
    assert seed in shown
    assert digest(found) in shown
    assert fills(world, EVE, size="1") is None
    (entry,) = entries(world, "audit")
    assert entry.done[0].said["sample"] == drawn(found, seed, 1) == (USE,)

    assert does(world, EVE, "looked", uses=[USE], verdict="finding", word="No notice") is None
    assert does(world, EVE, "held", report="One lacks its notice", conclusion="minor") is None
    assert does(world, EVE, "reported", told=[CLEO]) is None
    does(world, DAN, "closed", because="All done")
    (entry,) = entries(world, "audit")
    assert entry.stage == "reported", "nothing became of the finding"

    opens(world, EVE, "")
    assert "What was found, and became nothing yet" in world.person(EVE).window()
    press(world, EVE, Action.RAISE_ENTRY, "nonconformity|")
    assert fills(world, EVE, title="The notice is missing", owner=ANA) is None
    (finding,) = entries(world, "nonconformity")
    told = [finding.said(each) for each in ("from", "source", "points", "what", "weight")]
    assert told == [(entry.ref, USE), "audit", ("8.1", "8.2"), "No notice", "minor"]
    assert finding.due is not None
    opens(world, EVE, "")
    assert "became nothing yet" not in world.person(EVE).window()
    assert f"{finding.ref} The notice is missing" in world.person(EVE).window()
    by_hand(world, EVE, Action.RAISE_ENTRY, Carried("nonconformity", choice=f"{entry.ref} {USE}"))
    assert f"{finding.ref} already works on {USE}" in newest(world, EVE)
    does(world, DAN, "closed", because="All done")
    assert entries(world, "audit")[0].stage == "reported", "the finding is still open"


def ids(world: World) -> list[str]:
    with world.store.read() as session:
        return [row.id for row in session.exec(select(UseRow))]


def offered(world: World, user: str) -> dict[str, dict[str, Any]]:
    """What can be chosen of uses in the window that is open."""
    view = world.person(user).hands.view()
    assert view is not None
    (field,) = [each for each in view["blocks"] if each.get("block_id") == "entry.uses"]
    return {each["value"]: each for each in field["element"].get("options", ())}


def test_what_was_drawn_is_chosen_and_what_was_written_is_never_lost(world: World) -> None:
    an_audit(world, EVE)
    assert does(world, EVE, "drawn", size="1") is None
    shown = world.person(EVE).window()
    assert f"one use is drawn: {USE}" in shown
    assert "Record what you saw" in shown

    opens(world, EVE, "looked")
    (use,) = offered(world, EVE).values()
    title = use["text"]["text"]
    assert title.startswith(USE)
    assert len(title) > len(USE) + 3, "with what it is"
    eve, front = world.person(EVE), world.bot.front
    view = eve.hands.view()
    assert view is not None
    about = view["private_metadata"]
    given = {
        "entry.uses": ("AIU-2026-0099",),
        "entry.verdict": ("finding",),
        "entry.word": ("No notice at all",),
    }
    forged = Submission(Who(TEAM, EVE), View.ACT_ENTRY.value, about, "forged", given, view["id"])
    reply = handed(front, forged)
    assert reply["response_action"] == "errors", "the window stays, with all that stands in it"
    assert "not in the sample" in reply["errors"]["entry.uses"]
    assert fills(world, EVE, uses=[USE], verdict="as_decided", word="All of it hangs there") is None
    opens(world, EVE, "looked")
    assert offered(world, EVE)[USE]["description"]["text"] == "Looked at already"

    eve.hands.closes_view(all_of_them=True)
    assert does(world, EVE, "held", report="All is as decided", conclusion="conforms") is None
    late = Submission(Who(TEAM, EVE), View.ACT_ENTRY.value, about, "late", given, view["id"])
    reply = handed(front, late)
    assert "No notice at all" in str(reply["view"]), "what was written for what has moved on is given back"


def test_a_sampled_use_that_became_confidential_is_offered_to_its_readers_only(world: World) -> None:
    an_audit(world, EVE)
    assert does(world, EVE, "drawn", size="1") is None
    front, (use,) = world.bot.front, ids(world)
    front.do(Confide(actor=id_of(world, ANA), key="closes", case=use), front.desk())
    opens(world, EVE, "looked")
    assert offered(world, EVE) == {}
    assert USE not in world.person(EVE).window()


def test_who_found_it_does_not_drop_it(world: World) -> None:
    an_audit(world, EVE)
    assert does(world, EVE, "drawn", size="1") is None
    assert does(world, EVE, "looked", uses=[USE], verdict="finding", word="No notice") is None
    by_hand(world, EVE, Action.ACT_ENTRY, Carried("dropped", choice=entries(world, "audit")[0].id))
    assert [each.act for each in entries(world, "audit")[0].done] == ["drawn", "looked"]
    assert does(world, DAN, "dropped", uses=[USE], because="It hangs in the hall") is None
    opens(world, EVE, "")
    assert "became nothing yet" not in world.person(EVE).window()


def test_whoever_has_a_part_in_what_was_drawn_does_not_audit_it(world: World) -> None:
    an_audit(world, ANA)
    entry = entries(world, "audit")[0]
    by_hand(world, EVE, Action.ACT_ENTRY, Carried("drawn", choice=entry.id))
    assert not entries(world, "audit")[0].done, "only who audits draws"
    draws(world, ANA, entry)
    assert not entries(world, "audit")[0].done


def test_the_size_that_is_proposed_is_never_more_than_there_are() -> None:
    assert [proposed_size(n) for n in (0, 1, 4, 5, 30, 100, 2500, 10**6)] == [
        1,
        1,
        4,
        5,
        5,
        10,
        50,
        60,
    ]


def draws(world: World, user: str, entry: Entry) -> None:
    """From the Home of whoever audits and holds no role."""
    by = id_of(world, user)
    said = sampling.worked_out(world.bot.front, entry.id, "1")
    wish = ActOnEntry(actor=by, key="drawn", entry=entry.id, act="drawn", said=said, seen=entry.version)
    with pytest.raises(Refused, match="audit_own"):
        carry_out(world.bot.front, [wish], world.bot.front.desk(actor=by))


def finds(entry: Entry) -> list[str]:
    return [each.act for each in entry.done_now]


def test_an_auditor_who_owns_what_was_drawn_is_warned_and_replaced(world: World) -> None:
    """The whole way in windows: a finding ends as a nonconformity with an owner, on the paper of the audit, too."""
    may_upload(world)
    gives(world, auditor=[EVE, ANA])
    an_audit(world, ANA)
    ana, entry = world.person(ANA), entries(world, "audit")[0]
    assert does(world, ANA, "drawn", size="1") is None
    assert f"has a part in what was drawn ({USE})" in ana.window()
    assert "Name somebody else to audit" in ana.window()
    assert finds(entries(world, "audit")[0]) == []

    opens(world, DAN, "")
    press(world, DAN, Action.STATE_ENTRY, "audit|")
    assert fills(world, DAN, auditors=[EVE]) is None
    asked = message(world, CLEO, "waits for your yes")
    assert world.person(CLEO).hands.clicks("dm", asked["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()
    by_hand(world, ANA, Action.ACT_ENTRY, Carried("drawn", choice=entry.id))
    assert finds(entries(world, "audit")[0]) == [], "whoever was replaced draws nothing"
    assert does(world, EVE, "drawn", size="1") is None
    assert does(world, EVE, "looked", uses=[USE], verdict="finding", word="No notice") is None
    opens(world, EVE, "")
    press(world, EVE, Action.RAISE_ENTRY, "nonconformity|")
    assert fills(world, EVE, title="The notice is missing", owner=BEN) is None
    (finding,) = entries(world, "nonconformity")
    assert finding.owner == id_of(world, BEN)

    opens(world, EVE, "")
    press(world, EVE, Action.AUDIT_REPORT)
    assert "comes in your direct message as a PDF" in world.person(EVE).window()
    assert files(world.person(EVE)) == [], "nothing is made while somebody waits"
    is_made(world)
    ((name, paper),) = files(world.person(EVE))
    assert (name, paper[:5]) == (f"{entry.ref}.pdf", b"%PDF-")
    told, made = auditpaper.made(world.bot.front, entry.id)
    assert (told, paper) == (entry.ref, made.content)
    (line,) = sealed(world)
    assert (line.actor, line.detail["audit"]) == (id_of(world, EVE), entry.ref)
    assert line.detail["sha256"] == sha256(paper).hexdigest()


def test_the_report_is_for_who_may_read_the_audit_when_it_is_made(world: World) -> None:
    may_upload(world)
    an_audit(world, EVE)
    ref = entries(world, "audit")[0].ref
    opens(world, DAN, "")
    press(world, DAN, Action.AUDIT_REPORT)
    opens(world, DAN, "")
    press(world, DAN, Action.AUDIT_REPORT)
    assert "is being made for you already" in world.person(DAN).window()
    gives(world, governance_lead=[CLEO])
    is_made(world)
    assert files(world.person(DAN)) == []
    assert f"The report of {ref} is not sent" in words(world.person(DAN).dm()[-1])
    assert sealed(world) == []
    by_hand(world, ANA, Action.AUDIT_REPORT, Carried("", choice=entries(world, "audit")[0].id))
    is_made(world)
    assert files(world.person(ANA)) == []


def test_the_programme_shows_what_no_audit_of_three_years_covers(world: World) -> None:
    an_audit(world, EVE)
    world.person(DAN).steward("setup")
    press(world, DAN, Action.STATE_ENTRY, "programme|")
    said = {"since": "2026-12-01", "until": "2029-11-30", "plan": "One a year", "method": "By sample"}
    assert fills(world, DAN, **said) is None
    world.person(DAN).hands.closes_view(all_of_them=True)
    asked = message(world, CLEO, "waits for your yes")
    assert world.person(CLEO).hands.clicks("dm", asked["ts"], f"{Action.APPROVE_ENTRY.value}.0")
    world.settle()

    def shown() -> list[str]:
        if world.person(EVE).hands.view() is not None:
            world.person(EVE).hands.closes_view(all_of_them=True)
        world.person(EVE).steward("audits")
        press(world, EVE, Action.SYSTEM_KIND, "programme|")
        return world.person(EVE).window().splitlines()

    told = shown()
    assert any(f"0 of {len(points())} points of the standard audited, 2 planned" in each for each in told)
    assert (
        told[told.index(next(each for each in told if "Planned, and not held" in each)) + 1]
        == "• Clause 8: 8.1, 8.2"
    )
    assert does(world, EVE, "drawn", size="1") is None
    assert does(world, EVE, "held", report="Fine", conclusion="conforms") is None
    told = shown()
    assert any(f"2 of {len(points())} points of the standard audited, 0 planned" in each for each in told)
    assert "• Clause 8: 8.3, 8.4" in told, "in no audit yet"


def sealed(world: World) -> list[Record]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == packs.REPORTED]
