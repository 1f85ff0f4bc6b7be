"""`steward people`: the organisation's people file, taken in, looked at, and forgotten one by one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from bot.cli.acknowledge import acknowledge, acknowledged, add_acknowledge, add_acknowledged
from bot.cli.peopleimport import add_import, import_
from bot.cli.starting import utc_now
from bot.settings import Settings
from intake.source import printable
from store import employees
from store.employees import SAID, Employee
from store.engine import Store
from store.schema import check_current
from store.tables import PersonRow

NOTHING = 1
ACKNOWLEDGING = {"acknowledge": acknowledge, "acknowledged": acknowledged}
HEADS = ("email", "name", "unit", "country", "manager", "deputy", "in Slack")
WIDEST = 32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(
        dest="wish", required=True, metavar="import|list|show|forget|acknowledge|acknowledged"
    )
    add_import(wishes.add_parser("import", help="take in a people file, CSV or JSON lines"))
    listed = wishes.add_parser("list", help="who is in it, and who of them was found in Slack")
    listed.add_argument("--json", action="store_true", help="one JSON object a line")
    shown = wishes.add_parser("show", help="all that is known of one person")
    shown.add_argument("person", metavar="PERSON", help="an e-mail address, or an id of Slack")
    gone = wishes.add_parser("forget", help="remove one person, also where others name them")
    gone.add_argument("email", metavar="EMAIL")

    add_acknowledge(wishes.add_parser("acknowledge", help="ask people to read the policy that counts"))
    add_acknowledged(wishes.add_parser("acknowledged", help="how far that is, and who has read it"))


def run(args: argparse.Namespace, settings: Settings) -> int:
    if args.wish == "import":
        return import_(args, settings)
    if args.wish in ACKNOWLEDGING:
        return ACKNOWLEDGING[args.wish](args, settings)
    store = Store(settings.database_url, now=utc_now)
    try:
        check_current(store)
        if args.wish == "forget":
            return _forget(store, args.email)
        if args.wish == "show":
            return _show(store, args.person)
        return _list(store, as_json=args.json)
    finally:
        store.close()


def _list(store: Store, *, as_json: bool) -> int:
    with store.read() as session:
        known, tied = list(employees.everybody(session)), employees.tied(session)
    if as_json:
        for each in known:
            print(json.dumps(each.model_dump() | {"person": _id(tied, each)}, ensure_ascii=True))
        return 0
    if not known:
        print("No people file was taken in yet: `steward people import FILE`.", file=sys.stderr)
        return 0
    _print_table([_cells(each, tied) for each in known])
    print(f"in the file: {len(known)}, found in Slack: {len(tied)}", file=sys.stderr)
    return 0


def _id(tied: dict[str, PersonRow], employee: Employee) -> str | None:
    return tied[employee.email].id if employee.email in tied else None


def _cells(employee: Employee, tied: dict[str, PersonRow]) -> tuple[str, ...]:
    told = (
        *(employee.email, employee.name, employee.unit),
        *(employee.country, employee.manager, employee.deputy),
    )
    found = tied.get(employee.email)
    return (*(each or "-" for each in told), found.slack_user if found else "-")


def _print_table(rows: Sequence[tuple[str, ...]]) -> None:
    shown = [tuple(printable(cell)[:WIDEST] for cell in row) for row in (HEADS, *rows)]
    widths = [max(len(row[n]) for row in shown) for n in range(len(HEADS))]
    for row in shown:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _show(store: Store, person: str) -> int:
    wanted = {"slack_user": person} if "@" not in person else {"email": person}
    with store.read() as session:
        known, tied = employees.find(session, **wanted), employees.tied(session)
        if known is None and "@" not in person:
            email = next((email for email, row in tied.items() if person in (row.slack_user, row.id)), None)
            known = employees.find(session, email=email) if email else None
    if known is None:
        print(printable(f"The people file has no {person[:80]}."), file=sys.stderr)
        return NOTHING
    found = tied.get(known.email)
    told = {name: getattr(known, name) for name in SAID if name != "slack_user"}
    for name in ("manager", "deputy"):
        if told[name] and told[name] not in tied:
            told[name] += " (not found in Slack)"
    told["in Slack"] = f"{found.slack_user}, {found.id}" if found else ""
    told["time zone"] = (found.zone if found else None) or ""
    for name, value in told.items():
        print(printable(f"{name + ':':<11}{value or '-'}"))
    return 0


def _forget(store: Store, email: str) -> int:
    with store.write() as session:
        gone = employees.forget(session, email.strip().casefold(), now=store.now())
    if not gone:
        print(printable(f"The people file has no {email[:80]}. Nothing was changed."), file=sys.stderr)
        return NOTHING
    print("Forgotten. Take them out of the file too: the next import would bring them back.")
    return 0
