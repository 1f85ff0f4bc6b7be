"""Payloads with something wrong in them: keys gone, other types, foreign ids, values in each other's places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from bot.slack.ids import Action
from tests.hostile.recording import GUS, MEG, OLD, VIC, WINDOWS, Payload
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM

PEOPLE = (ANA, BEN, CLEO, DAN, EVE, GUS, OLD, MEG, VIC, "U0NOBODY", "W0OTHER", "U0BOT", "USLACKBOT")
HOSTILE = (
    "<!channel> <@U0EVIL> <https://evil.example|bank> \u202egnp\u2066 \x1b[31m\x00 \ud83d =cmd|'/c'!A1 {{7*7}} "
    "'; DROP TABLE use;-- </script> `x` \u009b31m"
)
JUNK: tuple[Any, ...] = (
    None, "", 0, -1, 2**70, 1.5, True, False, [], {}, [None], [[]], [{}], {"id": None}, {"id": {}}, {"value": 7}, "x",
    "||||", "0|0|0|0", "a|1|b|c", "null", "x" * 20_000, HOSTILE, "\ud83d", "\x00", "-", "unsure", "nobody", "Infinity",
    "9" * 400, "1e999", "²", {"*": {"*": {}}}, [["x"] * 50] * 50,
)  # fmt: skip


def deep() -> Any:
    """Made anew each time: what is put in is changed again."""
    made: Any = "x"
    for _ in range(400):
        made = [made]
    return made


Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Change:
    """What is done, where, and with what; the numbers choose among what is there."""

    kind: str
    where: int
    what: int


KINDS = (
    "drop",
    "junk",
    "deep",
    "swap",
    "person",
    "team",
    "channel",
    "case",
    "version",
    "action",
    "window",
    "other",
    "add",
)
CHANGES = st.lists(
    st.builds(Change, st.sampled_from(KINDS), st.integers(0, 400), st.integers(0, 400)),
    min_size=0,
    max_size=4,
)


@dataclass(frozen=True)
class Bench:
    """What there is to put in: other payloads, cases, channels."""

    payloads: Sequence[Payload]
    cases: Sequence[str]
    channels: Sequence[str]


def mutated(payload: Payload, changes: Sequence[Change], bench: Bench) -> Payload:
    body = copy.deepcopy(payload)
    for change in changes:
        _apply(body, change, bench)
    return body


def _apply(body: Payload, change: Change, bench: Bench) -> None:
    match change.kind:
        case "drop":
            _put(body, change.where, _nothing)
        case "junk":
            _put(body, change.where, lambda _: copy.deepcopy(_of(JUNK, change.what)))
        case "deep":
            _put(body, change.where, lambda _: deep())
        case "add":
            _put(
                body,
                change.where,
                lambda old: old | {"text": HOSTILE} if isinstance(old, dict) else [old, copy.copy(old)],
            )
        case "swap":
            there = list(paths(body))
            if len(there) > 1:
                one, other = _of(there, change.where), _of(there, change.what)
                taken = copy.deepcopy(_at(body, one))
                _set(body, one, copy.deepcopy(_at(body, other)))
                if _has(body, other):
                    _set(body, other, taken)
        case "other":
            other = _of(bench.payloads, change.what)
            name = _of(sorted(map(str, other)), change.where)
            body[name] = copy.deepcopy(other[name])
        case _:
            _put_id(body, change, bench)


def _put_id(body: Payload, change: Change, bench: Bench) -> None:
    """Another id where one of its kind stands."""
    person, case = _of(PEOPLE, change.what), _of(bench.cases, change.what)
    channel, action = _of(bench.channels, change.what), _of(tuple(Action), change.what).value
    match change.kind:
        case "person":
            for holder, name in ((body.get("user"), "id"), (body, "user_id"), (body.get("event"), "user")):
                if isinstance(holder, dict) and name in holder:
                    holder[name] = person
        case "team":
            team = _of(("T0FOREIGN", "", "T0WORLD", TEAM.lower()), change.what)
            for holder, name in (
                (body.get("user"), "team_id"),
                (body, "team_id"),
                (body.get("event"), "user_team"),
            ):
                if isinstance(holder, dict):
                    holder[name] = team
        case "channel":
            for holder, name in (
                (body.get("channel"), "id"),
                (body, "channel_id"),
                (body.get("event"), "channel"),
            ):
                if isinstance(holder, dict) and name in holder:
                    holder[name] = channel
        case "case":
            _everywhere(body, bench.cases, case)
        case "version":
            view = body.get("view")
            if isinstance(view, dict):
                view["private_metadata"] = f"{case}|{change.where}"
        case "action":
            for pressed in body.get("actions") or []:
                if isinstance(pressed, dict):
                    pressed["action_id"] = action
        case "window":
            if isinstance(body.get("view"), dict):
                body["view"]["callback_id"] = _of(WINDOWS, change.what).value


def _everywhere(part: Any, cases: Sequence[str], case: str) -> None:
    for path in list(paths(part)):
        value = _at(part, path) if _has(part, path) else None
        if isinstance(value, str):
            for known in cases:
                if known in value:
                    _set(part, path, value.replace(known, case))


def _nothing(old: Any) -> Any:
    return _GONE


_GONE = object()


def _put(body: Payload, where: int, change: Any) -> None:
    there = list(paths(body))
    if there:
        path = _of(there, where)
        _set(body, path, change(_at(body, path)))


def paths(part: Any, before: Path = ()) -> Iterator[Path]:
    """Every place, shallow ones and those that people fill first; what nobody reads only as a whole."""
    if len(before) > 8:
        return
    items: Any = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in items:
        yield (*before, name)
        if name not in ("blocks", "authorizations"):
            yield from paths(value, (*before, name))


def _at(part: Any, path: Path) -> Any:
    for name in path:
        part = part[name]
    return part


def _has(part: Any, path: Path) -> bool:
    try:
        _at(part, path)
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _set(body: Any, path: Path, value: Any) -> None:
    holder = _at(body, path[:-1])
    if value is _GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value


def _of(items: Sequence[Any], number: int) -> Any:
    return items[number % len(items)]


CHANNELS = (CARDS, "C0ALL", "C0NOWHERE", "D0FOREIGN", "<!channel>")
