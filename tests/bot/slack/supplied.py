"""Pictures of suppliers: all of them, one assessed with a certificate that ends soon, one not, and the two windows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot import prefilled
from bot.slack import screens, supplying
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.entrylook import Look
from bot.slack.screens.suppliers import One, questions_view, supplier_view, suppliers_view
from store.suppliers import Held
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from triage.aims.decide import Beside, decide
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.seeing import acts_open, shown_to
from triage.aims.standing import approvers
from triage.aims.supplied import ASSESSMENT, PAPER, Known, papers_of, standing
from triage.aims.suppliers import suppliers
from triage.aims.wishes import ActOnEntry, ApproveEntry, DraftEntry
from triage.desk import Desk
from triage.outcome import Say

MANAGER, OTHER = s.ANA, s.CLEO
ROLES = {
    "vendor_manager": frozenset({MANAGER}),
    "security": frozenset({s.BEN}),
    "risk_owner": frozenset({OTHER}),
}


def desk(later: int = 0) -> Desk:
    return s.desk(roles=ROLES, now=s.NOW + timedelta(days=later))


def drafted(kind: str, said: Mapping[str, Said], name: str, by: str, before: Entry | None = None) -> Entry:
    number = len(before.drafts) if before else 0
    key = f"{kind} {name} {number}"
    id = before.id if before else entry_id(kinds()[kind], name if kinds()[kind].named else "", key)
    named = name if kinds()[kind].named else ""
    wish = DraftEntry(actor=by, key=key, entry=id, kind=kind, name=named, said=said, seen=number)
    made = decide(before, wish, desk(number))
    prefix = kinds()[kind].prefix
    return Entry(id=made.id, kind=made.kind, name=made.name, ref=f"{prefix}-2026-0003", steps=made.steps)


def look(entry: Entry, person: str) -> Look:
    counts, waits = shown_to(entry, person, desk())
    mine = waits is not None and waits.by == person
    return Look(entry, counts, waits, approvers(entry, desk()), mine, True, acts_open(entry, person, desk()))


def supplied(words: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        return " ".join(words(text).split())[:200] or text

    known = Known(key="otter", name=say("Otter.ai"), vendor=say("Otter"))
    until = (s.NOW.date() + timedelta(days=25)).isoformat()
    paper = drafted(
        PAPER,
        {"title": say("ISO 27001 certificate"), "what": "iso_27001", "tool": known.name, "scope": say("Hosting"),
         "body": say("An accredited body"), "until": until, "link": "https://example.com/trust"},
        "paper", MANAGER,
    )  # fmt: skip
    read = ActOnEntry(
        actor=s.BEN, key="read", entry=paper.id, act="looked_into", seen=paper.version,
        said={"holds": "partly", "found": say("One site is missing.")},
    )  # fmt: skip
    looked = decide(paper, read, desk(1))
    begun: dict[str, Said] = {
        "title": known.name, "vendor": known.vendor, "terms": say("Enterprise terms"), "trains": "no",
        "regions": "EU", "until": "2027-05-04",
    }  # fmt: skip
    part = drafted(ASSESSMENT, begun, known.key, MANAGER)
    full: dict[str, Said] = {**begun, "security": say("Audited"), "privacy": say("Voices"), "legal": say("Fine"),
                             "fit": "with_conditions", "bounds": (say("No customer calls"),)}  # fmt: skip
    whole = drafted(ASSESSMENT, full, known.key, s.BEN, part)
    yes = ApproveEntry(actor=OTHER, key="yes", entry=whole.id, draft=2)
    stands = decide(whole, yes, desk(2), Beside(supplier=known))

    def held(entry: Entry | None, papers: list[Entry], later: int = 3) -> Held:
        day = s.NOW.date() + timedelta(days=later)
        theirs = papers_of(papers, known, day)
        return Held(known, entry, standing(entry, known, theirs, day), theirs, {3: 1, 2: 3, 1: 8})

    fit, open_ = held(stands, [looked]), held(part, [paper])
    none = Held(Known(key="scribe", name=say("Scribe")), None, "none", (), {1: 2})
    late = held(stands, [looked], later=40)
    card = screens.render(Say.card, replace(s.scene(s.submitted()), supplier=late), {})
    stating = Stating(ASSESSMENT, 1, "", "V1", "", f"{ASSESSMENT}:otter")
    form, voice = kinds()[ASSESSMENT], s.voice()
    assert suppliers().parts
    return {
        "suppliers": suppliers_view(voice, [fit, none]),
        "suppliers_none": suppliers_view(voice, []),
        "supplier_fit": supplier_view(voice, One(fit, [look(looked, OTHER)], look(stands, OTHER), True)),
        "supplier_parts": supplier_view(voice, One(open_, [look(paper, s.BEN)], look(part, s.BEN), True)),
        "supplier_stale": supplier_view(voice, One(late, [look(looked, OTHER)], look(stands, OTHER), False)),
        "supplier_none": supplier_view(voice, One(none, [], None, True)),
        "supplier_begun": entry_form(
            voice,
            supplying.in_window(form, {}, long=False),
            stating._replace(seen=0),
            {"title": known.name, "vendor": known.vendor},
            known=("title", "vendor"),
        ),
        "supplier_questions": questions_view(
            voice, prefilled.questions(voice.words, open_, "", s.NOW.date())
        ),
        "supplier_assess": entry_form(voice, supplying.in_window(form, begun, long=False), stating, begun),
        "supplier_long": entry_form(voice, supplying.in_window(form, full, long=True), stating, full),
        "supplier_paper": entry_form(voice, kinds()[PAPER], Stating(PAPER), {"tool": known.name}),
        "supplier_looked_into": entry_form(
            voice, kinds()[PAPER], Stating(PAPER, act="looked_into"), {}, act=kinds()[PAPER].acts[0]
        ),
        "card_supplier": card,
    }
