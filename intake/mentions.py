"""Whether a name that was found is the tool meant: certain, possible, or only a word.

The rule behind all weights: to ask once too often is a nuisance, to be sure of the wrong tool is a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from intake.links import Address
from intake.names import Found, Lexicon, Sort, key_of
from intake.plans import plan_of
from intake.scene import CLAUSE, Scene
from intake.tool import How, Tool
from intake.whose import is_of_others

IGNORED, POSSIBLE, CERTAIN = 0, 1, 2
NOWHERE, PERHAPS, AS_TOOL = 0, 1, 2  # how clearly the place is one where people name a tool
NEAR = 3  # words around a brand in which "AI" may stand
PRONOUNS = frozenset({"he", "him", "his", "she", "her", "hers"})
UNLIKE = frozenset({
    "i", "we", "you", "d", "would", "do", "does", "don", "t", "s", "is", "it", "was", "are", "not", "just", "more",
    "much", "look", "looks", "looked", "sound", "sounds", "feel", "feels", "felt", "seem", "seems", "works", "acts",
    "really",
})  # fmt: skip
"""Before "like" these compare, or tell a liking: no kind of tool."""


class Mention(NamedTuple):
    """Something in the text that may be a tool."""

    start: int
    end: int
    tools: tuple[Tool, ...]
    how: How
    weight: int
    place: int
    aside: bool = False  # compared with, built upon, left behind, or somebody else's
    plan: str = ""
    is_brand: bool = False


def weigh_name(scene: Scene, found: Found, taken: set[int]) -> Mention:
    """`taken` are the words that belong to any name found."""
    form = found.form
    start, end = scene.words[found.first].start, scene.words[found.last].end
    plan, after = plan_of(scene, found)
    place = AS_TOOL if plan else _place(scene, found.first, after, form.tools)
    if (
        form.sort == "person"
        and not plan
        and (_is_wished(scene, found.first) or _is_wanted(scene, found.first, after))
    ):
        place = PERHAPS  # "I'd like Claude to join us"
    if form.sort == "person" and found.first > 0 and scene.keys[found.first - 1] == "add":
        place = min(place, PERHAPS)  # "please add Jasper to the list"
    weight = WEIGH[form.sort](scene, found, place)
    if weight == IGNORED and place == PERHAPS and scene.is_told_of(found.first, after):
        weight = POSSIBLE  # "my boss said greenhouse has one"
    if form.sort in ("mild", "person", "common", "phrase") and not _has_capitals(scene, found):
        weight = _as_word(scene, found, after, weight)
    if form.sort == "person":
        weight = min(weight, _as_person(scene, found, after, form.tools))
    if scene.gap(found.first).endswith("#"):
        weight = IGNORED  # a channel is named like it
    elif _covers_all(scene, found.first, after):
        weight = max(weight, _alone(form.sort, capital=_has_capitals(scene, found)))
    elif _in_longer_name(scene, found, after, taken):
        weight = min(weight, POSSIBLE)
    brand = form.sort == "brand" or (form.tools[0].general_product and form.sort == "mild")
    return Mention(
        start, end, form.tools, form.how, weight, place, _is_aside(scene, found.first, after), plan, brand
    )


def weigh_address(scene: Scene, address: Address) -> Mention:
    at = scene.word_at(address.end)
    place = _place(scene, at, at, address.tools)
    general = all(tool.general_product for tool in address.tools)
    weight = POSSIBLE if general and (address.has_path or place < AS_TOOL) and scene.words else CERTAIN
    aside = _is_aside(scene, at, at)
    return Mention(
        address.start, address.end, address.tools, address.how, weight, place, aside, is_brand=general
    )


def _clear(scene: Scene, found: Found, place: int) -> int:
    """Taken apart in small letters and in no place for a tool it may be other words: "mid journey we stopped"."""
    apart = found.last > found.first and (found.form.key,) in found.form.spellings
    return POSSIBLE if apart and place == NOWHERE and not _has_capitals(scene, found) else CERTAIN


def _mild(scene: Scene, found: Found, place: int) -> int:
    capital = scene.is_capital(found.first)
    return min(CERTAIN, place + 1) if capital else place


def _person(scene: Scene, found: Found, place: int) -> int:
    if place == AS_TOOL:
        return CERTAIN
    return POSSIBLE if scene.is_capital(found.first) or place == PERHAPS else IGNORED


def _common(scene: Scene, found: Found, place: int) -> int:
    known = any(tool.curated for tool in found.form.tools)  # else any "Phoenix" could be meant
    if scene.is_name_like(found.first):
        return CERTAIN if place == AS_TOOL and known else POSSIBLE
    opens = known and place == PERHAPS and scene.is_capital(found.first)  # "Writer for our press team"
    return POSSIBLE if place == AS_TOOL or opens else IGNORED


def _phrase(scene: Scene, found: Found, place: int) -> int:
    if found.first == found.last and len(found.form.key) > 4:
        return CERTAIN  # run together as only the name is: "readai"
    if _has_capitals(scene, found) and scene.capitals_tell:
        return min(CERTAIN, place + 1)
    return POSSIBLE if place == AS_TOOL else IGNORED


def _has_capitals(scene: Scene, found: Found) -> bool:
    return all(
        scene.is_capital(at) or scene.lexicon.has("joints", scene.keys[at])
        for at in range(found.first, found.last + 1)
    )


def _brand(scene: Scene, found: Found, place: int) -> int:
    around = scene.keys[max(0, found.first - NEAR) : found.last + 1 + NEAR]
    return POSSIBLE if place == AS_TOOL or "ai" in around else IGNORED


WEIGH: dict[Sort, Callable[[Scene, Found, int], int]] = {
    "clear": _clear,
    "mild": _mild,
    "person": _person,
    "common": _common,
    "phrase": _phrase,
    "brand": _brand,
}


def _alone(sort: Sort, *, capital: bool) -> int:
    """The weight of a name that is the whole message."""
    if sort == "brand" or (sort in ("common", "phrase") and not capital):
        return POSSIBLE
    return CERTAIN


def _place(scene: Scene, first: int, after: int, tools: Sequence[Tool]) -> int:
    if after < len(scene.words) and scene.gap(after) == " " and scene.starts_with("tool_words", after):
        return AS_TOOL
    head = _head(scene, first, tools)
    if _is_of_maker(scene, first, after, tools) or (head > 0 and scene.keys[head - 1] == "into"):
        return AS_TOOL
    in_clause = not CLAUSE.search(scene.gap(head).replace(": ", ""))
    if in_clause and (
        scene.ends_with("verbs", head) or _is_wished(scene, head) or _is_wanted(scene, head, after)
    ):
        return AS_TOOL
    if in_clause and scene.ends_with("hints", head):
        return PERHAPS
    if scene.is_told_of(first, after) or _is_example(scene, first):
        return PERHAPS
    if scene.starts_sentence(first) and after < len(scene.words) and scene.keys[after] in ("to", "for", "is"):
        return PERHAPS
    return NOWHERE


def _head(scene: Scene, first: int, tools: Sequence[Tool]) -> int:
    """Where the words that belong to a name begin: "the new OpenAI tool ChatGPT"."""
    vendors = {key_of(tool.vendor) for tool in tools}
    while first > 0 and not CLAUSE.search(scene.gap(first)):
        before = scene.keys[first - 1]
        owned = before == "s" and first > 1 and scene.keys[first - 2] in vendors
        if not (owned or before in vendors or scene.lexicon.has("generic", before)):
            break
        first -= 1
    return first


def _is_of_maker(scene: Scene, first: int, after: int, tools: Sequence[Tool]) -> bool:
    """ "Anthropic's Claude", "Claude by Anthropic": whoever names the maker, too, means no word and no colleague."""
    makers = {key_of(tool.vendor) for tool in tools} - {""}
    before = scene.keys[max(0, first - 2) : first]
    owned = before[-1:] == ["s"] and before[0] in makers and not CLAUSE.search(scene.gap(first))
    behind = scene.keys[after : after + 2]
    made = len(behind) == 2 and behind[0] in ("by", "from") and behind[1] in makers
    return owned or made


def _is_example(scene: Scene, first: int) -> bool:
    """ "A chat assistant like Claude": a tool of that kind is spoken of, unlike in "it looks like Claude"."""
    if first < 2 or CLAUSE.search(scene.gap(first)) or CLAUSE.search(scene.gap(first - 1)):
        return False
    before = scene.keys[first - 2]
    if scene.keys[first - 1] == "like":
        return before not in UNLIKE and not any(scene.lexicon.has(k, before) for k in ("others", "insiders"))
    return scene.keys[first - 2 : first] in (["similar", "to"], ["such", "as"])


def _is_wished(scene: Scene, at: int) -> bool:
    """ "I'd like Otter to …", unlike "tools like Otter"."""
    return at > 1 and scene.keys[at - 1] == "like" and scene.keys[at - 2] in ("d", "would")


def _is_wanted(scene: Scene, at: int, after: int) -> bool:
    """ "We want Otter to …"."""
    wanted = at > 0 and scene.keys[at - 1] in ("want", "wants", "need", "needs")
    return wanted and after < len(scene.words) and scene.keys[after] == "to"


def _is_aside(scene: Scene, first: int, after: int) -> bool:
    return is_of_others(scene, first, after) or _is_compared(scene, first, after)


def _is_compared(scene: Scene, first: int, after: int) -> bool:
    if after < len(scene.words) and scene.gap(after) in (" ", "-") and scene.starts_with("derived", after):
        return True
    head = first
    while head > 0 and scene.keys[head - 1] in ("a", "an", "the", "our", "my"):
        head -= 1
    if _is_wished(scene, head) or CLAUSE.search(scene.gap(head)):
        return False
    return scene.ends_with("compared", head)


def _as_word(scene: Scene, found: Found, after: int, weight: int) -> int:
    """In small letters "the cursor" is a thing, and "gamma correction" no tool."""
    if found.first > 0 and scene.keys[found.first - 1] in (
        "the",
        "a",
        "an",
        "any",
        "some",
        "my",
        "your",
        "our",
    ):
        return weight if scene.starts_with("tool_words", after) else IGNORED
    return weight if scene.stands_alone(after) else max(IGNORED, weight - 1)


def _as_person(scene: Scene, found: Found, after: int, tools: Sequence[Tool]) -> int:
    if scene.ends_with("people_before", found.first) or "@" in scene.gap(found.first):
        return IGNORED
    if after >= len(scene.words):
        return CERTAIN
    if not PRONOUNS.isdisjoint(scene.keys[after:]):
        return POSSIBLE  # "our new hire is called Jasper, please add him"
    vendors = {key_of(tool.vendor) for tool in tools}
    if scene.keys[after] == "s" and scene.gap(after) in ("'", "’"):
        return POSSIBLE
    if scene.keys[after] == "from" and after + 1 < len(scene.keys) and scene.keys[after + 1] not in vendors:
        return IGNORED
    return IGNORED if scene.starts_with("people_after", after) else CERTAIN


def _covers_all(scene: Scene, first: int, after: int) -> bool:
    return _head(scene, first, ()) == 0 and after >= len(scene.words)


def _in_longer_name(scene: Scene, found: Found, after: int, taken: set[int]) -> bool:
    """ "Notion Calendar" and "Acme ChatGPT Wizard" are other things than Notion and ChatGPT."""
    return _is_foreign(scene, after, after, taken, found) or _is_foreign(
        scene, found.first - 1, found.first, taken, found
    )


def _is_foreign(scene: Scene, at: int, border: int, taken: set[int], found: Found) -> bool:
    if not 0 <= at < len(scene.words) or at in taken or scene.gap(border) not in (" ", "-", "_", "/", "."):
        return False
    key = scene.keys[at]
    if not scene.is_name_like(at) or key_of(found.form.tools[0].vendor) in (key, key[:-1]):
        return False
    known: Lexicon = scene.lexicon
    kinds = ("joints", "tool_words", "plans", "verbs", "hints", "everyday", "generic", "compared")
    return not any(known.has(kind, key) for kind in kinds)
