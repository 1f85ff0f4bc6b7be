"""Pictures of a policy that people are asked to read: their message as it moves, the windows, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.slack.screens.acknowledge import Shown, ask_view, progress_view, read_view, summed_up, to_read
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.systems import approved, drafted
from triage.aims.acknowledging import Reader, Turnout
from triage.aims.entry import Entry, Said

BY = s.NOW.date() + timedelta(days=14)


def _policy(say: Callable[[str], str]) -> tuple[Entry, Entry]:
    title, text = (
        " ".join(say(each).split())[:200] or each for each in ("AI policy", "A person answers for it.")
    )
    said: dict[str, Said] = {"title": title, "text": text, "since": "2026-05-04"}
    first = approved(drafted("policy", said, "ai-policy"))
    more = {
        **said,
        "text": f"{text}\nNothing secret goes into free tools.",
        "link": "https://example.com/policy",
    }
    return first, approved(drafted("policy", more, "ai-policy", first))


def acknowledgements(say: Callable[[str], str]) -> dict[str, Picture]:
    one, two = _policy(say)
    first, second = two.drafts
    asked, again = Shown(one, first, by=BY), Shown(two, second, before=first, by=BY)
    unit = " ".join(say("Sales").split())[:60] or "Sales"
    readers = (
        Reader(person=s.ANA, unit=unit, asked=s.NOW, read=s.NOW),
        Reader(person=s.BEN, unit=unit, asked=s.NOW - timedelta(days=20)),
        Reader(person=s.CLEO),
    )
    found = Turnout(
        call="acknowledgement:ai-policy", policy=two.id, version=2, days=14, readers=readers, unfound=1
    )
    many = found.model_copy(
        update={
            "readers": tuple(Reader(person=f"P{n}", unit=f"{unit} {n % 20}") for n in range(120)),
            "unfound": 0,
        }
    )
    whom: dict[str, Said] = {"everybody": "no", "units": ("Sales",), "role": "reviewer", "days": "14"}
    return {
        "ack_please": to_read(s.voice(), asked),
        "ack_welcome": to_read(s.voice(), asked._replace(welcome=True)),
        "ack_again": to_read(s.voice(), again),
        "ack_thanks": to_read(s.voice(), asked._replace(read=BY)),
        "ack_overtaken": to_read(s.voice(), asked._replace(newer=2)),
        "ack_over": to_read(s.voice(), asked._replace(over=True)),
        "ack_read": read_view(s.voice(), again, note=s.words().line("ack.newer_here", number=2)),
        "ack_was_read": read_view(s.voice(), again._replace(read=BY)),
        "ack_ask": ask_view(s.voice(), two, whom, (), units=("Sales", "Service")),
        "ack_who": progress_view(s.voice(), two, found, late=1),
        "ack_who_many": progress_view(s.voice(), two, many, late=0),
        "ack_who_nobody": progress_view(s.voice(), two, None, late=0),
        "ack_days_over": summed_up(s.voice(), two, found, late=1),
    }
