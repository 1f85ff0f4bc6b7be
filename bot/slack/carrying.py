"""A file out of a direct message to where those who decide can open it: only its sender and we can where it was sent.

What may be done twice comes first: looking at it, fetching it, giving its bytes to Slack under a name of our own.
Sharing that is one call, and of whatever became of it the file itself tells.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack import fetching
from bot.slack.errors import CREDENTIALS, NOT_GRANTED, code_of, must_wait

log = logging.getLogger(__name__)

MOST_BYTES = 20_000_000
LARGEST = 1_000_000_000
"""Slack takes no larger file."""
ALT = 1000
"""Characters that describe a picture."""
GONE = frozenset({"file_not_found", "file_deleted", "file_not_visible"})
REFUSED = GONE | {"invalid_arguments", "file_uploads_disabled", "posting_to_general_channel_denied"}
"""With these Slack will never share it, however often it is asked."""
SCOPES = frozenset({"files:read", "files:write"})
OURS = "files:write"
"""What it takes to upload what we made ourselves."""
SHARED_IN = ("channels", "groups", "ims")


class NotCarried(Exception):
    """`why`: scope, gone, large or other; it will not be otherwise later."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def bring(client: WebClient, id: str, granted: Callable[[], frozenset[str]]) -> str:
    """The id of a copy that is ours, and not shared yet.

    Raises NotCarried; SlackApiError and OSError where it may go well later.
    """
    try:
        if not granted() >= SCOPES:
            raise NotCarried("scope")
        file: dict[str, Any] = client.files_info(file=id)["file"]
        if int(file.get("size") or 0) > MOST_BYTES:
            raise NotCarried("large")
        address = str(file.get("url_private_download") or file.get("url_private") or "")
        page = "html" in str(file.get("mimetype") or "")
        content = fetching.fetched(client, address, MOST_BYTES + 1, page=page)
        if not content or len(content) > MOST_BYTES:
            raise NotCarried("large" if content else "other")
        if len(content) < int(file.get("size") or 0):
            raise OSError("not all of a file came")
        asked = client.files_getUploadURLExternal(filename=_name(file), length=len(content))
    except SlackApiError as error:
        raise _told(error) from error
    if not fetching.put(client, str(asked["upload_url"]), content):
        raise NotCarried("other")
    return str(asked["file_id"])


class Made(NamedTuple):
    """What we made ourselves; `said` describes a picture."""

    name: str
    content: bytes
    said: str = ""


def give(client: WebClient, made: Made, granted: Callable[[], frozenset[str]]) -> str:
    """Its id, uploaded and shared with nobody yet; raises as `bring` does."""
    try:
        if OURS not in granted():
            raise NotCarried("scope")
        more = {"alt_txt": made.said[:ALT]} if made.said else {}
        asked = client.files_getUploadURLExternal(filename=made.name, length=len(made.content), **more)
    except SlackApiError as error:
        raise _told(error) from error
    if not fetching.put(client, str(asked["upload_url"]), made.content):
        raise NotCarried("other")
    return str(asked["file_id"])


def give_file(client: WebClient, path: Path, granted: Callable[[], frozenset[str]]) -> str:
    """The same of a file on disk, which may be large."""
    size = path.stat().st_size
    if size > LARGEST:
        raise NotCarried("large")
    try:
        if OURS not in granted():
            raise NotCarried("scope")
        asked = client.files_getUploadURLExternal(filename=path.name, length=size)
    except SlackApiError as error:
        raise _told(error) from error
    with path.open("rb") as file:
        if not fetching.put_file(client, str(asked["upload_url"]), file, size):
            raise NotCarried("other")
    return str(asked["file_id"])


def pictured(client: WebClient, made: Made, title: str, granted: Callable[[], frozenset[str]]) -> str:
    """The id of a picture that a post of ours can show; "" where there will be none.

    Raises SlackApiError where Slack says wait, or does not know us: then nothing else would go out either.
    """
    try:
        if not made.content:
            return ""
        ours = give(client, made, granted)
        client.files_completeUploadExternal(files=[{"id": ours, "title": title[:ALT]}])
        return ours
    except SlackApiError as error:
        if must_wait(error) or code_of(error) in CREDENTIALS:
            raise
    except (NotCarried, OSError) as problem:
        log.info("A picture is left out", extra={"problem": type(problem).__name__})
    return ""


def _told(error: SlackApiError) -> Exception:
    code = code_of(error)
    if code in NOT_GRANTED:
        return NotCarried("scope")
    return NotCarried("gone") if code in GONE else error


def share(client: WebClient, ours: str, *, channel: str, thread: str | None, title: str, words: str) -> None:
    client.files_completeUploadExternal(
        files=[{"id": ours, "title": title}], channel_id=channel, thread_ts=thread, initial_comment=words
    )


def is_shared(client: WebClient, ours: str, channel: str) -> bool:
    file: dict[str, Any] = client.files_info(file=ours)["file"]
    return any(channel in (file.get(kind) or ()) for kind in SHARED_IN)


def _name(file: dict[str, Any]) -> str:
    return str(file.get("name") or file.get("title") or "file")
