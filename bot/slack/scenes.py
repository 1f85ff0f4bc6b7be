"""Makes the scene of a screen from the store: the case and everything around it that the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from functools import cache

from slack_sdk.errors import SlackApiError

from bot import questionnaires
from bot.slack.carrying import SCOPES
from bot.slack.front import Front
from bot.slack.ids import Action
from bot.slack.scene import Assessed, Beside, Home, Scene, Unfolding, Voice
from bot.slack.screens.home import SHOWN
from store import asks, patterns, queries, sheets
from store.decided import decided_beside
from store.deployments import joined_by
from store.discussion import counted as said_below
from store.frozen import approved_answers
from store.jointly import like
from store.records import load
from store.reviews import reviewed_by
from store.sessions import Session
from store.watch import watched_by
from triage import jointly
from triage.assigning import had_beside
from triage.case import Case, Deployment, Status
from triage.changing import may_change
from triage.conditions import may_fulfil
from triage.contributing import may_contribute
from triage.desk import Desk
from triage.excepting import to_confirm
from triage.fulfilling import looked_at_by
from triage.interview import judged, left
from triage.joining import may_join, offered
from triage.lifecycle import MOVES, WAITING
from triage.matching import matching
from triage.movers import to_second
from triage.nearest import nearest, on_same_answers
from triage.overdue import able_to_report, is_due
from triage.pattern import Known
from triage.referring import waiting_for
from triage.register import Entry, Reader
from triage.review import may_be_cleared
from triage.reviewing import reviewer_of
from triage.schemes import scored
from triage.seats import deciding_people, fills, roles, takes_several
from triage.settling import OPEN_TO_FACTS, may_settle, open_questions
from triage.stages import Stage
from triage.talk import Phase
from triage.tasks import left as left_to_do
from triage.teams import standing
from triage.whereabouts import keeper, stage_of

NEAREST = 5
"""Uses of the same tool that a message may name."""

NAMED = 10
"""Decided uses on the same answers that are looked at before a click."""

USABLE = (Status.approved, Status.approved_with_conditions)


def make_voice(front: Front) -> Voice:
    directory = front.directory
    return Voice(
        words=front.words,
        mention=directory.mention,
        user=lambda person: directory.user(person) or "",
        groups=lambda role: directory.groups(front.office.config.roles.get(role, ())),
    )


def make_scene(
    front: Front,
    session: Session,
    case: Case,
    desk: Desk,
    reader: str,
    *,
    counted: bool = True,
    compared: bool = False,
    unfolding: bool = False,
) -> Scene:
    """`counted`: whether the screen says how many questions are left; working that out is most of the time.

    `compared`: whether it is laid beside what was decided already. `unfolding`: for a screen that is drawn while the
    session is open, which needs little of it.
    """
    if case.verdict is None:
        case = judged(case, desk)

    @cache
    def who() -> Reader:
        return front.reader(reader, desk)

    known = {"case": case, "desk": desk, "voice": make_voice(front), "reader": reader}
    parts: dict[str, Callable[[], object]] = {
        "uses": lambda: _uses(session, who(), case),
        "deciders": lambda: deciding_people(case, desk),
        "assessed": lambda: _assessed(front, session, case, desk, reader),
        "left": lambda: left(case, desk) if counted else (0, 0),
        "approved": lambda: approved_answers(session, case),
        "patterns": lambda: _patterns(session, case, desk),
        "discussed": lambda: said_below(session, case.id) if case.decisions else 0,
        "attaches": lambda: False,
        "joinable": lambda: _joinable(session, who, case, desk),
        "like": lambda: _like(session, who(), case, desk) if compared and reader else 0,
        "beside": lambda: _beside(session, who(), case, desk) if compared else Beside(),
    }
    scene = Unfolding(known, parts)
    return scene if unfolding else Scene(**{each.name: getattr(scene, each.name) for each in fields(Scene)})


def attaches(front: Front) -> bool:
    """Whether a file can be given in a window and carried on; no, where Slack does not say now what we may."""
    try:
        return front.granted() >= SCOPES
    except (SlackApiError, OSError):
        return False


def _uses(session: Session, reader: Reader, case: Case) -> tuple[Entry, ...]:
    if case.tool_id is None:
        return ()
    found = queries.entries(session, reader, tool=case.tool_id, limit=NEAREST + 1)
    return tuple(e for e in found if e.id != case.id and e.status is not Status.draft)[:NEAREST]


def _patterns(session: Session, case: Case, desk: Desk) -> tuple[Known, ...]:
    """What a draft whose questions are over is within; of others what was made from it, or what recorded it."""
    if case.status is Status.draft:
        over = case.talk is not None and case.talk.phase is Phase.summary
        found = patterns.of_tool(session, case.tool_id) if over else ()
        within = matching(case, replace(desk, patterns=found)) if found else None
        return (within,) if within is not None else ()
    recorded = {d.under.pattern for d in case.decisions if d.under}
    made = patterns.of_use(session, case.id) if case.patterns else ()
    return (*made, *(patterns.named(session, recorded) if recorded else ()))


def _beside(session: Session, reader: Reader, case: Case, desk: Desk) -> Beside:
    """Only while somebody has to decide."""
    if case.status not in WAITING:
        return Beside()
    if not reader.person:
        reader = reader.model_copy(update={"roles": frozenset(roles(case))})  # the card of who decides
    decided = decided_beside(session, reader, case)
    near, same = nearest(case, decided, desk.form), on_same_answers(case, decided, desk.form)
    wanted = {use.id for use in (*same[:NAMED], *([near.use] if near else ()))}
    cases = {id: found for id in wanted if (found := load(session, id)) is not None}
    return Beside(near, same[:NAMED], cases)


def _like(session: Session, reader: Reader, case: Case, desk: Desk) -> int:
    """How many others that wait for this person say the same."""
    if not jointly.may_go(case) or case.status is not Status.in_review:
        return 0
    return len(like(session, case, [each.id for each in asks.queue(session, reader, desk)], desk))


def _joinable(session: Session, who: Callable[[], Reader], case: Case, desk: Desk) -> Case | None:
    """Only where the questions are over, so that there is something to compare."""
    over = case.talk is not None and case.talk.phase is Phase.summary
    if case.status is not Status.draft or not over or (reader := who()).outsider:
        return None
    use = offered(case, decided_beside(session, reader, case), desk)
    found = load(session, use.id) if use is not None else None
    return found if found is not None and may_join(found, reader.person, desk) else None


def _assessed(front: Front, session: Session, case: Case, desk: Desk, reader: str) -> tuple[Assessed, ...]:
    """What is switched on now, with what it came to so far."""
    found = []
    for name in questionnaires.switched_on(front.office.config):
        form, scheme = scored(name)
        finding = sheets.load(session, case.id, form.id).finding
        found.append(Assessed(name, scheme.title, finding, may_contribute(case, reader, desk)))
    return tuple(found)


def make_home(front: Front, person: str) -> Home:
    """What one person may use, what they asked for, and what waits for them."""
    desk = front.desk()
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        drafts, more_drafts = queries.mine_of(session, person, drafts=True, limit=SHOWN)
        requests, more_requests = queries.mine_of(session, person, drafts=False, limit=SHOWN)
        usable = queries.entries(session, reader, states=USABLE, limit=Home.usable_most)
        queue = [each.id for each in asks.queue(session, reader, desk)]
        waiting = queries.named(session, queue[:SHOWN])
        referred, signing = (_asked(session, reader, desk, kind) for kind in (asks.ANSWER, asks.SECOND))
        shown = (*waiting, *referred, *signing, *drafts, *requests)
        cases = {e.id: load(session, e.id) for e in shown}
        joined = tuple(_joined(session, reader, person))
        measuring = queries.named(session, list(_measuring(session, person, desk)))
        reviewing = tuple(_reviewing(front, session, person, desk))
    signed = tuple(
        (e, said)
        for e in signing
        if (case := cases[e.id]) is not None
        for said in (to_confirm(case, person, desk), *to_second(case, person, desk))
        if said is not None
    )
    open_ones = {id: case for id, case in cases.items() if case is not None and case.status in WAITING}
    able = {id: deciding_people(case, desk) for id, case in open_ones.items()}
    held = {id: next(iter(had_beside(case, person, desk)), None) for id, case in open_ones.items()}
    asked_of = [(e, number) for e in referred for number in waiting_for(cases[e.id], person, desk)]
    return Home(
        voice=make_voice(front),
        reader=person,
        now=desk.now,
        usable=usable,
        drafts=drafts,
        requests=requests,
        waiting=waiting,
        more={"waiting": len(queue) - len(waiting), "drafts": more_drafts, "requests": more_requests},
        referred=tuple(asked_of),
        asked_as={(e.id, n): role for e, n in asked_of if (role := _asked_as(cases[e.id], n))},
        signing=signed,
        looking=tuple((e, one) for e in signing for one in looked_at_by(cases[e.id], person, desk)),
        deciders={id: (by.person,) if (by := held[id]) else able[id] for id in open_ones},
        held={id: by.person for id, by in held.items() if by},
        several=frozenset(id for id, case in open_ones.items() if takes_several(case, desk)),
        joined=joined,
        measuring=measuring,
        reviewing=reviewing,
        todo={
            e.id: _todo(case, desk)
            for e in requests[:SHOWN]
            if (case := cases[e.id]) and keeper(case) == person
        },
        acts={id: _acts(case, person, desk) for id, case in cases.items() if case is not None},
    )


def _asked_as(case: Case | None, number: int) -> str:
    return next((each.role for each in case.referrals if each.number == number), "") if case else ""


def _measuring(session: Session, person: str, desk: Desk) -> Iterator[str]:
    """What is due from them, as whoever is named for it or answers for the use."""
    for id in watched_by(session, person):
        case = load(session, id)
        if case is not None and is_due(case, desk) and person in able_to_report(case, desk):
            yield id


def _reviewing(front: Front, session: Session, person: str, desk: Desk) -> Iterator[Scene]:
    """What they have to confirm, the most urgent first."""
    for id in reviewed_by(session, person):
        case = load(session, id)
        if case is not None and reviewer_of(case, desk) == person:
            yield Scene(case=case, desk=desk, voice=make_voice(front), reader=person)


def _asked(session: Session, reader: Reader, desk: Desk, kind: str) -> tuple[Entry, ...]:
    """The first of what waits for something else of them than a yes."""
    ids = [each.id for each in asks.queue(session, reader, desk, kind)]
    return queries.named(session, ids[: SHOWN + 1])


def _joined(session: Session, reader: Reader, person: str) -> Iterator[tuple[Case, Deployment]]:
    for id, deployment in joined_by(session, person):
        case = load(session, id)
        if case is not None and not (case.confidential and not queries.may_see(session, reader, id)):
            yield from ((case, each) for each in standing(case) if each.id == deployment)


def _todo(case: Case, desk: Desk) -> tuple[Stage, int]:
    """Nothing is to be done for what has no yes, unless it is being retired."""
    owes = case.in_use or stage_of(case) is Stage.retiring
    return stage_of(case), len(left_to_do(case, desk)) if owes and case.stage_moves else 0


def _acts(case: Case, person: str, desk: Desk) -> tuple[Action, ...]:
    """What this person can do about a case now, besides looking at it."""
    if case.status is Status.draft:
        return (Action.USE_FORM,)
    found = [Action.CHANGE] if may_change(case, person) else []
    found += [Action.FULFIL] if may_fulfil(case, person) else []
    if case.inquiry is not None and case.talk is not None and case.talk.person == person:
        found.append(Action.ANSWER)
    asked = open_questions(case) if case.status in OPEN_TO_FACTS else ()
    if any(may_settle(case, person, question, desk) for question in asked):
        found.append(Action.SETTLE)
    if person == case.requester and case.status is Status.withdrawn and case.submitted_at is not None:
        found.append(Action.REOPEN)
    if case.status in WAITING and person in deciding_people(case, desk):
        moves = MOVES[case.status]
        if Status.approved in moves and may_be_cleared(case) and fills(case, person, desk):
            found += [Action.APPROVE, Action.APPROVE_WITH_CONDITIONS]
        found += [Action.ASK] if Status.needs_info in moves else []
        found.append(Action.DECLINE)
        if not had_beside(case, person, desk) and len(deciding_people(case, desk)) > 1:
            found.append(Action.TAKE)
    return tuple(found)
