"""The base of every table: plain SQLModel fields, stored in types that both databases hold to."""

import re
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, MetaData, String, Table, Text
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from store.columns import STRICT, Day, Flag, Moment

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
}


KEPT_AS: dict[type[TypeEngine[Any]], type[TypeEngine[Any]]] = {
    String: Text,
    DateTime: Moment,
    Date: Day,
    Boolean: Flag,
}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """A row; its table is named after the class, without the word Row."""

    model_config = {"defer_build": True}  # rows are never validated, so nothing need be built for it

    @declared_attr.directive
    def __tablename__(cls) -> str:
        words = cls.__name__.removesuffix("Row")
        return re.sub(r"(?<!^)(?=[A-Z])", "_", words).lower()

    @classmethod
    def __table_cls__(cls, name: str, metadata: MetaData, *parts: Any, **options: Any) -> Table:
        for part in parts:
            if isinstance(part, Column):
                part.type = _stored(part.type)
                _defer(part)
        return Table(name, metadata, *parts, sqlite_strict=STRICT, **options)


def _stored(declared: TypeEngine[Any]) -> TypeEngine[Any]:
    plain = declared.impl_instance if isinstance(declared, TypeDecorator) else declared
    for asked, kept in KEPT_AS.items():
        if isinstance(plain, asked):
            return kept()
    return declared


def _defer(column: Column[Any]) -> None:
    """References are checked at the end of the transaction: rows may be written in any order within it."""
    for reference in column.foreign_keys:
        reference.deferrable, reference.initially = True, "DEFERRED"
