"""Who was there: one row a person, with what the papers print and what the website's own list says side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutebook.models.merge import Source, Statement
from minutebook.models.names import folded_name, people_of, plain_name
from minutebook.models.people import AttendanceRecord

# Strongest first (guide 8.3, A8): a person printed as present in one paper and only speaking in another was present.
STATUSES = ("substitute", "present", "in_attendance", "apologies", "absent", "inferred", "invited")
CERTAIN = STATUSES[:5]

# The website's words, first that is contained. "Expected" is left standing on old meetings, so it says nothing.
WEBSITE_STATUSES = {
    "substitute": "substitute",  # Present, as substitute, virtual
    "in attendance": "in_attendance",  # In attendance, virtual
    "apologies": "apologies",  # Apologies, sent representative
    "absent": "absent",
    "present": "present",  # Present, as expected
}
SAYS_NOTHING = "expected"
SERVICE_MEDIA = ("text/xml", "application/xml")


@dataclass
class Presence:
    """One person at one meeting: everything that was said of it."""

    folded_name: str
    statements: list[Statement] = field(default_factory=list)
    record: AttendanceRecord | None = None

    @property
    def name(self) -> str:
        """The name in its fullest form; accents and small letters win over their absence."""
        names = [plain_name(statement.fact["name"]) for statement in self.statements]
        names += [plain_name(self.record.name)] if self.record else []
        return max(name for name in names if folded_name(name) == self.folded_name)

    @property
    def papers_status(self) -> str | None:
        """The strongest status that a paper or page gives."""
        return _strongest(statement for statement in self.statements if not _is_service(statement))

    @property
    def website_status(self) -> str | None:
        """The status by the website's list, in our words; null if it says nothing we know."""
        written = ((self.record and self.record.attendance) or "").casefold()
        told = next((status for words, status in WEBSITE_STATUSES.items() if words in written), None)
        return told or _strongest(statement for statement in self.statements if _is_service(statement))

    @property
    def status(self) -> str | None:
        """What the papers print; where they only let it be inferred, what the website says."""
        return self.papers_status if self.papers_status in CERTAIN else self.website_status or self.papers_status


def presences(sources: Sequence[Source], records: Iterable[AttendanceRecord]) -> list[Presence]:
    """One for each person of a meeting, in order of appearance, the best source's order first."""
    statements = [
        Statement(source, fact) for source in sources for fact in source.facts["attendees"] if folded_name(fact["name"])
    ]
    told = [record for record in records if folded_name(record.name) and _tells(record)]
    person_of = people_of(
        [folded_name(statement.fact["name"]) for statement in statements]
        + [folded_name(record.name) for record in told]
    )
    found: dict[str, Presence] = {}
    for statement in statements:
        person = person_of[folded_name(statement.fact["name"])]
        found.setdefault(person, Presence(person)).statements.append(statement)
    for record in told:
        person = person_of[folded_name(record.name)]
        found.setdefault(person, Presence(person)).record = record
    return list(found.values())


def _strongest(statements: Iterable[Statement]) -> str | None:
    given = {statement.fact["status"] for statement in statements}
    return next((status for status in STATUSES if status in given), None)


def _is_service(statement: Statement) -> bool:
    """Whether this is the website's own list once more, as its web service sends it."""
    return statement.source.facts["media_type"] in SERVICE_MEDIA


def _tells(record: AttendanceRecord) -> bool:
    return (record.attendance or "").strip().casefold() != SAYS_NOTHING


def presence_columns(presence: Presence) -> dict[str, object]:
    """The columns of an attendance that are its own: who, in what capacity, and the status by either source."""
    record = presence.record
    website = record and {
        "role": record.role,
        "organisation": record.representing,
        "party": record.party,
        "ward": record.ward,
    }
    stated = [statement.fact for statement in presence.statements]
    columns = ("title", "role", "organisation", "party", "ward", "substitute_for")
    return {
        name: next((fact[name] for fact in stated if fact.get(name)), (website or {}).get(name)) for name in columns
    } | {
        "name": presence.name,
        "status": presence.status,
        "papers_status": presence.papers_status,
        "website_status": presence.website_status,
        "website_as_written": record.attendance if record else None,
        "as_written": stated[0]["as_written"] if stated else record.name if record else "",
    }
