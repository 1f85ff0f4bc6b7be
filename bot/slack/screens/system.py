"""How far the management system is set up: a bar, what waits for whoever looks, and each step with its press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import System, Voice
from bot.slack.screens.entrylook import Look, act_button
from bot.slack.screens.entrywords import gist, kind_name, named, points_of, sort_of
from bot.slack.screens.pack import pack_button
from bot.slack.screens.systemwork import work_blocks
from bot.words import Words, upfirst
from triage.aims.entry import Entry
from triage.aims.kinds import Kind
from triage.aims.objectives import OBJECTIVE
from triage.aims.sectors import KIND as SECTORS
from triage.aims.standing import BESIDES, Standing, State, Stood, Worked

BAR: Mapping[State, str] = {"in_place": "█", "waits": "▒", "missing": "░"}
WIDE = 2
"""Signs for each step."""
NAMED, LISTED, TOLD = 3, 30, 3


class Seen(NamedTuple):
    """As one person sees it. `drafts`: kinds of which they may draft; `vacant`: roles that nobody holds.

    `fits`: sector packs that fit and that nobody stated. `able`: by entry, who can say yes. `leads`: whether
    they change the settings. `more`: so many wait besides. `packs`: whether they may take all of it along.
    """

    standing: Standing
    waiting: Sequence[Entry]
    acting: Sequence[Look]
    drafts: frozenset[str]
    able: Mapping[str, tuple[str, ...]]
    about: Mapping[str, object]
    vacant: Sequence[str] = ()
    leads: bool = False
    more: int = 0
    work: Sequence[Worked] = ()
    packs: bool = False
    fits: Sequence[str] = ()
    roll_out: str = ""
    """How far it is, in words; "" without a plan."""


def bar(words: Words, counts: Mapping[State, int]) -> Mrkdwn:
    """Full, half and empty, in this order; the numbers say the same."""
    total = sum(counts.values())
    drawn = "".join(BAR[state] * counts.get(state, 0) * WIDE for state in BAR)
    parts = [words.line("aims.in_place_of", count=counts.get("in_place", 0), total=total)]
    if counts.get("waits"):
        parts.append(words.line("aims.some_wait", count=counts["waits"]))
    if counts.get("missing"):
        parts.append(words.line("aims.some_missing", count=counts["missing"]))
    return words.line("aims.bar", bar=drawn, said=Mrkdwn(", ".join(parts)))


def system_view(voice: Voice, seen: Seen) -> dict[str, Any]:
    words = voice.words
    counts: dict[State, int] = {state: seen.standing.count(state) for state in BAR}
    drawn: list[b.Block | None] = [
        b.section(bar(words, counts)),
        *waiting_blocks(voice, seen.waiting, seen.more),
    ]
    drawn += acting_blocks(words, seen.acting)
    drawn.append(b.divider())
    for number, step in enumerate(seen.standing.steps, 1):
        drawn += _step(voice, seen, step, number)
    drawn += [b.divider(), *_roles(words, seen)]
    drawn += work_blocks(words, seen.work, seen.drafts)
    drawn.append(b.section(seen.roll_out) if seen.roll_out else None)
    drawn.append(b.actions([suppliers_button(words), *([pack_button(words)] if seen.packs else [])]))
    drawn.append(b.context(words.line("aims.further")))
    return modal(words, View.SYSTEM, words.label("aims.title"), drawn)


def suppliers_button(words: Words) -> b.Element:
    return b.button(Action.SUPPLIERS, words.label("suppliers.open"), to_value(Press(case="")))


def waiting_blocks(voice: Voice, waiting: Sequence[Entry], besides: int = 0) -> list[b.Block]:
    """What waits for this person's yes, with the way to it. `besides`: so many more than are named at all."""
    if not waiting:
        return []
    words = voice.words
    what = words.listed(named(words, each, each.proposed) for each in waiting[:NAMED])
    count = len(waiting) + besides
    more = count - NAMED
    key = "aims.wait_for_you_more" if more > 0 else "aims.wait_for_you"
    label = words.label("aims.look_at", count=count)
    button = b.button(Action.LOOK_ENTRIES, label, to_value(Press(case="")), style="primary")
    return [b.section(words.line(key, count=count, what=what, more=more), button)]


def acting_blocks(words: Words, acting: Sequence[Look]) -> list[b.Block]:
    """What they answer for, with what is to be said about it."""
    drawn: list[b.Block] = []
    first = 0
    for look in acting[:TOLD]:
        entry = look.entry
        due = words.line("aims.due", day=words.day(entry.due)) if entry.due else ""
        key = "aims.yours" if entry.owner else "aims.to_take_up"
        text = words.line(key, what=named(words, entry), kind=sort_of(words, entry), due=due)
        row = [act_button(words, entry, act, first + number) for number, act in enumerate(look.acts)]
        first += len(row)
        drawn += [b.section(text), b.actions(row)]
    return drawn


def _step(voice: Voice, seen: Seen, step: Stood, number: int) -> list[b.Block]:
    words, kind = voice.words, step.kind
    head = words.line(
        "aims.step",
        number=number,
        what=kind_name(words, kind.id),
        sign=BAR[step.state],
        state=_state(voice, seen, step),
    )
    about = words.line("aims.context_known", **seen.about) if kind.id == "context" else Mrkdwn("")
    if kind.id == SECTORS and seen.fits:
        about = words.line("sector.fits", packs=words.listed(seen.fits))
    row = _step_buttons(words, seen, step, number)
    text = Mrkdwn(f"{head}\n{about}") if about else head
    return [b.section(text), *([b.actions(row)] if row else [])]


