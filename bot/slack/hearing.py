"""What somebody wrote to the bot: an answer in a thread, a new request, or a word that needs a guide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.slack import asking, called, errands, screens, visiting
from bot.slack.front import Front, new_case
from bot.slack.payloads import Who, plain, to_file
from bot.slack.scenes import make_voice
from bot.slack.threads import owe, post, talk_at
from bot.slack.verbs import CONCERN, HELP, LIST, SHOW, bare, is_reference, read_wish
from intake.form import Kind
from intake.reading import Reading
from intake.sentence import read
from store import audit, queries
from store.records import load
from store.sessions import Session
from store.tables import ConversationRow
from triage.outcome import Refused
from triage.talking import Attached, Begin, Type

IGNORED = frozenset(
    {"bot_message", "channel_join", "channel_leave", "assistant_app_thread", "channel_topic", "channel_purpose",
     "channel_name", "pinned_item", "reminder_add", "tombstone"}
)  # fmt: skip
GUIDE = frozenset({"greeting", "help", "thanks"})
LOOK = frozenset({"list", "status"})
ASKS = frozenset({"use", "build", "report_existing", "can_i"})
WRITTEN = frozenset({Kind.tool, Kind.text})
"""Questions whose answer may well name a tool."""

LATE = timedelta(minutes=2)
"""Words written so long before the conversation last went on are no answer to the question that is open now."""

SHORTCODE = re.compile(r":[a-z0-9_+'-]+:")

MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*")


PERSON = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")


def without_mention(text: str) -> str:
    return MENTION.sub("", text)


@dataclass(frozen=True)
class Said:
    """One message of a person to us. `thread` is where we answer: its thread, or the one it begins."""

    person: str
    place: str
    channel: str
    ts: str
    thread: str
    words: str
    named: str
    files: tuple[Attached, ...]

    @property
    def key(self) -> str:
        return heard_key(self.place, self.ts)


def heard(front: Front, event: dict[str, Any], *, team: str) -> None:
    """One message of a person in a direct message; what Slack itself writes there is nobody's answer."""
    if str(event.get("subtype") or "") in IGNORED:
        return
    said = _to_said(front, event, team)
    _note(front, said)
    talk = talk_at(front, said.place, said.thread)
    if said.files and said.words.strip() and not _goes_along(front, said, talk):
        _tell_unread(front, said)
    if talk is not None and talk.use_id is not None:
        _say(front, said, talk)
    else:
        _elsewhere(front, said)


def _note(front: Front, said: Said) -> None:
    """Whoever is let in to audit looks things up here as well; what they wrote is not sealed, but for a reference."""
    wish = read_wish(said.words)
    if wish.verb == CONCERN:  # nobody is to be known by it
        return
    about = bare(wish.rest) if is_reference(wish.rest) else ""
    visiting.note(front, said.person, f"message {wish.verb}", about, key=said.key)


def _tell_unread(front: Front, said: Said) -> None:
    key = "files_unread" if said.words.strip() else "not_understood.attachment"
    text = front.words.line(key)
    front.tell(said.person, text, channel=said.channel, thread=said.thread, key=f"files:{said.key}")


def _to_said(front: Front, event: dict[str, Any], team: str) -> Said:
    person, channel, ts = (
        front.person(Who(team, str(event["user"]))),
        str(event["channel"]),
        str(event["ts"]),
    )
    text = str(event.get("text") or "")
    named = _named(front, text, team)
    return Said(
        person=person,
        place=front.directory.place(channel, kind="dm", person=person),
        channel=channel,
        ts=ts,
        thread=str(event.get("thread_ts") or ts),
        words=f"<@{named}>" if named else plain(text),
        named=named,
        files=tuple(to_file(each) for each in event.get("files") or () if isinstance(each, dict)),
    )


def _goes_along(front: Front, said: Said, talk: ConversationRow | None) -> bool:
    """Whether it is an answer to those who decide, with which files are passed on."""
    with front.office.store.read() as session:
        talks = [talk] if talk else queries.open_talks(session, said.person)
        if len(talks) != 1 or talks[0].use_id is None:
            return False
        case = load(session, talks[0].use_id)
    return case is not None and case.inquiry is not None


def _named(front: Front, text: str, team: str) -> str:
    """Whom a message that is nothing but a mention names, by our id; read before decoding, as typed marks are none."""
    named = PERSON.fullmatch(text.strip())
    return front.person(Who(team, named[1])) if named else ""


def heard_key(place: str, ts: str) -> str:
    """Under this key an answer is known by its message, so that a later edit of it is recognised."""
    return f"said:{place}:{ts}"


def _say(front: Front, said: Said, talk: ConversationRow) -> None:
    """Words for a conversation, wherever they were written."""
    command = Type(
        actor=said.person,
        key=said.key,
        case=str(talk.use_id),
        words=said.words,
        person=said.named,
        files=said.files,
        late=talk.updated_at.timestamp() - float(said.ts) > LATE.total_seconds(),
    )
    try:
        front.do(command)
    except Refused as refusal:
        front.refuse(refusal, said.person, channel=said.channel, thread=talk.root_ts, key=said.key)


