"""`steward form show ai-use`: every question with its choices, help, why and condition."""

from __future__ import annotations

import argparse
import sys

from bot.settings import Settings
from intake.steering import to_json


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
    outline = show(form, load_wording(FORMS, file, form, args.language))
    if args.format == "json":
        print(to_json(outline, indent=2))
        return 0
    for question in outline["questions"]:
        print(f"{question['id']} ({question['kind']}): {question['ask']}")
        for number, choice in enumerate(question["choices"], 1):
            print(f"  {number}. {choice['label']} [{choice['id']}]")
    return 0
