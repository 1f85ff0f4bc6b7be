"""`/steward …` and the shortcuts: quick looks that only the caller sees, and ways to begin."""

from __future__ import annotations

from typing import Any

from bot.slack import (
    asking,
    assessing,
    away,
    campaigned,
    changed,
    changing,
    entrytold,
    errands,
    incidents,
    lookback,
    patterned,
    queueing,
    raising,
    reported,
    risks,
    screens,
    suppliers,
    system,
    training,
    unnamed,
    verbs,
    visiting,
    windows,
)
from bot.slack.front import Front
from bot.slack.ids import Action, Shortcut
from bot.slack.message import Message
from bot.slack.payloads import Call, Press, plain
from bot.slack.ruling import open_rules
from bot.slack.screens.beforehand import first_of_all
from bot.slack.screens.register import risk
from bot.slack.verbs import CAN, Wish, bare, is_reference, read_wish
from intake.likeness import topics
from intake.reading import Reading
from intake.sentence import read
from store import queries, scoped
from store.beginning import not_begun
from store.records import load
from triage import proposing
from triage.aims.kinds import kinds
from triage.aims.seeing import may_list, may_look, may_read_risks
from triage.aims.taking import may_take_pack
from triage.lifecycle import WAITING
from triage.outcome import Refused
from triage.register import PUBLIC
from triage.suited import suited

Reply = dict[str, Any]


def called(front: Front, call: Call) -> Reply:
    """The answer to a command, seen by the caller alone."""
    wish = read_wish(plain(call.text))
    if wish.verb == verbs.CONCERN:  # before anybody looks at who it is
        return unnamed.called(front, wish.rest, call.trigger)
    person = front.person(call.who)
    if wish.guessed and read(wish.typed, front.office.library.catalogue).tool.kind != "none":
        wish = Wish(CAN, call.text)  # what looks like a slip is the name of a tool
    try:
        visiting.note(front, person, f"/steward {wish.verb}", bare(wish.rest), key=call.key)
        shown = _shown(front, person, wish, call)
    except Refused as refusal:
        text = front.refused(refusal, person, wish=wish.verb, case="", key=call.key)
        return {"response_type": "ephemeral", "text": text}
    if shown is None:
        return {}
    if wish.guessed:
        shown = screens.taken_as(windows.voice(front), shown, wish.typed, wish.verb)
    return {"response_type": "ephemeral", "text": shown.text, "blocks": shown.blocks}


def _shown(front: Front, person: str, wish: Wish, call: Call) -> Message | None:
    """None where a window was opened instead."""
    match wish.verb:
        case verbs.LIST:
            return listing(front, person, wish.rest, call.key)
        case verbs.SHOW:
            return show(front, person, wish.rest)
        case verbs.SETTINGS:
            changing.check_may_change(front, person)
            windows.open_by(front, call.trigger, changing.window(front))
            return None
        case verbs.ASSESS:
            assessing.open_by_ref(front, person, wish.rest, call.trigger)
            return None
        case verbs.CHANGE:
            changed.open_by_ref(front, person, wish.rest, call.trigger)
            return None
        case verbs.QUEUE if not wish.rest:
            queueing.called(front, person, call.trigger)
            return None
        case verbs.PATTERN if not wish.rest or is_reference(wish.rest):
            return patterned.called(front, person, wish.rest, call.trigger)
        case verbs.RULES:
            open_rules(front, person, call.trigger)
            return None
        case verbs.AWAY if away.is_meant(front, wish.rest):
            return away.away(front, person, call, wish.rest)
        case verbs.BACK if not wish.rest:
            return away.back(front, person, call)
        case verbs.INCIDENT:
            return incidents.called(front, person, wish.rest, call.trigger, call.key)
        case verbs.CAMPAIGN if not wish.rest:
            return campaigned.called(front, person, call.trigger)
        case verbs.SETUP if not wish.rest:
            system.called(front, person, call.trigger)
            return None
        case verbs.IDEA:
            raising.idea(front, person, wish.rest, call.trigger)
            return None
        case verbs.NONCONFORMITIES | verbs.IDEAS | verbs.AUDITS if not wish.rest:
            system.listed(front, person, verbs.LISTS[wish.verb], call.trigger)
            return None
        case verbs.RISKS if not wish.rest:
            risks.called(front, person, call.trigger)
            return None
        case verbs.POLICY if not wish.rest:
            return entrytold.policy(front, person)
        case verbs.SUPPLIERS:
            suppliers.called(front, person, wish.rest, call.trigger)
            return None
        case verbs.TRAININGS if not wish.rest:
            training.called(front, person, call.trigger)
            return None
        case verbs.SAMPLE if not wish.rest or wish.rest.isdecimal():
            return lookback.called(front, person, wish.rest, call.key)
        case verbs.HELP:
            return screens.command_help(windows.voice(front), _may(front, person))
        case _:
            return errands.told(front, person, plain(call.text)) or can_i(front, person, call.text)


