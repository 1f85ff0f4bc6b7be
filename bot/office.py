"""The long-lived parts behind every door, and the desk they make up at a given moment."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from bot.config import Config, with_packs
from bot.config import settled as as_settled
from bot.keeping import keep_policies
from bot.library import Library
from bot.words import Words
from intake.catalogue import Catalogue
from intake.source import Damaged
from intake.tool import Tool
from store import own, people, trained
from store.engine import Store
from store.entries import of_kinds
from store.ledger import Ledger
from store.sessions import Session
from store.tools import assets
from triage.aims.access import ACCESS, Ending, Visit, endings, visits
from triage.aims.barring import bars_after
from triage.aims.entry import Entry
from triage.aims.phasing import KIND as PHASE
from triage.aims.phasing import Phase, phases
from triage.aims.scoped import KIND as SCOPE
from triage.aims.scoped import Scope, scope_of
from triage.aims.sectors import KIND as PACK
from triage.aims.sectors import switched_on as packs_on
from triage.aims.suppliers import NAME as SUPPLIER
from triage.aims.training import KIND as TRAINING
from triage.asset import Asset
from triage.desk import Desk
from triage.organisation import Organisation
from triage.policies import book_with
from triage.rules import RuleBook
from triage.schemes import GUIDED, switched_on

log = logging.getLogger(__name__)

Untrained = Mapping[str, Mapping[str, str]]
"""By role and person, the training that keeps them from deciding."""
FRESH_SECONDS = 5.0
"""How long another process's change of settings may go unnoticed."""


@dataclass(frozen=True)
class _Known:
    """What the database said of the organisation a moment ago."""

    config: Config
    organisation: Organisation
    assets: Mapping[str, Asset]
    own: str
    visits: tuple[Visit, ...]
    endings: tuple[Ending, ...]
    barring: tuple[Entry, ...]
    """Trainings that keep whoever is late from deciding."""
    scope: Scope | None
    phases: tuple[Phase, ...]
    planned: bool
    at: datetime
    untrained: dict[tuple[date, frozenset[tuple[str, frozenset[str]]]], Untrained] = field(
        default_factory=dict
    )
    """As it was worked out for these roles, so that no press waits for it twice."""


