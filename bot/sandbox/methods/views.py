"""The views.* methods."""

from __future__ import annotations

import json

from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call
from bot.sandbox.state import Workspace
from bot.sandbox.viewcheck import refuse_bad_view
from bot.sandbox.views import View


def accept(ws: Workspace, view: object, kind: str) -> Json:
    """A checked copy of a view, with ids for the blocks that have none."""
    content: Json = json.loads(json.dumps(refuse_bad_view(view, kind)))
    ws.name_blocks(content["blocks"])
    return content


def open_(call: Call) -> Json:
    """Show a modal to the person who caused the trigger."""
    content = accept(call.ws, call.args.get("view"), "modal")
    trigger = call.ws.permits.check_trigger(call.args.get("trigger_id"))
    view = call.ws.views.open(trigger.user, content)
    trigger.used = True
    return _shown(call, view)


def push(call: Call) -> Json:
    """Lay a modal over the one in which the trigger was caused."""
    content = accept(call.ws, call.args.get("view"), "modal")
    trigger = call.ws.permits.check_trigger(call.args.get("trigger_id"))
    view = call.ws.views.push(trigger.user, content)
    trigger.used = True
    return _shown(call, view)


def update(call: Call) -> Json:
    """Exchange the content of an open view."""
    if not call.text("view_id") and not call.text("external_id"):
        raise Refusal("invalid_arguments", "neither view_id nor external_id")
    view = call.ws.views.find(call.text("view_id"), call.text("external_id"))
    content = accept(call.ws, call.args.get("view"), str(view.content["type"]))
    return _shown(call, call.ws.views.update(view, content, call.text("hash")))


def publish(call: Call) -> Json:
    """Show a Home tab to one person."""
    content = accept(call.ws, call.args.get("view"), "home")
    user = call.person("user_id").id
    return _shown(call, call.ws.views.publish(user, content, call.text("hash")))


def _shown(call: Call, view: View) -> Json:
    call.ws.changed("home" if view.content["type"] == "home" else "view", to=view.user)
    return {"view": call.ws.views.payload(view)}


METHODS = {"views.open": open_, "views.push": push, "views.update": update, "views.publish": publish}
