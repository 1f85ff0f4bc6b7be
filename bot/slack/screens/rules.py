"""Rules of an organisation's own: what they would do, who put them into force, and the window to write them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import Action, Field, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.words import Words
from triage.foreseen import Foreseen, Named
from triage.proposing import Proposal
from triage.verdict import Bounds

TOLD = 3
"""Rules that become looser, named one by one."""


class Ruling(NamedTuple):
    """A proposal and what became of it; `loosened` are sentences, `last` whoever acted last."""

    proposal: Proposal
    state: str
    foreseen: Foreseen
    loosened: tuple[str, ...] = ()
    last: str = ""


def rules_card(voice: Voice, ruling: Ruling) -> Message:
    """Short enough for a phone; the buttons are there as long as something can be decided."""
    words, proposal, seen = voice.words, ruling.proposal, ruling.foreseen
    page = words.page(
        "rules",
        state=ruling.state,
        by=voice.mention(proposal.by) if proposal.by else "",
        reason=proposal.reason,
        **seen.model_dump(exclude={"first"}),
        uses=_uses(words, seen),
        loosened=ruling.loosened[:TOLD],
        more_loosened=max(0, len(ruling.loosened) - TOLD),
        needs_two=proposal.looser,
        agreed=words.listed(map(voice.mention, proposal.agreed)),
        last=voice.mention(ruling.last) if ruling.last else "",
        digest=proposal.digest[:12],
    )
    drawn: list[b.Block | None] = [b.header(words.label("rules.heading"))]
    drawn += [
        b.section(page[part]) if page[part] else None for part in ("what", "moves", "uses", "rules", "state")
    ]
    drawn.append(b.actions(_buttons(words, proposal)) if ruling.state == "open" else None)
    drawn.append(b.context(page["behind"]))
    return message(words, page["text"], drawn)


def _uses(words: Words, seen: Foreseen) -> list[dict[str, object]]:
    """A sentence that the use before has too is not said again."""
    shown: list[dict[str, object]] = []
    said = ""
    for use in seen.named():
        before, after = _levels(words, use) if use.result else ("", "")
        because = use.because if use.because != said else ""
        shown.append({**use._asdict(), "before": before, "after": after, "because": because})
        said = use.because
    return shown


def _levels(words: Words, use: Named) -> tuple[Mrkdwn | str, Mrkdwn | str]:
    """The end that moves; the lower one, where both do."""
    floor = use.before.floor != use.after.floor
    return _level(words, use.result, use.before, floor), _level(words, use.result, use.after, floor)


def _level(words: Words, result: str, bounds: Bounds, floor: bool) -> Mrkdwn | str:
    """In words where we have them."""
    level = str(bounds.floor if floor else bounds.ceiling)
    named = _named(words, f"{result}.{level}", level)
    if bounds.settled:
        return named
    return words.line("rules.at_least" if floor else "rules.at_most", level=named)


def _named(words: Words, key: str, level: str) -> Mrkdwn | str:
    return words.line(key) if words.has(key) else level


def _buttons(words: Words, proposal: Proposal) -> list[b.Element]:
    value = to_value(Press(case=proposal.digest))
    enforce = b.button(Action.ENFORCE_RULES, words.label("button.enforce_rules"), value, style="primary")
    asked = b.confirmed(
        enforce,
        title=words.label("rules.sure"),
        text=words.label("rules.what_follows"),
        yes=words.label("button.enforce_rules"),
        no=words.label("button.close"),
    )
    return [asked, b.button(Action.WITHDRAW_RULES, words.label("button.withdraw_rules"), value)]


def rules_view(voice: Voice, text: str) -> dict[str, Any]:
    """The rules in force, to be changed; what does not fit into a field comes in as a file."""
    words = voice.words
    fits = len(text) <= b.TYPED
    how = words.line("rules.how" if text else "rules.none_yet") if fits else words.line("rules.too_long")
    drawn = [
        b.section(how),
        b.field(Field.RULES, words.label("field.rules"), b.typed(text=text if fits else ""), optional=True),
        b.field(Field.REASON, words.label("field.rules_reason"), b.typed(longest=1000), optional=True),
    ]
    return modal(
        words, View.RULES, words.label("modal.rules"), drawn, submit=words.label("button.propose_rules")
    )


def reopened(voice: Voice, uses: Sequence[tuple[str, str]], most: int = 5) -> Mrkdwn:
    """One message for everything of one person that is looked at again."""
    named = [f"{title} ({ref})" for ref, title in uses[:most]]
    return voice.words.page("reopened", uses=named, more=len(uses) > 1, left=max(0, len(uses) - most))["line"]
