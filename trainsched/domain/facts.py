"""The base of every fact: frozen, and closed to fields that nobody declared."""

from pydantic import BaseModel, ConfigDict


class Facts(BaseModel):
    """A value object of the domain: it never changes and refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
