"""`steward policy`: look at the rules, check their files, try their examples, rehearse other ones."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli import explain, own, rehearse, tally
from bot.cli.ownfile import name_of, naming, read
from bot.faulty import failing, named
from bot.settings import Settings
from triage.own import OWN

if TYPE_CHECKING:
    from intake.form import Form
    from intake.texts import Wording
    from triage.examples import Example
    from triage.proving import Proof
    from triage.rules import RuleBook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    check = verbs.add_parser("check", help="every fault of the files, with file, line and mend")
    test = verbs.add_parser("test", help="try every example, and say what none tries")
    show = verbs.add_parser("show", help="a policy as a page to read")
    show.add_argument("name", help="its name, for instance gdpr; own for the organisation's own rules")
    coverage = verbs.add_parser("coverage", help="which point of each source is answered, and by what")
    conditions = verbs.add_parser("conditions", help="the conditions that are offered with a yes, and when")
    rehearse.add_arguments(
        verbs.add_parser("rehearse", help="the register by other rules, before they are in force")
    )
    own.add_own(verbs.add_parser("own", help="the organisation's own rules, as they are in force"))
    own.add_propose(verbs.add_parser("propose", help="put other rules of the organisation's own forward"))
    tally.add_arguments(
        verbs.add_parser("tally", help="how often each flag holds over the register, and on what")
    )
    explain.add_arguments(verbs.add_parser("explain", help="why a use stands where it stands"))
    explain.add_what_if(verbs.add_parser("what-if", help="where a use would stand with other answers"))
    for verb in (check, test, show, coverage):
        verb.add_argument("--folder", type=Path, help="policies in another folder than Steward's own")
    for verb in (check, test, show, conditions):
        verb.add_argument(
            "--own", metavar="FILE", help="with these rules of an organisation's own; - for standard input"
        )


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.verb in ON_REGISTER:
        return ON_REGISTER[args.verb](args, settings)
    if args.verb == "show" and args.name == OWN and args.own is None:
        args.own_text = own.in_force(settings)
    with naming(getattr(args, "own", None)):
        return VERBS[args.verb](args)


def _check(args: argparse.Namespace) -> int:
    """Damaged goes up to the command line, which prints all faults."""
    from triage.proving import prove

    form, book, examples, _ = _read(args)
    if args.own is not None:
        proof = prove(form, book, [each for each in examples if each.policy == OWN])
        if proof.failures:
            return _test_theirs(proof, args.own)
    kinds = (book.rules(), book.duties(), book.calls(), book.seats(), book.gates())
    rules, duties, calls, seats, gates = (len(tuple(each)) for each in kinds)
    print(
        f"ok: {len(book.policies)} policies, {rules} rules, {duties} duties, {calls} calls, {seats} seats, "
        f"{gates} gates, {len(book.usual)} conditions, {len(examples)} examples, "
        f"for version {form.version} of the form"
    )
    return 0


def _test(args: argparse.Namespace) -> int:
    from triage.proving import prove

    form, book, examples, _ = _read(args)
    if args.own is not None:
        return _test_theirs(prove(form, book, [each for each in examples if each.policy == OWN]), args.own)
    proof = prove(form, book, examples)
    for failure in proof.failures:
        print(failure)
    for id_ in proof.never_fired:
        print(f"{book.policy_of[id_]}: {id_}: no example fires it.")
    for id_ in proof.never_missed:
        print(f"{book.policy_of[id_]}: {id_}: no example just misses it.")
    print(
        f"{proof.examples} examples of {proof.rules} rules, {proof.duties} duties, {proof.calls} calls, "
        f"{proof.seats} seats and {proof.gates} gates: {len(proof.failures)} fail, "
        f"{len(proof.never_fired)} never fired, {len(proof.never_missed)} near misses never tried"
    )
    wrong = [] if args.folder else _test_severity()
    return 0 if proof.holds and not wrong else 1


def _test_severity() -> list[str]:
    """How severe an incident is goes by rules of its own, with examples of the same kind."""
    from triage.incidents.examples import examples, failures
    from triage.incidents.rulebook import book

    tried = examples(book())
    wrong = list(failures(book(), tried))
    for failure in wrong:
        print(failure)
    print(f"{len(tried)} examples of the severity of incidents: {len(wrong)} fail")
    return wrong


def _test_theirs(proof: Proof, file: str) -> int:
    """Their examples alone: where their rules hold, ours may hold more often than our own examples know."""
    for failure in proof.failures:
        print(named(failing(failure), name_of(file)))
    print(f"{proof.examples} examples of rules of your own: {len(proof.failures)} fail")
    return 1 if proof.failures else 0


def _show(args: argparse.Namespace) -> int:
    from triage.plain import page

    form, book, examples, wording = _read(args)
    found = {policy.name: policy for policy in book.policies}
    if args.name not in found:
        print(f"There is no policy {args.name!r}. There are: {', '.join(found)}.", file=sys.stderr)
        return 2
    print(page(found[args.name], book, form, wording, examples), end="")
    return 0


def _read(args: argparse.Namespace) -> tuple[Form, RuleBook, tuple[Example, ...], Wording]:
    from intake.forms import ai_use, ai_use_wording
    from triage.examples import load_examples, own_examples
    from triage.policies import POLICIES, load_book, names_in

    form, where, theirs = ai_use(), args.folder or POLICIES, _theirs(args)
    book = load_book(form, names_in(where), where, theirs)
    examples = load_examples(form, book, where)
    return form, book, (*examples, *own_examples(form, theirs)) if theirs else examples, ai_use_wording()


def _theirs(args: argparse.Namespace) -> str:
    """The organisation's own rules that are looked at too; an empty file is a fault, and not none."""
    if getattr(args, "own", None) is not None:
        return read(args.own) or "\n"
    return str(getattr(args, "own_text", ""))


def _coverage(args: argparse.Namespace) -> int:
    from triage.coverage import load_points, page
    from triage.policies import POLICIES

    _, book, _, _ = _read(args)
    print(page(load_points(book, args.folder or POLICIES), book), end="")
    return 0


def _conditions(args: argparse.Namespace) -> int:
    from bot.offered import page
    from intake.forms import ai_use, ai_use_wording
    from triage.policies import load_book

    form = ai_use()
    print(page(load_book(form, own=_theirs(args)), form, ai_use_wording()), end="")
    return 0


VERBS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "check": _check,
    "test": _test,
    "show": _show,
    "coverage": _coverage,
    "conditions": _conditions,
}
ON_REGISTER: Mapping[str, Callable[[argparse.Namespace, Settings], int]] = {
    "explain": explain.run,
    "what-if": explain.run,
    "own": own.run_own,
    "propose": own.run_propose,
    "rehearse": rehearse.run,
    "tally": tally.run,
}
