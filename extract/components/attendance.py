"""Attendees: lists under their headings, sentences of apology and substitution, welcomes, attendance columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from minutebook.extract.components.headings import NARRATIVE, heading_of
from minutebook.extract.components.rolls import listed, person_from, stand_in
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Person
from minutebook.extract.patterns import compiled_once
from minutebook.extract.people import clean_title, fold, read_list, read_person, same_person, surname, titles_conflict
from minutebook.extract.rules import attendance as rules
from minutebook.extract.rules import first, people
from minutebook.extract.sentences import sentences

# Which status wins where a person has several (guide A8).
PRIORITY = ("substitute", "present", "in_attendance", "apologies", "absent", "inferred", "invited")


# Two names so many characters apart stand in one list.
ONE_LIST = 400
# Sentences that tell of all whom they name; the others of the first.
OF_SEVERAL = (
    "welcomed",
    "was welcomed",
    "attended",
    "in attendance",
    "joined or left",
    "several came",
    "accompanied by",
    "invited to speak",
)


def attendees(paper: Paper) -> None:
    """Fill `paper.people`. Reports, agendas and scoping papers have no attendees (guide A9)."""
    if paper.kind not in ("minutes", "agenda_item", "meeting_page", "decision_notice"):
        return
    found = [*_columns(paper), *listed(paper), *_apologies(paper), *_substitutes(paper), *_welcomed(paper)]
    for person in sorted(found, key=lambda person: PRIORITY.index(person.status)):
        _add(paper, person)
    _chaired(paper)
    _elected(paper)
    for person in paper.people:
        _complete(paper, person)
    paper.people.sort(key=lambda person: person.spans[0])


def _columns(paper: Paper) -> Iterator[Person]:
    """Rows of a table, a committee system's or the paper's own, which states in a cell how each one attended."""
    heads, visitors = list[str](), False
    for block in paper.blocks:
        cells = block.cells
        if block.kind != "row":
            heading = heading_of(block.text)
            visitors = heading is not None and heading[0] == "in_attendance"
            continue
        if len(cells) > 1 and rules.TELLS_BODY.match(cells[1]):
            heads = cells
        statuses = [
            rules.ATTENDANCE_COLUMN[cell.lower()] for cell in cells[1:4] if cell.lower() in rules.ATTENDANCE_COLUMN
        ]
        mention = read_person(block.text) if statuses else None
        if mention is None:
            continue
        paper.listed.add(block.index)
        status = "in_attendance" if visitors and statuses[0] == "present" else statuses[0]
        person = person_from(mention, block, 0, status, "list")
        if len(heads) == len(cells) and not visitors:
            _representing(person, cells)
        else:
            _tell_cells(person, cells)
        yield person


def _representing(person: Person, cells: list[str]) -> None:
    """Name and body, where the head of the second column says that it holds bodies."""
    body = rules.KIND_AND_BODY.match(cells[1])
    person.organisation = body.group("body") if body else cells[1] or None
    person.role = next((mention.role for mention in read_list(cells[0])), None)


def _tell_cells(person: Person, cells: list[str]) -> None:
    """Role, party, ward and body in the order in which a committee system prints them."""
    person.role = cells[1] if cells[1].lower() not in rules.ATTENDANCE_COLUMN and cells[1] else None
    if len(cells) > 3 and cells[3].lower() in people.PARTIES:
        person.party = people.PARTIES[cells[3].lower()]
    person.ward = cells[4] if len(cells) > 4 and cells[4] else None
    person.organisation = cells[5] if len(cells) > 5 and cells[5] else None


def _apologies(paper: Paper) -> Iterator[Person]:
    for block, start, sentence in _minuted_sentences(paper):
        found = first(rules.APOLOGIES, sentence)
        if not found:
            continue
        rule, match = found
        names = match.group("names")
        if rules.NOBODY.match(names) or re.search(r"\b(?:late|lateness|delay)\b", sentence):
            continue
        rest = sentence[match.end() :]
        more = rules.MORE_APOLOGIES.search(rest.lstrip())
        if more and (mention := read_person(more.group("names"))):
            at = start + len(sentence) - len(rest.lstrip()) + more.start("names")
            yield person_from(mention, block, at, str(rule.value), "sentence")
        for mention in read_list(names):
            yield person_from(mention, block, start + match.start("names"), str(rule.value), "sentence")
            if mention.substituted_by:
                yield stand_in(mention, block, start + match.start("names"))


def _substitutes(paper: Paper) -> Iterator[Person]:
    for block, start, sentence in _minuted_sentences(paper):
        for rule in rules.SUBSTITUTES:
            for match in rule.finditer(sentence):
                other = read_person(match.group("other") or "")
                for mention in read_list(match.group("names")):
                    person = person_from(mention, block, start + match.start("names"), "substitute", "sentence")
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
        mentions = read_list(names)
        if not mentions or rules.NOT_WELCOMED.search(names, 0, mentions[0].start):
            continue
        if len(mentions) > 1 and rule.name not in OF_SEVERAL and not mentions[1].title:
            mentions[0].extras.append(names[mentions[1].start : mentions[1].end])  # a body that looks like a name
        for mention in mentions if rule.name in OF_SEVERAL else mentions[:1]:
            person = person_from(mention, block, start + match.start(group), str(rule.value), "welcome")
            person.role = person.role or _capacity(rule.name, match)
            person.organisation = person.organisation or match.groupdict().get("body")
            if rule.name == "joined or left" and (person.title or "").startswith(("Cllr", "Ald")):
                person.status = "present"
            yield person


def _capacity(rule: str, match: re.Match[str]) -> str | None:
    """The role that the sentence itself gives: who took the chair, who brought the petition."""
    capacity: str | None = match.groupdict().get("capacity")
    if rule == "took the chair":
        return f"{capacity}; Chair" if capacity else "Chair"
    return capacity


def _chaired(paper: Paper) -> None:
    """Give the chair's role to the one whose initials are said to have chaired the meeting."""
    for block in paper.blocks:
        match = rules.CHAIRED.search(block.text) if paper.zones[block.index] == "minutes" else None
        name = paper.name_of_initials(match.group("by") or match.group("took")) if match else None
        person = next((person for person in paper.people if person.name == name), None)
        if person and person.role is None:
            person.role = "Chair"


