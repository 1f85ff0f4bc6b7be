"""Reads policies from their folders; everything wrong with all of them is said at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from intake.condition import Condition, Some
from intake.form import Form
from intake.forms import ai_use
from intake.grammar import NEVER, Extra, Vocabulary, parse_condition, parse_terms
from intake.source import Entry, Faults, did_you_mean
from triage.bounded import Bounds
from triage.callfile import read_call
from triage.gatefile import GATE, read_gate
from triage.own import CHANGEABLE, FILE, OWN, TIER, OwnSource
from triage.resultfile import read_results
from triage.rules import Change, Duty, Level, Policy, Result, ResultKind, Rule, RuleBook, Usual
from triage.seatfile import SEAT, read_seat
from triage.sources import HEAD, KINDS, TASK, Source, day, level, no_level, optional
from triage.usualfile import our_usual, read_usual

POLICIES = Path(__file__).parent / "policy"
STANDARD = ("eu-ai-act", "internal-tier", "gdpr", "iso42001")
"""What is on by default."""
LONGEST_CHAIN = 40
"""Rules that may rest one on the next; ours have three."""
SECTORS = tuple(
    f"sector-{each}" for each in ("finance", "insurance", "health", "staff", "education", "public")
)
"""Packs for a sector: they only raise, and are switched on by an entry of the management system with its yes."""
OPTIONAL = ("us", "owasp", "nist-ai-rmf", "before-use", "own-systems", *SECTORS)
"""What an organisation can switch on beside them."""


@cache
def standard_book() -> RuleBook:
    """The policies that are on by default, for the form of AI uses."""
    return load_book(ai_use())


@lru_cache(maxsize=16)
def book_with(optional: tuple[str, ...] = OPTIONAL, own: str = "") -> RuleBook:
    """The standard policies, these beside them, and the organisation's own rules, if it has a file of them."""
    return load_book(ai_use(), (*STANDARD, *(name for name in OPTIONAL if name in optional)), own=own)


def names_in(folder: Path) -> tuple[str, ...]:
    """The policies of a folder: the standard ones first, which must be there, then the others by name."""
    own = [path.parent.name for path in sorted(folder.glob("*/policy.yaml"))]
    optional = [name for name in OPTIONAL if name in own]
    return tuple(dict.fromkeys((*STANDARD, *optional, *own)))


def load_book(
    form: Form, names: Iterable[str] = STANDARD, folder: Path = POLICIES, own: str = ""
) -> RuleBook:
    """The policies of these names, in this order; raises Damaged with all faults of all files.

    `own` is the text of the organisation's own rules, which come last; named among the others, it lies in the folder.
    """
    faults = Faults()
    names = tuple(names)
    shared = optional(folder, "terms.yaml", faults)
    sources = [Source(folder, name, shared, faults) for name in names if name != OWN]
    kept = own or ((folder / OWN / FILE).read_text("utf-8") if OWN in names else "")
    theirs = OwnSource(kept, faults) if own or OWN in names else None
    reading = _Reading(form, shared, faults, with_theirs=theirs is not None)
    results = [reading.results(source) for source in sources]
    for source in sources:
        reading.declare(source)
    if theirs is not None:
        reading.declare(theirs)
        reading.move(theirs, next((each for each in sources if each.name == CHANGEABLE), None))
    policies = [reading.policy(source, brought) for source, brought in zip(sources, results, strict=True)]
    if theirs is not None and not theirs.says_nothing:
        policies.append(reading.own(theirs))
    # They speak of the standard policies as they are now, not of those of other folders or days.
    ours = our_usual(faults) if folder == POLICIES and set(STANDARD) <= set(names) else []
    usual = reading.usual(ours, theirs.conditions if theirs is not None else [])
    faults.stop_if_any()
    return RuleBook(policies=tuple(policies), usual=usual)


def _where(at: Entry, seen_from: Entry) -> str:
    return f"in line {at.line}" if at.file == seen_from.file else f"at {at.file}:{at.line}"


