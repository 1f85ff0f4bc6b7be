"""How one question is answered by pressing: buttons, a menu, ticks, a person, a day; choices are numbered."""

from __future__ import annotations

from bot.markup import width
from bot.slack import blocks as b
from bot.slack.ids import UNSURE, Action, Press, to_block_id, to_value
from bot.slack.scene import Scene
from bot.slack.screens.answers import label
from intake.condition import View
from intake.form import Kind, Question

FEW, SHORT = 5, 30
"""So many choices of so few characters are buttons; phones show about 30 characters of a button."""


def offered(scene: Scene, question: Question) -> tuple[str, ...]:
    """The choices that apply given what is known, in the order in which they are numbered."""
    case, desk = scene.case, scene.desk
    view = View(desk.form.gates, case.answers, desk.settings(case))
    return tuple(choice.id for choice in question.choices if choice.when.truth(view) is not False)


def numbered(scene: Scene, question: Question, choices: tuple[str, ...]) -> list[tuple[int, str]]:
    return [(number, label(scene, question.id, choice)) for number, choice in enumerate(choices, 1)]


def as_buttons(scene: Scene, question: Question, choices: tuple[str, ...]) -> bool:
    labels = [label(scene, question.id, choice) for choice in choices]
    return question.kind is Kind.one and len(choices) <= FEW and all(width(text) <= SHORT for text in labels)


def in_full(scene: Scene, question: Question, choices: tuple[str, ...], *, opened: bool) -> bool:
    """Whether the message prints the list: to protect people, or because the elements hide or cut it."""
    labels = numbered(scene, question, choices)
    cut = any(width(f"{number}. {text}") > b.OPTION for number, text in labels)
    menu = question.kind is Kind.one and not as_buttons(scene, question, choices)
    numbers = question.kind is Kind.many and not opened
    return question.in_full or cut or menu or numbers


def elements(
    scene: Scene, question: Question, press: Press, choices: tuple[str, ...], *, opened: bool
) -> list[b.Block]:
    """The rows of the answer itself; `opened`: the list to tick, behind "Several of these", is shown."""
    match question.kind:
        case Kind.one if as_buttons(scene, question, choices):
            return [b.actions([*_buttons(scene, question, press, choices), *_unsure(scene, question, press)])]
        case Kind.one:
            menu = b.select(
                Action.CHOOSE, scene.words.label("placeholder.choose"), _options(scene, question, choices)
            )
            return [b.actions([menu, *_unsure(scene, question, press)], block_id=to_block_id("one", press))]
        case Kind.many if opened:
            return _many(scene, question, press, choices)
        case Kind.many:
            return _numbers(scene, question, press, choices)
        case Kind.person:
            menu = b.person(Action.CHOOSE, scene.words.label("placeholder.person"))
            return [b.actions([menu, *_unsure(scene, question, press)], block_id=to_block_id("one", press))]
        case Kind.date:
            menu = b.day(Action.CHOOSE, scene.words.label("placeholder.day"))
            return [b.actions([menu, *_unsure(scene, question, press)], block_id=to_block_id("one", press))]
        case _:
            unsure = _unsure(scene, question, press)
            return [b.actions(unsure)] if unsure else []


def _buttons(scene: Scene, question: Question, press: Press, choices: tuple[str, ...]) -> list[b.Element]:
    return [
        b.button(
            Action.CHOOSE,
            f"{number}. {label(scene, question.id, choice)}",
            to_value(press._replace(choice=choice)),
            number=number,
        )
        for number, choice in enumerate(choices, 1)
    ]


def _numbers(scene: Scene, question: Question, press: Press, choices: tuple[str, ...]) -> list[b.Block]:
    """One press where just one applies, by its number in the list above; the whole of it is read aloud."""
    row = [
        b.button(
            Action.CHOOSE,
            str(number),
            to_value(press._replace(choice=choice)),
            number=number,
            spoken=f"{number}. {text}",
        )
        for (number, text), choice in zip(numbered(scene, question, choices), choices, strict=True)
        if choice != _alone(question)
    ]
    several = b.button(Action.ONE_OF_THESE, scene.words.label("button.one_of_these"), to_value(press))
    alone = _by_itself(scene, question, press)
    return [b.actions(row), b.actions([*alone, several, *_unsure(scene, question, press)])]


def _many(scene: Scene, question: Question, press: Press, choices: tuple[str, ...]) -> list[b.Block]:
    words = scene.words
    options = _options(scene, question, choices)
    known = _known(scene, question)
    menu = b.several(Action.PICK, words.label("placeholder.choose_several"), options, ticked=known)
    row = to_block_id("many", press)
    # Slack takes a menu for several only beside a text, checkboxes also in a row.
    if menu["type"] == "checkboxes":
        list_ = b.actions([menu], block_id=row)
    else:
        list_ = b.section(words.line("placeholder.choose_several"), menu, block_id=row)
    done = b.button(Action.PICK_DONE, words.label("button.done"), to_value(press), style="primary")
    return [list_, b.actions([done, *_by_itself(scene, question, press), *_unsure(scene, question, press)])]


def _by_itself(scene: Scene, question: Question, press: Press) -> list[b.Element]:
    """The choice that stands alone is one press, without ticking it first: it is the usual answer."""
    alone = _alone(question)
    if not alone:
        return []
    return [
        b.button(
            Action.NONE_OF_THESE, label(scene, question.id, alone), to_value(press._replace(choice=alone))
        )
    ]


def _known(scene: Scene, question: Question) -> tuple[str, ...]:
    """Ticked beforehand: what was answered, or what was read in the first words; Done confirms it."""
    answer, talk = scene.case.answers.get(question.id), scene.case.talk
    if answer is not None and answer.picked:
        return answer.picked
    proposal = talk.proposal(question.id) if talk else None
    return proposal.answer.picked if proposal else ()


def _alone(question: Question) -> str:
    return next((choice.id for choice in question.choices if choice.alone), "")


def _unsure(scene: Scene, question: Question, press: Press) -> list[b.Element]:
    if not question.may_be_unsure:
        return []
    value = to_value(press._replace(choice=UNSURE))
    return [b.button(Action.NOT_SURE, scene.words.label("button.not_sure"), value)]


def _options(scene: Scene, question: Question, choices: tuple[str, ...]) -> list[b.Block]:
    labels = numbered(scene, question, choices)
    return [
        b.option(f"{number}. {text}", choice) for (number, text), choice in zip(labels, choices, strict=True)
    ]
