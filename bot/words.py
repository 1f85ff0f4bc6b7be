"""What Steward says, in the organisation's language: texts by key, messages by template (only here Jinja)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.markup import Mrkdwn, clean, cut, escaped, one_line
from intake.texts import Texts, load_texts

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_SPACE_AT_EDGES = re.compile(r"[ \t]*\n\s*")
_EMPTY_LINES = re.compile(r"\n\s*\n")
_CITED = re.compile(r"([^<>|]+?), (https://[A-Za-z0-9./_%=?-]+)")
_AMENDED = ", as amended by "
_CLOSING = " \t\n)]”’»\"'"
PROMPTS = Path(__file__).parent.parent / "prompts"
_MENTIONS = re.compile(r"<@[A-Z0-9]+>(?:(?:,| or| and) <@[A-Z0-9]+>)*")


def shown(value: object) -> object:
    """Everything that is filled in passes here: markup of ours stays, all else becomes powerless words."""
    return value if isinstance(value, Mrkdwn | int) else escaped(str(value))


class Page:
    """The parts of one message, rendered when asked for; in a template `parts.head` is the part `head`."""

    def __init__(self, template: Template, facts: Mapping[str, object]) -> None:
        self._template = template
        self._facts = {**facts, "parts": self}

    def __getitem__(self, part: str) -> Mrkdwn:
        """The part, stripped; empty where the template has nothing to say."""
        context = self._template.new_context(self._facts)
        text = "".join(self._template.blocks[part](context))
        return Mrkdwn(_SPACE_AT_EDGES.sub("\n", text).strip())

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self._template.blocks)


class Words:
    """One language, English where it lacks something; `zone` only serves clients that cannot show dates."""

    def __init__(self, language: str = "en", zone: str = "UTC") -> None:
        self.language = language
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self._texts = _texts(language)
        self._plain: dict[str, str] = {}  # those into which nothing is filled in, and there are few

    def label(self, key: str, /, **facts: object) -> str:
        """For buttons, headings and fields, which know no markup."""
        if facts:
            return clean(self._texts.say(key, **facts))
        if key not in self._plain:
            self._plain[key] = clean(self._texts.say(key))
        return self._plain[key]

    def line(self, key: str, /, **facts: object) -> Mrkdwn:
        """A sentence in markup; what is filled in is data."""
        return Mrkdwn(self._texts.say(key, **{name: shown(value) for name, value in facts.items()}))

    def has(self, key: str) -> bool:
        return self._texts.has(key)

    def placeholders(self, key: str) -> frozenset[str]:
        return self._texts.placeholders(key)

    def refusal(
        self, key: str, /, *, people: str = "", open: Iterable[object] = (), by: str = "", **facts: object
    ) -> Mrkdwn:
        """Why not. `people`: mentions of those who can do it; `open`: questions that stand in the way;
        `by`: the mention of whoever did it before."""
        roles = str(facts.get("role", "")).split()
        if roles and all(self.has(f"role.{role}") for role in roles):
            facts["role"] = self.listed((self.line(f"role.{role}") for role in roles), "or")
        parts = [self.line(f"refusal.{key}" if self.has(f"refusal.{key}") else "refusal.other", **facts)]
        if by:
            parts.append(self.line("refusal_by", by=Mrkdwn(by) if _MENTIONS.fullmatch(by) else by))
        if people:
            able = Mrkdwn(people) if _MENTIONS.fullmatch(people) else people
            parts.append(self.line("refusal_who", people=able))
        if still := tuple(open):
            parts.append(self.line("refusal_open", open=self.listed(still)))
        return Mrkdwn(" ".join(parts))

    def page(self, name: str, /, **facts: object) -> Page:
        return Page(_environment(self.language, self.zone).get_template(f"{name}.j2"), facts)

    def draft(self, name: str, /, **facts: object) -> str:
        """Plain text that somebody begins with and changes; a field of a window knows no markup."""
        text = _drafts(self.language).get_template(f"{name}.j2").render(**facts)
        return _EMPTY_LINES.sub("\n\n", text).strip()

    def moment(self, at: datetime) -> Mrkdwn:
        """In the reader's own time zone, with the organisation's time where that cannot be shown."""
        fallback = at.astimezone(self._zone).strftime("%Y-%m-%d %H:%M")
        return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_long_pretty}}, {{time}}|{fallback}>")

    def day(self, on: date) -> str:
        return f"{on.day} {self.label(f'month.{on.month}')} {on.year}"

    def day_at(self, at: datetime) -> str:
        """The organisation's day of that moment."""
        return self.day(at.astimezone(self._zone).date())

    def listed(self, items: Iterable[object], word: str = "and") -> Mrkdwn:
        """`a, b and c`, each shown as what it is."""
        parts = [str(shown(item)) for item in items]
        if len(parts) < 2:
            return Mrkdwn("".join(parts))
        return Mrkdwn(f"{', '.join(parts[:-1])} {self.line(f'join.{word}')} {parts[-1]}")


