"""One question, one message: what is asked, what was read already, how to answer, and the ways out."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_block_id, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens import choices as c
from bot.slack.screens.answers import ask, heard_in, name, question_of, said
from bot.slack.screens.changing import changing
from bot.slack.screens.consulted import suggested, suggestion_button
from bot.slack.screens.gaps import goes_to
from bot.slack.screens.pairing import beside_question
from bot.slack.screens.together import together
from intake.answers import State
from intake.form import Kind, Question
from triage.interview import UNSURE_BEFORE_OFFER

MORE = (Action.PAUSE, Action.USE_FORM, Action.HELP, Action.HAND_OVER, Action.CANCEL)


def question(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: turn, question, and `open` once "Several of these" was pressed."""
    return beside_question(scene, _asked(scene, facts))


def _asked(scene: Scene, facts: Mapping[str, object]) -> Message:
    asked, turn = str(facts["question"]), int(str(facts["turn"]))
    found = question_of(scene, asked)
    if found is None:
        return message(scene.words, scene.words.line("old_question"))
    press = Press(case=scene.case.id, turn=turn, question=asked)
    if (change := changing(scene, press)) is not None:
        return change
    if also := _also(scene, turn):
        return together(scene, press, also, progress(scene), _ways_out(scene, press))
    offered = c.offered(scene, found)
    opened = bool(facts.get("open"))
    listed = c.in_full(scene, found, offered, opened=opened)
    proposal = scene.case.talk.proposal(asked) if scene.case.talk else None
    read = said(scene, asked, proposal.answer) if proposal else Mrkdwn("")
    suggestion = suggested(scene, asked)
    page = scene.words.page(
        "question",
        suggested=said(scene, asked, suggestion.answer) if suggestion else "",
        quote=one_line(suggestion.because) if suggestion else "",
        ask=ask(scene, asked),
        help=scene.desk.wording.help(asked),
        progress=progress(scene),
        choices=c.numbered(scene, found, offered),
        listed=listed,
        read=read,
        because=heard_in(proposal, read) if proposal else "",
        typing=_typing(scene, found, opened),
        offer=unsure_count(scene) >= UNSURE_BEFORE_OFFER,
    )
    drawn: list[b.Block | None] = [b.section(page["head"])]
    if listed:
        drawn.append(b.section(page["list"]))
    if proposal:
        use = b.button(
            Action.USE_PROPOSAL, scene.words.label("button.use_proposal"), to_value(press), style="primary"
        )
        drawn += [b.section(page["proposal"]), b.actions([use])]
    elif suggestion:
        drawn += [b.section(page["suggestion"]), b.actions([suggestion_button(scene, press, suggestion)])]
    drawn += c.elements(scene, found, press, offered, opened=opened)
    drawn.append(b.context(page["typing"]))
    if unsure_count(scene) >= UNSURE_BEFORE_OFFER:
        hand = b.button(Action.HAND_OVER, scene.words.label("button.hand_over"), to_value(press))
        drawn += [b.section(page["offer"]), b.actions([hand])]
    drawn.append(_ways_out(scene, press))
    return message(scene.words, page["text"], drawn)


def _also(scene: Scene, turn: int) -> tuple[str, ...]:
    """What is asked in the same message."""
    talk = scene.case.talk
    return next((asked.also for asked in (talk.asked if talk else ()) if asked.turn == turn), ())


def question_list(scene: Scene) -> Message:
    """The open question with its list to tick, after "Several of these"."""
    current = scene.case.talk.current if scene.case.talk else None
    if current is None:
        return message(scene.words, scene.words.line("old_question"))
    return question(scene, {"turn": current.turn, "question": current.question, "open": True})


def partly(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: turn, rest. What parts of an answer may mean, confirmed in one press; else the question again.

    `over`: the question was settled since, and nothing is left to press.
    """
    talk, words = scene.case.talk, scene.words
    if facts.get("over"):
        over = words.line("offer_over")
        return message(words, over, [b.section(over)])
    asked = next((a.question for a in (talk.asked if talk else ()) if a.turn == facts["turn"]), "")
    proposal = talk.proposal(asked) if talk else None
    if proposal is None:
        return message(words, words.line("old_question"))
    page = words.page("partly", read=said(scene, asked, proposal.answer), rest=str(facts["rest"]))
    press = Press(case=scene.case.id, turn=int(str(facts["turn"])), question=asked)
    row = [
        b.button(Action.USE_PROPOSAL, words.label("button.that_is_all"), to_value(press), style="primary"),
        b.button(Action.RESUME, words.label("button.show_list"), to_value(Press(case=scene.case.id))),
    ]
    return message(words, page["line"], [b.section(page["line"]), b.actions(row)])


def progress(scene: Scene) -> Mrkdwn:
    """How much is left, in words; the open question counts. Both ends are said, so that no answer breaks a promise."""
    least, most = max(scene.left[0], 1), max(scene.left[1], 1)
    if least == most:
        return scene.words.line("progress.exactly", count=most)
    return scene.words.line("progress.between", least=least, most=most)


def unsure_count(scene: Scene) -> int:
    return sum(answer.state is State.unsure for answer in scene.case.answers.values())


def _typing(scene: Scene, found: Question, opened: bool) -> Mrkdwn:
    key = "numbers" if found.kind is Kind.many and not opened else found.kind.value
    return scene.words.line(f"typing.{key}")


def _ways_out(scene: Scene, press: Press) -> b.Block:
    """The same row under every question, so that nobody has to look for it."""
    words, value = scene.words, to_value(press)
    row = [
        b.button(action, words.label(f"button.{action.value}"), value)
        for action in (Action.BACK, Action.SKIP, Action.WHY)
    ]
    more = [b.option(words.label(f"button.{action.value}"), action.value) for action in MORE]
    return b.actions([*row, b.overflow(Action.MORE, more)], block_id=to_block_id("more", press))


def settled(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The question's message afterwards: short, what was said, nothing left to press."""
    turn = int(str(facts["turn"]))
    talk = scene.case.talk
    asked = next((a.question for a in (talk.asked if talk else ()) if a.turn == turn), "")
    lines = [_settled(scene, each) for each in (asked, *_also(scene, turn))]
    text = Mrkdwn("\n".join(lines))
    return message(scene.words, text, [b.section(text)])


def _settled(scene: Scene, asked: str) -> Mrkdwn:
    talk, answer = scene.case.talk, scene.case.answers.get(asked)
    skipped = talk is not None and asked in talk.skipped
    page = scene.words.page(
        "settled",
        what=name(scene, asked),
        ask=ask(scene, asked),
        value=said(scene, asked),
        skipped=skipped and (answer is None or answer.state is State.not_asked),
        answered=answer is not None,
        handed_over=scene.case.handed_over,
        goes_to=goes_to(scene, asked),
    )
    return page["line"]
