"""What must never come of a payload, whatever was in it, judged from outside and not by the product's own checks."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from bot.slack.app import NAMES
from bot.slack.elements import read_press
from bot.slack.ids import Action
from bot.slack.payloads import Who, to_call, to_press, to_shortcut, to_submission, to_who
from bot.slack.shape import fitting
from store.looked import LOOKED
from store.samples import ASKED, DRAWN
from store.tables import PersonRow
from tests.hostile.recording import GUS, MEG, OLD, SECRET, VIC
from tests.hostile.slack import Sent, texts
from tests.hostile.stage import Came, Stage
from tests.slack_world import BEN, CARDS, CLEO, DAN, EVE, TEAM
from triage.case import Case, Status

HOLDERS = {
    "reviewer": {BEN, EVE, MEG}, "risk_owner": {CLEO}, "committee": {CLEO, BEN}, "legal": {EVE},
    "governance_lead": {CLEO}, "auditor": {MEG, BEN}, "privacy": {DAN},
}  # fmt: skip
"""As the settings of the recording say, without the guest, who left, and who is let in to audit."""

DECIDING = (
    "inquiry.asked", "case.approved", "case.approved_with_conditions", "case.declined", "case.taken", "case.passed_on",
    "case.recused", "case.signed_off",
)  # fmt: skip
OF_THE_TALK = (
    "draft.", "interview.", "proposal.", "answer.", "tool.", "form.", "remark.", "words.", "case.submitted",
    "case.withdrawn", "case.reopened",
    "question.answered", "question.skipped", "question.reopened", "question.put_singly", "inquiry.answered",
)  # fmt: skip
NUMBERED = re.compile(rf"{SECRET}-\d+\b")

ONCE = ("", "refused:", "told:refusal:", "post:", "may_i:")
"""What was done by a key, or said once for it."""
QUIET = frozenset({Action.PICK.value})
"""What is ticked waits for its [Done]."""

OF_A_TURN = frozenset(
    action.value
    for action in (
        Action.BACK, Action.SKIP, Action.PAUSE, Action.RESUME, Action.CANCEL, Action.HAND_OVER, Action.MORE,
        Action.NOT_NOW, Action.CHOOSE, Action.NOT_SURE, Action.NONE_OF_THESE, Action.PICK_DONE, Action.USE_PROPOSAL,
        Action.NONE_OF_ALL, Action.SINGLY, Action.KEEP,
    )
)  # fmt: skip


def complaints(stage: Stage, came: Came, payload: Any) -> list[str]:
    """Empty where everything is as it should be."""
    found = list(_faults(came, payload))
    found += _unentitled(stage, came, payload)
    found += _leaks(stage, came)
    found += _silence(stage, came, payload)
    if came.lines and not stage.is_untouched():
        found.append("the trail does not prove itself")
    return found


def _faults(came: Came, payload: Any) -> Iterator[str]:
    nameless = not isinstance(payload, dict) or NAMES.isdisjoint(fitting(payload))
    if came.status != (400 if nameless else 200):
        yield f"answered with {came.status}"
    yield from (f"left undone: {what}" for what in came.stuck)
    for record in came.records:
        if record.exc_info or record.levelno >= logging.ERROR:
            yield f"logged: {record.getMessage()} {record.exc_info and record.exc_info[1]!r}"


# -- who did what


def _user(stage: Stage, person: str | None) -> Who | None:
    if person is None:
        return None
    with stage.store.read() as session:
        row = session.get(PersonRow, person)
    return Who(row.team, row.slack_user) if row else None


def _unentitled(stage: Stage, came: Came, payload: Any) -> Iterator[str]:
    touched = {line["subject"][1] for line in came.lines if not line["what"].endswith(".refused")}
    yield from (f"{id} changed without a line" for id in came.after.keys() - touched)
    for line in came.lines:
        who = _user(stage, line["actor"])
        if who is None:
            yield f"{line['what']} by nobody"
        elif who.user not in _named(payload):
            yield f"{line['what']} by {who}, whom the payload does not name"
        elif not line["what"].endswith(".refused") and not _may(came, line, who):
            yield f"{line['what']} by {who}"


def _named(payload: Any) -> set[str]:
    """Whoever may have acted: Slack's word in the places where it says who did."""
    if not isinstance(payload, dict):
        return set()
    event: dict[str, Any] = payload["event"] if isinstance(payload.get("event"), dict) else {}
    found = {to_who_safely(payload).user}
    for part in (event, event.get("message"), event.get("previous_message")):
        if isinstance(part, dict) and isinstance(part.get("user"), str):
            found.add(part["user"])
    return found


