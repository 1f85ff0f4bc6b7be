"""Names, zones and standing of people, asked from Slack for those we only know by their id."""

from __future__ import annotations

import logging
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from store import due, people
from store.engine import Store
from store.tables import PersonRow

log = logging.getLogger(__name__)

AT_ONCE = 20
"""users.info is counted per minute; the rest follow at the next tick."""
UNKNOWN = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says where the fault lies with the person asked for; anything else may pass."""


def fill_in(store: Store, client: WebClient) -> int:
    """Asks for a few people without a name; says how many were found."""
    with store.read() as session:
        unnamed = people.unnamed(session, limit=AT_ONCE)
    found = 0
    for team, user in unnamed:
        try:
            profile = client.users_info(user=user, include_locale=True)["user"]
        except (SlackApiError, OSError) as error:
            log.info("A profile could not be read", extra={"error": type(error).__name__})
            if isinstance(error, SlackApiError) and error.response.get("error") in UNKNOWN:
                _let_others_have_their_turn(store, team, user)
            continue
        note(store, team, user, profile)
        found += 1
    return found


def look_up(store: Store, client: WebClient, team: str, user: str) -> bool:
    """Asks for one person now, whatever was known before; False where Slack does not say."""
    try:
        profile = client.users_info(user=user, include_locale=True)["user"]
    except (SlackApiError, OSError) as error:
        log.info("A profile could not be read", extra={"error": type(error).__name__})
        return False
    note(store, team, user, profile)
    return True


def _let_others_have_their_turn(store: Store, team: str, user: str) -> None:
    """Called by the id until Slack tells of a change; without a name the same few would be asked for ever."""
    with store.write() as session:
        people.person(session, team=team, slack_user=user, now=store.now(), name=user)


def note(store: Store, team: str, user: str, told: dict[str, Any]) -> None:
    """Keep what Slack says of a person; a missing zone stays missing."""
    profile = told.get("profile") or {}
    name = (
        profile.get("display_name")
        or profile.get("real_name")
        or told.get("real_name")
        or told.get("name")
        or user
    )
    with store.write() as session:
        person = people.person(
            session,
            team=team,
            slack_user=user,
            now=store.now(),
            name=str(name),
            zone=told.get("tz"),
            is_bot=bool(told.get("is_bot")),
            deleted=bool(told.get("deleted")),
            restricted=bool(told.get("is_restricted") or told.get("is_ultra_restricted")),
            foreign_team=bool(told.get("is_stranger")),
            **({"language": str(told["locale"])} if told.get("locale") else {}),
        )
        if people.is_no_colleague(session.get_one(PersonRow, person)):
            due.vacate(session, person, now=store.now())
