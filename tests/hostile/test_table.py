"""Every person × every wish × every state comes to what permissions.yaml says, whatever the rest of the world did."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from slack_sdk import WebClient

from bot.library import library
from bot.office import Office
from bot.slack import away, called, changing, entrytold, ruling
from bot.slack.directory import Directory
from bot.slack.entries import check_inside
from bot.slack.front import Front
from bot.slack.payloads import Call, Who
from intake.answers import answered, unsure
from store import aims, people, settings
from store.engine import Store
from store.saving import save
from tests.builders import NOW, a_case, a_decision, a_desk, a_talk, facts, key, some_answers
from tests.databases import Databases
from tests.hostile import permitted
from tests.triage.patterns import SEED
from tests.triage.test_approving_terms import HIGH
from triage import (
    afterwards,
    beforehand,
    claims,
    commands,
    confidences,
    motions,
    onward,
    reviewwishes,
    talking,
    watches,
)
from triage.aims.acknowledging import check_may_ask as check_may_ask_to_read
from triage.aims.decide import decide as change_entry
from triage.aims.entry import Entry, Said, Step
from triage.aims.seeing import check_may_look, check_may_see
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries, SendEntryBack
from triage.campaign import check_may_start
from triage.case import Assignment, Basis, Case, DecisionKind, Deployment, Referral, Signature, Status
from triage.commands import Command
from triage.consulting import check_may_ask
from triage.contributing import check_may_contribute
from triage.decide import decide
from triage.desk import Desk
from triage.interview import judged
from triage.lifecycle import WAITING
from triage.outcome import Outcome, Refused, Say
from triage.plan import Measure, Plan, Reading
from triage.reviewed import ReviewStep
from triage.seats import roles
from triage.settling import OPEN_TO_FACTS
from triage.staff import Colleague
from triage.stages import Appointment, Stage, StageMove, TaskStep
from triage.steps import ConditionStep, Term
from triage.talk import Phase

OURS, THEIRS = "T0OURS", "T0THEIRS"
HOLDER, SOMEBODY, ACTOR = "U0HOLDER", "U0SOMEBODY", "U0ACTOR"
"""Whoever holds every role besides, an asker who is nobody else, and the person whose click is judged."""

ROLES = (
    "requester", "owner", "reviewer", "risk_owner", "legal", "privacy", "security", "vendor_manager", "committee",
    "executive", "governance_lead", "auditor",
)  # fmt: skip
GROUP = "S0GROUP"
ORGANISATION = {
    "organisation.regions": ["eu"], "organisation.public_body": False, "timezone": "Europe/Berlin", "country": "DE",
}  # fmt: skip
REQUESTERS = frozenset({"requester", "second_id", "own_reviewer", "own_member"})
OWNERS = frozenset({"owner", "own_owner"})
ALL_ROLES = frozenset(
    {
        *("guest", "deactivated", "bot", "ex_holder", "visitor", "foreigner", "second_id"),
        *("recused", "joined", "own_reviewer", "own_owner"),
    }
)
STANDING = {"guest": {"restricted": True}, "deactivated": {"deleted": True}, "bot": {"is_bot": True}}
LISTED_IN_ONE = {"role_requester": "requester", "role_owner": "owner"}

OPEN = some_answers(data=unsure(), area=unsure())
PROHIBITED = some_answers(red_flag=answered("social_scoring"), data=unsure(), area=unsure())
_refs = count(1)


class Groups(WebClient):
    """A Slack that knows one user group, and opens every window."""

    def __init__(self) -> None:
        super().__init__()
        self.members: list[str] = [HOLDER]

    def usergroups_users_list(self, **asked: Any) -> Any:
        return {"users": list(self.members)}

    def views_open(self, **asked: Any) -> Any:
        return {"ok": True}


@dataclass
class Moment:
    """One kind of person in their moment: the desk as the directory sees it, and who they are to the cases."""

    who: str
    front: Front
    actor: str
    asker: str
    owner: str
    uses: dict[str, str] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        return self.front.desk(actor=self.actor)

    def case(self, status: Status, *, settling: bool) -> Case:
        disclosed = status is Status.disclosed
        answers = PROHIBITED if status is Status.blocked else OPEN if settling else None
        more: dict[str, Any] = {"requester": self.asker, "owner": self.owner}
        if disclosed:
            more = {
                "requester": "",
                "owner": None,
                "talk": None,
                "source_map": "m",
                "source_id": f"{next(_refs)}",
            }
        else:
            phase = Phase.summary if status is Status.draft else Phase.closed
            more["talk"] = a_talk(person=self.asker, phase=phase)
        ref = None if status is Status.draft else f"AIU-2026-{next(_refs):04}"
        if self.who == "recused":
            aside = {"id": f"aside-{next(_refs)}", "kind": "recused", "person": self.actor, "by": self.actor}
            more["assignments"] = (Assignment.model_validate(aside | {"at": NOW, "reason": "My brother"}),)
        if self.who == "joined" and not disclosed:
            more["deployments"] = (Deployment(id="theirs", unit="People", owner=self.actor, joined_at=NOW),)
        if settling:
            more["referrals"] = (asked_of_privacy(status),)
        return a_case(status, answers, ref=ref, decisions=(), **more)


FINDER = some_answers(
    output_use=answered("shared_after_check"), people=answered("staff_applicants"), data=answered("personal"),
    area=answered("employment"), function=answered("employment.ranking"), influence=answered("narrow_prep"),
    profiling=answered("no"), worst=answered("inconvenience"), scale=answered("lt1000"), gen_public=answered("no"),
    monitoring=answered("none"),
)  # fmt: skip


def excepted(case: Case, desk: Desk, by: str) -> Case:
    """Of a use that may be excepted; `by`: who has signed for that as legal already."""
    case = judged(case.model_copy(update={"facts": facts(FINDER)}), desk)
    if not by or case.status not in WAITING:
        return case
    signs = commands.ClaimException(
        actor=by, key="claim", case=case.id, ground="narrow_task", reason="So it is."
    )
    return decide(case, signs, desk).case


def asked_of_privacy(status: Status) -> Referral:
    """Open as long as facts are taken."""
    waits = status in OPEN_TO_FACTS or status is Status.draft
    state: Any = "open" if waits else "closed"
    return Referral(number=1, question="data", role="privacy", asked_at=NOW, state=state)


@pytest.fixture(scope="module")
def store(sqlite_databases: Databases) -> Iterator[Store]:
    opened = Store(sqlite_databases.copy(), now=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture(scope="module", params=permitted.whos())
def moment(request: pytest.FixtureRequest, sqlite_databases: Databases) -> Iterator[Moment]:
    store = Store(sqlite_databases.copy(), now=lambda: NOW)
    yield stage(request.param, store)
    store.close()


def stage(who: str, store: Store) -> Moment:
    """The world as it was a moment ago, looked at once, and then as it is when the person clicks."""
    slack = Groups()
    directory = Directory(store, slack, OURS)
    front = Front(Office(store, library(), lambda: NOW), directory, slack)
    role = LISTED_IN_ONE.get(who, who)
    holds = set(ROLES) if who in ALL_ROLES else {role} & set(ROLES) - {"requester", "owner"}
    if who in LISTED_IN_ONE:
        holds = {role}
    if who in ("ex_member", "own_member"):
        slack.members.append(ACTOR)
    listed = {name: [HOLDER, GROUP, *([ACTOR] if name in holds else [])] for name in ROLES}
    _have_met(store)
    if who == "visitor":
        configure(front, {"governance_lead": [HOLDER], "executive": [SOMEBODY]})
        lets_in(front, *(directory.person(Who(OURS, user)) for user in (HOLDER, SOMEBODY, ACTOR)))
    configure(front, listed)
    ours = directory.person(Who(OURS, ACTOR))
    if who in STANDING:
        with store.write() as session:
            people.person(session, team=OURS, slack_user=ACTOR, now=NOW, **STANDING[who])
    front.desk()
    if who == "ex_holder":
        configure(front, {name: [HOLDER] for name in ROLES})
    if who == "ex_member":
        slack.members.remove(ACTOR)
    actor = directory.person(Who(THEIRS, ACTOR)) if who in ("foreigner", "second_id") else ours
    somebody = directory.person(Who(OURS, SOMEBODY))
    asker = ours if who in REQUESTERS else somebody
    moment = Moment(who, front, actor, asker, actor if who in OWNERS else asker)
    keep(moment, store)
    return moment


def _have_met(store: Store) -> None:
    """Slack has said who they are, before any of it."""
    with store.write() as session:
        for team, user in ((OURS, ACTOR), (THEIRS, ACTOR), (OURS, SOMEBODY), (OURS, HOLDER)):
            people.person(session, team=team, slack_user=user, now=NOW, name=user)


def configure(front: Front, roles: dict[str, list[str]]) -> None:
    with front.office.store.write() as session:
        for name, value in {
            **ORGANISATION,
            **{f"roles.{role}": held for role, held in roles.items()},
        }.items():
            settings.change(session, name, value, by=None, now=NOW)
    front.office.changed()


def lets_in(front: Front, lead: str, executive: str, auditor: str) -> None:
    """For today and some days, by two people."""
    said: dict[str, Said] = {
        "title": "Surveillance",
        "auditor": auditor,
        "since": NOW.date().isoformat(),
        "until": (NOW.date() + timedelta(days=4)).isoformat(),
        "purpose": "The yearly one",
    }
    wishes: tuple[OfEntries, ...] = (
        DraftEntry(actor=lead, key="let-in", entry="let-in", kind="access", said=said),
        ApproveEntry(actor=executive, key="let-in-yes", entry="let-in", draft=1),
    )
    for wish in wishes:
        with front.office.store.write() as session:
            aims.carry_out(session, wish, front.desk())


def keep(moment: Moment, store: Store) -> None:
    """One use in every state, for those who look at the register; its reference by state."""
    place = moment.front.directory.place("D0PLACE", kind="dm")
    for number, status in enumerate(Status):
        case = moment.case(status, settling=False)
        talk = case.talk and case.talk.model_copy(update={"place": place, "root": f"{number}.1"})
        ref = f"AIU-2026-{number:04}"
        facts = {q: fact.model_copy(update={"by": None}) for q, fact in case.facts.items()}
        change = {"id": f"{number:032x}", "ref": ref, "talk": talk, "facts": facts, "inquiries": ()}
        case = case.model_copy(update=change)
        with store.write() as session:
            save(session, None, case, a_desk())
        moment.uses[status.value] = ref


def steer(way: talking.Way, told: dict[str, Any]) -> Command:
    return talking.Steer(**told, wish=way)


MEASURE = Measure(name="Complaints", side="at_most", limit="3")

BY_STATE: dict[str, Callable[[dict[str, Any]], Command]] = {
    "approve": lambda c: commands.Approve(**c),
    "approve_with_conditions": lambda c: commands.Approve(**c, conditions=("Tell them",)),
    "ask_requester": lambda c: commands.AskRequester(**c, question="Who listens?"),
    "decline": lambda c: commands.Decline(**c, reason="No"),
    "take": lambda c: commands.Take(**c),
    "pass_on": lambda c: commands.PassOn(**c, person=""),
    "recuse": lambda c: commands.Recuse(**c, reason="My brother sells it"),
    "change": lambda c: afterwards.Change(**c, answers={"title": answered("Anew")}, effect="stands"),
    "join": lambda c: afterwards.Join(**c, unit="People"),
    "accept_terms": lambda c: afterwards.AcceptTerms(**c, deployment="team", decision="d1"),
    "leave": lambda c: afterwards.Leave(**c, deployment="team"),
    "fulfil": lambda c: afterwards.Fulfil(**c, decision="d1", number=1, words="They were told."),
    "verify_condition": lambda c: afterwards.VerifyCondition(**c, step="step"),
    "send_back": lambda c: afterwards.SendBack(**c, step="step", reason="That is last year's."),
    "propose_pattern": lambda c: beforehand.ProposePattern(
        **c, covers="Minutes", last_day=NOW.date(), secret=SEED
    ),
    "confirm_pattern": lambda c: beforehand.ConfirmPattern(**c, pattern="p"),
    "refuse_pattern": lambda c: beforehand.RefusePattern(**c, pattern="p", reason="Too wide"),
    "withdraw_pattern": lambda c: beforehand.WithdrawPattern(**c, pattern="p", reason="Too wide"),
    "fits_pattern": lambda c: beforehand.FitsPattern(**c, step="s"),
    "misfits_pattern": lambda c: beforehand.MisfitsPattern(**c, step="s", reason="Customers"),
    "snooze": lambda c: afterwards.Snooze(
        **c, errand="condition:d1:001", until=NOW.date() + timedelta(days=3), reason="I am on a journey."
    ),
    "report_wrong": lambda c: afterwards.ReportWrong(**c, words="It made a name up."),
    "write_plan": lambda c: watches.WritePlan(**c, measures=(MEASURE,), every="weekly"),
    "give_readings": lambda c: watches.GiveReadings(
        **c, plan="plan", readings=(Reading(number=1, value="1"),)
    ),
    "move_on": lambda c: onward.MoveOn(**c, to="retired"),
    "do_task": lambda c: onward.DoTask(**c, task="documents", words="In the binder."),
    "appoint": lambda c: onward.Appoint(**c, task="monitor", person="P-somebody"),
    "accept_part": lambda c: onward.AcceptPart(**c, appointment="named"),
    "refuse_part": lambda c: onward.RefusePart(**c, appointment="named", reason="No time."),
    "stop_use": lambda c: onward.StopUse(**c, reason="It insults people."),
    "suspend_use": lambda c: onward.SuspendUse(**c, incident="AII-2026-0001"),
    "confirm_review": lambda c: reviewwishes.ConfirmReview(**c, review="r", same=("data",)),
    "read_review": lambda c: reviewwishes.ReadReview(**c, step="said", verdict="agree"),
    "take_over": lambda c: claims.TakeOver(**c),
    "name_owner": lambda c: claims.NameOwner(**c, person="P-somebody"),
    "not_ours": lambda c: claims.NotOurs(**c, asked="Sales"),
    "not_used": lambda c: claims.NotUsed(**c, reason="Since May"),
    "give_facts": lambda c: afterwards.GiveFacts(**c, answers={"title": answered("Anew")}),
    "settle": lambda c: commands.Settle(**c, answers={"data": answered("internal")}),
    "claim_exception": lambda c: commands.ClaimException(**c, ground="narrow_task", reason="So it is."),
    "confirm_exception": lambda c: commands.ConfirmException(**c, claim="claim"),
    "object_exception": lambda c: commands.ObjectException(**c, claim="claim", reason="It ranks people."),
    "confirm_prohibited": lambda c: motions.ConfirmProhibited(**c, reason="It scores people."),
    "put_motion": lambda c: motions.PutMotion(**c, matter=motions.Matter.tier, value="2", reason="Small."),
    "second_motion": lambda c: motions.SecondMotion(**c, motion="motion"),
    "oppose_motion": lambda c: motions.OpposeMotion(**c, motion="motion", reason="It ranks people."),
    "confide": lambda c: confidences.Confide(**c),
    "open_up": lambda c: confidences.OpenUp(**c, opening="opening"),
    "name_reader": lambda c: confidences.NameReader(**c, person="P-somebody"),
    "drop_reader": lambda c: confidences.DropReader(**c, person="P-somebody"),
    "reply": lambda c: commands.Reply(**c, number=1, answers={"data": answered("internal")}),
    "start": lambda c: talking.Start(**c),
    "choose": lambda c: talking.Choose(**c, turn=1, question="data", answer=answered("internal")),
    "pick_tool": lambda c: talking.PickTool(**c, tool="otter"),
    "edit": lambda c: talking.Edit(**c, question="data"),
    "fill": lambda c: talking.Fill(**c, answers={"data": answered("internal")}),
    "explain": lambda c: talking.Explain(**c, what="help"),
    "submit": lambda c: talking.Submit(**c),
    "withdraw": lambda c: talking.Withdraw(**c),
    "reopen": lambda c: talking.Reopen(**c),
    "type": lambda c: talking.Type(**c, words="By the way"),
    **{way: partial(steer, way) for way in typing.get_args(talking.Way)},
}


OTHERS = permitted.OF_SYSTEM | {
    "show",
    "can",
    "away",
    "settings",
    "campaign",
    "rules",
    "begin",
    "consult",
    "contribute",
}
"""Wishes that are no command about a case's own form."""


