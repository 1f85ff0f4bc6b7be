"""The clock on the page: where one can go from here, in the time zone of the person who looks."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.sandbox import moving
from bot.sandbox.clock import Clock
from bot.sandbox.errors import Impossible
from bot.sandbox.workspace import Workspace, WorkspaceServer
from tests.bot.sandbox.test_page import do, fetch

WEDNESDAY = datetime(2026, 10, 21, 13, 30, tzinfo=UTC)  # summer time in Europe ends on the 25th


@pytest.fixture
def ws() -> Workspace:
    return Workspace(clock=Clock(WEDNESDAY.timestamp()))


@pytest.fixture
def server(ws: Workspace) -> Iterator[WorkspaceServer]:
    with WorkspaceServer(ws) as running:
        yield running


def test_jumps_are_mornings_of_ones_own_zone(ws: Workspace) -> None:
    jumps = {j["label"]: datetime.fromtimestamp(j["at"], UTC) for j in moving.shown(ws, "U0MIRA")["jumps"]}
    assert jumps["Tomorrow 09:00"] == datetime(2026, 10, 22, 7, tzinfo=UTC)
    assert jumps["Next Monday 09:00"] == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert jumps["In 90 days"] == datetime(2027, 1, 19, 8, tzinfo=UTC)
    there = {j["label"]: datetime.fromtimestamp(j["at"], UTC) for j in moving.shown(ws, "U0TOM")["jumps"]}
    assert there["Tomorrow 09:00"] == datetime(2026, 10, 22, 13, tzinfo=UTC)


def test_on_a_monday_the_next_one_is_meant(ws: Workspace) -> None:
    moving.move(ws, "U0MIRA", "2026-10-26T08:00")
    jumps = {j["label"]: datetime.fromtimestamp(j["at"], UTC) for j in moving.shown(ws, "U0MIRA")["jumps"]}
    assert jumps["Next Monday 09:00"] == datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.mark.parametrize("to", ["2026-10-21T15:00", 0, "soon", None])
def test_backwards_and_nowhere_are_refused(ws: Workspace, to: object) -> None:
    with pytest.raises(Impossible):
        moving.move(ws, "U0MIRA", to)
    assert ws.clock.shift == 0


def test_the_page_moves_it(server: WorkspaceServer) -> None:
    assert do(server, "move", to="2026-10-26T09:00")[0] == 200
    shown = json.loads(fetch(f"{server.url}/ui/clock?as=U0MIRA")[1])
    assert shown["local"] == "2026-10-26T09:00"
    state = json.loads(fetch(f"{server.url}/ui/state?as=U0MIRA")[1])
    assert state["shift"] == datetime(2026, 10, 26, 8, tzinfo=UTC).timestamp() - WEDNESDAY.timestamp()
    ts = server.person("U0MIRA").says("dm", "later")
    assert float(ts) >= datetime(2026, 10, 26, 8, tzinfo=UTC).timestamp()
    assert do(server, "move", to="2026-10-01T09:00")[0] == 400
