"""What is said to people, by key and language; a form's questions and choices have theirs here too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from string import Formatter

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value


class Texts(Value):
    """Texts in one language. What it lacks is looked up in `fallback`."""

    language: str
    digest: str
    by_key: Mapping[str, str]
    fallback: Texts | None = None

    def has(self, key: str) -> bool:
        here = key in self.by_key or f"{key}.other" in self.by_key
        return here or (self.fallback is not None and self.fallback.has(key))

    def say(self, key: str, /, **facts: object) -> str:
        """The text with its {placeholders} filled; a missing fact is a KeyError.

        With a fact `count`, a key that has `one` and `other` below it gives the fitting one.
        """
        text = self._find(key, facts.get("count"))
        return Formatter().vformat(text, (), facts)

    def placeholders(self, key: str) -> frozenset[str]:
        """The facts that `say` needs for this key."""
        return frozenset(_placeholders(self._find(key, 2)))

    def _find(self, key: str, count: object) -> str:
        # One and other are the forms of English; a language with more needs more keys here.
        for name in (key, f"{key}.one" if count == 1 else f"{key}.other"):
            if name in self.by_key:
                return self.by_key[name]
        if self.fallback is None:
            raise KeyError(key)
        return self.fallback._find(key, count)


class Wording(Value):
    """The texts of one form, by question and choice; never filled in, so braces in them are just braces."""

    texts: Texts

    def ask(self, question: str) -> str:
        return self._plain(f"{question}.ask")

    def short(self, question: str) -> str:
        """A word or two that name the question in a summary or above a field; the question where there are none."""
        return self._all.get(f"{question}.short") or self.ask(question)

    def help(self, question: str) -> str:
        """Empty where a questionnaire of others says nothing more."""
        return self._all.get(f"{question}.help", "")

    def why(self, question: str) -> str:
        """Empty as `help` may be."""
        return self._all.get(f"{question}.why", "")

    def examples(self, question: str) -> tuple[str, ...]:
        """On both sides of the line that the question draws; none where it draws none."""
        sides = (self._all.get(f"{question}.{side}") for side in ("inside", "outside"))
        return tuple(side for side in sides if side)

    def open(self, question: str) -> str:
        """The question by itself, for whoever does not see what stands around it."""
        return self._all.get(f"{question}.open") or self.ask(question)

    def label(self, question: str, choice: str) -> str:
        return self._plain(f"{question}.choices.{choice}")

    @cached_property
    def _all(self) -> Mapping[str, str]:
        below = self.texts.fallback.by_key if self.texts.fallback else {}
        return {**below, **self.texts.by_key}

    def _plain(self, key: str) -> str:
        return self._all[key]


def load_texts(
    folder: Path,
    name: str,
    language: str = "en",
    *,
    needed: Iterable[str] = (),
    known: Iterable[str] | None = None,
    fallback: Texts | None = None,
) -> Texts:
    """The texts in `name`.`language`.yaml (`language`.yaml without a name); raises Damaged with all faults.

    `needed` must be there; with `known` nothing outside of it may.
    """
    faults = Faults()
    file = f"{name}.{language}.yaml" if name else f"{language}.yaml"
    entry = read_file(folder / file, faults)
    found = _flat(entry, faults) if entry else {}
    needed = tuple(needed)
    if entry:
        for key in needed:
            if key not in found:
                faults.add(entry, f"the text `{key}` is missing", "Add it.")
        if known is not None:
            known = tuple(known)
            for key in found.keys() - set(known):
                faults.add(found[key], f"no text `{key}` is asked for", did_you_mean(key, known))
    by_key = {key: _text(at, faults) for key, at in found.items()}
    faults.stop_if_any()
    canonical = json.dumps(by_key, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = sha256(canonical.encode()).hexdigest()
    return Texts(language=language, digest=digest, by_key=by_key, fallback=fallback)


def _flat(entry: Entry, faults: Faults, prefix: str = "") -> dict[str, Entry]:
    if not isinstance(entry.value, dict):
        faults.add(entry, "must be a mapping of keys to texts", "Write it as `key: text` lines.")
        return {}
    found: dict[str, Entry] = {}
    for key, below in entry.value.items():
        nested = isinstance(below.value, dict)
        for full, at in (
            _flat(below, faults, f"{prefix}{key}.") if nested else {f"{prefix}{key}": below}
        ).items():
            if full in found:
                faults.add(at, f"`{full}` stands here twice", "Remove one of them.")
            found[full] = at
    return found


def _text(entry: Entry, faults: Faults) -> str:
    text = entry.text(faults).strip()
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        faults.add(entry, "has a brace without its partner", "Write `{{` or `}}` for a brace itself.")
        return text
    for _, name, form, conversion in parts:
        if name is not None and (form or conversion or not name.isidentifier()):
            faults.add(entry, f"`{{{name}}}` is not a plain placeholder", "Write `{name}`, nothing more.")
    return text


def _placeholders(text: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
