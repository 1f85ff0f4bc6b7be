"""What came back, checked against the shape that was asked for; everything else is no answer at all."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from intake.value import Value
from triage.consulting import About, Draft, FollowUp, OfTheModel, Suggest, Suggestion

MOST = 64_000
"""Characters; whatever is longer is not even read."""
_WRAPPED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)

Id = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^[a-z0-9_.-]+$", strict=True)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=6_000, strict=True)]


class NotUsable(Exception):
    """It is not of the shape that was asked for."""


class _Suggested(Value):
    question: Id
    choices: Annotated[tuple[Id, ...], Field(min_length=1, max_length=20)]
    because: Words


class _Read(Value):
    suggestions: Annotated[tuple[_Suggested, ...], Field(max_length=60)]


class _Drafted(Value):
    text: Words


class _Asked(Value):
    question: Words


def read(about: About, text: str) -> OfTheModel:
    """Raises NotUsable; a refusal, an essay, a call of a tool and half a JSON object are all alike."""
    if len(text) > MOST:
        raise NotUsable("too_long")
    plain = found[1] if (found := _WRAPPED.fullmatch(text)) else text
    try:
        if about is About.reading:
            given = _Read.model_validate_json(plain).suggestions
            return Suggest(suggestions=tuple(Suggestion(**each.model_dump()) for each in given))
        if about is About.follow_up:
            return FollowUp(text=_Asked.model_validate_json(plain).question)
        return Draft(text=_Drafted.model_validate_json(plain).text)
    except (ValidationError, ValueError, RecursionError) as unfit:
        raise NotUsable("not_usable") from unfit
