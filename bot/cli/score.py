"""`steward score canada-aia`: one set of answers a line in, one score a line out."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from bot.cli.jsonlines import Fields, Unreadable, Write, answer_file, answer_lines, is_id
from bot.settings import Settings
from intake.form import Form
from triage.schemes import SCORED, scored
from triage.scoring import Given, Scheme, Score, score_completed, score_in_progress

FIGURES = ("raw_impact_score", "mitigation_score", "current_score", "impact_level")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("questionnaire", choices=SCORED)
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - or nothing: standard input")
    parser.add_argument(
        "--in-progress",
        action="store_true",
        help="the running score, for which answers to hidden questions count too",
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    form, scheme = scored(args.questionnaire)
    score = score_in_progress if args.in_progress else score_completed
    return answer_file(args.file, lambda lines, write: score_lines(lines, write, form, scheme, score))


def score_lines(
    lines: Iterable[str],
    write: Write,
    form: Form,
    scheme: Scheme,
    score: Callable[[Form, Scheme, Given], Score],
) -> int:
    """0 if every line was scored, else 1."""
    return answer_lines(lines, write, lambda asked: _figures(score(form, scheme, _answers(asked))))


def _figures(score: Score) -> Fields:
    return {name: getattr(score, name) for name in FIGURES}


def _answers(asked: Fields) -> Given:
    problems = [] if is_id(asked.get("id")) else ["`id` must be a text or a whole number."]
    answers = asked.get("answers")
    if isinstance(answers, dict) and not problems:
        return answers
    if not isinstance(answers, dict):
        problems.append("`answers` must be an object of questions and answers.")
    raise Unreadable(*problems)
