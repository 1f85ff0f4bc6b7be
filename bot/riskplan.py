"""The treatment plan: each risk with what is done about it, by whom until when, what remains, and who accepted that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from textwrap import wrap
from typing import NamedTuple

from bot.riskmap import levels_said
from bot.words import Words
from store.aims_shown import shown
from store.risks import Weighed, actions_of, register
from store.sessions import Session
from triage.aims.differing import lines_of
from triage.aims.entry import Entry
from triage.aims.sifting import is_bare

WIDEST = 100


class Line(NamedTuple):
    """`bare`: a high risk with neither a control nor an acceptance that holds. `actions`: each in a sentence."""

    one: Weighed
    title: str
    levels: str
    owner: str
    treatment: str
    controls: tuple[str, ...]
    actions: tuple[str, ...]
    accepted: str
    bare: bool

    @property
    def ref(self) -> str:
        return self.one.entry.ref


def plan(
    session: Session,
    words: Words,
    today: date,
    until: datetime | None,
    name: Callable[[str], str],
    *,
    whole: bool = False,
) -> list[Line]:
    """The worst first, without what is closed. `whole`: with the references of confidential uses, too."""
    found = [each for each in register(session, today, until) if not (each.standing and each.standing.closed)]
    actions = actions_of(session, [each.entry for each in found])
    told = []
    for each in found:
        entry = each.entry if whole else shown(session, each.entry)
        plans = [one for one in actions[entry.id] if until is None or one.steps[0].at <= until]
        told.append(_line(words, each._replace(entry=entry), plans, name))
    return told


def _line(words: Words, one: Weighed, actions: Iterable[Entry], name: Callable[[str], str]) -> Line:
    entry = one.entry
    said = entry.shown.said if entry.shown is not None else {}
    treatment = words.label(f"aims.choice.treatment.{said.get('treatment', 'reduce')}")
    plans = "; ".join(lines_of(said.get("plan")))
    return Line(
        one=one,
        title=entry.title,
        levels=levels_said(words, said),
        owner=name(entry.owner or ""),
        treatment=f"{treatment}: {plans}" if plans else treatment,
        controls=lines_of(said.get("controls_now")),
        actions=tuple(_action(words, each, name) for each in actions),
        accepted=_accepted(words, one, name),
        bare=is_bare(one),
    )


def _action(words: Words, action: Entry, name: Callable[[str], str]) -> str:
    day = action.due.isoformat() if action.due else ""
    about = {"ref": action.ref, "what": action.title, "by": name(action.owner or ""), "day": day}
    return words.label(f"risks.plan.action_{action.stage or 'open'}", **about)


def _accepted(words: Words, one: Weighed, name: Callable[[str], str]) -> str:
    now = one.standing
    if now is None:
        return words.label("risks.plan.waits")
    if now.accepted == "none":
        return words.label("risks.plan.within" if now.within else "risks.plan.beyond")
    until = now.until.isoformat() if now.until else ""
    return words.label(f"risks.plan.{now.accepted}", by=name(now.accepted_by), until=until)


def text(words: Words, lines: Iterable[Line]) -> Iterator[str]:
    """For a terminal; first what has neither control nor acceptance."""
    every = list(lines)
    bare = [each.ref for each in every if each.bare]
    yield (
        words.label("risks.plan.bare", refs=words.listed(bare)) if bare else words.label("risks.plan.no_bare")
    )
    for each in every:
        yield ""
        yield f"{each.ref}  {each.title}"
        told = [
            each.levels,
            *((words.label("risks.plan.owner", who=each.owner),) if each.owner else ()),
            each.treatment,
            words.label("risks.plan.controls", what="; ".join(each.controls))
            if each.controls
            else words.label("risks.plan.no_controls"),
            *each.actions,
            each.accepted,
        ]
        for part in told:
            yield from (f"  {line}" for line in wrap(part, WIDEST - 2))
