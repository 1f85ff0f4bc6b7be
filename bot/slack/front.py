"""The desk at which Slack is answered: who acts, what a command came to, and what the person is told at once."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import uuid4

from slack_sdk import WebClient

from bot.office import Office
from bot.slack.directory import Directory
from bot.slack.granted import Granted
from bot.slack.papers import Papers
from bot.slack.payloads import Who
from bot.slack.quiet import Quiet
from bot.slack.shared import Shared
from bot.slack.staff import Staff
from bot.slack.tries import Tries
from bot.words import Words
from store import inbox, outbox
from store.applicability_kept import Worked
from store.asks import asked_in_confidence
from store.errors import Unavailable
from store.ledger import Done
from store.queries import may_see
from store.records import load
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.access import let_in
from triage.case import Case
from triage.commands import Command
from triage.deputies import roles_beside
from triage.desk import Desk
from triage.outcome import Refused
from triage.register import Reader
from triage.sources import TASK, to_key

log = logging.getLogger(__name__)

CASE = re.compile(r"[0-9a-f]{32}")
"""What `new_case` makes; in the trail nothing else that somebody sent us counts as a case."""

MISHAPS = frozenset(
    {
        "unknown_button",
        "nothing_ticked",
        "question_open",
        "old_button",
        "suggestion_changed",
        "too_late",
        "card_outdated",
        "queue_outdated",
        "campaign_over",
        "entry_moved",
        "soa_moved",
        "coverage_waits",
    }
)
"""Refusals of a press that came to nothing; nobody tried what they may not."""

LEAD = "governance_lead"

BEGIN = "begin"
"""The kind of inbox row that holds first words without a thread."""


def _nobody() -> None:
    """Nobody in this process is listening; another one looks by itself."""


class Front:
    """Everything a listener needs; `wake` calls the sender, `arrived` the reception, where they run in this process."""

    def __init__(self, office: Office, directory: Directory, client: WebClient) -> None:
        self.office, self.directory, self.client = office, directory, client
        self.staff = Staff(office.store, directory.clock)
        self.granted = Granted(client, directory.clock)
        self.quiet = Quiet(client, directory, self.granted, office.now)
        self.shared = Shared(directory.quick, directory.clock)
        self.tries = Tries()
        self.papers = Papers(directory.clock)
        self.worked: Worked | None = None
        """What the clock of this process worked out last for the statement of applicability."""
        self.weighed_from: Worked | None = None
        """From which of it the risks that rules name were worked out, too."""
        self.spare_words = Words()
        """For the moment in which the store, and with it the organisation's language, cannot be read."""
        self.wake: Callable[[], None] = _nobody
        self.arrived: Callable[[], None] = _nobody

    @property
    def words(self) -> Words:
        return self.office.words

    def desk(self, *, actor: str | None = None, beside: Collection[str] = ()) -> Desk:
        """The moment's view of organisation and roles; `actor` is about to use a role, if they still hold it.

        `beside`: whose working hours and absences are needed, too, though they hold none.
        """
        config = self.office.config
        channel = config.channels.governance
        visitors = self._visitors()
        roles = let_in(self.directory.roles(config.roles, actor=actor), visitors)
        place = self._place_of_cards(channel, roles) if channel else None
        apart = self._place_of_incidents(config.channels.incidents)
        units = self._places(config.channels.units)
        desk = self.office.desk(roles, place)
        known = replace(desk, same=cache(self.same), incidents=apart, units=units)
        known = replace(known, visitors=visitors, outsiders=self.directory.outsiders())
        return self.beside(replace(known, consults=bool(config.model.use)), beside)

    def _visitors(self) -> frozenset[str]:
        """Those let in to audit who are of our own people: a guest or a closed account sees nothing."""
        users = (self.directory.user(each.person) for each in self.office.visits)
        return self.directory.members([user for user in users if user])

    def beside(self, desk: Desk, people: Collection[str]) -> Desk:
        """The same moment, with what is known of these people, too."""
        holders = (person for held in desk.roles.values() for person in held)
        return replace(desk, staff=self.staff.known(holders, people))

    def _places(self, units: Mapping[str, str]) -> dict[str, str]:
        """Where each unit reads, of the channels that are not closed to us, and that only our own people read."""
        found = {unit: self.directory.place(each) for unit, each in units.items() if not self.shared(each)}
        return {unit: place for unit, place in found.items() if not self.directory.is_closed(place)}

    def _place_of_incidents(self, channel: str | None) -> str | None:
        """While it is closed to us, cards of incidents go where all cards do."""
        place = self.directory.place(channel) if channel else None
        return None if place is None or self.directory.is_closed(place) else place

    def _place_of_cards(self, channel: str, roles: Mapping[str, frozenset[str]]) -> str:
        """The channel that was settled; while it is closed to us, the direct message of whoever leads."""
        place = self.directory.place(channel)
        leads = sorted(roles.get(LEAD, ())) if self.directory.is_closed(place) else ()
        return next((direct for lead in leads if (direct := self.directory.direct(lead))), place)

    def same(self, one: str, other: str) -> bool:
        """Slack's id of a person is one for all workspaces of an organisation; ours goes by workspace."""
        user = self.directory.user(one)
        return one == other or (user is not None and user == self.directory.user(other))

    def person(self, who: Who) -> str:
        return self.directory.person(who)

    def reader(self, person: str, desk: Desk) -> Reader:
        roles = frozenset(role for role, held in desk.roles.items() if person in held)
        outsider = self.directory.outsider(
            person
        )  # before the rest: Slack may be asked, and a request closed
        with self.office.store.read() as session:
            asked = asked_in_confidence(session, person, desk) if roles else frozenset[str]()
        beside = roles_beside(person, desk) if not outsider else frozenset[str]()
        return Reader(person=person, roles=roles, stands_in=beside, asked=asked, outsider=outsider)

    def do(self, command: Command, desk: Desk | None = None) -> Done:
        """Carry out a command; what it owes goes out as soon as it is stored."""
        done = self.office.ledger.execute(command, desk or self.desk())
        self.wake()
        return done

    def do_each(self, commands: Iterable[Command], desk: Desk) -> None:
        """What the clock asks for: one that fails holds up no other, and is asked for again at the next look."""
        for command in commands:
            try:
                self.do(command, desk)
            except Unavailable:
                raise
            except Exception as bug:
                told = {"wish": command.do, "case": command.case}
                log.error("What the clock asked for could not be done", extra=told, exc_info=bug)

    def case(self, case: str, reader: Reader) -> Case:
        """A case that `reader` may see; the same refusal whether it is hidden or does not exist."""
        with self.office.store.read() as session:
            known = load(session, case) if may_see(session, reader, case) else None
        if known is None:
            raise Refused("unknown_case", case=case)
        return known

    def loaded(self, session: Session, case: str) -> Case:
        """A case that is known to exist."""
        known = load(session, case)
        if known is None:
            raise LookupError(f"case {case} is gone")
        return known

    def tell(
        self,
        person: str,
        text: str,
        *,
        channel: str | None,
        thread: str | None = None,
        key: str,
        blocks: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """A word that only this person sees, where they are; in their direct message where there is no channel."""
        shown = {"blocks": list(blocks)} if blocks else {}

        def owe(session: Session) -> None:
            outbox.put(
                session,
                kind="ephemeral" if channel else "post",
                place_id=self.directory.place(channel) if channel else None,
                person_id=person,
                payload={"text": text, "thread": thread if channel else None} | shown,
                priority=0,
                now=self.office.now(),
            )

        if channel:
            self.directory.place(channel)  # before the write: a place is its own small write
        self.once(f"told:{key}", owe)

    def once(self, key: str, work: Callable[[Session], object]) -> bool:
        """Do something outside of any case exactly once for this key; False if it was done before."""
        with self.office.store.write() as session:
            if session.get(DoneRow, key) is not None:
                return False
            work(session)
            session.add(DoneRow(key=key, at=self.office.now()))
        self.wake()
        return True

    def refuse(
        self, refusal: Refused, person: str, *, channel: str | None, thread: str | None, key: str
    ) -> None:
        """The sentence for a refusal, with the people who can do it instead where that helps."""
        self.tell(person, self.refusal_text(refusal), channel=channel, thread=thread, key=f"refusal:{key}")

    def refused(self, refusal: Refused, person: str, *, wish: str, case: str, key: str) -> str:
        """The sentence; what was refused before any command was made stands in the trail like every other."""
        if refusal.key not in MISHAPS:
            about = case if CASE.fullmatch(case) else ""
            self.office.ledger.note(wish, about, refusal, actor=person, key=key, now=self.office.now())
        return self.refusal_text(refusal)

    def refusal_text(self, refusal: Refused) -> str:
        return self.words.refusal(refusal.key, **self._named(refusal))

    def begin_later(self, person: str, words: str, *, key: str) -> None:
        """Keep first words that came without a thread; the reception opens one for them."""
        with self.office.store.write() as session:
            inbox.put(
                session,
                key=f"begin:{key}",
                kind=BEGIN,
                payload={"person": person, "words": words},
                now=self.office.now(),
                lane=person,
            )
        self.arrived()

    def _named(self, refusal: Refused) -> dict[str, Any]:
        """Who can do it instead, and which questions stand in the way, each by its name."""
        facts: dict[str, Any] = dict(refusal.facts)
        if "people" in facts:
            able = facts["people"].split()[:3]
            facts["people"] = self.words.listed(map(self.directory.mention, able), "or")
        if facts.get("by"):
            facts["by"] = self.directory.mention(facts["by"])
        if facts.get("whom"):
            facts["whom"] = self.directory.mention(facts["whom"])
        if "tasks" in facts:
            book = self.desk().book
            named = (book.sentence(to_key(TASK, task)) for task in facts["tasks"].split())
            facts["tasks"] = "; ".join(named)
        if "open" in facts:
            wording = self.office.library.wording
            facts["open"] = [wording.short(question) for question in facts["open"].split()]
        return facts


def new_case() -> str:
    return uuid4().hex
