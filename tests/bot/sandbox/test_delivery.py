"""Acknowledgements, repetitions, several sockets, and delivery over HTTP."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs

import pytest
from slack_bolt import App, BoltRequest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from bot.sandbox.workspace import AddressInUse, Timing, Workspace, WorkspaceServer
from tests.bot.sandbox.conftest import read_briefly

SECRET = "made-up-secret"


def test_events_wait_for_the_app_and_arrive_as_repetitions(server, app, connect):
    heard = []

    @app.event("message")
    def hear(event, request):
        heard.append((event["text"], request.headers.get("x-slack-retry-num")))

    server.person("U0MIRA").says("dm", "early")
    assert server.pending() == 1
    connect()
    server.wait_until(lambda: server.pending() == 0)
    server.person("U0MIRA").says("dm", "now")
    server.wait_until(lambda: server.pending() == 0)
    assert heard == [("early", ["1"]), ("now", ["0"])]


def test_an_event_without_acknowledgement_is_sent_again_and_a_press_is_not(server, app, client, connect):
    heard, pressed = [], []

    @app.middleware
    def fail_twice(body, next):
        if body.get("type") == "event_callback":
            heard.append(body["event_id"])
            if len(heard) < 3:
                raise RuntimeError("no")
        next()

    @app.event("message")
    def hear(event):
        pass

    @app.action("go")
    def go(body):
        pressed.append(body)  # and never acknowledges

    app.error(lambda error: None)
    connect()
    mira = server.person("U0MIRA")
    mira.says("dm", "hello")
    server.wait_until(lambda: server.pending() == 0)
    assert len(heard) == 3
    assert len(set(heard)) == 1
    element = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    ts = client.chat_postMessage(
        channel="C0GENERAL", text="?", blocks=[{"type": "actions", "elements": [element]}]
    )["ts"]
    assert mira.clicks("general", ts, "go") is False
    assert len(pressed) == 1
    assert server.workspace.warnings[-1]["user"] == "U0MIRA"


def test_sockets_take_turns_and_come_back_after_a_cut(server, app, connect):
    heard = []

    @app.event("message")
    def hear(event):
        heard.append(event["text"])

    handlers = connect(), connect()
    assert server.socket_connected() == 2
    mira = server.person("U0MIRA")
    for number in range(4):
        mira.says("dm", str(number))
    server.wait_until(lambda: server.pending() == 0)
    assert sorted(heard) == ["0", "1", "2", "3"]
    server.drop_sockets()
    mira.says("dm", "after")
    server.wait_until(lambda: "after" in heard and server.socket_connected() == 2)
    for handler in handlers:
        server.wait_until(handler.client.is_connected)
        read_briefly(handler)
        mira.says("dm", "wakes the client, so that closing takes no time")
    server.wait_until(lambda: server.pending() == 0)


def test_without_a_socket_a_command_warns(server):
    assert server.person("U0MIRA").command("/steward", "hello") is False
    assert "did not respond" in server.workspace.warnings[-1]["text"]
    with pytest.raises(LookupError, match="not a valid command"):
        server.person("U0MIRA").command("/other")


def test_a_link_works_once(server, client):
    url = server.url + "/link?ticket=wrong"
    with pytest.raises(HTTPError) as refused:
        urllib.request.urlopen(url)
    assert refused.value.code == 401
    refused.value.close()


@pytest.fixture
def site() -> Iterator[tuple[str, list[tuple[dict[str, list[str]], str]], App]]:
    """A bare HTTP site in front of a Bolt app that verifies signatures itself."""
    seen: list[tuple[dict[str, list[str]], str]] = []
    app = App(
        signing_secret=SECRET,
        client=WebClient(token="xoxb-x"),
        token_verification_enabled=False,
        process_before_response=True,
    )

    class Site(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name: [value] for name, value in self.headers.items()}
            seen.append((headers, body))
            answer = app.dispatch(BoltRequest(body=body, headers={**headers}))
            self.send_response(answer.status)
            for name, values in answer.headers.items():
                self.send_header(name, values[0])
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/slack/events", seen, app
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def test_delivery_over_http_is_signed_and_repeated(site):
    url, seen, app = site
    failures = [True]

    @app.middleware
    def fail_once(body, next):
        if body.get("type") == "event_callback" and failures:
            failures.pop()
            raise RuntimeError("no")
        next()

    @app.event("message")
    def hear(event):
        pass

    @app.command("/steward")
    def command(ack, body):
        ack(f"You said {body['text']}")

    app.error(lambda error: None)
    timing = Timing(ack_seconds=1, retry_seconds=(0.02,))
    with WorkspaceServer(Workspace(), events_url=url, signing_secret=SECRET, timing=timing) as server:
        app.client.base_url = server.api_url
        mira = server.person("U0MIRA")
        mira.says("dm", "häl<lo")
        server.wait_until(lambda: server.pending() == 0)
        assert mira.command("/steward", "a & b", "general")
        assert mira.sees("general")[0]["text"] == "You said a &amp; b"
    assert [headers.get("X-Slack-Retry-Num") for headers, _ in seen] == [None, ["1"], None]
    assert seen[1][0]["X-Slack-Retry-Reason"] == ["http_error"]
    verifier = SignatureVerifier(SECRET)
    for headers, body in seen:
        assert verifier.is_valid_request(body, {name: values[0] for name, values in headers.items()})
    assert parse_qs(seen[2][1])["command"] == ["/steward"]


def test_a_taken_port_is_said_plainly(server):
    port = int(server.url.rpartition(":")[2])
    with pytest.raises(OSError, match=f"cannot use 127.0.0.1:{port}") as refused:
        WorkspaceServer(Workspace(), port=port).start()
    assert isinstance(refused.value, AddressInUse)


def test_it_can_go_away_and_come_back_at_the_same_address(server, client):
    url = server.url
    client.chat_postMessage(channel="C0GENERAL", text="before")
    server.stop()
    with pytest.raises(OSError, match="refused"):
        client.auth_test()
    server.start()
    assert server.url == url
    client.chat_postMessage(channel="C0GENERAL", text="after")
    assert [m["text"] for m in server.workspace.messages("general")] == ["before", "after"]
    assert server.socket_connected() == 0
    server.person("U0MIRA").says("dm", "waits for the app")
    assert server.pending() == 1


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_the_app_comes_back_when_slack_says_that_its_socket_ends(server, app, connect, reason):
    heard = []

    @app.event("message")
    def hear(event):
        heard.append(event["text"])

    handler = connect()
    old = handler.client.current_session.session_id
    server.disconnect_sockets(reason)
    server.wait_until(lambda: handler.client.current_session.session_id != old and server.socket_connected())
    read_briefly(handler)
    server.person("U0MIRA").says("dm", "hello")
    server.wait_until(lambda: not server.pending())
    assert heard == ["hello"]


def test_no_socket_is_taken_while_the_link_is_disabled(server, client):
    server.disconnect_sockets("link_disabled")
    with pytest.raises(HTTPError, match="401"):
        knock(client)
    server.enable_sockets()
    with pytest.raises(HTTPError, match="400"):
        knock(client)  # taken, only that this is no WebSocket


def knock(client):
    """Ask for a fresh link and go there, though not as a WebSocket."""
    url = client.apps_connections_open(app_token="xapp-local")["url"]
    try:
        urllib.request.urlopen(url.replace("ws", "http", 1))
    except HTTPError as refused:
        refused.close()
        raise


def test_a_silent_socket_carries_nothing_and_the_app_finds_out(server, app, connect):
    heard = []

    @app.event("message")
    def hear(event):
        heard.append(event["text"])

    handler = connect()
    # A client that never had a pong counts no seconds since the last: Slack's own would wait for ever.
    server.wait_until(lambda: handler.client.current_session.last_ping_pong_time is not None)
    old = handler.client.current_session.session_id
    server.silence_sockets()
    server.person("U0MIRA").says("dm", "into the void")
    server.wait_until(lambda: handler.client.current_session.session_id != old, timeout=20)
    read_briefly(handler)
    server.person("U0MIRA").says("dm", "here again")
    server.wait_until(lambda: "here again" in heard)


@contextmanager
def answering(answer):
    """An address that is called; `answer` says what it does with each request."""

    class Site(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer(self)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def repeated(answer):
    """The reasons of all repetitions of one event at an address that answers so."""
    reasons = []

    def note(request):
        reasons.append(request.headers.get("X-Slack-Retry-Reason"))
        answer(request)

    timing = Timing(ack_seconds=2, retry_seconds=(0.0, 0.0))
    with (
        answering(note) as url,
        WorkspaceServer(Workspace(), events_url=url, signing_secret=SECRET, timing=timing) as server,
    ):
        server.person("U0MIRA").says("dm", "hello")
        server.wait_until(lambda: not server.pending())
    return reasons


def test_an_app_can_refuse_the_repetitions_of_an_event():
    def refuse(request):
        request.send_response(500)
        request.send_header("X-Slack-No-Retry", "1")

    assert repeated(lambda request: request.send_response(500)) == [None, "http_error", "http_error"]
    assert repeated(refuse) == [None]


@pytest.mark.parametrize(("times", "reasons"), [(2, {None}), (3, {None, "too_many_redirects"})])
def test_two_redirects_are_followed_and_three_are_too_many(times, reasons):
    def lead_on(request):
        number = int(request.path.strip("/") or 0)
        request.send_response(307 if number < times else 200)
        request.send_header("Location", f"/{number + 1}")

    assert set(repeated(lead_on)) == reasons
