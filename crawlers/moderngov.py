"""What ModernGov's web service and meeting pages state, read into items: bytes in, items out, no request made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html
from lxml import etree
from w3lib.encoding import html_to_unicode

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import (
    AgendaItem,
    Attendance,
    Authority,
    Committee,
    Document,
    DocumentRole,
    Meeting,
    MeetingStatus,
)
from minutebook.crawlers.moderngov_urls import (
    attachment_url,
    committee_page_url,
    meeting_page_url,
    resolve,
    source_id_of,
)

STATUSES: dict[str, MeetingStatus] = {
    "confirmed": "confirmed",
    "cancelled": "cancelled",
    "postponed": "postponed",
    "provisional": "provisional",
}

# The T parameter of a whole-meeting document says what it is.
ROLE_BY_T: dict[str, DocumentRole] = {"0": "agenda", "1": "minutes", "2": "decisions", "10": "pack", "11": "pack"}

# Without T, the first of these words in the link's text decides.
ROLE_BY_WORD: dict[str, DocumentRole] = {
    "pack": "pack",
    "minutes": "minutes",
    "decisions": "decisions",
    "agenda": "agenda",
}

_TIME = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:([ap])\.?\s*m)?", re.IGNORECASE)
_DIRECTIONS = re.compile(r"[.\s]*View directions\.?$", re.IGNORECASE)


@dataclass
class ListedMeeting:
    """A line of the list of meetings: enough to ask for the meeting itself."""

    source_id: str
    date: date


@dataclass
class MeetingPage:
    """What only a meeting's page states: its whole-meeting documents, and the links to the original files."""

    venue: str | None = None
    documents: list[Document] = field(default_factory=list)


def read_committees(body: bytes, url: str, authority: Authority) -> list[Committee]:
    """Read `GetCommittees`; deleted committees are left out.

    Raises `SourceError` if the answer is not that list, or is an empty one: an install always has committees.
    """
    found = [
        _committee(element, authority)
        for element in _xml(body, url, "committees").iterfind("committee")
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
        for element in _xml(body, url, "getmeetings").iterfind("committee/committeemeetings/meeting")
    ]


def read_meeting(body: bytes, url: str, committee: Committee, base_url: str) -> Meeting | None:
    """Read `GetMeeting`, or return None if the council does not put the meeting on display.

    The answer does not name the committee, so that is handed in. Raises `SourceError` if it is not a meeting with a
    number and a date.
    """
    root = _xml(body, url, "meeting")
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
        time=_time(_text(root, "meetingtime")),
        venue=_text(root, "meetinglocation"),
        status=STATUSES.get((status or "").lower(), "other"),
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


def read_meeting_page(body: bytes, url: str) -> MeetingPage:
    """Read `ieListDocuments.aspx`; `url` is the address that finally answered.

    Raises `SourceError` if that is the error page, or no ModernGov page.
    """
    content = _modgov(body, url)
    for hidden in content.cssselect("span.mgHide, span.mgFileSize"):
        hidden.drop_tree()
    documents: dict[str, Document] = {}
    for link in content.iter("a"):
        document = _page_document(link, url)
        if document:
            documents.setdefault(document.source_id, document)
    return MeetingPage(venue=_venue(content), documents=list(documents.values()))


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


def check_final_url(url: str) -> None:
    """Raise `SourceError` if the address that answered is ModernGov's error page, whatever its status."""
    if urlsplit(url).path.lower().endswith("/mgerror.aspx"):
        message = f"the site led us to its error page {url}: open the address in a browser to see if it was withdrawn"
        raise SourceError("error_page", message)


def _xml(body: bytes, url: str, tag: str) -> etree._Element:
    """Parse an answer of the web service; no entity is expanded, no other file is read."""
    check_final_url(url)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        message = f"{url} did not answer with whole XML ({error.msg}): if it stays so, see it in a browser"
        raise SourceError("not_xml", message) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("xml_doctype", f"{url} declares entities, which ModernGov never does: not read")
    if root.tag != tag:
        message = f"{url} answered with <{root.tag}>, not <{tag}>: check that this is ModernGov's web service"
        raise SourceError("unexpected_xml", message)
    return root


def _modgov(body: bytes, url: str) -> lxml.html.HtmlElement:
    """The part of a page that ModernGov wrote; the rest is the council's own frame."""
    check_final_url(url)
    _, text = html_to_unicode(None, body, auto_detect_fun=_legacy_encoding)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(text.encode(), parser=parser).cssselect("#modgov")[0]
    except (etree.ParserError, IndexError) as error:
        message = f'{url} has no id="modgov": a block page, or not ModernGov any more; see it in a browser'
        raise SourceError("not_moderngov", message) from error


def _legacy_encoding(body: bytes) -> str:
    """Very old pages name no encoding and are not UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(element: etree._Element, name: str) -> str | None:
    """Text of a child, or None. Empty elements hold newlines, and entities are encoded twice."""
    text = element.findtext(name)
    return _squash(unescape(text)) or None if text else None


def _squash(text: str) -> str:
    return " ".join(text.split())


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


def _time(text: str | None) -> str | None:
    """`6.30 pm` as `18:30`; None if it is no time of day."""
    found = _TIME.match(text or "")
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


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
        return _squash(unescape(element.get(attribute, ""))) or None

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
        url=_address(page_url, _text(element, "url") or "") or attachment_url(page_url, number),
        role="decisions" if _says(element, "isdecisionattachment", "true") else "report",
        agenda_item=_text(item, "agendaitemid"),
        restricted=_restricted(item) or _restricted(element),
    )


def _address(page_url: str, href: str) -> str | None:
    try:
        return resolve(page_url, href)
    except ValueError:
        return None


def _page_document(link: lxml.html.HtmlElement, page_url: str) -> Document | None:
    """The document a link serves, if it serves one."""
    url = _address(page_url, link.get("href", ""))
    source_id = source_id_of(url) if url else None
    if not url or not source_id:
        return None
    title = _squash(link.text_content()) or _squash(link.get("title", "")) or unquote(urlsplit(url).path.split("/")[-1])
    return Document(
        source_id=source_id, title=title, url=url, role=_role(source_id, title, url), agenda_item=_item_of(link)
    )


def _role(source_id: str, title: str, url: str) -> DocumentRole:
    if source_id.startswith("s"):
        return "report"
    query = {name.lower(): values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    if "t" in query:
        return ROLE_BY_T.get(query["t"], "other")
    return next((role for word, role in ROLE_BY_WORD.items() if word in title.lower()), "other")


def _item_of(link: lxml.html.HtmlElement) -> str | None:
    """Number of the agenda item whose row a link stands in; each row is anchored as `AI` and that number."""
    names = link.xpath("ancestor::tr[.//a[starts-with(@name, 'AI')]][1]//a[starts-with(@name, 'AI')]/@name")
    return names[0][2:] if names else None


def _venue(content: lxml.html.HtmlElement) -> str | None:
    for label in content.cssselect("span.mgLabel"):
        if _squash(label.text_content()).rstrip(" :").lower() in ("venue", "place"):
            row = _squash(label.getparent().text_content())
            return _DIRECTIONS.sub("", row.partition(":")[2].strip()) or None
    return None
