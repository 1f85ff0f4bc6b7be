"""One use as the register knows it, and why it was judged as it was: folded away until somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Field, View
from bot.slack.message import Message, message, modal
from bot.slack.scene import Scene
from bot.slack.screens import verdicts as v
from bot.slack.screens.answers import gap_line, label, name, question_of, said
from bot.slack.screens.outcome import decision_facts
from bot.slack.screens.summary import verdict_facts
from intake.answers import State
from triage.verdict import PolicyUsed, Reason, Verdict

ANSWERS, LONGEST, REASONS, DUTIES = 40, 600, 12, 5


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
    return scene.words.page(
        "entry",
        **verdict_facts(scene),
        **decision_facts(scene),
        unit=case.unit,
        owner=scene.voice.mention(case.owner) if case.owner else "",
        answers=[
            (name(scene, q), said(scene, q, longest=LONGEST))
            for q, fact in case.facts.items()
            if question_of(scene, q) and fact.answer.state is not State.not_applicable and q not in ABOVE
        ][:ANSWERS],
    )


def policy_title(scene: Scene, used: PolicyUsed) -> str:
    """The name people know a policy by; its id where it is no longer in force."""
    return next((p.title for p in scene.desk.book.policies if p.name == used.name), used.name)


def _blocks(scene: Scene, page: Any) -> list[b.Block | None]:
    parts = ("status", "decision", "verdict", "open", "answers")
    return [b.section(page[part]) if page[part] else None for part in parts]


def reasons_view(scene: Scene) -> dict[str, Any]:
    """Every result, every rule that holds with its source, what is open, and what is due."""
    words, verdict = scene.words, scene.case.verdict
    drawn: list[b.Block | None] = []
    if verdict is None:
        drawn.append(b.section(words.line("bounds.unknown")))
    else:
        page = words.page(
            "reasons",
            results=[
                (words.line(f"result.{result}"), _standing(scene, verdict, result)) for result in v.LEVELS
            ],
            gaps=[gap_line(scene, gap) for gap in verdict.gaps],
            policies=[(policy_title(scene, policy), policy.version) for policy in verdict.policies],
        )
        drawn += [b.section(page["results"]), b.divider()]
        drawn += [b.section(text) for text in _reasons(scene, verdict)]
        drawn.append(b.section(page["open"]) if page["open"] else None)
        drawn += [b.section(text) for text in _duties(scene, verdict)]
        drawn.append(b.context(page["policies"]))
    return modal(words, View.REASONS, words.label("modal.reasons"), drawn)


def _standing(scene: Scene, verdict: Verdict, result: str) -> Mrkdwn:
    return v.standing(scene.words, result, verdict.results[result], v.movers(verdict, result))


def _reasons(scene: Scene, verdict: Verdict) -> Iterator[Mrkdwn]:
    """Of each result first what lifts it to where it is, with its source; then what holds besides."""
    besides: list[Reason] = []
    for result, levels in v.LEVELS.items():
        floor = verdict.results[result].floor
        found = [r for r in verdict.reasons if r.result == result]
        for reason in (r for r in found if r.level == floor):
            yield scene.words.page("reason", reason=reason, facts=list(_facts(scene, reason)))["line"]
        besides += [r for r in found if r.level != floor and str(r.level) != levels[0]]
    if besides:
        yield scene.words.page("besides", reasons=besides[:REASONS])["line"]


def _duties(scene: Scene, verdict: Verdict) -> Iterator[Mrkdwn]:
    """What the law asks today, then what it will ask; a section holds only so many."""
    for owed, coming in ((verdict.duties_today, False), (verdict.duties_coming, True)):
        for start in range(0, len(owed), DUTIES):
            some = owed[start : start + DUTIES]
            yield scene.words.page("duties", duties=some, coming=coming, first=start == 0)["list"]


def _facts(scene: Scene, reason: Reason) -> Iterator[tuple[str, str]]:
    levels = v.LEVELS.get(reason.result, ())
    if levels and str(reason.level) == levels[0]:
        return  # that nothing lifts it needs no list of everything that does not
    for question, value in reason.facts.items():
        if question_of(scene, question) is None:
            continue
        picked = (value,) if isinstance(value, str) else value
        yield name(scene, question), ", ".join(label(scene, question, choice) for choice in picked)


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
        submit=words.label("button.send"),
        about=scene.case.id,
    )