CALL = Call(who=Who(OURS, "U0X"), text="away", channel="C1", trigger="a-trigger", key="called")


def bound(case: Case, desk: Desk, done_by: str) -> Case:
    """On a condition with a day, of high risk; `done_by`: who says that it is met."""
    term = Term(due=NOW.date(), otherwise="suspends")
    made = a_decision(Status.approved_with_conditions, conditions=("Tell them",), terms=(term,))
    done = {"id": "step", "decision": "d1", "number": 1, "kind": "done", "by": done_by, "at": NOW}
    steps = (ConditionStep.model_validate(done),) if done_by else ()
    update = {"facts": facts(HIGH, by=""), "decisions": (made,), "condition_steps": steps}
    return judged(case.model_copy(update=update), desk)


def came_of(work: Callable[[], object]) -> str:
    try:
        work()
    except Refused as refusal:
        return refusal.key
    return permitted.ALLOWED


SCOPE: dict[str, Said] = {"covers": "All AI", "activities": ("Sales",)}


def a_policy(by: str) -> Entry:
    """One that counts."""
    draft = Step(id="d", kind="draft", by=by, role="governance_lead", at=NOW, detail={"draft": 1})
    yes = Step(id="y", kind="approve", by="P-boss", role="executive", at=NOW, detail={"draft": 1})
    return Entry(id="policy:ai", kind="policy", name="ai", ref="AIM-2026-0002", steps=(draft, yes))


