"""Thousands of payloads with something wrong in them: no fault, no silence, nothing that somebody may not."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.looked import LOOKED
from store.samples import ASKED, DRAWN
from tests.hostile.judging import complaints
from tests.hostile.mutating import CHANGES, CHANNELS, Bench, Change, mutated
from tests.hostile.recording import VIC, Payload, Recording, expected_kinds
from tests.hostile.stage import Stage

FAMILIES = ("press", "view", "event", "other")


def family(kind: str) -> str:
    first = kind.partition(" ")[0].partition("_")[0]
    return first if first in FAMILIES else "other"


def test_every_kind_of_payload_was_recorded(recording: Recording) -> None:
    assert expected_kinds() - set(recording.kinds) == set()


def test_what_is_right_does_no_harm(recording: Recording, stage: Stage) -> None:
    for kind, payload in recording.all():
        assert complaints(stage, stage.takes(payload), payload) == [], kind


def test_whoever_is_let_in_to_audit_only_looks(recording: Recording, stage: Stage) -> None:
    """One of each kind, as if they had sent it, though the settings list them in every role.

    A sample is their work: it changes nothing, and the lines that it leaves are the proof that nobody chose it.
    """
    noted = 0
    for kind, (payload, *_) in recording.kinds.items():
        came = stage.takes(theirs := sent_by(payload, VIC))
        assert complaints(stage, came, theirs) == [], kind
        assert [
            what
            for line in came.lines
            if not (what := line["what"]).endswith((".refused", LOOKED, ASKED, DRAWN))
        ] == [], kind
        assert came.after == {}, kind
        noted += any(line["what"] == LOOKED for line in came.lines)
    assert noted > 20


def sent_by(payload: Payload, user: str) -> Payload:
    """The same, from somebody else of the same workspace; the window is one that was opened for them."""
    made = copy.deepcopy(payload)
    for part in (made, made.get("event"), made.get("message")):
        if isinstance(part, dict) and "user" in part:
            part["user"] = part["user"] | {"id": user} if isinstance(part["user"], dict) else user
    return made | ({"user_id": user} if "user_id" in made else {})


@pytest.mark.slow
@pytest.mark.parametrize("of", FAMILIES)
def test_whatever_is_wrong(
    recording: Recording, stage: Stage, of: str, request: pytest.FixtureRequest
) -> None:
    kinds = [each for kind, each in sorted(recording.kinds.items()) if family(kind) == of]
    bench = Bench([p for _, p in recording.all()], recording.cases, (*CHANNELS, *recording.dms.values()))
    share = {"press": 0.4, "view": 0.25, "event": 0.2, "other": 0.15}[of]

    @settings(
        max_examples=max(10, round(request.config.getoption("--cases") * share)),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 999), st.integers(0, 999), CHANGES, st.integers(0, 5))
    def tried(kind: int, which: int, changes: Sequence[Change], again: int) -> None:
        there = kinds[kind % len(kinds)]
        payload = mutated(there[which % len(there)], changes, bench)
        check(stage, payload, again=again == 1)

    tried()


def check(stage: Stage, payload: Payload, *, again: bool) -> None:
    """Once, or twice in a row: the second time nothing more comes of it."""
    came = stage.takes(payload)
    assert complaints(stage, came, payload) == []
    if again:
        twice = stage.takes(payload, payload)
        assert complaints(stage, twice, payload) == []
        assert [line["what"] for line in twice.lines] == [line["what"] for line in came.lines]
        assert {id: case.version for id, case in twice.after.items() if id in came.before} == {
            id: case.version for id, case in came.after.items() if id in came.before
        }
