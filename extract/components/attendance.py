"""Attendees: lists under their headings, sentences of apology and substitution, welcomes, attendance columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Person
from minutebook.extract.patterns import compiled, compiled_once
from minutebook.extract.people import (
    PLACE_COUNCIL,
    Mention,
    clean_title,
    fold,
    read_list,
    read_person,
    same_person,
    surname,
    titles_conflict,
)
from minutebook.extract.reading.pieces import MARKER
from minutebook.extract.rules import attendance as rules
from minutebook.extract.rules import first, people
from minutebook.extract.sentences import sentences

# Which status wins where a person has several (guide A8).
PRIORITY = ("substitute", "present", "in_attendance", "apologies", "absent", "inferred", "invited")
# A list ends after this many blocks that name nobody.
LONGEST_LIST = 150
# The number of an item, with or without its full stop, or in a cell of its own.
NUMBERED = re.compile(rf"{MARKER.pattern}|^\d{{1,3}}(?=\s)", re.VERBOSE)
TITLE_ONLY = compiled(rf"^(?:{people.PLURAL_TITLE})\s*[:\-]*$")
NARRATIVE = re.compile(
    r"\b(?:attended|was|were|had|has|have|is|are|welcomed|declared|resolved|agreed|noted|said|reported|asked|will|would|should|shall)\b"
)


def attendees(paper: Paper) -> None:
    """Fill `paper.people`. Reports, agendas and scoping papers have no attendees (guide A9)."""
    if paper.kind not in ("minutes", "agenda_item", "meeting_page", "decision_notice"):
        return
    found = [*_columns(paper), *_lists(paper), *_apologies(paper), *_substitutes(paper), *_welcomed(paper)]
    for person in sorted(found, key=lambda person: PRIORITY.index(person.status)):
        _add(paper, person)
    for person in paper.people:
        _complete(paper, person)
    paper.people.sort(key=lambda person: person.spans[0])


def person_from(mention: Mention, block: Block, offset: int, status: str, how: str) -> Person:
    """A person from a mention that begins `offset` characters into a block's text."""
    start, end = block.start + offset + mention.start, block.start + offset + mention.end
    printed = block.text[offset + mention.start : offset + mention.end].rstrip(" ,;:.\t-–")
    return Person(
        name=mention.name,
        status="substitute" if mention.substitute_for is not None else status,
        spans=[(start, start + len(printed))] if printed else [(start, end)],
        as_written=re.sub(r"\s+", " ", printed),
        title=mention.title,
        role=mention.role,
        organisation=mention.organisation,
        party=mention.party,
        initials=mention.initials,
        substitute_for=mention.substitute_for or None,
        how=how,
    )


def _columns(paper: Paper) -> Iterator[Person]:
    """Rows of a committee system's attendance table, which state the attendance in a cell."""
    for block in paper.blocks:
        cells = block.cells
        statuses = [
            rules.ATTENDANCE_COLUMN[cell.lower()] for cell in cells[1:4] if cell.lower() in rules.ATTENDANCE_COLUMN
        ]
        mention = read_person(block.text) if block.kind == "row" and statuses else None
        if mention is None:
            continue
        paper.listed.add(block.index)
        person = person_from(mention, block, 0, statuses[0], "list")
        person.role = cells[1] if cells[1].lower() not in rules.ATTENDANCE_COLUMN and cells[1] else None
        if len(cells) > 3 and cells[3].lower() in people.PARTIES:
            person.party = people.PARTIES[cells[3].lower()]
        person.ward = cells[4] if len(cells) > 4 and cells[4] else None
        person.organisation = cells[5] if len(cells) > 5 and cells[5] else None
        yield person


def _lists(paper: Paper) -> Iterator[Person]:
    """Everyone printed under a heading of attendance."""
    status: str | None = None
    shared: str | None = None
    since = 0
    for block in paper.blocks:
        if paper.zones[block.index] in ("tail", "rubric") and paper.kind != "decision_notice":
            status = None
            continue
        heading = _heading(block)
        if heading:
            status, offset, since = heading[0], heading[1], 0
            shared = None
        elif _ends_list(block, status, since):
            status = None
        else:
            offset = 0
        if status is None:
            continue
        since += 1
        if TITLE_ONLY.match(block.text[offset:].strip()):
            shared = people.PLURALS.get(block.text[offset:].strip(" :-").lower(), "Cllr")
            continue
        yield from _listed(paper, block, offset, status, shared)


