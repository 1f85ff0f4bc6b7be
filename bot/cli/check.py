"""`steward check`: what is missing or wrong, and how to mend it; changes nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from bot.cli.starting import utc_now
from bot.finding import Finding, Misconfigured
from bot.settings import Settings
from intake.steering import to_json
from store.engine import Store
from store.errors import Unavailable

ORDER = ("error", "warning", "info")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a list of {level, what, mend}")


def run(args: argparse.Namespace, settings: Settings) -> int:
    return _tell(_look(settings), as_json=args.json)


def misconfigured(args: argparse.Namespace, faults: Misconfigured) -> int:
    """The environment itself cannot be read: nothing further can be looked at."""
    return _tell(faults.findings, as_json=args.json)


def _look(settings: Settings) -> list[Finding]:
    from bot.checks import (
        anchors,
        model,
        own,
        people,
        workspace,
    )  # late: they load the database's and Slack's libraries

    found = [*settings.remarks, *settings.for_slack(), *own.files()]
    try:
        store = Store(settings.database_url, now=utc_now)
    except Unavailable as error:
        return [*found, Finding(level="error", what=error.what, mend=error.mend)]
    try:
        found += own.database(settings, store)
        known = own.known(settings, store)
        on_people = list(people.file(store, known.config)) if known.config is not None else []
        on_anchors = list(anchors.look(store, known.config.anchor)) if known.config is not None else []
    finally:
        store.close()
    found += known.findings
    if known.config is not None:
        found += own.organisation(known.config)
        found += model.look(known.config.model, settings.model_keys)
    found += on_people
    found += on_anchors
    found += workspace.look(settings, known.config, utc_now)
    return found


def _tell(found: Sequence[Finding], *, as_json: bool) -> int:
    found = sorted(found, key=lambda finding: ORDER.index(finding.level))
    if as_json:
        print(to_json([finding.model_dump() for finding in found], indent=2))
    else:
        for finding in found:
            print(finding)
        counts = {level: sum(finding.level == level for finding in found) for level in ORDER}
        print(", ".join(f"{level}: {count}" for level, count in counts.items()), file=sys.stderr)
    return 1 if any(finding.level == "error" for finding in found) else 0
