"""Pictures of what nobody answers for, of what is missing, and of drafts that nobody goes on with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.slack import screens
from bot.slack.scene import Scene
from bot.slack.screens.nudging import Waits, nudge
from bot.slack.screens.offering import Offer
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.case import Case, DecisionKind, Status
from triage.covering import Effect
from triage.drafts import NAME as SILENCE
from triage.interview import judged
from triage.missing import NAME as FACTS
from triage.missing import Asked, together
from triage.outcome import Say
from triage.settling import LEAD
from triage.staff import Colleague

GONE = Colleague(gone=True, left=s.NOW)
DESK = s.desk(
    roles={LEAD: frozenset({s.CLEO})},
    units={"Sales": "L-sales"},
    staff=lambda person: GONE if person == s.ANA else Colleague(),
)
FEW = ("kind", "tool", "purpose")


def offered(say: Callable[[str], str]) -> dict[str, Picture]:
    return _orphans(say) | _claims(say) | _facts(say) | _drafts(say)


def _scene(case: Case, reader: str = "") -> Scene:
    return s.scene(case, reader=reader, desk=DESK)


def _orphans(say: Callable[[str], str]) -> dict[str, Picture]:
    made = s.decision(DecisionKind.approve_with_conditions).model_copy(
        update={"conditions": (say("Tell everybody who is recorded"),)}
    )
    case = s.submitted().model_copy(
        update={
            "title": say(s.submitted().title),
            "decisions": (made,),
            "status": Status.approved_with_conditions,
            "unit": "Sales",
            "owner": s.ANA,
        }
    )
    taken, hidden = case.model_copy(update={"owner": s.BEN}), case.model_copy(update={"confidential": True})
    over = case.model_copy(update={"status": Status.retired})
    name = f"owner:{s.ANA}"
    drawn: dict[str, Picture] = {
        "offer_orphans": screens.offer(
            s.voice(),
            Offer("orphans", "Sales", [_scene(each) for each in (case, case, taken, hidden, over)], 12),
        ),
        "offer_orphan": screens.offer(s.voice(), Offer("orphans", "Sales", [_scene(case)], 1)),
        "offer_orphans_over": screens.offer(s.voice(), Offer("orphans", "Sales", [_scene(taken)], 0)),
        "window_take_over": screens.take_over_view(_scene(case)),
        "window_name_owner": screens.name_owner_view(_scene(case)),
        "window_not_used": screens.not_used_view(_scene(case)),
        "note_taken_over": screens.render(
            Say.card_note, _scene(taken), {"about": "taken_over", "person": s.BEN, "former": s.ANA}
        ),
    }
    late = s.scene(case, reader=s.CLEO, desk=replace(DESK, now=s.NOW + timedelta(days=20)))
    for because, scene in (("manager", _scene(case, s.BEN)), ("lead", _scene(case, s.CLEO)), ("late", late)):
        facts = {"what": name, "because": because if because != "late" else "lead", "holder": s.ANA}
        drawn[f"overdue_owner_{because}"] = screens.render(Say.overdue, scene, facts)
    settled: dict[str, object] = {"what": name, "because": "lead", "holder": s.ANA, "over": True}
    drawn["overdue_owner_over"] = screens.render(Say.overdue, _scene(taken, s.CLEO), settled)
    note = {"about": "overdue", "what": name, "because": "deciders", "holder": s.ANA}
    return drawn | {"note_overdue_owner": screens.render(Say.card_note, _scene(case), note)}


def listed(say: Callable[[str], str], **change: object) -> Case:
    bare = s.submitted()
    few = {question: fact for question, fact in bare.facts.items() if question in FEW}
    given: dict[str, object] = {"status": Status.disclosed, "requester": "", "owner": None, "unit": "Sales"}
    given |= {
        "ref": None,
        "source_id": "EX-7",
        "source_map": "m",
        "talk": None,
        "decisions": (),
        "facts": few,
    }
    return bare.model_copy(update=given | {"title": say(bare.title)} | change)


def _claims(say: Callable[[str], str]) -> dict[str, Picture]:
    case = listed(say)
    elsewhere, ours = (listed(say, **change) for change in ({"unit": ""}, {"owner": s.BEN}))
    seen = [_scene(each) for each in (case, elsewhere, ours)]
    return {
        "offer_claims": screens.offer(s.voice(), Offer("claims", "Sales", seen, 40)),
        "offer_claims_rest": screens.offer(s.voice(), Offer("claims", "", seen[:2], 40, rest=True)),
        "offer_claims_over": screens.offer(s.voice(), Offer("claims", "Sales", seen[1:], 0)),
        "window_claim": screens.take_over_view(_scene(case)),
        "window_name_owner_listed": screens.name_owner_view(_scene(case)),
        "window_not_used_listed": screens.not_used_view(_scene(case)),
    }


def _facts(say: Callable[[str], str]) -> dict[str, Picture]:
    desk = s.desk()
    first = _judged(listed(say, owner=s.BEN))
    second = first.model_copy(update={"id": "f" * 32, "source_id": "EX-8"})
    asked = together([first, second], desk)
    mixed = (*asked[:1], *(Asked(each.question, each.cases[:1]) for each in asked[1:]))
    scene = s.scene(first, reader=s.BEN)
    waits = Waits(scene, "own", FACTS, {"because": "own", "alike": 3}, True)
    effects = dict(zip(("a", "b", "c", "d"), (*(effect.value for effect in Effect), "listed"), strict=True))
    return {
        "facts_asked": screens.render(Say.overdue, scene, {"what": FACTS, "because": "own", "holder": s.BEN}),
        "nudge_facts": nudge(s.voice(), [], [waits, waits]),
        "window_facts": screens.facts_view(scene, mixed, first.id),
        "window_facts_shown": screens.facts_shown_view(scene, effects, dict.fromkeys(effects, first), "x"),
        "window_facts_since": screens.facts_shown_view(
            scene, {"a": "listed"}, {"a": first}, "x", {"a": ["purpose"]}
        ),
    }


def _judged(case: Case) -> Case:
    return judged(case, s.desk())


def _drafts(say: Callable[[str], str]) -> dict[str, Picture]:
    draft = s.case().model_copy(
        update={"title": "", "words": say("We would like to use Otter"), "tool_name": ""}
    )
    late = s.desk(now=s.NOW + timedelta(days=40))
    facts = {"what": SILENCE, "because": "own", "holder": s.ANA, "put_aside_on": "2027-06-01"}
    assert draft.talk is not None
    aside = draft.model_copy(update={"talk": draft.talk.model_copy(update={"shelved": True})})
    done = draft.model_copy(update={"status": Status.in_review})
    return {
        f"draft_{name}": screens.render(Say.overdue, s.scene(case, reader=s.ANA, desk=late), facts)
        for name, case in (("silent", draft), ("aside", aside), ("went_on", done))
    }
