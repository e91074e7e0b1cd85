"""What CMIS's pages state, read into items: bytes in, items out, no request made.

CMIS is a module of DotNetNuke: pages have a `tabid`, the module on them a `mid`, and both stand in every address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.dates import find_date
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Attendance, Committee, Document, DocumentRole, Meeting, MeetingStatus
from minutebook.crawlers.pages import links, parse, select, text_of

# Where installs have their calendar of meetings.
CALENDARS = ("Meetings.aspx", "MeetingsCalendar.aspx", "CalendarofMeetings.aspx", "MeetingCalendar.aspx")

# The first of these words in a meeting's status decides.
STATUSES: dict[str, MeetingStatus] = {
    "cancel": "cancelled",
    "postpone": "postponed",
    "provisional": "provisional",
    "scheduled": "confirmed",
    "occurred": "confirmed",
}

# The first of these words in a document's title, or else in the heading of its list, decides.
ROLES: dict[str, DocumentRole] = {
    "pack": "pack",
    "minutes": "minutes",
    "decision": "decisions",
    "resolution": "decisions",
    "agenda": "agenda",
}

# Attendance is grouped under these words; under the others stand people and things of other kinds.
GROUPS = ("attended", "apologies", "absent")
OTHER_HEADINGS = ("visitors", "declarations of interests", "declarations", "documents", "decisions", "attendance")

_MODULE = re.compile(rb"dnn[$_]ctr(\d+)[$_]MeetingCalendarPublic")
_MODULE_PAGE = re.compile(r"(.*/tabid/\d+)/ctl/\w+/mid/(\d+)/", re.IGNORECASE)
_MEETING = re.compile(r"/ctl/ViewMeetingPublic/.*?/Meeting/(\d+)/Committee/(\d+)/", re.IGNORECASE)
_TAB = re.compile(r"SelectedTab/(\w+)/", re.IGNORECASE)
_TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
_DAY = re.compile(r"^\w+day,? +\d{1,2} +\w+(?: +\d{4})?$")
_NO_NAME = re.compile(r"^(?:no|none|name|nil)\b|\d|:$", re.IGNORECASE)
_NAME_LENGTH = 80
_LATER_CELL = "ancestor-or-self::td[preceding-sibling::td]"


@dataclass
class ListedMeeting:
    """A meeting as the calendar lists it."""

    source_id: str
    committee_id: str
    committee: str
    date: date
    url: str


@dataclass
class MeetingPage:
    """What one page of a meeting states, and its other tabs: their addresses by name in lower case."""

    stated: dict[str, str]
    documents: list[Document] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    tabs: dict[str, str] = field(default_factory=dict)


def list_view_url(body: bytes, url: str) -> str:
    """From the page that holds the calendar, the address of the list of this month's meetings.

    Raises `SourceError` if there is no calendar on the page.
    """
    found = _MODULE.search(body)
    if not found:
        raise SourceError(
            "not_cmis", f"{url} holds no CMIS calendar: check the base address, or if the system was replaced"
        )
    return urljoin(url, f"?ctl=MeetingCalendarListView&mid={found[1].decode()}")


def month_view_url(body: bytes, url: str) -> str | None:
    """From a page that links a meeting, the address of the month view up to the date; None if it links none.

    The `tabid` stands nowhere but in such links (source-formats.md, section 2).
    """
    for _, address in links(parse(body, url), url):
        if _MEETING.search(address) and (found := _MODULE_PAGE.match(address)):
            return f"{found[1]}/ctl/MeetingCalendarPublicNoJava/mid/{found[2]}/Date/"
    return None


def read_list_view(body: bytes, url: str) -> list[ListedMeeting]:
    """Read the list of this month's meetings: `9 Jul 2026 11:00 - Planning Committee`."""
    listed = (
        _listed(link, address, find_date(text_of(link)), text_of(link).partition(" - ")[2])
        for link, address in links(parse(body, url), url)
    )
    return [meeting for meeting in listed if meeting]


def read_month(body: bytes, url: str, month: date) -> list[ListedMeeting]:
    """Read the month view without JavaScript: rows of a day (`Monday, 8 June`) and its meetings (`10:00 Cabinet`).

    Raises `SourceError` if the page lists no day: every day of the month is listed, whether anybody meets or not.
    """
    days = [cell for cell in parse(body, url).iter("td") if _DAY.match(text_of(cell))]
    if not days:
        raise SourceError("not_cmis", f"{url} is no month of a CMIS calendar; see it in a browser")
    listed = (
        _listed(link, address, find_date(text_of(cell), _year(text_of(cell), month)), _TIME.sub("", text_of(link), 1))
        for cell in days
        for link, address in links(_next_cell(cell), url)
    )
    return [meeting for meeting in listed if meeting]


