"""What waits for somebody on an entry of the management system, in one line."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.scene import Voice
from bot.words import Words
from store.aims_nudging import Told
from triage.aims.acknowledging import ACKNOWLEDGE
from triage.aims.barring import barred_since, many
from triage.aims.entry import Entry
from triage.aims.training import CONFIRM, KIND, TRAIN
from triage.desk import Desk

PREPARED = ("milestone", "stage")


class OfEntry(NamedTuple):
    """`title`: "" where its kind says it all; `holder`: who answers for it, where that is one person.

    `about`: of a certification, what has to be ready or what is held.
    `due`: of a version that waits for a yes, since when.
    """

    kind: str
    title: str
    ref: str
    errand: str
    waits: bool
    due: date | None
    late: bool
    because: str
    holder: str
    gone: bool
    away: bool
    id: str = ""
    about: str = ""
    others: date | None = None
    """Of a training, from which day on others decide in their place."""


def of_entry(told: Told, desk: Desk) -> OfEntry:
    entry, due, holder = told.entry, told.errand, told.said.holder
    return OfEntry(
        kind=entry.kind,
        title=entry.title or entry.name,
        ref=entry.ref,
        errand=told.said.errand.partition(":")[0],
        about=told.said.errand.partition(":")[2].partition(".")[0],
        waits=due is not None,
        due=(_since(entry) if due.kind == "approval" else due.due) if due else None,
        late=due is not None and due.due < desk.day,
        because=told.said.because,
        holder=holder,
        gone=bool(holder) and desk.staff(holder).gone,
        away=bool(holder) and desk.away(holder) is not None,
        id=entry.id,
        others=_others(told, desk),
    )


def _others(told: Told, desk: Desk) -> date | None:
    entry, due, person = told.entry, told.errand, told.said.entry.rpartition("|")[2]
    if due is None or entry.kind != KIND or due.about == CONFIRM:
        return None
    decides = any(desk.holds(person, role) for role in many(entry, "roles"))
    return barred_since(entry, due.due) if decides else None


def _since(entry: Entry) -> date:
    waiting = entry.proposed
    return waiting.at.date() if waiting is not None else date.min


def line(voice: Voice, each: OfEntry) -> Mrkdwn:
    facts = each._asdict() | {
        "kind": voice.words.label(f"aims_kind.{each.kind}"),
        "holder": voice.mention(each.holder) if each.holder else "",
        "day": voice.words.day(each.due) if each.due else "",
        "others": voice.words.day(each.others) if each.others else "",
        "about": voice.words.label(f"aims.{each.errand}.{each.about}") if each.errand in PREPARED else "",
    }
    return voice.words.page("entry_waits", **facts)["line"]


def buttons(words: Words, each: OfEntry, number: int) -> list[b.Element]:
    """What is done there and then; the rest is on Home."""
    if each.waits and each.errand == TRAIN:
        press = to_value(Press(case="", choice=each.id))
        if each.about == CONFIRM:
            return [b.button(Action.TRAINED, words.label("training.who"), press, number=number)]
        return [b.button(Action.TRAINING_DID, words.label("training.did"), press, number=number)]
    if not each.waits or each.errand != ACKNOWLEDGE:
        return []
    press = to_value(Press(case="", turn=int(each.about), choice=each.id))
    return [b.button(Action.READ_POLICY, words.label("ack.read"), press, number=number, style="primary")]
