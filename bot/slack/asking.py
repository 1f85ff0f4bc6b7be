"""May I use this for that? Asked in any place and answered at once: what is looked up, and where the answer goes."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import screens, windows
from bot.slack.front import Front, new_case
from bot.slack.ids import Action
from bot.slack.looking import DIRECT
from bot.slack.lookup import looked_up
from bot.slack.message import Message
from bot.slack.payloads import Press, plain
from bot.slack.scenes import make_voice
from bot.slack.threads import post, talk_at
from intake.reading import Reading
from intake.sentence import read
from intake.tool import Recognition, Tool
from store import outbox
from store.sessions import Session
from store.tables import DoneRow
from triage.outcome import Refused
from triage.register import Reader
from triage.talking import Begin

EVERYBODY = Reader(person="")
"""Whoever reads in a channel: what any colleague may see, and nothing that is somebody's own."""


def answer(front: Front, person: str, words: str, *, tool: str = "", brief: bool = False) -> Message:
    """From the register and the catalogue alone. `tool`: the one that was picked; `brief`: others read it, too."""
    desk = front.desk(actor=person)
    reader = front.reader(person, desk)
    if reader.outsider:
        raise Refused("for_colleagues")
    said = plain(words)
    reading = _picked(read(said, front.office.library.catalogue), desk.catalogue.get(tool))
    with front.office.store.read() as session:
        found, cases = looked_up(session, EVERYBODY if brief else reader, reading, said, desk)
    asker = "" if brief else person
    question = screens.Question(said, reading, asker, brief=brief, tool=tool, cases=cases)
    return screens.can_i(make_voice(front), question, found, desk)


def _picked(reading: Reading, tool: Tool | None) -> Reading:
    """Whoever was asked which one is meant has said so."""
    if tool is None:
        return reading
    text = reading.tool.text or reading.tool_phrase or ""
    return reading.model_copy(update={"tool": Recognition(kind="one", tools=(tool,), text=text)})


def press(front: Front, pressed: Press, person: str) -> None:
    """Ask for it: in a direct message at once, in the thread of the question; elsewhere in a window that holds it."""
    about = windows.about(pressed)
    known = desk_tool(front, about.question)
    words = _spelt_out(front, about.choice.strip(), known)
    if words and pressed.thread is not None and _is_direct(pressed):
        _begin(front, pressed, person, words)
        return
    windows.open_window(front, pressed, person, screens.start_view(make_voice(front), words))


def _is_direct(pressed: Press) -> bool:
    return pressed.channel is not None and pressed.channel.startswith(DIRECT)


def _spelt_out(front: Front, words: str, tool: Tool | None) -> str:
    """With the name of the one that was picked, so that nobody is asked again."""
    if tool is None:
        return words
    said = read(words, front.office.library.catalogue).tool.text
    return words.replace(said, tool.name, 1) if said else tool.name


def desk_tool(front: Front, tool: str) -> Tool | None:
    return front.office.library.catalogue.get(tool) if tool else None


def _begin(front: Front, pressed: Press, person: str, words: str) -> None:
    """Pressed twice it is the same one; where a request stands in this thread already, it gets one of its own."""
    channel, thread = str(pressed.channel), str(pressed.thread)
    place = front.directory.place(channel, kind="dm", person=person)
    key = f"asked:{place}:{pressed.ts}"
    with front.office.store.read() as session:
        again = session.get(DoneRow, key) is not None
    if talk_at(front, place, thread) is not None and not again:
        front.begin_later(person, words, key=key)
        return
    front.do(Begin(actor=person, key=key, case=new_case(), words=words, place=place, root=thread))


def pick(front: Front, pressed: Press, person: str) -> None:
    """Which of several tools was meant: the same question again, answered where it was asked."""
    about = windows.about(pressed)
    if desk_tool(front, about.question) is None or not about.choice.strip():
        raise Refused("unknown_button")
    told = answer(front, person, about.choice, tool=about.question)
    if pressed.view is not None:
        windows.redraw(front, pressed, screens.may_i_told(front.words, told))
        return
    if _is_direct(pressed):
        place = front.directory.place(str(pressed.channel), kind="dm", person=person)
        post(front, place, str(pressed.thread or pressed.ts), told.text, told.blocks, pressed.key)
        return
    show(front, person, told, channel=pressed.channel, thread=pressed.thread, key=pressed.key)


def show(
    front: Front, person: str, told: Message, *, channel: str | None, thread: str | None, key: str
) -> None:
    """To this person alone, in that channel; in their direct message where there is none."""
    place = front.directory.place(channel) if channel else None
    payload = {"text": told.text, "blocks": told.blocks, "thread": thread if channel else None}
    kind = "ephemeral" if channel else "post"

    def owe(session: Session) -> None:
        now = front.office.now()
        outbox.put(session, kind=kind, place_id=place, person_id=person, payload=payload, priority=0, now=now)

    front.once(f"may_i:{key}", owe)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.ASK_FOR_IT: press, Action.MAY_I: pick}
