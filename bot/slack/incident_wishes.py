"""From what stands in a window about an incident to the wish that it is meant for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError

from bot.slack.fields import Field
from bot.slack.filled import day, field
from bot.slack.front import Front
from bot.slack.ids import UNSURE
from bot.slack.payloads import Submission, Who
from bot.slack.screens.incident_windows import QUESTION
from intake.answers import Answer, answered, unsure
from triage.desk import Desk
from triage.incidents.asked import problem, questions
from triage.incidents.wishes import (
    AddAction,
    AskBack,
    Assess,
    CheckAction,
    Classify,
    Close,
    Contain,
    DoAction,
    NameUse,
    Note,
    NotedTold,
    OfIncidents,
    RecordCause,
    Reject,
    Reopen,
    SettleClock,
    Suspend,
)

log = logging.getLogger(__name__)


def link_to(front: Front, channel: str, ts: str) -> str:
    """Where the message stands; where Slack gives none to us, what it is called there."""
    if not channel or not ts:
        return ""
    try:
        found = front.directory.quick.chat_getPermalink(channel=channel, message_ts=ts)
        return str(found.get("permalink") or "")
    except (SlackApiError, OSError) as error:
        log.info("No link to a message could be had", extra={"error": type(error).__name__})
        return f"{channel}/{ts}"


def answers_in(submission: Submission) -> tuple[dict[str, Answer], dict[str, str]]:
    """Ticks beside “Not sure” are certain; what was left out was not asked."""
    found: dict[str, Answer] = {}
    wrong: dict[str, str] = {}
    for question in questions():
        held = submission.fields.get(f"{QUESTION}{question}", ())
        if not held:
            continue
        picked = tuple(each for each in held if each != UNSURE)
        answer = unsure(*picked) if UNSURE in held else answered(*picked)
        if what := problem(question, answer):
            wrong[f"{QUESTION}{question}"] = what
        found[question] = answer
    return found, wrong


class Filled:
    """What stands in a window, as a wish needs it."""

    def __init__(
        self, front: Front, submission: Submission, desk: Desk, channel: str, ts: str, said: str
    ) -> None:
        self.front, self.submission, self.desk = front, submission, desk
        self.channel, self.ts, self.said = channel, ts, said

    def text(self, name: Field) -> str:
        return field(self.submission, name)

    def many(self, name: Field) -> tuple[str, ...]:
        return tuple(self.submission.fields.get(name.value, ()))

    def day(self, name: Field) -> date | None:
        return day(self.text(name))

    def moment(self, *, end: bool) -> datetime | None:
        """Of today, or none, it is now; of an earlier day its end, or for what was known its beginning."""
        picked = self.day(Field.OCCURRED)
        if picked is None or picked == self.desk.day:
            return None
        zone = ZoneInfo(self.desk.organisation.zone)
        return datetime.combine(picked, time(23, 59) if end else time(0, 0), zone)

    def person(self) -> str:
        user = self.text(Field.PERSON)
        return self.front.person(Who(self.submission.who.team, user)) if user else ""


Made = OfIncidents | Field


def _assess(held: Filled, on: dict[str, Any]) -> Made:
    answers, _ = answers_in(held.submission)
    aware = held.moment(end=False)
    return Assess(**on, answers=answers, aware_at=aware, reason=held.text(Field.REASON))


def _note(held: Filled, on: dict[str, Any]) -> Made:
    link = link_to(held.front, held.channel, held.ts)
    return Note(**on, words=held.text(Field.WORDS), message=held.said, link=link)


def _contain(held: Filled, on: dict[str, Any]) -> Made:
    return Contain.model_validate({**on, "how": held.text(Field.RULING), "words": held.text(Field.WORDS)})


def _settle(held: Filled, on: dict[str, Any]) -> Made:
    told = {"clock": held.text(Field.CLOCK), "outcome": held.text(Field.RULING)}
    met = told["outcome"] == "met"
    more = {"when": held.moment(end=True) if met else None, "reason": held.text(Field.REASON)}
    return SettleClock.model_validate({**on, **told, **more})


def _cause(held: Filled, on: dict[str, Any]) -> Made:
    return RecordCause(**on, words=held.text(Field.WORDS), kinds=held.many(Field.GROUND))


def _add(held: Filled, on: dict[str, Any]) -> Made:
    due = held.day(Field.DUE)
    if due is None:
        return Field.DUE
    owner = held.person()
    if not owner:
        return Field.PERSON
    return AddAction(
        **on, words=held.text(Field.WORDS), owner=owner, due=due, success=held.text(Field.REMARK)
    )


def _check(held: Filled, on: dict[str, Any]) -> Made:
    told = {
        "action": held.text(Field.TASK),
        "found": held.text(Field.RULING),
        "words": held.text(Field.WORDS),
    }
    return CheckAction.model_validate({**on, **told})


def _told(held: Filled, on: dict[str, Any]) -> Made:
    told = {"whom": held.text(Field.RULING), "words": held.text(Field.WORDS)}
    return NotedTold.model_validate({**on, **told, "when": held.moment(end=True)})


def _class(what: str) -> Callable[[Filled, dict[str, Any]], Made]:
    def make(held: Filled, on: dict[str, Any]) -> Made:
        told = {"what": what, "value": held.text(Field.RULING), "reason": held.text(Field.REASON)}
        return Classify.model_validate({**on, **told})

    return make


MAKES: Mapping[str, Callable[[Filled, dict[str, Any]], Made]] = {
    "assess": _assess,
    "name_use": lambda held, on: NameUse(**on, use=held.text(Field.USE)),
    "serious": _class("serious"),
    "breach": _class("breach"),
    "contain": _contain,
    "suspend": lambda held, on: Suspend(**on, reason=held.text(Field.REASON)),
    "note": _note,
    "settle_clock": _settle,
    "ask_back": lambda held, on: AskBack(**on, words=held.text(Field.WORDS)),
    "cause": _cause,
    "add_action": _add,
    "do_action": lambda held, on: DoAction(
        **on, action=held.text(Field.TASK), evidence=held.text(Field.WORDS)
    ),
    "check_action": _check,
    "noted_told": _told,
    "close": lambda held, on: Close(**on, lessons=held.text(Field.WORDS)),
    "reopen": lambda held, on: Reopen(**on, reason=held.text(Field.REASON)),
    "reject": lambda held, on: Reject(**on, reason=held.text(Field.REASON)),
}
