"""ModernGov addresses: those we ask for, and what an address found on a page stands for."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

# documents/s30111/Report.pdf, documents/g4101/Printed minutes.pdf?T=1, documents/b812/Supplement.pdf?T=9
_DOCUMENT = re.compile(r"/documents/([sgb])(\d+)(?:/|$)")

# Archives of older systems have no numbers: olddocuments/plan.pdf?MId=9568, Data/Cabinet/201207191800/Agenda/x.pdf
_OLD_DOCUMENT = re.compile(r"/olddocuments/([^/]+)$")
_DATA_FILE = re.compile(r"/data/([^/]+/\d{12}/.+)$")

ALIASES = {"meetingid": "mid", "committeeid": "cid"}


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


def committees_page_url(base_url: str) -> str:
    """Address of the page that lists the present committees."""
    return urljoin(_directory(base_url), "mgListCommittees.aspx?bcr=1")


def browse_page_url(base_url: str) -> str:
    """Address of the page "Browse meetings", which lists old committees too."""
    return urljoin(_directory(base_url), "ieDocHome.aspx?bcr=1")


def meeting_list_url(base_url: str, committee_id: str, year: int = 0) -> str:
    """Address of the page that lists a committee's meetings of a year; year 0 is the time about today."""
    return urljoin(_directory(base_url), f"ieListMeetings.aspx?{urlencode({'CId': committee_id, 'Year': year})}")


def recorded_votes_url(base_url: str, since: date, until: date) -> str:
    """Address of the votes of all members on these days."""
    return urljoin(_directory(base_url), f"mgListRecordedVotes.aspx?{urlencode({'UID': 0, 'DR': _days(since, until)})}")


def decisions_url(base_url: str, since: date, until: date) -> str:
    """Address of the decisions that were published (`DS=2`) on these days, as a table (`V=0`)."""
    query = {"XXR": 0, "DR": _days(since, until), "ACT": "Find", "RP": 0, "K": 0, "V": 0, "DM": 0, "HD": 0, "DS": 2}
    return urljoin(_directory(base_url), f"mgDelegatedDecisions.aspx?{urlencode(query | {'Next': 'true'})}")


def whats_new_url(base_url: str, since: date, until: date) -> str:
    """Address of what was published on these days."""
    query = urlencode({"CID": 0, "WID": 0, "CT": 0, "DR": _days(since, until)})
    return urljoin(_directory(base_url), f"mgWhatsNew.aspx?{query}")


def feed_url(base_url: str) -> str:
    """Address of the RSS feed of all publications; with other parameters some sites answer with a web page."""
    return urljoin(_directory(base_url), "mgRss.aspx?XXR=0")


def _days(since: date, until: date) -> str:
    """A range of dates as the pages take it."""
    return f"{since:%d/%m/%Y}-{until:%d/%m/%Y}"


def attachment_url(page_url: str, attachment_id: str) -> str:
    """Address of an attachment as PDF, from any page of the install."""
    return urljoin(page_url, f"mgConvert2PDF.aspx?{urlencode({'ID': attachment_id})}")


def source_id_of(url: str) -> str | None:
    """The install's own name for the document an address serves: `s30111`, `b812`, `g4101:T1`; None if it serves none.

    Paths and parameter names are read in any case, and a file's name never counts.
    """
    path, query = urlsplit(url).path.lower(), query_of(url)
    if found := _DOCUMENT.search(path):
        kind, number = found.groups()
        return f"g{number}:T{query.get('t', '')}" if kind == "g" else kind + number
    if page_of(url) == "mgconvert2pdf.aspx" and query.get("id", "").isdecimal():
        return f"g{query['id']}:T{query['t']}" if "t" in query else f"s{query['id']}"
    if found := _OLD_DOCUMENT.search(path):
        return f"old:{query.get('mid', '')}:{found[1]}"
    found = _DATA_FILE.search(path)
    return f"data:{found[1]}" if found else None


def page_of(url: str) -> str:
    """The name of the page an address asks for, in lower case: `ielistmeetings.aspx`."""
    return urlsplit(url).path.rpartition("/")[2].lower()


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address by their usual names in lower case; of a name given twice, the last."""
    pairs = ((name.lower(), value) for name, value in parse_qsl(urlsplit(url).query))
    return {ALIASES.get(name, name): value for name, value in pairs}


def number_in(url: str, name: str) -> str | None:
    """The number that a parameter of an address holds; None if it holds none."""
    value = query_of(url).get(name, "").strip()
    return value if value.isdecimal() else None


def _directory(base_url: str) -> str:
    return base_url.rstrip("/") + "/"


def _service(base_url: str, method: str, **parameters: str) -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return urljoin(_directory(base_url), f"mgWebService.asmx/{method}{query}")
