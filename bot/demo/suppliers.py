"""Suppliers of the example organisation: one is assessed by two and looked at by a third, with a certificate that ends
soon; the others are not.
"""

from __future__ import annotations

from datetime import timedelta

from bot.demo import system
from bot.demo.play import AMARA, JONAS, LEILA, Play
from bot.demo.player import Stuck
from bot.slack.process import Running
from store import suppliers
from store.suppliers import Held
from triage.aims.entry import Said
from triage.aims.supplied import ASSESSMENT, PAPER

TOOL = "GitHub Copilot"
SOON, LATER = timedelta(days=28), timedelta(days=300)
"""Until its certificate ends, and until its assessment does."""


def look_at_one(running: Running) -> None:
    """Jonas and Amara write a part each, Leila says yes, and Amara reads the certificate that Jonas put in."""
    day, held = running.front.desk().day, _held(running)
    known: dict[str, Said] = {"known": held.known.facts} if held.known.facts else {}
    begun: dict[str, Said] = {
        "title": held.known.name,
        "vendor": held.known.vendor or "GitHub",
        "terms": "The business terms of spring.",
        "regions": "EU and US",
        "trains": "no",
        "security": "Nothing is kept of what is typed; who may use it is kept in our directory.",
        **known,
    }
    whole: dict[str, Said] = {
        **begun,
        "privacy": "Only names of developers; there is a contract for the work on our behalf.",
        "legal": "Suggestions that match public code are filtered.",
        "fit": "with_conditions",
        "bounds": ("Only through the company account",),
        "until": (day + LATER).isoformat(),
    }
    name = held.known.key
    part = system.draft(running, JONAS, ASSESSMENT, begun, "supplier:1", name=name)
    entry = system.draft(running, AMARA, ASSESSMENT, whole, "supplier:2", entry=part)
    paper: dict[str, Said] = {
        "title": "ISO 27001 certificate",
        "what": "iso_27001",
        "tool": held.known.name,
        "scope": "Where it is hosted and who runs it",
        "body": "Rheinmark Certification",
        "until": (day + SOON).isoformat(),
        "link": "https://wiki.example.com/suppliers/certificate",
    }
    brought = system.draft(running, JONAS, PAPER, paper, "supplier_paper")
    found = "It covers what we use; one of the two sites is missing."
    system.act(running, AMARA, brought, "looked_into", holds="partly", found=found)
    system.approve(running, entry, LEILA)


def assess(play: Play) -> None:
    look_at_one(play.theatre.running)


def _held(running: Running) -> Held:
    with running.office.store.read() as session:
        found = suppliers.overview(session, running.front.desk().day)
    for each in found:
        if each.known.name == TOOL:
            return each
    raise Stuck(f"Nobody uses {TOOL}.")