def _state(voice: Voice, seen: Seen, step: Stood) -> Mrkdwn:
    words = voice.words
    parts = []
    if step.state == "missing":
        parts.append(words.line("aims.none_needed" if step.kind.id in BESIDES else "aims.missing"))
    if step.counting:
        parts.append(words.line("aims.some_count", count=len(step.counting)) if not step.kind.single
                     else words.line("aims.in_place"))  # fmt: skip
    if step.waiting:
        able = dict.fromkeys(one for each in step.waiting for one in seen.able.get(each.id, ()))
        who = words.listed(map(voice.mention, list(able)[:NAMED]), "or")
        key = "aims.wait_for" if able else "aims.wait_for_nobody"
        parts.append(words.line(key, count=len(step.waiting), who=who))
    if step.again:
        parts.append(words.line("aims.again"))
    return upfirst(Mrkdwn("; ".join(parts)))


def _step_buttons(words: Words, seen: Seen, step: Stood, number: int) -> list[b.Element]:
    row = []
    if step.kind.id in seen.drafts:
        row.append(_write_button(words, step.kind, step.entries, number, missing=step.state == "missing"))
    chooses = step.kind.id in (OBJECTIVE, SECTORS) and step.kind.id in seen.drafts
    if step.entries or chooses:
        press = to_value(Press(case=step.kind.id))
        look = words.label("aims.look" if step.entries else "objective.from_list")
        spoken = words.label("spoken.act", act=look, what=kind_name(words, step.kind.id))
        row.append(b.button(Action.SYSTEM_KIND, look, press, number=number, spoken=spoken))
    return row


def _write_button(
    words: Words, kind: Kind, entries: Sequence[Entry], number: int, *, missing: bool
) -> b.Element:
    """Of what there is once, or one policy, the next version; else one more."""
    sole = kind.single or (kind.id == "policy" and len(entries) == 1)
    entry = entries[0].id if sole and entries else ""
    key = "aims.state_it" if missing else "aims.change" if entry else "aims.add"
    spoken = words.label("spoken.act", act=words.label(key), what=kind_name(words, kind.id))
    press = to_value(Press(case=kind.id, choice=entry))
    style = "primary" if missing and kind.id not in BESIDES else ""
    return b.button(Action.STATE_ENTRY, words.label(key), press, number=number, spoken=spoken, style=style)


def _roles(words: Words, seen: Seen) -> list[b.Block]:
    """Who fills them stands in the settings."""
    if seen.vacant:
        vacant = words.listed(words.line(f"role_name.{role}") for role in seen.vacant)
        text = words.line("aims.vacant", roles=vacant)
    else:
        text = words.line("aims.all_held")
    press = to_value(Press(case="", choice="roles"))
    button = b.button(Action.SETTINGS, words.label("settings.part.roles"), press) if seen.leads else None
    return [b.section(text, button)]


def kind_view(
    voice: Voice,
    kind: Kind,
    looks: Sequence[Look],
    *,
    drafts: bool,
    root: str,
    further: Sequence[b.Block] = (),
) -> dict[str, Any]:
    """All entries of a kind, each with the way to the whole of it. `further`: what else there is to begin with."""
    words = voice.words
    drawn: list[b.Block] = [b.section(words.line(f"aims.why.{kind.id}"))]
    drawn += [b.context(points_of(words, kind.points))] if kind.points else []
    if drafts and not kind.single:
        drawn.append(b.actions([_write_button(words, kind, (), 0, missing=False)]))
    for number, look in enumerate(looks[:LISTED]):
        drawn += _row(voice, look, number)
    if len(looks) > LISTED:
        drawn.append(b.context(words.line("aims.more_of_them", count=len(looks) - LISTED)))
    if not looks:
        drawn.append(b.section(words.line("aims.nothing_to_see")))
    drawn += further
    return modal(words, View.SYSTEM_KIND, kind_name(words, kind.id), drawn, about=f"{kind.id}|{root}")


def _row(voice: Voice, look: Look, number: int) -> list[b.Block]:
    words, draft = voice.words, look.waits or look.counts
    if draft is None:
        return []
    state = "aims.row_both" if look.waits and look.counts else "aims.row_waits" if look.waits else "aims.row"
    what = named(words, look.entry, draft)
    says = gist(voice, look.entry, draft)
    text = words.line(state, what=what, number=draft.number, says=says)
    press = to_value(Press(case="", choice=look.entry.id))
    spoken = words.label("spoken.act", act=words.label("aims.look"), what=what)
    button = b.button(Action.READ_ENTRY, words.label("aims.look"), press, number=number, spoken=spoken)
    return [b.section(text, button)]


HOME_BLOCKS = 5 + 2 * TOLD
"""At most so many are drawn on Home."""


def home_blocks(voice: Voice, system: System) -> list[b.Block]:
    """For whoever looks at it, or has something to do in it."""
    words = voice.words
    drawn: list[b.Block] = [b.divider(), b.header(words.label("home.system"))]
    if system.counts:
        button = b.button(Action.SYSTEM, words.label("aims.open"), to_value(Press(case="")))
        drawn.append(b.section(bar(words, system.counts), button))
    if system.packs:
        drawn.append(b.actions([pack_button(words)]))
    drawn += waiting_blocks(voice, system.waiting, system.more)
    return drawn + acting_blocks(words, system.acting)
