"""Audit mode: let in by two people from a day to a day, to look at what an auditor sees, and to change nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, text

from bot.sandbox.errors import Impossible
from bot.slack import expiring
from bot.slack.entries import carry_out
from bot.slack.ids import Action, Press, Shortcut, View
from bot.slack.payloads import Who
from bot.slack.verbs import ACTS, VERBS
from store import aims, audit, packs
from store.looked import LOOKED
from store.tables import AcknowledgedRow, metadata
from store.trail import Record
from tests.bot.cli.tampering import tamper
from tests.failures.acts import press_forged
from tests.journeys.test_changing import approved
from tests.journeys.test_pack_from_home import files, is_made, may_upload
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Somebody, World, words
from tests.slack_world.people import SETTINGS
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.confidences import Confide

BESIDE = frozenset(
    (
        *("inbox", "outbox", "done", "due", "lease", "audit_line", "audit_text", "audit_head"),
        *("person", "place", "address"),
    )
)
"""Where it stands that somebody pressed, was told or was refused."""


@pytest.fixture
def settings() -> dict[str, Any]:
    return {**SETTINGS, "roles.governance_lead": [EVE], "roles.executive": [CLEO]}


def id_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def lets_in(world: World, user: str, days: int = 3) -> Entry:
    front = world.bot.front
    today = front.desk().day
    said = {
        "title": "Surveillance",
        "auditor": id_of(world, user),
        "since": today.isoformat(),
        "until": (today + timedelta(days=days - 1)).isoformat(),
        "purpose": "The yearly one",
    }
    wish = DraftEntry(
        actor=id_of(world, EVE), key=f"let-{user}", entry=f"let-{user}", kind="access", said=said
    )
    yes = ApproveEntry(actor=id_of(world, CLEO), key=f"yes-{user}", entry=f"let-{user}", draft=1)
    with world.store.write() as session:
        aims.carry_out(session, wish, front.desk())
        entry = aims.carry_out(session, yes, front.desk())
    front.office.changed()
    return entry


def looks(world: World) -> list[Record]:
    with world.store.read() as session:
        return [line for line in audit.records(session) if line.what == LOOKED]


def kept(world: World) -> dict[str, list[Any]]:
    """All that is on record."""
    with world.store.read() as session:
        return {
            name: sorted(map(str, session.connection().execute(text(f'SELECT * FROM "{name}"'))))
            for name in metadata.tables
            if name not in BESIDE
        }


def test_from_asking_to_the_pack_in_six_steps(world: World) -> None:
    """Drafted, approved, the register, one use, its pack asked for, and there it is."""
    may_upload(world)
    thread = approved(world)
    dan = world.person(DAN)
    assert str(thread.case.ref) not in dan.steward("list in_review")
    lets_in(world, DAN)  # one and two
    assert str(thread.case.ref) in dan.steward("list")  # three
    assert str(thread.case.ref) in dan.steward(f"show {thread.case.ref}")  # four
    press_forged(dan, Action.PACK, Press(case=""))
    assert dan.submits() is None  # five
    is_made(world)
    assert len(files(dan)) == 1  # six


def proves(who: Somebody) -> str:
    """The trail checked from the window of the pack; what is said then."""
    press_forged(who, Action.PACK, Press(case=""))
    assert who.hands.clicks_view(Action.PROVE.value)
    assert "is being checked" in who.window()
    is_made(who.world)
    who.hands.closes_view(all_of_them=True)
    return words(who.dm()[-1])


def test_the_trail_is_verified_from_slack(world: World) -> None:
    """Without a pack, and without the right to send files; that it was is sealed."""
    approved(world)
    lets_in(world, DAN)
    dan = world.person(DAN)
    told = proves(dan)
    with world.store.read() as session:
        (line,) = [each for each in audit.records(session) if each.what == packs.PROVED]
        assert audit.verify_store(session).ok
    assert "proves itself" in told
    assert f"{line.detail['lines']} lines" in told
    assert str(line.detail["head"]) in told
    assert (line.actor, line.detail["ok"]) == (id_of(world, DAN), True)


def test_a_changed_line_is_named_in_slack(world: World) -> None:
    approved(world)
    lets_in(world, DAN)
    tamper(world.store, "UPDATE audit_line SET sealed = sealed || ' ' WHERE seq = 5")
    with world.store.read() as session:
        found = audit.verify_store(session)
    told = proves(world.person(DAN))
    tamper(world.store, "UPDATE audit_line SET sealed = rtrim(sealed) WHERE seq = 5")  # as it was
    assert found.broken_at == 5
    assert "is 5 of" in told
    assert "proves itself" not in told
    assert "steward verify" in told


def test_whoever_was_out_meanwhile_is_told_nothing_of_it(world: World) -> None:
    approved(world)
    entry = lets_in(world, DAN)
    dan, front = world.person(DAN), world.bot.front
    press_forged(dan, Action.PACK, Press(case=""))
    assert dan.hands.clicks_view(Action.PROVE.value)
    said = {"because": "Over"}
    wish = ActOnEntry(
        actor=id_of(world, EVE), key="off", entry=entry.id, act="revoked", said=said, seen=entry.version
    )
    carry_out(front, [wish], front.desk())
    is_made(world)
    told = "\n".join(words(each) for each in dan.dm())
    assert "is for the governance lead" in told
    assert "Head" not in told


def test_each_look_is_sealed_with_who_and_what(world: World) -> None:
    thread = approved(world)
    entry = lets_in(world, DAN)
    dan = world.person(DAN)
    dan.steward(f"show {thread.case.ref}")
    dan.steward("setup")
    dan.steward("list what is confidential & secret")
    press_forged(dan, Action.DOSSIER, Press(case=thread.case.id))
    found = looks(world)
    assert {line.actor for line in found} == {id_of(world, DAN)}
    assert {line.subject for line in found} == {("access", entry.id)}
    told = [(line.detail["wish"], line.detail["about"]) for line in found]
    assert told == [
        ("/steward show", str(thread.case.ref)),
        ("/steward setup", ""),
        ("/steward list", ""),
        ("dossier", thread.case.id),
    ]
    world.person(BEN).steward(f"show {thread.case.ref}")
    assert len(looks(world)) == 4, "nobody else is noted"


def test_what_they_ask_in_a_message_is_sealed_before_it_is_answered(world: World) -> None:
    """By every way to read something there; of what they wrote no more than a reference is."""
    thread = approved(world)
    lets_in(world, DAN)
    dan, ref = world.person(DAN), str(thread.case.ref)
    for said in (f"show {ref}", ref, "list", "lsit", "Can I use Otter?", "What may I use for translations?"):
        before = len(looks(world))
        dan.writes(said)
        world.settle()
        assert len(looks(world)) == before + 1, said
    told = [(line.detail["wish"], line.detail["about"]) for line in looks(world)]
    assert told == [
        ("message show", ref),
        ("message show", ref),
        ("message list", ""),
        ("message list", ""),
        *[("message can", "")] * 2,
    ]
    dan.writes("concern Nobody is to know that it was me")
    world.settle()
    assert len(looks(world)) == len(told)


def test_what_they_hand_in_and_begin_from_a_message_is_sealed(world: World) -> None:
    may_upload(world)
    approved(world)
    lets_in(world, DAN)
    dan = world.person(DAN)
    ts = world.person(BEN).hands.says("general", "Why are we asked twice?")
    world.settle()
    assert dan.hands.shortcut(Shortcut.RAISE_FROM.value, "C0ALL", ts)
    world.settle()
    press_forged(dan, Action.PACK, Press(case=""))
    dan.submits()
    assert [line.detail["wish"] for line in looks(world)] == ["raise_from", "pack", View.PACK.value]


def test_it_ends_to_the_second_without_a_job(world: World) -> None:
    lets_in(world, DAN, days=1)
    front, me = world.bot.front, id_of(world, DAN)
    (visit,) = front.office.visits
    world.clock.move((visit.until - front.office.now()).total_seconds() - 1)
    assert front.desk().holds(me, "auditor")
    assert me in front.desk().visitors
    world.clock.move(1)
    assert not front.desk().holds(me, "auditor")
    assert front.desk().visitors == frozenset()
    assert "is for" in world.person(DAN).steward("setup")


def test_revoked_it_ends_at_once(world: World) -> None:
    entry = lets_in(world, DAN)
    front, me = world.bot.front, id_of(world, DAN)
    assert front.desk().holds(me, "auditor")
    said = {"because": "Over"}
    wish = ActOnEntry(
        actor=id_of(world, EVE), key="off", entry=entry.id, act="revoked", said=said, seen=entry.version
    )
    carry_out(front, [wish], front.desk())
    assert not front.desk().holds(me, "auditor")


def test_nothing_they_press_or_call_changes_anything(world: World) -> None:
    """Every button there is, with what it could carry, each window handed in as it opens; every command."""
    thread = approved(world)
    entry = lets_in(world, DAN)
    dan, before = world.person(DAN), kept(world)
    carried = (
        Press(case=thread.case.id),
        Press(case=thread.case.id, choice="inside"),
        Press(case="", choice=entry.id),
        Press(case="policy"),
    )
    changed: list[str] = []
    for action in Action:
        for about in carried:
            press_forged(dan, action, about)
            while dan.hands.view() is not None:
                with suppress(Exception):  # not each window can be handed in as it stands
                    dan.hands.submits()
                world.settle()
                with suppress(Impossible):
                    dan.hands.closes_view()
        if (now := kept(world)) != before:
            changed.append(f"{action}: {[name for name in now if now[name] != before[name]]}")
            before = now
    for verb in (*VERBS, *ACTS):
        for rest in ("", str(thread.case.ref), "until 2027-03-01"):
            dan.hands.command("/steward", f"{verb} {rest}", "general")
            world.settle()
            while dan.hands.view() is not None:
                dan.hands.closes_view()
        if (now := kept(world)) != before:
            changed.append(f"/steward {verb}: {[name for name in now if now[name] != before[name]]}")
            before = now
    assert changed == []


def test_they_acknowledge_no_policy(world: World) -> None:
    """What they say they have read would count as the reading of an employee."""
    approved(world)
    front, said = world.bot.front, {"title": "AI policy", "text": "A person answers.", "since": "2026-12-07"}
    about: dict[str, Any] = {"entry": "policy:ai-policy", "kind": "policy", "name": "ai-policy", "said": said}
    yes: dict[str, Any] = {"actor": id_of(world, CLEO), "entry": "policy:ai-policy"}
    with world.store.write() as session:
        aims.carry_out(session, DraftEntry(actor=id_of(world, EVE), key="d", **about), front.desk())
        aims.carry_out(session, ApproveEntry(key="y", draft=1, **yes), front.desk())
    lets_in(world, DAN)
    for user in (DAN, BEN):
        shown = Press(case="", turn=1, choice="policy:ai-policy")
        press_forged(world.person(user), Action.HAVE_READ, shown)
        world.settle()
    with world.store.read() as session:
        noted = [row.person_id for row in session.exec(select(AcknowledgedRow))]
        refused = [line.actor for line in audit.records(session) if line.what.endswith(".refused")]
    assert noted == [id_of(world, BEN)]
    assert refused == [id_of(world, DAN)]


def test_what_they_write_begins_nothing(world: World) -> None:
    approved(world)
    lets_in(world, DAN)
    before = kept(world)
    world.person(DAN).writes("I would like to use Otter for customer calls")
    world.settle()
    assert kept(world)["use"] == before["use"]


def test_a_guest_sees_nothing_though_let_in(world: World) -> None:
    lets_in(world, DAN)
    front, me = world.bot.front, id_of(world, DAN)
    front.directory._standing = (front.directory.clock(), frozenset({me}), frozenset())
    assert front.desk().visitors == frozenset()
    assert not front.desk().holds(me, "auditor")


def test_a_confidential_use_stays_with_its_readers(world: World) -> None:
    thread = approved(world)
    lets_in(world, DAN)
    front = world.bot.front
    front.do(Confide(actor=id_of(world, ANA), key="closed", case=thread.case.id), front.desk())
    dan = world.person(DAN)
    assert thread.case.title not in dan.steward(f"show {thread.case.ref}")
    assert thread.case.title not in dan.steward("list")


def test_that_they_opened_home_is_sealed(world: World) -> None:
    approved(world)
    lets_in(world, DAN)
    for user in (DAN, BEN):
        world.person(user).hands.opens_home()
        world.settle()
    assert [(line.actor, line.detail["wish"]) for line in looks(world)] == [(id_of(world, DAN), "home")]


def test_who_let_them_in_reads_what_they_looked_at(world: World) -> None:
    thread = approved(world)
    entry = lets_in(world, DAN)
    world.person(DAN).steward(f"show {thread.case.ref}")
    press_forged(world.person(EVE), Action.ACCESS_LOOKS, Press(case="", choice=entry.id))
    told = world.person(EVE).window()
    assert f"/steward show ({thread.case.ref})" in told
    assert f"steward audits --looked {entry.ref}" in told
    front = world.bot.front
    front.do(Confide(actor=id_of(world, ANA), key="closed", case=thread.case.id), front.desk())
    world.person(EVE).hands.closes_view(all_of_them=True)
    press_forged(world.person(EVE), Action.ACCESS_LOOKS, Press(case="", choice=entry.id))
    assert str(thread.case.ref) not in world.person(EVE).window()
    assert "something confidential" in world.person(EVE).window()


def heard(world: World, user: str, said: str) -> int:
    return sum(said in words(each) for each in world.person(user).dm())


def looked_for(world: World) -> None:
    """Twice, as several workers may."""
    for _ in range(2):
        expiring.look(world.bot.front, world.bot.front.desk())
        world.settle()


def test_they_and_who_let_them_in_hear_before_it_ends_and_after(world: World) -> None:
    lets_in(world, DAN, days=4)
    (visit,) = world.bot.front.office.visits
    looked_for(world)
    for user in (DAN, EVE, CLEO):
        assert heard(world, user, "access for auditors") == 0, "days before nobody needs to know"
    world.clock.move((visit.until - world.bot.front.office.now()).total_seconds() - 30 * 3600)
    looked_for(world)
    assert heard(world, DAN, "Your access for auditors (AIX-") == 1
    for user in (EVE, CLEO):
        assert heard(world, user, "The access for auditors of <@U0DAN> (AIX-") == 1
    world.clock.move(31 * 3600)
    looked_for(world)
    assert heard(world, DAN, "What you took along stays yours") == 1
    for user in (EVE, CLEO):
        assert heard(world, user, "by itself. What they looked at") == 1
    assert heard(world, BEN, "access for auditors") == 0
    with world.store.read() as session:
        told = [line.what for line in audit.records(session) if line.what in ("access.ends", "access.ended")]
    assert told == ["access.ends", "access.ended"]
    assert "is for" in world.person(DAN).steward("setup"), "it ended by itself"


def test_one_that_was_ended_early_is_told_so_once(world: World) -> None:
    entry = lets_in(world, DAN)
    said = {"because": "Over"}
    wish = ActOnEntry(
        actor=id_of(world, EVE), key="off", entry=entry.id, act="revoked", said=said, seen=entry.version
    )
    carry_out(world.bot.front, [wish], world.bot.front.desk())
    looked_for(world)
    assert heard(world, DAN, "was ended") == heard(world, CLEO, "was ended") == 1
    world.clock.move(5 * 24 * 3600)
    looked_for(world)
    assert heard(world, DAN, "Your access for auditors") == 1
