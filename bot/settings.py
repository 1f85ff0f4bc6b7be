"""The only reader of the environment: every setting of the process, checked all at once."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.finding import Finding, Misconfigured
from intake.value import Value

SLACK = "https://slack.com/api/"
LOG_LEVELS = ("debug", "info", "warning", "error")
MODEL_KEY = "MODEL_API_KEY"
"""And with an underscore and a provider behind it, such as MODEL_API_KEY_ANTHROPIC."""
FOR_TESTS = ("STEWARD_REQUIRE_BROWSER", "STEWARD_REQUIRE_POSTGRES")
"""Read by the test suite; known here so that they are not taken for misspellings."""


class Settings(Value):
    """`model_keys`: by provider in capital letters; "" for all that have none of their own.
    `remarks` are faults that do not stop a start, such as a name that nothing reads."""

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK
    database_url: str = "sqlite:///steward.db"
    port: int = 3000
    port_named: bool = False
    config_path: Path = Path("steward.yaml")
    config_named: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    model_keys: Mapping[str, SecretStr] = {}
    remarks: tuple[Finding, ...] = ()

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Raises Misconfigured with every fault; an empty variable counts as not set."""
        given = {name: text.strip() for name, text in environment.items() if name in READERS and text.strip()}
        faults: list[Finding] = []
        found: dict[str, Any] = {}
        for name, text in given.items():
            field, reader = READERS[name]
            try:
                found[field] = reader(text)
            except ValueError as error:
                faults.append(Finding(level="error", what=f"{name} {error}.", mend=MENDS[name]))
        found["model_keys"] = _model_keys(environment, faults)
        if faults:
            raise Misconfigured(faults)
        found |= {"config_named": "STEWARD_CONFIG" in given, "port_named": "PORT" in given}
        return cls(remarks=tuple(_unknown(environment)), **found)

    @property
    def socket_mode(self) -> bool:
        return self.slack_app_token is not None

    @property
    def own_server(self) -> bool:
        """Whether the bot talks to something other than Slack itself."""
        return self.slack_api_url != SLACK

    def for_slack(self, *, door: bool = True) -> tuple[Finding, ...]:
        """What is missing to talk with Slack at all; without a `door` nobody is listened to."""
        missing = []
        if self.slack_bot_token is None:
            missing.append("SLACK_BOT_TOKEN")
        if door and self.slack_app_token is None and self.slack_signing_secret is None:
            missing.append("SLACK_APP_TOKEN")
        return tuple(Finding(level="error", what=f"{name} is not set.", mend=MENDS[name]) for name in missing)


def _model_keys(environment: Mapping[str, str], faults: list[Finding]) -> dict[str, SecretStr]:
    found = {}
    for name, text in environment.items():
        if text.strip() and (name == MODEL_KEY or name.startswith(f"{MODEL_KEY}_")):
            try:
                found[name.removeprefix(MODEL_KEY).removeprefix("_")] = _secret(text.strip())
            except ValueError as error:
                mend = "Copy the key again from your model's provider."
                faults.append(Finding(level="error", what=f"{name} {error}.", mend=mend))
    return found


def _secret(text: str) -> SecretStr:
    if not text.isascii() or not text.isprintable() or any(c in text for c in " \"'"):
        raise ValueError("holds quotation marks, spaces or signs that no such secret has")
    return SecretStr(text)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not a web address")
    if parts.query or parts.fragment:
        raise ValueError("has something behind a ? or #")
    parts.port  # noqa: B018 -- reading it is what checks it
    return text.rstrip("/") + "/"


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ValueError("is not a number from 1 to 65535")
    return int(text)


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError("is not a level of logging")
    return text.lower()


READERS: Mapping[str, tuple[str, Any]] = {
    "SLACK_BOT_TOKEN": ("slack_bot_token", _secret),
    "SLACK_APP_TOKEN": ("slack_app_token", _secret),
    "SLACK_SIGNING_SECRET": ("slack_signing_secret", _secret),
    "SLACK_API_URL": ("slack_api_url", _address),
    "DATABASE_URL": ("database_url", str),
    "PORT": ("port", _port),
    "STEWARD_CONFIG": ("config_path", Path),
    "STEWARD_LOG_LEVEL": ("log_level", _log_level),
}

MENDS: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "Set it to the bot token (xoxb-…) from OAuth & Permissions in the app's settings.",
    "SLACK_APP_TOKEN": "Set it to the app-level token (xapp-…) from Basic Information, "
    "or set SLACK_SIGNING_SECRET to be called over HTTP.",
    "SLACK_SIGNING_SECRET": "Copy it from Basic Information in your Slack app's settings.",
    "SLACK_API_URL": f"Leave it out for Slack ({SLACK}), or write the other server's base address.",
    "DATABASE_URL": "Write sqlite:///file.db or postgresql://user@host/name.",
    "PORT": "Write a free port, for example 3000.",
    "STEWARD_CONFIG": "Write the path of the settings file, for example ./steward.yaml.",
    "STEWARD_LOG_LEVEL": f"Write one of: {', '.join(LOG_LEVELS)}.",
}


def _unknown(environment: Mapping[str, str]) -> list[Finding]:
    """Names that look like ours and are read by nothing: nearly always a slip of the pen."""
    known = (*READERS, *FOR_TESTS)
    remarks = []
    for name in sorted(environment):
        if name in known or not name.upper().startswith("STEWARD_"):
            continue
        near = get_close_matches(name.upper(), known, n=1, cutoff=0.6)
        mend = f"Did you mean {near[0]}?" if near else "Remove it."
        remarks.append(Finding(level="warning", what=f"{name} is set, but nothing reads it.", mend=mend))
    return remarks
