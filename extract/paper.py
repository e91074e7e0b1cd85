"""A document on its way through the extractors: what each has found, for the next to build on.

`how` names the habit by which a fact was found; `confidence.py` tells from it how sure the fact is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from minutebook.extract.document import Block, Document
from minutebook.extract.facts import DocumentKind, Part
from minutebook.extract.people import clean_name, same_person
from minutebook.extract.rules import people

Span = tuple[int, int]


@dataclass
class Person:
    """A person found in the document; `spans` count in `Document.text`."""

    name: str
    status: str
    spans: list[Span]
    as_written: str
    title: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    ward: str | None = None
    initials: str | None = None
    substitute_for: str | None = None
    how: str = ""


@dataclass
class Voice:
    """Somebody minuted as speaking: a name, or an office."""

    spans: list[Span]
    name: str | None = None
    office: str | None = None


@dataclass
class Decision:
    """A resolution or a recommendation."""

    kind: str
    text: str
    spans: list[Span]
    block: int
    lead: str = ""
    outcome: str = "carried"
    ref: str | None = None
    procedural: bool = False
    item: str | None = None
    mover: str | None = None
    seconder: str | None = None
    vote: dict[str, object] | None = None
    addressed_to: str | None = None
    exempt: bool = False
    how: str = ""


@dataclass
class Task:
    """An action."""

    text: str
    spans: list[Span]
    block: int
    tier: str
    owner: str | None = None
    owner_as_written: str | None = None
    due: str | None = None
    due_date: str | None = None
    state: str | None = None
    item: str | None = None
    how: str = ""


@dataclass
class Interest:
    """An interest that somebody declares in one item of business."""

    name: str
    text: str
    spans: list[Span]
    block: int
    title: str | None = None
    item: str | None = None
    matter: str | None = None
    kind: str | None = None
    kind_as_written: str | None = None
    left_room: bool | None = None
    took_part: bool | None = None
    how: str = ""


@dataclass
class Business:
    """An item of business and the blocks that belong to it, first to last."""

    number: str | None
    title: str
    spans: list[Span]
    first: int
    last: int
    exempt: bool = False


@dataclass
class Paper:
    """The document and its facts so far. `zones` holds, for each block, the part of the paper that it stands in."""

    document: Document
    kind: DocumentKind = "other"
    zones: list[str] = field(default_factory=list)
    header: dict[str, str | None] = field(default_factory=dict)
    draft: bool = False
    quorate: bool | None = None
    business: list[Business] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    listed: set[int] = field(default_factory=set)
    parts: list[Part] = field(default_factory=list)

    @property
    def blocks(self) -> list[Block]:
        """The document's blocks."""
        return self.document.blocks

    @cached_property
    def plain(self) -> bool:
        """Whether nothing in the document is marked as a heading, as in plain text."""
        return not any(block.bold or block.kind == "heading" for block in self.blocks)

    @cached_property
    def openings(self) -> set[int]:
        """The blocks with which items of business begin; for use after `outline`."""
        return {item.first for item in self.business}

    def item_of(self, block: int) -> Business | None:
        """The item of business that a block belongs to."""
        return next((item for item in self.business if item.first <= block <= item.last), None)

    def name_of_initials(self, initials: str) -> str | None:
        """The one person to whom the document's key gives these initials: in a list, or behind a name in its text."""
        found = {person.name for person in self.people if person.initials == initials}
        found = found or {name for short, name in self.document_key if short == initials}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def document_key(self) -> set[tuple[str, str]]:
        """Initials in brackets behind a full name anywhere in the text, with the name: "Jo Penn (JP)"."""
        found = ((match.group("initials"), match.group("name")) for match in people.KEYED.finditer(self.document.text))
        return {
            (initials, clean_name(name))
            for initials, name in found
            if initials.upper() == "".join(word[0] for word in name.split()).upper()
        }

    def post_of_initials(self, initials: str) -> str | None:
        """The one post behind which the document prints these initials: "Parks Manager (PM)"."""
        found = {post for short, post in self._posts if short == initials}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _posts(self) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        for match in people.KEYED_POST.finditer(self.document.text):
            post, initials = match.group("post"), match.group("initials")
            capitals = [word.start() for word in re.finditer(r"\b[A-Z]", post)]
            if "".join(post[at] for at in capitals).endswith(initials):
                found.add((initials, post[capitals[-len(initials)] :]))
        return found

    def given_name_of_one(self, given: str) -> bool:
        """Whether a given name alone can mean one listed person only."""
        return sum(person.name.split()[0] == given and " " in person.name for person in self.people) == 1

    def person_named(self, name: str) -> Person | None:
        """The one person a printed name can mean: same surname, no conflict of given names."""
        found = [person for person in self.people if same_person(person.name, name)]
        return found[0] if len(found) == 1 else None


def task_of(paper: Paper, block: int, span: Span, how: str, owner: str | None) -> Task:
    """The action that a stretch of the document's text states; `how` is a tier, or "margin" for an owner beside it."""
    start, end = span
    text = re.sub(r"\s+", " ", paper.document.text[start:end]).strip()
    tier = "explicit" if how == "margin" else how
    return Task(text, [span], block, tier, owner_as_written=owner, how=how)


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a stretch of text shares a character with any of the others."""
    return any(start < span[1] and span[0] < end for start, end in others)
