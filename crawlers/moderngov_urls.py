"""ModernGov addresses: those we ask for, and what an address found on a page stands for."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from minutebook.crawlers.pages import resolve as resolve

# documents/s30111/Report.pdf, documents/g4101/Printed minutes.pdf?T=1, documents/b812/Supplement.pdf?T=9
_DOCUMENT = re.compile(r"/documents/([sgb])(\d+)(?:/|$)")


def committees_url(base_url: str) -> str:
    """Address of the web service's list of committees."""
    return _service(base_url, "GetCommittees")


def meetings_url(base_url: str, committee_id: str, since: date, until: date) -> str:
    """Address of a committee's meetings; the service ignores any date that is not dd/mm/yyyy and lists everything."""
    days = {"sFromDate": f"{since:%d/%m/%Y}", "sToDate": f"{until:%d/%m/%Y}"}
    return _service(base_url, "GetMeetings", lCommitteeId=committee_id, **days)


def meeting_xml_url(base_url: str, meeting_id: str) -> str:
    """Address of everything the web service states about a meeting."""
    return _service(base_url, "GetMeeting", lMeetingId=meeting_id)


def committee_page_url(base_url: str, committee_id: str) -> str:
    """Address of a committee's own page."""
    return urljoin(_directory(base_url), f"mgCommitteeDetails.aspx?{urlencode({'ID': committee_id})}")


def meeting_page_url(base_url: str, committee_id: str, meeting_id: str) -> str:
    """Address of a meeting's page."""
    query = urlencode({"CId": committee_id, "MId": meeting_id, "Ver": "4"})
    return urljoin(_directory(base_url), f"ieListDocuments.aspx?{query}")


def attachment_url(page_url: str, attachment_id: str) -> str:
    """Address of an attachment as PDF, from any page of the install."""
    return urljoin(page_url, f"mgConvert2PDF.aspx?{urlencode({'ID': attachment_id})}")


def source_id_of(url: str) -> str | None:
    """The install's own name for the document an address serves: `s30111`, `b812`, `g4101:T1`; None if it serves none.

    Paths and parameter names are read in any case, and a file's name never counts.
    """
    parts = urlsplit(url)
    query = {name.lower(): value for name, value in parse_qsl(parts.query)}
    if found := _DOCUMENT.search(parts.path.lower()):
        kind, number = found.groups()
        return f"g{number}:T{query.get('t', '')}" if kind == "g" else kind + number
    if parts.path.lower().endswith("/mgconvert2pdf.aspx") and query.get("id", "").isdecimal():
        return f"g{query['id']}:T{query['t']}" if "t" in query else f"s{query['id']}"
    return None


def _directory(base_url: str) -> str:
    return base_url.rstrip("/") + "/"


def _service(base_url: str, method: str, **parameters: str) -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return urljoin(_directory(base_url), f"mgWebService.asmx/{method}{query}")
