"""An internal audit as its report tells it: what was planned, drawn, seen and found, what became of it, and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

from intake.value import Value
from triage.aims.auditing import FINDING, findings
from triage.aims.differing import HIDDEN
from triage.aims.entry import Done, Draft, Entry, Said, Signed
from triage.aims.ruling import audits_of

AUDIT, NONCONFORMITY = "audit", "nonconformity"
Outcome = Literal["raised", "dropped", "nothing"]


class Lot(Value):
    """What was drawn, and all by which whoever asks draws it again. `closed`: so many are confidential now."""

    seed: str
    size: int
    population: int
    digest: str
    sample: tuple[str, ...]
    closed: int
    by: str
    at: datetime


class Looked(Value):
    """What was said of some uses at once; of those that are confidential now only how many they are (`closed`)."""

    uses: tuple[str, ...]
    closed: int
    verdict: str
    word: str
    by: str
    at: datetime


class Raised(Value):
    """A nonconformity that came from the audit. `title` is "" where it is about a use that is confidential now."""

    ref: str
    uses: tuple[str, ...]
    closed: int
    title: str
    weight: str
    owner: str
    due: date | None
    state: str
    done: tuple[str, ...]
    """What was done about it, in order."""


class Finding(Value):
    """About one use, as it was said last. `refs`: what it became; `because`: why somebody else dropped it."""

    use: str
    word: str
    outcome: Outcome
    refs: tuple[str, ...] = ()
    because: str = ""
    by: str = ""


class Ended(Value):
    """One of the last steps: that it was held, reported, closed."""

    by: str
    at: datetime
    words: str
    conclusion: str = ""
    told: tuple[str, ...] = ()


class Audited(Value):
    """All of it follows from entries: the same entries give the same report. `hidden`: findings about what is
    confidential now.
    """

    ref: str
    title: str
    version: int
    objective: str
    scope: tuple[str, ...]
    criteria: tuple[str, ...]
    auditors: tuple[str, ...]
    begins: str
    due: str
    drafted: str
    yeses: tuple[Signed, ...]
    lot: Lot | None
    looked: tuple[Looked, ...]
    unseen: tuple[str, ...]
    found: tuple[Finding, ...]
    hidden: int
    raised: tuple[Raised, ...]
    held: Ended | None
    reported: Ended | None
    closed: Ended | None
    at: datetime
    """When anything of this was said last."""


def audited(entry: Entry, nonconformities: Iterable[Entry]) -> Audited | None:
    """Both as whoever reads them may see them. None where no version of it counts, or it is no audit."""
    draft = entry.in_force
    if entry.kind != AUDIT or draft is None:
        return None
    of_it = [each for each in nonconformities if entry.ref in audits_of(each) and each.state != "withdrawn"]
    raised = tuple(_raised(each) for each in of_it)
    lot = _lot(entry.done_now)
    looked = tuple(map(_looked, _of(entry, "looked")))
    seen = {use for each in looked for use in each.uses}
    found = tuple(_findings(entry, raised))
    steps = [step.at for one in (entry, *of_it) for step in one.steps]
    return Audited(
        ref=entry.ref,
        version=draft.number,
        **_planned(draft),
        lot=lot,
        looked=looked,
        unseen=tuple(use for use in lot.sample if use not in seen) if lot else (),
        found=found,
        hidden=sum(each.closed for each in looked if each.verdict == FINDING),
        raised=raised,
        held=_ended(entry, "held", "report"),
        reported=_ended(entry, "reported", ""),
        closed=_ended(entry, "closed", "because"),
        at=max(steps),
    )


def _planned(draft: Draft) -> Mapping[str, Any]:
    said = draft.said
    words = {name: str(said.get(name, "")) for name in ("title", "objective", "begins", "due")}
    several = {name: _refs(said.get(name)) for name in ("scope", "criteria", "auditors")}
    return {**words, **several, "drafted": draft.by, "yeses": draft.yeses}


def _lot(done: Sequence[Done]) -> Lot | None:
    drawn = next((each for each in reversed(done) if each.act == "drawn"), None)
    if drawn is None:
        return None
    sample, closed = open_and_closed(drawn.said.get("sample"))
    words = {name: str(drawn.said.get(name, "")) for name in ("seed", "digest")}
    counts = {name: int(str(drawn.said.get(name, 0))) for name in ("size", "population")}
    about: Mapping[str, Any] = {**words, **counts}
    return Lot(**about, sample=sample, closed=closed, by=drawn.by, at=drawn.at)


def _looked(done: Done) -> Looked:
    """What was said of several of which one is confidential may be about that one: the words are for its readers."""
    uses, closed = open_and_closed(done.said.get("uses"))
    word = "" if closed else str(done.said.get("word", ""))
    verdict = str(done.said.get("verdict", ""))
    return Looked(uses=uses, closed=closed, verdict=verdict, word=word, by=done.by, at=done.at)


def _raised(entry: Entry) -> Raised:
    said = [ref for draft in entry.drafts for ref in _refs(draft.said.get("from"))]
    uses, closed = open_and_closed(tuple(dict.fromkeys(said)))
    stage = entry.stage if entry.state == "in_force" and entry.stage else entry.state
    return Raised(
        ref=entry.ref,
        uses=tuple(each for each in uses if each not in audits_of(entry)),
        closed=closed,
        title="" if closed else entry.title,
        weight=str(entry.said("weight") or ""),
        owner=entry.owner or "",
        due=entry.due,
        state=stage,
        done=tuple(each.act for each in entry.done_now),
    )


def _findings(entry: Entry, raised: Sequence[Raised]) -> Iterator[Finding]:
    """Those that stand first, then what was dropped and said nothing new of since."""
    standing = {each.use: each.word for each in findings(entry) if not each.use.startswith(HIDDEN)}
    words = {use: each.word for each in map(_looked, _of(entry, "looked")) for use in each.uses}
    for use in standing:
        refs = tuple(each.ref for each in raised if use in each.uses)
        yield Finding(use=use, word=words.get(use, ""), outcome="raised" if refs else "nothing", refs=refs)
    for use, done in _dropped(entry).items():
        because = "" if open_and_closed(done.said.get("uses"))[1] else str(done.said.get("because", ""))
        yield Finding(use=use, word=words.get(use, ""), outcome="dropped", because=because, by=done.by)


def _dropped(entry: Entry) -> Mapping[str, Done]:
    """By use, where that is the last that was said of it; of what was no finding nothing was dropped."""
    found, last = dict[str, Done](), dict[str, str]()
    for each in entry.done_now:
        for use in open_and_closed(each.said.get("uses"))[0]:
            if each.act == "dropped" and last.get(use) == FINDING:
                found[use] = each
            elif each.act == "looked":
                found.pop(use, None)
                last[use] = str(each.said.get("verdict", ""))
    return found


def _of(entry: Entry, act: str) -> list[Done]:
    return [each for each in entry.done_now if each.act == act]


def _ended(entry: Entry, act: str, words: str) -> Ended | None:
    done = next((each for each in reversed(entry.done_now) if each.act == act), None)
    if done is None:
        return None
    said = {"words": str(done.said.get(words, "")), "conclusion": str(done.said.get("conclusion", ""))}
    return Ended(by=done.by, at=done.at, told=_refs(done.said.get("told")), **said)


def open_and_closed(said: Said | None) -> tuple[tuple[str, ...], int]:
    """References that may be shown, and how many stand for what may not."""
    refs = _refs(said)
    closed = sum(int(each.removeprefix(HIDDEN)) for each in refs if each.startswith(HIDDEN))
    return tuple(each for each in refs if not each.startswith(HIDDEN)), closed


def _refs(said: Said | None) -> tuple[str, ...]:
    return said if isinstance(said, tuple) else ()
