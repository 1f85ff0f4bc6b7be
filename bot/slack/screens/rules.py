"""Rules of an organisation's own: what they would do, who put them into force, and the window to write them in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Press, View, to_value
from bot.slack.message import Message, message, modal
from bot.slack.scene import Voice
from bot.slack.screens.rulestext import EXAMPLE, verbatim
from bot.words import Words
from triage.amending import Amended, How
from triage.foreseen import Foreseen, Named
from triage.proposing import Proposal
from triage.verdict import Bounds

TOLD, TOLD_IN_WINDOW = 4, 40
"""Rules of the proposal that are named one by one."""

HOW = {
    How.looser: "rules.looser",
    How.gone: "rules.gone",
    How.new: "rules.new",
    How.stricter: "rules.stricter",
    How.said_anew: "rules.said_anew",
}


class Ruling(NamedTuple):
    """A proposal and what became of it; `last` is whoever acted last.

    `holders` can say yes; `lacking`: so many people more have to be named before enough of them can.
    """

    proposal: Proposal
    state: str
    foreseen: Foreseen
    amended: tuple[Amended, ...] = ()
    last: str = ""
    holders: tuple[str, ...] = ()
    lacking: int = 0


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
        **_amended(words, ruling.amended, TOLD),
        needs_two=proposal.looser,
        lacking=ruling.lacking,
        only=words.listed(map(voice.mention, ruling.holders)),
        agreed=words.listed(map(voice.mention, proposal.agreed)),
        last=voice.mention(ruling.last) if ruling.last else "",
        digest=proposal.digest[:12],
    )
    drawn: list[b.Block | None] = [b.header(words.label("rules.heading"))]
    drawn += [
        b.section(page[part]) if page[part] else None for part in ("what", "rules", "moves", "uses", "state")
    ]
    drawn.append(b.actions(_buttons(words, proposal, ruling.state)))
    drawn.append(b.context(page["behind"]))
    return message(words, page["text"], drawn)


def rehearsal(voice: Voice, seen: Foreseen, name: str, on: Sequence[str]) -> Message:
    """What rules that an operator tried would do; nothing waits for anybody."""
    words = voice.words
    facts = seen.model_dump(exclude={"first"})
    page = words.page("rehearsal", name=name, on=words.listed(on), **facts)
    would = words.page("rules", state="open", uses=_uses(words, seen), **facts)
    told = (page["what"], would["moves"], would["uses"])
    drawn = [b.header(words.label("rules.tried")), *(b.section(part) for part in told if part)]
    return message(words, page["text"], [*drawn, b.context(page["behind"])])


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


def amended_told(voice: Voice, amended: Sequence[Amended]) -> Mrkdwn:
    """Where there is more room than on a card: what is gone stands in no text of the rules."""
    facts = _amended(voice.words, amended, TOLD_IN_WINDOW)
    return voice.words.page("rules", state="open", **facts)["rules"]


def _amended(words: Words, amended: Sequence[Amended], most: int) -> dict[str, Any]:
    left = max(0, len(amended) - most)
    return {"amended": [_told(words, each) for each in amended[:most]], "more_amended": left}


def _told(words: Words, each: Amended) -> dict[str, object]:
    """Both levels in words; a level that stays is named once."""
    before, after = (_named(words, key, key.partition(".")[2]) for key in (each.before, each.after))
    told = {"named": words.line(HOW[each.how]), "before": before, "after": after}
    return {**each.model_dump(mode="json"), **told}


def _buttons(words: Words, proposal: Proposal, state: str) -> list[b.Element]:
    """The text can be read whatever became of it."""
    value = to_value(Press(case=proposal.digest, choice=proposal.made))
    show = b.button(Action.SHOW_RULES, words.label("button.show_rules"), value)
    if state != "open":
        return [show]
    enforce = b.button(Action.ENFORCE_RULES, words.label("button.enforce_rules"), value, style="primary")
    asked = b.confirmed(
        enforce,
        title=words.label("rules.sure"),
        text=words.label("rules.what_follows"),
        yes=words.label("button.enforce_rules"),
        no=words.label("button.close"),
    )
    return [asked, show, b.button(Action.WITHDRAW_RULES, words.label("button.withdraw_rules"), value)]


def rules_view(voice: Voice, text: str) -> dict[str, Any]:
    """The rules in force, to be changed; what does not fit into a field comes in as a file."""
    words = voice.words
    fits = len(text) <= b.TYPED
    how = words.line("rules.how" if text else "rules.none_yet") if fits else words.line("rules.too_long")
    drawn = [
        b.section(how),
        None if text else verbatim(EXAMPLE),
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
