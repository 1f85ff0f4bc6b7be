"""Yes and no as people say them, firmly or half-heartedly; what is half-hearted is never taken for an answer."""

from __future__ import annotations

from enum import StrEnum

from intake.vocabulary import Speech, normal


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