class _Reading:
    """First what there is, over all policies; then the conditions, each when it is first needed."""

    def __init__(self, form: Form, shared: Entry | None, faults: Faults, *, with_theirs: bool) -> None:
        self._faults = faults
        self._results: dict[str, Result] = {}
        self._things: dict[str, set[str]] = {kind: set() for kind in (*KINDS, TASK)}
        self._entries: dict[str, Entry] = {}
        self._lifts: dict[str, tuple[str, Level]] = {}
        self._found: dict[str, Condition] = {}
        self._underway: list[str] = []
        self._bounds = Bounds(faults)
        self._moved: Mapping[str, Change] = {}
        self._with_theirs = with_theirs
        extra: Mapping[str, Extra] = {"result": self._at_least, "flag": self._flagged, "rule": self._fired}
        words = Vocabulary(questions=form.by_id, terms=form.terms, gates=form.gates, extra=extra)
        terms = parse_terms(shared, faults, words) if shared else form.terms
        self._words = Vocabulary(questions=form.by_id, terms=terms, gates=form.gates, extra=extra)

    # What there is.

    def results(self, source: Source) -> tuple[Result, ...]:
        """The scales and flags that this policy brings, and what it lets uses call for."""
        for kind, things in source.things.items():
            self._things[kind].update(things)
        brought = list(read_results(source.head, self._faults))
        for entry, result in brought:
            if result.name in self._results:
                self._faults.add(entry, f"`{result.name}` is a result already", "Give each its own name.")
            self._results[result.name] = result
        return tuple(result for _, result in brought)

    def declare(self, source: Source | OwnSource) -> None:
        for entry in source.rules:
            fields = entry.fields(self._faults, ("id", "when", "source"), ("result", "level", "flag"))
            if id_ := self._once(fields):
                self._lifts[id_] = self._lifted(entry, fields)
        for entry in source.duties:
            self._once(entry.fields(self._faults, ("id", "since", "when", "source")))
        for entry in source.calls:
            self._once(entry.fields(self._faults, ("id", "when", "source"), (*KINDS, "review_months")))
        for entry in source.seats:
            self._once(entry.fields(self._faults, ("id", "role", "when", "source"), SEAT))
        for entry in source.gates:
            self._once(entry.fields(self._faults, ("id", *GATE, "when", "source")))

    def _once(self, fields: Mapping[str, Entry]) -> str | None:
        """The id, if it is there and new."""
        id_ = fields["id"].text(self._faults) if "id" in fields else ""
        if id_ in self._entries:
            at = self._entries[id_]
            mend = "Give each its own id, over all policies."
            self._faults.add(fields["id"], f"`{id_}` stands {_where(at, fields['id'])} already", mend)
            return None
        if id_ and "when" in fields and "source" in fields:
            self._entries[id_] = fields["when"]
            return id_
        return None

    def move(self, theirs: OwnSource, ours: Source | None) -> None:
        """The rules of ours that count at another level for this organisation."""
        rules = ours.rules if ours else ()
        lifted = {entry.id: self._lifts[entry.id] for entry in rules if entry.id in self._lifts}
        standing = {id_: reached for id_, (result, reached) in lifted.items() if result == TIER}
        levels = self._results[TIER].levels if standing else ()
        self._moved = theirs.moves(standing, levels, self._faults)
        self._lifts |= {id_: (TIER, change.level) for id_, change in self._moved.items()}

    def _lifted(self, entry: Entry, fields: Mapping[str, Entry]) -> tuple[str, Level]:
        if "flag" in fields and not fields.keys() & {"result", "level"}:
            return self._known(fields["flag"], ResultKind.flag), "yes"
        if "result" in fields and "level" in fields and "flag" not in fields:
            return self._level(fields["result"], fields["level"])
        self._faults.add(entry, "must lift one result", "Write `result:` and `level:`, or `flag:` alone.")
        return "", ""

    def _known(self, entry: Entry, kind: ResultKind) -> str:
        name = entry.text(self._faults)
        known = [result.name for result in self._results.values() if result.kind is kind]
        if name and name not in known:
            self._faults.add(entry, f"`{name}` is not a {kind} here", did_you_mean(name, known))
        return name if name in known else ""

    def _level(self, result: Entry, at: Entry) -> tuple[str, Level]:
        name, wanted = self._known(result, ResultKind.scale), level(at, self._faults)
        if name and wanted not in (levels := self._results[name].levels):
            if wanted != "":
                self._faults.add(at, *no_level(wanted, name, levels))
            return "", ""
        return name, wanted

    # What it means.

    def policy(self, source: Source, results: tuple[Result, ...]) -> Policy:
        head = source.head
        said = {key: head[key].text(self._faults) if key in head else "" for key in HEAD}
        if said["name"] and said["name"] != source.name:
            self._faults.add(head["name"], f"the folder is called `{source.name}`", "Use one name.")
        tasks = self._things[TASK]
        return Policy(
            name=source.name,
            version=said["version"],
            digest=source.digest,
            title=said["title"],
            effective=day(head["effective"], self._faults) if "effective" in head else date.min,
            source=said["source"],
            results=results,
            rules=tuple(self._rule(entry) for entry in source.rules if entry.id in self._lifts),
            duties=tuple(self._duty(entry) for entry in source.duties if entry.id in self._entries),
            texts=source.texts,
            things=source.things,
            calls=tuple(
                read_call(*each, self._things, self._faults) for each in self._standing(source.calls)
            ),
            seats=tuple(read_seat(*each, self._faults) for each in self._standing(source.seats)),
            gates=tuple(read_gate(*each, tasks, self._faults) for each in self._standing(source.gates)),
        )

    def _standing(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Condition]]:
        return ((entry, self._condition(entry.id)) for entry in entries if entry.id in self._entries)

    def own(self, theirs: OwnSource) -> Policy:
        """What the organisation says itself; its words are in one language, and shown as they are in all."""
        return Policy(
            name=OWN,
            version=theirs.digest[:8],
            digest=theirs.digest,
            title="Your organisation's own rules",
            effective=date.min,
            source="Your organisation",
            results=(),
            rules=tuple(self._rule(entry) for entry in theirs.rules if entry.id in self._lifts),
            seats=tuple(read_seat(*each, self._faults) for each in self._standing(theirs.seats)),
            duties=(),
            texts={"en": theirs.sentences},
            changes=tuple(self._moved.values()),
        )

    def usual(self, ours: list[Entry], theirs: list[Entry]) -> tuple[Usual, ...]:
        return read_usual(
            ours, theirs, lambda when: parse_condition(when, self._faults, self._words), self._faults
        )

    def _rule(self, entry: Entry) -> Rule:
        result, reached = self._lifts[entry.id]
        source = entry.at("source").text(self._faults)
        if entry.id in self._moved:
            source = f"{self._moved[entry.id].source}; {source}"
        return Rule(id=entry.id, result=result, level=reached, when=self._condition(entry.id), source=source)

    def _duty(self, entry: Entry) -> Duty:
        since = day(entry.at("since"), self._faults)
        source = entry.at("source").text(self._faults)
        return Duty(id=entry.id, since=since, when=self._condition(entry.id), source=source)

    def _condition(self, id_: str) -> Condition:
        if id_ not in self._found:
            if id_ in self._underway:
                way = " -> ".join((*self._underway[self._underway.index(id_) :], id_))
                self._faults.add(
                    self._entries[id_], f"goes round in a circle: {way}", "Take one of them out."
                )
                return NEVER
            if len(self._underway) == LONGEST_CHAIN:
                problem = f"rests on a chain of more than {LONGEST_CHAIN} rules"
                self._faults.add(self._entries[id_], problem, "Name a term that several of them share.")
                return NEVER
            self._underway.append(id_)
            entry = self._entries[id_]
            # Where an organisation looks carefully at everything, what we say of small matters holds for nothing.
            lenient = self._with_theirs and entry.file != FILE
            found = parse_condition(entry, self._faults, self._words, may_never_hold=lenient)
            self._underway.pop()
            self._found[id_] = found if self._bounds.hold(entry, found) else NEVER
        return self._found[id_]

    def _at_least(self, entry: Entry, faults: Faults) -> Condition:
        fields = entry.fields(faults, ("result", "reaches"))
        if len(fields) < 2:
            return NEVER
        name, least = self._level(fields["result"], fields["reaches"])
        return self._reached(name, least) if name else NEVER

    def _flagged(self, entry: Entry, faults: Faults) -> Condition:
        fields = entry.fields(faults, ("flag",))
        name = self._known(fields["flag"], ResultKind.flag)
        return self._reached(name, "yes") if name else NEVER

    def _reached(self, name: str, least: Level) -> Condition:
        levels = self._results[name].levels
        enough = levels[levels.index(least) :]
        ids = [id_ for id_, (result, reached) in self._lifts.items() if result == name and reached in enough]
        return Some(of=tuple(self._condition(id_) for id_ in ids))

    def _fired(self, entry: Entry, faults: Faults) -> Condition:
        named = entry.fields(faults, ("rule",))["rule"]
        id_ = named.text(faults)
        if id_ not in self._lifts:
            faults.add(named, f"`{id_}` is not a rule here", did_you_mean(id_, self._lifts))
            return NEVER
        return self._condition(id_)
