"""One story with something in every table: own rules, referrals, exceptions, an assessment, decisions, an import."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot import config, enacting, keeping
from bot.library import library
from intake.answers import Answer, answered, unsure
from store import absences, aims, campaigns, discussion, employees, files, own, sightings
from store.campaigns import Telling
from store.discussion import Below, Remark
from store.employees import Employee
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.sightings import Reading as Listed
from store.sightings import Seen
from store.tables import (
    AddressRow,
    DueRow,
    LeaseRow,
    PersonRow,
    PlaceRow,
)
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, LOW, NOW, ROLES, a_desk
from tests.triage.patterns import LAST, PLAIN, SEED, TOOLS
from tests.triage.test_excepting import FINDER
from tests.triage.test_own import a_file, a_rule
from triage.afterwards import Fulfil, Join, Leave, ReportWrong
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, OfEntries
from triage.beforehand import ConfirmPattern, DrawSample, MisfitsPattern, ProposePattern, RefusePattern
from triage.campaign import Campaign
from triage.commands import (
    Approve,
    AskRequester,
    ClaimException,
    ConfirmException,
    Decline,
    Disclose,
    Recuse,
    Rejudge,
    Reply,
    Take,
)
from triage.contributing import Contribute
from triage.desk import Desk
from triage.incidents.wishes import Assess, Reject, Report, TakeUp
from triage.outcome import Refused
from triage.plan import Measure, Reading
from triage.policies import load_book
from triage.schemes import questionnaire
from triage.staff import Away
from triage.steps import Term
from triage.talking import Begin, Fill, Steer, Submit, Type
from triage.watches import GiveReadings, WritePlan

AIA = questionnaire("canada-aia")
RULES = a_file(a_rule())
ASKED = ROLES | {"privacy": frozenset({DAN}), "governance_lead": frozenset({EVE})}
APPROVED, CONDITIONAL, IMPORTED, REFERRED, EXCEPTED, DECLINED, DRAFT = (f"case-{n}" for n in range(1, 8))
SOURCE, WITHIN = "case-8", "case-9"


def day(number: int, **more: Any) -> Desk:
    """So many days after the first."""
    return a_desk(now=NOW + timedelta(days=number), roles=ASKED, **more)


def tell(store: Store, *, beforehand: bool = False) -> None:
    """Each day something happens; the days are what `--as-of` is asked about. `beforehand`: with a pattern."""
    _people(store)
    keeping.keep(store, library())
    keeping.keep_questionnaire(store, AIA)
    first = {"language": "en", "roles.reviewer": (f"U{BEN}",), "channels.governance": "C1"}
    config.seed(store, first, now=NOW)
    book = Ledger(store)
    _ask(book, APPROVED, "I'd like to use Otter", LOW)
    _ask(book, CONDITIONAL, "We want DeepL", LOW)
    _ask(book, REFERRED, "Otter for minutes", LOW | {"data": unsure()}, hand_over=True)
    _ask(book, EXCEPTED, "Otter for letters", FINDER, hand_over=True)
    _ask(book, DECLINED, "Otter for poems", LOW)
    book.execute(Begin(actor=ANA, case=DRAFT, key="d", words="Perhaps Otter", place=DM, root="17.d"), day(0))
    book.execute(
        Approve(actor=BEN, case=APPROVED, key="decided", reason="Fits.", valid_until=day(200).day), day(0)
    )
    with suppress(Refused):  # that she tried stands in the trail
        book.execute(Approve(actor=ANA, case=CONDITIONAL, key="her-own", reason="Mine."), day(0))
    for happens in (_first, _second, _third, _fourth):
        happens(book)
    if beforehand:
        approve_beforehand(store)
    config.change(store, {"timezone": "Europe/Berlin"}, by=BEN, key="zone", now=NOW + timedelta(days=5))
    _own_rules(store, book)
    _people_file(store)
    _seen(store)
    _asked_all(store)
    _discussed(store)
    _went_wrong(book)
    _stated(store)
    _on_its_way(store)


def _people(store: Store) -> None:
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", name=person, updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))


def _ask(book: Ledger, case: str, words: str, answers: Any, *, hand_over: bool = False) -> None:
    on: dict[str, Any] = {"actor": ANA, "case": case}
    book.execute(Begin(**on, key=f"{case}:begin", words=words, place=DM, root=f"17.{case}"), day(0))
    book.execute(Fill(**on, key=f"{case}:fill", answers=answers), day(0))
    if hand_over:
        book.execute(Steer(**on, key=f"{case}:over", wish="hand_over"), day(0))
    else:
        book.execute(Submit(**on, key=f"{case}:submit"), day(0))


def _first(book: Ledger) -> None:
    book.execute(Take(actor=BEN, case=CONDITIONAL, key="mine"), day(1))
    aside: dict[str, Any] = {"reason": "She is my sister.", "key": "aside"}
    book.execute(Recuse(actor=EVE, case=CONDITIONAL, **aside), day(1))
    book.execute(AskRequester(actor=BEN, case=CONDITIONAL, key="asked", question="For whom?"), day(1))
    book.execute(Join(actor=DAN, case=APPROVED, key="joined", unit="People"), day(1))
    book.execute(Join(actor=CLEO, case=APPROVED, key="joined-too", unit="Sales"), day(1))
    book.execute(ReportWrong(actor=DAN, case=APPROVED, key="wrong", words="It made a name up."), day(1))
    limit = Measure(name="Complaints", side="at_most", limit="3")
    book.execute(
        WritePlan(actor=ANA, case=APPROVED, key="plan", measures=(limit,), every="weekly", monitor=DAN),
        day(1),
    )
    value, why = (
        Reading(number=1, value="1", reason="From one team"),
        Reading(number=1, reason="Nobody looked"),
    )
    about: dict[str, Any] = {"actor": DAN, "case": APPROVED, "plan": "plan"}
    book.execute(GiveReadings(**about, key="read", readings=(value,)), day(1))
    book.execute(GiveReadings(**about, key="unread", last="read", readings=(why,)), day(1))
    book.execute(Leave(actor=CLEO, case=APPROVED, key="left", deployment="joined-too"), day(1))
    claim: dict[str, Any] = {"ground": "prepares", "reason": "So it is."}
    book.execute(ClaimException(actor=CLEO, case=EXCEPTED, key="claim", **claim), day(1))
    _import(book, 1, "Sorts letters")
    first = {"projectDetailsPhase": answered("item1"), "projectDetailsTitle": answered("Ours")}
    _assess(book, ANA, "projectDetails", first, day(1))


def _second(book: Ledger) -> None:
    """Who is asked does not know, so the next is."""
    book.execute(Type(actor=ANA, case=CONDITIONAL, key="said", words="For the sales team."), day(2))
    book.execute(ConfirmException(actor=EVE, case=EXCEPTED, key="both", claim="claim"), day(2))
    second = {"businessDrivers5": answered("item1-2"), "projectDetailsTitle": answered("Another title")}
    _assess(book, CLEO, "businessDrivers", second, day(2))
    book.execute(Reply(actor=DAN, case=REFERRED, key="first", number=1, unsure=True), day(2))


def _third(book: Ledger) -> None:
    bound: dict[str, Any] = {"reason": "Fits.", "conditions": ("Only in English", "Nobody's name")}
    bound["terms"] = (Term(due=day(90).day, check="Since when?", otherwise="narrows"), Term())
    book.execute(Approve(actor=BEN, case=CONDITIONAL, key="bound", **bound), day(3))
    no: dict[str, Any] = {"reason": "Not needed.", "would_change": "A contract."}
    book.execute(Decline(actor=BEN, case=DECLINED, key="no", **no), day(3))


def _fourth(book: Ledger) -> None:
    given = {"data": answered("internal")}
    book.execute(Reply(actor=EVE, case=REFERRED, key="second", number=2, answers=given), day(4))
    _import(book, 4, "Sorts letters and files")
    met: dict[str, Any] = {
        "decision": "bound",
        "number": 1,
        "link": "https://example.org/a",
        "words": "Since May.",
    }
    book.execute(Fulfil(actor=ANA, case=CONDITIONAL, key="met", **met), day(4))


def _import(book: Ledger, on: int, purpose: str) -> None:
    row: dict[str, Any] = {"actor": "", "case": IMPORTED, "source_map": "theirs", "source_id": "7"}
    answers = {"purpose": answered(purpose), "people": answered("only_team")}
    book.execute(Disclose(**row, key=f"row-{on}", title="Sorter", answers=answers), day(on))


def _assess(book: Ledger, who: str, page: str, answers: dict[str, Answer], desk: Desk) -> None:
    about: dict[str, Any] = {"actor": who, "case": APPROVED, "form": AIA.form.id}
    book.contribute(Contribute(**about, key=f"aia:{page}", page=page, answers=answers), AIA, desk)


def approve_beforehand(store: Store) -> None:
    """One pattern was refused and one is in force; a use that was recorded by it did not fit when it was looked at."""
    book, desk = Ledger(store), day(4, assets=TOOLS)
    _within(book, SOURCE, ANA, desk)
    yes: dict[str, Any] = {"reason": "Fits.", "conditions": ("No names",)}
    book.execute(Approve(actor=BEN, case=SOURCE, key="general", **yes), desk)
    for number, covers in ((1, "Whatever we say"), (2, "Minutes of our own meetings")):
        general: dict[str, Any] = {"covers": covers, "last_day": LAST, "secret": SEED}
        book.execute(ProposePattern(actor=BEN, case=SOURCE, key=f"p{number}", **general), desk)
        about: dict[str, Any] = {"actor": EVE, "case": SOURCE, "pattern": f"p{number}"}
        if number == 1:
            book.execute(RefusePattern(**about, key="too-wide", reason="Too wide."), desk)
    book.execute(ConfirmPattern(**about, key="two"), desk)
    _within(book, WITHIN, DAN, desk, "p2")
    book.execute(DrawSample(actor="", case=WITHIN, key="lot", pattern="p2"), desk)
    with store.read() as session:
        case = load(session, WITHIN)
    assert case is not None
    looked: dict[str, Any] = {"step": case.pattern_steps[-1].id, "reason": "Customers speak, too."}
    book.execute(MisfitsPattern(actor=EVE, case=WITHIN, key="looked", **looked), desk)


def _within(book: Ledger, case: str, who: str, desk: Desk, pattern: str = "") -> None:
    on: dict[str, Any] = {"actor": who, "case": case}
    book.execute(Begin(**on, key=f"{case}:begin", words="Otter for us", place=DM, root=f"17.{case}"), desk)
    book.execute(Fill(**on, key=f"{case}:fill", answers=PLAIN), desk)
    book.execute(Submit(**on, key=f"{case}:submit", pattern=pattern), desk)


def _own_rules(store: Store, book: Ledger) -> None:
    wish = enacting.Wish(RULES, "", "We work for hospitals", "rules")
    enacting.propose(store, wish, enacting.examine(RULES, ""))
    with store.write() as session:
        waits = own.proposal(session)
        assert waits is not None
        own.put_into_force(session, waits, by=BEN, now=NOW + timedelta(days=6))
    after = day(7, book=load_book(a_desk().form, own=RULES))
    wishes = [
        Rejudge(actor="", key=f"rerun:{case}", case=case, rules=waits.digest)
        for case in (APPROVED, CONDITIONAL, IMPORTED, REFERRED, EXCEPTED, DECLINED)
    ]
    book.execute_many(wishes, after)


def _people_file(store: Store) -> None:
    told = [
        Employee(email="ana@example.com", name="Ana", manager="ben@example.com", unit="Sales", country="DE"),
        Employee(email="ben@example.com", name="Ben", deputy="eve@example.com", slack_user="UBEN"),
    ]
    with store.write() as session:
        employees.take(session, employees.compared(session, told), whole=False, now=NOW)
        employees.tie(session, "ben@example.com", BEN)
        for number, back in enumerate((False, True), 1):
            away = Away(date(2026, 12, number), date(2026, 12, 9 - number), EVE)
            absences.note(session, BEN, away, back=back, now=NOW + timedelta(days=number))


def _seen(store: Store) -> None:
    """Two lists of other systems, the second of the week after."""
    for week in (0, 1):
        monday = date(2026, 11, 2) + timedelta(weeks=week)
        reading = Listed(digest=f"{week}" * 64, kind="proxy", read=100, refused=1)
        about: dict[str, Any] = {
            "week": monday,
            "hits": 7 + week,
            "people": 2,
            "first_on": monday,
            "last_on": monday,
        }
        rows = [
            Seen(tool_id="otter", unit="Sales", sure=True, general=False, **about),
            Seen(tool_id="notion-ai", unit="", sure=False, general=True, **about),
        ]
        with store.write() as session:
            sightings.take(session, reading, rows, NOW + timedelta(days=week), run=f"{week}" * 32)


def _asked_all(store: Store) -> None:
    """Two campaigns, of which the first is over."""
    for number, amnesty in enumerate((True, False)):
        monday = date(2026, 11, 2) + timedelta(weeks=number)
        given: dict[str, Any] = {"since": monday, "until": monday + timedelta(days=4), "words": "We only ask"}
        given |= {"places": (GOVERNANCE,), "everyone": not amnesty, "amnesty": amnesty}
        asked = Campaign(id=f"asked-{number}", started_by=EVE, at=NOW + timedelta(days=number), **given)
        told = Telling(id=f"told-{number}", tool="Otter.ai", unit="Sales", purpose="Minutes", use=APPROVED)
        with store.write() as session:
            campaigns.start(session, asked)
            campaigns.tell(session, asked, ANA, [told])
            if amnesty:
                campaigns.end(session, asked.id, by=EVE, now=NOW + timedelta(days=7))


def _discussed(store: Store) -> None:
    """Two people below the card, of whom one thinks better of it."""
    card, other = Below(APPROVED, GOVERNANCE, "18.1"), Below(CONDITIONAL, GOVERNANCE, "19.1")
    with store.write() as session:
        for day_, remark in enumerate(
            (
                Remark(card, "18.2", "said", "18.2", BEN, "Who listens?", "a.pdf https://example.org/a"),
                Remark(other, "19.2", "said", "19.2", CLEO, "Fine with me"),
                Remark(card, "18.2", "edited", "18.3", BEN, "Who listens, and when?"),
                Remark(card, "18.2", "deleted", "18.4", BEN),
            )
        ):
            discussion.keep(session, remark, now=NOW + timedelta(days=day_))


def _went_wrong(book: Ledger) -> None:
    """Somebody reports it, somebody else sees to it and finds that it is none."""
    on: dict[str, Any] = {"incident": "incident-1"}
    book.act(Report(**on, actor=DAN, key="incident-told", words="A wrong price", use=APPROVED), day(3))
    book.act(TakeUp(**on, actor=CLEO, key="incident-mine"), day(3))
    extent = {"extent": answered("inconvenience"), "harm": unsure("financial")}
    book.act(Assess(**on, actor=CLEO, key="incident-seen", answers=extent), day(4))
    book.act(Reject(**on, actor=CLEO, key="incident-none", reason="It was the list"), day(5))


def _stated(store: Store) -> None:
    """What the organisation says of its management system: a scope with two versions, and an action that is done."""
    lead = {"governance_lead": frozenset((BEN,)), "executive": frozenset((CLEO,))}
    scope: dict[str, Any] = {"entry": "scope", "kind": "scope", "actor": BEN}
    said: dict[str, Any] = {"covers": "All AI that we use", "activities": ("Selling",)}
    action = {"title": "Name the units", "success": "They are named", "owner": BEN, "due": "2026-12-24"}
    wishes: tuple[OfEntries, ...] = (
        DraftEntry(**scope, key="scope-1", said=said),
        ApproveEntry(entry="scope", actor=CLEO, key="scope-yes", draft=1),
        DraftEntry(**scope, key="scope-2", said=said | {"units": ("Sales",)}, seen=1),
        DraftEntry(entry="action-1", kind="action", actor=BEN, key="action-new", said=action),
        ActOnEntry(
            entry="action-1", actor=BEN, key="action-did", act="done", said={"evidence": "See"}, seen=1
        ),
    )
    for number, wish in enumerate(wishes):
        with store.write() as session:
            aims.carry_out(session, wish, replace(day(6 + number), roles=lead))


def _on_its_way(store: Store) -> None:
    """What the story itself leaves to a running bot."""
    with store.write() as session:
        place: dict[str, Any] = {"subject_kind": "use", "subject_id": APPROVED, "purpose": "card"}
        session.add(AddressRow(id="a", **place, place_id=GOVERNANCE, ts="18.1", posted_at=NOW))
        session.add(DueRow(id="due", subject_kind="use", subject_id=APPROVED, kind="nudge", due_at=NOW))
        files.keep(session, b"a", media="text/plain", name="a.txt")
        session.add(LeaseRow(name="worker", holder="w", until=NOW))
