"""An entry of the management system: steps that are only ever added, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal

from intake.value import Value
from triage.aims.kinds import OF_FIELD, SEVERAL, Kind, kinds

Said = str | int | tuple[str, ...]
StepKind = Literal["draft", "approve", "send_back", "withdraw", "act"]
State = Literal["proposed", "in_force", "retired", "withdrawn"]
WHY = "why_retired"
"""The words that say it, beside the fields of a kind."""
TELLS = "tells"
"""Likewise what a version tells in full, where its fields name that by its digest alone."""
BESIDE = ("kind", "name", "retires", "draft", "act")
"""What a step says beside the fields of its kind."""
ID_LENGTH = 20


def entry_id(kind: Kind, name: str, key: str) -> str:
    """Of what there is once, its kind; of what has a name, that too; else what the `key` of its first draft makes."""
    if kind.single:
        return kind.id
    return f"{kind.id}:{name}" if kind.named else sha256(f"{kind.id}\n{key}".encode()).hexdigest()[:ID_LENGTH]


class Step(Value):
    """One thing that somebody did; `by` is "" where an operator typed it in. `texts`: words, which can be erased."""

    id: str
    kind: StepKind
    by: str
    role: str = ""
    at: datetime
    detail: Mapping[str, Said] = {}
    texts: Mapping[str, str] = {}


class Signed(Value):
    by: str
    role: str
    at: datetime


class Draft(Value):
    """One version. `number` counts from 1; `retires`: with its yes the entry counts no more."""

    number: int
    said: Mapping[str, Said]
    by: str
    role: str
    at: datetime
    retires: bool = False
    yeses: tuple[Signed, ...] = ()
    ended: Literal["", "sent_back", "withdrawn"] = ""
    reason: str = ""
    guarded: bool = False
    """What it says, or what counted before said, needs a yes (`Kind.approved_if`)."""
    why: str = ""
    """For what reason it retires."""
    tells: str = ""
    """What it tells in full (`TELLS`)."""
    since: datetime | None = None
    """From when it counted."""


class Done(Value):
    """Something that was done with what counts."""

    act: str
    by: str
    role: str
    at: datetime
    said: Mapping[str, Said]
    stage: str


class Entry(Value):
    """`name`: of a kind whose entries have names, such as the number of a control; else ""."""

    id: str
    kind: str
    name: str = ""
    ref: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def of(self) -> Kind:
        return kinds()[self.kind]

    @property
    def version(self) -> int:
        return len(self.steps)

    @cached_property
    def drafts(self) -> tuple[Draft, ...]:
        found: dict[int, Draft] = {}
        for step in self.steps:
            number = int(str(step.detail.get("draft", 0)))
            if step.kind == "draft":
                found[number] = _begun(step, number, self.of, _last_counted(found.values()))
            elif number in found:
                found[number] = _moved(found[number], step, self.of)
        return tuple(found.values())

    @property
    def in_force(self) -> Draft | None:
        """The version that counts; None before the first yes, and after it was retired."""
        last = self.counted_so_far[-1] if self.counted_so_far else None
        return None if last is None or last.retires else last

    @cached_property
    def counted_so_far(self) -> tuple[Draft, ...]:
        """All that count or once did, in the order in which they began to."""
        begun = ((each.since, each.number, each) for each in self.drafts if each.since is not None)
        return tuple(each for _, _, each in sorted(begun, key=lambda each: each[:2]))

    @property
    def proposed(self) -> Draft | None:
        """The version that waits for a yes; a newer one takes the place of an older."""
        last = self.drafts[-1] if self.drafts else None
        return last if last is not None and last.since is None and not last.ended else None

    @property
    def state(self) -> State:
        if self.in_force is not None:
            return "in_force"
        if any(each.since is not None for each in self.drafts):
            return "retired"
        return "proposed" if self.proposed is not None else "withdrawn"

    @cached_property
    def done(self) -> tuple[Done, ...]:
        return tuple(_done(step, self.of) for step in self.steps if step.kind == "act")

    @cached_property
    def done_now(self) -> tuple[Done, ...]:
        """What was done since the version that counted last began, where each begins its kind anew; else all of it."""
        if not self.of.anew:
            return self.done
        since = self.steps.index(self.began) if self.began is not None else 0
        return tuple(_done(step, self.of) for step in self.steps[since:] if step.kind == "act")

    @property
    def began(self) -> Step | None:
        """With which step the version began to count that counts, or did last; a retirement begins nothing."""
        number = next((each.number for each in reversed(self.counted_so_far) if not each.retires), 0)
        led = (step for step in reversed(self.steps) if step.kind in ("draft", "approve"))
        return next((step for step in led if number and int(str(step.detail["draft"])) == number), None)

    @property
    def stage(self) -> str:
        """Where what was done with it led; "" where nothing was, or a new version began it anew (`done_now`)."""
        return self.done_now[-1].stage if self.done_now else ""

    @property
    def shown(self) -> Draft | None:
        """What is looked at: what counts, else what waits, else what was there last."""
        return self.in_force or self.proposed or (self.drafts[-1] if self.drafts else None)

    def said(self, field: str) -> Said | None:
        return self.shown.said.get(field) if self.shown is not None else None

    @property
    def title(self) -> str:
        return str(self.said("title") or "")

    @property
    def owner(self) -> str | None:
        found = self.said("owner") or self.said("sponsor")
        return str(found) if found else None

    @property
    def due(self) -> date | None:
        found = self.said("due")
        return date.fromisoformat(str(found)) if found else None

    def counted(self, at: datetime) -> Draft | None:
        """The version that counted at a moment."""
        then = Entry(id=self.id, kind=self.kind, name=self.name, ref=self.ref, steps=self.until(at))
        return then.in_force

    def until(self, at: datetime) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.at <= at)


def last_day(entry: Entry) -> date | None:
    """Until when what counts of it holds, where its kind has such a day."""
    held, field = entry.in_force, entry.of.ends
    said = held.said.get(field) if held is not None and field else None
    return date.fromisoformat(str(said)) if said else None


def has_ended(entry: Entry, day: date) -> bool:
    last = last_day(entry)
    return last is not None and last < day


def said_of(step: Step, several: frozenset[str]) -> Mapping[str, Said]:
    """`several`: the fields of which there may be more than one thing, which stand in words one a line."""
    plain = {name: value for name, value in step.detail.items() if name not in BESIDE}
    words: dict[str, Said] = {
        name: tuple(text.splitlines()) if name in several else text for name, text in step.texts.items()
    }
    return {**plain, **words}


def _several(kind: Kind, act: str = "") -> frozenset[str]:
    chosen = kind.act(act) if act else None
    return frozenset(each.id for each in (chosen.fields if chosen else kind.fields) if each.kind in SEVERAL)


def _last_counted(drafts: Iterable[Draft]) -> Draft | None:
    return max((each for each in drafts if each.since), key=lambda one: (one.since, one.number), default=None)


def _begun(step: Step, number: int, kind: Kind, before: Draft | None) -> Draft:
    said = dict(said_of(step, _several(kind)))
    guarded = is_guarded(kind, said, before)
    return Draft(
        number=number,
        why=str(said.pop(WHY, "")),
        tells=str(said.pop(TELLS, "")),
        said=said,
        by=step.by,
        role=step.role,
        at=step.at,
        retires=bool(step.detail.get("retires", 0)),
        guarded=guarded,
        since=None if wanted(kind, step.by, number, guarded=guarded) else step.at,
    )


def is_guarded(kind: Kind, said: Mapping[str, Said], before: Draft | None) -> bool:
    """Whether it needs a yes for what it says, or for what it would change."""
    held = (said, before.said) if before is not None else (said,)
    return bool(kind.approved_if) and any((each.get(kind.approved_if) or "no") != "no" for each in held)


def wanted(kind: Kind, by: str, number: int = 1, *, guarded: bool = False) -> int:
    """How many say yes before it counts: one more to what an operator typed in, since nobody knows whose it is.

    Of what people are to do something about a first version may count at once; nobody changes or ends it alone.
    """
    least = 1 if guarded or (kind.acts and number > 1) else 0
    return max(kind.approvals, least) + (0 if by else 1)


def _moved(draft: Draft, step: Step, kind: Kind) -> Draft:
    if step.kind == "approve":
        yeses = (*draft.yeses, Signed(by=step.by, role=step.role, at=step.at))
        needs = wanted(kind, draft.by, draft.number, guarded=draft.guarded)
        since = step.at if len(yeses) >= needs else None
        return draft.model_copy(update={"yeses": yeses, "since": since})
    if step.kind in ("send_back", "withdraw"):
        ended = "sent_back" if step.kind == "send_back" else "withdrawn"
        return draft.model_copy(update={"ended": ended, "reason": step.texts.get("reason", "")})
    return draft


def _done(step: Step, kind: Kind) -> Done:
    name = str(step.detail["act"])
    act = kind.act(name)
    about = {"act": name, "by": step.by, "role": step.role, "at": step.at}
    return Done.model_validate(
        {**about, "said": said_of(step, _several(kind, name)), "stage": act.ends if act else ""}
    )


def named_in(entry: Entry, field: str) -> frozenset[str]:
    """Who is named in a field, as `by` of an act says it."""
    found = entry.said(field.removeprefix(OF_FIELD))
    if isinstance(found, tuple):
        return frozenset(found)
    return frozenset((str(found),)) if found else frozenset()
