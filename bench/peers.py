"""Our judgement with its full trace beside other rule engines, given the same rules and asked for yes or no alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.util import find_spec
from itertools import cycle
from random import Random
from typing import NamedTuple

from bench.dialects import BEFORE, parts, turned
from bench.engines import PEERS, Facts, Peer, Says
from bench.rounds import Once, heading, in_turns, milliseconds, timed
from intake.answers import Answer, Answers, answered
from intake.condition import View
from intake.form import Form, Kind
from intake.forms import ai_use
from triage.judge import judge
from triage.lanes import Settings, side_by_side
from triage.organisation import Organisation, to_settings
from triage.policies import book_with
from triage.program import Program, compiled
from triage.rules import Item, Policy, RuleBook
from triage.trace import Trace

SETS, TIMES, COPIES = 50, 50, (1, 2, 4)
AT_ONCE = 1_000
"""Uses side by side, as a rehearsal judges them."""
SHORT = 20
"""Rules of at most so many parts; longer ones rest on other conclusions, which the others cannot name."""
DAY = date(2026, 12, 2)
STATED = {
    "regions",
    "single_region",
    "public_body",
    "sector",
    "works_council",
    "tool_in_catalogue",
    "signatures",
}


class Whole(NamedTuple):
    """A use of which everything is known, for us and, with what is not asked left empty, for the others."""

    answers: Answers
    settings: Settings
    facts: Facts


def run(rounds: int) -> None:
    form, book = ai_use(), book_with()
    wholes = whole_uses(form)
    there = [peer for peer in PEERS if find_spec(peer.module)]
    heading("Judging beside other rule engines: ours with the full trace, theirs a yes or no for each rule")
    for peer in PEERS:
        if peer not in there:
            print(f"{peer.name} is not installed: make bench-peers")
    for copies in COPIES:
        grown = RuleBook(policies=tuple(_copied(form, policy, copies) for policy in book.policies))
        every = [*grown.rules(), *grown.duties()]
        _told(f"x{copies}: all {len(every)} rules and duties", every)
        _measure(grown, every, wholes, there, rounds)
    short = [item for item in (*book.rules(), *book.duties()) if parts(item.when) <= SHORT]
    _told(f"theirs only the {len(short)} of at most {SHORT} parts", short)
    _measure(book, short, wholes, there, rounds)


def _told(what: str, items: Iterable[Item]) -> None:
    print(f"\n{what}; written out they have {sum(parts(item.when) for item in items):,} parts")


def _measure(
    book: RuleBook, items: Sequence[Item], wholes: Sequence[Whole], there: Sequence[Peer], rounds: int
) -> None:
    form = ai_use()
    many = {question.id for question in form.questions() if question.kind is Kind.many} | STATED
    ready = {peer.name: peer.ready(items, many) for peer in there}
    for name, says in ready.items():
        agree(book, items, wholes, name, says)
    ours = _ours(compiled(form, book), wholes)
    theirs = {name: _turn(wholes, _asking(says)) for name, says in ready.items()}
    found = in_turns({**ours, **theirs}, rounds=rounds, times=TIMES)
    measure = found[next(iter(ours))].typical
    for name, taken in found.items():
        speed = f"{milliseconds(taken.typical)} {1 / taken.typical:9,.0f} a second"
        print(f"{name:44} {speed} {taken.typical / measure:6.2f}")


def _ours(program: Program, wholes: Sequence[Whole]) -> dict[str, Once]:
    """What a verdict says; the trace alone; and yes or no, of many uses at once, as a share of the time of all."""
    form, book = program.form, program.book
    crowd = [(whole.answers, whole.settings) for whole, _ in zip(cycle(wholes), range(AT_ONCE), strict=False)]

    def trace(whole: Whole) -> object:
        leaves = side_by_side(program.leaves, [(whole.answers, whole.settings)])
        now = Trace(program, program.run(leaves))
        nodes = {**program.rules, **program.duties}
        return {id_: now.facts(node) for id_, node in nodes.items() if now.holds(node)}

    def at_once() -> object:
        return program.run(side_by_side(program.leaves, crowd), (1 << AT_ONCE) - 1)

    return {
        "ours: a verdict with all it says": _turn(
            wholes, lambda whole: judge(form, book, whole.answers, whole.settings, DAY)
        ),
        "ours: which rules hold, and on which facts": _turn(wholes, trace),
        f"ours: yes or no, {AT_ONCE:,} uses at once": lambda: timed(at_once) / AT_ONCE,
    }


def _asking(says: Says) -> Callable[[Whole], object]:
    return lambda whole: says(whole.facts)


def _turn(wholes: Sequence[Whole], work: Callable[[Whole], object]) -> Once:
    """Goes round the uses, one a time."""
    next_one = cycle(wholes)
    return lambda: timed(lambda: work(next(next_one)))


def agree(book: RuleBook, items: Sequence[Item], wholes: Sequence[Whole], name: str, says: Says) -> None:
    """A figure of an engine that says something else is worth nothing."""
    for whole in wholes:
        verdict = judge(ai_use(), book, whole.answers, whole.settings, DAY)
        holding = {reason.rule for reason in verdict.reasons}
        holding |= {duty.duty for duty in (*verdict.duties_today, *verdict.duties_coming)}
        for item, said in zip(items, says(whole.facts), strict=True):
            if said is not (item.id in holding):
                raise AssertionError(f"{name} says {said} of {item.id} for {whole.facts}")


def whole_uses(form: Form) -> list[Whole]:
    """All that applies is answered, all is stated: most others know no third value and fail on a missing fact."""
    random = Random(1)
    found = []
    for _ in range(SETS):
        told = Organisation(regions=random.choice((("eu",), ("us",), ("eu", "us"))), public_body=False)
        told = told.model_copy(update={"works_council": random.random() < 0.5, "sector": "trade"})
        settings = to_settings(told, tool_in_catalogue=random.random() < 0.5)
        answers: dict[str, Answer] = {}
        for question in (q for q in form.questions() if q.choices and not q.after):
            sight = View(form.gates, answers, settings)
            offered = [choice.id for choice in question.choices if choice.when.truth(sight)]
            if sight.shown(question.id) and offered:
                answers[question.id] = answered(random.choice(offered))
        found.append(Whole(answers, settings, _facts(form, answers, settings)))
    return found


def _facts(form: Form, answers: Answers, settings: Settings) -> Facts:
    facts: Facts = {f"{BEFORE}{name}": list(values) for name, values in settings.items()}
    for question in form.questions():
        picked = answers[question.id].picked if question.id in answers else ()
        one = picked[0] if picked else ""
        facts[f"{BEFORE}{question.id}"] = list(picked) if question.kind is Kind.many else one
    return facts


def _copied(form: Form, policy: Policy, copies: int) -> Policy:
    """Its rules once more, and again: in the same shape, about other choices."""

    def choices(question: str) -> list[str]:
        return [choice.id for choice in form.by_id[question].choices]

    def again(item: Item, by: int) -> dict[str, object]:
        return {"id": f"{item.id}+{by}", "when": turned(item.when, by, choices)} if by else {}

    turns = range(copies)
    words = {f"{item.id}+{by}": "Once more." for item in policy.items() for by in turns if by}
    return policy.model_copy(
        update={
            "rules": tuple(rule.model_copy(update=again(rule, by)) for by in turns for rule in policy.rules),
            "duties": tuple(
                duty.model_copy(update=again(duty, by)) for by in turns for duty in policy.duties
            ),
            "texts": {"en": {**policy.texts["en"], **words}},
        }
    )
