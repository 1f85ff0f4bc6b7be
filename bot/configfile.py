"""Reads steward.yaml, and single settings, with every fault at once: file, line, field and what mends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.configvalues import Reader, address, count, models, path, short, words
from intake.source import Damaged, Entry, Faults, did_you_mean, read_file
from triage.aims.suppliers import NAME as SUPPLIER
from triage.digested import DAYS, NEVER
from triage.policies import OPTIONAL, SECTORS, STANDARD
from triage.retention import kinds
from triage.roles import ROLES
from triage.schemes import ASKED, TASKED

REGIONS = ("eu", "uk", "us", "canada", "other")

_PERSON = re.compile(r"[UW][A-Z0-9]{2,20}")
_GROUP = re.compile(r"S[A-Z0-9]{2,20}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,20}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_EMOJI = re.compile(r"[a-z0-9_'+-]{1,100}")
_HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def read_seed(path: Path) -> dict[str, Any]:
    """What the file states, flat by key; raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(path, faults)
    found = _read(entry, faults) if entry else {}
    faults.stop_if_any()
    return found


def read_value(key: str, value: Any) -> Any:
    """One setting as it stands in the database, in the same words as in the file; raises Damaged."""
    faults = Faults()
    read = KEYS[key](_entry(value, key), faults)
    faults.stop_if_any()
    return read


def _read(entry: Entry, faults: Faults) -> dict[str, Any]:
    folders = {key.partition(".")[0] for key in KEYS if "." in key}
    found: dict[str, Any] = {}
    for name, below in entry.fields(faults, allowed=_names("")).items():
        if name not in folders:
            found[name] = KEYS[name](below, faults)
        elif below.value is not None:
            for field, at in below.fields(faults, allowed=_names(f"{name}.")).items():
                found[f"{name}.{field}"] = KEYS[f"{name}.{field}"](at, faults)
    return found


def _names(prefix: str) -> tuple[str, ...]:
    """The names that may stand at one level of the file."""
    return tuple(
        dict.fromkeys(k.removeprefix(prefix).partition(".")[0] for k in KEYS if k.startswith(prefix))
    )


def _entry(value: Any, key: str) -> Entry:
    """A plain value as if it stood in a file; tuples and lists alike."""
    if isinstance(value, Mapping):
        return Entry("database", 1, "", key, {str(k): _entry(v, f"{key}.{k}") for k, v in value.items()})
    if isinstance(value, list | tuple):
        return Entry("database", 1, "", key, [_entry(item, f"{key}.{n}") for n, item in enumerate(value, 1)])
    return Entry("database", 1, "", key, value)


def _holders(entry: Entry, faults: Faults) -> tuple[str, ...]:
    """People and groups; nothing there means nobody."""
    if entry.value is None or entry.value == []:
        return ()
    items = entry.value if isinstance(entry.value, list) else [entry]
    return tuple(dict.fromkeys(holder for item in items if (holder := _holder(item, faults))))


def _holder(entry: Entry, faults: Faults) -> str:
    if isinstance(entry.value, dict):
        group = entry.fields(faults, needed=("group",)).get("group")
        return _id(group, faults, _GROUP, "a user group", "its id: S and more") if group else ""
    text = entry.value if isinstance(entry.value, str) else ""
    if _GROUP.fullmatch(text):
        return text
    return _id(entry, faults, _PERSON, "a person", "the member id from the person's profile: U or W and more")


def _id(entry: Entry, faults: Faults, form: re.Pattern[str], what: str, write: str) -> str:
    before = len(faults.found)
    text = entry.text(faults)
    if len(faults.found) == before and not form.fullmatch(text):
        faults.add(entry, f"`{text[:60]}` is not the id of {what}", f"Write {write}, in capital letters.")
        return ""
    return text


def _channel(entry: Entry, faults: Faults) -> str | None:
    if entry.value is None:
        return None
    write = "its id from the foot of the channel's details: C or G and more"
    return _id(entry, faults, _CHANNEL, "a channel", write) or None


def _channels(entry: Entry, faults: Faults) -> tuple[str, ...]:
    """Several; nothing there means none."""
    if entry.value is None or entry.value == []:
        return ()
    items = entry.value if isinstance(entry.value, list) else [entry]
    return tuple(dict.fromkeys(channel for item in items if (channel := _channel(item, faults))))


def _unit_channels(entry: Entry, faults: Faults) -> tuple[str, ...]:
    """Each as its channel and the name of the unit behind it, in the order of the file."""
    if entry.value is None or entry.value == [] or entry.value == {}:
        return ()
    if isinstance(entry.value, list):
        found = [text.partition(" ") for text in entry.texts(faults)]
        pairs = [(channel, unit.strip()) for channel, _, unit in found]
        if any(not _CHANNEL.fullmatch(channel) or not unit for channel, unit in pairs):
            faults.add(
                entry, "does not name a channel and a unit", "Write the unit, a colon, and the channel's id."
            )
        return tuple(f"{channel} {unit}" for channel, unit in pairs)
    if not isinstance(entry.value, dict):
        faults.add(
            entry, "does not name a channel for each unit", "Write the unit, a colon, and the channel's id."
        )
        return ()
    read = {unit.strip(): _channel(below, faults) for unit, below in entry.value.items()}
    return tuple(f"{channel} {unit}" for unit, channel in read.items() if channel and unit)


