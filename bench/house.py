"""Steward's doors and store on a real SQLite file, without a sender; the local workspace only says who we are."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk import WebClient

from bot.cli.starting import for_good, utc_now
from bot.config import read_seed, seed
from bot.library import library
from bot.office import Office
from bot.sandbox.server import WorkspaceServer
from bot.sandbox.workspace import Workspace
from bot.slack.app import build
from bot.slack.directory import Directory
from bot.slack.front import Front, new_case
from bot.slack.ids import Press, to_value
from bot.slack.payloads import Who
from intake.form import Kind
from store.engine import Store
from store.migrate import migrate
from store.records import load
from triage.case import Case
from triage.talk import Phase
from triage.talking import Begin, Start, Type

TEAM, USER, CHANNEL = "T0EXAMPLE", "U0PRIYA", "D0PRIYA"
SECRET = "bench-signing-secret"
DEMO = Path(__file__).parents[1] / "bot" / "demo"
WORDS = "We want to screen CVs of applicants with HireVue"
ANSWERS = {"purpose": "Rank incoming applications so that recruiters read the best matches first"}

_numbers = itertools.count(1)


class House:
    """One person, always in the middle of an interview."""

    def __init__(self, folder: Path, name: str = "bench") -> None:
        url = f"sqlite:///{folder / name}.db"
        migrate(url)
        self.store = Store(url, now=utc_now)
        seed(self.store, read_seed(DEMO / "steward.yaml"), now=utc_now())
        self.server = WorkspaceServer(Workspace.from_file(DEMO / "workspace.yaml")).start()
        client = WebClient(token="xoxb-bench", base_url=self.server.api_url, retry_handlers=[])
        with for_good():  # as `steward slack` does
            office = Office(self.store, library(), utc_now)
            self.front = Front(office, Directory(self.store, client, TEAM), client)
            self.app = build(self.front, client, SECRET, lambda: None)
        self.person = self.front.person(Who(TEAM, USER))
        self.place = self.front.directory.place(CHANNEL, kind="dm", person=self.person)
        self.case = ""
        self._begin()

    def close(self) -> None:
        self.server.stop()
        self.store.close()

    def next_press(self) -> dict[str, object]:
        """The payload of a button that answers the question which is open now."""
        case = self._asking()
        current = case.talk.current if case.talk else None
        if current is None:
            raise LookupError("no question is open")
        question = self.front.office.library.form.by_id[current.question]
        choice = question.choices[len(question.choices) // 2].id if question.choices else ""
        return press(to_value(Press(case.id, current.turn, current.question, choice)))

    def _asking(self) -> Case:
        """The case with a question open that can be answered by a button; everything else is got out of the way."""
        form = self.front.office.library.form
        while True:
            with self.store.read() as session:
                case = load(session, self.case)
            if case is None or case.talk is None or case.talk.phase is Phase.summary:
                self._begin()
                continue
            current = case.talk.current
            if current is None or form.by_id[current.question].kind in (Kind.one, Kind.many):
                return case
            self._type(ANSWERS.get(current.question, "Something of ours"))

    def _begin(self) -> None:
        self.case = new_case()
        root = f"{next(_numbers)}.000001"
        self.front.do(
            Begin(actor=self.person, key=root, case=self.case, words=WORDS, place=self.place, root=root)
        )
        self.front.do(Start(actor=self.person, key=f"start:{root}", case=self.case, confirm=False))

    def _type(self, words: str) -> None:
        self.front.do(Type(actor=self.person, key=f"type:{next(_numbers)}", case=self.case, words=words))


def press(value: str) -> dict[str, object]:
    """A press as Slack sends it, about as large as a real one."""
    number = next(_numbers)
    action = {
        "type": "button",
        "action_id": "choose.1",
        "block_id": f"choices:{number}",
        "text": {"type": "plain_text", "text": "Something that people see", "emoji": True},
        "value": value,
        "action_ts": f"{number}.000002",
    }
    row = {"type": "actions", "block_id": f"choices:{number}", "elements": [action] * 5}
    said = {
        "type": "section",
        "block_id": "ask",
        "text": {"type": "mrkdwn", "text": "What comes out of it? " * 20},
    }
    return {
        "type": "block_actions",
        "user": {"id": USER, "username": "priya", "name": "priya", "team_id": TEAM},
        "api_app_id": "A0EXAMPLE",
        "token": "none",
        "container": {"type": "message", "message_ts": f"{number}.000001", "channel_id": CHANNEL},
        "trigger_id": f"{number}.{number}.example",
        "team": {"id": TEAM, "domain": "example"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": CHANNEL, "name": "directmessage"},
        "message": {"type": "message", "ts": f"{number}.000001", "bot_id": "B0", "blocks": [said, row]},
        "state": {"values": {}},
        "response_url": "http://127.0.0.1:1/",
        "actions": [action],
    }


def signed(payload: dict[str, object]) -> tuple[str, dict[str, str]]:
    """The form that Slack posts for a press, and its headers."""
    return _signed(urlencode({"payload": json.dumps(payload)}), "application/x-www-form-urlencoded")


def sealed(event: dict[str, object]) -> tuple[str, dict[str, str]]:
    """The same for an event, which comes as JSON."""
    return _signed(json.dumps(event), "application/json")


def _signed(body: str, kind: str) -> tuple[str, dict[str, str]]:
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return body, {
        "content-type": kind,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={signature}",
    }


def over_http(payload: dict[str, object]) -> BoltRequest:
    body, headers = signed(payload)
    listed: dict[str, str | Sequence[str]] = {name: [value] for name, value in headers.items()}
    return BoltRequest(body=body, headers=listed)


def over_socket(payload: dict[str, object]) -> BoltRequest:
    return BoltRequest(mode="socket_mode", body=payload)


def answered(app: App, request: BoltRequest) -> BoltResponse:
    response = app.dispatch(request)
    if response.status != 200:
        raise AssertionError(f"not acknowledged: {response.status}")
    return response
