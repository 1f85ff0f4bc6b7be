"""Several like requests decided at once: the window that lists them, and each carried out as a wish of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import conditioned, queueing, screens, sitting, windows
from bot.slack.abouts import from_about
from bot.slack.deciding import IN_FIELD
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import CASE, Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_scene
from bot.slack.screens.jointly import GROUPS, KINDS
from store import asks, people
from store.jointly import Came, decide_together, like
from triage.case import DecisionKind
from triage.commands import Approve, Decline
from triage.outcome import Refused
from triage.review import check_may_decide
from triage.terms import terms_of


def press(front: Front, pressed: Press, person: str) -> None:
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    with front.office.store.read() as session:
        case = windows.before_them(front, session, pressed, person, desk)
        check_may_decide(case, person, desk)
        queue = [each.id for each in asks.queue(session, reader, desk)]
        others = like(session, case, queue, desk)
        if not others:
            raise Refused("none_alike", case=case.id)
        scene = make_scene(front, session, case, desk, person, compared=True)
        drawn = screens.jointly_view(scene, (case, *others), people.names(session))
    windows.open_window(front, pressed, person, drawn)


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """What is missing goes back to its field; else it is said what was decided and what was left out."""
    ticked = list(_ticked(submission))
    if not ticked:
        return sent_back(front, Field.LIKE, "problem.empty")
    kind, reason = field(submission, Field.RULING), field(submission, Field.REASON)
    if kind not in {each.value for each in KINDS}:
        return sent_back(front, Field.RULING, "problem.empty")
    if not reason:
        return missing(front, Field.REASON)
    given = conditioned.given(front, submission)
    if given is None:
        return sent_back(front, Field.COMMON, "problem.unknown_choice")
    if kind == DecisionKind.approve_with_conditions.value and not given:
        return missing(front, Field.CONDITIONS)
    if kind == DecisionKind.approve.value and given:
        # A plain yes would lose them unseen.
        return sent_back(front, Field.RULING, "problem.conditions_there")
    if kind == DecisionKind.approve_with_conditions.value and conditioned.lacks_day(submission, given):
        return sent_back(front, Field.DUE, "problem.day_needed")
    more: dict[str, Any] = {"reason": reason}
    if kind == DecisionKind.decline.value:
        more["would_change"] = field(submission, Field.WOULD_CHANGE)
    else:
        more |= {"conditions": tuple(given), "terms": terms_of(given)}
        more["valid_until"] = day(field(submission, Field.UNTIL))
    made = Decline if kind == DecisionKind.decline.value else Approve
    wishes = [
        made(actor=person, key=f"{submission.key}:{case}", case=case, version=version, **more)
        for case, version in ticked
    ]
    desk = front.desk(actor=person)
    reader, office = front.reader(person, desk), front.office
    came = decide_together(
        office.store, office.ledger, wishes, desk, reader, from_about(submission.about).case
    )
    front.wake()
    return _amiss(front, came) or _told(front, submission, person, came)


def _ticked(submission: Submission) -> Iterator[tuple[str, int]]:
    """Each once; what is not ours is no request, or names a version that nothing has."""
    values = (value for group in GROUPS for value in submission.fields.get(group.value, ()))
    for value in dict.fromkeys(values):
        case, _, version = value.partition("|")
        if CASE.fullmatch(case):
            yield case, int(version) if version.isdecimal() and len(version) < 10 else -1


def _amiss(front: Front, came: Came) -> Reply | None:
    """What is wrong with all of them for the same field is mended there."""
    keys = {one.refusal.key for one in came.left}
    if came.done or len(keys) != 1 or not keys <= IN_FIELD.keys():
        return None
    return sent_back(front, *IN_FIELD[keys.pop()])


def _told(front: Front, submission: Submission, person: str, came: Came) -> Reply:
    left = [{"ref": one.ref, "why": Mrkdwn(front.refusal_text(one.refusal))} for one in came.left]
    done = [case.ref or "" for case in came.done]
    text = front.words.page("jointly", done=done, left=left)["line"]
    if (held := sitting.read(submission.about)) is not None:
        view = queueing.drawn(front, person, held, text)
    else:
        view = screens.note_view(front.words, text)
    return {"response_action": "update", "view": view}


PRESSED = {Action.JOINTLY: press}
HANDED = {View.JOINTLY: handed}