def _regions(entry: Entry, faults: Faults) -> tuple[str, ...]:
    found = words(entry, faults)
    for word in found:
        if word not in REGIONS:
            faults.add(entry, f"`{word[:60]}` is not a region", did_you_mean(word, REGIONS))
    return found


CHOSEN = (
    *(name for name in OPTIONAL if name not in SECTORS),
    *(name for name in ASKED if name not in TASKED),
    SUPPLIER,
)
"""What somebody switches on; a questionnaire by which a task is done comes with the policy that asks for it."""


def _policies(entry: Entry, faults: Faults) -> tuple[str, ...]:
    """Those that are always on may be named too."""
    found = words(entry, faults)
    for word in found:
        if word in SECTORS:
            mend = "Propose it in Slack: Management system, Sector packs; somebody else says yes."
            faults.add(entry, f"`{word}` is a sector pack, and no setting", mend)
        elif word not in (*STANDARD, *CHOSEN):
            faults.add(entry, f"`{word[:60]}` is not a policy", did_you_mean(word, CHOSEN))
    return tuple(word for word in CHOSEN if word in found)


def _flag(entry: Entry, faults: Faults) -> bool | None:
    return None if entry.value is None else entry.flag(faults)


def _text(entry: Entry, faults: Faults) -> str | None:
    """Text that reads like a list or a flag would be proven alike, see store/settings.py."""
    if entry.value is None:
        return None
    text = short(entry, entry.text(faults).strip(), faults)
    if text[:1] in tuple("[{") or text in ("True", "False", "None"):
        faults.add(entry, f"`{text[:60]}` is no text here", "Begin it with a word.")
    return text


def _language(entry: Entry, faults: Faults) -> str:
    return _matching(entry, faults, _LANGUAGE, "a language", "Write its short code, such as en or de.")


def _country(entry: Entry, faults: Faults) -> str | None:
    mend = 'Write its two letters in capitals and quotation marks, such as "DE" or "NO".'
    return None if entry.value is None else _matching(entry, faults, _COUNTRY, "a country", mend)


def _zone(entry: Entry, faults: Faults) -> str:
    before = len(faults.found)
    text = entry.text(faults)
    if len(faults.found) == before and text not in _zones():
        mend = did_you_mean(text, _zones())
        faults.add(
            entry, f"`{text[:60]}` is not a time zone", mend if len(mend) < 80 else "Write Europe/Berlin."
        )
    return text


def _digest_day(entry: Entry, faults: Faults) -> str | None:
    if entry.value is None:
        return None
    word = entry.text(faults).strip().lower()
    if isinstance(entry.value, str) and word not in (*DAYS, NEVER):
        faults.add(entry, f"`{word[:60]}` is not a day of the week", did_you_mean(word, (*DAYS, NEVER)))
    return word


def _hour(entry: Entry, faults: Faults) -> str | None:
    mend = 'Write hours and minutes in quotation marks, such as "09:00".'
    return None if entry.value is None else _matching(entry, faults, _HOUR, "a time of day", mend)


def _emoji(entry: Entry, faults: Faults) -> str | None:
    if entry.value is None:
        return None
    mend = "Write it as Slack calls it between colons, like pushpin."
    return _matching(entry, faults, _EMOJI, "the name of an emoji", mend)


def _digest_zone(entry: Entry, faults: Faults) -> str | None:
    return None if entry.value is None else _zone(entry, faults)


@cache
def _zones() -> frozenset[str]:
    """Once: they are gathered from hundreds of files, and settings are read again every few seconds."""
    return frozenset(available_timezones())


def _matching(entry: Entry, faults: Faults, form: re.Pattern[str], what: str, mend: str) -> str:
    before = len(faults.found)
    text = entry.text(faults)
    if len(faults.found) == before and not form.fullmatch(text):
        faults.add(entry, f"`{text[:60]}` is not {what}", mend)
    return text


KEYS: Mapping[str, Reader] = {
    "channels.governance": _channel,
    "channels.incidents": _channel,
    "channels.units": _unit_channels,
    "channels.questions": _channels,
    "channels.hints": _channels,
    **{f"roles.{role}": _holders for role in ROLES},
    "organisation.regions": _regions,
    "organisation.public_body": _flag,
    "organisation.sector": _text,
    "organisation.works_council": _flag,
    "organisation.units": words,
    "policies": _policies,
    "tools.settled": words,
    "incidents.speak_up": _text,
    "incidents.outside": _text,
    "incidents.reaction": _emoji,
    "sightings.people": _flag,
    "language": _language,
    "timezone": _zone,
    "country": _country,
    "deputies": _flag,
    "digest.day": _digest_day,
    "digest.time": _hour,
    "digest.zone": _digest_zone,
    "hours.begin": _hour,
    "hours.end": _hour,
    **{f"retention.{each.id}": count(*each.bounds) for each in kinds() if each.bounds},
    "anchor.channel": _channel,
    "anchor.file": path,
    "anchor.tsa": address,
    "anchor.tsa_root": path,
    "model.use": models,
    "model.confidential": _flag,
    "model.seconds": count(1, 300),
    "model.tokens": count(1, 1_000_000_000),
}
"""Every setting and how it is read; also the keys under which they are kept."""

__all__ = ["KEYS", "REGIONS", "ROLES", "Damaged", "read_seed", "read_value"]
