"""Pictures of the evidence pack: its window, how far it is, the file, and what is said instead of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.slack import screens
from bot.slack.screens import entrynamed
from bot.slack.screens import pack as screens_of_packs
from bot.slack.screens.entrylook import entry_view
from bot.slack.screens.looks import looks_view
from bot.slack.screens.sample import Drawn, sample, sample_view
from store.looked import Look
from store.packs import Found, Order
from store.samples import Sample
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.worked import LEAD, made, seen_by
from triage.aims.entry import Entry, Said

WHY = ("role", "scope", "large", "disk", "fault", "other")


def order(**more: Any) -> Order:
    return Order(id="o-1", person=s.ANA, day="2026-06-30", **more)


def proof(found: Found) -> Order:
    return order(what="proof", state="made", head="7f" * 32, found=found)


PROOFS = {
    "waiting": order(what="proof"),
    "making": order(what="proof", state="making"),
    "sound": proof(Found(lines=48211)),
    "erased": proof(Found(lines=48211, unproven=3)),
    "broken": proof(Found(lines=48211, broken_at=507, texts=2, records=4)),
    "failed": order(what="proof", state="failed", why="fault"),
    "failed_role": order(what="proof", state="failed", why="role"),
}


def report(**more: Any) -> Order:
    return order(what="report", about="e-1", name="AIA-2026-0007.pdf", **more)


def reports() -> dict[str, Picture]:
    words = s.voice().words
    audit = Entry(id="e-1", kind="audit", ref="AIA-2026-0007")
    made = report(state="made", sha256="c3" * 32)
    return {
        "window_report_asked": screens.report_asked(words, audit, new=True),
        "window_report_underway": screens.report_asked(words, audit, new=False),
        "report_waiting": screens.pack_progress(words, report()),
        "report_making": screens.pack_progress(words, report(state="making")),
        "report_made": screens.pack_progress(words, made),
        "report_file": screens.pack_told(words, made),
        "report_no_file": screens.pack_told(words, made, "other"),
        **{
            f"report_failed_{why}": screens.pack_progress(words, report(state="failed", why=why))
            for why in ("role", "scope", "fault")
        },
    }


LET_IN: dict[str, Said] = {
    "title": "Before stage 1",
    "auditor": "P-from-outside",
    "since": "2026-05-04",
    "until": "2026-06-20",
    "purpose": "To see how decisions come about.",
}


def looked() -> dict[str, Picture]:
    access = Entry(id="e-2", kind="access", ref="AIX-2026-0001")
    let_in = made("access", "AIX-2026-0001", LET_IN, LEAD)
    one = Look(s.NOW.isoformat(), s.ANA, "home_show", "AIU-2026-0007")
    some = [one, one._replace(about="", closed=True), one._replace(wish="/steward list", about="")]
    words = s.voice().words
    return {
        "looks": looks_view(words, access, some),
        "access_entry": entry_view(s.voice(), seen_by(LEAD, let_in), LEAD),
        "entries_assigned": entrynamed.assigned(s.voice(), [(let_in, let_in.drafts[0])]),
        "looks_many": looks_view(words, access, [one] * 41),
        "looks_none": looks_view(words, access, []),
    }


def sampled(say: Callable[[str], str]) -> dict[str, Picture]:
    words, use = s.voice().words, s.entry().model_copy(update={"title": say(s.entry().title)})
    one = Sample(line=48211, seed="5a" * 32, population=120, refs=("AIU-2026-0042",))
    many = one._replace(refs=("AIU-2026-0042",) * 60)
    return {
        "sample": sample(words, Drawn(one, (use,))),
        "sample_hidden": sample(words, Drawn(one, ())),
        "sample_many": sample(words, Drawn(many, (use,) * 60)),
        "window_sample": sample_view(words, Drawn(many, (use,) * 60)),
    }


def large() -> dict[str, Picture]:
    """What the worker makes of a large register."""
    words = s.voice().words
    found: dict[str, Picture] = {}
    for name, about in (
        ("register", order(what="register", sha256="c3" * 32)),
        ("draw", order(what="sample")),
    ):
        found |= {
            f"{name}_asked": screens_of_packs.pack_asked_for(words, about, new=True),
            f"{name}_underway": screens_of_packs.pack_asked_for(words, about, new=False),
        }
        states = [("waiting", ""), ("making", ""), ("made", "")]
        whys = (
            ("role", "scope", "fault", "other")
            if name == "register"
            else ("role", "nothing_to_draw", "fault")
        )
        found |= {
            f"{name}_{state}_{why}".rstrip("_"): screens.pack_progress(
                words, about.model_copy(update={"state": state, "why": why})
            )
            for state, why in (*states, *(("failed", why) for why in whys))
        }
    about = order(what="register", state="made", sha256="c3" * 32)
    asked = screens_of_packs.pack_asked_for(words, order(what="sample"), new=True)
    found |= {
        "register_file": screens.pack_told(words, about),
        "window_draw_asked": screens_of_packs.pack_noted(words, asked),
    }
    return found


def packs(say: Callable[[str], str]) -> dict[str, Picture]:
    words, day = s.voice().words, s.NOW.date()
    made = order(
        state="made", name="steward-evidence-2026-06-30.zip", seal="5a" * 32, sha256="c3" * 32, head="7f" * 32
    )
    failed = {
        f"pack_failed_{why}": screens.pack_progress(words, order(state="failed", why=why)) for why in WHY
    }
    return {
        "window_pack": screens.pack_view(words, day, sends=True),
        "window_pack_no_scope": screens.pack_view(words, day, sends=False),
        "window_pack_asked": screens.pack_asked(words, day, new=True),
        "window_pack_underway": screens.pack_asked(words, day, new=False),
        "pack_waiting": screens.pack_progress(words, order()),
        "pack_making": screens.pack_progress(words, order(state="making", done=6200, total=10000)),
        "pack_made": screens.pack_progress(words, made),
        "pack_made_unsound": screens.pack_progress(words, made.model_copy(update={"faults": 1})),
        "pack_file": screens.pack_told(words, made),
        "pack_no_file": screens.pack_told(words, made, "other"),
        **failed,
        "window_proof_asked": screens.proof_asked(words, new=True),
        "window_proof_underway": screens.proof_asked(words, new=False),
        **{f"proof_{name}": screens.pack_progress(words, each) for name, each in PROOFS.items()},
        **reports(),
        **large(),
        **looked(),
        **sampled(say),
    }
