"""What a decision may look at besides its case: form, rules, catalogue, organisation, roles, and the moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import eq
from zoneinfo import ZoneInfo

from intake.catalogue import Catalogue
from intake.form import Form
from intake.texts import Wording
from triage.case import Asset, Case
from triage.lanes import Settings
from triage.organisation import Organisation, to_settings
from triage.rules import RuleBook
from triage.signed import signatures


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
    same: Callable[[str, str], bool] = eq
    """Whether two ids name one human being, who may be known under several."""

    @property
    def day(self) -> date:
        return self.now.astimezone(ZoneInfo(self.organisation.zone)).date()

    def holds(self, person: str, role: str) -> bool:
        return person in self.roles.get(role, frozenset())

    def assessed(self, tool: str | None) -> bool:
        """Whether the organisation has settled contract and data terms for this tool."""
        return tool is not None and tool in self.assets and self.assets[tool].assessed

    def settings(self, case: Case) -> Settings:
        """The organisation's and the request's own facts in the words that rules use."""
        return to_settings(
            self.organisation,
            tool_in_catalogue=self.assessed(case.tool_id),
            rebuttal_signatures=signatures(case, self.book, self.holds),
        )
