"""Pictures of what goes to those who can settle an open question, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home, Scene
from intake.answers import Answer, answered, unsure
from tests.bot.slack import scenery as s
from triage.case import Case, Fact, Referral, Source, Status
from triage.outcome import Say
from triage.talk import Phase

Picture = Message | dict[str, Any]
MANY: dict[str, Answer] = s.OTTER | {"data": unsure(), "monitoring": unsure()}
ONE: dict[str, Answer] = s.OTTER | {"profiling": unsure()}


def asked(question: str, role: str = "privacy", **change: Any) -> Referral:
    given: dict[str, Any] = {"number": 1, "question": question, "role": role, "asked_at": s.NOW}
    return Referral(**given | change)


def done(question: str, state: Any, **change: Any) -> Referral:
    later = {"state": state, "by": s.CLEO, "closed_at": s.NOW + timedelta(hours=1)}
    return asked(question, **later | change)


def referred(*referrals: Referral, answers: dict[str, Answer] = MANY, **change: Any) -> Case:
    return s.submitted(answers, referrals=referrals, **change)


def answered_by(case: Case, question: str, answer: Answer) -> Case:
    fact = Fact(question=question, answer=answer, by=s.CLEO, at=s.NOW, source=Source.person)
    return case.model_copy(update={"facts": {**case.facts, question: fact}})


def said_by(case: Case, say: Callable[[str], str]) -> Case:
    """With the words that somebody wrote put through `say`."""
    return case.model_copy(update={"title": say(case.title), "words": say(case.words)})


def in_a_group() -> Scene:
    """Privacy is held by a user group, and by one person beside it."""
    seen = s.scene(referred(asked("data")))
    group = ((Mrkdwn("<!subteam^S0PRIVACY>"), frozenset({"person-dan"})),)
    desk = s.desk(roles={"privacy": frozenset({"person-dan", s.CLEO})})
    return replace(seen, desk=desk, voice=replace(seen.voice, groups=lambda role: group))


def referrals(say: Callable[[str], str]) -> dict[str, Picture]:
    def letter(case: Case, **change: Any) -> Message:
        worded = said_by(case, say)
        return screens.render(Say.referral, s.scene(worded, reader="", **change), {"number": 1})

    def card(case: Case, **change: Any) -> Message:
        return screens.render(Say.card, s.scene(case, reader="", **change), {})

    lead = s.desk(roles={"governance_lead": frozenset({s.CLEO}), "privacy": frozenset({s.BEN})})
    nobody = s.desk(roles={})
    next_one = (
        done("data", "unsure", number=2),
        asked("data", "governance_lead", instead_of="privacy"),
    )
    waiting = s.entry(title=say("Otter for calls"), status=Status.in_review)
    nameless = waiting.model_copy(update={"title": "", "tool_name": "", "requester": None})
    draft = s.case(MANY, talk=s.talk(phase=Phase.summary))
    told = {"about": "unsure", "questions": ("data",), "by": s.CLEO}
    settled = {"questions": ("data",), "by": s.CLEO, "role": "privacy"}
    known = answered_by(referred(done("data", "answered")), "data", answered("personal"))
    return {
        "referral": letter(referred(asked("profiling"), answers=ONE)),
        "referral_several": letter(referred(asked("data"), asked("monitoring"))),
        "referral_group": screens.render(Say.referral, in_a_group(), {"number": 1}),
        "referral_next": letter(referred(*next_one), desk=lead),
        "referral_instead": letter(
            referred(asked("data", "governance_lead", instead_of="privacy")), desk=lead
        ),
        "referral_handed_over": letter(referred(asked("data"), handed_over=True)),
        "referral_some": letter(
            answered_by(referred(done("data", "answered"), asked("monitoring")), "data", answered("personal"))
        ),
        "referral_over": letter(referred(done("data", "unsure"), done("monitoring", "closed", by=None))),
        "referral_words": letter(
            answered_by(
                referred(done("purpose", "answered")),
                "purpose",
                answered(say("Write down what is said in calls")),
            )
        ),
        "referral_by_requester": letter(
            referred(done("data", "answered", by=s.ANA), answers=MANY | {"data": answered("internal")})
        ),
        "home_referred": screens.home(
            Home(
                voice=s.voice(),
                reader=s.CLEO,
                now=s.NOW,
                day=s.NOW.date(),
                referred=((waiting, 1), (nameless, 2)),
                asked_as={(waiting.id, 1): "privacy"},
            )
        ),
        "window_reply": screens.reply_view(
            s.scene(said_by(referred(asked("data"), asked("monitoring")), say)), 1
        ),
        "window_reply_why": screens.reply_why_view(s.scene(referred(asked("data"))), 1),
        "card_referred": card(referred(asked("data"), asked("monitoring"))),
        "card_referred_next": card(referred(*next_one), desk=lead),
        "card_referred_instead": card(
            referred(asked("data", "governance_lead", instead_of="privacy")), desk=lead
        ),
        "card_referred_lost": card(referred(done("data", "unsure"))),
        "own_card_referred": screens.render(Say.summary, s.scene(referred(asked("data"))), {}),
        "summary_referred": screens.render(Say.summary, s.scene(draft), {}),
        "summary_referred_instead": screens.render(Say.summary, s.scene(draft, desk=lead_only()), {}),
        "summary_referred_nobody": screens.render(Say.summary, s.scene(draft, desk=nobody), {}),
        "submitted_referred": screens.render(Say.submitted, s.scene(referred(asked("data"))), {}),
        "settled_referred": screens.render(Say.settled, s.scene(s.asking("data", MANY)), {"turn": 4}),
        "settled_for_you_in_role": screens.render(Say.settled_for_you, s.scene(known), settled),
        "note_unsure": screens.render(Say.card_note, s.scene(known), told),
        "note_settled_in_role": screens.render(Say.card_note, s.scene(known), settled | {"about": "settled"}),
    }


def lead_only() -> Any:
    return s.desk(roles={"governance_lead": frozenset({s.CLEO})})
