"""Lists of those present, in attendance, absent: their headings, the blocks that they run through, who is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutebook.extract.components.headings import NARRATIVE, NUMBERED, Heading, heading_of, wrapped
from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Person
from minutebook.extract.patterns import compiled
from minutebook.extract.people import PLACE_COUNCIL, POST, POST_NOUN, Mention, describe, read_list
from minutebook.extract.rules import attendance as rules
from minutebook.extract.rules import people

# A list ends after this many blocks that name nobody.
LONGEST_LIST = 150
LONGEST_LINE = 1500
LONGEST_POST = 100
# So many names with their posts below them show how a list is printed.
FEWEST_PAIRS = 2
# A name and its body stand in so many cells.
COLUMNS = 2
# A list without a heading stands among so many blocks.
OPENING = 25
# Fewest names, and the share of a line that they must fill, to make a list of members that has lost its heading.
FEWEST_UNHEADED = 3
FILLED = 0.6
BRACKETED = re.compile(r"^\(([^()]*)\)$")
OPENS_ITEM = re.compile(r"^\(?(?:\d{1,4}[./)]|\d{1,4}\s+[A-Z]|\(?Item\s+\d)")
TITLE_ONLY = compiled(rf"^(?:{people.PLURAL_TITLE})\s*[:\-]*$")
# A line ends within a name or a bracket: "A Pike, B", "T ab", "A Rae (Vice-".
UNFINISHED = compiled(rf"(?:[,;]\s+(?:[A-Z]\.?|{people.PARTICLES})|\([^()]*)$")
# A bracket that the last cell of a row leaves open, and one that the last cell of the next row closes.
OPENING_BRACKET = re.compile(r"\(([^()\t]+)$")
CLOSING = re.compile(r"\t([^()\t]+)\)$")
# A bracket left open at the end of a run-on list, and closed soon after below.
UNCLOSED = re.compile(r"\([A-Z][^()]*$")
CLOSED_BELOW = re.compile(r"^[^()]{2,40}\)[,;.]")
GOES_ON = re.compile(r"(?:,|\band|&)\s*$")


def person_from(mention: Mention, block: Block, offset: int, status: str, how: str) -> Person:
    """A person from a mention that begins `offset` characters into a block's text."""
    start, end = block.start + offset + mention.start, block.start + offset + mention.end
    printed = block.text[offset + mention.start : offset + mention.end].rstrip(" ,;:.\t-–|")
    return Person(
        name=mention.name,
        status="substitute" if mention.substitute_for is not None else status,
        spans=[(start, start + len(printed))] if printed else [(start, end)],
        as_written=re.sub(r"\s+", " ", printed),
        title=mention.title,
        role=mention.role,
        organisation=mention.organisation or _body(mention, status),
        party=mention.party,
        initials=mention.initials,
        substitute_for=mention.substitute_for or None,
        how=how,
    )


def _body(mention: Mention, status: str) -> str | None:
    """A visitor's body, told by its capitals alone: "Mr J Orme (Vale Gazette)"."""
    if status != "in_attendance" or mention.role or (mention.title or "").startswith(("Cllr", "Ald")):
        return None
    return next((words for words in mention.extras if people.BODY_LIKE.match(words)), None)


def stand_in(mention: Mention, block: Block, offset: int) -> Person:
    """The substitute whom a list or a sentence names behind the person replaced."""
    other = mention.substituted_by
    assert other is not None  # noqa: S101
    person = person_from(other, block, offset, "substitute", "list")
    start, end = offset + mention.start, offset + mention.end
    person.spans = [(block.start + start, block.start + end)]
    person.as_written, person.substitute_for = block.text[start:end].strip(), mention.name
    return person


@dataclass
class Roll:
    """The list that a walk through the blocks is in: its status, the title and role that it shares, how far it has run.

    `next` is the title that only the next line shares, `above` the post that stood on the line above, and `below` the
    block that was read as the post of the name over it; `pairs` says how many were. `tops` tells that
    the posts of this list stand above the names, as its first line does, `bodies` that its second column holds bodies,
    `named` that it has named somebody and `sorted` that it is one kind of those who are away; `told` holds whom it
    names, as printed and as found, and `marked` those of them who have an asterisk.
    """

    status: str | None = None
    role: str | None = None
    shared: str | None = None
    next: str | None = None
    above: str = ""
    below: int = -1
    pairs: int = 0
    named: bool = False
    tops: bool = False
    since: int = 0
    sorted: bool = False
    bodies: bool = False
    told: list[tuple[Mention, Person]] = field(default_factory=list)
    marked: list[Person] = field(default_factory=list)