def to_who_safely(payload: dict[str, Any]) -> Who:
    return to_who(fitting(payload))


def _may(came: Came, line: dict[str, Any], who: Who) -> bool:
    """By the rules of docs/permissions.md, told once more in a few lines."""
    what, case = line["what"], came.before.get(line["subject"][1]) or came.after.get(line["subject"][1])
    if what == LOOKED:
        return who == Who(TEAM, VIC) and line["detail"].keys() == {"wish", "about"}
    if what in (ASKED, DRAWN):
        return who.team == TEAM and who.user in HOLDERS["governance_lead"] | HOLDERS["auditor"] | {VIC}
    ours = who.team == TEAM and who.user not in (GUS, OLD, VIC)
    if what.startswith("settings."):
        return ours and who.user in HOLDERS["governance_lead"]
    if what.startswith("rules."):
        return ours and who.user in HOLDERS["governance_lead"] | HOLDERS["risk_owner"]
    if what in ("incident.reported", "incident.noted"):
        return ours
    if what.startswith("incident."):
        return ours and who.user in set().union(*HOLDERS.values())
    if what == "words.kept" and line["subject"][0] == "person":
        return bool(line["subject"][1] == line["actor"])
    if case is None:
        return False
    own = line["actor"] in (case.requester, case.owner)
    if what.startswith("exception."):
        return (
            ours
            and not own
            and (who.user in HOLDERS["legal"] | HOLDERS["risk_owner"] or what == "exception.gone")
        )
    if what.startswith(("motion.", "tier.", "risk.", "practice.")):
        return ours and not own and (who.user in _signers(case) or what == "motion.gone")
    if what.startswith(("readers.", "reader.")):
        return ours and (own or who.user in _deciders(case))
    if what in ("owner.taken_over", "unit.denied", "use.unused"):
        return ours
    if what == "errand.snoozed":
        return ours and own
    if what.startswith("readings."):
        return ours and (own or line["actor"] in {plan.monitor for plan in case.plans})
    if what == "plan.written":
        return ours and (own or who.user in _deciders(case))
    if what.startswith("pattern."):
        return ours and not own and who.user in _deciders(case)
    decides = ours and not own and case.status is not Status.draft and who.user in _deciders(case)
    if what in ("case.approved", "case.approved_with_conditions") and not _all_said_yes(came, line):
        return False
    if what == "case.rejudged" and ours and not own and who.user in HOLDERS["legal"] | HOLDERS["risk_owner"]:
        return True  # whoever signs for an exception signs on today's results
    if what in ("tasks.called", "tasks.dropped", "gate.opened", "stage.began"):
        return True  # what the rules ask for follows from somebody else's line
    if what == "part.named" and line["detail"]["part"] == "owner":
        return True
    if what in ("stage.moved", "task.done", "part.named"):
        return ours and line["actor"] == (case.owner or case.requester)
    if what in ("part.accepted", "part.refused"):
        return ours and any(each.person == line["actor"] for each in case.appointments)
    if what == "use.stopped":
        return ours and any(
            (each.task, each.kind, each.person) == ("overseer", "accepted", line["actor"])
            for each in case.appointments
        )
    if what in DECIDING or what == "case.rejudged":
        return decides
    if what in ("question.settled", "case.blocked", "case.unblocked"):
        settles = ours and who.user in _deciders(case) | HOLDERS["governance_lead"] | HOLDERS["privacy"]
        return own or settles
    if what in ("referral.answered", "referral.unsure"):
        return ours and not own and who.user in HOLDERS[line["detail"]["role"]]
    if what in ("question.referred", "referral.closed"):
        return True  # what follows from somebody else's line
    return what.startswith(OF_THE_TALK) and case.talk is not None and case.talk.person == line["actor"]


