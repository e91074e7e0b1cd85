"""The score of one document: rows matched one to one, credit for their fields, what cost a point (guide 8.7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field

from minutebook.extract.gold import TALLIES, Family, Gold, Mark, Row
from minutebook.extract.matching import bare_name, labels_agree, names_match, people_agree, texts_match, token_f1, words

Verdict = Literal["missed", "false", "must_not", "wrong"]
Agree = Callable[[Any, Any], float]

STAND_IN = "stands in for"  # how a tolerated row says that it counts as finding the required one


def _same(found: object, wanted: object) -> float:
    return float(found == wanted)


def _status_credit(found: str, wanted: str) -> float:
    return 0.5 if {found, wanted} == {"inferred", "in_attendance"} else float(found == wanted)


def _same_vote(found: dict[str, Any], wanted: dict[str, Any]) -> float:
    return float(all(found.get(tally) == wanted.get(tally) for tally in TALLIES))


# What two values are worth, 0 to 1.
FIELDS: dict[Family, dict[str, Agree]] = {
    "attendees": {
        "title": labels_agree,
        "role": labels_agree,
        "organisation": labels_agree,
        "party": _same,
        "status": _status_credit,
    },
    "decisions": {
        "kind": _same,
        "ref": _same,
        "outcome": _same,
        "procedural": _same,
        "mover": people_agree,
        "seconder": people_agree,
        "vote": _same_vote,
        "addressed_to": labels_agree,
    },
    "actions": {"owner": people_agree, "due": labels_agree, "tier": _same},
}
# "Status must be equal", "ref and kind must be equal": a row that differs there is no hit.
DECISIVE: dict[Family, tuple[str, ...]] = {"attendees": ("status",), "decisions": ("kind", "ref"), "actions": ()}


@dataclass
class Score:
    """Hits, false rows and misses; half credit makes them fractions. A rate with nothing to count is None."""

    hits: float = 0.0
    false: float = 0.0
    missed: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the found rows that are right."""
        return _ratio(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float | None:
        """Share of the wanted rows that were found."""
        return _ratio(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two."""
        return _ratio(2 * self.hits, 2 * self.hits + self.false + self.missed)

    def as_dict(self) -> dict[str, float | None]:
        """The counts and the rates."""
        counts = {"hits": self.hits, "false": self.false, "missed": self.missed}
        return {**counts, "precision": self.precision, "recall": self.recall, "f1": self.f1}


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


@dataclass(frozen=True)
class Finding:
    """Something that cost a point: a miss, a false row, a row that must not be, or a wrong field of a found row."""

    document: str
    page: int | None
    kind: str
    verdict: Verdict
    text: str
    why: str = ""


@dataclass(frozen=True)
class Judged:
    """A row that was given: how it was found, how sure it was said to be, and how far it is right, 0 to 1."""

    family: Family
    table: str
    how: str
    confidence: float
    right: float


Scores = defaultdict[str, Annotated[Score, Field(default_factory=Score)]]


def _scores() -> Scores:
    return defaultdict(Score)


@dataclass
class DocumentScore:
    """The scores of one document by class of row: `strict` as the guide counts, `sighted` by name or text alone.

    `fields` counts the values that either side gives; `agreed` all rows found, null on both sides being right.
    """

    file: str
    body: str
    error: str | None = None
    strict: Scores = field(default_factory=_scores)
    sighted: Scores = field(default_factory=_scores)
    fields: Scores = field(default_factory=_scores)
    agreed: Scores = field(default_factory=_scores)
    findings: list[Finding] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    @property
    def must_not(self) -> int:
        """How many rows were found that must not be."""
        return sum(finding.verdict == "must_not" for finding in self.findings)

    def compare(self, wanted: Sequence[Row], found: Sequence[Row], gold: Gold) -> None:
        """Score the rows of one family: first the matches, then stand-ins, tolerated and false rows, then misses."""
        pairs = pair(wanted, found)
        missing = set(range(len(wanted))) - {j for _, j in pairs}
        for i in sorted(set(range(len(found))) - {i for i, _ in pairs}):
            mark = next((mark for mark in gold.tolerated if _tolerates(mark, found[i])), None)
            if mark is None:
                self._false(found[i], gold.must_not)
            elif STAND_IN in mark.why:
                stood_for = missing & _nearest(mark.text, wanted)
                missing -= stood_for
                pairs += [(i, j) for j in stood_for]
        right: dict[int, float] = {}
        for i, j in pairs:
            right[i] = max(right.get(i, 0.0), self._hit(found[i], wanted[j]))
        for i, share in right.items():
            self._judge(found[i], share)
        for j in sorted(missing):
            self._miss(wanted[j])

    def _hit(self, found: Row, wanted: Row) -> float:
        """Count a row that was found; returns how far it is right."""
        credit = {name: self._field(name, agree, found, wanted) for name, agree in FIELDS[wanted.family].items()}
        share = min((credit[name] for name in DECISIVE[wanted.family]), default=1.0)
        self.sighted[wanted.kind] += Score(hits=1)
        self.strict[wanted.kind] += Score(hits=share, missed=1 - share)
        self.strict[found.kind] += Score(false=1 - share)
        return share

    def _field(self, name: str, agree: Agree, found: Row, wanted: Row) -> float:
        """The credit of a field, counted and noted; null on both sides is right, but nothing to count."""
        ours, theirs = found.fields[name], wanted.fields[name]
        credit = float(ours is theirs if ours is None or theirs is None else agree(ours, theirs))
        column = f"{wanted.family}.{name}"
        self.agreed[column] += Score(hits=credit, missed=1 - credit)
        if ours is None and theirs is None:
            return credit
        self.fields[column] += Score(credit, (ours is not None) * (1 - credit), (theirs is not None) * (1 - credit))
        if credit < 1:
            self._note(wanted, "wrong", f"{name}: found {_shown(ours)}, wanted {_shown(theirs)}")
        return credit

    def _miss(self, row: Row) -> None:
        self.strict[row.kind] += Score(missed=1)
        self.sighted[row.kind] += Score(missed=1)
        self._note(row, "missed")

    def _false(self, row: Row, must_not: Iterable[Mark]) -> None:
        self.strict[row.kind] += Score(false=1)
        self.sighted[row.kind] += Score(false=1)
        self._judge(row, 0.0)
        struck = next((mark for mark in must_not if _forbids(mark, row)), None)
        self._note(row, "must_not" if struck else "false", struck.why if struck else "")

    def _judge(self, row: Row, right: float) -> None:
        self.judged.append(Judged(row.family, row.table, row.how, row.fields["confidence"], right))

    def _note(self, row: Row, verdict: Verdict, why: str = "") -> None:
        self.findings.append(Finding(self.file, row.page, row.kind, verdict, row.text, why))


def _shown(value: object) -> object:
    return "nothing" if value is None else value


def pair(wanted: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int]]:
    """One-to-one matches (found, wanted), the most alike first; ties go to agreeing fields, then page, then order."""
    ranks = {
        (i, j): (*_likeness(ours, theirs), -abs(i - j))
        for i, ours in enumerate(found)
        for j, theirs in enumerate(wanted)
        if _matches(ours, theirs)
    }
    pairs: dict[int, int] = {}
    for i, j in sorted(ranks, key=ranks.__getitem__, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def _matches(found: Row, wanted: Row) -> bool:
    match = names_match if wanted.family == "attendees" else texts_match
    return match(found.text, wanted.text)


def _likeness(found: Row, wanted: Row) -> tuple[float, float, int]:
    """Overlap of the texts, number of fields that agree, and nearness of the pages (0 is the same page)."""
    values = [(agree, found.fields[name], wanted.fields[name]) for name, agree in FIELDS[wanted.family].items()]
    agreeing = sum(a == b if a is None or b is None else agree(a, b) for agree, a, b in values)
    apart = abs(found.page - wanted.page) if found.page and wanted.page else 0
    return token_f1(words(found.text), words(wanted.text)), agreeing, -apart


def _tolerates(mark: Mark, row: Row) -> bool:
    """A row like the tolerated one; a tolerated "Noted" also covers the item text it stands beside."""
    if mark.field != row.family:
        return False
    beside = words(mark.text.lower()) == ["noted"] == words(row.text.lower())[-1:]
    return beside or texts_match(row.text, mark.text)


def _forbids(mark: Mark, row: Row) -> bool:
    """A row of the field whose text starts so, or a person so named."""
    if mark.field != row.family:
        return False
    if row.family == "attendees":
        return names_match(bare_name(row.text), bare_name(mark.text))
    start = words(mark.text.lower())
    return words(row.text.lower())[: len(start)] == start


def _nearest(text: str, rows: Sequence[Row]) -> set[int]:
    """The rows that share most with a text, in words of the shorter of the two; several when they are level."""
    shares = [_containment(text, row.text) for row in rows]
    return {j for j, share in enumerate(shares) if share == max(shares) > 0}


def _containment(one: str, other: str) -> float:
    left, right = Counter(words(one)), Counter(words(other))
    return (left & right).total() / max(1, min(left.total(), right.total()))
