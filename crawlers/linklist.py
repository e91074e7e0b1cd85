"""Pages that list papers under dates, read by the selectors of a `Listing`: bytes in, meetings out, no request made.

Such sites number nothing: a meeting is known by its committee and day, a document by its address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.dates import find_date
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Committee, Document, DocumentRole, Listing, Meeting
from minutebook.crawlers.pages import heading_above, links, parse, select, slug_of, text_of

# A link counts as a paper by the end of its address, unless the listing says which links count.
PAPERS = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt")

# The first of these words in a link's text, else in the head of its column, else in its address, decides.
ROLES: dict[str, DocumentRole] = {"pack": "pack", "minutes": "minutes", "agenda": "agenda", "report": "report"}

# What links say that say nothing.
_EMPTY_WORDS = re.compile(r"(?:download|view|open|read|click|here|more|pdf|docx?|word|\W|\d+ ?[km]b)*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass
class ListPage:
    """What one page lists: meetings with their papers, and the further pages that its selector names."""

    meetings: list[Meeting]
    pages: list[str] = field(default_factory=list)


@dataclass
class _Paper:
    """A link to a paper, with the row it stands in."""

    link: HtmlElement
    url: str
    row: HtmlElement


def read_list(body: bytes, url: str, listing: Listing, authority: str, year: int | None = None) -> ListPage:
    """Read one page. `year` is that of dates which name none.

    Raises `SourceError` if the selector of rows finds none, or papers stand in rows of which none has a date.
    """
    root = parse(body, url)
    rows = select(root, listing.rows)
    if not rows:
        message = f"{url}: nothing on the page is {listing.rows!r}; see what its rows are now, and correct the entry"
        raise SourceError("no_rows", message)
    meetings: dict[str, Meeting] = {}
    papers = [paper for row in rows for paper in _papers(row, rows, url, listing)]
    for paper in papers:
        if day := _date_of(paper, listing, year):
            _meeting_of(meetings, paper.row, day, url, listing, authority).documents.append(_document(paper))
    if papers and not meetings:
        message = f"{url}: no row with a paper has a date; give its pattern, or other rows, in the entry"
        raise SourceError("no_dates", message)
    for row in rows:
        if row.tag == "tr" and (day := _stated_date(text_of(row), listing, year)):
            _meeting_of(meetings, row, day, url, listing, authority)
    return ListPage(merged(meetings.values()), list(_further(root, url, listing)))


def merged(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Each meeting once, with the papers of all; the earliest first."""
    once: dict[str, Meeting] = {}
    for meeting in meetings:
        known = once.setdefault(meeting.source_id, meeting)
        papers = {document.source_id: document for document in meeting.documents + known.documents}
        known.documents = sorted(papers.values(), key=lambda document: document.source_id)
    return sorted(once.values(), key=lambda meeting: (meeting.date, meeting.source_id))


def years_of(address: str) -> list[int]:
    """The years that an address names, as those of yearly pages do."""
    return [int(year) for year in _YEAR.findall(address)]


def _papers(row: HtmlElement, rows: list[HtmlElement], url: str, listing: Listing) -> Iterator[_Paper]:
    """The papers of a row; a heading has those that follow it, up to the next row. Of nested rows the inner counts."""
    inside = [row] if select(row, "a") else _following(row, rows)
    for element in inside:
        wanted = set(select(element, listing.links or "a"))
        for link, address in links(element, url):
            chosen = link in wanted and (listing.links or urlsplit(address).path.lower().endswith(PAPERS))
            if chosen and _row_of(link, rows, row) is row:
                yield _Paper(link, address, row)


def _following(row: HtmlElement, rows: list[HtmlElement]) -> list[HtmlElement]:
    found = []
    for element in row.itersiblings():
        if element in rows:
            break
        if isinstance(element.tag, str):
            found.append(element)
    return found


def _row_of(link: HtmlElement, rows: list[HtmlElement], outside: HtmlElement) -> HtmlElement:
    """The innermost row that a link stands in; else the one it was found below."""
    return next((element for element in (link, *link.iterancestors()) if element in rows), outside)


def _date_of(paper: _Paper, listing: Listing, year: int | None) -> date | None:
    """The date beside the links of a row, else in the link's text, in its address, in the heading above."""
    beside = text_of(paper.row)
    for link in paper.row.iter("a"):
        beside = beside.replace(text_of(link), " ") if text_of(link) else beside
    heading = heading_above(paper.row)
    years = years_of(heading)
    year = year or (years[0] if years else None)
    texts = (beside, text_of(paper.link), unquote(PurePosixPath(urlsplit(paper.url).path).name), heading)
    return next(filter(None, (_stated_date(text, listing, year) for text in texts)), None)


def _stated_date(text: str, listing: Listing, year: int | None) -> date | None:
    if listing.date is None:
        return find_date(text, year)
    found = re.search(listing.date, text)
    return find_date(found[found.lastindex or 0], year) if found else None


def _meeting_of(
    meetings: dict[str, Meeting], row: HtmlElement, day: date, url: str, listing: Listing, authority: str
) -> Meeting:
    stated = select(row, listing.committee_at) if listing.committee_at else []
    name = (text_of(stated[0]) if stated else "") or listing.committee
    slug = slug_of(name)
    source_id = f"{slug}:{day}"
    return meetings.setdefault(
        source_id, Meeting(authority, Committee(authority, slug, name), source_id, url, day, status="other")
    )


def _document(paper: _Paper) -> Document:
    text, head = text_of(paper.link), _column_head(paper.link)
    file = unquote(PurePosixPath(urlsplit(paper.url).path).stem)
    words = [word.lower() for word in (text, head, file)]
    role: DocumentRole = next((role for text in words for word, role in ROLES.items() if word in text), "other")
    title = next((name for name in (text, head, file) if not _EMPTY_WORDS.fullmatch(name)), text or paper.url)
    return Document(f"url:{paper.url.partition('://')[2]}", title, paper.url, role)


def _column_head(link: HtmlElement) -> str:
    """What stands above a link in its table."""
    cell = next(link.iterancestors("td", "th"), None)
    if cell is None:
        return ""
    heads = next(cell.iterancestors("table")).xpath("(.//tr)[1]/*")
    place = len(list(cell.itersiblings("td", "th", preceding=True)))
    return text_of(heads[place]) if place < len(heads) else ""


def _further(root: HtmlElement, url: str, listing: Listing) -> Iterator[str]:
    """The further pages, which stand on the same site."""
    for element in select(root, listing.pages) if listing.pages else []:
        yield from (address for _, address in links(element, url) if urlsplit(address).netloc == urlsplit(url).netloc)
