"""Declarations of interest: told in a sentence anywhere, or listed under their item, line by line or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from minutebook.extract.components.clauses import label_of
from minutebook.extract.document import Block
from minutebook.extract.paper import Interest, Paper, Span
from minutebook.extract.people import Mention, fold, read_list, same_person
from minutebook.extract.rules import first
from minutebook.extract.rules import interests as rules
from minutebook.extract.sentences import sentences

MINUTED = ("minutes", "agenda_item", "meeting_page", "decision_notice")
MEANS = {"left": True, "stayed": False, "yes": True, "no": False}
BRACKET = re.compile(r"\s*\(([^()]+(?:\([^()]*\)[^()]*)?)\)")
LAST_BRACKET = re.compile(r"\s*\(([^()]*)\)?$")
ANOTHER = re.compile(r"(?<=;)\s+(?:and\s+)?")
DANGLING = re.compile(r"\s+(?:of|in|on|for|to|at|with|by)\s*$")
MARKS = " \t-–—:,("
# A number that tells one application from another: "25/0123", "E/47113".
REFERENCE = re.compile(r"[\w/]*\d{3,}[\w/]*")
LONGEST_MATTER = 200
LONGEST_LABEL = 40
# A list has ended when so many blocks declare nothing.
MOST_IDLE = 4

# The printed number of an item and what it is called; either may be unknown.
Concern = tuple[str | None, str | None]


@dataclass
class Listing:
    """A list of declarations: what is said of all of them, the item above them, the columns of their table."""

    said: str
    under: list[Concern] = field(default_factory=list)
    columns: list[str | None] = field(default_factory=list)
    rows: list[Interest] = field(default_factory=list)
    idle: int = 0


@dataclass(frozen=True)
class Unit:
    """A sentence, or a line of a list; `span` counts in the document's text."""

    text: str
    span: Span
    block: Block


def interests(paper: Paper) -> None:
    """Fill `paper.interests`, in the order printed: one for each person and item."""
    if paper.kind not in MINUTED:
        return
    reader = Reader(paper)
    for block in paper.blocks:
        reader.read(block)
    for row in reader.found:
        _add(paper.interests, row)


