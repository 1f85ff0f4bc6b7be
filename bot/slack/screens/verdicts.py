"""A judgement in plain words: never a bare number, never floor and ceiling, one reason before all others."""

from __future__ import annotations

from datetime import datetime

from bot.markup import Mrkdwn
from bot.slack.scene import Scene
from bot.words import Words
from intake.answers import Answers
from triage.case import Case, Status
from triage.ended import OVER, ended_by
from triage.lifecycle import WAITING
from triage.own import OWN
from triage.phased import is_recorded
from triage.running import held_back
from triage.seats import PROHIBITED_ROLE
from triage.standing import due_by, is_prohibited
from triage.verdict import Bounds, Reason, Verdict
from triage.whereabouts import is_in_use

LEVELS: dict[str, tuple[str, ...]] = {
    "tier": ("1", "2", "3", "4"),
    "eu": ("out_of_scope", "minimal", "limited", "high", "prohibited"),
    "dpia": ("not_indicated", "ask_dpo", "presumed", "mandatory"),
    "iso_impact": ("rationale", "screening", "full"),
}
"""The scales people are told about, mildest first."""

NOT_NOW = {
    "withdrawn": "until.withdrawn",
    "overseer": "until.overseer",
    "past": "until.past",
    "condition": "until.condition",
    "lapsed": "until.lapsed",
}
HEAVY = ("presumed", "mandatory")
FRIA = "fria_required"
OF_EVERY_USE = "eu-duty-literacy"
"""It holds whatever is decided, so it says nothing of this use."""


def standing(words: Words, result: str, bounds: Bounds, answers: int, of: int = 0) -> Mrkdwn:
    """Where a result stands; `answers` is how many open questions, of so many that are open, can still move it."""
    floor, ceiling = str(bounds.floor), str(bounds.ceiling)
    if floor == ceiling:
        return words.line(f"{result}.{floor}")
    levels = LEVELS[result]
    first = levels.index(floor)
    low = words.line(f"tier.{floor}" if result == "tier" else f"{result}_name.{floor}")
    # A risk is at least low; that an assessment is "at least not needed" says nothing.
    lowest = floor == levels[0] and result != "tier"
    # "So far" says already that it may stay so; of what is at least medium the whole range is named.
    named = levels[first + 1 if lowest else first : levels.index(ceiling) + 1]
    higher = words.listed((words.line(f"{result}_name.{level}") for level in named), "or")
    if not answers:
        return words.line(
            "bounds.lowest_unanswered" if lowest else "bounds.unanswered", floor=low, higher=higher
        )
    key = "bounds.lowest" if lowest else "bounds.open"
    if of > answers:
        key = "bounds.lowest_of" if lowest else "bounds.open_of"
    return words.line(key, floor=low, higher=higher, count=answers, of=of)


def movers(verdict: Verdict, result: str) -> int:
    return sum(result in gap.bounds for gap in verdict.gaps)


def tier(scene: Scene) -> Mrkdwn:
    verdict = scene.case.verdict
    if verdict is None:
        return scene.words.line("bounds.unknown")
    bounds, open_ones = verdict.results["tier"], len(verdict.gaps)
    by_rule = standing(scene.words, "tier", bounds, movers(verdict, "tier"), open_ones)
    if verdict.tier == verdict.results["tier"]:
        return by_rule
    return scene.words.line("tier_set", tier=standing(scene.words, "tier", verdict.tier, 0), rules=by_rule)


def eu(scene: Scene) -> Mrkdwn:
    verdict = scene.case.verdict
    if verdict is None:
        return scene.words.line("bounds.unknown")
    return standing(scene.words, "eu", verdict.results["eu"], movers(verdict, "eu"), len(verdict.gaps))


def is_stopped(case: Case) -> bool:
    """Whether it may be a forbidden practice for sure, so that it waits for Legal."""
    return is_prohibited(case)


def main_reason(verdict: Verdict) -> Reason | None:
    """The one that lifts the risk to where it is at least; else the first there is."""
    for result in ("tier", "eu"):
        floor = verdict.results[result].floor
        if found := next((r for r in verdict.reasons if r.result == result and r.level == floor), None):
            return found
    return verdict.reasons[0] if verdict.reasons else None


def because(scene: Scene) -> str:
    reason = main_reason(scene.case.verdict) if scene.case.verdict else None
    if reason is None:
        return ""
    theirs = f" ({scene.words.label('rules.theirs')})" if reason.policy == OWN else ""
    return f"{reason.because}{theirs}"


def weighs(scene: Scene) -> list[Mrkdwn]:
    """What whoever decides must not overlook: assessments that are needed for sure, and what the law asks today."""
    words, verdict = scene.words, scene.case.verdict
    if verdict is None:
        return []
    dpia = str(verdict.results["dpia"].floor)
    found = [words.line(f"dpia.{dpia}")] if dpia in HEAVY else []
    if FRIA in verdict.flags:
        found.append(words.line("weighs.fria"))
    own = [owed for owed in verdict.duties_today if owed.duty != OF_EVERY_USE]
    if own:
        found.append(words.line("weighs.duties", count=len(own)))
    return found


def due(scene: Scene) -> datetime | None:
    """When a decision is due; for a draft, when it would be if it were submitted now."""
    case, desk = scene.case, scene.desk
    if case.status is not Status.draft or case.due_at is not None or case.verdict is None:
        return case.due_at
    return due_by(case, desk)


def until_then(scene: Scene) -> Mrkdwn:
    """What the requester may do while nobody has decided."""
    words, allowed = scene.words, [use for use in scene.uses if use.status.value.startswith("approved")]
    runs = is_in_use(scene.case)
    if is_stopped(scene.case):
        key = "until.stopped_in_use" if runs else "until.stopped"
        return words.line(key, who=words.line(f"role.{PROHIBITED_ROLE}"))
    if scene.case.status in WAITING | OVER and (why := ended_by(scene.case, scene.desk.day)):
        return words.line(NOT_NOW[why])
    if scene.case.decision is not None and scene.case.status in WAITING:
        return words.line("until.as_approved")
    if allowed:
        tool = scene.case.tool_name or words.label("until.it")
        return words.line("until.like", tool=tool, title=allowed[0].title, ref=allowed[0].ref or "")
    return as_it_runs(words, scene.case.answers) if runs else words.line("until.wait")


def as_it_runs(words: Words, answers: Answers) -> Mrkdwn:
    """What holds for a use that runs already, until somebody has decided."""
    out = [words.line(f"until.data.{kind}") for kind in held_back(answers)]
    key = "until.in_use_without" if out else "until.in_use"
    return words.line(key, data=words.listed(out, "or"))


def recorded(scene: Scene) -> str:
    """From which day on it is decided, where the roll-out only records it until then; "soon" where that has come."""
    case = scene.case
    if not (is_recorded(case) or case.status is Status.draft):
        return ""
    if scene.until is not None:
        return scene.words.day(scene.until)
    return scene.words.label("phase.soon") if is_recorded(case) else ""
