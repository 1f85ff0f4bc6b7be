"""What happens with the app's answers: bodies that ride on acknowledgements, and posts to a response_url."""

from __future__ import annotations

from bot.sandbox import saying
from bot.sandbox.delivery import Ack
from bot.sandbox.elements import SUGGESTED, choices
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.fields import Report
from bot.sandbox.methods.chat import checked_content
from bot.sandbox.methods.views import accept
from bot.sandbox.state import Workspace
from bot.sandbox.views import View

TROUBLE = "We had some trouble connecting. Try again?"


def after_submission(ws: Workspace, view: View, ack: Ack) -> None:
    """Carry out the app's answer to a submitted modal."""
    stack = ws.views.stacks.get(view.user) or []
    if view not in stack:
        return
    action = ack.payload.get("response_action")
    if action == "errors":
        view.errors = _checked_errors(view, ack.payload.get("errors"))
    elif action == "update":
        ws.views.update(view, accept(ws, ack.payload.get("view"), "modal"), None, handed_in=True)
    elif action == "push":
        ws.views.push(view.user, accept(ws, ack.payload.get("view"), "modal"))
    elif action == "clear":
        del ws.views.stacks[view.user]
    elif action is None:
        stack.remove(view)
    else:
        raise Refusal("invalid_response_action", str(action))


def after_command(ws: Workspace, user: str, channel_id: str, ack: Ack) -> None:
    """Show what the app answered to a slash command."""
    if ack.payload:
        public = ack.payload.get("response_type") == "in_channel"
        _post(ws, ack.payload, channel_id, None, None if public else user)


def offered(ack: Ack) -> list[Json]:
    """The options an app offers for what somebody typed into a menu."""
    if not ack.ok:
        return []
    report = Report()
    SUGGESTED.check(ack.payload, "", report)
    if report.messages:
        raise Refusal("invalid_options", "; ".join(report.messages), report.messages)
    return choices(ack.payload)


def respond(ws: Workspace, key: str, body: Json) -> None:
    """A post to a response_url."""
    address = ws.permits.use_address(key)
    channel = ws.channels[address.channel]
    source = channel.find(address.message_ts) if address.message_ts else None
    if body.get("delete_original"):
        if source is None:
            raise Refusal("message_not_found", "there is no original message")
        saying.delete(ws, source)
        return
    if body.get("replace_original") and source is not None:
        blocks = checked_content(body.get("text"), body.get("blocks"))
        saying.change(ws, source, text=str(body.get("text") or ""), blocks=blocks)
        return
    public = body.get("response_type") == "in_channel" and not (source and source.ephemeral_to)
    _post(ws, body, address.channel, body.get("thread_ts"), None if public else address.user)


def _post(ws: Workspace, body: Json, channel_id: str, thread_ts: str | None, to: str | None) -> None:
    blocks = checked_content(body.get("text"), body.get("blocks"))
    text = str(body.get("text") or "")
    more = {"blocks": blocks, "thread_ts": thread_ts, "ephemeral_to": to, "from_bot": True}
    saying.say(ws, ws.bot.user_id, ws.channels[channel_id], text, **more)


def _checked_errors(view: View, errors: object) -> dict[str, str]:
    if not isinstance(errors, dict) or not errors:
        raise Refusal("invalid_errors", "errors must be a map from block_id to text")
    inputs = {b["block_id"] for b in view.content["blocks"] if b["type"] == "input"}
    if strange := set(errors) - inputs:
        raise Refusal("invalid_errors", f"not input blocks of this view: {', '.join(sorted(strange))}")
    if not all(isinstance(text, str) and text for text in errors.values()):
        raise Refusal("invalid_errors", "every error is a text that says something")
    return dict(errors)
