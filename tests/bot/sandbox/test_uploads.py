"""Files of the app in Slack's steps, and files of people."""

import base64
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.workspace import WorkspaceServer
from tests.bot.sandbox.test_page import do

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def fetched(url: str) -> tuple[str, str, bytes]:
    with urllib.request.urlopen(url) as answer:
        return answer.headers.get_content_type(), answer.headers["Content-Disposition"], answer.read()


def test_a_picture_of_the_app_is_shown(server: WorkspaceServer, client: WebClient) -> None:
    client.files_upload_v2(
        channel="C0GENERAL", content=DOT, filename="chart.png", alt_txt="A chart", title="Chart"
    )
    (message,) = server.person("U0MIRA").sees("general")
    (file,) = message["files"]
    assert (file["title"], file["mimetype"], file["alt_txt"]) == ("Chart", "image/png", "A chart")
    assert fetched(file["url_private"]) == ("image/png", 'inline; filename="chart.png"', DOT)


def test_only_what_is_a_picture_is_shown_as_one(server: WorkspaceServer) -> None:
    mira = server.person("U0MIRA")
    file = mira.uploads("page.png", b"<script>alert(1)</script>")
    kind, disposition, _ = fetched(file["url_private"])
    assert (kind, disposition) == ("application/octet-stream", 'attachment; filename="page.png"')


def test_the_page_uploads_for_an_input(server: WorkspaceServer) -> None:
    status, answer = do(server, "upload", name="a.txt", content=base64.b64encode(b"hello").decode())
    assert status == 200
    assert fetched(answer["result"]["url_private"])[2] == b"hello"


def test_a_long_description_is_refused(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.files_getUploadURLExternal(filename="a.png", length=3, alt_txt="x" * 1001)
    assert refused.value.response["error"] == "invalid_arguments"
