"""Slack's side: tokens, scopes, clocks, the governance channel, and whether those who decide are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.config import Config
from bot.finding import Finding, Level
from bot.manifest import declared
from bot.settings import Settings
from bot.slack.inspection import Answer, Inspection, scopes, their_clock
from triage.policies import standard_book

DECIDING = {
    "reviewer": "requests of low and medium tier",
    "risk_owner": "requests of high tier",
    "committee": "requests of very high tier",
    "legal": "what may be prohibited",
    "executive": "requests of very high tier, as the last",
}
SETTLING = ("privacy", "security", "vendor_manager", "governance_lead", "auditor")
OPTIONAL_SCOPES = {
    "usergroups:read": "user groups can hold roles",
    "files:read": "rules of your own can be sent as a file; with files:write, files that come with an answer go along",
    "files:write": "digests have a picture and the whole as a page; with files:read, files with an answer go along",
    "users:read.email": "people of the people file are found by their address",
    "groups:history": "what is written below cards in a private channel is kept with the decision",
    "channels:history": "what is written below cards in a public channel is kept; hints where a channel wants them",
    "reactions:read": "a reaction that you name puts a message below an incident's card into its timeline",
    "dnd:read": "nobody is reminded while they have set Slack to silent",
    "chat:write.public": "no invitation to public channels is needed",
}
READS = ("channels:history", "groups:history")
SKEW_SECONDS = 60
"""Slack refuses a signature after five minutes; a clock that is a minute off is on its way there."""
GOES_TO = {
    "governance channel": "Cards go to",
    "channel of incidents": "Cards of incidents go to",
    "channel of a unit": "What nobody answers for is offered in",
}
CODES = {
    "invalid_auth": "Copy the bot token again from OAuth & Permissions.",
    "not_authed": "Copy the bot token again from OAuth & Permissions.",
    "account_inactive": "The app was removed from the workspace: install it again.",
    "token_revoked": "The app was removed from the workspace: install it again.",
    "not_allowed_token_type": "Take the Bot User OAuth Token (xoxb-…) from OAuth & Permissions.",
    "token_expired": "Turn token rotation off in the app's settings and install it again.",
}


def look(
    settings: Settings,
    config: Config | None,
    now: Callable[[], datetime],
    *,
    inspection: Inspection | None = None,
) -> Iterator[Finding]:
    """Everything that can be seen with the tokens at hand; stops where Slack does not answer at all."""
    yield from tokens(settings)
    if settings.slack_bot_token is None:
        return
    slack = inspection or Inspection(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
    greeting = slack.ask("auth.test")
    yield from _greeting(greeting, settings)
    if greeting.problem:
        return
    yield from _clock(greeting, now())
    yield from _scopes(greeting)
    yield from _app_token(settings)
    if config is not None:
        yield from _channel(slack, config.channels.governance, scopes(greeting))
        given = scopes(greeting)
        if config.reaction is not None and given is not None and "reactions:read" not in given:
            what = f"Nothing is heard of the reaction :{config.reaction}: below cards of incidents."
            yield Finding(level="warning", what=what, mend="Grant reactions:read; see docs/scopes.md.")
        if config.channels.questions and given is not None and not given & {*READS}:
            what = "Plain questions are answered nowhere, though channels for that are settled."
            mend = "Grant channels:history or groups:history, for the kind of channel; see docs/scopes.md."
            yield Finding(level="warning", what=what, mend=mend)
        if config.channels.hints and given is not None and not given & {*READS}:
            what = "Nothing is hinted at in the channels of `channels.hints`: their messages are not read."
            mend = "Grant channels:history or groups:history; see docs/scopes.md."
            yield Finding(level="warning", what=what, mend=mend)
        if config.channels.incidents not in (None, config.channels.governance):
            yield from _channel(slack, config.channels.incidents, None, called="channel of incidents")
        for channel in sorted({*config.channels.units.values()}):
            yield from _channel(slack, channel, None, called="channel of a unit")
        if config.anchor.channel not in (None, config.channels.governance, config.channels.incidents):
            yield from _channel(slack, config.anchor.channel, None, called="channel of anchors")
        yield from _roles(slack, config)


def tokens(settings: Settings) -> Iterator[Finding]:
    """By their form alone; another server than Slack may have its own."""
    level: Level = "info" if settings.own_server else "error"
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot is not None and not bot.get_secret_value().startswith("xoxb-"):
        what = "SLACK_BOT_TOKEN does not begin with xoxb-, as tokens of bots do."
        yield Finding(
            level=level, what=what, mend="Take the Bot User OAuth Token, not a user's or a rotating one."
        )
    if app is not None and not app.get_secret_value().startswith("xapp-"):
        what = "SLACK_APP_TOKEN does not begin with xapp-, as app-level tokens do."
        yield Finding(level=level, what=what, mend="Make one with connections:write under Basic Information.")
    if settings.for_slack():
        return
    mode = "Socket Mode" if settings.socket_mode else f"HTTP on port {settings.port}"
    yield Finding(level="info", what=f"Steward would listen by {mode}.")


def _greeting(answer: Answer, settings: Settings) -> Iterator[Finding]:
    if not answer.reached:
        what = f"{settings.slack_api_url} could not be reached ({answer.problem})."
        yield Finding(level="error", what=what, mend="Check the network, a proxy, and SLACK_API_URL.")
    elif answer.problem:
        mend = CODES.get(answer.problem, "Look the code up under auth.test in Slack's documentation.")
        yield Finding(
            level="error", what=f"Slack does not accept SLACK_BOT_TOKEN ({answer.problem}).", mend=mend
        )
    else:
        team, user = answer.body.get("team", "?"), answer.body.get("user", "?")
        yield Finding(level="info", what=f"Slack answers: the bot is {user} in {team}.")


def _clock(answer: Answer, now: datetime) -> Iterator[Finding]:
    theirs = their_clock(answer)
    if theirs is None:
        return
    off = abs((now - theirs).total_seconds())
    if off > SKEW_SECONDS:
        what = f"This machine's clock is {off:.0f} seconds off Slack's."
        yield Finding(level="error", what=what, mend="Set it by NTP; Slack's signatures last five minutes.")


def _scopes(answer: Answer) -> Iterator[Finding]:
    given = scopes(answer)
    if given is None:
        yield Finding(level="info", what="The server does not say which scopes the token has.")
        return
    for scope in sorted(declared().scopes - given):
        what = f"The scope {scope} is missing."
        yield Finding(
            level="error", what=what, mend="Update the app from manifest.yaml, then install it again."
        )
    for scope, gives in OPTIONAL_SCOPES.items():
        if scope in given:
            yield Finding(level="info", what=f"With the scope {scope}, {gives}.")
    more = sorted(given - declared().scopes - set(OPTIONAL_SCOPES))
    if more:
        what = f"The token may do more than Steward needs: {', '.join(more)}."
        yield Finding(level="warning", what=what, mend="Remove what nothing else uses; see docs/scopes.md.")


def _app_token(settings: Settings) -> Iterator[Finding]:
    """Opens a connection's address and lets it lapse: the one way to learn whether the token works."""
    if settings.slack_app_token is None:
        return
    answer = Inspection(settings.slack_app_token.get_secret_value(), settings.slack_api_url).ask(
        "apps.connections.open"
    )
    if answer.problem and not answer.lacks_method:
        what = f"Socket Mode does not open with SLACK_APP_TOKEN ({answer.problem})."
        mend = "Turn Socket Mode on, and make an app-level token with connections:write."
        yield Finding(level="error", what=what, mend=mend)


