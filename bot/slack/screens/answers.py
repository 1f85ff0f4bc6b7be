"""One answer, one question, one person or role, in the words people use for them."""

from __future__ import annotations

from datetime import date

from bot.markup import Mrkdwn, cut, escaped, one_line
from bot.slack.scene import Scene
from bot.words import shown
from intake.answers import NOT_ASKED, Answer, State
from intake.form import Kind, Question
from triage.talk import Proposal

LONGEST, SHORT_ENOUGH = 300, 60
SHOWN = ("title", "owner", "unit", "stage")
"""What is filled by default stands first in the summary."""


def question_of(scene: Scene, question: str) -> Question | None:
    return scene.desk.form.by_id.get(question)


def ask(scene: Scene, question: str) -> str:
    """The question as it is put; its bare id if the form no longer has it."""
    return scene.desk.wording.ask(question) if question_of(scene, question) else question


def ask_alone(scene: Scene, question: str) -> str:
    """The question by itself, for whoever does not see what stands around it."""
    return scene.desk.wording.open(question) if question_of(scene, question) else question


def name(scene: Scene, question: str) -> str:
    return scene.desk.wording.short(question) if question_of(scene, question) else question


def label(scene: Scene, question: str, choice: str) -> str:
    known = question_of(scene, question)
    return scene.desk.wording.label(question, choice) if known and choice in known.choice_ids else choice


def picked(scene: Scene, question: str, choice: str, longest: int = LONGEST) -> str | Mrkdwn:
    """One picked thing: a choice by its label, a tool and a person by name, words as they are."""
    known = question_of(scene, question)
    kind = known.kind if known else Kind.text
    if kind in (Kind.one, Kind.many):
        return label(scene, question, choice)
    if kind is Kind.tool:
        tool = scene.desk.catalogue.get(choice)
        return tool.name if tool else cut(one_line(choice), longest)
    if kind is Kind.person:
        return scene.voice.mention(choice)
    if kind is Kind.date:
        return _day(scene, choice)
    return cut(one_line(choice), longest)


def said(scene: Scene, question: str, answer: Answer | None = None, longest: int = LONGEST) -> Mrkdwn:
    """What was answered; without `answer`, what the case holds."""
    answer = answer or scene.case.answers.get(question, NOT_ASKED)
    words = scene.words
    parts = [str(shown(picked(scene, question, choice, longest))) for choice in answer.picked]
    certain = Mrkdwn("; ".join(parts))
    match answer.state:
        case State.answered:
            return certain
        case State.unsure:
            return (
                words.line("said.unsure_partly", certain=certain)
                if answer.picked
                else words.line("said.unsure")
            )
        case State.not_asked:
            return words.line("said.not_asked")
        case State.not_applicable:
            return words.line("said.not_applicable")


def heard_in(proposal: Proposal, value: Mrkdwn) -> str:
    """The words a proposal was read from, where they are short and say more than the proposal itself."""
    because = one_line(proposal.because)
    same = value.casefold() in escaped(because).casefold() or proposal.question == "kind"
    return "" if same or len(because) > SHORT_ENOUGH else because


def holders(scene: Scene, role: str) -> Mrkdwn:
    """Who can settle or decide something: people by name where they are few, else the role."""
    words = scene.words
    if role == "requester":
        return words.line("who.you") if scene.mine else scene.voice.mention(scene.case.requester)
    if role == "owner":
        owner = scene.case.owner or scene.case.requester
        return words.line("who.you") if owner == scene.reader else scene.voice.mention(owner)
    title = words.line(f"role.{role}") if words.has(f"role.{role}") else Mrkdwn(role)
    people = sorted(scene.desk.roles.get(role, frozenset()))
    if not people:
        return words.line("who.role_nobody", role=title)
    if len(people) > 2:
        return title
    return words.line(
        "who.role_people", role=title, people=words.listed((scene.voice.mention(p) for p in people), "or")
    )


def _day(scene: Scene, text: str) -> str:
    try:
        return scene.words.day(date.fromisoformat(text))
    except ValueError:
        return cut(one_line(text), LONGEST)
