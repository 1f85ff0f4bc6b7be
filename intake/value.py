"""The base of every value that is stored or crosses an edge."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen, closed against unknown fields, and silent in errors about what people wrote."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, hide_input_in_errors=True)
