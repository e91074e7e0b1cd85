"""The outline of a paper: its kind, the part each block stands in, its items of business, and its header."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from minutebook.extract.document import Block, Document, Notice
from minutebook.extract.facts import DocumentKind
from minutebook.extract.paper import Business, Paper
from minutebook.extract.patterns import Match
from minutebook.extract.people import POST_NOUN, read_person
from minutebook.extract.rules import decisions, first, layout

# The opening in which the kind and the header are looked for.
OPENING_BLOCKS = 60
OPENING_CHARACTERS = 6000
IN_WELSH = Notice("in_welsh", "The paper is in Welsh, which is not read. Look for its English twin.")
# At the head of minutes stands, in a short line, that they are a draft.
DRAFT_BLOCKS, LONGEST_HEAD = 10, 160
LONGEST_FIELD = 250
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A numbered line that begins so is a clause ("1. Noted the report"), not a heading.
CLAUSE_VERB = re.compile(
    r"^(?:Not(?:ed|es)|Approv(?:ed|es)|Agre(?:ed|es)|Endors(?:ed|es)|Authoris(?:ed|es)|Delegat(?:ed|es)|That)\b"
)
# A title line that names a body only in part: "Minutes of the Transport &".
GOES_ON = re.compile(r"\b(?:of|the|and|&)\s+[\w& ]+$", re.IGNORECASE)
# In characters.
LONGEST_TITLE = 90
# Of another meeting than the one these papers are of.
EARLIER = re.compile(
    r"\b(?:previous|last|next) meeting\b|\bminutes of the .{0,60}\b(?:were|was|had been)\b", re.IGNORECASE
)
MINUTED = ("minutes", "agenda_item", "meeting_page", "decision_notice")


def outline(paper: Paper) -> None:
    """Set the kind, zones, business and header of a paper."""
    paper.kind = kind_of(paper.document)
    if paper.kind == "other" and layout.WELSH.search(paper.document.text):
        paper.document.notices.append(IN_WELSH)
    paper.zones = _zones(paper)
    paper.business = _business(paper)
    paper.header = _header(paper)
    paper.draft = paper.kind == "minutes" and any(map(_is_draft, paper.blocks[:DRAFT_BLOCKS]))


def kind_of(document: Document) -> DocumentKind:
    """The kind of a document that is one paper, told by its form and its opening."""
    if document.form == "meeting_page":
        return "meeting_page"
    opening = "\n".join(block.text for block in document.blocks[:OPENING_BLOCKS])[:OPENING_CHARACTERS]
    found = first(layout.KINDS, opening)
    if document.form == "item_page" and (found is None or found[0].value != "decision_notice"):
        return "agenda_item"
    if found is None:
        return "minutes" if document.form != "web_page" and layout.RESOLVING.search(document.text) else "other"
    return cast(DocumentKind, found[0].value)


def _zones(paper: Paper) -> list[str]:
    """For each block: `rubric`, `minutes`, `decision` or `tail`; one of a report or agenda is named by its kind."""
    if paper.kind not in MINUTED:
        return [paper.kind] * len(paper.blocks)
    labels = {_label(block) for block in paper.blocks}
    noticed = paper.kind == "decision_notice" and "decision" in labels
    start = "rubric" if "minutes" in labels or noticed or paper.kind == "meeting_page" else "minutes"
    zone, page, zones = start, 0, []
    for block in paper.blocks:
        if paper.kind == "meeting_page" and block.page != page:
            zone, page = "rubric", block.page
        label = _label(block)
        if label == "tail" and paper.kind == "minutes":
            label = None
        zone = label or zone
        zones.append("label" if label else zone)
    return zones


def _label(block: Block) -> str | None:
    found = first(layout.SECTIONS, block.text) if len(block.text) < 80 else None
    return found[0].value if found else None


def _business(paper: Paper) -> list[Business]:
    """Numbered headings, each with the blocks down to the next."""
    starts = _in_sequence([(block, *_heading(paper, block)) for block in paper.blocks])
    ends = [*(block.index - 1 for block, _, _ in starts[1:]), len(paper.blocks) - 1]
    return [
        Business(number, title, [(block.start, block.end)], block.index, end)
        for (block, number, title), end in zip(starts, ends, strict=False)
    ]


def _in_sequence(found: list[tuple[Block, str | None, str | None]]) -> list[tuple[Block, str | None, str]]:
    """Headings whose numbers go on from the ones before; a list that starts again at 1 is made of clauses."""
    kept: list[tuple[Block, str | None, str]] = []
    last = 0
    for block, number, title in found:
        if title is None:
            continue
        value = int(number.rstrip(".:")) if number and number.rstrip(".:").isdigit() else None
        if (value is not None and kept and value < last and block.kind != "heading") or (
            value is not None and last > value == 1
        ):
            continue
        last = value if value is not None else last
        kept.append((block, number, title))
    return kept


def _heading(paper: Paper, block: Block) -> tuple[str | None, str | None]:
    """(number, title) of a block that heads an item; nothing for any other block."""
    opens_page = paper.kind == "meeting_page" and block.kind == "heading" and _opens_page(paper, block)
    match = layout.ITEM.match(block.text)
    if match and CLAUSE_VERB.match(match.group("title")):
        return None, None
    sentence = match and match.group("title").rstrip().endswith((".", ";", ":")) and " " in match.group("title")
    if (
        match
        and not sentence
        and (block.kind == "heading" or _stands_out(block) or _is_plain_title(paper, block, match))
    ):
        return match.group("number"), match.group("title").strip()
    if paper.kind == "agenda_item":
        bracket = layout.ITEM_IN_BRACKETS.search(block.text) if block.index < 6 else None
        return (bracket.group("number"), block.text) if bracket else (None, None)
    return (None, block.text) if opens_page else (None, None)


def _is_plain_title(paper: Paper, block: Block, match: Match) -> bool:
    """In a text without any mark of a heading: a short numbered line that is no sentence and no clause."""
    title = match.group("title")
    plain = paper.plain and match.group("number")[:1].isdigit() and title[:1].isupper()
    ends = title.rstrip().endswith((".", ";", ":", ",", "and"))
    return plain and not ends and len(title) <= LONGEST_TITLE and not decisions.OPERATIVE.match(title)


def _opens_page(paper: Paper, block: Block) -> bool:
    return block.index > 0 and paper.blocks[block.index - 1].page != block.page


def _stands_out(block: Block) -> bool:
    """A numbered line in capitals is a heading whatever its weight."""
    letters = [char for char in block.text if char.isalpha()]
    return len(block.text) < 120 and len(letters) > 5 and all(char.isupper() for char in letters)


def _header(paper: Paper) -> dict[str, str | None]:
    opening = paper.blocks[:OPENING_BLOCKS]
    committee, authority = _bodies(opening, paper.kind)
    started, ended = _times(paper)
    decided_by, decided_on = _decided(paper) if paper.kind == "decision_notice" else (None, None)
    return {
        "authority": authority,
        "committee": decided_by or committee,
        "title": _title(paper, opening),
        "meeting_date": decided_on or _date(opening, paper.kind),
        "started_at": started,
        "ended_at": ended,
        "venue": _venue(opening),
    }


def _is_draft(block: Block) -> bool:
    return len(block.text) < LONGEST_HEAD and layout.DRAFT.search(block.text) is not None


def _bodies(opening: list[Block], kind: str) -> tuple[str | None, str | None]:
    """(committee, authority): the first lines that name one."""
    addressed = (layout.TO_FIELD.match(block.text) for block in opening if kind == "report")
    committee = next((_tidy_body(match.group("to")) for match in addressed if match), None)
    authority = None
    for text in _title_lines(opening[:15]):
        for rule in (layout.MEETING_OF, layout.BODY_LINE):
            match = rule.search(text) if len(text) < 250 else None
            body = _tidy_body(match.group("body")) if match else None
            if body and layout.IS_AUTHORITY.search(body):
                authority = authority or body
            elif body:
                committee = committee or body
    if committee is None and kind in ("agenda_item", "meeting_page"):
        spoken = next((match for block in opening if (match := layout.THE_BODY.search(block.text))), None)
        committee = spoken.group("body") if spoken else None
    return committee, authority


def _decided(paper: Paper) -> tuple[str | None, str | None]:
    """(committee, date) that the fields of a decision notice give."""
    texts = [block.text for block in paper.blocks if len(block.text) < LONGEST_FIELD]
    bodies = (match for text in texts if (match := layout.DECIDED_BY.search(text)))
    dates = (layout.DATE.search(text) for text in texts if layout.DECIDED_ON.search(text))
    body = next((match.group("body") or match.group("body2") for match in bodies), None)
    return body and _tidy_body(body), next((iso_date(match) for match in dates if match), None)


def _title_lines(opening: list[Block]) -> list[str]:
    """The opening lines, a heading that is broken over two lines joined."""
    lines: list[str] = []
    for block in opening:
        goes_on = lines and block.kind == "heading" and GOES_ON.search(lines[-1])
        if goes_on and not layout.BODY_LINE.search(lines[-1]):
            lines[-1] += f" {block.text}"
        else:
            lines.append(block.text)
    return lines


def _tidy_body(words: str) -> str | None:
    """A body's name with capitals as names have them; nothing for a sentence that only begins like one."""
    words = words.strip(" -–—")
    if (
        len(words.split()) > 12
        or (read_person(words) and POST_NOUN.search(words))
        or re.search(r"\b(?:was|were|is|are|will|this|that)\b", words)
    ):
        return None
    words = re.sub(
        r"^(?:The|the|THE)\s+|^Agenda(?:,?\s+(?:and\s+)?(?:draft\s+)?(?:decisions|minutes))*\s+(?=[A-Z])", "", words
    )
    return _title_case(words) if words.isupper() else words


