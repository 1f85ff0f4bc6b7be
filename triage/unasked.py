"""Words typed where no question is open, at the offer and at the summary: they always lead on, and answer nothing."""

from __future__ import annotations

from intake.assent import Assent, Consent, assent, consent
from intake.vocabulary import normal, speech
from triage.case import Case
from triage.correcting import corrected_offer, corrected_summary
from triage.desk import Desk
from triage.interview import talk_of
from triage.outcome import Happened, Notice, Outcome, Say
from triage.phased import submitted
from triage.talk import Phase
from triage.talking import PickTool, Start, Type
from triage.turns import pick_tool, start


def unasked(case: Case, command: Type, desk: Desk) -> Outcome | None:
    """None where a question is open, for a wish such as "back", and where there were no words."""
    phase = talk_of(case).phase
    if normal(command.words) in speech().control or not normal(command.words):
        return None
    if phase is Phase.offered:
        return _at_offer(case, command, desk)
    return _at_summary(case, command, desk) if phase is Phase.summary else None


def _at_offer(case: Case, command: Type, desk: Desk) -> Outcome:
    talk, meant = talk_of(case), consent(command.words, speech())
    if meant is None and (corrected := corrected_offer(case, command, desk)) is not None:
        return corrected
    if talk.candidates:
        tool = _which(talk.candidates, command.words, meant, desk)
        if tool is None:
            return _kept(case, command, Say.still_offered)
        return pick_tool(case, PickTool(actor=command.actor, key=command.key, case=case.id, tool=tool), desk)
    if meant is Consent.go or (meant is Consent.no and talk.proposals):
        confirm = meant is Consent.go
        return start(case, Start(actor=command.actor, key=command.key, case=case.id, confirm=confirm), desk)
    return _kept(case, command, Say.still_offered)


def _which(candidates: tuple[str, ...], words: str, meant: Consent | None, desk: Desk) -> str | None:
    """The candidate that is called so, or to which yes was said; empty for none of them, None where it is open."""
    if meant is Consent.no:
        return ""
    if meant is Consent.go:
        return candidates[0] if len(candidates) == 1 else None
    known = [tool for id_ in candidates if (tool := desk.catalogue.get(id_)) is not None]
    called = [tool.id for tool in known if normal(words) in map(normal, (tool.name, *tool.aliases))]
    return called[0] if len(called) == 1 else None


def _at_summary(case: Case, command: Type, desk: Desk) -> Outcome:
    if assent(command.words, speech()) is Assent.yes:
        return submitted(case, command.actor, desk)
    match consent(command.words, speech()):
        case Consent.submit:
            return submitted(case, command.actor, desk)
        case Consent.go | Consent.send:
            return _kept(case, command, Say.at_summary, about="send")
        case Consent.no | Consent.unsure:
            return _kept(case, command, Say.at_summary, about="edit")
        case None:
            corrected = corrected_summary(case, command, desk)
            return corrected or _kept(case, command, Say.at_summary, about="other")


def _kept(case: Case, command: Type, say: Say, **facts: str) -> Outcome:
    """Nothing of it counts, and nothing of it is lost."""
    kept = Happened(
        what="words.kept",
        detail={"phase": talk_of(case).phase.value},
        texts={"words": command.words},
    )
    return Outcome(case=case, happened=(kept,), notices=(Notice(say=say, facts=facts),))
