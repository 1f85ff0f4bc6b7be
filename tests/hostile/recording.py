"""Payloads as the local workspace really sends them, and the database behind: people in the middle of things."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zlib import crc32

import pytest
from slack_bolt import App, BoltRequest
from sqlmodel import select

from bot.demo.player import elements
from bot.sandbox import payloads
from bot.slack import ids
from bot.slack.abouts import About, to_about
from bot.slack.elements import read_press
from bot.slack.handed import HANDLERS
from bot.slack.ids import Action, Press, Shortcut, View
from bot.slack.payloads import Who
from bot.slack.reception import EVENTS
from bot.slack.unnamed import HANDED
from store import aims, people, settings
from store.tables import UseRow
from tests.hostile.stage import MORNING
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, TEAM, World
from tests.slack_world.people import FINDER
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries
from triage.case import Status
from triage.lifecycle import WAITING

Payload = dict[str, Any]
WINDOWS: tuple[View, ...] = (*HANDLERS, *HANDED)
"""Everything that is handed in, also where the door itself answers."""

GUS, OLD, MEG, VIC = "U0GUS", "U0OLD", "U0MEG", "U0VIC"
"""A guest, somebody who left, both listed in every role; who holds a role by a group; and who is let in to audit."""

GROUP, GUEST_CHANNEL = "S0GROUP", "C0ALL"
SECRET = "kumquat"
"""Stands, with a number, in the words of every request."""

OPEN = HARMLESS | {"data": "unsure", "area": "unsure"}


@dataclass(frozen=True)
class Recording:
    """`kinds`: every payload under the name of what it is."""

    database_url: str
    kinds: dict[str, list[Payload]]
    cases: tuple[str, ...]
    dms: dict[str, str]

    def all(self) -> list[tuple[str, Payload]]:
        return [(kind, payload) for kind, each in self.kinds.items() for payload in each]


def record(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Recording:
    """Plays a story, and keeps what was dispatched in it; then presses in words whatever is drawn anywhere."""
    heard: list[Payload] = []
    dispatch = App.dispatch

    def listening(app: App, request: BoltRequest) -> Any:
        heard.append(copy.deepcopy(dict(request.body)))
        return dispatch(app, request)

    monkeypatch.setattr(App, "dispatch", listening)
    every = [GUS, OLD]
    roles = {"reviewer": [BEN, EVE, GROUP], "risk_owner": [CLEO], "committee": [CLEO, BEN], "legal": [EVE],
             "governance_lead": [CLEO], "auditor": [GROUP], "privacy": [DAN], "executive": [EVE]}  # fmt: skip
    world = World(
        database_url,
        settings={f"roles.{role}": [*held, *every] for role, held in roles.items()},
    )
    try:
        world.open()
        _play(world)
        heard += _presses(world, heard)
        heard += _events(world)
        _lets_in(world)
    finally:
        world.close()
        monkeypatch.undo()
    with world.store.write() as session:
        now = world.store.now()
        people.person(session, team=TEAM, slack_user=GUS, now=now, name="Gus", restricted=True)
        people.person(session, team=TEAM, slack_user=OLD, now=now, name="Old", deleted=True)
        settings.change(session, "organisation.sector", "public", by=None, now=now)
        for role, held in roles.items():
            settings.change(session, f"roles.{role}", [*held, *every, VIC], by=None, now=now)
    return _sorted(world, heard)


def _lets_in(world: World) -> None:
    """Two people let somebody in to audit, who is listed in every role afterwards.

    It runs when the payloads are tried, whatever the clock of the story said.
    """
    front = world.bot.front
    with world.store.write() as session:
        people.person(session, team=TEAM, slack_user=VIC, now=world.store.now(), name="Vic")
    cleo, eve, vic = (front.person(Who(TEAM, user)) for user in (CLEO, EVE, VIC))
    said = {
        "title": "Surveillance",
        "auditor": vic,
        "since": MORNING.date().isoformat(),
        "until": (MORNING.date() + timedelta(days=60)).isoformat(),
        "purpose": "The yearly one",
    }
    wishes: tuple[OfEntries, ...] = (
        DraftEntry(actor=cleo, key="let-in", entry="let-in", kind="access", said=said),
        ApproveEntry(actor=eve, key="let-in-yes", entry="let-in", draft=1),
    )
    for wish in wishes:
        with world.store.write() as session:
            aims.carry_out(session, wish, front.desk())


def _play(world: World) -> None:
    ana, ben, dan, cleo, eve = map(world.person, (ANA, BEN, DAN, CLEO, EVE))
    ana.asks(f"I'd like to use Otter.ai for minutes, {SECRET}-1")
    dan.asks(f"We want Copilot for our code, {SECRET}-2")
    _in_questions(world)
    ana.asks(f"I'd like to use Otter.ai to write minutes of our meetings {SECRET}-3").submitted()
    dan.asks(f"DeepL for translations {SECRET}-4").submitted(HARMLESS | {"tool": "DeepL"})
    ben.decides(Action.ASK, question="Who listens?")
    ana.asks(f"I'd like to use Otter.ai for our own notes {SECRET}-5").submitted()
    ben.presses_card(Action.APPROVE_WITH_CONDITIONS)
    ben.hands.clicks_view(Action.ADD_CONDITION.value)
    soon = (world.clock.moment().date() + timedelta(days=4)).isoformat()
    ben.hands.fills(conditions="Tell them\nDelete it", due=soon)
    assert ben.hands.submits() is None
    world.settle()
    _puts_off(world)
    dan.asks(f"I'd like to use Claude for our newsletter {SECRET}-6").submitted(HARMLESS | {"tool": "Claude"})
    eve.decides(Action.DECLINE, reason="No contract", would_change="A contract")
    dan.asks(f"I'd like to use Otter.ai to score people {SECRET}-7").submitted(
        HARMLESS | {"red_flag": "social_scoring"}
    )
    ben.asks(f"I'd like to use DeepL for letters {SECRET}-8").submitted(OPEN | {"tool": "DeepL"})
    ana.asks(f"I'd like to use DeepL for my letters {SECRET}-9").types("cancel")
    _exception(world)
    _motions(world)
    for text in ("can I use otter", "list", "show AIU-2026-0001", "help", "settings", ""):
        ana.steward(text)
    cleo.steward("settings")
    cleo.hands.submits()
    ana.home()
    ben.home()
    ana.hands.shortcut("ask_about_ai")
    ana.hands.fills(words="Claude for letters")
    ana.hands.submits()
    world.settle()
    ana.hands.says("general", "@Steward can I use Otter?")
    world.settle()
    _is_set_up(world)
    which = dan.asks(f"Can we use Copilot for our tests, {SECRET}-2b")
    which.presses(Action.MAY_I, having="github-copilot")
    which.presses(Action.ASK_FOR_IT)
    _is_asked(world)


def _is_set_up(world: World) -> None:
    """The governance lead states two entries, one of which somebody else approves, the other is sent back."""
    cleo, eve = world.person(CLEO), world.person(EVE)
    for kind, said in STATED.items():
        cleo.steward("setup")
        view = cleo.hands.view() or {}
        rows = [block.get("elements", ()) for block in view["blocks"] if block["type"] == "actions"]
        wanted = next(e for row in rows for e in row if str(e.get("value", "")).startswith(f"{kind}|"))
        assert cleo.hands.clicks_view(wanted["action_id"], wanted["value"])
        cleo.hands.fills(**{f"entry.{name}": text for name, text in said.items()})
        assert cleo.hands.submits() is None
        world.settle()
        cleo.hands.closes_view(all_of_them=True)
    told = next(m for m in reversed(eve.dm()) if Action.SEND_ENTRY_BACK.value in str(m))
    assert eve.hands.clicks("dm", told["ts"], f"{Action.SEND_ENTRY_BACK.value}.0")
    eve.hands.fills(reason="Name who may stop it")
    assert eve.hands.submits() is None
    world.settle()
    eve.hands.closes_view(all_of_them=True)
    told = next(m for m in reversed(eve.dm()) if Action.READ_ENTRY.value in str(m))
    assert eve.hands.clicks("dm", told["ts"], f"{Action.READ_ENTRY.value}.0")
    assert eve.hands.submits() is None
    world.settle()


STATED: dict[str, dict[str, Any]] = {
    "scope": {"covers": "All our AI", "activities": "Sales", "left_out": "Research: no effect"},
    "policy": {"title": "AI policy", "text": "A person answers for it.", "since": "2026-12-07"},
}


def _is_asked(world: World) -> None:
    """A campaign, which Ana answers."""
    ana, cleo, today = world.person(ANA), world.person(CLEO), world.clock.moment().date()
    cleo.steward("campaign")
    days = {"since": today.isoformat(), "until": (today + timedelta(days=20)).isoformat()}
    cleo.hands.fills(places=["C0ALL"], words="We only want to know", **days)
    assert cleo.hands.submits() is None
    world.settle()
    world.passes(days=3)
    asked = next(m for m in reversed(ana.hands.sees("C0ALL")) if Action.TELL_USE.value in str(m))
    assert ana.hands.clicks("C0ALL", asked["ts"], Action.TELL_USE.value)
    world.settle()
    ana.hands.fills(lines="Otter for notes\nOur own thing: letters", unit="Sales")
    assert ana.hands.submits() is None
    world.settle()


def _puts_off(world: World) -> None:
    """What is due in a few days is reminded of at once."""
    ana = world.person(ANA)
    world.passes(minutes=2)
    reminder = next(m for m in reversed(ana.dm()) if Action.SNOOZE.value in str(m))
    wished = next(
        e for e in elements(reminder) if str(e.get("action_id", "")).startswith(Action.SNOOZE.value)
    )
    assert ana.hands.clicks("dm", reminder["ts"], wished["action_id"], value=wished["value"])
    ana.hands.fills(reason="I am on a journey")
    assert ana.hands.submits() is None
    world.settle()


def _exception(world: World) -> None:
    """One says so, a second objects; said again, it is confirmed; of another use it waits."""
    dan, cleo, eve = map(world.person, (DAN, CLEO, EVE))
    dan.asks(f"I'd like to use Otter.ai to find double applications {SECRET}-13").submitted(FINDER)
    cleo.decides(Action.CLAIM_EXCEPTION, ground="prepares", reason="It compares names")
    eve.decides(Action.OBJECT_EXCEPTION, reason="It ranks people")
    eve.decides(Action.CLAIM_EXCEPTION, ground="prepares", reason="It compares names")
    cleo.decides(Action.CONFIRM_EXCEPTION, reason="So it is")
    dan.asks(f"I'd like to use Otter.ai to find double letters {SECRET}-14").submitted(FINDER)
    cleo.decides(Action.CLAIM_EXCEPTION, ground="prepares", reason="It compares names")


def _motions(world: World) -> None:
    """One wants another tier, a second agrees; of another use it waits; a ban is confirmed, another left out."""
    dan, cleo, eve = map(world.person, (DAN, CLEO, EVE))
    dan.asks(f"I'd like to use Otter.ai to find double names {SECRET}-15").submitted(FINDER)
    cleo.decides(Action.SET_TIER, ground="2", reason="It compares names")
    eve.decides(Action.OPPOSE_MOTION, reason="It ranks people")
    cleo.decides(Action.ACCEPT_RISK, reason="Names alike")
    eve.decides(Action.SECOND_MOTION, reason="So it is")
    cleo.decides(Action.SET_TIER, ground="2", reason="It compares names")
    dan.asks(f"I'd like to use Otter.ai to read moods {SECRET}-16").submitted(
        HARMLESS | {"red_flag": "emotion_work_school"}
    )
    eve.decides(Action.EXCEPT_PRACTICE, ground="emotion_work_school", reason="It wakes drivers")
    dan.asks(f"I'd like to use Otter.ai to rate people {SECRET}-17").submitted(
        HARMLESS | {"red_flag": "social_scoring"}
    )
    eve.decides(Action.CONFIRM_PROHIBITED, reason="It rates people")


def _in_questions(world: World) -> None:
    ana, dan, eve = map(world.person, (ANA, DAN, EVE))
    thread = ana.asks(f"I'd like to use Otter.ai to transcribe meetings {SECRET}-10")
    thread.presses(Action.START)
    thread.presses(Action.NOT_SURE)
    thread.presses(Action.BACK)
    ts = thread.types("not sure")
    ana.hands.edits("dm", ts, "sure")
    world.settle()
    thread.types("pause")
    thread.presses(Action.RESUME)
    summary = dan.asks(f"I'd like to use Otter.ai for our minutes {SECRET}-11")
    summary.fills()
    summary.answers()
    summary.presses(Action.EDIT, having="people")
    flags = eve.asks(f"I'd like to use Otter.ai for a summary {SECRET}-12")
    flags.presses(Action.START_BLANK)
    while flags.question not in (None, "red_flag", "area"):
        flags.types(HARMLESS.get(flags.question or "", "not sure"))


def _presses(world: World, heard: list[Payload]) -> Iterator[Payload]:
    """A press on each element that anybody sees, in the shape of one that really happened."""
    pressed = [p for p in heard if p.get("type") == "block_actions"]
    in_message = next(p for p in pressed if p.get("message") and p["user"]["id"] == ANA)
    in_view = [p for p in pressed if p.get("view")]
    for user in (ANA, BEN, CLEO, DAN, EVE):
        hands = world.server.person(user)
        for place in ("dm", CARDS):
            if place == CARDS and user in (ANA,):
                continue
            for message in hands.sees(place):
                if message.get("deleted") or not message.get("blocks"):
                    continue
                body = copy.deepcopy(in_message)
                channel = world.workspace.place(user, place).id
                body["message"] = copy.deepcopy(message)
                body["channel"]["id"] = body["container"]["channel_id"] = channel
                body["container"]["message_ts"] = message["ts"]
                yield from _on_each(body, user, message["blocks"])
        home = hands.home()
        if home is not None and in_view:
            yield from _on_each(in_view[0] | {"view": home}, user, home["blocks"])
    cards = next(p for p in pressed if p.get("message"))
    known = {str(p["actions"][0].get("action_id")).partition(".")[0] for p in pressed}
    case = read_press(cards["actions"][0]).case
    for action in Action:
        if action.value not in known:
            element = {"type": "button", "value": ids.to_value(Press(case, 1, "people", "only_team"))}
            yield _pressing(cards, ANA, {"block_id": "b"}, element | {"action_id": action.value})


def _on_each(body: Payload, user: str, blocks: list[Payload]) -> Iterator[Payload]:
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and element.get("action_id"):
                yield _pressing(body, user, block, element)


def _pressing(body: Payload, user: str, block: Payload, element: Payload) -> Payload:
    made = copy.deepcopy(body)
    made["user"] |= {"id": user}
    action: Payload = {name: element[name] for name in ("type", "action_id", "value") if name in element}
    action |= {"block_id": block.get("block_id", "b"), "action_ts": f"1799999999.{_numbered(made, element)}"}
    options = element.get("options") or []
    match element["type"]:
        case "static_select" | "overflow" | "radio_buttons":
            action["selected_option"] = copy.deepcopy(options[-1])
        case "checkboxes" | "multi_static_select":
            action["selected_options"] = copy.deepcopy(options[:2])
            made["state"] = {"values": {action["block_id"]: {action["action_id"]: dict(action)}}}
        case "users_select":
            action["selected_user"] = DAN
        case "datepicker":
            action["selected_date"] = "2027-01-01"
    return made | {"actions": [action]}


def _numbered(body: Payload, element: Payload) -> str:
    named = f"{body.get('container')} {element.get('value')} {element['action_id']}"
    return f"{crc32(named.encode()) % 10**6:06}"


def _events(world: World) -> Iterator[Payload]:
    """One of each kind that is heard, beside those of the story."""
    channel = {"channel": GUEST_CHANNEL}
    profile = {"display_name": "Dan"}
    person = {"id": DAN, "team_id": TEAM, "name": "dan", "tz": "Europe/Berlin", "profile": profile}
    made: dict[str, Payload] = {
        "app_uninstalled": {},
        "tokens_revoked": {"tokens": {"oauth": [DAN], "bot": ["U0BOT"]}},
        "user_change": {"user": person},
        "member_joined_channel": channel | {"user": "U0BOT"},
        "reaction_added": {
            "user": DAN,
            "reaction": "pushpin",
            "item": {"type": "message", **channel, "ts": "1.1"},
        },
        "subteam_members_changed": {"subteam_id": GROUP, "team_id": TEAM},
        "subteam_updated": {"subteam": {"id": GROUP}},
        **{kind: channel for kind in EVENTS if kind.endswith(("archive", "deleted", "left"))},
        "channel_id_changed": {"old_channel_id": "C0OLDID", "new_channel_id": "C0NEWID"},
    }
    for kind, event in made.items():
        yield payloads.event_callback(
            world.workspace, {"type": kind, "event_ts": "1799999999.000001", **event}
        )


def _sorted(world: World, heard: list[Payload]) -> Recording:
    kinds: dict[str, list[Payload]] = {}
    for payload in heard:
        if payload.get("type") == "block_actions":
            kind = f"press {str(payload['actions'][0]['action_id']).partition('.')[0]}"
        elif payload.get("type") in ("view_submission", "view_closed"):
            kind = f"{payload['type']} {payload['view']['callback_id']}"
        elif payload.get("type") == "event_callback":
            kind = f"event {payload['event']['type']}"
        else:
            kind = str(payload.get("type") or payload.get("command"))
            kind = f"{kind} {payload['callback_id']}" if "callback_id" in payload else kind
        kinds.setdefault(kind, []).append(payload)
    _complete(kinds)
    with world.store.read() as session:
        rows = session.exec(select(UseRow)).all()
        waiting = [row for row in rows if row.state in {status.value for status in WAITING}]
        cases = tuple(row.id for row in rows)
    for name, fields in FIELDS.items():
        of_kind = kinds.setdefault(f"view_submission {name.value}", [])
        of_kind += [_window(kinds, name, row, fields) for row in waiting]
    dms = {user: world.workspace.place(user, "dm").id for user in (ANA, BEN, CLEO, DAN, EVE)}
    return Recording(world.database_url, kinds, cases, dms)


def _complete(kinds: dict[str, list[Payload]]) -> None:
    """What the story does not do is made of what it does: another window, a shortcut on a message, a menu that asks."""
    (asked,) = kinds["shortcut ask_about_ai"][:1]
    message = {
        "type": "message",
        "user": DAN,
        "ts": "1799999999.000001",
        "text": "We use <https://otter.ai|Otter>",
    }
    channel = {"id": GUEST_CHANNEL, "name": "general"}
    on_message = asked | {"type": "message_action", "callback_id": Shortcut.LOG_THIS_USE.value}
    on_message |= {"message": message, "channel": channel}
    kinds["message_action log_this_use"] = [on_message]
    kinds["message_action answer_wrong"] = [on_message | {"callback_id": Shortcut.ANSWER_WRONG.value}]
    for each in (Shortcut.INCIDENT_FROM, Shortcut.INCIDENT_NOTE, Shortcut.RAISE_FROM):
        kinds[f"message_action {each.value}"] = [on_message | {"callback_id": each.value}]
    suggest = {name: asked[name] for name in ("team", "user", "token", "api_app_id")}
    menu = {"type": "block_suggestion", "action_id": "tool", "block_id": "b", "value": "ot"}
    kinds["block_suggestion"] = [suggest | menu | {"container": {"type": "view", "view_id": "V1"}}]
    handed = kinds["view_submission start"][0]
    kinds["view_closed start"] = [handed | {"type": "view_closed", "is_cleared": False}]
    for view in WINDOWS:
        if f"view_submission {view.value}" not in kinds:
            other = copy.deepcopy(handed)
            other["view"]["callback_id"] = view.value
            kinds[f"view_submission {view.value}"] = [other]


def _window(kinds: dict[str, list[Payload]], name: View, row: UseRow, fields: dict[str, Payload]) -> Payload:
    """A window for one request that waits, as its decider would hand it in now."""
    made = copy.deepcopy(kinds["view_submission start"][0])
    made["user"]["id"] = EVE if row.state == Status.blocked.value else BEN
    if name is View.REPLY:
        made["user"]["id"] = DAN
    number = 1 if name is View.REPLY else row.version
    about = row.id if name is View.SETTLE else to_about(About(row.id, number))
    made["view"] |= {"callback_id": name.value, "id": f"V{name.value}{row.id}", "private_metadata": about}
    made["view"]["state"] = {"values": {block: {"value": element} for block, element in fields.items()}}
    return made


def _typed(text: str) -> Payload:
    return {"type": "plain_text_input", "value": text}


def _given(id: str) -> Payload:
    file = {"id": id, "name": "paper.pdf", "title": "A paper", "permalink": f"https://example.org/{id}"}
    return {"type": "file_input", "files": [file]}


FIELDS: dict[View, dict[str, Payload]] = {
    View.APPROVE: {"reason": _typed("It fits")},
    View.APPROVE_WITH_CONDITIONS: {
        "reason": _typed("It fits"),
        "conditions": _typed("Tell them\nDelete it"),
        "common": {"type": "checkboxes", "selected_options": [{"value": "told"}, {"value": "pilot"}]},
        "own_text.1": _typed("Name somebody who can stop it"),
        "own_check.1": _typed("Who is it?"),
    },
    View.ASK: {"question": _typed("Who listens?")},
    View.DECLINE: {"reason": _typed("No contract"), "would_change": _typed("A contract")},
    View.PASS_ON: {"person": {"type": "users_select", "selected_user": EVE}},
    View.RECUSE: {"reason": _typed("My brother sells it")},
    View.PROPOSE_PATTERN: {
        "covers": _typed("Minutes"),
        "until": {"type": "datepicker", "selected_date": "2027-06-30"},
    },
    View.REFUSE_PATTERN: {"reason": _typed("Not this")},
    View.WITHDRAW_PATTERN: {"reason": _typed("It ends")},
    View.MISFITS_PATTERN: {"reason": _typed("Customers, too")},
    View.DO_TASK: {
        "task": {"type": "static_select", "selected_option": {"value": "documents"}},
        "link": _typed("https://example.org/paper"),
        "words": _typed("In the binder"),
        "file": _given("F00000PAPER1"),
    },
    View.FULFIL: {"condition": _typed("1"), "words": _typed("Done"), "file": _given("F00000PAPER2")},
    View.APPOINT: {
        "task": {"type": "static_select", "selected_option": {"value": "overseer"}},
        "person": {"type": "users_select", "selected_user": EVE},
    },
    View.REFUSE_PART: {"reason": _typed("No time")},
    View.STOP_USE: {"reason": _typed("It insults people")},
    View.SETTLE: {"data": {"type": "checkboxes", "selected_options": [{"value": "internal"}]}},
    View.REPLY: {"data": {"type": "checkboxes", "selected_options": [{"value": "internal"}]}},
}
"""What each window that decides holds."""


def expected_kinds() -> set[str]:
    """Everything that a listener takes, by the tables of the product."""
    return {
        *(f"press {action.value}" for action in Action),
        *(f"view_submission {view.value}" for view in WINDOWS),
        *(f"event {kind}" for kind in EVENTS),
        "view_closed start", "shortcut ask_about_ai", "message_action log_this_use", "message_action answer_wrong",
        "message_action incident_from", "message_action incident_note", "message_action raise_from",
        "block_suggestion", "/steward",
    }  # fmt: skip
