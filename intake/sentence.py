"""A first sentence read without a model: what is wanted, with which tool, for what; nothing is certain."""

from __future__ import annotations

import re
from functools import cache

from intake.aim import aim
from intake.assent import says_only_yes_or_no
from intake.catalogue import Catalogue
from intake.hints import Hints, Pattern, Proposal
from intake.reading import SAYS_NOTHING_OF_A_USE, Intent, Reading
from intake.tool import Recognition
from intake.vocabulary import speech

SCANNED = 4_000  # characters read for hints
SHORT = 8  # words: "Otter for customer calls?" asks whether it may be used
LONGEST_PURPOSE = 3_000  # characters, as the form allows
MARKUP = re.compile(r"<[@#!][^>]{0,300}>")
LINK = re.compile(r"<(?:https?://|mailto:)[^>|]{0,2000}(?:\|([^>]{0,500}))?>")
NOT = re.compile(
    r"(?:\b(?:not|never|no longer|nobody|none of us|stop|stopped)|n't)\s+"
    r"(?!(?:only|just|sure|yet|know|think|mind|see|have|believe|understand)\b)(?:(?!but\b)\w+\s+){0,3}$",
    re.IGNORECASE,
)
MAY_I = re.compile(r"^(?:can|may|could|should|shall) (?:i|we)\b", re.IGNORECASE)
IS_IT = re.compile(r"^(?:is|are|am|do|does|has|have) (?:not |there )?\w+\b", re.IGNORECASE)
INSTEAD = re.compile(
    r"\b(?:like|want|need|plan|planning|hope|wish|going) to (?:switch|move|change|migrate)\b", re.IGNORECASE
)
ENDS = re.compile(r"\s*(?:to )?(?:stop|quit|give up|get rid of|uninstall)\b", re.IGNORECASE)
"""Who wants to be rid of a tool asks for none."""
PERMISSION = re.compile(
    r"\b(?:can|may|could|should)\s+(?:i|we)\s+use\b|\b(?:allowed|approved|permitted|usable)\b", re.I
)
PLANS = {
    "enterprise": "enterprise",
    "team": "team",
    "teams": "team",
    "business": "team",
    "free": "personal_free",
}
KINDS = {"use": "use_new", "can_i": "just_asking", "report_existing": "report_existing", "build": "build"}


@cache
def hints() -> Hints:
    return Hints.load()


def read(text: str, catalogue: Catalogue) -> Reading:
    """Read the first message of a conversation; only the beginning of a very long one."""
    said = _spoken(text[:SCANNED])
    tool = catalogue.recognise(text)
    phrase = catalogue.unknown_phrase(text) if tool.kind != "one" else None
    plain = without_greeting(said)
    own = catalogue.own_words(plain)
    named = tool.text or phrase or ""
    is_meant = _is_meant(plain, own, named)
    intent, because = _intent(plain, said, own, has_tool=is_meant)
    if intent in SAYS_NOTHING_OF_A_USE or not plain:
        permission = PERMISSION.search(plain) is not None
        return Reading(intent=intent, tool=tool, tool_phrase=phrase, permission=permission)
    told = catalogue.own_words(plain, beside_tools=False)
    proposals = _proposals(told, intent, because, tool, phrase)
    told_aim = aim(plain, own, _spoken(named)) if is_meant or not named else None
    return Reading(
        intent=intent,
        tool=tool,
        tool_phrase=phrase,
        purpose=(told_aim or ("" if _says_no_more(intent, plain, named) else _whole(text, plain)))[
            :LONGEST_PURPOSE
        ],
        proposals=proposals,
        aimed=told_aim is not None,
    )


def _spoken(text: str) -> str:
    """The words without Slack's markup, on one kind of apostrophe."""
    text = LINK.sub(lambda match: match[1] or " ", MARKUP.sub(" ", text))
    return text.replace("’", "'").strip()


def without_greeting(said: str) -> str:
    """ "Hi team, quick question: can I …" begins at "can I"."""
    known = hints()
    while True:
        head = re.match(r"[\W_]*([^\W_]+(?: [^\W_]+)?)\b([,.!:;\s–-]*)", said)
        if head is None:
            return said.strip()
        words = head[1].casefold()
        first = words.split()[0]
        rest = said[head.end() :].strip()
        if rest and (words in known.greetings or words in known.asides or words in known.greeted):
            said = rest
        elif len(said) > len(first) and (
            first in known.greetings or first in known.asides or first in known.greeted
        ):
            said = said[head.start(1) + len(first) :].lstrip(" ,.!:;–-")
        else:
            return said.strip()
        if not said:
            return said


def _is_meant(plain: str, own: str, named: str | None) -> bool:
    """Whether a tool is named at all, and neither as others' nor as one that is not wanted."""
    if not named:
        return False
    at = plain.find(_spoken(named))
    return at < 0 or (own.find(_spoken(named)) >= 0 and not NOT.search(own[:at]))


