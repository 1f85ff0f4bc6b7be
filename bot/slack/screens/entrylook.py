"""Entries shown whole, with what differs from the version that counts: to read, to approve, or to send back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.markup import Mrkdwn
from bot.riskmap import levels_said
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_choice, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens.entrydone import done_blocks
from bot.slack.screens.entrywords import kind_name, named, points_of, signed, stated
from bot.slack.screens.found import found_blocks
from bot.slack.screens.kindways import of_what_counts, to_change
from bot.slack.screens.pathway import pathway_blocks
from bot.words import Words
from triage.aims.auditing import Found
from triage.aims.differing import told
from triage.aims.entry import Draft, Entry, is_guarded, wanted
from triage.aims.kinds import Act
from triage.aims.pathway import Move

BLOCKS, BYTES = 88, 170_000
"""What is shown to be approved is shown whole: so much of it fits."""
MOST, LINKED = 9, 12
FIRST_LINK = 100
"""Buttons to what it is linked with are numbered from here."""


class Look(NamedTuple):
    """An entry as one person sees it: what counts and what waits where they may read that, and what they may do.

    `able`: who can say yes to what waits; `backs`: whether they may send it back. `move`: what comes next.
    `serves`: which other systems it serves, in words; `tagging`: what they press who may say so.
    """

    entry: Entry
    counts: Draft | None
    waits: Draft | None
    able: tuple[str, ...] = ()
    mine: bool = False
    drafts: bool = False
    acts: tuple[Act, ...] = ()
    backs: bool = False
    move: Move | None = None
    linked: tuple[Linked, ...] = ()
    found: tuple[Found, ...] = ()
    serves: str = ""
    tagging: str = ""


class Linked(NamedTuple):
    """Something that it led to or came from. `entry`: where there is a window for it, else its reference is all."""

    ref: str
    title: str
    state: str
    entry: str = ""


class Asked(NamedTuple):
    """The versions that a window shows, each by number and entry; `root`: the window below it."""

    root: str
    versions: tuple[tuple[int, str], ...]


def to_asked(asked: Asked) -> str:
    return "\n".join([asked.root, *(f"{number}|{entry}" for number, entry in asked.versions)])


def from_asked(text: str) -> Asked:
    root, *lines = text.split("\n")
    found = [line.partition("|") for line in lines]
    return Asked(root, tuple((int(n), entry) for n, _, entry in found if n.isdecimal() and len(n) < 9))


def entry_view(voice: Voice, look: Look, person: str, *, root: str = "", note: str = "") -> dict[str, Any]:
    """One entry; handed in, it is the yes of whoever may say it."""
    words = voice.words
    may = person in look.able
    way = pathway_blocks(voice, look.entry, look.move)
    drawn: list[b.Block | None] = [b.section(note) if note else None, *way, *_whole(voice, look)]
    fits = fits_whole(drawn)
    drawn += [b.section(words.line("aims.too_long_whole")) if may and not fits else None]
    drawn.append(b.context(look.serves) if look.serves else None)
    drawn += _ways(words, look, may)
    drawn += linked_blocks(voice.words, look.linked)
    drawn += found_blocks(voice.words, look.entry, look.found)
    drawn += done_blocks(voice, look.entry) if look.counts is not None else []
    asked = Asked(root, ((look.waits.number, look.entry.id),) if may and look.waits else ())
    submit = words.label("aims.approve") if may and fits else ""
    title = kind_name(words, look.entry.kind)
    view = View.APPROVE_ENTRIES if submit else View.READ_ENTRY
    return modal(words, view, title, drawn, submit=submit, about=to_asked(asked))


def fits_whole(drawn: Sequence[b.Block | None]) -> bool:
    shown = [block for block in drawn if block is not None]
    return len(shown) <= BLOCKS and len(json.dumps(shown)) <= BYTES


def approve_view(
    voice: Voice, looks: Sequence[Look], *, root: str = "", note: str = "", more: int = 0
) -> dict[str, Any] | None:
    """What waits for one person's yes, as many of them as fit whole; those that are ticked are approved together.

    `more`: so many wait besides. None where not even one fits.
    """
    words = voice.words
    drawn: list[b.Block | None] = [b.section(note) if note else None]
    shown: list[Look] = []
    for number, look in enumerate(looks[:MOST]):
        whole = [*([b.divider()] if shown else []), *_whole(voice, look), *_back(words, look, number)]
        if not fits_whole([*drawn, *whole]):
            continue  # it comes in a window of its own
        drawn += whole
        shown.append(look)
    if not shown:
        return None
    left = len(looks) + more - len(shown)
    drawn.append(b.context(words.line("aims.more_wait", count=left)) if left else None)
    options = [b.option(named(words, each.entry, each.waits), str(n)) for n, each in enumerate(shown)]
    ticks = b.several(Input.VALUE, "", options, ticked=[str(n) for n in range(len(shown))])
    drawn.append(b.divider())
    versions = tuple((each.waits.number, each.entry.id) for each in shown if each.waits is not None)
    asked = Asked(root, versions)
    drawn.append(b.field(ticked_in(asked), words.label("aims.which"), ticks))
    about = to_asked(asked)
    title, submit = words.label("aims.approving"), words.label("aims.approve_ticked")
    return modal(words, View.APPROVE_ENTRIES, title, drawn, submit=submit, about=about)


def ticked_in(asked: Asked) -> str:
    """Of exactly these: Slack keeps ticks under one name, and where the rest is shown next they would be others'."""
    return f"{Field.ENTRIES.value}.{to_choice(str(asked.versions))[:8]}"


