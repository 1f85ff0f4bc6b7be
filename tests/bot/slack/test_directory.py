"""Who is who: ids that Slack never gave become nobody, strangers hold no role, and a silent Slack costs little."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy import event
from sqlmodel import func, select

from bot.slack.directory import GROUP_SECONDS, SILENT_SECONDS, STANDING_SECONDS, Directory
from bot.slack.payloads import Who
from store import people
from store.engine import Store
from store.errors import Unavailable
from store.tables import PersonRow
from triage.outcome import Refused

OURS, THEIRS = "T0OURS", "T0THEIRS"
INVENTED = [
    "",
    "U",
    "ana",
    "u0ana",
    "P0ANA",
    "U0ANA> <!channel>",
    "U0 ANA",
    "U0ANA\n",
    "Ü0ANA",
    "U" + "A" * 31,
]


class Slack(WebClient):
    """Knows two groups; can fall silent, or say that it does not know a group."""

    def __init__(self) -> None:
        super().__init__()
        self.groups = {"S0REVIEW": ["U0BEN", "U0EVE"], "S0LEGAL": ["U0EVE"]}
        self.silent = False
        self.asked: list[str] = []

    def usergroups_users_list(self, **asked: Any) -> Any:
        self.asked.append(asked["usergroup"])
        if self.silent:
            raise TimeoutError("the read operation timed out")
        if asked["usergroup"] not in self.groups:
            raise SlackApiError("no", {"ok": False, "error": "no_such_subteam"})
        return {"users": self.groups[asked["usergroup"]]}

    def users_info(self, **asked: Any) -> Any:
        if self.silent:
            raise TimeoutError("the read operation timed out")
        return {"user": {"id": asked["user"], "name": asked["user"].lower()}}


class Seconds:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def directory(store: Store, slack: Slack, seconds: Seconds) -> Directory:
    return Directory(store, slack, OURS, seconds)


def told(store: Store, clock: Callable[[], datetime], user: str, **standing: bool) -> str:
    with store.write() as session:
        return people.person(session, team=OURS, slack_user=user, now=clock(), name="somebody", **standing)


@pytest.mark.parametrize("user", INVENTED, ids=ascii)
def test_an_invented_id_becomes_nobody(directory: Directory, store: Store, user: str) -> None:
    with pytest.raises(Refused) as refused:
        directory.person(Who(OURS, user))
    assert refused.value.key == "not_a_person"
    assert directory.members([user]) == frozenset()
    with store.read() as session:
        assert session.exec(select(func.count()).select_from(PersonRow)).one() == 0


@pytest.mark.parametrize("user", INVENTED, ids=ascii)
def test_what_is_no_id_never_becomes_a_mention(directory: Directory, store: Store, user: str) -> None:
    """Whoever got into the table before ids were looked at is shown without any power."""
    person = told(store, store.now, user)
    assert "<" not in directory.mention(person)


def test_a_person_is_mentioned_by_slacks_id(directory: Directory) -> None:
    assert directory.mention(directory.person(Who(OURS, "U0ANA"))) == "<@U0ANA>"


def test_an_id_is_remembered_only_once_it_is_stored(directory: Directory, store: Store) -> None:
    def full(connection: Any) -> None:
        event.remove(store.engine, "commit", full)
        raise Unavailable("no room")

    for find in (lambda: directory.person(Who(OURS, "U0ANA")), lambda: directory.place("D0ANA")):
        event.listen(store.engine, "commit", full)
        with pytest.raises(Unavailable):
            find()
    person = directory.person(Who(OURS, "U0ANA"))
    place = directory.place("D0ANA", kind="dm", person=person)
    fresh = Directory(store, Slack(), OURS)
    assert (fresh.user(person), fresh.channel(place)) == ("U0ANA", "D0ANA")


@pytest.mark.parametrize(
    ("standing", "outsider", "holds"),
    [
        ({}, False, True),
        ({"restricted": True}, True, False),
        ({"is_bot": True}, True, False),
        ({"deleted": True}, True, False),
        ({"foreign_team": True}, True, False),
    ],
    ids=str,
)
def test_standing(
    directory: Directory, store: Store, standing: dict[str, bool], outsider: bool, holds: bool
) -> None:
    ben = told(store, store.now, "U0BEN", **standing)
    assert directory.outsider(ben) is outsider
    assert directory.members(["U0BEN"]) == (frozenset({ben}) if holds else frozenset())
    assert (ben in directory.members(["S0REVIEW"])) is holds


def test_a_person_of_another_workspace_is_no_colleague_from_the_first_moment(directory: Directory) -> None:
    ours = directory.person(Who(OURS, "U0ANA"))
    assert not directory.outsider(ours)
    theirs = directory.person(Who(THEIRS, "U0ANA"))
    assert directory.outsider(theirs)
    assert directory.members(["U0ANA"]) == {ours}


def test_what_slack_says_of_somebody_is_noticed_soon(
    directory: Directory, store: Store, seconds: Seconds
) -> None:
    ana = directory.person(Who(OURS, "U0ANA"))
    assert not directory.outsider(ana)
    told(store, store.now, "U0ANA", restricted=True)
    assert not directory.outsider(ana)
    seconds.now += STANDING_SECONDS
    assert directory.outsider(ana)
    told(store, store.now, "U0ANA", restricted=False)
    directory.forget_standing()
    assert not directory.outsider(ana)


def test_a_silent_slack_is_asked_once_for_all_groups(
    directory: Directory, slack: Slack, seconds: Seconds
) -> None:
    slack.silent = True
    config = {"reviewer": ["S0REVIEW", "U0ANA"], "legal": ["S0LEGAL"]}
    roles = directory.roles(config)
    assert (len(roles["reviewer"]), len(roles["legal"])) == (1, 0)
    directory.roles(config)
    assert slack.asked == ["S0REVIEW"]
    slack.silent, seconds.now = False, seconds.now + SILENT_SECONDS
    roles = directory.roles(config)
    assert (len(roles["reviewer"]), len(roles["legal"])) == (3, 1)


def test_a_group_that_slack_does_not_know_silences_no_other(
    directory: Directory, slack: Slack, seconds: Seconds
) -> None:
    roles = directory.roles({"reviewer": ["S0GONE"], "legal": ["S0LEGAL"]})
    assert (len(roles["reviewer"]), len(roles["legal"])) == (0, 1)
    directory.roles({"reviewer": ["S0GONE"]})
    assert slack.asked == ["S0GONE", "S0LEGAL"]
    seconds.now += GROUP_SECONDS
    directory.roles({"reviewer": ["S0GONE"]})
    assert slack.asked[2:] == ["S0GONE"]


def test_a_group_that_gives_power_is_asked_again_at_the_click(directory: Directory, slack: Slack) -> None:
    config = {"reviewer": ["S0REVIEW"], "legal": ["S0LEGAL"]}
    ben, eve = (directory.person(Who(OURS, user)) for user in ("U0BEN", "U0EVE"))
    assert directory.roles(config)["reviewer"] == {ben, eve}
    slack.groups["S0REVIEW"].remove("U0BEN")
    assert directory.roles(config)["reviewer"] == {ben, eve}
    asked = len(slack.asked)
    assert directory.roles(config, actor=ben)["reviewer"] == {eve}
    assert slack.asked[asked:] == ["S0REVIEW"]
    directory.roles(config, actor=ben)
    assert slack.asked[asked:] == ["S0REVIEW"], "who was in no group costs no question"


def test_whoever_comes_first_counts_as_a_guest_until_slack_says_who_they_are(
    directory: Directory, slack: Slack
) -> None:
    slack.silent = True
    ana = directory.person(Who(OURS, "U0ANA"))
    assert directory.outsider(ana)
    slack.silent = False
    assert not directory.outsider(ana)