def of_system(moment: Moment, what: str) -> str:
    """Of entries of the management system, which know nothing of a use's state."""
    desk = moment.front.desk(actor=moment.actor)
    who: dict[str, Any] = {"actor": moment.actor, "key": key(), "entry": "scope"}
    by = moment.actor if what == "approve_own_entry" else moment.front.directory.person(Who(OURS, SOMEBODY))
    drafted = Step(id="s", kind="draft", by=by, role="governance_lead", at=NOW, detail={"draft": 1})
    scope = Entry(id="scope", kind="scope", ref="AIM-2026-0001", steps=(drafted,))
    match what:
        case "setup":
            return came_of(lambda: check_may_look(moment.actor, desk))
        case "policy":
            return came_of(lambda: entrytold.policy(moment.front, moment.actor))
        case "ask_to_read":
            return came_of(lambda: check_may_ask_to_read(a_policy(by), moment.actor, desk))
        case "have_read":
            return came_of(lambda: check_inside(moment.front, moment.actor, desk))
        case "read_draft":
            return came_of(lambda: check_may_see(scope, moment.actor, desk))
        case "draft_entry":
            wish: OfEntries = DraftEntry(**who, kind="scope", said=SCOPE)
            return came_of(lambda: change_entry(None, wish, desk))
        case "send_entry_back":
            wish = SendEntryBack(**who, draft=1, reason="Name who")
        case _:
            wish = ApproveEntry(**who, draft=1)
    return came_of(lambda: change_entry(scope, wish, desk))


