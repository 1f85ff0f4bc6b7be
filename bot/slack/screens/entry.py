"""One use as the register knows it, and the window in which a reviewer is answered."""

from __future__ import annotations

from typing import Any

from bot import scoping
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import View
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens.announcing import announce_button
from bot.slack.screens.answers import name, question_of, said
from bot.slack.screens.assess import assess_buttons, figures
from bot.slack.screens.card import of_supplier
from bot.slack.screens.changed import change_button, since_approval
from bot.slack.screens.conditions import fulfil_button
from bot.slack.screens.confiding import readers_button
from bot.slack.screens.dossiers import dossier_button
from bot.slack.screens.incident_windows import report_button as report_incident
from bot.slack.screens.joined import join_buttons
from bot.slack.screens.measured import plan_button, readings_button, watched_facts
from bot.slack.screens.needs import needed
from bot.slack.screens.onward import running_buttons
from bot.slack.screens.outcome import decision_facts
from bot.slack.screens.reported import report_button
from bot.slack.screens.reviewed import next_line, review_button
from bot.slack.screens.risks import risks_button
from bot.slack.screens.summary import verdict_facts
from intake.answers import State
from triage.aims.seeing import may_read_risks
from triage.aims.sifting import USE
from triage.dossiers import oversees
from triage.ended import has_ended
from triage.lifecycle import FINAL, WAITING
from triage.teams import standing
from triage.whereabouts import stage_named

ANSWERS, LONGEST, TEAMS = 40, 600, 10


def show(scene: Scene) -> Message:
    page = _page(scene)
    return message(scene.words, page["text"], [b.header(_title(scene)), *_blocks(scene, page)])


def entry_view(scene: Scene) -> dict[str, Any]:
    return modal(scene.words, View.ENTRY, scene.case.ref or scene.words.label("modal.entry"), _all(scene))


def _all(scene: Scene) -> list[b.Block | None]:
    return [b.header(_title(scene)), *_blocks(scene, _page(scene))]


def _title(scene: Scene) -> str:
    return scene.case.title or scene.case.tool_name or scene.words.label("modal.entry")


ABOVE = frozenset({"title", "owner", "unit", "tool"})
"""Named in the lines above the answers already."""


def _page(scene: Scene) -> Any:
    case = scene.case
    above = ABOVE | ({"stage"} if case.stage_moves else set())
    return scene.words.page(
        "entry",
        **verdict_facts(scene),
        **decision_facts(scene),
        unit=case.unit,
        owner=scene.voice.mention(case.owner) if case.owner else "",
        moved=since_approval(scene),
        holds=not has_ended(case, scene.desk.day),
        waits=case.status in WAITING,
        over=case.status in FINAL,
        needed=needed(scene),
        stage=stage_named(scene.case) if scene.case.stage_moves else "",
        reported=len(case.reports),
        supplier=of_supplier(scene),
        scoped=scoping.line(scene.words, scene.scoped) if oversees(scene.reader, scene.desk) else "",
        **watched_facts(scene),
        teams=[(each.unit, scene.voice.mention(each.owner)) for each in standing(case)][:TEAMS],
        more_teams=max(0, len(standing(case)) - TEAMS),
        assessed=[
            {"title": each.title, **figures(scene.words, each.name, each.finding, each.standing)}
            for each in scene.assessed
        ],
        answers=[
            (name(scene, q), said(scene, q, longest=LONGEST))
            for q, fact in case.facts.items()
            if question_of(scene, q) and fact.answer.state is not State.not_applicable and q not in above
        ][:ANSWERS],
    )


def _blocks(scene: Scene, page: Any) -> list[b.Block | None]:
    parts = (
        "status",
        "decision",
        "supplier",
        "since",
        "watched",
        "needs",
        "verdict",
        "open",
        "assessed",
        "answers",
    )
    drawn = {part: list(b.sections(page[part])) for part in parts}
    drawn["assessed"] += _to_assess(scene)
    drawn["since"] += join_buttons(scene)
    drawn_buttons = (
        review_button,
        change_button,
        fulfil_button,
        announce_button,
        dossier_button,
        report_button,
        readers_button,
    )
    watching = [each for draw in (readings_button, plan_button) if (each := draw(scene))]
    drawn["watched"] += [b.actions(watching)] if watching else []
    if line := next_line(scene):
        drawn["since"].append(b.context(line))
    buttons = [each for draw in drawn_buttons if (each := draw(scene))]
    if scene.case.ref and may_read_risks(scene.reader, scene.desk):
        buttons.append(risks_button(scene.words, f"{USE}:{scene.case.ref}"))
    if report_button(scene):
        buttons.append(report_incident(scene.words, scene.case.id))
    drawn["since"] += [b.actions(buttons)] if buttons else []
    row = running_buttons(scene)
    drawn["needs"] += [b.actions(row)] if row else []
    return [block for part in parts for block in drawn[part]]


def _to_assess(scene: Scene) -> list[b.Block]:
    row = assess_buttons(scene) if any(each.may for each in scene.assessed) else []
    return [b.actions(row)] if row else []


def answer_view(scene: Scene) -> dict[str, Any]:
    """A reviewer's question, to be answered in a window."""
    words, waiting = scene.words, scene.case.inquiry
    page = words.page(
        "inquiry",
        by=scene.voice.mention(waiting.asked_by) if waiting else "",
        asked=waiting.question if waiting else "",
        ref=scene.case.ref or "",
    )
    drawn = [
        b.section(page["asked"]),
        b.field(Field.WORDS, words.label("field.answer"), b.typed()),
    ]
    return modal(
        words,
        View.ANSWER,
        words.label("modal.answer"),
        drawn,
        submit=words.label("button.answer"),
        about=scene.case.id,
    )
