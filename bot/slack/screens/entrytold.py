"""Messages about entries of the management system, and the organisation's policy for whoever asks for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from bot.markup import Mrkdwn, cut, escaped, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.entrylook import Asked, Look, act_button, to_asked
from bot.slack.screens.entrywords import field_name, gist, named, signed, sort_of, stated
from bot.words import Words
from triage.aims.asked import ASKED
from triage.aims.differing import Told, told
from triage.aims.entry import Done, Draft, Entry

SHOWN, NEW, LINE = 8, 4, 200
WHY = ("because", "shows", "evidence", "answer")
"""Fields of an act that say its reason, or what was said."""


def waiting(voice: Voice, waits: Sequence[Look], more: int = 0) -> Message:
    """What waits for one person's yes; drawn anew as it changes. `more`: so many wait besides."""
    words, count = voice.words, len(waits) + more
    if not waits:
        return _said(words, words.line("aims.nothing_waits"))
    text = words.line("aims.told_waits", count=count)
    drawn: list[b.Block] = [b.section(text)]
    if count > 1:
        label = words.label("aims.look_at", count=count)
        nothing = to_value(Press(case=""))
        drawn.append(b.actions([b.button(Action.LOOK_ENTRIES, label, nothing, style="primary")]))
    for number, look in enumerate(waits[:SHOWN]):
        drawn += _waiting(voice, look, number)
    if count > SHOWN:
        drawn.append(b.context(words.line("aims.more_wait", count=count - SHOWN)))
    return message(words, text, drawn)


def _waiting(voice: Voice, look: Look, number: int) -> list[b.Block]:
    words, draft = voice.words, look.waits
    if draft is None:
        return []
    by = signed(voice, draft.by, draft.role)
    key = "aims.one_retires" if draft.retires else "aims.one_waits"
    text = words.line(
        key,
        what=named(words, look.entry, draft),
        kind=sort_of(words, look.entry),
        number=draft.number,
        by=by,
        says=gist(voice, look.entry, draft),
    )
    if look.counts is not None and not draft.retires:
        text = Mrkdwn(
            "\n".join(
                filter(None, (text, changed(voice, look.entry, told(look.entry.of, draft, look.counts))))
            )
        )
    press = to_value(Press(case="", turn=draft.number, choice=look.entry.id))
    named_here = named(words, look.entry, draft)
    back = [(Action.SEND_ENTRY_BACK, "aims.send_back", "")] if look.backs else []
    row = [
        b.button(action, words.label(key), press, number=number, style=style,
                 spoken=words.label("spoken.act", act=words.label(key), what=named_here))
        for action, key, style in (
            (Action.READ_ENTRY, "aims.look", ""),
            (Action.APPROVE_ENTRY, "aims.approve", "primary"),
            *back,
        )
    ]  # fmt: skip
    return [b.section(text), b.actions(row)]


def became(voice: Voice, items: Sequence[tuple[Entry, Draft]], person: str = "") -> Message:
    """To whoever drafted or raised it: what counts now, or no more, and what was sent back with its reason."""
    words = voice.words
    drawn: list[b.Block] = []
    for number, (entry, draft) in enumerate(items):
        drawn += _became(voice, entry, draft, number)
    back = sum(draft.ended == "sent_back" for _, draft in items)
    head = words.line("aims.told_became", count=len(items)) if not back else words.line("aims.told_back")
    if person and any(draft.by != person for _, draft in items):
        head = words.line("aims.told_raised")
    return message(words, head, [b.section(head), *drawn])


