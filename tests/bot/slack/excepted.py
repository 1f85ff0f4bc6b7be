"""Pictures of an exception that two people confirm, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home, Scene
from intake.answers import Answer, answered
from tests.bot.slack import scenery as s
from triage.case import Case, Decision, Fact, Source, Status
from triage.commands import ClaimException, Command, ConfirmException, ObjectException
from triage.decide import decide
from triage.excepting import check_waits, offer
from triage.outcome import Say
from triage.signed import answers_of, digest_of

Picture = Message | dict[str, Any]
DESK = s.desk(
    roles={
        "reviewer": frozenset({s.BEN}),
        "risk_owner": frozenset({s.BEN}),
        "legal": frozenset({s.CLEO}),
    }
)
FINDER: dict[str, Answer] = s.HIRING | {
    "output_use": answered("shared_after_check"),
    "influence": answered("narrow_prep"),
    "profiling": answered("no"),
}


GONE = ("facts", "rules", "recused", "role")
LEFT_OUT = FINDER | {"influence": answered("followed"), "exclusion": answered("research_only")}


def excepted(say: Callable[[str], str]) -> dict[str, Picture]:
    bare, left_out = s.submitted(FINDER), s.submitted(LEFT_OUT)
    one = _after(bare, _claim(say, "narrow_task"))
    two, no = _after(one, _confirm(say, one)), _after(one, _object(say, one))
    out = _after(left_out, _claim(say, "research_only"))
    both_out = _after(out, _confirm(say, out))
    bare, left_out, one, two, no, out, both_out = (
        _worded(case, say) for case in (bare, left_out, one, two, no, out, both_out)
    )
    cards = {"claimed": one, "confirmed": two, "objected": no, "left_out": both_out}
    drawn: dict[str, Picture] = {
        f"card_exception_{name}": screens.render(Say.card, _scene(case), {}) for name, case in cards.items()
    }
    drawn |= {f"note_{name}": _note(case) for name, case in {**cards, "out_claimed": out}.items()}
    gone = {"about": "exception_gone"}
    drawn |= {f"note_gone_{why}_1": _note(one, **gone, because=why) for why in GONE}
    drawn |= {f"note_gone_{why}_2": _note(two, **gone, because=why) for why in GONE[:3]}
    waiting = s.entry(title=say("Sort applications"), status=Status.in_review)
    nameless = waiting.model_copy(update={"title": "", "tool_name": "", "requester": None})
    claim = one.decisions[-1]
    signing = Home(
        voice=s.voice(),
        reader=s.CLEO,
        now=s.NOW,
        day=s.NOW.date(),
        signing=((waiting, claim), *[(nameless, claim)] * 11),
    )
    return drawn | {"home_signing": screens.home(signing)} | _windows(bare, left_out, one, two)


def _windows(bare: Case, left_out: Case, one: Case, two: Case) -> dict[str, Picture]:
    offered, other = offer(bare, DESK), offer(left_out, DESK)
    waiting = check_waits(one, one.decisions[-1].id, DESK)
    assert offered is not None
    assert other is not None
    return {
        "window_claim": screens.claim_view(_scene(bare), offered),
        "window_claim_left_out": screens.claim_view(_scene(left_out), other),
        "window_claim_anew": screens.claim_view(_scene(one), offered, "role"),
        "window_confirm": screens.confirm_view(_scene(one), *waiting),
        "window_object": screens.object_view(_scene(one), *waiting),
        "window_reasons_excepted": screens.reasons_view(_scene(two)),
        "own_card_excepted": screens.render(Say.summary, _scene(two), {}),
    }


def _worded(case: Case, say: Callable[[str], str]) -> Case:
    """With words of others in what was signed for, too."""
    words = {"purpose": say("Find double applications"), "rebuttal": say("So it is")}
    facts = {**case.facts, **{q: _fact(q, answered(text)) for q, text in words.items()}}
    case = case.model_copy(update={"facts": facts, "title": say(case.title), "words": say(case.words)})
    return case.model_copy(update={"decisions": tuple(_on(case, d) for d in case.decisions)})


def _fact(question: str, answer: Answer) -> Fact:
    return Fact(question=question, answer=answer, by=s.ANA, at=s.NOW, source=Source.person)


def _on(case: Case, decision: Decision) -> Decision:
    assert decision.basis is not None
    digest = digest_of(answers_of(case), decision.basis.questions)
    return decision.model_copy(update={"basis": decision.basis.model_copy(update={"digest": digest})})


def _scene(case: Case) -> Scene:
    return s.scene(case, desk=DESK, uses=())


def _note(case: Case, **facts: Any) -> Picture:
    last = case.decisions[-1]
    return screens.render(
        Say.card_note, _scene(case), {"about": last.kind.value, "exception": last.id} | facts
    )


def _after(case: Case, command: Command) -> Case:
    return decide(case, command, DESK).case


def _claim(say: Callable[[str], str], ground: str) -> Command:
    reason = say("It compares names.")
    return ClaimException(actor=s.BEN, key="claim", case=s.CASE, ground=ground, reason=reason)


def _confirm(say: Callable[[str], str], case: Case) -> Command:
    claim, reason = case.decisions[-1].id, say("I looked at it.")
    return ConfirmException(actor=s.CLEO, key="confirm", case=s.CASE, claim=claim, reason=reason)


def _object(say: Callable[[str], str], case: Case) -> Command:
    claim, reason = case.decisions[-1].id, say("It ranks people.")
    return ObjectException(actor=s.CLEO, key="object", case=s.CASE, claim=claim, reason=reason)
