"""Pictures of incidents: the card with its clocks, what each person is told, and every window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.drafting import WHOM, drafted
from bot.slack import screens
from bot.slack.message import Message
from bot.slack.scene import Home
from bot.slack.screens.entrylook import Linked
from bot.slack.screens.incident import MENU
from bot.slack.screens.incidentfacts import Seen
from intake.answers import Answer, answered, unsure
from tests.bot.slack import scenery as s
from triage.case import DecisionKind, Status
from triage.incidents.clocks import clocks_of
from triage.incidents.decide import decide
from triage.incidents.incident import Incident, Kind
from triage.incidents.outcome import About
from triage.incidents.wishes import (
    AddAction,
    AskBack,
    Assess,
    CheckAction,
    Classify,
    Contain,
    DoAction,
    Note,
    NotedTold,
    OfIncidents,
    RecordCause,
    Reject,
    Report,
    SettleClock,
    Suspend,
    TakeUp,
    WriteOn,
)

ROLES = {
    "governance_lead": frozenset({s.BEN}),
    "legal": frozenset({s.CLEO}),
    "privacy": frozenset({s.CLEO}),
    "risk_owner": frozenset({s.BEN}),
}
BAD: dict[str, Answer] = {
    "happening": answered("yes"),
    "harm": answered("rights"),
    "extent": answered("real"),
    "people": answered("few"),
    "vulnerable": answered("no"),
    "personal_data": answered("ordinary"),
    "practice": answered("no"),
    "irreversible": answered("no"),
    "repeated": answered("no"),
    "our_role": answered("deployer"),
    "data_role": answered("controller"),
    "duties": unsure("contract"),
    "exposure": answered("discrimination", "reputation"),
}


def incidents(say: Callable[[str], str]) -> dict[str, Message | dict[str, Any]]:
    case = s.submitted(s.HIRING, status=Status.approved, decisions=(s.decision(),))
    case = case.model_copy(update={"title": say(case.title)})
    desk = s.desk(roles=ROLES)
    later = s.desk(roles=ROLES, now=s.NOW + timedelta(hours=80))
    numbers = iter(range(99))

    def then(incident: Incident | None, what: Any, by: str, /, **more: Any) -> Incident:
        wish: OfIncidents = what(actor=by, key=f"k{next(numbers)}", incident="i", **more)
        made = decide(incident, wish, case, desk).incident
        said = {name: say(text) for name, text in made.steps[-1].texts.items() if name != "link"}
        last = made.steps[-1].model_copy(update={"texts": {**made.steps[-1].texts, **said}})
        return Incident(id=made.id, ref="AII-2026-0001", steps=(*made.steps[:-1], last))

    def seen(
        incident: Incident, *, whole: bool = True, at: Any = desk, by: str = "", use: Any = case
    ) -> Seen:
        return Seen(incident, use if incident.now.use else None, at, s.voice(), whole, by)

    words = "It turned a good applicant down"
    fresh = then(None, Report, s.ANA, words=words, message="Look at this", link="https://example.org/m")
    nameless = then(None, Report, "", kind=Kind.concern, words=words)
    known = then(None, Report, s.ANA, words=words, use=case.id)
    known = then(then(known, TakeUp, s.BEN), Assess, s.BEN, answers=BAD)
    known = then(known, Classify, s.CLEO, what="serious", value="yes", reason="A right was lost")
    known = then(known, Classify, s.CLEO, what="breach", value="yes")
    known = then(known, Contain, s.BEN, how="limited", words="People decide")
    known = then(known, Note, s.BEN, words="The vendor called")
    mended = then(known, SettleClock, s.CLEO, clock="ai-act-provider", outcome="met", reason="By mail")
    mended = then(
        mended, SettleClock, s.CLEO, clock="gdpr-authority", outcome="not_applicable", reason="No harm"
    )
    stopped = then(mended, Suspend, s.BEN, reason="Until we know")
    mended = then(stopped, RecordCause, s.BEN, words="Old data", kinds=("data",))
    acted = then(mended, AddAction, s.BEN, words="Train it anew", owner=s.CLEO, due=s.NOW.date())
    action = acted.now.actions[0].id
    done = then(acted, DoAction, s.CLEO, action=action, evidence="Ticket 7")
    checked = then(done, CheckAction, s.BEN, action=action, found="effective")
    late = then(known, SettleClock, s.CLEO, clock="gdpr-authority", outcome="met")
    rejected = then(fresh, Reject, s.BEN, reason="It was a test")
    closed_steps = checked.steps[-1].model_copy(
        update={"id": "z", "kind": "close", "detail": {}, "texts": {"lessons": say("Data age")}}
    )
    closed = Incident(id="i", ref="AII-2026-0001", steps=(*checked.steps, closed_steps))
    asked = then(nameless, AskBack, s.BEN, words="Which list?")
    wrote = then(asked, WriteOn, "", words="The old one")
    over = then(wrote, Reject, s.BEN, reason="It is allowed there")
    learned = Incident(id="i", ref=over.ref, steps=(*wrote.steps, closed_steps))
    running = [each.id for each in clocks_of(fresh, None, desk)]
    again = s.decision(DecisionKind.decline).model_copy(update={"at": s.NOW + timedelta(days=1)})
    decided = case.model_copy(update={"status": Status.declined, "decisions": (*case.decisions, again)})
    waiting = case.model_copy(update={"status": Status.under_reassessment})
    due, waits = s.NOW + timedelta(minutes=30), [(say("One more thing"), s.NOW + timedelta(minutes=30))]
    uses = (s.entry(),)
    outside = then(fresh, Assess, s.BEN, answers={"origin": answered("outside")})
    answered_one = then(outside, NotedTold, s.CLEO, whom="reporter", words="Called back")
    drawn: dict[str, Message | dict[str, Any]] = {
        "incident_fresh": screens.tell_incident(seen(fresh), About.card, ""),
        "incident_nameless": screens.tell_incident(seen(nameless), About.card, ""),
        "incident_asked_back": screens.tell_incident(seen(asked), About.card, ""),
        "incident_wrote_on": screens.tell_incident(seen(wrote), About.wrote_on, ""),
        "incident_wrote_kept_close": screens.tell_incident(seen(wrote, whole=False), About.wrote_on, ""),
        "incident_wrote_whole": screens.incident_view(seen(wrote)),
        "window_concern": screens.concern_view(
            s.voice(), "i|p", due, words=say("They paste"), speak_up=say("the ombudsman, ext. 12")
        ),
        "window_concern_kept": screens.concern_kept_view(
            s.words(), "acorn adult bacon cabin dawn eagle fern globe", due
        ),
        "window_phrase": screens.phrase_view(s.voice()),
        "window_concern_on_its_way": screens.my_concern_view(s.voice(), "k|p", None, waits),
        "window_my_concern": screens.my_concern_view(s.voice(), "k|p", wrote, waits),
        "window_concern_rejected": screens.my_concern_view(s.voice(), "k|p", over, []),
        "window_concern_closed": screens.my_concern_view(s.voice(), "k|p", learned, []),
        "window_concern_written": screens.concern_written_view(s.words(), due),
        "window_ask_back": screens.act_incident_view(seen(asked), "ask_back"),
        "incident_card": screens.tell_incident(seen(known), About.card, ""),
        "incident_outside": screens.tell_incident(seen(outside), About.card, ""),
        "incident_outside_answered": screens.incident_view(seen(answered_one)),
        "incident_missed": screens.tell_incident(seen(known, at=later), About.card, ""),
        "incident_late": screens.tell_incident(seen(late, at=later), About.card, ""),
        "incident_kept_close": screens.tell_incident(seen(checked, whole=False), About.card, ""),
        "incident_stopped": screens.tell_incident(seen(stopped, use=waiting), About.card, ""),
        "incident_stopped_decided": screens.tell_incident(seen(closed, use=decided), About.card, ""),
        "incident_stopped_decided_close": screens.tell_incident(
            seen(closed, use=decided, whole=False), About.card, ""
        ),
        "incident_reminded_fresh": screens.tell_incident(
            seen(fresh, by=s.CLEO), About.clocks, clocks=running
        ),
        "incident_reminded_close": screens.tell_incident(
            seen(fresh, by=s.CLEO, whole=False), About.clocks, clocks=running[:4]
        ),
        "home_incidents": screens.home(
            Home(
                voice=s.voice(),
                reader=s.CLEO,
                now=s.NOW,
                day=s.NOW.date(),
                incidents=(seen(late, at=later), seen(fresh), seen(known, whole=False), seen(checked)),
                reported=(seen(fresh), seen(known, whole=False), seen(closed), seen(rejected)),
            )
        ),
        "incident_checked": screens.tell_incident(seen(checked), About.card, ""),
        "incident_whole": screens.incident_view(seen(checked)),
        "incident_whole_raised": screens.incident_view(
            replace(
                seen(checked),
                raises=True,
                entries=(Linked("AIN-2026-0002", say("A price"), "corrected", "e"),),
            )
        ),
        "incident_whole_to_raise": screens.incident_view(replace(seen(checked), raises=True)),
        "incident_show": screens.show_incident(seen(known)),
        "incident_list": screens.list_incidents(s.voice(), [seen(known)]),
        "incident_list_empty": screens.list_incidents(s.voice(), []),
        "incident_noted": screens.note_of(s.words(), s.words().line("incident.noted", ref=known.ref)),
        "incident_held": screens.tell_incident(seen(known), About.held, ""),
        "incident_held_close": screens.tell_incident(seen(known, whole=False), About.held, ""),
        "incident_received": screens.tell_incident(seen(known), About.received, ""),
        "incident_owner": screens.tell_incident(seen(known), About.owner, ""),
        "incident_action": screens.tell_incident(seen(acted), About.action, action),
        "incident_closed": screens.tell_incident(seen(closed), About.closed, ""),
        "incident_closed_card": screens.tell_incident(seen(closed), About.card, ""),
        "incident_rejected": screens.tell_incident(seen(rejected), About.rejected, ""),
        "incident_reopened": screens.tell_incident(seen(rejected), About.reopened, ""),
        "incident_reminded": screens.tell_incident(
            seen(known), About.clocks, clocks=("ai-act-provider", "gdpr-authority", "contract-notice")
        ),
        "incident_reminded_late": screens.tell_incident(
            seen(known, at=later), About.clocks, clocks=("gdpr-authority",)
        ),
        "incident_reported": screens.note_view(s.words(), screens.reported_incident(s.words(), known.ref)),
        "window_incident": screens.report_incident_view(
            s.voice(), "i|||", uses, speak_up=say("the ombudsman, ext. 12")
        ),
        "window_incident_from": screens.report_incident_view(
            s.voice(), "i|C|1.1|", uses, message_words=say("Look at this")
        ),
        "window_incident_note": screens.note_incident_view(
            s.voice(), "|note|C|1.1|", [known], known.id, say("Look at this")
        ),
    }
    for whom in WHOM:
        page = drafted(s.words(), acted if whom != "affected" else fresh, case, whom, "Ben")
        drawn[f"incident_draft_{whom}"] = screens.drafted_incident(s.words(), page)
    for wish in (*MENU, "assess", "contain", "reopen"):
        drawn[f"window_incident_{wish}"] = screens.act_incident_view(seen(acted), wish, uses)
    return drawn
