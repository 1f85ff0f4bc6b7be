"""The cases by which a model is measured are sound, and what it would do wrong is counted on the right side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.__main__ import main
from bot.model import door
from bot.model.trial import Known, Says, a_case, load, weighed
from tests.bot.cli.conftest import steward as steward
from tests.builders import a_desk
from tests.model_server import ModelServer, Play, a_model, fails, gives
from triage.consulting import Suggest, Suggestion
from triage.quoted import fitting

CASES = load()
DESK = a_desk()


def one(question: str, *choices: str) -> Suggestion:
    return Suggestion(question=question, choices=choices, because="said")


def test_there_are_enough_cases_and_each_has_its_name() -> None:
    assert len(CASES.cases) >= 60
    assert len({each.id for each in CASES.cases}) == len(CASES.cases)
    assert sum(not each.says for each in CASES.cases) >= 12, "cases in which nothing is said"


@pytest.mark.parametrize("known", CASES.cases, ids=lambda known: known.id)
def test_what_a_case_says_could_be_suggested_word_by_word(known: Known) -> None:
    found = fitting(Suggest(suggestions=known.suggestions), known.words, a_case(known, DESK), DESK.form)
    assert found == known.suggestions
    assert weighed(known, found, CASES.usual, DESK).right == len(known.says)


RANKS = Known(
    id="x",
    words="It ranks applications.",
    says={
        "area": Says(choices=("employment",), because="said"),
        "function": Says(choices=("employment.ranking",), because="said"),
        "output_use": Says(choices=("decides_people",), because="said"),
        "data": Says(choices=("special",), because="said"),
    },
)
PLAIN = Known(id="y", words="It makes slides.")


@pytest.mark.parametrize(
    ("known", "said", "through", "stopped"),
    [
        (RANKS, one("function", "admin_only"), ("function",), ()),
        (PLAIN, one("red_flag", "social_scoring"), (), ("red_flag",)),
        (PLAIN, one("data", "special"), (), ("data",)),
        (PLAIN, one("data", "public"), (), ()),
        (RANKS, one("data", "special"), (), ()),
    ],
)
def test_either_mistake_is_counted_on_its_own_side(
    known: Known, said: Suggestion, through: tuple[str, ...], stopped: tuple[str, ...]
) -> None:
    found = weighed(known, [said], CASES.usual, DESK)
    assert (found.through, found.stopped) == (through, stopped)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    door._client()
    with a_model() as found:
        yield found


def recorded(question: dict[str, Any]) -> Play:
    """Replies as a good model gave them: what the case says, copied word by word."""
    text = str(question["messages"][1]["content"])
    known = next(each for each in CASES.cases if f"\n{each.words}\n" in text)
    return gives({"suggestions": [each.model_dump() for each in known.suggestions]}, tokens=10)


def wishful(question: dict[str, Any]) -> Play:
    """Replies of one that finds everything harmless, and rests it on whatever stands there."""
    text = str(question["messages"][1]["content"])
    known = next(each for each in CASES.cases if f"\n{each.words}\n" in text)
    said = [("data", "public"), ("output_use", "draft_self")]
    because = known.words[:200].rpartition(" ")[0]
    return gives({"suggestions": [{"question": q, "choices": [c], "because": because} for q, c in said]})


def test_a_good_model_makes_neither_mistake(steward: Any, server: ModelServer) -> None:
    server.play(recorded)
    code, out, _ = steward("model", "eval", "--model", server.model)
    lines = {line.partition(":")[0]: line.partition(":")[2].strip() for line in out.splitlines()}
    assert code == 0
    assert (lines["cases"], lines["without a usable answer"]) == (str(len(CASES.cases)), "0")
    assert (lines["would let a risky use through"], lines["would stop a harmless one"]) == ("0", "0")
    assert lines["right"] == str(sum(len(each.says) for each in CASES.cases))
    assert lines["tokens"] == str(10 * len(CASES.cases))


def test_a_wishful_one_is_found_out(steward: Any, server: ModelServer) -> None:
    server.play(wishful)
    code, out, err = steward("model", "eval", "--model", server.model, "--json")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {each["id"] for each in found if "output_use" in each["through"]} >= {"unread-mails", "interviews"}
    assert {each["id"] for each in found if "data" in each["through"]} >= {"health-records"}
    assert not [each for each in found if each["stopped"]]
    assert "would let a risky use through" in err


def test_nothing_is_measured_where_no_model_answers(steward: Any, server: ModelServer) -> None:
    server.play(fails(401))
    code, out, _ = steward("model", "eval", "--model", server.model)
    assert code == 1
    assert "no answer" in out
    assert steward("model", "eval")[0] == 2


def test_every_prompt_has_its_version_and_digest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["model", "prompts"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 8
