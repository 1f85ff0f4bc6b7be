"""Whose doing a sentence tells of: the speaker's own wish or use, or what others do, made or are said to do.

Where this is in doubt, it is somebody else's: a question more is better than the wrong tool.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.scene import CLAUSE, STOP, Scene

DENIED = 6  # words between a "not" and what it denies
DOING = 4  # words between "uses" and the name
INSIDE = 4  # words in which "in my team" follows
SOON = 3  # words in which "… is banned", "… used by others" follow
MAKERS = ("by", "with", "in", "using", "from", "via", "through", "of")
TOPIC = ("about", "on", "of", "that", "over", "regarding", "against")
ALLOWED = ("allowed", "permitted", "ok", "okay", "approved")
BESIDE = ("of", "in", "from", "at", "with", "on", "who", "that", "which", "whose", "i", "we")
SPEAKERS = ("i", "we")
ASKED = ("who", "which", "what", "anyone", "anybody", "i", "we", "my", "our", "us", "you", "people")
IS = ("is", "was", "are", "were", "got", "gets", "has", "isn", "wasn")


def is_of_others(scene: Scene, first: int, after: int) -> bool:
    """Whether the name at `first` is not told as something the speaker uses or wishes to use."""
    head = first
    while head > 0 and scene.keys[head - 1] in ("a", "an", "the", "our", "my", "this", "that"):
        head -= 1
    return (
        _is_authored(scene, head)
        or _is_topic(scene, head)
        or _is_denied(scene, first)
        or _is_turned_down(scene, first, after)
        or _is_theirs_behind(scene, after)
        or _has_other_subject(scene, first)
        or _is_done_by_unknown(scene, first)
    )


LONGEST = 80
"""Words: no clause of anybody's is longer, and looking further would take a long text's length again for each word."""


def clauses_of_others(scene: Scene) -> Iterator[tuple[int, int]]:
    """The places in the text of the clauses that tell what somebody else does."""
    for at in range(len(scene.words)):
        unknown = _is_done_by_unknown(scene, at + 1)
        if not unknown and not _is_other(scene, at, len(scene.words)):
            continue
        first, last = at if unknown else _begin(scene, at), at
        while unknown and first > max(0, at - LONGEST) and not _ends_clause(scene, first):
            first -= 1
        while last + 1 < min(len(scene.words), at + LONGEST) and not _ends_clause(scene, last + 1):
            last += 1
        yield scene.words[first].start, scene.words[last].end


def _ends_clause(scene: Scene, at: int) -> bool:
    return bool(CLAUSE.search(scene.gap(at)) or STOP.search(scene.gap(at))) or scene.keys[at] in SPEAKERS


def _is_authored(scene: Scene, head: int) -> bool:
    """ "Written by ChatGPT", "clearly made with Canva"."""
    if head < 2 or scene.keys[head - 1] not in MAKERS or CLAUSE.search(scene.gap(head)):
        return False
    maker = head - 2
    if maker > 0 and scene.keys[maker].endswith("ly"):
        maker -= 1
    if CLAUSE.search(scene.gap(maker + 1)):
        return False
    thing = scene.keys[head - 1] in ("by", "from", "of") and scene.lexicon.has(
        "things_made", scene.keys[maker]
    )
    return thing or scene.lexicon.has("authored", scene.keys[maker])


def _is_topic(scene: Scene, head: int) -> bool:
    """ "A meeting about Copilot", "I read that ChatGPT …"."""
    if head < 1 or CLAUSE.search(scene.gap(head)):
        return False
    if scene.keys[head - 1] in ("heard", "read"):
        return True
    return head > 1 and scene.keys[head - 1] in TOPIC and scene.lexicon.has("tellings", scene.keys[head - 2])


def _is_denied(scene: Scene, first: int) -> bool:
    """ "We no longer use Claude", unlike "why don't we use Claude"."""
    for at in range(first, max(0, first - DENIED), -1):
        if _ends_part(scene, at):
            return False
        if scene.ends_with("denied", at):
            return not (
                (at < first and scene.starts_with("undenied", at)) or "why" in scene.keys[max(0, at - 3) : at]
            )
    return False


def _ends_part(scene: Scene, at: int) -> bool:
    if CLAUSE.search(scene.gap(at)) or STOP.search(scene.gap(at)):
        return True
    return at < len(scene.keys) and scene.keys[at] in ("but", "so", "because", "and", "if", "whether")


def _is_turned_down(scene: Scene, first: int, after: int) -> bool:
    """ "ChatGPT told him …", "ChatGPT is blocked", unlike "is ChatGPT blocked"."""
    if after >= len(scene.words) or scene.gap(after).strip() not in ("", "'", "’"):
        return False
    if scene.lexicon.has("tells", scene.keys[after]):
        return True
    asked = first > 0 and scene.keys[first - 1] in IS and not STOP.search(scene.gap(first))
    if scene.keys[after] not in IS or asked:
        return False
    return any(
        scene.lexicon.has("turned_down", key) for key in _following(scene, after + 1, SOON) if key != "t"
    ) or (scene.keys[after] in ("isn", "wasn"))


def _following(scene: Scene, at: int, count: int) -> Iterator[str]:
    for place in range(at, min(at + count, len(scene.words))):
        if CLAUSE.search(scene.gap(place)):
            return
        yield scene.keys[place]


def _is_theirs_behind(scene: Scene, after: int) -> bool:
    """ "… is used by our competitor", "… that students write with"."""
    near = list(_following(scene, after, SOON + 1))
    for step, key in enumerate(near):
        if key != "by" and (step > 0 or key not in ("which", "that")):
            continue
        place = after + step + 1
        reach = range(place, min(place + 4, len(scene.words)))
        return any(scene.lexicon.has("others", scene.keys[at]) and _begin(scene, at) == place for at in reach)
    return False


def _has_other_subject(scene: Scene, first: int) -> bool:
    """Whether the subject nearest before the name is somebody else."""
    for at in range(first - 1, max(-1, first - LONGEST), -1):
        if at + 1 < first and STOP.search(scene.gap(at + 1)):
            return False
        if at + 1 == first and STOP.search(scene.gap(first)):
            return False
        if _is_other(scene, at, first):
            return True
        if scene.keys[at] in SPEAKERS and not _has_doing(scene, at + 1, first):
            return False
        opens = at == 0 or CLAUSE.search(scene.gap(at)) or scene.keys[at - 1] in ("so", "but", "and")
        if opens and scene.starts_with("wishes", at) and not _is_asked_of_others(scene, at, first):
            return False
    return False


def _is_asked_of_others(scene: Scene, at: int, end: int) -> bool:
    """ "Is our supplier using …", unlike "are students allowed to use …"."""
    if scene.keys[at] not in ("is", "are"):
        return False
    return any(_is_other(scene, place, end) for place in range(at + 1, end))


def _has_doing(scene: Scene, start: int, end: int) -> bool:
    return any(scene.lexicon.has("their_doings", key) for key in scene.keys[start:end])


def _is_other(scene: Scene, at: int, end: int) -> bool:
    """Whether the word is somebody else, as the subject of a clause."""
    key = scene.keys[at]
    begin = _begin(scene, at)
    before = scene.keys[begin:at]
    if scene.lexicon.has("possessed", key):
        return _opens(scene, at) and at + 2 < end
    if scene.lexicon.has("bodies", key):
        if not any(scene.lexicon.has("elsewhere", word) for word in before):
            return False
    elif not scene.lexicon.has("others", key):
        return False
    relates = at + 1 < end and scene.keys[at + 1] == "who"
    if not (relates or _opens(scene, begin)) or any(
        word in ALLOWED for word in _sentence_from(scene, at, end)
    ):
        return False
    return _acts(scene, at, is_counted=begin < at or key.endswith("s") or key in PLURAL)


PLURAL = ("people", "children", "he", "she", "they", "someone", "somebody", "everyone", "everybody", "nobody")


def _sentence_from(scene: Scene, start: int, end: int) -> Iterator[str]:
    for at in range(start, min(end, start + LONGEST)):
        if at > start and STOP.search(scene.gap(at)):
            return
        yield scene.keys[at]


def _begin(scene: Scene, noun: int) -> int:
    """Where the words that belong to a noun begin: "one of our biggest customers"."""
    for at in range(noun - 1, max(-1, noun - 4), -1):
        if CLAUSE.search(scene.gap(at + 1)):
            return noun
        key = scene.keys[at]
        if scene.lexicon.has("determiners", key) or key.isdigit():
            while (
                at > max(0, noun - LONGEST)
                and not CLAUSE.search(scene.gap(at))
                and _belongs_before(scene, at - 1)
            ):
                at -= 1
            return at
        if any(scene.lexicon.has(kind, key) for kind in ("joints", "verbs", "hints", "openers")):
            return noun
    return noun


def _belongs_before(scene: Scene, at: int) -> bool:
    if scene.keys[at] == "of":
        return at > 0 and scene.lexicon.has("counted", scene.keys[at - 1])
    return scene.lexicon.has("determiners", scene.keys[at])


def _opens(scene: Scene, at: int) -> bool:
    if at == 0 or CLAUSE.search(scene.gap(at)) or STOP.search(scene.gap(at)):
        return True
    return scene.lexicon.has("openers", scene.keys[at - 1]) or scene.keys[at] == "that"


def _acts(scene: Scene, noun: int, *, is_counted: bool) -> bool:
    """Whether a noun does something, unlike "customer" in "customer emails" or "customer support"."""
    following = list(_following(scene, noun + 1, INSIDE))
    if not following or not is_counted:
        return is_counted and noun + 1 < len(scene.keys) and scene.keys[noun + 1] in ("who", "which")
    if any(scene.lexicon.has("insiders", key) for key in following if key not in ("it", "works", "product")):
        return False
    key = following[0]
    if key in ("called", "named"):
        return False
    if key == "s" and scene.keys[noun] not in PLURAL:
        following = following[2:3]  # "our landlord's chatbot runs", unlike "our customer's mails in"
        return any(scene.lexicon.has("their_verbs", key) and key not in BESIDE for key in following)
    if any(scene.lexicon.has(kind, key) for kind in ("their_verbs", "their_doings")):
        return True
    return key.endswith(("ed", "ing", "ly")) or (scene.keys[noun].endswith("s") and key not in ("to", "for"))


def _is_done_by_unknown(scene: Scene, first: int) -> bool:
    """ "Volkswagen uses ChatGPT": nobody of ours is named before "uses"."""
    for at in range(first - 1, max(0, first - DOING), -1):
        if CLAUSE.search(scene.gap(at + 1)):
            return False
        joined = _is_joined(scene, at)
        if not joined and not scene.lexicon.has("their_doings", scene.keys[at]):
            continue
        subject = list(_subject(scene, at - 1 - joined))
        ours = any(key in ASKED or _is_colleague(scene, key) for key in subject)
        return bool(subject) and not ours
    return False


def _is_joined(scene: Scene, at: int) -> bool:
    """ "Is using", "had cited", "has bought"."""
    key, before = scene.keys[at], scene.keys[at - 1]
    if key == "using":
        return before == "is"
    return before in ("has", "had") and (key.endswith("ed") or key in ("bought", "built", "made", "put"))


def _is_colleague(scene: Scene, key: str) -> bool:
    return scene.lexicon.has("insiders", key) or scene.lexicon.has("person", key)


def _subject(scene: Scene, last: int) -> Iterator[str]:
    """The words before a verb, back to the beginning of its clause."""
    for at in range(last, max(-1, last - LONGEST), -1):
        yield scene.keys[at]
        if CLAUSE.search(scene.gap(at)) or STOP.search(scene.gap(at)):
            return