def _became(voice: Voice, entry: Entry, draft: Draft, number: int) -> list[b.Block]:
    words, what = voice.words, named(voice.words, entry, draft)
    if draft.ended == "sent_back":
        by = next((step for step in reversed(entry.steps) if step.kind == "send_back"), None)
        who = signed(voice, by.by, by.role) if by is not None else Mrkdwn("")
        text = words.line("aims.was_sent_back", what=what, number=draft.number, by=who)
        press = to_value(Press(case=entry.kind, choice=entry.id))
        change = b.button(Action.STATE_ENTRY, words.label("aims.change"), press, number=number)
        quoted = words.page("quoted", text=draft.reason)["of_others"]
        return [b.section(Mrkdwn(f"{text}\n{quoted}")), b.actions([change])]
    yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
    key = "aims.is_retired" if draft.retires else "aims.counts_now"
    why = words.page("quoted", text=draft.why)["of_others"] if draft.why else ""
    told = words.line(key, what=what, number=draft.number, yes=yes)
    return [b.section(Mrkdwn("\n".join(filter(None, (told, why)))))]


def yours(voice: Voice, looks: Sequence[Look]) -> Message:
    """To whoever answers for something from now on."""
    words = voice.words
    head = words.line("aims.told_yours", count=len(looks))
    drawn: list[b.Block] = [b.section(head)]
    first = 0
    for number, look in enumerate(looks):
        entry = look.entry
        due = words.line("aims.due", day=words.day(entry.due)) if entry.due else ""
        key = "aims.yours" if entry.owner else "aims.to_take_up"
        text = words.line(key, what=named(words, entry), kind=sort_of(words, entry), due=due)
        read = to_value(Press(case="", choice=entry.id))
        row = [act_button(words, entry, act, first + n) for n, act in enumerate(look.acts)]
        first += len(row)
        row.append(b.button(Action.READ_ENTRY, words.label("aims.look"), read, number=number))
        drawn += [b.section(text), b.actions(row)]
    return message(words, head, drawn)


def heard(voice: Voice, steps: Sequence[tuple[Entry, Done]]) -> Message:
    """To whoever had an idea, or noted what somebody outside wants: what came of it, by whom, and why."""
    words = voice.words
    outside = all(entry.kind in ASKED for entry, _ in steps)
    head = words.line("aims.told_answered" if outside else "aims.told_heard", count=len(steps))
    drawn: list[b.Block] = [b.section(head)]
    for number, (entry, done) in enumerate(steps):
        by, what = signed(voice, done.by, done.role), named(words, entry)
        text = words.line(f"aims.heard.{done.act}", what=what, by=by)
        why = next((str(done.said[name]) for name in WHY if done.said.get(name)), "")
        quoted = words.page("quoted", text=why)["of_others"] if why else ""
        read = to_value(Press(case="", choice=entry.id))
        button = b.button(Action.READ_ENTRY, words.label("aims.look"), read, number=number)
        drawn += [b.section(Mrkdwn("\n".join(filter(None, (text, quoted)))), button)]
    return message(words, head, drawn)


def counts(voice: Voice, items: Sequence[tuple[Entry, Draft, Draft | None]]) -> Message:
    """To everybody who reads the channel: a policy counts, what is new in it, and where it stands whole."""
    words = voice.words
    heads, drawn = [], []
    for number, (entry, draft, before) in enumerate(items):
        what = named(words, entry, draft)
        yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
        key = "aims.policy_ends" if draft.retires else "aims.policy_counts"
        head = words.line(key, what=what, number=draft.number, yes=yes, since=_since(words, draft))
        heads.append(head)
        drawn.append(b.section(head))
        if before is not None and not draft.retires:
            drawn += b.sections(changed(voice, entry, told(entry.of, draft, before)))
        press = to_value(Press(case="", choice=entry.id))
        if not draft.retires:
            button = b.button(Action.READ_ENTRY, words.label("aims.read_it"), press, number=number)
            drawn.append(b.actions([button]))
    return message(words, heads[0], drawn)


