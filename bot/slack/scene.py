"""What a screen is drawn from: the words, how people are named, the case and what is around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.config import Config
from bot.markup import Mrkdwn, escaped
from bot.slack.ids import Action
from bot.words import Words
from intake.answers import Answer
from intake.texts import Wording
from store.lists import Bound, PutOff
from store.suppliers import Held
from triage.aims.assessed import Standing
from triage.aims.entry import Entry as Stated
from triage.aims.published import Published
from triage.aims.scoped import Mark
from triage.aims.standing import State
from triage.case import Case, Decision, Deployment
from triage.conditions import Condition
from triage.consulting import About, Suggestion
from triage.desk import Desk
from triage.guide import Weighed
from triage.heard import Heard
from triage.nearest import Decided, Nearest
from triage.overview import Overview
from triage.pattern import Known
from triage.questionnaire import Finding
from triage.register import Entry
from triage.stages import Stage

if TYPE_CHECKING:
    from bot.slack.screens.entrylook import Look
    from bot.slack.screens.incidentfacts import Seen  # it is spoken in a voice of here
    from bot.slack.screens.soa import Progress


def _unnamed(person: str) -> Mrkdwn:
    return escaped(person)


def _no_user(person: str) -> str:
    return ""


Groups = tuple[tuple[Mrkdwn, frozenset[str]], ...]


def _no_groups(role: str) -> Groups:
    return ()


@dataclass(frozen=True)
class Voice:
    """How to speak in one place. `mention` names a person, `user` is their Slack id or "" (for pickers).

    `channel`: that of a place, likewise.
    `groups`: those that hold a role, each as it is called and with the people in it.
    """

    words: Words
    mention: Callable[[str], Mrkdwn] = _unnamed
    user: Callable[[str], str] = _no_user
    channel: Callable[[str], str] = _no_user
    groups: Callable[[str], Groups] = _no_groups


@dataclass(frozen=True)
class Assessed:
    """A questionnaire about the use, by the policy that asks it; `may`: whether the reader answers it, too.

    `standing`: whether somebody else looked at it.
    """

    name: str
    title: str
    finding: Finding | Weighed | None
    may: bool
    standing: Standing = "none"


@dataclass(frozen=True)
class Beside:
    """Decided uses that the case is laid beside: the nearest, and those on the same answers, newest first.

    `cases`: those that are told of, by their id.
    """

    nearest: Nearest | None = None
    decided: tuple[Decided, ...] = ()
    cases: Mapping[str, Case] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """One case as `reader` sees it.

    `uses`: other uses of the same tool that the reader may see, nearest first. `deciders`: who may decide.
    `beside`: what was decided before; empty on screens that tell nothing of it.
    `left`: at least and at most so many questions still to come, the open one included.
    `joinable`: an approved use that this draft only repeats. `alike`: those that its first words read like.
    `held`: of `uses`, those that are approved and may not begin yet.
    `patterns`: those made from it, or that it was recorded by; of a draft the one that it is within.
    `approved`: the answers that the last approval was given on, where they are others now.
    `discussed`: so many messages below its card are kept. `attaches`: whether a window takes a file, and a copy of it
    can be carried to where others open it.
    `model`: the one that reads along, "" for none or where nothing of this may leave; what it suggested to whoever is
    asked, and what it drafted for the reader's decision.
    `published`: the organisation's own policies that counted when it was last decided.
    `supplier`: what is held of the supplier of its tool. `heard`: what those affected said, while it waits.
    `scoped`: whether the management system covers it, where a scope counts.
    `until`: the day until which a phase of the roll-out puts it off.
    """

    case: Case
    desk: Desk
    voice: Voice
    reader: str
    uses: tuple[Entry, ...] = field(default_factory=tuple)
    deciders: tuple[str, ...] = field(default_factory=tuple)
    assessed: tuple[Assessed, ...] = field(default_factory=tuple)
    left: tuple[int, int] = field(default_factory=lambda: (0, 0))
    approved: Mapping[str, Answer] = field(default_factory=dict)
    held: frozenset[str] = field(default_factory=frozenset)
    alike: tuple[Case, ...] = field(default_factory=tuple)
    joinable: Case | None = field(default_factory=lambda: None)
    like: int = field(default_factory=int)
    beside: Beside = field(default_factory=Beside)
    patterns: tuple[Known, ...] = field(default_factory=tuple)
    discussed: int = field(default_factory=int)
    attaches: bool = field(default_factory=bool)
    model: str = field(default_factory=str)
    suggestions: tuple[Suggestion, ...] = field(default_factory=tuple)
    drafted: Mapping[About, str] = field(default_factory=dict)
    published: tuple[Published, ...] = field(default_factory=tuple)
    supplier: Held | None = field(default_factory=lambda: None)
    scoped: Mark | None = field(default_factory=lambda: None)
    heard: Heard | None = field(default_factory=lambda: None)
    until: date | None = field(default_factory=lambda: None)

    @property
    def words(self) -> Words:
        return self.voice.words

    @property
    def mine(self) -> bool:
        return self.reader == self.case.requester

    def but(self, **change: Any) -> Scene:
        """The same with something else in it."""
        return replace(self, **change)


class Unfolding(Scene):
    """Of which each part is read when a screen first asks for it, and never if none does.

    It ends with its session. `but` makes another; `dataclasses.replace` would not.
    """

    def __init__(self, known: Mapping[str, Any], parts: Mapping[str, Callable[[], Any]]) -> None:
        vars(self).update(known, _parts=parts)

    def but(self, **change: Any) -> Unfolding:
        found = {name: value for name, value in vars(self).items() if name != "_parts"}
        return Unfolding(found | change, vars(self)["_parts"])

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet, so the parts of `Scene` have no defaults in the class."""
        part = vars(self).get("_parts", {}).get(name)
        if part is None:
            raise AttributeError(name)
        vars(self)[name] = found = part()
        return found


