"""Makes the scene of a screen from the store: the case and everything around it that the reader may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache

from slack_sdk.errors import SlackApiError

from bot import questionnaires
from bot.slack.carrying import SCOPES
from bot.slack.front import Front
from bot.slack.lookup import looked_up
from bot.slack.scene import Assessed, Beside, Scene, Unfolding, Voice
from intake.sentence import read
from store import asks, assessments, patterns, phased, queries, scoped, sheets, suggested, suppliers
from store.aims_published import published_at
from store.decided import decided_beside
from store.discussion import counted as said_below
from store.frozen import approved_answers
from store.heard import heard
from store.jointly import like
from store.records import load
from store.sessions import Session
from triage import jointly
from triage.aims.assessed import Standing
from triage.aims.published import Published
from triage.aims.scoped import Mark, mark_of
from triage.case import Case, Status
from triage.contributing import may_contribute
from triage.desk import Desk
from triage.heard import FORM, Heard
from triage.interview import judged, left
from triage.joining import may_join, offered
from triage.lifecycle import WAITING
from triage.matching import matching
from triage.may_i import YES
from triage.nearest import nearest, on_same_answers
from triage.pattern import Known
from triage.register import Entry, Reader
from triage.schemes import GUIDED, is_beside, questionnaire
from triage.seats import deciding_people, roles
from triage.talk import Phase
from triage.tasks import before_start, tasks_of

NEAREST = 5
"""Uses of the same tool that a message may name."""

NAMED = 10
"""Decided uses on the same answers that are looked at before a click."""

ALIKE = 2
"""Approved uses that are offered in the place of a request."""

USABLE = (Status.approved, Status.approved_with_conditions)


def make_voice(front: Front) -> Voice:
    directory = front.directory
    return Voice(
        words=front.words,
        mention=directory.mention,
        user=lambda person: directory.user(person) or "",
        channel=lambda place: directory.channel(place) or "",
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
        "held": lambda: _held(session, scene.uses, desk),
        "alike": lambda: _alike(session, who, case, desk),
        "model": lambda: _model(front, case),
        "suggestions": lambda: suggested.suggestions(session, case.id) if _model(front, case) else (),
        "drafted": lambda: suggested.drafts(session, case.id, reader) if _model(front, case) else {},
        "published": lambda: _published(session, case),
        "heard": lambda: _heard(session, case, desk),
        "until": lambda: phased.until(session, case, desk),
        "supplier": lambda: (
            None if case.status is Status.draft else suppliers.of_case(session, case, desk.day)
        ),
        "scoped": lambda: _scoped(session, case, desk, anew=compared),
        "joinable": lambda: _joinable(session, who, case, desk),
        "like": lambda: _like(session, who(), case, desk) if compared and reader else 0,
        "beside": lambda: _beside(session, who(), case, desk) if compared else Beside(),
    }
    scene = Unfolding(known, parts)
    return scene if unfolding else Scene(**{each.name: getattr(scene, each.name) for each in fields(Scene)})


def _heard(session: Session, case: Case, desk: Desk) -> Heard | None:
    """Where it is asked, for those who decide."""
    return heard(session, case.id) if FORM in desk.assessing and case.status in WAITING else None


def _scoped(session: Session, case: Case, desk: Desk, *, anew: bool) -> Mark | None:
    """`anew`: for what stays where it is drawn; it is drawn in the very moment in which another scope counts."""
    scope = scoped.counting(session, desk) if anew else desk.scope
    return mark_of(scope, case) if case.status is not Status.draft else None


def _published(session: Session, case: Case) -> tuple[Published, ...]:
    """What counted when it was decided, whatever came later."""
    return published_at(session, case.decision.at) if case.decision is not None else ()


def attaches(front: Front) -> bool:
    """Whether a file can be given in a window and carried on; no, where Slack does not say now what we may."""
    try:
        return front.granted() >= SCOPES
    except (SlackApiError, OSError):
        return False


def _model(front: Front, case: Case) -> str:
    """The first that is asked; none where nothing of the case may leave."""
    models = front.office.config.model
    open_to_it = models.confidential or not case.confidential
    return models.use[0].partition(" ")[0] if models.use and open_to_it else ""


def _uses(session: Session, reader: Reader, case: Case) -> tuple[Entry, ...]:
    if case.tool_id is None:
        return ()
    asked = (
        case.status is Status.draft
    )  # what is answered to whoever asks tells of nothing that is confidential
    found = queries.entries(session, reader, tool=case.tool_id, limit=NEAREST + 1, confidential=not asked)
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


def _held(session: Session, uses: tuple[Entry, ...], desk: Desk) -> frozenset[str]:
    cases = (load(session, use.id) for use in uses if use.status in USABLE)
    return frozenset(case.id for case in cases if case is not None and before_start(case, desk))


def _alike(session: Session, who: Callable[[], Reader], case: Case, desk: Desk) -> tuple[Case, ...]:
    """Only before the questions: afterwards there are answers to compare."""
    if case.talk is None or case.talk.phase is not Phase.offered or (reader := who()).outsider:
        return ()
    found, cases = looked_up(session, reader, read(case.words, desk.catalogue), case.words, desk)
    wanted = [*(found.uses if found.kind in YES else ()), *found.instead]
    known = [cases.get(use.id) or load(session, use.id) for use in wanted if use.id not in found.ending]
    return tuple(each for each in known if each is not None and may_join(each, reader.person, desk))[:ALIKE]


def _joinable(session: Session, who: Callable[[], Reader], case: Case, desk: Desk) -> Case | None:
    """Only where the questions are over, so that there is something to compare."""
    over = case.talk is not None and case.talk.phase is Phase.summary
    if case.status is not Status.draft or not over or (reader := who()).outsider:
        return None
    use = offered(case, decided_beside(session, reader, case), desk)
    found = load(session, use.id) if use is not None else None
    return found if found is not None and may_join(found, reader.person, desk) else None


NOBODY: Standing = "none"


def _assessed(front: Front, session: Session, case: Case, desk: Desk, reader: str) -> tuple[Assessed, ...]:
    """What is switched on now, with what it came to so far."""
    found = []
    called = {task.task for task in tasks_of(case)}
    for name in questionnaires.switched_on(front.office.config):
        if is_beside(name, called):
            continue
        asked, held = questionnaire(name), NOBODY
        if name in GUIDED:
            known = assessments.of_case(session, case, name)
            finding, held = known.sheet.finding, known.standing
        else:
            finding = sheets.load(session, case.id, asked.form.id).finding
        found.append(Assessed(name, asked.scheme.title, finding, may_contribute(case, reader, desk), held))
    return tuple(found)