class Office:
    """Settings are read again when they were changed here, and at the latest after a few seconds."""

    def __init__(self, store: Store, library: Library, now: Callable[[], datetime]) -> None:
        self.store, self.library, self.now = store, library, now
        self.ledger = Ledger(store)
        self._known: _Known | None = None
        self._words: Words | None = None
        self._books: dict[tuple[tuple[str, ...], str], RuleBook] = {}
        self._unreadable: set[str] = set()
        self._lock = threading.Lock()

    @property
    def config(self) -> Config:
        return self._fresh().config

    @property
    def words(self) -> Words:
        config = self.config
        known = self._words
        if known is None or (known.language, known.zone) != (config.language, config.timezone):
            known = self._words = Words(config.language, config.timezone)
        return known

    def desk(self, roles: Mapping[str, frozenset[str]], governance: str | None = None) -> Desk:
        """This moment's view; `roles` by opaque person ids, as the directory knows them."""
        known = self._fresh()
        desk = Desk(
            now=self.now(),
            form=self.library.form,
            wording=self.library.wording,
            book=self._book(known.config.policies, known.own),
            catalogue=self.library.catalogue,
            organisation=known.organisation,
            roles=roles,
            assets=known.assets,
            is_whole=known.own not in self._unreadable,
            governance=governance,
            deputies=known.config.deputies,
            scope=known.scope,
            phases=known.phases,
            planned=known.planned,
            assessing=(
                *(name for name in switched_on(known.config.policies) if name in GUIDED),
                *(name for name in (SUPPLIER,) if name in known.config.policies),
            ),
        )
        return replace(desk, untrained=self._untrained(known, desk)) if known.barring else desk

    def _untrained(self, known: _Known, desk: Desk) -> Untrained:
        key = (desk.day, frozenset(desk.roles.items()))
        if key not in known.untrained:
            with self.store.read() as session:
                known.untrained[key] = trained.untrained(session, known.barring, desk.roles, desk.day)
        return known.untrained[key]

    def holders(self, session: Session) -> dict[str, frozenset[str]]:
        """Who holds what, of whom Steward has met; who is in a group of Slack alone, Slack knows."""
        return {
            role: frozenset(one for user in users if (one := people.colleague(session, user)))
            for role, users in self.config.roles.items()
        }

    @property
    def visits(self) -> tuple[Visit, ...]:
        """Whoever is let in to audit at this very moment."""
        now = self.now()
        return tuple(each for each in self._fresh().visits if each.runs(now))

    @property
    def endings(self) -> tuple[Ending, ...]:
        """Every access for auditors that counts, with its end."""
        return self._fresh().endings

    def book(self, own: str) -> RuleBook:
        """The policies that are on, and these rules of the organisation's own, in force or not."""
        return self._book(self.config.policies, own)

    def _book(self, optional: tuple[str, ...], own: str) -> RuleBook:
        """What is switched on is kept before anything is judged by it, so that every verdict can be replayed."""
        if not (optional or own):
            return self.library.book
        if (optional, own) not in self._books:
            book = self._with_theirs(optional, own)
            keep_policies(self.store, book)
            self._books[optional, own] = book
        return self._books[optional, own]

    def _with_theirs(self, optional: tuple[str, ...], digest: str) -> RuleBook:
        """Where theirs cannot be read, people are answered by ours, and nothing is approved until they can be."""
        try:
            with self.store.read() as session:
                return book_with(optional, own.text_of(session, digest))
        except (Damaged, LookupError) as unfit:
            log.error("The organisation's own rules cannot be read, so nothing is approved: %s", unfit)
            self._unreadable.add(digest)
            return book_with(optional)

    def changed(self) -> None:
        """Settings or tools were changed: look again next time."""
        self._known = None

    def _fresh(self) -> _Known:
        known, now = self._known, self.now()
        if known is None or abs((now - known.at).total_seconds()) > FRESH_SECONDS:
            with self._lock, self.store.read() as session:
                form, wording = self.library.form, self.library.wording
                stated = of_kinds(
                    session, (ACCESS, SCOPE, PHASE, PACK, TRAINING), "in_force", "proposed", "retired"
                )
                config = with_packs(
                    as_settled(session), packs_on(e for e in stated if e.kind == PACK and e.in_force)
                )
                scope = next((each for each in stated if each.kind == SCOPE), None)
                accesses = [each for each in stated if each.kind == ACCESS]
                known = self._known = _Known(
                    config,
                    organisation(config),
                    assets(session) | settled(config, self.library.catalogue),
                    own.in_force(session),
                    visits(accesses, config.timezone),
                    endings(accesses, config.timezone),
                    tuple(each for each in stated if each.in_force and bars_after(each) is not None),
                    scope_of(scope, form, wording, config.organisation.units),
                    phases(stated),
                    any(each.kind == PHASE for each in stated),
                    at=now,
                )
        return known


def organisation(config: Config) -> Organisation:
    told = config.organisation
    begins, closes = map(time.fromisoformat, (config.hours.begin, config.hours.end))
    return Organisation(
        **told.model_dump(),
        language=config.language,
        zone=config.timezone,
        country=config.country,
        begins=begins,
        closes=closes,
    )


def settled(config: Config, catalogue: Catalogue) -> dict[str, Asset]:
    """The tools whose contract and data terms the organisation has settled; one that nobody knows is none."""
    tools = [tool for name in config.settled if (tool := tool_named(name, catalogue)) is not None]
    return {tool.id: Asset(id=tool.id, name=tool.name, vendor=tool.vendor, assessed=True) for tool in tools}


def tool_named(name: str, catalogue: Catalogue) -> Tool | None:
    """By its id, or by exactly its name: what is only like it may be another one."""
    likeliest = (tool for tool in catalogue.search(name, 5) if tool.name.casefold() == name.casefold())
    return catalogue.get(name) or next(likeliest, None)
