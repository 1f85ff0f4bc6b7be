"""Nothing that is written about a confidential use reaches anybody but its readers, by whatever door they ask."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.slack import screens, verbs
from bot.slack.ids import Action, Shortcut
from bot.slack.reception import EVENTS
from store.addresses import find
from store.queries import may_see
from store.records import USE
from tests.databases import Databases
from tests.hostile import confidence, knocking
from tests.hostile.confidence import (
    ALL,
    ANA,
    BEN,
    CARDS,
    DAN,
    EVE,
    FAY,
    LOU,
    MARK,
    OUTSIDE,
    TEAM,
    Told,
    bears,
)
from tests.hostile.slack import Sent, Slack
from tests.hostile.stage import Came, Stage
from tests.hostile.test_words import SPOKEN
from triage.outcome import Say

Json = dict[str, Any]
Key = tuple[str, str]
pytestmark = pytest.mark.slow
READERS = (ANA, BEN, EVE, FAY, DAN)


class House:
    """After the story: all that was drawn in it, and the bot that takes payloads, each from the same beginning."""

    def __init__(self, told: Told) -> None:
        self.told, self.story = told, list(told.sent)
        told.stage.close()
        dms = dict(told.stage.slack.dms)
        self.stage = Stage(told.url, Slack(confidence.BOT, {CARDS, ALL}, dms, {}), TEAM, told.stage.now)
        self.closed = {id for name, id in told.cases.items() if name not in told.open}
        self.buttons: dict[Key, Json] = {}
        self.windows: dict[Key, Json] = {}
        shown = [(sent.user, sent.content.get("blocks") or []) for sent in (*told.before, *self.story)]
        asked = [(user or BEN, element) for user, blocks in shown for element in self._keep(blocks)]
        while asked:
            asked += self._look(*asked.pop())

    def _keep(self, blocks: list[Json]) -> list[Json]:
        """Those that were not drawn before."""
        new = {_key(element): element for element in knocking.elements(blocks)}
        new = {key: element for key, element in new.items() if key not in self.buttons}
        self.buttons |= new
        return list(new.values())

    def _look(self, reader: str, element: Json) -> list[tuple[str, Json]]:
        """Whoever was shown it presses it, and goes on with what they are shown then."""
        if knocking.about(element) not in self.closed:
            return []
        came, found = self.stage.takes(self.press(reader, element)), list[tuple[str, Json]]()
        for view in (sent.content for sent in came.sent if sent.content.get("type") == "modal"):
            self.windows.setdefault((view["callback_id"], _case(view)), view)
            found += [(reader, each) for each in self._keep(view["blocks"])]
        return found

    def press(self, user: str, element: Json) -> Json:
        """On the card of what it is about, as it stands."""
        place = self.stage.front.directory.place(CARDS)
        about: Json = {"subject_kind": USE, "subject_id": knocking.about(element), "purpose": "card"}
        with self.stage.store.read() as session:
            card = find(session, **about, place_id=place)
        return knocking.press(user, element, ts=card.ts if card else "1799999999.000001")


def _case(view: Json) -> str:
    return re.split(r"[|\n]", str(view.get("private_metadata", "")))[0]


def _key(element: Json) -> Key:
    chosen = element.get("selected_option") or {}
    action = chosen.get("value") if element["action_id"].startswith(Action.MORE.value) else None
    return str(action or element["action_id"].partition(".")[0]), knocking.about(element)


@contextmanager
def listening(heard: list[logging.LogRecord]) -> Iterator[None]:
    """Everything that ours log, however little it matters."""
    handler = logging.Handler(logging.DEBUG)
    handler.emit = heard.append  # type: ignore[method-assign,assignment]
    ours = [logging.getLogger(name) for name in ("bot", "store", "triage", "intake")]
    before = [each.level for each in ours]
    for each in ours:
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for each, level in zip(ours, before, strict=True):
            each.removeHandler(handler)
            each.setLevel(level)


@pytest.fixture(scope="module")
def said() -> set[Say]:
    return set()


@pytest.fixture(scope="module")
def logged() -> list[logging.LogRecord]:
    return []


@pytest.fixture(scope="module")
def house(sqlite_databases: Databases, said: set[Say], logged: list[logging.LogRecord]) -> Iterator[House]:
    render, told = screens.render, confidence.begin(sqlite_databases.copy())

    def watched(say: Say, scene: Any, facts: Any) -> Any:
        if scene.case.confidential:
            said.add(say)
        return render(say, scene, facts)

    with pytest.MonkeyPatch.context() as patch, listening(logged):
        patch.setattr(screens, "render", watched)
        confidence.tell(told)
        house = House(told)
        patch.undo()
        yield house
        house.stage.close()


def outside(sent: list[Sent]) -> list[Sent]:
    """What people read who are no readers."""
    return [each for each in sent if (each.user or each.channel) in (*OUTSIDE, CARDS, ALL)]


def leaks(came: Came) -> list[Any]:
    found = [each.content for each in outside(came.sent) if bears(each.content)]
    return found + ([came.answer] if bears(came.answer) else [])


def test_those_outside_are_no_readers(house: House) -> None:
    """Else this proves nothing. Whoever reads has to be let in by the same filter."""
    front = house.stage.front
    with house.stage.store.read() as session:
        for user in OUTSIDE:
            person = house.told.person(user)
            reader = front.reader(person, front.desk(actor=person))
            assert not [id for id in house.closed if may_see(session, reader, id)]
        asker = house.told.person(ANA)
        assert all(may_see(session, front.reader(asker, front.desk()), id) for id in house.closed)


def test_nothing_that_was_said_on_the_way_bears_a_word_of_it(house: House) -> None:
    assert [each for each in outside(house.story) if bears(each.content)] == []
    assert len(outside(house.story)) > len(house.closed), "cards stand there"
    assert {each.user for each in house.story if bears(each.content)} == set(READERS)


@pytest.mark.parametrize("user", OUTSIDE)
def test_no_button_and_no_window_shows_it(house: House, user: str) -> None:
    """Each that was ever drawn about it, and each other as it could be forged."""
    drawn = {action for action, _ in house.buttons}
    some = [house.told.cases[name] for name in ("asked", "bound")]
    forged = {
        (action.value, id): knocking.button(action, id)
        for action in Action
        for id in some
        if action.value not in drawn
    }
    bodies = {key: house.press(user, element) for key, element in (forged | house.buttons).items()}
    bodies |= {key: knocking.handed_in(user, view) for key, view in house.windows.items()}
    found = {key: shown for key, body in bodies.items() if (shown := leaks(house.stage.takes(body)))}
    assert len(bodies) > 100
    assert found == {}


ASKED = (
    *verbs.VERBS,
    *verbs.ACTS,
    *(
        f"{verb} {ref}"
        for verb in (verbs.SHOW, verbs.ASSESS, verbs.CHANGE, verbs.PATTERN)
        for ref in (1, 2, 4, 12)
    ),
    "AIU-2026-0001",
    "",
    "list otter",
    f"list {MARK[:8]}",
    "can I use Otter?",
    "can I use Otter for minutes?",
    "what is allowed?",
    "what is allowed for notes?",
)


@pytest.mark.parametrize("user", OUTSIDE)
def test_no_command_shows_it(house: House, user: str) -> None:
    found = {text: shown for text in ASKED if (shown := leaks(house.stage.takes(knocking.call(user, text))))}
    assert found == {}


def test_a_search_for_its_words_finds_nothing(house: House) -> None:
    """Not even its reference: that would say that the word stands in it."""
    came = house.stage.takes(knocking.call(LOU, f"list {MARK[:8]}"))
    assert "AIU-" not in str(came.answer)
    assert "AIU-" in str(house.stage.takes(knocking.call(LOU, "list")).answer)


@pytest.mark.parametrize("user", OUTSIDE)
def test_no_event_and_no_shortcut_shows_it(house: House, user: str) -> None:
    direct: Json = {"channel": f"D{user}", "channel_type": "im"}
    there: Json = {"channel": CARDS, "channel_type": "channel"}
    bodies = [knocking.event(user, kind, channel=CARDS) for kind in EVENTS]
    bodies.append(knocking.event(user, "app_home_opened", channel=f"D{user}", tab="home"))
    for number, text in enumerate(
        ("AIU-2026-0001", "status", "list", "I'd like to use Otter.ai for minutes")
    ):
        ts = f"1799999999.{number:06}"
        bodies += [
            knocking.event(user, "message", ts=ts, text=text, **direct),
            knocking.event(user, "app_mention", ts=ts, text=f"<@U0BOT> {text}", **there),
            *(knocking.shortcut(user, each.value, text) for each in Shortcut),
        ]
    assert [shown for body in bodies if (shown := leaks(house.stage.takes(body)))] == []


def test_time_brings_nothing_of_it_to_light(house: House) -> None:
    """Reminders, escalations, conditions that fail and approvals that end."""
    stage = house.stage
    stage.back()
    later = Told(house.told.url, stage, cases=house.told.cases)
    before = stage.now
    try:
        later.days(40)
        assert [each for each in outside(stage.slack.sent) if bears(each.content)] == []
        assert outside(stage.slack.sent), "somebody is reminded"
    finally:
        stage.now = before
        stage.back()


def test_nothing_is_logged_of_it(house: House, logged: list[logging.LogRecord]) -> None:
    assert logged
    assert [record.getMessage() for record in logged if MARK in str(vars(record)).lower()] == []


# -- whatever is new has to be planted or pressed here, or named


NOT_IN_CONFIDENCE = {
    "withdraw_pattern.reason", "choose.answer", "choose.question", "edit.question", "settle.answers", "reply.answers",
    "disclose.source_id", "disclose.title", "disclose.unit", "disclose.tool_name", "disclose.words",
    "disclose.answers", "write_plan.measures", "give_readings.readings",
    "do_task.link", "do_task.words", "do_task.file", "refuse_part.reason", "stop_use.reason",
    "confirm_review.words", "confirm_review.answers", "read_review.words",
    "tell_use.tool_name", "tell_use.title", "tell_use.purpose", "tell_use.unit", "follow_up.purpose", "follow_up.unit",
    "follow_up.tool_name",
    "snooze.reason", "not_used.reason", "give_facts.answers",
}  # fmt: skip
"""Words that the same texts as others come from, or that come in the open only: an import, the end of a pattern."""


def test_the_word_stands_in_every_field_that_people_fill(house: House) -> None:
    assert set(SPOKEN) - house.told.spoken == NOT_IN_CONFIDENCE


UNSAID = {
    Say.at_summary, Say.cancelled, Say.closed_already, Say.expiry, Say.help, Say.inquiry_answer, Say.joined, Say.looked,
    Say.measured, Say.not_understood, Say.old_button, Say.overdue, Say.partly, Say.paused, Say.recorded_note,
    Say.remark,
    Say.review, Say.running, Say.settled_for_you, Say.standing, Say.still_offered, Say.thanked, Say.why,
    Say.withdraw_offered,
}  # fmt: skip
"""Answers in the thread of whoever asks, and what only the clock or a team brings: none of them in the story itself."""


def test_every_message_was_owed_about_one_of_them(house: House, said: set[Say]) -> None:
    """A new one has to come about in the story, or to be named above."""
    assert set(Say) - said <= UNSAID
    assert Say.card in said
