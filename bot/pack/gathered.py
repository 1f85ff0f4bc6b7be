"""What the index of a pack tells, gathered once from the snapshot and from the files that were written of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.masking import masked_text
from bot.pack.attached import Attached
from bot.pack.awareness import Version
from bot.pack.gaps import Gap
from bot.pack.incidents import Kept
from bot.pack.laid import Paper
from bot.pack.links import Links
from bot.pack.scope import Marks
from bot.pack.sections import Cell
from bot.pack.standing import Stated
from bot.pack.tally import Tally
from bot.pack.trained import Trained
from bot.proof import Proof
from bot.riskplan import Line
from store import extract
from store.audit import ERASED
from store.sessions import Session
from store.suppliers import Held
from store.tagged import Tagged
from triage.aims.agenda import Dated
from triage.aims.covered import Covered
from triage.aims.entry import Entry

WHAT = re.compile(r',"what":"([^"]*)","seal":"[0-9a-f]{64}"\}$')
AT = re.compile(r'"at":"([^"]*)"')


class Trail(NamedTuple):
    """`kinds`: how many lines tell what; `erased`: what was taken away, as gaps."""

    lines: int
    head: str
    first: str
    last: str
    kinds: Mapping[str, int]
    erased: tuple[Gap, ...]


class Wording(NamedTuple):
    """A form, its texts or a policy in one version, and the folder in which its files are."""

    kind: str
    name: str
    version: str
    first_seen: str
    digest: str
    href: str


class Told(NamedTuple):
    """`texts`: how many were written and left out; `settings`: the last of each key."""

    day: str
    zone: str
    uses: int
    first_uses: tuple[Sequence[str | Cell], ...]
    tally: Tally
    trail: Trail
    texts: Mapping[str, int]
    settings: Mapping[str, object]
    incidents: tuple[Kept, ...]
    entries: tuple[Entry, ...]
    risks: tuple[Line, ...]
    versions: tuple[Version, ...]
    trainings: tuple[Trained, ...]
    dated: tuple[Dated, ...]
    laid: tuple[Paper, ...]
    covered: tuple[Covered, ...]
    statement: Stated | None
    suppliers: tuple[Held, ...]
    scope: Marks | None
    outside: Links
    tagged: tuple[Tagged, ...]
    wordings: tuple[Wording, ...]
    attached: Attached
    proof: Proof | None
    whole: bool
    named: bool


def trail_of(path: Path, head: str) -> Trail:
    """From the lines as they were written."""
    lines, first, last = 0, "", ""
    kinds, erased = Counter[str](), list[Gap]()
    with path.open("rb") as file:
        for body in file:
            lines += 1
            line = body.decode("ascii", "replace").rstrip("\n")
            what, at = WHAT.search(line), AT.search(line)
            kinds[what[1] if what else "?"] += 1
            last = at[1] if at else last
            first = first or last
            if what and what[1] == ERASED:
                erased.append(_erased(line, last))
    return Trail(lines, head, first, last, dict(sorted(kinds.items())), tuple(erased))


def _erased(line: str, at: str) -> Gap:
    try:
        detail = json.loads(line)["detail"]
        return Gap("text_erased", f"line {detail['line']}", str(detail["field"]), at[:10], "trail.html")
    except (ValueError, LookupError, TypeError):
        return Gap("text_erased", "", "", at[:10], "trail.html")


def settings_of(session: Session, until: object) -> dict[str, object]:
    """By key what was set last, with opaque ids where Slack's stood."""
    known, found = extract.opaque_ids(session), dict[str, object]()
    for _, _, key, value, _ in extract.settings_told(session, until):  # type: ignore[arg-type]
        found[key] = masked_text(key, value, known)
    return dict(sorted(found.items()))
