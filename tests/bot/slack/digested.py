"""Pictures of digests: of a week, of a month for management, of a register in which nothing is yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.library import library
from bot.slack.message import Message
from bot.slack.screens.digest import digest_message
from bot.words import Words
from triage.digest import Kind, digest
from triage.figures import (
    Benefits,
    Bound,
    Count,
    Figures,
    Flow,
    Incidents,
    Lack,
    LawDate,
    Management,
    Queue,
    Reviews,
    Share,
    Sighted,
    Speed,
    Stock,
    Suppliers,
    Watched,
)

AT = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
ORIGINS = (("built", 12), ("bought", 199), ("embedded", 61), ("unknown", 28))
PARTS = (("decides", 17), ("assists", 255), ("unknown", 28))
WORDS = Words("en", "Europe/Berlin")


def counts(**by_state: dict[int, int]) -> tuple[Count, ...]:
    return tuple(
        Count(state=state, tier=tier, uses=uses)
        for state, tiers in by_state.items()
        for tier, uses in tiers.items()
    )


def figures(**change: Any) -> Figures:
    given: dict[str, Any] = {
        "flow": Flow(came_in=14, imported=3, approved=6, approved_with_conditions=3, declined=2, by_pattern=4, again=1),
        "before": Flow(came_in=9, approved=8, approved_with_conditions=3, declined=1),
        "stock": Stock(
            overdue=4,
            unclaimed=40,
            counts=counts(
                approved={1: 118, 2: 64, 3: 6},
                approved_with_conditions={2: 21, 3: 17, 4: 3},
                in_review={1: 3, 2: 5, 3: 6},
                needs_info={3: 4},
                blocked={4: 1},
                disclosed={0: 40, 3: 9},
                lapsed={2: 2},
                under_reassessment={3: 1},
                declined={3: 7},
                retired={1: 12},
            ),
        ),
        "then": Stock(overdue=6, counts=counts(approved={1: 110, 2: 64}, in_review={3: 8}, disclosed={0: 140})),
        "speed": Speed(uses=11, half=19, most=76),
        "speed_before": Speed(uses=12, half=23, most=101),
        "queues": (Queue(role="risk_owner", uses=3), Queue(role="privacy", uses=2)),
        "oldest": "AIU-2026-0042",
        "in_use": 229,
        "lacks": (Lack(fact="owner_id", uses=11), Lack(fact="train_on_data", uses=9), Lack(fact="scale", uses=4)),
        "law": (
            LawDate(day=date(2026, 12, 2), duties=("eu-duty-5-1a-safeguards",), uses=1),
            LawDate(
                day=date(2027, 12, 2),
                duties=("eu-duty-inform",),
                uses=9,
                incomplete=4,
                missing=(Lack(fact="influence", uses=3), Lack(fact="check", uses=2)),
            ),
        ),
        "conditions": Bound(due=5, overdue=2, oldest="AIU-2026-0031"),
        "management": Management(
            rules_changed=2, settings_changed=1, reports=1, unmet=1, misfits=1,
            watched=Watched(readings=40, past_limit=2, without_value=1),
            origins=tuple(Share(kind=kind, uses=uses) for kind, uses in ORIGINS),
            parts=tuple(Share(kind=kind, uses=uses) for kind, uses in PARTS),
            benefits=Benefits(uses=111, named=84),
        ),
    }  # fmt: skip
    return Figures(since=AT - timedelta(days=7), at=AT, **(given | change))


EMPTY = Figures(since=AT - timedelta(days=30), at=AT, management=Management())


def others(tool: str) -> Figures:
    return figures(
        reviews=Reviews(due=3, overdue=1),
        incidents=Incidents(
            open=2, reported=1, clocks=2, soon=1, missed=1, marks=(("discrimination", 1), ("contract", 1))
        ),
        sighted=Sighted(tools=9, teams=4, new=2, waiting=5, dismissed=1),
        suppliers=Suppliers(tool=tool, uses=31, ending=2, ended=1, untried=3),
    )


OTHERS = others("Otter.ai")


def drawn(found: Figures, kind: Kind = "week", *, picture: str = "F0PICTURE") -> Message:
    made = digest(found, kind)
    return digest_message(WORDS, library().wording, made, picture=picture, uses={"AIU-2026-0031": "use-31"})


def digests(say: Callable[[str], str]) -> dict[str, Message]:
    return {
        "digest_week": drawn(figures()),
        "digest_incidents": drawn(others(say("Otter.ai"))),
        "digest_month": drawn(figures(), "month"),
        "digest_empty": drawn(EMPTY, "month", picture=""),
    }
