"""`steward explain`: why a use stands where it stands; with `--if`, where it would stand otherwise."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.cli import decided, discussed, underway
from bot.cli.starting import utc_now
from bot.cli.withheld import add_whole, tell, withheld
from bot.settings import Settings
from intake.source import printable
from store import discussion, extract, people, queries
from store.aims_published import published_at
from store.discussion import Kept
from store.engine import Store
from store.records import load
from store.sessions import Session
from store.shelf import Missing, Shelf
from triage.aims.published import Published
from triage.own import OWN
from triage.rules import NOT_DECIDED, SIGNATURES, TIER_DECIDED

if TYPE_CHECKING:
    from intake.answers import Answer
    from intake.form import Form
    from intake.texts import Wording
    from triage.case import Case
    from triage.explaining import Finding, Ground
    from triage.rules import RuleBook
    from triage.verdict import Verdict

NOT_FOUND = 1


class Unfit(ValueError):
    """What is wrong with the answers that are tried."""


class Bench(NamedTuple):
    """A use and the very form and rules that its latest verdict names."""

    case: Case
    verdict: Verdict
    form: Form
    book: RuleBook
    wording: Wording
    names: dict[str, str]
    conditions: tuple[extract.Bound, ...]
    discussion: tuple[Kept, ...]
    ours: Mapping[str, tuple[Published, ...]]
    """By decision, the organisation's own policies that counted then."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", help="for instance AIU-2026-0001")
    parser.add_argument(
        "--if",
        dest="otherwise",
        action="append",
        default=[],
        metavar="QUESTION=CHOICE[,CHOICE]",
        help="look at it with another answer (several times for several); nothing is changed",
    )
    parser.add_argument(
        "--all", action="store_true", help="also the rules that do not hold, and those that still could"
    )
    parser.add_argument(
        "--outcomes",
        action="store_true",
        help="instead what the NIST AI RMF suggests to do about it, by its facts; asked of nobody",
    )
    add_whole(parser)


