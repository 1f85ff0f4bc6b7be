"""`steward people acknowledge` and `acknowledged`: a policy is to be read, and who has."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

from bot.cli.starting import open_store, utc_now
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from store import aims, aims_owed, people, readers, standing
from store.engine import Store
from triage.aims.acknowledging import KIND, POLICY, Turnout, call_id
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import SEATED

REFUSED = 1
CELLS = 30
DAYS = ("7", "14", "30")


def add_acknowledge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", help="the policy, such as AIM-2026-0001 (steward aims list)")
    parser.add_argument(
        "--everybody", action="store_true", help="all of the people file, and of the register"
    )
    parser.add_argument("--unit", action="append", default=[], metavar="UNIT", help="a team; may be repeated")
    parser.add_argument("--role", choices=SEATED, metavar="ROLE", help=f"one of {', '.join(SEATED)}")
    parser.add_argument("--days", choices=DAYS, default="14", help="how long they have")


def add_acknowledged(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", metavar="REF", nargs="?", help="one policy; without, all that are asked for")
    parser.add_argument("--missing", action="store_true", help="only who has not said so yet")
    parser.add_argument("--json", action="store_true", help="one JSON object a line, each person")


def acknowledge(args: argparse.Namespace, settings: Settings) -> int:
    """An operator's word counts once somebody who may draft a policy says yes to it in Slack."""
    if not (args.everybody or args.unit or args.role):
        print("Say who: --everybody, --unit or --role. Nothing was kept.", file=sys.stderr)
        return 2
    store = open_store(settings)
    try:
        office = Office(store, library(), store.now)
        with store.write() as session:
            policy = aims.by_ref(session, args.ref)
            if policy is None or policy.kind != POLICY or policy.in_force is None:
                print(
                    printable(f"{args.ref[:40]} is no policy that counts. Nothing was kept."), file=sys.stderr
                )
                return REFUSED
            call = aims.load(session, call_id(policy))
            wish = _wish(args, policy, call)
            desk = office.desk(office.holders(session))
            try:
                aims.carry_out(session, wish, desk, aims_owed.follow)
            except Refused as refusal:
                print(printable(office.words.refusal(refusal.key, **refusal.facts)), file=sys.stderr)
                return REFUSED
    finally:
        store.close()
    print(
        "Kept. Nobody is asked before somebody says yes to it in Slack, where Home shows what waits for them:"
    )
    print(f"  1 person in the role {' or '.join(kinds()[KIND].approvers)}.")
    return 0


def _wish(args: argparse.Namespace, policy: Entry, call: Entry | None) -> DraftEntry:
    said: dict[str, str | tuple[str, ...]] = {
        "title": policy.title or policy.name,
        "policy": policy.id,
        "everybody": "yes" if args.everybody else "no",
        "days": args.days,
    }
    said |= {"units": tuple(args.unit)} if args.unit else {}
    said |= {"role": args.role} if args.role else {}
    seen = len(call.drafts) if call is not None else 0
    return DraftEntry(
        actor="",
        key=f"acknowledge:{uuid4().hex}",
        entry=call_id(policy),
        kind=KIND,
        name=policy.name,
        said=said,
        seen=seen,
    )


def acknowledged(args: argparse.Namespace, settings: Settings) -> int:
    """How far it is, and each person."""
    store = Store(settings.database_url, now=utc_now)
    try:
        office = Office(store, library(), store.now)
        with store.read() as session:
            visitors = frozenset(each.person for each in office.visits)
            known = office.desk(office.holders(session))
            desk = replace(known, visitors=visitors, outsiders=standing.outsiders(session))
            calls = aims.of_kind(session, KIND, "in_force")
            pairs = [(call, aims.load(session, str(call.said("policy")))) for call in calls]
            found = [
                (policy, turnout)
                for call, policy in pairs
                if policy is not None and args.ref in (None, policy.ref)
                if (turnout := readers.turnout(session, call, policy, desk)) is not None
            ]
            names = people.names(session)
    finally:
        store.close()
    for policy, turnout in found:
        _print(policy, turnout, names, desk, args)
    if not found:
        print("Nobody is asked to read a policy: `steward people acknowledge` begins.", file=sys.stderr)
    return 0


def _print(
    policy: Entry, found: Turnout, names: Mapping[str, str], desk: Desk, args: argparse.Namespace
) -> None:
    shown = [each for each in found.readers if each.read is None or not args.missing]
    if args.json:
        for each in shown:
            told = each.model_dump(mode="json") | {"policy": policy.ref, "version": found.version}
            print(json.dumps(told | {"name": names.get(each.person, "")}, ensure_ascii=True))
        return
    total, late = len(found.readers), found.late(desk.calendar(), desk.day)
    full = CELLS * found.read // total if total else 0
    print(printable(f"{policy.ref}  {policy.title or policy.name}, version {found.version}"))
    print(f"  {'█' * full}{'░' * (CELLS - full)}  {found.read} of {total} have read it; late: {late}")
    if found.unfound:
        print(f"  of the people file not found in Slack: {found.unfound}")
    for each in shown:
        asked, read = (at.date().isoformat() if at else "-" for at in (each.asked, each.read))
        when = f"read {read}" if each.read else f"asked {asked}"
        print(printable(f"  {names.get(each.person) or each.person}  {each.unit or '-'}  {when}"))
