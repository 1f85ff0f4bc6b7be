"""Words beside a request that is not asked anything: passed on, put before whoever approved it, or only thanked for."""

from __future__ import annotations

from intake.sentence import hints
from intake.vocabulary import normal
from triage.case import Case
from triage.lifecycle import DECIDED, FINAL
from triage.outcome import Happened, Notice, Outcome, Say
from triage.talking import Type


def is_thanks(words: str) -> bool:
    """Whether that is all they say, so that nobody has to read them."""
    return hints().whole["thanks"].search(normal(words)) is not None


def thanked(case: Case, command: Type) -> Outcome:
    return Outcome(case=case, happened=(_made(case, command),), notices=(Notice(say=Say.thanked),))


def remark(case: Case, command: Type) -> Outcome:
    """It changes nothing by itself; what is said of an approved use may, so whoever approved it is asked."""
    over = case.status in DECIDED | FINAL
    notices = [Notice(say=Say.closed_already if over else Say.remark)]
    if case.submitted_at is not None:
        about = "objection" if case.in_use else "remark"
        notices.append(Notice(say=Say.card_note, facts={"about": about, "words": command.words}))
    return Outcome(case=case, happened=(_made(case, command),), notices=tuple(notices))


def _made(case: Case, command: Type) -> Happened:
    return Happened(what="remark.made", detail={"status": case.status.value}, texts={"words": command.words})
