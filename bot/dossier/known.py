"""Who knew what when: the sealed lines about it in order, as the trail tells them, with line and seal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.cli.recalled import Past
from bot.cli.stating import Stating, shown
from bot.cli.stating import moment as at_second
from bot.cli.story import TALK
from bot.dossier.parts import SHORT, Section, plain, table
from bot.dossier.voice import Voice
from store.dossier import Kept
from store.recounted import Recounted

DISCUSSED = ("discussion.", "model.")
"""What people wrote below the card, and what a model was asked: only for who decides."""
LANES = {
    "said": (
        "draft.",
        "interview.",
        "question.",
        "proposal.",
        "form.",
        "answer.",
        "facts.",
        "referral.",
        "tool.",
    ),
    "decided": ("case.", "exception.", "motion.", "tier.", "risk.", "practice.", "pattern.", "inquiry."),
    "bound": ("condition.", "task", "gate.", "part."),
    "used": ("use.", "stage.", "owner.", "plan.", "readings.", "review.", "unit."),
    "wrong": ("incident.",),
}
"""Rows of the picture; what is in none of them stands in the list alone."""


class Shown(NamedTuple):
    """A line as a dossier tells it; `lane` is empty where the picture does not show it."""

    line: Recounted
    who: str
    what: str
    lane: str


class Said(Stating):
    """People are called as the dossier calls them."""

    def __init__(self, voice: Voice, past: Past) -> None:
        super().__init__(voice.words, voice.names, past)
        self._voice = voice

    def name(self, person: object) -> str:
        return self._voice.name(str(person))

    def who(self, line: Recounted) -> str:
        if self._voice.inside:
            return super().who(line)
        return super().who(line._replace(detail={k: v for k, v in line.detail.items() if k != "role"}))


def told(kept: Kept, voice: Voice, *, discussed: bool) -> tuple[list[Shown], int, int]:
    """The lines, how many steps of the interview they leave out, and how many of the discussion."""
    past, found, steps, below = Past(), list[Shown](), 0, 0
    submitted = next((line.seq for line in kept.lines if line.what == "case.submitted"), 0)
    for line in kept.lines:
        past.hear(line)
        if line.what.startswith(DISCUSSED) and not discussed:
            below += 1
        elif line.what.startswith(TALK) and line.seq < submitted:
            steps += 1
        else:
            found.append(_shown(line, Said(voice, past), voice))
        past.keep(line)
    return found, steps, below


def _shown(line: Recounted, says: Said, voice: Voice) -> Shown:
    if not line.what:
        return Shown(line, "", voice.words.label("story.line_changed", line=line.seq), "")
    what = [f"{says.phrase(line)}{says.more(line)}"]
    if voice.inside:
        what += [*says.below(line), *_texts(line, says, voice)]
    lane = next((name for name, begun in LANES.items() if line.what.startswith(begun)), "")
    return Shown(line, says.who(line), "\n".join(what), lane)


def _texts(line: Recounted, says: Said, voice: Voice) -> Iterator[str]:
    say = voice.words.label
    for name in shown(line):
        called, text = says.text(line, name)
        gone = say("story.not_sealed" if name in line.changed else "trail.erased")
        yield f"{called}: {gone if text is None else plain(text)}"


def timeline(lines: list[Shown], steps: int, below: int, voice: Voice) -> Section:
    say = voice.words.label
    said = [say("dossier.known.said")]
    if steps:
        said.append(say("dossier.known.steps", count=steps))
    if below:
        said.append(say("dossier.known.below", count=below))
    heads = [say(f"dossier.known.{head}") for head in ("when", "who", "what", "line", "seal")]
    rows = [
        (at_second(e.line.at), e.who, e.what, str(e.line.seq), e.line.seal[:SHORT])
        for e in lines
    ]  # fmt: skip
    return Section("known", say("dossier.known.head"), tuple(said), table(heads, rows, wide=2))
