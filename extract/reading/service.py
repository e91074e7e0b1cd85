"""The web service's `GetMeeting` answer, laid out as a meeting page would be: one page of text an agenda item."""

from __future__ import annotations

import html

from lxml import etree

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import markup
from minutebook.extract.reading.limits import refuse_long
from minutebook.extract.reading.repair import mend

# Parts of an agenda item that hold HTML, in the order a page shows them, and the label a page prints above each.
BODIES = (("agendatext", None), ("decisionnonemptyhtmlbody", "Decision:"), ("minutesnonemptyhtmlbody", "Minutes:"))
HEADER = (("Date", "meetingdate"), ("Time", "meetingtime"), ("Venue", "meetinglocation"))
TIMES = (("The meeting started at", "meetingactualstarttime"), ("The meeting ended at", "meetingactualfinishtime"))
TRUE = "true"


def read_xml(data: bytes) -> list[SourcePage]:
    """Pages. Raises `UnreadableDocument` with code `damaged`, `unsafe` or `unknown_format`."""
    root = _parse(data)
    if root.tag.lower() != "meeting":
        raise UnreadableDocument("unknown_format", f"The XML is a <{root.tag}>, not the <meeting> of GetMeeting.")
    shown = [item for item in root.iterfind("agendaitems/agendaitem") if _shown(item)]
    refuse_long(len(shown), 0)
    items = [SourcePage(_item(item), "lxml", "agenda item of the web service") for item in shown] or [
        SourcePage([], "lxml", "meeting without items")
    ]
    items[0].pieces[:0] = _header(root) + _attendance(root)
    return items


def _parse(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument("damaged", f"The XML is broken ({error}). Fetch it again.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument(
            "unsafe", "The XML carries a DTD, which a web service has no need of, so it was not read."
        )
    return root


def _value(element: etree._Element, name: str) -> str:
    """The text of a child, unescaped as often as the service escaped it; empty for indentation alone."""
    return mend(html.unescape(html.unescape(element.findtext(name) or "")))


def _shown(item: etree._Element) -> bool:
    return _value(item, "isrestricted").lower() != TRUE and _value(item, "isdisplayallowed").lower() != "false"


def _header(root: etree._Element) -> list[Piece]:
    committee = _committee(root)
    lines = [Piece(committee, "heading", True)] if committee else []
    lines += [Piece(f"{label}: {_value(root, name)}") for label, name in HEADER if _value(root, name)]
    return lines + [Piece(f"{label} {_value(root, name)}") for label, name in TIMES if _value(root, name)]


def _committee(root: etree._Element) -> str:
    """The committee's name, which only the items and their papers carry."""
    found = (
        _value(element, name)
        for name in ("committeetitle", "refertocommittee")
        for element in root.iter()
        if len(element)
    )
    return next((name for name in found if name), "")


def _attendance(root: etree._Element) -> list[Piece]:
    """A row an attendee: name, role, attendance, party, ward, body, as the service states them."""
    rows = []
    for attendee in root.iterfind("attendees/attendee"):
        get = {str(key).lower(): mend(str(value)) for key, value in attendee.attrib.items()}
        names = ("name", "roledescription", "attendance", "politicalparty", "ward", "representing")
        rows.append(Piece("\t".join(get.get(name, "") for name in names), "row"))
    return [Piece("Attendance details", "heading", True), *rows] if rows else []


def _item(item: etree._Element) -> list[Piece]:
    # Once minutes are out the page shows the minute number, so this does too.
    number = _value(item, "minutesitemnumber") or _value(item, "fulldisplaynumberformat")
    title = f"{number} {_value(item, 'agendaitemtitle')}".strip()
    pieces = [Piece(title, "heading", True)] if title else []
    for name, label in BODIES:
        body = (item.findtext(name) or "").strip()
        if not body or (name.startswith("minutes") and _value(item, "isminutepublished").lower() == "false"):
            continue
        pieces += [Piece(label, "heading", True)] if label else []
        pieces += markup.pieces(markup.parse(f"<div>{body}</div>"))
    return pieces