def attempt(moment: Moment, desk: Desk, what: str, state: str) -> str:
    who: dict[str, Any] = {"actor": moment.actor, "key": key()}
    match what:
        case "show":
            return came_of(lambda: called.show(moment.front, moment.actor, moment.uses[state]))
        case "can":
            return came_of(lambda: called.can_i(moment.front, moment.actor, "can I use otter"))
        case "away":
            return came_of(lambda: away.away(moment.front, moment.actor, CALL, ""))
        case "settings":
            return came_of(lambda: changing.check_may_change(moment.front, moment.actor))
        case "campaign":
            return came_of(lambda: check_may_start(moment.actor, moment.front.desk(actor=moment.actor)))
        case "rules":
            return came_of(lambda: ruling.open_rules(moment.front, moment.actor, "a-trigger"))
        case "begin":
            begin = talking.Begin(**who, case="new", words="Otter for calls", place="L", root="1.1")
            return came_of(lambda: decide(None, begin, desk))
    if what in permitted.OF_SYSTEM:
        return of_system(moment, what)
    case = moment.case(Status(state), settling=what in ("settle", "reply"))
    if what.endswith("_exception"):
        by = moment.front.directory.person(Who(OURS, HOLDER)) if what != "claim_exception" else ""
        case = excepted(case, desk, by)
    if what.endswith("_motion"):
        by = moment.front.directory.person(Who(OURS, HOLDER))
        case = moved(case, desk, "" if what == "put_motion" else by)
    if what == "drop_reader":
        named = {
            "kind": DecisionKind.reader_named,
            "basis": Basis(ground="P-somebody", questions=(), digest=""),
        }
        case = case.model_copy(update={"decisions": (*case.decisions, a_decision().model_copy(update=named))})
    if what == "open_up":
        case = closed(case, moment.front.directory.person(Who(OURS, HOLDER)))
    if what == "consult":
        return came_of(lambda: check_may_ask(case, moment.actor, desk))
    if what == "contribute":
        return came_of(lambda: check_may_contribute(case, moment.actor, desk))
    if what in ("accept_terms", "leave"):
        team = Deployment(id="team", owner=moment.actor, joined_at=NOW, accepted="d0")
        case = case.model_copy(update={"deployments": (team,), "decisions": (a_decision(),)})
    if what in ("fulfil", "snooze", "verify_condition", "send_back"):
        case = bound(case, desk, done_by="" if what in ("fulfil", "snooze") else moment.asker)
    if what == "give_readings":
        plan = Plan(id="plan", by=moment.asker, at=NOW, measures=(MEASURE,), every="weekly")
        case = case.model_copy(update={"plans": (plan,)})
    if what in ("confirm_review", "read_review"):
        case = looked_at_again(case, said=what == "read_review")
    if what in CLAIMED:
        case, desk = left_alone(case, desk)
    if what in ONWARD:
        case = on_its_way(case, what, moment.actor)
    command = BY_STATE[what](who | {"case": case.id})
    if isinstance(command, commands.PassOn):
        to = moment.front.directory.person(Who(OURS, HOLDER))
        command = command.model_copy(update={"person": to})
    return came_of(lambda: draws_its_card(case, decide(case, command, desk)))


