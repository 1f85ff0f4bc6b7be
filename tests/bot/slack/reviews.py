"""Pictures of reviews: what is confirmed and changed, what a second reader sees, what is told, and Home."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home, Scene
from bot.slack.screens.nudging import Waits, nudge
from bot.slack.screens.waiting import OWN
from intake.answers import answered
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.moved import DESK
from triage.case import Case, DecisionKind, Status
from triage.covering import Cover, Effect
from triage.errands import errands
from triage.interview import judged, learn
from triage.outcome import Say
from triage.reviewed import ReviewStep
from triage.reviews import open_review
from triage.steps import Term


def reviewed(say: Callable[[str], str]) -> dict[str, Picture]:
    made = s.decision().model_copy(update={"conditions": (say("Only through the company account"),)})
    bare = s.submitted(status=Status.approved, decisions=(made,), next_review_on=date(2027, 5, 1))
    bare = bare.model_copy(update={"title": say(bare.title)})
    opened = _step("opened", cause="periodic", depth="short", ref="AIV-2026-0001", due=date(2026, 12, 11))
    owner = _step(
        "joined", id="r:2", cause="change", trigger="owner:P", depth="short", due=date(2026, 12, 11)
    )
    answer = _step(
        "answered",
        id="r:3",
        by=s.ANA,
        asked=("data", "people"),
        changed=("data",),
        kept=("d1:001 kept",),
        outcome="updated",
        second=True,
        words=say("Since March."),
    )
    back = _step("returned", id="r:4", by=s.CLEO, words=say("Since when?"))
    agreed = _step("agreed", id="r:5", by=s.CLEO)
    stopped = _step("closed", id="r:6", by=s.CLEO, outcome="suspend", words=say("It makes things up."))
    case = _with(bare, opened, owner)
    said, returned, done = _with(case, answer), _with(case, answer, back), _with(case, answer, agreed)
    small = _with(
        bare.model_copy(update={"decisions": (s.decision(),)}),
        opened.model_copy(update={"depth": "one_fact"}),
    )
    late = _with(bare, opened.model_copy(update={"due": date(2026, 4, 20)}))
    more = judged(learn(case, "data", answered("personal"), s.ANA, DESK), DESK)
    lapses = Cover(effect=Effect.lapses, more=("tier", "condition:001", "rules"))
    again = _with(done, ended=Status.in_review)
    mine, theirs = _scene(case), s.scene(said, reader=s.CLEO, desk=DESK)
    home = Home(voice=s.voice(), reader=s.ANA, now=s.NOW, day=s.NOW.date(), reviewing=(mine, _scene(small)))
    drawn: dict[str, Picture] = {
        "window_review": screens.review_view(mine, _open(case)),
        "window_review_back": screens.review_view(_scene(returned), _open(returned)),
        "window_review_facts": screens.review_facts_view(mine, _open(case), ("data",), (), "c|{}"),
        "window_review_follows": screens.review_facts_view(mine, _open(case), (), ("people",), "c|{}"),
        "window_review_shown": screens.review_shown_view(
            _scene(more), _open(case), case.answers, lapses, "c|{}"
        ),
        "window_read_review": screens.read_view(theirs, _open(said), {"data": answered("public")}),
        "show_reviewed": screens.show(mine),
        "card_reviewed": screens.render(Say.card, s.scene(case, reader="", desk=DESK), {}),
        "card_review_late": screens.render(Say.card, s.scene(late, reader="", desk=DESK), {}),
        "card_read": screens.render(Say.card, s.scene(said, reader="", desk=DESK), {}),
        "note_review": _told(said, Say.card_note, "review_answered", "r:3"),
        "note_review_read": _told(done, Say.card_note, "review_answered", "r:3"),
        "note_review_back": _told(returned, Say.card_note, "review_answered", "r:3"),
        "note_review_stopped": _told(_with(said, stopped), Say.card_note, "review_stopped", "r:6"),
        "home_reviewing": screens.home(home),
        "nudge_day": _a_day(case, say),
        "review_done": _told(done, Say.review, "done", "r:3"),
        "review_again": _told(again, Say.review, "again", "r:3"),
        "review_agreed": _told(done, Say.review, "agreed", "r:5"),
        "review_returned": _told(returned, Say.review, "returned", "r:4"),
        **{
            f"reminded_review_{name}": screens.render(Say.overdue, _scene(of), _reminds(told))
            for name, of, told in (
                ("short", case, "own"),
                ("one", small, "own"),
                ("done", done, "own"),
                ("late", late, "own"),
            )
        },
        "overdue_review": screens.render(
            Say.overdue, s.scene(case, reader=s.CLEO, desk=DESK), _reminds("deputy")
        ),
        "review_stopped": _told(_with(said, stopped), Say.review, "stopped", "r:6"),
    }
    return drawn


def _step(kind: str, **more: Any) -> ReviewStep:
    given: dict[str, Any] = {"id": "r:1", "review": "r:1", "kind": kind, "at": s.NOW - timedelta(days=1)}
    return ReviewStep.model_validate(given | more)


def _with(case: Case, *steps: ReviewStep, ended: Status | None = None) -> Case:
    update: dict[str, Any] = {"review_steps": (*case.review_steps, *steps)}
    return case.model_copy(update=update | ({"status": ended} if ended else {}))


def _reminds(because: str) -> dict[str, object]:
    return {"what": "review:r:1", "because": because, "holder": s.ANA}


def _open(case: Case) -> Any:
    return open_review(case)


def _told(case: Case, say: Say, about: str, step: str) -> Picture:
    return screens.render(say, _scene(case), {"about": about, "step": step})


def _scene(case: Case) -> Scene:
    return s.scene(case, reader=s.ANA, desk=DESK)


def _a_day(case: Case, say: Callable[[str], str]) -> Message:
    """The one message of a day with a review, a condition, an approval that ends, and facts that are missing."""
    made = s.decision(DecisionKind.approve_with_conditions).model_copy(
        update={
            "conditions": (say("Tell everybody who is recorded"),),
            "terms": (Term(due=s.NOW.date() + timedelta(days=5)),),
            "valid_until": s.NOW.date() + timedelta(days=12),
        }
    )
    told = {
        "status": Status.approved_with_conditions,
        "decisions": (made,),
        "title": say("Notes of meetings"),
    }
    other = s.submitted().model_copy(update=told | {"id": "other", "ref": "AIU-2026-0108"})
    names = [each.name for each in errands(other, DESK)]
    mine, theirs = _scene(case), _scene(other)
    waits = [Waits(theirs, OWN, name, {"because": OWN}, True) for name in names]
    review = next(each.name for each in errands(case, DESK) if each.kind == "review")
    return nudge(s.voice(), [], [Waits(mine, OWN, review, {"because": OWN}, True), *waits])
