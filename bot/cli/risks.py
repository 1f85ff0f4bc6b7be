"""`steward risks`: the risk register, the worst first, with its matrix, and what the rules name that nobody weighed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cli.days import add_day, end_of
from bot.cli.rehearse import shown, tell_unread
from bot.cli.starting import utc_now
from bot.config import current
from bot.pack import risks as risk_pages
from bot.pack.pages import drawn
from bot.riskmap import svg
from bot.riskplan import plan, text
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import origins, own, people
from store.engine import Store
from store.registered import count, registered
from store.risks import Weighed, counted, register, suggestions
from store.risks_kept import NAMING
from store.sessions import Session
from triage.aims.origins import Arisen
from triage.aims.origins import origins as by_id
from triage.aims.risks import STEPS, known, weighing
from triage.aims.suggesting import Suggestion
from triage.lifecycle import NOT_IN_USE

UNWRITTEN = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--suggested", action="store_true", help="which risks the rules name for the register, weighed or not"
    )
    parser.add_argument("--plan", action="store_true", help="the treatment plan, with what has no control")
    parser.add_argument("--html", metavar="FILE", help="the matrix and the plan as a page, written to a file")
    parser.add_argument("--svg", metavar="FILE", help="the matrix as a picture, written to a file")
    add_day(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    unread: list[str] = []
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if args.suggested:
                found = _suggested(session, unread)
                waiting = origins.open_of(session, origins.worked_out(session))
                whole = [each.model_dump() for each in (*found, *waiting)]
                lines = (*_arisen(waiting), *_told(found))
                print(json.dumps(whole) if args.json else "\n".join(lines))
                return tell_unread(unread)
            today = args.as_of or utc_now().astimezone(ZoneInfo(current(session).timezone)).date()
            until = end_of(args.as_of, session) if args.as_of else None
            weighed = register(session, today, until)
            words, names = Words(), people.names(session)
            planned = plan(session, words, today, until, lambda one: names.get(one, one))
    finally:
        store.close()
    page = drawn(risk_pages.sheet(planned, words, alone=True), words, today.isoformat())
    for file, made in ((args.html, page), (args.svg, svg(words, weighed, inline=False).encode())):
        if file and not _written(file, made):
            return UNWRITTEN
    if args.json:
        print(json.dumps([_plain(each) for each in weighed]))
        return 0
    if args.plan:
        for line in text(words, planned):
            print(printable(line))
        return 0
    for line in (*_matrix(weighed), "", *map(_line, weighed)) if weighed else ():
        print(printable(line))
    print(
        f"{len(weighed)} {'risk' if len(weighed) == 1 else 'risks'}; --suggested: what the rules name",
        file=sys.stderr,
    )
    return 0


def _written(file: str, made: bytes) -> bool:
    try:
        Path(file).write_bytes(made)
    except OSError as error:
        print(f"The file could not be written: {printable(str(error))}", file=sys.stderr)
        return False
    return True


def _suggested(session: Session, unread: list[str]) -> tuple[Suggestion, ...]:
    from intake.forms import ai_use
    from triage.policies import book_with

    named = tuple(dict.fromkeys((*current(session).policies, *NAMING)))
    book = book_with(named, own.text_of(session, own.in_force(session)))
    uses = registered(session, without=NOT_IN_USE, unreadable=unread.append)
    return suggestions(session, ai_use(), book, shown(uses, count(session, without=NOT_IN_USE)))


def _arisen(waiting: Iterable[Arisen]) -> Iterator[str]:
    """What happened and may be a risk, until somebody weighs it or says why it is none."""
    for each in waiting:
        origin = by_id()[each.origin]
        yield printable(f"{each.ref}  {origin.of} suggests  NOT WEIGHED  {origin.title}")


def _told(found: Iterable[Suggestion]) -> Iterator[str]:
    for each in found:
        risk = known(each.risk)
        on = f"  {', '.join(each.first)}" if each.first else ""
        state = f"weighed as {', '.join(each.weighed)}" if each.weighed else "NOT WEIGHED"
        title = risk.title if risk else each.risk
        yield printable(f"{each.uses:>7} uses {each.open:>7} open  {state}  {each.risk}: {title}{on}")
    missing = sum(1 for each in found if not each.weighed)
    yield f"{missing} of these nobody has weighed."
    if missing:
        yield "`steward aims draft FILE` puts a risk forward; it counts after a yes in Slack, such as a risk owner's."


def _matrix(weighed: Iterable[Weighed]) -> Iterator[str]:
    """Most likely on top, worst on the right; each field with its level's first letter and how many lie in it."""
    lies = {(likelihood, impact): number for likelihood, impact, number in counted(weighed)}
    data = weighing()
    for likelihood in reversed(STEPS):
        fields = (f"{data.level(likelihood, i)[0]}{lies.get((likelihood, i)) or '.':>3}" for i in STEPS)
        yield f"{data.likelihood[likelihood - 1].name:>9}  " + "  ".join(fields)
    yield " " * 11 + "  ".join(f"{mark.name[:4]:>4}" for mark in data.impact)


def _line(one: Weighed) -> str:
    entry, now = one.entry, one.standing
    if now is None:
        return f"{entry.ref}  waits for a yes  {entry.title}"
    state = (
        "closed"
        if now.closed
        else {"none": "not accepted", "holds": "accepted until"}.get(now.accepted, now.accepted)
    )
    until = f" {now.until}" if now.accepted == "holds" and not now.closed else ""
    bears = "" if now.within else "  beyond what is borne"
    return f"{entry.ref}  {now.inherent} > {now.now} > {now.after}  {state}{until}{bears}  {entry.title}"


def _plain(one: Weighed) -> dict[str, object]:
    said = dict(one.entry.shown.said) if one.entry.shown else {}
    state = one.standing.model_dump(mode="json") if one.standing else None
    return {"ref": one.entry.ref, "state": one.entry.state, "standing": state, "said": said}