def listed(paper: Paper) -> list[Person]:
    """Everyone printed under a heading of attendance, or in a list of members that has lost its heading."""
    found = list(_under_headings(paper))
    if any(person.status == "present" for person in found):
        return found
    members = [
        person
        for person in found
        if person.status == "in_attendance" and (person.title or "").startswith(("Cllr", "Ald"))
    ]
    if len(members) >= FEWEST_UNHEADED:
        for person in members:
            person.status = "present"  # the inverted use of "In attendance" (minutes-grammar 2.2)
        return found
    return [*found, *_unheaded(paper)]


def _under_headings(paper: Paper) -> Iterator[Person]:
    key = _key_of_marks(paper)
    for roll in _rolls(paper):
        _capacities(roll)
        _portfolios(roll)
        _follow_marks(roll, key)
        yield from (person for _, person in roll.told)


def _key_of_marks(paper: Paper) -> str | None:
    """The status for which an asterisk stands by the paper's own key: "* denotes attendance"."""
    starred = (block.text for block in paper.blocks[: 2 * OPENING] if "*" in block.text or "asterisk" in block.text)
    found = (rules.MARK_KEY.search(text) for text in starred)
    return next((match.lastgroup for match in found if match), None)


def _follow_marks(roll: Roll, key: str | None) -> None:
    """Who has the mark was there, and who has not was away; or the other way round, as the key has it."""
    if key is None or not roll.marked or roll.status != "present":
        return
    for _, person in roll.told:
        marked = any(person is other for other in roll.marked)
        if marked or key == "present":
            person.status = key if marked else "absent"


def _rolls(paper: Paper) -> list[Roll]:
    """Every list under a heading, with those whom it names."""
    roll, rolls, members, labels = Roll(), list[Roll](), 0, wrapped(paper.blocks)
    for block in _joined(paper):
        if paper.zones[block.index] in ("tail", "rubric") and paper.kind != "decision_notice":
            roll = Roll()
            continue
        for start, text in _parts(block):
            if block.index == roll.below:
                continue
            heading = labels[block.index] if block.index in labels else _heading(roll, text)
            if heading:
                roll = _opened(heading, text, roll, members)
                rolls.append(roll)
            elif block.index in labels:
                start, text = _behind_label(start, text)
            elif _ends(roll, block, text):
                roll = Roll()
            if roll.status is None:
                continue
            roll.since += 1
            offset = heading[1] if heading else 0
            found = _read(paper, block, start + offset, text[offset:], roll)
            members += sum(person.status == "present" for person in found)
    return rolls


def _heading(roll: Roll, text: str) -> Heading | None:
    """The heading that opens a list; a side at a hearing is one only among those who were there."""
    side = rules.SIDE_OF_HEARING.match(text) if roll.status in ("present", "in_attendance") else None
    return ("in_attendance", side.end(), None) if side else heading_of(text)


def _behind_label(start: int, text: str) -> tuple[int, str]:
    """What a row holds beside one line of a label; nothing where the label stands alone."""
    label, tab, names = text.partition("\t")
    return start + len(label) + len(tab), names


def _joined(paper: Paper) -> Iterator[Block]:
    """The blocks, with the row of a label and the lines beside it as one where an entry runs over the line's end."""
    last: Block | None = None
    for block in paper.blocks:
        if last is not None and _runs_on(last, block):
            text = paper.document.text[last.start : block.end].replace("\n", " ")
            paper.listed.add(block.index)
            last = replace(last, end=block.end, text=text)
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _runs_on(row: Block, block: Block) -> bool:
    """Whether the last entry of a run-on list goes on below: "Jo Rae, Chair; Al Voss, Vice", and then "Chair; ..."."""
    if row.kind == block.kind == "paragraph":
        opened = UNCLOSED.search(row.text) and heading_of(row.text) and row.page == block.page
        return bool(opened and block.start == row.end + 1 and CLOSED_BELOW.match(block.text))
    if row.kind != "row" or block.kind != "paragraph" or row.page != block.page or block.indent <= row.indent:
        return False
    _, _, names = row.text.partition("\t")
    if "\t" in names or block.start != row.end + 1 or heading_of(row.text) is None or heading_of(block.text):
        return False
    return UNFINISHED.search(names) is not None or (";" in names and ";" in block.text and names[-1] not in ";.")


