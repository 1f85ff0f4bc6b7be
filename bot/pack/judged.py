"""How a use is judged, for its page: what was found, by which rules on which answers, and what the law asks when."""

from __future__ import annotations

from collections.abc import Iterator

from bot.pack.sections import Section, table
from bot.pack.using import Showing, asked, chosen, level
from triage.case import Case
from triage.rules import NOT_DECIDED, TIER_DECIDED, Level
from triage.verdict import Bounds, DutyOwed, Fact, Reason, Verdict

SCALES = ("tier", "eu", "dpia", "iso_impact")
"""In the order in which they are told."""
BESIDE = ("fria_required", "works_council_notice")
"""Marks of which an auditor also wants to read that they are not there."""


def sections(case: Case, show: Showing) -> Iterator[Section]:
    """None of what was never judged."""
    verdict, say = case.verdict, show.words.label
    if verdict is None:
        return
    said = [say("dossier.result.by", day=verdict.day.isoformat())]
    if verdict.stated.get(TIER_DECIDED, NOT_DECIDED) != NOT_DECIDED:
        rules = _level("tier", verdict.results["tier"], show)
        said.append(say("pack.use.tier_set", tier=_level("tier", verdict.tier, show), rules=rules))
    yield Section("results", say("pack.use.results"), tuple(said), (table((), _found(verdict, show)),))
    if verdict.reasons:
        heads = say("pack.use.why_heads").split(" | ")
        rows = (
            _reason(each, verdict, show)
            for each in sorted(verdict.reasons, key=lambda one: _rank(one, verdict))
        )
        yield Section("why", say("pack.use.why"), (), (table(heads, rows),))
    if owed := (*verdict.duties_today, *verdict.duties_coming):
        heads = say("pack.use.duties_heads").split(" | ")
        says = (say("pack.use.duties_say", day=show.day.isoformat()),)
        yield Section("duties", say("pack.use.duties"), says, (table(heads, (_duty(d, show) for d in owed)),))


def _level(name: str, bounds: Bounds, show: Showing) -> str:
    key = (name, bounds.floor, bounds.ceiling)
    if key not in show.said:
        show.said[key] = level(show.words, name, {"floor": bounds.floor, "ceiling": bounds.ceiling})
    return show.said[key]


def _found(verdict: Verdict, show: Showing) -> Iterator[tuple[str, str]]:
    say = show.words.label
    for name in SCALES:
        if name in verdict.results:
            bounds = verdict.tier if name == "tier" else verdict.results[name]
            yield say(f"pack.use.result.{name}"), _level(name, bounds, show)
    for name in BESIDE:
        state = "yes" if name in verdict.flags else "open" if name in verdict.flags_open else "no"
        yield say(f"pack.use.mark.{name}"), say(f"pack.use.mark.{state}")
    for key, flags in (("marks", verdict.flags), ("marks_open", verdict.flags_open)):
        if more := [each.replace("_", " ") for each in flags if each not in BESIDE]:
            yield say(f"pack.use.mark.{key}"), ", ".join(more)


def _rank(reason: Reason, verdict: Verdict) -> tuple[int, bool]:
    """The risk first, and of each scale what sets it before what would have asked for less."""
    scale = SCALES.index(reason.result) if reason.result in SCALES else len(SCALES)
    return scale, not _sets(reason, verdict)


def _sets(reason: Reason, verdict: Verdict) -> bool:
    return reason.result not in verdict.results or verdict.results[reason.result].floor == reason.level


def _reason(reason: Reason, verdict: Verdict, show: Showing) -> tuple[str, ...]:
    return (
        reason.because,
        _so(reason.result, reason.level, show, sets=_sets(reason, verdict)),
        "; ".join(_ground(question, fact, show) for question, fact in sorted(reason.facts.items())),
        f"{reason.rule} ({reason.policy})",
        reason.source,
    )


def _so(result: str, found: Level, show: Showing, *, sets: bool) -> str:
    """The same for many uses, so it is put into words once."""
    if result not in SCALES:
        return result.replace("_", " ")
    if (key := (result, found, found, sets)) not in show.said:
        said = _level(result, Bounds(floor=found, ceiling=found), show)
        facts = {"what": show.words.label(f"pack.use.result.{result}"), "level": said}
        show.said[key] = show.words.label("pack.use.so" if sets else "pack.use.so_far", **facts)
    return show.said[key]


def _ground(question: str, fact: Fact, show: Showing) -> str:
    """What an organisation or a request says of itself has no question, so its name stands for it."""
    picked = (fact,) if isinstance(fact, str) else fact
    named = asked(show.wording, question)
    said = ", ".join(chosen(show.wording, question, each) for each in picked)
    return f"{named.replace('_', ' ') if named == question else named}: {said}"


def _duty(owed: DutyOwed, show: Showing) -> tuple[str, ...]:
    """As of the day of the pack, whenever it was judged."""
    state = "due" if owed.since <= show.day else "later"
    return (
        owed.what,
        owed.since.isoformat(),
        show.words.label(f"pack.use.duty.{state}"),
        owed.duty,
        owed.source,
    )
