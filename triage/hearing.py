"""What was typed while the interview is open: an answer, a wish such as "back", or something not understood."""

from __future__ import annotations

from intake.answers import Answer, State, answered
from intake.assent import Assent, Consent, assent, consent
from intake.catalogue import Catalogue
from intake.condition import View
from intake.discretion import is_nothing_else
from intake.form import Kind, Question
from intake.naming import is_meant_so
from intake.typed import Heard, NotUnderstood, Reason, Word, read_typed
from intake.vocabulary import Control, speech
from triage.altering import kept
from triage.case import Case
from triage.closing import offer
from triage.confidential import kept_close
from triage.correcting import corrected_answer
from triage.current import current
from triage.desk import Desk
from triage.interview import talk_of, with_talk
from triage.listed import points_told
from triage.outcome import Happened, Notice, Outcome, Say
from triage.phased import submitted
from triage.talk import Phase, Proposal, Talk
from triage.talking import Explain, Start, Steer, Type, Way
from triage.together import denies_throughout, deny_all
from triage.turns import again, answer, check_talking, explain, start, steer
from triage.unasked import unasked

ALONE = 3
"""Words of an answer that is nothing but a name."""

PIECE = 80
"""So much of what was not clear is quoted."""

YES, NO = ("yes", "yes_named"), ("no", "none")
"""The ids of choices that a bare word picks."""

OF_ANOTHER = frozenset({"not_found", "ambiguous", "partly"})
"""Why words are no answer here that may be one to a question before."""

WAYS: dict[Control, Way] = {
    Control.back: "back",
    Control.skip: "skip",
    Control.pause: "pause",
    Control.resume: "resume",
    Control.cancel: "cancel",
    Control.hand_over: "hand_over",
}
"""Words that move the interview, typed at any turn."""


def typed(case: Case, command: Type, desk: Desk) -> Outcome:
    """Words typed while the interview is open."""
    check_talking(case, command.actor)
    if command.late:
        return _not_understood(case, NotUnderstood(reason="late"), command)
    talk = talk_of(case)
    question = desk.form.by_id.get(talk.current.question) if talk.current else None
    if (led_on := unasked(case, command, desk)) is not None:
        return led_on
    if (told := _to_change(case, command, question, desk)) is not None:
        return told
    several = talk.current is not None and talk.current.also and not talk.current.meant
    if several and denies_throughout(command.words):
        return deny_all(case, command, desk)
    if is_nothing_else(command.words):
        return kept_close(case, command.actor)
    match points_told(case, command, desk):
        case NotUnderstood() as unclear:
            return _not_understood(case, unclear, command)
        case Outcome() as told:
            return told
    heard: Heard = to_offer(talk, question, command.words) or read_typed(
        command.words, question, desk.wording, offered=case_choices(case, desk)
    )
    match heard:
        case Word():
            return _word(case, heard.word, command, desk)
        case NotUnderstood():
            return _of_another(case, heard, command, desk) or _not_understood(case, heard, command)
        case Answer() if question is not None:
            if question.kind is Kind.person and heard.text != command.person:
                return _not_understood(case, NotUnderstood(reason="pick_person", piece=heard.text), command)
            if question.kind is Kind.tool:
                if (doubt := _which_tool(heard, talk, desk.catalogue)) is not None:
                    return _not_understood(case, doubt, command)
                heard = tool_answer(heard, desk.catalogue)
            return answer(case, question.id, heard, command.actor, command.key, desk)
        case _:
            return _not_understood(case, NotUnderstood(reason="no_question"), command)


def _to_change(case: Case, command: Type, question: Question | None, desk: Desk) -> Outcome | None:
    """A yes or no to "shall it be changed?"; a yes that could be the new answer itself is asked about."""
    asked, meant = talk_of(case).current, consent(command.words, speech())
    proposal = talk_of(case).proposal(question.id) if question is not None else None
    if asked is None or not asked.change or question is None or proposal is None:
        return None
    if meant is Consent.no:
        return kept(case, command.key, desk)
    if meant is not Consent.go:
        return None
    itself = choices_by_word(question, Assent.yes)
    if itself and itself != proposal.answer.picked:
        return _not_understood(
            case, NotUnderstood(reason="two_answers", candidates=proposal.answer.picked), command
        )
    return answer(case, question.id, proposal.answer, command.actor, command.key, desk)