def _elected(paper: Paper) -> None:
    """Give those whom the meeting elected their office, where the list names nobody who holds it."""
    for block in paper.blocks:
        if paper.zones[block.index] not in ("minutes", "decision") or not rules.IS_ELECTED.search(block.text):
            continue
        for match in rules.ELECTED.finditer(block.text):
            mention = read_person(match.group("name") or match.group("elect"))
            post = match.group("post") or match.group("office")
            person = paper.person_named(mention.name) if mention else None
            held = any((other.role or "").startswith(post) for other in paper.people)
            if person and person.role is None and person.status == "present" and not held:
                person.role = post


def _stretches(block: Block) -> Iterator[tuple[int, str]]:
    """What is told in a block: all of it, or each cell of a row that tells more than a label; (where, text)."""
    if block.kind != "row":
        yield 0, block.text
        return
    for place, cell in enumerate(block.cells):
        if NARRATIVE.search(cell):
            yield block.cell_at(place), cell


def _minuted_sentences(paper: Paper) -> Iterator[tuple[Block, int, str]]:
    for block in paper.blocks:
        if paper.zones[block.index] in ("minutes", "decision"):
            for at, text in _stretches(block):
                for start, end in sentences(text):
                    yield block, at + start, text[start:end]


def _add(paper: Paper, person: Person) -> None:
    """Add a person, or what this mention tells of one who is there already."""
    matches = [
        known
        for known in paper.people
        if same_person(known.name, person.name)
        and not titles_conflict(known.title, person.title)
        and not _side_by_side(known, person)
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


def _side_by_side(known: Person, person: Person) -> bool:
    """Whether one list has both as two: "K Rae, K J Rae", "S Orme (Hale), S Orme (Vale)"."""
    names = {known.name, person.name}
    listed = known.status == person.status and known.how == person.how == "list"
    apart = abs(known.spans[0][0] - person.spans[0][0])
    told_apart = len(names) > 1 or (_place(known) and _place(person) and _place(known) != _place(person))
    return bool(listed and told_apart and all(" " in name for name in names) and apart < ONE_LIST)


def _place(person: Person) -> str | None:
    """The bracket behind a name that tells nothing but a place."""
    bracket = re.search(r"\([^()]+\)$", person.as_written)
    told = person.status == "substitute" or person.role or person.party or person.organisation
    return bracket.group() if bracket and not told else None


def _complete(paper: Paper, person: Person) -> None:
    """The title as printed elsewhere, where the list gives none (ruling 16), and in full whom a substitute replaced."""
    replaced = paper.person_named(person.substitute_for) if person.substitute_for else None
    person.substitute_for = replaced.name if replaced else person.substitute_for
    if person.organisation and (role := _key_of_roles(paper).get(person.organisation)):
        person.role, person.organisation = f"{person.role}; {role}" if person.role else role, None
    if person.title or _namesakes(paper.people, person):
        return
    given = person.name[: len(person.name) - len(surname(person.name))].strip()
    shapes = {person.name, surname(person.name), f"{given[:1]} {surname(person.name)}".strip()}
    names = "|".join(re.escape(shape).replace(r"\ ", r"\.?[ ]+") for shape in shapes if shape)
    match = compiled_once(rf"\b({people.SINGULAR_TITLE})\.?[ ]+(?:{names})\b").search(paper.document.text)
    title = clean_title(match.group(1)) if match else None
    person.title = None if title and (person.role or "").endswith(title) else title


def _key_of_roles(paper: Paper) -> dict[str, str]:
    """What initials of posts stand for, by the paper's own key: "(PG) Parent Governor"."""
    return {match.group("initials"): match.group("post") for match in rules.KEY_OF_ROLES.finditer(paper.document.text)}


def _namesakes(known: Iterable[Person], person: Person) -> bool:
    return sum(fold(surname(other.name)) == fold(surname(person.name)) for other in known) > 1
