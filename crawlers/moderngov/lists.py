"""Lists of committees and of meetings, as the pages show them: the way to everything where the web service is off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Committee
from minutebook.crawlers.moderngov.dates import find_when
from minutebook.crawlers.moderngov.markup import modgov, text_of
from minutebook.crawlers.moderngov.statuses import word_in_title
from minutebook.crawlers.moderngov.urls import committee_page_url, number_in, page_of, query_of
from minutebook.crawlers.pages import links

HEADINGS = ("h2", "h3", "h4", "caption")
MEETING_PAGES = ("ielistdocuments.aspx", "celistdocuments.aspx")

# The Act of a link to more of a list: ?Act=earlier&CId=760&D=202312111400, on other sites ?Act=Prev&CId=111&D=2025
EARLIER, LATER = ("earlier", "prev", "previous"), ("later", "next")

_OLD = re.compile(r"\b(old|former|previous|past|archived?|expired)\b", re.IGNORECASE)


@dataclass
class ListedMeeting:
    """A line of a list of meetings. `url` is the page it links, `status_raw` the word that stands beside it."""

    source_id: str
    date: date
    url: str | None = None
    status_raw: str | None = None


@dataclass
class MeetingList:
    """A page of a list of meetings, with the addresses of its other pages; `years` by year."""

    meetings: list[ListedMeeting] = field(default_factory=list)
    earlier: str | None = None
    later: str | None = None
    years: dict[int, str] = field(default_factory=dict)


def read_committee_list(body: bytes, url: str, authority: Authority) -> list[Committee]:
    """Read `mgListCommittees.aspx` or `ieDocHome.aspx`; the heading above a committee is its category.

    Raises `SourceError` if the page is not ModernGov's or lists no committee: an install always has committees.
    """
    content, heading = modgov(body, url), ""
    found: dict[str, Committee] = {}
    addresses = dict(links(content, url))
    for element in content.iter("a", *HEADINGS):
        number = _committee_of(addresses[element]) if element in addresses else None
        if element.tag in HEADINGS:
            heading = text_of(element)
        elif number and (name := text_of(element)):
            found.setdefault(number, _committee(number, name, heading, authority))
    if not found:
        raise SourceError("no_committees", f"{url} lists no committee: check the base address of {authority.name}")
    return list(found.values())


def _committee_of(url: str) -> str | None:
    """The number of the committee a link leads to; `info` marks documents filed as if they were a committee."""
    if page_of(url) == "mgcommitteedetails.aspx":
        return number_in(url, "id")
    if page_of(url) == "ielistmeetings.aspx" and not {"info", "act"} & set(query_of(url)):
        return number_in(url, "cid")
    return None


def _committee(number: str, name: str, heading: str, authority: Authority) -> Committee:
    return Committee(
        authority=authority.code,
        source_id=number,
        name=name,
        category=heading or None,
        url=committee_page_url(authority.base_url, number),
        expired=bool(_OLD.search(heading)),
    )


def read_meeting_list(body: bytes, url: str) -> MeetingList:
    """Read `ieListMeetings.aspx`. No meeting at all is a legitimate answer.

    A meeting linked twice, as on bilingual sites, is listed once; what is filed there under no date is no meeting.
    Raises `SourceError` if the page is not ModernGov's.
    """
    page, meetings = MeetingList(), dict[str, ListedMeeting]()
    for link, target in links(modgov(body, url), url):
        if page_of(target) in MEETING_PAGES:
            number, when = (
                number_in(target, "mid"),
                find_when(text_of(link)) or find_when(query_of(target).get("df", "")),
            )
            if number and when:
                # What stands after the link: nothing before the papers are out, " - Agenda", " - CANCELLED"
                word = word_in_title(f"{text_of(link)} {link.tail or ''}")
                meetings.setdefault(number, ListedMeeting(number, when.date, target, word))
        elif page_of(target) == "ielistmeetings.aspx":
            _note_page(page, target)
    page.meetings = list(meetings.values())
    return page


def _note_page(page: MeetingList, target: str) -> None:
    """Note the address of another page of the same list."""
    query = query_of(target)
    act, year = query.get("act", "").lower(), query.get("year", "")
    if act in EARLIER:
        page.earlier = target
    elif act in LATER:
        page.later = target
    elif year.isdecimal() and int(year):
        page.years[int(year)] = target
