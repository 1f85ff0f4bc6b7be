"""What is said to a model: a template with its version, the facts, and people's words behind a fence."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from bot.model.colleagues import NOBODY, Colleagues
from bot.model.veil import veiled
from bot.words import PROMPTS
from triage.consulting import About

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = PROMPTS / "model"
LONGEST = 24_000
"""Characters of what people wrote that go with one question."""


class Written(NamedTuple):
    """A template as it stands; `name` says which, with its version and the beginning of its digest."""

    about: About
    version: int
    digest: str

    @property
    def name(self) -> str:
        return f"{self.about.value} {self.version} {self.digest[:12]}"


class Prompt(NamedTuple):
    """`text`: people's words as they leave, in which what the model quotes has to stand."""

    name: str
    messages: tuple[Mapping[str, str], ...]
    text: str

    @property
    def digest(self) -> str:
        """Of all that leaves, as one line of JSON: who has it from the provider can compare."""
        said = json.dumps(self.messages, sort_keys=True, separators=(",", ":"))
        return sha256(said.encode()).hexdigest()


@cache
def written(about: About, folder: Path = FOLDER) -> Written:
    """The version stands in the template's first line; the digest is of the template and of what all share."""
    source = (folder / f"{about.value}.j2").read_text("utf-8")
    shared = (folder / "shared.j2").read_text("utf-8")
    first = source.partition("\n")[0]
    version = int(first.removeprefix("{# version ").split()[0])
    return Written(about, version, sha256((shared + source).encode()).hexdigest())


def prompt(about: About, text: str, facts: Mapping[str, Any], names: Colleagues = NOBODY) -> Prompt:
    """`text` is what people wrote, `facts` what else it is about: both leave veiled, and both are data there."""
    fence = secrets.token_hex(12)
    shown = veiled(text[:LONGEST], names).replace(fence, "")
    told = _veiled(facts, names)
    template = _environment().get_template(f"{about.value}.j2")
    context = template.new_context({"fence": fence, "text": shown, **told})
    said = {role: "".join(template.blocks[role](context)).strip() for role in ("system", "user")}
    messages = tuple({"role": role, "content": words} for role, words in said.items())
    return Prompt(written(about).name, messages, shown)


def examples(about: About) -> list[dict[str, Any]]:
    """Beside each template: what is asked, and answers that are to be taken or refused."""
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{about.value}.yaml").read_text("utf-8"))
    return found


def _veiled(facts: Any, names: Colleagues) -> Any:
    if isinstance(facts, str):
        return veiled(facts, names)
    if isinstance(facts, Mapping):
        return {name: _veiled(each, names) for name, each in facts.items()}
    if isinstance(facts, list | tuple):
        return [_veiled(each, names) for each in facts]
    return facts


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: most never ask a model

    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
