"""Pictures of Home: what is one's own, each list by itself, and the question what may be used; calm or hostile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.config import Channels, Config, Rhythm, Told
from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home, Lead
from bot.slack.screens.beforehand import first_of_all
from bot.slack.screens.home import PAGE
from bot.slack.screens.settings import PARTS
from store.lists import Bound, PutOff
from tests.bot.slack import scenery as s
from tests.bot.slack.running import idea
from triage.case import Status
from triage.figures import Count, Lack, Stock
from triage.overview import Overview
from triage.register import Entry
from triage.roles import ROLES
from triage.stages import Stage

DAY = s.NOW.date()
DAYS = timedelta(days=2)
SOON, GONE = DAY + timedelta(days=9), DAY - timedelta(days=9)


def homes(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    words = s.voice().words

    def entry(id: str, status: Status = Status.approved_with_conditions, **change: Any) -> Entry:
        given = {
            "title": say("Otter for calls"),
            "tool_name": say("Otter"),
            "conditions": (say("Tell people"),),
        }
        return s.entry(id=id, status=status, **given | change)

    uses = (
        entry("soon", review_on=SOON, stage="pilot"),
        entry("late", review_on=GONE, requester=s.CLEO, conditions=()),
        entry("over", Status.lapsed, review_on=GONE),
    )
    bound = tuple(
        Bound(use, say("Everybody is told before"), due, unmet)
        for use, due, unmet in zip(uses, (SOON, GONE, None), (False, False, True), strict=True)
    )
    kinds = ("condition", "report", "review", "tasks", "facts")
    snoozed = tuple(
        PutOff(entry(kind), f"{kind}:1", SOON, say("Away") if kind != "tasks" else "") for kind in kinds
    )
    own = Home(
        voice=s.voice(),
        reader=s.ANA,
        now=s.NOW,
        day=DAY,
        uses=uses,
        bound=bound,
        snoozed=snoozed,
        more={"uses": 297},
        todo={"soon": (Stage.pilot, 3)},
    )
    ten = tuple(entry(f"use{n}") for n in range(PAGE))
    paged: dict[str, Any] = {"voice": s.voice(), "reader": s.ANA, "now": s.NOW, "day": DAY}
    counts = tuple(
        Count(state=state, tier=tier, uses=uses)
        for state, tier, uses in (("approved", 2, 1240), ("in_review", 3, 12), ("disclosed", 0, 81))
    )
    lacks = tuple(Lack(fact=fact, uses=uses) for fact, uses in (("owner_id", 9), ("data", 7), ("account", 1)))
    found = Overview(at=s.NOW, stock=Stock(counts=counts, overdue=3), conditions=2, reviews=1, lacks=lacks)
    wording = s.desk().wording
    channels = Channels(governance="C0EXAMPLE", units={say("Sales"): "C0SALES"})
    told = Told(units=(say("Sales"), say("Service")))
    config = Config(roles={"reviewer": ("U0BEN",)}, channels=channels, organisation=told)
    quiet = Config(digest=Rhythm(day="never"), roles=dict.fromkeys(ROLES, ("U0BEN",)))
    none = Overview(at=s.NOW)
    shown = (("lead", found, config), ("lead_new", None, config), ("lead_calm", none, quiet))
    of_lead: dict[str, Any] = {
        f"home_{name}": screens.home(Home(lead=Lead(counted, settled, wording), **paged))
        for name, counted, settled in shown
    }
    late = entry("no", Status.in_review, owner=None, due_at=s.NOW - DAYS)
    for name in ("lead:overdue", "lead:lack:data", "lead:state:approved", "lead:tier:3"):
        home = Home(page=(name, 0), listed=(*ten[:2], late), lead=Lead(found, config, wording), **paged)
        of_lead[f"home_{name.replace(':', '_')}"] = screens.home(home)
    parts = {f"window_settings_{part}": screens.settings_view(s.voice(), config, part) for part in PARTS}
    return {
        **of_lead,
        **parts,
        "home_own": screens.home(own),
        "home_page": screens.home(Home(page=("uses", 2), uses=ten, more={"uses": 270}, **paged)),
        "home_page_last": screens.home(Home(page=("uses", 29), uses=ten, **paged)),
        "home_page_further": screens.home(
            Home(
                page=("usable", 0),
                usable=ten,
                uncounted=frozenset({"usable"}),
                early={"use1": first_of_all(idea("owner", "tests"), s.voice(), s.desk())},
                **paged,
            )
        ),
        "home_page_empty": screens.home(Home(page=("waiting", 0), **paged)),
        "window_may_i": screens.may_i_view(words),
        "window_may_i_told": screens.may_i_told(words, screens.quoted(s.voice(), say("Yes"))),
    }