@cache
def _environment(language: str, zone: str) -> Environment:
    """Compiled once for all that speak alike."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: a start shows nothing yet

    words = Words(language, zone)
    folders = [PROMPTS / "people" / tongue for tongue in dict.fromkeys((language, "en"))]
    environment = Environment(
        loader=FileSystemLoader(folders),
        undefined=StrictUndefined,
        finalize=shown,
        autoescape=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = (words.day, words.listed, words.moment, cited, ended, quoted, short, strong, upfirst)
    environment.filters |= {made.__name__: made for made in filters}
    environment.globals["say"] = words.line
    return environment


@cache
def _drafts(language: str) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: a start shows nothing yet

    return Environment(
        loader=FileSystemLoader([PROMPTS / "drafts" / each for each in dict.fromkeys((language, "en"))]),
        undefined=StrictUndefined,
        finalize=lambda value: clean(value) if isinstance(value, str) else value,
        autoescape=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def layout(name: str, /, **facts: object) -> str:
    """A page or picture around words: what is filled in is data there, too."""
    return _layouts().get_template(f"{name}.j2").render(**facts)


@cache
def _layouts() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: a start shows nothing yet

    return Environment(
        loader=FileSystemLoader(PROMPTS / "record"),
        undefined=StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def short(text: str, most: int = 200) -> str:
    """On one line and at most `most` long."""
    return text if isinstance(text, Mrkdwn) else cut(one_line(text), most)


def ended(text: str) -> str:
    """Somebody's words as a sentence, with its full stop where they left it out."""
    said = text.rstrip(_CLOSING)
    return text if not said or unicodedata.category(said[-1]) == "Po" else type(text)(f"{text.rstrip()}.")


def strong(text: str, most: int = 200) -> Mrkdwn:
    """In bold, if there is anything to be bold."""
    inner = shown(short(text, most))
    return Mrkdwn(f"*{inner}*") if inner else Mrkdwn("")


def cited(source: str) -> Mrkdwn:
    """A rule's source with its address behind the words; only for the texts of our own policies."""
    return Mrkdwn(_AMENDED.join(_link(part) for part in source.split(_AMENDED)))


def _link(part: str) -> str:
    found = _CITED.fullmatch(part)
    return f"<{found[2]}|{escaped(found[1])}>" if found else escaped(part)


def upfirst(text: str) -> Mrkdwn:
    """As the beginning of a sentence; a mention stays what it is."""
    safe = str(shown(text))
    return Mrkdwn(safe[:1].upper() + safe[1:])


def quoted(text: str, most: int = 1500) -> Mrkdwn:
    """Somebody's words as a quotation, each line of it."""
    lines = [line for line in cut(clean(text), most).splitlines() if line.strip()]
    return Mrkdwn("\n".join(f"&gt; {escaped(line)}" for line in lines))


@cache
def speaking(language: str, zone: str) -> Words:
    """Another language than the organisation's, for what is shown to one person."""
    return Words(language, zone)


@cache
def _texts(language: str) -> Texts:
    folder = PROMPTS / "texts"
    english = load_texts(folder, "", "en")
    if language == "en" or not (folder / f"{language}.yaml").exists():
        return english
    return load_texts(folder, "", language, known=english.by_key, fallback=english)
