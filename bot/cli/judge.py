"""`steward judge`: one JSON object a line in, one verdict a line out, in the same order, however many."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeVar

from bot.cli.jsonlines import Unreadable, Write, answer_file, answer_lines, is_id
from bot.cli.ownfile import naming, read
from bot.settings import Settings as Environment
from intake.answers import Answers
from intake.check import to_answers
from intake.form import Form
from intake.grammar import SETTINGS
from triage.calls import calls_for
from triage.judge import judge
from triage.lanes import Settings
from triage.organisation import Organisation, to_settings
from triage.own import digest_of
from triage.policies import OPTIONAL, STANDARD, book_with, standard_book
from triage.rules import PRACTICE_EXCEPTED, TIER_DECIDED, RuleBook
from triage.verdict import Verdict

T = TypeVar("T")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_REGIONS = SETTINGS["regions"] or frozenset()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - or nothing: standard input")
    parser.add_argument(
        "--own",
        metavar="FILE",
        action="append",
        default=[],
        help="with these rules of an organisation's own; several times where lines name theirs (`own_rules`)",
    )
    parser.add_argument("--calls", action="store_true", help="also what each use calls for, as `calls`")


def run(args: argparse.Namespace, settings: Environment) -> int:
    from intake.forms import ai_use

    form, today = ai_use(), datetime.now(UTC).date()
    own = [_own(file) for file in args.own]
    return answer_file(
        args.file,
        lambda lines, write: judge_lines(lines, write, form, today, calls=args.calls, own=own),
    )


def _own(file: str) -> str:
    """The text; its faults are told before a line is read."""
    text = read(file) or "\n"
    with naming(file):
        book_with((), text)
    return text


def judge_lines(
    lines: Iterable[str],
    write: Write,
    form: Form,
    today: date,
    *,
    calls: bool = False,
    own: Sequence[str] = (),
) -> int:
    """0 if every line was judged, else 1. `today` is for lines that name no day, `own` are all rules they may name."""
    return answer_lines(lines, write, lambda asked: _line(asked, form, today, own, calls=calls))


def _line(
    asked: Mapping[str, object], form: Form, today: date, own: Sequence[str], *, calls: bool
) -> dict[str, object]:
    """All that is wrong with a line is said at once."""
    given = _given(asked, form, today, own)
    line = to_line(judge(form, given.book, given.answers, given.stated, given.day))
    if calls:
        line["calls"] = calls_for(form, given.book, given.answers, given.stated).model_dump(mode="json")
    return line


def to_line(verdict: Verdict) -> dict[str, object]:
    """The verdict as plain values, its results side by side with the rest."""
    plain = verdict.model_dump(mode="json", exclude={"stated"})
    return {**plain.pop("results"), **plain}


class Given(NamedTuple):
    """What a line gives to be judged, and by which rules."""

    answers: Answers
    stated: Settings
    day: date
    book: RuleBook


def _given(asked: Mapping[str, object], form: Form, today: date, own: Sequence[str]) -> Given:
    problems: list[str] = []
    if not is_id(asked.get("id")):
        problems.append("`id` must be a text or a whole number.")
    answers = _read(lambda: _answers(form, asked.get("answers")), problems)
    stated = _read(lambda: _settings(asked), problems)
    day = _read(lambda: _day(asked.get("day"), today), problems)
    book = _read(lambda: _book(asked.get("optional_policies"), _theirs(asked, own)), problems)
    if answers is None or stated is None or day is None or book is None or problems:
        raise Unreadable(*problems)
    return Given(answers, stated, day, book)


def _theirs(asked: Mapping[str, object], own: Sequence[str]) -> str:
    """Those that the line names by their digest (null: none); a line that names none has the only ones there are."""
    if "own_rules" not in asked:
        if len(own) > 1:
            raise Unreadable("`own_rules` must say which of the rules of your own are meant, or null.")
        return own[0] if own else ""
    named = asked["own_rules"]
    if named is None:
        return ""
    found = next((text for text in own if digest_of(text) == named), None)
    if found is None:
        raise Unreadable("`own_rules` names rules that were not given: add --own FILE.")
    return found


def _book(value: object, theirs: str) -> RuleBook:
    if value is None:
        return book_with((), theirs) if theirs else standard_book()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Unreadable("`optional_policies` must be a list of names.")
    if unknown := [each for each in value if each not in (*STANDARD, *OPTIONAL)]:
        raise Unreadable(*(f"There is no policy {each[:80]!r}." for each in unknown))
    return book_with(tuple(name for name in OPTIONAL if name in value), theirs)


def _read(read: Callable[[], T], problems: list[str]) -> T | None:
    try:
        return read()
    except Unreadable as error:
        problems += error.problems
        return None


def _answers(form: Form, raw: object) -> Answers:
    if not isinstance(raw, dict):
        raise Unreadable("`answers` must be an object of questions and answers.")
    answers, problems = to_answers(form, raw)
    if problems:
        raise Unreadable(*(f"{problem}." for problem in problems))
    return answers


def _settings(asked: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    told = asked.get("organisation")
    if told is not None and not isinstance(told, dict):
        raise Unreadable("`organisation` must be an object.")
    stated: dict[str, object] = told or {}
    problems: list[str] = []
    organisation = Organisation(
        regions=_read(lambda: _regions(stated.get("regions")), problems) or (),
        public_body=_read(lambda: _typed(stated, "public_body", bool, "true or false"), problems),
        sector=_read(lambda: _typed(stated, "sector", str, "text"), problems),
        works_council=_read(lambda: _typed(stated, "works_council", bool, "true or false"), problems),
    )
    known = _read(lambda: _typed(asked, "tool_in_catalogue", bool, "true or false"), problems)
    signed = _read(lambda: _signatures(asked), problems)
    settled = _read(lambda: _settled(asked), problems)
    if problems:
        raise Unreadable(*problems)
    # A tool that nobody vouched for counts as not in the catalogue: its account and terms are then looked at.
    told_so = to_settings(organisation, tool_in_catalogue=known or False, rebuttal_signatures=signed or 0)
    return told_so | (settled or {})


def _typed(fields: Mapping[str, object], name: str, kind: type[T], words: str) -> T | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, kind):
        raise Unreadable(f"`{name}` must be {words}.")
    return value


def _regions(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Unreadable("`regions` must be a list of regions.")
    if unknown := [each for each in value if each not in _REGIONS]:
        raise Unreadable(*(f"There is no region {each[:80]!r}." for each in unknown))
    return tuple(dict.fromkeys(value))


def _signatures(asked: Mapping[str, object]) -> int:
    value = asked.get("rebuttal_signatures")
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Unreadable("`rebuttal_signatures` must be a whole number from 0 on.")
    return value


def _settled(asked: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """What two people settled beside the rules: another tier, and practices that a ban leaves out."""
    found: dict[str, tuple[str, ...]] = {}
    for name in (TIER_DECIDED, PRACTICE_EXCEPTED):
        value, known = asked.get(name), SETTINGS[name] or frozenset()
        given = [value] if isinstance(value, str) else value
        if given in (None, []):
            continue
        if not isinstance(given, list) or not all(isinstance(each, str) and each in known for each in given):
            raise Unreadable(f"`{name}` must be of {', '.join(sorted(known))}.")
        found[name] = tuple(given)
    return found


def _day(value: object, today: date) -> date:
    if value is None:
        return today
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Unreadable("`day` must be a day like 2026-12-02.")
