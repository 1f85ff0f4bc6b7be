"""Pictures of risks: the register with its matrix, the windows in which one is stated, and what remains of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.slack.screens import riskaccept, riskform, riskorigin, risks
from bot.slack.screens.entrylook import entry_view
from bot.slack.screens.riskaccept import Remaining
from bot.slack.screens.riskform import Held
from bot.slack.screens.risks import Row, Seen
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.systems import BOSS, LEAD, approved, desk, drafted, seen_by
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said
from triage.aims.origins import Arisen
from triage.aims.risk import rests_on, standing
from triage.aims.risks import Authority
from triage.aims.sifting import Sift, Weighed
from triage.aims.suggesting import Suggestion
from triage.aims.wishes import ActOnEntry

Say = Callable[[str], str]
TODAY = date(2026, 6, 1)
UNTIL = "2026-12-31"


def _said(say: Say, title: str, **more: Said) -> dict[str, Said]:
    about: dict[str, Said] = {
        "title": say(title),
        "scenario": say("Nobody checks a figure, and a customer acts on it."),
        "source": "library",
        "library": "wrong-taken-as-true",
        "category": "reliability",
        "affected": ("individuals", "organisation"),
        "uses": ("AIU-2026-0042", "AIU-2026-0043"),
        "likelihood": "4",
        "impact": "4",
        "controls_now": (say("A second person reads each answer"),),
        "likelihood_now": "3",
        "impact_now": "3",
        "treatment": "reduce",
        "plan": say("Sources are shown beside each answer."),
        "likelihood_after": "2",
        "impact_after": "2",
        "owner": s.BEN,
    }
    return about | more


def _risk(say: Say, title: str, **more: Said) -> Entry:
    return drafted("risk", _said(say, title, **more), "")


def _numbered(entry: Entry, number: int) -> Entry:
    return Entry(id=f"{entry.id}{number}", kind=entry.kind, ref=f"AIR-2026-{number:04}", steps=entry.steps)


def _accepted(entry: Entry) -> Entry:
    said = {"until": UNTIL, "because": "It is rare.", "rests_on": rests_on(entry)}
    wish = ActOnEntry(
        actor=BOSS, key=f"a{entry.id}", entry=entry.id, act="accepted", said=said, seen=entry.version
    )
    roles = {"executive": frozenset({s.CLEO, "person-dan"}), "risk_owner": frozenset({"person-dan"})}
    return decide(
        entry, wish.model_copy(update={"actor": "person-dan"}), s.desk(roles=roles, now=desk(3).now)
    )


def _weighed(entry: Entry, facts: str | None = None) -> Weighed:
    return Weighed(entry, standing(entry, None, TODAY, facts))


def _every(say: Say) -> list[Weighed]:
    worst = approved(_risk(say, "It decides by itself", likelihood_now="4", impact_now="5", impact_after="4"))
    high = approved(_risk(say, "Personal data comes out", likelihood_now="4", impact_now="4"))
    held = _accepted(approved(_risk(say, "Something wrong is taken as true")))
    low = approved(_risk(say, "Cost runs away", likelihood_now="1", impact_now="2", impact_after="1"))
    waits = _risk(say, "Work becomes worse for people")
    found = [_numbered(each, n) for n, each in enumerate((worst, high, held, held, low, waits), 1)]
    return [_weighed(each, "others" if n == 3 else None) for n, each in enumerate(found)]


def riskpics(words: Say) -> dict[str, Picture]:
    def say(text: str) -> str:
        """As much as fits on the one line of a field."""
        return " ".join(words(text).split())[:200] or text

    voice, every = s.voice(), _every(say)
    rows = [Row(each.entry, each.standing, date(2026, 7, 1 + n), n == 4) for n, each in enumerate(every)]
    seen = Seen(every, rows, len(every), Sift(), 0, (say("Otter"),), True, 3, 2)
    named = [
        Suggestion(risk="hidden-instructions", uses=4, open=2, first=("AIU-2026-0042", "AIU-2026-0043")),
        Suggestion(risk="energy", uses=0, open=1),
        *(Suggestion(risk=each, uses=1, open=0) for each in LATER),
    ]
    said = _said(say, "Something wrong is taken as true")
    half: dict[str, Said] = {"likelihood": "4", "impact": "4", "likelihood_now": "3"}
    title = say("Something wrong is taken as true")
    approved_one = every[2].entry
    return {
        "risks": risks.risks_view(voice, seen),
        "risks_of_use": risks.risks_view(
            voice, seen._replace(rows=rows[:1], whole=30, page=1, sift=Sift("use", "AIU-2026-0042"))
        ),
        "risks_none": risks.risks_view(voice, Seen((), (), 0)),
        "risks_none_fits": risks.risks_view(voice, Seen(every, (), 0, Sift("level", "low"), drafts=True)),
        "risk_from": riskform.from_view(voice, named, "", "V1", HAPPENED),
        "risk_aside": riskorigin.aside_view(voice, HAPPENED[0], "|V1"),
        "risk_from_empty": riskform.from_view(voice, (), "AIU-2026-0042", ""),
        "risk_what": riskform.what_view(voice, Held(said=said)),
        "risk_what_empty": riskform.what_view(voice, Held(said={"source": "manual"}), say("Once more")),
        "risk_weigh": riskform.weigh_view(voice, Held(said={"title": "It"}), half, title),
        "risk_weigh_anew": riskform.weigh_view(
            voice, Held("x", 2), said, title, s.words().line("aims.changed_meanwhile", number=2)
        ),
        **_remaining(say, approved_one),
    }


HAPPENED = (
    Arisen(origin="concern_true", key="incident:i", ref="AII-2026-0004", source="concern"),
    Arisen(origin="supplier_trains", key="supplier:s", ref="AIS-2026-0001", source="review", tool="Otter"),
    Arisen(origin="harm_privacy", key="harm_privacy:u", ref="AIU-2026-0042", source="impact_assessment"),
    *(Arisen(origin="wrong_again", key=f"n{n}", ref=f"AIN-2026-{n:04}", source="audit") for n in range(8)),
)
LATER = ("unfair-to-groups", "followed-blindly", "does-too-much", "supplier-fails", "costs-run-away")


def _remaining(say: Say, entry: Entry) -> dict[str, Picture]:
    voice = s.voice()
    action_said: dict[str, Said] = {
        "title": say("Show sources"), "success": say("They stand there."), "owner": s.BEN, "due": "2026-07-01",
        "refs": (entry.ref,),
    }  # fmt: skip
    action = drafted("action", action_said)
    done = decide(
        action,
        ActOnEntry(actor=s.BEN, key="d", entry=action.id, act="done", said={"evidence": say("Seen")}, seen=1),
        desk(9),
    )
    held = standing(entry, None, TODAY)
    stale = standing(entry, None, TODAY, "other facts")
    assert held is not None
    assert stale is not None
    left = Remaining(
        entry=entry,
        standing=held,
        authority=Authority(roles=("risk_owner", "executive"), months=12),
        people=(BOSS, s.BEN),
        actions=(action, done),
        last=date(2027, 6, 1),
        rests="r",
        facts="f",
    )
    note = riskaccept.note_of(voice, held, (action,), ended=True)
    bare: dict[str, Any] = {
        "standing": held.model_copy(update={"within": True, "accepted": "none"}),
        "actions": (),
    }
    waits = _risk(say, "Something wrong is taken as true")
    return {
        "risk_accept": riskaccept.accept_view(voice, left),
        "risk_accept_again": riskaccept.accept_view(
            voice, left._replace(**bare), s.words().refusal("entry_moved")
        ),
        "risk_action": riskaccept.action_view(voice, entry),
        "risk_read": entry_view(voice, seen_by(LEAD, entry), LEAD, note=note),
        "risk_waits": entry_view(voice, seen_by(BOSS, waits), BOSS),
        "risk_stale": riskaccept.told_stale(voice, entry, stale, (BOSS,)),
        "risk_stale_nobody": riskaccept.told_stale(voice, entry, stale, ()),
    }
