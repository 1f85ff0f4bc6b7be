"""A Slack that takes what Slack would take, and keeps all that left the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.sandbox.blockcheck import refuse_bad_blocks
from bot.sandbox.viewcheck import refuse_bad_view


@dataclass(frozen=True)
class Sent:
    """One call that says something: to one person (`user`), or to all who read `channel`."""

    method: str
    content: dict[str, Any]
    user: str = ""
    channel: str = ""


class Slack(WebClient):
    """`dms` and `channels`: where it can be spoken; triggers are always in time, and name their person."""

    def __init__(
        self, bot: str, channels: set[str], dms: dict[str, str], groups: dict[str, list[str]]
    ) -> None:
        super().__init__(token="xoxb-hostile", retry_handlers=[])
        self.bot, self.channels, self.dms, self.groups = bot, channels, dms, groups
        self.sent: list[Sent] = []
        self.presser = ""
        self._moments = count(1)

    def api_call(self, api_method: str, **told: Any) -> Any:
        given: dict[str, Any] = {**(told.get("params") or {}), **(told.get("json") or {})}
        answer = self._answer(api_method, given)
        response = SlackResponse(
            client=self,
            http_verb="POST",
            api_url=api_method,
            req_args={},
            data=answer,
            headers={},
            status_code=200,
        )
        if not answer["ok"]:
            raise SlackApiError(answer["error"], response)
        return response

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        match method:
            case "auth.test":
                return {"ok": True, "user_id": self.bot}
            case "usergroups.users.list":
                users = self.groups.get(given["usergroup"])
                return (
                    {"ok": False, "error": "no_such_subteam"}
                    if users is None
                    else {"ok": True, "users": users}
                )
            case "conversations.open":
                channel = self.dms.setdefault(given["users"], f"D{given['users']}")
                return {"ok": True, "channel": {"id": channel}}
            case "conversations.history" | "conversations.replies":
                return {"ok": True, "messages": []}
            case "views.open" | "views.push" | "views.publish" | "views.update":
                refuse_bad_view(given["view"], given["view"]["type"])
                self.sent.append(Sent(method, given["view"], user=given.get("user_id") or self.presser))
                return {"ok": True}
            case "chat.postMessage" | "chat.postEphemeral" | "chat.update" | "chat.delete":
                return self._chat(method, given)
        return {"ok": False, "error": "unknown_method"}

    def _chat(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        of = {channel: user for user, channel in self.dms.items()}
        channel = self.dms.get(given["channel"], given["channel"])
        if channel not in self.channels and channel not in of:
            return {"ok": False, "error": "channel_not_found"}
        if method != "chat.delete":
            assert given["text"].strip(), given
            refuse_bad_blocks(given.get("blocks") or [])
            content = {"text": given["text"], "blocks": given.get("blocks") or []}
            self.sent.append(Sent(method, content, given.get("user") or of.get(channel, ""), channel))
        return {"ok": True, "ts": f"1800000000.{next(self._moments):06}", "channel": channel}


def texts(part: Any) -> Iterator[str]:
    """Everything in it that is text, wherever it stands."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)
