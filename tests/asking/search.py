"""Finds the order in which the fewest questions are to be expected; `make order` writes it to triage/orders/.

Counted are the answer sets of tests/triage/d5.cases.yaml and the common uses of sentences.yaml. How often each kind
comes is taken from the federal inventory of the United States (2,587 uses; docs/inventories.md): of the uses that state
it 15 in 100 are high-impact and 22 in 100 hold personal data. So sets of which a result is high or forbidden weigh
0.15 together, others with personal data 0.07, all others 0.78.

People are asked what first, then what it touches, then the rest: within each of these blocks the order is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from intake.answers import Answers
from tests.asking.playing import common, of_cases
from tests.triage.reading import BOOK, DAY, FORM, PROGRAM
from triage.judge import judge
from triage.lanes import Settings
from triage.order import ORDERS
from triage.organisation import to_settings
from triage.relevance import Outlook
from triage.rules import RuleBook

SHARES = {"high": 0.15, "personal": 0.07, "other": 0.78}
RECORDS = ("kind", "tool", "purpose")
BLOCKS = (RECORDS, ("output_use", "people", "data"), ("places",), ("area", "red_flag", "gen_public"))
"""What is asked first, in this order of blocks; the fourth is put in one message."""

Order = tuple[str, ...]


class Set(NamedTuple):
    answers: Answers
    settings: Settings
    weight: float


def sets() -> list[Set]:
    """The last two of D.5 are nobody's answers."""
    told = [*of_cases()[:-2], *common()]
    found = [(t.answers, to_settings(t.organisation, tool_in_catalogue=t.settled_tool)) for t in told]
    kinds = [_kind(answers, settings, BOOK) for answers, settings in found]
    return [Set(a, s, SHARES[k] / kinds.count(k)) for (a, s), k in zip(found, kinds, strict=True)]


def _kind(answers: Answers, settings: Settings, book: RuleBook) -> str:
    results = judge(FORM, book, answers, settings, DAY).results
    if results["eu"].ceiling in ("high", "prohibited"):
        return "high"
    return "personal" if {"personal", "special"} & set(answers["data"].picked) else "other"


class Counting:
    """What is worth asking does not depend on the order, so each state is worked out once."""

    def __init__(self) -> None:
        self.sets = sets()
        self._worth: list[dict[frozenset[str], frozenset[str]]] = [{} for _ in self.sets]

    def expected(self, order: Sequence[str]) -> float:
        return sum(each.weight * self.questions(at, order) for at, each in enumerate(self.sets))

    def questions(self, at: int, order: Sequence[str]) -> int:
        asked: frozenset[str] = frozenset()
        while (question := next((q for q in order if q in self._worth_asking(at, asked)), None)) is not None:
            asked |= {question}
        return len(asked)

    def _worth_asking(self, at: int, asked: frozenset[str]) -> frozenset[str]:
        if asked not in self._worth[at]:
            answers, settings, _ = self.sets[at]
            given = {question: answers[question] for question in asked if question in answers}
            self._worth[at][asked] = frozenset(Outlook(PROGRAM, given, settings, asked).worth_asking())
        return self._worth[at][asked]


def found(counting: Counting) -> Order:
    """From the form's own order, each question to the best place of its block, until none is better."""
    best = _in_blocks(FORM.by_id)
    least = counting.expected(best)
    while (
        better := next((o for o in _moved(best) if counting.expected(o) < least - 1e-9), None)
    ) is not None:
        best, least = better, counting.expected(better)
    return best


def _in_blocks(form: Mapping[str, object]) -> Order:
    first = [question for block in BLOCKS for question in block]
    return (*first, *(question for question in form if question not in first and _is_asked(question)))


def _is_asked(question: str) -> bool:
    known = FORM.by_id[question]
    return not (known.claim or known.after or known.defaulted)


def _moved(order: Order) -> Iterator[Order]:
    for question in order[len(RECORDS) :]:
        rest = [each for each in order if each != question]
        for at in range(len(RECORDS), len(order)):
            moved = (*rest[:at], question, *rest[at:])
            if moved != order and [_block(q) for q in moved] == sorted(_block(q) for q in moved):
                yield moved


def _block(question: str) -> int:
    return next((at for at, block in enumerate(BLOCKS) if question in block), len(BLOCKS))


def main() -> None:
    counting = Counting()
    order, before = found(counting), _in_blocks(FORM.by_id)
    text = (
        "# The order of asking, found by `make order` (tests/asking/search.py says how). Do not edit by hand.\n"
        f"# Questions to be expected: {counting.expected(order):.2f}; in the order of the form"
        f" {counting.expected(before):.2f}.\n\norder:\n"
    )
    ORDERS.mkdir(exist_ok=True)
    path = ORDERS / f"{FORM.id}.yaml"
    path.write_text(text + "".join(f"  - {question}\n" for question in order), encoding="utf-8")
    print(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