def _elsewhere(front: Front, said: Said) -> None:
    """Outside of our threads: a new request if it reads like one, else an answer to the one thing that is open."""
    reading = read(said.words, front.office.library.catalogue)
    with front.office.store.read() as session:
        talks = [talk for talk in queries.open_talks(session, said.person) if talk.use_id]
        written = len(talks) == 1 and _asks_for_words(front, session, talks[0])
    named = reading.tool.kind != "none"
    if talks and said.files and not said.words.strip() and not _goes_along(front, said, None):
        _tell_unread(front, said)  # below the file, not in the thread of what happens to be open
        return
    if _look_up(front, said):
        return
    if not written and _is_errand(front, said):
        return
    if called.asks_in_general(reading, said.words) and not written:
        shown = called.usable(front, said.person, reading, said.words)
        post(front, said.place, said.thread, shown.text, shown.blocks, f"guide:{said.key}")
    elif _asks_whether(reading) and not front.directory.outsider(said.person):
        told = asking.answer(front, said.person, said.words)
        post(front, said.place, said.thread, told.text, told.blocks, f"may_i:{said.key}")
    elif reading.intent in GUIDE and not named:
        _guide(front, said)
    elif reading.intent in LOOK and not named:
        _list(front, said)
    elif talks and _is_request(reading, written=written):
        _begin(front, said)
    elif len(talks) == 1:
        _say(front, said, talks[0])
    elif talks:
        _which(front, said, talks)
    elif not named and not any(sign.isalnum() for sign in SHORTCODE.sub("", said.words)):
        _guide(front, said)
    else:
        _begin(front, said)


def _look_up(front: Front, said: Said) -> bool:
    """ "show 4", a bare reference, or a slip of such a word: what the command answers is answered here as well."""
    wish = read_wish(said.words)
    if wish.verb == SHOW and is_reference(wish.rest):
        try:
            shown = called.show(front, said.person, wish.rest)
        except Refused as refusal:
            front.refuse(refusal, said.person, channel=said.channel, thread=said.thread, key=said.key)
            return True
        post(front, said.place, said.thread, shown.text, shown.blocks, f"show:{said.key}")
    elif wish.guessed and wish.verb == LIST:
        _list(front, said)
    elif wish.guessed and wish.verb == HELP:
        _guide(front, said)
    else:
        return False
    return True


def _is_errand(front: Front, said: Said) -> bool:
    """Whether it only wanted a page of their own, which then stands below it."""
    try:
        shown = errands.told(front, said.person, said.words)
    except Refused as refusal:
        front.refuse(refusal, said.person, channel=said.channel, thread=said.thread, key=said.key)
        return True
    if shown is not None:
        post(front, said.place, said.thread, shown.text, shown.blocks, f"errand:{said.key}")
    return shown is not None


def _asks_whether(reading: Reading) -> bool:
    """A question about a tool is answered; asking for it is a step of its own."""
    return reading.intent == "can_i" and (reading.tool.kind != "none" or reading.tool_phrase is not None)


def _is_request(reading: Reading, *, written: bool) -> bool:
    """Whether this clearly begins something new; a tool's bare name does not where it may be the answer (`written`)."""
    if reading.intent not in ASKS:
        return False
    wished = any(p.question == "kind" for p in reading.proposals)
    named = reading.tool.kind != "none" or reading.tool_phrase is not None
    return named and (wished or not written)


def _asks_for_words(front: Front, session: Session, talk: ConversationRow) -> bool:
    """Whether what is open there is answered in words: a reviewer's question, or one for a tool or a text."""
    case = front.loaded(session, str(talk.use_id))
    if case.inquiry is not None:
        return True
    asked = case.talk.current if case.talk else None
    question = front.office.library.form.by_id.get(asked.question) if asked else None
    return question is not None and question.kind in WRITTEN


def _begin(front: Front, said: Said) -> None:
    front.do(
        Begin(
            actor=said.person,
            key=said.key,
            case=new_case(),
            words=said.words,
            place=said.place,
            root=said.thread,
        )
    )


def _guide(front: Front, said: Said) -> None:
    """What Steward can do for them, in a few lines, with a button to begin."""
    shown = screens.guide(make_voice(front))
    post(front, said.place, said.thread, shown.text, shown.blocks, f"guide:{said.key}")


def _list(front: Front, said: Said) -> None:
    shown = called.listing(front, said.person, "")
    post(front, said.place, said.thread, shown.text, shown.blocks, f"list:{said.key}")


def _which(front: Front, said: Said, talks: Sequence[ConversationRow]) -> None:
    """More than one thing is open and the words stand outside of all: keep them, ask which was meant, never guess."""
    with front.office.store.read() as session:
        mine = {entry.id: entry for entry in queries.mine(session, said.person)}
    entries = tuple(mine[talk.use_id] for talk in talks if talk.use_id in mine)
    voice = make_voice(front)

    def ask(session: Session) -> None:
        shown = screens.which(voice, entries, _keep(front, session, said, candidates=len(talks)))
        owe(front, session, said.place, said.thread, shown.text, shown.blocks)

    front.once(f"which:{said.key}", ask)


def _keep(front: Front, session: Session, said: Said, *, candidates: int) -> int:
    return audit.append(
        session,
        what=audit.KEPT,
        actor=said.person,
        subject_kind="person",
        subject_id=said.person,
        detail={"candidates": candidates},
        texts={"words": said.words},
        at=front.office.now(),
    )
