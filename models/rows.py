"""From the statements of one fact to the row that is stored, with a row for each piece of its evidence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from minutebook.models.attendance import Presence, presence_columns
from minutebook.models.base import stable_id
from minutebook.models.evidence import Evidence
from minutebook.models.facts import Fact
from minutebook.models.meetings import AgendaItem
from minutebook.models.merge import Source, Statement, label
from minutebook.models.writing import Row

OWNERS = ("resolution_id", "recommendation_id", "action_id", "interest_id", "attendance_id")

Stated = tuple[Row, Sequence[Statement]]
TitleOf = Callable[[Sequence[Statement]], str | None]


@dataclass(frozen=True)
class Scope:
    """What rows belong to: a meeting, or one document (`document_id`) whose meeting is not in the store."""

    authority_id: int
    meeting_id: int | None
    document_id: int | None = None

    def rows_of(self, model: type[Fact | Evidence]) -> ColumnElement[bool]:
        """The condition for the scope's rows of a table."""
        if self.meeting_id is not None:
            return model.meeting_id == self.meeting_id
        return model.meeting_id.is_(None) & (model.document_id == self.document_id)

    def id_of(self, *key: object) -> int:
        """The stable id of something within the scope."""
        return stable_id(self.meeting_id or self.document_id, *key)


def attendance_rows(scope: Scope, people: Iterable[Presence]) -> list[Stated]:
    """A row for each person at the meeting; one whom only the website's list names has no evidence."""
    stated: list[Stated] = []
    for position, presence in enumerate(people):
        person_id = stable_id("person", scope.authority_id, presence.folded_name)
        row = _fact_columns(scope, scope.id_of("attendance", person_id), position, presence.statements)
        stated.append((row | {"person_id": person_id} | presence_columns(presence), presence.statements))
    return stated


def person_rows(scope: Scope, people: Iterable[Presence]) -> list[Row]:
    """A row for each name at the meeting."""
    return [
        {
            "id": stable_id("person", scope.authority_id, presence.folded_name),
            "authority_id": scope.authority_id,
            "folded_name": presence.folded_name,
        }
        for presence in people
    ]


def decision_rows(scope: Scope, kind: str, groups: Iterable[Sequence[Statement]], title_of: TitleOf) -> list[Stated]:
    """A row for each resolution or recommendation; what the best source leaves out is taken from the next."""
    own = ("ref", "item", "mover", "seconder", "addressed_to")
    return [
        (row | _best(group, "text", "outcome", "procedural") | _first(group, *own) | _held(group), group)
        for row, group in _fact_rows(scope, kind, groups, title_of)
    ]


def action_rows(scope: Scope, groups: Iterable[Sequence[Statement]], title_of: TitleOf) -> list[Stated]:
    """A row for each action; what the best source leaves out is taken from the next."""
    own = ("owner", "owner_as_written", "due", "due_date", "state", "item")
    return [
        (row | _best(group, "text", "tier") | _first(group, *own), group)
        for row, group in _fact_rows(scope, "actions", groups, title_of)
    ]


def interest_rows(scope: Scope, groups: Iterable[Sequence[Statement]], title_of: TitleOf) -> list[Stated]:
    """A row for each interest declared; what the best source leaves out is taken from the next."""
    own = ("title", "item", "matter", "kind", "kind_as_written", "left_room", "took_part")
    return [
        (row | _best(group, "name", "text") | _first(group, *own), group)
        for row, group in _fact_rows(scope, "interests", groups, title_of)
    ]


def evidence_rows(scope: Scope, owner: str, stated: Iterable[Stated]) -> list[Row]:
    """A row for each piece of evidence, the best source's first; `owner` names the column of the fact's id."""
    rows: list[Row] = []
    for row, statements in stated:
        pieces = {_evidence_id(row["id"], source, piece): (source, piece) for source, piece in _pieces(statements)}
        rows.extend(
            dict.fromkeys(OWNERS)
            | {owner: row["id"], "id": evidence_id, "meeting_id": scope.meeting_id, "position": position}
            | {"document_id": source.document_id, "reading_id": source.reading_id}
            | {name: piece[name] for name in ("page", "start", "end", "quote")}
            for position, (evidence_id, (source, piece)) in enumerate(pieces.items())
        )
    return rows


def title_finder(items: Sequence[AgendaItem]) -> TitleOf:
    """What names the item a fact stands under: the list of items of its own document, else the website's agenda."""
    agenda = {label(item.number): item.title for item in reversed(items)}
    agenda |= {label(item.minute_number): item.title for item in reversed(items)}

    def title_of(group: Sequence[Statement]) -> str | None:
        for statement in group:
            if number := label(statement.fact["item"]):
                printed = {label(item["number"]): item["title"] for item in reversed(statement.source.facts["items"])}
                return printed.get(number) or agenda.get(number)
        return None

    return title_of


def _fact_rows(scope: Scope, kind: str, groups: Iterable[Sequence[Statement]], title_of: TitleOf) -> Iterable[Stated]:
    """Rows with the columns all facts share. The same words twice in a meeting are told apart by their order."""
    seen: Counter[tuple[str, ...]] = Counter()
    for position, group in enumerate(groups):
        wording = group[0].words
        fact_id = scope.id_of(kind, " ".join(wording), seen[wording])
        seen[wording] += 1
        yield _fact_columns(scope, fact_id, position, group) | {"item_title": title_of(group)}, group


def _fact_columns(scope: Scope, fact_id: int, position: int, group: Sequence[Statement]) -> Row:
    best = group[0] if group else None
    return {
        "id": fact_id,
        "authority_id": scope.authority_id,
        "meeting_id": scope.meeting_id,
        "document_id": scope.document_id,
        "position": position,
        "quote": " ".join(piece["quote"] for piece in best.fact["evidence"]) if best else None,
        "evidence_id": _evidence_id(fact_id, best.source, best.fact["evidence"][0]) if best else None,
        "found_on": min((statement.source.seen_on for statement in group), default=None),
        "confidence": max((statement.fact["confidence"] for statement in group), default=None),
    }


def _pieces(statements: Sequence[Statement]) -> Iterable[tuple[Source, Row]]:
    return ((statement.source, piece) for statement in statements for piece in statement.fact["evidence"])


def _evidence_id(fact_id: int, source: Source, piece: Row) -> int:
    return stable_id("evidence", fact_id, source.sha256, piece["page"], piece["start"], piece["end"])


def _best(group: Sequence[Statement], *names: str) -> Row:
    return {name: group[0].fact[name] for name in names}


def _first(group: Sequence[Statement], *names: str) -> Row:
    """Each column from the first statement that gives it."""
    return {name: next((s.fact[name] for s in group if s.fact.get(name) is not None), None) for name in names}


def _held(group: Sequence[Statement]) -> Row:
    """How it was decided: the vote, and whether in private, which not every document tells."""
    vote = _first(group, "vote")["vote"] or {}
    names = vote.get("names") or {}
    return {f"votes_{side}": vote.get(side) for side in ("for", "against", "abstain")} | {
        "vote_manner": vote.get("manner"),
        "named_votes": names if any(names.values()) else None,
        "exempt": any(statement.fact.get("exempt") for statement in group),
    }