def _intent(plain: str, said: str, own: str, *, has_tool: bool) -> tuple[Intent, str]:
    """What the message is for, and the words that say so; what others do says nothing of it."""
    known = hints()
    bare = re.sub(r"[^\w\s'?/-]", " ", said).strip()
    for name in WHOLE:
        for whole in (bare, bare.rstrip("? "), re.sub(r"[^\w\s'?/-]", " ", plain).strip(" ?")):
            if whole and known.whole[name].search(whole):
                return name, whole
    if not any(letter.isalnum() for letter in plain) or not _is_english(plain):
        return "other", ""
    for name in LISTS:
        if match := known.intents[name].search(plain):
            return name, match[0]
    if not any(letter.isalnum() for letter in own):
        return "other", ""
    found = [
        (match.start(), order, name, match[0])
        for order, name in enumerate(RACE)
        if (match := _asserted(known.intents[name], own))
    ]
    if found:
        _, _, name, because = min(found)
        if name == "report_existing":
            return _of_what_is_in_use(own, because)
        if name != "question":
            return name, because
    if has_tool and (asked := MAY_I.match(own)):
        return "can_i", asked[0]  # "can I translate an offer with DeepL?"
    if found:
        return "question", because
    if (wish := _asserted(known.intents["wish"], own)) and not ENDS.match(own, wish.end()):
        return ("use", wish[0]) if has_tool or len(plain.split()) > 3 else ("other", "")
    if plain.rstrip().endswith("?"):
        return ("can_i" if has_tool and len(plain.split()) < SHORT else "question"), ""
    return ("use", "") if has_tool else ("other", "")


def _of_what_is_in_use(own: str, because: str) -> tuple[Intent, str]:
    """Whether it is said to be in use, asked whether it is, or to be left for another."""
    if INSTEAD.search(own):
        return "use", ""
    asks = own.rstrip().endswith("?") and IS_IT.match(own)
    return ("question", because) if asks else ("report_existing", because)


def _asserted(pattern: Pattern, text: str) -> re.Match[str] | None:
    """The first place that is not taken back by a "not" before it."""
    return next(
        (match for match in pattern.expression.finditer(text) if not NOT.search(text[: match.start()])), None
    )


WHOLE: tuple[Intent, ...] = ("cancel", "help", "thanks", "list", "status", "greeting")
LISTS: tuple[Intent, ...] = ("cancel", "list", "status")
RACE: tuple[Intent, ...] = ("can_i", "report_existing", "build", "question", "use")


def _is_english(text: str) -> bool:
    known = hints()
    words = re.findall(r"[^\W\d_]+", text.casefold())
    english = sum(word in known.english for word in words)
    foreign = sum(word in known.foreign for word in words)
    strange = sum(not word.isascii() and not word.isdigit() for word in words)
    return foreign <= english and strange <= max(1, len(words) // 2)


def _proposals(
    plain: str, intent: Intent, because: str, tool: Recognition, phrase: str | None
) -> tuple[Proposal, ...]:
    if not _is_english(plain):
        return ()
    hidden = plain
    for name in (tool.text, phrase):
        if name:
            hidden = hidden.replace(name, " " * len(name))
    found = hints().proposals(hidden)
    if intent in KINDS and because:
        found = (Proposal(question="kind", value=KINDS[intent], because=because), *found)
    plan = next((word for word in tool.plan.casefold().split() if word in PLANS), None)
    if plan and not any(proposal.question == "account" for proposal in found):
        found = (*found, Proposal(question="account", value=PLANS[plan], because=f"{tool.text} {tool.plan}"))
    return _agreeing(found, intent)


def _agreeing(found: tuple[Proposal, ...], intent: Intent) -> tuple[Proposal, ...]:
    """Without what other proposals rule out, as "internal" beside personal data."""
    values = {(proposal.question, proposal.value) for proposal in found}
    beyond = any(question == "people" and value != "only_team" for question, value in values)
    sensitive = any(question == "data" and value not in ("public", "internal") for question, value in values)
    areas = {value for question, value in values if question == "area"}
    fine_tuned = ("base_model", "fine_tune") in values or ("base_model", "train_own") in values

    def stays(proposal: Proposal) -> bool:
        match proposal.question, proposal.value:
            case "people", "only_team":
                return not beyond
            case "output_use", "draft_self":
                passed_on = {("output_use", "shared_after_check"), ("output_use", "shared_unchecked")}
                return values.isdisjoint(passed_on)  # read over by whoever passes it on, or by nobody
            case "data", "internal" | "public":
                return not sensitive
            case "base_model", "call_existing" if fine_tuned:
                return False
            case "base_model", _:
                return intent in ("build", "can_i", "report_existing")
            case "function", function:
                return function.split(".")[0] in areas
            case _:
                return True

    return tuple(proposal for proposal in found if stays(proposal))


def _says_no_more(intent: Intent, plain: str, named: str) -> bool:
    """A bare name, a yes, or a question without "to" or "for", says no purpose: "Jasper", "what about ChatGPT?"."""
    bare = plain.strip(" .!")
    return (
        intent == "can_i"
        or plain.endswith("?")
        or bare == _spoken(named)
        or says_only_yes_or_no(bare, speech())
    )


def _whole(text: str, plain: str) -> str:
    return " ".join(text.split()) if len(text) > SCANNED else " ".join(plain.split())
