"""The one name under which the rooms above speak of a transaction they were handed."""

from sqlmodel import Session

__all__ = ["Session"]