@dataclass
class Reader:
    """Goes through a paper: `listing` is the list that a block may stand in."""

    paper: Paper
    found: list[Interest] = field(default_factory=list)
    listing: Listing | None = None

    def read(self, block: Block) -> None:
        """Add what a block declares to `found`."""
        if not (self.listing or self.found or rules.SIGN.search(block.text)):
            return
        label = label_of(block.text)
        start = label.end if label else 0
        heading = rules.HEADING.search(block.text[start:])
        if heading:
            self.listing = Listing(heading.group())
            start += heading.end()
        elif self.listing and (self.listing.idle >= MOST_IDLE or self._ends_list(block, start)):
            self.listing = None
        if not self._is_minuted(block):
            return
        before = len(self.found)
        if block.kind != "row" or not self._row(block):
            self._text(block, start)
        if self.listing:
            self.listing.idle = 0 if len(self.found) > before or heading else self.listing.idle + 1

    def _ends_list(self, block: Block, start: int) -> bool:
        if block.index in self.paper.openings:
            return True
        begins = block.kind == "heading" or (start and block.text[0] not in "•*–-")
        return bool(begins) and self.paper.zones[block.index] != "label" and not _begins(block.text[start:])

    def _is_minuted(self, block: Block) -> bool:
        noticed = self.paper.kind == "decision_notice" and self.listing is not None
        return block.kind != "margin" and (noticed or self.paper.zones[block.index] in ("minutes", "decision"))

    def _text(self, block: Block, start: int) -> None:
        """Read a paragraph, sentence by sentence; `last` are the declarations that the next one may go on about."""
        last: list[Interest] = []
        for unit in _units(block, start):
            elsewhere = rules.ELSEWHERE.search(unit.text)
            rows = [] if elsewhere else list(self._told(unit)) or list(self._listed(unit))
            if rows:
                self.found += rows
                last = rows
                if self.listing:
                    self.listing.rows += rows
            elif rules.LEAD.search(unit.text):
                self.listing = Listing(unit.text, self.listing.under if self.listing else [])
            elif not self._goes_on(unit, last) and last and rules.PEOPLE.search(unit.text):
                last = []

    def _told(self, unit: Unit) -> Iterator[Interest]:
        """The declarations of a sentence; each reaches to the next."""
        if not rules.SIGN.search(unit.text):
            return
        matches = list(rules.DECLARED.finditer(unit.text))
        if not matches and (found := first(rules.DECLARED_OTHERWISE, unit.text)):
            matches = [found[1]]
        ends = [match.start() for match in matches[1:]]
        for match, end in zip(matches, [*ends, len(unit.text)], strict=False):
            groups = match.groupdict()
            rest = groups.get("matter") or unit.text[match.end() : end]
            kind = " ".join(filter(None, (groups["kind"], groups.get("kind2"), groups["short"])))
            rows = self._rows(unit, self._people(match.group("who")), self._concerns(unit, rest), kind, "sentence")
            yield from _behaving(rows, unit.text[match.start() : end])

    def _listed(self, unit: Unit) -> Iterator[Interest]:
        """A line of a list: people and their item, or an item and its people; an item alone is that of lines below."""
        listing = self.listing
        if listing is None or rules.NOT_LISTED.search(unit.text):
            return
        item = rules.ITEM.match(unit.text)
        match = rules.PEOPLE.search(unit.text) if item else rules.PEOPLE.match(unit.text)
        people = self._people(match.group()) if match else []
        if item and not people:
            listing.under = [(item.group("number"), _matter(unit.text[item.end() :]))]
        if not match or not people:
            return
        rest = unit.text[match.end() :]
        concerns: list[Concern]
        if item:
            concerns = [(item.group("number"), _matter(unit.text[item.end() : match.start()]))]
        else:
            concerns = [*_numbered(rest)] or _named(rest.lstrip(MARKS)) or listing.under or [(None, None)]
        told = rest.replace(concerns[0][1] or "\n", "")
        kind = rules.LISTED_KIND.search(told)
        led = rules.LEAD.search(listing.said) or not rest.strip(" .")
        if led or ((kind or concerns[0][0]) and rules.LISTED_REST.match(rest)):
            rows = self._rows(unit, people, concerns, kind.group() if kind else _one_kind(listing.said), "list")
            yield from _behaving(_behaving(rows, told), listing.said)

    def _row(self, block: Block) -> bool:
        """Read a row of a table of declarations; false for any other row."""
        cells = block.cells
        heads = [_column(cell) for cell in cells]
        if "who" in heads and {"kind", "item"} & {*heads} and (self.listing or "kind" in heads):
            self.listing = self.listing or Listing("")
            self.listing.columns = heads
            return True
        if self.listing is None or len(cells) != len(self.listing.columns):
            return False
        named = dict(zip(self.listing.columns, cells, strict=True))
        kind = rules.LISTED_KIND.search(named.get("kind") or "")
        unit = Unit(block.text, (block.start, block.end), block)
        concerns = _in_cell(named.get("item") or "")
        words = kind.group() if kind else _one_kind(self.listing.said)
        rows = self._rows(unit, self._people(named["who"]), concerns, words, "list")
        self.found += _behaving(_behaving(rows, block.text), self.listing.said)
        return True

    def _goes_on(self, unit: Unit, last: list[Interest]) -> bool:
        """Whether a sentence goes on about people who have declared an interest; what it says of them is added."""
        if not (first(rules.ROOM, unit.text) or first(rules.PART, unit.text)):
            return False
        match = rules.GOES_ON.match(unit.text)
        if self.listing and rules.ALL.match(unit.text):
            last = self.listing.rows
        elif match and match.group("who"):
            names = [person.name for person in self._people(match.group("who"))]
            here = {number for number, _ in self._here(unit.block)} - {None}
            near = [row for row in self.found if row.item and _bare(row.item) in here]
            for rows in (last, self.listing.rows if self.listing else [], near):
                last = [row for row in rows if any(same_person(row.name, name) for name in names)]
                if last:
                    break
        elif not match:
            return False
        for row in _behaving(last, unit.text):
            row.spans += [unit.span] if unit.span not in row.spans else []
        return bool(last)

    def _people(self, who: str) -> list[Mention]:
        """The people of a list; one without a title counts only if the paper names him elsewhere."""
        found = []
        for mention in read_list(who):
            known = self.paper.person_named(mention.name)
            if mention.title or known:
                mention.name = max(mention.name, known.name if known else "", key=len)
                mention.title = mention.title or (known.title if known else None)
                found.append(mention)
        return found

    def _here(self, block: Block) -> list[Concern]:
        """The item of business that a block stands in, unless that is the one for declarations."""
        item = self.paper.item_of(block.index)
        title = item.title if item else self.paper.header.get("title")
        if self.listing or title is None or rules.HEADING.search(title):
            return self.listing.under if self.listing else []
        return [(_bare(item.number) if item and item.number else None, title)]

    def _concerns(self, unit: Unit, rest: str) -> list[Concern]:
        """What is declared an interest in, told by the words behind "interest"."""
        stop = rules.STOP.search(rest)
        named = list(_numbered(rest[: stop.start()] if stop else rest, rest))
        named = named or _named(rest) or list(_numbered(rest))
        into = rules.IN.match(rest)
        if not named and self.found and into and rules.SAME.match(rest[into.end() :]):
            return [(self.found[-1].item, self.found[-1].matter)]
        return named or self._here(unit.block) or [(None, None)]

    def _rows(
        self, unit: Unit, people: Iterable[Mention], concerns: Iterable[Concern], words: str, how: str
    ) -> list[Interest]:
        kind = first(rules.KINDS, words)
        printed = rules.KIND_WORDS_ONLY.search(words)
        text = re.sub(r"\s+", " ", unit.text).strip()
        return [
            Interest(
                name=person.name,
                title=person.title,
                text=text,
                spans=[unit.span],
                block=unit.block.index,
                item=number,
                matter=matter,
                kind=kind[0].value if kind else None,
                kind_as_written=printed.group() if printed else None,
                how=how,
            )
            for number, matter in concerns
            for person in people
        ]


