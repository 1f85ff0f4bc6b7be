"""Block Kit, one function per piece; each keeps Slack's limits, so that nothing is refused for its length."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.markup import Mrkdwn, clean, cut, cut_markup, escaped, width
from bot.slack.ids import Action, Input, drawn

Block = dict[str, Any]
Element = dict[str, Any]

SECTION, HEADER, BUTTON, OPTION, HINT, PLACEHOLDER = 2900, 150, 75, 75, 300, 150
OPTIONS, CHECKBOXES, BUTTONS_IN_A_ROW, OVERFLOW = 100, 10, 25, 5
LABEL, TITLE, VALUE, TYPED = 2000, 24, 2000, 3000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
BLANK = "–"
"""Stands where somebody left nothing: Slack refuses empty texts."""


def plain(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": cut(clean(text).strip(), most) or BLANK, "emoji": False}


def markup(text: str, most: int = SECTION) -> Block:
    """Verbatim, so that Slack makes no links or mentions of its own."""
    ours = text if isinstance(text, Mrkdwn) else escaped(text)
    return {"type": "mrkdwn", "text": cut_markup(ours, most).strip() or BLANK, "verbatim": True}


def section(text: str, accessory: Element | None = None, *, block_id: str = "") -> Block:
    return _named(
        {"type": "section", "text": markup(text)} | ({"accessory": accessory} if accessory else {}), block_id
    )


def sections(text: Mrkdwn) -> list[Block]:
    """As many paragraphs as it takes, broken between lines; none for nothing."""
    return [section(piece) for piece in pieces(text)]


def pieces(text: Mrkdwn) -> list[Mrkdwn]:
    """The text in pieces of which each fits one block, broken between lines."""
    pieces: list[str] = []
    for line in text.splitlines():
        if pieces and width(pieces[-1]) + width(line) < SECTION:
            pieces[-1] += f"\n{line}"
        else:
            pieces.append(line)
    return [Mrkdwn(piece) for piece in pieces if piece.strip()]


def context(text: str) -> Block:
    return {"type": "context", "elements": [markup(text)]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, HEADER)}


def image(file: str, said: str) -> Block:
    """A picture that we uploaded; `said` tells the same in words."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": cut(clean(said), LABEL) or BLANK}


def divider() -> Block:
    return {"type": "divider"}


def actions(elements: Iterable[Element], *, block_id: str = "") -> Block:
    return _named({"type": "actions", "elements": list(elements)[:BUTTONS_IN_A_ROW]}, block_id)


def button(
    action: Action,
    label: str,
    value: str,
    *,
    number: int | None = None,
    style: str = "",
    spoken: str = "",
) -> Element:
    """`spoken` is read aloud instead of a label that says too little by itself."""
    element = {
        "type": "button",
        "action_id": drawn(action, number),
        "text": plain(label, BUTTON),
        "value": value[:VALUE],
    }
    if style:
        element["style"] = style
    if spoken:
        element["accessibility_label"] = cut(clean(spoken), BUTTON)
    return element


def confirmed(button: Element, *, title: str, text: str, yes: str, no: str) -> Element:
    """The button with a question before it counts."""
    asked = {
        "title": plain(title, CONFIRM_TITLE),
        "text": plain(text, CONFIRM_TEXT),
        "confirm": plain(yes, CONFIRM_BUTTON),
        "deny": plain(no, CONFIRM_BUTTON),
    }
    return button | {"confirm": asked}


def option(label: str, value: str) -> Block:
    if len(value) > OPTION:
        raise ValueError(f"an option's value is an id, and {value!r} is too long for one")
    return {"text": plain(label, OPTION), "value": value}


def select(
    action: Action | Input, placeholder: str, options: Sequence[Block], *, chosen: str = ""
) -> Element:
    element = _menu("static_select", action, placeholder) | {"options": list(options[:OPTIONS])}
    initial = next((o for o in element["options"] if o["value"] == chosen), None)
    return element | ({"initial_option": initial} if initial else {})


def several(
    action: Action | Input, placeholder: str, options: Sequence[Block], *, ticked: Iterable[str] = ()
) -> Element:
    """Checkboxes where all fit, else a menu in which several can be chosen."""
    if len(options) <= CHECKBOXES:
        element: Element = {"type": "checkboxes", "action_id": drawn(action), "options": list(options)}
    else:
        element = _menu("multi_static_select", action, placeholder) | {"options": list(options[:OPTIONS])}
    wanted = set(ticked)
    initial = [o for o in element["options"] if o["value"] in wanted]
    return element | ({"initial_options": initial} if initial else {})


def radio(action: Action | Input, options: Sequence[Block]) -> Element:
    """One press for each; nothing is chosen beforehand."""
    return {"type": "radio_buttons", "action_id": drawn(action), "options": list(options)}


def person(action: Action | Input, placeholder: str, *, user: str = "") -> Element:
    return _menu("users_select", action, placeholder) | ({"initial_user": user} if user else {})


def people(action: Action | Input, placeholder: str, *, users: Sequence[str] = ()) -> Element:
    return _menu("multi_users_select", action, placeholder) | (
        {"initial_users": list(users)} if users else {}
    )


def day(action: Action | Input, placeholder: str, *, on: str = "") -> Element:
    return _menu("datepicker", action, placeholder) | ({"initial_date": on} if on else {})


def overflow(action: Action, options: Sequence[Block]) -> Element:
    return {"type": "overflow", "action_id": drawn(action), "options": list(options[:OVERFLOW])}


def typed(*, text: str = "", longest: int = TYPED, lines: bool = True, placeholder: str = "") -> Element:
    longest = min(longest, TYPED)
    element: Element = {
        "type": "plain_text_input",
        "action_id": drawn(Input.VALUE),
        "max_length": longest,
        "multiline": lines,
    }
    if text:
        element["initial_value"] = cut(clean(text), longest)
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    return element


def number() -> Element:
    """A phone shows digits for it."""
    return {"type": "number_input", "action_id": drawn(Input.VALUE), "is_decimal_allowed": True}


def file() -> Element:
    """One file; Slack takes it only where we may read files."""
    return {"type": "file_input", "action_id": drawn(Input.VALUE), "max_files": 1}


def field(block_id: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL),
        "element": element,
        "optional": optional,
    }
    return block | ({"hint": plain(hint, HINT)} if hint else {})


def _menu(kind: str, action: Action | Input, placeholder: str) -> Element:
    return {"type": kind, "action_id": drawn(action), "placeholder": plain(placeholder, PLACEHOLDER)}


def _named(block: Block, block_id: str) -> Block:
    return block | ({"block_id": block_id} if block_id else {})