def draws_its_card(before: Case, outcome: Outcome) -> None:
    """Whatever moves the version of a use that was handed in: a card one behind would refuse the next press on it."""
    if outcome.case != before and before.status is not Status.draft:
        owed = [notice.say for notice in outcome.notices if not notice.to]
        assert Say.card in owed or Say.recorded_note in owed, outcome.happened


def test_every_combination(moment: Moment) -> None:
    desk = moment.desk
    wrong = {}
    for what in permitted.wishes():
        for state in permitted.STATES:
            should, does = permitted.expected(moment.who, what, state), attempt(moment, desk, what, state)
            if should != does:
                wrong[what, state] = f"{does}, not {should}"
    assert wrong == {}


def test_the_decider_of_each_tier(store: Store) -> None:
    """Among those who hold one role each, exactly those whose yes is needed may say no, whosever turn it is."""
    harmless = {"people": answered("customers"), "data": answered("personal")}
    tiers = {
        "low": some_answers(),
        "medium": some_answers(**harmless, profiling=answered("no"), monitoring=answered("none")),
        "high": some_answers(**harmless),
        "very_high": OPEN,
        "prohibited": PROHIBITED,
    }
    desk = a_desk(roles={role: frozenset({f"P-{role}"}) for role in ROLES})
    for tier, answers in tiers.items():
        status = Status.blocked if tier == "prohibited" else Status.in_review
        case = a_case(status, answers)
        assert list(roles(case)) == permitted.table()["deciding"][tier], tier
        declines = {role: declined(case, desk, f"P-{role}") for role in ROLES}
        allowed = {role for role, outcome in declines.items() if outcome == permitted.ALLOWED}
        assert allowed == set(permitted.table()["deciding"][tier])
        assert {declines[role] for role in ROLES if role not in allowed} == {"not_your_role"}


