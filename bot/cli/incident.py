"""`steward incident`: what became of incidents, and drafts of what others have to be told of one."""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterator, Mapping

from bot.cli.starting import utc_now
from bot.drafting import WHOM, drafted, outside_words, step_words
from bot.markup import JOINER, one_line
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import incidents, people
from store.engine import Store
from triage.incidents.incident import Incident
from triage.incidents.severity import severity_of

NOT_FOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True)
    wishes.add_parser("list", help="all incidents, newest first").add_argument(
        "--open", action="store_true", help="only those that are not over"
    )
    for name, what in (("show", "what is known of one"), ("draft", "what others have to be told, to copy")):
        one = wishes.add_parser(name, help=what)
        one.add_argument("ref", help="for instance AII-2026-0001")
        one.add_argument("--confidential", action="store_true", help="also about a confidential use")
        if name == "draft":
            one.add_argument("--for", dest="whom", choices=WHOM, default=WHOM[0], help="who reads it")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if args.wish == "list":
                for row in incidents.rows_of(session, open_only=args.open, limit=None):
                    told = (row.ref, row.kind, f"at least {row.severity}", row.status)
                    print(printable("  ".join(each.replace("_", " ") for each in told)))
                return 0
            incident = incidents.by_ref(session, args.ref)
            names = people.names(session)
            case = incidents.case_of(session, incident) if incident is not None else None
    finally:
        store.close()
    if incident is None:
        print(f"There is no incident {printable(args.ref)}.", file=sys.stderr)
        return NOT_FOUND
    if incident.confidential and not args.confidential:
        sentence = f"{incident.ref} is about a confidential use. With --confidential it is told whole."
        print(printable(sentence), file=sys.stderr)
        return NOT_FOUND
    words = Words()
    if args.wish == "show":
        for line in shown(incident, words, names):
            print(printable(line))
        return 0
    contact = names.get(incident.now.coordinator, "")
    page = drafted(words, incident, case, args.whom, contact)
    print(printable(_plain(page["intro"])), file=sys.stderr)
    for line in _plain(page["letter"]).splitlines():
        print(printable(line))
    return 0


def shown(incident: Incident, words: Words, names: Mapping[str, str]) -> Iterator[str]:
    """Each step in order, with the words that are still kept."""
    now, severity = incident.now, severity_of(incident)
    kind = words.label(f"incident.kind.{now.kind.value}")
    yield f"{incident.ref}: {kind}, {words.label(f'incident.status.{now.status.value}')}"
    between = "" if severity.settled else f" to {words.label(f'incident.severity.{severity.ceiling}')}"
    because = "; ".join(words.label(f"incident.because.{rule}") for rule in severity.because)
    yield f"severity: {words.label(f'incident.severity.{severity.floor}')}{between} ({because})"
    if outside := outside_words(words, incident):
        yield outside
    for step in incident.steps:
        by = one_line(names.get(step.by, step.by)) if step.by else words.label("incident.somebody")
        said = words.label(step_words(step))
        yield f"{step.at:%Y-%m-%d %H:%M} UTC  {by} {said}"
        for name, text in sorted(step.texts.items()):
            yield f"  {name}: {one_line(text)}"


def _plain(text: str) -> str:
    return html.unescape(text.replace(JOINER, ""))