def add_what_if(parser: argparse.ArgumentParser) -> None:
    """The same as `--if`, for whoever only asks that."""
    parser.add_argument("ref", help="for instance AIU-2026-0001")
    parser.add_argument(
        "otherwise",
        nargs="+",
        metavar="QUESTION=CHOICE[,CHOICE]",
        help="look at it with these answers; nothing is changed",
    )
    add_whole(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    from bot import functions

    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if sentence := withheld(session, args):
                return tell(sentence)
            bench = _bench(session, args.ref)
        if bench is None:
            print(f"There is no use {printable(args.ref)} that was judged.", file=sys.stderr)
            return NOT_FOUND
        if getattr(args, "outcomes", False):
            lines = functions.suggested(bench.case)
        elif args.otherwise:
            lines = _otherwise(bench, args.otherwise)
        else:
            lines = _as_it_is(bench, everything=args.all)
        for line in lines:
            print(printable(line))
    except (Unfit, Missing) as problem:
        print(printable(str(problem)), file=sys.stderr)
        return 2
    finally:
        store.close()
    return 0


def _bench(session: Session, ref: str) -> Bench | None:
    from bot.library import library

    case = load(session, queries.id_of(session, ref) or "")
    if case is None or case.verdict is None:
        return None
    shelf = Shelf()
    form = shelf.form(session, queries.form_judged_by(session, case.id) or "")
    book = shelf.book(session, form, case.verdict.policies)
    conditions = tuple(extract.conditions(session, case))
    said = tuple(discussion.of_uses(session, {case.id}))
    ours = {made.id: published_at(session, made.at) for made in case.decisions}
    return Bench(
        case, case.verdict, form, book, library().wording, people.names(session), conditions, said, ours
    )


def _as_it_is(bench: Bench, *, everything: bool) -> Iterator[str]:
    from triage.explaining import explain

    case, verdict = bench.case, bench.verdict
    yield f"{case.ref or case.source_id}  {case.title}"
    used = ", ".join(f"{policy.name} {policy.version}" for policy in verdict.policies)
    yield f"judged on {verdict.day} by {used}"
    yield f"  form {bench.form.id} {bench.form.version} {bench.form.digest}"
    yield from (f"  {policy.name} {policy.version} {policy.digest}" for policy in verdict.policies)
    yield ""
    yield from decided.told(case, bench.conditions, bench.names, lambda made: bench.ours[made.id])
    yield from underway.told(case, bench.book, bench.names)
    yield from discussed.told(bench.discussion, bench.names)
    findings = explain(bench.form, bench.book, case, verdict.stated)
    for name, bounds in verdict.results.items():
        level = str(bounds.floor) if bounds.settled else f"at least {bounds.floor}, at most {bounds.ceiling}"
        yield ""
        yield f"{name}: {_set_by_two(verdict, level) if name == 'tier' else level}"
        for finding in findings:
            if finding.result == name and finding.holds:
                yield from _finding(finding, bench)
    yield from _flags(findings, bench)
    yield from _calls(bench)
    yield from _gaps(bench)
    yield ""
    yield f"{len(findings)} rules were looked at."
    for holds, told in ((None, "could still hold"), (False, "do not hold")):
        found = [finding for finding in findings if finding.holds is holds]
        yield f"{len(found)} {told}{':' if found and everything else '.'}"
        for finding in found if everything else ():
            yield from _finding(finding, bench)


def _set_by_two(verdict: Verdict, by_rules: str) -> str:
    """What two people settled is the tier; what the rules found stays beside it."""
    if verdict.stated.get(TIER_DECIDED, NOT_DECIDED) == NOT_DECIDED:
        return by_rules
    return f"{int(verdict.tier.floor)}, set by two people; by the rules {by_rules}"


def _flags(findings: Iterable[Finding], bench: Bench) -> Iterator[str]:
    flagged = [f for f in findings if f.result not in bench.verdict.results and f.holds]
    if flagged:
        yield ""
        yield "flags:"
    for finding in flagged:
        yield from _finding(finding, bench)


def _calls(bench: Bench) -> Iterator[str]:
    """By kind; what only an open question still asks for has a mark."""
    from triage.calls import calls_for

    found = calls_for(bench.form, bench.book, bench.case.answers, bench.verdict.stated)
    if found.called:
        yield ""
        every = f", a review at least every {found.review_months} months" if found.review_months else ""
        yield f"calls for{every} (? while something is open):"
    for kind in dict.fromkeys(each.kind for each in found.called):
        own = [each for each in found.called if each.kind == kind]
        yield f"  {kind}: " + ", ".join(each.thing if each.sure else f"{each.thing}?" for each in own)


def _gaps(bench: Bench) -> Iterator[str]:
    if bench.verdict.gaps:
        yield ""
        yield "open:"
    for gap in bench.verdict.gaps:
        moves = [name for name in gap.bounds if name in bench.verdict.results]
        moving = ", ".join(moves) or "flags and duties"
        yield f"  {_asks(gap.question, bench)} ({gap.who.replace('_', ' ')} can say; it can move {moving})"


def _finding(finding: Finding, bench: Bench) -> Iterator[str]:
    yield f"  {finding.because}"
    yield f"    {finding.rule} ({_whose(finding, bench)}, {finding.result} {finding.level}): {finding.reference}"
    for ground in finding.grounds:
        yield f"    - {_ground(ground, bench)}"
    for question in finding.open_questions:
        yield f"    ? {_asks(question, bench)}"


def _whose(finding: Finding, bench: Bench) -> str:
    """A rule of the organisation's own, or one of ours that it moved, is told as such."""
    if finding.policy != OWN:
        return finding.policy
    moved = bench.book.changes.get(finding.rule)
    return (
        f"your organisation's rule, in place of {finding.result} {moved.was}"
        if moved
        else "your organisation's rule"
    )


def _ground(ground: Ground, bench: Bench) -> str:
    if ground.name == SIGNATURES:
        return (
            f"signatures under an exception: {', '.join(ground.value) or 'none'} (who gave them stands above)"
        )
    if ground.by is None and ground.at is None:
        return f"{ground.name.replace('_', ' ')}: {', '.join(ground.value) or 'not stated'} (stated once)"
    said = _labels(ground.name, ground.value, bench)
    who = bench.names.get(ground.by or "", ground.by or "the inventory")
    return (
        f"{bench.wording.short(ground.name)}: {said} ({who}, {ground.at:%Y-%m-%d %H:%M} UTC, {ground.source})"
    )


def _labels(question: str, picked: Iterable[str], bench: Bench) -> str:
    asked = bench.form.by_id.get(question)
    known = asked.choice_ids if asked else frozenset()
    return (
        "; ".join(bench.wording.label(question, each) if each in known else each for each in picked)
        or "not sure"
    )


def _asks(question: str, bench: Bench) -> str:
    return bench.wording.open(question)


def _otherwise(bench: Bench, wishes: Iterable[str]) -> Iterator[str]:
    """Both sides of every result that would move, and what stays open then."""
    from triage.judge import judge

    changes = _changes(bench.form, wishes)
    before = bench.verdict
    after = judge(bench.form, bench.book, {**bench.case.answers, **changes}, before.stated, before.day)
    for question, answer in changes.items():
        yield f"if {bench.wording.short(question)}: {_labels(question, answer.picked, bench)}"
    for name, bounds in after.results.items():
        was = before.results[name]
        moved = "stays" if was == bounds else f"was {was.floor}..{was.ceiling}, would be"
        yield f"{name}: {moved} {bounds.floor}..{bounds.ceiling}"
    for gap in after.gaps:
        yield f"open then: {_asks(gap.question, bench)}"


def _changes(form: Form, wishes: Iterable[str]) -> dict[str, Answer]:
    from intake.check import to_answers

    raw: dict[str, object] = {}
    for wish in wishes:
        question, sign, value = wish.partition("=")
        if not sign:
            raise Unfit(f"{wish!r} is not QUESTION=CHOICE.")
        raw[question.strip()] = [each.strip() for each in value.split(",")]
    answers, problems = to_answers(form, raw)
    if problems:
        raise Unfit(
            "\n".join(
                f"{problem}. `steward form show {form.id}` lists what there is." for problem in problems
            )
        )
    return answers