def _bodies(block: Block) -> list[str]:
    """The cells of a row that holds nothing but the bodies of the people in the row above."""
    cells = [cell for cell in block.cells if cell]
    return cells if all(PLACE_COUNCIL.fullmatch(cell) for cell in cells) else []


def _listed(paper: Paper, block: Block, offset: int, status: str, shared: str | None) -> Iterator[Person]:
    text = block.text[offset:]
    if rules.NOBODY.match(text) or (block.kind == "row" and _bodies(block)):
        return
    mentions = read_list(text, shared)
    below = _bodies(paper.blocks[block.index + 1]) if block.index + 1 < len(paper.blocks) else []
    if block.kind == "row" and len(below) == len(mentions):
        for mention, body in zip(mentions, below, strict=True):
            mention.organisation = mention.organisation or body
    if mentions:
        paper.listed.add(block.index)
    for mention in mentions:
        yield person_from(mention, block, offset, status, "list")
        if mention.substituted_by:
            yield _stand_in(mention, block, offset)


def _stand_in(mention: Mention, block: Block, offset: int) -> Person:
    other = mention.substituted_by
    assert other is not None  # noqa: S101
    person = person_from(other, block, offset, "substitute", "list")
    person.spans = [(block.start + offset + mention.start, block.start + offset + mention.end)]
    person.as_written, person.substitute_for = (
        block.text[offset + mention.start : offset + mention.end].strip(),
        mention.name,
    )
    return person


def _heading(block: Block) -> tuple[str, int] | None:
    """(status, where the names begin) for a block that opens a list."""
    label = NUMBERED.match(block.text)
    offset = label.end() if label else 0
    offset += len(block.text[offset:]) - len(block.text[offset:].lstrip())
    found = first(rules.HEADINGS, block.text[offset:]) if block.text[offset : offset + 1].isupper() else None
    if not found:
        return None
    rule, match = found
    rest = block.text[offset + match.end() :]
    narrative = NARRATIVE.search(rest) and not read_list(rest[:80])
    if narrative or (label and rule.value != "apologies"):
        return None
    nested = first(rules.HEADINGS, rest)
    end = match.end() + (nested[1].end() if nested and not rules.ROLE_HEADINGS.match(rest) else 0)
    start = offset if rules.ROLE_HEADINGS.match(block.text[offset:]) else offset + end
    return str(rule.value), start


def _ends_list(block: Block, status: str | None, since: int) -> bool:
    """A numbered item, a heading or a narrative sentence ends a list of names."""
    if status is None or since > LONGEST_LIST:
        return True
    text = block.text
    if block.kind == "row":
        return not read_list(text) and not _bodies(block)
    if re.match(r"^\(?(?:\d{1,4}[./]|\d{1,4}\s+[A-Z]|\(?Item\s+\d)", text) or len(text) > 1500:
        return True
    if NARRATIVE.search(text):
        return True
    if block.kind == "heading" and not TITLE_ONLY.match(text) and not read_list(text):
        return True
    return since > 1 and not read_list(text, "Cllr")


def _apologies(paper: Paper) -> Iterator[Person]:
    for block, start, sentence in _minuted_sentences(paper):
        found = first(rules.APOLOGIES, sentence)
        if not found:
            continue
        rule, match = found
        names = match.group("names")
        if rules.NOBODY.match(names) or re.search(r"\b(?:late|lateness|delay)\b", sentence):
            continue
        for mention in read_list(names):
            yield person_from(mention, block, start + match.start("names"), str(rule.value), "sentence")
            if mention.substituted_by:
                yield _stand_in(mention, block, start + match.start("names"))


def _substitutes(paper: Paper) -> Iterator[Person]:
    for block, start, sentence in _minuted_sentences(paper):
        for rule in rules.SUBSTITUTES:
            for match in rule.finditer(sentence):
                mention = read_person(sentence, match.start("names"))
                if not mention:
                    continue
                person = person_from(mention, block, start, "substitute", "sentence")
                other = read_person(match.group("other") or "")
                person.substitute_for = other.name if other else None
                yield person


