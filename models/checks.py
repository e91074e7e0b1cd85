"""No fact without its words: facts are checked against the contract and the page texts before they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pydantic import ValidationError

from minutebook.extract.facts import Evidence, Fact, Facts, Record
from minutebook.models.errors import StoreError


def checked_facts(sha256: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The contract's object, complete and as JSON holds it.

    Raises `StoreError` if it breaks the contract, is of another document, or has a quote that is not at its place in
    `page_texts`.
    """
    source = f"{facts.get('source')} (sha256 {sha256[:12]}…)"
    try:
        checked = Facts.model_validate(facts)
    except ValidationError as error:
        raise StoreError(
            "bad_facts", f"{source}: the facts break the contract; report this document. {error}"
        ) from error
    if checked.sha256 != sha256:
        raise StoreError("bad_facts", f"{source}: the facts are of another document, {checked.sha256}; read it again.")
    for evidence in _misplaced(checked):
        where = f"page {evidence.page}, characters {evidence.start} to {evidence.end}"
        message = f"{source}: at {where} stands something else than {evidence.quote[:80]!r}; report this document."
        raise StoreError("bad_evidence", message)
    return checked.model_dump(mode="json", by_alias=True)


def _stated(record: Record) -> Iterator[Fact]:
    decisions = (record.resolutions, record.recommendations, record.actions)
    return chain(record.attendees, record.speakers, *decisions, record.interests, record.items)


def _misplaced(facts: Facts) -> Iterator[Evidence]:
    texts = facts.page_texts
    if texts is None:
        return
    records = [facts, *(part.minutes for part in facts.parts if part.minutes)]
    for fact in chain.from_iterable(map(_stated, records)):
        for piece in fact.evidence:
            text = texts[piece.page - 1] if piece.page <= len(texts) else ""
            if text[piece.start : piece.end] != piece.quote:
                yield piece
