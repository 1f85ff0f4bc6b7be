"""Pictures of the window in which a trust pack is handed in, of giving it out, and of the messages with its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.slack.screens import entrytold
from bot.slack.screens import trust as drawing
from bot.slack.screens.entryform import Stating, entry_form
from bot.slack.screens.entrylook import entry_view
from bot.trust import answers
from tests.bot.slack import scenery as s
from tests.bot.slack.excepted import Picture
from tests.bot.slack.worked import LEAD, made, seen_by
from triage.aims.entry import Said
from triage.aims.kinds import kinds
from triage.aims.trust import GIVEN, PACK, Item, Met, Part, Trust

DAY = date(2026, 12, 6)


def _kept(text: str) -> str:
    """As a database takes it."""
    return text.encode("utf-8", "replace").decode()


def facts(say: Callable[[str], str]) -> Trust:
    def item(name: str, said: dict[str, str], last: dict[str, str] | None = None) -> Item:
        told = {field: (_kept(say(text)),) for field, text in said.items()}
        done = {field: (text,) for field, text in (last or {}).items()}
        return Item(name=name and _kept(say(name)), version=2, since=DAY, said=told, last=done)

    certified = {"number": "4711-AI", "since": "2026-11-26", "expires": "2029-11-25"}
    parts = (
        Part(kind="policy", items=(item("AI policy", {"text": "People decide."}),)),
        Part(kind="commitment", items=(item("", {"text": "We give the time."}),)),
        Part(kind="scope", items=(item("", {"covers": "All AI that our teams use"}),)),
        Part(kind="certification", items=(item("", {"norm": "ISO/IEC 42001"}, certified),)),
        Part(
            kind="objective", items=(item("On record", {"target": "95 %"}, {"value": "96 %", "met": "yes"}),)
        ),
    )
    return Trust(
        as_of=DAY,
        parts=parts,
        controls=(Met(name="A.2.2", title=_kept(say("AI policy"))),),
        shown=41,
    )


def trusts(write: Callable[[str], str]) -> dict[str, Picture]:
    def say(text: str) -> str:
        """As much as fits on the one line of a field."""
        return " ".join(write(text).split())[:200] or text

    voice, words, found = s.voice(), s.words(), facts(say)
    given, asked = kinds()[PACK].act(GIVEN), kinds()["inquiry"]
    fields = tuple(each for each in given.fields if each.id != "digest") if given else ()
    note = drawing.library(
        words, answers(words, found), words.line("aims.about_entry", what="It", ref="AIM-2026-0001")
    )
    return {
        "trust_pack": drawing.pack_view(voice, found, 0, [say("Will")]),
        "trust_pack_empty": drawing.pack_view(voice, Trust(as_of=DAY), 1),
        "trust_given": entry_form(
            voice, kinds()[PACK], Stating(PACK, act=GIVEN), {},
            act=given.model_copy(update={"fields": fields}) if given else None,
        ),
        "trust_library": entry_form(
            voice, asked, Stating("inquiry", act="answered"), {}, act=asked.act("answered"), note=note
        ),
        "trust_library_none": entry_form(
            voice, asked, Stating("inquiry", act="answered"), {}, act=asked.act("answered"),
            note=drawing.library(words, [], note),
        ),
        **_planned(say),
        "trust_paper": drawing.paper(words, DAY, found.digest, missing=False),
        "trust_paper_draft": drawing.paper(words, DAY, "", missing=False),
        "trust_paper_single": drawing.paper(words, DAY, found.digest, missing=False, single=[say("Will"), say("May")]),
        "trust_paper_missing": drawing.paper(words, DAY, "", missing=True),
    }  # fmt: skip


def _planned(say: Callable[[str], str]) -> dict[str, Picture]:
    """What is told by plan: the window of a post, the post itself, and what is told outside."""
    said: dict[str, Said] = {
        "title": say("Office hours"), "occasion": "day", "place": "P1", "what": say("They are on Thursday."),
        "due": "2026-06-20", "hour": "10", "rhythm": "monthly",
    }  # fmt: skip
    post = made("planned_post", "AIM-2026-0031", said, LEAD)
    outside: dict[str, Said] = {
        "title": say("Yearly report"), "what": say("Which AI we use"), "whom": say("Customers"), "way": say("Website"),
        "owner": s.BEN, "due": "2026-06-20",
    }  # fmt: skip
    telling = made("telling", "AIM-2026-0032", outside, LEAD)
    acts = kinds()["telling"].acts
    return {
        "planned_form": entry_form(s.voice(), kinds()["planned_post"], Stating("planned_post"), said),
        "planned_post": entrytold.planned(s.voice(), [(post, post.drafts[0])]) or {},
        "planned_entry": entry_view(s.voice(), seen_by(LEAD, post), LEAD),
        "telling_form": entry_form(s.voice(), kinds()["telling"], Stating("telling"), outside),
        "telling_entry": entry_view(s.voice(), seen_by(s.BEN, telling), s.BEN),
        **{f"telling_{act.id}": entry_form(s.voice(), kinds()["telling"], Stating("telling", act=act.id), {}, act=act)
           for act in acts},
    }  # fmt: skip