def _units(block: Block, start: int) -> Iterator[Unit]:
    """The sentences of a block, parted at a semicolon before another declaration."""
    for low, high in sentences(block.text[start:]):
        sentence = block.text[start + low : start + high]
        cuts = [match.end() for match in ANOTHER.finditer(sentence) if _begins(sentence[match.end() :])]
        for begin, end in pairwise([0, *cuts, len(sentence)]):
            at = block.start + start + low
            yield Unit(
                sentence[begin:end].rstrip(), (at + begin, at + begin + len(sentence[begin:end].rstrip())), block
            )


def _begins(text: str) -> bool:
    """Whether a line of a list begins here."""
    return bool(rules.PEOPLE.match(text) or rules.ITEM.match(text) or rules.LEAD.search(text))


def _behaving(rows: Iterable[Interest], words: str) -> list[Interest]:
    """The rows, with whether their people left and took part where these words say so and nothing said it before."""
    room, part = first(rules.ROOM, words), first(rules.PART, words)
    rows = list(rows)
    for row in rows:
        if room and row.left_room is None:
            row.left_room = MEANS[str(room[0].value)]
        if part and row.took_part is None:
            row.took_part = MEANS[str(part[0].value)]
    return rows


def _numbered(words: str, further: str = "") -> Iterator[Concern]:
    """The items that are named by number, each with its name; that of the last may go on in `further`."""
    match = rules.ITEM.search(words)
    text = further or words
    plural = match is not None and match.group("word")[-1] in "sS"
    found: list[tuple[str, str | None]] = []
    while match:
        bracket = BRACKET.match(text, match.end())
        at = bracket.end() if bracket else match.end()
        another = rules.NEXT_ITEM.match(text, at) or (rules.NEXT_NUMBER.match(text, at) if plural else None)
        alone = not another and not found
        found.append((match.group("number"), bracket.group(1) if bracket else text[match.end() :] if alone else None))
        match = another
    each = all(words is not None for _, words in found)  # a bracket behind the last number is of them all
    yield from ((number, _matter(words or "") if each else None) for number, words in found)


