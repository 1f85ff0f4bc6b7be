"""The dossier put together: pure, so that the same records give the same pages."""

from __future__ import annotations

from bot.dossier import decided, facts, gaps, known, lived, picture, results
from bot.dossier.parts import Audience, Dossier, moment, plain
from bot.dossier.voice import Voice
from bot.words import Words
from intake.form import Form
from intake.texts import Wording
from store.dossier import Kept


def dossier(
    kept: Kept,
    words: Words,
    form: Form,
    wording: Wording,
    audience: Audience,
    *,
    as_of: str = "",
    discussed: bool = True,
) -> Dossier:
    """`as_of`: the day that was asked for. `discussed`: whether its reader may read what was said below the card."""
    voice, case = Voice(words, form, wording, kept, audience), kept.case
    lines, steps, below = known.told(kept, voice, discussed=discussed and voice.inside)
    named = {"ref": case.ref or case.source_id or case.id, "at": moment(kept.at)}
    said = [words.label("dossier.said", **named), words.label(f"dossier.audience.{audience}")]
    if case.confidential:
        said.append(words.label("dossier.confidential"))
    spans, lanes = picture.spans(lines, words)
    return Dossier(
        ref=named["ref"],
        title=plain(case.title) or case.tool_name,
        language=words.language,
        audience=audience,
        said=tuple(said),
        sections=(
            facts.what(kept, voice),
            results.result(kept, voice),
            decided.decided(kept, voice),
            gaps.gaps(kept, voice),
            lived.used(kept, voice),
            lived.watched(kept, voice),
            lived.incidents(kept, voice),
            results.history(kept, voice),
            known.timeline(lines, steps, below, voice),
            gaps.proof(kept, voice, as_of=as_of),
        ),
        picture=picture.svg(lines, words),
        spans=spans,
        lanes=lanes,
        foot=words.label("dossier.foot"),
    )