def _capacities(roll: Roll) -> None:
    """Bodies and capacities that no word betrays, where the list tells such of others as well: "Jo Rae – landowner"."""
    visitors = [(mention, person) for mention, person in roll.told if not _councillor(person)]
    posts = [person.role for _, person in visitors if person.role and not people.CHAIR.search(person.role)]
    bodies = bool(posts) or any(person.organisation for _, person in visitors)
    small = [person for mention, person in visitors if _capacity(mention, person)]
    for mention, person in visitors:
        if person.role or person.organisation or roll.status in ("absent", "substitute"):
            continue
        if bodies:
            person.organisation = next((words for words in mention.extras if people.BODY_LIKE.match(words)), None)
        if len(small) >= FEWEST_PAIRS and roll.status != "apologies":
            person.role = _capacity(mention, person)


def _portfolios(roll: Roll) -> None:
    """What cabinet members hold, where no word betrays it as a post: "(Finance)", "(Homes)", then "(Clean Streets)"."""
    members = [
        (mention, person)
        for mention, person in roll.told
        if _councillor(person) and not people.CHAIR.search(person.role or "")
    ]
    held = sum(person.role is not None for _, person in members)
    if held < FEWEST_PAIRS or 2 * held < len(members):
        return  # the brackets are wards
    for mention, person in members:
        words = person.organisation or next((extra for extra in mention.extras if people.BODY_LIKE.match(extra)), None)
        if words and not person.role and not PLACE_COUNCIL.search(words) and f"({words})" in person.as_written:
            person.role, person.organisation = words, None


def _councillor(person: Person) -> bool:
    return (person.title or "").startswith(("Cllr", "Ald"))


def _capacity(mention: Mention, person: Person) -> str | None:
    """What a line in small letters behind a name and a dash tells."""
    words = next((words for words in mention.extras if rules.CAPACITY.match(words)), None)
    return words if words and re.search(rf"[-–—]\s+{re.escape(words)}", person.as_written) else None


def _opened(heading: Heading, text: str, before: Roll, members: int) -> Roll:
    """The list that a heading opens. Other members are visitors where the members have been listed already."""
    status, _, role = heading
    if before.status in ("apologies", "absent") and (before.sorted or not before.named) and rules.SORT.match(text):
        return Roll(before.status, role, pairs=before.pairs, sorted=True)
    if status == "members":
        status = "present"
    elif status == "kind":
        status = before.status or "present"
    elif status == "others":
        status = "present" if members <= 1 else "in_attendance"
    elif status == "chair":
        status = "in_attendance" if before.status == "in_attendance" else "present"
    bare = rules.OF_COUNCILLORS.match(text) and not read_list(text[heading[1] :])
    shared = "Cllr" if bare and text[heading[1] :].strip() else None  # "Councillors present: Pike (Chairman), Lowe"
    return Roll(status, role, shared=shared, pairs=before.pairs)


def _parts(block: Block) -> list[tuple[int, str]]:
    """A block cut where another list begins within it, if it opens with one; (where, text) of each."""
    heading = heading_of(block.text)
    cuts = [match.start() for match in rules.WITHIN.finditer(block.text)] if heading else []
    edges = [0, *(cut for cut in cuts if heading and cut > heading[1]), len(block.text)]
    return [(start, block.text[start:end]) for start, end in pairwise(edges)]


def _ends(roll: Roll, block: Block, text: str) -> bool:
    """A numbered item, a heading or a narrative sentence ends a list of names."""
    if roll.status is None or roll.since > LONGEST_LIST:
        return True
    if block.kind == "row":
        return not (read_list(text) or _bodies(block) or rules.TELLS_BODY.match(block.cells[-1]))
    if OPENS_ITEM.match(text) or NARRATIVE.search(text) or len(text) > LONGEST_LINE:
        return True
    if TITLE_ONLY.match(text) or rules.SUBHEADING.match(text):
        return False
    if block.kind == "heading" and not read_list(text):
        return True
    return roll.since > 1 and not read_list(text, "Cllr") and not _is_post(text)


def _is_post(text: str) -> bool:
    """Whether a line is nothing but a post."""
    return len(text) <= LONGEST_POST and POST.match(text) is not None


