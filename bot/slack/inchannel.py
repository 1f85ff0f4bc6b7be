"""Questions asked in a channel: by mention, or in plain words where that is switched on. Others read the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import asking, called, visiting
from bot.slack.discussing import SCOPES
from bot.slack.front import Front
from bot.slack.hearing import without_mention
from bot.slack.message import Message
from bot.slack.payloads import Who, plain
from bot.slack.threads import post
from bot.slack.verbs import CAN
from intake.sentence import read
from store.inbox import Arrived
from triage.outcome import Refused

LONGEST = 300
"""Characters of a question in plain words; a longer message is about something else as well."""


def mentioned(front: Front, arrived: Arrived, event: Mapping[str, Any], *, team: str) -> None:
    """In the thread of the message; where people of other organisations read along, to whoever asked alone."""
    person = front.person(Who(team, str(event["user"])))
    channel, words = str(event["channel"]), without_mention(str(event.get("text", "")))
    apart = front.shared(channel)
    try:
        visiting.note(front, person, f"message {CAN}", "", key=arrived.key)
        told = called.can_i(front, person, words, brief=not apart)
    except Refused as refusal:
        text = front.refused(refusal, person, wish="can", case="", key=arrived.key)
        thread = str(event["thread_ts"]) if event.get("thread_ts") else None
        front.tell(person, text, channel=channel, thread=thread, key=f"refusal:{arrived.key}")
        return
    if apart:
        asking.show(front, person, told, channel=None, thread=None, key=arrived.key)
        text = front.words.line("may_i.answered_apart")
        front.tell(person, text, channel=channel, key=f"apart:{arrived.key}")
    else:
        _below(front, event, told, arrived.key)


def is_question(front: Front, body: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether plain words in a channel ask if one known tool may be used, where the organisation switched this on.

    Looked at at the door, so that nothing of any other message is stored.
    """
    channel, kind = str(event.get("channel")), str(event.get("channel_type"))
    if channel not in front.office.config.channels.questions or event.get("type") != "message":
        return False
    text = str(event.get("text") or "")
    if event.get("subtype") or event.get("thread_ts") or not 0 < len(text) <= LONGEST:
        return False
    ours = {str(told.get("user_id")) for told in body.get("authorizations") or () if told.get("is_bot")}
    if any(f"<@{each}" in text for each in (*ours, front.directory.us())):
        return False  # it is answered as a mention
    reading = read(plain(text), front.office.library.catalogue)
    if reading.intent != "can_i" or reading.tool.kind != "one":
        return False
    return SCOPES.get(kind) in front.granted() and not front.shared(channel)


def asked(front: Front, arrived: Arrived, event: Mapping[str, Any], *, team: str) -> None:
    """Who is no colleague was not asked to ask here, and hears nothing."""
    person = front.person(Who(team, str(event["user"])))
    told = called.can_i(front, person, str(event.get("text", "")), brief=True)
    _below(front, event, told, arrived.key)


def _below(front: Front, event: Mapping[str, Any], told: Message, key: str) -> None:
    place = front.directory.place(str(event["channel"]))
    thread = str(event.get("thread_ts") or event["ts"])
    post(front, place, thread, told.text, told.blocks, f"channel:{key}")
