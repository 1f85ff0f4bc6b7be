"""The plan or version that people name with a tool: "ChatGPT Enterprise", "Claude 3.5 Sonnet"."""

from __future__ import annotations

from intake.names import Found
from intake.scene import Scene

VERSION = 5  # words of a plan or version at most


def plan_of(scene: Scene, found: Found) -> tuple[str, int]:
    """The plan or version after a name, and the first word behind it."""
    at = found.last + 1
    while at < len(scene.words) and at - found.last <= VERSION and _is_plan(scene, at):
        at += 1
    if at == found.last + 1:
        return found.number, at
    said = scene.text[scene.words[found.last + 1].start : scene.words[at - 1].end]
    return f"{found.number} {said}".strip(), at


def _is_plan(scene: Scene, at: int) -> bool:
    word = scene.words[at]
    if word.gap not in (" ", "-", ".", "", " v"):
        return False
    if word.key[:1].isdigit() or (word.key[:1] == "v" and word.key[1:].isdigit()):
        return word.gap != "." or scene.words[at - 1].key[-1:].isdigit()
    if not scene.lexicon.has("plans", word.key) or word.gap == ".":
        return False
    numbered = at + 1 < len(scene.words) and scene.keys[at + 1][:1].isdigit()  # "claude sonnet 4"
    return word.text[:1].isupper() or numbered or scene.stands_alone(at + 1)
