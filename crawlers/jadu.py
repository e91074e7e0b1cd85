"""What the meeting pages of Jadu state, read into items: bytes in, items out, no request made.

The routes are those of its EGov module: `/meetings`, `/meetings/meeting/ID/words`, `/download/meetings/id/ID/words`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.dates import find_date
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Committee, Document, DocumentRole, Meeting
from minutebook.crawlers.pages import heading_above, links, parse, slug_of, text_of

# Attachments are grouped by type: the first of these words in the group's heading, else in the link, decides.
ROLES: dict[str, DocumentRole] = {
    "pack": "pack",
    "minutes": "minutes",
    "decision": "decisions",
    "agenda": "agenda",
    "report": "report",
}

_MEETING = re.compile(r"/meetings/meeting/(\d+)(?:/[^/?#]*)?$", re.IGNORECASE)
_DOWNLOAD = re.compile(r"/download/meetings/id/(\d+)(?:/|$)", re.IGNORECASE)
_ATTACHMENT = re.compile(r"/meetings/meeting/\d+/[^/]+/attachment/(\d+)", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:item\s+)?[A-Z]?\d+[a-z]?[.\s:-]", re.IGNORECASE)  # Item 3 - Mill Lane; D1. Budget
_BETWEEN = re.compile(r"\s*:\s+|\s+[–-]\s+")
_EARLIER = re.compile(r"\W*(?:previous|prev|earlier|older)\b", re.IGNORECASE)
_LATER = re.compile(r"\W*(?:next|later|newer)\b", re.IGNORECASE)


@dataclass
class ListedMeeting:
    """A meeting as listed: `Planning` and a date, in one of two orders."""

    source_id: str
    committee: str
    date: date
    url: str


@dataclass
class MeetingList:
    """One page of the list, which is ordered by date, and the pages before and after it."""

    meetings: list[ListedMeeting] = field(default_factory=list)
    earlier: str | None = None
    later: str | None = None


def read_list(body: bytes, url: str) -> MeetingList:
    """Read one page of `/meetings`. Raises `SourceError` if it neither lists a meeting nor leads to other pages."""
    found = MeetingList()
    for link, address in links(parse(body, url), url):
        if number := _MEETING.search(urlsplit(address).path):
            if meeting := _listed(link, address, number[1]):
                found.meetings.append(meeting)
        elif urlsplit(address).path.rstrip("/") == urlsplit(url).path.rstrip("/") and address != url:
            words = (link.get("rel") or "").split()
            found.earlier = address if "prev" in words or _EARLIER.match(text_of(link)) else found.earlier
            found.later = address if "next" in words or _LATER.match(text_of(link)) else found.later
    if not (found.meetings or found.earlier or found.later):
        raise SourceError("not_jadu", f"{url} lists no meeting: check the base address, or if the system was replaced")
    return found


def read_meeting(body: bytes, url: str, listed: ListedMeeting, authority: str) -> Meeting:
    """Read the page of a meeting, whose committee and day its list has told."""
    documents: dict[str, Document] = {}
    for link, address in links(parse(body, url), url):
        if (source_id := source_id_of(address)) and text_of(link):
            document = Document(source_id, text_of(link), address, _role(link))
            documents.setdefault(source_id, document)
    return Meeting(
        authority=authority,
        committee=Committee(authority, slug_of(listed.committee), listed.committee),
        source_id=listed.source_id,
        url=listed.url,
        date=listed.date,
        documents=list(documents.values()),
    )


def source_id_of(address: str) -> str | None:
    """The site's number for the file (`a`) or the page (`p`) that an address stands for; its words are decoration."""
    for kind, pattern in (("a", _DOWNLOAD), ("p", _ATTACHMENT)):
        if found := pattern.search(urlsplit(address).path):
            return kind + found[1]
    return None


def _listed(link: HtmlElement, address: str, number: str) -> ListedMeeting | None:
    """A line of the list: the date stands in the link or beside it. A link without one only leads there again."""
    text = text_of(link)
    beside = text_of(link.getparent()) if link.getparent() is not None else text
    day = find_date(text) or find_date(beside)
    committee = " - ".join(part for part in _BETWEEN.split(text) if part and not find_date(part))
    return ListedMeeting(number, committee, day, address) if day and committee else None


def _role(link: HtmlElement) -> DocumentRole:
    text = text_of(link)
    if _NUMBERED.match(text):
        return "report"
    words = (heading_above(link).lower(), text.lower())
    return next((role for text in words for word, role in ROLES.items() if word in text), "other")