CLAIMED = ("take_over", "name_owner", "not_ours", "not_used")


def left_alone(case: Case, desk: Desk) -> tuple[Case, Desk]:
    """Whoever answered for it left; nobody has said yet that what an inventory names is theirs."""
    known, gone = desk.staff, Colleague(gone=True, left=NOW)
    owner = None if case.status is Status.disclosed else "P-gone"
    desk = replace(desk, staff=lambda person: gone if person == "P-gone" else known(person))
    return case.model_copy(update={"owner": owner, "unit": "Sales"}), desk


ONWARD = ("move_on", "do_task", "appoint", "accept_part", "refuse_part", "stop_use")


def looked_at_again(case: Case, *, said: bool) -> Case:
    """About one fact; `said`: whoever answers for it has said how it is."""
    opened = {"id": "r", "review": "r", "kind": "opened", "cause": "change", "questions": ("data",)}
    steps = [ReviewStep.model_validate(opened | {"depth": "one_fact", "due": NOW.date(), "at": NOW})]
    if said:
        told = {"id": "said", "review": "r", "kind": "answered", "by": case.owner or "P-somebody", "at": NOW}
        steps.append(ReviewStep.model_validate(told | {"outcome": "unchanged", "second": True}))
    return case.model_copy(update={"review_steps": tuple(steps)})