def read_meeting_page(body: bytes, url: str) -> MeetingPage:
    """Read one tab of a meeting's page. Raises `SourceError` if it names no committee."""
    root = parse(body, url)
    stated = _stated(root)
    if "committee" not in stated:
        raise SourceError("not_cmis", f"{url} is no page of a meeting: a block page, or withdrawn; see it in a browser")
    tabs = {found[1].lower(): address for _, address in links(root, url) if (found := _TAB.search(address))}
    return MeetingPage(stated, _documents(root, url), list(_attendances(root)), tabs)


def meeting_from(listed: ListedMeeting, page: MeetingPage, authority: str) -> Meeting:
    """A meeting as listed, completed by its page."""
    when, status = page.stated.get("date/time", page.stated.get("date", "")), page.stated.get("status")
    time = _TIME.search(when.partition(" - ")[2])
    return Meeting(
        authority=authority,
        committee=Committee(authority, listed.committee_id, page.stated["committee"]),
        source_id=listed.source_id,
        url=listed.url,
        date=find_date(when) or listed.date,
        time=f"{int(time[1]):02d}:{time[2]}" if time else None,
        venue=page.stated.get("venue"),
        status=next((meant for word, meant in STATUSES.items() if word in (status or "").lower()), "other"),
        status_raw=status,
        attendances=page.attendances,
        documents=page.documents,
    )


def add_tab(meeting: Meeting, page: MeetingPage) -> None:
    """Complete a meeting by another tab of its page; each tab may repeat what the others show."""
    known = {document.source_id for document in meeting.documents}
    meeting.documents += [document for document in page.documents if document.source_id not in known]
    meeting.attendances = meeting.attendances or page.attendances


def _listed(link: HtmlElement, address: str, day: date | None, committee: str) -> ListedMeeting | None:
    """What a link lists, if it is one to a meeting. Which tab it opens says nothing of the meeting."""
    found = _MEETING.search(address)
    if not found or not day:
        return None
    return ListedMeeting(found[1], found[2], committee.strip(), day, _TAB.sub("", address))


def _year(day: str, month: date) -> int:
    """The year of a day of the month view, which may begin in December or end in January."""
    shown = find_date(day, month.year)
    if shown and abs(shown.month - month.month) == 11:
        return month.year + (1 if shown.month == 1 else -1)
    return month.year


def _next_cell(cell: HtmlElement) -> HtmlElement:
    """The cell after one, or the one itself at the end of a row."""
    return next(cell.itersiblings("td"), cell)


def _stated(root: HtmlElement) -> dict[str, str]:
    """Labels in lower case, and what stands beside each; the classes of the values lie."""
    stated: dict[str, str] = {}
    for label in select(root, ".DNNLabel"):
        value = next(label.itersiblings(), None)
        if value is not None and text_of(value):
            stated.setdefault(text_of(label).rstrip(" :").lower(), text_of(value))
    return stated


def _documents(root: HtmlElement, url: str) -> list[Document]:
    """Each document once. The address is asked for as it is: it is a cipher, and the first of its values the number."""
    documents: dict[str, Document] = {}
    for link, address in links(root, url):
        if urlsplit(address).path.lower().endswith("/document.ashx"):
            number = unquote(urlsplit(address).query.split("&")[0].partition("=")[2])
            title = text_of(link) or re.sub(r"^Click to view\W*|\W+$", "", link.get("title", ""))
            if number and title:
                document = Document(f"d:{number}", title, address, _role(title, link))
                documents.setdefault(document.source_id, document)
    return list(documents.values())


def _role(title: str, link: HtmlElement) -> DocumentRole:
    lists = link.xpath("ancestor::*[contains(@class, 'DocumentList')][last()]")
    above = next(lists[0].itersiblings(preceding=True), None) if lists else None
    heading = text_of(above) if above is not None else ""
    words = (title.lower(), heading.lower() if len(heading) < _NAME_LENGTH else "")
    return next((role for text in words for word, role in ROLES.items() if word in text), "report")


def _attendances(root: HtmlElement) -> Iterator[Attendance]:
    """The names under each heading of the attendance tab, which states a group and no more; of a row its first cell."""
    group = None
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "li", "td", "a", "strong"):
        own = " ".join((element.text or "").split())
        word = own.rstrip(" :").lower()
        if word in GROUPS:
            group = own.rstrip(" :")
        elif word in OTHER_HEADINGS or element.tag in ("h1", "h2", "h3"):
            group = None
        elif group and 0 < len(own) < _NAME_LENGTH and not _NO_NAME.search(own) and not element.xpath(_LATER_CELL):
            yield Attendance(name=own, attendance=group)
