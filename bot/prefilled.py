"""What a person begins with instead of an empty page: drafts in plain text, filled with what is on record.

Nothing of it counts before somebody has read it and handed it in; what nobody stated stands in [brackets].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from bot.management import of_entry
from bot.markup import cut, one_line
from bot.words import Words
from store import aims
from store.convened import Laid
from store.sessions import Session
from store.suppliers import Held
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.aims.minutes import Choice
from triage.aims.supplied import ASSESSMENT
from triage.aims.suppliers import suppliers

MOST, LISTED, LINE = 2900, 6, 160
"""Signs of a draft, which a window has to take; lines of a list in it, and signs of a line."""
SOON = timedelta(days=30)
STATED = ("context", "scope", "party", "appetite", "objective", "duty")
"""What a policy is written from."""


def policy(words: Words, session: Session) -> str:
    """From what counts of the context, the scope, and what else was stated."""
    found = {kind: aims.of_kind(session, kind, "in_force") for kind in STATED}
    drafts = (_policy(words, found, most) for most in range(LISTED, 0, -1))
    return next((each for each in drafts if len(each) <= MOST), "") or cut(_policy(words, found, 0), MOST)


def _policy(words: Words, found: Mapping[str, Sequence[Entry]], listed: int) -> str:
    """With so many of each list, and how many there are besides."""
    scope, appetite = _first(found["scope"]), _first(found["appetite"])
    most = str(appetite.get("most") or "")

    def lines(said: Said | None) -> list[str]:
        return _some(words, _lines(said), listed)

    return words.draft(
        "policy",
        purpose=_text(_first(found["context"]).get("purpose")),
        covers=_text(scope.get("covers")),
        units=lines(scope.get("units")),
        left_out=lines(scope.get("left_out")),
        parties=_some(words, [_needs(words, each, listed) for each in found["party"]], listed),
        most=words.label(f"aims.choice.most.{most}").lower() if most else "",
        accepts=words.label(f"role.{appetite['accepts_high']}") if most else "",
        appetite=_text(appetite.get("words")),
        objectives=_some(
            words,
            [f"{_line(each.title)}: {_line(each.said('target'))}" for each in found["objective"]],
            listed,
        ),
        duties=_some(words, [_line(each.title) for each in found["duty"]], listed),
    )


def _needs(words: Words, party: Entry, listed: int) -> str:
    needs = "; ".join(_some(words, _lines(party.said("needs")), listed))
    return words.label("prefilled.needs", who=_line(party.title), needs=needs)


def _some(words: Words, rows: list[str], most: int) -> list[str]:
    """What is left out is counted in its place, so that nobody takes it for all."""
    left = len(rows) - most
    return rows if left <= 0 else [*rows[:most], words.label("prefilled.more", count=left)]


def minutes(
    words: Words, laid: Laid, said: Mapping[str, Choice], earlier: Iterable[Entry], today: date
) -> str:
    """From what lay on the table, what was chosen of each part, and what became of what was agreed before."""
    rows = [of_entry(words, each, today) for each in earlier]
    return _draft(
        words,
        "minutes",
        since=words.day(laid.since),
        as_of=words.day(laid.as_of),
        digest=laid.digest,
        earlier=rows[:LISTED],
        more=max(len(rows) - LISTED, 0),
        parts=[
            {"part": words.label(f"management.{part}"), "choice": words.label(f"minutes.choice.{choice}")}
            for part, choice in said.items()
        ],
    )


def questions(words: Words, held: Held, vendor: str, today: date) -> str:
    """What nobody has said of the supplier yet, each as a question to them. It goes outside, so it tells
    nothing of uses or of what was found."""
    stated = held.entry.proposed or held.entry.in_force if held.entry else None
    said = stated.said if stated is not None else {}
    asked = [each for fields in suppliers().parts.values() for each in fields]
    wanted = dict.fromkeys((*asked, *kinds()[ASSESSMENT].deep))
    keys = [f"suppliers.ask.{each}" for each in wanted if not said.get(each)]
    ended = [each for each in held.papers if each.until is not None and each.until <= today + SOON]
    return _draft(
        words,
        "questions",
        tool=held.known.name,
        vendor=held.known.vendor or vendor,
        open=[words.label(key) for key in keys if words.has(key)],
        ended=[_line(each.title) for each in ended],
    )


def _draft(words: Words, name: str, **facts: Any) -> str:
    return cut(words.draft(name, **facts), MOST)


def _first(found: Sequence[Entry]) -> Mapping[str, Said]:
    return found[0].in_force.said if found and found[0].in_force else {}


def _text(said: Said | None) -> str:
    return cut(str(said), LINE * 2) if said else ""


def _line(said: Said | None) -> str:
    return cut(one_line(str(said)), LINE) if said else ""


def _lines(said: Said | None) -> list[str]:
    return [_line(each) for each in said] if isinstance(said, tuple) else []
