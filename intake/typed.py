"""Reads a typed message as the answer to one question, as a wish such as "back", or says why it is neither.

Nothing is guessed: what might mean two things comes back as candidates. A message that is exactly a wish is
one, unless a choice is called so; in quotation marks ("help") it is an answer.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal

from intake.amounts import to_days, to_numbers
from intake.answers import UNSURE, Answer, answered, unsure
from intake.assent import Assent, assent, bare, denies_all, says_only_yes_or_no
from intake.counts import counted
from intake.form import Kind, Question
from intake.matching import UNSURE_PIECE, Match, Matcher, Option
from intake.partly import partly, told_by_words
from intake.texts import Wording
from intake.value import Value
from intake.vocabulary import Control, Speech, normal, speech

_LONGEST_CHOICE = 2_000
_CANDIDATES = 5
_SHORTCODE = re.compile(r":[a-z0-9_+'-]+:")
_MENTION = re.compile(r"<@([A-Za-z0-9_.:-]+)(?:\|[^>]*)?>")
_QUOTED = re.compile(r'\s*["“„«](.*)["”“»]\s*', re.DOTALL)


Reason = Literal[
    "empty",
    "no_words",
    "no_question",
    "not_found",
    "ambiguous",
    "no_such_number",
    "only_one",
    "alone",
    "too_long",
    "cannot_be_unsure",
    "not_a_day",
    "not_a_number",
    "pick_person",
    "late",
    "half_hearted",
    "not_that",
    "two_answers",
    "which_of_them",
    "partly",
    "no_content",
    "which_tool",
    "which_spelling",
    "changes_none",
]
"""Why a message is not an answer; each needs a sentence in the texts for people."""


class Word(Value):
    """The message was a wish."""

    word: Control


class NotUnderstood(Value):
    """It was neither. `candidates`: choice ids, days or numbers it may mean; `piece`: the part in question.

    `facts` are for the sentence: `length` and `longest` of a long text, `choice` that stands alone.
    """

    reason: Reason
    candidates: tuple[str, ...] = ()
    piece: str = ""
    facts: Mapping[str, int | str] = {}


Heard = Answer | Word | NotUnderstood


def read_typed(
    text: str,
    question: Question | None,
    wording: Wording,
    *,
    offered: Sequence[str] = (),
    words: Speech | None = None,
) -> Heard:
    """What the message means while `question` is open; with none open, only a wish can be meant.

    `offered`: the ids of its choices in the order drawn, if not all were.
    """
    words = words or speech()
    if not text.strip():
        return NotUnderstood(reason="empty")
    if question is None:
        wish = words.control.get(normal(text))
        return Word(word=wish) if wish else NotUnderstood(reason="no_question")
    if question.kind in (Kind.one, Kind.many):
        return _choices(text, question, _options(question, wording, offered), words)
    if wish_or_unsure := _wish(text, question, words):
        return wish_or_unsure
    match question.kind:
        case Kind.date:
            return _amount(to_days(text), "not_a_day", text)
        case Kind.number:
            return _amount(to_numbers(text), "not_a_number", text)
        case Kind.person:
            mention = _MENTION.fullmatch(text.strip())
            return answered(mention[1]) if mention else NotUnderstood(reason="pick_person", piece=text[:80])
    return _free(text, question, words)


def _options(question: Question, wording: Wording, offered: Sequence[str]) -> list[Option]:
    ids = [choice.id for choice in question.choices] if not offered else list(offered)
    return [Option(id=id_, label=wording.label(question.id, id_)) for id_ in ids]


def _wish(text: str, question: Question, words: Speech) -> Heard | None:
    said = normal(text)
    if not _QUOTED.fullmatch(text) and said in words.control:
        return Word(word=words.control[said])
    unsure = said in words.unsure or bare(text, words) in words.unsure
    if text.strip() == "?" or (unsure and not _QUOTED.fullmatch(text)):
        return UNSURE if question.may_be_unsure else NotUnderstood(reason="cannot_be_unsure")
    return None


def _free(text: str, question: Question, words: Speech) -> Heard:
    kept = unicodedata.normalize("NFC", text)
    quoted = _QUOTED.fullmatch(kept)
    if quoted and (normal(quoted[1]) in words.control or normal(quoted[1]) in words.unsure):
        kept = quoted[1]
    if not any(sign.isalnum() for sign in _SHORTCODE.sub("", kept)):
        return NotUnderstood(reason="no_words")
    if len(kept) > question.longest:
        return NotUnderstood(reason="too_long", facts={"length": len(kept), "longest": question.longest})
    if not quoted and says_only_yes_or_no(kept, words):
        return NotUnderstood(reason="no_content", piece=kept.strip()[:80])
    return answered(kept)


def _amount(found: tuple[str, ...], reason: Reason, text: str) -> Heard:
    if len(found) == 1:
        return answered(found[0])
    return NotUnderstood(reason="ambiguous" if found else reason, candidates=found, piece=text.strip()[:80])


def _choices(text: str, question: Question, options: list[Option], words: Speech) -> Heard:
    if len(text) > _LONGEST_CHOICE:
        return NotUnderstood(reason="too_long", facts={"length": len(text), "longest": _LONGEST_CHOICE})
    matcher = Matcher(options, words)
    if (exact := matcher.exact(text)) is not None:
        return answered(exact)
    if wish_or_unsure := _wish(text, question, words):
        return wish_or_unsure
    if not normal(_SHORTCODE.sub("", text)):
        return NotUnderstood(reason="no_words")
    leaning = assent(text, words)
    if leaning is not None and (meant := choices_for(leaning, question, options)):
        if not leaning.firm:
            return NotUnderstood(reason="half_hearted", candidates=meant, piece=text.strip()[:80])
        if len(meant) == 1:
            return answered(*meant)
    elif leaning is not None and leaning.word == "yes" and any(choice.alone for choice in question.choices):
        return NotUnderstood(reason="which_of_them")
    heard = _picked(text, question, options, matcher, words)
    if not isinstance(heard, NotUnderstood) or heard.reason not in ("not_found", "ambiguous"):
        return heard
    if (told := told_by_words(text, options, words)) is not None:
        return answered(told)
    if question.kind is Kind.one and (number := counted(text, options)) is not None:
        return answered(number)
    part = _in_part(text, question, options, matcher, words)
    whole = len(heard.candidates) == 1 and heard.piece == text.strip()[:80]
    if part is None or (whole and heard.candidates[0] in part.candidates):
        return heard  # there is one thing to offer for the whole of it already
    return part


def _picked(
    text: str, question: Question, options: list[Option], matcher: Matcher, words: Speech
) -> Answer | NotUnderstood:
    if question.kind is Kind.one:
        return _one(matcher.one(text), matcher.several(text), question)
    alone = [choice.id for choice in question.choices if choice.alone]
    said = normal(text)
    if denies_all(text, words) and (none := [id_ for id_ in alone if id_ in ("none", "no")]):
        return answered(*none)
    if said in words.all:
        return answered(*(option.id for option in options if option.id not in alone))
    return _many(matcher.several(text), alone, question)


def _in_part(
    text: str, question: Question, options: list[Option], matcher: Matcher, words: Speech
) -> NotUnderstood | None:
    """What parts of it may mean, all together; a single word that is near to something is left to that."""
    found, rest = partly(text, question.id, options, matcher, words)
    alone = {choice.id for choice in question.choices if choice.alone}
    found = tuple(id_ for id_ in found if id_ not in alone) or found
    if not found or len(text.split()) == 1:
        return None
    if question.kind is Kind.one and len(found) > 1:
        return NotUnderstood(reason="ambiguous", candidates=found[:_CANDIDATES], piece=text.strip()[:80])
    return NotUnderstood(reason="partly", candidates=found, piece=rest[:80])


def choices_for(leaning: Assent, question: Question, options: Sequence[Option]) -> tuple[str, ...]:
    """What a yes or a no picks here: the choice called so, or none of them, or all that begin with the word."""
    word = leaning.word
    alone = [choice.id for choice in question.choices if choice.alone and choice.id in ("none", "no")]
    called = [o.id for o in options if normal(o.label) == word or o.id == word]
    if not called and word == "no" and question.kind is Kind.many:
        called = alone
    begun = [o.id for o in options if normal(o.label).split()[:1] == [word]]
    return tuple(called or begun)


def _one(whole: Match, split: Match, question: Question) -> Answer | NotUnderstood:
    for match in (whole, split):
        if len(match.found) > 1:
            choices = tuple(id_ for id_ in match.found if id_ != UNSURE_PIECE)
            return NotUnderstood(reason="only_one", candidates=choices)
        if match.found == (UNSURE_PIECE,):
            return unsure() if question.may_be_unsure else NotUnderstood(reason="cannot_be_unsure")
        if match.found:
            return answered(*match.found)
    return _unclear(whole)


def _many(match: Match, alone: list[str], question: Question) -> Answer | NotUnderstood:
    certain = tuple(id_ for id_ in match.found if id_ != UNSURE_PIECE)
    if not match.found:
        return _unclear(match)
    if len(match.found) > 1 and (beside := [id_ for id_ in certain if id_ in alone]):
        return NotUnderstood(reason="alone", candidates=certain, facts={"choice": beside[0]})
    if certain == match.found:
        return answered(*certain)
    if not question.may_be_unsure:
        return NotUnderstood(reason="cannot_be_unsure", candidates=certain)
    return unsure(*certain)


def _unclear(match: Match) -> NotUnderstood:
    reason: Reason = "ambiguous" if len(match.candidates) > 1 else "not_found"
    if match.wrong_number:
        reason = "no_such_number"
    return NotUnderstood(reason=reason, candidates=match.candidates[:_CANDIDATES], piece=match.piece[:80])
