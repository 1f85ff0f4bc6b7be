"""People who answer as their case says, and what that costs them: presses and replies after the first words.

`python -m tests.asking.playing` prints it for every case.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml

from intake.answers import Answer, answered, unsure
from intake.form import Kind, Question
from tests.builders import ANA, DM, NOW, ROOT, a_desk
from tests.triage.reading import d5_cases, given
from triage.asset import Asset
from triage.case import Case, Status
from triage.decide import decide
from triage.desk import Desk
from triage.interview import talk_of
from triage.organisation import Organisation
from triage.talking import Begin, Choose, Edit, PickTool, Start, Steer, Submit, Type

HERE = Path(__file__).parent
COMMON: Mapping[str, object] = {"area": ["none"], "red_flag": ["none"], "gen_public": ["no"],
    "profiling": "no", "monitoring": ["none"]}  # fmt: skip
RECORDS = ("kind", "tool", "purpose")


class Told(NamedTuple):
    """Somebody with a first sentence, and what they answer if they are asked."""

    name: str
    words: str
    answers: Mapping[str, Answer]
    organisation: Organisation
    settled_tool: bool


class Played(NamedTuple):
    """`asked`: the questions in the order in which they came; `together`: those of them that shared a message."""

    case: Case
    presses: int
    pressed_only: int
    asked: tuple[str, ...]


@cache
def sentences() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load((HERE / "sentences.yaml").read_text(encoding="utf-8"))
    return found


def of_cases() -> list[Told]:
    """Those of domain.md D.5; the last two, in which nobody knows anything, are for judgement alone."""
    raw = yaml.safe_load((HERE.parent / "triage" / "d5.cases.yaml").read_text(encoding="utf-8"))
    by_name = {case["name"]: case for case in raw}
    told = []
    for case in d5_cases():
        own = by_name[case.name]
        profile = Organisation.model_validate(own.get("organisation", {"regions": ["eu"]}))
        known = {"public_body": False, "works_council": False}
        told.append(
            Told(
                case.name,
                sentences()["of_cases"][case.name],
                case.answers,
                profile.model_copy(update=known),
                own.get("tool_in_catalogue", False),
            )
        )
    return told


def common() -> list[Told]:
    eu = Organisation(regions=("eu",), public_body=False, works_council=False)
    return [
        Told(each["words"], each["words"], given({**COMMON, **each["answers"]}), eu, True)
        for each in sentences()["common"]
    ]


def play(told: Told) -> Played:
    """From the first words to the request in review."""
    return Playing(told).through()


class Playing:
    def __init__(self, told: Told) -> None:
        self._told, self._desk, self._keys = told, _desk(told), count(1)
        self._presses = self._pressed_only = 0
        self._asked: list[str] = []
        self._case = self._do(None, Begin, words=told.words, place=DM, root=ROOT)

    def _do(self, case: Case | None, make: Any, **more: Any) -> Case:
        command = make(actor=ANA, case="case-1", key=f"key-{next(self._keys)}", **more)
        self._case = decide(case, command, self._desk).case
        return self._case

    def _presses_once(self, make: Any, *, at_most: int = 1, **more: Any) -> None:
        """`at_most`: presses where somebody does not type at all."""
        self._do(self._case, make, **more)
        self._presses, self._pressed_only = self._presses + 1, self._pressed_only + at_most

    def through(self) -> Played:
        if tools := talk_of(self._case).candidates:
            self._presses_once(PickTool, tool=tools[0])
        self._presses_once(Start, confirm=bool(talk_of(self._case).proposals))
        self._answers()
        for question in self._misread():
            self._presses_once(Edit, question=question)
            self._answers()
        self._presses_once(Submit)
        assert self._case.status is not Status.draft
        return Played(self._case, self._presses, self._pressed_only, tuple(self._asked))

    def _answers(self) -> None:
        """Until the summary stands."""
        while (current := talk_of(self._case).current) is not None:
            whole = (current.question, *current.also)
            question = self._desk.form.by_id[current.question]
            on: dict[str, Any] = {"turn": current.turn, "question": question.id}
            if current.also and all(map(self._denies, whole)):
                self._asked += whole
                self._presses_once(Choose, **on, answer=answered(question.none), throughout=True)
            elif current.also and self._denies(question.id):
                self._presses_once(Steer, turn=current.turn, wish="singly")
            elif question.kind in (Kind.one, Kind.many):
                self._asked.append(question.id)
                answer = self._told.answers.get(question.id) or unsure()
                most = _by_pressing(question, answer) + bool(current.also)
                self._presses_once(Choose, **on, answer=answer, at_most=most)
            else:
                self._asked.append(question.id)
                known = self._told.answers.get(question.id)
                self._presses_once(Type, words=known.text if known and known.text else "not sure")

    def _denies(self, question: str) -> bool:
        answer = self._told.answers.get(question)
        return answer is not None and answer.picked == (self._desk.form.by_id[question].none,)

    def _misread(self) -> list[str]:
        """What was taken from the first words and is not what they mean, so that they change it in the summary."""
        known = self._case.answers
        return [
            proposal.question
            for proposal in talk_of(self._case).proposals
            if proposal.question not in RECORDS
            and proposal.question in self._told.answers
            and known[proposal.question] != self._told.answers[proposal.question]
        ]


def _desk(told: Told) -> Desk:
    desk = a_desk(organisation=told.organisation)
    tools = desk.catalogue.recognise(told.words).tools if told.settled_tool else ()
    assets = {tool.id: Asset(id=tool.id, name=tool.name, assessed=True) for tool in tools}
    return a_desk(organisation=told.organisation, assets=assets, now=NOW)


def _by_pressing(question: Question, answer: Answer) -> int:
    """One choice is one press; several take what opens the list, each tick in it, and its Done."""
    return 1 if len(answer.picked) < 2 or question.kind is Kind.one else len(answer.picked) + 2


def main() -> None:
    for title, people in (("D.5", of_cases()), ("common", common())):
        played = [(told, play(told)) for told in people]
        print(f"{title}: replies or presses, by pressing alone, questions")
        for told, done in played:
            print(
                f"{done.presses:4}{done.pressed_only:4}{len(done.asked):4}  {told.name}  {' '.join(done.asked)}"
            )
        print("median", median(d.presses for _, d in played), median(d.pressed_only for _, d in played))


if __name__ == "__main__":
    main()
