"""Tool and data that do not go together speak up at the answer that makes it so, and never on a guess."""

import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.words import Words
from intake.answers import Answer, answered, unsure
from intake.source import Damaged
from tests.builders import ANA, a_case, a_desk, a_talk, facts, key, some_answers
from tests.triage.drawing import draw
from triage.asset import Asset
from triage.case import Case, Fact, Source, Status
from triage.decide import decide
from triage.pairings import FILE, INSTEAD, just_said, load_pairings, pairings, settled_like, speaking
from triage.talk import Asked, Phase
from triage.talking import Choose

DESK = a_desk()
FORM = DESK.form


def draft(**change: Answer) -> Case:
    return a_case(Status.draft, some_answers(**change))


def said(case: Case) -> list[str]:
    return [each.id for each in speaking(case, DESK)]


@pytest.mark.parametrize(
    ("data", "change", "heard"),
    [
        (("client_owned",), {"account": "personal_free"}, ["private-client"]),
        (("personal",), {"account": "personal_free"}, ["private-people"]),
        (("special",), {"account": "personal_free"}, ["private-people"]),
        (("confidential",), {"account": "personal_free"}, ["private-confidential"]),
        (("internal",), {"account": "personal_free"}, []),
        (("public",), {"account": "personal_free"}, []),
        (("client_owned",), {"account": "enterprise"}, []),
        (("client_owned", "personal"), {"account": "personal_free"}, ["private-client", "private-people"]),
        (("personal",), {"train_on_data": "yes"}, ["learns"]),
        (("personal",), {"train_on_data": "opted_out"}, []),
        (("public",), {"train_on_data": "yes"}, []),
        (("secrets_credentials",), {"account": "enterprise"}, ["secrets"]),
        (("secrets_credentials",), {"account": "self_hosted"}, []),
    ],
)
def test_what_speaks_up(data: tuple[str, ...], change: dict[str, str], heard: list[str]) -> None:
    given = {question: answered(choice) for question, choice in change.items()}
    assert said(draft(data=answered(*data), **given)) == heard


def test_what_is_not_sure_or_not_said_speaks_of_nothing() -> None:
    private = answered("personal_free")
    assert said(draft(account=private, data=unsure("client_owned"))) == []
    assert said(draft(account=unsure("personal_free"), data=answered("client_owned"))) == []
    assert said(a_case(Status.draft, {"data": answered("client_owned")})) == []


def test_a_tool_of_the_catalogue_has_settled_terms_so_nobody_is_told_about_accounts() -> None:
    assets = {"otter": Asset(id="otter", name="Otter.ai", assessed=True)}
    case = draft(account=answered("personal_free"), data=answered("client_owned"))
    assert speaking(case, a_desk(assets=assets)) == ()


@pytest.mark.parametrize("seed", range(20))
def test_less_that_is_known_never_makes_more_speak_up(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(30):
        answers, _ = draw(FORM, dice)
        fewer = {name: answer for name, answer in answers.items() if dice.random() < 0.7}
        doubted = {name: unsure(*a.picked) if dice.random() < 0.3 else a for name, a in fewer.items()}
        whole = set(said(bare(answers)))
        assert set(said(bare(fewer))) <= whole
        assert set(said(bare(doubted))) <= whole


def bare(answers: Mapping[str, Answer]) -> Case:
    return a_case(Status.draft, {}).model_copy(update={"facts": facts(answers)})


def test_it_is_said_at_the_answer_that_makes_it_true_and_kept_once() -> None:
    case = draft(data=answered("client_owned"))
    case = case.model_copy(
        update={"talk": a_talk(phase=Phase.asking, asked=(Asked(turn=1, question="account"),))}
    )
    choice = Choose(
        case=case.id, actor=ANA, key=key(), turn=1, question="account", answer=answered("personal_free")
    )
    outcome = decide(case, choice, DESK)
    lines = [each for each in outcome.happened if each.what == "pairing.told"]
    assert [each.detail for each in lines] == [{"pairings": ("private-client",)}]
    later = a_desk(now=DESK.now.replace(hour=12))
    fact = Fact(question="unit", answer=answered("Sales"), by=ANA, at=later.now, source=Source.person)
    after = outcome.case.model_copy(update={"facts": {**outcome.case.facts, "unit": fact}})
    assert just_said(after, later) == ()
    assert [each.id for each in speaking(after, later)] == ["private-client"]


def test_settled_tools_of_the_same_kind_are_offered_and_no_others() -> None:
    mine = DESK.catalogue.get("otter")
    assert mine is not None
    same, bare_one = [t.id for t in DESK.catalogue.tools if t.category == mine.category and t.id != "otter"][
        :2
    ]
    other = next(t.id for t in DESK.catalogue.tools if t.category != mine.category)
    settled = {same: "Notes by us", other: "Something else", "otter": "Otter.ai"}
    known = {id: Asset(id=id, name=name, assessed=True) for id, name in settled.items()}
    known[bare_one] = Asset(id=bare_one, name="Not looked at", assessed=False)
    assert settled_like(draft(), a_desk(assets=known)) == ("Notes by us",)


def test_each_has_its_words_and_a_source() -> None:
    words = Words("en")
    for each in pairings():
        assert words.has(f"pairing.{each.id}")
        assert each.source
    assert all(words.has(f"pairing_instead.{key}") for key in INSTEAD)


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ("instead: no_learning", "instead: no_lerning", "`no_lerning` is nothing that is offered"),
        ("[account, data]", "[acount, data]", "`acount` is not a question"),
        ("contains: client_owned", "contains: client_own", "`client_own` is not a choice of `data`"),
        ("source:", "sorce:", "`source` is missing"),
    ],
)
def test_one_that_is_unclear_is_refused_with_what_to_do(
    tmp_path: Path, was: str, becomes: str, why: str
) -> None:
    file = tmp_path / "pairings.yaml"
    file.write_text(FILE.read_text("utf-8").replace(was, becomes, 1), "utf-8")
    with pytest.raises(Damaged, match=re.escape(why)):
        load_pairings(file, FORM)


def test_a_condition_may_name_a_tool(tmp_path: Path) -> None:
    file = tmp_path / "pairings.yaml"
    text = FILE.read_text("utf-8").replace(
        "{question: account, is: personal_free}", "{setting: tool, is: otter}", 1
    )
    file.write_text(text, "utf-8")
    own = load_pairings(file, FORM)
    case = draft(data=answered("client_owned"))
    assert [each.id for each in speaking(case, DESK, own)] == ["private-client"]
