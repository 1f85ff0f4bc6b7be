"""Whether somebody is a colleague: asked of Slack at the moment in which something is given to them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.front import Front
from bot.slack.payloads import Submission
from bot.slack.profiles import look_up
from intake.answers import Answer, State
from intake.form import Kind
from triage.outcome import Refused


def check_colleague(
    front: Front, team: str, user: str, whom: str, *, outside: str = "reader_outside"
) -> None:
    """Whom nobody has met yet may be a guest, and what they are told cannot be taken back.

    `outside`: the refusal that says so.
    """
    if not look_up(front.office.store, front.directory.quick, team, user):
        raise Refused("reader_unclear")
    front.directory.forget_standing()
    if front.directory.outsider(whom):
        raise Refused(outside)


def strangers(front: Front, submission: Submission, answers: Mapping[str, Answer]) -> dict[str, str]:
    """By question, what there is to say of whoever was named and cannot be: they would answer for the use."""
    wrong = {}
    for question, answer in answers.items():
        known = front.office.library.form.by_id.get(question)
        if known is None or known.kind is not Kind.person or answer.state is not State.answered:
            continue
        user = (submission.fields.get(question) or ("",))[0]
        try:
            check_colleague(front, submission.who.team, user, answer.text, outside="part_outside")
        except Refused as refusal:
            wrong[question] = refusal.key
    return wrong