@dataclass(frozen=True)
class Lead:
    """How the register stands (None: not counted yet), and what is settled."""

    overview: Overview | None
    config: Config
    wording: Wording


@dataclass(frozen=True)
class System:
    """Of the management system: how many steps of its set-up stand how (none for whoever does not look at it), what
    waits for somebody's yes (the first of it, and `more`), and what they answer for.
    `packs`: they may take all of it along.
    """

    counts: Mapping[State, int]
    waiting: tuple[Stated, ...] = ()
    more: int = 0
    acting: tuple[Look, ...] = ()
    packs: bool = False


@dataclass(frozen=True)
class Home:
    """What the App Home shows one person. By case id, `deciders` says who has each request, `acts` what they can do,
    `held` who took it, `several` which of them take the yes of more than one seat.

    `day`: where the organisation is.
    `referred`: open questions that wait for their answer in a role, each request with the number of what was asked.
    `asked_as`: by request and number, the role in which that is asked.
    `page`: only the list of that name is shown, from that page on; None: the beginning of each.
    `more`: by list, so many there are behind those that are here; `uncounted`: those of which more are there.
    `uses`: what was approved of theirs. `bound`: conditions that they have to show as met. `snoozed`: put off by them.
    `covers`: may look at what shows each clause and control. `weighs`: at the register of risks.
    `trains`: a training is theirs to do, or to do again.
    `lead`: for the governance lead alone. `listed`: on a page behind one of its figures, the uses that it counts.
    `early`: what comes first, of what they may use or joined and nobody may begin with yet.
    `todo`: at which stage it is, and how many things its owner still owes there.
    `signing`: requests for which one person has signed for an exception, or put a motion, and this one may be second.
    `measuring`: uses in use whose report is due from them.
    `reviewing`: uses of their own that are looked at again just now.
    `looking`: conditions that somebody else says are met, and this one may look at.
    `soa`: how far the statement of applicability is, for whoever reads it.
    `system`: of the management system, for whoever looks at it or has something to do in it.
    `incidents`: those that are open, for whoever looks into them. `reported`: what they reported themselves.
    """

    voice: Voice
    reader: str
    now: datetime
    day: date
    usable: tuple[Entry, ...] = ()
    drafts: tuple[Entry, ...] = ()
    requests: tuple[Entry, ...] = ()
    waiting: tuple[Entry, ...] = ()
    page: tuple[str, int] | None = None
    more: Mapping[str, int] = field(default_factory=dict)
    uncounted: frozenset[str] = frozenset()
    uses: tuple[Entry, ...] = ()
    bound: tuple[Bound, ...] = ()
    snoozed: tuple[PutOff, ...] = ()
    referred: tuple[tuple[Entry, int], ...] = ()
    asked_as: Mapping[tuple[str, int], str] = field(default_factory=dict)
    signing: tuple[tuple[Entry, Decision], ...] = ()
    measuring: tuple[Entry, ...] = ()
    reviewing: tuple[Scene, ...] = ()
    looking: tuple[tuple[Entry, Condition], ...] = ()
    incidents: tuple[Seen, ...] = ()
    reported: tuple[Seen, ...] = ()
    deciders: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held: Mapping[str, str] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    joined: tuple[tuple[Case, Deployment], ...] = ()
    acts: Mapping[str, tuple[Action, ...]] = field(default_factory=dict)
    covers: bool = False
    trains: bool = False
    weighs: bool = False
    lead: Lead | None = None
    listed: tuple[Entry, ...] = ()
    todo: Mapping[str, tuple[Stage, int]] = field(default_factory=dict)
    early: Mapping[str, Mrkdwn] = field(default_factory=dict)
    system: System | None = None
    soa: Progress | None = None
