"""What is still open, and who can end it: who was asked and since when, or who will be."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import Mrkdwn
from bot.slack.scene import Scene
from bot.slack.screens.answers import ask_alone, holders, question_of
from bot.words import upfirst
from intake.answers import NOT_ASKED, State
from triage.case import Referral, Status
from triage.referring import THEIRS, is_own, last_asked, role_for, whom_to_ask
from triage.verdict import Gap


def open_points(scene: Scene, gaps: Sequence[Gap], most: int) -> dict[str, object]:
    """What is open, each with who can end it; said once where it is the same for all."""
    alike = len(gaps) > 1 and len({_ending(scene, gap, 1) for gap in gaps}) == 1
    asked = [(gap, ask_alone(scene, gap.question)) for gap in gaps[:most]]
    lines = [
        ask if alike else scene.words.line("gap.line", ask=ask, ending=_ending(scene, gap, 1))
        for gap, ask in asked
    ]
    return {
        "gaps": lines,
        "gaps_ending": _ending(scene, gaps[0], len(gaps)) if alike else "",
        "more_gaps": max(0, len(gaps) - most),
    }


def goes_to(scene: Scene, question: str) -> Mrkdwn:
    """Who is asked what somebody is not sure of, once the request is handed in; empty for nobody else."""
    known, case = question_of(scene, question), scene.case
    unsure = case.answers.get(question, NOT_ASKED).state is State.unsure
    if known is None or known.settled_by in THEIRS or not unsure or case.status is not Status.draft:
        return Mrkdwn("")
    to = whom_to_ask(case, question, known.settled_by, scene.desk)
    return role_title(scene, to) if to else Mrkdwn("")


def role_title(scene: Scene, role: str) -> Mrkdwn:
    return scene.words.line(f"role.{role}") if scene.words.has(f"role.{role}") else Mrkdwn(role)


def _ending(scene: Scene, gap: Gap, count: int) -> Mrkdwn:
    """The sentence behind an open question."""
    words, case = scene.words, scene.case
    role, asked = role_for(gap, case, scene.desk), last_asked(case, gap.question)
    if role and asked is not None:
        return _since(scene, asked)
    if role and case.status is Status.draft:
        to = whom_to_ask(case, gap.question, role, scene.desk)
        if to == role:
            return words.line("gap.will", who=upfirst(role_title(scene, to)))
        key = "gap.will_instead" if to else "gap.nobody"
        return words.line(key, role=role_title(scene, role), who=role_title(scene, to))
    return words.line("gap.can", who=upfirst(holders(scene, gap.who)), count=count)


def _since(scene: Scene, asked: Referral) -> Mrkdwn:
    words, at = scene.words, scene.words.moment(asked.asked_at)
    if not asked.open:
        return words.line("gap.lost", by=upfirst(who_said(scene, asked)))
    who = role_title(scene, asked.role)
    before = before_it(scene, asked)
    if before is not None:
        return words.line("gap.asked_next", by=upfirst(who_said(scene, before)), who=who, at=at)
    if asked.instead_of:
        return words.line("gap.asked_instead", role=role_title(scene, asked.instead_of), who=who, at=at)
    return words.line("gap.asked", who=upfirst(who), at=at)


def before_it(scene: Scene, asked: Referral) -> Referral | None:
    """Who was asked the same before, and did not know."""
    same = [r for r in scene.case.referrals if r.question == asked.question and r.state == "unsure"]
    return same[-1] if same else None


def who_said(scene: Scene, asked: Referral) -> Mrkdwn:
    """By name, with the role if that is why they were asked."""
    if asked.by is None:
        return role_title(scene, asked.role)
    if not scene.desk.holds(asked.by, asked.role) or is_own(scene.case, asked.by, scene.desk):
        return scene.voice.mention(asked.by)
    role = scene.words.line(f"role_name.{asked.role}")
    return scene.words.line("who.person_role", person=scene.voice.mention(asked.by), role=role)
