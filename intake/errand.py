"""What somebody writes who wants none of the AI there is, but to a page of their own: a small closed list of phrases.

Whatever says more than that is left to be read as a request: "I have read the policy and want to use Otter" is one.
"""

from __future__ import annotations

import re
from typing import Literal

from intake.vocabulary import normal

Errand = Literal["policy", "requests", "trainings"]

BEFORE = r"(?:(?:hi|hello|hey|ok|okay|so|please|well|steward|there|um) )*"
BEHIND = (
    r"(?: (?:now|already|today|yesterday|please|thanks|thank you|yet|too|again|here|steward|"
    r"at the moment|right now))*"
)
WHOSE = (
    r"(?:the |our |your |my |this |that |new |latest |current |whole |company |companys |ai |"
    r"artificial intelligence |use |acceptable )*"
)
NEAR = r"(?:(?:open|own|last|latest|new|newest|first|second|other|old|current|pending|recent|ai|only) ){0,2}"
POLICY = rf"{WHOSE}(?:policy|policies|ai rules)(?: (?:on|about|for|of) (?:ai|artificial intelligence))?"
REQUEST = (
    rf"(?:my {NEAR}(?:\w+ )?(?:requests?|submissions?)|our {NEAR}(?:requests?|submissions?)|"
    rf"my {NEAR}applications?)"
)
"""Whoever says "our Otter application" means the tool: no other word stands behind "our", or before an application."""
TRAINING = (
    r"(?:ai |literacy |mandatory |required |my |the |any |that |this )*(?:trainings?|"
    r"training courses?|courses?)"
)

PHRASES: dict[Errand, tuple[str, ...]] = {
    "policy": (
        rf"(?:i|we) ?(?:have|ve)?(?: now| just| already| also)* (?:read|finished reading|"
        rf"read through|gone through|seen) (?:through )?{POLICY}",
        rf"(?:i )?(?:acknowledge|confirm|accept|agree to|confirm (?:that )?i (?:have )?read|"
        rf"want to (?:confirm|acknowledge)) {POLICY}",
        rf"(?:{POLICY}) (?:is )?read",
        rf"(?:done|finished) reading {POLICY}",
        rf"(?:how|where) (?:do|can|should) i (?:confirm|say|acknowledge|"
        rf"accept)(?: that i (?:have|ve)? ?read)? {POLICY}",
        rf"(?:where (?:is|are|can i (?:find|read|see))|show me|show|can i (?:see|read)|"
        rf"i (?:want|would like|need) to (?:read|see)|what is|whats|what does) "
        rf"{POLICY}(?: say)?",
        rf"do we have (?:an? |any )?{POLICY}",
    ),
    "requests": (
        rf"(?:where|how) (?:does|do|is|are|stands?) {REQUEST}(?: stand| standing| doing| going| at)?",
        rf"(?:what (?:is|are)|whats|show me|tell me) (?:the )?(?:status|state|progress) (?:of|on|with) {REQUEST}",
        rf"status (?:of|on) {REQUEST}",
        rf"how far (?:is|are|along is|did) {REQUEST}(?: along)?(?: get)?",
        rf"(?:has|have|was|were|is|are) {REQUEST}(?: been)? (?:approved|decided|declined|"
        rf"decided on|answered|looked at|through)",
        rf"(?:is there |are there )?(?:any )?(?:news|update|updates) (?:on|about|for|of) {REQUEST}",
        rf"what (?:happened|happens|is happening|about) (?:to|with)? ?{REQUEST}",
        rf"when (?:will|is|are|do|does) {REQUEST}(?: be| get)? (?:decided|approved|answered|due|ready)",
        rf"when (?:will|do|can) i (?:hear|get an answer|know) (?:about|on|to|of) {REQUEST}",
        rf"who (?:decides|has|is deciding|looks at) (?:on |about )?{REQUEST}",
        r"(?:show me |list )?(?:my|our) (?:open |own )?requests",
        r"(?:which|what) of my requests (?:are|is) (?:still )?open",
    ),
    "trainings": (
        rf"(?:which|what) {TRAINING} (?:do|must|should|shall|have|need|are|is)(?: i| we)?"
        r"(?: (?:have|need|got))?(?: to)?(?: (?:do|complete|take|attend|finish|mandatory|"
        r"required|due|open|left|for me|mine))*",
        rf"(?:do|must|should) i (?:have to |need to |need )?(?:do |complete |take |attend |finish )?{TRAINING}",
        rf"(?:is|are) there {TRAINING} (?:for me|i (?:have|need) to (?:do|take|complete)|"
        rf"that i (?:have|need) to (?:do|take|complete))",
        rf"(?:when|until when) (?:is|are|do|must|does) (?:i )?{TRAINING}(?: (?:due|expire|end|to be done))?",
        rf"(?:where|how) (?:is|are|do i find|can i find|do i do|can i do|do i start|can i start) {TRAINING}",
        rf"(?:show me |list |show )?my {TRAINING}",
        rf"i ?(?:have|ve)?(?: now| just| already)* (?:did|done|finished|completed|taken|took|"
        rf"attended|passed) {TRAINING}",
    ),
}
KNOWN = {
    errand: re.compile("|".join(f"{BEFORE}(?:{each}){BEHIND}" for each in said))
    for errand, said in PHRASES.items()
}
LONGEST = 120


def errand(text: str) -> Errand | None:
    """The page that all of the words are about; None where they say anything else."""
    said = normal(text)
    if len(said) > LONGEST:
        return None
    return next((each for each, pattern in KNOWN.items() if pattern.fullmatch(said)), None)
