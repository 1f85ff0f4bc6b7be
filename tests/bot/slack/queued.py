"""Pictures of somebody's own queue, calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.markup import Mrkdwn, clean
from bot.slack import screens
from bot.slack.scene import Home, Scene
from bot.slack.sitting import Sitting, Stand
from intake.answers import unsure
from tests.bot.slack import scenery as s
from tests.bot.slack.besides import ROLES, SETTLED
from triage.case import Case, Status
from triage.narrowing import WORDS, Narrowed

NOTHING = Mrkdwn("")


def queued(say: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    soon = s.NOW + timedelta(days=1)
    here = s.submitted(SETTLED, title=say("Otter for calls"), words=say("Write calls down"), due_at=soon)
    late = here.model_copy(update={"due_at": s.NOW - timedelta(days=1)})
    unclear = s.submitted(SETTLED | {"data": unsure(), "area": unsure()}, title=say("Otter for calls"))
    words = s.voice().words
    like = tuple(
        here.model_copy(update={"id": f"case-{n}", "ref": f"AIU-2026-{n:04}", "unit": say("Sales")})
        for n in range(11, 24)
    )
    left = words.page(
        "jointly",
        done=["AIU-2026-0011", "AIU-2026-0012"],
        left=[
            {"ref": "AIU-2026-0013", "why": words.refusal("not_alike")},
            {"ref": "", "why": words.refusal("unknown_case")},
        ],
    )["line"]
    done = words.line("queue.done", ref="AIU-2026-0042", title=say("Minutes"), status="approved")
    shown = screens.queue_view(_scene(here), Stand("case", 3, 37), Sitting(), NOTHING)
    waiting = tuple(s.entry(id=f"w{n}", title=say("Otter"), status=Status.in_review) for n in range(10))
    return {
        "window_queue": shown,
        "window_queue_after": screens.queue_view(_scene(late), Stand("case", 1, 1), Sitting(), done),
        "window_queue_open": screens.queue_view(_scene(unclear), Stand("case", 2, 2), Sitting(), NOTHING),
        "window_queue_like": screens.queue_view(
            replace(_scene(here), like=12), Stand("case", 1, 37), Sitting(), left
        ),
        "window_jointly": screens.jointly_view(_scene(here), like, {s.ANA: say("Ana Silva")}),
        "window_queue_chosen": screens.queue_view(
            _scene(late), Stand("case", 1, 2), _chosen(say), NOTHING, 37
        ),
        "window_queue_filter": screens.filter_view(words, _chosen(say), ["privacy", "reviewer"]),
        "window_queue_none_fits": screens.queue_none_fits(words, done, _chosen(say), 37),
        "window_queue_empty": screens.queue_empty(words, NOTHING),
        "window_queue_besides": screens.queue_empty(words, NOTHING, 3),
        "window_queue_deciding": screens.within_queue(words, screens.approve_view(_scene(here)), Sitting()),
        "home_many": screens.home(
            Home(
                voice=s.voice(),
                reader=s.BEN,
                now=s.NOW,
                day=s.NOW.date(),
                waiting=waiting,
                more={"waiting": 990},
            )
        ),
    }


def _chosen(say: Callable[[str], str]) -> Sitting:
    """All that can be chosen."""
    words = clean(say("otter calls"))[:WORDS]
    chosen = Narrowed(tier=3, whose="free", late=True, before="again", role="reviewer", words=words)
    return Sitting(wanted=chosen)


def _scene(case: Case) -> Scene:
    return s.scene(case, desk=s.desk(roles=ROLES), uses=(), reader=s.BEN)