def planned(voice: Voice, items: Sequence[tuple[Entry, Draft]]) -> Message | None:
    """What a plan has told in a channel; None where another version counts by now, or none."""
    entry, draft = items[0]
    if entry.in_force is None or entry.in_force.number != draft.number:
        return None
    words = voice.words
    head = words.line("entry.bold", what=named(words, entry, draft))
    yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
    said = words.page("quoted", text=str(draft.said.get("what", "")))["of_others"]
    foot = words.line("aims.planned_by", ref=entry.ref, yes=yes)
    return message(words, head, [b.section(head), *b.sections(said), b.context(foot)])


def _since(words: Words, draft: Draft) -> str:
    day = draft.said.get("since")
    return words.day(date.fromisoformat(str(day))) if day else ""


def changed(voice: Voice, entry: Entry, found: Sequence[Told]) -> Mrkdwn:
    """The fields that differ, and the first lines that are new or gone."""
    words = voice.words
    names = [field_name(words, entry.kind, each.field) for each in found if each.changed]
    if not names:
        return Mrkdwn("")
    lines = [words.line("aims.what_changed", what=words.listed(names))]
    for mark, key in (("+", "aims.line_new"), ("-", "aims.line_gone")):
        said = [line.text for each in found if each.changed for line in each.lines if line.mark == mark]
        lines += [words.line(key, said=escaped(cut(one_line(each), LINE))) for each in said[:NEW]]
    return Mrkdwn("\n".join(lines))


HERE = "here"
"""Of a press that is answered where it was made, as nobody was asked in a message of their own."""


def policy(voice: Voice, found: Sequence[Look], unread: Collection[str] = ()) -> Message:
    """What the organisation says of AI, which version, and who approved it; `unread`: what they may say they read."""
    words = voice.words
    if not found:
        return _said(words, words.line("aims.no_policy"))
    drawn: list[b.Block] = []
    for number, look in enumerate(found):
        draft = look.counts
        if draft is None:
            continue
        what = named(words, look.entry, draft)
        drawn.append(
            b.section(words.line("aims.head", what=words.line("entry.bold", what=what), number=draft.number))
        )
        yes = words.listed(signed(voice, each.by, each.role) for each in draft.yeses)
        key = "aims.counts" if draft.yeses else "aims.counts_at_once"
        by = signed(voice, draft.by, draft.role)
        since = words.moment(draft.since) if draft.since else ""
        drawn.append(b.context(words.line(key, since=since, by=by, yes=yes)))
        drawn += stated(voice, look.entry.kind, told(look.entry.of, draft, None))
        press = to_value(Press(case="", choice=look.entry.id))
        row = [b.button(Action.READ_ENTRY, words.label("aims.read_it"), press, number=number)]
        if look.entry.id in unread:
            version = to_value(Press(case=HERE, turn=draft.number, choice=look.entry.id))
            label = words.label("ack.have_read")
            spoken = words.label("spoken.act", act=label, what=what)
            have = b.button(Action.HAVE_READ, label, version, number=number, spoken=spoken, style="primary")
            row.insert(0, have)
        drawn.append(b.actions(row))
    text = words.line(
        "aims.policy_here", what=words.listed(named(words, each.entry, each.counts) for each in found)
    )
    return message(words, text, drawn)


def tell_policy_view(voice: Voice, entry: Entry) -> dict[str, Any]:
    """Where it is told that a policy counts."""
    words, draft = voice.words, entry.in_force
    places: b.Element = {
        "type": "multi_conversations_select",
        "action_id": Input.VALUE.value,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    text = words.line("aims.tell_where", what=named(words, entry, draft))
    drawn = [b.section(text), b.field(Field.PLACES, words.label("field.places"), places)]
    asked = Asked("", ((draft.number, entry.id),) if draft else ())
    title, submit = words.label("aims.tell_policy"), words.label("aims.tell")
    return modal(words, View.TELL_POLICY, title, drawn, submit=submit, about=to_asked(asked))


def _said(words: Words, text: Mrkdwn) -> Message:
    return message(words, text, [b.section(text)])
