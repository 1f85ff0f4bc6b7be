"""What waits for somebody's move on an approved use, in one line, with what is pressed for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.beforehand import first_of_all
from bot.slack.screens.changed import change_button
from bot.slack.screens.conditions import fulfil_button
from bot.slack.screens.facts import facts_button, missing_names
from bot.slack.screens.measured import readings_button
from bot.slack.screens.offering import owner_buttons
from bot.slack.screens.onward import keeper_buttons, part_buttons
from bot.slack.screens.patterns import renew_button
from bot.slack.screens.reviewed import review_ask
from triage.case import Status
from triage.climbing import holder_of
from triage.conditions import conditions_of
from triage.drafts import NAME as SILENCE
from triage.errands import Errand, errand
from triage.lasting import pattern_of
from triage.outcome import Say
from triage.parts import to_answer
from triage.pattern import name_of
from triage.patterning import may_propose
from triage.tasks import left
from triage.whereabouts import stage_of

OVERDUE, OWN = "overdue", "own"
BARE = frozenset({"pattern", "ended"})
"""What says nothing of the use but its reference: so also whoever may not look at it reads it."""


def of(scene: Scene, name: str) -> Errand | None:
    """As long as it waits."""
    return errand(scene.case, name, scene.desk)


def is_theirs(scene: Scene, waits: Errand) -> bool:
    """Whether it is the reader's move: whoever had it before has nothing left to do."""
    return holder_of(waits, scene.case, scene.desk) == scene.reader


def is_open(scene: Scene, say: str, name: str) -> bool:
    waits = of(scene, name)
    return waits is not None and (say == Say.overdue or is_theirs(scene, waits))


def line(scene: Scene, say: str, name: str, facts: Mapping[str, object]) -> Mrkdwn:
    """One of several; what was settled since says so."""
    if say != Say.overdue and name.startswith("review:") and is_open(scene, say, name):
        return review_ask(scene)[0]
    return scene.words.page("overdue", **_facts(scene, say, name, facts))["line"]


def buttons(scene: Scene, say: str, name: str) -> list[b.Element]:
    if name == SILENCE:
        return draft_buttons(scene)
    waits = of(scene, name)
    if waits is None or not is_open(scene, say, name):
        return []
    if waits.kind == "owner":
        return owner_buttons(scene) or [_details(scene)]
    return (_own(scene, waits) if say != Say.overdue else []) or [_details(scene)]


def _own(scene: Scene, waits: Errand) -> list[b.Element]:
    """What is pressed for it by whoever it waits for."""
    if waits.kind == "facts":
        return [button] if (button := facts_button(scene)) else []
    if waits.kind == "expiry":
        return [button] if (button := change_button(scene)) else []
    if waits.kind == "pattern":
        return [renew_button(scene)] if may_propose(scene.case, scene.reader, scene.desk) else []
    if waits.kind == "review":
        return review_ask(scene)[1]
    if waits.kind == "tasks":
        own = part_buttons(scene) if to_answer(scene.case, scene.reader) else []
        return [each for each in (*own, *keeper_buttons(scene)) if "confirm" not in each][:1]
    found = fulfil_button(scene) if waits.kind == "condition" else readings_button(scene)
    return [found] if found else []


def draft_buttons(scene: Scene) -> list[b.Element]:
    """As long as it could be handed in."""
    if scene.case.status is not Status.draft or scene.reader != scene.case.requester:
        return []
    value, label = to_value(Press(case=scene.case.id)), scene.words.label("button.resume")
    return [b.button(Action.RESUME, label, value, style="primary")]


def _details(scene: Scene) -> b.Element:
    label = scene.words.label("button.details")
    return b.button(Action.HOME_SHOW, label, to_value(Press(case=scene.case.id)))


def overdue(scene: Scene, facts: Mapping[str, object]) -> Message:
    """Of a review to whoever answers it; else for somebody beside whoever's move it is.

    `facts`: what, because, holder.
    """
    name, say = str(facts["what"]), OWN if facts.get("because") == OWN else Say.overdue
    text, row = line(scene, say, name, facts), [] if facts.get("over") else buttons(scene, say, name)
    if name == SILENCE:
        row = draft_buttons(scene)  # also once it was put aside
    return message(scene.words, text, [*b.sections(text), b.actions(row) if row else None])


def overdue_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The same below the card, for those who decide."""
    text = scene.words.page("overdue", **_facts(scene, Say.overdue, str(facts["what"]), facts))["note"]
    return message(scene.words, text, b.sections(text))


def _facts(scene: Scene, say: str, name: str, facts: Mapping[str, object]) -> dict[str, object]:
    case, waits = scene.case, of(scene, name)
    kind, _, about = name.partition(":")
    holder = str(facts.get("holder", ""))
    day = waits.due if waits else None
    return {
        "title": case.title or case.tool_name or (case.words if name == SILENCE else ""),
        "ref": case.ref or "",
        "aside": bool(case.talk and case.talk.shelved),
        "drafted": case.status is Status.draft,
        "put_aside_on": _day(scene, _ahead(scene, facts.get("put_aside_on"))),
        "missing": missing_names(scene) if waits and kind == "facts" else [],
        "alike": int(str(facts.get("alike", 0))),
        "kind": kind,
        "pattern": name_of(case.ref, pattern) if (pattern := pattern_of(case, about)) else "",
        "waits": is_open(scene, say, name),
        "late": day is not None and day < scene.desk.day,
        "day": scene.words.day(day) if day else "",
        "text": next((one.text for one in conditions_of(case) if one.id == about), ""),
        "tasks": len(left(case, scene.desk)) if waits else 0,
        "first": first_of_all(case, scene.voice, scene.desk, scene.reader) if waits else "",
        "stage": stage_of(case).value,
        "theirs": say != Say.overdue,
        "because": str(facts.get("because", "")),
        "holder": scene.voice.mention(holder) if holder else "",
        "gone": bool(holder) and scene.desk.staff(holder).gone,
        "away": bool(holder) and scene.desk.away(holder) is not None,
    }


def _ahead(scene: Scene, said: object) -> object:
    """A day that has gone by is promised no more, such as to whoever took up what was put aside on it."""
    return said if said and str(said) >= scene.desk.day.isoformat() else None


def _day(scene: Scene, said: object) -> str:
    return scene.words.day(date.fromisoformat(str(said))) if said else ""