def _welcomed(paper: Paper) -> Iterator[Person]:
    """People shown to be in the room by a sentence: welcomed, in attendance, in the chair; or invited in a rubric."""
    blocks = paper.blocks
    for block in blocks:
        zone = paper.zones[block.index]
        if zone == "rubric" and rules.INVITED.search(block.text):
            yield from _in_rubric(block)
        if zone not in ("minutes", "decision"):
            continue
        if rules.WELCOME_LIST.search(block.text):
            yield from _witnesses(paper, block)
        for start, end in sentences(block.text):
            yield from _in_sentence(block, start, block.text[start:end])


def _in_rubric(block: Block) -> Iterator[Person]:
    for start, end in sentences(block.text):
        sentence = block.text[start:end]
        if rules.INVITED.search(sentence):
            for mention in read_list(sentence[: rules.INVITED.search(sentence).start()]):  # type: ignore[union-attr]
                yield person_from(mention, block, start, "invited", "invited")


def _witnesses(paper: Paper, welcome: Block) -> Iterator[Person]:
    """The list below "welcomed three witnesses to the meeting:"."""
    for block in paper.blocks[welcome.index + 1 : welcome.index + 12]:
        mention = read_person(block.text)
        if not mention or NARRATIVE.search(block.text) or re.search(r"\bprovided\b", block.text):
            return
        paper.listed.add(block.index)
        for person in read_list(block.text)[:1]:
            yield person_from(person, block, 0, "in_attendance", "welcome")


def _in_sentence(block: Block, start: int, sentence: str) -> Iterator[Person]:
    for rule in rules.WELCOMED:
        match = rule.search(sentence)
        if not match:
            continue
        group = "names" if match.group("names") else "names2"
        names = match.group(group)
        if rules.NOT_WELCOMED.search(names):
            continue
        mentions = read_list(names)
        for mention in mentions if rule.name in ("welcomed", "attended") else mentions[:1]:
            person = person_from(mention, block, start + match.start(group), str(rule.value), "welcome")
            person.role = person.role or _capacity(rule.name, match)
            yield person


def _capacity(rule: str, match: re.Match[str]) -> str | None:
    """The role that the sentence itself gives: who took the chair, who brought the petition."""
    if rule == "took the chair":
        return "Chair"
    return match.groupdict().get("capacity")


def _minuted_sentences(paper: Paper) -> Iterator[tuple[Block, int, str]]:
    for block in paper.blocks:
        if paper.zones[block.index] in ("minutes", "decision") and block.kind != "row":
            for start, end in sentences(block.text):
                yield block, start, block.text[start:end]


def _add(paper: Paper, person: Person) -> None:
    """Add a person, or what this mention tells of one who is there already."""
    matches = [
        known
        for known in paper.people
        if same_person(known.name, person.name) and not titles_conflict(known.title, person.title)
    ]
    bare = " " not in person.name
    if len(matches) > 1 and bare:
        return
    known = matches[0] if matches else None
    if known is None:
        paper.people.append(person)
        return
    if len(person.name) > len(known.name) and bare is False:
        known.name = person.name
    for field in ("title", "role", "organisation", "party", "ward", "initials", "substitute_for"):
        if getattr(known, field) is None:
            setattr(known, field, getattr(person, field))
    if person.spans[0] not in known.spans:
        known.spans.append(person.spans[0])


def _complete(paper: Paper, person: Person) -> None:
    """The title as printed elsewhere, where the list gives none (ruling 16)."""
    if person.title or _namesakes(paper.people, person):
        return
    given = person.name[: len(person.name) - len(surname(person.name))].strip()
    shapes = {person.name, surname(person.name), f"{given[:1]} {surname(person.name)}".strip()}
    names = "|".join(re.escape(shape).replace(r"\ ", r"\.?[ ]+") for shape in shapes if shape)
    match = compiled_once(rf"\b({people.SINGULAR_TITLE})\.?[ ]+(?:{names})\b").search(paper.document.text)
    person.title = clean_title(match.group(1)) if match else None


def _namesakes(known: Iterable[Person], person: Person) -> bool:
    return sum(fold(surname(other.name)) == fold(surname(person.name)) for other in known) > 1
