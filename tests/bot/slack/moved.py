"""Pictures of what two people settle beside the rules, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Scene
from intake.answers import answered
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import FINDER, Picture
from triage.case import Case
from triage.commands import Command
from triage.decide import decide
from triage.motions import ConfirmProhibited, Matter, OpposeMotion, PutMotion, SecondMotion
from triage.movable import waiting
from triage.moved import BY_THE_RULES
from triage.outcome import Say

DESK = s.desk(
    roles={
        "reviewer": frozenset({s.BEN}),
        "risk_owner": frozenset({s.BEN, s.CLEO}),
        "legal": frozenset({s.CLEO}),
        "privacy": frozenset({s.CLEO}),
    }
)
RANKS = FINDER | {"influence": answered("one_input"), "worst": answered("material_loss")}
READS = s.HIRING | {"red_flag": answered("emotion_work_school")}


def moved(say: Callable[[str], str]) -> dict[str, Picture]:
    bare, marked = s.submitted(RANKS), s.submitted(READS)
    tier, risk = _put(say, bare, Matter.tier, "2"), _put(say, bare, Matter.risk, "")
    ban = _put(say, marked, Matter.practice, "emotion_work_school")
    set_tier = _second(say, tier)
    back = _put(say, set_tier, Matter.tier, BY_THE_RULES)
    cases = {
        "tier_put": tier,
        "tier_set": set_tier,
        "tier_back": back,
        "tier_again": _second(say, back),
        "risk_put": risk,
        "risk_accepted": _second(say, risk),
        "ban_put": ban,
        "ban_left_out": _second(say, ban),
        "opposed": _oppose(say, tier),
    }
    cases = {name: case.model_copy(update={"title": say(case.title)}) for name, case in cases.items()}
    drawn: dict[str, Picture] = {
        f"card_{name}": screens.render(Say.card, _scene(case), {}) for name, case in cases.items()
    }
    drawn |= {f"note_{name}": _note(case) for name, case in cases.items()}
    gone = {"about": "motion_gone"}
    drawn |= {
        f"note_gone_{matter}": screens.render(Say.card_note, _scene(bare), gone | {"matter": matter})
        for matter in ("tier", "practice")
    }
    no = decide(
        marked,
        ConfirmProhibited(
            actor=s.CLEO, key="no", case=s.CASE, reason=say("It reads moods at work.") or "None."
        ),
        DESK,
    ).case
    drawn |= {
        "card_marked": screens.render(Say.card, _scene(marked), {}),
        "card_forbidden": screens.render(Say.card, _scene(no), {}),
        "told_forbidden": screens.render(Say.decided, _scene(no), {}),
        "own_card_tier_set": screens.render(Say.summary, _scene(cases["tier_set"]), {}),
    }
    return drawn | _windows(bare, marked, cases)


def _windows(bare: Case, marked: Case, cases: dict[str, Case]) -> dict[str, Picture]:
    waits = waiting(cases["tier_put"], DESK)[-1]
    return {
        "window_tier": screens.put_view(_scene(bare), Matter.tier),
        "window_tier_back": screens.put_view(_scene(cases["tier_set"]), Matter.tier),
        "window_risk": screens.put_view(_scene(bare), Matter.risk),
        "window_practice": screens.put_view(_scene(marked), Matter.practice),
        "window_agree": screens.second_view(_scene(cases["tier_put"]), waits),
        "window_not_agree": screens.oppose_view(_scene(cases["tier_put"]), waits),
        "window_forbidden": screens.prohibited_view(_scene(marked)),
    }


def _scene(case: Case) -> Scene:
    return s.scene(case, desk=DESK, uses=())


def _note(case: Case) -> Message | dict[str, Any]:
    last = case.decisions[-1]
    return screens.render(Say.card_note, _scene(case), {"about": last.kind.value, "motion": last.id})


def _after(case: Case, command: Command) -> Case:
    return decide(case, command, DESK).case


def _put(say: Callable[[str], str], case: Case, matter: Matter, value: str) -> Case:
    until = DESK.day + timedelta(days=90) if matter is Matter.risk else None
    told = {"matter": matter, "value": value, "reason": say("It compares names.") or "None.", "until": until}
    return _after(
        case, PutMotion.model_validate({"actor": s.CLEO, "key": f"put-{value}", "case": s.CASE, **told})
    )


def _second(say: Callable[[str], str], case: Case) -> Case:
    motion, added = case.decisions[-1].id, say("I looked at it.")
    return _after(
        case,
        SecondMotion(actor=s.BEN, key=f"second-{motion}", case=s.CASE, motion=motion, reason=added),
    )


def _oppose(say: Callable[[str], str], case: Case) -> Case:
    motion = case.decisions[-1].id
    return _after(
        case, OpposeMotion(actor=s.BEN, key="no", case=s.CASE, motion=motion, reason=say("It ranks people."))
    )
