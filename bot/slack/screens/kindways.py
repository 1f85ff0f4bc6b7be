"""What can be done with an entry of one kind only, each in a window or on a paper of its own."""

from __future__ import annotations

from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.words import Words
from triage.aims.access import ACCESS
from triage.aims.audited import AUDIT
from triage.aims.entry import Entry


def to_change(words: Words, entry: Entry) -> list[b.Element]:
    """Before what is done with every kind; a risk is weighed anew, and gets actions."""
    if entry.kind != "risk":
        return []
    press = to_value(Press(case="", choice=entry.id))
    row = [b.button(Action.RISK_WEIGH, words.label("button.risk_weigh"), press)]
    if entry.in_force is not None:
        row.append(b.button(Action.RISK_ACTION, words.label("button.risk_action"), press))
    return row


def of_what_counts(words: Words, entry: Entry, number: int, *, drafts: bool) -> list[b.Element]:
    """`number`: of the version that counts; `drafts`: whether they may write the next one."""
    row: list[b.Element] = []
    if entry.kind == "policy" and drafts:
        press = to_value(Press(case="", turn=number, choice=entry.id))
        row.append(b.button(Action.TELL_POLICY, words.label("aims.tell_policy"), press))
        row.append(b.button(Action.ASK_TO_READ, words.label("ack.ask"), press))
        row.append(b.button(Action.WHO_READ, words.label("ack.who"), press))
    if entry.kind == "training" and drafts:
        press = to_value(Press(case="", choice=entry.id))
        row.append(b.button(Action.TRAINED, words.label("training.who"), press))
    if entry.kind == ACCESS:
        press = to_value(Press(case="", choice=entry.id))
        row.append(b.button(Action.ACCESS_LOOKS, words.label("looks.open"), press))
    if entry.kind == AUDIT:
        press = to_value(Press(case="", choice=entry.id))
        row.append(b.button(Action.AUDIT_REPORT, words.label("audited.take"), press))
    return row
