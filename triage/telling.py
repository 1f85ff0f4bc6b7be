"""Messages about a use on its way from a yes to its end: to whom, and under which name they are found again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from triage.case import Case
from triage.outcome import Facts, Notice, Say

WHICH = ("step", "move", "appointment")


def running_of(facts: Mapping[str, object]) -> str:
    """The name of one such message; of what is to be done, and where it may move, there is one that is newest."""
    which = next((facts[name] for name in WHICH if name in facts), "now")
    return f"running:{facts['about']}:{which}"


def errand_of(name: str) -> str:
    """The name of a message about what waits for somebody's move."""
    return f"errand:{name}"


def told_running(case: Case, facts: Facts, people: Iterable[str]) -> tuple[Notice, ...]:
    """Whoever asked in their thread, others in a message of their own."""
    there = case.talk.person if case.talk else ""
    named: Facts = facts | {"until": running_of(facts)}
    return tuple(
        Notice(say=Say.running, to="" if person == there else person, facts=named)
        for person in sorted(set(people))
        if person
    )


def over(case: Case, facts: Facts, people: Iterable[str]) -> tuple[Notice, ...]:
    """The same once more, without what could be pressed."""
    return told_running(case, facts | {"over": True}, people)