def _bodies(block: Block) -> list[str]:
    """The cells of a row that holds nothing but the bodies of the people in the row above."""
    cells = [cell for cell in block.cells if cell]
    return cells if all(PLACE_COUNCIL.fullmatch(cell) for cell in cells) else []


def _read(paper: Paper, block: Block, offset: int, text: str, roll: Roll) -> list[Person]:
    """The people of a stretch of a list."""
    if TITLE_ONLY.match(text.strip()):
        roll.shared = people.PLURALS.get(text.strip(" :-").lower(), "Cllr")
        return []
    if block.kind == "row" and rules.TELLS_BODY.match(block.cells[-1]):
        roll.bodies = len(block.cells) == COLUMNS
        return []
    if rules.NOBODY.match(text) or rules.SUBHEADING.match(text) or rules.KEY_OF_ROLES.match(text):
        return []
    if block.kind == "row" and _bodies(block):
        return []
    group, kind = rules.WARD.match(text), rules.KIND_FIRST.match(text)
    body = None if group or kind else rules.BODY_FIRST.match(text)
    before = group or kind or body
    offset, text = (offset + before.end(), text[before.end() :]) if before else (offset, text)
    text = CLOSING.sub("", text) if block.kind == "row" and _opening(paper, block.index - 1) else text
    shared = roll.next or roll.shared
    beside = _told_body(block, text, roll)
    names = text[: text.index("\t")] if beside else text
    mentions = [mention for mention in read_list(names, shared) if _vouched(paper, mention, shared)]
    if not mentions:
        roll.above = text.strip() if _is_post(text) and (roll.tops or not roll.named) else ""
        return []
    roll.tops, roll.named = roll.tops or bool(roll.above), True
    for mention in mentions:
        mention.organisation = mention.organisation or beside or (body.group("body") if body else None)
        if kind:
            _of_kind(mention, kind.group("kind"))
    _posts(paper, block, mentions, roll)
    roll.next = (mentions[-1].shared or shared) if GOES_ON.search(text) else None
    roll.shared = mentions[0].shared if len(mentions) == 1 and mentions[0].shared else roll.shared
    paper.listed.add(block.index)
    return [person for mention in mentions for person in _enrolled(mention, block, offset, text, roll)]


def _enrolled(mention: Mention, block: Block, offset: int, text: str, roll: Roll) -> Iterator[Person]:
    """One whom a list names, noted in it, and the substitute behind that name."""
    person = person_from(mention, block, offset, _marked(mention, str(roll.status)), "list")
    roll.told.append((mention, person))
    if _has_asterisk(text, mention):
        roll.marked.append(person)
    yield person
    if mention.substituted_by:
        other = stand_in(mention, block, offset)
        roll.told.append((mention.substituted_by, other))
        yield other


def _of_kind(mention: Mention, kind: str) -> None:
    """The post that the kind of member is; a bracket says what of: "Cabinet Members: Cllr A Rae (Housing)"."""
    if mention.role and POST_NOUN.search(mention.role):
        return
    area = mention.role or next((words for words in mention.extras if words[:1].isupper()), None)
    mention.role = f"{kind} ({area})" if area and rules.HOLDERS.match(kind) else kind


def _told_body(block: Block, text: str, roll: Roll) -> str | None:
    """The body in the second cell of a row, where the head of its column says so: "Representing"."""
    cells = text.split("\t")
    return cells[1].strip() or None if roll.bodies and block.kind == "row" and len(cells) == COLUMNS else None


def _vouched(paper: Paper, mention: Mention, shared: str | None) -> bool:
    """A lone word on a line is a name only where the document prints it with a title elsewhere."""
    if shared is None or " " in mention.name or mention.title != shared:
        return True
    return (
        re.search(rf"\b(?:Cllrs?|Councillors?)\.?\s[^.;]{{0,200}}?\b{re.escape(mention.name)}\b", paper.document.text)
        is not None
    )


