"""`steward retention`: how long what is kept and why, what will go when, and the holds under which nothing goes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import timedelta

from bot.cli.starting import utc_now
from bot.config import settled
from bot.keptfor import Soon, ahead, keep_no_longer
from bot.settings import Settings
from intake.source import printable
from store import holds, incidents
from store.engine import Store
from store.persons import find
from store.queries import id_of
from store.schema import check_current
from store.sessions import Session
from store.tables import PersonRow

NOTHING = 1
LONGEST = 500
NAMED = 10
AHEAD = timedelta(days=30)
HAPPENS = {
    "removed": "then the rows go",
    "words": "then the words go; that something was said, by whom and when stays",
    "asked": "nothing goes by itself",
    "kept": "nothing goes",
}
REFUSED = {
    "unknown": "There is no such hold.",
    "same": "You asked for that already: somebody else has to agree.",
    "legal": "That an incident need not be kept is for somebody of legal to ask for.",
    "because": "Of an incident, say why it need not be kept any longer: --because TEXT.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="do now what the clock would do in its time")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    wishes = parser.add_subparsers(dest="wish", metavar="hold|lift|holds")
    held = wishes.add_parser("hold", help="nothing of it goes, until two people lift it")
    held.add_argument("what", metavar="WHAT", help="the reference of a use or an incident, or a person")
    held.add_argument("--because", required=True, metavar="TEXT", help="why; it is kept")
    lifted = wishes.add_parser("lift", help="ask for a hold to be lifted, or agree to it as a second person")
    lifted.add_argument("id", metavar="HOLD")
    lifted.add_argument(
        "--because", default="", metavar="TEXT", help="why; needed where legal asks, and kept"
    )
    for each in (held, lifted):
        each.add_argument("--by", required=True, metavar="PERSON", help="who, by opaque id or id of Slack")
    wishes.add_parser("holds", help="which stand")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        check_current(store)
        if args.wish == "holds":
            return _holds(store)
        if args.wish:
            return _hold(store, args) if args.wish == "hold" else _lift(store, args)
        return _apply(store) if args.apply else _show(store, as_json=args.json)
    finally:
        store.close()


def _show(store: Store, *, as_json: bool) -> int:
    with store.read() as session:
        now = list(ahead(session, store.now()))
        soon = {each.kept.id: each for each in ahead(session, store.now() + AHEAD)}
    for each in now:
        if as_json:
            told = each.kept.model_dump() | {"days": each.days, "due": [one.use for one in each.due]}
            print(json.dumps(told | {"in_30_days": [one.use for one in soon[each.kept.id].due]}))
        else:
            for sentence in _told(each, soon[each.kept.id]):
                print(printable(sentence))
    return 0


def _told(now: Soon, soon: Soon) -> Iterable[str]:
    kept = now.kept
    how_long = "for good" if now.days is None else f"{now.days} days from {kept.since}"
    settled = f" (retention.{kept.id}, {kept.bounds[0]} to {kept.bounds[1]})" if kept.bounds else ""
    yield f"{kept.title}: {how_long}{settled}; {HAPPENS[kept.then]}."
    yield f"  {kept.because}"
    later = [one for one in soon.due if one.use not in {each.use for each in now.due}]
    for due, when in ((now.due, "go at the next turn of the clock"), (later, "go within 30 days")):
        if due:
            named = ", ".join(one.ref or one.use[:8] for one in due[:NAMED]) + (
                ", …" if len(due) > NAMED else ""
            )
            yield f"  {len(due)} {when}: {named}"


def _apply(store: Store) -> int:
    whole = 0
    while gone := keep_no_longer(store):
        whole += gone
    print(f"words of uses that went: {whole}")
    return 0


def _holds(store: Store) -> int:
    with store.read() as session:
        found = [(each, _called(session, each)) for each in holds.standing(session)]
    for each, called in found:
        asked = f", lifting asked for by {each.asked}" if each.asked else ""
        print(printable(f"{each.id}  {each.kind} {called}, by {each.by}, {each.at[:16]}{asked}"))
    if not found:
        print("No legal hold stands.", file=sys.stderr)
    return 0


def _called(session: Session, hold: holds.Hold) -> str:
    """An incident by its reference, and what it is marked for where others than its readers may know that."""
    found = incidents.load(session, hold.about) if hold.kind == "incident" else None
    if found is None:
        return hold.about
    return (
        f"{found.ref}, marked {', '.join(hold.marks)}" if hold.marks and not found.confidential else found.ref
    )


def _hold(store: Store, args: argparse.Namespace) -> int:
    because = _reason(args)
    if not 0 < len(because) <= LONGEST:
        print(f"--because needs a reason of at most {LONGEST} characters.", file=sys.stderr)
        return 2
    with store.write() as session:
        by, meant = _who(session, args.by), _meant(session, args.what)
        if by is None or meant is None:
            missing = args.by if by is None else args.what
            print(printable(f"Nothing is known as {missing[:80]}. Nothing was changed."), file=sys.stderr)
            return NOTHING
        kind, about = meant
        id = holds.put(session, kind, about, because=because, by=by, now=store.now())
    print(f"held: {id}. No words of it go until two people lift it.")
    return 0


def _reason(args: argparse.Namespace) -> str:
    return str(args.because).encode("utf-8", "replace").decode().strip()


def _meant(session: Session, what: str) -> tuple[holds.Kind, str] | None:
    if (use := id_of(session, what)) is not None:
        return "use", use
    if (incident := incidents.by_ref(session, what)) is not None:
        return "incident", incident.id
    found = find(session, what)
    return ("person", found.person.id) if found is not None and found.person is not None else None


def _lift(store: Store, args: argparse.Namespace) -> int:
    because = _reason(args)
    if len(because) > LONGEST:
        print(f"--because takes a reason of at most {LONGEST} characters.", file=sys.stderr)
        return 2
    with store.write() as session:
        by = _who(session, args.by)
        if by is None:
            print(printable(f"Nobody is known as {args.by[:80]}. Nothing was changed."), file=sys.stderr)
            return NOTHING
        try:
            legal = _of_legal(session)
            over = holds.lift(session, args.id, by=by, now=store.now(), because=because, legal=legal)
        except holds.Refused as refusal:
            print(REFUSED[str(refusal)], file=sys.stderr)
            return NOTHING
    print("lifted." if over else "asked for. Somebody else has to agree: the same command, with --by them.")
    return 0


def _of_legal(session: Session) -> set[str]:
    """Who speaks for legal; where nobody does, who leads, as elsewhere."""
    roles = settled(session).roles
    named = roles.get("legal", ()) or roles.get("governance_lead", ())
    found = (_who(session, each) for each in named)
    return {each for each in found if each is not None}


def _who(session: Session, who: str) -> str | None:
    """Somebody who works here."""
    found = find(session, who)
    person: PersonRow | None = found.person if found else None
    return person.id if person is not None and not (person.deleted or person.is_bot) else None
