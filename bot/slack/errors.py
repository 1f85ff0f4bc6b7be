"""What Slack's refusals mean for whoever wants to say something: wait, look, say it otherwise, or give up."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError

WAIT = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
AMBIGUOUS = frozenset({"internal_error", "fatal_error", "request_timeout", "service_unavailable"})
GONE = frozenset(
    {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive", "thread_not_found"}
)
LIMITS = frozenset(
    {"invalid_blocks", "msg_blocks_too_long", "msg_too_long", "block_mismatch", "invalid_arguments"}
)
CLOSED_TO_US = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "thread_not_found", "unknown_method",
     "method_not_supported_for_channel_type", "not_allowed_token_type", "no_permission"}
)  # fmt: skip
NOT_THERE = CLOSED_TO_US | {"user_not_in_channel", "is_archived", "messages_tab_disabled"}
"""Where somebody pressed we may not speak to them, or they are not there (any more)."""

SHUT = frozenset(
    {"is_archived", "channel_not_found", "not_in_channel", "no_permission", "team_access_not_granted"}
)
"""A channel in which nobody of ours can speak any more, until somebody lets us."""

UNREACHABLE = frozenset(
    {"user_disabled", "user_not_found", "user_not_visible", "cannot_dm_bot", "messages_tab_disabled"}
)
"""A person to whom nothing can be said directly."""

NOT_GRANTED = frozenset({"missing_scope", "org_login_required", "ekm_access_denied"})
"""What an admin of Slack can grant at any moment, perhaps in one workspace and not in another."""

CREDENTIALS = frozenset({"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed"})


def code_of(error: SlackApiError) -> str:
    return str(error.response.get("error") or error.response.status_code)


def must_wait(error: SlackApiError) -> bool:
    return code_of(error) in WAIT or error.response.status_code == 429


def is_unclear(error: SlackApiError) -> bool:
    """Slack may have done it or not."""
    return code_of(error) in AMBIGUOUS or error.response.status_code >= 500


def is_shut(code: str) -> bool:
    return code in SHUT or code.startswith("restricted_action")


def passes(error: Exception) -> bool:
    """Slack or the network is at fault, and will be well again: nothing is wrong with what was asked."""
    if isinstance(error, SlackApiError):
        return must_wait(error) or is_unclear(error) or code_of(error) in CREDENTIALS
    return isinstance(error, OSError)