def send_back_view(voice: Voice, look: Look, *, root: str = "") -> dict[str, Any]:
    words, waits = voice.words, look.waits
    text = words.line(
        "aims.send_back_what",
        what=named(words, look.entry, waits),
        number=waits.number if waits else 0,
        by=voice.mention(waits.by) if waits and waits.by else words.line("aims.by_operator"),
    )
    reason = b.typed(longest=1000, placeholder=words.label("aims.example.reason"))
    drawn = [b.section(text), b.field(Field.REASON, words.label("aims.send_back_why"), reason)]
    about = to_asked(Asked(root, ((waits.number, look.entry.id),) if waits else ()))
    title, submit = words.label("aims.send_back"), words.label("aims.send_back")
    return modal(words, View.SEND_ENTRY_BACK, title, drawn, submit=submit, about=about)


def retire_view(voice: Voice, entry: Entry, *, root: str = "") -> dict[str, Any]:
    """Why it is to count no more, which whoever agrees reads."""
    words = voice.words
    needs = wanted(
        entry.of, "somebody", len(entry.drafts) + 1, guarded=is_guarded(entry.of, {}, entry.in_force)
    )
    text = words.line("aims.retire_follows" if needs else "aims.retire_at_once", what=named(words, entry))
    reason = b.typed(longest=1000, placeholder=words.label("aims.example.retire"))
    drawn = [b.section(text), b.field(Field.REASON, words.label("aims.retire_why"), reason)]
    about = to_asked(Asked(root, ((len(entry.drafts), entry.id),)))
    title, submit = words.label("aims.retire_sure"), words.label("aims.retire")
    return modal(words, View.RETIRE_ENTRY, title, drawn, submit=submit, about=about)


def _whole(voice: Voice, look: Look) -> list[b.Block]:
    """What waits where something does, laid beside what counts; else what counts."""
    words, draft = voice.words, look.waits or look.counts
    if draft is None:
        return [b.section(words.refusal("unknown_entry"))]
    head = words.line("entry.bold", what=named(words, look.entry, draft))
    lines: list[b.Block] = [b.section(words.line("aims.head", what=head, number=draft.number))]
    if draft.retires:
        why = words.page("quoted", text=draft.why)["of_others"] if draft.why else ""
        lines.append(b.section(Mrkdwn("\n".join(filter(None, (words.line("aims.would_retire"), why))))))
    if look.entry.kind == "risk":
        lines.append(b.section(words.line("entry.bold", what=levels_said(words, draft.said))))
    lines.append(b.context(_state(voice, look, draft)))
    before = look.counts if look.waits is not None and not draft.retires else None
    lines += stated(voice, look.entry.kind, told(look.entry.of, draft, before))
    lines.append(b.context(_foot(voice, look)))
    return lines


