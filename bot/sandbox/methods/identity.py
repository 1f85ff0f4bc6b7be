"""Who the app is: api.test, auth.test, team.info."""

from __future__ import annotations

from bot.sandbox.errors import Json
from bot.sandbox.methods.call import Call


def api_test(call: Call) -> Json:
    """Echo the arguments."""
    return {"args": {name: value for name, value in call.args.items() if name != "token"}}


def auth_test(call: Call) -> Json:
    """Say which bot the token belongs to."""
    ws = call.ws
    return {
        "url": f"{call.base}/",
        "team": ws.team.name,
        "team_id": ws.team.id,
        "user": ws.bot.name.lower(),
        "user_id": ws.bot.user_id,
        "bot_id": ws.bot.bot_id,
        "is_enterprise_install": False,
    }


def team_info(call: Call) -> Json:
    """Describe the workspace."""
    ws = call.ws
    return {"team": {"id": ws.team.id, "name": ws.team.name, "domain": ws.team.domain, "email_domain": ""}}


METHODS = {"api.test": api_test, "auth.test": auth_test, "team.info": team_info}
