"""What a decision may look at besides its case: form, rules, catalogue, organisation, roles, and the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import eq
from zoneinfo import ZoneInfo

from intake.catalogue import Catalogue
from intake.form import Form
from intake.texts import Wording
from triage.aims.phasing import Phase
from triage.aims.scoped import Scope
from triage.asset import Asset
from triage.calendar import Calendar
from triage.case import Case
from triage.lanes import Settings
from triage.moved import with_motions
from triage.organisation import Organisation, to_settings
from triage.pattern import Known
from triage.rules import RuleBook
from triage.signed import signatures
from triage.staff import Away, Colleague, unknown
from triage.underlying import Underlying


@dataclass(frozen=True)
class Desk:
    """One moment's view of everything a decision needs. `roles` holds opaque person ids; empty means nobody."""

    now: datetime
    form: Form
    wording: Wording
    book: RuleBook
    catalogue: Catalogue
    organisation: Organisation
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    is_whole: bool = True
    """Whether `book` has all rules in force; some of the organisation's own may be unreadable."""
    governance: str | None = None
    """The place of cards; None until an organisation has named one."""
    incidents: str | None = None
    """The place of cards of incidents; None: where all cards are."""
    units: Mapping[str, str] = field(default_factory=dict)
    """By unit, the place in which it reads."""
    same: Callable[[str, str], bool] = eq
    """Whether two ids name one human being, who may be known under several."""
    staff: Callable[[str], Colleague] = unknown
    """What is known of a colleague beside the register, as of `now`."""
    deputies: bool = True
    """Whether somebody who is away may have their seat filled by whom they named."""
    consults: bool = False
    """Whether a model is asked to read along; without one everything is as it is."""
    visitors: frozenset[str] = frozenset()
    """Who is let in to audit at this moment."""
    outsiders: frozenset[str] = frozenset()
    """Guests, people of other workspaces, bots, and whose account is closed."""
    untrained: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By role, who holds it and decides nothing in it until a training is done; of each the name of that training."""
    assessing: tuple[str, ...] = ()
    """The questionnaires of ours that are switched on."""
    underlying: tuple[Underlying, ...] = ()
    """How those about the case stand; the ledger reads it where a yes is said."""
    scope: Scope | None = None
    """Of the management system, as it counts; it only says what a certificate covers."""
    phases: tuple[Phase, ...] = ()
    """Of the roll-out, as planned; without any everything is decided at once."""
    turned_down: frozenset[str] = frozenset()
    """Of the tools of which a use was turned down, stopped or looked at again, ids and names as they are compared; the
    store reads it where something might be put off."""
    planned: bool = False
    """Whether there ever was a phase: what it put off comes up also where it counts no more."""
    patterns: tuple[Known, ...] = ()
    """What was approved beforehand; the ledger reads it within the transaction that looks at it."""

    @property
    def place_of_incidents(self) -> str | None:
        return self.incidents or self.governance

    @property
    def unasked(self) -> frozenset[str]:
        """Who is asked to learn or to read nothing: they could not say that they did."""
        return self.outsiders | self.visitors

    @property
    def day(self) -> date:
        return self.now.astimezone(ZoneInfo(self.organisation.zone)).date()

    def holds(self, person: str, role: str) -> bool:
        return person in self.roles.get(role, frozenset())

    def decides(self, person: str, role: str) -> bool:
        """Whether they say yes in it just now."""
        return self.holds(person, role) and person not in self.untrained.get(role, {})

    def deciders(self, role: str) -> frozenset[str]:
        held, late = self.roles.get(role, frozenset()), self.untrained.get(role)
        return held - late.keys() if late else held

    def calendar(self, person: str | None = None) -> Calendar:
        """In which somebody works; what is not known of them is as for the organisation."""
        known = self.staff(person) if person is not None else unknown("")
        zone, country = known.zone or self.organisation.zone, known.country or self.organisation.country
        return Calendar(zone, country, self.organisation.begins, self.organisation.closes)

    def away(self, person: str) -> Away | None:
        """The absence of which today is a day, where they work."""
        if (told := self.staff(person).away) is None:
            return None
        day = self.calendar(person).day_of(self.now)
        return told if told.since <= day <= told.until else None

    def stands_in(self, person: str) -> str | None:
        """Who was named for somebody who is away today, or whose account is closed; nobody who is so themselves."""
        known, told = self.staff(person), self.away(person)
        if told is None and not known.gone:
            return None
        deputy = (told.deputy if told else None) or known.deputy
        if deputy is None or deputy == person or self.staff(deputy).gone or self.away(deputy):
            return None
        return deputy

    @property
    def in_own_right(self) -> Desk:
        """For what nobody does in somebody else's place."""
        return replace(self, deputies=False)

    def assessed(self, tool: str | None) -> bool:
        """Whether the organisation has settled contract and data terms for this tool."""
        return tool is not None and tool in self.assets and self.assets[tool].assessed

    def settings(self, case: Case) -> Settings:
        """The organisation's and the request's own facts in the words that rules use."""
        return with_motions(case, self.book, self.stated(case), self.holds, self.same)

    def stated(self, case: Case) -> Settings:
        """The same without what two people settled beside the rules."""
        return to_settings(
            self.organisation,
            tool_in_catalogue=self.assessed(case.tool_id),
            rebuttal_signatures=signatures(case, self.book, self.holds),
        )
