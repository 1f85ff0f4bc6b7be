"""The page's endpoints, and the doors that are shut to other websites."""

import base64
import json
import urllib.request
from typing import Any
from urllib.error import HTTPError

import pytest

from bot.sandbox.page import STATIC
from bot.sandbox.workspace import WorkspaceServer


def fetch(url: str, body: Any = None, **headers: str) -> tuple[int, str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"} | headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def do(server: WorkspaceServer, what: str, user: str = "U0MIRA", **wish: Any) -> tuple[int, Any]:
    status, text = fetch(f"{server.url}/ui/do/{what}", {"as": user} | wish)
    return status, json.loads(text)


def test_the_page_and_its_parts_are_served(server: WorkspaceServer) -> None:
    status, text = fetch(server.url + "/")
    assert status == 200
    assert "made-up examples" in text
    for path in STATIC.iterdir():
        assert fetch(f"{server.url}/static/{path.name}")[0] == 200
    assert fetch(f"{server.url}/static/..%2fpage.py")[0] == 404
    assert fetch(f"{server.url}/static/nothing.js")[0] == 404


def test_nothing_is_loaded_from_elsewhere_and_no_markup_is_made_of_text() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "innerHTML" not in text
        assert "insertAdjacentHTML" not in text
        assert "document.write" not in text
        outside = [
            w for w in text.split('"') if w.startswith(("http://", "https://")) and "www.w3.org" not in w
        ]
        assert outside == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1.evil.example:80"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_websites_are_kept_out(server: WorkspaceServer, headers: dict[str, str]) -> None:
    body = {"as": "U0MIRA", "channel": "dm", "text": "x"}
    assert fetch(f"{server.url}/ui/do/say", body, **headers)[0] == 403
    assert fetch(f"{server.url}/api/chat.postMessage", {"token": "xoxb-1"}, **headers)[0] == 403
    assert server.workspace.messages("D0MIRA") == []


def test_forms_from_elsewhere_are_not_understood(server: WorkspaceServer) -> None:
    assert fetch(f"{server.url}/ui/do/say", {}, **{"Content-Type": "text/plain"})[0] == 415


@pytest.mark.parametrize("body", ["x", 1, None, ["as"]])
def test_what_is_no_object_is_refused(server: WorkspaceServer, body: Any) -> None:
    request = urllib.request.Request(
        f"{server.url}/ui/do/say", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(request)
    with refused.value:
        assert refused.value.code == 400


def test_a_link_changes_nothing(server: WorkspaceServer) -> None:
    before = list(server.workspace.messages("C0GENERAL"))
    link = f"{server.url}/api/chat.postMessage?token=xoxb-1&channel=C0GENERAL&text=x"
    assert fetch(link)[0] == 405
    assert list(server.workspace.messages("C0GENERAL")) == before
    assert fetch(f"{server.url}/api/apps.connections.open?token=xapp-1")[0] == 405
    assert fetch(f"{server.url}/api/users.info?token=xoxb-1&user=U0MIRA")[0] == 200
    assert fetch(f"{server.url}/api/users.info?token=xoxb-1", **{"Sec-Fetch-Site": "same-site"})[0] == 403


def test_somebody_talks_edits_and_deletes(server: WorkspaceServer) -> None:
    content = base64.b64encode(b"hello").decode()
    files = [{"name": '<b>"x.txt', "content": content}]
    _, answer = do(server, "say", channel="C0GENERAL", text="hi @Jonas Weber <b>", files=files)
    ts = answer["result"]
    do(server, "edit", channel="C0GENERAL", ts=ts, text="bye")
    _, text = fetch(f"{server.url}/ui/messages?as=U0JONAS&channel=C0GENERAL")
    (message,) = json.loads(text)["messages"]
    assert (message["text"], message["own"]) == ("bye", False)
    assert fetch(message["files"][0]["url_private"]) == (200, "hello")
    status, answer = do(server, "delete", "U0JONAS", channel="C0GENERAL", ts=ts)
    assert (status, answer["problem"]) == (400, f"{ts} was written by U0MIRA, not by U0JONAS.")
    do(server, "delete", channel="C0GENERAL", ts=ts)
    assert server.workspace.messages("general") == []


def test_state_shows_what_one_may_know(server: WorkspaceServer) -> None:
    server.person("U0AMARA").says("ai-reviews", "one")
    _, mira = fetch(f"{server.url}/ui/state?as=U0MIRA")
    _, leila = fetch(f"{server.url}/ui/state?as=U0LEILA")
    assert "ai-reviews" not in mira
    unread = {c["id"]: c["unread"] for c in json.loads(leila)["channels"]}
    assert unread["G0REVIEW"] == 1
    do(server, "read", "U0LEILA", channel="G0REVIEW")
    _, leila = fetch(f"{server.url}/ui/state?as=U0LEILA")
    assert {c["id"]: c["unread"] for c in json.loads(leila)["channels"]}["G0REVIEW"] == 0


@pytest.mark.parametrize(
    ("what", "wish", "words"),
    [
        ("say", {"channel": "C0SALES2", "text": "x"}, "sees no conversation"),
        ("say", {"channel": "C0GENERAL", "text": " "}, "nothing to send"),
        ("say", {"channel": "C0OLD", "text": "x"}, "archived"),
        ("say", {"text": "x"}, "makes no sense"),
        ("say", {"channel": "C0GENERAL", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
        ("submit", {}, "no modal open"),
        ("press", {"where": "home", "action_id": "x"}, "Nothing has been published"),
        ("command", {"name": "/nope", "text": "", "channel": "C0GENERAL"}, "not a valid command"),
    ],
)
def test_what_makes_no_sense_is_said(
    server: WorkspaceServer, what: str, wish: dict[str, Any], words: str
) -> None:
    status, answer = do(server, what, **wish)
    assert status == 400
    assert words in answer["problem"]


def test_those_who_left_and_those_outside_cannot_write(server: WorkspaceServer) -> None:
    assert "deactivated" in do(server, "say", "U0OLD", channel="dm", text="x")[1]["problem"]
    assert "not in #sales" in do(server, "say", "U0JONAS", channel="C0SALES", text="x")[1]["problem"]


def test_changes_are_streamed_to_those_who_may_know(server: WorkspaceServer) -> None:
    with urllib.request.urlopen(f"{server.url}/ui/events?as=U0MIRA", timeout=5) as stream:
        assert stream.readline() == b": hello\n"
        server.workspace.warn("U0JONAS", "not for Mira")
        server.person("U0JONAS").says("general", "for everybody")
        stream.readline()
        assert json.loads(stream.readline().removeprefix(b"data: "))["channel"] == "C0GENERAL"
