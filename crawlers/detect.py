"""Which system runs a site: told by what only that system's pages hold, and by the addresses that they link."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Listing, System
from minutebook.crawlers.linklist import read_list
from minutebook.crawlers.pages import links, parse, text_of

# Addresses of a system's pages and documents; what stands before them is the folder it lives in.
_ADDRESSES: tuple[tuple[System, re.Pattern[str]], ...] = (
    (
        "moderngov",
        re.compile(
            r"(.*?/)(?:(?:mg(?:listcommittees|committeedetails|calendar\w+|userinfo|memberindex|whatsnew|delegateddecisions|ai)"
            r"|ie(?:listmeetings|listdocuments|dochome|docsearch|decisiondetails|issuedetails)|celistdocuments)\.aspx"
            r"|mgwebservice\.asmx|documents/[sg]\d+/)",
            re.I,
        ),
    ),
    ("cmis", re.compile(r"(.*?/)document\.ashx\?", re.I)),
    ("cmis", re.compile(r"(.*?/)[^/]+/tabid/\d+/ctl/(?:viewmeetingpublic|meetingcalendarpublic\w*)/", re.I)),
    ("jadu", re.compile(r"(.*?/meetings/)meeting/\d+/", re.I)),
)

# What only a page of the system itself holds.
_MODERNGOV = re.compile(rb"id=[\"']modgov[\"']|ssMgStyles\.css|\$ModernGov|modern\.gov reverse cms", re.I)
_CMIS = re.compile(rb"dnn\$ctr\d+\$MeetingCalendarPublic")

# CMIS is a module of DotNetNuke, whose folders stand in that of the site.
_SITE_FOLDER = re.compile(r"(.*?/)(?:portals|desktopmodules|document\.ashx)\b", re.I)
_BELOW_SITE = re.compile(r"[^/]+/tabid/.*|[^/]*$", re.I)

# Where each system's first page is, asked for in turn where the address given tells nothing.
PROBES = ("mgListCommittees.aspx?bcr=1", "Meetings.aspx", "meetings")

_TITLE_PARTS = re.compile(r"\s+[|–—:-]\s+")
_BODY = re.compile(r"\b(?:Council|Authority|Panel|Partnership|Cyngor|Corporation|Assembly)\b")
_COMMON = re.compile(
    r"\b(?:the|of|and|city|county|district|borough|metropolitan|parish|town|council|london|royal)\b|[^\w\s-]", re.I
)


@dataclass(frozen=True)
class Found:
    """A system, the folder it lives in, and what its site calls itself; of a link list the page."""

    system: System
    base_url: str
    name: str
    page: str | None = None


def detect(body: bytes, url: str) -> Found | None:
    """The system of a page, or the one that it links most; None if there is no sign of any.

    `url` is the address that finally answered. Raises `SourceError` if it answered with nothing.
    """
    root = parse(body, url)
    name = name_of(root, url)
    if _MODERNGOV.search(body):
        return Found("moderngov", urljoin(url, "."), name)
    if _CMIS.search(body):
        return Found("cmis", _site_folder(root, url), name)
    counted = Counter(_linked(root, url))
    return Found(*counted.most_common(1)[0][0], name) if counted else None


def detect_list(body: bytes, url: str) -> Found | None:
    """A page that runs no system but lists papers by date; None if it does not."""
    try:
        listed = read_list(body, url, Listing("Council"), "site")
    except SourceError:
        return None
    papers = any(meeting.documents for meeting in listed.meetings)
    return Found("linklist", urljoin(url, "/"), name_of(parse(body, url), url), urlsplit(url).path) if papers else None


def _site_folder(root: HtmlElement, url: str) -> str:
    """The folder of a DotNetNuke site, which its scripts and style sheets stand in; its pages can lie deeper."""
    addresses = (urljoin(url, address) for address in root.xpath("//script/@src | //link/@href | //a/@href"))
    found = next(filter(None, map(_SITE_FOLDER.match, addresses)), None)
    return found[1] if found else _BELOW_SITE.sub("", url, count=1)


def name_of(root: HtmlElement, url: str) -> str:
    """What a site calls itself: the part of its page's title that names a body, else its host."""
    stated = [*root.xpath("//meta[@property='og:site_name']/@content"), *map(text_of, root.xpath("//title"))]
    parts = [part.strip() for title in stated for part in _TITLE_PARTS.split(title)]
    return next(filter(_BODY.search, parts), urlsplit(url).hostname or url)


def code_of(name: str) -> str:
    """A short name: the words that only this body has.

    >>> code_of("Royal Borough of Northmere-on-Sea")
    'NORTHMERE-ON-SEA'
    """
    return "-".join(_COMMON.sub(" ", name).split() or name.split()).upper()


def _linked(root: HtmlElement, url: str) -> Iterator[tuple[System, str]]:
    """The system and folder of each link that can only be a system's."""
    for _, address in links(root, url):
        for system, pattern in _ADDRESSES:
            if found := pattern.match(address):
                yield system, found[1]
                break
