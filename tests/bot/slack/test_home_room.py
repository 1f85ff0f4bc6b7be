"""However much waits for one person, Home has room for a part of each list and says how much more there is."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from bot.config import Config
from bot.slack import homes, screens
from bot.slack.ids import Action
from bot.slack.message import VIEW_BLOCKS
from bot.slack.scene import Home, Lead
from bot.slack.screens.homelead import BLOCKS, lead_blocks
from store import queries
from store.asks import Waiting
from store.lists import Bound, PutOff, Span
from tests.bot.slack import scenery as s
from tests.bot.slack.confided import confided
from triage.case import DecisionKind, Status
from triage.conditions import Condition
from triage.figures import Count, Lack, Stock
from triage.overview import Overview
from triage.register import Entry
from triage.steps import ConditionStep, Term

ACTS = (Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.ASK, Action.DECLINE, Action.TAKE)


def entries(kind: str, status: Status, count: int = 10) -> tuple[Entry, ...]:
    soon = s.NOW + timedelta(days=1)
    return tuple(
        s.entry(id=f"{kind}{n}", title=f"{kind} {n}", status=status, due_at=soon) for n in range(count)
    )


@pytest.mark.parametrize("more", [0, 990])
def test_everything_at_once_has_room(more: int) -> None:
    lists: dict[str, Any] = {
        "waiting": entries("waiting", Status.in_review),
        "drafts": entries("draft", Status.draft),
        "requests": entries("request", Status.in_review),
        "usable": entries("usable", Status.approved, 20),
    }
    referred = tuple((each, 1) for each in entries("referred", Status.in_review))
    acts = {each.id: ACTS for each in (*lists["waiting"], *lists["requests"], *lists["drafts"])}
    counts = dict.fromkeys(("waiting", "drafts", "requests"), more)
    drawn = screens.home(
        Home(
            voice=s.voice(),
            reader=s.CLEO,
            now=s.NOW,
            day=s.NOW.date(),
            referred=referred,
            acts=acts,
            more=counts,
            **lists,
        )
    )
    text = json.dumps(drawn)
    assert len(drawn["blocks"]) < VIEW_BLOCKS, "so nothing had to be left out"
    for kind in ("waiting", "draft", "request", "usable", "referred"):
        assert f"{kind} 0" in text
        assert f"{kind} 4" in text
        assert f"{kind} 5" not in text
    assert ("Show all 1000" in text) == (more == 990), "five are shown, and all are counted"


MET = ConditionStep(id="s1", decision="d1", number=1, kind="done", at=s.NOW, by=s.ANA, words="See there")
CONDITION = Condition(decision="d1", number=1, text="A person checks it", term=Term(), steps=(MET,))


def test_every_list_at_once_has_room() -> None:
    """Signatures, conditions, reports and what one's teams joined beside all others."""
    claim = s.decision(DecisionKind.annex_claim)
    lists: dict[str, Any] = {
        "waiting": entries("waiting", Status.in_review),
        "drafts": entries("draft", Status.draft),
        "requests": entries("request", Status.in_review),
        "usable": entries("usable", Status.approved, 20),
        "uses": entries("held", Status.approved),
        "bound": tuple(
            Bound(each, "Tell people", each.review_on, True) for each in entries("bound", Status.approved)
        ),
        "snoozed": tuple(
            PutOff(each, "review:1", s.NOW.date(), "") for each in entries("off", Status.approved)
        ),
        "measuring": entries("measured", Status.approved, 15),
        "referred": tuple((each, 1) for each in entries("referred", Status.in_review, 15)),
        "signing": tuple((each, claim) for each in entries("signed", Status.in_review, 15)),
        "looking": tuple((each, CONDITION) for each in entries("looked", Status.approved, 15)),
    }
    acts = {each.id: ACTS for name in ("waiting", "requests", "drafts") for each in lists[name]}
    drawn = screens.home(
        Home(voice=s.voice(), reader=s.CLEO, now=s.NOW, day=s.NOW.date(), acts=acts, **lists)
    )
    text = json.dumps(drawn)
    assert len(drawn["blocks"]) < VIEW_BLOCKS, "so nothing had to be left out"
    assert text.count("Show all 15") == 4, "reports, answers, signatures and conditions"
    for name in lists:
        assert f"|0||{name}" in text, "each has the way to the rest of it"


