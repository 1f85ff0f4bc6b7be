"""The base of every value that is stored or crosses an edge."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen, and closed against unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
