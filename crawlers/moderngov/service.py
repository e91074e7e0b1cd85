"""What ModernGov's web service states, read into items: XML in, items out, no request made."""

from __future__ import annotations

from datetime import date, datetime
from html import unescape

from lxml import etree

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import AgendaItem, Attendance, Authority, Committee, Document, Meeting
from minutebook.crawlers.moderngov.dates import clock_time
from minutebook.crawlers.moderngov.lists import ListedMeeting
from minutebook.crawlers.moderngov.markup import address, squash
from minutebook.crawlers.moderngov.statuses import status_of
from minutebook.crawlers.moderngov.urls import attachment_url, committee_page_url, meeting_page_url
from minutebook.crawlers.moderngov.xml import parse_xml


def read_committees(body: bytes, url: str, authority: Authority) -> list[Committee]:
    """Read `GetCommittees`; deleted committees are left out.

    Raises `SourceError` if the answer is not that list, or is an empty one: an install always has committees.
    """
    found = [
        _committee(element, authority)
        for element in parse_xml(body, url, "committees").iterfind("committee")
        if not _says(element, "committeedeleted", "true")
    ]
    if not found:
        message = f"{url} lists no committee: check the base address of {authority.name}, or if its web service is off"
        raise SourceError("no_committees", message)
    return found


def read_meetings(body: bytes, url: str) -> list[ListedMeeting]:
    """Read `GetMeetings`. No meeting at all is a legitimate answer. Raises `SourceError` if it is not that list."""
    return [
        ListedMeeting(source_id=_text(element, "meetingid") or "", date=_date(element, url))
        for element in parse_xml(body, url, "getmeetings").iterfind("committee/committeemeetings/meeting")
    ]


def read_meeting(body: bytes, url: str, committee: Committee, base_url: str) -> Meeting | None:
    """Read `GetMeeting`, or return None if the council does not put the meeting on display.

    The answer does not name the committee, so that is handed in. Raises `SourceError` if it is not a meeting with a
    number and a date.
    """
    root = parse_xml(body, url, "meeting")
    if _restricted(root):
        return None
    meeting_id, status = _text(root, "meetingid") or "", _text(root, "meetingstatus")
    page_url = meeting_page_url(base_url, committee.source_id, meeting_id)
    elements = root.findall("agendaitems/agendaitem")
    documents = [document for element in elements for document in _linked_documents(element, page_url)]
    return Meeting(
        authority=committee.authority,
        committee=committee,
        source_id=meeting_id,
        url=page_url,
        date=_date(root, url),
        time=clock_time(_text(root, "meetingtime")),
        venue=_text(root, "meetinglocation"),
        status=status_of(status),
        status_raw=status,
        attendances=[_attendance(element) for element in root.iterfind("attendees/attendee[@name]")],
        agenda_items=[_agenda_item(element, position) for position, element in enumerate(elements, start=1)],
        documents=_each_once(documents),
    )


def _each_once(documents: list[Document]) -> list[Document]:
    """A document that two items share, once; it is restricted if either says so."""
    once: dict[str, Document] = {}
    for document in documents:
        known = once.setdefault(document.source_id, document)
        known.restricted = known.restricted or document.restricted
    return list(once.values())


def _text(element: etree._Element, name: str) -> str | None:
    """Text of a child, or None. Empty elements hold newlines, and entities are encoded twice."""
    text = element.findtext(name)
    return squash(unescape(text)) or None if text else None


def _says(element: etree._Element, name: str, value: str) -> bool:
    return (_text(element, name) or "").lower() == value


def _restricted(element: etree._Element) -> bool:
    return _says(element, "isrestricted", "true") or _says(element, "isdisplayallowed", "false")


def _date(element: etree._Element, url: str) -> date:
    text = _text(element, "meetingdate")
    try:
        return datetime.strptime(text or "", "%d/%m/%Y").date()
    except ValueError:
        message = f"{url}: the meeting's date is {text!r}, not dd/mm/yyyy; tell the council's support officer"
        raise SourceError("bad_date", message) from None


def _committee(element: etree._Element, authority: Authority) -> Committee:
    number = _text(element, "committeeid") or ""
    return Committee(
        authority=authority.code,
        source_id=number,
        name=_text(element, "committeetitle") or "",
        category=_text(element, "committeecategory"),
        url=committee_page_url(authority.base_url, number),
        expired=_says(element, "committeeexpired", "true"),
    )


def _attendance(element: etree._Element) -> Attendance:
    def stated(attribute: str) -> str | None:
        return squash(unescape(element.get(attribute, ""))) or None

    return Attendance(
        name=stated("name") or "",
        role=stated("roledescription"),
        attendance=stated("attendance"),
        party=stated("politicalparty"),
        ward=stated("ward"),
        representing=stated("representing"),
        member_id=stated("memberid"),
    )


def _agenda_item(element: etree._Element, position: int) -> AgendaItem:
    minute = _text(element, "minutesitemnumber")
    return AgendaItem(
        source_id=_text(element, "agendaitemid") or "",
        position=position,
        title=_text(element, "agendaitemtitle") or "",
        number=_text(element, "fulldisplaynumberformat"),
        # 0 is how the service writes "no number"
        minute_number=None if minute == "0" else minute,
        restricted=_restricted(element),
    )


def _linked_documents(item: etree._Element, page_url: str) -> list[Document]:
    """Documents of one agenda item; a link to another website (`isurl`) is not one."""
    return [
        _linked_document(element, item, page_url)
        for element in item.iterfind("linkeddocuments/linkeddoc")
        if _text(element, "attachmentid") and not _says(element, "isurl", "true")
    ]


def _linked_document(element: etree._Element, item: etree._Element, page_url: str) -> Document:
    number = _text(element, "attachmentid") or ""
    return Document(
        source_id=f"s{number}",
        title=_text(element, "title") or "",
        url=address(page_url, _text(element, "url") or "") or attachment_url(page_url, number),
        role="decisions" if _says(element, "isdecisionattachment", "true") else "report",
        agenda_item=_text(item, "agendaitemid"),
        restricted=_restricted(item) or _restricted(element),
    )