def _title_case(words: str) -> str:
    small = {"and", "of", "the", "for", "in", "on", "to", "cum", "upon", "le", "by", "under"}
    parts = re.split(r"([\s-]+)", words.lower())
    return "".join(part if part in small and place else part.capitalize() for place, part in enumerate(parts))


def _date(opening: list[Block], kind: str) -> str | None:
    """The date of the meeting: in a title or a "held on" line before any other."""
    lines = [block.text for block in opening[:25] if len(block.text) < 400]
    held = [line for line in lines if re.search(r"\b(?:held|meeting|date|minutes|agenda)\b", line, re.IGNORECASE)]
    for line in (*lines[:4], *held[:4], *lines[:12]):
        if (
            re.search(
                r"\b(?:previous|last) meeting|minutes of the .{0,40}meeting held on|to (?:approve|confirm)",
                line,
                re.IGNORECASE,
            )
            and line not in lines[:4]
        ):
            continue
        match = layout.DATE.search(line)
        found = iso_date(match) if match else None
        if found:
            return found
    return None


def iso_date(match: re.Match[str]) -> str | None:
    """The ISO date of a match of `layout.DATE`; nothing for a day that no calendar has."""
    parts = match.groupdict()
    named = parts["month"] or parts["m3"]
    month = parts["m2"] or str(MONTHS.index(named[:3].lower()) + 1)
    try:
        year, day = parts["year"] or parts["y2"] or parts["y3"], parts["day"] or parts["d2"] or parts["d3"]
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _times(paper: Paper) -> tuple[str | None, str | None]:
    opening, closing = paper.blocks[:25], paper.blocks[-25:]
    ended = next((clock(match) for block in reversed(closing) if (match := layout.ENDED.search(block.text))), None)
    for block in (*opening, *closing):
        match = layout.STARTED.search(block.text) if len(block.text) < 400 else None
        if match and (started := clock(match)):
            return started, ended
    heads = (layout.TIME_OF_DAY.search(block.text) for block in opening[:12] if len(block.text) < 160)
    return next((clock(match) for match in heads if match), None), ended


