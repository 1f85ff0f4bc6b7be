"""One row of each list of Home: what it is about, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from bot.markup import cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.scene import Home
from bot.slack.screens.homeincidents import incident_rows, reported_rows
from bot.slack.screens.joined import joined_rows
from bot.slack.screens.looking import looking_rows
from bot.slack.screens.onward import todo_line
from bot.slack.screens.register import risk
from bot.slack.screens.reviewed import review_ask
from triage.case import Decision, DecisionKind, Status
from triage.lifecycle import WAITING
from triage.moved import matter_of
from triage.register import Entry

CLAIMED = (Action.CONFIRM_EXCEPTION, Action.OBJECT_EXCEPTION)
IN_USE = frozenset({Status.approved, Status.approved_with_conditions})
Row = list[b.Block | None]


def rows(scene: Home, name: str) -> list[Row]:
    """Those of one list that are here."""
    return list(DRAWN.get(name, _listed)(scene))


def _entries(name: str, scene: Home) -> Iterator[Row]:
    for entry in getattr(scene, name):
        yield [_row(scene, name, entry), _further(scene, name, entry)]


def _listed(scene: Home) -> Iterator[Row]:
    """Behind a figure of the governance lead."""
    words = scene.voice.words
    for entry in scene.listed:
        facts = {
            "status": words.line(f"status.{entry.standing}"),
            "risk": risk(words, entry),
            "owner": scene.voice.mention(entry.owner) if entry.owner else "",
            "late": entry.due_at is not None and entry.due_at < scene.now and entry.status in WAITING,
        }
        page = words.page("home_row", title=named(scene, entry), entry=entry, **facts)
        yield [b.section(page["listed"], _details(scene, entry))]


def _referred(scene: Home) -> Iterator[Row]:
    """What somebody else was not sure of, and this person may answer in a role."""
    label = scene.voice.words.label("button.answer")
    for entry, number in scene.referred:
        press = Press(case=entry.id, turn=number)
        button = _act(scene, Action.REPLY_WINDOW, label, press, named(scene, entry))
        yield [_row(scene, "referred", entry, number=number), b.actions([button])]


def _signing(scene: Home) -> Iterator[Row]:
    """Exceptions and motions for which one person has signed, and this one may be the second."""
    words = scene.voice.words
    for entry, claim in scene.signing:
        press = Press(case=entry.id, choice=claim.id)
        moved = claim.kind is DecisionKind.motion
        acts = (Action.SECOND_MOTION, Action.OPPOSE_MOTION) if moved else CLAIMED
        row = [
            _act(scene, act, words.label(f"button.{act.value}"), press, named(scene, entry)) for act in acts
        ]
        yield [_row(scene, "signing", entry, claim), b.actions(row)]


def _measuring(scene: Home) -> Iterator[Row]:
    label = scene.voice.words.label("button.give_readings")
    for entry in scene.measuring:
        button = _act(scene, Action.GIVE_READINGS, label, Press(case=entry.id), named(scene, entry))
        yield [_row(scene, "measuring", entry), b.actions([button])]


def _reviewing(scene: Home) -> Iterator[Row]:
    for each in scene.reviewing:
        text, row = review_ask(each)
        yield [b.section(text), b.actions(row) if row else None]


def _bound(scene: Home) -> Iterator[Row]:
    """Conditions that this person has to show as met."""
    words = scene.voice.words
    for each in scene.bound:
        late = each.due is not None and each.due < scene.day
        facts = {"text": each.text, "due": each.due, "late": late, "unmet": each.unmet}
        page = words.page("home_row", title=named(scene, each.use), entry=each.use, **facts)
        button = _act(
            scene,
            Action.FULFIL,
            words.label("button.fulfil"),
            Press(case=each.use.id),
            named(scene, each.use),
        )
        yield [b.section(page["bound"], button)]


def _snoozed(scene: Home) -> Iterator[Row]:
    words = scene.voice.words
    for each in scene.snoozed:
        facts = {"kind": each.errand.partition(":")[0], "until": each.until, "reason": each.reason}
        page = words.page("home_row", title=named(scene, each.use), entry=each.use, **facts)
        yield [b.section(page["snoozed"], _details(scene, each.use))]


DRAWN: Mapping[str, Callable[[Home], Iterator[Row]]] = {
    **{name: partial(_entries, name) for name in ("waiting", "uses", "drafts", "requests", "usable")},
    "referred": _referred,
    "signing": _signing,
    "looking": looking_rows,
    "reviewing": _reviewing,
    "measuring": _measuring,
    "bound": _bound,
    "snoozed": _snoozed,
    "joined": joined_rows,
    "incidents": incident_rows,
    "reported": reported_rows,
}


def named(scene: Home, entry: Entry) -> str:
    """What it is called wherever there is little room."""
    return cut(one_line(entry.title or entry.tool_name), 120) or scene.voice.words.label("entry.untitled")


def _row(scene: Home, name: str, entry: Entry, said: Decision | None = None, *, number: int = 0) -> b.Block:
    """`said`: what a second person is to confirm; `number`: of what is asked of them."""
    words, signed = scene.voice.words, said.signatures[0] if said else None
    people = scene.deciders.get(entry.id, ())
    page = words.page(
        "home_row",
        title=named(scene, entry),
        entry=entry,
        status=words.line(f"status.{entry.standing}"),
        taken=scene.voice.mention(scene.held[entry.id]) if entry.id in scene.held else "",
        yours=scene.held.get(entry.id) == scene.reader,
        who=words.listed((scene.voice.mention(p) for p in people), "or") if 0 < len(people) <= 2 else "",
        several=entry.id in scene.several,
        whose=scene.voice.mention(entry.requester)
        if entry.requester and entry.requester != scene.reader
        else "",
        declined=entry.status is Status.declined,
        in_use=entry.status in IN_USE,
        review_late=entry.review_on is not None and entry.review_on < scene.day,
        first=scene.early.get(entry.id, ""),
        todo=todo_line(words, *todo) if (todo := scene.todo.get(entry.id)) and todo[1] else "",
        signed=scene.voice.mention(signed.person) if signed else "",
        matter=matter_of(said)[0].value if said and said.kind is DecisionKind.motion else "",
        role=words.line(f"role_name.{signed.role}") if signed else "",
        asked_as=words.line(f"role.{as_role}") if (as_role := scene.asked_as.get((entry.id, number))) else "",
        late=entry.due_at is not None and entry.due_at < scene.now and entry.status in WAITING,
        by=scene.voice.mention(entry.requester)
        if entry.requester and name in ("waiting", "referred")
        else "",
    )
    return b.section(page[name], _details(scene, entry, name))


def _details(scene: Home, entry: Entry, name: str = "") -> b.Element:
    action, key = (Action.RESUME, "continue") if name == "drafts" else (Action.HOME_SHOW, "details")
    words = scene.voice.words
    return b.button(
        action,
        words.label(f"button.{key}"),
        to_value(Press(case=entry.id)),
        spoken=words.label(f"spoken.{key}", what=named(scene, entry)),
    )


def _further(scene: Home, name: str, entry: Entry) -> b.Block | None:
    """What can be done next, where that is more than to look at it or to go on."""
    words, title = scene.voice.words, named(scene, entry)
    anew = name in ("usable", "uses") or entry.status is Status.declined
    acts = [*scene.acts.get(entry.id, ())] if name != "usable" else []
    row = [_act(scene, act, words.label(f"button.{act.value}"), Press(case=entry.id), title) for act in acts]
    if anew and entry.tool_id:
        label = words.label("button.ask_anew" if name == "requests" else "button.ask_for_more")
        row.append(_act(scene, Action.HOME_START, label, Press(case="", choice=entry.tool_id), title))
    return b.actions(row) if row else None


def _act(scene: Home, act: Action, label: str, press: Press, title: str) -> b.Element:
    spoken = scene.voice.words.label("spoken.act", act=label, what=title)
    return b.button(act, label, to_value(press), spoken=spoken)
