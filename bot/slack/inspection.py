"""Looks at Slack as it is set up for us: token, scopes, channel, people. Trouble is an answer too."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

_CODE = re.compile(r"[a-z][a-z0-9_]*")
_quiet = logging.getLogger("steward.inspection")
_quiet.setLevel(logging.CRITICAL)  # what goes wrong is a finding here, not a line in the log

SECONDS = 10
"""How long one question may take."""


class Answer(NamedTuple):
    """`problem` is Slack's error code, or a sentence where Slack was not reached; empty if all went well."""

    body: Mapping[str, Any]
    headers: Mapping[str, str]
    problem: str = ""
    reached: bool = True

    @property
    def lacks_method(self) -> bool:
        """Servers that only resemble Slack do not know every method."""
        return self.problem in ("unknown_method", "method_not_supported", "not_implemented")


class Channel(NamedTuple):
    name: str
    archived: bool
    member: bool
    shared: bool
    private: bool


class Person(NamedTuple):
    name: str
    deleted: bool
    bot: bool
    guest: bool


class Inspection:
    def __init__(self, token: str, base_url: str) -> None:
        self._client = WebClient(
            token=token, base_url=base_url, timeout=SECONDS, retry_handlers=[], logger=_quiet
        )

    def ask(self, method: str, **values: str) -> Answer:
        try:
            response = self._client.api_call(method, data=values)
        except SlackClientError as error:
            return _refused(error)
        except (OSError, ValueError) as error:
            return Answer({}, {}, problem=str(getattr(error, "reason", "") or error), reached=False)
        body = response.data if isinstance(response.data, dict) else {}
        return Answer(body, _lower(response.headers))

    def channel(self, id_: str) -> tuple[Answer, Channel | None]:
        answer = self.ask("conversations.info", channel=id_)
        found = answer.body.get("channel")
        if answer.problem or not isinstance(found, Mapping):
            return answer, None
        return answer, Channel(
            name=str(found.get("name") or id_),
            archived=bool(found.get("is_archived")),
            member=bool(found.get("is_member", True)),
            shared=is_shared(found),
            private=bool(found.get("is_private")),
        )

    def person(self, id_: str) -> tuple[Answer, Person | None]:
        answer = self.ask("users.info", user=id_)
        found = answer.body.get("user")
        if answer.problem or not isinstance(found, Mapping):
            return answer, None
        return answer, Person(
            name=str(found.get("real_name") or found.get("name") or id_),
            deleted=bool(found.get("deleted")),
            bot=bool(found.get("is_bot")),
            guest=bool(
                found.get("is_restricted") or found.get("is_ultra_restricted") or found.get("is_stranger")
            ),
        )

    def group(self, id_: str) -> tuple[Answer, tuple[str, ...]]:
        answer = self.ask("usergroups.users.list", usergroup=id_)
        users = answer.body.get("users")
        return answer, tuple(map(str, users)) if isinstance(users, list) else ()


def scopes(answer: Answer) -> frozenset[str] | None:
    """What the token was given; None where the server does not say."""
    told = answer.headers.get("x-oauth-scopes")
    return None if told is None else frozenset(part.strip() for part in told.split(",") if part.strip())


def their_clock(answer: Answer) -> datetime | None:
    """The moment at which the server says it answered."""
    try:
        found = parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


def _refused(error: SlackClientError) -> Answer:
    """An answer with `ok: false`, or one that was no answer of Slack's at all."""
    response = getattr(error, "response", None)
    body = getattr(response, "data", None)
    if isinstance(body, dict) and _CODE.fullmatch(str(body.get("error"))):
        return Answer(body, _lower(getattr(response, "headers", None)), problem=str(body["error"]))
    return Answer({}, {}, problem="what answers there is not Slack", reached=False)


def _lower(headers: Mapping[str, Any] | None) -> dict[str, str]:
    found = {}
    for name, value in (headers or {}).items():
        found[name.lower()] = str(value[0] if isinstance(value, list) and value else value)
    return found


def is_shared(channel: Mapping[str, object]) -> bool:
    """With another organisation, or about to be."""
    return any(channel.get(name) for name in ("is_ext_shared", "is_pending_ext_shared"))
