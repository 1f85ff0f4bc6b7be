"""Several questions in one message, where the usual answer is that nothing applies: one press denies them all."""

from __future__ import annotations

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens import choices as c
from bot.slack.screens.answers import ask, label, question_of
from intake.form import Kind, Question


def together(
    scene: Scene, press: Press, also: tuple[str, ...], progress: Mrkdwn, ways_out: b.Block
) -> Message:
    """Each with its list in full, so that nobody denies what they did not see; Slack folds longer paragraphs."""
    words = scene.words
    asked = [found for each in (press.question, *also) if (found := question_of(scene, each)) is not None]
    told = [(ask(scene, q.id), _list(scene, q), scene.desk.wording.help(q.id)) for q in asked]
    page = words.page("together", progress=progress, asked=told)
    lists = [words.page("together", progress=progress, asked=[each])["lists"] for each in told]
    parts = [b.section(page["head"]), *(b.section(each) for each in lists)]
    return message(
        words,
        page["text"],
        [*parts, b.actions(all_or_singly(scene, press)), b.context(page["typing"]), ways_out],
    )


def all_or_singly(scene: Scene, press: Press) -> list[b.Element]:
    return [
        b.button(Action.NONE_OF_ALL, scene.words.label("button.none_of_all"), to_value(press)),
        b.button(Action.SINGLY, scene.words.label("button.singly"), to_value(press)),
    ]


def _list(scene: Scene, question: Question) -> list[str]:
    """What would apply; a question for a yes or a no says it itself."""
    if question.kind is Kind.one:
        return []
    return [label(scene, question.id, x) for x in c.offered(scene, question) if x != question.none]