def _signers(case: Case) -> set[str]:
    """Whoever has a say in it at any tier, or for a ban."""
    return (
        _deciders(case)
        | HOLDERS["legal"]
        | HOLDERS["risk_owner"]
        | HOLDERS["committee"]
        | HOLDERS["reviewer"]
    )


def _deciders(case: Case) -> set[str]:
    """Whoever holds a role that its result calls, or that may stand in for one."""
    if case.verdict is None or case.verdict.results["eu"].floor == "prohibited":
        return HOLDERS["legal"] | HOLDERS["governance_lead"]
    roles = {role for seat in case.verdict.seats for role in (seat.role, *seat.fallback)}
    return {person for role in roles for person in HOLDERS.get(role, set())}


def _all_said_yes(came: Came, line: dict[str, Any]) -> bool:
    """A yes stands on record for every seat, and all are of other people where one stands apart."""
    case = came.after[line["subject"][1]]
    if case.verdict is None or case.decision is None:
        return False
    made = [each for each in case.decisions if each.id in (case.decision.id, *case.decision.rests_on)]
    signed = {each.seat: each.signatures[-1].person for each in made}
    apart = [signed[seat.role] for seat in case.verdict.seats if seat.apart and seat.role in signed]
    return {seat.role for seat in case.verdict.seats} <= signed.keys() and all(
        list(signed.values()).count(person) == 1 for person in apart
    )


# -- who read what


def _leaks(stage: Stage, came: Came) -> Iterator[str]:
    """The words of a draft are for its writer alone."""
    drafts = {case.id: case for case in (came.before | came.after).values() if case.submitted_at is None}
    secrets = {found[0]: case for case in drafts.values() if (found := NUMBERED.search(case.words))}
    for sent in came.sent:
        reader = sent.user or sent.channel
        for secret in {
            word for text in texts(sent.content) for word in NUMBERED.findall(text)
        } & secrets.keys():
            writer = _user(stage, secrets[secret].requester)
            if writer is None or reader != writer.user:
                yield f"{reader} reads {secret} of {writer}"


# -- who was told


def _silence(stage: Stage, came: Came, payload: Any) -> Iterator[str]:
    if not isinstance(payload, dict) or payload.get("type") in (
        "event_callback",
        "view_closed",
        "block_suggestion",
    ):
        return
    user = to_who_safely(payload).user
    if not stage.front.directory.is_user(user) or came.status == 400:
        return
    there = to_press(fitting(payload)).channel
    told = came.answer or any(_reaches(sent, user, there) for sent in came.sent)
    refused = [line["what"] for line in came.lines if line["what"].endswith(".refused")]
    looked = [line for line in came.lines if line["what"] == LOOKED]
    happened = len(came.lines) > len(refused) + len(looked)
    logged = any(
        "version does not know" in r.getMessage() or "Nobody is there" in r.getMessage() for r in came.records
    )
    if refused and not told:
        yield f"{refused} and {user} hears nothing"
    elif not told and not happened and not logged and not _may_be_quiet(stage, came, payload):
        yield f"nothing came of it and {user} hears nothing"


def _reaches(sent: Sent, user: str, there: str | None) -> bool:
    """What was drawn anew, or said there, stands before whoever pressed there, though Slack names another's DM."""
    here = {CARDS, there} - {None}
    return sent.user == user or sent.channel in here or sent.method == "chat.update"


def _may_be_quiet(stage: Stage, came: Came, payload: dict[str, Any]) -> bool:
    """A repetition; a tick that waits for its [Done]; the second half of a double click on one's own question."""
    body = fitting(payload)
    press = to_press(body)
    keys = {press.key, to_submission(body).key, to_call(body).key, to_shortcut(body).key}
    if stage.done & {f"{of}{known}" for known in keys for of in ONCE}:
        return True
    if press.ts and any(key.startswith("asked:") and key.endswith(f":{press.ts}") for key in stage.done):
        return True  # what was asked for from this very answer stands in its thread
    action = press.action.partition(".")[0]
    if action in QUIET:
        return True
    try:
        about = read_press(press.element)
    except ValueError:
        return False
    case = came.before.get(about.case)
    mine = case is not None and case.talk is not None and (press.who == _user(stage, case.talk.person))
    return mine and about.turn > 0 and action in OF_A_TURN
