"""Seeds, clocks, and changes of the workspace that the app hears of."""

from pathlib import Path

import pytest

from bot.sandbox.clock import Clock
from bot.sandbox.workspace import Workspace


def test_a_seed_file_makes_a_workspace(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text(
        "team: {id: T1, name: Small, domain: small}\n"
        "bot: {user_id: UB, bot_id: BB, name: Helper}\n"
        "people: [{id: U1, name: Ana Maria Sol, tz: Europe/Madrid, initials: X}]\n"
        "channels: [{id: C1, name: one, is_private: true, members: [U1, UB]}]\n"
        "user_groups: [{id: S1, handle: team, users: [U1]}]\n",
        encoding="utf-8",
    )
    ws = Workspace.from_file(seed)
    assert (ws.team.name, ws.bot.name, ws.people["U1"].initials) == ("Small", "Helper", "X")
    assert ws.people["U1"].handle == "ana.maria.sol"
    assert (ws.channels["C1"].kind, ws.channels["D1"].members) == ("group", ["U1", "UB"])


@pytest.mark.parametrize(
    ("seed", "words"),
    [
        ({"persons": []}, "unknown keys: persons"),
        ({"people": [{"id": "U1"}]}, r"people\[0\].*name"),
        ({"people": [{"id": "U1", "name": "A", "shoe": 4}]}, r"people\[0\]: expected only"),
        ({"people": [{"id": "U1", "name": "A"}, {"id": "U1", "name": "B"}]}, "same id"),
        ({"channels": [{"id": "C1", "name": "c", "members": ["U9"]}]}, "nobody knows: U9"),
    ],
)
def test_a_wrong_seed_is_refused_with_the_place(seed, words) -> None:
    with pytest.raises(ValueError, match=words):
        Workspace(seed)


def test_every_moment_has_its_own_ts_even_when_the_clock_stands_still() -> None:
    ws = Workspace(clock=Clock(1778576400.0))
    first, second = ws.new_ts(), ws.new_ts()
    assert first == "1778576400.000000"
    assert second == "1778576400.000001"


def test_the_app_hears_of_people_who_leave_and_of_channels_that_close(server, app, connect) -> None:
    heard = []
    for kind in ("user_change", "channel_archive", "member_joined_channel", "group_left"):
        app.event(kind)(lambda event: heard.append(event["type"]))
    connect()
    server.deactivates("U0JONAS")
    server.archives("general")
    server.invites("U0STEWARD", "sales")
    server.removes("U0STEWARD", "ai-reviews")
    server.wait_until(lambda: len(heard) == 4)
    assert set(heard) == {"user_change", "channel_archive", "member_joined_channel", "group_left"}
    with pytest.raises(LookupError, match="archived"):
        server.person("U0MIRA").says("general", "x")


def test_nobody_unknown_acts(server) -> None:
    with pytest.raises(LookupError, match="Nobody here"):
        server.person("U404")
