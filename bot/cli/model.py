"""`steward model`: which prompts there are, and how well models read messages whose answers are known."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.checks import own
from bot.cli.starting import open_store, utc_now
from bot.config import Models
from bot.library import library
from bot.model.door import Door
from bot.model.prompts import written
from bot.model.trial import CASES, Weighed, load, tried
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from intake.steering import to_json
from triage.consulting import About

NO_ANSWER = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="prompts|eval")
    wishes.add_parser("prompts", help="what is said to a model: each template with version and digest")
    trial = wishes.add_parser(
        "eval", help="what it would let through, and what it would stop; asks the model"
    )
    trial.add_argument("--cases", type=Path, default=CASES, metavar="FILE", help="cases of your own, as YAML")
    trial.add_argument(
        "--model", action="append", metavar="NAME", help="another one than those in the settings"
    )
    trial.add_argument("--json", action="store_true", help="one line for each case")


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.wish == "prompts":
        for about in About:
            print(written(about).name)
        return 0
    store = open_store(settings)
    try:
        known = own.known(settings, store).config
        models = known.model if known is not None else Models()
        if args.model:
            models = models.model_copy(update={"use": tuple(args.model)})
        if not models.use:
            print("No model is configured (model.use), so there is nothing to try.", file=sys.stderr)
            return 2
        desk = Office(store, library(), utc_now).desk({})
        began = time.monotonic()
        found = []
        for each in tried(load(args.cases), Door(models, settings.model_keys), desk):
            found.append(each)
            if args.json:
                print(to_json(each._asdict()))
        return _sum_up(found, time.monotonic() - began, quiet=args.json)
    finally:
        store.close()


def _sum_up(found: Sequence[Weighed], seconds: float, *, quiet: bool) -> int:
    lost = [each for each in found if each.lost]
    told = (
        ("cases", len(found)),
        ("without a usable answer", len(lost)),
        ("right", sum(each.right for each in found)),
        ("missed", sum(each.missed for each in found)),
        ("would let a risky use through", sum(len(each.through) for each in found)),
        ("would stop a harmless one", sum(len(each.stopped) for each in found)),
        ("other, without effect", sum(each.other for each in found)),
        ("tokens", sum(each.tokens for each in found)),
        ("seconds", round(seconds)),
    )
    for what, count in told:
        print(f"{what + ':':<32}{count:>8,}", file=sys.stderr if quiet else sys.stdout)
    for each in () if quiet else found:
        for what, questions in (("let through", each.through), ("stopped", each.stopped)):
            if questions:
                print(printable(f"  {each.id}: {what}: {', '.join(questions)}"))
        if each.lost:
            print(printable(f"  {each.id}: no answer: {each.lost}"))
    return NO_ANSWER if len(lost) == len(found) else 0
