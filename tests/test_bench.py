"""The bench runs to its end: a figure that nobody can get any more is no figure. What it measures is not tested."""

from typing import Any

import pytest

from bench import clicks, digest, due, home, judge, names, peers, queue, rehearsal, sending
from bench.dialects import Json, to_cel, to_json_logic, to_zen
from bench.engines import Facts, Peer
from intake.condition import Asked, Condition, Every, Not, Some, View
from intake.form import Kind
from intake.forms import ai_use
from triage.policies import book_with


@pytest.mark.parametrize(
    ("part", "told"),
    [
        (clicks, "owe messages"),
        (judge, "a judgement"),
        (sending, "out of the outbox"),
        (rehearsal, "most memory"),
        (queue, "Home at"),
        (digest, "most memory, 60 uses"),
        (due, "in vain"),
        (home, "most memory of Python"),
        (peers, "uses at once"),
        (names, "of the tool: answered in"),
    ],
    ids=["clicks", "judge", "sending", "rehearsal", "queue", "digest", "due", "home", "peers", "names"],
)
def test_a_part_of_the_bench_runs(
    part: Any, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clicks, "TIMES", 2)
    monkeypatch.setattr(peers, "TIMES", 1)
    monkeypatch.setattr(peers, "AT_ONCE", 20)
    monkeypatch.setattr(rehearsal, "FEW", 40)
    monkeypatch.setattr(rehearsal, "MANY", 80)
    monkeypatch.setattr(queue, "MANY", 20)
    monkeypatch.setattr(digest, "SIZES", (30, 60))
    monkeypatch.setattr(due, "SIZES", (60,))
    monkeypatch.setattr(home, "SIZES", ())
    monkeypatch.setattr(home, "LARGE", 120)
    monkeypatch.setattr(names, "SIZES", (60,))
    monkeypatch.setattr(names, "GROWN", (1,))
    monkeypatch.setattr(names, "ADDRESSES", 50)
    part.run(1)
    assert told in capsys.readouterr().out


def test_what_is_not_installed_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "PEERS", (Peer("Another engine", "no_such_engine", lambda *_: lambda _: ()),))
    monkeypatch.setattr(peers, "TIMES", 1)
    monkeypatch.setattr(peers, "COPIES", (1,))
    peers.run(1)
    assert "Another engine is not installed: make bench-peers" in capsys.readouterr().out


def test_an_engine_that_says_something_else_is_not_timed() -> None:
    book = book_with()
    rules = list(book.rules())
    with pytest.raises(AssertionError, match="Liar says True of"):
        peers.agree(book, rules, peers.whole_uses(ai_use()), "Liar", lambda _: [True] * len(rules))


def test_the_rules_in_another_language_hold_where_ours_hold() -> None:
    form, book = ai_use(), book_with()
    many = {question.id for question in form.questions() if question.kind is Kind.many} | peers.STATED
    for whole in peers.whole_uses(form):
        sight = View(form.gates, whole.answers, whole.settings)
        for item in (*book.rules(), *book.duties()):
            assert holds(to_json_logic(item.when, many), whole.facts) is item.when.truth(sight), item.id


def holds(rule: Json, facts: Facts) -> Any:
    """What the few words of JSON logic mean that are used here."""
    if not isinstance(rule, dict):
        return rule
    ((word, told),) = rule.items()
    if word == "var":
        return facts[told]
    said = [holds(each, facts) for each in told]
    return {
        "in": lambda: said[0] in said[1],
        "or": lambda: any(said),
        "and": lambda: all(said),
        "!": lambda: not said[0],
        "if": lambda: said[1] if said[0] else said[2],
        "+": lambda: sum(said),
        ">=": lambda: said[0] >= said[1],
    }[word]()


def test_conditions_are_written_as_each_language_has_it() -> None:
    hiring: Condition = Asked(question="area", picked=frozenset(("employment",)))
    ranks: Condition = Asked(question="function", picked=frozenset(("a", "b")))
    both = Every(of=(hiring, Not(of=ranks)))
    assert to_cel(both, {"area"}) == '(("employment" in q_area) && !((q_function in ["a", "b"])))'
    assert to_zen(both, {"area"}) == "(('employment' in q_area) and not ((q_function in ['a', 'b'])))"
    two = Some(of=(hiring, ranks), count=2)
    assert to_cel(two, ()).endswith(" >= 2)")
    assert to_cel(Some(of=()), ()) == "false"