def _discussion(private: bool, given: frozenset[str] | None) -> Iterator[Finding]:
    """Which record there is of why people decided: the discussion too, or only what windows asked."""
    if given is None:
        return
    kind, name = ("private", "groups:history") if private else ("public", "channels:history")
    if name in given:
        what = "What is written in the threads of cards is kept, if the app hears of it: docs/scopes.md."
    else:
        what = "What is written in the threads of cards is not kept: reasons given in windows are the record."
        if given & {"groups:history", "channels:history"}:
            mend = f"Cards go to a {kind} channel: grant {name} instead, or none of the two."
            yield Finding(level="warning", what="The scope that reads channels is the wrong one.", mend=mend)
    yield Finding(level="info", what=what)


def _channel(
    slack: Inspection, id_: str | None, given: frozenset[str] | None, *, called: str = "governance channel"
) -> Iterator[Finding]:
    if id_ is None:
        what = "No governance channel is set, so no card would be posted."
        yield Finding(level="error", what=what, mend="Set channels.governance to the channel's id.")
        return
    answer, channel = slack.channel(id_)
    if answer.lacks_method:
        yield Finding(level="info", what=f"The server cannot say whether the channel {id_} is there.")
        return
    if channel is None:
        what = f"The {called} {id_} cannot be seen ({answer.problem or 'no answer'})."
        mend = "Check the id; a private channel must first invite the bot: /invite @Steward."
        yield Finding(level="error", what=what, mend=mend)
        return
    if channel.archived:
        what = f"The {called} #{channel.name} is archived."
        yield Finding(level="error", what=what, mend="Unarchive it, or choose another.")
    if not channel.member:
        what = f"The bot is not in the {called} #{channel.name}."
        yield Finding(level="error", what=what, mend="Invite it there: /invite @Steward.")
    if channel.shared:
        what = f"The {called} #{channel.name} is shared with another organisation."
        yield Finding(level="error", what=what, mend="Choose one that only your own people can read.")
    if channel.member and not channel.archived and not channel.shared:
        yield Finding(level="info", what=f"{GOES_TO[called]} #{channel.name}.")
        if called == "governance channel":
            yield from _discussion(channel.private, given)