def _of_another(case: Case, heard: NotUnderstood, command: Type, desk: Desk) -> Outcome | None:
    """Words that are no answer here may change one given before: asked, or kept and said how to change it."""
    asked = talk_of(case).current
    if asked is None or heard.reason not in OF_ANOTHER:
        return None
    led, besides = is_meant_so(command.words), (asked.question, *asked.also)
    here = heard.reason != "not_found" or bool(
        heard.candidates
    )  # it may be about the open question after all
    changed = corrected_answer(case, command, desk, besides=besides, in_rows=here and not led)
    if changed is not None or here or not led:
        return changed
    return _not_understood(case, NotUnderstood(reason="changes_none"), command)


def to_offer(talk: Talk, question: Question | None, words: str) -> Heard | None:
    """A yes or no to what was offered last for this question: choices that may be meant, or what was read before.

    Where the question itself can be answered so, nobody can tell which was meant, and it is asked.
    """
    said, asked = assent(words, speech()), talk.current
    if question is None or asked is None:
        return None
    proposal = talk.proposal(question.id)
    if said is None and consent(words, speech()) is Consent.go:
        return _agreed(asked.meant, proposal)
    if said is None or not said.firm:
        return None
    offered = asked.meant or (proposal.answer.picked if proposal else ())
    itself = choices_by_word(question, said)
    if not offered or offered == itself:
        return None
    if itself and question.kind is Kind.one:
        both = tuple(dict.fromkeys((*itself, *asked.meant)))
        return NotUnderstood(reason="two_answers", candidates=both) if asked.meant else None
    if itself:
        return NotUnderstood(reason="not_that", candidates=itself)
    if said is Assent.no:
        return NotUnderstood(reason="not_that")
    if not asked.meant:
        return proposal.answer if proposal else None
    if len(asked.meant) == 1 and asked.meant[0] not in NO:
        return answered(*asked.meant)
    # Nobody can tell a yes to "none of these?" from a yes to "does it touch one of these?".
    several: Reason = "which_of_them" if len(asked.meant) > 1 else "two_answers"
    return NotUnderstood(reason=several, candidates=asked.meant)


def _agreed(meant: tuple[str, ...], proposal: Proposal | None) -> Heard | None:
    """ "ok" is no answer to any question: where something was offered, it can only be about that."""
    if len(meant) > 1:
        return NotUnderstood(reason="which_of_them", candidates=meant)
    if meant:
        doubled = meant[0] in NO  # to "none of these?" it may be said of either
        return NotUnderstood(reason="two_answers", candidates=meant) if doubled else answered(*meant)
    return proposal.answer if proposal else None


def choices_by_word(question: Question, said: Assent) -> tuple[str, ...]:
    """The choices that a bare yes or no picks, by their ids: none of these is a no."""
    ids = YES if said is Assent.yes else NO
    return tuple(choice.id for choice in question.choices if choice.id in ids)


def tool_answer(given: Answer, catalogue: Catalogue) -> Answer:
    """A tool by its id or any of its names; one that nobody knows stays in the person's own words."""
    if given.state is not State.answered or catalogue.get(given.text) is not None:
        return given
    found = catalogue.recognise(given.text)
    return answered(found.tools[0].id) if found.kind == "one" else given


def _which_tool(given: Answer, talk: Talk, catalogue: Catalogue) -> NotUnderstood | None:
    """What a name alone may mean, a slip or a name of several tools, is asked once and never taken for sure."""
    if given.state is not State.answered or len(given.text.split()) > ALONE:
        return None
    found = catalogue.recognise(given.text)
    meant = tuple(tool.id for tool in found.tools)
    if found.kind != "several" or (talk.current is not None and talk.current.meant == meant):
        return None  # nothing to ask, or asked already: then it is called as it is written
    reason: Reason = "which_spelling" if found.how == "spelling" else "which_tool"
    return NotUnderstood(reason=reason, candidates=meant, piece=given.text.strip()[:PIECE])


