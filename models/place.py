"""Which meeting a document records: the one whose page it is, the one it is minutes of, or one that links it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.extract.matching import words

RECORDS = frozenset({"minutes", "meeting_page", "agenda_item", "decision_notice"})
OWN_PAGES = frozenset({"meeting_page", "meeting_xml"})


@dataclass(frozen=True)
class Sitting:
    """A meeting, as far as it tells whether a document is about it; `former` are its committee's former names."""

    meeting_id: int
    date: datetime.date
    committee_id: int
    committee: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stated:
    """What a document says of itself; all null if it was not read yet."""

    role: str
    kind: str | None = None
    date: datetime.date | None = None
    committee: str | None = None


def meeting_of(stated: Stated, linking: Sequence[Sitting], that_day: Sequence[Sitting]) -> int | None:
    """The id of the meeting a document belongs to, or null.

    `linking` are the meetings that list it, earliest first; `that_day` its authority's meetings on the stated date.
    Minutes belong to the meeting they are minutes of, wherever they are attached, and to none if that is not in the
    store; a report belongs to the meeting that considers it, whatever other dates it names.
    """
    if stated.role in OWN_PAGES and linking:
        return linking[0].meeting_id
    if stated.kind in RECORDS and (found := minuted(stated, linking, that_day)):
        return found
    agreeing = [sitting for sitting in linking if stated.date in (None, sitting.date)]
    if not agreeing and stated.kind not in RECORDS:
        agreeing = list(linking)
    return agreeing[0].meeting_id if agreeing else None


def minuted(stated: Stated, linking: Sequence[Sitting], that_day: Sequence[Sitting]) -> int | None:
    """The meeting of the stated date and committee; without a stated committee, of a committee that links it."""
    if stated.committee is None:
        committees = {sitting.committee_id for sitting in linking}
        found = [sitting for sitting in that_day if sitting.committee_id in committees]
    else:
        names = [(sitting, (sitting.committee, *sitting.former)) for sitting in that_day]
        named = [(sitting, max(_likeness(stated.committee, name) for name in known)) for sitting, known in names]
        best = max((likeness for _, likeness in named), default=0)
        found = [sitting for sitting, likeness in named if best and likeness == best]
    if len(found) > 1:  # two meetings of a committee in one day: only a link can tell
        found = [sitting for sitting in found if sitting in linking]
    return found[0].meeting_id if len(found) == 1 else None


def _likeness(printed: str, listed: str) -> int:
    """2: the same name; 1: one holds all words of the other ("Northmere District Council Planning Committee")."""
    one, other = (set(words(name.casefold().replace("&", " and "))) for name in (printed, listed))
    if one == other:
        return 2
    return int(bool(one and other) and (one <= other or other <= one))
