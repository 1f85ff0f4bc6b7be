"""Pictures of an approved use that changed: asked in a window, shown before it counts, told to everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home
from intake.answers import Answer, answered
from tests.bot.slack import scenery as s
from tests.bot.slack.bound import bound
from tests.bot.slack.patterned import patterned
from triage.case import Case, DecisionKind, Deployment, Fact, Status
from triage.changing import foreseen
from triage.covering import Cover
from triage.outcome import Outcome, Say
from triage.talk import Phase

Picture = Message | dict[str, Any]


def altered(say: Callable[[str], str]) -> dict[str, Picture]:
    calm = s.submitted()
    kind = DecisionKind.approve_with_conditions
    made = s.decision(kind, reason=say("It fits."), conditions=(say("Tell them"),))
    known = {"title": say(calm.title), "words": say(calm.words), "decisions": (made,)}
    case = calm.model_copy(update=known | {"status": Status.approved_with_conditions})
    drawn: dict[str, Picture] = {
        "window_change": screens.change_view(s.scene(case), f"{s.CASE}|3"),
        "own_card_approved": screens.render(Say.summary, s.scene(case, reader=s.ANA), {}),
    }
    team = Deployment(id="team", unit=say("People"), owner=s.CLEO, joined_at=s.NOW, accepted="d1")
    with_team = case.model_copy(update={"deployments": (team,)})
    again = with_team.model_copy(update={"decisions": (made.model_copy(update={"id": "d2"}),)})
    over = with_team.model_copy(update={"status": Status.lapsed})
    draft = s.case(s.OTTER, talk=s.talk(phase=Phase.summary))
    drawn |= {
        "summary_joinable": screens.render(Say.summary, s.scene(draft, joinable=case), {}),
        "window_join": screens.join_view(s.scene(case, reader=s.CLEO), say("People"), f"{s.CASE}|3|"),
        "show_joined": screens.show(s.scene(with_team, reader=s.CLEO)),
        "show_joinable": screens.show(s.scene(case, reader=s.CLEO)),
        "home_joined": screens.home(
            Home(
                voice=s.voice(),
                reader=s.CLEO,
                now=s.NOW,
                day=s.NOW.date(),
                joined=tuple((c, team) for c in (with_team, again, over)),
            )
        ),
    }
    drawn |= bound(say)
    drawn |= patterned(say)
    for about in ("joined", "accepted", "left"):
        facts = {"about": about, "deployment": "team"}
        drawn[f"joined_{about}"] = screens.render(Say.joined, s.scene(with_team), facts)
    ended = case.model_copy(
        update={
            "status": Status.lapsed,
            "decisions": (made.model_copy(update={"valid_until": s.NOW.date()}),),
        }
    )
    running = ended.model_copy(update={"status": Status.approved})
    reminder = {"what": f"expiry:{made.id}", "because": "own", "holder": s.ANA}
    drawn |= {
        "expiry_soon": screens.render(Say.overdue, s.scene(running, reader=s.ANA), reminder),
        "expiry_lapsed": screens.render(Say.expiry, s.scene(ended), {"decision": made.id}),
        "own_card_lapsed": screens.render(Say.summary, s.scene(ended, reader=s.ANA), {}),
        "card_lapsed": screens.render(Say.card, s.scene(ended), {}),
        "note_lapsed": screens.render(Say.card_note, s.scene(ended), {"about": "lapsed"}),
    }
    kinds: dict[str, dict[str, Answer]] = {
        "stands": {"unit": answered("People")},
        "narrows": {"data": answered("public")},
        "lapses": {"purpose": answered("Choose whom to invite")},
    }
    for name, answers in kinds.items():
        outcome, cover = foreseen(case, answers, s.ANA, s.desk())
        drawn |= {f"{what}_{name}": shown for what, shown in _told(case, outcome, cover, say).items()}
    return drawn


def _told(case: Case, outcome: Outcome, cover: Cover, say: Callable[[str], str]) -> dict[str, Picture]:
    was: Mapping[str, Answer] = case.answers
    after = outcome.case.model_copy(update={"facts": {**outcome.case.facts, **_worded(outcome.case, say)}})
    scene = s.scene(after, reader=s.ANA, approved=was)
    facts = next(notice.facts for notice in outcome.notices if notice.say is Say.changed)
    return {
        "window_changed": screens.changed_view(scene, was, cover, f"{s.CASE}|3|x|{{}}"),
        "changed": screens.render(Say.changed, scene, facts),
        "note_changed": screens.render(Say.card_note, scene, {"about": "changed", **facts}),
        "card_changed": screens.render(Say.card, scene, {}),
        "entry_changed": screens.show(scene),
    }


def _worded(case: Case, say: Callable[[str], str]) -> dict[str, Fact]:
    """What is written freely, as somebody may write it."""
    free = {q: fact for q, fact in case.facts.items() if q in ("purpose", "unit")}
    return {
        q: fact.model_copy(update={"answer": answered(say(fact.answer.text))}) for q, fact in free.items()
    }
