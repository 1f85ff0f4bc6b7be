"""`steward audits --accesses` and `--looked`: who is let in to audit, and what they looked at."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import datetime

from bot.cli.starting import utc_now
from intake.source import printable
from store.entries import by_ref, every_one
from store.looked import looks
from store.sessions import Session
from triage.aims.access import ACCESS, visits
from triage.aims.entry import Entry

UNKNOWN = 2


def listed(session: Session, args: argparse.Namespace, named: Mapping[str, str], zone: str) -> int:
    as_json = args.format == "json"
    if args.looked:
        return _looked(session, args.looked, named, as_json=as_json)
    found = [each for each in every_one(session) if each.kind == ACCESS and each.in_force is not None]
    for each in found:
        state = _state(each, zone, utc_now())
        who, since, until = (str(each.said(name) or "") for name in ("auditor", "since", "until"))
        told = {"ref": each.ref, "state": state, "who": named.get(who, who), "since": since, "until": until}
        print(json.dumps(told) if as_json else printable("  ".join((*told.values(), each.title))))
    print(f"{len(found)} {'access' if len(found) == 1 else 'accesses'}", file=sys.stderr)
    return 0


def _state(entry: Entry, zone: str, now: datetime) -> str:
    visit = next(iter(visits([entry], zone)), None)
    if visit is None:
        return "revoked"
    return "runs" if visit.runs(now) else "ended" if visit.until <= now else "to come"


def _looked(session: Session, ref: str, named: Mapping[str, str], *, as_json: bool) -> int:
    entry = by_ref(session, ref)
    if entry is None or entry.kind != ACCESS:
        print(
            printable(f"There is no access {ref[:40]}. `steward audits --accesses` lists them."),
            file=sys.stderr,
        )
        return UNKNOWN
    found = looks(session, entry.id)
    for each in found:
        about = "confidential" if each.closed else each.about
        told = {"at": each.at, "who": named.get(each.actor, each.actor), "wish": each.wish, "about": about}
        print(json.dumps(told) if as_json else printable("  ".join(filter(None, told.values()))))
    print(f"looked at: {len(found)}", file=sys.stderr)
    return 0
