"""Yes and no as people say them, firmly or half-heartedly; what is half-hearted is never taken for an answer."""

from __future__ import annotations

import re
from enum import StrEnum

from intake.vocabulary import Control, Speech, normal


class Assent(StrEnum):
    yes = "yes"
    no = "no"
    rather_yes = "rather_yes"
    rather_no = "rather_no"

    @property
    def firm(self) -> bool:
        return self in (Assent.yes, Assent.no)

    @property
    def word(self) -> str:
        """What it leans to."""
        return "yes" if self in (Assent.yes, Assent.rather_yes) else "no"


def bare(text: str, words: Speech) -> str:
    """Without what is only polite: "hmm, no idea, sorry" is "no idea"."""
    said = normal(text).split()
    kept = [word for word in said if word not in words.polite]
    return " ".join(kept or said)


def assent(text: str, words: Speech) -> Assent | None:
    """None for everything that is neither, or says more than that."""
    said = bare(text, words)
    for half, meant in ((Assent.rather_no, words.rather_no), (Assent.rather_yes, words.rather_yes)):
        if said in meant:
            return half
    if said in words.yes:
        return Assent.yes
    return Assent.no if said in words.no else None


def denies_all(text: str, words: Speech) -> bool:
    """ "Nope, none of that" is "none of that": a no before it only underlines it."""
    said = bare(text, words)
    while said not in words.none:
        first, _, rest = said.partition(" ")
        if first not in words.no or not rest:
            return False
        said = rest
    return True


PIECE = re.compile(r"[,.;:!\n–-]+|\band\b", re.IGNORECASE)


class Consent(StrEnum):
    """What words say to something that was shown as a whole, such as the offer or the summary."""

    go = "go"
    """Yes, or that it may go on."""
    send = "send"
    """That it may be sent, without the plain word for it."""
    submit = "submit"
    no = "no"
    unsure = "unsure"


def consent(text: str, words: Speech) -> Consent | None:
    """None for whatever says more: "looks good, send it" agrees, "looks good, but …" does not."""
    found = {_of_piece(said, words) for piece in PIECE.split(text) if (said := bare(piece, words))}
    for strongest, beside in (
        (Consent.submit, (Consent.go, Consent.send)),
        (Consent.send, (Consent.go,)),
        (Consent.no, (Consent.unsure,)),
    ):
        if strongest in found and found <= {strongest, *beside}:
            return strongest
    return found.pop() if len(found) == 1 else None


def _of_piece(said: str, words: Speech) -> Consent | None:
    leaning = assent(said, words)
    if leaning is not None and leaning.firm:
        return Consent.go if leaning is Assent.yes else Consent.no
    if said in words.agreed or words.control.get(said) is Control.start:
        return Consent.go
    for kind, known in (
        (Consent.submit, words.submit),
        (Consent.send, words.send),
        (Consent.unsure, words.unsure),
    ):
        if said in known:
            return kind
    return None


def says_only_yes_or_no(text: str, words: Speech) -> bool:
    """A bare "yes", "ok" or "probably" tells nothing where something is to be told."""
    return assent(text, words) is not None or consent(text, words) is not None
