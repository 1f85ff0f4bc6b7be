"""Joining an approved use: offered where it fits, with what it was approved for and its conditions before the press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Home, Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.beforehand import comes_first
from bot.words import Words
from intake.answers import State
from triage.case import Case, Deployment
from triage.joining import has_accepted, may_join
from triage.tasks import before_start
from triage.teams import theirs

SHOWN, LONGEST = 20, 200
ASIDE = frozenset({"title", "owner", "unit", "stage"})
"""What each team has of its own."""


def offer(scene: Scene) -> list[b.Block]:
    """Before Submit: somebody has the same approved, so nobody needs to decide."""
    case = scene.joinable
    if case is None:
        return []
    page = scene.words.page("joined", **_facts(case), missing=_missing(scene, case))
    return [*b.sections(page["offer"]), b.actions([_join_button(scene, case, draft=scene.case.id)])]


def join_buttons(scene: Scene) -> list[b.Block]:
    """On the use itself: to join it, or for whoever has, to accept what is new and to leave."""
    case, mine = scene.case, theirs(scene.case, scene.reader)
    if mine is not None:
        return [b.actions(_own_buttons(scene.words, case, mine))]
    if not may_join(case, scene.reader, scene.desk):
        return []
    return [b.actions([_join_button(scene, case)])]


def join_view(scene: Scene, unit: str, about: str) -> dict[str, Any]:
    case, words = scene.case, scene.words
    answers = scene.approved or case.answers
    rows = [
        (name(scene, question), said(scene, question, answer, LONGEST))
        for question, answer in answers.items()
        if answer.state is State.answered and question not in ASIDE and question in scene.desk.form.by_id
    ]
    page = words.page("joined", rows=rows[:SHOWN], **_facts(case), missing=_missing(scene, case))
    drawn = [
        *b.sections(page["what"]),
        *b.sections(page["terms"]),
        b.field(Field.UNIT, words.label("field.unit"), b.typed(text=unit, longest=LONGEST, lines=False)),
    ]
    submit = words.label("submit.join")
    return modal(words, View.JOIN, words.label("modal.join"), drawn, submit=submit, about=about)


def joined(scene: Scene, facts: Mapping[str, object]) -> Message:
    """In the thread of whoever asked for it first. `facts`: about (joined, accepted, left), deployment."""
    made = next((each for each in scene.case.deployments if each.id == facts.get("deployment")), None)
    page = scene.words.page(
        "joined",
        about=str(facts["about"]),
        who=scene.voice.mention(made.owner) if made else "",
        unit=made.unit if made else "",
        **_facts(scene.case),
    )
    return message(scene.words, page["line"], b.sections(page["line"]))


def joined_rows(scene: Home) -> Iterator[list[b.Block | None]]:
    """What this person's teams use though others asked for it."""
    words = scene.voice.words
    for case, made in scene.joined:
        page = words.page(
            "joined",
            use=case.in_use,
            status=words.line(f"status.{case.status.value}"),
            anew=case.in_use and not has_accepted(case, made),
            unit=made.unit,
            first=scene.early.get(case.id, ""),
            **_facts(case),
        )
        yield [*b.sections(page["row"]), b.actions(_own_buttons(words, case, made))]


def _missing(scene: Scene, case: Case) -> list[Mrkdwn]:
    """What keeps it from being used by anybody so far."""
    if not before_start(case, scene.desk):
        return []
    return comes_first(case, scene.voice, scene.desk, scene.reader)


def _own_buttons(words: Words, case: Case, made: Deployment) -> list[b.Element]:
    title = cut(one_line(case.title or case.tool_name), 120)
    decision = case.decision.id if case.decision else ""
    row = []
    if case.in_use and not has_accepted(case, made):
        row.append((Action.ACCEPT_TERMS, Press(case.id, question=decision, choice=made.id)))
    row.append((Action.LEAVE, Press(case.id, choice=made.id)))
    return [
        b.button(
            act,
            words.label(f"button.{act.value}"),
            to_value(press),
            spoken=words.label("spoken.act", act=words.label(f"button.{act.value}"), what=title),
        )
        for act, press in row
    ]


def _join_button(scene: Scene, case: Case, draft: str = "") -> b.Element:
    label = scene.words.label("button.join")
    return b.button(Action.JOIN, label, to_value(Press(case.id, choice=draft)))


def _facts(case: Case) -> dict[str, object]:
    decision = case.decision
    return {
        "title": case.title or case.tool_name,
        "ref": case.ref or "",
        "conditions": decision.conditions if decision else (),
    }