def clock(match: re.Match[str]) -> str | None:
    """A printed time of day as HH:MM; nothing where it cannot be one.

    >>> clock(layout.TIME_OF_DAY.search("6.30 pm"))
    '18:30'
    """
    hour, minute = int(match.group("hour")), int(match.group("minute") or 0)
    half = re.sub(r"[\s.]", "", (match.group("half") or "").lower())
    run_together = match.group("minute") and match.group(0).rstrip()[-4:].isdigit()
    if not half and (match.group("minute") is None or run_together):
        return None  # a year, or a number of anything
    if half in ("pm", "noon") and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _venue(opening: list[Block]) -> str | None:
    for rule, reach in ((layout.VENUE, 20), (layout.HELD_IN, 20), (layout.HELD_AFTER, 8)):
        for block in opening[:reach]:
            match = rule.search(block.text) if len(block.text) < 400 and not EARLIER.search(block.text) else None
            if match:
                return match.group("venue").strip(" ,.")
    return None


def _title(paper: Paper, opening: list[Block]) -> str | None:
    """The title of a report or of the one item on a page."""
    field = next(
        (
            match.group("title")
            for block in opening
            if (match := layout.TITLE_FIELD.match(block.text.replace("\t", " ")))
        ),
        None,
    )
    if field:
        return field.strip()
    texts = [block.text for block in opening]
    if paper.kind == "agenda_item" and texts[:1] == ["Agenda item"] and len(texts) > 1:
        return texts[1]
    if paper.kind == "scoping" and texts:
        return texts[0]
    headings = [block.text for block in opening[:6] if block.kind == "heading"]
    return headings[0] if headings and paper.kind in ("report", "other") else None