def _roles(slack: Inspection, config: Config) -> Iterator[Finding]:
    unseen: dict[str, list[Finding]] = {}
    held: dict[str, bool] = {}
    for role in (*DECIDING, *SETTLING):
        able: set[str] = set()
        for holder in config.roles.get(role, ()):
            people = [holder]
            if holder.startswith("S"):
                found, people = _group(slack, holder)
                yield from found
            for person in people:
                if person not in unseen:
                    unseen[person] = list(_person(slack, person))
                    yield from unseen[person]
                if not any(finding.level == "error" for finding in unseen[person]):
                    able.add(person)
        yield from _held(role, able)
        held[role] = bool(able)
    yield from _unseated(held)
    if not any(findings for findings in unseen.values()):
        yield Finding(level="info", what=f"All {len(unseen)} people in roles are there.")


def _unseated(held: Mapping[str, bool]) -> Iterator[Finding]:
    """Whose yes our rules ask for, and nobody can give, neither in the role nor in its place."""
    chains = {seat.role: (seat.role, *seat.fallback) for seat in standard_book().seats()}
    for role, chain in chains.items():
        if role not in DECIDING and not any(held[each] for each in chain):
            what = f"Nobody can say yes where {role} has to: none of {', '.join(chain)} is held by anybody."
            mend = f"List people under roles.{role}, in Slack by `/steward settings`."
            yield Finding(level="error", what=what, mend=mend)


def _held(role: str, able: set[str]) -> Iterator[Finding]:
    mend = (
        f"List people under roles.{role} with `/steward settings`; or in the settings file, "
        f"then run `steward settings --from-file roles.{role}`."
    )
    if not able and role in DECIDING:
        yield Finding(
            level="error", what=f"Nobody is {role}, so nobody can decide {DECIDING[role]}.", mend=mend
        )
    elif not able:
        what = f"Nobody is {role}; what they would settle stays open, or goes to whoever decides."
        yield Finding(level="warning", what=what, mend=mend)
    elif len(able) == 1 and role in DECIDING:
        what = f"Only one person is {role}: their own requests could be decided by nobody."
        yield Finding(
            level="warning",
            what=what,
            mend=f"List a second person under roles.{role}, in Slack by `/steward settings`.",
        )


def _person(slack: Inspection, id_: str) -> Iterator[Finding]:
    answer, person = slack.person(id_)
    mend = "Take them out of their roles, or correct the id."
    if answer.lacks_method:
        return
    if person is None:
        yield Finding(
            level="error", what=f"{id_} cannot be found ({answer.problem or 'no answer'}).", mend=mend
        )
    elif person.deleted:
        yield Finding(level="error", what=f"{person.name} ({id_}) was deactivated.", mend=mend)
    elif person.bot:
        yield Finding(level="error", what=f"{person.name} ({id_}) is a bot and cannot decide.", mend=mend)
    elif person.guest:
        yield Finding(level="error", what=f"{person.name} ({id_}) is a guest and cannot decide.", mend=mend)


def _group(slack: Inspection, id_: str) -> tuple[list[Finding], list[str]]:
    answer, users = slack.group(id_)
    if answer.lacks_method:
        return [Finding(level="info", what=f"The server cannot say who is in the group {id_}.")], []
    if answer.problem:
        mend = {
            "missing_scope": "Add the scope usergroups:read, or list the people one by one.",
            "plan_upgrade_required": "User groups need a paid plan: list the people one by one.",
        }.get(answer.problem, "Correct the id, or list the people one by one.")
        what = f"The user group {id_} cannot be read ({answer.problem}), so it counts as nobody."
        return [Finding(level="error", what=what, mend=mend)], []
    if not users:
        what = f"The user group {id_} is empty."
        return [Finding(level="warning", what=what, mend="Add people to it.")], []
    return [], list(users)