def case_choices(case: Case, desk: Desk) -> tuple[str, ...]:
    """The choices of the open question that apply given what is known, in the order in which they are drawn."""
    asked = talk_of(case).current
    question = desk.form.by_id.get(asked.question) if asked else None
    if question is None:
        return ()
    view = View(desk.form.gates, current(desk.form, case.answers), desk.settings(case))
    return tuple(choice.id for choice in question.choices if choice.when.truth(view) is not False)


def _word(case: Case, word: Control, command: Type, desk: Desk) -> Outcome:
    actor, key, id = command.actor, command.key, case.id
    phase = talk_of(case).phase
    match word:
        case Control.start if phase is Phase.offered:
            return start(case, Start(actor=actor, key=key, case=id), desk)
        case Control.submit if phase is Phase.summary:
            return submitted(case, actor, desk)
        case Control.help:
            return explain(case, Explain(actor=actor, key=key, case=id, what="help"), desk)
        case Control.why:
            return explain(case, Explain(actor=actor, key=key, case=id, what="why"), desk)
        case _ if word in WAYS:
            return steer(case, Steer(actor=actor, key=key, case=id, wish=WAYS[word]), desk)
        case Control.form:
            return Outcome(case=case, notices=(Notice(say=Say.help, facts={"about": "form"}),))
        case _:
            return again(case)


def _offering(case: Case, meant: tuple[str, ...], *, offer: bool) -> Case:
    """Remember what was offered, so that a yes to it is understood, and that it can be pressed."""
    talk = talk_of(case)
    if talk.current is None:
        return case
    asked = talk.current.model_copy(update={"meant": meant, "offer": offer or talk.current.offer})
    return with_talk(case, asked=(*talk.asked[:-1], asked))


def _not_understood(case: Case, heard: NotUnderstood, command: Type) -> Outcome:
    """Say what was not understood, keep the words in the trail, and leave the question open."""
    if heard.reason == "partly":
        return _in_part(case, heard, command)
    facts: dict[str, str | int | bool | tuple[str, ...]] = {
        "reason": heard.reason,
        "candidates": heard.candidates,
        "piece": heard.piece,
        **heard.facts,
    }
    if command.files and not command.words.strip():
        facts["reason"] = "attachment"
    whole = not heard.piece or heard.piece == command.words.strip()[:PIECE]
    asked, meant = talk_of(case).current, heard.candidates if whole else ()
    if heard.candidates and asked is not None:
        facts |= {"whole": whole, "until": offer(asked.turn), "fresh": True}
    return Outcome(
        case=_offering(case, meant, offer=bool(heard.candidates)),
        happened=(
            Happened(
                what="words.not_understood",
                detail={"reason": str(facts["reason"])},
                texts={"words": command.words},
            ),
        ),
        notices=(Notice(say=Say.not_understood, facts=facts),),
    )


def _in_part(case: Case, heard: NotUnderstood, command: Type) -> Outcome:
    """What was understood becomes a proposal, which one press or a yes confirms; what was not is said."""
    talk, case = talk_of(case), _offering(case, (), offer=True)
    asked, turn = (talk.current.question, talk.current.turn) if talk.current else ("", 0)
    read = Proposal(question=asked, answer=answered(*heard.candidates), because=command.words)
    others = tuple(p for p in talk.proposals if p.question != asked)
    noted = Happened(
        what="words.not_understood", detail={"reason": heard.reason}, texts={"words": command.words}
    )
    said = Notice(
        say=Say.partly, facts={"turn": turn, "rest": heard.piece, "until": offer(turn), "fresh": True}
    )
    return Outcome(case=with_talk(case, proposals=(*others, read)), happened=(noted,), notices=(said,))
