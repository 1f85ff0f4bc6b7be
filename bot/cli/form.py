"""`steward form show ai-use`: every question with its choices, help, why and condition."""

from __future__ import annotations

import argparse
import json
import sys

from bot.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=["show"])
    parser.add_argument("form", help="its id, for instance ai-use")
    parser.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace, settings: Settings) -> int:
    from intake.forms import ai_use, ai_use_wording
    from intake.outline import show

    form = ai_use()
    if args.form != form.id:
        print(f"There is no form {args.form!r}. There is: {form.id}.", file=sys.stderr)
        return 2
    outline = show(form, ai_use_wording())
    if args.format == "json":
        print(json.dumps(outline, ensure_ascii=False, indent=2))
        return 0
    for question in outline["questions"]:
        print(f"{question['id']} ({question['kind']}): {question['ask']}")
        for number, choice in enumerate(question["choices"], 1):
            print(f"  {number}. {choice['label']} [{choice['id']}]")
    return 0
