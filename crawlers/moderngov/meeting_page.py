"""A meeting's own page, `ieListDocuments.aspx` or `CeListDocuments.aspx`: documents, items, day, place and status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import AgendaItem, Committee, Document, DocumentRole, Meeting
from minutebook.crawlers.moderngov.dates import When, find_when
from minutebook.crawlers.moderngov.lists import ListedMeeting
from minutebook.crawlers.moderngov.markup import cells, labelled, modgov, own_rows, squash, text_of
from minutebook.crawlers.moderngov.statuses import status_of, word_in_sentence, word_in_title
from minutebook.crawlers.moderngov.urls import meeting_page_url, number_in, page_of, query_of, source_id_of
from minutebook.crawlers.pages import links, select

# The T parameter of a whole-meeting document says what it is.
ROLE_BY_T: dict[str, DocumentRole] = {"0": "agenda", "1": "minutes", "2": "decisions", "10": "pack", "11": "pack"}

# Without T, the first of these words in the link's text, else in the file's path, decides.
ROLE_BY_WORD: dict[str, DocumentRole] = {
    "pack": "pack",
    "minutes": "minutes",
    "cofnodion": "minutes",
    "decisions": "decisions",
    "penderfyniadau": "decisions",
    "agenda": "agenda",
}

PAGE = "ielistdocuments.aspx"

_DIRECTIONS = re.compile(r"[.\s]*View directions\.?$", re.IGNORECASE)
_ANCHOR = re.compile(r"AI\d+")
_MINUTES = re.compile(r"(minutes|cofnodion)\b", re.IGNORECASE)


@dataclass
class MeetingPage:
    """What a meeting's page states. `attendance_url` is the page that lists who was there."""

    venue: str | None = None
    when: When | None = None
    status_raw: str | None = None
    attendance_url: str | None = None
    agenda_items: list[AgendaItem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)


def read_meeting_page(body: bytes, url: str) -> MeetingPage:
    """Read a meeting's page; `url` is the address that finally answered.

    Raises `SourceError` if that is the error page, or no ModernGov page.
    """
    content = modgov(body, url)
    rows = _items(content)
    documents: dict[str, Document] = {}
    page = MeetingPage(venue=_venue(content), agenda_items=list(rows.values()))
    for link, target in links(content, url):
        if page_of(target) == "mgmeetingattendance.aspx":
            page.attendance_url = target
        elif source_id := source_id_of(target):
            documents.setdefault(source_id, _document(link, source_id, target, rows))
    page.documents = list(documents.values())
    page.when, page.status_raw = _heading(content)
    return page


def meeting_of(page: MeetingPage, url: str, committee: Committee, listed: ListedMeeting, base_url: str) -> Meeting:
    """The meeting, from its page alone; `url` is the address that answered. Its own date counts before the list's.

    An ordinary meeting bears no status word, so that none means confirmed. Raises `SourceError` if the page is
    another meeting's.
    """
    number = number_in(url, "mid")
    if number and number != listed.source_id:
        message = (
            f"{url} answered for meeting {listed.source_id}: the site mixes them up, or it moved; see it in a browser"
        )
        raise SourceError("other_meeting", message)
    word = page.status_raw or listed.status_raw
    return Meeting(
        authority=committee.authority,
        committee=committee,
        source_id=listed.source_id,
        url=meeting_page_url(base_url, committee.source_id, listed.source_id) if page_of(url) == PAGE else url,
        date=page.when.date if page.when else listed.date,
        time=page.when.time if page.when else None,
        venue=page.venue,
        status=status_of(word or "confirmed"),
        status_raw=word,
        agenda_items=page.agenda_items,
        documents=page.documents,
    )


def add_page(meeting: Meeting, page: MeetingPage) -> None:
    """Complete a meeting by its page. The page links the original file where the service links a conversion."""
    listed = {document.source_id: document for document in meeting.documents}
    restricted = {item.source_id for item in meeting.agenda_items if item.restricted}
    for found in page.documents:
        if found.source_id in listed:
            listed[found.source_id].url = found.url
        else:
            found.restricted = found.agenda_item in restricted
            meeting.documents.append(found)
    meeting.venue = meeting.venue or page.venue


