"""Pictures of the management system: how far it is set up, the windows in which it is stated and approved, messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.slack import screens
from bot.slack.scene import Home, System
from bot.slack.screens import entrytold
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.entrylook import Look, approve_view, entry_view, retire_view, send_back_view
from bot.slack.screens.system import Seen, kind_view, system_view
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.ruling import may_send_back
from triage.aims.seeing import acts_open, shown_to
from triage.aims.standing import ORDER, WORK, Worked, approvers, standing
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry, SendEntryBack
from triage.desk import Desk

LEAD, BOSS = s.ANA, s.CLEO
ROLES = {"governance_lead": frozenset({LEAD}), "executive": frozenset({BOSS}), "auditor": frozenset({s.BEN})}


def desk(later: int = 0) -> Desk:
    return s.desk(roles=ROLES, now=s.NOW + timedelta(days=later))


def drafted(
    kind: str, said: Mapping[str, Said], name: str = "", before: Entry | None = None, **more: Any
) -> Entry:
    number = len(before.drafts) if before else 0
    key = f"{kind} {name} {number}"
    id = before.id if before else entry_id(kinds()[kind], name, key)
    wish = DraftEntry(actor=LEAD, key=key, entry=id, kind=kind, name=name, said=said, seen=number, **more)
    made = decide(before, wish, desk(number))
    return Entry(id=made.id, kind=made.kind, name=made.name, ref="AIM-2026-0007", steps=made.steps)


def approved(entry: Entry) -> Entry:
    number = len(entry.drafts)
    wish = ApproveEntry(actor=BOSS, key=f"yes {entry.id} {number}", entry=entry.id, draft=number)
    return decide(entry, wish, desk(number))


def sent_back(entry: Entry, reason: str) -> Entry:
    number = len(entry.drafts)
    wish = SendEntryBack(actor=BOSS, key="no", entry=entry.id, draft=number, reason=reason)
    return decide(entry, wish, desk(number))


def seen_by(person: str, entry: Entry) -> Look:
    at = desk(30)
    counts, waits = shown_to(entry, person, at)
    mine = waits is not None and waits.by == person
    drafts = person == LEAD
    backs = may_send_back(entry, person, at)
    return Look(entry, counts, waits, approvers(entry, at), mine, drafts, acts_open(entry, person, at), backs)


def systems(words: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        """As much as fits on the one line of a field."""
        return " ".join(words(text).split())[:200] or text

    text = words("We use AI where it helps people, and a person answers for every result.")[:2500] or "-"
    policy = approved(
        drafted("policy", {"title": say("AI policy"), "text": text, "since": "2026-05-04"}, "ai-policy")
    )
    newer = {"title": say("AI policy"), "text": f"{text}\n{say('Nothing secret goes into free tools.')}",
             "since": "2026-06-01", "link": "https://example.com/policy"}  # fmt: skip
    policy_two = drafted("policy", newer, "ai-policy", policy)
    scope = drafted(
        "scope", {"covers": say("All our AI"), "units": ("Sales",), "activities": (say("Support"),)}
    )
    party = drafted("party", {"title": say("Applicants"), "needs": (say("A fair look"),), "points": ("4.2",)})
    objective = approved(_objective(say))
    measured = decide(
        objective,
        ActOnEntry(actor=LEAD, key="m", entry=objective.id, act="measured",
                   said={"value": say("87 %"), "met": "on_the_way"}, seen=objective.version),
        desk(20),
    )  # fmt: skip
    back = sent_back(scope, say("Name who may stop it."))
    outdated = s.words().refusal("entry_moved")
    retired = drafted("policy", {}, "ai-policy", policy, retires=True, reason=say("Another one covers it."))
    return {
        **_overviews(say, [policy_two, scope, party, measured]),
        **_forms(say, policy_two),
        "entry_waits": entry_view(s.voice(), seen_by(BOSS, policy_two), BOSS),
        "entry_own": entry_view(s.voice(), seen_by(LEAD, policy_two), LEAD),
        "entry_counts": entry_view(s.voice(), seen_by(LEAD, measured), LEAD),
        "entry_retires": entry_view(s.voice(), seen_by(BOSS, retired), BOSS),
        "entries_approve": approve_view(
            s.voice(), [seen_by(BOSS, each) for each in (policy_two, scope, party)], note=outdated
        )
        or {},
        "entry_retire": retire_view(s.voice(), policy),
        "entry_send_back": send_back_view(s.voice(), seen_by(BOSS, scope)),
        "entries_waiting": entrytold.waiting(s.voice(), [seen_by(BOSS, each) for each in (policy_two, scope, party)]),
        "entries_nothing": entrytold.waiting(s.voice(), []),
        "entries_became": entrytold.became(
            s.voice(), [(policy, policy.drafts[0]), (back, back.drafts[0])]
        ),
        "entries_yours": entrytold.yours(s.voice(), [seen_by(LEAD, measured)]),
        "policy_counts": entrytold.counts(
            s.voice(), [(approved(policy_two), approved(policy_two).drafts[1], policy.drafts[0])]
        ),
        "policy_ends": entrytold.counts(s.voice(), [(approved(retired), approved(retired).drafts[1], None)]),
        "policy_read": entrytold.policy(s.voice(), [seen_by(s.BEN, policy)._replace(waits=None)]),
        "policy_unread": entrytold.policy(
            s.voice(), [seen_by(s.BEN, policy)._replace(waits=None)], frozenset({policy.id})
        ),
        "policy_none": entrytold.policy(s.voice(), []),
        "policy_tell": entrytold.tell_policy_view(s.voice(), policy),
        "command_help_lead": screens.command_help(s.voice(), ("setup", "suppliers")),
    }  # fmt: skip


def _objective(say: Callable[[str], str]) -> Entry:
    said: dict[str, Said] = {
        "title": say("All on record"), "measure": say("Share with an owner"), "target": "95 %",
        "how": say("Campaigns"), "owner": LEAD, "due": "2026-12-01",
    }  # fmt: skip
    return drafted("objective", said)


SOME = {
    "risk": Worked(kind="risk", ever=14, still=12, late=3, waiting=1),
    "nonconformity": Worked(kind="nonconformity", ever=1, still=1),
    "improvement": Worked(kind="improvement", ever=2),
    "programme": Worked(kind="programme", ever=1, still=1),
}
WORKED = tuple(SOME.get(kind, Worked(kind=kind)) for kind in WORK)
FULL = tuple(Worked(kind=kind, ever=3, still=2, late=1, waiting=1) for kind in WORK)
"""All of it, so that it is seen while it still fits in one window."""


def _overviews(say: Callable[[str], str], entries: list[Entry]) -> dict[str, Picture]:
    found = standing(entries, desk())
    able = {each.id: approvers(each, desk(30)) for each in found.waiting}
    about = {"sector": say("software"), "regions": "EU"}
    acting = [seen_by(LEAD, entries[-1])]
    lead = Seen(found, (), acting, frozenset(ORDER), able, about, ("legal", "auditor"), leads=True)
    lead, full = lead._replace(work=WORKED, drafts=frozenset((*ORDER, *WORK))), lead._replace(work=FULL)
    boss = Seen(found, found.waiting, (), frozenset(("commitment",)), able, about)
    later = standing([entries[0]], desk(900))
    old = Seen(later, (), (), frozenset(ORDER), {}, about, leads=True)
    counts = {state: found.count(state) for state in ("in_place", "waits", "missing")}
    home: dict[str, Any] = {"voice": s.voice(), "reader": BOSS, "now": s.NOW, "day": s.NOW.date()}
    looks = [seen_by(LEAD, each) for each in entries[:1]]
    return {
        "system_lead": system_view(s.voice(), lead),
        "system_full": system_view(s.voice(), full),
        "system_boss": system_view(s.voice(), boss),
        "system_old": system_view(s.voice(), old),
        "system_kind": kind_view(s.voice(), kinds()["policy"], looks, drafts=True, root="V1"),
        "system_kind_empty": kind_view(s.voice(), kinds()["party"], [], drafts=False, root=""),
        "home_trainings": screens.home(Home(**home, trains=True)),
        "home_system": screens.home(
            Home(
                **home,
                system=System(
                    counts=counts,  # type: ignore[arg-type]
                    waiting=found.waiting,
                    acting=tuple(acting),
                    packs=True,
                ),
            )
        ),
    }


def _forms(say: Callable[[str], str], policy: Entry) -> dict[str, Picture]:
    """Each kind as it is stated for the first time, one with what stands there, one with too much of it."""
    of = {id: kind for id, kind in kinds().items() if id in ORDER}
    empty = {
        f"entry_form_{id}": entry_form(s.voice(), kind, Stating(id), {}, units=("Sales", "Service"))
        for id, kind in of.items()
    }
    acts = {
        f"entry_act_{act.id}": entry_form(
            s.voice(), kind, Stating(kind.id, act=act.id), {}, act=act, note=say("It")
        )
        for kind in of.values()
        for act in kind.acts
    }
    said = policy.drafts[1].said
    long = dict(said) | {"text": "a" * 3500}
    return {
        **empty,
        **acts,
        "entry_form_again": entry_form(
            s.voice(), of["policy"], Stating("policy", 2, entry=policy.id), said,
            note=s.words().line("aims.changed_meanwhile", number=2),
        ),
        "entry_form_long": entry_form(s.voice(), of["policy"], Stating("policy", 2, entry=policy.id), long),
    }  # fmt: skip
