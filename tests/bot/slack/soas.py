"""Pictures of the statement of applicability: the list, one control in all its states, the yes, and what is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.applicability import Named
from bot.slack import screens
from bot.slack.scene import Home
from bot.slack.screens import soa, soacontrol
from bot.slack.screens.soa import Part, Progress
from bot.slack.screens.soacontrol import OWN, At
from tests.bot.slack import scenery as s
from tests.bot.slack.coverage import found as coverage
from tests.bot.slack.excepted import Picture
from tests.triage.aims.soa import BUILT, LOW, proposed, use
from tests.triage.aims.test_proposing import HIRING, TALKS
from triage.aims.applied import Applied, Approved, Decided, Statement, moved
from triage.aims.standard import controls

ALL = Part(decides=True, asks=True)
NAMED = Named(people={s.ANA: "Ana", s.BEN: "Ben", s.CLEO: "Cleo"}, uses=frozenset({"AIU-2026-0001"}))
APPROVED = Approved(
    number=2,
    digest="d",
    decided={each.id: 1 for each in controls()},
    drafted_by=s.BEN,
    approved_by=(s.CLEO,),
    at=s.NOW - timedelta(days=40),
)


def soas(say: Callable[[str], str]) -> dict[str, Picture]:
    suggests = proposed(use(1, **LOW), use(2, **BUILT), use(3, **HIRING), use(4, confidential=True, **TALKS))
    before = proposed(use(1, **LOW))
    covered = {each.point: each for each in coverage()}

    def decided(applies: Any = "yes", **more: Any) -> Decided:
        said = {"because": say("We hire with it, so it matters to people."), "how": say("Two people look.")}
        about = {
            "by": s.BEN,
            "role": "risk_owner",
            "at": s.NOW,
            "version": 1,
            "owner": s.CLEO,
            "state": "done",
        }
        evidence = {"evidence": (say("Minutes of 3 May"),), "seen_on": date(2026, 11, 2)}
        return Decided(**{**said, **about, **evidence, "applies": applies, **more})

    def row(control: str, found: Decided | None = None, **more: Any) -> Applied:
        point = next(each for each in controls() if each.id == control)
        about = {"title": point.title, "summary": point.summary, "group": point.group}
        known = {"proposal": suggests[control], "covered": covered.get(control)}
        return Applied(**{"control": control, "decided": found, **about, **known, **more})

    old = decided("no", because=say("We build nothing."), rests=before["A.6.1.2"].rests)
    stale = row("A.6.1.2", old, moved=tuple(moved(old.rests, suggests["A.6.1.2"], "no")), changed=True)
    partly = row("A.6.2.2", decided("partly", left_out=("AIU-2026-0001", "AIU-2026-0004")), changed=True)
    own = Applied(
        control="X.1", title=say("Nobody sells our data"), own=True, decided=decided(), changed=True
    )
    some = {"A.5.2": row("A.5.2", decided()), "A.6.1.2": stale, "A.6.2.2": partly}
    rows = tuple(some.get(each.id) or row(each.id) for each in controls())
    whole = tuple(some.get(each.id) or row(each.id, decided()) for each in controls())
    begun = Statement(rows=(*rows, own), digest="e")
    blank = Statement(rows=tuple(row(each.id, proposal=None) for each in controls()), digest="b")
    ready = Statement(rows=(*whole, own), digest="e", approved=APPROVED)
    waits = ready.model_copy(update={"waiting": "e"})
    yes = Statement(rows=whole, digest="d", approved=APPROVED)
    voice = s.voice()
    top = Part(approves=True, waits=3)

    def one(each: Applied, *, decides: bool = True, taken: int = 0, told: str = "", left: int = 5) -> Picture:
        at = At(OWN if each.control == OWN else each.control, 1, taken, ("proposed=yes",))
        return soacontrol.control_view(
            voice, each, NAMED, at, decides=decides, told=told, left=left, as_of=s.NOW
        )

    home: dict[str, Any] = {"voice": voice, "reader": s.ANA, "now": s.NOW, "day": s.NOW.date()}
    return {
        "soa_list": soa.list_view(voice, begun, NAMED, ALL, at=s.NOW),
        "soa_list_not_yet": soa.list_view(voice, blank, NAMED, ALL, at=None),
        "soa_control_not_yet": soacontrol.control_view(
            voice, blank.rows[0], NAMED, At("A.2.2"), decides=True, left=37, as_of=None
        ),
        "soa_list_ready": soa.list_view(
            voice, ready, NAMED, ALL, voice.words.line("soa.nothing_waits"), at=s.NOW
        ),
        "soa_list_waits": soa.list_view(voice, waits, NAMED, top, at=s.NOW),
        "soa_list_approved": soa.list_view(voice, yes, NAMED, Part(), at=s.NOW),
        "soa_control": one(row("A.6.2.2")),
        "soa_control_taken": one(
            row("A.6.2.8"), taken=1, told=voice.words.line("soa.kept", control="A.6.2.7")
        ),
        "soa_control_stale": one(stale),
        "soa_control_partly": one(partly, decides=False),
        "soa_control_open": one(row("A.7.2"), left=0),
        "soa_control_own": one(own),
        "soa_control_new": one(Applied(control=OWN, title="", own=True)),
        "soa_approve": soa.approve_view(voice, waits, NAMED, 3, at=s.NOW),
        "soa_approve_first": soa.approve_view(
            voice, waits.model_copy(update={"approved": None}), NAMED, 1, at=s.NOW
        ),
        "soa_asked": soa.asks_for_yes(voice, s.BEN, 3, False),
        "soa_asked_first": soa.asks_for_yes(voice, s.BEN, 39, True),
        "soa_came_to": soa.came_to(voice, s.CLEO, True, ""),
        "soa_came_back": soa.came_to(voice, s.CLEO, False, say("Ask Data first.")),
        "soa_yours": soa.yours(voice, ["A.5.2 How impact assessment is done", say("X.1 Ours")]),
        "home_soa": screens.home(Home(**home, soa=Progress(12, 38))),
        "home_soa_waits": screens.home(Home(**home, soa=Progress(38, 38, waits=True))),
        "home_soa_approved": screens.home(Home(**home, soa=Progress(38, 38, approved=True))),
    }
