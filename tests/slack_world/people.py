"""Who is there, what the organisation has settled, and answers with which a request goes through."""

from __future__ import annotations

from typing import Any

ANA, BEN, CLEO, DAN, EVE = "U0ANA", "U0BEN", "U0CLEO", "U0DAN", "U0EVE"
"""An employee, a reviewer, the risk owner, another employee, and a second reviewer."""

CARDS = "G0CARDS"
TEAM = "T0WORLD"
SCOPES = (
    "app_mentions:read", "channels:read", "chat:write", "commands", "groups:read", "im:history", "im:write",
    "metadata.message:read", "users:read", "usergroups:read",
)  # fmt: skip
WORKSPACE: dict[str, Any] = {
    "team": {"id": TEAM, "name": "World", "domain": "world"},
    "bot": {"user_id": "U0BOT", "bot_id": "B0BOT", "name": "Steward", "app_id": "A0BOT"},
    "people": [
        {"id": ANA, "name": "Ana"},
        {"id": BEN, "name": "Ben"},
        {"id": CLEO, "name": "Cleo"},
        {"id": DAN, "name": "Dan"},
        {"id": EVE, "name": "Eve"},
    ],
    "channels": [
        {"id": CARDS, "name": "ai-governance", "is_private": True, "members": [BEN, CLEO, EVE, DAN, "U0BOT"]},
        {"id": "C0ALL", "name": "general", "members": [ANA, BEN, CLEO, DAN, EVE, "U0BOT"]},
    ],
    "commands": [{"command": "/steward", "hint": "can I use …"}],
    "shortcuts": [
        {"callback_id": "ask_about_ai", "name": "Ask about an AI tool", "type": "global"},
        {"callback_id": "answer_wrong", "name": "This answer was wrong", "type": "message"},
        {"callback_id": "incident_from", "name": "Report an incident", "type": "message"},
        {"callback_id": "incident_note", "name": "Add to an incident", "type": "message"},
        {"callback_id": "raise_from", "name": "Problem, idea, request", "type": "message"},
    ],
    "scopes": list(SCOPES),
    "metadata_events": ["steward_posted"],
}
SETTINGS: dict[str, Any] = {
    "channels.governance": CARDS,
    "roles.reviewer": [BEN, EVE],
    "roles.risk_owner": [CLEO],
    "roles.committee": [CLEO, BEN],
    "roles.legal": [EVE],
    "organisation.regions": ["eu"],
    "organisation.public_body": False,
    "organisation.units": ["Sales", "People"],
    "timezone": "Europe/Berlin",
    "country": "DE",
    "digest.day": "never",
}
FIRST_WORDS = "I'd like to use Otter.ai to transcribe our own meetings"
HARMLESS = {
    "kind": "use_new",
    "tool": "Otter.ai",
    "purpose": "Write down what is said in our own meetings",
    "output_use": "draft_self",
    "people": "only_team",
    "data": "internal",
    "area": "none",
    "red_flag": "none",
    "profiling": "no",
    "monitoring": "none",
    "account": "enterprise",
    "train_on_data": "no_contract",
}
"""Answers with which every result is settled and a reviewer decides."""
FINDER = HARMLESS | {
    "purpose": "Find applications that came in twice",
    "output_use": "shared_after_check",
    "people": "staff_applicants",
    "data": "personal",
    "area": "employment",
    "function": "employment.ranking",
    "influence": "narrow_prep",
    "worst": "inconvenience",
    "scale": "lt10000",
    "gen_public": "no",
}
"""A use on the list of the law that only prepares what people decide: high risk, unless two sign for an exception."""
