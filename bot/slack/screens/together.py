"""Several questions in one message, where the usual answer is that nothing applies: one press denies them all."""

from __future__ import annotations

from bot.markup import Mrkdwn, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import ask, label, question_of, said
from bot.slack.screens.consulted import suggested
from intake.form import Kind
from triage.consulting import Suggestion
from triage.listed import points


def together(
    scene: Scene, press: Press, also: tuple[str, ...], progress: Mrkdwn, ways_out: b.Block
) -> Message:
    """Each with its list in full, so that nobody denies what they did not see; Slack folds longer paragraphs."""
    words = scene.words
    questions = (press.question, *also)
    asked = [found for each in questions if (found := question_of(scene, each)) is not None]
    numbered = list(enumerate(points(scene.case, questions, scene.desk), 1))
    told = [
        (
            ask(scene, q.id),
            [(number, label(scene, *point)) for number, point in numbered if point[0] == q.id],
            scene.desk.wording.help(q.id) if q.kind is Kind.one else "",
        )
        for q in asked
    ]
    first = sum(point[0] == press.question for _, point in numbered)
    read = [(said(scene, s.question, s.answer), one_line(s.because)) for s in _suggested(scene, questions)]
    page = words.page("together", progress=progress, asked=told, example=f"2, {first + 1}", read=read)
    lists = [
        words.page("together", progress=progress, asked=[each], example="", read=())["lists"] for each in told
    ]
    parts = [b.section(page["head"]), *(b.section(each) for each in lists)]
    parts += [b.section(page["suggestion"])] if read else []
    return message(
        words,
        page["text"],
        [*parts, b.actions(all_or_singly(scene, press)), b.context(page["typing"]), ways_out],
    )


def _suggested(scene: Scene, questions: tuple[str, ...]) -> list[Suggestion]:
    """What a model read of any of them is named before somebody denies all."""
    return [found for each in questions if (found := suggested(scene, each)) is not None]


def all_or_singly(scene: Scene, press: Press) -> list[b.Element]:
    return [
        b.button(Action.NONE_OF_ALL, scene.words.label("button.none_of_all"), to_value(press)),
        b.button(Action.SINGLY, scene.words.label("button.singly"), to_value(press)),
    ]
