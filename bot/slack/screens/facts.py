"""Facts that are missing of somebody's uses: asked in one window, the same of several once, shown before they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.form import field_of
from triage.case import Case
from triage.missing import Asked, asked_for

NAMED = 5
"""So many uses are named; of more there is the number."""
NEWS, SHORT = 5, 200
"""So much is shown of what else was said of a use, each no longer than this."""


def facts_button(scene: Scene) -> b.Element | None:
    if not asked_for(scene.case, scene.desk):
        return None
    value = to_value(Press(case=scene.case.id))
    return b.button(Action.GIVE_FACTS, scene.words.label("button.give_facts"), value, style="primary")


def missing_names(scene: Scene) -> list[str]:
    """In short, what is missing."""
    return [scene.desk.wording.short(gap.question) for gap in asked_for(scene.case, scene.desk)]


def facts_view(scene: Scene, asked: Sequence[Asked], about: str) -> dict[str, Any]:
    """`scene`: of any of them; nothing that one is known to answer stands in a field that is for others as well."""
    words, drawn = scene.words, list[b.Block | None]()
    all_of = {case.id: case for each in asked for case in each.cases}
    drawn.append(
        b.section(words.line("facts.intro", count=len(all_of), uses=_uses(scene, list(all_of.values()))))
    )
    for each in asked:
        bare = each.cases[0].model_copy(update={"talk": None, "facts": {}})
        drawn.append(field_of(scene.but(case=bare), scene.desk.form.by_id[each.question]))
        if len(each.cases) < len(all_of):
            drawn.append(b.context(words.line("facts.only", uses=_uses(scene, each.cases))))
    return modal(
        words, View.FACTS, words.label("modal.facts"), drawn, submit=words.label("submit.facts"), about=about
    )


def facts_shown_view(
    scene: Scene,
    effects: Mapping[str, str],
    cases: Mapping[str, Case],
    about: str,
    since: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """What follows for each, before it counts. `since`: what else was said, where that has to be shown first."""
    words, lines = scene.words, list[Mrkdwn]()
    for id, effect in sorted(effects.items()):
        lines.append(words.line(f"facts.effect.{effect}", use=_name(scene, cases[id])))
        held = scene.but(case=cases[id])
        news = [
            words.line("facts.news", name=name(held, each), said=said(held, each, longest=SHORT))
            for each in (since or {}).get(id, ())
        ]
        lines += news[:NEWS]
    intro = words.line("facts.follows" if since is None else "facts.follows_since")
    drawn = [b.section(intro), *b.sections(Mrkdwn("\n".join(lines)))]
    submit = words.label("submit.facts_shown")
    return modal(words, View.FACTS_SHOWN, words.label("modal.facts"), drawn, submit=submit, about=about)


def _uses(scene: Scene, cases: Sequence[Case]) -> Mrkdwn:
    words = scene.words
    named = [_name(scene, case) for case in cases[:NAMED]]
    more = len(cases) - NAMED
    return words.listed([*named, words.line("facts.more", count=more)] if more > 0 else named)


def _name(scene: Scene, case: Case) -> Mrkdwn:
    title, ref = case.title or case.tool_name, case.ref or case.source_id or ""
    return scene.words.line("facts.use", title=title, ref=ref)