def on_its_way(case: Case, what: str, person: str) -> Case:
    """With something to do, and this person asked to be its monitor, or its overseer; or ready to be retired."""
    ends = ("users_told", "access_removed", "data_deleted") if what == "move_on" else ()
    to = Stage.retiring if ends else Stage.pilot
    done = tuple(TaskStep(id=f"done-{task}", task=task, kind="done", at=NOW) for task in ends)
    calls = tuple(
        TaskStep(id=task, task=task, kind="called", before="in_use", at=NOW)
        for task in ("documents", "monitor")
    )
    said: dict[str, Any] = {"person": person, "at": NOW}
    part = "overseer" if what == "stop_use" else "monitor"
    named = Appointment(id="named", task=part, kind="named", **said)
    holds = Appointment(id="yes", task=part, kind="accepted", of="named", **said)
    return case.model_copy(
        update={
            "stage_moves": (StageMove(id="m", to=to, at=NOW),),
            "task_steps": (*calls, *done),
            "appointments": (named, *((holds,) if what == "stop_use" else ())),
        }
    )


def moved(case: Case, desk: Desk, by: str) -> Case:
    """Of a use of high risk; `by`: who has said that it should be looked at as a smaller one."""
    case = judged(case.model_copy(update={"facts": facts(FINDER)}), desk)
    if not by:
        return case
    put = {"actor": by, "key": "motion", "case": case.id, "matter": "tier", "value": "2", "reason": "Small."}
    waits = case.model_copy(update={"status": Status.in_review})
    done = decide(waits, motions.PutMotion.model_validate(put), desk).case
    return done.model_copy(update={"status": case.status})


def closed(case: Case, first: str) -> Case:
    """A confidential one, of which somebody else has said that it should be opened."""
    if case.status is Status.draft:
        return case.model_copy(update={"confidential": True})
    signed = (Signature(person=first, role="reviewer", at=NOW),)
    said = a_decision(id="opening", kind=DecisionKind.opening, signatures=signed)
    return case.model_copy(update={"confidential": True, "decisions": (*case.decisions, said)})


def by(actor: str) -> dict[str, Any]:
    return {"actor": actor, "key": key(), "case": "case-1"}


def declined(case: Case, desk: Desk, actor: str) -> str:
    return came_of(lambda: decide(case, commands.Decline(**by(actor), reason="No"), desk))


def test_the_table_names_everything_and_nothing_else() -> None:
    known = {"who": set(permitted.whos()), "what": set(permitted.wishes()), "state": set(permitted.STATES)}
    assert [(field, name) for field, name in permitted.names() if name not in known[field]] == []
    assert set(permitted.whos()) >= set(ROLES)


def test_every_command_stands_in_the_table() -> None:
    """Ten are nobody's wish: an import, other rules and the clock make them, and nothing of Slack's leads there. What
    somebody tells a campaign opens a use of its own; who may is tried in tests/journeys/test_campaigns.py."""
    there = {variant.model_fields["do"].default for variant in typing.get_args(commands.Command)}
    tried = {str(made(by("P")).do) for made in BY_STATE.values()} | {"begin"}
    assert there - tried == {
        *("disclose", "rejudge", "expire", "remind_of_condition", "fail_condition"),
        *("draw_sample", "tell_of_pattern", "open_review", "shelve", "follow_up", "tell_use"),
    }
    assert set(permitted.wishes()) == set(BY_STATE) | OTHERS


def test_the_page_is_drawn_from_the_table() -> None:
    assert permitted.PAGE.read_text() == permitted.page(), "python -m tests.hostile.permitted"
