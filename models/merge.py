"""One decision, one row: which statements of several documents about one meeting are the same fact.

Nothing here depends on the order of loading: documents are taken best first, and facts in order of appearance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from minutebook.extract.matching import names_match, token_f1, words
from minutebook.models.place import RECORDS

SAME_TEXT_F1 = 0.9  # below this, two wordings are two decisions
MOST_ALIKE = 3  # see `_likeness`
MEDIA_ORDER = ("text/html", "application/pdf")  # a web page reads best and is quickest to check, service XML least

FactObject = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One document as read: `facts` is the contract's object, `seen_on` the day it was first fetched.

    Minutes bound into the pack of the next meeting are a source by themselves: `facts` is then what they record.
    What only `bears_out` others adds its words to their rows, and no row.
    """

    document_id: int
    reading_id: int
    sha256: str
    title: str
    seen_on: str
    facts: FactObject = field(repr=False)
    bound: bool = False
    bears_out: bool = False

    @property
    def rank(self) -> tuple[bool, bool, int, str]:
        """Records of the meeting before what was put to it, packs after their papers, then the media that read best."""
        media = self.facts["media_type"]
        order = MEDIA_ORDER.index(media) if media in MEDIA_ORDER else len(MEDIA_ORDER)
        return self.facts["kind"] not in RECORDS, self.bound or self.facts["kind"] == "pack", order, self.sha256

    @property
    def is_draft(self) -> bool:
        """Whether these are minutes that call themselves a draft, or are bound to be approved."""
        said = "draft" in self.title.casefold() or self.facts.get("draft")
        return self.facts["kind"] == "minutes" and bool(self.bound or said)


@dataclass(frozen=True)
class Statement:
    """A fact as one document states it."""

    source: Source
    fact: FactObject
    words: tuple[str, ...] = ()


Same = Callable[[Statement, Statement], bool]


def approved(sources: Sequence[Source]) -> list[Source]:
    """The sources, best first; draft minutes only bear out the others where minutes that are no draft were read too.

    So do those bound into a pack where the meeting's own page has its decisions.
    """
    final = [source for source in sources if source.facts["kind"] == "minutes" and not source.is_draft]
    page = [source for source in sources if source.facts["kind"] == "meeting_page" and source.facts["resolutions"]]
    weighed = [
        replace(source, bears_out=source.is_draft and bool(final or (source.bound and page))) for source in sources
    ]
    return sorted(weighed, key=lambda source: (source.bears_out, source.rank))


def one_row_each(sources: Sequence[Source], kind: str, same: Same) -> list[list[Statement]]:
    """The facts of a kind ("resolutions", ...), each with all statements of it, the best source's first.

    Two facts of one document stay two, however alike: a committee may note five reports in the same words.
    """
    rows: list[list[Statement]] = []
    for source in sources:
        fresh = [Statement(source, fact, text_words(fact["text"])) for fact in source.facts.get(kind, ())]
        waiting = list(rows)
        for likeness in range(MOST_ALIKE, -1, -1):
            fresh = [statement for statement in fresh if not _joins(statement, waiting, same, likeness)]
        rows.extend([statement] for statement in fresh if not source.bears_out)
    return rows


def _joins(statement: Statement, waiting: list[list[Statement]], same: Same, likeness: int) -> bool:
    """Put the statement to the first waiting row that it repeats with this likeness; false if there is none."""
    for index, row in enumerate(waiting):
        if _likeness(row[0], statement) >= likeness and all(same(other, statement) for other in row):
            row.append(statement)
            del waiting[index]
            return True
    return False


def _likeness(one: Statement, other: Statement) -> int:
    """3 for the same words in the same item, 2 for the same words, 1 for the same item."""
    same_item = label(one.fact.get("item")) == label(other.fact.get("item"))
    return 2 * (one.words == other.words) + same_item


def same_decision(one: Statement, other: Statement) -> bool:
    """Same words, or nearly, and no two different labels; what a report proposes is not what the meeting then said."""
    proposed = {statement.fact["outcome"] == "proposed" for statement in (one, other)}
    return len(proposed) == 1 and _agree(one, other, "ref") and _near(one, other)


def same_action(one: Statement, other: Statement) -> bool:
    """Same words, or nearly, and no two different owners."""
    return _agree(one, other, "owner") and _near(one, other)


def same_interest(one: Statement, other: Statement) -> bool:
    """The same person, no two different kinds, and the same item or nearly the same words."""
    if not (names_match(one.fact["name"], other.fact["name"]) and _agree(one, other, "kind")):
        return False
    return (one.fact["item"] is not None and label(one.fact["item"]) == label(other.fact["item"])) or _near(one, other)


def text_words(text: str) -> tuple[str, ...]:
    """What is compared of a text: its words without case, and without the "That" some documents open with."""
    found = words(text.casefold())
    return tuple(found[1:] if found[:1] == ["that"] else found)


def label(printed: str | None) -> str | None:
    """A printed label or number without the brackets and points round it: "(a)" and "a." are one."""
    return printed.strip(" ()[].:;").casefold() if printed else None


def _agree(one: Statement, other: Statement, field_name: str) -> bool:
    values = {label(statement.fact.get(field_name)) for statement in (one, other)} - {None}
    return len(values) <= 1


def _near(one: Statement, other: Statement) -> bool:
    """Token F1 of 0.9 and the same figures: applications 25/001 and 25/002 are two, in whatever the same words."""
    if one.words == other.words:
        return True
    shorter, longer = sorted((len(one.words), len(other.words)))
    return (
        2 * shorter >= SAME_TEXT_F1 * (shorter + longer)
        and _figures(one) == _figures(other)
        and token_f1(one.words, other.words) >= SAME_TEXT_F1
    )


def _figures(statement: Statement) -> Counter[str]:
    return Counter(word for word in statement.words if any(letter.isdigit() for letter in word))
