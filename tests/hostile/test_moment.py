"""What counts is who somebody is at the click: between the window and its sending, memberships and accounts change."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

import pytest

from bot.slack.payloads import Who
from store import people, settings
from tests.hostile.recording import GROUP, GUS, MEG, OLD, Payload, Recording
from tests.hostile.stage import Came, Stage
from tests.slack_world import ANA, BEN, DAN, EVE, TEAM
from triage.case import Status

Change = Callable[[Stage], None]


@pytest.fixture
def approve(recording: Recording, stage: Stage) -> Payload:
    """A window about a request that a reviewer could approve, as it lies open."""
    for payload in recording.kinds["view_submission approve"]:
        case = stage.cases.get(payload["view"]["private_metadata"].partition("|")[0])
        if case is not None and case.status is Status.in_review and case.verdict and not case.verdict.gaps:
            return payload
    raise AssertionError("the recording holds no such request")


@pytest.fixture(autouse=True)
def groups(stage: Stage) -> Iterator[None]:
    kept = {name: list(members) for name, members in stage.slack.groups.items()}
    yield
    stage.slack.groups = kept


def by(payload: Payload, user: str, team: str = TEAM) -> Payload:
    made = copy.deepcopy(payload)
    made["user"] |= {"id": user, "team_id": team}
    return made


def after(stage: Stage, change: Change, payload: Payload) -> Came:
    """The bot has looked at everything a moment ago; then something changes, and then the window comes in."""
    stage.back()
    stage.front.desk()
    change(stage)
    return stage.goes_on_with(payload)


def nothing(stage: Stage) -> None:
    pass


def leaves_the_group(stage: Stage) -> None:
    stage.slack.groups[GROUP].remove(MEG)


def the_group_is_gone(stage: Stage) -> None:
    del stage.slack.groups[GROUP]


def becomes(user: str, **standing: bool) -> Change:
    def change(stage: Stage) -> None:
        with stage.store.write() as session:
            people.person(session, team=TEAM, slack_user=user, now=stage.now, **standing)
        stage.front.directory.forget_standing()  # as the event does that tells of it

    return change


CALLED = ("stage.began", "tasks.called", "part.named")
"""What a yes calls for by itself."""


@pytest.mark.parametrize("user", [BEN, MEG])
def test_who_holds_the_role_decides(stage: Stage, approve: Payload, user: str) -> None:
    came = after(stage, nothing, by(approve, user))
    assert [line["what"] for line in came.lines] == ["case.approved", *CALLED]


@pytest.mark.parametrize(
    ("user", "team", "change"),
    [
        (MEG, TEAM, leaves_the_group),
        (MEG, TEAM, the_group_is_gone),
        (BEN, TEAM, becomes(BEN, restricted=True)),
        (BEN, TEAM, becomes(BEN, deleted=True)),
        (BEN, "T0FOREIGN", nothing),
        (GUS, TEAM, nothing),
        (OLD, TEAM, nothing),
        (DAN, TEAM, nothing),
    ],
    ids=[
        "left the group",
        "group gone",
        "now a guest",
        "now closed",
        "foreign",
        "guest",
        "closed",
        "no role",
    ],
)
def test_everybody_else_is_told_no_and_it_stands_in_the_trail(
    stage: Stage, approve: Payload, user: str, team: str, change: Change
) -> None:
    came = after(stage, change, by(approve, user, team))
    (line,) = came.lines
    assert (line["what"], line["detail"]["because"]) == ("approve.refused", "not_your_role")
    assert line["actor"] == stage.front.directory.person(Who(team, user))
    assert "to decide" in str(came.answer)
    assert came.after == {}


@pytest.mark.parametrize("user", [ANA, DAN, BEN, EVE])
def test_nobody_approves_their_own(stage: Stage, recording: Recording, user: str) -> None:
    """Also who holds every role, and under the id of another workspace."""
    roles = {f"roles.{role}": [user] for role in ("reviewer", "risk_owner", "committee", "legal")}

    def all_roles(stage: Stage) -> None:
        with stage.store.write() as session:
            for name, held in roles.items():
                settings.change(session, name, held, by=None, now=stage.now)
        stage.front.office.changed()

    mine = {id for id, case in stage.cases.items() if _user(stage, case.requester) == user}
    tried = 0
    for payload in recording.kinds["view_submission approve"] + recording.kinds["view_submission decline"]:
        if payload["view"]["private_metadata"].partition("|")[0] not in mine:
            continue
        for team in (TEAM, "T0SECOND"):
            came = after(stage, all_roles, by(payload, user, team))
            refused = [line["detail"].get("because") for line in came.lines]
            assert refused == ["own_request"], (payload["view"]["callback_id"], team)
            tried += 1
    assert tried or user == EVE


def _user(stage: Stage, person: str) -> str | None:
    return stage.front.directory.user(person)