def _named(rest: str) -> list[Concern]:
    """The matter that is named without a number: "in the lease of the hall"."""
    into = rules.IN.match(rest)
    words = _matter(rest[into.end() :], any_case=True) if into else None
    return [(None, words)] if words and not rules.THIS.match(words) else []


def _matter(words: str, *, any_case: bool = False) -> str | None:
    """The name of an item at the start of some words, without the reason that stands behind it."""
    words = words.lstrip(MARKS)
    stop = rules.STOP.search(words)
    words = DANGLING.sub("", words[: stop.start()] if stop else words).rstrip(f"{MARKS}.")
    if (bracket := LAST_BRACKET.search(words)) and rules.WHY.search(bracket.group(1)):
        words = words[: bracket.start()]
    named = words[:1].isupper() or words[:1].isdigit() or (any_case and words[:1].isalpha())
    return words if named and len(words) <= LONGEST_MATTER and not rules.WHY.search(words) else None


def _in_cell(cell: str) -> list[Concern]:
    """The items in a cell of a table: "84 – Mill Lane", "12 & 14"."""
    numbers = rules.NUMBER_CELL.match(cell)
    if not numbers:
        return [(None, cell.strip() or None)]
    found = [number for number in (numbers.group("number"), numbers.group("other")) if number]
    return [(number, cell[numbers.end() :].strip() or None) for number in found]


def _column(cell: str) -> str | None:
    found = first(rules.COLUMNS, cell) if len(cell) <= LONGEST_LABEL else None
    return found[0].value if found else None


def _one_kind(said: str) -> str:
    """The kind that a heading or lead-in gives to all below it; nothing where it offers several."""
    kinds = [match.group() for match in rules.KIND_WORDS_ONLY.finditer(said)]
    return "" if len(kinds) != 1 or re.search(r",|\b(?:and|or|other)\b", kinds[0]) else kinds[0]


def _bare(number: str) -> str:
    return number.rstrip(".:")


def _add(found: list[Interest], row: Interest) -> None:
    """Add a declaration, or what it adds to an earlier one: many are made again when their item is reached."""
    own = [other for other in found if same_person(other.name, row.name)]
    alike = [other for other in own if _same_matter(other, row)]
    again = own if re.search(r"\bagain\b", row.text) else []
    known = alike[:1] or (again if len(again) == 1 else [])
    if not known or {known[0].kind, row.kind} - {None, known[0].kind}:
        found.append(row)
        return
    known[0].spans += [span for span in row.spans if span not in known[0].spans]
    for name in ("title", "item", "matter", "kind", "kind_as_written", "left_room", "took_part"):
        if getattr(known[0], name) is None:
            setattr(known[0], name, getattr(row, name))


def _same_matter(one: Interest, other: Interest) -> bool:
    """By their names, else by number; one that names no item is made again where it does."""
    names = [fold(row.matter or "") for row in (one, other)]
    numbers = [{*REFERENCE.findall(name)} for name in names]
    if all(names) and (numbers[0] & numbers[1] or names[0] in names[1] or names[1] in names[0]):
        return True
    if one.item and other.item:
        return _bare(one.item) == _bare(other.item) and not all(numbers)
    return any(not row.item and not row.matter for row in (one, other))
