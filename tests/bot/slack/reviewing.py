"""Pictures of a management review: its call, the paper, the two windows of its minutes, and what was agreed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.slack.screens import convened as told
from bot.slack.screens import minuting
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.entrylook import entry_view
from store.convened import Laid
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.systems import BOSS, LEAD, approved, desk, drafted, seen_by
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.aims.minutes import PARTS, to_said, to_text
from triage.aims.wishes import ActOnEntry

LAID = Laid(date(2025, 12, 1), date(2026, 12, 6), "4f" * 32)
CHOSEN = dict.fromkeys(PARTS, "none") | {"wrong": "change", "improvements": "improvement"}


def reviewing(words: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        return " ".join(words(text).split())[:200] or text

    call, review, action = _call(say), _review(say), _action(say)
    chosen = to_said(to_text(CHOSEN)) or {}
    kind = kinds()["review_call"]
    off = call.of.act("called_off")
    assert off is not None
    return {
        "review_call": entry_form(s.voice(), kind, Stating(kind.id), {}),
        "review_off": entry_form(s.voice(), kind, Stating(kind.id, act=off.id), {}, act=off, note=say("It")),
        "review_called": told.called(s.voice(), call, call.drafts[0], off=False),
        "review_cancelled": told.called(s.voice(), _off(call, say), call.drafts[0], off=True),
        "review_paper": told.paper(s.voice(), call, LAID, ""),
        "review_paper_missing": told.paper(s.voice(), call, LAID, "scope"),
        "review_looked": minuting.looked_view(s.voice(), call, LAID),
        "review_minutes": minuting.minutes_view(
            s.voice(),
            call,
            2,
            chosen,
            to_text(CHOSEN),
            (LEAD, BOSS),
            say("We looked at what lay on the table."),
        ),
        "review_waits": entry_view(s.voice(), seen_by(BOSS, review), BOSS),
        "review_agreed": told.agreed(s.voice(), approved(review), approved(review).drafts[-1], [action]),
        "review_agreed_nothing": told.agreed(s.voice(), approved(review), approved(review).drafts[-1], []),
    }


def _call(say: Callable[[str], str]) -> Entry:
    said: dict[str, Said] = {
        "title": say("Management review, December"), "since": "2025-12-01", "due": "2026-12-11",
        "attends": (LEAD, BOSS), "owner": LEAD, "words": say("Bring the figures."),
    }  # fmt: skip
    return drafted("review_call", said)


def _off(call: Entry, say: Callable[[str], str]) -> Entry:
    wish = ActOnEntry(
        actor=BOSS, key="off", entry=call.id, act="called_off", said={"because": say("Half of us are ill.")},
        seen=call.version,
    )  # fmt: skip
    return decide(call, wish, desk(1))


def _review(say: Callable[[str], str]) -> Entry:
    said: dict[str, Said] = {
        "title": say("Management review, December"), "since": "2025-12-01", "held_on": "2026-12-11",
        "attended": (LEAD, BOSS), "from": ("AIM-2026-0007",), "as_of": "2026-12-06", "inputs": LAID.digest,
        "minutes": say("Two were late. They stay with their owners."), "changes": (say("Ask each team"),),
        "looked_at": tuple(f"{part}={choice}" for part, choice in CHOSEN.items()), "actions": ("AIM-2026-0008",),
    }  # fmt: skip
    return drafted("management_review", said)


def _action(say: Callable[[str], str]) -> Entry:
    said: dict[str, Said] = {
        "title": say("Ask each team by Friday"), "success": say("All answered"), "owner": BOSS, "due": "2027-01-15",
    }  # fmt: skip
    return drafted("action", said)