def test_several_who_decide_are_no_one_of_them() -> None:
    (one,) = entries("request", Status.in_review, 1)
    given: dict[str, Any] = {"requests": (one,), "deciders": {one.id: (s.BEN, s.CLEO)}}
    alone = json.dumps(
        screens.home(Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), **given))
    )
    home = Home(
        voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), several=frozenset({one.id}), **given
    )
    several = json.dumps(screens.home(home))
    assert "decides by" in alone
    assert "Several people decide, by" in several
    assert "decides by" not in several


def test_what_is_asked_in_two_roles_is_told_apart() -> None:
    waiting = s.entry(status=Status.in_review)
    roles = {(waiting.id, 1): "privacy", (waiting.id, 2): "vendor_manager"}
    shown = screens.home(
        Home(
            voice=s.voice(),
            reader=s.CLEO,
            now=s.NOW,
            day=s.NOW.date(),
            referred=((waiting, 1), (waiting, 2)),
            asked_as=roles,
        )
    )
    assert "you are asked as Privacy" in str(shown)
    assert "you are asked as the vendor manager" in str(shown)


def test_a_reader_of_what_is_open_is_not_told_that_it_is_confidential() -> None:
    drawn = {name: shown.text for name, shown in confided(str).items() if name.startswith("told_reader")}  # type: ignore[union-attr]
    assert "It is confidential: others see only" in drawn["told_reader_named"]
    assert "It is not confidential" in drawn["told_reader_of_open"]


def test_what_is_somebody_elses_takes_no_room_of_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind more of others than there is room for stands one of theirs: it is shown, and nothing counts beside it."""
    cases = {f"c{n}": s.case(id=f"c{n}") for n in range(7)}
    waiting = [Waiting(id, "", None, Status.approved.value) for id in cases]
    given: dict[str, Any] = {"session": None, "person": s.ANA, "desk": None, "front": None}
    looks: Any = SimpleNamespace(**given, seconds=waiting, case=cases.get)
    told = tuple(s.entry(id=id) for id in cases)
    patch = partial(monkeypatch.setattr, homes)
    patch("reviewed_by", lambda session, person: list(cases))
    patch("reviewer_of", lambda case, desk: s.ANA if case.id == "c6" else s.BEN)
    patch("make_voice", lambda front: None)
    patch("looked_at_by", lambda case, person, desk: ("it",) if case.id == "c6" else ())
    monkeypatch.setattr(queries, "named", lambda session, ids: tuple(e for e in told if e.id in ids))
    scenes, further = homes.READ["reviewing"](looks, Span(0, 5))
    assert ([scene.case.id for scene in scenes], further) == (["c6"], 0)
    rows, further = homes.READ["looking"](looks, Span(0, 5))
    assert ([(e.id, one) for e, one in rows], further) == ([("c6", "it")], 0)


def test_what_whoever_leads_finds_besides_is_counted_in_full() -> None:
    lacks = tuple(Lack(fact=fact, uses=1) for fact in ("owner_id", "data"))
    stock = Stock(counts=(Count(state="approved", tier=2, uses=9),), overdue=3)
    found = Overview(at=s.NOW, stock=stock, conditions=2, reviews=1, lacks=lacks)
    drawn = lead_blocks(s.words(), Lead(found, Config(), s.desk().wording))
    assert sum(block is not None for block in drawn) == BLOCKS


def test_what_is_late_goes_by_the_day_of_the_organisation() -> None:
    """Where it is the day after already, what was due yesterday is late though it is not in Greenwich."""
    held = s.entry(status=Status.approved, review_on=s.NOW.date())
    lists: dict[str, Any] = {"uses": (held,), "bound": (Bound(held, "Tell people", s.NOW.date(), False),)}
    there, ahead = (
        json.dumps(
            screens.home(Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date() + days, **lists))
        )
        for days in (timedelta(0), timedelta(days=1))
    )
    for late in (", was due", "It was to be looked at again by"):
        assert (late in there, late in ahead) == (False, True)


@pytest.mark.parametrize(
    ("kind", "says"), [("facts", "facts that are missing"), ("expiry", "its approval ends")]
)
def test_what_was_put_off_is_called_by_what_it_is(kind: str, says: str) -> None:
    off = PutOff(s.entry(), f"{kind}:1", s.NOW.date(), "")
    home = Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), snoozed=(off,))
    assert f"): {says}." in json.dumps(screens.home(home))
