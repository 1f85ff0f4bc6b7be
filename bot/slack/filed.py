"""A file of an organisation's own rules, sent to us in a direct message by somebody who may propose them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import fetching, ruling
from bot.slack.front import Front
from bot.slack.payloads import Who, plain
from store import outbox
from store.owed import INTERACTIVE
from triage import proposing
from triage.outcome import Refused
from triage.own import LONGEST_FILE

NAMES = (".yaml", ".yml")
MOST_BYTES = 4 * LONGEST_FILE
"""More than any file that is read to its end; characters beyond ASCII take up to four."""


def taken(front: Front, event: Mapping[str, Any], *, team: str) -> bool:
    """Whether it was such a file; everything else is left to who hears words."""
    file = next((each for each in event.get("files") or () if _is_rules(each)), None)
    if file is None:
        return False
    person, channel, ts = front.person(Who(team, str(event["user"]))), str(event["channel"]), str(event["ts"])
    try:
        proposing.check_may(person, front.desk(actor=person))
    except Refused:
        return False  # a file of whoever it may be, sent for whatever reason
    key, place = f"file:{channel}:{ts}", front.directory.place(channel, kind="dm", person=person)
    answer = _proposed(front, person, file, plain(str(event.get("text") or "")), key)
    said = {"text": answer, "thread": str(event.get("thread_ts") or ts)}
    now = front.office.now()
    front.once(
        f"told:{key}",
        lambda s: outbox.put(s, kind="post", place_id=place, payload=said, priority=INTERACTIVE, now=now),
    )
    return True


def _is_rules(file: Any) -> bool:
    return isinstance(file, dict) and str(file.get("name") or "").lower().endswith(NAMES)


def _proposed(front: Front, person: str, file: Mapping[str, Any], reason: str, key: str) -> str:
    """What there is to say of it; the words beside the file are the reason."""
    words = front.words
    text = fetched(front, str(file.get("url_private_download") or file.get("url_private") or ""))
    if text is None:
        return words.line("rules.unread")
    found = ruling.examined(front, text)
    if found.problems:
        return words.line("rules.faults", faults=ruling.told(found))
    try:
        return ruling.propose(front, text, found, person, reason, key=key)
    except Refused as refusal:
        about = "rules.reason_beside" if refusal.key == "rules_reason" else f"refusal.{refusal.key}"
        return words.line(about)


def fetched(front: Front, address: str) -> str | None:
    """The file's text; None where Slack does not give it to us, or it is none."""
    try:
        raw = fetching.fetched(front.client, address, MOST_BYTES)
        return None if raw is None else raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
