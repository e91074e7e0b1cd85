"""What every table shares: the declarative base, and ids that follow from content instead of the order of loading."""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, BigInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column

ID_HEX_DIGITS = 13  # 52 bits: JavaScript, and so every reader of the JSON API, keeps integers exact up to 53

Id = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
Object = Annotated[
    dict[str, Any], mapped_column(JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"))
]


class Base(DeclarativeBase):
    """The tables of the record."""

    type_annotation_map: ClassVar = {int: BigInteger}


def stable_id(*key: object) -> int:
    """A positive integer of 52 bits that follows from a natural key: the same whatever the order of loading."""
    text = "\x1f".join("" if part is None else str(part) for part in key)
    return int(hashlib.sha256(text.encode()).hexdigest()[:ID_HEX_DIGITS], 16)
