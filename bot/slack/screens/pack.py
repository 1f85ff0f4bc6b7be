"""The evidence pack in Slack: the window that asks for it, how far it is, and what stands beside the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.screens.sample import sample_offered
from bot.words import Page, Words
from store.packs import Found, Order, What
from triage.aims.entry import Entry

WIDE = 20
"""Signs of the bar."""


def pack_button(words: Words) -> b.Element:
    """The one way in, for whoever may take it along."""
    return b.button(Action.PACK, words.label("button.pack"), to_value(Press(case="")))


def pack_view(words: Words, today: date, *, sends: bool) -> dict[str, Any]:
    """Where no file may be sent, the way that there is instead."""
    page, title = words.page("pack", day=today, command=_command(today)), words.label("modal.pack")
    if not sends:
        return modal(words, View.NOTE, title, [b.section(page["no_scope"]), *_beside(words)])
    picker = b.day(Input.VALUE, words.label("placeholder.day"), on=today.isoformat())
    drawn = [
        b.section(page["what"]),
        b.field(Field.AS_OF, words.label("field.pack_as_of"), picker, hint=words.label("hint.pack_as_of")),
        b.context(page["left_out"]),
        *_beside(words),
    ]
    return modal(words, View.PACK, title, drawn, submit=words.label("submit.pack"))


def _beside(words: Words) -> list[b.Block]:
    """Whoever wants to know whether the trail holds, or to look at some uses, needs no pack for it."""
    button = b.button(Action.PROVE, words.label("button.prove"), to_value(Press(case="")))
    proof = [b.divider(), b.section(words.page("trailproof")["what"]), b.actions([button])]
    return [*proof, *sample_offered(words)]


def proof_asked(words: Words, *, new: bool) -> dict[str, Any]:
    told = words.page("trailproof")["asked" if new else "underway"]
    return modal(words, View.NOTE, words.label("button.prove"), [b.section(told)])


def pack_asked(words: Words, day: date, *, new: bool) -> dict[str, Any]:
    page = words.page("pack", day=day, command=_command(day))
    return modal(
        words, View.NOTE, words.label("modal.pack"), [b.section(page["asked" if new else "underway"])]
    )


def report_asked(words: Words, audit: Entry, *, new: bool) -> dict[str, Any]:
    page = words.page("auditreport", ref=audit.ref, why="", sha256="", command="")
    told = b.section(page["asked" if new else "underway"])
    return modal(words, View.NOTE, words.label("audited.take"), [told])


def pack_asked_for(words: Words, order: Order, *, new: bool) -> Message:
    """What the worker makes because the register is large."""
    text = PAGES[order.what](words, order)["asked" if new else "underway"]
    return message(words, text, [b.section(text)])


def pack_noted(words: Words, told: Message) -> dict[str, Any]:
    return modal(words, View.NOTE, words.label("button.sample"), list(told.blocks))


def pack_progress(words: Words, order: Order) -> Message:
    """Drawn anew in its place."""
    text = PAGES[order.what](words, order)[order.state]
    return message(words, text, [b.section(text)])


def pack_told(words: Words, order: Order, why: str = "") -> Message:
    """Beside the file; `why` there is none: instead of it."""
    failed = order.model_copy(update={"why": why})
    return Message(text=PAGES[order.what](words, failed)["failed" if why else "file"])


def _page(words: Words, order: Order) -> Page:
    share = min(order.done / order.total, 1.0) if order.total else 0.0
    full = int(share * WIDE)
    day = date.fromisoformat(order.day)
    return words.page(
        "pack",
        day=day,
        command=_command(day),
        bar="█" * full + "░" * (WIDE - full),
        share=int(share * 100),
        name=order.name,
        seal=order.seal,
        sha256=order.sha256,
        sound=not order.faults,
        why=order.why,
    )


def _proved(words: Words, order: Order) -> Page:
    return words.page("trailproof", found=order.found or Found(lines=0), head=order.head, why=order.why)


def _reported(words: Words, order: Order) -> Page:
    ref = order.name.partition(".")[0]
    command = f"steward audits --report {ref} --format pdf --out ."
    return words.page("auditreport", ref=ref, sha256=order.sha256, why=order.why, command=command)


def _listed(words: Words, order: Order) -> Page:
    day = date.fromisoformat(order.day)
    command = f"steward list --as-of {order.day} --limit 0"
    return words.page("registerthen", day=day, sha256=order.sha256, why=order.why, command=command)


def _sampled(words: Words, order: Order) -> Page:
    return words.page("sampledraw", why=order.why)


PAGES: Mapping[What, Callable[[Words, Order], Page]] = {
    "pack": _page,
    "proof": _proved,
    "report": _reported,
    "register": _listed,
    "sample": _sampled,
}


def _command(day: date) -> str:
    return f"steward evidence --as-of {day.isoformat()} --out ."
