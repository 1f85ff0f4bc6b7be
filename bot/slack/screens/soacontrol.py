"""One control in a window: what operation suggests and why, what was decided, and whoever looks decides it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from bot.applicability import Named, evidence, left_out, speaks
from bot.markup import Mrkdwn, cut, escaped, one_line
from bot.slack import blocks as b
from bot.slack.fields import Field
from bot.slack.ids import Action, Input, Press, View, to_value
from bot.slack.message import modal
from bot.slack.scene import Voice
from bot.slack.screens import soa
from bot.words import Words, quoted
from triage.aims.applied import Applied, Decided, Proposal
from triage.aims.kinds import kinds

LONGEST = 3000
BETWEEN = "."
OWN = "+"
"""In the place of its name, of a control that is still to be named."""


class At(NamedTuple):
    """What the window shows: the control, the number of its last draft, how often its words were taken over, and
    what the proposal rested on."""

    control: str
    seen: int = 0
    taken: int = 0
    rests: tuple[str, ...] = ()


def to_text(at: At) -> str:
    return "\n".join([at.control, f"{at.seen}|{at.taken}", *at.rests])


def from_text(text: str) -> At | None:
    control, _, rest = text.partition("\n")
    numbers, *rests = rest.split("\n")
    seen, _, taken = numbers.partition("|")
    if not control or not (seen.isdecimal() and taken.isdecimal() and len(numbers) < 20):
        return None
    return At(control, int(seen), int(taken), tuple(rests))


def block(field: Field, at: At) -> str:
    """Of this control alone: Slack keeps what stands under a name where the next control takes the window over."""
    return f"{field.value}{BETWEEN}{at.control}" + (
        f"{BETWEEN}{at.taken}" if field is Field.SOA_BECAUSE else ""
    )


def plain(fields: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """What was filled in, by the names that all controls share."""
    return {name.partition(BETWEEN)[0]: held for name, held in fields.items()}


def control_view(
    voice: Voice,
    row: Applied,
    named: Named,
    at: At,
    *,
    decides: bool,
    told: str = "",
    left: int = 0,
    as_of: datetime | None,
) -> dict[str, Any]:
    """`left`: so many are undecided besides. `as_of`: of when the suggestion is; None where it is still worked out."""
    words = voice.words
    takes = decides and row.proposal is not None
    drawn: list[b.Block | None] = [
        b.section(told) if told else None,
        *_about(voice, row, named, as_of, takes=takes),
    ]
    drawn += _fields(voice, row, named, at) if decides else []
    drawn.append(b.actions(_ways(words, row, left if decides else 0)))
    title, submit = (
        cut(words.label("modal.soa_control", control=row.control), b.TITLE),
        words.label("submit.soa_control"),
    )
    return modal(words, View.SOA_CONTROL, title, drawn, submit=submit if decides else "", about=to_text(at))


def _about(
    voice: Voice, row: Applied, named: Named, as_of: datetime | None, *, takes: bool
) -> list[b.Block | None]:
    words = voice.words
    head = words.line("entry.bold", what=cut(one_line(f"{row.control} {row.title}"), 140))
    drawn: list[b.Block | None] = [
        b.section(Mrkdwn(f"{head}\n{escaped(row.summary)}" if row.summary else head))
    ]
    if row.proposal is not None:
        drawn += b.sections(suggestion(words, row.proposal))
    if not row.own:
        drawn.append(b.context(soa.as_of(words, as_of)))
    if takes:
        here = to_value(Press(case="", choice=row.control))
        drawn.append(b.actions([b.button(Action.SOA_TAKE, words.label("button.soa_take"), here)]))
    if shows := list(evidence(words, row)):
        drawn += b.sections(_listed(words, "soa.head.evidence", shows))
    if row.decided is not None:
        drawn += b.sections(_decided(voice, row, row.decided, named))
    if row.stale:
        drawn += b.sections(
            Mrkdwn(
                f"{words.line('entry.bold', what=words.label('soa.head.moved'))}\n{soa.moved_lines(words, row)}"
            )
        )
    return drawn


def suggestion(words: Words, proposal: Proposal) -> Mrkdwn:
    head = words.line("soa.suggests", what=words.line(f"soa.proposes.{proposal.applies or 'unsure'}"))
    return Mrkdwn("\n".join([head, *_bullets(speaks(words, proposal))]))


def _listed(words: Words, head: str, texts: Iterable[str]) -> Mrkdwn:
    return Mrkdwn("\n".join([words.line("entry.bold", what=words.label(head)), *_bullets(texts)]))


def _bullets(texts: Iterable[str]) -> list[str]:
    return [f"• {escaped(one_line(each))}" for each in texts]


def _decided(voice: Voice, row: Applied, found: Decided, named: Named) -> Mrkdwn:
    words = voice.words
    role = (
        words.line(f"role_name.{found.role}") if words.has(f"role_name.{found.role}") else escaped(found.role)
    )
    told = [
        words.line(
            "soa.was_decided",
            applies=words.line(f"soa.applies.{found.applies}"),
            by=voice.mention(found.by),
            role=role,
            at=words.moment(found.at),
        ),
        quoted(found.because),
        escaped(left_out(words, row, named)),
        words.line("soa.is_met", how=cut(one_line(found.how), 600)) if found.how else "",
    ]
    if found.owner:
        state = words.line(f"soa.state.{found.state}") if found.state else ""
        told.append(words.line("soa.met_by", who=voice.mention(found.owner), state=state))
    return Mrkdwn("\n".join(filter(None, told)))


def _fields(voice: Voice, row: Applied, named: Named, at: At) -> list[b.Block]:
    """With what was decided last, so that whoever decides anew changes only what is otherwise; else blank.

    Uses that may not be named stay out of their field, and are put back when it is handed in.
    """
    left = [ref for ref in row.decided.left_out if ref in named.uses] if row.decided else []
    words, last = voice.words, row.decided
    own = [_name(words, at)] if at.control == OWN else []
    own += [_title(words, row, at)] if at.control == OWN or row.own else []
    choose = words.label("placeholder.choose")
    applies = [b.option(words.label(f"soa.applies.{each}"), each) for each in ("yes", "no", "partly")]
    state = kinds()["control"].field("state")
    states = [b.option(words.label(f"soa.state.{each}"), each) for each in (state.choices if state else ())]
    because = _taken_over(words, row) if at.taken else last.because if last else ""
    radio = b.radio(Input.VALUE, applies)
    if last is not None:
        radio |= {"initial_option": next(each for each in applies if each["value"] == last.applies)}
    days = last.seen_on.isoformat() if last and last.seen_on else ""
    owner = voice.user(last.owner) if last and last.owner else ""
    return [
        *own,
        b.field(block(Field.SOA_APPLIES, at), words.label("field.soa_applies"), radio),
        b.field(
            block(Field.SOA_BECAUSE, at),
            words.label("field.soa_because"),
            b.typed(text=because, longest=LONGEST),
            hint=words.label("field.soa_because_hint"),
        ),
        b.field(block(Field.SOA_LEFT_OUT, at), words.label("field.soa_left_out"),
                b.typed(text=", ".join(left), longest=1000, lines=False),
                hint=words.label("field.soa_left_out_hint"), optional=True),
        b.field(block(Field.SOA_HOW, at), words.label("field.soa_how"),
                b.typed(text=last.how if last else "", longest=LONGEST), optional=True),
        b.field(block(Field.SOA_OWNER, at), words.label("field.soa_owner"),
                b.person(Input.VALUE, words.label("placeholder.person"), user=owner),
                hint=words.label("field.soa_owner_hint"), optional=True),
        b.field(block(Field.SOA_STATE, at), words.label("field.soa_state"),
                b.select(Input.VALUE, choose, states, chosen=last.state if last else ""),
                hint=words.label("field.soa_state_hint"), optional=True),
        b.field(block(Field.SOA_EVIDENCE, at), words.label("field.soa_evidence"),
                b.typed(text="\n".join(last.evidence) if last else "", longest=LONGEST),
                hint=words.label("field.soa_evidence_hint"), optional=True),
        b.field(block(Field.SOA_SEEN_ON, at), words.label("field.soa_seen_on"),
                b.day(Input.VALUE, words.label("placeholder.day"), on=days), optional=True),
    ]  # fmt: skip


def _name(words: Words, at: At) -> b.Block:
    element = b.typed(longest=30, lines=False, placeholder=words.label("soa.own_example"))
    return b.field(block(Field.SOA_NAME, at), words.label("field.soa_name"), element)


def _title(words: Words, row: Applied, at: At) -> b.Block:
    return b.field(
        block(Field.SOA_TITLE, at),
        words.label("field.soa_title"),
        b.typed(text=row.title, longest=150, lines=False),
    )


def _taken_over(words: Words, row: Applied) -> str:
    """The words of the suggestion, for whoever pressed for them; what stands there in the end is theirs."""
    return ". ".join(speaks(words, row.proposal)) + "." if row.proposal else ""


def _ways(words: Words, row: Applied, left: int) -> list[b.Element]:
    here = to_value(Press(case="", choice=row.control))
    back = b.button(Action.SOA_LIST, words.label("button.soa_list"), here)
    if not left:
        return [back]
    return [b.button(Action.SOA_NEXT, words.label("button.soa_go_on", count=left), here), back]