def _state(voice: Voice, look: Look, draft: Draft) -> str:
    words = voice.words
    by = signed(voice, draft.by, draft.role)
    if draft.since is not None:
        yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
        key = "aims.counts" if draft.yeses else "aims.counts_at_once"
        return words.line(key, since=words.moment(draft.since), by=by, yes=yes)
    able = words.listed(map(voice.mention, look.able[:3]), "or")
    key = "aims.waits" if look.able else "aims.waits_for_nobody"
    key = "aims.waits_of_yours" if look.mine and look.able else key
    roles = words.listed((words.line(f"role_name.{each}") for each in look.entry.of.approvers), "or")
    return words.line(key, by=by, at=words.moment(draft.at), able=able, roles=roles)


def _foot(voice: Voice, look: Look) -> str:
    words = voice.words
    besides = points_of(words, look.entry.of.points)
    beside = words.label("aims.differs", number=look.counts.number) if look.waits and look.counts else ""
    return " · ".join(part for part in (look.entry.ref, besides, beside) if part)


def _ways(words: Words, look: Look, may: bool) -> list[b.Block]:
    """What can be done about it besides saying yes."""
    entry, waits = look.entry, look.waits
    row: list[b.Element] = []
    if look.drafts:
        press = to_value(Press(case=entry.kind, choice=entry.id))
        row += to_change(words, entry)
        if entry.kind != "acknowledgement":  # it is changed where it is asked for
            row.append(b.button(Action.STATE_ENTRY, words.label("aims.change"), press))
    row += [act_button(words, entry, act, number) for number, act in enumerate(look.acts)]
    if may and waits is not None:
        row += _back_button(words, look, 0)
    if look.mine and waits is not None:
        press = to_value(Press(case="", turn=waits.number, choice=entry.id))
        row.append(b.button(Action.WITHDRAW_ENTRY, words.label("aims.withdraw"), press))
    if look.drafts and look.counts is not None and waits is None:
        row.append(_retire_button(words, look))
    if look.counts is not None:
        row += of_what_counts(words, entry, look.counts.number, drafts=look.drafts)
    if look.tagging:
        press = to_value(Press(case="tagged", choice=look.tagging))
        row.append(b.button(Action.STATE_ENTRY, words.label("aims.tag_it"), press, number=9))
    return [b.actions(row)] if row else []


def act_button(words: Words, entry: Entry, act: Act, number: int) -> b.Element:
    press = to_value(Press(case=act.id, choice=entry.id))
    spoken = words.label("spoken.act", act=words.label(f"aims.act.{act.id}"), what=named(words, entry))
    label = words.label(f"aims.act.{act.id}")
    return b.button(Action.ACT_ENTRY, label, press, number=number, spoken=spoken)


def linked_blocks(words: Words, linked: Sequence[Linked]) -> list[b.Block]:
    """What it came from and led to, with the way there."""
    drawn: list[b.Block] = []
    for number, each in enumerate(linked[:LINKED], FIRST_LINK):
        text = words.line("aims.linked", ref=each.ref, what=each.title, state=each.state)
        press = to_value(Press(case="", choice=each.entry))
        spoken = words.label("spoken.act", act=words.label("aims.look"), what=each.ref)
        look = words.label("aims.look")
        button = (
            b.button(Action.READ_ENTRY, look, press, number=number, spoken=spoken) if each.entry else None
        )
        drawn.append(b.section(text, button))
    if len(linked) > LINKED:
        drawn.append(b.context(words.line("aims.more_of_them", count=len(linked) - LINKED)))
    return [b.section(words.line("aims.linked_head")), *drawn] if drawn else []


def _retire_button(words: Words, look: Look) -> b.Element:
    press = to_value(Press(case=look.entry.kind, turn=len(look.entry.drafts), choice=look.entry.id))
    return b.button(Action.RETIRE_ENTRY, words.label("aims.retire"), press)


def _back(words: Words, look: Look, number: int) -> list[b.Block]:
    row = _back_button(words, look, number)
    return [b.actions(row)] if row else []


def _back_button(words: Words, look: Look, number: int) -> list[b.Element]:
    if look.waits is None or not look.backs:
        return []
    press = to_value(Press(case="", turn=look.waits.number, choice=look.entry.id))
    return [b.button(Action.SEND_ENTRY_BACK, words.label("aims.send_back"), press, number=number)]