def _may(front: Front, person: str) -> tuple[str, ...]:
    """What this person can do and others cannot."""
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        asked = any(e.requester == person and e.status in WAITING for e in queries.mine(session, person))
    may = {
        verbs.QUEUE: any(person in held for held in desk.roles.values()),
        verbs.RULES: any(desk.holds(person, role) for role in proposing.ROLES),
        verbs.SETTINGS: desk.holds(person, changing.LEAD),
        verbs.CAMPAIGN: desk.holds(person, changing.LEAD),
        verbs.SETUP: may_look(person, desk),
        verbs.NONCONFORMITIES: may_list(kinds()["nonconformity"], person, desk),
        verbs.SAMPLE: may_take_pack(person, desk),
        verbs.RISKS: may_read_risks(person, desk),
        verbs.SUPPLIERS: suppliers.may_look(person, desk),
        Action.WITHDRAW.value: asked,
    }
    return tuple(what for what, is_theirs in may.items() if is_theirs)


def can_i(front: Front, person: str, words: str, *, brief: bool = False) -> Message:
    """What may be done with a tool today; a question about no tool is answered with what is approved."""
    asked = plain(words)
    reading = read(asked, front.office.library.catalogue)
    if asks_in_general(reading, asked):
        if front.directory.outsider(person):
            raise Refused("for_colleagues")
        return usable(front, person, reading, asked, brief=brief)
    return asking.answer(front, person, words, brief=brief)


def listing(front: Front, person: str, words: str, key: str = "") -> Message:
    if (asked := verbs.as_of(words)) is not None:
        return lookback.listing(front, person, *asked, key)
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        reader = front.reader(person, desk)
        entries, veiled = queries.entries(session, reader, limit=None), queries.veiled(session, reader)
        entries = scoped.marked(session, desk.scope if reader.oversees else None, entries)
    return screens.listing(windows.voice(front), entries, words.strip(), veiled)


def asks_in_general(reading: Reading, asked: str) -> bool:
    """A question about no tool: "what is allowed for translations?" is more than a wish for the list."""
    narrowed = reading.intent == "list" and reading.permission and bool(topics(asked))
    return reading.in_general or (narrowed and reading.tool.kind == "none")


def usable(front: Front, person: str, reading: Reading, asked: str, *, brief: bool = False) -> Message:
    """A question about AI as such: what is approved for what was asked, or what Steward is there for."""
    if not reading.about_permission:
        return screens.guide(windows.voice(front))
    desk = front.desk(actor=person)
    reader = asking.EVERYBODY if brief else front.reader(person, desk)
    with front.office.store.read() as session:
        entries = queries.entries(session, reader, states=sorted(PUBLIC), limit=200, confidential=False)
        early = not_begun(session, entries, desk)
    voice = windows.voice(front)
    held = {id: first_of_all(case, voice, desk, person) for id, case in early.items()}
    return screens.usable(voice, suited(asked, entries, desk.catalogue), held)


def show(front: Front, person: str, ref: str) -> Message:
    """One use, whole; of a confidential one its tier; what is hidden reads like what does not exist."""
    if not ref.strip():
        raise Refused("which_ref")
    desk = front.desk(actor=person)
    with front.office.store.read() as session:
        reader, found = front.reader(person, desk), verbs.references(ref, desk.day.year)
        entry = next((e for each in found if (e := queries.entry(session, reader, each))), None)
        case = load(session, entry.id) if entry else None
        hidden = () if case else queries.veiled(session, reader)
        if case is None and (closed := next((each for each in hidden if each.ref in found), None)):
            raise Refused("confidential_ref", ref=closed.ref, tier=risk(front.words, closed))
        if case is None:
            raise Refused("unknown_ref", ref=verbs.bare(ref)[:40])
        scene = windows.scene(front, session, case, desk, person)
    return screens.show(scene)


def shortcut(front: Front, press: Press) -> None:
    """A window to begin a request, empty or with the words of its message, or to say what was wrong."""
    person = front.person(press.who)
    try:
        if press.action not in {each.value for each in Shortcut}:
            raise Refused("unknown_button")
        visiting.note(front, person, press.action, "", key=press.key)
        if press.action == Shortcut.ANSWER_WRONG.value:
            reported.on_message(front, press, person)
        elif press.action == Shortcut.INCIDENT_FROM.value:
            incidents.from_message(front, press, person)
        elif press.action == Shortcut.INCIDENT_NOTE.value:
            incidents.note_from(front, press, person)
        elif press.action == Shortcut.RAISE_FROM.value:
            raising.from_message(front, press, person)
        else:
            windows.begin_with(front, press, str(press.element.get("text", "")))
    except Refused as refusal:
        front.refuse(refusal, person, channel=press.channel, thread=None, key=press.key)
