"""`steward policy`: look at the rules, check their files, try their examples, rehearse other ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import rehearse, tally
from bot.settings import Settings

if TYPE_CHECKING:
    from intake.form import Form
    from intake.texts import Wording
    from triage.examples import Example
    from triage.rules import RuleBook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="every fault of the files, with file, line and mend")
    test = verbs.add_parser("test", help="try every example, and say what none tries")
    show = verbs.add_parser("show", help="a policy as a page to read")
    show.add_argument("name", help="its name, for instance gdpr")
    coverage = verbs.add_parser("coverage", help="which point of each source is answered, and by what")
    rehearse.add_arguments(
        verbs.add_parser("rehearse", help="the register by other rules, before they are in force")
    )
    tally.add_arguments(
        verbs.add_parser("tally", help="how often each flag holds over the register, and on what")
    )
    for verb in (check, test, show, coverage):
        verb.add_argument("--folder", type=Path, help="policies in another folder than Steward's own")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.verb in ON_REGISTER:
        return ON_REGISTER[args.verb](args, settings)
    return VERBS[args.verb](args)


def _check(args: argparse.Namespace) -> int:
    """Damaged goes up to the command line, which prints all faults."""
    form, book, examples, _ = _read(args.folder)
    rules, duties, calls = (len(tuple(each)) for each in (book.rules(), book.duties(), book.calls()))
    print(
        f"ok: {len(book.policies)} policies, {rules} rules, {duties} duties, {calls} calls, {len(examples)} examples, "
        f"for version {form.version} of the form"
    )
    return 0


def _test(args: argparse.Namespace) -> int:
    from triage.proving import prove

    form, book, examples, _ = _read(args.folder)
    proof = prove(form, book, examples)
    for failure in proof.failures:
        print(failure)
    for id_ in proof.never_fired:
        print(f"{book.policy_of[id_]}: {id_}: no example fires it.")
    for id_ in proof.never_missed:
        print(f"{book.policy_of[id_]}: {id_}: no example just misses it.")
    print(
        f"{proof.examples} examples of {proof.rules} rules, {proof.duties} duties and {proof.calls} calls: "
        f"{len(proof.failures)} fail, "
        f"{len(proof.never_fired)} never fired, {len(proof.never_missed)} near misses never tried"
    )
    return 0 if proof.holds else 1


def _show(args: argparse.Namespace) -> int:
    from triage.plain import page

    form, book, examples, wording = _read(args.folder)
    found = {policy.name: policy for policy in book.policies}
    if args.name not in found:
        print(f"There is no policy {args.name!r}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    print(page(found[args.name], book, form, wording, examples), end="")
    return 0


def _read(folder: Path | None) -> tuple[Form, RuleBook, tuple[Example, ...], Wording]:
    from intake.forms import ai_use, ai_use_wording
    from triage.examples import load_examples
    from triage.policies import POLICIES, load_book, names_in

    form, where = ai_use(), folder or POLICIES
    book = load_book(form, names_in(where), where)
    return form, book, load_examples(form, book, where), ai_use_wording()


def _coverage(args: argparse.Namespace) -> int:
    from triage.coverage import load_points, page
    from triage.policies import POLICIES

    _, book, _, _ = _read(args.folder)
    print(page(load_points(book, args.folder or POLICIES), book), end="")
    return 0


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "test": _test,
    "show": _show,
    "coverage": _coverage,
}
ON_REGISTER: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {
    "rehearse": rehearse.run,
    "tally": tally.run,
}
