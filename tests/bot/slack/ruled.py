"""The screens about an organisation's own rules, people's words put through `say`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import screens
from bot.slack.ids import Press
from bot.slack.message import Message
from bot.slack.screens.rules import Ruling, amended_told, rehearsal, reopened
from bot.slack.screens.rulestext import rules_text_view
from tests.bot.slack import scenery as s
from triage.amending import Amended, How
from triage.foreseen import Foreseen
from triage.proposing import Proposal

DIGEST = "0b72f5e5e92a4d0c8a64f8d1c0ffee000b72f5e5e92a4d0c8a64f8d1c0ffee00"


def ruled(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    because = " ".join(say("What talks with our customers by itself is looked at by the risk owner.").split())
    title = " ".join(say("Otter for customer calls").split())
    line = "\t".join(("AIU-2026-0107", title, "tier", "1", "2", "3", "3", because))
    flag = "\t".join(("AIU-2026-0042", title, "", "", "", "", "", because))
    proposal = Proposal(
        digest=DIGEST,
        base="",
        made="p",
        by=s.BEN,
        reason=say("We work for hospitals."),
        looser=True,
        agreed=(s.BEN,),
    )
    some = Foreseen(
        total=2587, moved=12, stricter=9, looser=2, both=1, lapsing=3, first=(line,) * 4 + (flag,)
    )
    amended = tuple(
        Amended(
            rule="own-x", how=how, before=before, after=after, sentence=because, source=say("Our policy, 2")
        )
        for how, before, after in (
            (How.looser, "tier.3", "tier.2"),
            (How.looser, "tier.3", "tier.3"),
            (How.gone, "dpia.mandatory", ""),
            (How.new, "", "tier.3"),
            (How.stricter, "tier.3", "tier.3"),
            (How.said_anew, "tier.3", "tier.3"),
        )
    )
    none = Foreseen(total=2587, moved=0, stricter=0, looser=0, both=0, lapsing=0, first=())
    one = some.model_copy(update={"lapsing": 1, "both": 0})
    by_nobody = proposal.model_copy(
        update={"by": "", "reason": "", "looser": False, "agreed": (s.BEN, s.ANA)}
    )
    rules = {
        "rules_open": Ruling(proposal, "open", some, amended, holders=(s.BEN, s.ANA)),
        "rules_alone": Ruling(proposal, "open", some, amended, holders=(s.BEN,), lacking=1),
        "rules_nobody": Ruling(by_nobody, "open", some, amended, lacking=1),
        "rules_stricter": Ruling(by_nobody.model_copy(update={"agreed": ()}), "open", one),
        "rules_nothing_moves": Ruling(by_nobody, "open", none),
        "rules_no_uses": Ruling(by_nobody, "open", none.model_copy(update={"total": 0})),
        "rules_in_force": Ruling(by_nobody, "in_force", some, amended[3:], last=s.BEN),
        "rules_withdrawn": Ruling(proposal, "withdrawn", some, last=s.BEN),
        "rules_replaced": Ruling(proposal, "replaced", some),
    }
    drawn: dict[str, Message | dict[str, Any]] = {
        name: screens.rules_card(s.voice(), ruling) for name, ruling in rules.items()
    }
    drawn |= {
        "rules_tried": rehearsal(s.voice(), some, say("policy-2027"), ["us", "owasp"]),
        "rules_tried_nothing_moves": rehearsal(s.voice(), none, say("policy-2027"), []),
        "rules_tried_no_uses": rehearsal(
            s.voice(), none.model_copy(update={"total": 0}), say("policy-2027"), []
        ),
    }
    uses = [(f"AIU-2026-000{number}", say("Otter for calls")) for number in range(9)]
    windows: dict[str, Message | dict[str, Any]] = {
        "window_rules": screens.rules_view(s.voice(), say("rules: []")),
        "window_rules_none": screens.rules_view(s.voice(), ""),
        "window_rules_text": rules_text_view(
            s.voice(), say("rules: []"), Press(case=DIGEST), amended_told(s.voice(), amended * 7)
        ),
        "window_rules_parts": rules_text_view(
            s.voice(), "ж" * 60_000, Press(case=DIGEST, turn=1), Mrkdwn("")
        ),
        "window_rules_taken_back": rules_text_view(s.voice(), "{}", Press(case=DIGEST), Mrkdwn("")),
        "window_rules_long": screens.rules_view(s.voice(), "# " + "x" * 4000),
        "rules_reopened": Message(text=reopened(s.voice(), uses)),
        "rules_reopened_one": Message(text=reopened(s.voice(), uses[:1])),
    }
    return drawn | windows
