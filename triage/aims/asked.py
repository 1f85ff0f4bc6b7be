"""What comes from outside: what an interested party wishes for, and what customers and tenders ask; pure."""

from __future__ import annotations

from collections.abc import Mapping

from triage.aims.entry import Entry, Said
from triage.outcome import Refused

EXPECTATION, INQUIRY, PARTY = "expectation", "inquiry", "party"
ASKED = (EXPECTATION, INQUIRY)
ANSWERED = "answered"
WORDS = {EXPECTATION: "wish", INQUIRY: "question"}
"""In which field its words stand."""


def check_answer(entry: Entry, act: str, said: Mapping[str, Said]) -> None:
    """What our records do not show in full is a gap, and a gap is named."""
    if (entry.kind, act) == (INQUIRY, ANSWERED) and said["holds"] != "yes" and "gap" not in said:
        raise Refused("entry_field", field="gap", wrong="needed")


def is_of(entry: Entry, party: Entry) -> bool:
    """Whether it comes from that interested party: it says so by reference, or names it as that is called."""
    named = entry.said("from")
    if isinstance(named, tuple) and party.ref in named:
        return True
    return bool(party.title) and str(entry.said("whose") or "").casefold() == party.title.casefold()


def linked_points(entry: Entry) -> tuple[str, ...]:
    """The clauses and controls that it is linked to, by its answer, else by what was said first."""
    for said in (*(each.said for each in reversed(entry.done_now)), entry.shown.said if entry.shown else {}):
        if isinstance(found := said.get("points"), tuple) and found:
            return found
    return ()


def state_of(entry: Entry) -> str:
    """As the management review tells it: open, answered, or answered with a gap."""
    answers = [each for each in entry.done_now if each.act == ANSWERED]
    if not answers:
        return "unanswered"
    return "gap" if answers[-1].said.get("gap") else ANSWERED