def _heading(content: HtmlElement) -> tuple[When | None, str | None]:
    """Day and status word: "Planning Committee - Thursday, 12th February, 2026 6.30 pm", else the window's title."""
    headings = [text_of(heading) for heading in select(content, "h1, h2")]
    window = content.getroottree().find(".//title")
    headings += [text_of(window)] if window is not None else []
    when = next((found for heading in headings if (found := find_when(heading))), None)
    words = [word_in_title(heading) for heading in headings]
    words += [word_in_sentence(text_of(notice)) for notice in select(content, "p.mgErrorTxt")]
    return when, next(filter(None, words), None)


def _items(content: HtmlElement) -> dict[HtmlElement, AgendaItem]:
    """The agenda items by their rows, in order."""
    table = next(iter(select(content, "table#mgItemTable, table.mgItemTable")), None)
    found: dict[HtmlElement, AgendaItem] = {}
    if table is None:
        return found
    minuted = any(_MINUTES.match(text_of(label)) for label in select(table, ".mgSubItemTitleTxt"))
    described = None
    for row in own_rows(table):
        if row.find("td") is None:
            described = _described(row)
        elif item := _item(cells(row), described, len(found) + 1):
            found[row] = _renumbered(item) if minuted else item
    return found


def _renumbered(item: AgendaItem) -> AgendaItem:
    """Once there are minutes, the page shows the minute's number in place of the item's."""
    return replace(item, number=None, minute_number=(item.number or "").rstrip(".") or None)


def _described(header: HtmlElement) -> int | None:
    """The place of the column "Description" in archives headed Item, Description, Resolution; None elsewhere."""
    return next((place for place, cell in enumerate(cells(header)) if text_of(cell).lower() == "description"), None)


def _item(row: list[HtmlElement], described: int | None, position: int) -> AgendaItem | None:
    """The item of a row headed No., Item or Note, No., Item; None if it has no title. Archives do not number rows."""
    place = len(row) - 1 if described is None or described >= len(row) else described
    title = _title(row[place])
    if not title:
        return None
    return AgendaItem(
        source_id=_item_id(row) or f"row{position}",
        position=position,
        title=title,
        number=text_of(row[place - 1]) or None if place else None,
    )


def _item_id(row: list[HtmlElement]) -> str | None:
    """The number of an item, by which its row is anchored: `<a name="AI20551">`."""
    names = (name for cell in row for name in cell.xpath(".//@name | .//@id") if _ANCHOR.fullmatch(name))
    return next((name[2:] for name in names), None)


def _title(cell: HtmlElement) -> str:
    """The title of an item: the paragraph marked so, else the first words of the cell."""
    marked = [text_of(title) for title in select(cell, ".mgAiTitleTxt")]
    first = [squash(cell.text or ""), *(text_of(part) for part in cell.iter("p", "a"))]
    return next(filter(None, [*marked, *first]), "")


def _document(link: HtmlElement, source_id: str, url: str, rows: dict[HtmlElement, AgendaItem]) -> Document:
    """The document a link serves."""
    file = unquote(urlsplit(url).path)
    title = text_of(link) or squash(link.get("title", "")) or file.rpartition("/")[2]
    item = next((rows[row] for row in link.iterancestors("tr") if row in rows), None)
    return Document(
        source_id=source_id,
        title=title,
        url=url,
        role=_role(source_id, url, title, file),
        agenda_item=item.source_id if item else None,
    )


def _role(source_id: str, url: str, title: str, file: str) -> DocumentRole:
    if source_id.startswith("s"):
        return "report"
    if printed := query_of(url).get("t"):
        return ROLE_BY_T.get(printed, "other")
    for text in (title.lower(), file.lower()):
        if role := next((role for word, role in ROLE_BY_WORD.items() if word in text), None):
            return role
    return "other"


def _venue(content: HtmlElement) -> str | None:
    venues = (value for label, _, value in labelled(content) if label in ("venue", "place", "lleoliad"))
    return next((_DIRECTIONS.sub("", venue) or None for venue in venues), None)
