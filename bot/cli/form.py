"""`steward form show ai-use`: every question with its choices, help and condition."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from textwrap import fill
from typing import TYPE_CHECKING

from bot.settings import Settings
from intake.steering import to_json

if TYPE_CHECKING:
    from intake.form import Form, Question
    from intake.texts import Wording

KINDS = {"one": "one answer", "many": "several answers"}
INDENT, WIDTH = "  ", 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=["show"])
    parser.add_argument("form", help="its id, for instance ai-use")
    parser.add_argument("--language", choices=["en", "fr"], default="en", help="where the form has it")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from intake.forms import FILES, FORMS, load_form, load_wording
    from intake.outline import show

    file = FILES.get(args.form)
    if file is None:
        print(f"There is no form {args.form!r}. There are: {', '.join(FILES)}.", file=sys.stderr)
        return 2
    if not (FORMS / f"{file}.{args.language}.yaml").is_file():
        print(f"{args.form} is not there in {args.language!r}.", file=sys.stderr)
        return 2
    form = load_form(FORMS, file)
    wording = load_wording(FORMS, file, form, args.language)
    if args.format == "json":
        print(to_json(show(form, wording), indent=2))
        return 0
    for page in form.pages:
        for question in page.questions:
            print("\n".join(_told(question, form, wording)))
    return 0


def _told(question: Question, form: Form, wording: Wording) -> Iterator[str]:
    """The question with its help, where it is asked, and the choices with the ids by which rules name them."""
    from intake.brief import brief
    from intake.condition import Always

    kind = KINDS.get(question.kind.value, question.kind.value)
    yield f"{question.id} ({kind}): {wording.ask(question.id)}"
    if said := wording.help(question.id):
        yield fill(" ".join(said.split()), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    if not isinstance(gate := form.gates[question.id], Always):
        asked = f"Asked where {brief(gate, form.by_id)}."
        yield fill(asked, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)
    for number, choice in enumerate(question.choices, 1):
        told = f"{INDENT}{number}. {wording.label(question.id, choice.id)} [{choice.id}]"
        always = isinstance(choice.when, Always)
        yield told if always else f"{told} (offered where {brief(choice.when, form.by_id)})"