def _posts(paper: Paper, block: Block, mentions: list[Mention], roll: Roll) -> None:
    """Posts and bodies that are not on the line of the name: under the row, over the line, below it, in the heading."""
    below = paper.blocks[block.index + 1] if block.index + 1 < len(paper.blocks) else None
    if block.kind == "row":
        closing = CLOSING.search(below.text) if below and below.kind == "row" else None
        if closing and (opened := _opening(paper, block.index)):
            mentions[-1].role = None
            describe(mentions[-1], f"{opened} {closing.group(1)}".replace("- ", "-"))
        bodies = _bodies(below) if below else []
        for mention, body in zip(mentions, bodies, strict=False) if len(bodies) == len(mentions) else ():
            mention.organisation = mention.organisation or body
    elif roll.above and not mentions[0].role:
        mentions[0].role = roll.above
    elif below and len(mentions) == 1 and not roll.above and _alternates(paper, below, roll.pairs):
        _tell_below(mentions[0], BRACKETED.sub(r"\1", below.text), roll)
        roll.below, roll.pairs = below.index, roll.pairs + 1
    roll.above = ""
    for mention in mentions:
        visitor = roll.status == "in_attendance" and (mention.title or "").endswith("Cllr")
        mention.role = mention.role or (None if mention.organisation or visitor else roll.role)


def _opening(paper: Paper, index: int) -> str | None:
    """The words of a bracket that the last cell of a row leaves open: "Cllr B Lowe (Vice-", below it "Chairman)"."""
    block = paper.blocks[index] if index >= 0 else None
    opened = OPENING_BRACKET.search(block.text) if block and block.kind == "row" else None
    return opened.group(1) if opened else None


def _alternates(paper: Paper, below: Block, pairs: int) -> bool:
    """Whether a line is the post of the name over it: nobody's name, and the line after it a name or a heading."""
    after = paper.blocks[below.index + 1] if below.index + 1 < len(paper.blocks) else None
    return _tells(below, pairs) and (after is None or heading_of(after.text) is not None or _ends_or_names(after))


def _tells(block: Block, pairs: int) -> bool:
    """Whether a line may be a post or a body; it may look like a name where the list has paired two lines before."""
    text = BRACKETED.sub(r"\1", block.text)
    words = len(text.split())
    return (
        block.kind != "row"
        and len(text) <= LONGEST_POST
        and (words > 1 or _is_post(text))
        and text[:1].isupper()
        and not re.search(r"\d|[.:]$", text)
        and not (_names(text, pairs) or heading_of(text) or NARRATIVE.search(text) or rules.SUBHEADING.match(text))
    )


def _names(text: str, pairs: int) -> bool:
    found = read_list(text)
    return bool(found) and (pairs < FEWEST_PAIRS or found[0].title is not None or " " not in text.strip())


def _ends_or_names(block: Block) -> bool:
    named = read_list(block.text) and not NARRATIVE.search(block.text)
    return bool(named) or NUMBERED.match(block.text) is not None


def _tell_below(mention: Mention, words: str, roll: Roll) -> None:
    role, body, extras = mention.role, mention.organisation, len(mention.extras)
    describe(mention, words)
    if (role, body) == (mention.role, mention.organisation) and len(mention.extras) > extras:
        if roll.status == "in_attendance":
            mention.organisation = words
        else:
            mention.role = words


def _marked(mention: Mention, status: str) -> str:
    """The status that a mark of a grid gives, else that of the list; a visitor who is marked as present stays one."""
    mark = next((rules.MARKS[extra] for extra in mention.extras if extra in rules.MARKS), status)
    return status if mark == "present" and status == "in_attendance" else mark


def _has_asterisk(text: str, mention: Mention) -> bool:
    if "*" not in text:
        return False
    before, behind = text[: mention.start], text[mention.end :]
    inside = "*" in text[mention.start : mention.end]
    return inside or bool(rules.MARKED_BEFORE.search(before) or rules.MARKED_BEHIND.match(behind))


def _unheaded(paper: Paper) -> Iterator[Person]:
    """A line of the opening that holds nothing but names, some with a title, post or initials: the members."""
    last = min(paper.openings, default=len(paper.blocks))
    for block in paper.blocks[: min(last, OPENING)]:
        if block.index in paper.listed or block.kind == "row" or NARRATIVE.search(block.text) or heading_of(block.text):
            continue
        mentions = read_list(block.text)
        filled = sum(mention.end - mention.start for mention in mentions) / len(block.text)
        told = any(mention.title or mention.role or mention.initials for mention in mentions)
        if len(mentions) >= FEWEST_UNHEADED and filled >= FILLED and told:
            paper.listed.add(block.index)
            for mention in mentions:
                yield person_from(mention, block, 0, "present", "list")
